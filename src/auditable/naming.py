"""Which variable and category a cell speaks of, and of which part of the patients: from its row, its column, and what
its table's type says of rows.

Comes in: a placed cell, the type of its table, what its arm's name used up, and the codebook. Goes out: names of the
codebook, "" where it knows none; category and part as the codebook names them, else as printed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from auditable.cell_events import is_grade_label
from auditable.cells import PlacedCell
from auditable.codebook import Codebook
from auditable.earlier import BASELINE
from auditable.events import is_any_event, strip_grade
from auditable.label_roles import COMPARES, MEASURE, WORDING, clean_name, is_part_label, role_of
from auditable.labels import is_category_label, label_words, strip_choices
from auditable.printed_sizes import size_in
from auditable.table_types import TableType
from auditable.timepoints import is_time, may_name_time, strip_time, time_in
from auditable.wording import read_wordings, strip_wording

TOTALS = ("n_patients", "adverse_event_count")
"""Variables that stay themselves in every type of table: a row of totals is no adverse event."""
OUTCOME_KINDS = ("rate", "time to event", "event")
ANY_EVENT = "any"
_CAPTION_JOINTS = re.compile(
    r"\b(?:for|of|on|in|by|according\sto|stratified\sby|across|and|with|among|the)\b|[,;:.()]", re.IGNORECASE
)
ADVERSE_EVENT, EVENT_COUNT = "adverse_event", "adverse_event_count"
_YES_NO = re.compile(r"\s*[(\[,]?\s*\b(?:y(?:es)?\s?(?:/|or)\s?no?|no?\s?/\s?y(?:es)?)\b\s*[)\]]?", re.IGNORECASE)
_NUMBER_OF = re.compile(r"^(?:total\s)?(?:numbers?|no\.|counts?)\s", re.IGNORECASE)
_PER_PATIENT = re.compile(r"\b(?:per|for\seach)\s(?:patient|participant|subject)\b(?!-)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Named:
    """What a cell speaks of. subgroup: the part of the arm's patients its row or half of a pair names."""

    variable: str = ""
    category: str = ""
    subgroup: str = ""


@dataclass(frozen=True, slots=True)
class Around:
    """What is known of a cell before it is named. used, heads: labels of its row and its column that name the arm or
    a part of its patients; shares: heading and category of a column that parts each row; has_arm: its arm is named."""

    used: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()
    shares: tuple[str, ...] = ()
    caption: str = ""
    is_event: bool = False
    has_arm: bool = False


def name_cell(kind: TableType, placed: PlacedCell, part: str, codebook: Codebook, around: Around) -> Named:
    """Variable, category and subgroup of a cell. part: the label of this half, where a pair names its halves.

    In a table whose type gives the variable (adverse events) the row is its category. Where columns are measures ("ORR
    (%)" over rows of subgroups) the column names the variable and the row the subgroup.
    """
    path = _path_left(placed.row.path, around.used, is_event=around.is_event)
    if around.shares:
        return _name_share(around.shares, path, part, codebook)
    variable, category = codebook.name_row(path, kind.name)
    if _counts_events(kind, placed, variable, codebook, around):
        return Named(EVENT_COUNT) if _counts_per_patient(kind, path) else Named(ADVERSE_EVENT, _event_name(path))
    measured, its_category = _variable_of_column(placed, codebook, around)
    if kind.name == "individual":
        own = Named(variable, _asked(path, variable, category, codebook))
        return own if variable or not measured else Named(measured, its_category)
    if kind.columns_measure:
        return _name_in_subgroups(path, part, measured, around.caption, codebook)
    if measured and (part or not variable or _is_measure(placed, around, is_baseline=kind.name == BASELINE)):
        return Named(measured, its_category, _subgroup(path, part, codebook))
    named = Named(variable, category or _unknown_category(path, variable))
    return _half(named, part, codebook) if part else named


def _half(named: Named, part: str, codebook: Codebook) -> Named:
    """What one half of a pair speaks of: 213 of "213 (123)" under "Number of women (men)" counts women, never men."""
    variable = named.variable or codebook.name_row((part,))[0]
    own = codebook.category_of(variable, part) if variable else ""
    of_both = bool(variable) and bool(codebook.category_of(variable, named.category))
    return Named(variable, own or ("" if of_both else named.category), named.subgroup)


def _unknown_category(path: Sequence[str], variable: str) -> str:
    """What a row under a heading is called, as printed, where the codebook knows neither; no name for a quantity."""
    last = _last(path)
    if variable or len(path) < 2 or role_of(last).kind in (MEASURE, COMPARES, WORDING):
        return ""
    return clean_name(strip_wording(last))


def _name_share(shares: tuple[str, ...], path: Sequence[str], part: str, codebook: Codebook) -> Named:
    """Where columns hold the categories of their heading: the heading is the variable, the row a part of the
    patients."""
    heading, inner = shares[0], shares[-1] if len(shares) > 1 else ""
    variable = codebook.name_label(heading)
    category = codebook.category_of(variable, inner) if variable and inner else ""
    return Named(variable, category or clean_name(strip_wording(inner)), _subgroup(path, part, codebook))


def _asked(path: Sequence[str], variable: str, category: str, codebook: Codebook) -> str:
    """The category of a patient's value; where a row asks for yes or no, what it asks: "Elevated LDH (Y/N)" →
    "Elevated". A row that asks for nothing but its variable ("Diabetes (Y/N)") has none."""
    asked = _YES_NO.sub(" ", _last(path))
    if category or asked == _last(path) or not variable:
        return _YES_NO.sub("", category)
    entry, words = codebook.variables[variable], label_words(asked)
    if entry.kind == "continuous":
        named = sorted((x for x in entry.labels if f" {x} " in f" {words} "), key=len)
        return " ".join(w for w in asked.split() if not named or label_words(w) not in named[0].split())
    return "" if words in entry.labels else clean_name(asked)


