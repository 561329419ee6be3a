"""effect.told: a difference that a sentence tells alone is that of two numbers of the row it names.

Comes in: a Study. Goes out: one outcome for each difference ("lengthened median PFS by 4.4 months", "2.2 years younger
than") that stands without its two numbers, where a row of a table, or a sentence, prints these under the same name.
Differences beside their two numbers are left to effect_difference.py, those of one arm over time to effect_change.py.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from auditable.blocks import Observation, Study, number_of
from auditable.checks.compared import MODELLED
from auditable.checks.effect_difference import adjusts_differences
from auditable.checks.matching import all_words_of, is_slip, words_of
from auditable.checks.rule import Outcome, Rule
from auditable.rounding import Interval, Printed, decimal_text

CENTRES = ("pct", "mean", "median")
MOST_PAIRS = 3
"""Differences of one row, three arms give three: with more of them a slip of the pen is no proof."""
FEWEST_DIGITS = 2
"""Digits that a told difference needs before a slip of the pen may be seen in it."""
_GAP = r"(?:(?!(?<![\w.])\d)[^.;:()]){0,70}?"
"""Words between a difference and its number, without another number that stands by itself."""
_LEAD = re.compile(
    rf"(?:\b(?:gain|difference|advantage|benefit|improvement|reduction|prolongation)\b{_GAP}"
    r"\b(?:of|was|is)\s(?:about\s|approximately\s)?"
    rf"|\b(?:lengthened|prolonged|extended|shortened|improved|lowered|raised|reduced|differ(?:ed|s)"
    rf"|longer|shorter|higher|lower|greater|less|more)\b{_GAP}\bby\s(?:about\s|approximately\s)?)[−-]?$",
    re.IGNORECASE,
)
_MOVED = re.compile(rf"\b(?:fell|rose|dropped|declined|decreased|increased){_GAP}\bby\s[−-]?$", re.IGNORECASE)
"""Before points of percentage, which nothing but two percentages have between them."""
_BEHIND = re.compile(
    r"\s*(?:[\w/.%−²·-]+\s){0,3}?(?:fewer|more|higher|lower|longer|shorter|greater|less|younger|older)\b"
    r"[^.;()]{0,60}?\bthan\b",
    re.IGNORECASE,
)
"""Behind a difference: "years younger than", "mmol/l higher with A than with B"."""
_OTHER = re.compile(
    r"\b(?:standardi[sz]ed|relative|ratio|hodges|adjust\w*|effect sizes?|cohen|log|hazard|odds|risks? of"
    r"|non-?inferior\w*|margin|power|detect\w*|assum\w*|expect\w*|minimal\w*|important|per|each|every|interaction"
    r"|least[- ]squares?|baseline|model\w*|change\w*|meta-?analys\w*|trials?|studies)\b",
    re.IGNORECASE,
)
"""Words of differences that are of something else than two numbers of a row."""
_GENERAL = frozenset({
    "difference", "change", "event", "time", "group", "arm", "outcome", "end", "point", "primary", "secondary", "day",
    "follow", "probability", "estimate", "survival", "treatment", "grade", "response", "test", "control", "rate",
})  # fmt: skip
"""Words of labels that name no one row by themselves."""


@dataclass(frozen=True, slots=True)
class _Line:
    """The numbers of one statistic that stand under one name: a row of a table, or a sentence."""

    name: frozenset[str]
    numbers: tuple[Observation, ...]

    @property
    def first(self) -> Observation:
        """The first of them."""
        return self.numbers[0]

    @property
    def pairs(self) -> list[tuple[Observation, Observation]]:
        """All pairs of them that differ."""
        return [(a, b) for a, b in combinations(self.numbers, 2) if number_of(a).value != number_of(b).value]


def test_told(study: Study) -> Iterator[Outcome]:
    """One outcome for each difference told alone whose row prints two numbers or three."""
    told = [o for mentions in study.sentences for o in mentions if _is_told(o, mentions)]
    if not told:
        return
    lines = list(_lines(study))
    adjusts = adjusts_differences(study)
    for o in told:
        own = [x for x in lines if _names(o, x) and o.quote != x.first.quote]
        if own and (outcome := _judge(o, own, adjusts)):
            yield outcome


def _is_told(o: Observation, mentions: Sequence[Observation]) -> bool:
    """Whether a number is a difference with no number of its kind before it in the sentence."""
    is_kind = o.statistic in ("value", *CENTRES) and o.source == "prose" and o.speaks_of == "this study"
    if not is_kind or o.number is None or o.number.comparator or _OTHER.search(o.quote[: o.end + 40]):
        return False
    is_moved = "percentage point" in o.unit and _MOVED.search(o.quote, 0, o.start)
    if not (is_moved or _LEAD.search(o.quote, 0, o.start) or _BEHIND.match(o.quote, o.end)):
        return False
    return all(m.start >= o.start or m.statistic not in ("value", "n", *CENTRES) for m in mentions)


def _lines(study: Study) -> Iterator[_Line]:
    """Rows of tables, then sentences, by statistic; rows of models and changes tell differences of their own."""
    found: dict[tuple[object, ...], list[Observation]] = defaultdict(list)
    for o in study.observations:
        is_own = o.speaks_of == "this study" and not o.patient and o.table_type != "individual"
        if o.statistic in ("value", *CENTRES) and is_own and o.number and not o.number.comparator:
            place = (o.table_id, o.row, o.stub_path) if o.source == "table" else (o.page, o.quote, o.variable)
            found[(o.source, *place, o.statistic)].append(o)
    for numbers in found.values():
        yield _Line(_name(numbers[0]), tuple(numbers))


def _name(o: Observation) -> frozenset[str]:
    label = o.stub_path if o.source == "table" else o.subject
    return frozenset(w for w in words_of(label) if w not in _GENERAL and not w.isdigit())


def _names(o: Observation, line: _Line) -> bool:
    """Whether a sentence names a line by the codebook's variable, or by all telling words of its label."""
    same_unit = _unit_of(o) == _unit_of(line.first) or not _unit_of(line.first)
    is_by_time = not line.first.timepoint or not o.timepoint or line.first.timepoint == o.timepoint
    is_variable = bool(o.variable) and o.variable == line.first.variable
    is_worded = any(len(w) > 2 for w in line.name) and line.name <= all_words_of(o.quote)
    is_kind = o.statistic in ("value", line.first.statistic) or line.first.statistic == "value"
    return same_unit and is_by_time and is_kind and (is_variable or is_worded)


