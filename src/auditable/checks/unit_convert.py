"""unit.convert: a quantity printed in two units, "26 weeks (6 months)", is the same in both.

Comes in: a Study with its text. Goes out: one outcome per pair: consistent under an ordinary rounding (of months and
years by any of the usual conventions), a question where it only fits if a month is taken as four weeks, impossible
where nothing makes the two one quantity. Which of the two is meant stays open. Only units of one dimension are
compared, and only where nothing but the bracket stands between the two numbers.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from auditable.blocks import Study
from auditable.checks.measured import Measured, find_measured, units_of
from auditable.checks.rule import Outcome, Quote, Rule
from auditable.model import Sentence
from auditable.rounding import Interval, Printed, decimal_text, print_rounded, read_printed
from auditable.units import TIMES, normal_unit

SEVERITY = "unit"
_ABOUT = r"≈|~|<|>|≤|≥|about\s|approximately\s|around\s|nearly\s|almost\s|roughly\s|some\s|over\s|under\s"
_NUMBER = rf"(?P<about{{0}}>{_ABOUT})?\s?(?P<n{{0}}>\d+(?:[.·]\d+)?)"
_UNIT = r"(?P<u{0}>°\s?[CF]|[A-Za-zµμ%]+(?:\s?/\s?[A-Za-zµμ]+)*)"
_PAIR = re.compile(
    rf"(?<![\w.,–—-]){_NUMBER.format(1)}[\s-]?{_UNIT.format(1)}\s?[(\[]\s?(?:=|i\.e\.,?|equivalent to|or)?\s?"
    rf"{_NUMBER.format(2)}[\s-]?{_UNIT.format(2)}\s?[)\];,]"
)
_PART = re.compile(
    r"\b(?:cycles?|courses?|blocks?|periods?|sessions?|visits?|rounds?|classes|modules?|doses?|infusions?|each)"
    r"\s(?:of|lasting|with)\s(?:about\s)?$|[×x]\s?$",
    re.IGNORECASE,
)
"""Before one of several parts: "four cycles of 21 days (12 weeks)" is the whole in brackets."""
_OPENS = re.compile(r"\s?[^\s()\[\]]{1,20}\s?[(\[]\s?(?:=|or|[<>≤≥]=?)?\s?$")
LABORATORY_SLACK = Fraction(1, 50)
"""Laboratories round the factor between mass and amount of a substance by up to so much."""
_DAYS_OF_MONTH = {"30 days": Fraction(30), "365.25/12 days": Fraction(36525, 1200), "365/12 days": Fraction(365, 12),
                  "31 days": Fraction(31)}  # fmt: skip
_DAYS_OF_YEAR = {"365.25 days": Fraction(36525, 100), "365 days": Fraction(365), "12 months of 30 days": Fraction(360),
                 "52 weeks": Fraction(364)}  # fmt: skip
LUNAR = Fraction(28)
SCALES: dict[str, tuple[str, Fraction]] = {
    "hours": ("time", Fraction(1, 24)), "minutes": ("time", Fraction(1, 1440)), "days": ("time", Fraction(1)),
    "weeks": ("time", Fraction(7)),
    "kg": ("mass", Fraction(1000)), "g": ("mass", Fraction(1)), "mg": ("mass", Fraction(1, 1000)),
    "ug": ("mass", Fraction(1, 10**6)), "lb": ("mass", Fraction(45359237, 100000)),
    "m": ("length", Fraction(100)), "cm": ("length", Fraction(1)), "mm": ("length", Fraction(1, 10)),
    "inches": ("length", Fraction(254, 100)), "ft": ("length", Fraction(3048, 100)), "km": ("length", Fraction(10**5)),
    "miles": ("length", Fraction(1609344, 10)),
    "L": ("volume", Fraction(1000)), "mL": ("volume", Fraction(1)), "dL": ("volume", Fraction(100)),
    "kPa": ("pressure", Fraction(1000)), "mmHg": ("pressure", Fraction(101325, 760)),
    "kcal": ("energy", Fraction(4184, 1000)), "kJ": ("energy", Fraction(1)),
}  # fmt: skip
"""Dimension and size of units; months and years have several sizes, degrees an offset."""
_ALIASES = {"inch": "inches", "inches": "inches", "mile": "miles", "miles": "miles", "kcal": "kcal", "kj": "kJ",
            "pounds": "lb", "feet": "ft"}  # fmt: skip
_INEXACT = (
    "about ",
    "approximately ",
    "around ",
    "nearly ",
    "almost ",
    "roughly ",
    "some ",
    "over ",
    "under ",
    "≈",
    "~",
)


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two numbers, with its unit's dimension and possible sizes by the name of the convention."""

    printed: Printed
    unit: str
    text: str
    dimension: str
    sizes: dict[str, Fraction]


