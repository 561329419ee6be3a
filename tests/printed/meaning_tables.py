"""Invented tables of what patients are and go through: baseline, values over time, exposure, flow, single patients."""

from __future__ import annotations

from decimal import Decimal
from random import Random

from tests.printed import meaning_words as words
from tests.printed.meaning import Amount, Draft, Line, Meaning, Meant, Printed, finish, meaning_with
from tests.printed.meaning_columns import FORM_NAMES, MEASURED, Column, Maker, label_with_unit, measured

BASELINE = (
    "Baseline characteristics of the patients",
    "Demographic and clinical characteristics at baseline",
    "Characteristics of the participants at enrolment",
    "Patient characteristics",
)
NOTE_FORMS = {
    "mean ± SD": ("Data are mean ± SD or {c}.", "Plus–minus values are means ± SD. Other values are {c}."),
    "mean (SD)": ("Data are mean (SD) or {c}.", "Values are {c} or mean (SD) unless otherwise indicated."),
    "median (range)": ("Data are median (range) or {c}.", "Values are {c} or median (range) unless stated otherwise."),
    "median (IQR)": ("Data are {c} or median (IQR).", "Data are median (interquartile range) or {c}."),
}


def _set_columns(rng: Random, maker: Maker) -> None:
    """One cohort; or arms, perhaps with a total, perhaps with p values or standardised differences."""
    count = rng.choice([1, 2, 2, 2, 3, 3, 4])
    if count == 1:
        maker.columns = [maker.cohort_column()]
        return
    arms = maker.arm_columns(count)
    maker.columns = list(arms)
    if rng.random() < 0.35:
        maker.columns.insert(rng.choice([0, count]), maker.total_column(arms))
    if rng.random() < 0.4:
        maker.columns.append(Column("p", "", maker.pick("P value", "p", "p-value", "P")))
    elif rng.random() < 0.15:
        maker.columns.append(Column("smd", "", maker.pick("SMD", "Standardised mean difference")))


def baseline(rng: Random) -> Meant:
    """Characteristics at baseline; the statistic told by label, by a note, or by rows of its own."""
    maker = Maker(rng)
    _set_columns(rng, maker)
    draft = maker.draft("baseline", BASELINE)
    told_by = maker.pick("label", "label", "note", "rows")
    form = maker.pick(*MEASURED)
    counted = maker.counted if told_by != "note" else "n_pct"
    if not maker.tells_n or rng.random() < 0.15:
        draft.lines.append(maker.patients_row())
    for measure in rng.sample(words.MEASURES, rng.randint(2, 6)):
        draft.lines += _measure_lines(maker, measure, form if told_by == "note" else maker.pick(*MEASURED), told_by)
    tail = f", {maker.pick(*FORM_NAMES[counted])}" if told_by != "note" else ""
    for labels, variable, category in rng.sample(words.SINGLES, rng.randint(1, 5)):
        draft.lines.append(Line((maker.pick(*labels) + tail,), maker.counts(variable, category, counted)))
    for group in rng.sample(words.GROUPS, rng.randint(1, 4)):
        draft.lines += group_lines(maker, group, counted, tail)
    if told_by == "note":
        draft.notes.append(("", maker.pick(*NOTE_FORMS[form]).format(c=maker.pick("n (%)", "number (%)", "no. (%)"))))
    if any(c.marks for line in draft.lines for c in line.cells):
        draft.notes.append(("*", "Data were missing for some of the patients."))
    return finish(draft)


def _measure_lines(maker: Maker, measure: words.Measure, form: str, told_by: str) -> list[Line]:
    if told_by == "rows":
        label, unit = label_with_unit(maker, measure, "")
        kinds = [maker.pick("mean ± SD", "mean (SD)"), maker.pick("median (range)", "median (IQR)")]
        names = [FORM_NAMES[k][-1 if k != "median (IQR)" else 2] for k in kinds]
        rows = [Line((label, n), maker.measures(measure, k, unit)) for k, n in zip(kinds, names, strict=True)]
        return [Line((label,), [Printed()] * len(maker.columns), "group"), *rows]
    tail = "" if told_by == "note" else maker.pick(*FORM_NAMES[form])
    label, unit = label_with_unit(maker, measure, tail)
    return [Line((label,), maker.measures(measure, form, unit))]


def group_lines(
    maker: Maker, group: tuple[tuple[str, ...], str, tuple[tuple[str, str], ...]], form: str, tail: str
) -> list[Line]:
    """A heading and a counted row for each category; the p value stands on the heading or on the first row."""
    labels, variable, categories = group
    label = maker.pick(*labels) + tail
    shares = _parts(maker.rng, len(categories))
    head = [maker.compare(c, maker.meaning(c, variable)) if c.kind == "p" else Printed() for c in maker.columns]
    lines = [Line((label,), head)]
    for share, (printed, category) in zip(shares, categories, strict=True):
        cells = [
            maker.counted_cell(c, form, share, maker.meaning(c, variable, _named(variable, category, printed)))
            if c.n
            else Printed()
            for c in maker.columns
        ]
        lines.append(Line((label, printed), cells))
    return lines


