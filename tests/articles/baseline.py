"""The table of what the patients are: age, sex, groupings, conditions, laboratory values, earlier treatment."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

import numpy as np

from tests.articles import relations as must
from tests.articles.document import Column, Row, TableOf
from tests.articles.patients import Flags, mean_and_sd, quantile
from tests.articles.story import Group, Story
from tests.articles.tokens import Mark

CAPTIONS = (
    "Baseline characteristics of the {people}",
    "Demographic and clinical characteristics at baseline",
    "Characteristics of the {people} at study entry",
)
NESTED = ("summary.", "categories.")


def write_baseline(story: Story) -> TableOf:
    """The baseline table; its Ns are those of the article."""
    first = not story.sizes
    columns = tuple(Column(story.head(g, first), about=story.about(g)) for g in story.groups)
    with_p = len(story.arms) == 2 and story.rng.random() < 0.45
    rows = [*_age_rows(story), *_sex_rows(story)]
    blocks = [_grouping_rows(story, k) for k in range(len(story.disease.groupings))]
    blocks += [_measure_row(story, k) for k in range(len(story.disease.measures))]
    blocks += [_condition_rows(story), _earlier_rows(story), _line_rows(story)]
    story.rng.shuffle(blocks)
    rows += [row for block in blocks for row in block]
    notes = [("", _note(story))]
    if with_p:
        columns = (*columns, Column(story.pick("P value", "p", "p-value"), about={"p": "1"}))
        rows = [_with_p(story, row) for row in rows]
        notes.append(
            ("", story.pick("P values by Fisher's exact test.", "Groups were compared with Fisher's exact test."))
        )
    caption = story.pick(*CAPTIONS).format(people=story.disease.people)
    return TableOf(
        "baseline", caption, story.pick("Characteristic", "Variable", "Parameter"), columns, tuple(rows), tuple(notes)
    )


def _note(story: Story) -> str:
    form = {"n": "numbers", "{n}/": "n/N (%)"}.get(story.count_form[:4].rstrip("{ ("), "n (%)")
    return story.pick(
        f"Data are {form} unless otherwise indicated.",
        f"Values are {form} unless stated otherwise. Percentages may not add up to 100 because of rounding.",
    )


def _label(story: Story, label: str, variable: str, what: str) -> str:
    return f"{label}, {what}" if what else label


def _cells(story: Story, flags: Flags, key: str, tags: str, variable: str, category: str) -> tuple[str, ...]:
    return tuple(story.counted(g, flags, key, tags, variable=variable, category=category) for g in story.groups)


def _tail(story: Story) -> str:
    return ", n/N (%)" if "/" in story.count_form else story.pick(", n (%)", ", no. (%)", "")


def _age_rows(story: Story) -> list[Row]:
    ages = story.people.age
    cells = [_summary_cell(story, g, ages, 0, "age", "years", "age", "median (range)") for g in story.groups]
    rows = [
        Row(
            0,
            story.pick("Age, median (range), years", "Age (years), median (range)", "Median age (range), years"),
            tuple(cells),
        )
    ]
    if story.rng.random() < 0.75:
        cuts = story.disease.age_cuts
        bounds = [0, *cuts, 999]
        names = [f"<{cuts[0]}", *(f"{a}–{b - 1}" for a, b in pairwise(cuts)), f"≥{cuts[-1]}"]
        rows.append(
            Row(
                0,
                story.pick("Age group, years", "Age category (years)") + _tail(story),
                tuple("" for _ in story.groups),
            )
        )
        flags = [(ages >= a) & (ages < b) for a, b in pairwise(bounds)]
        for name, flag in zip(names, flags, strict=True):
            rows.append(Row(1, name, _cells(story, flag, f"age {name}", "exclusive", "age", name)))
        _exclusive(story, [f"age {name}" for name in names])
        for g in story.groups:
            counts = [story.known[f"age {name} n {g.name}"] for name in names]
            story.desk.must(must.median_in(story.known[f"age median {g.name}"], counts, cuts))
    return rows


def _exclusive(
    story: Story, keys: Sequence[str], families: tuple[str, ...] = ("categories.", "percent.", "response.")
) -> None:
    """The categories of these keys part all patients of each group."""
    for g in story.groups:
        counts = [story.known[f"{key} n {g.name}"] for key in keys]
        story.desk.must(must.adds_up(counts, story.column_size[g.name], families))
        pcts = [story.known[key] for k in keys if (key := f"{k} pct {g.name}") in story.known]
        if pcts:
            story.desk.must(must.adds_up_pct(pcts, None, families))
    if [g for g in story.groups if g.is_total]:
        _totals(story, keys)


def _totals(story: Story, keys: Sequence[str]) -> None:
    """The arms' counts add up to the column of all."""
    for key in keys:
        parts = [story.known[f"{key} n {g.name}"] for g in story.arms]
        story.desk.must(
            must.adds_up(
                parts,
                story.known[f"{key} n {story.total.name}"],
                ("categories.", "flow.", "arm.", "percent.", "agreement."),
            )
        )


