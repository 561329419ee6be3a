"""One cell in its table → its statistics: which labels are asked, in which order, and what a table's type changes.

Comes in: a placed cell and what holds for its whole table. Goes out: its settled statistics. The grammar is
values.py's, the fitting of form and wording statistics_of.py's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from auditable.cells import PlacedCell, clean_label, marks_of, place_cells
from auditable.group_sizes import GroupSize, find_sizes
from auditable.model import Table, TableCell
from auditable.neighbours import Neighbours, find_neighbours, settle_by_neighbours
from auditable.pairs import settle_named_parts, settle_pair
from auditable.populations import find_population
from auditable.printed_forms import MARK_SIGNS, MARKS
from auditable.printed_text import NumberMarks, missing_kind, settle_marks, tidy
from auditable.settled import PLAIN_VALUES, RATIOS, Place, Settled, Statistic, is_percentage, shares
from auditable.star_notes import read_thresholds, with_threshold
from auditable.statistics_of import settle
from auditable.table_types import TableType
from auditable.units import find_unit
from auditable.values import Amount, Printed, parse_cell
from auditable.wording import Wording, read_wordings, strip_wording

_SAYS_HOW = re.compile(
    r"\b(?:data|values?|numbers?|figures|results|continuous|categorical|variables?|plus.minus|unless|presented|expressed|given|shown|"
    r"reported|indicated|are)\b",
    re.IGNORECASE,
)
_NUMBERS_FIRST = re.compile(r"^[<>≤≥~(\[+-]?\s?\d[\d.,·]*\D*[(\[/±]\D*\d")
_SHARED = ("n", "pct", "events")
"""A column headed so may hold another statistic in a row that says so: "Age, mean | SD" under "n | %"."""
_WORDS_OF_ALL = ("p", "n", "pct", "events", *PLAIN_VALUES)
"""What notes speak of in passing ("patients", "difference"): alone they tell nothing of a cell."""
_SENTENCE_END = re.compile(r"(?<=[.;])(?<!\bno\.)(?<!\bNo\.)\s+(?![(\[])")
_COMPARISONS = (*RATIOS, "p", *PLAIN_VALUES)


@dataclass(frozen=True)
class TableContext:
    """What holds for a whole table: its type, number marks, group sizes, population, general notes, the habits of its
    rows and columns, and the p values its marks stand for.
    """

    table: Table
    kind: TableType
    marks: NumberMarks
    sizes: dict[tuple[int, int], GroupSize]
    population: str
    general: tuple[Place, ...]
    notes: dict[str, tuple[Wording, ...]]
    neighbours: Neighbours
    thresholds: dict[str, Amount]


def table_context(table: Table, kind: TableType) -> TableContext:
    """The context of a table."""
    marks = settle_marks(c.text for r in table.rows for c in r.cells)
    heads = [label for level in table.boxhead for label in level]
    context = TableContext(
        table,
        kind,
        marks,
        find_sizes(table, marks),
        find_population([table.caption, *heads]),
        _general_places(table),
        _marked_notes(table),
        Neighbours(),
        read_thresholds(table.notes),
    )
    return replace(context, neighbours=_neighbours(context))


def read_cell(context: TableContext, placed: PlacedCell) -> Settled:
    """The statistics of one filled cell, in printed order; a cell of words is one text.

    A mark that a note explains as a p value ("* p < 0.05") adds it, told by the note.
    """
    return with_threshold(_own_statistics(context, placed), placed.cell.marks, context.thresholds)


def _own_statistics(context: TableContext, placed: PlacedCell) -> Settled:
    text = placed.cell.text
    readings = parse_cell(text, context.marks)
    if not context.kind.takes_labels:
        return _single_value(text, readings)
    totals = _totals(context, placed)
    if not readings:
        return settle_named_parts(text, totals) or _as_text(text)
    places = places_of(context, placed)
    pair = settle_pair(readings, placed, places, totals)
    if pair:
        return pair
    habit = context.neighbours.columns.get(placed.col)
    settled = settle(readings, places, totals, habit, _is_measured(context, placed))
    if not settled.statistics or [(s.name, s.place) for s in settled.statistics] == [("value", "")]:
        settled = settle_by_neighbours(readings, context.neighbours, placed) or settled
    match settled.statistics:
        case (Statistic("value", amount),) if context.kind.numbers_are and amount.is_whole:
            return Settled((Statistic(context.kind.numbers_are, amount, "caption"),))
    return settled


def places_of(context: TableContext, placed: PlacedCell) -> list[Place]:
    """The places that may name the statistic of a cell, nearest first.

    Order: a column that compares groups ("P value", "HR (95 % CI)") or holds one named statistic ("Mean", "SD"), since
    the row's label tells what the groups' columns hold; the row label; a column of counts or percentages alone; notes
    to the marks of cell and row; row groups, innermost first; the sub-header; boxhead, innermost first; notes to the
    column's marks; stub head; caption; notes that say how values are given; notes to marks of cells alike in the row.
    """
    path = placed.row.path
    boxhead = list(reversed(placed.boxhead))
    compared = [w for label in boxhead for w in read_wordings(label) if w.centre in _COMPARISONS]
    places = [Place("boxhead", tuple(compared))] if compared else []
    own_column = [Place("boxhead", w) for w in [_only_statistic(boxhead)] if w]
    is_named = any(w.centre not in _SHARED for p in own_column for w in p.wordings)
    is_named = is_named or (bool(own_column) and _counts_beside_measures(context.table, placed))
    places += own_column if is_named else []
    places += [Place("row label", read_wordings(path[-1]))] if path else []
    places += [] if is_named else own_column
    own_marks = _known_marks(context, (*placed.cell.marks, *placed.row.label_marks), path)
    places += [Place("note", context.notes[m]) for m in own_marks]
    places += [Place("row group", _of_group(context, placed, depth)) for depth in range(len(path) - 1, 0, -1)]
    if placed.subheader:
        places.append(Place("sub-header", read_wordings(placed.subheader)))
    places += [Place("boxhead", read_wordings(label)) for label in boxhead]
    column_marks = _known_marks(context, marks_of(context.table, placed), boxhead)
    places += [Place("note", context.notes[m]) for m in column_marks if m not in own_marks]
    places += context.general
    places += [Place("note", context.notes[m]) for m in _marks_beside(context, placed) if m not in own_marks]
    return [p for p in places if p.wordings]


def _marks_beside(context: TableContext, placed: PlacedCell) -> list[str]:
    """Marks with a note of the other cells of the row that are printed in the same form: one of "4 (2–8)† | 3 (2–6)"
    is enough where nothing else tells. A single number looks like the p value beside it and asks nobody.
    """
    own = _forms(context, placed.cell) - {"single"}
    if not own:
        return []
    alike = [cell for cell in placed.row.cells if cell.marks and cell is not placed.cell]
    return _known_marks(context, [m for cell in alike if _forms(context, cell) == own for m in cell.marks], ())


def _forms(context: TableContext, cell: TableCell) -> set[str]:
    return {reading.form for reading in parse_cell(cell.text, context.marks)}


def _of_group(context: TableContext, placed: PlacedCell, depth: int) -> tuple[Wording, ...]:
    """What the label of a row group says of a cell below it.

    A group that is a row with numbers of its own, "Age, median [IQR] | 19 [11–30]", speaks of those: the rows of its
    parts, printed in another form ("109 (26.5)"), are counts, as are those whose percentage a printed N proves.
    """
    path = placed.row.path
    wordings = read_wordings(path[depth - 1])
    if not any(w.spread in ("sd", "se", "iqr", "range") for w in wordings):
        return wordings
    readings = parse_cell(placed.cell.text, context.marks)
    if not readings or readings[0].form != "first (second)":
        return wordings
    count, share = readings[0].amounts
    if not count.is_whole or not is_percentage(share):
        return wordings
    own = [row.cells[placed.col].text for row in context.table.rows if row.kind == "data" and row.path == path[:depth]]
    forms = {r[0].form for text in own if (r := parse_cell(text, context.marks))}
    if not forms:
        return wordings
    is_share = bool(share.decimals) and shares(count, share, _totals(context, placed))
    return () if is_share or forms <= {"first (limits)", "first ± spread", "limits"} else wordings


def _only_statistic(boxhead: Sequence[str]) -> tuple[Wording, ...]:
    """The one statistic of a column that names nothing else ("n", "SD"): it speaks before a note to the row."""
    wordings = read_wordings(boxhead[0]) if boxhead else ()
    is_one = len(wordings) == 1 and not (wordings[0].centre and wordings[0].spread)
    return wordings if is_one and not strip_wording(boxhead[0]) else ()


def _counts_beside_measures(table: Table, placed: PlacedCell) -> bool:
    """Whether a column "n" stands beside columns of the same group that hold measurements ("n | Baseline | Change"):
    it counts those with data even in the row "Ejection fraction, %".
    """
    if _only_statistic(list(reversed(placed.boxhead))) != (Wording("n"),) or len(placed.boxhead) < 2:
        return False
    paths = [table.column_path(c) for c in range(table.n_columns)]
    beside = [
        path[-1] for path in paths if len(path) > 1 and tuple(clean_label(p) for p in path[:-1]) == placed.boxhead[:-1]
    ]
    told = [w for label in beside for w in read_wordings(label)]
    unnamed = [label for label in beside if not read_wordings(label)]
    return any(w.spread in ("sd", "se", "iqr", "range") or w.centre in ("mean", "median") for w in told) or bool(
        unnamed
    )


def _known_marks(context: TableContext, marks: Sequence[str], labels: Sequence[str]) -> list[str]:
    """Marks that have a note: as given, parted where two were printed together ("‡§"), and those inside the labels
    ("Volume index,‡ mL/m²").
    """
    single = [m for mark in marks for m in ((mark,) if mark in context.notes else mark)]
    inside = [m for label in labels for m in MARK_SIGNS.findall(label)]
    return [m for m in dict.fromkeys((*single, *inside)) if m in context.notes]


def _marked_notes(table: Table) -> dict[str, tuple[Wording, ...]]:
    """What the note to each mark says; "* mean (SD), † median [IQR]" on one line are the notes to two marks."""
    parted = [(note.mark, *_MARK_INSIDE.split(note.text)) for note in table.notes if note.mark]
    inside = [pair for _, _, *more in parted for pair in zip(more[::2], more[1::2], strict=True)]
    own = [(mark, text) for mark, text, *_ in parted]
    return {mark: read_wordings(text) for mark, text in (*inside, *own)}


_MARK_INSIDE = re.compile(rf"(?:^|(?<=[,;.]))\s+([{MARKS}])\s?(?=[^\W\d_])")


def _general_places(table: Table) -> tuple[Place, ...]:
    """Places that speak for the whole table: stub head, caption, and notes that say how values are given.

    A list of abbreviations ("SD standard deviation, IQR interquartile range") says nothing about a cell; a note to a
    mark that stands in the table speaks only where it stands.
    """
    own = _marks_met(table)
    heads = tuple(w for w in read_wordings(table.stub_head) if w.spread or w.centre not in _WORDS_OF_ALL)
    places = [Place("boxhead", heads), Place("caption", _of_caption(table.caption))]
    free = [note.text for note in table.notes if note.mark not in own]
    places += [Place("note", _telling(sentence)) for text in free for sentence in _SENTENCE_END.split(text)]
    return tuple(p for p in places if p.wordings)


def _marks_met(table: Table) -> set[str]:
    """The marks of cells, rows, columns and inside labels, each apart."""
    met: set[str] = set()
    for placed in place_cells(table):
        labels = (*placed.row.path, *placed.boxhead)
        met.update(marks_of(table, placed), *(MARK_SIGNS.findall(label) for label in labels))
    return {part for mark in met for part in (mark, *mark)}


def _of_caption(caption: str) -> tuple[Wording, ...]:
    """Wordings of a caption that says how values are given, or ends in such ("Adverse events (%)", "…, no. (%)"), or
    opens with it ("Number of patients with …").
    """
    ends = _LAST_PART.search(tidy(caption).rstrip("."))
    ending = read_wordings(ends["part"]) if ends and not re.search(r"\w", strip_wording(ends["part"])) else ()
    opening = _FIRST_PART.match(tidy(caption))
    if ending == (Wording("pct"),) and not _COUNTS.search(caption):
        return ending  # "Adverse events in ≥ 10 % of patients (%)" counts no patients
    ratios = tuple(w for w in read_wordings(caption) if w.centre in RATIOS and w.spread == "ci")
    return _telling(caption) or ratios or ending or (read_wordings(opening[0]) if opening else ())


_COUNTS = re.compile(r"\b(?:numbers?|no\.|n|counts?)(?!\w)", re.IGNORECASE)


_LAST_PART = re.compile(r"(?:[,:;]\s|\s-\s|\s(?=\([^()]*\)$|\[[^\[\]]*\]$))(?P<part>[^,:;]{1,40})$")
_FIRST_PART = re.compile(
    r"^(?:number|no\.)(?:\s\(%\)|\s?\(percentages?\)|\sand\spercentages?)?\sof\s\w+", re.IGNORECASE
)


def _telling(sentence: str) -> tuple[Wording, ...]:
    """Wordings of a sentence that says how values are given; of any other only those of two statistics ("Mean ± SD"),
    without confidence intervals: "Hazard ratios with 95 % CI were estimated by …" tells nothing of a cell.
    """
    wordings = read_wordings(sentence)
    if _SAYS_HOW.search(sentence):
        told = tuple(w for w in wordings if w.centre and (w.spread or w.centre not in _WORDS_OF_ALL))
        if _OF_A_PART.search(sentence):
            told = tuple(w for w in told if w.spread)  # "results for villages are means" tells nothing of other rows
        counts_first = wordings[:1] == (Wording("n"),) and any(w.centre in ("mean", "median") for w in told)
        return (wordings[0], *told) if counts_first else told  # "values are numbers, means (SDs)"
    return tuple(w for w in wordings if w.centre and w.spread not in ("", "ci"))


_OF_A_PART = re.compile(
    r"\b(?:results|values|data|figures|numbers)\s(?:for|of)\s(?!all\b|continuous|categorical|quantitative|normally|"
    r"skewed|non-?normal|patients\b|participants\b|subjects\b)",
    re.IGNORECASE,
)
"""Behind it a sentence speaks of some rows alone."""


def _neighbours(context: TableContext) -> Neighbours:
    """What labels settle for every cell "first (second)" or "n/N" of the table."""
    found: list[tuple[PlacedCell, Printed, Settled]] = []
    for placed in place_cells(context.table) if context.kind.takes_labels else ():
        readings = parse_cell(placed.cell.text, context.marks) if placed.row.kind == "data" and placed.cell.text else ()
        if readings and readings[0].form in ("first (second)", "n/N") and not readings[0].added:
            settled = settle(readings, places_of(context, placed), _totals(context, placed))
            found.append((placed, readings[0], settled))
    return find_neighbours(found)


def _is_measured(context: TableContext, placed: PlacedCell) -> bool:
    """Whether a row holds measurements: its label prints a unit, or a cell has decimals where a count would stand."""
    label = strip_wording(placed.row.path[-1]) if placed.row.path else ""
    if find_unit(placed.row.path[-1] if label else "") not in ("", "%"):
        return True
    texts = [c.text for c in placed.row.cells if c.text]
    firsts = [r[0].amounts[0] for t in texts if (r := parse_cell(t, context.marks)) and r[0].form == "first (second)"]
    return any(a.decimals and not a.is_percent for a in firsts)


def _totals(context: TableContext, placed: PlacedCell) -> list[int]:
    size = context.sizes.get((placed.row_index, placed.col))
    return [size.number] if size and size.number else []


def _single_value(text: str, readings: Sequence[Printed]) -> Settled:
    """A cell of one patient: a number is a value, a bound a bound, anything else its text."""
    printed = readings[0] if readings else None
    if printed is None or printed.form not in ("single", "p", "n ="):
        return Settled((Statistic("text", Amount(" ".join(text.split()), missing=_missing(text)), "cell"),))
    amount = printed.amounts[0]
    name = "bound" if amount.comparator in ("<", "<=", ">", ">=") else "value"
    return Settled((Statistic(name, amount, "cell"),))


def _as_text(text: str) -> Settled:
    """Words as one text; numbers the grammar cannot read are rejected instead."""
    plain = tidy(text)
    if not re.search(r"[^\W\d_]", plain) or _NUMBERS_FIRST.match(plain):
        return Settled((), "no form of the grammar fits")
    return Settled((Statistic("text", Amount(" ".join(text.split()), missing=_missing(text)), "cell"),))


def _missing(text: str) -> str:
    kind = missing_kind(text)
    return "" if kind == "blank" else kind
