"""Title, abstract, introduction and methods: what the study set out to do, and its main numbers once more."""

from __future__ import annotations

from tests.articles import relations as must
from tests.articles.document import Section
from tests.articles.sayings import (
    age_sentence,
    define_endpoint,
    enrolled,
    has,
    hazard_sentence,
    main_key,
    median_sentences,
    people_of,
    severe_sentence,
    share,
)
from tests.articles.series import series_sentences
from tests.articles.story import Story


def write_title(story: Story) -> str:
    """The title."""
    kind = {
        "two arms": "a randomised trial",
        "three arms": "a randomised dose-finding trial",
        "single arm": "a single-arm phase 2 study",
        "case series": "a case series",
        "cohort": "a retrospective cohort study",
    }[story.design]
    versus = f" versus {story.arms[1].name.lower()}" if len(story.arms) == 2 else ""
    return f"{story.drug}{versus} in {people_of(story)} with {story.disease.name}: {kind}"


def write_abstract(story: Story) -> list[Section]:
    """The abstract, structured or not."""
    name = story.disease.name
    background = story.pick(
        f"Options for {people_of(story)} with {name} remain limited.",
        f"The role of {story.drug} in {name} is not known.",
        f"Outcomes in {name} need to be improved.",
    )
    conclusion = story.pick(
        f"{story.drug} was active and its toxicity was manageable in {name}.",
        f"These findings support further study of {story.drug} in {name}.",
        f"Larger studies of {story.drug} are warranted.",
    )
    results = tuple(_results(story))
    parts = [("Background", (background,)), ("Methods", (_methods(story),)), ("Results", results)]
    parts.append(("Conclusion", (conclusion,)))
    if story.rng.random() < 0.6:
        return [Section(f"Abstract > {head}", (text,)) for head, text in parts]
    return [Section("Abstract", (tuple(s for _, text in parts for s in text),))]


def _methods(story: Story) -> str:
    define, people = define_endpoint(story), people_of(story)
    if story.design == "case series":
        return f"We reviewed all {people} treated with {story.drug} at our centre; {define} was recorded."
    if len(story.arms) == 1:
        return (
            f"In this single-arm study {people} received {story.drug}; the primary endpoint was the "
            f"{story.disease.success[2]}, a secondary one {define}."
        )
    if story.design == "cohort":
        other = story.arms[1].name.lower()
        return (
            f"We compared {people} who received {story.drug} with those who received {other}; outcomes included "
            f"{define}."
        )
    others = " or ".join(g.name for g in story.arms[1:])
    return (
        f"{people.capitalize()} were randomly assigned to {story.arms[0].name} or {others}; a secondary endpoint was "
        f"{define}."
    )


def _results(story: Story) -> list[str]:
    out = [enrolled(story)]
    a, key, name = story.arms[0], main_key(story), story.disease.success[2]
    if story.design == "case series":
        return [*out, *series_sentences(story, "abstract")]
    if story.rng.random() < 0.7:
        out.append(age_sentence(story, story.total if has(story, f"age median {story.total.name}") else a))
    if len(story.arms) == 1:
        low, high = story.again(f"{key} low {a.name}"), story.again(f"{key} high {a.name}")
        out.append(f"The {name} was {share(story, key, a)} (95% CI {low}{story.desk.habits.dash}{high}).")
    else:
        out.append(_compared(story))
    short = story.disease.early_event[1]
    out += hazard_sentence(story, "early", short) or median_sentences(story, "early", short)
    if has(story, f"any severe n {a.name}"):
        out.append(severe_sentence(story))
    return out


def _compared(story: Story) -> str:
    a, b = story.arms[:2]
    key, name = main_key(story), story.disease.success[2]
    form = story.rng.randrange(3)
    first, second = share(story, key, a), share(story, key, b)
    if form == 0:
        return f"The {name} was {first} with {a.name} and {second} with {b.name}."
    if form == 1:
        return f"In the {a.name} group the {name} was {first}, as compared with {second} in the {b.name} group."
    return f"The {name} was {first} in the {a.name} group versus {second} in the {b.name} group."


