"""Invented tables of what a treatment did: outcomes, subgroups, models, adverse events."""

from __future__ import annotations

from random import Random

from tests.printed import meaning_words as words
from tests.printed.meaning import Amount, Line, Meant, Printed, finish, meaning_with
from tests.printed.meaning_columns import FORM_NAMES, Column, Maker
from tests.printed.meaning_tables import group_lines

RATIO_HEADS = {
    "hr": ("Hazard ratio (95% CI)", "HR (95% CI)", "HR [95% CI]"),
    "or": ("Odds ratio (95% CI)", "OR (95% CI)"),
    "rr": ("Risk ratio (95% CI)", "Relative risk (95% CI)", "RR (95% CI)"),
}
DIFFERENCE_HEADS = ("Difference (95% CI)", "Mean difference (95% CI)", "Between-group difference (95% CI)")
P_HEADS = ("P value", "p", "p value", "P")


def outcome(rng: Random) -> Meant:
    """Endpoints of two arms or one cohort: survival, rates, best response, perhaps a ratio and p."""
    maker = Maker(rng)
    two = rng.random() < 0.75
    kind = maker.pick("hr", "or", "rr")
    if two:
        maker.columns = list(maker.arm_columns(2))
        if rng.random() < 0.6:
            maker.columns.append(Column(kind, "", maker.pick(*RATIO_HEADS[kind])))
        elif rng.random() < 0.5:
            maker.columns.append(Column("difference", "", maker.pick(*DIFFERENCE_HEADS)))
        if rng.random() < 0.6:
            maker.columns.append(Column("p", "", maker.pick(*P_HEADS)))
    else:
        maker.columns = [maker.cohort_column()]
    draft = maker.draft(
        "outcome",
        ("Efficacy outcomes", "Primary and secondary outcomes", "Response and survival", "Outcomes at 12 months"),
    )
    lines = [_survival(maker) for _ in range(rng.randint(0, 2))] + [_rate(maker) for _ in range(rng.randint(1, 3))]
    if rng.random() < 0.5:
        lines.append(_probability(maker))
    draft.lines = lines
    if rng.random() < 0.5:
        group = (
            ("Best overall response", "Best response"),
            "best_response",
            tuple((long, short) for long, short in words.RESPONSES),
        )
        draft.lines += group_lines(maker, group, "n_pct", maker.pick(", n (%)", ", no. (%)"))
    if draft.caption.endswith("12 months"):
        for line in draft.lines:
            line.cells = [
                Printed(
                    c.text, c.amounts, meaning_with(c.meaning, timepoint=c.meaning.timepoint or "|12 months"), c.marks
                )
                for c in line.cells
            ]
    return finish(draft)


def _survival(maker: Maker) -> Line:
    names, variable = maker.rng.choice(words.SURVIVALS)
    unit = maker.pick("months", "months", "weeks")
    label = maker.pick(
        f"Median {names[0]}, {unit} (95% CI)",
        f"Median {names[1]} (95% CI), {unit}",
        f"{names[1]}, median (95% CI), {unit}",
    )

    def cell(column: Column) -> Printed:
        meaning = meaning_with(maker.meaning(column, variable), denominator="*")
        if not column.n:
            return maker.compare(column, meaning)
        forms = maker.forms
        mid, low, high = (
            forms.between("9.0", "21.0", 1),
            forms.between("4.0", "8.9", 1),
            forms.between("21.1", "38.0", 1),
        )
        if maker.rng.random() < 0.15:
            amounts = (Amount("missing", "NR|", "*"), Amount("ci_low", str(low), unit))
            return Printed(f"NR ({forms.number(low)}–NE)", amounts, meaning)
        return Printed(*forms.limits(("median", "ci_low", "ci_high"), (mid, low, high), unit), meaning)

    return Line((label,), maker.fill(cell))


def _rate(maker: Maker) -> Line:
    labels, variable = maker.rng.choice(words.RATES)
    if maker.rng.random() < 0.7:
        form = maker.pick("n_pct", "fraction", "pct")
        label = f"{maker.pick(*labels)}, {maker.pick(*FORM_NAMES[form])}"
        return Line((label,), maker.counts(variable, "|*", form))

    def cell(column: Column) -> Printed:
        meaning = maker.meaning(column, variable, "*")
        if not column.n:
            return maker.compare(column, meaning)
        forms = maker.forms
        values = forms.between("40.0", "60.0", 1), forms.between("28.0", "39.9", 1), forms.between("60.1", "72.0", 1)
        return Printed(*forms.limits(("pct", "ci_low", "ci_high"), values, "%"), meaning_with(meaning, denominator="*"))

    return Line((f"{maker.pick(*labels)}, % (95% CI)",), maker.fill(cell))


