"""The discussion: numbers at a coarser precision, in approximate words, and beside those of another study."""

from __future__ import annotations

from fractions import Fraction

from tests.articles import relations as must
from tests.articles.document import Section
from tests.articles.sayings import has, inside, main_key, people_of, share
from tests.articles.series import sex_again
from tests.articles.story import Story

WORDS: tuple[tuple[str, int, int, int, int], ...] = (
    ("about half", 47, 53, 42, 58),
    ("approximately two thirds", 65, 69, 60, 73),
    ("about one third", 31, 36, 27, 40),
    ("nearly three quarters", 72, 75, 66, 79),
    ("about a quarter", 23, 27, 19, 31),
    ("roughly one in five", 18, 22, 15, 25),
)
"""Words; the shares they are written for; the shares that a reader would let pass."""


def write_discussion(story: Story) -> Section:
    """What was found, in words, and how it compares."""
    kind = "series" if story.design == "case series" else "study"
    people = people_of(story)
    out = [f"In this {kind}, {story.drug} was given to {people} with {story.disease.name}."]
    if story.design == "case series":
        out += [sex_again(story), "The small number of patients is the main limitation."]
        return Section("Discussion", (tuple(out),))
    key, a = main_key(story), story.arms[0]
    if has(story, f"{key} pct {a.name}"):
        out.append(f"The {story.disease.success[2]}{inside(story, a)} was {share(story, key, a, 0)}.")
    out += _worded(story)
    other, rate = story.rng.randint(80, 500), f"{story.rng.randint(20, 60)}.{story.rng.randint(1, 9)}"
    out.append(
        story.pick(
            f"By comparison, a phase 3 trial of {other} {people} reported a rate of {rate}% [12].",
            f"Okafor et al. found a rate of {rate}% in {other} {people} [12].",
        )
    )
    out.append(
        story.pick(
            "Our study has limitations, among them its open-label design.",
            "The follow-up was short, which limits conclusions on survival.",
        )
    )
    return Section("Discussion", (tuple(out),))


def _worded(story: Story) -> list[str]:
    """A percentage in approximate words."""
    a = story.arms[0]
    where = " of the " + people_of(story) if len(story.arms) == 1 else f" of those in the {a.name} group"
    reach = {w: (Fraction(lo), Fraction(hi)) for w, _, _, lo, hi in WORDS}
    options = [(f"has {c[0]}", f"had {c[0].lower()}") for c in story.disease.conditions]
    terms = [t for _, g in story.disease.events for t, _, _ in g]
    options += [(f"ae {t} any", f"had {t.lower()} as an adverse event") for t in terms]
    story.rng.shuffle(options)
    for key, text in options:
        mark = story.known.get(f"{key} pct {a.name}")
        value = Fraction(-1) if mark is None else story.desk.of(mark).exact or Fraction(0)
        words = next((w for w, low, high, _, _ in WORDS if low <= value <= high), None)
        if words and mark is not None:
            others = "|".join(w[0] for w in WORDS if w[0] != words)
            word = story.desk.word(words, "approximate", wrong=others)
            story.desk.must(must.worded(word, mark, reach))
            return [f"In our study, {word}{where} {text}."]
    return []


def write_ending(story: Story) -> list[Section]:
    """The registration of a trial."""
    if "arm" not in story.design:
        return []
    number = f"NCT0{story.rng.randint(1000000, 9999999)}"
    return [Section("Trial registration", ((f"ClinicalTrials.gov number {number}.",),))]
