"""What the text of a case series says of its patients as a whole, bound to the rows of the table."""

from __future__ import annotations

from fractions import Fraction

from tests.articles import relations as must
from tests.articles.patients import Ints, quantile
from tests.articles.story import Story
from tests.articles.tokens import Mark

WORDS = ("", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def series_sentences(story: Story, place: str) -> list[str]:
    """Ages, times and counts of the patients; place: abstract or results."""
    people, is_cancer = story.people, story.disease.kind == "oncology"
    dash = story.desk.habits.dash
    out = []
    age = _summary(story, "age", people.age, 0, "age", "years")
    form = story.pick("The median age was {m} years (range {a}{d}{b}).", "Median age was {m} years ({a}{d}{b}).")
    out.append(form.format(m=age[0], a=age[1], b=age[2], d=dash))
    early = _summary(story, "early", people.early_time, 1, story.disease.early_event[2], "months")
    name = story.disease.early_event[0]
    out.append(f"The observed {name} ranged from {early[1]} to {early[2]} months.")
    out.append(_count(story, "sex", "F", "{n} of {N} patients were female."))
    if is_cancer:
        out.append(_count(story, "response", "CR PR", "{n} of {N} patients responded."))
    else:
        out.append(_count(story, "response", "Yes", story.disease.success[0] + " was seen in {n} of {N} patients."))
    if place == "results":
        doses = _summary(story, "cycles", people.cycles, 0, "cycles_received", "")
        word = "cycles" if is_cancer else "doses"
        out.append(f"A median of {doses[0]} {word} (range {doses[1]}{dash}{doses[2]}) was given.")
        out.append(_count(story, "status", "Dead", "At last follow-up {n} of {N} patients had died."))
        out.append("Individual data are given in Table 1.")
    return out


def sex_again(story: Story) -> str:
    """The count of women once more, for the discussion."""
    return _count(story, "sex", "F", "Of our cohort, {n} of {N} patients were female.")


def _summary(story: Story, key: str, values: Ints, places: int, variable: str, unit: str) -> list[Mark]:
    """Median, least and greatest, bound to the patients and to what was printed before."""
    scale = 10**places
    middle = quantile(values, Fraction(1, 2)) / scale
    decimals = places if (middle * scale).denominator == 1 else places + 1
    out = []
    shown = (
        ("median", middle, decimals),
        ("min", Fraction(int(values.min()), scale), places),
        ("max", Fraction(int(values.max()), scale), places),
    )
    for statistic, value, d in shown:
        mark = story.desk.number(value, d, statistic, "summary series", variable=variable, unit=unit)
        story.desk.must(must.summary_of(story.individual[key], mark, statistic))
        known = f"series {key} {statistic}"
        if known in story.known:
            story.desk.must(must.same(story.known[known], mark))
        story.known.setdefault(known, mark)
        out.append(mark)
    return out


def _count(story: Story, key: str, values: str, text: str) -> str:
    """A count of patients with one of these values."""
    wanted = values.split()
    marks = story.individual[key]
    count = sum(story.desk.of(m).text in wanted for m in marks)  # type: ignore[arg-type]
    n = story.desk.whole(count, "n", "series_count")
    total = story.size(story.total)
    families = ("individual.", "agreement.", "percent.")
    story.desk.must(must.counted(marks, n, lambda t: t in wanted, families))
    if f"count {key}" in story.known:
        story.desk.must(must.same(story.known[f"count {key}"], n))
    story.known.setdefault(f"count {key}", n)
    return text.format(n=n, N=total)