def test_convert(study: Study) -> Iterator[Outcome]:
    """Each quantity in two units, then those of a variable whose units only chemistry relates."""
    yield from _test_scales(study)
    yield from _test_variables(study)


def _test_scales(study: Study) -> Iterator[Outcome]:
    seen = set[str]()
    for sentence in study.text:
        for found in _PAIR.finditer(sentence.text):
            left, right = _side(found, "1"), _side(found, "2")
            is_part = _PART.search(sentence.text, 0, found.start())
            if left and right and not is_part and left.unit != right.unit and left.dimension == right.dimension:
                if found[0] not in seen:
                    yield _judge(sentence, found, left, right)
                seen.add(found[0])


def _test_variables(study: Study) -> Iterator[Outcome]:
    """ "glucose 126 mg/dL (7.0 mmol/L)": by the variable's own conversion, of which laboratories use several."""
    by_quote: dict[str, list[Measured]] = defaultdict(list)
    for m in find_measured(study):
        if m.observation.quote and m.unit in units_of(m.variable) and m.unit not in (*SCALES, *TIMES):
            by_quote[m.observation.quote].append(m)
    for found in by_quote.values():
        for left, right in pairwise(sorted(found, key=lambda m: m.observation.start)):
            between = left.observation.quote[left.observation.end : right.observation.start]
            if left.variable == right.variable and left.unit != right.unit and _OPENS.match(between):
                yield _judge_variable(left, right)


def _judge_variable(left: Measured, right: Measured) -> Outcome:
    units = units_of(left.variable)
    ours, theirs = units[left.unit], units[right.unit]
    first, second = (Printed(Fraction(m.number), m.observation.decimals) for m in (left, right))

    def turned(value: Fraction) -> Fraction:
        return (value * ours.factor + ours.offset - theirs.offset) / theirs.factor

    low, high = sorted(turned(first.value + k * first.unit / 2) for k in (-1, 1))
    exact = Interval(low - abs(low) * LABORATORY_SLACK, high + abs(high) * LABORATORY_SLACK)
    shown = f"{print_rounded(turned(first.value), max(1, second.decimals))} {right.observation.unit}"
    said = f"{left.number} {left.observation.unit} and {right.number} {right.observation.unit}"
    places = (right.observation, left.observation)
    arithmetic = f"{left.number} {left.observation.unit} = {shown}"
    if exact.overlaps(second.loose):
        return Outcome("consistent", places, f"{said} are one quantity.", arithmetic, str(right.number), shown)
    called = left.variable.name.replace("_", " ")
    message = f"{said} of {called} are not one quantity: {left.number} {left.observation.unit} would be about {shown}."
    return Outcome("not testable", places, message, arithmetic, str(right.number), shown, SEVERITY)


def _side(found: re.Match[str], k: str) -> Side | None:
    about = (found[f"about{k}"] or "").lower()
    printed = read_printed(found[f"n{k}"].replace("·", "."), comparator="~" if about in _INEXACT else "")
    raw = found[f"u{k}"]
    sized = sizes_of(raw)
    if printed is None or sized is None:
        return None
    return Side(printed, sized[0], f"{found[f'n{k}']} {raw}", sized[1], sized[2])


def sizes_of(raw: str) -> tuple[str, str, dict[str, Fraction]] | None:
    """Normal form, dimension and sizes of a unit, by convention; None for a unit of no scale."""
    if raw.startswith("°"):
        return raw.replace(" ", ""), "temperature", {}
    parts = re.split(r"\s?/\s?", raw)
    if len(parts) == 2 and parts[1] not in ("kg", "m2"):
        top, under = sizes_of(parts[0]), sizes_of(parts[1])
        if top and under and under[2]:
            by = {a: s / u for a, s in top[2].items() for u in list(under[2].values())[:1]}
            return f"{top[0]}/{under[0]}", f"{top[1]} per {under[1]}", by
        return None
    unit = _ALIASES.get(raw.lower()) or normal_unit(raw)
    if unit == "months":
        return unit, "time", _DAYS_OF_MONTH
    if unit == "years":
        return unit, "time", _DAYS_OF_YEAR
    return (unit, SCALES[unit][0], {"": SCALES[unit][1]}) if unit in SCALES else None


