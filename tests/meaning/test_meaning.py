"""The last run's observations mean what was keyed by hand: shares of the gold rows, held to a floor, from curated/."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from auditable.gold_record import read_gold
from auditable.store import read_study
from tests.meaning.keyed import FOLDER, read_truth
from tests.meaning.scores import Scored, score_study, shares

ROOT = Path(__file__).parents[2]
STUDIES = sorted(path.stem for path in FOLDER.glob("*.csv"))

MIN_TABLES_RIGHT = 0.99
"""Share of gold rows of tables with value, statistic, unit, variable, category, grade, kind of event, arm, subgroup and
patient right, all studies together."""
MAX_TABLES_WRONG = 0.002
MIN_TEXT_FOUND = 0.97
MIN_TEXT_RIGHT = 0.85


@cache
def scored() -> tuple[Scored, ...]:
    rows: list[Scored] = []
    for study in STUDIES:
        frames = read_study(ROOT / "curated", study)
        rows += score_study(frames.matches, frames.observations, read_truth(study))
    return tuple(rows)


@pytest.mark.parametrize("study", STUDIES)
def test_every_gold_place_is_keyed_and_nothing_else(study: str) -> None:
    gold = read_gold(ROOT / "raw" / study / "gold.csv")
    places = set(zip(gold["table_id"], gold["stub_path"], gold["spanner_path"], strict=True))
    assert read_truth(study).keys() == places


def test_gold_of_tables_is_read_with_its_meaning() -> None:
    own = shares([row for row in scored() if not row.is_prose])
    assert own.n_rows > 700
    assert own.right >= MIN_TABLES_RIGHT
    assert own.wrong <= MAX_TABLES_WRONG


def test_gold_of_the_text_is_found_and_bound() -> None:
    own = shares([row for row in scored() if row.is_prose])
    assert own.n_rows > 150
    assert own.read >= MIN_TEXT_FOUND
    assert own.right >= MIN_TEXT_RIGHT
