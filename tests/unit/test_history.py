from pathlib import Path

import pandas as pd
import pytest

from auditable.decisions import Decided, DecisionsRead
from auditable.desk import decide_on
from auditable.history import add_run, keep_history, run_row
from auditable.store import StudyFrames
from auditable.summary import study_figures
from schemas.desk_frames import Decisions, History, Items
from schemas.frames import empty_frame
from tests.unit.frames_made import cells, findings, no_matches, observations, rejected

MADE_OF = ("1.0", "abc")
NEW = {"n_items": 2, "n_new": 2, "n_closed": 1, "n_impossible": 1, "n_rounding": 1, "n_consistent": 1}


def a_study() -> StudyFrames:
    found = findings(
        {}, {"finding_id": "F-2", "verdict": "rounding", "severity": "rounding"},
        {"finding_id": "F-3", "verdict": "consistent", "severity": "note"},
    )  # fmt: skip
    return StudyFrames(cells({}), observations({}), found, no_matches(), rejected())


def decided(last: pd.DataFrame | None = None) -> Decided:
    said = Decisions.validate(pd.DataFrame([["F-1", "explained", "", "", "", "26.0 | 25.0"]], columns=list(COLUMNS)))
    return decide_on([a_study()], empty_frame(Items) if last is None else last, DecisionsRead(said))


COLUMNS = Decisions.to_schema().columns
FIGURES = [study_figures("smith2021", a_study())]


def test_a_row_counts_items_verdicts_and_findings() -> None:
    row = run_row(decided(), FIGURES, MADE_OF)
    assert {name: n for name, n in row.items() if n} == {
        "auditable": "1.0",
        "inputs": "abc",
        "n_studies": 1,
        **NEW,
    }
    assert {"run", *row} == set(History.to_schema().columns)


def test_a_run_that_changes_nothing_adds_nothing() -> None:
    first = add_run(empty_frame(History), run_row(decided(), FIGURES, MADE_OF), has_news=True)
    assert list(first["run"]) == [1]
    again = add_run(first, run_row(decided(), FIGURES, MADE_OF), has_news=False)
    pd.testing.assert_frame_equal(again, first)


@pytest.mark.parametrize(
    ("changes", "has_news", "runs"),
    [
        ({"n_closed": 2, "n_returned": 1}, False, [1]),
        ({"n_closed": 2}, True, [1, 2]),
        ({"gold_equal": 7}, False, [1, 2]),
        ({"inputs": "def"}, False, [1, 2]),
        ({}, True, [1, 2]),
    ],
)
def test_what_makes_a_row_of_its_own(changes: dict[str, object], has_news: bool, runs: list[int]) -> None:
    """The work of the curator is counted in the last row."""
    row = run_row(decided(), FIGURES, MADE_OF)
    history = add_run(add_run(empty_frame(History), row, has_news=True), {**row, **changes}, has_news)
    assert list(history["run"]) == runs
    assert {name: history[name].iloc[-1] for name in changes} == changes


def test_a_run_that_changes_figures_alone_tells_no_news_of_the_run_before() -> None:
    """A scheduled run finds one gold row more, which agrees: the items are those of the run before, new then."""
    row = run_row(decided(), FIGURES, MADE_OF)
    more = {**row, "gold_equal": 7, "inputs": "def"}
    history = add_run(add_run(empty_frame(History), row, has_news=True), more, has_news=False)
    assert list(history["n_new"]) == [2, 0]
    pd.testing.assert_frame_equal(add_run(history, more, has_news=False), history)


def test_the_row_of_a_run_that_was_stopped_before_it_is_added_by_the_next() -> None:
    """The items were written with their news, the row was not: the next run finds no news, and yet tells them."""
    row = run_row(decided(), FIGURES, MADE_OF)
    first = add_run(empty_frame(History), row, has_news=True)
    later = {**row, "n_items": 3, "n_new": 1, "inputs": "def"}
    right = add_run(first, later, has_news=True)
    pd.testing.assert_frame_equal(add_run(first, later, has_news=False), right)
    pd.testing.assert_frame_equal(add_run(right, later, has_news=False), right)


def test_a_broken_history_is_told_and_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "history.csv"
    keep_history(tmp_path, decided(), FIGURES, MADE_OF, has_news=True)
    assert path.read_text("utf-8").count("\n") == 2
    broken = path.read_text("utf-8").replace("1.0,abc", "<<<<<<< HEAD")
    path.write_text(broken, "utf-8")
    _, problems = keep_history(tmp_path, decided(), FIGURES, MADE_OF, has_news=True)
    assert len(problems) == 1
    assert str(path) in problems[0]
    assert path.read_text("utf-8") == broken
