"""A PDF → its Reading: every table with its anatomy, every sentence, and what could not be read.

Comes in: the path of a PDF that scan_document has accepted. Goes out: a Reading. Meaning, checks and gold are left
to later stages.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from auditable.agreement import compare_tables, regions_to_read_twice
from auditable.anatomy import label_rows
from auditable.columns import find_columns
from auditable.header import count_head_lines, head_text, read_boxhead, spread_spanners
from auditable.layout import Style, body_style
from auditable.limits import why_too_full
from auditable.model import Page, PageSize, Piece, Reading, Table
from auditable.notes import read_notes
from auditable.readers.camelot_reader import read_regions
from auditable.readers.ocr_reader import read_scanned_pages
from auditable.readers.pdfium_reader import scan_document
from auditable.readers.pdfplumber_reader import read_pages
from auditable.regions import Region, find_regions, vote_captions_below
from auditable.rows import build_rows
from auditable.rules import column_rules
from auditable.sentences import find_sentences
from auditable.stub import count_stub_columns


def read_paper(pdf_path: Path, study_id: str, *, tables_only: bool = False) -> Reading:
    """Everything the PDF says: tables read twice, sentences, sizes of its pages.

    tables_only: no sentences; then the pages that cannot hold a table are not read word by word. The tables are the
    same either way. Raises AuditableError for a file that is no readable PDF.
    """
    facts = scan_document(pdf_path)
    problems = [f"Page {p.number} was not read: {p.problem}." for p in facts.pages if p.problem]
    problems += [
        f"Page {p.number}: its fonts do not say which letters they print; it was read as a picture."
        for p in facts.pages
        if p.is_scan and p.is_garbled
    ]
    for_tables = {p.number for p in facts.pages if p.may_hold_table}
    readable = [p for p in facts.pages if not p.problem]
    wanted = [p for p in readable if not tables_only or p.number in for_tables or p.number == facts.prose_page]
    scans = [p.number for p in wanted if p.is_scan]
    pages = read_pages(pdf_path, [p.number for p in wanted if not p.is_scan])
    if scans:
        pages = sorted([*pages, *read_scanned_pages(pdf_path, scans)], key=lambda p: (p.number, p.turn_degrees))
    too_full = {p.number: reason for p in pages if (reason := why_too_full(p))}
    problems += [f"Page {number} was not read further: {reason}." for number, reason in too_full.items()]
    pages = [p for p in pages if p.number not in too_full]
    # Where nothing but pictures is to be read, all of them say how the text is set.
    shown = [p for p in pages if p.number == facts.prose_page or (scans and p.number in for_tables)]
    body = body_style(shown)
    tables, regions, lost = read_tables([p for p in pages if p.number in for_tables], body)
    problems += lost
    to_read_twice = regions_to_read_twice(tables)
    second = read_regions(pdf_path, to_read_twice)
    problems += [
        f"Page {page}: the second reader could not read the table there: {reading.problem}"
        for (page, _), reading in zip(to_read_twice, second, strict=True)
        if reading.problem
    ]
    sizes = tuple(PageSize(p.number, p.width_pt, p.height_pt, p.is_scan, p.rotate_degrees) for p in facts.pages)
    sentences = () if tables_only else tuple(find_sentences(pages, regions))
    return Reading(study_id, sizes, compare_tables(tables, second), sentences, tuple(problems))


def read_tables(pages: Sequence[Page], body: Style | None = None) -> tuple[list[Table], list[Region], list[str]]:
    """All tables of a paper in reading order, continued pieces joined; their regions; what was not read.

    body: how the running text is set, taken from the pages where it is not given.
    """
    body = body or body_style(pages)
    regions: list[Region] = []
    problems: list[str] = []
    captions_below = sum(vote_captions_below(page, body) for page in pages) > 0
    for page in pages:
        found, lost = find_regions(page, body, captions_below=captions_below)
        regions.extend(found)
        problems.extend(f"Page {page.number}: no table could be read at the caption of {label}." for label in lost)
    tables: list[Table] = []
    for region in sorted(regions, key=lambda r: r.is_continued):
        table = _read_region(region, tables)
        home = _home(region, table, tables)
        if home is not None:
            has_head = _shares_head(tables[home], table)
            tables[home] = _joined(tables[home], _read_region(region, tables, tables[home], has_head=has_head))
        elif region.label or _has_words(table):
            tables.append(table)
    return tables, regions, problems


def _home(region: Region, table: Table, tables: Sequence[Table]) -> int | None:
    """Index of the table that this one continues: same label and width, and marked so or with the same head."""
    for k in range(len(tables) - 1, -1, -1):
        earlier = tables[k]
        if not region.number or _plain(earlier.label) != _plain(table.label) or earlier.n_columns != table.n_columns:
            continue
        if region.is_continued or earlier.boxhead[-1:] == table.boxhead[-1:]:
            return k
    return None


def _plain(label: str) -> str:
    return label.replace(" ", "").lower()


def _shares_head(table: Table, more: Table) -> bool:
    """Whether a continuation repeats a label of the boxhead; where it repeats none, its first lines are rows."""
    labels = {_plain(t) for level in table.boxhead for t in level if t}
    return not labels or any(_plain(t) in labels for level in more.boxhead for t in level if t)


def _has_words(table: Table) -> bool:
    """Whether a block without a caption names its rows and columns: the numbers under a curve do not."""
    return bool(table.label) or any(t for level in table.boxhead for t in level)


def _table_id(region: Region, tables: Sequence[Table]) -> str:
    """T and the printed number, U and a count where none is printed; a piece that fits no table adds its count."""
    if not region.number:
        return f"U{sum(t.table_id.startswith('U') for t in tables) + 1}"
    name = f"T{region.number}"
    same = sum(t.table_id == name or t.table_id.startswith(f"{name}-") for t in tables)
    return f"{name}-{same + 1}" if same else name


def _read_region(
    region: Region, tables: Sequence[Table], earlier: Table | None = None, *, has_head: bool = True
) -> Table:
    n_head = count_head_lines(region) if has_head else 0
    head, body = region.lines[:n_head], region.lines[n_head:]
    columns = find_columns(body or head, region.box.x0, region.box.x1, column_rules(region.page, region.box))
    levels = read_boxhead(head, columns, region.bars, region.page)
    n_stub = count_stub_columns(body, columns, levels)
    levels = spread_spanners(levels, columns, n_stub)
    texts = [[head_text(cell) for cell in level] for level in levels]
    stub_head = " ".join(level[0][0] for level in texts if level[0][0])
    raw = build_rows(body, columns, n_stub, region)
    opening = earlier.rows if earlier else ()
    left = region.box.x0 + _label_offset(earlier) if earlier else None
    rows = label_rows(raw, n_stub, region.page.number, opening, stub_head, left)
    return Table(
        table_id=_table_id(region, tables),
        label=region.label or region.heading,
        caption=region.caption,
        pieces=(Piece(region.page.number, region.box, region.page.turn_degrees),),
        stub_columns=n_stub,
        boxhead=tuple(tuple(t for t, _ in level) for level in texts),
        boxhead_marks=tuple(tuple(m for _, m in level) for level in texts),
        rows=tuple(rows),
        notes=read_notes(region.note_lines),
        reader=region.page.reader,
    )


def _label_offset(table: Table) -> float:
    """How far from the left edge of its piece a label of the table begins that is not set in."""
    places = {p.page: p.box.x0 for p in table.pieces}
    return min((r.box.x0 - places[r.page] for r in table.rows if len(r.path) == 1), default=0.0)


def _joined(table: Table, more: Table) -> Table:
    """The table with the rows and notes of its continuation, which has as many columns."""
    return replace(
        table,
        pieces=(*table.pieces, *more.pieces),
        rows=(*table.rows, *more.rows),
        notes=(*table.notes, *(n for n in more.notes if n not in table.notes)),
    )
