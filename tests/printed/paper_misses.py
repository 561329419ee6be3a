"""What was read against what was printed: one plain line per miss, none where a paper was read whole."""

from __future__ import annotations

from collections.abc import Sequence

from auditable.model import Table
from tests.printed.content import truth
from tests.printed.pages import Expected


def misses(expected: Sequence[Expected], tables: Sequence[Table]) -> list[str]:
    """Lines "kind: what" for each table that was not found, was found and not printed, or was read otherwise."""
    left = list(tables)
    out: list[str] = []
    for want in expected:
        found = next(
            (t for t in left if _plain(t.label) == _plain(want.label) and want.pages[0] == t.pieces[0].page), None
        )
        if found is None:
            out.append(f"not found: {want.label!r} on page {want.pages[0]}")
            continue
        left.remove(found)
        out.extend(f"{kind}: {want.label!r} {what}" for kind, what in _differences(want, found))
    out.extend(f"no table: {t.label!r} on page {t.pieces[0].page}, {len(t.rows)} rows" for t in left)
    return out


def _plain(text: str) -> str:
    return "".join(text.split()).lower().rstrip(".")


def _differences(want: Expected, found: Table) -> list[tuple[str, str]]:
    real = truth(want.placed.table)
    out = []
    if _plain(found.caption) != _plain(want.caption):
        out.append(("caption", f"{found.caption!r} for {want.caption!r}"))
    pages = tuple(p.page for p in found.pieces)
    if pages != want.pages:
        out.append(("pieces", f"{pages} for {want.pages}"))
    rows = [(list(r.path), [c.text for c in r.cells]) for r in found.rows]
    wanted = [(r["path"], r["cells"]) for r in real["rows"]]
    if rows != wanted:
        wrong = [(a, b) for a, b in zip(rows, wanted, strict=False) if a != b][:1]
        out.append(("rows", f"{len(rows)} for {len(wanted)}; first difference {wrong}"))
    if not found.boxhead or list(found.boxhead[-1]) != real["header_rows"][-1]:
        out.append(("head", f"{found.boxhead} for {real['header_rows']}"))
    notes = [(n.mark, _plain(n.text)) for n in found.notes]
    wanted_notes = [(n["mark"], _plain(n["text"])) for n in real["notes"]]
    if notes != wanted_notes:
        out.append(("notes", f"{notes} for {wanted_notes}"))
    return out
