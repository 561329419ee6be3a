"""Which variable each number of a sentence is of, and the grade and kind of adverse events; our own sentences."""

import pytest

from auditable.asides import blank_asides, find_asides
from auditable.codebook import load_codebook
from auditable.mentions import Mention, name_statistics
from auditable.prose_events import name_event
from auditable.prose_variables import name_mention, name_mentions
from auditable.quantities import find_quantities


def read(text: str) -> list[Mention]:
    asides = find_asides(text)
    blanked = blank_asides(text, asides)
    found = find_quantities(blanked, text)
    return name_statistics(blanked, [q for q in found if not any(q.start < a.end and q.end > a.start for a in asides)])


def estimates(text: str) -> str:
    """Each estimate with its variable and category: "36 orr; 4 best_response/CR"."""
    mentions = read(text)
    named = name_mentions(text, mentions, load_codebook())
    return "; ".join(
        f"{m.quantity.value or m.quantity.missing} {'/'.join(p for p in n if p) or '?'}"
        for i, (m, n) in enumerate(zip(mentions, named, strict=True))
        if m.head == i and m.statistic not in ("", "p", "ci_level")
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # the subject a verb leads from
        ("The overall response rate was 36% (95% CI 25–48).", "36 orr"),
        ("The median age was 64 years (range 41–82) and 45% were women.", "64 age; 45 sex/female"),
        ("Median PFS in patients with renal impairment was 4 months.", "4 pfs"),
        ("In patients with renal impairment, the ORR was 30%.", "30 orr"),
        ("Median overall survival, estimated by the usual method, was 10.7 months.", "10.7 os"),
        ("The proportion of patients with hypertension was 60%.", "60 hypertension"),
        ("Mortality at 28 days was 24.1% with the drug and 25.7% without it.", "24.1 death; 25.7 death"),
        ("The median time to response was 1.2 months, and the median duration of response was 10 months.",
         "1.2 time_to_response; 10 duration_of_response"),
        ("Serum creatinine was 1.2 mg/dL and haemoglobin 9.8 g/dL.", "1.2 creatinine; 9.8 hemoglobin"),
        ("The mean systolic blood pressure was 140 mm Hg (SD 12).", "140 systolic_bp"),
        ("Body mass index was 27.3 ± 4.1 kg/m2.", "27.3 bmi"),
        ("Median duration of response was not reached.", "NR duration_of_response"),
        ("Best response was CR in two, VGPR in five and PR in nine patients.",
         "2 best_response/CR; 5 best_response/VGPR; 9 best_response/PR"),
        ("At 12 months PFS was 30% and OS was 60%.", "30 pfs; 60 os"),
        # events of a ratio
        # a number with a verb or a word of its own takes nothing over
        ("Among 638 children (381 boys, 59.7%), 75 were infants.", "638 ?; 381 sex/male; 59.7 sex/male; 75 ?"),
        ("Women numbered 287 (58.9%); 190 (39.0%) had been trained.", "287 sex/female; 190 ?"),
        ("Of the 51, 60.8% were younger and 56.9% were women.", "51 ?; 60.8 ?; 56.9 sex/female"),
        ("There were three complete and nineteen partial responses.", "3 ?; 19 best_response/PR"),
        ("Low albumin brought a high risk of progressing (HR 3.1) but not of dying (HR 1.2).", "3.1 pfs; 1.2 os"),
        ("Neither weight (HR 0.98) nor height (HR 0.99) predicted progression.", "0.98 pfs; 0.99 pfs"),
        # medians in front of what they are of, and a name that goes on
        ("Medians were 4.1 months for progression-free survival and 12.9 months for OS.", "4.1 pfs; 12.9 os"),
        ("Overall survival was longer: at 2 years it was 64%.", "64 os"),
        ("For overall survival the median was 21.0 months and the 12-month probability 63.4%.", "21.0 os; 63.4 os"),
        ("The DCR was 71%, and lower in women (62%).", "71 disease_control; 62 disease_control"),
        # events counted, and people who had one
        ("Ten of the 28 AEs were mild.", "10 adverse_event_count"),
        ("One, a serious AE, came before the first infusion.", "1 adverse_event_count"),
        ("Six patients (33%; Table 3) stopped drugone because of AEs.", "6 adverse_event/any"),
        # an earlier therapy is none of the study's
        ("The median number of cycles of prior platinum was 6.", "6 prior_therapy_cycles"),
        ("The median number of Abc cycles was 9, and Abc had been stopped a median of 8 months before XyZab.",
         "9 prior_therapy_cycles; 8 interval_between_therapies"),
        ("Best response to previous treatment was CR in 12 patients.", "12 prior_therapy_response/CR"),
        ("The ORR among patients with prior lenalidomide was 30%.", "30 orr"),
        ("Cetuximab was started a median of 5 months after sunitinib.", "5 interval_between_therapies"),
        ("Symptoms started a median of 3 days after surgery.", "3 ?"),
        ("At a median follow-up of 6 months, patients had received a median of 4 cycles.",
         "6 follow_up; 4 cycles_received"),
        # measures told by verb and unit
        ("Patients were followed for a median of 23 months (IQR 15–31).", "23 follow_up"),
        ("A median of 6 cycles was given.", "6 cycles_received"),
        ("Up to 6 cycles were planned.", "6 ?"),
        ("They had received a median of four previous therapies.", "4 prior_lines"),
        # complaints that occur are events; complaints of the beginning are none
        ("Fatigue was reported by 59% and headache by 52% of those on the drug, and by 23% and 24% of the others, "
         "respectively.", "59 adverse_event/fatigue; 52 adverse_event/headache; 23 adverse_event/fatigue; "
         "24 adverse_event/headache"),
        ("Fatigue was reported by 59% at baseline.", "59 ?"),
        ("Adverse events numbered 29, in 11 patients.", "29 adverse_event_count; 11 adverse_event/any"),
        ("A total of 87 AEs were recorded.", "87 adverse_event_count"),
        ("Haematological AEs affected two patients.", "2 adverse_event/haematological"),
        # labels in front of and inside brackets
        ("Hypertension (12%), diabetes (10%) and stroke (8%) were frequent.", "12 hypertension; 10 diabetes; 8 stroke"),
        ("ORR was 36% (CR 4%, VGPR 10%, PR 22%).",
         "36 orr; 4 best_response/CR; 10 best_response/VGPR; 22 best_response/PR"),
        ("51 patients (24 men and 27 women; median age 64 years) were included.",
         "51 n_patients; 24 sex/male; 27 sex/female; 64 age"),
        ("Admissions did not differ: hospitalisation (12% vs 14%).", "12 hospitalization; 14 hospitalization"),
        # what counted people have
        ("12 % had diabetes and 10 % hypertension.", "12 diabetes; 10 hypertension"),
        ("Of the women, 12% had diabetes.", "12 diabetes"),
        ("12 patients achieved VGPR and 3 patients CR.", "12 best_response/VGPR; 3 best_response/CR"),
        ("60% of the patients with hypertension were women.", "60 sex/female"),
        ("Two thirds of the patients were male.", "67 sex/male"),
        ("Ten of 51 patients (20%) had diabetes, whereas 31 (61%) had hypertension.", "10 diabetes; 31 hypertension"),
        ("Patients had received a median of 7 prior lines (range 2–14).", "7 prior_lines"),
        ("High-risk cytogenetics were found in 30% and 12% had diabetes.", "30 cytogenetic_risk/high; 12 diabetes"),
        ("Patients had a median age of 67 years and ECOG 0–1 in 80%.", "67 age; 80 ecog/0–1"),
        ("Grade 3 or 4 neutropenia occurred in 28 patients (35%) and febrile neutropenia in 6 (7.5%).",
         "28 adverse_event/neutropenia; 6 adverse_event/febrile neutropenia"),
        ("The adverse events were anaemia (12%), fatigue (10%) and hypertension (8%).",
         "12 adverse_event/anemia; 10 adverse_event/fatigue; 8 adverse_event/hypertension"),
        # comparisons and lists share their variable, or take their places in a list of names
        ("Median PFS was 5.7 months with drug A versus 3.1 months with placebo (HR 0.62; 95% CI 0.45–0.86; p = 0.003).",
         "5.7 pfs; 3.1 pfs; 0.62 pfs"),
        ("Median OS was 10 months; in the control group, it was 5 months.", "10 os; 5 os"),
        ("19% versus 9% of patients had diabetes.", "19 diabetes; 9 diabetes"),
        ("Progression-free survival and overall survival were 5 and 10 months, respectively.", "5 pfs; 10 os"),
        ("Diabetes and hypertension were present in 12% and 8%, respectively.", "12 diabetes; 8 hypertension"),
        ("Stroke occurred in 5 (2%) of 250 patients in the first group and in 9 (4%) of 249 in the control group.",
         "5 stroke; 9 stroke"),
        ("5 of 250 patients (2%) had a stroke, compared with 9 of 249 (4%) in the controls.", "5 stroke; 9 stroke"),
        ("The mean length of stay was shorter in the early than in the late group (5.1 vs 7.3 days, p = 0.01).",
         "5.1 length_of_stay; 7.3 length_of_stay"),
        ("HbA1c decreased from 8.1% to 7.2%.", "8.1 hba1c; 7.2 hba1c"),
        # ratios are of the outcome compared
        ("The hazard ratio for death was 0.8 (95% CI 0.6–1.0).", "0.8 os"),
        ("The risk of progression or death was reduced (hazard ratio, 0.5; P<0.001).", "0.5 pfs"),
        ("The odds ratio for hypertension was 1.5 (1.1–2.0) in smokers.", "1.5 hypertension"),
        ("There were fewer hospitalisations (12% vs 14%; RR 0.86, 95% CI 0.5–1.4).",
         "12 hospitalization; 14 hospitalization; 0.86 hospitalization"),
        # how many people the sentence is about
        ("A total of 51 patients were enrolled.", "51 n_patients"),
        ("The ORR in 12 patients with renal impairment was 50%.", "12 renal_impairment; 50 orr"),
        ("Among 120 women, the median body weight was 70 kg (IQR 61–82).", "120 sex/female; 70 weight"),
        ("Patients aged ≥ 65 years accounted for 40%.", "65 age; 40 age/≥ 65"),
        ("Mortality was 18% among 8,214 patients.", "18 death; 8214 n_patients"),
        ("Patients were treated in the first (n = 51) or the second group (n = 49).", "51 n_patients; 49 n_patients"),
        # names that only say of which people leave the number before in force
        ("Diabetes was found in 12.4% of women and 7.1% of men.", "12.4 diabetes; 7.1 diabetes"),
        ("482 patients (22.9%) in the drug group and 1110 (25.7%) in the usual care group died (rate ratio, 0.83).",
         "482 death; 1110 death; 0.83 death"),
        ("Women who had the drug had more babies than others (103 of 374 vs 72 of 376).", "103 ?; 72 ?"),
        ("Age above 70 years (HR 1.84) and elevated LDH (HR 2.31) were associated with shorter overall survival.",
         "70 age; 1.84 os; 2.31 os"),
        ("Blood pressure was 182/104 mmHg.", "182 systolic_bp; 104 diastolic_bp"),
        ("Infants were a median of 4.5 months old (interquartile range 2.1 to 7.8).", "4.5 age"),
        ("Two of five responded.", "2 orr"),
        ("Estimates of progression-free survival in both groups. HR 0.55 (95% CI 0.37–0.82).", "0.55 pfs"),
        ("They were assigned to standard care (n = 35) or health education (n = 34).", "35 n_patients; 34 n_patients"),
        # nothing settles it
        ("Two reviews have explored diabetes.", "2 ?"),
        ("Blood pressure was not controlled by treatment with three drugs.", "3 ?"),
        ("Mortality was seen in 12 studies.", "12 ?"),
        ("Worsening of the kidney or death occurred in 432 of 3304 patients.", "432 ?"),
        ("It was higher in women (mean difference 2.1).", "2.1 ?"),
        ("Diabetes was seen in 12%, zzz syndrome in 10% and hypertension in 8%.", "12 diabetes; 10 ?; 8 hypertension"),
        ("The patient died 3 months later.", "3 ?"),
        ("Older age (HR 1.04) and male sex (HR 1.3) mattered.", "1.04 ?; 1.3 ?"),
    ],
)  # fmt: skip
def test_each_estimate_has_the_variable_its_clause_names(text: str, expected: str) -> None:
    assert estimates(text) == expected


