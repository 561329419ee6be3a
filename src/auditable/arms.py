"""Which labels of a table name its arms: columns, sub-headers, row groups or rows, in that order.

Comes in: a table and the names that the paper's tables print with an N or call an arm. Goes out: TableArms, asked per
cell: the arm and the place that names it, the part of its patients, the trial. "" where all patients are meant.

A name alone says little ("Normal", "Fruit"), so that a level of the boxhead is judged as a whole: names beside an arm,
with an N, or over columns of numbers of one kind are arms; names beside quantities are quantities.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from auditable.cells import PlacedCell, clean_label, place_cells
from auditable.events import grade_in
from auditable.given import free_treatments
from auditable.label_roles import (
    ARM,
    COMPARES,
    EVENT,
    MEASURE,
    NAME,
    PART,
    TIME,
    TRIAL,
    Role,
    is_trial_name,
    role_of,
)
from auditable.labels import is_category_label, label_words
from auditable.model import PATH_SEPARATOR, Table
from auditable.rounding import COMPARATORS
from auditable.shares import shared_columns
from auditable.table_types import TableType
from auditable.values import parse_cell
from auditable.wording import read_wordings

FEWEST_ROW_ARMS = 2
"""Rows name arms only if at least this many do: one row "Placebo" may be a medicine taken before."""
FEWEST_PARENTS = 3
"""Names that come again under at least this many headings part the patients; under fewer it may be chance."""
_ROW_ARM = re.compile(
    r"\b(?:placebo|sham|controls?(?:\s(?:group|arm))?|usual\scare|standard\scare|arm|(?:intervention"
    r"|treatment|exercise|training|experimental|study)\sgroup|"
    r"intervention|investigational|experimental|group\s(?:[a-h]|\d|i{1,3}v?))\b|\b\d+(?:\.\d+)?\s?mg\b",
    re.IGNORECASE,
)
_IN_CAPTION = (
    r"\b(?:(?:in|with|on|during|receiving|after|under|given|treated\swith|randomi[sz]ed\sto"
    r"|assigned\sto)\s(?:the\s)?{0}(?![\w-])"
    # A programme for a drug, the effect of a drug: only where its patients are meant.
    r"|(?:for|of)\s(?:the\s)?{0}[\s-](?:patients|group|arm|cohort|recipients|participants))"
)


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose numbers a cell holds. place: where the arm is named; trial: the trial or study whose arm it is;
    used: the labels of the cell's row that are used up by it; heads: those of its column; shares: heading and
    label of a column that holds a category of the heading, and no one's group."""

    arm: str = ""
    place: str = ""
    part: str = ""
    trial: str = ""
    used: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()
    shares: tuple[str, ...] = ()


NOBODY = Whose()


