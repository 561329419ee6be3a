"""Which charts the report shows, each with its title and what it shows in words.

Comes in: the studies of a run, the runs so far, the evidence. Goes out: charts. Drawing them is left to charts.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
from markupsafe import Markup

from auditable.review import charts
from auditable.review.evidence_view import EvidenceView
from auditable.summary import StudyFigures


@dataclass(frozen=True)
class ChartView:
    """A chart with its title and what it shows in words."""

    title: str
    words: str
    svg: Markup


def report_charts(
    figures: Sequence[StudyFigures], findings: Sequence[pd.DataFrame], history: pd.DataFrame
) -> list[ChartView]:
    """The charts of the overview that have something to show.

    figures, findings: of the studies, those without findings left out. history: the frame of the runs so far.
    """
    drawn = [
        ChartView(
            _title(
                "Agreement with gold", "those that agree least", sum(f.gold_rows + f.text_rows > 0 for f in figures)
            ),
            "Share of each study's gold rows, of tables and text, that agree; at the right, how many. The table above"
            " gives the same numbers.",
            charts.draw_agreement(sorted(figures, key=lambda f: f.study_id)),
        ),
        ChartView(
            "Items by family of rules",
            "How many items each family of rules gives to decide, and of how many tests.",
            charts.draw_families(pd.concat(findings, ignore_index=True)) if findings else Markup(""),
        ),
        ChartView(
            "The runs so far",
            "Items and those left to decide, and the share of gold rows that agree, at each run that changed them.",
            charts.draw_history(history),
        ),
    ]
    return [chart for chart in drawn if chart.svg]


def forest_charts(evidence: EvidenceView) -> list[ChartView]:
    """One forest plot per measure."""
    return [
        ChartView(
            _title(group.measure, "the first ones", len(group.intervals)),
            "; ".join(f"{i.label}: {i.said}" for i in group.intervals),
            charts.draw_forest(group, number),
        )
        for number, group in enumerate(evidence.groups)
    ]


def _title(name: str, which: str, n_rows: int) -> str:
    """The title, and which rows are drawn where there are more than a chart holds."""
    return name if n_rows <= charts.MAX_ROWS else f"{name}: {charts.MAX_ROWS} of {n_rows}, {which}"