def _named(variable: str, category: str, printed: str) -> str:
    """The category by its name or as printed; where the variable need not have a name, it is not asked."""
    return f"{category}|{printed}" + ("|*" if "?" in variable else "")


def _parts(rng: Random, count: int) -> list[int]:
    cuts = sorted(rng.sample(range(6, 94), count - 1))
    return [b - a for a, b in zip([0, *cuts], [*cuts, 100], strict=True)]


def over_time(rng: Random) -> Meant:
    """Values at timepoints, perhaps under arms; counts and percentages may have columns of their own."""
    maker = Maker(rng)
    arms = maker.arm_columns(rng.choice([1, 2, 2, 3])) if rng.random() < 0.7 else [Column("total", "", "")]
    start = rng.randint(0, 2)
    times = words.TIMES[start : start + rng.choice([2, 3, 4])]
    maker.columns = [Column(a.kind, a.name, t, a.n or 40) for a in arms for t in times]
    draft = maker.draft(
        "outcome|unknown",
        ("Laboratory values over time", "Course of the outcome measures", "Changes in clinical variables"),
    )
    if arms[0].head:
        draft.heads.insert(0, ["", *(a.head for a in arms for _ in times)])
    form = maker.pick("mean ± SD", "mean (SD)", "median (IQR)", "mean (SE)")
    told = maker.pick("label", "note", "caption")
    names = FORM_NAMES | {"mean (SE)": ("mean (SE)", "mean (standard error)")}
    if told == "note":
        draft.notes.append(("", f"Values are {names[form][0]}."))
    elif told == "caption":
        draft.caption += f". Values are {names[form][0]}"
    for measure in rng.sample(words.MEASURES[1:-6], rng.randint(3, 8)):
        label, unit = label_with_unit(maker, measure, names[form][0] if told == "label" else "")
        cells = maker.measures(measure, form, unit)
        timed = [
            Printed(p.text, p.amounts, meaning_with(p.meaning, timepoint=c.head), p.marks)
            for p, c in zip(cells, maker.columns, strict=True)
        ]
        draft.lines.append(Line((label,), timed))
    return finish(draft)


REASONS = (
    "Progressive disease",
    "Adverse event",
    "Withdrawal of consent",
    "Lost to follow-up",
    "Physician decision",
    "Death",
)


def exposure(rng: Random) -> Meant:
    """Time on treatment, cycles, dose changes and why treatment ended."""
    maker = Maker(rng)
    maker.columns = list(maker.arm_columns(rng.choice([2, 2, 3]))) if rng.random() < 0.8 else [maker.cohort_column()]
    draft = maker.draft(
        "exposure", ("Treatment exposure", "Exposure and disposition of the patients", "Patient disposition")
    )
    unit = maker.pick("months", "weeks")
    spans = words.Measure(
        ("Duration of treatment", "Treatment duration"), ((unit, unit),), "treatment_duration", "4", "20", ("2", "3"), 1
    )
    cycles = words.Measure(("Number of cycles", "Cycles received"), (), "cycles_received", "4", "12", ("1", "3"), 0)
    dose = words.Measure(
        ("Relative dose intensity",), (("%", "%"),), "relative_dose_intensity", "78", "96", ("4", "9"), 1
    )
    for measure in rng.sample([spans, cycles, dose], rng.randint(1, 3)):
        form = maker.pick("median (range)", "median (range)", "mean (SD)", "median (IQR)")
        label, normal = label_with_unit(maker, measure, maker.pick(*FORM_NAMES[form]))
        draft.lines.append(Line((label,), maker.measures(measure, form, "|cycles" if measure is cycles else normal)))
    tail = f", {maker.pick(*FORM_NAMES['n_pct'])}"
    for label, variable in (
        ("Dose reduction", "dose_reduction"),
        ("Dose interruption", "dose_delay"),
        ("Treatment discontinuation", "discontinuation"),
    ):
        if rng.random() < 0.7:
            draft.lines.append(Line((label + tail,), maker.counts(variable, "", "n_pct")))
    group = (
        ("Reason for discontinuation", "Reasons for treatment discontinuation"),
        "discontinuation_reason|discontinuation",
        tuple((r, "*") for r in rng.sample(REASONS, 4)),
    )
    draft.lines += group_lines(maker, group, "n_pct", tail)
    return finish(draft)