class TableArms:
    """The arms of one table."""

    def __init__(self, table: Table, kind: TableType, known: frozenset[str] = frozenset()) -> None:
        self.table, self.kind, self.known = table, kind, known
        self._placed = [p for p in place_cells(table) if p.row.kind == "data"]
        self._columns = _name_columns(table, kind, known, self._placed)
        for col, labels in shared_columns(self._placed).items():
            if not self._columns[col].arm:
                self._columns[col] = replace(self._columns[col], part="", heads=(), shares=labels)
        self._inner, self._head_rows = _heads_in_the_body(table)
        self._row_arms = self._find_row_arms()
        self._caption = self._find_caption_arm()

    def whose(self, placed: PlacedCell) -> Whose:
        """Whose numbers the cell holds."""
        column = self._columns.get(placed.col, NOBODY)
        inner = self._inner.get((placed.row_index, placed.col))
        if inner:
            return replace(column, arm=inner, place="sub-header")
        under = _name_subheader(placed, self.known)
        if under:
            joined = [x for x in (column.arm, under) if x]
            return replace(column, arm=PATH_SEPARATOR.join(joined), place="sub-header")
        if column.arm:
            return column
        row = self._arm_of_row(placed)
        if row:
            return replace(column, arm=row.arm, place=row.place, used=row.used)
        if self._caption and not _compares(placed):
            return replace(column, arm=self._caption, place="caption")
        return column

    def is_head(self, placed: PlacedCell) -> bool:
        """Whether the cell's row is a row of heads within the body, and so no result of anyone."""
        return placed.row_index in self._head_rows

    def arm_names(self) -> Iterator[str]:
        """The names of the arms of columns, for finding them again in other tables of the paper."""
        for col, whose in self._columns.items():
            if whose.arm and whose.place == "boxhead":
                labels = [role_of(x) for x in self.table.column_path(col)]
                yield from (r.name for r in labels if r.name and whose.arm.endswith(r.name))
        yield from self._inner.values()

    def _arm_of_row(self, placed: PlacedCell) -> Whose | None:
        path = placed.row.path
        if _compares(placed):
            return None
        for depth in range(len(path) - 1, -1, -1):
            if path[: depth + 1] in self._row_arms:
                place = "row label" if depth == len(path) - 1 else "row group"
                return Whose(role_of(path[depth]).name, place, used=(path[depth],))
        return None

    def _find_row_arms(self) -> frozenset[tuple[str, ...]]:
        """The paths that end in the name of an arm: among siblings under one heading where most do."""
        if any(w.arm for w in self._columns.values()) or self._inner or self.kind.name == "individual":
            return frozenset()
        heads = [role_of(x) for c in range(self.table.n_columns) for x in self.table.column_path(c)]
        if not any(r.kind in (MEASURE, TIME, COMPARES, NAME, EVENT) for r in heads) and self.kind.name == "baseline":
            return frozenset()
        siblings: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for row in self.table.rows:
            for depth in range(len(row.path) if row.kind == "data" or row.path else 0):
                if row.path[depth] not in siblings[row.path[:depth]]:
                    siblings[row.path[:depth]].append(row.path[depth])
        found: set[tuple[str, ...]] = set()
        repeated = _repeated(siblings)
        for parent, labels in siblings.items():
            arms = repeated if parent and repeated >= set(labels) else self._arms_among(labels)
            found |= {(*parent, label) for label in arms if label in labels}
        names = {label_words(role_of(path[-1]).name) for path in found}
        return frozenset(found) if len(names) >= FEWEST_ROW_ARMS else frozenset()

    def _arms_among(self, labels: Sequence[str]) -> list[str]:
        roles = [role_of(x) for x in labels]
        sure = [r for r in roles if _is_row_arm(r, self.known)]
        maybe = [r for r in roles if r not in sure and r.kind in (NAME, ARM) and not r.time]
        others = [r for r in roles if r not in sure and r not in maybe and r.kind != COMPARES]
        if not sure or (len(sure) == 1 and not maybe) or len(others) > len(sure):
            return []
        if len(sure) >= FEWEST_ROW_ARMS and len(maybe) > len(sure):
            maybe = []  # several known arms among many other rows
        return [r.label for r in (*sure, *maybe)] if len(sure) * 4 >= len(sure) + len(maybe) else []

    def _find_caption_arm(self) -> str:
        if any(w.arm for w in self._columns.values()) or self._row_arms or self.kind.name in ("individual", "flow"):
            return ""
        words = f" {label_words(self.table.caption)} "
        found = {name for name in self.known if f" {name} " in words and len(name) > 3}
        longest = {n for n in found if not any(n != o and n in o for o in found)}
        if len(longest) != 1:
            return ""
        name = next(iter(longest))
        match = re.search(_IN_CAPTION.format(re.escape(name)), self.table.caption, re.IGNORECASE)
        found_at = re.search(re.escape(name), match[0], re.IGNORECASE) if match else None
        return found_at[0] if found_at else ""


def _repeated(siblings: dict[tuple[str, ...], list[str]]) -> set[str]:
    """Names that stand under most headings alike: "Score A > Drug | Control, Score B > Drug | Control"."""
    inner = [labels for parent, labels in siblings.items() if parent and len(labels) > 1]
    if len(inner) < FEWEST_PARENTS:
        return set()
    common = set(inner[0]).intersection(*inner[1:])
    alike = all(set(labels) == common for labels in inner)
    return common if alike and all(role_of(x).kind in (NAME, ARM) and not role_of(x).time for x in common) else set()


def known_arms(tables: Iterable[tuple[Table, TableType]]) -> frozenset[str]:
    """The names of arms that the heads of the tables print, as label_words makes them comparable."""
    names = (name for table, kind in tables for name in TableArms(table, kind).arm_names())
    return frozenset(key for name in names if (key := label_words(name)) and not key.isdigit())


def _is_row_arm(role: Role, known: frozenset[str]) -> bool:
    if role.kind in (COMPARES, MEASURE, TIME, PART) or role.name.startswith(COMPARATORS):
        return False  # "≥ 20 mg/L" is a limit
    return label_words(role.name) in known or bool(_ROW_ARM.search(role.name))


