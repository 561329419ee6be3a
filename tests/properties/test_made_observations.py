"""The corpus of the measure of many observations: the same each time, and gold that differs from it in few places."""

from __future__ import annotations

import pandas as pd

from auditable.comparing import compare_study
from tests.scale.observed import make_studies


def test_a_made_study_is_the_same_each_time_and_gold_differs_in_places() -> None:
    (one,), (other,) = (list(make_studies(1, 2)) for _ in range(2))
    pd.testing.assert_frame_equal(one.observations, other.observations)
    pd.testing.assert_frame_equal(one.gold, other.gold)
    matches = compare_study(one.reading.study_id, one.observations, one.gold).matches
    in_tables = matches[matches["table_id"] != "prose"]
    assert 0.5 < (in_tables["kind"] == "equal").mean() < 1
