"""effect.nnt: numbers needed to treat beside their risks, and what must stay silent."""

import pytest
from hand_made import HandMadePaper

RULE = "effect.nnt"
CONSISTENT, IMPOSSIBLE = ["consistent"], ["impossible"]


@pytest.mark.parametrize(
    ("said", "verdicts"),
    [
        ("Relief came in 45.2% and 32.1%, number needed to treat 8.", CONSISTENT),
        ("Relief came in 45.2% and 32.1% (NNT = 7).", CONSISTENT),  # rounded down
        ("Relief came in 45.2% and 32.1% (NNT 7.6).", CONSISTENT),
        ("Relief came in 45.2% and 32.1% (NNT 14).", IMPOSSIBLE),
        ("The absolute risk reduction was 13.1%, a number needed to treat of 14.", IMPOSSIBLE),
        ("The absolute risk reduction was 13.1%, a number needed to treat of 8.", CONSISTENT),
        ("The absolute risk reduction was 3.2 per 1000 patients, a number needed to treat of 313.", []),
        ("Of the 45% with diabetes, 60% had relief (NNT 4).", []),  # one share of the other
        ("Relief came in 45.2% with the drug versus 32.1% with placebo (NNT 14).", IMPOSSIBLE),
        ("The hazard was lower: 45.2% and 32.1% (NNT 14).", []),
        ("Relief came in 45.2%, 40.0% and 32.1% (NNT 14).", []),
        ("Relief came in 45.2% and 45.0% (NNT 900).", CONSISTENT),  # rounding leaves it open
    ],
)
def test_risks_of_the_sentence(paper: HandMadePaper, said: str, verdicts: list[str]) -> None:
    assert paper.read(said).verdicts(RULE) == verdicts


@pytest.mark.parametrize(("needed", "verdicts"), [("8", CONSISTENT), ("14", IMPOSSIBLE)])
def test_a_relative_risk_names_the_row_of_its_risks(paper: HandMadePaper, needed: str, verdicts: list[str]) -> None:
    for row, counts in (("Nausea", ("49", "52", "30")), ("Headache", ("9", "19", "17"))):
        for arm, total, n in zip(("A", "B", "C"), ("140", "141", "139"), counts, strict=True):
            share = f"{100 * int(n) / int(total):.1f}"
            paper.row(row, table_type="outcome", column=f"{arm} (n = {total})", arm=arm, total=total, n=n, pct=share)
    paper.read(f"Nausea was rarer with C, relative risk 0.62 (95% CI 0.42 to 0.91), number needed to treat {needed}.")
    assert paper.verdicts(RULE) == verdicts
