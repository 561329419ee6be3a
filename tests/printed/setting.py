"""Texts of a table → set lines and columns: what stands where, in points, before any ink flows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.pdfbase.pdfmetrics import stringWidth

from tests.printed.content import PrintedHead, PrintedRow, PrintedTable
from tests.printed.style import InkStyle

RAISED = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "0123456789+−", strict=True))
LOWERED = dict(zip("₀₁₂₃₄₅₆₇₈₉", "0123456789", strict=True))
SCRIPT_SCALE, RAISED_EM, LOWERED_EM = 0.65, 0.36, -0.14
MIN_STUB_EM = 6.0


class TooWideError(Exception):
    """The table is too wide for the width that was given."""


@dataclass(frozen=True)
class Run:
    """Letters of one font, size and rise (points above the base line)."""

    text: str
    font: str
    size_pt: float
    rise_pt: float = 0.0

    @property
    def width_pt(self) -> float:
        return stringWidth(self.text, self.font, self.size_pt)


Chunk = tuple[Run, ...]
"""Runs without a blank between them."""


@dataclass(frozen=True)
class SetText:
    """Lines of a cell, each with its indentation in points."""

    lines: tuple[tuple[float, tuple[Chunk, ...]], ...]
    blank_pt: float

    @property
    def width_pt(self) -> float:
        return max((x + line_width(chunks, self.blank_pt) for x, chunks in self.lines), default=0.0)


def line_width(chunks: Sequence[Chunk], blank_pt: float) -> float:
    """Width of a line with its blanks."""
    return sum(r.width_pt for c in chunks for r in c) + blank_pt * max(0, len(chunks) - 1)


def chunks_of(text: str, marks: Sequence[str], style: InkStyle, weight: str) -> list[Chunk]:
    """The text parted at its blanks, raised and lowered figures as runs of their own, marks behind the last one."""
    font, size = style.font(weight), style.size_pt
    out: list[Chunk] = []
    for part in text.replace("\n", " \n ").split(" "):
        if part == "\n":
            out.append((Run("\n", font, 0.0),))
        elif part:
            out.append(tuple(_runs(part, font, size, style)))
    if marks and out:
        out[-1] = (*out[-1], *mark_runs(marks, font, style))
    return out


def _runs(part: str, font: str, size: float, style: InkStyle) -> list[Run]:
    if style.ligatures and font.startswith("DejaVu"):
        part = part.replace("ffi", "ﬃ").replace("fi", "ﬁ").replace("fl", "ﬂ")
    runs = []
    for piece in re.findall(r"[⁰¹²³⁴-⁹⁺⁻]+|[₀-₉]+|[^⁰¹²³⁴-⁹⁺⁻₀-₉]+", part):
        if piece[0] in RAISED and not (style.raised_as_glyph and set(piece) <= set("²³")):
            runs.append(Run("".join(RAISED[c] for c in piece), font, SCRIPT_SCALE * size, RAISED_EM * size))
        elif piece[0] in LOWERED:
            runs.append(Run("".join(LOWERED[c] for c in piece), font, SCRIPT_SCALE * size, LOWERED_EM * size))
        else:
            runs.append(Run(piece, font, size))
    return runs


def mark_runs(marks: Sequence[str], font: str, style: InkStyle) -> list[Run]:
    """The marks as one raised run, or one on the base line where the style does not raise symbols."""
    size = style.size_pt
    is_symbol = not marks[0].isalnum()
    text = ("" if is_symbol else ",").join(marks)
    if is_symbol and not style.raise_symbols:
        return [Run(text, font, size)]
    return [Run(text, font, SCRIPT_SCALE * size, RAISED_EM * size)]


def set_text(
    chunks: Sequence[Chunk], limit_pt: float, style: InkStyle, *, indent_pt: float = 0.0, hang_pt: float = 0.0
) -> SetText:
    """The chunks broken into lines no wider than limit_pt, where one word is not wider itself."""
    blank = stringWidth(" ", style.font(), style.size_pt)
    lines: list[tuple[float, list[Chunk]]] = [(indent_pt, [])]
    queue = list(chunks)
    while queue:
        chunk = queue.pop(0)
        x, line = lines[-1]
        if chunk[0].text == "\n":
            lines.append((indent_pt, []))
            continue
        room = limit_pt - x - line_width(line, blank) - (blank if line else 0.0)
        if sum(r.width_pt for r in chunk) <= room + 0.01:
            line.append(chunk)
            continue
        parts = _hyphenated(chunk, room) if style.hyphenate else None
        if parts:
            line.append(parts[0])
            queue.insert(0, parts[1])
            lines.append((indent_pt + hang_pt, []))
        elif line:
            queue.insert(0, chunk)
            lines.append((indent_pt + hang_pt, []))
        else:
            line.append(chunk)
    return SetText(tuple((x, tuple(line)) for x, line in lines if line), blank)


def _hyphenated(chunk: Chunk, room: float) -> tuple[Chunk, Chunk] | None:
    """A long word of small letters parted so that its first part and a hyphen fit."""
    first = chunk[0]
    if not re.fullmatch(r"[A-Za-z]?[a-z]{8,}[,.]?", first.text):
        return None
    for k in range(len(first.text) - 4, 3, -1):
        head = Run(first.text[:k] + "-", first.font, first.size_pt, first.rise_pt)
        if head.width_pt <= room:
            return (head,), (Run(first.text[k:], first.font, first.size_pt, first.rise_pt), *chunk[1:])
    return None


@dataclass(frozen=True)
class SetTable:
    """Columns as (left, right) edges of their text, in points from the table's left; texts of heads and rows."""

    columns: tuple[tuple[float, float], ...]
    width_pt: float
    heads: tuple[tuple[tuple[PrintedHead, SetText], ...], ...]
    rows: tuple[tuple[tuple[SetText, ...], tuple[SetText, ...]], ...]


