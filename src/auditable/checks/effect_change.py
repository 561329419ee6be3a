"""effect.change: "from 82 to 61 (a 26 % reduction)": a printed change is that of the two values beside it.

Comes in: a Study. Goes out: one outcome for each change that a sentence prints right behind "from A to B", or right
before it: the difference of the two, or their relative change in per cent. Medians change otherwise than their
patients do, and adjusted changes otherwise than crude ones: they are left alone. A change that goes on behind its
number ("2 % per year", "2.5-fold", "11 in the first year") may be another one: it is not accused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from auditable.blocks import Observation, Study, number_of
from auditable.checks.rule import Outcome, Rule
from auditable.rounding import Interval, Verdict, decimal_text, exact_text

_CHANGE = r"(?:increas\w+|decreas\w+|reduc\w+|improve\w+|declin\w+|drop\w*|f[ae]ll\w*|rise|rose|gain\w*|loss|changed?)"
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
    r"|more than|less than|at least|range|IQR|per|annual\w*|yearly|monthly|each|every|times|folds?|SDs?)\b|[~≈]",
    re.IGNORECASE,
)
_ENDED = re.compile(
    r"(?:[- ](?:percentage[- ])?points?)?"
    r"(?:\s?(?!(?:to|and|or|in|per|an?|each|every|on|over|from|than|among|for|at|after|before|by|of|with(?:in)?|during|when"
    r"|while|between|across|following|relative|versus|vs|compared|only|more|less|times|folds?|annually|yearly|monthly"
    r"|SDs?)\b)[A-Za-zµ%/²³·]+){0,2}\s?(?:[).;,\[(]|$)",
    re.IGNORECASE,
)
"""Behind a change nothing but its unit and the end of its clause."""
_OF_THE_SAME = re.compile(r"\s(?:in|of)\s(?:the\s)?(?P<what>[\w\s-]+?)\s?[).;,]", re.IGNORECASE)
"""Behind a change what it is the change of: "a 36 % reduction in attacks"."""
COUNTED = ("n", "events", "pct", "rate")
"""Statistics whose change is theirs alone; a mean before and one after may be of different patients."""
FAR = Fraction(1, 3)
"""A change of means so far from the printed one, as a share of it, is no matter of patients who left."""


@dataclass(frozen=True, slots=True)
class Change:
    """Two values and the change printed with them; is_share: it is printed in per cent of values that are not.

    is_whole: nothing behind it says that it is of another time, group or step.
    """

    a: Observation
    b: Observation
    c: Observation
    is_share: bool
    may_be_share: bool
    is_whole: bool


@dataclass(frozen=True, slots=True)
class Way:
    """One way to count a change: what it may have been, and how it is shown."""

    inside: Interval
    shown: str
    size: str


def test_changes(study: Study) -> Iterator[Outcome]:
    """One outcome for each change beside "from A to B"."""
    for mentions in study.sentences:
        if any(o.speaks_of == "another study" for o in mentions) or mentions[0].source == "caption":
            continue
        for found in _changes(mentions):
            if ways := _ways(found):
                yield _judge(found, ways)


def _changes(mentions: tuple[Observation, ...]) -> Iterator[Change]:
    quote = mentions[0].quote
    taken: set[int] = set()
    for pattern in (_BEHIND, _SHARE_BEHIND, _BEFORE):
        for m in pattern.finditer(quote):
            a, b, c = (next((o for o in mentions if o.start <= m.start(x) < o.end), None) for x in ("a", "b", "c"))
            if a is None or b is None or c is None or c.start in taken or _OTHER.search(_clause(quote, m)):
                continue
            if any(o.number is None or o.number.comparator for o in (a, b, c)):
                continue
            taken.add(c.start)
            in_percent = "%" in m["unit_c"]
            of_percent = "%" in m["unit_a"] + m["unit_b"]
            is_whole = pattern is _BEFORE or _is_whole(quote, m)
            yield Change(a, b, c, in_percent and not of_percent, in_percent, is_whole)


def _is_whole(quote: str, m: re.Match[str]) -> bool:
    """Whether a change ends with its unit, or says that it is of what the sentence named before."""
    of = _OF_THE_SAME.match(quote, m.end())
    return bool(_ENDED.match(quote, m.end())) or (of is not None and of["what"].lower() in quote[: m.start()].lower())


def _clause(quote: str, m: re.Match[str]) -> str:
    """What is said up to the change, from the start of its clause."""
    begun = max(quote.rfind(sign, 0, m.start()) for sign in (";", ". ", "whereas", "while"))
    return quote[max(begun, 0) : m.end()]


def _ways(found: Change) -> list[Way]:
    """The difference of the two values, and their change in per cent of the value before; none where that is 0."""
    a, b, c = (number_of(o) for o in (found.a, found.b, found.c))
    change, slack = b.value - a.value, (a.unit + b.unit) / 2
    low, high = max(abs(change) - slack, Fraction(0)), abs(change) + slack
    decimals = max(a.decimals, b.decimals)
    ways: list[Way] = []
    if not found.is_share:
        shown = f"{b} − {a} = {decimal_text(change, decimals)}"
        ways.append(Way(Interval(low, high), shown, decimal_text(abs(change), decimals)))
    before, half = abs(a.value), a.unit / 2
    if found.may_be_share and before > half:
        share = 100 * change / a.value
        shown = f"100 · ({b} − {a}) / {a} = {exact_text(share, c.decimals)}"
        inside = Interval(100 * low / (before + half), 100 * high / (before - half))
        ways.append(Way(inside, shown, exact_text(abs(share), c.decimals)))
    return ways


def _judge(found: Change, ways: list[Way]) -> Outcome:
    a, b, c = (number_of(o) for o in (found.a, found.b, found.c))
    observations, expected = (found.c, found.a, found.b), ways[0].size
    arithmetic = f"{'; '.join(way.shown for way in ways)}; {c} is printed"
    size = Interval(abs(c.value) - c.unit, abs(c.value) + c.unit)
    if any(size.overlaps(way.inside) for way in ways):
        message = f"{c} is the change from {a} to {b}."
        return Outcome("consistent", observations, message, arithmetic, str(c), expected)
    verdict, severity = _tier(found, ways)
    percent = " %" if found.is_share else ""
    message = f"The change from {a} to {b} is {expected}{percent}, not {c}{percent}."
    return Outcome(verdict, observations, message, arithmetic, str(c), expected, severity)


def _tier(found: Change, ways: list[Way]) -> tuple[Verdict, str]:
    """How sure a change that does not fit is wrong: the mean of each patient's change is another number."""
    if not found.is_whole:
        return "not testable", ""
    if all(o.statistic in COUNTED for o in (found.a, found.b)):
        return "impossible", ""
    size = abs(number_of(found.c).value)
    return "not testable", "error" if not found.is_share and all(_is_far(size, way.inside) for way in ways) else ""


def _is_far(size: Fraction, inside: Interval) -> bool:
    low, high = inside.low or Fraction(0), inside.high or Fraction(0)
    return size < low * (1 - FAR) or size > high * (1 + FAR)


RULES = (
    Rule(
        id="effect.change",
        claim="A change printed with “from A to B” is their difference, or their relative change in per cent.",
        severity="error",
        function=test_changes,
        assumptions="The change stands right behind the two values or right before them in one sentence; a change in "
        "per cent of percentages may be either. The last digit may be rounded either way. It accuses for counts, "
        "percentages and rates; of means, which may be of different patients, a change a third off is asked about. "
        "Medians, adjusted and approximate changes are not judged, nor those that go on behind their number (per year, "
        "in another group).",
        literature="Cochrane Handbook 6.5 (change from baseline)",
        example="“fell from 82 to 61 (a 36 % reduction)”: 21 of 82 is 25.6 %.",
    ),
)
