"""Phrases that several sections share: a share of a group, an age, a ratio with its limits, the size of the study."""

from __future__ import annotations

from tests.articles import relations as must
from tests.articles.story import Group, Story
from tests.articles.tokens import Mark

NAMED = ("agreement.", "definition.", "abbreviation.", "words.", "text.", "unit.")
FLOW = ("flow.", "agreement.", "arm.", "categories.", "frame.", "percent.")
OTHER_MEANINGS = {
    "progression-free survival": "post-failure survival",
    "event-free survival": "estimated functional score",
    "relapse-free survival": "recurrence-failure score",
}


def has(story: Story, key: str) -> bool:
    """Whether a quantity was printed."""
    return key in story.known


def people_of(story: Story) -> str:
    """patients, participants, children."""
    return story.disease.people


def main_key(story: Story) -> str:
    """The primary endpoint's key."""
    return "orr" if story.disease.kind == "oncology" else "success"


def inside(story: Story, g: Group) -> str:
    """ " in the X group", "" where all are one group."""
    if len(story.arms) == 1:
        return ""
    return story.pick(f" in the {g.name} group", f" in the {g.name} arm", f" with {g.name}")


def share(story: Story, key: str, g: Group, decimals: int | None = None) -> str:
    """The share of a group as printed in its table, or a count where only counts are printed."""
    if has(story, f"{key} pct {g.name}"):
        mark = story.again(f"{key} pct {g.name}", decimals, "repeat repeat_pct")
        return f"{mark}{story.desk.habits.pct_sign}"
    return f"{story.again(f'{key} n {g.name}')} of {story.size(g)}"


def count_and_share(story: Story, key: str, g: Group) -> str:
    """ "31 (24.8%)" of a group, bound to the table and to each other."""
    n = story.again(f"{key} n {g.name}", None, "repeat repeat_n")
    people = people_of(story)
    if not has(story, f"{key} pct {g.name}"):
        return f"{n} {people}"
    pct = story.again(f"{key} pct {g.name}", None, "repeat repeat_pct")
    sign = story.desk.habits.pct_sign
    total = story.sizes_of.get(f"{key} n {g.name}", story.sizes[g.name])
    story.desk.must(must.share(n, total, pct))
    form = story.rng.random()
    if form < 0.4:
        return f"{n} {people} ({pct}{sign})"
    if form < 0.6:
        size = story.size_like(total)
        story.desk.must(must.share(n, size, pct))
        return f"{n} of {size} {people} ({pct}{sign})"
    if form < 0.7:
        return f"{pct}{sign} (n = {n})"
    return f"{n} ({pct}{sign})"


def all_of_them(story: Story) -> Mark:
    """The number of all patients, bound to the sum of the arms."""
    mark = story.desk.whole(story.people.n, "total", "size flow", grouped=True)
    story.desk.must(must.adds_up([story.sizes[g.name] for g in story.arms], mark, FLOW))
    if "all" in story.known:
        story.desk.must(must.same(story.known["all"], mark, FLOW))
    story.known.setdefault("all", mark)
    return mark


def enrolled(story: Story) -> str:
    """How many patients, and how many in each arm."""
    people = people_of(story)
    if len(story.arms) == 1:
        n = story.size(story.total)
        return story.pick(
            f"{n} {people} were included.",
            f"A total of {n} {people} were enrolled.",
            f"We enrolled {n} {people}.",
            f"The analysis included {n} {people}.",
        )
    last = story.arms[-1]
    if story.design == "cohort":
        a = story.arms[0]
        return (
            f"Of {all_of_them(story)} {people}, {story.size(a)} received {a.name} and {story.size(last)} received "
            f"{last.name}."
        )
    parts = ", ".join(f"{story.size(g)} to {g.name}" for g in story.arms[:-1])
    verb = story.pick("were randomised", "underwent randomisation", "were randomly assigned")
    return f"{all_of_them(story)} {people} {verb}, {parts} and {story.size(last)} to {last.name}."