def test_a_heading_on_safety_makes_a_disease_an_event() -> None:
    text = "Hypertension was seen in 12%."
    assert name_mention(text, read(text), 0, load_codebook()) == ("hypertension", "")
    assert name_mention(text, read(text), 0, load_codebook(), "Results > Safety")[0] == "adverse_event"


def test_interval_and_p_value_share_the_variable_of_their_estimate() -> None:
    text = "The hazard ratio for death was 0.8 (95% CI 0.6–1.0; p = 0.04)."
    assert {v for v, _ in name_mentions(text, read(text), load_codebook())} == {"os"}


def test_sentence_that_refers_back_takes_the_variable_carried_to_it() -> None:
    text = "It was 5 months in the control group."
    assert name_mention(text, read(text), 0, load_codebook(), carried=("pfs", "")) == ("pfs", "")
    assert name_mention(text, read(text), 0, load_codebook(), carried=("sex", "")) == ("", "")


@pytest.mark.parametrize(
    ("text", "grade", "kind"),
    [
        ("Grade 3 or 4 neutropenia occurred in 12%.", "3-4", ""),
        ("In 25% of patients grade ≥ 3 infections occurred.", ">=3", ""),
        ("Grade 3 or higher infections were seen in 25%.", ">=3", ""),
        ("Any-grade diarrhoea was reported by 30%.", "any", ""),
        ("grade III/IV anaemia (12%)", "3-4", ""),
        ("12% had grade 2 fatigue.", "2", ""),
        ("Serious adverse events occurred in 12 patients.", "", "serious"),
        ("Treatment-related serious adverse events occurred in 12 patients.", "", "serious; related"),
        ("Adverse events related to isatuximab occurred in 12%.", "", "related to isatuximab"),
        ("Adverse events led to discontinuation in 5%.", "", "leading to discontinuation"),
        ("Infusion-related reactions were seen in 38%.", "", ""),
        ("There were 2 fatal infections.", "", "fatal"),
        ("One, a serious AE, came before the first infusion.", "", "serious"),
        ("Six patients stopped drugone for good because of AEs.", "", "leading to discontinuation"),
        ("Diarrhoea was reported by 30%.", "", ""),
    ],
)
def test_grade_and_kind_of_an_event(text: str, grade: str, kind: str) -> None:
    assert name_event(text, read(text), 0) == (grade, kind)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # a grade in brackets is the next number's
        ("Adverse events: rash was seen in 13% (grade 3: 2%).", ["", "3"]),
        ("Median AEs per patient were 1 for all grades and 2 for ≥ G3.", ["any", ">=3"]),
    ],
)
def test_grade_belongs_to_the_number_it_is_printed_with(text: str, expected: list[str]) -> None:
    mentions = read(text)
    assert [name_event(text, mentions, i)[0] for i in range(len(mentions))] == expected


