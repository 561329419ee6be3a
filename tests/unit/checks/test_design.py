"""agreement.design: one thing with two numbers is asked about, two things with a number each are not."""

from __future__ import annotations

import pytest
from hand_made import HandMadePaper

RULE = "agreement.design"
ACCOUNT = (
    "The trial was done in nine clinics.",
    "All participants gave consent.",
    "Allocation was concealed.",
    "A nurse kept the list.",
    "The ethics board agreed.",
)
"""A plain account of methods, long enough to be a full one."""


def verdicts(before: str, methods: str, behind: str = "", last: str = "") -> list[str]:
    """Of a paper that says this in its abstract, methods, results and discussion."""
    paper = (
        HandMadePaper().read(*_parts(before), section="Abstract").read(*_parts(methods), *ACCOUNT, section="Methods")
    )
    paper.read(*_parts(behind), section="Results").read(*_parts(last), section="Discussion")
    return [v for v in paper.verdicts(RULE) if v != "consistent"]


def _parts(text: str) -> list[str]:
    return [part for part in text.split(" | ") if part]


@pytest.mark.parametrize(
    ("before", "methods", "behind", "last"),
    [
        (
            "Patients received sovarin (15 mg once daily) or placebo.",
            "Sovarin was taken at a dose of 25 mg once daily.",
            "",
            "Sovarin at a daily dose of 15 mg lowered the risk.",
        ),
        ("Patients received sovarin 15 mg or placebo.", "Patients received 25 mg of sovarin.", "", ""),
        ("Women were given ABC-123 1.2 mg/kg.", "They were given ABC-123 at 1.8 mg/kg.", "", ""),
        (
            "Nurses gave up to eight sessions.",
            "Nurses offered up to twelve sessions.",
            "Up to eight sessions were kept.",
            "",
        ),
        ("A trial in children aged 2 to 59 months.", "We enrolled children aged 2 to 95 months.", "", ""),
        ("A trial among adults aged 18 to 65 years.", "Adults of 21 to 65 years of age were eligible.", "", ""),
        (
            "Adults with a systolic pressure of 130 mm Hg or higher were recruited.",
            "Eligible adults had a systolic pressure of at least 140 mm Hg.",
            "",
            "",
        ),
        ("We recruited men with a PHQ-9 score of 15 or more.", "Eligible men had a PHQ-9 score of 10 or more.", "", ""),
        (
            "Anaemia was frequent.",
            "Anaemia was defined as a haemoglobin below 110 g/L.",
            "Anaemia (haemoglobin below 120 g/L) was found in many.",
            "",
        ),
        ("Nurses visited the homes every 6 weeks.", "Nurses visited the homes every 12 weeks.", "", ""),
        ("Aims.", "Nurses visited the homes every 6 weeks.", "", "Visits every 12 weeks lowered the pressure."),
        (
            "Opioids dispensed in the preceding 90 days counted.",
            "Opioids had been dispensed within 60 days before.",
            "",
            "",
        ),
        (
            "The margin was a non-inferiority margin of 10%.",
            "A non-inferiority margin of 5 percentage points was set.",
            "",
            "",
        ),
        ("The primary outcome was pain at 12 weeks.", "The primary outcome was pain at 16 weeks.", "", ""),
        ("The primary outcome was pain at forty weeks.", "The primary outcome was pain at 13 weeks.", "", ""),
        ("Patients took sovarin 15 mg b.i.d.", "Patients took sovarin 25 mg twice daily.", "", ""),
        ("Parents were telephoned at 6 weeks.", "All parents were telephoned at 4 weeks.", "", ""),
    ],
)
def test_two_numbers_for_one_thing_are_asked_about(before: str, methods: str, behind: str, last: str) -> None:
    assert verdicts(before, methods, behind, last) == ["not testable"]


