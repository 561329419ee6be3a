"""flow.sum: sentences that part a whole add up, are accused, or are left alone."""

import pytest
from hand_made import HandMadePaper

RULE = "flow.sum"


@pytest.mark.parametrize(
    ("text", "n_sums"),
    [
        ("Of 120 patients screened, 20 were excluded (12 ineligible, 8 declined), and 100 were randomised: 50 to "
         "ozanib and 50 to placebo.", 3),
        ("We enrolled 74 patients: 36 (48.6%) in the ozanib group and 38 (51.4%) in the control group.", 1),
        ("A total of 217 patients were randomized to receive ozanib 10 mg (n = 145) or placebo (n = 72).", 1),
        ("We randomly assigned 4613 participants to the ozanib group (n=2321) or the control group (n=2292).", 1),
        ("There were 53 patients enrolled; 26 were randomized to exercise and 27 were randomized to attention.", 1),
        ("Of 51 patients, 29 responded, 12 had stable disease and the remaining 10 progressed.", 1),
        ("Of the 84 randomised patients, 70 completed the study and 14 discontinued.", 1),
        ("Forty-six patients completed the study (24 exercise, 22 controls).", 1),
        ("The 18 patients comprised ten women (55.6%) and eight men (44.4%).", 1),
        ("Nine patients stopped treatment (toxicity, n = 5; progression, n = 3; other, n = 1).", 1),
        ("Ninety-one adults were not randomised (refusal, 40; not meeting criteria, 38; missed, 13).", 1),
        ("Of the other 26, 17 (65.4%) arose in week one, eight of them on its first day, and nine (34.6%) later.", 1),
    ],
)  # fmt: skip
def test_right_flows_add_up(paper: HandMadePaper, text: str, n_sums: int) -> None:
    assert paper.read(text).verdicts(RULE) == ["consistent"] * n_sums


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Of 120 patients screened, 21 were excluded and 100 were randomised.", "120"),
        ("Of 120 screened patients, 20 were excluded (13 ineligible, 8 declined).", "21"),
        ("In all, 100 patients were randomised: 50 to ozanib and 51 to placebo.", "101"),
        ("A total of 217 patients were randomized to receive ozanib 10 mg (n = 145) or placebo (n = 73).", "218"),
        ("Eighty-four patients were randomised, 42 to the ozanib group and 43 to the placebo group.", "85"),
        ("Of 51 patients, 29 responded, 12 had stable disease and the remaining 11 progressed.", "52"),
        ("Of the 84 randomised patients, 71 completed the study and 14 discontinued.", "85"),
        ("Of the 150 patients enrolled, 148 received at least one dose and 1 did not receive treatment.", "149"),
        ("The 18 patients comprised ten women (55.6%) and nine men (44.4%).", "19"),
        ("Nine patients stopped treatment (toxicity, n = 5; progression, n = 4; other, n = 1).", "10"),
        ("Ninety-one adults were not randomised (refusal, 40; not meeting criteria, 83; missed, 13).", "136"),
        ("Of the other 26, 18 arose in week one, 8 of them on its first day, and nine subsequently.", "27"),
        ("Of 31 allergic reactions, 24 occurred during the first infusion and six thereafter.", "30"),
    ],
)
def test_wrong_flows_are_accused(paper: HandMadePaper, text: str, said: str) -> None:
    found = paper.read(text).findings(RULE)
    assert found["verdict"].tolist() == ["impossible"]
    assert said in found["message"][0]
    assert found["severity"].tolist() == ["error"]


