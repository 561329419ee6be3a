"""flow.sum of what the sentence before names and of wholes named behind their groups; not what may overlap."""

from __future__ import annotations

import pytest
from hand_made import HandMadePaper

LEFT = (
    "During the four years 1,486 admissions met the criteria.",
    "After exclusion of {} patients with a recent stay, 97 with cancer and 38 without blood, 1,187 patients remained.",
)
WHICH_LEFT = (
    "We identified 497 first positive tests.",
    "Fifty-one were excluded because of colitis, 22 since they moved, and {} for want of a date, which left 412 cases.",
)
HALVES = ("Altogether 71 patients had died by day 30.", "Of these, 67 were aged 65 years or older and {} were younger.")
GROUPS = (
    "Two participants in the drug group and three in the control group were admitted to hospital; none of these {} "
    "events was related to the drug.",
)
EVENTS = ("There were four serious adverse events, one after surgery and {} after radiotherapy.",)


@pytest.mark.parametrize(
    ("texts", "right", "wrong"),
    [
        (LEFT, "164", "146"),
        (WHICH_LEFT, "12", "15"),
        (HALVES, "4", "8"),
        (("Forty had died.", "Of these, 30 were with diabetes and {} were without."), "10", "12"),
        (GROUPS, "five", "six"),
        (("Falls came to 19 participants in the drug group and 14 in the control group, {} in all.",), "33", "35"),
        (EVENTS, "three", "five"),
        (("During follow-up 120 people were lost: 6 died, 48 moved away and {} could not be reached.",), "66", "56"),
        (
            ("Of 1,534 screened, 714 were not enrolled: 266 had fever, 187 refused, and {} for other reasons.",),
            "261",
            "216",
        ),
    ],
)
def test_parts_of_a_whole_named_elsewhere(texts: tuple[str, ...], right: str, wrong: str) -> None:
    assert HandMadePaper().read(*(t.format(right) for t in texts)).verdicts("flow.sum") == ["consistent"]
    assert HandMadePaper().read(*(t.format(wrong) for t in texts)).verdicts("flow.sum") == ["impossible"]


@pytest.mark.parametrize(
    "texts",
    [
        (LEFT[0], LEFT[1].format(110).replace("After exclusion of", "After exclusion of, among others,")),
        (HALVES[0], "Of these, 30 were aged 65 years or older and 20 were women."),
        ("Of the patients seen, 71 were asked, and 40% answered.", HALVES[1].format(8)),  # of those who answered
        (HALVES[0], "Half of them were women.", HALVES[1].format(8)),  # of the women
        ("Two participants in the drug group and three in the control group died; of these two had been ill before.",),
        ("Two participants in the drug group and three in the control group fell, among those four at night.",),
        (HALVES[0], "Of these, 30 had come with fever and 20 without a letter of their doctor."),
        ("There were four serious adverse events, one after surgery and two after radiotherapy.",),  # one is not told
        ("There were 12 lesions, 8 in the liver and 6 in the lung.",),
        ("Twelve patients lost weight (8 in the drug group and 4 others after surgery).",),
    ],
)
def test_what_is_no_sum_is_not_accused(texts: tuple[str, ...]) -> None:
    assert "impossible" not in HandMadePaper().read(*texts).verdicts("flow.sum")
