"""Discrepancies and findings → cards: one per printed place, the gravest first.

Comes in: the frames of one study, its tables and the states of the items. Goes out: cards with their sentences, the
two readings and the spot to picture. Taking the picture is left to pictures.py, the page to report.py.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from auditable.matching import PROSE
from auditable.model import Box, PageSize, Table
from auditable.reconcile import place_in_words, say_value, table_name
from auditable.review.cell_states import WRONG_KINDS, cells_by_place
from auditable.review.pictures import Place, strip_around
from auditable.sameness import label_key
from auditable.store import StudyFrames

MANY = 6
"""More gold rows of one table than this that are unread, or read under another label, are listed on one card."""
TOGETHER_WORDS = {"missing": "that we did not read", "label": "read under another label"}
SENTENCE_SHARE = 0.35
"""Share of the page's width that a picture of a sentence shows on each side of the number."""
SEVERITY_ORDER = ("error", "unit", "definition", "citation", "missing", "rounding", "label")
DOUBT = "The two readers do not agree here: this is first a doubt about our reading, not about the article."
"""Said on cards of gold rows; findings say it in their own message."""
SECOND_READER_WORDS = {
    "differs": "does not agree; the text not chosen is",
    "not found": "finds no such cell",
    "not read twice": "did not read this page",
}


@dataclass(frozen=True)
class Item:
    """One thing to decide: a discrepancy or a finding. For a gold row also where it stands and what it says."""

    item_id: str
    sentence: str
    arithmetic: str = ""
    row_path: str = ""
    column_path: str = ""
    gold: str = ""
    read: str = ""
    state: str = "open"
    verdict: str = ""


@dataclass(frozen=True)
class Card:
    """One place that does not agree. severity is one of SEVERITY_ORDER; rule is the id of a check, or "gold"."""

    study_id: str
    title: str
    severity: str
    rule: str
    items: tuple[Item, ...]
    read: str
    gold: str
    second: str
    table_id: str
    row_path: str
    column_path: str
    page: int
    quote: str = ""
    doubt: str = ""
    place: Place | None = None
    has_table: bool = False

    @property
    def anchor(self) -> str:
        """The address of the card within the page."""
        return self.items[0].item_id

    @property
    def is_list(self) -> bool:
        """Whether the card lists many gold rows instead of showing one place."""
        return not self.row_path and self.rule == "gold" and len(self.items) > MANY

    @property
    def is_open(self) -> bool:
        """Whether something is left to decide."""
        return any(item.state != "decided" for item in self.items)


def make_cards(
    frames: StudyFrames, tables: Sequence[Table], pages: Sequence[PageSize], states: Mapping[str, tuple[str, str]]
) -> list[Card]:
    """The cards of one study, the gravest first, then in the order of the article.

    states: item id → (state, verdict) of the items that were decided on; others are open.
    """
    atlas = _Atlas(frames, tables, pages)
    cards = [*_gold_cards(frames.matches, atlas, states), *_finding_cards(frames.findings, atlas, states)]
    return sorted(
        cards, key=lambda c: (SEVERITY_ORDER.index(c.severity), c.table_id in ("", PROSE), c.page, c.table_id, c.anchor)
    )


Row = dict[Hashable, object]


