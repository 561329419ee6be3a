"""agreement.definition of cut-offs and dates: what contradicts is asked, what may differ is not."""

from __future__ import annotations

import pytest
from hand_made import HandMadePaper

RULE = "agreement.definition"
END = "The programme closed on 31 May 2020."
CUT = "The data cut-off was 1 May 2020."


@pytest.mark.parametrize(
    ("text", "verdicts"),
    [
        ("Survival was shorter at age > 70 years.", ["not testable"]),
        ("Survival was shorter at age ≥ 70 years.", ["consistent"]),
        ("Survival was shorter at age > 75 years.", []),
        ("The dose was halved at age > 70 years.", []),
        ("Patients of age > 70 years were excluded.", []),
    ],
)
def test_a_cut_off_has_one_sign(text: str, verdicts: list[str]) -> None:
    paper = HandMadePaper().row("Age (years) > < 70", variable="age", category="< 70", n="31")
    paper.row("Age (years) > ≥ 70", variable="age", category="≥ 70", n="20")
    assert paper.read(text).verdicts(RULE) == verdicts


@pytest.mark.parametrize(
    ("first", "second", "verdicts"),
    [
        (END, "Here 1 July 2020 is taken as the end of the programme.", ["not testable"]),
        (END, "The programme ended in May 2020; its end was May 2020.", ["consistent"]),
        (END, "Enrolment to the programme closed on 1 March 2019.", []),
        (END, "Follow-up in the trial ended: its end was May 31, 2021.", []),
        (CUT, "The data cut-off was May 11, 2020.", ["not testable"]),
        (CUT, "The data cut-off was May 1, 2020.", ["consistent"]),
        (CUT, "For the final analysis the data cut-off was 1 May 2021.", []),
    ],
)  # fmt: skip
def test_an_end_has_one_date(first: str, second: str, verdicts: list[str]) -> None:
    assert HandMadePaper().read(first).read(second).verdicts(RULE) == verdicts


@pytest.mark.parametrize(
    ("text", "verdicts"),
    [
        ("Between March 2019 and January 2020 they came.", ["consistent"]),
        ("From May 2, 2020 to May 1, 2020 they came.", ["impossible"]),
        ("From May 2020 to May 1, 2020 they came.", ["consistent"]),  # the day of the first is not known
        ("It began between June 2021 and May 2020, respectively, in the two arms.", []),
        ("They were seen in June 2021 and May 2020.", []),
    ],
)
def test_a_stretch_of_time_runs_forwards(text: str, verdicts: list[str]) -> None:
    assert HandMadePaper().read(text).verdicts("date.order") == verdicts


@pytest.mark.parametrize(
    ("first", "second", "verdicts"),
    [
        ("Events were graded by CTCAE version 4.03.", "CTCAE v5.0 was used.", ["not testable"]),
        ("Events were graded by CTCAE version 4.03.", "CTCAE v4.0 was used.", ["consistent"]),
        ("Events were graded by CTCAE version 4.03.", "Doe et al. used CTCAE v5.0.", []),
        ("We used SPSS, version 25.", "We used SPSS (version 26).", ["not testable"]),
        ("We used SPSS, version 25.", "Stata version 16 was used too.", []),
    ],
)
def test_a_scale_or_program_has_one_version(first: str, second: str, verdicts: list[str]) -> None:
    assert HandMadePaper().read(first).read(second).verdicts(RULE) == verdicts
