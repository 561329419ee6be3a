"""What the form of a text alone says: whether it goes on, whether it is the rest of another."""

import pytest

from auditable.cell_forms import is_open, is_rest, name_columns


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Age", False),
        ("12 (30.0)", False),
        ("12 [3–20]", False),
        ("12 (3–", True),
        ("12 [3–", True),
        ("12 (30.0) [3–", True),
        ("Age, years,", True),
        ("Bone marrow and", True),
        ("Creatinine clearance ≥", True),
    ],
)
def test_a_text_goes_on_behind_an_open_bracket_or_end(text: str, expected: bool) -> None:
    assert is_open(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Age", False),
        ("12 (30.0)", False),
        ("(30.0)", True),
        ("[3–20]", True),
        ("± 3", True),
        ("20)", True),
        ("20]", True),
    ],
)
def test_a_text_that_opens_or_closes_a_bracket_is_the_rest_of_another(text: str, expected: bool) -> None:
    assert is_rest(text) is expected


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["n (%)", "Median (Min, Max)"], True),
        (["M (SD)", "M (SD)"], True),
        (["n (%)", "Female"], False),
        (["n", "n"], False),
        (["12", "13"], False),
        ([], False),
    ],
)
def test_a_row_that_only_says_what_its_columns_hold(texts: list[str], expected: bool) -> None:
    assert name_columns(texts) is expected
