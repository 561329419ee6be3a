"""How two texts of one number differ: each class with its nearest neighbour."""

import pytest

from auditable.differences import name_value_difference


@pytest.mark.parametrize(
    ("gold", "read", "kind"),
    [
        # one prints fewer decimals
        ("70.5", "71", "coarser precision"),
        ("70.5", "70", "coarser precision"),  # half even
        ("70.46", "70.5", "coarser precision"),
        ("70.5", "70.50", "coarser precision"),
        ("70", "70.0", "coarser precision"),
        # one step of the coarser last digit apart
        ("70.6", "70", "rounding"),  # cut off
        ("70.4", "71", "rounding"),  # raised
        ("70.5", "70.6", "rounding"),
        ("70.5", "70.4", "rounding"),
        ("70.5", "70.3", "value"),
        ("70.57", "70.4", "value"),
        ("71.1", "70", "value"),
        ("70", "71", "value"),  # whole numbers are other numbers
        # the same digits under another sign
        ("70.5", "-70.5", "sign or comparator"),
        ("−70.5", "70.5", "sign or comparator"),
        ("70.5", "<70.5", "sign or comparator"),
        ("≤1", "<1", "sign or comparator"),
        ("<70.5", "70.6", "value"),
        # the same digits with another point
        ("70.5", "7.05", "decimal point"),
        ("70.5", "705", "decimal point"),
        ("70.5", "0.705", "decimal point"),
        ("0.705", "70.5", "decimal point"),
        ("0.705", "705", "decimal point"),
        ("705", "0.705", "decimal point"),
        ("0.0705", "705", "value"),
        ("70.5", "-7.05", "value"),
        ("70", "700", "value"),  # without a point none was lost
        ("0.5", "0", "coarser precision"),
        ("0", "0.05", "coarser precision"),
        # two neighbouring digits exchanged
        ("70.5", "75.0", "transposed digits"),
        ("12", "21", "transposed digits"),
        ("1.25", "2.15", "transposed digits"),
        ("123", "321", "value"),
        ("1234", "2143", "value"),
        ("123", "1232", "value"),
        ("12", "31", "value"),
        ("12", "23", "value"),
        ("13.2", "312", "value"),
        ("312", "13.2", "value"),
        # no numbers
        ("NR", "12", "value"),
        ("12", "NR", "value"),
        ("1,234", "1243", "transposed digits"),
    ],
)
def test_a_difference_is_named_by_its_likely_cause(gold: str, read: str, kind: str) -> None:
    assert name_value_difference(gold, read, "median") == kind


@pytest.mark.parametrize("statistic", ["n", "events", "total"])
def test_one_patient_more_is_no_rounding(statistic: str) -> None:
    assert name_value_difference("12.5", "12", statistic) == "value"
    assert name_value_difference("12", "21", statistic) == "transposed digits"
    assert name_value_difference("12", "1.2", statistic) == "decimal point"
    assert name_value_difference("12", "12.0", statistic) == "coarser precision"
