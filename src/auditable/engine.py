"""A PDF → its Reading: every table with its anatomy, every sentence, and what could not be read.

Comes in: the path of a PDF that scan_document has accepted. Goes out: a Reading. Meaning, checks and gold are left
to later stages.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from auditable.anatomy import label_rows
from auditable.boxhead import HeadCell, head_text, read_boxhead
from auditable.columns import add_empty_columns, find_columns
from auditable.conservation import find_left_over, leftover_problems
from auditable.continued import name_continuations
from auditable.glyphs import mend_glyphs
from auditable.header import count_head_lines
from auditable.layout import Style, body_style
from auditable.limits import why_too_full
from auditable.margins import without_running_heads
from auditable.model import Page, PageSize, Piece, Reading, Table, union_box
from auditable.notes import read_notes
from auditable.readers.ocr_reader import read_scanned_pages
from auditable.readers.pdfium_reader import scan_document
from auditable.readers.pdfplumber_reader import read_pages
from auditable.region import Region
from auditable.regions import find_regions, vote_captions_below
from auditable.rows import build_rows
from auditable.rules import column_rules
from auditable.second_reading import read_twice
from auditable.sentences import find_sentences
from auditable.stub import count_stub_columns
from auditable.two_texts import tell_unlike_figures


def read_paper(pdf_path: Path, study_id: str, *, tables_only: bool = False) -> Reading:
    """Everything the PDF says: tables read twice, sentences, sizes of its pages, signs put right from their pictures.

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
    first = read_pages(pdf_path, [p.number for p in wanted if not p.is_scan])
    too_full = {p.number: reason for p in first if (reason := why_too_full(p))}
    mended = mend_glyphs(pdf_path, [p for p in first if p.number not in too_full])
    pages = list(mended.pages)
    if scans:
        pages = sorted([*pages, *read_scanned_pages(pdf_path, scans)], key=lambda p: (p.number, p.turn_degrees))
    problems += tell_unlike_figures(facts.pages, [p for p in first if p.number not in too_full])
    problems += [f"Page {number} was not read further: {reason}." for number, reason in too_full.items()]
    # Where nothing but pictures is to be read, all of them say how the text is set.
    shown = [p for p in pages if p.number == facts.prose_page or (scans and p.number in for_tables)]
    tables, regions, lost = read_tables([p for p in pages if p.number in for_tables], body_style(shown))
    twice, unread = read_twice(pdf_path, tables)
    problems += [*mended.problems, *lost, *unread]
    sizes = tuple(PageSize(p.number, p.width_pt, p.height_pt, p.is_scan, p.rotate_degrees) for p in facts.pages)
    sentences = () if tables_only else tuple(find_sentences(pages, regions))
    return Reading(study_id, sizes, twice, sentences, tuple(problems), mended.repairs)


def read_tables(pages: Sequence[Page], body: Style | None = None) -> tuple[list[Table], list[Region], list[str]]:
    """All tables of a paper in reading order, continued pieces joined; their regions; what was not read.

    body: how the running text is set, taken from the pages where it is not given. A ruled block that names neither rows
    nor columns is no table: it is told, and its words stay with the running text.
    """
    body = body or body_style(pages)
    pages = without_running_heads(pages)
    regions: list[Region] = []
    problems: list[str] = []
    captions_below = sum(vote_captions_below(page, body) for page in pages) > 0
    for page in pages:
        found, lost = find_regions(page, body, captions_below=captions_below)
        regions.extend(found)
        problems.extend(f"Page {page.number}: no table could be read at the caption of {label}." for label in lost)
    regions = name_continuations(pages, regions, body)
    problems.extend(_unread_ink(regions))
    tables: list[Table] = []
    dropped: list[Region] = []
    for region in sorted(regions, key=lambda r: r.is_continued):
        table = _read_region(region, tables)
        home = _home(region, table, tables)
        if home is not None:
            has_head = _shares_head(tables[home], table)
            tables[home] = _joined(tables[home], _read_region(region, tables, tables[home], has_head=has_head))
        elif region.label or _has_words(table):
            tables.append(table)
        else:
            dropped.append(region)
            problems.append(_dropped_text(region))
    tables = find_left_over(tables, pages)
    problems.extend(leftover_problems(tables))
    return tables, [r for r in regions if not any(r is d for d in dropped)], problems


def _dropped_text(region: Region) -> str:
    first = " ".join(region.lines[0].text.split()[:6])
    return (
        f"Page {region.page.number}: {len(region.lines)} ruled lines of figures from {first!r} on have no caption, "
        "head or heading; they were left to the running text and not read as a table."
    )


def _unread_ink(regions: Sequence[Region]) -> Iterator[str]:
    for region in regions:
        places = [b for b in region.page.unread if region.box.contains(b)]
        if places:
            first = places[0]
            yield (
                f"Page {region.page.number}: {len(places)} printed signs in {region.label or 'a table'} could not be "
                f"read, the first {first.x0:.0f} points from the left and {first.top:.0f} from the top."
            )


def _home(region: Region, table: Table, tables: Sequence[Table]) -> int | None:
    """Index of the table that this one continues: same label and width, and marked so, or with the same caption or
    head."""
    for k in range(len(tables) - 1, -1, -1):
        earlier = tables[k]
        if not region.number or _plain(earlier.label) != _plain(table.label) or earlier.n_columns != table.n_columns:
            continue
        if region.is_continued or earlier.boxhead[-1:] == table.boxhead[-1:] or _same_caption(earlier, table):
            return k
    return None


def _same_caption(earlier: Table, more: Table) -> bool:
    return bool(earlier.caption) and _plain(more.caption) in (_plain(earlier.caption), "")


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
    columns = add_empty_columns(columns, head)
    levels = read_boxhead(head, columns, region.bars, region.page)
    n_stub = count_stub_columns(body, columns, levels)
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
        pieces=(_piece(region, levels),),
        stub_columns=n_stub,
        boxhead=tuple(tuple(t for t, _ in level) for level in texts),
        boxhead_marks=tuple(tuple(m for _, m in level) for level in texts),
        rows=tuple(rows),
        notes=read_notes(region.note_lines, region.page.number),
        reader=region.page.reader,
    )


def _piece(region: Region, levels: Sequence[Sequence[HeadCell | None]]) -> Piece:
    boxes = tuple(tuple(union_box(w.box for w in cell.words) if cell else None for cell in level) for level in levels)
    return Piece(region.page.number, region.box, region.page.turn_degrees, boxes, region.caption_box)


def _label_offset(table: Table) -> float:
    """How far from the left edge of its piece a label of the table begins that is not set in."""
    offsets = [
        min(r.box.x0 - p.box.x0 for p in table.pieces if p.page == r.page and p.box.contains(r.box, 1.0))
        for r in table.rows
        if len(r.path) == 1
    ]
    return min(offsets, default=0.0)


def _joined(table: Table, more: Table) -> Table:
    """The table with the rows and notes of its continuation, which has as many columns."""
    known = {(n.mark, n.text) for n in table.notes}
    return replace(
        table,
        pieces=(*table.pieces, *more.pieces),
        rows=(*table.rows, *more.rows),
        notes=(*table.notes, *(n for n in more.notes if (n.mark, n.text) not in known)),
    )
