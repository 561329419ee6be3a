"""The N that rows of a table print for other rows: rows of N, heads repeated in the body, a row above its parts, the
missing.

Comes in: the rows of a table with the count of each cell. Goes out: for one cell the sizes that such rows print,
nearest first. Which of them explains its percentage is left to denominator_choice.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from auditable.cells import PlacedCell, join_path
from auditable.group_sizes import GroupSize
from auditable.printed_sizes import size_in
from auditable.printed_text import NumberMarks, tidy
from auditable.values import parse_cell

_PEOPLE = r"(?:patients|subjects|participants|cases|pts|individuals|women|men|children|samples)"
_LOOKED_AT = (
    r"(?:evaluable|evaluated|assessed|assessable|analy[sz]ed|analy[sz]able|tested|examined|measured|available|observed|"
    r"included|(?:with|having)\s(?:\w+\s){0,2}(?:data|assessments?|measurements?|results?)|included\sin\s(?:the\s)?analysis)"
)
_N_LABEL = re.compile(
    rf"^\W*(?:total\s)?(?:n|no|nr|number)?\W*(?:of\s)?(?:{_LOOKED_AT}\s)?{_PEOPLE}?\W*{_LOOKED_AT}?\W*(?:\(?(?:n|no)\)?)?\W*$",
    re.IGNORECASE,
)
_TOTAL = re.compile(
    r"^\W*(?:total|overall|all)(?:\s(?:number\sof\s)?\w+)?\W*(?:n|no|n \(%\)|no\. \(%\))?\W*$", re.IGNORECASE
)
_MISSING = re.compile(
    r"^\W*(?:missing|unknown|unspecified|not\s(?:available|known|reported|recorded|done|assessed|assessable|evaluable|"
    r"evaluated|determined|stated|applicable|tested)|no\sdata|data\smissing|na|nd|n/a|unk)\b",
    re.IGNORECASE,
)
_COUNT_HEAD = re.compile(r"^\W*(?:n|no|number|total|all|overall|patients|whole)\b", re.IGNORECASE)
MIN_LETTERS = 2
"""A cell of the body that repeats a head has at least as many letters, that of its "n" among them ("A (n = 9)")."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An N a cell may be a share of. kind: where such an N stands, the same for all cells it may explain alike.

    needs: "" nothing; "fit": counts only for a percentage it explains; "support": only if it explains others too that
    the nearest N does not.
    """

    size: GroupSize
    kind: str
    needs: str = ""


@dataclass(frozen=True)
class SizeRow:
    """One row: its labels, its cells, the counts among them, and the N it prints for others."""

    index: int
    path: tuple[str, ...]
    cells: Mapping[int, PlacedCell]
    counts: Mapping[int, int]
    marks: NumberMarks

    @property
    def label(self) -> str:
        """The innermost label."""
        return tidy(self.path[-1]) if self.path else ""

    @cached_property
    def head_sizes(self) -> dict[int, int]:
        """The N of each column where the row repeats a head: "Placebo (n = 9)"."""
        filled = {c: p.cell.text for c, p in self.cells.items() if p.cell.text.strip()}
        found = {c: n for c, t in filled.items() if (n := size_in(t)) and not parse_cell(t, self.marks) and _named(t)}
        return found if len(found) * 2 > len(filled) else {}

    @cached_property
    def own_sizes(self) -> dict[int, int]:
        """The N of each column where the row prints nothing but N: "n = 66", "(n) | (235)"."""
        found: dict[int, int] = {}
        filled = [c for c, p in self.cells.items() if any(x.isalnum() for x in p.cell.text)]
        for col in filled:
            readings = parse_cell(self.cells[col].cell.text, self.marks)
            first = readings[0] if readings else None
            is_n = first is not None and (first.form == "n =" or (first.form == "single" and self.is_n_label))
            if first is not None and is_n and first.amounts[0].is_whole:
                found[col] = int(first.amounts[0].digits)
        return found if len(found) * 2 > len(filled) else {}

    @property
    def is_n_label(self) -> bool:
        """Whether the label says that the row counts who was looked at: "n", "Patients evaluated", "Total"."""
        return bool(self.label) and bool(_N_LABEL.match(self.label) or _TOTAL.match(self.label))

    @property
    def is_missing(self) -> bool:
        """Whether the row counts those of whom nothing is known."""
        return bool(_MISSING.match(self.label))


def row_candidates(rows: Sequence[SizeRow], row: SizeRow, col: int) -> Iterator[Candidate]:
    """Sizes that other rows print for a cell, nearest first."""
    above = [r for r in reversed(rows) if r.index < row.index]
    yield from _rows_of_n(rows, above, row, col)
    for parent in above:
        if parent.path and parent.path == row.path[: len(parent.path)] != row.path and parent.counts.get(col):
            yield _candidate(parent, col, parent.counts[col], "row above", "fit")
    for head in above:
        if col in head.head_sizes:
            yield Candidate(
                GroupSize(head.head_sizes[col], f"sub-header: n = {head.head_sizes[col]}"), f"h{head.index}"
            )
            return


def column_candidates(row: SizeRow, col: int) -> Iterator[Candidate]:
    """The count of the row's own column of all: "Total" or "Number taking it", in rows that part it further."""
    for other, count in row.counts.items():
        heads = row.cells[other].boxhead
        if other != col and count and heads and any(_COUNT_HEAD.match(tidy(h)) for h in heads):
            text = row.cells[other].cell.text
            yield Candidate(GroupSize(count, f"column {join_path(heads)}: {text}"), f"c{other}", "support")


