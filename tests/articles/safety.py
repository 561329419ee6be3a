"""What the text says of harms and exposure, and of who was treated at all."""

from __future__ import annotations

from tests.articles import relations as must
from tests.articles.sayings import count_and_share, has, inside, people_of, severe_sentence, share
from tests.articles.story import Story


def safety_sentences(story: Story) -> list[str]:
    """Treated patients, any event, severe and serious ones, the most common terms, doses."""
    rng, a = story.rng, story.arms[0]
    terms = [t for _, group in story.disease.events for t, _, _ in group]
    ranked = sorted(terms, key=lambda t: -int(story.desk.of(story.known[f"ae {t} any n {a.name}"]).exact or 0))[:2]
    found = count_and_share(story, "any any", a)
    out = [*_treated(story), f"At least one adverse event was reported in {found}{inside(story, a)}."]
    out.append(severe_sentence(story))
    if has(story, f"ae {ranked[0]} any pct {a.name}"):
        shown = [f"{t.lower()} ({share(story, f'ae {t} any', a)})" for t in ranked]
        out.append(f"The most common adverse events{inside(story, a)} were {shown[0]} and {shown[1]}.")
    serious = count_and_share(story, "serious", a)
    out.append(
        story.pick(
            f"Serious adverse events occurred in {serious}{inside(story, a)}.",
            f"A serious adverse event was reported in {serious}{inside(story, a)}.",
        )
    )
    if has(story, f"reduced n {a.name}") and rng.random() < 0.7:
        out.append(f"The dose was reduced in {count_and_share(story, 'reduced', a)}{inside(story, a)}.")
    if has(story, f"stopped n {a.name}") and rng.random() < 0.7:
        out.append(f"Treatment was discontinued by {count_and_share(story, 'stopped', a)}{inside(story, a)}.")
    return [*out, *_doses(story)]


def _treated(story: Story) -> list[str]:
    """The safety population, where it is smaller than that of all patients."""
    if not any(g.population for g in story.treated):
        return []
    parts = [f"{story.size_like(story.sizes['safety ' + g.name])} in the {g.name} group" for g in story.treated]
    joined = ", ".join(parts[:-1]) + " and " + parts[-1]
    return [f"The safety population comprised all {people_of(story)} who received at least one dose: {joined}."]


def _doses(story: Story) -> list[str]:
    a = story.arms[0]
    if not has(story, f"cycles median {a.name}"):
        return []
    word = "cycles" if story.disease.kind == "oncology" else "doses"
    low, high = story.again(f"cycles min {a.name}"), story.again(f"cycles max {a.name}")
    median = story.again(f"cycles median {a.name}")
    story.desk.must(must.never_falls([low, median, high], ("summary.",)))
    dash = story.desk.habits.dash
    return [f"The median number of {word}{inside(story, a)} was {median} (range {low}{dash}{high})."]
