"""The validation report: one self-contained page, failures first, then every table as it was read.

Comes in: what a run knows of each study, and the curator's decisions. Goes out: HTML that opens without a network,
the same bytes for the same input. Everything that was printed in an article is escaped. Figures are left to
summary.py, cards to cards.py, states of cells to cell_states.py, pictures to pictures.py, the file to store.py.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import pandas as pd
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from auditable.coverage import PartCoverage, sum_coverage
from auditable.decisions import Decided, apply_decisions, list_items
from auditable.matching import PROSE
from auditable.model import PageSize, Paper, Table
from auditable.review.cards import SEVERITY_ORDER, Card, make_cards
from auditable.review.cell_states import STATE_WORDS, cell_states
from auditable.review.pictures import Picture, take_pictures
from auditable.review.table_view import TableView, view_table
from auditable.store import StudyFrames, write_text
from auditable.summary import StudyFigures, study_figures, verdict_line

SEVERITY_WORDS = {
    "error": "disagrees",
    "unit": "other unit",
    "definition": "meaning unclear",
    "citation": "cited otherwise",
    "missing": "not read",
    "extra": "not in gold",
    "rounding": "fits only by rounding",
    "label": "other label",
}
SIGN_MARKS = {
    "agrees": "✓", "differs": "✗", "unread": "∅", "extra": "+", "plain": "", "second": "②", "ocr": "≈", "finding": "!",
}  # fmt: skip
TIERS = (
    (
        "Numbers that disagree",
        "With gold, or with the article's own other numbers.",
        ("error", "unit", "citation"),
    ),
    (
        "Questions",
        "Only a reader can tell: whether two places mean the same, or whether a number is what its labels say.",
        ("definition",),
    ),
    ("In gold, not read by us", "People keyed these values; we found nothing in their place.", ("missing",)),
    ("Read by us, not in gold", "Gold keys these rows and columns, but says nothing here.", ("extra",)),
    ("Fits only by rounding", "The number agrees only if it was cut off or rounded up.", ("rounding",)),
    ("Same value, other label", "Value, statistic and unit agree; the label we read differs a little.", ("label",)),
)
"""Headings of the cards, a sentence on each, and the severities below it."""
ITEM_STATES = {"open": "to decide", "decided": "decided", "returned": "decided, but the values changed since"}
MAX_PICTURES = 240
"""Pictures in one report: at about 20 kB each the page stays below 8 MB. The gravest cards of each study come first."""


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
class ReportInput:
    """All studies of a run and the curator's decisions (Decisions frame)."""

    studies: tuple[StudyReport, ...]
    decisions: pd.DataFrame


@dataclass(frozen=True)
class _Claim:
    """One number of the running text beside its gold row, or without one."""

    subject: str
    statistic: str
    gold: str
    read: str
    quote: tuple[str, str, str]
    page: int
    kind: str


@dataclass(frozen=True)
class _Tier:
    """Cards of one weight, over all studies."""

    title: str
    gloss: str
    cards: tuple[Card, ...]


@dataclass(frozen=True)
class _StudyView:
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
    claims: tuple[_Claim, ...]
    other_claims: tuple[_Claim, ...]
    rejected: tuple[Mapping[str, object], ...]
    unknown_labels: tuple[Mapping[str, object], ...]
    reasons: tuple[tuple[str, int], ...]
    coverage: tuple[PartCoverage, ...]

    @property
    def n_open(self) -> int:
        """Items left to decide."""
        return sum(card.is_open for card in self.cards)


def write_report(path: Path, content: ReportInput) -> bool:
    """Whether the report at path changed; the file is replaced at once, and only when its bytes differ."""
    return write_text(path, render_report(content))