def _counts_per_patient(kind: TableType, path: Sequence[str]) -> bool:
    """Whether a row tells how many events a patient had, and not how many patients had one."""
    label = _last(path)
    return bool(_PER_PATIENT.search(label)) or (kind.name == "individual" and bool(_NUMBER_OF.match(label)))


def _counts_events(kind: TableType, placed: PlacedCell, variable: str, codebook: Codebook, around: Around) -> bool:
    """Whether a row counts adverse events: every row of a table of them, elsewhere one that says so under no other
    heading ("Reason for discontinuation > Adverse event" is a reason)."""
    if not around.is_event or variable in TOTALS:
        return False
    known = codebook.variables.get(variable)
    says_so = is_any_event(_last(placed.row.path)) and (known is None or known.kind == "event")
    return bool(kind.variable) or says_so


def _name_in_subgroups(path: Sequence[str], part: str, measured: str, caption: str, codebook: Codebook) -> Named:
    """In a table of subgroups: the measure of the column, of a row group, or of the caption; the row is the part."""
    grouped = [(x, codebook.name_label(x)) for x in path[:-1]]
    outcome = next(((x, v) for x, v in grouped if _is_outcome(v, codebook)), ("", ""))
    own = codebook.name_label(_last(path))
    if not measured and _is_outcome(own, codebook) and not is_part_label(_last(path)):
        return Named(own, "", _subgroup(path[:-1], part, codebook))
    rest = [x for x in path if x != outcome[0]]
    variable = measured or outcome[1] or _variable_of_caption(caption, codebook)
    return Named(variable, "", _subgroup(rest, part, codebook))


def _variable_of_caption(caption: str, codebook: Codebook) -> str:
    """The outcome a caption names: "Subgroup analysis of objective response by age" → orr."""
    pieces = [caption, *_CAPTION_JOINTS.split(caption)]
    named = [codebook.name_label(x) or codebook.name_label(f"{x.strip()} rate") for x in pieces if x.strip()]
    found = list(dict.fromkeys(v for v in named if _is_outcome(v, codebook)))
    return found[0] if len(found) == 1 else ""


def _is_outcome(variable: str, codebook: Codebook) -> bool:
    return variable in codebook.variables and codebook.variables[variable].kind in OUTCOME_KINDS


def _subgroup(path: Sequence[str], part: str, codebook: Codebook) -> str:
    """The part of the patients a row names: with its heading where the label alone tells too little ("≥ 6", "Yes").

    "All patients" is no part.
    """
    last = _last(path)
    if role_of(last).kind == "total" and not part:
        return ""
    names = [clean_name(strip_wording(x)) for x in path]
    label = part or (names[-1] if names else "")
    above = [x for x in names if x and x != label and not (part and part in x)]
    if above and _tells_little(label, codebook):
        return f"{above[-1]}: {label}"
    return label


def _tells_little(label: str, codebook: Codebook) -> bool:
    return is_category_label(label) or (
        label_words(label) not in codebook.alone and not any(len(w) > 3 for w in label.split())
    )


def _path_left(path: Sequence[str], used: Sequence[str], *, is_event: bool) -> tuple[str, ...]:
    """The labels of a row that name its variable: without those that only name an arm, a time or a grade."""
    left: list[str] = []
    for i, label in enumerate(path):
        if label in used or (is_event and is_grade_label(label, path[:i])):
            continue
        if time_in(label) and may_name_time(label, tuple(path[:i])):
            if is_time(label) and (left or i + 1 < len(path)):
                continue
            left.append(strip_time(label) or label)
        else:
            left.append(label)
    return tuple(left)


def _event_name(path: Sequence[str]) -> str:
    """The event a row names, "any" where it counts events as such."""
    left = [x for x in path if role_of(x).kind != WORDING or is_any_event(x)]
    last = _last(left or path)
    if not last or is_any_event(last):
        return ANY_EVENT
    return clean_name(strip_wording(strip_grade(strip_choices(last)))) or last


def _last(path: Sequence[str]) -> str:
    return path[-1] if path else ""


def _is_measure(placed: PlacedCell, around: Around, *, is_baseline: bool) -> bool:
    """Whether the column is headed by a quantity ("ORR (%)", "Median OS, months") and not by a group of patients.

    Over characteristics a bare name ("Vitamin D") is a treatment.
    """
    label = placed.boxhead[-1] if placed.boxhead else ""
    if label in around.heads:
        return False
    counted = any(w.centre not in ("n", "p") for w in read_wordings(label))
    return (
        (counted or (role_of(label).kind == MEASURE and not is_baseline))
        and not size_in(label)
        and role_of(label).kind != COMPARES
    )


def _variable_of_column(placed: PlacedCell, codebook: Codebook, around: Around) -> tuple[str, str]:
    """The variable, and its category, that a label over the column names; the labels of arms name none."""
    for label in reversed(placed.spanner):
        if [w.centre for w in read_wordings(label)] == ["p"]:
            continue
        if label in around.heads or (around.has_arm and role_of(label).kind != MEASURE):
            continue
        variable, category = codebook.name_row([label])
        if variable and variable not in TOTALS:
            return variable, category
    return "", ""
