"""dose.half_life: what is gone of a drug after a time agrees with the half-life printed beside it.

Comes in: a Study with its text. Goes out: one outcome for each sentence that prints a half-life, a share that is gone
(or left) and after what time. Decline by halves holds for the last phase of elimination; other drugs may fall faster,
so that a breach is a question.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from math import log2

from auditable.blocks import Study
from auditable.checks.rule import Outcome, Quote, Rule
from auditable.model import Sentence
from auditable.references import is_literature

SEVERITY = "definition"
_UNIT = r"(?P<{0}>minute|min|hour|h|day|d|week|wk|month|mo|year)s?\b"
_HALF_LIFE = re.compile(
    r"\bhalf-?\s?life\b[^.;\d]{0,50}?(?P<n>\d+(?:[.·]\d+)?)\s?" + _UNIT.format("unit"), re.IGNORECASE
)
_GONE = re.compile(
    r"(?P<share>\d{1,3}(?:[.·]\d+)?)\s?%[^.;\d]{0,50}?\b(?P<verb>gone|eliminated|cleared|excreted|washed out|"
    r"disappear\w*|lost)\b"
    r"[^.;\d]{0,45}?(?P<n>\d+(?:[.·]\d+)?)\s?" + _UNIT.format("unit"),
    re.IGNORECASE,
)
_HOURS = {
    "minute": Fraction(1, 60), "min": Fraction(1, 60), "hour": Fraction(1), "h": Fraction(1), "day": Fraction(24),
    "d": Fraction(24), "week": Fraction(168), "wk": Fraction(168), "month": Fraction(1461, 2), "mo": Fraction(1461, 2),
    "year": Fraction(8766),
}  # fmt: skip
FACTOR = 2
"""Half-lives may be rounded and vary: a time is questioned where twice or half of it would still not do."""


def test_half_lives(study: Study) -> Iterator[Outcome]:
    """Each sentence once."""
    for sentence in study.text:
        lives, gone = list(_HALF_LIFE.finditer(sentence.text)), list(_GONE.finditer(sentence.text))
        if len(lives) == 1 and len(gone) == 1 and not is_literature(sentence):
            yield from _test(sentence, lives[0], gone[0])


def _test(sentence: Sentence, life: re.Match[str], gone: re.Match[str]) -> Iterator[Outcome]:
    share, half, time = _number(gone["share"]) / 100, _hours(life), _hours(gone)
    if not 0 < share < 1 or not half or life.start("n") == gone.start("n"):
        return
    needed = half * Fraction(-log2(1 - float(share))).limit_denominator(1000)
    left = 100 * 0.5 ** float(time / half)
    unit = gone["unit"].lower()
    shown = f"{float(needed / _HOURS[unit]):.1f} {unit}s"
    said = f"{gone['n']} {unit}s"
    arithmetic = (
        f"0.5^({float(time / half):.2f}) = {left:.0f} % left after {said}; {gone['share']} % gone takes {shown}"
    )
    quote = Quote(sentence, min(life.start(), gone.start()), max(life.end(), gone.end()))
    if needed / FACTOR <= time <= needed * FACTOR:
        message = f"With this half-life {gone['share']} % are gone after about {shown}."
        yield Outcome("consistent", (), message, arithmetic, said, shown, quotes=(quote,))
    elif time < needed:
        message = (
            f"With a half-life of {life['n']} {life['unit']}s about {left:.0f} % are still there after {said}; until "
            f"{gone['share']} % are gone it takes about {shown}."
        )
        yield Outcome("not testable", (), message, arithmetic, said, shown, SEVERITY, (quote,))


def _number(text: str) -> Fraction:
    return Fraction(text.replace("·", "."))


def _hours(found: re.Match[str]) -> Fraction:
    return _number(found["n"]) * _HOURS[found["unit"].lower()]


RULES = (
    Rule(
        id="dose.half_life",
        claim="What is gone of a drug after a time agrees with the half-life beside it.",
        severity=SEVERITY,
        function=test_half_lives,
        assumptions="One sentence prints one half-life, one share and one time. The share falls by half in each "
        "half-life; "
        "a time is asked about where even twice of it would not do. A question, since the half-life may be of the last "
        "phase alone.",
        literature="Rowland & Tozer, Clinical Pharmacokinetics and Pharmacodynamics, ch. 5 (first-order elimination)",
        example="Half-life 28 days, 99 % gone after 2 months: 99 % takes 6.6 half-lives, about 6 months.",
    ),
)