def _probability(maker: Maker) -> Line:
    names, variable = maker.rng.choice(words.SURVIVALS[:2])
    time = maker.pick("12", "18", "24")
    label = maker.pick(
        f"{time}-month {names[1]} rate, % (95% CI)",
        f"{names[1]} at {time} months, % (95% CI)",
        f"{time}-month {names[0]}, % (95% CI)",
    )

    def cell(column: Column) -> Printed:
        meaning = meaning_with(
            maker.meaning(column, variable, "*", timepoint=f"{time} months|{time}-month"), denominator="*"
        )
        if not column.n:
            return maker.compare(column, meaning)
        forms = maker.forms
        values = forms.between("50", "70", 0), forms.between("40", "49", 0), forms.between("71", "82", 0)
        return Printed(*forms.limits(("pct", "ci_low", "ci_high"), values, "%"), meaning)

    return Line((label,), maker.fill(cell))


def subgroup(rng: Random) -> Meant:
    """One outcome in the parts of the patients: events of each arm and their ratio."""
    maker = Maker(rng)
    names, variable = rng.choice(
        words.SURVIVALS[:2] if rng.random() < 0.6 else (*words.SURVIVALS[:2], (("objective response", "ORR"), "orr"))
    )
    kind = "or" if variable == "orr" else "hr"
    arms = maker.arm_columns(2) if rng.random() < 0.8 else []
    ratio = Column(kind, "", maker.pick(*RATIO_HEADS[kind]))
    maker.columns = [*arms, ratio]
    if rng.random() < 0.4:
        maker.columns.append(Column("p", "", maker.pick("P for interaction", "p value", "P value")))
    caption = (
        f"Subgroup analysis of {names[0]}",
        f"{names[0].capitalize()} in prespecified subgroups",
        f"Subgroup analyses for {names[1]}",
    )
    draft = maker.draft("subgroup", caption)
    if arms:
        note = {"bare_fraction": "events/patients", "n_pct": "n (%)"}
        form = maker.pick("bare_fraction", "n_pct")
        draft.heads[0] = [
            draft.heads[0][0],
            *(f"{a.name}, {note[form]}" for a in arms),
            *(c.head for c in maker.columns[2:]),
        ]
    else:
        form = "n_pct"
    draft.lines.append(
        Line(
            (maker.pick("All patients", "Overall"),),
            _subgroup_cells(maker, variable, form, "|All patients|Overall", 100),
        )
    )
    for labels, _, categories in rng.sample(words.GROUPS, rng.randint(2, 5)):
        label = maker.pick(*labels)
        draft.lines.append(Line((label,), [Printed()] * len(maker.columns), "group"))
        for printed, _ in categories:
            part = f"{printed}|{label}: {printed}|{label} {printed}"
            draft.lines.append(
                Line((label, printed), _subgroup_cells(maker, variable, form, part, 100 // len(categories)))
            )
    return finish(draft)


def _subgroup_cells(maker: Maker, variable: str, form: str, part: str, share: int) -> list[Printed]:
    def cell(column: Column) -> Printed:
        meaning = meaning_with(maker.meaning(column, variable, "", subgroup=part), denominator="*")
        if not column.n:
            return Printed(*_plain(maker.compare(column, meaning)), meaning)
        whole = max(2, column.n * share // 100)
        n = maker.rng.randint(0, whole)
        if form == "bare_fraction":
            return Printed(*maker.forms.bare_fraction(n, whole), meaning_with(meaning, denominator=f"{whole}"))
        return Printed(*maker.forms.n_pct(n, whole), meaning)

    return maker.fill(cell)


def _plain(printed: Printed) -> tuple[str, tuple[Amount, ...]]:
    return printed.text, printed.amounts


def regression(rng: Random) -> Meant:
    """Ratios of a model's terms, univariable and perhaps multivariable."""
    maker = Maker(rng)
    kind = maker.pick("hr", "or")
    both = rng.random() < 0.6
    columns = [Column(kind, "", maker.pick(*RATIO_HEADS[kind])), Column("p", "", maker.pick(*P_HEADS))]
    maker.columns = columns * 2 if both else columns
    event = maker.pick("overall survival", "death", "progression-free survival")
    draft = maker.draft(
        "outcome|subgroup|unknown",
        (
            f"Factors associated with {event}",
            f"Cox regression for {event}" if kind == "hr" else f"Logistic regression for {event}",
        ),
    )
    if both:
        upper = maker.pick(
            "Univariable analysis|Multivariable analysis", "Univariate|Multivariate", "Unadjusted|Adjusted"
        ).split("|")
        draft.heads.insert(0, ["", upper[0], upper[0], upper[1], upper[1]])

    def cells(skip: bool = False) -> list[Printed]:
        any_meaning = maker.meaning(Column("p", "", ""), "*", "*", subgroup="*")
        if skip:
            return [
                Printed(maker.pick("1", "Reference", "1 (ref)", "–")) if c.kind != "p" else Printed()
                for c in maker.columns
            ]
        return [Printed(*_plain(maker.compare(c, any_meaning)), any_meaning) for c in maker.columns]

    for labels, _, _ in rng.sample(words.SINGLES, rng.randint(2, 5)):
        draft.lines.append(Line((maker.pick(*labels),), cells()))
    for measure in rng.sample(words.MEASURES, rng.randint(1, 3)):
        unit = f", per {measure.units[0][0]}" if measure.units else ""
        draft.lines.append(Line((maker.pick(*measure.labels) + unit,), cells()))
    for labels, _, categories in rng.sample(words.GROUPS, rng.randint(1, 2)):
        label = maker.pick(*labels)
        draft.lines.append(Line((label,), [Printed()] * len(maker.columns), "group"))
        draft.lines += [Line((label, c), cells(skip=k == 0)) for k, (c, _) in enumerate(categories)]
    return finish(draft)


Told = tuple[str, str, str]


def adverse_events(rng: Random) -> Meant:
    """Events by organ system, arms with columns by grade or kind, rows that sum up the serious and the fatal."""
    maker = Maker(rng)
    arms = maker.arm_columns(rng.choice([1, 2, 2, 3])) if rng.random() < 0.8 else [maker.cohort_column()]
    chosen = rng.sample(words.GRADES[1:], rng.choice([1, 1, 2])) if rng.random() < 0.65 else []
    lower = [(maker.pick(*g[0]), g[1], g[2]) for g in (words.GRADES[0], *chosen)] if chosen else [("", "|any", "")]
    maker.columns = [Column(a.kind, a.name, head or a.head, a.n) for a in arms for head, _, _ in lower]
    form = maker.pick("n_pct", "n_pct", "pct", "count")
    draft = maker.draft("adverse events", EVENT_CAPTIONS)
    draft.caption += {"n_pct": "", "pct": " (%)", "count": " (number of patients)"}[form]
    draft.heads[0][0] = maker.pick("Adverse event", "Event", "Preferred term", "System organ class", "")
    if chosen:
        draft.heads.insert(0, ["", *(a.head for a in arms for _ in lower)])
    if form == "n_pct" and rng.random() < 0.5:
        draft.heads[-1] = [draft.heads[-1][0], *(h + ", n (%)" for h in draft.heads[-1][1:])]
    told = lower * len(arms)
    for labels, variable, category, kind in words.EVENT_SUMMARY[: 1 if chosen else rng.randint(1, 6)]:
        draft.lines.append(Line((maker.pick(*labels),), _event_cells(maker, (variable, category, kind), form, told)))
    draft.lines += _event_lines(maker, form, told)
    return finish(draft)


EVENT_CAPTIONS = (
    "Adverse events in the safety population",
    "Treatment-emergent adverse events",
    "Adverse events occurring in ≥10% of patients",
)


def _event_lines(maker: Maker, form: str, told: list[Told]) -> list[Line]:
    """Terms under their organ systems or in one list; where no column tells grades, rows under a term may."""
    rng = maker.rng
    grouped, by_rows = rng.random() < 0.6, len({t[0] for t in told}) == 1 and rng.random() < 0.2
    lines: list[Line] = []
    for system, terms in rng.sample(words.EVENTS, rng.randint(2, 5)):
        above = (system,) if grouped else ()
        if grouped:
            summed = rng.random() < 0.3
            cells = _event_cells(maker, ("adverse_event", system, ""), form, told)
            lines.append(Line(above, cells if summed else [Printed()] * len(maker.columns)))
        for term in rng.sample(terms, rng.randint(1, len(terms))):
            named = ("adverse_event", term, "")
            if not by_rows:
                lines.append(Line((*above, term), _event_cells(maker, named, form, told)))
                continue
            lines.append(Line((*above, term), [Printed()] * len(maker.columns)))
            for labels, grade, _ in (words.GRADES[0], words.GRADES[2]):
                cells = _event_cells(maker, named, form, [("", grade, "")] * len(told))
                lines.append(Line((*above, term, labels[0]), cells))
    return lines


def _event_cells(maker: Maker, named: Told, form: str, told: list[Told]) -> list[Printed]:
    """One row of events; columns of a grade or kind hold fewer than the one of all events."""
    variable, category, kind = named
    share, out = maker.rng.randint(12, 92), list[Printed]()
    for column, (head, grade, column_kind) in zip(maker.columns, told, strict=True):
        meaning = maker.meaning(column, variable, category)
        kinds = kind if not column_kind else column_kind if not kind else "*"
        meaning = meaning_with(meaning, grade="*" if "severe" in variable else grade, event_kind=kinds)
        part = share if head in ("", *words.GRADES[0][0]) else share // 3
        out.append(maker.counted_cell(column, form, part, meaning))
    return out
