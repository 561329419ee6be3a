import re
from dataclasses import replace
from decimal import Decimal
from xml.etree import ElementTree

import pandas as pd
import pytest

from auditable.review.chart_views import forest_charts, report_charts
from auditable.review.charts import MAX_ROWS, draw_agreement, draw_families, draw_forest, draw_history
from auditable.review.evidence_view import EvidenceView, ForestGroup, Interval
from auditable.summary import StudyFigures
from tests.unit.frames_made import findings

NAMES = list(StudyFigures.__dataclass_fields__)


def figures(study_id: str, **counts: int) -> StudyFigures:
    return StudyFigures(**{**dict.fromkeys(NAMES, 0), "study_id": study_id, **counts})


def forest(label: str = "smith2021 · A") -> ForestGroup:
    return ForestGroup("hazard ratio", True, (Interval(label, Decimal("0.5"), Decimal("0.3"), Decimal("0.8")),))


def texts(svg: str) -> list[str]:
    return [str(e.text) for e in ElementTree.fromstring(svg).iter("text")]


def test_agreement_counts_tables_and_text_together() -> None:
    svg = draw_agreement([figures("smith2021", gold_rows=8, gold_equal=7, gold_wrong=1, text_rows=2, text_equal=2)])
    assert {"smith2021", "9 of 10", "agree", "wrong"} <= set(texts(svg))
    assert "missing" not in texts(svg)


def test_families_count_what_is_told_of_all_tests() -> None:
    svg = draw_families(findings(
        {}, {"finding_id": "F-2", "verdict": "consistent", "severity": "note"},
        {"finding_id": "F-3", "rule": "ci.p", "verdict": "not testable", "severity": "error"},
    ))  # fmt: skip
    assert {"percent", "1 of 2 tests", "intervals", "1 of 1 tests", "impossible", "question"} <= set(texts(svg))


def test_a_forest_plot_prints_the_numbers_of_its_rows() -> None:
    assert {"smith2021 · A", "0.5 (0.3 to 0.8)", "hazard ratio, logarithmic scale"} <= set(
        texts(draw_forest(forest(), 0))
    )


def test_the_title_says_when_not_all_rows_are_drawn() -> None:
    studies = [figures(f"study{n}", gold_rows=1, gold_equal=n % 2) for n in range(MAX_ROWS + 1)]
    assert report_charts(studies[1:], [], pd.DataFrame())[0].title == "Agreement with gold"
    assert (
        report_charts(studies, [], pd.DataFrame())[0].title == "Agreement with gold: 30 of 31, those that agree least"
    )
    many = EvidenceView(groups=(replace(forest(), intervals=forest().intervals * (MAX_ROWS + 1)),))
    assert [c.title for c in forest_charts(many)] == ["hazard ratio: 30 of 31, the first ones"]


def test_runs_are_drawn_from_the_second_on() -> None:
    row = {"run": 1, "n_items": 5, "n_closed": 0, "gold_rows": 10, "gold_equal": 9}
    assert draw_history(pd.DataFrame([row])) == ""
    assert {"to decide", "run"} <= set(texts(draw_history(pd.DataFrame([row, {**row, "run": 2}]))))


@pytest.mark.parametrize("svg", [draw_agreement([figures("smith2021")]), draw_families(findings())])
def test_nothing_to_show_is_no_chart(svg: str) -> None:
    assert svg == ""


def test_printed_text_is_no_markup_and_no_formula_in_a_chart() -> None:
    svg = draw_forest(forest("<script> $x^2$ \u202e21"), 0)
    assert "<script>" not in svg
    assert "<script> $x^2$ ⟨U+202E⟩21" in texts(svg)


def test_the_same_chart_is_the_same_bytes_and_asks_nothing_of_a_network() -> None:
    svg = draw_forest(forest(), 0)
    assert svg == draw_forest(forest(), 0)
    assert re.findall(r"https?:|<style|<metadata|DejaVu", svg) == []


def test_two_charts_share_no_id() -> None:
    ids = [set(re.findall(r' id="([^"]+)"', draw_forest(forest(), number))) for number in (0, 1)]
    assert ids[0]
    assert not ids[0] & ids[1]


def test_colours_are_those_of_the_page() -> None:
    svg = draw_agreement([figures("smith2021", gold_rows=1, gold_equal=1)])
    assert set(re.findall(r"#[0-9a-f]{6}\b", svg)) == set()
    assert "var(--ok-ink)" in svg