DOSES = [
    # several doses, each an arm of its own
    (
        "Patients took sovarin 15 mg or 25 mg.",
        "Sovarin 15 mg or sovarin 25 mg was given.",
        "With sovarin 25 mg pain fell.",
        "",
    ),
    ("Patients took sovarin 25 mg.", "Sovarin 15 mg, 25 mg or placebo was given.", "", "Sovarin 25 mg works."),
    (
        "Patients took sovarin 25 mg.",
        "Doses of 15, 25 or 50 mg were on offer. | All had taken sovarin 50 mg for a day.",
        "",
        "Sovarin 25 mg works.",
    ),
    # a change of dose
    ("Patients took sovarin 25 mg.", "Sovarin was started at 10 mg and titrated.", "Most took sovarin 25 mg.", ""),
    ("Patients took sovarin 15 mg.", "Sovarin was taken at 15 mg.", "Sovarin was reduced to 10 mg in four.", ""),
    (
        "Patients took sovarin 15 mg.",
        "Sovarin 15 mg was the maintenance dose.",
        "A loading dose of sovarin 45 mg was given.",
        "",
    ),
    ("Patients took sovarin 200 mg.", "Sovarin 600 mg was the loading dose.", "", "Sovarin 200 mg works."),
    # another study's dose
    (
        "Patients took sovarin 15 mg.",
        "Sovarin was taken at 15 mg.",
        "",
        "In a previous trial sovarin 40 mg was given [12].",
    ),
    ("Patients took sovarin 15 mg.", "Sovarin was taken at 15 mg.", "", "Guidelines list sovarin 20 mg."),
    (
        "Patients took sovarin 15 mg.",
        "Sovarin was taken at 15 mg.",
        "",
        "Doses such as sovarin 30 mg might work better.",
    ),
    # per day and per taking
    ("Patients took sovarin 30 mg per day.", "Sovarin 15 mg was taken twice daily.", "", "Sovarin 30 mg works."),
    ("Patients took sovarin 30 mg.", "Sovarin 15 mg was taken morning and evening.", "", "Sovarin 30 mg works."),
    ("Patients took sovarin 70 mg per week.", "Sovarin 10 mg was taken once daily.", "", ""),
    # tablets, groups of patients, other drugs with the name near
    ("Patients took sovarin 45 mg.", "Patients received 15-mg tablets of sovarin.", "", "Sovarin 45 mg works."),
    ("Patients took sovarin 15 mg.", "Sovarin 15 mg was taken.", "Those older than 75 years took sovarin 10 mg.", ""),
    ("Patients took sovarin 15 mg.", "Sovarin 15 mg was taken.", "Those with renal impairment took sovarin 5 mg.", ""),
    (
        "Patients took sovarin 15 mg.",
        "Patients took sovarin 15 mg with metarol 500 mg.",
        "Metarol 850 mg or more was used.",
        "",
    ),
    ("Patients took prednisone 40 mg.", "We excluded patients on prednisone 10 mg or more.", "", ""),
    # units of the same dose
    ("Patients took sovarin 1 g.", "Sovarin 1000 mg was taken.", "", "Sovarin 1 g works."),
    # two ways
    ("Patients got sovarin 500 mg orally.", "Sovarin 400 mg intravenously or sovarin 500 mg orally was given.", "", ""),
    # a level in the blood
    ("Ferritin 30 ng/mL was rare.", "Ferritin 15 ng/mL was the limit of the assay.", "Ferritin 30 ng/mL was rare.", ""),
    ("Glucose 126 mg/dL was seen.", "Patients with glucose 200 mg/dL were told.", "Glucose 126 mg/dL was seen.", ""),
]


ENTRY = [
    ("Adults aged 18 years or older were enrolled.", "We enrolled adults aged 18 to 75 years.", "", ""),
    (
        "A trial in children aged 2 to 59 months.",
        "We enrolled children aged 2 to 59 months.",
        "In children aged 2 to 11 months it failed.",
        "",
    ),
    ("Children of 5 to 9 years did best.", "We enrolled children aged 2 to 16 years.", "", ""),
    (
        "A trial in women aged 40 years or older.",
        "Cases were aged 40 years or more; controls aged 45 years or more.",
        "",
        "",
    ),
    (
        "A trial in adults aged 65 years or older.",
        "Nurses aged 21 years or older gave care. | We enrolled adults of 65 years.",
        "",
        "",
    ),
    ("A trial in infants aged 6 to 24 months.", "We enrolled infants of 26 to 104 weeks of age.", "", ""),
    (
        "Adults with a systolic pressure of 140 mm Hg or higher were recruited.",
        "Eligible adults had a systolic pressure of at least 140 mm Hg (130 mm Hg with diabetes).",
        "With a systolic pressure of at least 160 mm Hg more gained.",
        "",
    ),
    (
        "Adults with a systolic pressure of 140 mm Hg or higher were recruited.",
        "Control was defined as a systolic pressure below 130 mm Hg. | We recruited adults with hypertension.",
        "",
        "",
    ),
    (
        "Remission, defined as a PHQ-9 score below 5, was frequent.",
        "Patients with a PHQ-9 score of 10 or more were eligible.",
        "",
        "",
    ),
    (
        "Obese adults (body-mass index 30 kg/m² or higher) were enrolled.",
        "Obesity was defined as an index of at least 30 kg/m². | Eligible adults had an index of 27 kg/m² or more.",
        "",
        "",
    ),
    (
        "Albumin below 30 g/L was seen in 20%.",
        "Hypoalbuminaemia was defined as an albumin below 35 g/L.",
        "Hypoalbuminaemia was seen in 40%. | Albumin was below 30 g/L in 20%.",
        "",
    ),
    (
        "Patients with a PHQ-9 score of 10 or more were enrolled.",
        "Those with a GAD-7 score of 8 or more stayed out. | Eligible men had a PHQ-9 score of 10 or more.",
        "",
        "",
    ),
    (
        "Patients with an ejection fraction below 40% were enrolled.",
        "Patients with an ejection fraction of 40% or less were enrolled.",
        "",
        "",
    ),
]


