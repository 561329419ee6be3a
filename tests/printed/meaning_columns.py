"""Columns of invented tables and the rows that fill them: arms with their N, a total, p values, ratios, differences."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from tests.printed import meaning_words as words
from tests.printed.meaning import Amount, Draft, Line, Meaning, Printed, meaning_with
from tests.printed.meaning_forms import Form, Forms, Habits, random_habits

MARK_SHARE, EMPTY_SHARE = 0.02, 0.03
COUNTED = ("n_pct", "n_pct", "n_pct", "fraction", "pct", "count")
MEASURED = ("mean ± SD", "mean (SD)", "median (range)", "median (IQR)")
FORM_NAMES = {
    "mean ± SD": ("mean ± SD", "mean ± standard deviation", "Mean ± SD"),
    "mean (SD)": ("mean (SD)", "mean (standard deviation)", "Mean (SD)"),
    "median (range)": ("median (range)", "median (min–max)", "Median (range)"),
    "median (IQR)": ("median (IQR)", "median (interquartile range)", "Median [IQR]", "median (Q1–Q3)"),
    "n_pct": ("n (%)", "no. (%)", "No. (%)", "N (%)"),
    "fraction": ("n/N (%)", "no./total no. (%)"),
    "pct": ("%", "% of patients"),
    "count": ("n", "no."),
}


@dataclass(frozen=True)
class Column:
    """One body column. kind: arm | total | p | hr | or | rr | smd | difference. n: patients, 0 in comparisons."""

    kind: str
    name: str
    head: str
    n: int = 0

    @property
    def arm(self) -> str:
        """The arm its numbers speak of: none for all patients, not asked for comparisons of arms."""
        return {"arm": self.name, "total": ""}.get(self.kind, "*")


class Maker:
    """Chance, habits and columns of one table."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.habits: Habits = random_habits(rng)
        self.forms = Forms(rng, self.habits)
        self.columns: list[Column] = []
        self.counted = rng.choice(COUNTED)
        self.tells_n = rng.random() < 0.85
        self.told_elsewhere = ""

    def pick(self, *options: str) -> str:
        """One of the options."""
        return self.rng.choice(options)

    def arm_columns(self, count: int, smallest: int = 18, largest: int = 1900) -> list[Column]:
        """Columns of so many arms; all tell their N in one manner or none does."""
        form = self.pick("{a} (n = {n})", "{a} (N={n})", "{a} (N = {n})", "{a}, n={n}", "{a} n = {n}", "{a} (n={n})")
        names = self.rng.sample(words.ARMS, count)
        sizes = [self.rng.randint(smallest, largest) for _ in names]
        heads = [
            form.format(a=a, n=self.forms.number(Decimal(n))) if self.tells_n else a
            for a, n in zip(names, sizes, strict=True)
        ]
        return [Column("arm", a, h, n) for a, n, h in zip(names, sizes, heads, strict=True)]

    def total_column(self, arms: list[Column]) -> Column:
        """The column of all patients."""
        n = sum(c.n for c in arms)
        name = self.rng.choice(words.TOTALS)
        return Column("total", name, f"{name} (N = {self.forms.number(Decimal(n))})" if self.tells_n else name, n)

    def cohort_column(self) -> Column:
        """The one column of a study without arms."""
        n = self.rng.randint(14, 640)
        head = self.pick(
            f"All patients (N = {n})", f"Patients (n = {n})", f"N = {n}", f"Total (n={n})", "Value", "Patients"
        )
        self.tells_n = str(n) in head
        return Column("total", "", head, n)

    def meaning(self, column: Column, variable: str, category: str = "", **more: str) -> Meaning:
        """What a number of that column means."""
        told = str(column.n) + self.told_elsewhere if self.tells_n and column.n else ""
        return Meaning(variable, category, column.arm, denominator=told, **more)

    def counts(self, variable: str, category: str, form: str, **more: str) -> list[Printed]:
        """One counted row over all columns, with about the same share in each."""
        share = self.rng.randint(3, 92)
        return [self.counted_cell(c, form, share, self.meaning(c, variable, category, **more)) for c in self.columns]

    def counted_cell(self, column: Column, form: str, share: int, meaning: Meaning) -> Printed:
        """One counted cell, or what a column of comparisons has there."""
        if not column.n:
            return self.compare(column, meaning)
        n = min(column.n, max(0, column.n * share // 100 + self.rng.randint(-3, 3)))
        whole = column.n - (self.rng.randint(0, column.n // 8) if "fraction" in form else 0)
        n = min(n, whole)
        text, amounts = {
            "n_pct": self.forms.n_pct, "fraction": self.forms.fraction, "pct": self.forms.pct,
            "bare_fraction": self.forms.bare_fraction, "count": lambda n, _: self.forms.count(n),
        }[form](n, whole)  # fmt: skip
        if "fraction" in form:
            meaning = meaning_with(meaning, denominator=str(whole))
        if form == "count":
            meaning = meaning_with(meaning, denominator="*")
        return self.marked(text, amounts, meaning)

    def marked(self, text: str, amounts: tuple[Amount, ...], meaning: Meaning) -> Printed:
        """The cell, with a note's mark now and then."""
        marks = ("*",) if self.rng.random() < MARK_SHARE else ()
        return Printed(text, amounts, meaning, marks)

    def compare(self, column: Column, meaning: Meaning) -> Printed:
        """A cell of a p, ratio or difference column."""
        meaning = meaning_with(meaning, denominator="*", category="*")
        if column.kind == "p":
            text, amounts = self.forms.p_value()
        elif column.kind == "smd":
            text, amounts = self.forms.single("value", self.forms.between("0.01", "0.30", 2), "")
        elif column.kind == "difference":
            text, amounts = self.forms.difference()
        else:
            text, amounts = self.forms.ratio(column.kind)
        return Printed(text, amounts, meaning)

    def measures(self, measure: words.Measure, form: str, unit: str, **more: str) -> list[Printed]:
        """One measured row over all columns."""
        out: list[Printed] = []
        for column in self.columns:
            meaning = meaning_with(self.meaning(column, measure.variable, "", **more), denominator="*")
            if not column.n:
                out.append(self.compare(column, meaning))
            elif self.rng.random() < EMPTY_SHARE:
                out.append(Printed(self.pick("–", "NA", "NR")))
            else:
                text, amounts = measured(self.forms, measure, form, unit)
                out.append(self.marked(text, amounts, meaning))
        return out

    def fill(self, make: Callable[[Column], Printed]) -> list[Printed]:
        """A row made cell by cell."""
        return [make(c) for c in self.columns]

    def patients_row(self) -> Line:
        """A row that tells the number of patients, where the heads do not."""
        if not self.tells_n:
            self.tells_n, self.told_elsewhere = True, "|"
        label = self.pick("No. of patients", "Number of patients", "Patients, n", "n", "N")
        cells = [
            Printed(*self.forms.count(c.n), meaning_with(self.meaning(c, "n_patients"), denominator="*"))
            if c.n
            else Printed()
            for c in self.columns
        ]
        return Line((label,), cells)

    def draft(self, table_type: str, captions: tuple[str, ...]) -> Draft:
        """An empty table with one level of heads over the columns."""
        stub = self.rng.choice(words.STUB_HEADS)
        return Draft(table_type, self.rng.choice(captions), [[stub, *(c.head for c in self.columns)]])


def measured(forms: Forms, measure: words.Measure, form: str, unit: str) -> Form:
    """A measured value in one of the named forms."""
    mean = forms.between(measure.low, measure.high, measure.decimals)
    step = Decimal(1).scaleb(-measure.decimals)
    spread = max(forms.between(*measure.spread, measure.decimals), step)
    if form == "mean ± SD":
        return forms.mean_sd(mean, spread, unit)
    if form == "mean (SD)":
        return forms.mean_brackets(mean, spread, unit)
    if form == "mean (SE)":
        return forms.mean_brackets(mean, max(spread / 8, step).quantize(step), unit, "se")
    inside = ("median", "min", "max") if form == "median (range)" else ("median", "q1", "q3")
    low, high = max(mean - spread, step), mean + spread
    return forms.limits(inside, (mean, low, high), unit)


def label_with_unit(maker: Maker, measure: words.Measure, tail: str) -> tuple[str, str]:
    """A label as printed, with its unit and the name of its statistic, and the unit's normal form."""
    label = maker.rng.choice(measure.labels)
    if not measure.units:
        return label + (f", {tail}" if tail else ""), "|points"
    printed, normal = maker.rng.choice(measure.units)
    if not tail:
        return label + maker.pick(f", {printed}", f" ({printed})", f" [{printed}]", f" — {printed}"), normal
    return maker.pick(
        f"{label}, {printed}, {tail}",
        f"{label} ({printed}), {tail}",
        f"{label}, {tail}, {printed}",
        f"{tail} {label.lower() if label[1:].islower() and label.isascii() else label} ({printed})",
    ), normal
