"""effect.change: "from 82 to 61 (a 26 % reduction)": a printed change is that of the two values beside it.

Comes in: a Study. Goes out: one outcome for each change that a sentence prints right behind "from A to B", or right
before it: the difference of the two, or their relative change in per cent. Medians change otherwise than their
patients do, and adjusted changes otherwise than crude ones: they are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from auditable.blocks import Observation, Study, number_of
from auditable.checks.rule import Outcome, Rule
from auditable.rounding import Interval, Verdict, exact_text

_CHANGE = (
    r"(?:increas\w+|decreas\w+|reduc\w+|improve\w+|declin\w+|drop\w*|f[ae]ll\w*|rise|rose|gain\w*|loss|lost|changed?)"
)
_VALUE = r"(?<![\w.])[-−]?\d[\d,]*(?:\.\d+)?(?![\d.]*\d)"
_UNIT = r"(?:\s?(?!to\b|and\b)[A-Za-zµ%/²³·]+(?:\s?/\s?[A-Za-zµ\d.²³]+)*){0,2}"
_SPREAD = r"(?:\s?±\s?\d+(?:\.\d+)?)?"
_BOTH = (
    rf"from\s(?P<a>{_VALUE}){_SPREAD}(?P<unit_a>{_UNIT})(?:\s(?:at|before)\s[a-z]+)?\sto\s"
    rf"(?P<b>{_VALUE}){_SPREAD}(?P<unit_b>{_UNIT})"
)
_BEHIND = re.compile(
    rf"{_BOTH}(?:\s(?:at|after)\s[\w\s]{{1,20}}?)?\s?[(,;]\s?(?:an?|by|the|mean|relative|absolute|overall|\s)*"
    rf"(?:{_CHANGE}(?:\s(?:of|by|was))?[,:=\s]*)(?P<c>{_VALUE})(?P<unit_c>\s?%?)",
    re.IGNORECASE,
)
_SHARE_BEHIND = re.compile(
    rf"{_BOTH}(?:\s(?:at|after)\s[\w\s]{{1,20}}?)?\s?[(,;]\s?(?:an?|by|the|relative|overall|\s)*(?P<c>{_VALUE})(?P<unit_c>\s?%)"
    rf"\s(?:relative\s)?{_CHANGE}",
    re.IGNORECASE,
)
_BEFORE = re.compile(rf"\b{_CHANGE}\sby\s(?P<c>{_VALUE})(?P<unit_c>\s?%?){_UNIT},?\s{_BOTH}", re.IGNORECASE)
_OTHER = re.compile(
    r"\b(?:medians?|adjusted|least[- ]squares?|LS|model\w*|estimated|geometric|about|approximately|nearly|almost|over"
    r"|more than|less than|at least|range|IQR|per|annual\w*|each|every|average annual)\b|[~≈]",
    re.IGNORECASE,
)
COUNTED = ("n", "events", "pct", "rate")
"""Statistics whose change is theirs alone; a mean before and one after may be of different patients."""
FAR = Fraction(1, 3)
"""A change of means so far from the printed one, as a share of it, is no matter of patients who left."""


@dataclass(frozen=True, slots=True)
class Change:
    """Two values and the change printed with them; is_share: it is printed in per cent of values that are not."""

    a: Observation
    b: Observation
    c: Observation
    is_share: bool
    may_be_share: bool


def test_changes(study: Study) -> Iterator[Outcome]:
    """One outcome for each change beside "from A to B"."""
    for mentions in study.sentences:
        if any(o.speaks_of == "another study" for o in mentions) or mentions[0].source == "caption":
            continue
        for found in _changes(mentions):
            yield _judge(found)


def _changes(mentions: tuple[Observation, ...]) -> Iterator[Change]:
    quote = mentions[0].quote
    taken: set[int] = set()
    for pattern in (_BEHIND, _SHARE_BEHIND, _BEFORE):
        for m in pattern.finditer(quote):
            parts = [next((o for o in mentions if o.start <= m.start(x) < o.end), None) for x in ("a", "b", "c")]
            a, b, c = parts
            if a is None or b is None or c is None or c.start in taken or _OTHER.search(_clause(quote, m)):
                continue
            if any(o.number is None or o.number.comparator for o in (a, b, c)):
                continue
            taken.add(c.start)
            in_percent = "%" in m["unit_c"]
            of_percent = "%" in m["unit_a"] + m["unit_b"]
            yield Change(a, b, c, in_percent and not of_percent, in_percent)


def _clause(quote: str, m: re.Match[str]) -> str:
    """What is said up to the change, from the start of its clause."""
    begun = max(quote.rfind(sign, 0, m.start()) for sign in (";", ". ", "whereas", "while"))
    return quote[max(begun, 0) : m.end()]


def _judge(found: Change) -> Outcome:
    a, b, c = (number_of(o) for o in (found.a, found.b, found.c))
    observations = (found.c, found.a, found.b)
    ways = ([] if found.is_share else [_difference(found)]) + ([_relative(found)] if found.may_be_share else [])
    shown = [f"{b} − {a} = {exact_text(b.value - a.value, max(c.decimals - 2, 0))}"] if not found.is_share else []
    expected = exact_text(abs(b.value - a.value), max(c.decimals - 2, 0))
    if found.may_be_share and a.value:
        share = 100 * (b.value - a.value) / a.value
        shown.append(f"100 · ({b} − {a}) / {a} = {exact_text(share, max(c.decimals - 1, 0))}")
        expected = exact_text(abs(share), max(c.decimals - 1, 0)) if found.is_share else expected
    arithmetic = f"{'; '.join(shown)}; {c} is printed"
    size = Interval(abs(c.value) - c.unit, abs(c.value) + c.unit)
    if any(size.overlaps(way) for way in ways):
        message = f"{c} is the change from {a} to {b}."
        return Outcome("consistent", observations, message, arithmetic, str(c), expected)
    verdict, severity = _tier(found, ways)
    percent = " %" if found.is_share else ""
    message = f"The change from {a} to {b} is {expected}{percent}, not {c}{percent}."
    return Outcome(verdict, observations, message, arithmetic, str(c), expected, severity)


def _tier(found: Change, ways: list[Interval]) -> tuple[Verdict, str]:
    """How sure a change that does not fit is wrong: the mean of each patient's change is another number."""
    if all(o.statistic in COUNTED for o in (found.a, found.b)):
        return "impossible", ""
    size = abs(number_of(found.c).value)
    far = [size < (way.low or 0) * (1 - FAR) or (way.high is not None and size > way.high * (1 + FAR)) for way in ways]
    return "not testable", "error" if all(far) and not found.is_share else ""


