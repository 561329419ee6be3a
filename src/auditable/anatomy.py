"""Rows → stub paths: which heading a row stands under, told by indentation, weight, empty cells and column heads in
the body.

Comes in: RawRows of one table piece. Goes out: TableRows with kinds and paths, cells with text, marks and boxes.
Joining pieces is left
to engine.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from auditable.line_ends import unhyphenated
from auditable.marks import split_marks
from auditable.model import TableCell, TableRow, Word, union_box
from auditable.raw_rows import RawRow

ONE_LEVEL = 3
"""Depth that one step of indentation adds; below it, headings rule rows that are not set in."""
FEWEST_CENTRED, CENTRED_SHARE, ONE_LEFT_SHARE = 4, 0.8, 0.7
INDENT_PT = 2.2
"""A label set in by more than this stands one level deeper."""


def label_rows(
    raw: Sequence[RawRow],
    n_stub: int,
    page: int,
    opening: Sequence[TableRow] = (),
    stub_head: str = "",
    left_pt: float | None = None,
) -> list[TableRow]:
    """The rows with their stub paths.

    opening: rows of the piece before, whose last group may run on here. stub_head: the label over the stub; rows set in
    before any heading stands over them hang on it ("Sex" over "Female" and "Male"). left_pt: where a label that is not
    set in begins, if an earlier piece tells.
    """
    depths = _depths(raw, left_pt)
    kinds = [_kind(row) for row in raw]
    stack: list[tuple[float, tuple[str, ...], tuple[str, ...]]] = _carried(raw, kinds, depths, opening)
    shallowest = min(depths, default=0.0)
    first_label: tuple[str, tuple[str, ...]] = ("", ())
    out: list[TableRow] = []
    for row, depth, kind in zip(raw, depths, kinds, strict=True):
        texts = [split_marks(unhyphenated(words)) for words in row.labels]
        cells = tuple(_cell(words) for words in row.cells)
        box = union_box(line.box for line in row.lines)
        label_box = union_box(w.box for words in row.labels for w in words) if row.has_label else None
        if n_stub > 1:
            if texts[0][0]:
                first_label = texts[0]
            own = tuple(t for t in (first_label[0], *(text for text, _ in texts[1:])) if t)
            marks = tuple(dict.fromkeys([*first_label[1], *(m for _, ms in texts[1:] for m in ms)]))
            out.append(TableRow(own, cells, page, box, kind, marks, label_box))
            continue
        label, marks = texts[0] if texts else ("", ())
        while stack and stack[-1][0] >= depth:
            stack.pop()
        top = (stub_head,) if stub_head and not opening and depth > shallowest else ()
        above = stack[-1] if stack else (-1.0, top, ())
        path = (*above[1], label) if label or kind == "subheader" else (out[-1].path if out else ())
        all_marks = tuple(dict.fromkeys([*above[2], *marks]))
        out.append(TableRow(path, cells, page, box, kind, all_marks, label_box))
        if label:
            stack.append((depth, path, all_marks))
    return out


def _cell(words: Sequence[Word]) -> TableCell:
    if not words:
        return TableCell("")
    text, marks = split_marks(unhyphenated(words))
    scores = [w.confidence for w in words if w.confidence is not None]
    box, confidence = union_box(w.box for w in words), min(scores) if scores else None
    return TableCell(text, marks, box, confidence, layer_text=_layer_text(words))


def _layer_text(words: Sequence[Word]) -> str | None:
    """The cell as the text layer has it; None where that is what is printed."""
    if all(w.layer_text is None for w in words):
        return None
    layer = [w if w.layer_text is None else replace(w, text=w.layer_text) for w in words]
    return split_marks(unhyphenated(layer))[0]


def _depths(raw: Sequence[RawRow], left_pt: float | None) -> list[float]:
    """A number per row that grows with its depth: its indentation step, or where nothing is set in, its weight and
    emptiness."""
    lefts = [r.label_x0 for r in raw]
    if _is_centred(raw):
        lefts = [min(lefts) if x < float("inf") else x for x in lefts]
    known = sorted({x for x in lefts if x < float("inf")} | ({left_pt} if left_pt is not None else set()))
    steps: list[float] = []
    for x in known:
        if not steps or x - steps[-1] > INDENT_PT:
            steps.append(x)
    level = [
        max((k for k, s in enumerate(steps) if x >= s - 0.1), default=0) if x < float("inf") else 99 for x in lefts
    ]
    shades = _shades(raw, level)
    return [float(ONE_LEVEL * deep + shade) for deep, shade in zip(level, shades, strict=True)]


def _is_centred(raw: Sequence[RawRow]) -> bool:
    """Whether labels of several widths share their middle and not their left edge: then nothing is set in."""
    spans = [(line[0].box.x0, max(w.box.x1 for w in line)) for r in raw for line in r.label_lines if line]
    if len(spans) < FEWEST_CENTRED:
        return False
    middles = sorted((x0 + x1) / 2 for x0, x1 in spans)
    middle = middles[len(middles) // 2]
    at_middle = sum(abs((x0 + x1) / 2 - middle) < INDENT_PT / 2 for x0, x1 in spans)
    # Labels of one length set in alike share their middle too: they share their left edge.
    at_one_left = max(sum(abs(x0 - left) < INDENT_PT for x0, _ in spans) for left, _ in spans)
    return at_middle >= CENTRED_SHARE * len(spans) and at_one_left < ONE_LEFT_SHARE * at_middle


Weight = tuple[bool, bool]
"""Whether a label is bold, whether it is italic."""


def _shades(raw: Sequence[RawRow], level: Sequence[int]) -> list[int]:
    """Under how many headings of its own indentation each row stands.

    A heading (no figures, or figures that only name columns) followed by a row set no deeper rules the rows of its
    indentation down to the next heading of its weight, to a row set further out, or, where the heading is bold, to the
    next bold row. A heading that is not bold stands under a bold one.
    """
    out = [0] * len(raw)
    open_at: dict[int, list[Weight]] = {}
    for k, row in enumerate(raw):
        here = level[k]
        open_at = {lv: v for lv, v in open_at.items() if lv <= here}
        above = open_at.get(here, [])
        if not _is_heading(row):
            if row.is_bold and row.has_label:
                above = above[: next((i for i, (bold, _) in enumerate(above) if bold), len(above))]
            out[k] = len(above)
        else:
            if _weight(row) in above:
                above = above[: above.index(_weight(row))]
            elif above and not (above[-1][0] and not row.is_bold):
                above = []
            above = above[: ONE_LEVEL - 1]
            out[k] = len(above)
            if _rules_flat(raw, level, k):
                above = [*above, _weight(row)]
        open_at[here] = above
    return out


def _weight(row: RawRow) -> Weight:
    return row.is_bold, row.is_italic


def _is_heading(row: RawRow) -> bool:
    return row.has_label and (not row.has_values or row.names_columns)


def _rules_flat(raw: Sequence[RawRow], level: Sequence[int], k: int) -> bool:
    """Whether the next row stands at the heading's own indentation and is no heading of the same weight."""
    if k + 1 >= len(raw) or level[k + 1] != level[k] or not raw[k + 1].has_label:
        return False
    return not (_is_heading(raw[k + 1]) and _weight(raw[k + 1]) == _weight(raw[k]))


def _kind(row: RawRow) -> str:
    if row.has_label and not row.has_values:
        return "group"
    if row.names_columns:
        return "subheader"
    return "data"


def _carried(
    raw: Sequence[RawRow], kinds: Sequence[str], depths: Sequence[float], opening: Sequence[TableRow]
) -> list[tuple[float, tuple[str, ...], tuple[str, ...]]]:
    """The group still open from the piece before, if this piece begins with a row set in deeper than its shallowest
    one."""
    if not raw or not opening or depths[0] < ONE_LEVEL or kinds[0] != "data":
        return []
    last = opening[-1]
    parent = last.path[:-1] if last.kind == "data" and len(last.path) > 1 else last.path
    return [(0.0, parent, ())] if parent else []
