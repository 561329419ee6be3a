"""Exact answers about two amounts of one cell: a count out of another, a share of a total."""

import pytest

from auditable.settled import is_count_of, is_percentage, may_be_share, named, shares
from auditable.values import Amount, parse_cell


def amount(text: str) -> Amount:
    return parse_cell(text)[0].amounts[0]


@pytest.mark.parametrize(
    ("count", "share", "totals", "expected"),
    [
        ("14", "43.8", [32], True),
        ("14", "43.7", [32], True),  # cut off
        ("14", "43.75", [32], True),
        ("14", "43.76", [32], False),
        ("14", "43.74", [32], False),
        ("14", "43.9", [32], False),
        ("14", "44.0", [32], False),
        ("14", "43.8", [33, 32], True),
        ("14", "43.8", [], False),
        ("14", "<43.8", [32], False),
        ("NR", "43.8", [32], False),
        ("14", "NR", [32], False),
        ("0", "0", [32], True),
    ],
)
def test_a_count_gives_the_share_of_a_total_however_it_is_rounded(
    count: str, share: str, totals: list[int], expected: bool
) -> None:
    assert shares(amount(count), amount(share), totals) is expected


@pytest.mark.parametrize(
    ("count", "share", "totals", "expected"),
    [
        ("14", "50", [32], True),
        ("14", "43.7", [32], True),  # 43.75 of all, cut off
        ("14", "43.6", [32], False),
        ("14", "43.75", [32], True),
        ("14", "43.74", [32], False),
        ("14", "40", [32], False),
        ("14", "40", [32, 36], True),
        ("14", "<50", [32], False),
        ("NR", "50", [32], False),
        ("14", "NR", [32], False),
    ],
)
def test_a_share_of_those_with_data_is_not_below_the_share_of_all(
    count: str, share: str, totals: list[int], expected: bool
) -> None:
    assert may_be_share(amount(count), amount(share), totals) is expected


@pytest.mark.parametrize(
    ("part", "whole", "expected"),
    [
        ("12", "34", True),
        ("34", "34", True),
        ("35", "34", False),
        ("NR", "34", False),
        ("12", "NR", False),
        ("1.5", "34", False),
        ("12", "34.5", False),
    ],
)
def test_a_count_out_of_another(part: str, whole: str, expected: bool) -> None:
    assert is_count_of(amount(part), amount(whole)) is expected


@pytest.mark.parametrize(
    ("text", "expected"), [("0", True), ("100", True), ("100.1", False), ("-1", False), ("NR", False), ("45 mg", False)]
)
def test_what_may_be_a_percentage(text: str, expected: bool) -> None:
    assert is_percentage(amount(text)) is expected


@pytest.mark.parametrize(
    ("names", "texts", "expected"),
    [
        (("n", "pct"), ("12", "35.3"), ["n", "pct"]),
        (("n", "pct"), ("1", "<1"), ["n", "bound"]),
        (("n", "pct"), ("1", "≥ 5"), ["n", "bound"]),
        (("n", "pct"), ("1", "~5"), ["n", "pct"]),
        (("p",), ("<0.001",), ["p"]),
        (("median", "ci_low", "ci_high"), ("NR", "12.3", "NE"), ["missing", "ci_low", "ci_high"]),
        (("hr", "ci_low", "ci_high"), ("0.6", "<0.1", ">0.9"), ["hr", "ci_low", "ci_high"]),
        (("hr",), ("NE",), ["hr"]),
    ],
)
def test_a_word_for_a_number_is_missing_and_a_bound_is_no_value(
    names: tuple[str, ...], texts: tuple[str, ...], expected: list[str]
) -> None:
    settled = named(names, [amount(text) for text in texts], "cell")
    assert [s.name for s in settled.statistics] == expected
    assert {s.place for s in settled.statistics} == {"cell"}
    assert settled.reason == ""