class _Atlas:
    """Where things stand: observations and cells by id and place, table pieces and page sizes."""

    def __init__(self, frames: StudyFrames, tables: Sequence[Table], pages: Sequence[PageSize]) -> None:
        self.observations: dict[str, Row] = {
            str(r["observation_id"]): r for r in frames.observations.to_dict("records")
        }
        self.cells: dict[tuple[str, int, int], Row] = {
            (str(r["table_id"]), _whole(r["row"]), _whole(r["col"])): r for r in frames.cells.to_dict("records")
        }
        self.by_place = cells_by_place(frames.cells)
        self.tables = {t.table_id: t for t in tables}
        self.pages = {p.number: p for p in pages}

    def cell(self, table_id: str, stub: str, spanner: str) -> Row | None:
        key = self.by_place.get((table_id, label_key(stub), label_key(spanner)))
        return self.cells.get(key) if key else None

    def name(self, table_id: str) -> str:
        if table_id in ("", PROSE):
            return "Text"
        table = self.tables.get(table_id)
        return table.label if table and table.label else table_name(table_id)

    def place(self, row: Row) -> Place | None:
        """The strip around an observation or cell; None when it has no ink."""
        edges = [row[c] for c in ("x0_pt", "top_pt", "x1_pt", "bottom_pt")]
        if any(not isinstance(e, float) or pd.isna(e) for e in edges):
            box = self._empty_cell(row)
            if box is None:
                return None
        else:
            box = Box(*(float(str(e)) for e in edges))
        page = _whole(row["page"])
        size = self.pages.get(page)
        if size is None or box.width <= 0 or box.height <= 0:
            return None
        table = self.tables.get(str(row["table_id"]))
        piece = next((p for p in table.pieces if p.page == page and p.box.contains(box, 5)), None) if table else None
        turn = piece.turn_degrees if piece else 0
        width, height = size.width_pt, size.height_pt
        left, right = (
            (piece.box.x0, piece.box.x1)
            if piece
            else (box.x0 - width * SENTENCE_SHARE, box.x1 + width * SENTENCE_SHARE)
        )
        return Place(page, strip_around(box, left, right, width, height), box, turn)

    def _empty_cell(self, row: Row) -> Box | None:
        """Where a cell without ink would stand: at the height of its row, as wide as the ink of its column."""
        table = self.tables.get(str(row["table_id"]))
        if table is None or "text" not in row or not 0 <= _whole(row["row"]) < len(table.rows):
            return None
        col = _whole(row["col"])
        inked = [r.cells[col].box for r in table.rows if col < len(r.cells) and r.page == _whole(row["page"])]
        boxes = [b for b in inked if b is not None]
        if not boxes:
            return None
        height = table.rows[_whole(row["row"])].box
        return Box(min(b.x0 for b in boxes), height.top, max(b.x1 for b in boxes), height.bottom)


def _gold_cards(matches: pd.DataFrame, atlas: _Atlas, states: Mapping[str, tuple[str, str]]) -> list[Card]:
    placed: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for r in matches.to_dict("records"):
        if r["kind"] != "equal":
            placed[_severity(r), str(r["table_id"])].append(r)
    cards: list[Card] = []
    for (severity, _), group in placed.items():
        if severity in TOGETHER_WORDS and len(group) > MANY:
            cards.append(_list_card(severity, group, atlas, states))
        else:
            cards += _place_cards(group, atlas, states)
    return cards


def _severity(row: Row) -> str:
    if row["kind"] in WRONG_KINDS:
        return "unit" if row["kind"] == "unit" else "error"
    return "missing" if row["kind"] == "missing" else "label"


def _gold_card(group: list[Row], atlas: _Atlas, states: Mapping[str, tuple[str, str]]) -> Card:
    """One printed place; several statistics of it (a count and its percentage) share the card."""
    first = group[0]
    table_id, stub, spanner = (str(first[c]) for c in ("table_id", "stub_path", "spanner_path"))
    ink = atlas.observations.get(str(first["observation_id"])) or atlas.cell(table_id, stub, spanner)
    return Card(
        study_id=str(first["study_id"]),
        title=f"{atlas.name(table_id)} · {stub}",
        severity=_severity(first),
        rule="gold",
        items=tuple(_gold_item(r, states) for r in group),
        read=str(ink.get("raw_text", ink.get("text", ""))) if ink else "",
        gold=" · ".join(_said(r) for r in group),
        second=_second(ink),
        table_id=table_id,
        row_path=stub,
        column_path=spanner,
        page=_whole(ink["page"]) if ink else 0,
        quote=str(ink.get("quote", "")) if ink else "",
        doubt=_doubt(ink),
        place=atlas.place(ink) if ink else None,
        has_table=table_id in atlas.tables,
    )


