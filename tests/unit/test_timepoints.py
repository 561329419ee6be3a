"""The time point that a label names."""

import pytest

from auditable.timepoints import is_time, time_in


@pytest.mark.parametrize(
    ("label", "time"),
    [
        ("12 weeks", "12 weeks"),
        ("12 weeks (primary outcome)", "12 weeks"),
        ("6 months [secondary end point]", "6 months"),
        ("6 months (n = 40)", "6 months"),
    ],
)
def test_a_label_that_is_a_time(label: str, time: str) -> None:
    assert (time_in(label), is_time(label)) == (time, True)
