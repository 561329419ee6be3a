"""A paper for the rules on words and units, right or wrong: test_run_checks.py runs every cases_*.py."""

from hand_made import HandMadePaper

COVERS = (
    "agreement.definition",
    "agreement.design",
    "date.order",
    "eligibility.vs_baseline",
    "unit.convert",
    "unit.dimension",
    "unit.missing",
    "unit.mixed",
    "unit.plausible",
)
"""Rules that pass in the right paper and fail in the wrong one."""


def write(paper: HandMadePaper, is_wrong: bool) -> None:
    """A paper that touches these rules; each choice names the right number first, then the wrong one."""

    def either(right: str, wrong: str) -> str:
        return wrong if is_wrong else right

    paper.read("Patients took melphalan, prednisone and thalidomide (MPT).", section="Methods")
    third = either("thalidomide", "bortezomib")
    paper.read(f"MPT, melphalan with prednisone and {third}; VAS, visual analogue scale.", section="T21", source="note")
    paper.read(f"One patient stayed for {either('26', '90')} weeks ({either('6.0', '22.5')} months).")
    paper.row("Height (cm)", table="T22", unit="cm", variable="height", mean=either("168.5", "1.685"))
    paper.row("Body mass index", table="T22", unit=either("kg/m²", "cm"), variable="bmi", mean="27.4")
    paper.row("Creatinine", table="T23", unit=either("mg/dL", ""), variable="creatinine", median="1.25")
    paper.read("Patients aged 18–75 years were eligible.", section="Methods")
    paper.row("Age (years)", table="T24", unit="years", variable="age", median="61", max=either("75", "78"))
    paper.read("Creatinine ≥ 1.35 mg/dL was a risk.", f"Creatinine < 1.35 {either('mg/dL', 'µmol/L')} was none.")
    paper.read(f"They were enrolled between 3 May 2018 and 30 June {either('2019', '2017')}.", section="Methods")
    account = (
        "The trial was done in nine clinics.",
        "A nurse kept the list.",
        "All gave consent.",
        "The board agreed.",
    )
    paper.read("Adults took sovarin (15 mg once daily) or placebo.", section="Abstract")
    paper.read(f"Sovarin was taken at {either('15', '25')} mg once daily.", *account, section="Methods")
