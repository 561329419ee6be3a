"""The validation report: one self-contained page, failures first, then every table as it was read.

Comes in: what a run knows of each study, the states of the items, the evidence table and the runs so far. Goes out:
HTML that opens without a network, the same bytes for the same input. Everything that was printed in an article is
escaped. Studies are left to study_view.py, cards to cards.py, pictures to report_pictures.py, charts to
chart_views.py, the file to store.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from auditable.decisions import Decided
from auditable.review.cards import SEVERITY_ORDER, TIERS, Card
from auditable.review.cell_states import STATE_WORDS
from auditable.review.chart_views import forest_charts, report_charts
from auditable.review.environment import make_environment, read_asset
from auditable.review.evidence_view import view_evidence
from auditable.review.page_views import LEGEND
from auditable.review.report_pictures import card_pictures, page_pictures
from auditable.review.study_view import StudyReport, view_study
from auditable.store import write_text
from auditable.summary import change_line, verdict_line
from schemas.evidence_frame import Evidence
from schemas.frames import empty_frame

SEVERITY_WORDS = {
    "error": "disagrees",
    "unit": "unit",
    "definition": "meaning",
    "citation": "citation",
    "missing": "not read",
    "extra": "not in gold",
    "rounding": "fits only by rounding",
    "label": "other label",
}
SIGN_MARKS = {
    "agrees": "✓", "differs": "✗", "unread": "∅", "extra": "+", "plain": "", "second": "②", "ocr": "≈", "finding": "!",
}  # fmt: skip
TIER_WORDS = {
    "disagrees": ("Numbers that disagree", "With gold, or with the article's own other numbers."),
    "missing": ("In gold, not read by us", "People keyed these values; we found nothing in their place."),
    "question": (
        "Questions",
        "Only a reader can tell: whether two places mean the same, or whether a number is what its labels say.",
    ),
    "rounding": ("Fits only by rounding", "The number agrees only if it was cut off or rounded up."),
    "extra": ("Read by us, not in gold", "Gold keys these rows and columns, but says nothing here."),
    "label": ("Same value, other label", "Value, statistic and unit agree; the label we read differs a little."),
}
"""Headings of the cards and a sentence on each, by tier."""
STATE_OF_ITEM = {
    "new": "new, to decide",
    "returned": "decided, but the values changed since",
    "disputed": "decided in two ways",
    "unchanged": "to decide",
    "closed": "decided",
}
"""The words for each of ITEM_STATES."""
GLOSS_OF_STATE = {
    "new": "not there in the run before, or with other values",
    "returned": "decided, but its values changed since",
    "disputed": "decided in two ways, by two lines of the decisions",
}
"""A sentence on the states that ask for a look."""
MAX_PLAIN_CARDS, MAX_PLAIN_STUDIES = 400, 25
"""A larger report keeps its cards and studies folded up, and builds each when it is wanted."""


@dataclass(frozen=True)
class ReportInput:
    """All studies of a run, their items as decided so far, the rows of all runs (History), the evidence table."""

    studies: tuple[StudyReport, ...]
    decided: Decided
    history: pd.DataFrame
    evidence: pd.DataFrame = field(default_factory=lambda: empty_frame(Evidence))


@dataclass(frozen=True)
class _Tier:
    """Cards of one weight, over all studies."""

    name: str
    title: str
    gloss: str
    cards: tuple[Card, ...]


def write_report(path: Path, content: ReportInput) -> bool:
    """Whether the report at path changed; the file is replaced at once, and only when its bytes differ."""
    return write_text(path, render_report(content))


def render_report(content: ReportInput) -> str:
    """The whole page."""
    decided = content.decided
    views = [view_study(study, decided.items) for study in sorted(content.studies, key=lambda s: s.study_id)]
    broken = [v for v in views if v.error]
    read = [v for v in views if v.figures is not None and not v.error]
    cards = [card for view in views for card in view.cards]
    evidence = view_evidence(content.evidence)
    return (
        make_environment()
        .get_template("report.html.j2")
        .render(
            verdict=verdict_line([v.figures for v in read if v.figures], len(broken), sum(v.n_open for v in views)),
            studies=views,
            broken=broken,
            pictures=card_pictures(content.studies, views),
            page_views=page_pictures(content.studies),
            legend=LEGEND,
            decided=decided,
            change_line=change_line(decided),
            changes=_changes(cards),
            tiers=_tiers(cards),
            severities=[s for s in SEVERITY_ORDER if any(c.severity == s for c in cards)],
            rules=sorted({c.rule for c in cards}),
            states=[s for s in STATE_OF_ITEM if any(c.state == s for c in cards)],
            evidence=evidence,
            charts=report_charts([v.figures for v in views if v.figures], _findings(content), content.history),
            forests=forest_charts(evidence),
            is_large=len(cards) > MAX_PLAIN_CARDS or len(views) > MAX_PLAIN_STUDIES,
            state_words=STATE_WORDS,
            severity_words=SEVERITY_WORDS,
            sign_marks=SIGN_MARKS,
            state_of_item=STATE_OF_ITEM,
            gloss_of_state=GLOSS_OF_STATE,
            css=read_asset("report.css"),
            js=read_asset("report.js"),
        )
    )


def _findings(content: ReportInput) -> list[pd.DataFrame]:
    return [s.frames.findings for s in content.studies if s.frames is not None and len(s.frames.findings)]


def _changes(cards: Sequence[Card]) -> dict[str, list[Card]]:
    """The cards of each state, the states in the order of STATE_OF_ITEM."""
    return {state: [c for c in cards if c.state == state] for state in STATE_OF_ITEM}


def _tiers(cards: Sequence[Card]) -> list[_Tier]:
    """The tiers that have cards; in each the gravest first, then as they stand: by study, in its order."""
    tiers = []
    for name in TIERS:
        own = sorted((c for c in cards if c.tier == name), key=lambda c: SEVERITY_ORDER.index(c.severity))
        if own:
            tiers.append(_Tier(name, *TIER_WORDS[name], tuple(own)))
    return tiers
