"""One study as the report shows it: its cards, tables, numbers of the text and what became of every number.

Comes in: what a run knows of the study, and the states of its items. Goes out: a StudyView. Cards are left to
cards.py, states of cells to cell_states.py, drawing to the template.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from auditable.coverage import PartCoverage, sum_coverage
from auditable.matching import PROSE
from auditable.model import PageSize, Paper, Table
from auditable.review.cards import Card, make_cards
from auditable.review.cell_states import cell_states
from auditable.review.table_view import TableView, view_table
from auditable.store import StudyFrames
from auditable.summary import StudyFigures, study_figures


@dataclass(frozen=True)
class StudyReport:
    """What a run knows of one study.

    error: why its input is broken, or None; frames and tables are then those of the last good run, or None and ().
    """

    study_id: str
    paper: Paper | None
    tables: tuple[Table, ...] = ()
    pages: tuple[PageSize, ...] = ()
    problems: tuple[str, ...] = ()
    frames: StudyFrames | None = None
    pdf_path: Path | None = None
    error: str | None = None


@dataclass(frozen=True)
class Claim:
    """One number of the running text beside its gold row, or without one."""

    subject: str
    statistic: str
    gold: str
    read: str
    quote: tuple[str, str, str]
    page: int
    kind: str


@dataclass(frozen=True)
class StudyView:
    """One study as the template shows it."""

    study_id: str
    citation: str
    doi: str
    is_facsimile: bool
    error: str
    problems: tuple[str, ...]
    figures: StudyFigures | None
    cards: tuple[Card, ...]
    tables: tuple[TableView, ...]
    claims: tuple[Claim, ...]
    other_claims: tuple[Claim, ...]
    rejected: tuple[Mapping[str, object], ...]
    unknown_labels: tuple[Mapping[str, object], ...]
    reasons: tuple[tuple[str, int], ...]
    coverage: tuple[PartCoverage, ...]

    @property
    def n_open(self) -> int:
        """Items left to decide."""
        return sum(card.is_open for card in self.cards)


def view_study(study: StudyReport, items: pd.DataFrame) -> StudyView:
    """The study ready to be shown; items: what apply_decisions made of the items of all studies."""
    frames = study.frames
    paper = study.paper
    claims = _claims(frames) if frames else []
    reasons = frames.rejected["reason"].value_counts() if frames else pd.Series(dtype=int)
    known = cell_states(frames) if frames else {}
    cards = make_cards(frames, study.tables, study.pages, items) if frames else []
    by_cell = {(c.table_id, c.row_path, c.column_path): c.item_id for c in reversed(cards)}
    return StudyView(
        study_id=study.study_id,
        citation=paper.citation if paper else "",
        doi=paper.doi if paper else "",
        is_facsimile=bool(paper and paper.is_facsimile),
        error=study.error or "",
        problems=study.problems,
        figures=study_figures(study.study_id, frames) if frames else None,
        cards=tuple(cards),
        tables=tuple(view_table(t, known, by_cell) for t in study.tables) if frames else (),
        claims=tuple(c for c in claims if c.kind != "extra"),
        other_claims=tuple(c for c in claims if c.kind == "extra"),
        rejected=_records(frames.rejected) if frames else (),
        unknown_labels=_records(frames.unknown_labels) if frames else (),
        reasons=tuple(sorted(((str(k), int(n)) for k, n in reasons.items()), key=lambda x: (-x[1], x[0]))),
        coverage=tuple(sum_coverage(frames.coverage)) if frames and len(frames.coverage) else (),
    )


def _records(frame: pd.DataFrame) -> tuple[Mapping[str, object], ...]:
    return tuple({str(k): v for k, v in row.items()} for row in frame.to_dict("records"))


def _claims(frames: StudyFrames) -> list[Claim]:
    """Numbers of the running text: those of the gold record in its order, then the others as printed."""
    mentions = frames.observations[frames.observations["source"] != "table"]
    by_id = {str(r["observation_id"]): r for r in mentions.to_dict("records")}
    claims = []
    for m in frames.matches[frames.matches["table_id"] == PROSE].to_dict("records"):
        o = by_id.pop(str(m["observation_id"]), None)
        gold = f"{m['gold_value']} {m['gold_unit']}".strip()
        quote = _quote(o) if o else ("", "", "")
        page = int(o["page"]) if o else 0
        claims.append(
            Claim(str(m["stub_path"]), str(m["statistic"]), gold, str(m["read_value"]), quote, page, str(m["kind"]))
        )
    for o in sorted(by_id.values(), key=lambda o: (int(o["page"]), str(o["quote"]), int(o["start"]))):
        read = f"{o['comparator']}{o['value']} {o['unit']}".strip()
        claims.append(Claim(str(o["subject"]), str(o["statistic"]), "", read, _quote(o), int(o["page"]), "extra"))
    return claims


def _quote(row: Mapping[Hashable, object]) -> tuple[str, str, str]:
    """The sentence before, at and after the number."""
    text, start, end = str(row["quote"]), int(str(row["start"])), int(str(row["end"]))
    return (text[:start], text[start:end], text[end:]) if 0 <= start < end else (text, "", "")
