"""effect.difference: a printed difference is that of the two percentages or means beside it.

Comes in: a Study. Goes out: one outcome for each printed difference whose two numbers are known. Either may be taken
from the other. Estimates that may be adjusted are only asked about, and only where they lie far off.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from fractions import Fraction

from auditable.blocks import Study, number_of
from auditable.checks.compared_differences import Difference, find_differences
from auditable.checks.proving import MIN_PROVING, prove_crude
from auditable.checks.rule import Outcome, Rule
from auditable.rounding import Interval, Verdict, decimal_text, exact_text

FAR = Fraction(1, 2)
"""A crude difference so far from the printed one, as a share of half its interval, is no matter of adjustment."""
_ADJUSTS = re.compile(
    r"\badjust(?:ed|ing|ment)\b|\bcovaria|\bregression|\bmixed[- ]|\bmantel|\bweight(?:ed|ing)\b|\bmatch(?:ed|ing)\b"
    r"|\bimput|\bANCOVA\b|\bGEE\b|\bleast[- ]squares|\bbayes|\bgenerali[sz]ed|\blinear model"
    r"|\brepeated[- ]measures|\bMMRM\b|\bpropensity|\bmultivari|\brandom[- ]effects|\bhierarchical|\bmultilevel"
    r"|\bafter (?:stratification|standardi[sz]ation)|\bLS(?:[- ]?means?|M)\b"
    r"|\bstratified (?:analys|estimat|test|newcombe|cochran|wilson|difference)",
    re.IGNORECASE,
)
"""Words of papers whose differences may come from a model."""


def test_differences(study: Study) -> Iterator[Outcome]:
    """One outcome for each difference beside the two numbers it is of."""
    adjusts = adjusts_differences(study)
    columns: dict[tuple[str, str], list[Difference]] = defaultdict(list)
    for found in find_differences(study):
        if found.column[0]:
            columns[found.column].append(found)
        else:
            yield _judge(found, is_crude=not adjusts, is_signed=False)
    for together in columns.values():
        for found in together:
            others = [_fits(d) for d in together if d is not found]
            is_proved = prove_crude(others)
            yield _judge(
                found, is_crude=is_proved or not adjusts, is_signed=is_proved and _have_one_way(together, found)
            )


def adjusts_differences(study: Study) -> bool:
    """Whether a paper names a model or an adjustment, from which its differences may come."""
    return any(_ADJUSTS.search(s.text) for s in study.text)


def _have_one_way(together: Sequence[Difference], found: Difference) -> bool:
    """Whether all others of the column with a direction are the first number less the second, and two or more are."""
    others = [d for d in together if d is not found and not _inside(d, -1) and _inside(d, 1)]
    return len(others) >= MIN_PROVING and all(_inside(d, 1) for d in together if d is not found)


def _judge(d: Difference, *, is_crude: bool, is_signed: bool) -> Outcome:
    verdict, severity, message = _verdict(d, is_crude, is_signed)
    printed, expected = number_of(d.printed), _expected(d)
    arithmetic = f"{_shown(d)} = {expected}; {printed} is printed"
    observations = (d.printed, d.first, d.second)
    return Outcome(verdict, observations, message, arithmetic, str(printed), expected, severity)


def _verdict(d: Difference, is_crude: bool, is_signed: bool) -> tuple[Verdict, str, str]:
    a, b, printed = number_of(d.first), number_of(d.second), number_of(d.printed)
    of = f"{a} and {b}"
    if _inside(d, 1) or (_inside(d, -1) and not is_signed):
        return "consistent", "", f"{printed} is the difference of {of}."
    if _inside(d, -1):
        message = f"The other differences of the column are the first less the second: {a} less {b} is {_expected(d)}"
        return "impossible", "", f"{message}, not {printed}; a sign may be lost."
    if _distance(d) <= printed.unit:
        return "not testable", "", f"{printed} is one last digit from the difference of {of}."
    if is_crude:
        return "impossible", "", f"The difference of {of} is {_expected(d)}, not {printed}."
    half = _half_width(d)
    if half is not None and _distance(d) > FAR * half:
        message = f"The difference of {of} is {_expected(d)}, not {printed}: more than adjustment usually moves it"
        return "not testable", "error", f"{message}, since the interval is only ±{exact_text(half, 0)} wide."
    return "not testable", "", f"The difference of {of} is {_expected(d)}; {printed} may be adjusted."


def _fits(d: Difference) -> bool:
    return _inside(d, 1) or _inside(d, -1)


def _inside(d: Difference, sign: int) -> bool:
    """Whether the printed difference, turned round for sign −1, may be that of the numbers beside it."""
    printed = number_of(d.printed)
    low, high = (sign * x for x in d.implied)
    is_exact = d.exact is not None and sign * d.exact in printed.loose
    face = sign * (number_of(d.first).value - number_of(d.second).value)
    if d.exact is not None:
        return is_exact or face in printed.ordinary
    return printed.ordinary.overlaps(Interval(min(low, high), max(low, high)))


def _distance(d: Difference) -> Fraction:
    """How far the printed difference lies from those its numbers allow, beyond rounding; either way round."""
    inside = number_of(d.printed).ordinary
    low, high = inside.low or Fraction(0), inside.high or Fraction(0)
    a, b = d.implied
    return min(max(x - high, low - y, Fraction(0)) for x, y in ((a, b), (-b, -a)))


def _half_width(d: Difference) -> Fraction | None:
    if d.low is None or d.high is None or d.low.number is None or d.high.number is None:
        return None
    return abs(d.high.number.value - d.low.number.value) / 2


def _shown(d: Difference) -> str:
    """The subtraction: of the shares themselves where the counts give them."""
    numbers = number_of(d.first), number_of(d.second)
    if d.shares is None:
        return f"{numbers[0]} − {numbers[1]}"
    return " − ".join(exact_text(x, n.decimals) for x, n in zip(d.shares, numbers, strict=True))


def _expected(d: Difference) -> str:
    decimals = max(number_of(o).decimals for o in (d.first, d.second))
    if d.exact is not None:
        return exact_text(d.exact, decimals)
    return decimal_text(number_of(d.first).value - number_of(d.second).value, decimals)


RULES = (
    Rule(
        id="effect.difference",
        claim="A printed difference is that of the two percentages or means beside it.",
        severity="error",
        function=test_differences,
        assumptions="Two arms in one row and a column of differences, or two percentages or means right before a "
        "difference in one sentence; either may be taken from the other. Standardised, relative and adjusted "
        "differences are not judged. It accuses where two other rows of the column fit, or where the paper names no "
        "adjustment at all; else it asks where the difference lies more than half its interval's half width off. One "
        "last digit off is never accused.",
        literature="Cochrane Handbook 6.4.1; Altman 1991 (Practical Statistics for Medical Research, ch. 10)",
        example="45.2 % against 32.1 % (difference 18.1 percentage points): 45.2 − 32.1 is 13.1.",
    ),
)