def _place_cards(group: list[Row], atlas: _Atlas, states: Mapping[str, tuple[str, str]]) -> list[Card]:
    by_place: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for r in group:
        by_place[str(r["stub_path"]), str(r["spanner_path"])].append(r)
    return [_gold_card(rows, atlas, states) for rows in by_place.values()]


def _list_card(severity: str, group: list[Row], atlas: _Atlas, states: Mapping[str, tuple[str, str]]) -> Card:
    table_id = str(group[0]["table_id"])
    return Card(
        study_id=str(group[0]["study_id"]),
        title=f"{atlas.name(table_id)} · {len(group)} gold rows {TOGETHER_WORDS[severity]}",
        severity=severity,
        rule="gold",
        items=tuple(_gold_item(r, states) for r in group),
        read="",
        gold="",
        second="",
        table_id=table_id,
        row_path="",
        column_path="",
        page=0,
        has_table=table_id in atlas.tables,
    )


def _finding_cards(findings: pd.DataFrame, atlas: _Atlas, states: Mapping[str, tuple[str, str]]) -> list[Card]:
    cards = []
    for r in findings.to_dict("records"):
        if r["verdict"] == "consistent" or r["severity"] == "note":
            continue
        involved = [atlas.observations[i] for i in str(r["observation_ids"]).split() if i in atlas.observations]
        ink = involved[0] if involved else None
        table_id, stub = str(r["table_id"]), str(r["stub_path"])
        cards.append(
            Card(
                study_id=str(r["study_id"]),
                title=f"{atlas.name(table_id)} · {stub or (str(ink['subject']) if ink else '')}".rstrip(" ·"),
                severity=str(r["severity"]),
                rule=str(r["rule"]),
                items=(_finding_item(r, states),),
                read=" · ".join(dict.fromkeys(str(o["raw_text"]) for o in involved)) or str(r["printed"]),
                gold="",
                second=_second(ink),
                table_id=table_id,
                row_path=stub,
                column_path=str(r["spanner_path"]),
                page=_whole(r["page"]),
                quote=str(ink["quote"]) if ink else "",
                place=atlas.place(r),
                has_table=table_id in atlas.tables,
            )
        )
    return cards


def _doubt(ink: Row | None) -> str:
    return DOUBT if ink and ink["agreement"] == "differs" else ""


def _second(ink: Row | None) -> str:
    """What the second reader saw, in words; it reads tables only."""
    if ink is None or ink.get("source", "table") != "table":
        return ""
    if ink["agreement"] == "same":
        return f"{ink['second_text']} (the same)"
    words = SECOND_READER_WORDS[str(ink["agreement"])]
    return f"{words}: {ink['second_text']}" if ink["agreement"] == "differs" else words


def _read(row: Row) -> str:
    """What we read, with the label we read it under when that is what differs."""
    if row["kind"] == "label only":
        return str(row["message"]).rpartition("we read the label as ")[2].removesuffix(".")
    return f"{row['read_value']} {row['read_unit']}".strip()


def _said(row: Row) -> str:
    return say_value(str(row["statistic"]), str(row["gold_value"]), str(row["gold_unit"]))


def _gold_item(row: Row, states: Mapping[str, tuple[str, str]]) -> Item:
    item_id = str(row["discrepancy_id"])
    state, verdict = states.get(item_id, ("open", ""))
    stub, spanner = str(row["stub_path"]), str(row["spanner_path"])
    said = str(row["message"]).removeprefix(place_in_words(str(row["table_id"]), stub, spanner) + ": ")
    return Item(item_id, said[:1].upper() + said[1:], "", stub, spanner, _said(row), _read(row), state, verdict)


def _finding_item(row: Row, states: Mapping[str, tuple[str, str]]) -> Item:
    state, verdict = states.get(str(row["finding_id"]), ("open", ""))
    return Item(str(row["finding_id"]), str(row["message"]), str(row["arithmetic"]), state=state, verdict=verdict)


def _whole(number: object) -> int:
    return int(str(number))
