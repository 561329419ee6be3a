"""Those who were left out, and who is left: what must be told, and the traps that must stay silent."""

import pytest
from hand_made import HandMadePaper


@pytest.mark.parametrize(
    ("sentences", "expected"),
    [
        (("Of 288 eligible, 17 declined and 14 were lost before the first visit.",), []),
        (("Of 288 eligible, 27 declined and 14 were lost before the first visit.",), ["247"]),
        (("Of 2311 procedures recorded, we excluded 49 repairs and 85 emergencies, leaving 2204.",), ["2177"]),
        (("Of 2311 procedures recorded, we excluded 49 repairs and 58 emergencies, leaving 2204.",), []),
        (("We approached 312 families; 94 declined and 16 were not seen, so 247 children took part.",), ["202"]),
        (
            (
                "Of 1840 teachers who answered in 2006, we excluded 61 with diabetes and 124 with missing items.",
                "The remaining 1565 women were divided into quartiles.",
            ),
            ["1655"],
        ),
        (("After removal of 491 duplicates, 911 abstracts were screened and 853 were excluded.",), []),
        # not all who were lost are told, or no slip of the pen mends it
        (("Of 288 eligible, 9 declined and 14 were lost before the first visit.",), []),
        (("Of 288 eligible, 27 declined, including 14 who were lost.",), []),
        (("Of the 55 who did not complete, 23 stopped early and 32 were lost.",), []),
        (("Of 288 eligible in the trial by Ito et al [7], 27 declined and 14 were lost.",), []),
    ],
)
def test_who_is_left(paper: HandMadePaper, sentences: tuple[str, ...], expected: list[str]) -> None:
    for arm, total in (("Home", "128"), ("Clinic", "129")):
        paper.row("Women", column=f"{arm} (N = {total})", arm=arm, n="60", total=total)
    paper.read(*sentences)
    assert paper.accused_numbers("flow.left") == expected
