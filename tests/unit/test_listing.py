"""Observations in words, for people: one line per printed place; nothing is left out."""

from __future__ import annotations

import pytest
from rich.console import Console

from auditable.listing import Line, list_observations, pick_observations, table_order
from auditable.model import AuditableError
from auditable.terminal_lists import show_coverage, show_listings
from schemas.frames import Coverage, Observations, empty_frame
from tests.unit.frames_made import observations

CELL = {"variable": "age", "category": "< 65", "arm": "Drug A", "row": 0, "col": 0, "denominator": "32", "unit": ""}
SAID = {
    "source": "prose", "table_id": "", "row": -1, "col": -1, "section": "Results > Response", "denominator": "",
    "quote": "Of them, 12 (40%) answered.", "stub_path": "", "spanner_path": "", "page": 3, "unit": "",
}  # fmt: skip


def only_line(**changes: object) -> Line:
    return list_observations(observations({**CELL, **changes}))[0].lines[0]


def test_statistics_of_one_place_stand_in_one_line_in_a_fixed_order() -> None:
    frame = observations(
        {**CELL, "statistic": "pct", "value": "25.0", "unit": "%"},
        {**CELL, "statistic": "n", "value": "8"},
        {**CELL, "statistic": "n", "value": "9", "row": 1, "arm": "Drug B"},
    )
    (listing,) = list_observations(frame)
    assert [(x.what, x.whom, x.value, x.of, x.n) for x in listing.lines] == [
        ("age: < 65", "Drug A", "count 8 · percent 25.0 %", "32", 2),
        ("age: < 65", "Drug B", "count 9", "32", 1),
    ]
    assert listing.lines[0].place == "p. 1, row 1, col 1"


def test_a_total_without_denominator_stands_beside_its_count() -> None:
    frame = observations(
        {**CELL, "statistic": "n", "value": "8"}, {**CELL, "statistic": "total", "value": "32", "denominator": ""}
    )
    assert [(x.value, x.of) for x in list_observations(frame)[0].lines] == [("count 8 · total 32", "32")]


@pytest.mark.parametrize(
    ("changes", "what", "whom", "value"),
    [
        ({"statistic": "median", "value": "70.5", "unit": "years"}, "age: < 65", "Drug A", "median 70.5 years"),
        ({"statistic": "bound", "value": "8", "comparator": ">="}, "age: < 65", "Drug A", "≥8"),
        ({"missing": "NR", "value": ""}, "age: < 65", "Drug A", "not reached or reported (NR)"),
        ({"variable": "", "stub_path": "Sex > Other", "statistic": "value"}, "Sex > Other", "Drug A", "70.5"),
        (
            {"variable": "adverse_event", "category": "nausea", "grade": ">=3", "event_kind": "serious"},
            "adverse event: nausea, grade >=3, serious", "Drug A", "median 70.5",
        ),
        (
            {"subgroup": "frail", "patient": "III", "population": "ITT", "timepoint": "week 4", "statistic": "value"},
            "age: < 65", "Drug A · frail · patient III · ITT · week 4", "70.5",
        ),
        ({"arm": "", "speaks_of": "another study", "reference": "[12]", "statistic": "value"}, "age: < 65",
         "another study [12]", "70.5"),
    ],
)  # fmt: skip
def test_an_observation_in_words(changes: dict[str, object], what: str, whom: str, value: str) -> None:
    line = only_line(**changes)
    assert (line.what, line.whom, line.value) == (what, whom, value)


def test_numbers_of_the_text_come_last_in_the_order_of_their_sentence() -> None:
    frame = observations(
        {**SAID, "statistic": "pct", "value": "40", "unit": "%", "start": 13, "end": 15},
        {**SAID, "statistic": "n", "value": "12", "start": 9, "end": 11},
        {"table_id": "T10"}, {"table_id": "T2"},
    )  # fmt: skip
    found = list_observations(frame)
    assert [x.title.split(" ")[0] for x in found] == ["T2", "T10", "Text,"]
    assert [(x.value, x.place, x.quote) for x in found[-1].lines] == [
        ("count 12", "p. 3, Response", "Of them, »12« (40%) answered."),
        ("percent 40 %", "p. 3, Response", "Of them, 12 (»40«%) answered."),
    ]


def test_one_table_or_the_text_is_picked_and_another_name_is_refused() -> None:
    frame = observations({"table_id": "T1"}, {"table_id": "T2"}, SAID)
    assert [x.title.split(" ")[0] for x in list_observations(frame, "t2")] == ["T2"]
    assert pick_observations(frame, "TEXT")["observation_id"].tolist() == ["o2"]
    assert len(pick_observations(frame)) == 3
    with pytest.raises(AuditableError, match="Expected one of T1, T2, text, found T3"):
        list_observations(frame, "T3")
    assert list_observations(empty_frame(Observations)) == []


def test_tables_are_ordered_by_number() -> None:
    assert sorted(["T10", "T2", "A1", "T1"], key=table_order) == ["A1", "T1", "T2", "T10"]
    assert sorted(["T10", "T4-10", "T4-2", "T4", "text"], key=table_order) == ["T4", "T4-2", "T4-10", "T10", "text"]


@pytest.mark.parametrize("width", [60, 80, 160])
def test_every_value_is_on_the_screen_at_any_width(width: int) -> None:
    console = Console(width=width, record=True, force_terminal=False)
    frame = observations({**CELL, "value": "61.25", "arm": "A drug of a long name " * 4}, {**SAID, "value": "12"})
    show_listings(console, list_observations(frame))
    text = console.export_text()
    assert "61.25" in text
    assert "12" in text
    assert "2 observations" in text
    assert max(map(len, text.splitlines())) <= width


def test_coverage_tells_counts_reasons_and_what_is_lost() -> None:
    rows = [("T1", "observation", "", 4, 3), ("T1", "left out", "a date", 2, 0), ("results", "unaccounted", "", 1, 0)]
    frame = empty_frame(Coverage)
    for k, (part, outcome, reason, n, known) in enumerate(rows):
        frame.loc[k] = ["s", part, outcome, reason, n, known, "7 of them" if outcome == "unaccounted" else ""]
    console = Console(width=80, record=True, force_terminal=False)
    show_coverage(console, Coverage.validate(frame))
    text = console.export_text()
    for words in ("3/4 75.0%", "2  a date", "Unaccounted: 1 in results, such as: 7 of them", "whole paper"):
        assert words in text