def test_the_rest_of_the_events_is_of_those_counted_before() -> None:
    text = "Of the other 28, 19 (68%) arose in cycle one, and nine (32%) later."
    mentions = read(text)
    named = name_mentions(text, mentions, load_codebook(), carried=("adverse_event_count", ""))
    assert set(named) == {("adverse_event_count", "")}
    assert ("adverse_event_count", "") not in name_mentions(text, mentions, load_codebook(), carried=("os", ""))


def test_a_whole_is_not_of_the_kind_of_its_part() -> None:
    text = "Ten of the 28 AEs were related to drugone."
    assert [name_event(text, read(text), i)[1] for i in range(2)] == ["related to drugone", ""]


def test_cause_of_an_event_is_handed_on_without_its_verb() -> None:
    text = "Six patients had AEs ascribed to drugone, one (5.6%) to drugtwo and two to drugthree."
    mentions = read(text)
    kinds = [name_event(text, mentions, i)[1] for i in range(len(mentions))]
    assert kinds == ["related to drugone", *["related to drugtwo"] * 2, "related to drugthree"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The region has 1.5 million adults.", "1500000"),
        ("Two million adults were counted.", "2000000"),
        ("There were 75 thousand deliveries.", "75000"),
    ],
)
def test_scale_words_are_part_of_the_number(text: str, expected: str) -> None:
    assert [m.quantity.value for m in read(text)] == [expected]
