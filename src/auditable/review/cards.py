"""Discrepancies and findings → cards: one per thing to decide, the gravest first.

Comes in: the frames of one study, its tables and the states of the items. Goes out: cards with their sentences, the two
readings, gold, and the spots to picture. Where things stand on the page is left to places.py, taking the picture to
pictures.py, the page to report.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd

from auditable.checks import RULES
from auditable.findings_output import say_verdict
from auditable.matching import PROSE
from auditable.model import PageSize, Table
from auditable.reconcile import say_value
from auditable.review.pictures import Place
from auditable.review.places import Atlas, Row, merge_places, whole
from auditable.store import StudyFrames

SEVERITY_OF_KIND = {
    "unit": "unit", "missing": "missing", "extra": "extra", "label only": "label",
    "rounding": "rounding", "coarser precision": "rounding",
}  # fmt: skip
"""How grave a discrepancy is; kinds not named here are errors."""
SEVERITY_ORDER = ("error", "unit", "definition", "citation", "missing", "extra", "rounding", "label")
GOLD_RULE = "gold"
"""What a card of a discrepancy stands for where one of a finding names its rule."""
GOLD_CLAIM = "What we read is what people keyed from the same page."
DESK_COLUMNS = ("state", "verdict", "note", "who", "value_then", "value_now", "value_before")
"""What a card takes from its item as it is."""
TIERS = ("disagrees", "missing", "question", "rounding", "extra", "label")
"""What cards are grouped by, failures first."""
DOUBT = "The two readers do not agree here: this is first a doubt about our reading, not about the article."
"""Said on cards of discrepancies; findings say it in their own message."""
SECOND_READER_WORDS = {
    "differs": "does not agree; the text not chosen is",
    "not found": "finds no such cell",
    "not read twice": "did not read this page",
}


@dataclass(frozen=True)
class CardRow:
    """One gold row that a discrepancy explains: its labels, what gold says and what we read."""

    row_path: str
    column_path: str
    gold: str
    read: str


@dataclass(frozen=True)
class Partner:
    """Another number that a finding speaks of: its place in words, what is printed there, its sentence."""

    title: str
    printed: str
    quote: str
    page: int


@dataclass(frozen=True)
class Card:
    """One thing to decide.

    severity is one of SEVERITY_ORDER; rule is the id of a check, or GOLD_RULE; kind is the class of a discrepancy or
    the verdict of a check. state: one of ITEM_STATES; verdict, note, who and value_then as apply_decisions gives them.
    value_before: its values in the run before, where they changed. expected: what would have fitted. places: the number
    in question with the partners that stand near, then further places it is compared with; none where it has no ink.
    """

    item_id: str
    study_id: str
    title: str
    severity: str
    rule: str
    kind: str
    sentence: str
    arithmetic: str
    expected: str
    read: str
    gold: str
    second: str
    table_id: str
    row_path: str
    column_path: str
    page: int
    quote: str = ""
    doubt: str = ""
    places: tuple[Place, ...] = ()
    has_table: bool = False
    rows: tuple[CardRow, ...] = ()
    partners: tuple[Partner, ...] = ()
    state: str = "new"
    verdict: str = ""
    note: str = ""
    who: str = ""
    value_then: str = ""
    value_now: str = ""
    value_before: str = ""

    @property
    def is_list(self) -> bool:
        """Whether the card lists many gold rows instead of showing one place."""
        return len({(r.row_path, r.column_path) for r in self.rows}) > 1

    @property
    def tier(self) -> str:
        """One of TIERS."""
        return tier_of(self.kind, self.severity)

    @property
    def claim(self) -> str:
        """The rule in plain words."""
        return RULES[self.rule].claim if self.rule in RULES else GOLD_CLAIM

    @property
    def is_open(self) -> bool:
        """Whether it is left to decide."""
        return self.state != "closed"


def severity_of(kind: str) -> str:
    """How grave a discrepancy of this kind is."""
    return SEVERITY_OF_KIND.get(kind, "error")


def tier_of(kind: str, severity: str) -> str:
    """One of TIERS: an impossible finding disagrees however small, a question never does."""
    if kind in ("impossible", "question"):
        return "disagrees" if kind == "impossible" else "question"
    return severity if severity in TIERS else "disagrees"


def make_cards(
    frames: StudyFrames, tables: Sequence[Table], pages: Sequence[PageSize], items: pd.DataFrame
) -> list[Card]:
    """The cards of one study, the gravest first, then in the order of the article.

    items: what apply_decisions made of the study's items; each card takes its state from there.
    """
    atlas = Atlas(frames, tables, pages)
    known: dict[str, Row] = {str(r["item_id"]): r for r in items.to_dict("records")}
    matches: dict[str, list[Row]] = {}
    for r in frames.matches.to_dict("records"):
        matches.setdefault(str(r["discrepancy_id"]), []).append(r)
    cards = [
        _gold_card(r, matches.get(str(r["discrepancy_id"]), []), atlas) for r in frames.discrepancies.to_dict("records")
    ]
    cards += [_finding_card(r, atlas) for r in frames.findings.to_dict("records") if str(r["finding_id"]) in known]
    cards = [replace(c, **{name: str(known[c.item_id][name]) for name in DESK_COLUMNS}) for c in cards]
    return sorted(
        cards,
        key=lambda c: (SEVERITY_ORDER.index(c.severity), c.table_id in ("", PROSE), c.page, c.table_id, c.item_id),
    )


def _gold_card(row: Row, matches: list[Row], atlas: Atlas) -> Card:
    table_id, stub, spanner = (str(row[c]) for c in ("table_id", "stub_path", "spanner_path"))
    ids = str(row["observation_ids"]).split()
    ink = (atlas.observations.get(ids[0]) if ids else None) or atlas.cell(table_id, stub, spanner)
    read = [atlas.observations[i] for i in ids if i in atlas.observations]
    shown = merge_places([p for r in read or [ink] if r and (p := atlas.place(r)) is not None])
    return Card(
        item_id=str(row["discrepancy_id"]),
        study_id=str(row["study_id"]),
        title=" · ".join(p for p in (atlas.name(table_id), stub) if p),
        severity=severity_of(str(row["kind"])),
        rule=GOLD_RULE,
        kind=str(row["kind"]),
        sentence=str(row["message"]),
        arithmetic="",
        expected="",
        read=str(ink.get("raw_text", ink.get("text", ""))) if ink else "",
        gold=str(row["gold_said"]) or "nothing",
        second=_second(ink),
        table_id=table_id,
        row_path=stub,
        column_path=spanner,
        page=whole(ink["page"]) if ink else 0,
        quote=str(ink.get("quote", "")) if ink else "",
        doubt=DOUBT if ink and ink["agreement"] == "differs" else "",
        places=tuple(shown),
        has_table=table_id in atlas.tables,
        rows=tuple(_card_row(m) for m in matches),
    )


def _card_row(match: Row) -> CardRow:
    read = say_value(*(str(match[c]) for c in ("read_statistic", "read_value", "read_unit")))
    gold = say_value(*(str(match[c]) for c in ("statistic", "gold_value", "gold_unit")))
    return CardRow(str(match["stub_path"]), str(match["spanner_path"]), gold, read if match["observation_id"] else "")


def _finding_card(row: Row, atlas: Atlas) -> Card:
    involved = [atlas.observations[i] for i in str(row["observation_ids"]).split() if i in atlas.observations]
    ink = involved[0] if involved else None
    table_id, stub = str(row["table_id"]), str(row["stub_path"])
    place = atlas.place(row)
    partners = [p for o in involved if (p := atlas.place(o)) is not None]
    shown = merge_places([place, *partners, *atlas.further(str(row["places"]))]) if place else []
    return Card(
        item_id=str(row["finding_id"]),
        study_id=str(row["study_id"]),
        title=f"{atlas.name(table_id)} · {stub or (str(ink['subject']) if ink else '')}".rstrip(" ·"),
        severity=str(row["severity"]),
        rule=str(row["rule"]),
        kind=say_verdict(row["verdict"]),
        sentence=str(row["message"]),
        arithmetic=str(row["arithmetic"]),
        expected=str(row["expected"]),
        read=" · ".join(dict.fromkeys(str(o["raw_text"]) for o in involved)) or str(row["printed"]),
        gold="",
        second=_second(ink),
        table_id=table_id,
        row_path=stub,
        column_path=str(row["spanner_path"]),
        page=whole(row["page"]),
        quote=str(ink["quote"]) if ink else "",
        places=tuple(shown),
        has_table=table_id in atlas.tables,
        partners=tuple(_partner(o, atlas) for o in involved[1:] if _stands_apart(o, ink)),
    )


def _stands_apart(row: Row, first: Row | None) -> bool:
    """Whether a number is printed elsewhere than the first one: another cell, another sentence."""
    same = ("table_id", "row", "col", "quote", "page")
    return first is None or any(row[c] != first[c] for c in same)


def _partner(row: Row, atlas: Atlas) -> Partner:
    title = " · ".join(
        p for p in (atlas.name(str(row["table_id"])), str(row["stub_path"]), str(row["spanner_path"])) if p
    )
    return Partner(title, str(row["raw_text"]), str(row["quote"]), whole(row["page"]))


def _second(ink: Row | None) -> str:
    """What the second reader saw, in words; it reads tables only."""
    if ink is None or ink.get("source", "table") != "table":
        return ""
    if ink["agreement"] == "same":
        return f"{ink['second_text']} (the same)"
    words = SECOND_READER_WORDS[str(ink["agreement"])]
    return f"{words}: {ink['second_text']}" if ink["agreement"] == "differs" else words
