"""Printed values in the unit of their variable: exact factors, offsets, and units that are none of the variable's."""

from decimal import Decimal
from fractions import Fraction

import pytest

from auditable.codebook import load_codebook
from auditable.conversions import convert, find_conversion
from auditable.entries import Conversion, Variable


@pytest.mark.parametrize(
    ("variable", "value", "unit", "expected"),
    [
        ("weight", "70.5", "kg", "70.5"),
        ("weight", "3250", "g", "3.25"),
        ("height", "1.74", "m", "174"),
        ("hemoglobin", "101", "g/L", "10.1"),
        ("hemoglobin", "101", "gr/l", "10.1"),
        ("temperature", "98.6", "°F", "37"),
        ("temperature", "212", "°F", "100"),
        ("hba1c", "50", "mmol/mol", "6.726"),
        ("creatinine", "88.42", "μmol/l", "1"),
        ("glucose", "90.08", "mg/dL", "5"),
        ("platelets", "150000", "/µL", "150"),
        ("pfs", "2", "years", "24"),
        ("age", "18", "months", "1.5"),
        ("heart_rate", "72", "/min", "72"),
        ("ecog", "1", "", "1"),
        ("sodium", "13.9", "mmol/dl", "139"),  # the same amount in another volume
        ("potassium", "0.0041", "mEq/mL", "4.1"),
    ],
)
def test_converted(variable: str, value: str, unit: str, expected: str) -> None:
    assert convert(Decimal(value), unit, load_codebook().variables[variable]) == Decimal(expected)


@pytest.mark.parametrize(
    ("variable", "unit"),
    [
        ("weight", ""),  # nothing says what it is
        ("weight", "mg/dL"),
        ("weight", "stone"),
        ("ecog", "%"),
    ],
)
def test_unit_of_something_else_is_not_converted(variable: str, unit: str) -> None:
    assert convert(Decimal(1), unit, load_codebook().variables[variable]) is None


def test_result_without_end_keeps_its_digits() -> None:
    assert convert(Decimal(100), "°F", load_codebook().variables["temperature"]) == Decimal(
        "37.77777777777777777777777778"
    )


GLUCOSE = Variable(
    "glucose",
    "",
    "continuous",
    (),
    unit="mmol/L",
    accepted_units={"mg/dL": Conversion(Fraction(1, 18)), "mM": Conversion(Fraction(1))},
)
SHIFTED = Variable(
    "shifted", "", "continuous", (), unit="g/L", accepted_units={"U/L": Conversion(Fraction(2), Fraction(3))}
)


@pytest.mark.parametrize(
    ("variable", "unit", "factor"),
    [
        (GLUCOSE, "mmol/L", Fraction(1)),
        (GLUCOSE, "mM", Fraction(1)),
        (GLUCOSE, "mg/dL", Fraction(1, 18)),
        (GLUCOSE, "mmol/dL", Fraction(10)),
        (GLUCOSE, "mmol/mL", Fraction(1000)),
        (GLUCOSE, "mg/L", Fraction(1, 180)),
        (GLUCOSE, "mg/mL", Fraction(100, 18)),
        (GLUCOSE, "mmol/kg", None),
        (GLUCOSE, "mmol", None),
        (GLUCOSE, "mol/L", None),
        (GLUCOSE, "/L", None),
        (SHIFTED, "g/dL", Fraction(10)),
        (SHIFTED, "U/dL", None),  # what is shifted is no mere multiple in another volume
    ],
)
def test_the_same_amount_in_another_volume_is_a_multiple(
    variable: Variable, unit: str, factor: Fraction | None
) -> None:
    how = find_conversion(unit, variable)
    assert (how and how.factor) == factor
    assert how is None or how.offset == 0


def test_an_offset_is_added_behind_the_factor() -> None:
    assert convert(Decimal(5), "U/L", SHIFTED) == Decimal(13)


def test_without_a_printed_unit_only_a_number_that_has_none_is_taken() -> None:
    assert convert(Decimal(5), "", SHIFTED) is None
    assert convert(Decimal(5), "", Variable("score", "", "continuous", ())) == Decimal(5)
    assert convert(Decimal(5), "g/L", Variable("score", "", "continuous", ())) is None