def _difference(found: Change) -> Interval:
    low, high = _ends(found)
    return Interval(max(low, Fraction(0)), high)


def _ends(found: Change) -> tuple[Fraction, Fraction]:
    """Smallest and largest size of the difference."""
    a, b = number_of(found.a), number_of(found.b)
    face, slack = abs(b.value - a.value), (a.unit + b.unit) / 2
    return face - slack, face + slack


def _relative(found: Change) -> Interval:
    """The relative change in per cent, of the value before or, as some count a fall, of the value after."""
    low, high = _ends(found)
    a = abs(number_of(found.a).value)
    slack = number_of(found.a).unit / 2
    if a <= slack:
        return Interval(None, None)
    return Interval(100 * max(low, Fraction(0)) / (a + slack), 100 * high / (a - slack))


RULES = (
    Rule(
        id="effect.change",
        claim="A change printed with “from A to B” is their difference, or their relative change in per cent.",
        severity="error",
        function=test_changes,
        assumptions="The change stands right behind the two values or right before them in one sentence; a change in "
        "per cent of percentages may be either. The last digit may be rounded either way. It accuses for counts, "
        "percentages and rates; of means, which may be of different patients, a change a third off is asked about. "
        "Medians, adjusted and approximate changes are not judged.",
        literature="Cochrane Handbook 6.5 (change from baseline)",
        example="“fell from 82 to 61 (a 36 % reduction)”: 21 of 82 is 25.6 %.",
    ),
)