FLOW = (
    "Assessed for eligibility", "Randomised", "Received allocated treatment", "Completed the study", "Withdrew consent",
    "Lost to follow-up", "Included in the intention-to-treat analysis", "Included in the safety analysis",
)  # fmt: skip


def flow(rng: Random) -> Meant:
    """Numbers of participants from screening to analysis."""
    maker = Maker(rng)
    maker.columns = maker.arm_columns(rng.choice([2, 2, 3]))
    draft = maker.draft(
        "flow", ("Flow of participants through the trial", "Participant flow", "Disposition of the participants")
    )
    form = maker.pick("count", "n_pct")
    tail = "" if form == "count" else ", n (%)"
    for label in sorted(rng.sample(FLOW[1:], rng.randint(4, 7)), key=FLOW.index):
        draft.lines.append(Line((label + tail,), maker.counts("*", "*", form, timepoint="*")))
    return finish(draft)


def _patient_columns(rng: Random, maker: Maker) -> list[tuple[str, str, str, list[Printed]]]:
    """For each thing told of the patients: label, variable, unit, and a cell for each of up to nine patients."""
    forms = maker.forms
    years = maker.pick("Age, years", "Age (years)", "Age, y")
    told: list[tuple[str, str, str, tuple[str, str, int]]] = [
        (years, "age", "years", ("19", "84", 0)),
        (maker.pick("Prior lines of therapy", "Number of prior lines"), "prior_lines", "|lines", ("1", "9", 0)),
        (maker.pick("Follow-up, months", "Follow-up (months)"), "follow_up", "months", ("2", "60", 0)),
        (maker.pick("Haemoglobin, g/dL", "Hb (g/dL)"), "hemoglobin", "g/dL", ("7", "15", 1)),
        (maker.pick("PFS, months", "Progression-free survival (months)"), "pfs", "months", ("1", "40", 1)),
        (maker.pick("Creatinine, µmol/L", "Serum creatinine (μmol/L)"), "creatinine", "umol/L", ("61", "410", 0)),
        (maker.pick("Number of cycles", "Cycles received"), "cycles_received", "|cycles", ("1", "24", 0)),
        (maker.pick("CRP, mg/L", "C-reactive protein (mg/L)"), "crp", "mg/L", ("2", "190", 0)),
        (maker.pick("Disease duration, years",), "time_since_diagnosis", "years", ("1", "22", 0)),
    ]  # fmt: skip
    out: list[tuple[str, str, str, list[Printed]]] = []
    for label, variable, unit, (low, high, decimals) in [told[0], *rng.sample(told[1:], rng.randint(2, 5))]:
        cells = [
            Printed(*forms.single("value", forms.between(low, high, decimals), unit), Meaning(variable))
            for _ in range(9)
        ]
        out.append((label, variable, unit, cells))
    words_told = [
        ("Sex", ["F", "M"]),
        ("Outcome", ["Alive", "Died of sepsis", "Lost to follow-up"]),
        ("Best response", ["CR", "PR", "SD", "PD"]),
    ]
    for label, texts in rng.sample(words_told, rng.randint(1, 3)):
        out.insert(rng.randint(1, len(out)), (label, "", "", [Printed(rng.choice(texts)) for _ in range(9)]))
    return out


def individual(rng: Random) -> Meant:
    """Single patients, as columns or as rows."""
    maker = Maker(rng)
    count = rng.randint(3, 9)
    names = [maker.pick("Patient {}", "{}", "Case {}")] * count
    roman = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
    numbers = [roman[k] if rng.random() < 0 else str(k + 1) for k in range(count)]
    if rng.random() < 0.3:
        numbers = list(roman[:count])
    labels = [n.format(k) for n, k in zip(names, numbers, strict=True)]
    told = _patient_columns(rng, maker)
    stub = maker.pick("Patient", "Case", "Patient no.")
    caption = maker.pick(
        "Characteristics of the patients",
        "Clinical features and outcome of the individual patients",
        "Summary of cases",
    )

    def cell(printed: Printed, k: int) -> Printed:
        return Printed(
            printed.text, printed.amounts, meaning_with(printed.meaning, patient=f"{labels[k]}|{numbers[k]}", arm="|*")
        )

    if rng.random() < 0.5:
        draft = Draft("individual", caption, [[stub, *labels]])
        draft.lines = [Line((label,), [cell(c, k) for k, c in enumerate(cells[:count])]) for label, _, _, cells in told]
    else:
        draft = Draft("individual", caption, [[stub, *(label for label, _, _, _ in told)]])
        draft.lines = [Line((labels[k],), [cell(cells[k], k) for _, _, _, cells in told]) for k in range(count)]
    return finish(draft)


