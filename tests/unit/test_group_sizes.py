"""The N that labels print, and rows that prove it."""

from decimal import Decimal

import pytest
from tables_drawn import draw_table

from auditable.group_sizes import find_sizes, is_share, size_in
from auditable.printed_text import POINT


@pytest.mark.parametrize(
    ("label", "number"),
    [
        ("Pd (n = 153)", 153),
        ("All (N=312)", 312),
        ("Isatuximab (n = 18 patients)", 18),
        ("Low SES (N = 2,142)", 2142),
        ("Drug (n = 40), control (n = 41)", 0),  # two groups: neither is the N of the cell
        ("Grade 3", 0),
        ("n (%)", 0),
    ],
)
def test_n_of_a_label(label: str, number: int) -> None:
    assert size_in(label) == number


def test_caption_speaks_for_the_only_column_and_not_for_arms() -> None:
    row = ("Male, n (%)", ["10 (25)"])
    only = find_sizes(draw_table([["", "Patients"]], [row], "Characteristics (n = 40)"), POINT)
    assert only[(0, 0)].proof == "caption: N = 40"
    arms = find_sizes(draw_table([["", "A", "B"]], [("Male", ["10", "9"])], "Characteristics (n = 40)"), POINT)
    assert arms[(0, 0)].number == 0


def test_a_row_that_names_new_groups_gives_the_n_of_the_rows_below_it() -> None:
    rows = [
        ("Headache", ["2 (12.5)", "0 (0.0)"]),
        ("Part 2", ["Placebo (n = 9)", "Drug (n = 8)"]),
        ("Headache", ["1 (11.1)", "1 (12.5)"]),
    ]
    sizes = find_sizes(draw_table([["Part 1", "Placebo (n = 16)", "Drug (n = 6)"]], rows), POINT)
    assert [sizes[(r, c)].number for r in (0, 2) for c in (0, 1)] == [16, 6, 9, 8]
    assert sizes[(2, 0)].proof == "sub-header: n = 9"


def test_a_row_of_sizes_alone_holds_for_its_own_label_only() -> None:
    rows = [
        ("Symptoms, n (%) > Fatigue", ["n = 66"]),
        ("Symptoms, n (%) > Fatigue", ["33 (50.0)"]),
        ("Symptoms, n (%) > Cough", ["17 (25.0)"]),
    ]
    sizes = find_sizes(draw_table([["", "Placebo (n = 68)"]], rows), POINT)
    assert [sizes[(r, 0)].number for r in (1, 2)] == [66, 68]


@pytest.mark.parametrize(
    ("count", "share", "decimals", "total", "fits"),
    [
        (8, "25.0", 1, 32, True),
        (10, "31.3", 1, 32, True),
        (10, "31.2", 1, 32, True),
        (11, "31.3", 1, 32, False),
        (1, "5", 0, 0, False),
    ],
)
def test_share_of_a_total_is_exact(count: int, share: str, decimals: int, total: int, fits: bool) -> None:
    assert is_share(count, Decimal(share), decimals, total) is fits