def is_parent(table: PrintedTable, k: int) -> bool:
    """Whether row k has rows under it."""
    return k + 1 < len(table.rows) and table.rows[k + 1].depth > table.rows[k].depth


def label_weight(table: PrintedTable, k: int, style: InkStyle) -> str:
    """bold | italic | "" for the label of row k."""
    row = table.rows[k]
    if style.cue == "bold tops":
        return "bold" if row.depth == 0 else ""
    if not is_parent(table, k):
        return ""
    if style.cue == "indent, bold" or (style.cue in ("bold", "bold, indent", "bold, italic") and row.depth == 0):
        return "bold"
    if style.cue == "italic" or (style.cue == "bold, italic" and row.depth == 1):
        return "italic"
    return ""


def indent_pt(row: PrintedRow, style: InkStyle) -> float:
    """How far a label is set in."""
    steps = {"indent": row.depth, "indent, bold": row.depth, "bold, indent": max(0, row.depth - 1)}.get(style.cue, 0)
    return steps * style.indent * style.size_pt


def set_table(table: PrintedTable, style: InkStyle, width: float) -> SetTable:
    """The table set in a width; raises TooWideError where even wrapped cells are too wide."""
    gap = style.column_gap * style.size_pt
    cells = [[chunks_of(c.text, c.marks, style, "") for c in row.cells] for row in table.rows]
    weight = "bold" if style.head_bold else ""
    leaf = {
        h.first - table.n_stub: chunks_of(h.text, h.marks, style, weight)
        for level in table.head
        for h in level
        if h.first == h.last and h.first >= table.n_stub
    }
    natural = [max(_natural(row[k], style) for row in cells) for k in range(table.n_columns)]
    words = [max([_widest(row[k]) for row in cells] + [_widest(leaf.get(k, []))]) for k in range(table.n_columns)]
    stubs = [_stub_natural(table, style, s) for s in range(table.n_stub)]
    least = [max(MIN_STUB_EM * style.size_pt, _stub_widest(table, style, s)) for s in range(table.n_stub)]
    room = width - gap * (table.n_columns + table.n_stub - 1)
    body = [max(n, w) for n, w in zip(natural, words, strict=True)]
    if sum(body) + sum(least) > room:
        body = words
    if sum(body) + sum(least) > room:
        raise TooWideError
    share = max(sum(least), min(style.stub_share * width, room - sum(body)))
    stub = _fitted(stubs, least, share)
    rest = room - sum(body) - sum(stub)
    if rest > 0 and style.fill == "stub":
        stub[-1] += rest
    elif rest > 0 and style.fill == "columns":
        body = [b + rest / len(body) for b in body]
    columns, x = [], 0.0
    for w in [*stub, *body]:
        columns.append((x, x + w))
        x += w + gap
    rows = tuple(
        (
            _set_labels(table, i, style, columns),
            tuple(
                set_text(c, columns[table.n_stub + k][1] - columns[table.n_stub + k][0] + 0.5, style)
                for k, c in enumerate(line)
            ),
        )
        for i, line in enumerate(cells)
    )
    heads = tuple(tuple((h, _set_head(h, style, columns)) for h in level) for level in table.head)
    total = x - gap if style.fill == "narrow" else width
    return SetTable(tuple(columns), max(total, x - gap), heads, rows)


