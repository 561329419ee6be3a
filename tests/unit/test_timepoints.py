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


@pytest.mark.parametrize(
    ("label", "time"),
    [
        ("Oral changes", ""),  # a sign that was found
        ("Change of antibiotic, n", ""),
        ("Changes in pain score", "change"),
        ("Mean changes", "change"),
        ("Weight, percentage changes", "change"),
        ("Change in pain score at week 4", "change at week 4"),
    ],
)
def test_a_sign_or_a_new_drug_is_no_change_over_time(label: str, time: str) -> None:
    assert time_in(label) == time