def render_report(content: ReportInput) -> str:
    """The whole page."""
    decided = _decide(content)
    views = [_view_study(study, decided.items) for study in sorted(content.studies, key=lambda s: s.study_id)]
    pictures = _pictures(content.studies, views)
    figures = [v.figures for v in views if v.figures is not None]
    broken = [v for v in views if v.error]
    read = [v for v in views if v.figures is not None and not v.error]
    cards = [card for view in views for card in view.cards]
    environment = Environment(
        loader=PackageLoader("auditable.review", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["share"] = _share
    return environment.get_template("report.html.j2").render(
        verdict=verdict_line([v.figures for v in read if v.figures], len(broken), sum(v.n_open for v in views)),
        studies=views,
        broken=broken,
        figures=figures,
        pictures=pictures,
        unknown_ids=decided.unknown_ids,
        tiers=[t for t in _tiers(cards) if t.cards],
        severities=[s for s in SEVERITY_ORDER if any(c.severity == s for c in cards)],
        rules=sorted({c.rule for c in cards}),
        state_words=STATE_WORDS,
        severity_words=SEVERITY_WORDS,
        sign_marks=SIGN_MARKS,
        state_of_item=ITEM_STATES,
        css=Markup(_asset("report.css")),
        js=Markup(_asset("report.js")),
    )


def _tiers(cards: Sequence[Card]) -> list[_Tier]:
    return [
        _Tier(title, gloss, tuple(c for c in cards if c.severity in severities)) for title, gloss, severities in TIERS
    ]


def _asset(name: str) -> str:
    return (files("auditable.review") / "templates" / name).read_text(encoding="utf-8")


def _share(share: float | None) -> str:
    """A share as a percentage with one decimal, never rounded up to 100."""
    if share is None:
        return "–"
    return "100" if share == 1 else f"{int(share * 1000) / 10:.1f}"


def _decide(content: ReportInput) -> Decided:
    read = [s.frames for s in content.studies if s.frames is not None]
    items = [list_items(frames.findings, frames.discrepancies) for frames in read]
    empty = pd.DataFrame(columns=["item_id", "study_id", "value_now"], dtype=str)
    return apply_decisions(pd.concat([empty, *items], ignore_index=True), content.decisions)


def _view_study(study: StudyReport, items: pd.DataFrame) -> _StudyView:
    frames = study.frames
    paper = study.paper
    claims = _claims(frames) if frames else []
    reasons = frames.rejected["reason"].value_counts() if frames else pd.Series(dtype=int)
    known = cell_states(frames) if frames else {}
    cards = make_cards(frames, study.tables, study.pages, items) if frames else []
    by_cell = {(c.table_id, c.row_path, c.column_path): c.item_id for c in reversed(cards)}
    return _StudyView(
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


def _claims(frames: StudyFrames) -> list[_Claim]:
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
            _Claim(str(m["stub_path"]), str(m["statistic"]), gold, str(m["read_value"]), quote, page, str(m["kind"]))
        )
    for o in sorted(by_id.values(), key=lambda o: (int(o["page"]), str(o["quote"]), int(o["start"]))):
        read = f"{o['comparator']}{o['value']} {o['unit']}".strip()
        claims.append(_Claim(str(o["subject"]), str(o["statistic"]), "", read, _quote(o), int(o["page"]), "extra"))
    return claims


def _quote(row: Mapping[Hashable, object]) -> tuple[str, str, str]:
    """The sentence before, at and after the number."""
    text, start, end = str(row["quote"]), int(str(row["start"])), int(str(row["end"]))
    return (text[:start], text[start:end], text[end:]) if 0 <= start < end else (text, "", "")


def _pictures(studies: Sequence[StudyReport], views: Sequence[_StudyView]) -> dict[str, Picture]:
    """Pictures by card, shared out evenly: each study shows its gravest cards first until the page is full."""
    share = max(MAX_PICTURES // max(1, sum(bool(v.cards) for v in views)), 1)
    by_study = {s.study_id: s for s in studies}
    pictures: dict[str, Picture] = {}
    for view in views:
        pdf_path = by_study[view.study_id].pdf_path
        shown = [c for c in view.cards if c.place][:share]
        if pdf_path is None or not pdf_path.is_file() or view.error:
            continue
        places = [c.place for c in shown if c.place]
        pictures |= {c.item_id: p for c, p in zip(shown, take_pictures(pdf_path, places), strict=True)}
    return pictures