def _fitted(natural: Sequence[float], least: Sequence[float], share: float) -> list[float]:
    """The widths of the stub columns: as wide as their labels if there is room, else the widest gives way."""
    out = list(natural)
    while sum(out) > share + 0.01:
        k = max(range(len(out)), key=lambda i: out[i] - least[i])
        cut = min(out[k] - least[k], sum(out) - share)
        if cut <= 0.01:
            break
        out[k] -= cut
    return [max(w, m) if w < m else w for w, m in zip(out, least, strict=True)]


def _natural(chunks: Sequence[Chunk], style: InkStyle) -> float:
    return set_text(chunks, 1e6, style).width_pt if chunks else 0.0


def _widest(chunks: Sequence[Chunk]) -> float:
    return max((sum(r.width_pt for r in c) for c in chunks), default=0.0)


def _label_chunks(table: PrintedTable, k: int, s: int, style: InkStyle) -> list[Chunk]:
    label = table.rows[k].labels[s]
    return chunks_of(label.text, label.marks, style, label_weight(table, k, style))


def spans_table(table: PrintedTable, k: int, style: InkStyle) -> bool:
    """Whether the label of row k may run over the empty cells beside it."""
    return style.span_groups and table.n_stub == 1 and not any(c.text for c in table.rows[k].cells)


def _stub_natural(table: PrintedTable, style: InkStyle, s: int) -> float:
    return max(
        indent_pt(r, style) + _natural(_label_chunks(table, k, s, style), style)
        for k, r in enumerate(table.rows)
        if not spans_table(table, k, style)
    )


def _stub_widest(table: PrintedTable, style: InkStyle, s: int) -> float:
    hang = style.hang * style.size_pt
    return max(
        indent_pt(r, style) + hang + _widest(_label_chunks(table, k, s, style)) for k, r in enumerate(table.rows)
    )


def _set_labels(
    table: PrintedTable, k: int, style: InkStyle, columns: Sequence[tuple[float, float]]
) -> tuple[SetText, ...]:
    right = columns[-1][1] if spans_table(table, k, style) else None
    return tuple(
        set_text(
            _label_chunks(table, k, s, style),
            (right or columns[s][1]) - columns[s][0] + 0.5,
            style,
            indent_pt=indent_pt(table.rows[k], style),
            hang_pt=style.hang * style.size_pt,
        )
        for s in range(table.n_stub)
    )


def _set_head(head: PrintedHead, style: InkStyle, columns: Sequence[tuple[float, float]]) -> SetText:
    chunks = chunks_of(head.text, head.marks, style, "bold" if style.head_bold else "")
    return set_text(chunks, columns[head.last][1] - columns[head.first][0] + 0.5, style)