def computed_candidates(rows: Sequence[SizeRow], row: SizeRow, col: int, nearest: GroupSize) -> Iterator[Candidate]:
    """N without the missing of the same group, and the sum of the group's rows; none where no N is printed at all."""
    group = [r for r in rows if r.path[:-1] == row.path[:-1] and col in r.counts]
    missing = [r for r in group if r.is_missing]
    if missing and not row.is_missing and nearest.number:
        left = nearest.number - sum(r.counts[col] for r in missing)
        labels = ", ".join(f"{r.label} {r.counts[col]}" for r in missing)
        yield Candidate(GroupSize(max(left, 0), f"{nearest.proof} without {labels}"), "m", "support")
    known = [r for r in group if not r.is_missing]
    if nearest.number and len(row.path) > 1 and len(known) > 1 and not row.is_missing:
        words = " + ".join(f"{r.label} {r.counts[col]}" for r in known)
        yield Candidate(GroupSize(sum(r.counts[col] for r in known), f"sum of rows: {words}"), "s", "support")


def _rows_of_n(rows: Sequence[SizeRow], above: Sequence[SizeRow], row: SizeRow, col: int) -> Iterator[Candidate]:
    if row.own_sizes:
        return
    for other in above:
        covers = other.path == row.path or (other.path and other.path == row.path[: len(other.path)])
        if col in other.own_sizes and covers:
            yield _candidate(other, col, other.own_sizes[col], "row of N")
            break
    group = [r for r in rows if r.path[:-1] == row.path[:-1]]
    sized = [r for r in group if col in r.own_sizes and r.is_n_label]
    if sized and len(row.path) > 1:
        opens = sized[0] is group[0]
        near = (
            [r for r in reversed(sized) if r.index < row.index] if opens else [r for r in sized if r.index > row.index]
        )
        for other in near[:1]:
            needs = "fit" if _TOTAL.match(other.label) else ""
            yield _candidate(other, col, other.own_sizes[col], "row of N", needs)
    for other in above:
        if len(other.path) < 2 and col in other.own_sizes and other.path != row.path and other.path[:1] != row.path[:1]:
            is_bare = not other.path
            yield _candidate(other, col, other.own_sizes[col], "row of N", "" if is_bare else "fit")
            break


def _candidate(row: SizeRow, col: int, number: int, where: str, needs: str = "") -> Candidate:
    proof = f"{where}: {join_path(row.path)} {row.cells[col].cell.text}".replace("  ", " ")
    return Candidate(GroupSize(number, proof), f"r{row.index}", needs)


def _named(text: str) -> bool:
    return sum(c.isalpha() for c in text) >= MIN_LETTERS
