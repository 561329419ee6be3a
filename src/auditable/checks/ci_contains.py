"""ci.contains: an estimate lies inside its own interval, and the lower limit below the upper one.

Comes in: a Study. Goes out: one outcome for each estimate printed with both limits. Limits that only fit with another
sign are told apart: a sentence may print the size of a fall, a table may have lost a minus.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from auditable.blocks import Study
from auditable.checks.estimates import Estimate, find_estimates
from auditable.checks.rule import Outcome, Rule
from auditable.rounding import Printed

_DIRECTED = re.compile(
    r"\b(?:fell|fall\w*|drop\w*|los[st]\w*|low\w*|less\w*|few\w*|small\w*|short\w*|young\w*|rare\w*|decreas\w*|reduc\w*"
    r"|declin\w*|diminish\w*|improv\w*|wors\w*|better|below|down\w*|favou?r\w*|advantage|benefit\w*|gain\w*|sav\w*"
    r"|greater|high\w*|more|larg\w*|increas\w*|r[io]se\w*|superior\w*|inferior\w*)\b",
    re.IGNORECASE,
)
"""Words that say which way a difference goes, so that its size may stand without a sign."""


def test_contains(study: Study) -> Iterator[Outcome]:
    """One outcome for each estimate with an interval."""
    every = find_estimates(study)
    for found in every:
        yield _judge(found, every)


def _judge(found: Estimate, every: Sequence[Estimate]) -> Outcome:
    e, low, high = found.numbers
    printed, inside = found.printed, f"between {low} and {high}"
    shown = f"{low} ≤ {e} ≤ {high}"
    if is_above(low, high):
        message = f"The lower limit {low} is above the upper limit {high}."
        return Outcome("impossible", found.all, message, f"{low} > {high}", printed, "lower limit below upper limit")
    if (_is_past(low, e) or _is_past(e, high)) and not _is_unsigned(found):
        message = (
            f"The {found.name} {e} lies one last digit outside its interval {low} to {high}; no one rounding does."
        )
        return Outcome("rounding", found.all, message, f"not {shown}", printed, inside)
    if not (is_above(low, e) or is_above(e, high)):
        return Outcome("consistent", found.all, f"The {found.name} lies inside its interval.", shown, printed, printed)
    if _is_unsigned(found) and not _has_lost_its_sign(found, every):
        message = (
            f"The {found.name} {e} is printed without a sign; with a minus it lies inside its interval {low} to "
            f"{high}, so it is the size of a fall or of a difference the other way."
        )
        return Outcome("not testable", found.all, message, f"{low} ≤ −{e} ≤ {high}", printed, "")
    message = f"The {found.name} {e} lies outside its own interval {low} to {high}."
    if low.value <= -e.value <= high.value:
        message += " With the other sign it would lie inside: a minus may be lost."
    return Outcome("impossible", found.all, message, f"not {shown}", printed, inside)


def _is_unsigned(found: Estimate) -> bool:
    """Whether a sentence prints the size of a difference and the limits of the difference: "fell by 6.0 (−10.8 to
    −1.2)". Words carry the sign there; in a table nothing does.
    """
    e, low, high = (n.value for n in found.numbers)
    return found.estimate.source != "table" and e > 0 > low and e > high and low <= -e <= high


def _has_lost_its_sign(found: Estimate, every: Sequence[Estimate]) -> bool:
    """Whether the paper prints the same result with its minus elsewhere, and here no word says which way it goes."""
    e, low, high = found.numbers
    signed = [(a.value, b.value, c.value) for a, b, c in (f.numbers for f in every)]
    return (-e.value, low.value, high.value) in signed and not _DIRECTED.search(found.estimate.quote)


def _is_past(left: Printed, right: Printed) -> bool:
    """Whether the first number is above the second by one last digit of both: any rounding keeps the order of two
    numbers or makes them equal.
    """
    return left.decimals == right.decimals and left.value - right.value == left.unit


def is_above(left: Printed, right: Printed) -> bool:
    """Whether the first number is above the second, however both were rounded."""
    low, high = left.ordinary.low, right.ordinary.high
    return low is not None and high is not None and low > high


RULES = (
    Rule(
        id="ci.contains",
        claim="The lower limit is below the upper limit, and the estimate lies between them.",
        severity="error",
        function=test_contains,
        assumptions="Estimate and limits stand in one cell, or follow each other in one phrase with one unit. A "
        "sentence may print a fall without its minus sign: then nothing is judged, unless no word of it says which way "
        "it goes and the paper prints the same result with its minus elsewhere.",
        literature="INSPECT-SR check 4 (internal consistency); Cochrane Handbook 6.3",
        example="HR 0.98 (95 % CI 1.05 to 1.20): the estimate is below its interval.",
    ),
)
