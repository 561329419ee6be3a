"""Units in labels: one row per way of printing them."""

import pytest

from auditable.units import find_unit, is_unit, normal_unit


@pytest.mark.parametrize(
    ("label", "unit"),
    [
        ("Age (years)", "years"),
        ("Age, years", "years"),
        ("Age — yr", "yr"),
        ("Age in years, mean (SD)", "years"),
        ("Age, mean (SD), y", "y"),
        ("Age, (years) median (range)", "years"),
        ("Weight, kg", "kg"),
        ("Hb gr/L, median (IQR)", "gr/L"),
        ("LDH, U/L", "U/L"),
        ("eGFR (mL/min/1.73 m²)", "mL/min/1.73 m²"),
        ("platelets ×10⁹/L", "×10⁹/L"),
        ("Body mass index (kg m−2)", "kg m−2"),
        ("Body mass index, mean (SD), kg/m2", "kg/m2"),
        ("Respiration rate (/min)—median (range)", "/min"),
        ("Creatinine (μmol/l)—median (range)", "μmol/l"),
        ("Median time from diagnosis to first dose, years (range)", "years"),
        ("Time since diagnosis (months)", "months"),
        ("ORR (% pts)", "% pts"),
        # no units
        ("Sex (M/F)", ""),
        ("Anaemia (Y/N)", ""),
        ("Reason (Tox/PD/Other)", ""),
        ("<65 years", ""),
        ("65–74 years", ""),
        ("Overall survival at 5 years", ""),
        ("Number of therapies", ""),
        ("Stage, III", ""),
        ("Score (0–6)", ""),
    ],
)
def test_unit_of_a_label(label: str, unit: str) -> None:
    assert find_unit(label) == unit


@pytest.mark.parametrize(
    ("printed", "normal"),
    [
        ("yr", "years"),
        ("gr/L", "g/L"),
        ("×10⁹/L", "10^9/L"),
        ("x109/L", "10^9/L"),
        ("mm Hg", "mmHg"),
        ("μmol/l", "umol/L"),
        ("%", "%"),
        ("meter", "m"),
        ("millimetre", "mm"),
        ("M/F", ""),
        ("12", ""),
    ],
)
def test_normal_form(printed: str, normal: str) -> None:
    assert normal_unit(printed) == normal
    assert is_unit(printed) == bool(normal)
