"""reference.exists, reference.item, reference.style: what is cited is there; what may have been lost is not accused."""

from __future__ import annotations

import pytest
from hand_made import HandMadePaper

LAST = 12


def _paper(*, is_listed: bool = True) -> HandMadePaper:
    paper = HandMadePaper()
    for n in range(1, LAST + 1):
        paper.read(f"So it has been shown before [{n}].", section="Discussion")
        if is_listed:
            paper.read(f"{n}. Smith A. A title. Journal {2000 + n}.", section="References")
    return paper


@pytest.mark.parametrize("is_listed", [True, False])
@pytest.mark.parametrize(
    ("texts", "is_told"),
    [
        (("They agree [3].",), False),
        (("They agree [47].",), True),
        (("They agree [13].",), False),  # the last entry may be lost
        (("They agree [46, 47].",), False),  # so may the end of the list
        (("They agree [47].", "They differ [47]."), False),
    ],
)
def test_a_number_is_in_the_list(texts: tuple[str, ...], is_told: bool, is_listed: bool) -> None:
    found = _paper(is_listed=is_listed).read(*texts, section="Discussion").findings("reference.exists")
    assert (set(found["severity"]) == {"citation"}) == is_told


def test_articles_that_are_counted_as_cited_are_the_references() -> None:
    for n, verdict in (("5", "consistent"), ("8", "not testable")):
        paper = _paper().row("Cited articles on efficacy", table_type="flow", n="7")
        paper.row("Cited articles not on efficacy", table_type="flow", n=n).row("Articles excluded", n="40")
        assert verdict in paper.verdicts("reference.exists")


def test_articles_that_a_row_counts_in_all_are_not_counted_twice() -> None:
    for whole in ("12", "16"):
        paper = _paper().row("Cited articles in all", table_type="flow", n=whole)
        paper.row("Cited articles on efficacy", table_type="flow", n="9")
        paper.row("Cited articles not on efficacy", table_type="flow", n="7")
        assert "not testable" not in paper.verdicts("reference.exists")


@pytest.mark.parametrize(
    ("text", "is_told"),
    [
        ("They agree (Miller 2009).", True),
        ("They agree (Miller et al., 2009).", True),
        ("They agree (Miller 2009) [4].", False),
        ("The trial followed the declaration (Helsinki, 1964).", False),
        ("It was shown at the meeting (Vienna 2009).", False),
        ("They came in (May 2009).", False),
        ("It was graded by the revised classification (Atlanta 2012).", False),
    ],
)
def test_numbers_are_the_one_style(text: str, is_told: bool) -> None:
    found = _paper().read(text, section="Discussion").findings("reference.style")
    assert ("not testable" in set(found["verdict"])) == is_told


def test_a_paper_that_cites_authors_is_left_alone() -> None:
    names = ("Miller", "Baker", "Cooper", "Weaver")
    paper = _paper().read(*(f"They agree ({name} 2009)." for name in names), section="Discussion")
    assert paper.verdicts("reference.style") == []


@pytest.mark.parametrize(
    ("texts", "verdicts"),
    [
        (("All are listed (Table 2).",), ["consistent"]),
        (("All are listed (Table 4).",), ["not testable"]),
        (("All are listed (Table 3).",), []),  # its caption may be lost
        (("All are listed (Tables 3 and 4).",), []),
        (("All are listed (Supplementary Table 4).",), []),
        (("All are listed in the supplementary material (Table 4).",), []),
        (("All are listed (see Table 4 in the appendix).", "Some are in Table 1."), ["consistent"]),
    ],
)
def test_a_table_is_there(texts: tuple[str, ...], verdicts: list[str]) -> None:
    paper = HandMadePaper().read("Table 1. Baseline", "Table 2. Outcome", section="Table", source="caption")
    assert paper.read(*texts).verdicts("reference.item") == verdicts