TIMES = [
    (
        "Nurses gave up to eight sessions.",
        "Nurses gave up to eight sessions. | Controls had up to twelve sessions.",
        "",
        "",
    ),
    ("Patients had up to six cycles.", "Patients had up to six cycles.", "A median of four cycles was given.", ""),
    ("Patients had up to six cycles.", "Patients had up to six cycles.", "All four cycles were given to nine.", ""),
    (
        "Nurses visited every 6 weeks.",
        "Nurses visited every 6 weeks until week 24 and every 12 weeks from then on.",
        "",
        "Visits every 12 weeks were kept.",
    ),
    ("Nurses visited every 6 weeks.", "Nurses visited every 6 weeks.", "", "Visits every 12 weeks might suffice."),
    ("Nurses visited every 6 weeks.", "Nurses visited every 6 weeks. | Tumours were assessed every 8 weeks.", "", ""),
    ("Patients were telephoned every 2 weeks.", "Patients visited the clinic every 3 months.", "", ""),
    (
        "Opioids dispensed in the preceding 90 days counted.",
        "Statins dispensed within 30 days before and opioids dispensed within 90 days before counted.",
        "",
        "",
    ),
    (
        "A margin of 10% was used.",
        "The non-inferiority margin of 10 percentage points was used.",
        "A stricter margin of 5% was met too.",
        "",
    ),
    ("A margin of 10% was used.", "A margin of error of 3% was assumed. | The margin was 10%.", "", ""),
    (
        "The primary outcome was pain at 12 weeks.",
        "The primary outcome was pain at 12 weeks. | Pain at 52 weeks was secondary.",
        "",
        "",
    ),
    ("The primary outcome was pain at 3 months.", "The primary outcome was pain at 12 weeks.", "", ""),
    (
        "The primary outcome was pain at 12 weeks.",
        "The primary outcome was pain over time.",
        "The primary outcome occurred in 12% at 24 weeks.",
        "",
    ),
    (
        "Main outcome measures were pain at 6 weeks and function at 12 weeks.",
        "The primary outcome was pain at 6 weeks.",
        "",
        "",
    ),
    (
        "Parents were telephoned at 4 weeks.",
        "Parents were telephoned at 4 and at 12 weeks.",
        "Parents telephoned at 12 weeks were content.",
        "",
    ),
    ("Patients were followed for 2 years.", "Patients were followed for 24 months.", "", ""),
    ("Doses were given every 8 weeks.", "Doses were given every 4 weeks for three doses, then every 8 weeks.", "", ""),
    ("Infusions every 4 weeks were used.", "Infusions were given every month.", "", ""),
]


@pytest.mark.parametrize(("before", "methods", "behind", "last"), [*DOSES, *ENTRY, *TIMES])
def test_two_things_with_a_number_each_are_not(before: str, methods: str, behind: str, last: str) -> None:
    assert verdicts(before, methods, behind, last) == []


def test_without_a_full_account_of_methods_nothing_is_said() -> None:
    paper = HandMadePaper().read("Patients took sovarin 15 mg.", section="Abstract")
    paper.read("Patients took sovarin 25 mg.", section="Methods").read("Sovarin 15 mg works.", section="Discussion")
    assert paper.verdicts(RULE) == []


def test_a_dose_in_the_head_of_a_table_stands_elsewhere() -> None:
    paper = HandMadePaper().read("Patients took sovarin 15 mg.", section="Abstract")
    paper.read("Patients took sovarin 25 mg.", *ACCOUNT, section="Methods")
    paper.row("Nausea > Sovarin 15 mg", n="4").row("Nausea > Sovarin 25 mg", n="5")
    assert paper.verdicts(RULE) == []