@pytest.mark.parametrize(
    "text",
    [
        "Twenty patients were excluded, mainly for low platelets (n = 9) or infection (n = 7).",  # an open list
        "Twenty patients were excluded (could have several reasons: 12 no consent, 11 no data).",  # overlapping
        "Of 51 patients, 20 had fever; of these, 12 recovered and the remaining 8 did not.",  # parts of the 20
        "Of the 84 randomised patients, 70 completed the study and 10 discontinued.",  # four may go on
        "The study included 60 patients, 31 from Italy and 20 from Spain.",  # no arms, and perhaps more countries
        "Of 60 patients, 30 were men, 20 were diabetic and 15 smoked.",  # overlapping
        "Of the 26 patients, 18 had fever in week one and 12 later.",  # patients may have it in both
        "Of the 26 infections, 18 arose in week one, 5 in week two and 3 later.",  # a third stretch of time
        "Of the 26 infections, 18 arose in week one and 5 later than week four.",
        "Of 120 patients screened, 10 did not meet the criteria and 100 were randomised.",  # others may have declined
        "Patients were randomised 2:1 to ozanib (n = 60) or placebo (n = 30).",  # no whole is printed
        "Patients were randomised in May 2015 to ozanib 10 mg (n = 60) or placebo (n = 30).",
        "In this crossover trial 40 patients were randomised to ozanib (n = 38) or placebo (n = 37).",
        "A total of 436 were screened, 88 were excluded, 13 did not start and 335 were randomised.",
        "In a trial of others, 100 patients were randomised, 30 to A, 30 to B and 40 to C [12].",
    ],
)
def test_what_may_be_right_is_not_accused(paper: HandMadePaper, text: str) -> None:
    found = paper.read(text).findings(RULE)
    assert set(found["verdict"]) <= {"consistent", "not testable"}
    assert set(found["severity"]) <= {"note"}


def test_a_flow_told_in_several_sentences(paper: HandMadePaper) -> None:
    paper.read(
        "A total of 120 patients were screened.",
        "Twenty patients were excluded (12 ineligible, 8 declined).",
        "The remaining 101 patients were randomised.",
    )
    assert sorted(paper.verdicts(RULE)) == ["consistent", "impossible"]


@pytest.mark.parametrize(
    ("texts", "verdicts"),
    [
        (("60 patients were enrolled.", "45 were assigned to ozanib 10 mg, 50 to ozanib 5 mg and 48 to placebo."), []),
        (("45 patients were assigned to ozanib 10 mg, 50 were assigned to ozanib 5 mg and 48 were assigned to sham.",),
         []),
        (("In all, 143 patients were randomised.",
          "45 were assigned to ozanib 10 mg, 50 were assigned to ozanib 5 mg and 48 to placebo."), ["consistent"]),
        (("In all, 143 patients were randomised.",
          "45 were assigned to ozanib 10 mg, 50 were assigned to ozanib 5 mg and 58 to placebo."), ["impossible"]),
        (("Of 171 patients screened, 28 were excluded and 143 were randomised.",
          "93 were assigned to ozanib and 50 were assigned to placebo."), ["consistent", "consistent"]),
        (("Of 171 patients screened, 28 were excluded and 143 were randomised.",
          "Reasons for exclusion were refusal (n = 20), ineligibility (n = 5) and other reasons (n = 3)."),
         ["consistent", "consistent"]),
        (("Of 171 patients screened, 28 were excluded and 143 were randomised.",
          "Reasons for exclusion were refusal (n = 22), ineligibility (n = 5) and other reasons (n = 3)."),
         ["consistent", "impossible"]),
        (("Of 171 patients screened, 28 were excluded and 143 were randomised.",
          "Reasons for exclusion were mainly refusal (n = 12) and ineligibility (n = 5)."), ["consistent"]),
        (("Of 143 patients, 18 discontinued the drug.",
          "Reasons for discontinuation were toxicity (n = 9), progression (n = 6) and choice (n = 4)."),
         ["impossible"]),
        (("Of 171 patients screened, 28 were excluded and 143 were randomised.",
          "Of the excluded, 16 were too old, 3 declined and 9 had other reasons."), ["consistent", "consistent"]),
        (("Of 171 patients screened, 28 were excluded and 143 were randomised.",
          "Of those excluded, 16 were too old, 5 declined and 9 had other reasons."), ["consistent", "impossible"]),
        (("Of 171 patients screened, 28 were excluded and 143 were randomised.",
          "Of the excluded, 16 were too old and 5 declined."), ["consistent"]),  # the others are not told
        (("73 patients underwent randomisation, 36 to ozanib and 37 to placebo.",), ["consistent"]),
        (("73 patients underwent randomisation, 36 to ozanib and 39 to placebo.",), ["impossible"]),
    ],
)  # fmt: skip
def test_whole_and_parts_in_sentences_that_follow(
    paper: HandMadePaper, texts: tuple[str, ...], verdicts: list[str]
) -> None:
    assert sorted(paper.read(*texts).verdicts(RULE)) == sorted(verdicts)