def write_introduction(story: Story) -> Section:
    """Why the study was done; its numbers are those of other studies."""
    people, control = people_of(story), story.disease.control[0].lower()
    other, percent = story.rng.randint(60, 400), story.rng.randint(12, 58)
    cited = [
        f"In an earlier trial of {other} {people}, {control} led to a response in {percent}% [3].",
        f"A registry of {other} {people} was published in 2016 [3,4].",
        f"Earlier studies reported response rates between {percent}% and {percent + 9}% [2-4].",
    ]
    if story.disease.age[0] > 20:
        cited.append(
            f"In a registry of {other} {people} the median age was {story.rng.randint(50, 70)} years and "
            f"{percent}% were women [3]."
        )
    texts = (
        f"{story.disease.name.capitalize()} is common and its treatment is unsatisfactory [1,2].",
        story.rng.choice(cited),
        story.pick(f"{story.drug} has not been studied in this setting.", f"We therefore studied {story.drug}."),
    )
    return Section("Introduction", (texts,))


def write_methods(story: Story) -> list[Section]:
    """Who was eligible, what was given, what was measured, and how it was analysed."""
    design = {
        "two arms": "This was an open-label, randomised, parallel-group trial.",
        "three arms": "This was a randomised trial with three parallel groups.",
        "single arm": "This was a single-arm, multicentre, phase 2 study.",
        "case series": "We reviewed the records of consecutive patients treated at one centre.",
        "cohort": "This was a retrospective cohort study of routinely collected data.",
    }[story.design]
    given = story.rng.choice([5, 10, 20, 50, 100])
    unit = f"in cycles of {story.rng.choice([21, 28])} days" if story.disease.kind == "oncology" else "for 12 weeks"
    dose = f"{story.drug} was given at a dose of {given} mg once daily {unit}."
    if story.design == "three arms":
        dose = f"{story.drug} was given once daily {unit}."
    ends = (
        f"The primary endpoint was the {story.disease.success[2]}; secondary endpoints were {define_endpoint(story)} "
        "and overall survival (OS)."
    )
    grading = "Adverse events were graded with the Common Terminology Criteria for Adverse Events, version 5.0."
    follow = f"The data cutoff was {story.cutoff}."
    return [
        Section("Methods > Study design and participants", ((design, *_eligible(story), dose),)),
        Section("Methods > Endpoints", ((ends, grading, follow),)),
        Section("Methods > Statistical analysis", (tuple(_analysis(story)),)),
    ]


def _eligible(story: Story) -> list[str]:
    people = people_of(story)
    least = story.disease.age[2] if story.disease.age[0] < 20 else 18
    limit = story.desk.whole(least, "value", "eligibility", variable="age", unit="years")
    for g in story.groups:
        if has(story, f"age min {g.name}"):
            story.desk.must(must.at_least(limit, story.known[f"age min {g.name}"]))
    for mark in story.individual.get("age", []):
        story.desk.must(must.at_least(limit, mark))
    out = [
        story.pick(
            f"Eligible {people} were {limit} years of age or older and had {story.disease.name}.",
            f"{people.capitalize()} aged {limit} years or older with {story.disease.name} were eligible.",
            f"We included {people} aged ≥{limit} years with {story.disease.name}.",
        )
    ]
    if story.disease.kind == "oncology" and story.design != "case series":
        out.append(
            story.pick(
                "An ECOG performance status of 0 to 2 and a platelet count of at least 30 × 10⁹/L were required.",
                "Patients had to have an ECOG performance status of 2 or lower and adequate organ function.",
            )
        )
    return out


def _analysis(story: Story) -> list[str]:
    tests = []
    if story.interval:
        tests.append(f"Confidence intervals of proportions were calculated by {story.interval}.")
    if len(story.arms) == 2 and story.design != "cohort" and story.rng.random() < 0.6:
        tests.append(
            "A sample of 120 patients was planned to detect a rise of the primary endpoint from 30% to 55% with a "
            "power of 80% at a two-sided alpha of 0.05, allowing for a dropout of 10%."
        )
    if len(story.arms) == 2:
        tests.append(
            "Proportions were compared with Fisher's exact test and hazard ratios were estimated with a Cox model; a "
            "two-sided p value below 0.05 was considered significant."
        )
    series = story.design == "case series"
    tests.append(
        "Data are presented descriptively." if series else "Survival was estimated by the Kaplan–Meier method."
    )
    tests.append(story.pick("Analyses were done with R version 4.2.1.", "SPSS version 26 was used for all analyses."))
    return tests
