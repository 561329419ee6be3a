"""The results section: who took part and what came of it; numbers of the tables once more, and some of its own."""

from __future__ import annotations

from fractions import Fraction

from tests.articles import relations as must
from tests.articles.document import Section
from tests.articles.patients import quantile
from tests.articles.safety import safety_sentences
from tests.articles.sayings import (
    FLOW,
    age_sentence,
    all_of_them,
    count_and_share,
    enrolled,
    has,
    hazard_sentence,
    inside,
    main_key,
    median_sentences,
    p_text,
    people_of,
    share,
)
from tests.articles.series import series_sentences
from tests.articles.story import Story

MONTH_DAYS = Fraction(30436875, 1000000)
WEEKS = (7 / MONTH_DAYS, Fraction(7, 30), Fraction(12, 52), Fraction(1, 4))
"""Months in a week, as papers reckon."""


def write_results(story: Story) -> list[Section]:
    """Patients, efficacy, safety; for a case series one section."""
    if story.design == "case series":
        return [Section("Results", ((enrolled(story), *series_sentences(story, "results")),), tables=tuple(range(9)))]
    a = story.arms[0]
    patients = [*_flow(story), age_sentence(story, a), *_measured(story), *_traits(story)]
    patients += ["Baseline characteristics are shown in Table 1.", *_follow_up(story)]
    efficacy = [*_rates(story), *_subgroup(story)]
    for kind, short in (("early", story.disease.early_event[1]), ("death", "OS")):
        efficacy += hazard_sentence(story, kind, short) or median_sentences(story, kind, short)
        efficacy += _landmark(story, kind, short)
    sections = [
        Section("Results > Patients", (tuple(patients),), tables=(0,)),
        Section("Results > Efficacy", (tuple(efficacy),), tables=(1, 2)),
    ]
    if has(story, f"any any n {a.name}"):
        sections.append(Section("Results > Safety", (tuple(safety_sentences(story)),), tables=(3, 4)))
    return sections


def _flow(story: Story) -> list[str]:
    desk, rng, people = story.desk, story.rng, people_of(story)
    reasons = [rng.randint(3, 30), rng.randint(2, 14), rng.randint(1, 9)]
    screened = desk.whole(story.people.n + sum(reasons), "n", "flow", grouped=True, variable="screened")
    excluded = desk.whole(sum(reasons), "n", "flow", variable="excluded")
    included = all_of_them(story) if len(story.arms) > 1 else story.size(story.total)
    a, b, c = (desk.whole(r, "n", "flow reason") for r in reasons)
    desk.must(must.adds_up([excluded, included], screened, FLOW))
    desk.must(must.adds_up([a, b, c], excluded, FLOW))
    first, last = rng.randint(2012, 2015), rng.randint(2016, 2017)
    period = f"Between {rng.choice(['January', 'May'])} {first} and {rng.choice(['April', 'October'])} {last}"
    verb = "randomised" if story.design in ("two arms", "three arms") else "included"
    out = [f"{period}, {screened} {people} were screened, of whom {excluded} were excluded and {included} were {verb}."]
    out.append(
        story.pick(
            f"Reasons for exclusion were ineligibility (n = {a}), refusal (n = {b}) and other reasons (n = {c}).",
            f"Of the excluded, {a} did not meet the criteria, {b} declined and {c} had other reasons.",
        )
    )
    if len(story.arms) > 1:
        did = "received" if story.design == "cohort" else "were assigned to"
        parts = [f"{story.size(g)} {did} {g.name}" for g in story.arms]
        out.append(", ".join(parts[:-1]) + " and " + parts[-1] + ".")
    return out


def _measured(story: Story) -> list[str]:
    """One laboratory value with its unit."""
    m, g = story.disease.measures[0], story.arms[0]
    key = next((k for k in ("mean", "median") if has(story, f"{m.variable} {k} {g.name}")), None)
    if key is None or story.rng.random() < 0.4:
        return []
    value = story.again(f"{m.variable} {key} {g.name}")
    unit = story.desk.word(m.unit, "unit", variable=m.variable, wrong="|".join(m.wrong_units))
    story.desk.must(must.one_text([story.known[f"{m.variable} unit"], unit], ("unit.", "agreement.")))
    name = m.labels[0] if any(c.isupper() for c in m.labels[0][1:]) or "-" in m.labels[0][:2] else m.labels[0].lower()
    return [f"The {key} {name}{inside(story, g)} was {value} {unit}."]


def _traits(story: Story) -> list[str]:
    name = story.rng.choice(story.disease.conditions)[0]
    a, b = story.arms[0], story.arms[-1]
    out = [
        story.pick(
            f"{name} was present in {count_and_share(story, f'has {name}', a)}{inside(story, a)}.",
            f"At baseline, {count_and_share(story, f'has {name}', a)}{inside(story, a)} had {name.lower()}.",
        )
    ]
    sex = next((s for s in ("female", "male") if has(story, f"sex {s} n {a.name}")), None)
    if sex:
        where = "" if len(story.arms) == 1 else f" of those in the {a.name} group"
        out.append(f"{count_and_share(story, f'sex {sex}', a)}{where} were {sex}.")
    grouping = story.disease.groupings[0]
    category = grouping.categories[-1]
    label = {
        "ecog": f"an ECOG performance status of {category}",
        "disease_stage": f"stage {category} disease",
        "nyha_class": f"NYHA class {category}",
        "disease_severity": f"{category.lower()} disease",
        "child_pugh": f"Child–Pugh class {category}",
    }.get(grouping.variable)
    if label and has(story, f"{grouping.variable} {category} pct {b.name}"):
        out.append(f"{share(story, f'{grouping.variable} {category}', b)}{inside(story, b)} had {label}.")
    return out


