"""A sentence in, and for each of its numbers whom it speaks of: arm, part, patient, time point, study."""

from dataclasses import asdict

import pytest

from auditable.asides import blank_asides, find_asides
from auditable.mentions import name_statistics
from auditable.prose_arms import know_arms
from auditable.prose_times import reject_times
from auditable.quantities import find_quantities
from auditable.whom import Knowledge, Whom, find_whom

DRUG, CONTROL = "Semaglutide 1.0 mg", "Placebo"
TWO = (DRUG, CONTROL)
THREE = ("Low dose", "High dose", "Sham")

# sentence, arms of the tables, field, its value for each number in order
BOUND = (
    ("Rash was as rare as with placebo (3% vs 4%).", TWO, "arm", (DRUG, CONTROL)),
    # A number with words of its own is not of the arm the next one names.
    ("Disease was seen in 23 vaccinees and 76 placebo recipients (4.2 vs 14.0).", TWO, "arm", ("", CONTROL, "", "")),
    ("Pain was felt by 60.7% of vaccinees and 17.0% of placebo recipients.", TWO, "arm", ("", CONTROL)),
    (
        "Stay was 72 h with hypertonic and 71 h with normal saline.",
        ("Hypertonic saline", "Normal saline"),
        "arm",
        ("", "Normal saline"),
    ),
    ("Fever was seen in 12% of patients and 8% of those on placebo.", TWO, "arm", ("", CONTROL)),
    ("Semaglutide gave 12% and later 14%; for Basal the figures were 8% and 9%.", TWO, "arm", (DRUG, DRUG, "", "")),
    ("Weight fell by 6.5 kg with semaglutide versus 1.2 kg with placebo.", TWO, "arm", (DRUG, CONTROL)),
    (
        "Nausea was seen in 62% and 20% of the semaglutide and placebo groups, respectively.",
        TWO,
        "arm",
        (DRUG, CONTROL),
    ),
    ("Nausea was more common with semaglutide than with placebo (20% vs 8%).", TWO, "arm", (DRUG, CONTROL)),
    ("It occurred in 12 patients receiving semaglutide and in 5 receiving placebo.", TWO, "arm", (DRUG, CONTROL)),
    ("Mean age was 61 years in the placebo group and 62 years in the semaglutide group.", TWO, "arm", (CONTROL, DRUG)),
    ("Both groups had a mean age of 60 years.", TWO, "arm", ("",)),
    ("It was reported in 12% of the intervention group and 14% of the control group.", TWO, "arm", (DRUG, CONTROL)),
    ("Of 301 patients, 154 were assigned to semaglutide and 147 to placebo.", TWO, "arm", ("", DRUG, CONTROL)),
    ("Rates were 12% (semaglutide) and 8% (placebo).", TWO, "arm", (DRUG, CONTROL)),
    ("Semaglutide 12%, placebo 8%.", TWO, "arm", (DRUG, CONTROL)),
    ("Medians were 11.5 months vs 6.5 months for semaglutide and placebo.", TWO, "arm", (DRUG, CONTROL)),
    ("Response was higher with semaglutide (45.7% vs 1.5%).", TWO, "arm", (DRUG, CONTROL)),
    ("Semaglutide cut deaths compared with placebo (hazard ratio 0.80).", TWO, "arm", ("",)),
    ("The difference between semaglutide and placebo was 3.5 kg.", TWO, "arm", ("",)),
    (
        "Fever was seen in 20% on semaglutide and 8% on placebo, and chills in 9% and 4%.",
        TWO,
        "arm",
        (DRUG, CONTROL) * 2,
    ),
    ("Sixty patients stopped treatment after a reaction due to placebo.", TWO, "arm", ("",)),
    ("Pain fell by 2, 3 and 1 points with low dose, high dose and sham, respectively.", THREE, "arm", THREE),
    ("Responders numbered 12, 19 and 25 in groups A, B and C, respectively.", ("A", "B", "C"), "arm", ("A", "B", "C")),
    ("Deaths were 3 in the metformin group and 5 in the insulin group.", (), "arm", ("metformin", "insulin")),
    ("The response rate was 40%.", TWO, "arm", ("",)),
    ("In frail patients, the response rate was 51% versus 68% in fit patients.", (), "subgroup", ("frail", "fit")),
    ("Among those given rituximab it was 72.7%.", (), "subgroup", ("given rituximab",)),
    ("The rate was 58% in patients with prior surgery.", (), "subgroup", ("prior surgery",)),
    ("Relapse was seen in 12.4% of women and 7.1% of men.", (), "subgroup", ("women", "men")),
    ("Asthma was more common in men than in women (42% vs 29%).", (), "subgroup", ("men", "women")),
    ("Survival was 74% and 31% in low- and high-risk patients.", (), "subgroup", ("low-risk", "high-risk")),
    ("The proportion of patients with fever was 30%.", (), "subgroup", ("",)),
    ("Renal function was adequate (clearance ≥ 60 mL/min) in 70%.", (), "subgroup", ("",)),
    ("Overall, 36% of treated patients responded.", (), "subgroup", ("",)),
    ("Median pain: 4.2 points (Semaglutide 1.0 mg) vs 3.1 points (Placebo).", TWO, "arm", (DRUG, CONTROL)),
    ("Patients who received semaglutide lost 6 kg, those who received placebo 1 kg.", TWO, "arm", (DRUG, CONTROL)),
    ("Semaglutide reduced the score by 8.2 points versus placebo.", TWO, "arm", ("",)),
    ("There were 8 cases among semaglutide recipients and 162 among placebo recipients.", TWO, "arm", (DRUG, CONTROL)),
    ("The survey was completed by 97 semaglutide and 105 placebo patients.", TWO, "arm", (DRUG, CONTROL)),
    ("Two placebo groups were formed.", TWO, "arm", ("",)),
    (
        "Semaglutide prolonged survival (hazard ratio 0.76), to 25 months from 18 months.",
        TWO,
        "arm",
        ("", DRUG, CONTROL),
    ),
    ("It was seen in 40% of carriers and 25% of non-carriers.", (), "subgroup", ("carriers", "non-carriers")),
    (
        "The rate was 67% in three patients with ≥150 cells against 37% in 16 with <150 cells.",
        (),
        "subgroup",
        ("≥150 cells", "", "<150 cells", ""),
    ),
    (
        "The rate was 70% in frail patients and 44% in fit patients (p = 0.06).",
        (),
        "subgroup",
        ("frail", "fit", "frail vs fit"),
    ),
    ("It was 70% in frail patients, 44% in fit patients (p = 0.06 vs controls).", (), "subgroup", ("frail", "fit", "")),
    ("Ten percent reached a complete response with negative MRD.", (), "subgroup", ("complete response",)),
    ("It was missing for seven participants.", (), "subgroup", ("",)),
    (
        "Deaths were 12 in the semaglutide group and 15 in the placebo group within 28 days.",
        TWO,
        "timepoint",
        ("28 days", "28 days"),
    ),
    ("Semaglutide lowered the risk of stroke by 21% compared with placebo.", TWO, "arm", ("",)),
    ("Remission was 2.1 times more likely with semaglutide.", TWO, "arm", ("",)),
    ("Three patients had an allergic reaction to placebo.", TWO, "arm", ("",)),
    ("The semaglutide group lost 6 kg; the other group lost 1 kg.", TWO, "arm", (DRUG, CONTROL)),
    ("Compared with placebo, semaglutide gave a response in 41% versus 19%.", TWO, "arm", (DRUG, CONTROL)),
    ("It was 54% on semaglutide and 28% on placebo; in frail people, 52% and 34%.", TWO, "arm", (DRUG, CONTROL) * 2),
    (
        "It was 54% on semaglutide and 28% on placebo; mild and severe in 9% and 4%.",
        TWO,
        "arm",
        (DRUG, CONTROL, "", ""),
    ),
    ("There were 8 cases among nurses and 162 among doctors on placebo.", TWO, "arm", ("", CONTROL)),
    ("Age ≥ 70 years was associated with shorter survival (HR 1.8).", (), "subgroup", ("Age ≥ 70 years",)),
    ("High-risk cytogenetics predicted shorter survival (HR 2.4).", (), "subgroup", ("High-risk cytogenetics",)),
    ("Neither sex (HR 1.02) nor smoking (HR 1.11) predicted death.", (), "subgroup", ("sex", "smoking")),
    ("Semaglutide was associated with a lower mortality (HR 0.8).", TWO, "subgroup", ("",)),
    ("Age, sex and stage predicted death (HR 1.4).", (), "subgroup", ("",)),
    ("Mortality was associated with frailty (HR 1.4).", (), "subgroup", ("",)),
    (
        "Low albumin brought a high risk of pain (OR 9.6) but not of death (OR 2.0).",
        (),
        "subgroup",
        ("Low albumin", "Low albumin"),
    ),
    (
        "With albumin ≥ 35 g/L, survival was 30 months; below it, 12 months.",
        (),
        "subgroup",
        ("albumin ≥ 35 g/L", "albumin < 35 g/L"),
    ),
    (
        "Beyond 6 months the rate was 62%, against 31% for shorter gaps.",
        (),
        "subgroup",
        ("> 6 months", "shorter gaps"),
    ),
    ("Patients with diabetes had a response rate of 40%.", (), "subgroup", ("diabetes",)),
    ("Patients with diabetes were enrolled in 12 centres.", (), "subgroup", ("",)),
    ("Patients I and III each received 6 cycles.", (), "patient", ("I; III",)),
    ("The level was 12 ng/mL in case 2 and 8 ng/mL in case 3.", (), "patient", ("2", "3")),
    (
        "It had been given alone to patient II and with steroids to the other four, for 2 cycles.",
        (),
        "patient",
        ("", ""),
    ),
    ("Patients I and III received 6 and 9 cycles, respectively.", (), "patient", ("I", "III")),
    ("In patient 3 the count was 12 cells/µL.", (), "patient", ("3",)),
    ("The second patient was 45 years old.", (), "patient", ("2",)),
    ("At 12 months, 30% were alive.", (), "timepoint", ("12 months",)),
    (
        "Survival at 1, 2 and 3 years was 90%, 80% and 70%, respectively.",
        (),
        "timepoint",
        ("1 year", "2 years", "3 years"),
    ),
    ("The 1-, 2- and 3-year rates were 90%, 80% and 70%.", (), "timepoint", ("1 year", "2 years", "3 years")),
    ("Response rose from 36% at week 12 to 48% at week 24.", (), "timepoint", ("week 12", "week 24")),
    ("The median was 5.8 months and the 12-month rate 30%.", (), "timepoint", ("", "12 months")),
    ("Mean weight at baseline was 84 kg.", (), "timepoint", ("baseline",)),
    ("In the safety population, 12% had fever.", (), "population", ("safety",)),
    ("In the intention-to-treat population, 12% had fever.", (), "population", ("intention to treat",)),
)
# sentence, section, whom its numbers speak of
SPOKEN = (
    ("The rate was 36% by accepted criteria [12].", "Results", ("this study",)),
    ("The rate was 36% in elderly people [12].", "Discussion", ("another study",)),
    ("Our rate of 36% compares with 62% in an earlier trial [12].", "Discussion", ("this study", "another study")),
    ("Sleep Apnoea (2016) gives a rate of 12%.", "Discussion", ("this study",)),
    (
        "Our rate of 36% is in keeping with the 35% of the pivotal trial [8].",
        "Discussion",
        ("this study", "another study"),
    ),
    ("Smith et al. reported a rate of 40%.", "Discussion", ("another study",)),
    ("The disease affects 3% of adults.", "Introduction", ("another study",)),
    ("We report on 51 patients.", "Introduction", ("this study",)),
    ("Stroke was reported by 12% of patients.", "Results", ("this study",)),
)


def whom(text: str, arms: tuple[str, ...], section: str) -> list[Whom]:
    asides = find_asides(text)
    blanked = blank_asides(text, asides)
    free = [q for q in find_quantities(blanked, text) if not any(q.start < a.end and q.end > a.start for a in asides)]
    mentions = reject_times(text, name_statistics(blanked, free))
    found = find_whom(text, mentions, asides, section, Knowledge(know_arms(arms, [text])))
    return [w for w, m in zip(found, mentions, strict=True) if not m.reason and m.statistic != "bound"]


@pytest.mark.parametrize(("text", "arms", "field", "truth"), BOUND, ids=[row[0] for row in BOUND])
def test_whom_a_number_speaks_of(text: str, arms: tuple[str, ...], field: str, truth: tuple[str, ...]) -> None:
    found = tuple(asdict(w)[field] for w in whom(text, arms, "Results"))
    assert found == truth


@pytest.mark.parametrize(("text", "section", "truth"), SPOKEN, ids=[row[0] for row in SPOKEN])
def test_whose_study_a_number_is_of(text: str, section: str, truth: tuple[str, ...]) -> None:
    assert tuple(w.speaks_of for w in whom(text, (), section)) == truth