def _judge(sentence: Sentence, found: re.Match[str], left: Side, right: Side) -> Outcome:
    quote = (Quote(sentence, found.start(), found.end()),)
    values = {"": _temperature(left)} if left.dimension == "temperature" else _values(left, right)
    fitting = [name for name, exact in values.items() if _fits(exact, right)]
    said = f"{left.text} and {right.text}"
    shown = _shown(values, right)
    if fitting:
        return Outcome("consistent", (), f"{said} are one quantity.", shown, right.text, shown, quotes=quote)
    lunar = _lunar(left, right)
    if lunar and _fits(lunar, right):
        if _is_nominal(left, right):
            message = f"{said} are one quantity where four weeks are called a month."
            return Outcome("consistent", (), message, shown, right.text, shown, quotes=quote)
        message = (
            f"{left.text} would be {shown}, not {right.text}: that fits only if a month has four weeks, which "
            "makes a year of 13 months."
        )
        return Outcome("not testable", (), message, f"{left.text} = {shown}", right.text, shown, SEVERITY, quote)
    message = f"{said} are not one quantity: {left.text} would be {shown}. One number or unit must be another."
    return Outcome("impossible", (), message, f"{left.text} = {shown}", right.text, shown, quotes=quote)


def _values(left: Side, right: Side) -> dict[str, Interval]:
    """What the left number may be in the right unit, by convention."""
    out: dict[str, Interval] = {}
    for a, size in left.sizes.items():
        for b, other in right.sizes.items():
            names = [name for name in (a, b) if name]
            out[" and ".join(names)] = _scaled(left.printed.ordinary, size / other)
    if {left.unit, right.unit} == {"months", "years"}:
        return {"": _scaled(left.printed.ordinary, Fraction(12) if left.unit == "years" else Fraction(1, 12))}
    return out


def _scaled(inside: Interval, factor: Fraction) -> Interval:
    low = None if inside.low is None else inside.low * factor
    high = None if inside.high is None else inside.high * factor
    return Interval(low, high, inside.is_open_low, inside.is_open_high)


def _temperature(left: Side) -> Interval:
    inside = left.printed.ordinary
    low, high = inside.low or Fraction(0), inside.high or Fraction(0)
    if left.unit == "°F":
        return Interval((low - 32) * Fraction(5, 9), (high - 32) * Fraction(5, 9))
    return Interval(low * Fraction(9, 5) + 32, high * Fraction(9, 5) + 32)


def _fits(exact: Interval, right: Side) -> bool:
    """Whether the converted number may print as the right one: rounded, or cut off ("30 months (2 years)")."""
    printed = right.printed
    return exact.overlaps(printed.ordinary) or (
        not printed.comparator and printed.value <= _middle(exact) < printed.value + printed.unit
    )


def _middle(inside: Interval) -> Fraction:
    return ((inside.low or Fraction(0)) + (inside.high or Fraction(0))) / 2


def _lunar(left: Side, right: Side) -> Interval | None:
    if "months" not in (left.unit, right.unit) or "years" in (left.unit, right.unit):
        return None
    size = LUNAR if left.unit == "months" else next(iter(left.sizes.values()))
    other = LUNAR if right.unit == "months" else next(iter(right.sizes.values()))
    return _scaled(left.printed.ordinary, size / other)


def _is_nominal(left: Side, right: Side) -> bool:
    """Whether a schedule is meant and no measured time: whole months, and weeks or days that are a multiple of four
    weeks."""
    return all(side.printed.value.denominator == 1 and side.printed.decimals == 0 for side in (left, right))


def _shown(values: dict[str, Interval], right: Side) -> str:
    """The converted number with one digit more than the right one, the range of conventions where they differ."""
    middles = sorted({_middle(v) for v in values.values()})
    digits = right.printed.decimals + (0 if right.printed.decimals else 1)
    low, high = print_rounded(middles[0], digits), print_rounded(middles[-1], digits)
    unit = right.text[len(decimal_text(right.printed.value, right.printed.decimals)) :].strip()
    return f"{low} {unit}" if low == high else f"{low} to {high} {unit}"


RULES = (
    Rule(
        id="unit.convert",
        claim="A quantity printed in two units is the same in both.",
        severity=SEVERITY,
        function=test_convert,
        assumptions="Both units have one dimension and only a bracket stands between the numbers. Either number may be "
        "rounded or cut off; a month may have 28 (whole numbers only), 30, 30.4 or 31 days, a year 360 to 365.25 days.",
        literature="The International System of Units (BIPM, 9th edition); SAMPL guidelines (units)",
        example="“90 weeks (22.5 months)”: 90 weeks are 20.7 months; 22.5 takes a month as four weeks.",
    ),
)
