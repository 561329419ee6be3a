"""words.order: words that put two numbers of a sentence in order ("lower in A than in B (x vs y)", "rose from x to y",
"most common …, followed by …", "in at least 20 %: …") agree with the numbers.

Comes in: a Study. Goes out: one outcome for each pair of numbers that such words order. Only numbers that stand where
the words put them are compared: both in the bracket behind "than", on either side of "to", right behind each item. What
is printed alike is in any order. Words that give the size of a difference are left to effect_words.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from auditable.blocks import Observation, Study, number_of
from auditable.checks.rule import Outcome, Rule

_UP = r"higher|greater|larger|longer|older|more(?!\s(?:rare|seldom|infrequent)\w*)"
_DOWN = r"lower|smaller|shorter|younger|fewer|rarer|less(?!\s(?:rare|seldom|infrequent)\w*)"
_CLAUSE = r"(?:[^.;]|\.(?=\d))"
"""A letter of a clause; a point inside a number does not end it."""
_THAN = re.compile(
    rf"\b(?:(?P<up>{_UP})|(?P<down>{_DOWN}))\b(?!\sthan)(?:(?!\b(?:{_UP}|{_DOWN})\b)[^.;:()\d]){{1,90}}?"
    r"\bthan\b[^.;:()\d,]{1,60}"
    r"\((?P<pair>[^()]*(?:\([^()]*\)[^()]*)*)\)",
    re.IGNORECASE,
)
_NOT = re.compile(
    r"\b(?:not?|nor|neither|never|without|n.t|rang\w+|var[iy]\w*|if|whether|hypothes\w+|expect\w*|assum\w*)\b",
    re.IGNORECASE,
)
_VERSUS = re.compile(r"\b(?:vs|versus|compared (?:with|to)|against|and)\b", re.IGNORECASE)
_NAMELESS = re.compile(
    r"\b(?:vs|versus|compared|with|to|against|and|respectively|median|mean|sd|sem?|iqr|range|ci|n|of|p|was|were|years?|months?"
    r"|weeks?|days?|hours?|h|min|patients|events?|points?|kg|mg|dl|ml|mmhg|mmol|cm|mm|l|g|per)\b",
    re.IGNORECASE,
)
"""Words beside numbers in a bracket that name no group: with another word the bracket may have an order of its own."""
_TO = re.compile(
    r"\b(?:(?P<up>increased|increasing|rose|risen|grew|climbed)"
    r"|(?P<down>decreased|decreasing|fell|fallen|dropped|declined|reduced))\b[^.;:()\d,]{0,40}?\bfrom\s[^.;:()\d,]{0,30}?"
    r"(?=\d)(?:\([^()]*\)|[^.;:()]|\.(?=\d)){1,60}?\sto\s",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"^[\s-]*(?:years?|yrs?|months?|weeks?|days?|hours?|h|min(?:utes)?|cycles?|visits?)\b"
    r"|\b(?:day|week|month|year|visit|cycle|time ?points?|baseline)\s*$",
    re.IGNORECASE,
)
"""Beside the numbers of "from 3 to 12 months": they may be the times between which something fell."""
_FOLLOWED = re.compile(
    rf"\b(?:most|more)\s(?:common\w*|frequent\w*|often|prevalent)\b(?P<lead>{_CLAUSE}*?),?\s(?:which\swas\s)?"
    rf"followed by\b(?P<rest>{_CLAUSE}*)",
    re.IGNORECASE,
)
_AT_LEAST = re.compile(
    r"\b(?:in|of|affect\w+|experienced by|reported by)\s(?P<bound>(?:≥|>|>=|at least|more than|over)\s?\d[\d.]*\s?%)"
    r"(?:\s(?:of|in)\s(?:the\s|all\s|treated\s)?(?:patients|participants|subjects|people|cases))?"
    rf"(?:\sin\s(?:either|any|both|each)\s\w+)?\)?(?:\s(?:were(?!\s\w+ed\b)|included?|comprised)|:)(?P<rest>{_CLAUSE}*)",
    re.IGNORECASE,
)
"""A bound on the items that are listed behind it; "a range of at least 70 % was attained by …" lists none."""
_TURN = re.compile(
    r"\b(?:grades?|serious|severe|related|lead\w*|led|whereas|while|but|although|except|fatal|with"
    r"|of (?:whom|which|these|those))\b",
    re.IGNORECASE,
)
_OF_PART = re.compile(r"\s?%?\s?(?:of|among|in)\b", re.IGNORECASE)
_BRACKET = re.compile(r"\(([^()]*)\)")
CENTRES = ("n", "pct", "median", "mean", "rate", "value", "ratio")
"""Statistics that such words put in order."""
LIMITS = ("bound", "min", "max")
"""As which the numbers of "at least 20 %" and "from 12 to 8" may be read."""


@dataclass(frozen=True, slots=True)
class Ordered:
    """Two numbers and what words say of them: the first is the greater one, or the smaller one."""

    words: str
    first: Observation
    second: Observation
    is_falling: bool

    @property
    def holds(self) -> bool:
        """Whether the numbers, as far as they are printed, can be in that order."""
        first, second = number_of(self.first), number_of(self.second)
        high, low = (first, second) if self.is_falling else (second, first)
        return high.value >= low.value


def test_order(study: Study) -> Iterator[Outcome]:
    """One outcome for each pair of numbers that words put in order."""
    for mentions in study.sentences:
        numbers = [o for o in mentions if _is_plain(o)]
        if len(numbers) > 1 and numbers[0].source == "prose":
            for ordered in _find(numbers[0].quote, numbers):
                yield _judge(ordered)


def _is_plain(o: Observation) -> bool:
    """A number of this study that has an order; a change with its sign in words may be told either way."""
    number = o.number
    return (
        number is not None
        and number.value >= 0
        and o.speaks_of != "another study"
        and o.statistic in (*CENTRES, *LIMITS)
    )


def _find(text: str, numbers: Sequence[Observation]) -> Iterator[Ordered]:
    yield from _by_than(text, numbers)
    yield from _by_change(text, numbers)
    yield from _by_rank(text, numbers)
    yield from _by_bound(text, numbers)


def _within(numbers: Sequence[Observation], start: int, end: int) -> list[Observation]:
    return [o for o in numbers if start <= o.start and o.end <= end and _is_centre(o)]


def _is_centre(o: Observation) -> bool:
    return o.statistic in CENTRES and not number_of(o).comparator


def _by_than(text: str, numbers: Sequence[Observation]) -> Iterator[Ordered]:
    """ "lower in A than in B (12% vs 30%)": the numbers in the bracket are in the order of the groups."""
    for m in _THAN.finditer(text):
        clause = _clause_before(text, m)
        parts = list(_VERSUS.finditer(m["pair"]))
        inside = _within(numbers, *m.span("pair"))
        if len(parts) != 1 or len(inside) < 2 or _NOT.search(clause[-40:] + m[0][: -len(m["pair"])]):
            continue
        cut = m.start("pair") + parts[0].start()
        first = next((o for o in inside if o.end <= cut), None)
        second = next((o for o in inside if o.start >= cut and first and o.statistic == first.statistic), None)
        if first and second and not re.search(r"[^\W\d_]{2,}", _NAMELESS.sub(" ", m["pair"])):
            yield Ordered(m[0], first, second, bool(m["up"]))


def _by_change(text: str, numbers: Sequence[Observation]) -> Iterator[Ordered]:
    """ "fell from 12 to 8": the first number behind "from" and the one behind "to"."""
    for m in _TO.finditer(text):
        first = next((o for o in numbers if m.start() <= o.start < m.end()), None)
        second = next((o for o in numbers if 0 <= o.start - m.end() <= 3), None)
        if first is None or second is None or number_of(first).comparator or number_of(second).comparator:
            continue
        if first.unit not in ("", second.unit) or _NOT.search(_clause_before(text, m)[-40:] + m[0]):
            continue
        around = [(text[: o.start], text[o.end :]) for o in (first, second)]
        is_time = any(_TIME.search(before) or _TIME.search(after) or after[:1] in ":/×–-" for before, after in around)
        if not is_time and not (_is_year(first) and _is_year(second)):
            yield Ordered(m[0] + second.value, first, second, bool(m["down"]))


def _clause_before(text: str, m: re.Match[str]) -> str:
    """The words of the clause before a match."""
    return re.split(r"[.;:,]", text[: m.start()])[-1]


def _is_year(o: Observation) -> bool:
    return o.whole is not None and 1900 <= o.whole <= 2100


def _by_rank(text: str, numbers: Sequence[Observation]) -> Iterator[Ordered]:
    """ "most common was A (30%), followed by B (20%)": no item behind is above the last one before."""
    for m in _FOLLOWED.finditer(text):
        before = _leading(numbers, text, *m.span("lead"))[-1:]
        for first in before:
            for second in _leading(numbers, text, *m.span("rest")):
                if (second.statistic, second.unit) == (first.statistic, first.unit):
                    yield Ordered("most common …, followed by", first, second, True)


def _by_bound(text: str, numbers: Sequence[Observation]) -> Iterator[Ordered]:
    """ "in at least 20% of patients: A (30%), B (22%)": every item reaches the bound."""
    for m in _AT_LEAST.finditer(text):
        turn = _TURN.search(m["rest"])
        start = m.start("rest")
        end = start + turn.start() if turn else m.end("rest")
        bound = next((o for o in numbers if m.start("bound") <= o.start < m.end("bound")), None)
        for item in _greatest(numbers, text, start, end):
            if bound and item.statistic == "pct":
                yield Ordered(m["bound"], item, bound, True)


def _leading(numbers: Sequence[Observation], text: str, start: int, end: int) -> list[Observation]:
    """The number that each bracket of a stretch opens with, if it is not one of a part ("40% of the 12 with any")."""
    found = ((_within(numbers, *b.span(1)), b) for b in _BRACKET.finditer(text, start, end))
    return [
        inside[0]
        for inside, b in found
        if inside and not text[b.start(1) : inside[0].start].strip(" n=") and not _OF_PART.match(text, inside[0].end)
    ]


def _greatest(numbers: Sequence[Observation], text: str, start: int, end: int) -> list[Observation]:
    """The greatest percentage of each bracket in a stretch: one group of several is enough."""
    found = (
        [o for o in _within(numbers, *b.span(1)) if o.statistic == "pct"] for b in _BRACKET.finditer(text, start, end)
    )
    return [max(inside, key=lambda o: number_of(o).value) for inside in found if inside]


def _judge(ordered: Ordered) -> Outcome:
    first, second = ordered.first, ordered.second
    pair = (first, second)
    words = " ".join(ordered.words.split("(")[0].split())
    sign = "≥" if ordered.is_falling else "≤"
    if ordered.holds:
        shown = f"{first.value} {sign} {second.value}"
        return Outcome("consistent", pair, f"The numbers are in the order of “{words}”.", shown, first.value, shown)
    message = (
        f"“{words}” puts {first.value} and {second.value} in an order that they do not have. The words, the order "
        "of the two numbers, or one of them is wrong."
    )
    arithmetic = f"{first.value} {'<' if ordered.is_falling else '>'} {second.value}"
    return Outcome("impossible", pair, message, arithmetic, first.value, f"{sign} {second.value}")


RULES = (
    Rule(
        id="words.order",
        claim="Words that put two numbers in order (“lower than”, “rose from … to”, “followed by”) agree with them.",
        severity="error",
        function=test_order,
        assumptions="The words say the order plainly, without a negation, and the numbers stand where they put them: "
        "both in the bracket behind “than”, without names of their own, around “to”, or in the bracket behind each "
        "item. Negative numbers and times are not compared; what is printed alike is in any order.",
        literature="INSPECT-SR check 4 (internal consistency); Boutron et al. 2010 (JAMA 303:2058, words and results)",
        example="“Relapse was rarer with A than with B (31% vs 22%)”.",
    ),
)