def _follow_up(story: Story) -> list[str]:
    held = {"variable": "follow_up"}
    months = quantile(story.people.death_time, Fraction(1, 2)) / 10
    first = story.desk.number(months, 1, "median", "conversion", unit="months", **held)
    if story.rng.random() < 0.5:
        return [f"The median follow-up was {first} months."]
    weeks = Fraction(story.desk.of(first).text) * MONTH_DAYS / 7
    second = story.desk.number(weeks, 0, "median", "conversion", unit="weeks", **held)
    story.desk.must(must.converted(second, first, [1 / f for f in WEEKS]))
    return [
        story.pick(
            f"The median follow-up was {first} months ({second} weeks).",
            f"Median follow-up was {second} weeks ({first} months).",
        )
    ]


def _rates(story: Story) -> list[str]:
    key, name, dash = main_key(story), story.disease.success[2], story.desk.habits.dash
    sign, out = story.desk.habits.pct_sign, []
    for g in story.arms:
        if not has(story, f"{key} pct {g.name}"):
            out.append(f"The {name}{inside(story, g)} was {share(story, key, g)}.")
            continue
        limits = ""
        if story.rng.random() < 0.7:
            limits = f"; 95% CI {story.again(f'{key} low {g.name}')}{dash}{story.again(f'{key} high {g.name}')}"
        n, size = story.again(f"{key} n {g.name}", None, "repeat repeat_n"), story.size(g)
        pct = story.again(f"{key} pct {g.name}", None, "repeat repeat_pct")
        story.desk.must(must.share(n, size, pct))
        out.append(
            story.pick(
                f"The {name}{inside(story, g)} was {pct}{sign} ({n} of {size}{limits}).",
                f"The {name}{inside(story, g)} was {pct}{sign} ({n}/{size} {people_of(story)}{limits}).",
            )
        )
    a = story.arms[0]
    if has(story, f"response Complete response n {a.name}"):
        found = count_and_share(story, "response Complete response", a)
        out.append(f"A complete response was seen in {found}{inside(story, a)}.")
    return [*out, *_odds(story, key)]


def _odds(story: Story, key: str) -> list[str]:
    if not has(story, f"{key} or"):
        return []
    ratio, low, high, p = (story.again(f"{key} {k}") for k in ("or", "or low", "or high", "p"))
    story.desk.must(must.never_falls([low, ratio, high], ("ci.",)))
    story.desk.must(must.geometric_middle(ratio, low, high, 0.3))
    story.desk.must(must.p_of_ratio(ratio, low, high, p))
    dash = story.desk.habits.dash
    return [
        story.pick(
            f"The odds ratio was {ratio} (95% CI {low}{dash}{high}; {p_text(story, p)}).",
            f"This corresponded to an odds ratio of {ratio} (95% CI, {low} to {high}; {p_text(story, p)}).",
        )
    ]


def _subgroup(story: Story) -> list[str]:
    """One half of a split, as the table of subgroups prints it."""
    a, cut = story.arms[0], story.disease.age_cuts[0]
    key = f"Age ≥{cut} years"
    if not has(story, f"sub {key} x {a.name}") or story.rng.random() < 0.4:
        return []
    x, n = story.again(f"sub {key} x {a.name}"), story.again(f"sub {key} N {a.name}")
    pct = story.again(f"sub {key} pct {a.name}")
    story.desk.must(must.share(x, n, pct))
    name, sign = story.disease.success[2], story.desk.habits.pct_sign
    who = f"Among {people_of(story)} aged {cut} years or older{inside(story, a)}"
    return [f"{who}, the {name} was {pct}{sign} ({x} of {n})."]


def _landmark(story: Story, kind: str, short: str) -> list[str]:
    time, sign = story.rng.choice(story.landmarks), story.desk.habits.pct_sign
    if not has(story, f"{kind} at {time} {story.arms[0].name}"):
        return []
    months = time // 10
    if len(story.arms) == 1:
        rate = story.again(f"{kind} at {time} ", None, "repeat repeat_rate")
        return [
            story.pick(
                f"{short} at {months} months was {rate}{sign}.", f"The {months}-month {short} rate was {rate}{sign}."
            )
        ]
    a, b = story.arms[0], story.arms[-1]
    x, y = (story.again(f"{kind} at {time} {g.name}", None, "repeat repeat_rate") for g in (a, b))
    return [
        story.pick(
            f"{short} at {months} months was {x}{sign} in the {a.name} group and {y}{sign} in the {b.name} group.",
            f"The {months}-month {short} rates were {x}{sign} with {a.name} and {y}{sign} with {b.name}.",
        )
    ]