def _unit_of(o: Observation) -> str:
    """A unit in one spelling; points of percentage are per cent."""
    unit = "%" if o.statistic == "pct" or "percentage point" in o.unit else o.unit
    return unit.lower().rstrip("s").replace(" ", "")


def _judge(o: Observation, lines: Sequence[_Line], adjusts: bool) -> Outcome | None:
    """What the lines that a sentence names say of its difference; None where they leave it open."""
    printed = number_of(o)
    for line in lines:
        if any(_fits(printed, number_of(x).ordinary) for x in line.numbers):
            message = f"{line.first.place} prints {printed} itself."
            return Outcome("consistent", (o, line.first), message, "", o.value, o.value)
        for a, b in line.pairs:
            if _fits(printed, _between(a, b)):
                message = f"{printed} is the difference of {a.value} and {b.value} ({line.first.place})."
                return Outcome("consistent", (o, a, b), message, f"{a.value} − {b.value}", o.value, o.value)
    tables = [x for x in lines if x.first.source == "table" and not MODELLED.search(x.first.stub_path)]
    pairs = [(a, b) for x in tables for a, b in x.pairs]
    if not pairs or len(pairs) > MOST_PAIRS or (adjusts and pairs[0][0].statistic == "mean"):
        return None
    slips = [(a, b) for a, b in pairs if _is_slip(printed, a, b)]
    return _accuse(o, *slips[0]) if len(slips) == 1 else None


def _fits(printed: Printed, of: Interval) -> bool:
    """Whether a difference, or the same the other way round, may print so; a last digit is left to rounding twice."""
    inside = Interval(printed.value - printed.unit, printed.value + printed.unit)
    turned = Interval(-printed.value - printed.unit, -printed.value + printed.unit)
    return inside.overlaps(of) or turned.overlaps(of)


def _between(a: Observation, b: Observation) -> Interval:
    first, second = number_of(a).ordinary, number_of(b).ordinary
    zero = Fraction(0)
    return Interval((first.low or zero) - (second.high or zero), (first.high or zero) - (second.low or zero))


def _is_slip(printed: Printed, a: Observation, b: Observation) -> bool:
    """Whether the told difference is the true one with a slip of the pen."""
    true = abs(number_of(a).value - number_of(b).value)
    return is_slip(Printed(abs(printed.value), printed.decimals), _at(true, printed.decimals), FEWEST_DIGITS)


def _at(exact: Fraction, decimals: int) -> Printed:
    return Printed(Fraction(decimal_text(exact, decimals)), decimals)


def _accuse(o: Observation, a: Observation, b: Observation) -> Outcome:
    expected = decimal_text(abs(number_of(a).value - number_of(b).value), max(a.decimals, b.decimals))
    message = (
        f"The text tells a difference of {o.value}, but {a.place} prints {a.value} and {b.value}: a difference of "
        f"{expected}."
    )
    arithmetic = f"|{a.value} − {b.value}| = {expected}; {o.value} is told"
    return Outcome("impossible", (o, a, b), message, arithmetic, o.value, expected)


RULES = (
    Rule(
        id="effect.told",
        claim="A difference that a sentence tells alone is that of two numbers of the row it names.",
        severity="error",
        function=test_told,
        assumptions="The sentence prints no number of that kind before it and names the row by the codebook's variable "
        "or by all telling words of its label, in the same unit. It is accused where no number and no difference of "
        "any row or sentence of that name fits, the rows have three pairs of numbers at most, and it is one slip of "
        "the pen off one of their differences. Not for adjusted, relative, expected and standardised differences.",
        literature="INSPECT-SR check 4 (agreement of text and tables); Cochrane Handbook 6.4.1",
        example="“The drug lengthened median PFS by 5.4 months”, where Table 2 prints 7.9 and 3.5 months: 4.4.",
    ),
)
