"""date.span, date.period, count.listed, dose.product, dose.half_life: contradictions are told, no more."""

from __future__ import annotations

import pytest
from hand_made import HandMadePaper


@pytest.mark.parametrize(
    ("text", "verdicts"),
    [
        ("They came over a 17-month period (between October 2010 and May 2012).", ["impossible"]),
        ("They came over a 19-month period (between October 2010 and May 2012).", ["consistent"]),
        ("They came between 3 May 2018 and 30 June 2019 (14 months).", ["consistent"]),
        ("They came between 3 May 2018 and 30 June 2019 (24 months).", ["impossible"]),
        ("They came from Jan 1, 2015, to Dec 31, 2017 (three years).", ["consistent"]),
        ("They came from January 2015 to June 2018 (3 years).", ["consistent"]),  # a part of a year is cut off
        ("They came from January 2015 to June 2018 (about 4 years).", ["consistent"]),
        ("They came from January 2015 to June 2018 (about 30 months).", ["impossible"]),
        ("They came between May and September 2012, a period of 4 months.", ["consistent"]),
        ("They came in a period of 1,096 days (from 1 January 2015 to 31 December 2017).", ["consistent"]),
        ("They came in a period of 1,906 days (from 1 January 2015 to 31 December 2017).", ["impossible"]),
        ("They were followed for 6 months from May 2018 to June 2019.", []),  # each of them
        ("They came from May 2018 to June 2019 (6 months after the outbreak).", []),
        ("They came from May 2018 to June 2019 (12 months of follow-up each).", []),
    ],
)
def test_a_length_is_the_time_between_its_dates(text: str, verdicts: list[str]) -> None:
    assert HandMadePaper().read(text).verdicts("date.span") == verdicts


FIRST = "Patients were enrolled between May 2018 and June 2019."


@pytest.mark.parametrize(
    ("second", "verdicts"),
    [
        ("Enrolment ran from May 2018 to June 2019.", ["consistent"]),
        ("Enrolment ran from 4 May 2018 to 12 June 2019.", ["consistent"]),
        ("Enrolment ran from May 2018 to June 2020.", ["not testable"]),
        ("Screening ran from May 2018 to June 2020.", []),
        ("For a sensitivity analysis those enrolled from May 2018 to June 2020 were kept.", []),
        ("Enrolment to the extension ran from May 2018 to June 2020.", []),
        ("Enrolment ran from March 2016 to April 2017.", []),  # of something else
        ("Others enrolled from May 2018 to June 2020 [4].", []),
    ],
)
def test_recruitment_has_one_period(second: str, verdicts: list[str]) -> None:
    found = HandMadePaper().read(FIRST, section="Methods").read(second).findings("date.period")
    assert found["verdict"].tolist() == verdicts


@pytest.mark.parametrize(
    ("text", "verdicts"),
    [
        ("It has five domains (pain, sleep, mood and fatigue).", ["not testable"]),
        ("It has four domains (pain, sleep, mood and fatigue).", ["consistent"]),
        ("There are three symptoms: nausea and vomiting, rash, and fever.", ["consistent"]),
        ("There are four symptoms: nausea and vomiting, rash, and fever.", ["consistent"]),
        ("There are five symptoms: nausea and vomiting, rash, and fever.", ["not testable"]),
        ("Three patients (I, IV, V) relapsed.", ["consistent"]),
        ("Three patients (I, II, IV, V) relapsed.", ["not testable"]),
        ("Rash was seen in 11 participants (5, 3 and 3).", []),  # of three arms
        ("Rash was seen in 12 participants (5, 4 and 3).", []),
        ("Rash was seen in 2 participants (5, 8 and 9).", ["not testable"]),
        ("There were three criteria: (1) age, (2) sex, and (3) consent.", ["consistent"]),
        ("There were four criteria: (1) age, (2) sex, and (3) consent.", ["not testable"]),
        ("There were four criteria: (1) age, (2) sex, (3) consent.", []),  # it may go on
        ("At least two criteria: (1) age, (2) sex, and (3) consent.", []),
        ("It has five domains (including pain, sleep and mood).", []),
        ("It has five domains (pain, sleep, mood and others).", []),
        ("It has two domains (in this case, sleep and mood).", []),
        ("It has two arms (aspirin, an inhibitor, and placebo).", []),  # the second says what the first is
        ("It has two groups (20 with aspirin, 21 with placebo and others).", []),
        ("It was done in two hospitals (Bonn, Germany, and Graz, Austria).", []),
    ],
)
def test_a_list_holds_what_is_announced(text: str, verdicts: list[str]) -> None:
    assert HandMadePaper().read(text).verdicts("count.listed") == verdicts


@pytest.mark.parametrize(
    ("text", "verdicts"),
    [
        ("60 Gy were given in 30 fractions of 2 Gy.", ["consistent"]),
        ("66 Gy were given in 30 fractions of 2 Gy.", ["impossible"]),
        ("40 Gy were given in 15 fractions of 2.67 Gy.", ["consistent"]),  # 40.05
        ("They had 28 fractions of 1.8 Gy (total dose 50.4 Gy).", ["consistent"]),
        ("They took 50 mg twice daily (100 mg/day).", ["consistent"]),
        ("They took 50 mg twice daily (150 mg/day).", ["impossible"]),
        ("They took 200 mg/day (50 mg twice daily).", ["impossible"]),
        ("They took 50 mg twice daily (up to 200 mg/day).", []),
        ("They took 300 mg daily in three divided doses of 100 mg.", ["consistent"]),
        ("They had six 3-week cycles (18 weeks).", ["consistent"]),
        ("They had 6 cycles of 21 days (128 days).", ["impossible"]),
        ("They had 6 cycles of 21 days (18 weeks).", []),  # other units
        ("They took 50 mg twice daily (100 mg in the evening).", []),
        ("They took 50 mg twice daily (total 150 mg).", ["impossible"]),
        ("They took 50 mg twice daily (25 mg).", []),  # it may be the dose of some
    ],
)
def test_a_total_is_its_parts(text: str, verdicts: list[str]) -> None:
    assert HandMadePaper().read(text).verdicts("dose.product") == verdicts


@pytest.mark.parametrize(
    ("text", "verdicts"),
    [
        ("The half-life is 28 days; 99% are gone 2 months after the last dose.", ["not testable"]),
        ("The half-life is 28 days; 99% are gone 6 months after the last dose.", ["consistent"]),
        ("The half-life is 12 h and 97% are eliminated within 2.5 days.", ["consistent"]),
        ("The half-life is 12 h; 60% of a dose was excreted unchanged over 5 days.", []),  # the rest another way
        ("The half-life is 2 to 3 days.", []),
    ],
)
def test_what_is_gone_fits_the_half_life(text: str, verdicts: list[str]) -> None:
    assert HandMadePaper().read(text).verdicts("dose.half_life") == verdicts
