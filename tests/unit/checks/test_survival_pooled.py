"""survival.pooled: parts of splits around all patients, and what must stay silent."""

import pytest
from cases_pooled_survival import overall, parts
from hand_made import HandMadePaper

from auditable.checks.survival_pooled import split_of

AGE = (("< 65", "71.2"), ("≥ 65", "58.4"))
RULE = "survival.pooled"


@pytest.mark.parametrize(
    ("subgroup", "found"),
    [
        ("Age (years): ≥ 65", ("age (years)", "≥ 65")),
        ("Hb < 11.8 g/dL", ("hb", "< 11.8 g/dL")),
        ("Sex: female", ("sex", "female")),
        ("elderly", ("", "elderly")),
    ],
)
def test_the_trait_and_the_value_of_a_part(subgroup: str, found: tuple[str, str]) -> None:
    assert split_of(subgroup) == found


@pytest.mark.parametrize(
    ("shares", "verdicts"),
    [
        (AGE, ["consistent"]),
        ((("< 65", "61.2"), ("≥ 65", "58.4")), ["not testable"]),  # one split alone proves nothing
        ((("< 65", "62.9"), ("≥ 65", "58.4")), ["consistent"]),  # censoring moves it so far
        ((("< 65", "61.2"), ("≥ 75", "58.4")), []),  # patients are left out
        ((("0", "71.2"), ("≥ 1", "58.4")), ["consistent"]),
        ((*AGE, ("< 75", "69.0"), ("≥ 75", "50.1")), ["consistent", "consistent"]),  # cut at two bounds
        ((("< 65", "71.2"), ("65–74", "60.0"), ("≥ 75", "58.4")), ["consistent"]),
    ],
)
def test_one_split(paper: HandMadePaper, shares: tuple[tuple[str, str], ...], verdicts: list[str]) -> None:
    parts(paper, "Age (years)", shares)
    overall(paper, "64.8")
    assert paper.verdicts(RULE) == verdicts


def test_other_numbers_that_fit_prove_the_split(paper: HandMadePaper) -> None:
    parts(paper, "Age (years)", (("< 65", "61.2"), ("≥ 65", "58.4")))
    overall(paper, "64.8")
    for variable in ("pfs", "disease_free_survival"):
        parts(paper, "Age (years)", (("< 65", "41.2"), ("≥ 65", "28.4")), variable)
        overall(paper, "34.8", variable)
    assert paper.verdicts(RULE).count("impossible") == 1
    assert paper.accused(RULE) == ["All"]


def test_splits_that_disagree_accuse_nobody(paper: HandMadePaper) -> None:
    parts(paper, "Age (years)", (("< 65", "61.2"), ("≥ 65", "58.4")))
    parts(paper, "Albumin (g/L)", (("< 35", "49.9"), ("≥ 35", "73.0")))
    overall(paper, "64.8")
    assert not paper.accused(RULE)


@pytest.mark.parametrize(("sizes", "asks"), [(("60", "60"), False), (("10", "110"), True)])
def test_the_weighted_mean_is_asked_about(paper: HandMadePaper, sizes: tuple[str, str], asks: bool) -> None:
    for (label, _), size in zip(AGE, sizes, strict=True):
        paper.row(f"Age (years) > {label} years", n=size, total="120")
    parts(paper, "Age (years)", (("< 65", "74.2"), ("≥ 65", "55.4")))
    overall(paper, "64.8")
    assert (paper.findings(RULE)["severity"] == "error").tolist() == [asks]
