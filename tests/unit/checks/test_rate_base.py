"""rate.base: the same rates per another number of person-years are asked about, no more."""

import pytest
from hand_made import HandMadePaper

SAID = "The disease developed in 23 and 76 recipients (4.2 vs. 14.0 cases per {} person-years)."


@pytest.mark.parametrize(
    ("sentence", "verdicts"),
    [
        (SAID.format("1000"), ["consistent"]),
        (SAID.format("100"), ["not testable"]),
        (SAID.format("100,000"), ["not testable"]),
        ("Fever had an incidence of 5.2 cases per 100 person-years.", []),  # in no table
        ("Fever had an incidence of 4.2 cases per 100 person-years.", []),  # two digits may meet by chance
        ("The incidence rose by 4.2 and 14.0 points.", []),
    ],
)
def test_rates_have_one_base(paper: HandMadePaper, sentence: str, verdicts: list[str]) -> None:
    for arm, rate in (("Vaccine", "4.2"), ("Placebo", "14.0")):
        paper.row("Disease", table_type="outcome", column=f"{arm} > Per 1000 person-yr", arm=arm, rate=rate)
    assert paper.read(sentence).verdicts("rate.base") == verdicts