def _summary_cell(
    story: Story, g: Group, values: object, decimals: int, key: str, unit: str, variable: str, form: str
) -> str:
    """Median with range or quartiles, mean with SD, of whole numbers in units of the last decimal."""
    desk, scale = story.desk, 10**decimals
    whole = np.asarray(values)[g.mask]
    whole = whole[~np.isnan(whole.astype(float))].astype(np.int64)
    held = story.about(g, variable=variable, unit=unit)
    kept = {}

    def put(name: str, value: Fraction, places: int) -> Mark:
        kept[name] = desk.number(value / scale, places, name, "summary", **held)
        story.known[f"{key} {name} {g.name}"] = kept[name]
        return kept[name]

    dash = desk.habits.dash
    if form in ("mean ± SD", "mean (SD)"):
        mean, sd = mean_and_sd(whole)
        places = max(1, decimals)
        m = put("mean", mean, places)
        s = kept["sd"] = desk.limit(sd / scale, places, "sd", "summary spread", **held)
        return f"{m} ± {s}" if form == "mean ± SD" else f"{m} ({s})"
    middle = quantile(whole, Fraction(1, 2))
    places = (
        decimals
        if (middle * 2).denominator == 1 and middle.denominator == 1
        else decimals + 1
        if decimals == 0
        else decimals
    )
    median = put("median", middle, places)
    if form == "median (range)":
        low, high = put("min", Fraction(int(whole.min())), decimals), put("max", Fraction(int(whole.max())), decimals)
        desk.must(must.never_falls([low, median, high], ("summary.", "individual.")))
        if decimals == 0:
            desk.must(must.whole_or_half(median, None))
    else:
        low, high = (
            put("q1", quantile(whole, Fraction(1, 4)), decimals),
            put("q3", quantile(whole, Fraction(3, 4)), decimals),
        )
        desk.must(must.never_falls([low, median, high], ("summary.",)))
    return (
        f"{median} ({low}{dash}{high})" if story.rng.random() < 0.9 or dash != "–" else f"{median} [{low}{dash}{high}]"
    )


def _sex_rows(story: Story) -> list[Row]:
    male = story.people.male
    head = story.pick("Sex", "Gender")
    style = story.rng.random()
    if style < 0.35:
        name, flag = story.rng.choice([("Female", ~male), ("Male", male)])
        label = story.pick(f"{name} sex", name) + _tail(story)
        return [Row(0, label, _cells(story, flag, f"sex {name.lower()}", "", "sex", name.lower()))]
    names = story.rng.choice([("Female", "Male"), ("Male", "Female")])
    rows = [Row(0, head + _tail(story), tuple("" for _ in story.groups))]
    for name in names:
        rows.append(
            Row(
                1,
                name,
                _cells(
                    story, male if name == "Male" else ~male, f"sex {name.lower()}", "exclusive", "sex", name.lower()
                ),
            )
        )
    _exclusive(story, [f"sex {n.lower()}" for n in names])
    return rows


def _grouping_rows(story: Story, k: int) -> list[Row]:
    grouping, values = story.disease.groupings[k], story.people.groupings[k]
    rows = [Row(0, story.pick(*grouping.labels) + _tail(story), tuple("" for _ in story.groups))]
    keys = []
    names, flags = list(grouping.categories), [values == i for i in range(len(grouping.categories))]
    if story.rng.random() < 0.3:
        unknown = np.asarray((np.arange(len(values)) * 7 + story.seed) % 19 == 0)
        flags = [f & ~unknown for f in flags]
        names.append(story.pick("Unknown", "Missing"))
        flags.append(unknown)
    for name, flag in zip(names, flags, strict=True):
        key = f"{grouping.variable} {name}"
        keys.append(key)
        rows.append(
            Row(
                1,
                name,
                _cells(story, flag, key, "exclusive", grouping.variable, name.lower() if len(name) > 3 else name),
            )
        )
    _exclusive(story, keys)
    return rows


