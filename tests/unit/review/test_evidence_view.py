import pandas as pd
import pytest

from auditable.review.evidence_view import view_evidence
from schemas.evidence_frame import Evidence

COLUMNS = list(Evidence.to_schema().columns)


def view(*rows: dict):
    base = {"study_id": "smith2021", "arm": "A", "variable": "overall_survival", "table_id": "T1", "page": "3"}
    return view_evidence(pd.DataFrame([{**dict.fromkeys(COLUMNS, ""), **base, **row} for row in rows], columns=COLUMNS))


@pytest.mark.parametrize(
    ("printed", "said"),
    [
        ({"median": "5", "unit": "months", "ci_low": "4", "ci_high": "6"}, "median 5 months, interval 4 to 6"),
        ({"n": "8", "pct": "25.0"}, "count 8, percentage 25.0%"),
        ({"hr": "0.5", "p": "<0.001"}, "hazard ratio 0.5, p <0.001"),
        ({"pct": ">=60", "p": "<=0.05"}, "percentage ≥60%, p ≤0.05"),
        ({"p": "0.04", "min": "2"}, "p = 0.04, range 2 to ?"),
        ({"missing": "NR"}, "no value (NR)"),
        (
            {"hr": "0.5", "ci_low": ">=0.3", "missing": "NE"},
            "hazard ratio 0.5, interval ≥0.3 to ?, one value missing (NE)",
        ),
    ],
)  # fmt: skip
def test_a_line_is_told_as_it_is_printed(printed: dict, said: str) -> None:
    assert view(printed).lines[0].result == said


def test_intervals_are_grouped_by_measure_and_unit() -> None:
    made = view(
        {"median": "5", "unit": "months", "ci_low": "4", "ci_high": "6"},
        {"hr": "0.5", "ci_low": "0.3", "ci_high": "0.8"},
        {"median": "5", "unit": "years", "ci_low": "4", "ci_high": "6"},
        {"median": "NR"},
    )
    assert [(g.measure, g.is_ratio, [i.said for i in g.intervals]) for g in made.groups] == [
        ("hazard ratio", True, ["0.5 (0.3 to 0.8)"]),
        ("median (months)", False, ["5 (4 to 6)"]),
        ("median (years)", False, ["5 (4 to 6)"]),
    ]


@pytest.mark.parametrize(
    "printed",
    [
        pytest.param({"hr": "0.5", "median": "0.6"}, id="two estimates lie in it"),
        pytest.param({"hr": "2.0"}, id="the estimate lies outside"),
        pytest.param({"hr": "0.5", "ci_high": "NE"}, id="an edge is no number"),
        pytest.param({"hr": "0.5", "ci_low": "0"}, id="no ratio has an edge at zero"),
        pytest.param({}, id="no estimate"),
    ],
)
def test_an_interval_whose_estimate_is_not_sure_is_told_and_not_drawn(printed: dict) -> None:
    made = view({"ci_low": "0.3", "ci_high": "0.8", **printed})
    assert (made.groups, made.n_not_drawn, len(made.lines)) == ((), 1, 1)


def test_an_interval_belongs_to_the_estimate_within_it() -> None:
    made = view({"hr": "0.5", "median": "13.3", "unit": "months", "ci_low": "0.3", "ci_high": "0.8"})
    assert [g.measure for g in made.groups] == ["hazard ratio"]
