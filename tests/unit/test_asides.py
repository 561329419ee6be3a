import pytest

from auditable.asides import blank_asides, cites_in_round_brackets, find_asides


@pytest.mark.parametrize(
    ("text", "stretch", "reason"),
    [
        ("Relapse is common [3].", "[3]", "citation"),
        ("Relapse is common [1, 4–6].", "[1, 4–6]", "citation"),
        ("This was shown in two trials8,9 of the drug.", "8,9", "citation"),
        ("It acts on cells.2,3 The effect lasts.", "2,3", "citation"),
        ("Values are shown (Table 2).", "Table 2", "reference to table/figure/section"),
        ("See Supplementary Tables S4 and S5.", "Supplementary Tables S4 and S5", "reference to table/figure/section"),
        ("Survival is drawn in Fig. 2A.", "Fig. 2A", "reference to table/figure/section"),
        ("The trial is registered (NCT01234567).", "NCT01234567", "trial or registry number"),
        ("Available at https://example.org/12.", "https://example.org/12.", "web address, DOI or journal reference"),
        ("Recruitment opened in March 2018.", "March 2018", "date"),
        ("Data were cut on 7 February 2020.", "7 February 2020", "date"),
        ("Enrolment ran from 2011 to the end.", "2011", "date"),
        ("Cells carried t(4;14) alone.", "t(4;14)", "name"),
        ("Losses of del(17p) were rare.", "del(17p)", "name"),
        ("The receptor CD20 was lost.", "CD20", "name"),
        ("Levels of IL-6 rose.", "IL-6", "name"),
        ("VX-31 was given by mouth.", "VX-31", "name"),
        ("About one pupil in 16 was lost.", "one pupil in 16", "ratio of parts"),
        ("One child in 10 died.", "One child in 10", "ratio of parts"),
        ("It blocks the orexin-2 receptor.", "orexin-2", "name"),
        ("On day-28 samples were drawn.", "day-28", "name"),
        ("Response was judged by RECIST 1.1 criteria.", "RECIST 1.1", "name"),
        ("Stata v 17 was used.", "Stata v 17", "name"),
        ("A t test with 34 degrees of freedom was used.", "34 degrees of freedom", "degrees of freedom"),
        ("A gain of 1q21 was seen.", "1q21", "name"),
        ("Events of grade 3 or 4 were rare.", "grade 3 or 4", "name"),
        ("It was given on days 1, 8 and 15.", "days 1, 8 and 15", "name"),
        ("A phase 1/2 study was run.", "phase 1/2", "name"),
        ("A two-sided test was used.", "two-sided", "name"),
        ("The 12-month rate was low.", "12-month", "time point"),
        ("Infusions came every 2 weeks.", "every 2 weeks", "schedule"),
        ("Tablets were taken twice daily.", "twice daily", "schedule"),
        ("Patients were assigned in a 2:1 ratio.", "2:1", "ratio of parts"),
        ("The effect was significant, t(28) was high.", "t(28)", "degrees of freedom"),
        ("2.1 Study Design and Conduct", "2.1 ", "heading number"),
        ("The value 0.512.4 lost its dash.", "0.512.4", "number that cannot be read"),
        ("eGFR per 1.73 m2 was low.", "per 1.73 m2", "part of a unit"),
        ("It was seen in half as many women as men.", "half", "vague amount"),
        ("One half had the drug and the other half placebo.", "other half", "vague amount"),
        ("This one was late.", "This one", "one as a pronoun"),
        ("It was longer than in those with a shorter one.", "a shorter one", "one as a pronoun"),
        ("It recovered within 9 days.", "within 9 days", "time point"),
        ("After 24 weeks it had fallen.", "After 24 weeks", "time point"),
        ("A 4-cm incision was made.", "4-cm", "name"),
        ("In the ABC 7 trial it fell.", "ABC 7", "name"),
        ("Funds came from a council (MR/P023398/1).", "MR/P023398/1", "name"),
        ("Meals (behaviour 2) were fewer.", "behaviour 2", "name"),
        ("Groups were (1) low and (2) high.", "(2)", "heading number"),
        ("MRD was sought at a sensitivity of 10−5.", "10−5", "name"),
        ("Percentages may not total 100 because of rounding.", "total 100", "name"),
        ("P < 0.05 was considered significant.", "P < 0.05 was considered", "level of significance"),
        ("Tests were made at a significance level of 0.05.", "significance level of 0.05", "level of significance"),
        (
            "The trial had 90% power to detect a 20% drop.",
            "The trial had 90% power to detect a 20% drop.",
            "assumption of the design",
        ),
        (
            "With 55 patients the trial had 80% power to reject a rate of 20% if it was 38%.",
            "With 55 patients the trial had 80% power to reject a rate of 20% if it was 38%.",
            "assumption of the design",
        ),
        ("12.", "12.", "heading number"),
    ],
)
def test_a_number_that_is_no_result_has_its_reason(text: str, stretch: str, reason: str) -> None:
    found = [(text[a.start : a.end], a.reason) for a in find_asides(text)]
    assert (stretch, reason) in found


@pytest.mark.parametrize(
    "text",
    [
        "In patients 65 years or older it fell.",
        "The other half of the patients (50%) had it.",
        "Ferritin levels > 3.5 mg/L were high.",
        "It was found in 3/13 [23.1%] of them.",
        "A median of 4 [1–6] doses was given.",
        "HR0.98 was found.",
        "It was commoner there (23% v 12%).",
        "Survival was 12.2 months v 6.8 months.",
        "Deaths were twelve with Sorvatinib v 9 with placebo.",
        "Survival was longer on Sorvatinib v 6.8 months.",
        "Fifty-two percent agreed.",
        "In 2000 patients it was safe.",
        "The figures were 3–4: 45.4% and more.",
        "Pressure was 182/104 mm Hg.",
        "A 68-year-old woman was seen.",
        "The power of the small sample size (51 patients) was low.",
    ],
)
def test_a_result_is_no_aside(text: str) -> None:
    assert find_asides(text) == []


def test_round_brackets_are_citations_only_where_the_paper_cites_so() -> None:
    texts = [
        "It is common (1).",
        "It was shown (2, 3).",
        "Others agree (4-6).",
        "A median of 2 cycles (1–4) was given.",
    ]
    assert cites_in_round_brackets(texts)
    assert not cites_in_round_brackets([*texts, "So it is [1].", "Or so [2].", "Maybe [3].", "Yes [4]."])
    assert [a.reason for a in find_asides(texts[1], round_citations=True)] == ["citation"]
    assert find_asides(texts[3], round_citations=True) == []
    assert find_asides(texts[1], round_citations=False) == []


def test_blanking_keeps_every_offset() -> None:
    text = "CD20 fell by 3.5% [12] in grade 3."
    blanked = blank_asides(text, find_asides(text))
    assert blanked == "CDxx fell by 3.5%      in grade x."
    assert len(blanked) == len(text)