def split_columns(rng: Random) -> Meant:
    """Counts and percentages in columns of their own under each arm."""
    maker = Maker(rng)
    arms = maker.arm_columns(rng.choice([2, 2, 3]))
    maker.columns = [Column(a.kind, a.name, h, a.n) for a in arms for h in ("n", "%")]
    draft = maker.draft("baseline", BASELINE)
    heads = maker.pick("n|%", "No.|%", "n|(%)", "N|%").split("|")
    draft.heads = [["", *(a.head for a in arms for _ in heads)], [draft.heads[0][0], *(h for _ in arms for h in heads)]]

    def pair(arm: Column, share: int, meaning: Meaning) -> list[Printed]:
        n = min(arm.n, max(0, arm.n * share // 100 + rng.randint(-3, 3)))
        meaning = meaning_with(meaning, arm=arm.name)
        count = Printed(*maker.forms.count(n), meaning_with(meaning, denominator="*"))
        return [count, Printed(*maker.forms.pct(n, arm.n), meaning)]

    for labels, variable, category in rng.sample(words.SINGLES, rng.randint(1, 5)):
        share = rng.randint(4, 90)
        cells = [c for a in arms for c in pair(a, share, maker.meaning(a, variable, category))]
        draft.lines.append(Line((maker.pick(*labels),), cells))
    for labels, variable, categories in rng.sample(words.GROUPS, rng.randint(1, 4)):
        label = maker.pick(*labels)
        draft.lines.append(Line((label,), [Printed()] * (2 * len(arms)), "group"))
        for share, (printed, category) in zip(_parts(rng, len(categories)), categories, strict=True):
            cells = [
                c for a in arms for c in pair(a, share, maker.meaning(a, variable, _named(variable, category, printed)))
            ]
            draft.lines.append(Line((label, printed), cells))
    return finish(draft)


def statistic_columns(rng: Random) -> Meant:
    """One cohort, each statistic in a column of its own."""
    maker = Maker(rng)
    heads = rng.choice(
        [
            ("N", "Mean", "SD", "Minimum", "Maximum"),
            ("Mean", "SD"),
            ("Median", "Min", "Max"),
            ("n", "Median", "Q1", "Q3"),
            ("Mean", "SE"),
        ]
    )
    names = {
        "N": "n",
        "n": "n",
        "Mean": "mean",
        "SD": "sd",
        "SE": "se",
        "Minimum": "min",
        "Maximum": "max",
        "Min": "min",
        "Max": "max",
        "Median": "median",
        "Q1": "q1",
        "Q3": "q3",
    }
    draft = Draft(
        "baseline|unknown",
        maker.pick(*BASELINE, "Descriptive statistics"),
        [[maker.pick("Variable", "Measure"), *heads]],
    )
    for measure in rng.sample(words.MEASURES, rng.randint(3, 8)):
        label, unit = label_with_unit(maker, measure, "")
        _, amounts = measured(maker.forms, measure, "median (range)", unit)
        mean, low, high = (Decimal(a.value) for a in amounts)
        values = {
            "mean": mean,
            "median": mean,
            "sd": high - mean,
            "se": high - mean,
            "min": low,
            "max": high,
            "q1": low,
            "q3": high,
            "n": Decimal(rng.randint(20, 300)),
        }
        cells: list[Printed] = []
        for head in heads:
            statistic = names[head]
            value = values[statistic]
            amount = Amount(statistic, str(value), "*" if statistic == "n" else unit)
            cells.append(
                Printed(
                    maker.forms.number(value),
                    (amount,),
                    Meaning(measure.variable if statistic != "n" else "*", denominator="*"),
                )
            )
        draft.lines.append(Line((label,), cells))
    return finish(draft)


def subheads(rng: Random) -> Meant:
    """Columns that change what they hold: "Median (Min, Max)" stands in the place of "n (%)" further down."""
    maker = Maker(rng)
    maker.columns = list(maker.arm_columns(rng.choice([2, 3]))) if rng.random() < 0.6 else [maker.cohort_column()]
    draft = maker.draft("baseline", BASELINE)
    width = len(maker.columns)
    for group in rng.sample(words.GROUPS, 2):
        heading, *rows = group_lines(maker, group, "n_pct", "")
        draft.lines += [Line(heading.path, [Printed(maker.pick("n (%)", "N (%)"))] * width, "subheader"), *rows]
        form, name = rng.choice(
            [("median (range)", "Median (Min, Max)"), ("mean (SD)", "Mean (SD)"), ("median (IQR)", "Median (IQR)")]
        )
        title = maker.pick("Measurements", "Laboratory", "Disease history", "Vital signs")
        draft.lines.append(Line((title,), [Printed(name)] * width, "subheader"))
        for measure in rng.sample(words.MEASURES, rng.randint(2, 3)):
            label, unit = label_with_unit(maker, measure, "")
            draft.lines.append(Line((title, label), maker.measures(measure, form, unit)))
    return finish(draft)