def _measure_row(story: Story, k: int) -> list[Row]:
    m, values = story.disease.measures[k], story.people.measures[k]
    form = story.rng.choice(["mean ± SD", "mean (SD)", "median (range)", "median (IQR)"])
    word = {"mean ± SD": "mean ± SD"}.get(form, form)
    unit = story.desk.word(m.unit, "unit", variable=m.variable, wrong="|".join(m.wrong_units))
    story.known[f"{m.variable} unit"] = unit
    label = story.pick(f"{m.labels[0]}, {unit}, {word}", f"{m.labels[0]} ({unit}), {word}")
    cells = [_summary_cell(story, g, values, m.decimals, m.variable, m.unit, m.variable, form) for g in story.groups]
    first = "mean" if "mean" in form else "median"
    ranges = {**WRONG_RANGES, m.unit: (m.least * 0.5, m.greatest * 1.6)}
    marks = [story.known[f"{m.variable} {first} {g.name}"] for g in story.groups]
    story.desk.must(must.plausible(marks, unit, ranges))
    return [Row(0, label, tuple(cells))]


WRONG_RANGES: dict[str, tuple[float, float]] = {"g/L": (60, 200)}
"""Units that a misprint may give, where the quantity is known in them: haemoglobin."""


def _condition_rows(story: Story) -> list[Row]:
    head = story.pick("Comorbidities", "Coexisting conditions", "Medical history")
    rows = [Row(0, head + _tail(story), tuple("" for _ in story.groups))]
    for (name, variable, _), flag in zip(story.disease.conditions, story.people.conditions, strict=True):
        rows.append(Row(1, name, _cells(story, flag, f"has {name}", "overlapping", variable, "")))
    if any(g.is_total for g in story.groups):
        _totals(story, [f"has {name}" for name, _, _ in story.disease.conditions])
    return rows


def _earlier_rows(story: Story) -> list[Row]:
    head = story.pick("Previous treatment", "Prior therapy")
    rows = [Row(0, head + _tail(story), tuple("" for _ in story.groups))]
    for (name, _), flag in zip(story.disease.earlier, story.people.earlier, strict=True):
        rows.append(Row(1, name, _cells(story, flag, f"had {name}", "overlapping", "prior_therapy", name)))
    if any(g.is_total for g in story.groups):
        _totals(story, [f"had {name}" for name, _ in story.disease.earlier])
    return rows


def _line_rows(story: Story) -> list[Row]:
    """Lines of therapy: median with range, and nested counts of patients with at least so many."""
    if story.disease.kind != "oncology":
        return []
    lines = story.people.lines
    cells = [_summary_cell(story, g, lines, 0, "lines", "", "prior_lines", "median (range)") for g in story.groups]
    rows = [
        Row(
            0,
            story.pick("Prior lines of therapy, median (range)", "Number of previous lines of therapy, median (range)"),
            tuple(cells),
        )
    ]
    if story.rng.random() < 0.6:
        keys = []
        rows.append(Row(0, "Lines of therapy received" + _tail(story), tuple("" for _ in story.groups)))
        for least in (2, 3, 4):
            name = f"≥{least}"
            keys.append(f"lines {name}")
            rows.append(Row(1, name, _cells(story, lines >= least, keys[-1], "nested", "prior_lines", name)))
        for g in story.groups:
            marks = [story.known[f"{key} n {g.name}"] for key in reversed(keys)]
            story.desk.must(must.never_falls(marks, NESTED))
    return rows


def _with_p(story: Story, row: Row) -> Row:
    """The row with a p value where it compares one count of two arms, else an empty cell."""
    a, b = story.arms
    cells = [row.cells[story.groups.index(g)] for g in (a, b)]
    first = [_first_mark(c) for c in cells]
    if any(m is None or "count" not in story.desk.of(m).tags or "exclusive" in story.desk.of(m).tags for m in first):
        return Row(row.depth, row.label, (*row.cells, ""), row.mark)
    from scipy.stats import fisher_exact

    x, y = (int(story.desk.of(m).exact or 0) for m in first if m is not None)
    p = float(fisher_exact([[x, a.n - x], [y, b.n - y]])[1])
    mark = story.desk.put(p_text(p), "p", Fraction(p), "test p", variable=story.desk.of(first[0]).about["variable"])  # type: ignore[arg-type]
    story.desk.must(must.tested(first[0], story.column_size[a.name], first[1], story.column_size[b.name], mark))
    return Row(row.depth, row.label, (*row.cells, mark), row.mark)


def _first_mark(text: str) -> Mark | None:
    from tests.articles.tokens import PLACEHOLDER

    found = PLACEHOLDER.search(text)
    return Mark(found.group()) if found else None


def p_text(p: float) -> str:
    """A p value as journals print it."""
    if p < 0.001:
        return "<0.001"
    if p > 0.99:
        return ">0.99"
    return f"{p:.3f}" if p < 0.1 else f"{p:.2f}"
