"""Words over the end of a line: parted, joined, or joined with their own hyphen."""

from collections import Counter

import pytest

from auditable.broken_words import over_line_end

COUNTS = Counter(
    {
        "sodium-restricted": 1,
        "cutoff": 2,
        "fixed": 2,
        "volume": 3,
        "dose": 4,
        "overall": 5,
        "over": 2,
        "all": 6,
        "in": 9,
    }
)


@pytest.mark.parametrize(
    ("before", "after", "joined"),
    [
        ("median of 12", "months", "median of 12 months"),
        ("resis-", "tance to it", "resistance to it"),
        ("sodium-", "restricted diet", "sodium-restricted diet"),
        ("the cut-", "off of", "the cutoff of"),
        ("a fixed-", "volume dose", "a fixed-volume dose"),
        ("over-", "all survival", "overall survival"),
        ("in-", "creased", "increased"),
        ("an anti-", "CD20 antibody", "an anti-CD20 antibody"),
        ("pre- and", "post-", "pre- and post-"),
        ("pre-", "and postoperative", "pre- and postoperative"),
        ("18–", "65 years", "18–65 years"),
        ("12-", "month rate", "12-month rate"),
        ("450 copies/", "mL", "450 copies/mL"),
        ("a drop –", "in men –", "a drop – in men –"),
        ("grade-", "(≥ 3)", "grade- (≥ 3)"),
    ],
)
def test_a_word_that_opens_a_line(before: str, after: str, joined: str) -> None:
    assert over_line_end(before, after.split(maxsplit=1)[0], COUNTS) + after == joined
