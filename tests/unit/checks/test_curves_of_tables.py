"""survival.landmark on tables: rates at times of one curve, also where a sentence contradicts one of them."""

import pytest
from hand_made import HandMadePaper


@pytest.mark.parametrize(("at_a_year", "verdicts"), [("26.4", ["consistent"]), ("57.8", ["impossible"])])
def test_rates_of_a_table_that_a_sentence_contradicts(
    paper: HandMadePaper, at_a_year: str, verdicts: list[str]
) -> None:
    for months, share in (("6", "55.8"), ("12", at_a_year)):
        of = {"timepoint": f"{months} months"}
        paper.row(f"PFS > {months}-month rate, %", table_type="outcome", variable="pfs", category="rate", pct=share,
                  of=of)  # fmt: skip
    paper.read("PFS at 12 months was 26.4%.")
    assert paper.verdicts("survival.landmark") == verdicts
