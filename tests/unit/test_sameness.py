import pytest

from auditable.sameness import is_close_label, is_same_number, is_same_tail, label_key, missing_key, unit_key, value_key


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Median (range)", "median  (range)"),
        ("≥ 75 years, n (%)", ">=75 years, n (%)"),
        ("⩾75 years", "≥75 years"),
        ("65–74 years", "65-74 years"),
        ("65−74 years", "65—74 years"),
        ("Isatuximab QW/ Q2W (N = 32)", "Isatuximab QW/Q2W (N=32)"),
        ("Stage* > I†", "Stage > I"),
        ("mL/min/1.73 m²", "mL/min/1.73 m2"),
        ("Patient’s age", "Patient's age"),
        ("ﬁrst line", "first line"),
    ],
)
def test_labels_that_differ_in_print_only_have_one_key(first: str, second: str) -> None:
    assert label_key(first) == label_key(second)


@pytest.mark.parametrize(
    ("first", "second"),
    [("< 70", "> 70"), ("Stage I", "Stage II"), ("N = 32", "N = 31"), ("CR", "sCR"), ("A* B", "A B")],
)
def test_labels_that_mean_other_things_have_other_keys(first: str, second: str) -> None:
    assert label_key(first) != label_key(second)


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("< 1", "<1", True),
        ("<= 1", "≤1", True),
        ("1,234", "1234", True),
        ("12,345,678.5", "12345678.5", True),
        ("−1.2", "-1.2", True),
        (" 10 ", "10", True),
        ("high- risk", "high-risk", True),
        ("100.0", "100", False),
        ("1,23", "123", False),
        ("0.05", "0.5", False),
        ("<1", "1", False),
        ("M", "m", False),
        ("–", "0", False),
        ("", "0", False),
    ],
)
def test_values_are_the_same_as_printed(first: str, second: str, same: bool) -> None:
    assert (value_key(first) == value_key(second)) is same


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [("month", "months", True), ("mL/min", "ml / min", True), ("months", "weeks", False), ("g/dL", "g/L", False)],
)
def test_units(first: str, second: str, same: bool) -> None:
    assert (unit_key(first) == unit_key(second)) is same


@pytest.mark.parametrize(
    ("text", "key"),
    [("NR", "nr"), ("not reached", "nr"), ("NR*", "nr"), ("N/A", "na"), ("–", "-"), ("dash", "-"), ("NE", "ne")],
)
def test_words_for_a_missing_value(text: str, key: str) -> None:
    assert missing_key(text) == key


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("100.0", "100", True),
        ("<1", "< 1.0", True),
        ("<1", "1", False),
        ("100", "101", False),
        ("M", "M", False),
        ("", "", False),
    ],
)
def test_one_number_in_two_prints(first: str, second: str, same: bool) -> None:
    assert is_same_number(first, second) is same


@pytest.mark.parametrize(
    ("first", "second", "close"),
    [
        ("Creatinine clearance", "Creatinlne clearance", True),
        ("Age > Median (range)", "Age > Medlan (range)", True),
        ("Patient > I", "Patient > II", False),
        ("≥75 years, n (%)", "<75 years, n (%)", False),
        ("65–74 years", "65–75 years", False),
        ("Refractory to last line", "Refractory to Dara", False),
        ("VGPR", "≥VGPR", False),
        ("Age > Median (range)", "Age >Medlan (range)", True),
        ("Age > Median (range)", "Sex >Female", False),
    ],
)
def test_labels_that_may_be_one(first: str, second: str, close: bool) -> None:
    assert is_close_label(first, second) is close


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("Any AE", "Adverse events > Any AE", True),
        ("Safety > Adverse events > Any AE", "Adverse events > any AE", True),
        ("Any AE", "Any AE", True),
        ("Adverse events > Any AE", "Serious events > Any AE", False),
        ("Adverse events", "Adverse events > Any AE", False),
    ],
)
def test_paths_that_differ_in_outer_levels(first: str, second: str, same: bool) -> None:
    assert is_same_tail(first, second) is same