def _compares(placed: PlacedCell) -> bool:
    """Whether a cell compares groups: its column or its row says so."""
    labels = (*placed.boxhead[-1:], *([placed.subheader] if placed.subheader else ()), *placed.row.path[-1:])
    return any(role_of(x).kind == COMPARES and not role_of(x).size for x in labels)


def _name_subheader(placed: PlacedCell, known: frozenset[str]) -> str:
    """The arm a sub-header names in place of, or under, the boxhead."""
    role = role_of(placed.subheader) if placed.subheader else None
    if (
        role
        and role.name
        and (role.kind == ARM or label_words(role.name) in known or (role.size and role.kind == NAME))
    ):
        return role.name
    return ""


def _heads_in_the_body(table: Table) -> tuple[dict[tuple[int, int], str], frozenset[int]]:
    """The arms that rows of heads within the body name ("Placebo (n = 9) | 40 mg (n = 9)"), for all rows below.

    Such a row holds no number but group sizes, and at least two names. Given with the numbers of these rows.
    """
    heads: set[int] = set()
    current: dict[int, str] = {}
    out: dict[tuple[int, int], str] = {}
    for index, row in enumerate(table.rows):
        filled = [(c, role_of(cell.text)) for c, cell in enumerate(row.cells) if cell.text]
        named = [(c, r) for c, r in filled if r.size and r.kind in (ARM, NAME, PART) and r.name]
        if row.kind == "data" and len(named) >= 2 and all(r.size or r.kind == COMPARES for _, r in filled):
            current = {c: r.name for c, r in named}
            heads.add(index)
        elif current:
            out |= {(index, c): name for c, name in current.items()}
    return out, frozenset(heads)


def _name_columns(
    table: Table, kind: TableType, known: frozenset[str], placed: Sequence[PlacedCell]
) -> dict[int, Whose]:
    levels = [
        [role_of(clean_label(label)) if label.strip() else None for label in level] for level in table.column_levels
    ]
    settled = [_settle_level(free_treatments(level, kind, placed), table, kind, known, placed) for level in levels]
    settled = _without_repeated_measures(settled)
    out: dict[int, Whose] = {}
    for col in range(table.n_columns):
        path = [(depth, level[col]) for depth, level in enumerate(settled) if col < len(level)]
        roles = [(d, r) for d, r in path if r is not None]
        roles = [x for i, x in enumerate(roles) if not i or x[1].label != roles[i - 1][1].label]
        out[col] = _name_column(roles, settled)
    return out


def _without_repeated_measures(levels: Sequence[Sequence[Role | None]]) -> list[list[Role | None]]:
    """The levels, where names that stand beside a quantity and repeat under the arms above are quantities, no arms:
    "Drug: Cases | Person-years | Per 1000" and the same under "Placebo".
    """
    out = [list(level) for level in levels]
    for outer, inner in pairwise(out):
        under: dict[str, set[str]] = defaultdict(set)
        for above, role in zip(outer, inner, strict=False):
            if above and role and above.kind == ARM:
                under[role.label].add(above.label)
        is_measured = any(r and (r.kind == MEASURE or _is_rate(r)) for r in inner)
        for col, role in enumerate(inner):
            if is_measured and role and role.kind == ARM and not role.size and len(under[role.label]) > 1:
                inner[col] = replace(role, kind=MEASURE)
    return out


def _is_rate(role: Role) -> bool:
    return not role.name and any(w.centre == "rate" for w in read_wordings(role.label))


def _name_column(roles: Sequence[tuple[int, Role]], levels: Sequence[Sequence[Role | None]]) -> Whose:
    arms = [(d, r) for d, r in roles if r.kind == ARM]
    if arms and roles[-1][1].kind == COMPARES and not _parts_columns(arms[-1], levels):
        arms = []  # a spanner over all arms says nothing of whose a comparison is
    trials = [r for d, r in roles[:-1] if is_trial_name(r) and any(e > d for e, _ in arms)]
    trials += [r for _, r in roles[-1:] if r.kind == TRIAL]
    arms = [(d, r) for d, r in arms if r not in trials]
    if len(arms) > 1:
        inner = arms[-1]
        arms = [x for x in arms[:-1] if _parts_columns(x, levels) or _needs_heading(inner[1])] + [inner]
    parts = [(i, r) for i, (_, r) in enumerate(roles) if r.kind == PART]
    part = ""
    if parts:
        at, role = parts[-1]
        outer = [r.name for _, r in roles[:at] if r.kind in (NAME, MEASURE) and r.name]
        part = f"{outer[-1]}: {role.name}" if outer and is_category_label(role.name) else role.name
    names = [r.name for _, r in arms]
    heads = tuple(r.label for _, r in roles if r.kind == ARM or r in trials or (parts and r == parts[-1][1]))
    trial = trials[-1].name if trials else ""
    return Whose(PATH_SEPARATOR.join(names), "boxhead" if names else "", part, trial, heads=heads)


