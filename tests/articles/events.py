"""The tables of harms and exposure: any grade and grade 3 or higher per arm, classes and terms; cycles, stops."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from tests.articles import relations as must
from tests.articles.baseline import _summary_cell, _tail
from tests.articles.document import Column, Row, TableOf
from tests.articles.patients import Flags
from tests.articles.story import Story

HARMS = ("ae.",)


def write_events(story: Story) -> TableOf:
    """Adverse events: under each arm a column of any grade and one of grade 3 or higher."""
    arms = story.treated
    any_head = story.pick("Any grade", "All grades")
    severe_head = story.pick("Grade ≥3", "Grade 3 or higher")
    columns = []
    for g in arms:
        head = story.head(g)
        held = story.about(g)
        columns += [Column(any_head, head, held | {"grade": "any"}), Column(severe_head, head, held | {"grade": ">=3"})]
    grades = story.people.grades
    worst = np.max(np.stack(list(grades.values())), axis=0)
    rows = [
        _pair_row(
            story,
            0,
            story.pick("Any adverse event", "At least one adverse event"),
            worst,
            "any",
            "adverse_event",
            "any",
        )
    ]
    rows.append(
        _one_row(
            story,
            story.pick("Serious adverse event", "Any serious adverse event"),
            story.people.serious,
            "serious",
            "serious",
        )
    )
    rows.append(
        _one_row(
            story,
            story.pick("Treatment-related adverse event", "Drug-related adverse event"),
            story.people.related,
            "related",
            "related",
        )
    )
    grouped = story.rng.random() < 0.6
    for system, terms in story.disease.events:
        highest = np.max(np.stack([grades[t] for t, _, _ in terms]), axis=0)
        if grouped:
            rows.append(_pair_row(story, 0, system, highest, f"class {system}", "adverse_event", system))
        for term, _, _ in terms:
            rows.append(_pair_row(story, int(grouped), term, grades[term], f"ae {term}", "adverse_event", term))
            if grouped:
                _bound(story, f"ae {term}", f"class {system}")
            _bound(story, f"ae {term}", "any")
        if grouped:
            _bound(story, f"class {system}", "any")
    for g in arms:
        for kind in ("serious", "related"):
            story.desk.must(
                must.never_falls([story.known[f"{kind} n {g.name}"], story.known[f"any any n {g.name}"]], HARMS)
            )
    caption = story.pick(
        "Adverse events in the safety population", "Treatment-emergent adverse events", "Adverse events by grade"
    )
    if story.count_form != "n":
        caption += ", n/N (%)" if "/" in story.count_form else ", n (%)"
    notes = (
        ("", story.pick("A patient may have had more than one event.", "Events were graded by CTCAE version 5.0.")),
    )
    return TableOf(
        "adverse events",
        caption,
        story.pick("Adverse event", "Event", "Preferred term"),
        tuple(columns),
        tuple(rows),
        notes,
    )


def _pair_row(story: Story, depth: int, label: str, worst: np.ndarray, key: str, variable: str, category: str) -> Row:
    cells = []
    for g in story.treated:
        for name, least in (("any", 1), ("severe", 3)):
            grade = "any" if name == "any" else ">=3"
            cells.append(
                story.counted(
                    g, worst >= least, f"{key} {name}", "harm", variable=variable, category=category, grade=grade
                )
            )
        story.desk.must(
            must.never_falls([story.known[f"{key} severe n {g.name}"], story.known[f"{key} any n {g.name}"]], HARMS)
        )
    return Row(depth, label, tuple(cells))


def _one_row(story: Story, label: str, flags: Flags, key: str, kind: str) -> Row:
    cells = []
    for g in story.treated:
        cells += [
            story.counted(
                g, flags, key, "harm", variable="adverse_event", category="any", grade="any", event_kind=kind
            ),
            "–",
        ]
    return Row(0, label, tuple(cells))


def _bound(story: Story, term: str, above: str) -> None:
    for g in story.treated:
        for grade in ("any", "severe"):
            story.desk.must(
                must.never_falls(
                    [story.known[f"{term} {grade} n {g.name}"], story.known[f"{above} {grade} n {g.name}"]], HARMS
                )
            )


STOPS = ("Still on treatment", "Progressive disease", "Adverse event", "Withdrawal of consent", "Death")
GENERAL_STOPS = ("Completed treatment", "Lack of efficacy", "Adverse event", "Withdrawal of consent", "Death")


def write_exposure(story: Story) -> TableOf:
    """Cycles, dose reductions, who stopped and why: the reasons part those who stopped."""
    columns = tuple(Column(story.head(g), about=story.about(g)) for g in story.treated)
    what = "Cycles received" if story.disease.kind == "oncology" else "Doses received"
    variable = "cycles_received"
    rows = [
        Row(
            0,
            f"{what}, median (range)",
            tuple(
                _summary_cell(story, g, story.people.cycles, 0, "cycles", "", variable, "median (range)")
                for g in story.treated
            ),
        )
    ]
    rows.append(
        Row(
            0,
            "Dose reduction" + _tail(story),
            tuple(story.counted(g, story.people.reduced, "reduced", variable="dose_reduction") for g in story.treated),
        )
    )
    stopped = story.people.stop > 0
    rows.append(
        Row(
            0,
            "Discontinued treatment" + _tail(story),
            tuple(story.counted(g, stopped, "stopped", variable="discontinuation") for g in story.treated),
        )
    )
    names = STOPS if story.disease.kind == "oncology" else GENERAL_STOPS
    for k in range(1, 5):
        cells = tuple(
            story.counted(
                g, story.people.stop == k, f"stop {k}", "reason", variable="discontinuation", category=names[k]
            )
            for g in story.treated
        )
        rows.append(Row(1, names[k], cells))
    for g in story.treated:
        parts = [story.known[f"stop {k} n {g.name}"] for k in range(1, 5)]
        story.desk.must(must.adds_up(parts, story.known[f"stopped n {g.name}"], ("flow.", "categories.")))
    return TableOf(
        "exposure",
        story.pick("Exposure to treatment", "Treatment exposure and discontinuation"),
        "",
        columns,
        tuple(rows),
        (),
    )


def write_subgroups(story: Story) -> TableOf | None:
    """The primary endpoint in the halves of some splits, n/N (%) in each arm."""
    people = story.people
    success = people.response <= 1
    cut = story.disease.age_cuts[0]
    splits = [
        ("Age", "age", ((f"<{cut} years", people.age < cut), (f"≥{cut} years", people.age >= cut))),
        ("Sex", "sex", (("Female", ~people.male), ("Male", people.male))),
    ]
    name, variable, _ = story.disease.conditions[0]
    splits.append((name, variable, (("Yes", people.conditions[0]), ("No", ~people.conditions[0]))))
    if any(int((g.mask & flag).sum()) < 3 for g in story.arms for _, _, halves in splits for _, flag in halves):
        return None
    columns = tuple(Column(f"{story.head(g)}", about=story.about(g)) for g in story.arms)
    endpoint = story.disease.success[1]
    held = {"variable": endpoint}
    rows = []
    every = tuple(_ratio_cell(story, g, success, np.ones(people.n, dtype=bool), "all", held) for g in story.arms)
    rows.append(Row(0, story.pick("All patients", "Overall"), every))
    for title, _, halves in splits:
        rows.append(Row(0, title, tuple("" for _ in story.arms)))
        for label, flag in halves:
            cells = tuple(
                _ratio_cell(
                    story,
                    g,
                    success,
                    flag,
                    f"{title} {label}",
                    held
                    | {
                        "subgroup": label
                        if title == "Sex"
                        else f"{title} {label}"
                        if title == "Age"
                        else f"{title}: {label}"
                    },
                )
                for g in story.arms
            )
            rows.append(Row(1, label, cells))
        for g in story.arms:
            for part in ("x", "N"):
                parts = [story.known[f"sub {title} {label} {part} {g.name}"] for label, _ in halves]
                story.desk.must(
                    must.adds_up(
                        parts,
                        story.known[f"sub all {part} {g.name}"],
                        ("percent.subgroups", "categories.", "flow.", "subgroup."),
                    )
                )
            _bind_sizes(story, title, g.name, cut)
    success_name = story.disease.success[2]
    return TableOf(
        "subgroup", f"Subgroup analysis of the {success_name}, n/N (%)", "Subgroup", columns, tuple(rows), ()
    )


def _bind_sizes(story: Story, title: str, arm: str, cut: int) -> None:
    """The N of a half is the count of its row in the baseline table, where that prints it."""
    same = {
        "Age": (f"sub Age <{cut} years N {arm}", f"age <{cut} n {arm}"),
        "Sex": (f"sub Sex Female N {arm}", f"sex female n {arm}"),
    }.get(title, (f"sub {title} Yes N {arm}", f"has {title} n {arm}"))
    if all(key in story.known for key in same):
        families = ("percent.", "agreement.", "arm.", "subgroup.", "categories.")
        story.desk.must(must.same(story.known[same[1]], story.known[same[0]], families))
    if title == "Sex" and (f"sex male n {arm}") in story.known:
        story.desk.must(
            must.same(
                story.known[f"sex male n {arm}"],
                story.known[f"sub Sex Male N {arm}"],
                ("percent.", "agreement.", "subgroup."),
            )
        )


def _ratio_cell(story: Story, g: object, success: Flags, flag: Flags, key: str, held: dict[str, str]) -> str:
    mask = g.mask & flag  # type: ignore[attr-defined]
    total, count = int(mask.sum()), int((mask & success).sum())
    about = story.about(g, **held, denominator=str(total))  # type: ignore[arg-type]
    n = story.desk.whole(count, "n", "count half", **about)
    shown = story.desk.whole(total, "total", "count half", **about)
    pct = story.desk.number(
        Fraction(100 * count, total), story.desk.habits.pct_decimals, "pct", "pct half", unit="%", **about
    )
    name = g.name  # type: ignore[attr-defined]
    story.known |= {f"sub {key} x {name}": n, f"sub {key} N {name}": shown, f"sub {key} pct {name}": pct}
    story.desk.must(must.share(n, shown, pct))
    return f"{n}/{shown} ({pct})"
