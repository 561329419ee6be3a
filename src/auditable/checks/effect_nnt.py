"""effect.nnt: a number needed to treat is one over the difference of the two risks.

Comes in: a Study. Goes out: one outcome for each number needed to treat or to harm whose sentence prints the difference
of the risks, the two risks, or a relative risk with limits that is that of one row's counts. It may be rounded either
way. Numbers from hazard ratios and models are not judged.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import permutations

from auditable.blocks import Observation, Study, number_of
from auditable.checks.compared import ArmCount, find_compared
from auditable.checks.rule import Outcome, Rule
from auditable.checks.wald import quantile
from auditable.rounding import Interval, Printed

_NNT = re.compile(
    r"\b(?:numbers?[- ]needed[- ]to[- ](?:treat|harm|benefit)|NN[TH]B?)\b(?:\s?\[?\(?NN[TH]B?\)?\]?)?"
    r"(?:\s(?:was|of|is|to benefit|for benefit)|[\s,:=])*$",
    re.IGNORECASE,
)
_BEHIND = re.compile(r"\s(?:patients|women|men|people|participants|children)\s(?:would\s)?need(?:ed)?\sto\sbe\streated")
_ABSOLUTE = re.compile(
    r"\b(?:absolute (?:risk )?(?:reduction|increase|difference)|risk difference|ARR|ARD)\b[^.;()\d]{0,25}$",
    re.IGNORECASE,
)
_AGAINST = re.compile(
    r"\b(?:and|or|v|vs\.?|versus|against|than|to|with)\s(?:(?:in|by|of|only|the|those|patients)\s)*\(?$", re.IGNORECASE
)
"""Before the second of two risks, unless it is a part of the first: "Of the 45 % with diabetes, 60 % had relief"."""
_OTHER = re.compile(r"\b(?:hazard|HR|adjusted|model\w*|expected|assum\w*|per year|annual\w*|odds)\b", re.IGNORECASE)
ZERO = Fraction(0)


@dataclass(frozen=True, slots=True)
class Risks:
    """Smallest and largest difference of two risks, as shares, and the numbers that print it."""

    low: Fraction
    high: Fraction
    observations: tuple[Observation, ...]
    shown: str


def test_nnt(study: Study) -> Iterator[Outcome]:
    """One outcome for each number needed to treat whose risks are known."""
    for mentions in study.sentences:
        for o in mentions:
            if not _is_nnt(o) or _OTHER.search(o.quote) or o.speaks_of == "another study":
                continue
            before = [m for m in mentions if m.end <= o.start]
            found = _of_difference(before) or _of_two(before) or _of_row(mentions, study)
            if found:
                yield _judge(o, found)


def _is_nnt(o: Observation) -> bool:
    is_named = _NNT.search(o.quote, 0, o.start) or _BEHIND.match(o.quote, o.end)
    is_number = o.number is not None and not o.number.comparator and o.number.value > 1
    return bool(is_named) and is_number and o.statistic not in ("pct", "p", "ci_low", "ci_high")


def _of_difference(before: Sequence[Observation]) -> list[Risks]:
    found = [
        o
        for o in before
        if o.number and _ABSOLUTE.search(o.quote, 0, o.start) and (o.statistic == "pct" or "percentage point" in o.unit)
    ]
    return [_risks(number_of(o).ordinary, (o,), f"{o.value} %") for o in found[-1:]]


def _of_two(before: Sequence[Observation]) -> list[Risks]:
    shares = [o for o in before if o.statistic == "pct" and o.number and not o.number.comparator]
    if len(shares) != 2 or not _AGAINST.search(shares[1].quote, shares[0].end, shares[1].start):
        return []
    a, b = (number_of(o).ordinary for o in shares)
    span = Interval((a.low or ZERO) - (b.high or ZERO), (a.high or ZERO) - (b.low or ZERO))
    return [_risks(span, tuple(shares), " % and ".join(o.value for o in shares) + " %")]


def _risks(percent: Interval, observations: tuple[Observation, ...], shown: str) -> Risks:
    ends = sorted((abs(percent.low or ZERO) / 100, abs(percent.high or ZERO) / 100))
    is_open = (percent.low or ZERO) * (percent.high or ZERO) <= 0
    return Risks(ZERO if is_open else ends[0], ends[1], observations, shown)


def _of_row(mentions: Sequence[Observation], study: Study) -> list[Risks]:
    """The risks of all rows whose counts give the sentence's one relative risk and both of its limits."""
    ratios = [o for o in mentions if o.statistic == "rr" and o.number]
    limits = [[o for o in mentions if o.statistic == s and o.number] for s in ("ci_low", "ci_high")]
    if len(ratios) != 1 or any(len(x) != 1 for x in limits):
        return []
    printed = [number_of(o) for o in (ratios[0], limits[0][0], limits[1][0])]
    pairs = [pair for row in find_compared(study) for pair in permutations(row.counts, 2)]
    return [_counted(a, b) for a, b in pairs if _prints_as(a, b, printed)]