def age_sentence(story: Story, g: Group) -> str:
    """Median age with range."""
    where = "" if g.is_total else inside(story, g)
    median = story.again(f"age median {g.name}")
    low, high = story.again(f"age min {g.name}"), story.again(f"age max {g.name}")
    story.desk.must(must.never_falls([low, median, high], ("summary.",)))
    dash = story.desk.habits.dash
    return story.pick(
        f"The median age{where} was {median} years (range {low}{dash}{high}).",
        f"Median age{where} was {median} years (range, {low}{dash}{high} years).",
        f"{people_of(story).capitalize()}{where} had a median age of {median} years ({low}{dash}{high}).",
        f"The median age{where} was {median} years, with a range of {low} to {high} years.",
    )


def p_text(story: Story, p: Mark) -> str:
    """ "p = 0.03", "P<0.001"."""
    sign = story.desk.habits.p_sign
    if story.desk.of(p).text[0] in "<>":
        return f"{sign} {p}" if story.desk.habits.pct_decimals else f"{sign}{p}"
    return f"{sign} = {p}"


def hazard_sentence(story: Story, kind: str, short: str) -> list[str]:
    """Medians of two arms with the hazard ratio, its limits and p; nothing where no ratio is printed."""
    if not has(story, f"{kind} hr"):
        return []
    hr, low, high, p = (story.again(f"{kind} {k}") for k in ("hr", "hr low", "hr high", "p"))
    dash = story.desk.habits.dash
    story.desk.must(must.never_falls([low, hr, high], ("ci.",)))
    story.desk.must(must.geometric_middle(hr, low, high, 0.2))
    story.desk.must(must.p_of_ratio(hr, low, high, p))
    start, told = _medians(story, kind, short), p_text(story, p)
    return [
        story.pick(
            f"{start} (hazard ratio {hr}; 95% CI {low}{dash}{high}; {told}).",
            f"{start} (HR {hr}, 95% CI {low} to {high}, {told}).",
            f"{start} (hazard ratio, {hr}; 95% confidence interval [CI], {low} to {high}; {told}).",
        )
    ]


def _medians(story: Story, kind: str, short: str) -> str:
    a, b = story.arms[0], story.arms[1]
    if has(story, f"{kind} median {a.name}") and has(story, f"{kind} median {b.name}"):
        first, second = (story.again(f"{kind} median {g.name}", None, "repeat repeat_median") for g in (a, b))
        return story.pick(
            f"Median {short} was {first} months with {a.name} and {second} months with {b.name}",
            f"The median {short} was {first} months in the {a.name} group and {second} months in the {b.name} group",
            f"{short} was a median of {first} months with {a.name} versus {second} months with {b.name}",
        )
    return f"{short} was compared between {a.name} and {b.name}"


def median_sentences(story: Story, kind: str, short: str) -> list[str]:
    """The median of the first arm with its limits."""
    g = story.arms[0]
    if not has(story, f"{kind} median {g.name}"):
        return [f"Median {short} was not reached{inside(story, g)}."]
    limits = ""
    if all(has(story, f"{kind} {k} {g.name}") for k in ("ci_low", "ci_high")):
        low, high = story.again(f"{kind} ci_low {g.name}"), story.again(f"{kind} ci_high {g.name}")
        limits = story.pick(f" (95% CI {low}{story.desk.habits.dash}{high})", f" (95% CI, {low} to {high})")
    return [f"Median {short}{inside(story, g)} was {story.again(f'{kind} median {g.name}')} months{limits}."]


def severe_sentence(story: Story) -> str:
    """Grade 3 or higher in each arm."""
    where = [""] if len(story.arms) == 1 else [f" in the {g.name} group" for g in story.arms]
    parts = [count_and_share(story, "any severe", g) + w for g, w in zip(story.arms, where, strict=True)]
    joined = " and ".join(parts) if len(parts) < 3 else ", ".join(parts[:-1]) + " and " + parts[-1]
    return story.pick(
        f"Adverse events of grade 3 or higher occurred in {joined}.",
        f"Grade ≥3 adverse events were reported in {joined}.",
        f"Adverse events of at least grade 3 were seen in {joined}.",
    )


def define_endpoint(story: Story) -> str:
    """An endpoint with its abbreviation, in the same words each time."""
    name, short, _ = story.disease.early_event
    word = story.desk.word(name, "expansion", wrong=OTHER_MEANINGS[name])
    story.expansions.append(word)
    if len(story.expansions) > 1:
        story.desk.must(must.one_text([story.expansions[0], word], NAMED))
    return f"{word} ({short})"