def _parts_columns(arm: tuple[int, Role], levels: Sequence[Sequence[Role | None]]) -> bool:
    """Whether a level holds more than one label over columns: a lone spanner over all arms only says what they are."""
    depth, role = arm
    return len({r.label for r in levels[depth] if r and r.kind in (ARM, role.kind)}) > 1


def _needs_heading(role: Role) -> bool:
    """Whether a name tells little without the heading over it: a dose, "Low", "Group 1"."""
    return bool(re.match(r"\W*\d", role.name)) or is_category_label(role.name)


def _settle_level(
    level: Sequence[Role | None], table: Table, kind: TableType, known: frozenset[str], placed: Sequence[PlacedCell]
) -> list[Role | None]:
    """The level with every undecided name settled as the name of an arm or of a quantity, or left."""
    roles = list(dict.fromkeys(r for r in level if r))
    names = [r for r in roles if r.kind == NAME]
    kind_of_names = _kind_of_names(roles, names, level, table, kind, known, placed)
    parts_too = kind_of_names == ARM and sum(r.kind == PART for r in roles) <= len(names)
    if any(r.kind == MEASURE for r in roles) and kind_of_names != ARM:
        return [replace(r, kind=MEASURE) if r and r.kind == PART and not r.size else r for r in level]
    change = dict.fromkeys(names, kind_of_names) | {r: ARM for r in roles if r.kind == PART and parts_too}
    return [replace(r, kind=change[r]) if r in change else r for r in level]


def _kind_of_names(
    roles: Sequence[Role],
    names: Sequence[Role],
    level: Sequence[Role | None],
    table: Table,
    kind: TableType,
    known: frozenset[str],
    placed: Sequence[PlacedCell],
) -> str:
    if not names:
        return NAME
    if any(r.size or label_words(r.name) in known for r in names) or any(r.kind == ARM for r in roles):
        return ARM
    if kind.name == "individual" or any(r.kind == MEASURE for r in roles):
        return NAME
    if any(r.is_dose for r in names):
        return ARM
    if len(names) == 1 and kind.name == "adverse events" and _only_grades_below(level, table):
        return ARM
    if len(names) < 2 or _rows_are_arms(table, known):
        return NAME
    compared = any(r.kind == COMPARES for r in roles) and all(len(r.name) > 1 for r in names)
    return ARM if compared or _is_parallel([c for c, r in enumerate(level) if r in names], placed) else NAME


def _only_grades_below(level: Sequence[Role | None], table: Table) -> bool:
    """Whether a spanner stands over columns that differ in nothing but the grade of events."""
    columns = [c for c, r in enumerate(level) if r and r.kind == NAME]
    inner = [table.column_path(c)[-1] for c in columns]
    return len(columns) > 1 and all(grade_in(x) and not role_of(x).name for x in inner)


def _rows_are_arms(table: Table, known: frozenset[str]) -> bool:
    found = {label_words(r.name) for row in table.rows if row.path and _is_row_arm(r := role_of(row.path[-1]), known)}
    return len(found) >= FEWEST_ROW_ARMS


def _is_parallel(columns: Sequence[int], placed: Sequence[PlacedCell]) -> bool:
    """Whether columns hold numbers of the same form row by row, as the columns of groups do."""
    forms: dict[int, dict[int, str]] = defaultdict(dict)
    for p in placed:
        if p.col in columns and p.cell.text and (readings := parse_cell(p.cell.text)):
            forms[p.row_index][p.col] = readings[0].form
    shared = [f for f in forms.values() if len(f) > 1]
    same = [f for f in shared if len(set(f.values())) == 1]
    return bool(shared) and len(same) * 4 >= len(shared) * 3