def _prints_as(a: ArmCount, b: ArmCount, printed: Sequence[Printed]) -> bool:
    """Whether the relative risk of two arms and its limits on the log scale print as these three numbers."""
    if min(a.count, b.count) <= 0:
        return False
    middle = math.log(a.count / a.total) - math.log(b.count / b.total)
    half = quantile(95) * math.sqrt(1 / a.count - 1 / a.total + 1 / b.count - 1 / b.total)
    exact = (math.exp(middle), math.exp(middle - half), math.exp(middle + half))
    return all(Fraction(x) in p.loose for x, p in zip(exact, printed, strict=True))


def _counted(a: ArmCount, b: ArmCount) -> Risks:
    difference = abs(Fraction(a.count, a.total) - Fraction(b.count, b.total))
    return Risks(difference, difference, (a.n, b.n), f"{a.count}/{a.total} and {b.count}/{b.total}")


def _judge(o: Observation, found: Sequence[Risks]) -> Outcome:
    printed = number_of(o)
    best = next((r for r in found if _fits(printed, r)), found[0])
    low, high = _ends(best)
    expected = f"{low} to {high}" if high is not None else f"at least {low}"
    observations = (o, *best.observations)
    arithmetic = f"1 / difference of {best.shown}: {expected}; {printed} is printed"
    if _fits(printed, best):
        message = f"{printed} needed to treat is one over the difference of the risks ({best.shown})."
        return Outcome("consistent", observations, message, arithmetic, str(printed), expected)
    message = f"The risks ({best.shown}) give a number needed to treat of {expected}, not {printed}."
    return Outcome("impossible", observations, message, arithmetic, str(printed), expected)


def _ends(risks: Risks) -> tuple[int, int | None]:
    """The smallest and largest whole number needed to treat, rounded either way."""
    low = math.floor(1 / risks.high) if risks.high else 1
    return low, math.ceil(1 / risks.low) if risks.low else None


def _fits(printed: Printed, risks: Risks) -> bool:
    low, high = _ends(risks)
    return low <= printed.value and (high is None or printed.value <= high)


RULES = (
    Rule(
        id="effect.nnt",
        claim="A number needed to treat is one over the difference of the two risks.",
        severity="error",
        function=test_nnt,
        assumptions="The sentence prints the absolute difference in per cent or exactly two percentages, one against "
        "the other, before it, or one relative risk that, with both limits, is that of a row's counts. It may be "
        "rounded up or down. Sentences with hazard or odds ratios, adjusted or yearly numbers are not judged.",
        literature="Altman 1998 (BMJ 317:1309); Cochrane Handbook 15.4",
        example="45.2 % against 32.1 %, number needed to treat 14: 1 / 0.131 is 7.6.",
    ),
)
