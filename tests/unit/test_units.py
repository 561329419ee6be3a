"""Units in labels: one row per way of printing them."""

from pathlib import Path

import pytest

from auditable import units
from auditable.model import AuditableError
from auditable.units import find_unit, is_unit, load_lexicon, normal_unit, strip_units


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
        ("Months", "Months"),
        ("g/dL, mean (SD)", "g/dL"),
        ("Age (Years)", "Years"),
        ("PFS, Months", "Months"),
        ("CD4 Cells", ""),
        ("Mean weight kg", "kg"),
        ("Median months", "months"),
        ("Dose in mg", "mg"),
        ("Time to event in a year", ""),
        ("Volume mm Hg", "mm Hg"),
        ("Body surface m²", "m²"),
        ("Age [years]", "years"),
        ("Dose [mg (range)]", ""),
        ("Dose (mean) [mg]", "mg"),
        ("Albumin; g/L", "g/L"),
        ("Weight: kg", "kg"),
        ("eGFR mL/min/1.73 m²", "mL/min/1.73 m²"),
        # no units
        ("Kg", ""),
        ("%", ""),
        ("Survival at 2 years", ""),
        ("Last 3 months", ""),
        ("Change %", ""),
        ("Event within 2 yr", ""),
        ("Body area in mm² of m²", "m²"),
        ("Urine, mg per day", "mg per day"),
        ("Clearance mL/min per m²", "mL/min per m²"),
        ("Vitamin D", ""),
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
        ("Years", "years"),
        ("MONTHS", "months"),
        ("MG", ""),
        ("Patients", ""),
        ("gr/L", "g/L"),
        ("×10⁹/L", "10^9/L"),
        ("x109/L", "10^9/L"),
        ("mm Hg", "mmHg"),
        ("μmol/l", "umol/L"),
        ("%", "%"),
        ("meter", "m"),
        ("millimetre", "mm"),
        ("kg m-2", "kg/m2"),
        ("mg/kg", "mg/kg"),
        ("mL/min/1·73 m²", "mL/minutes/1.73m2"),
        ("ml/min/1.73 m^2", "mL/minutes/1.73m2"),
        ("/min", "/minutes"),
        ("beats/min", "bpm/minutes"),
        ("cells/mm3", "cells/mm3"),
        ("x10⁹/L", "10^9/L"),
        ("10^9 / L", "10^9/L"),
        ("10³/µL", "10^3/uL"),
        ("x 1012/L", "10^12/L"),
        ("mg per day", "mg/days"),
        ("ng·h/mL", "ng/hours/mL"),
        ("ng.h/mL", "ng/hours/mL"),
        ("M/F", ""),
        ("kg/cm-3", "kg/cm-3"),
        ("10^9", ""),
        ("m^4", ""),
        ("10/12", ""),
        ("mg/stone", ""),
        ("/F", ""),
        ("", ""),
        ("12", ""),
    ],
)
def test_normal_form(printed: str, normal: str) -> None:
    assert normal_unit(printed) == normal
    assert is_unit(printed) == bool(normal)


@pytest.mark.parametrize(
    ("printed", "other"), [("cGy", "Gy"), ("MBq", "GBq"), ("mIU", "IU"), ("dL", "L"), ("nM", "µM")]
)
def test_units_that_differ_by_a_factor_are_two(printed: str, other: str) -> None:
    assert is_unit(printed)
    assert is_unit(other)
    assert normal_unit(printed) != normal_unit(other)


@pytest.mark.parametrize(
    ("label", "stripped"),
    [
        ("Age (years)", "Age"),
        ("Age, years", "Age"),
        ("Age in years, mean (SD)", "Age , mean (SD)"),
        ("Hb gr/L, median (IQR)", "Hb , median (IQR)"),
        ("Weight — kg", "Weight"),
        ("Sex (M/F)", "Sex (M/F)"),
        ("Dose (mg) of mg tablets", "Dose of mg tablets"),
        ("Dose [mg]", "Dose"),
    ],
)
def test_a_label_without_its_unit(label: str, stripped: str) -> None:
    assert strip_units(label) == stripped


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("units: {}\nfactors: []", "found units, factors"),
        ("units: {}\nfactors: []\nshort: []\nlong: []", "found units, factors, short, long"),
        ("[1, 2]", "found list"),
        ("units: {kg: [K], K: [kelvin]}\nfactors: []\nshort: []", "found K and kg"),
        ("units: {kg: [k], mg: [k]}\nfactors: []\nshort: []", "found kg and mg"),
        ("units: {mg: [k], kg: [k]}\nfactors: []\nshort: []", "found mg and kg"),
    ],
)
def test_a_lexicon_of_another_shape_or_with_two_meanings_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, said: str
) -> None:
    monkeypatch.setattr(units, "LEXICON_PATH", tmp_path / "units.yaml")
    (tmp_path / "units.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(AuditableError) as error:
        load_lexicon.__wrapped__()
    assert said in str(error.value)
    assert "units.yaml" in str(error.value)


def test_a_lexicon_knows_every_printed_form(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(units, "LEXICON_PATH", tmp_path / "units.yaml")
    (tmp_path / "units.yaml").write_text("units: {kg: [kilo gram, Kg]}\nfactors: [x10]\nshort: [g]", encoding="utf-8")
    assert load_lexicon.__wrapped__() == ({"kg": "kg", "kilogram": "kg", "Kg": "kg"}, {"x10"}, {"g"})
