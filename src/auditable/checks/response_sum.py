"""response.sum: the overall response rate is the sum of the responses it counts.

Comes in: a Study. Goes out: one outcome for each overall row ("ORR", "≥ VGPR", "CR or better") of a column that also
prints its parts. Where several definitions are in use (CR with or without sCR), any that fits will do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from auditable.blocks import Cell, Observation, Study
from auditable.checks.rule import Outcome, Rule
from auditable.checks.words import plain
from auditable.rounding import Interval, decimal_text

NAMES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(rf"^(?:{pattern})(?: rate)?(?: \([a-z]+\))?$"))
    for name, pattern in (
        ("vgpr+", r"(?:≥|>=|at least )\s*(?:vgpr|very good partial response)"
                  r"|(?:vgpr|very good partial response) or better"),
        ("cr+", r"(?:≥|>=|at least )\s*(?:cr|complete response)|(?:cr|complete response) or better"),
        ("orr", r"orr|overall response|objective response|(?:≥|>=)\s*pr|pr or better"
                r"|partial response or better"),
        ("scr", r"scr|stringent complete (?:response|remission)|stringent cr"),
        ("ncr", r"ncr|near[- ]complete response|near cr|unconfirmed cr|cru|cri|crh"),
        ("cr", r"cr|complete (?:response|remission)"),
        ("vgpr", r"vgpr|very good partial (?:response|remission)"),
        ("pr", r"pr|partial (?:response|remission)"),
        ("cbr", r"cbr|clinical benefit|(?:≥|>=)\s*mr|mr or better"),
        ("mr", r"mr|minimal response|minor response"),
    )
)  # fmt: skip
WHOLES: dict[str, tuple[tuple[str, ...], ...]] = {
    "orr": (
        ("scr", "cr", "vgpr", "pr"), ("cr", "vgpr", "pr"), ("scr", "cr", "ncr", "vgpr", "pr"),
        ("cr", "ncr", "vgpr", "pr"),
        ("cr", "pr"), ("cr", "ncr", "pr"), ("vgpr+", "pr"), ("cr+", "vgpr", "pr"),
    ),
    "vgpr+": (
        ("scr", "cr", "vgpr"), ("cr", "vgpr"), ("scr", "cr", "ncr", "vgpr"), ("cr", "ncr", "vgpr"), ("cr+", "vgpr"),
    ),
    "cr+": (("scr", "cr"), ("cr",)),
    "cbr": (("scr", "cr", "vgpr", "pr", "mr"), ("cr", "vgpr", "pr", "mr"), ("orr", "mr"), ("cr", "pr", "mr")),
}  # fmt: skip
"""Definitions in use, most complete first; a definition counts only where all its parts are printed."""


def test_responses(study: Study) -> Iterator[Outcome]:
    """One outcome for each overall response that is printed with its parts."""
    for cells in study.columns.values():
        if cells[0].first.table_type in ("individual", "adverse events"):
            continue
        for statistic in ("n", "pct"):
            yield from _test_column(cells, statistic)


def _test_column(cells: list[Cell], statistic: str) -> Iterator[Outcome]:
    found: dict[str, Observation] = {}
    unread: set[str] = set()
    for cell in cells:
        name, o = response_name(cell.first), cell.only(statistic)
        if name is None:
            continue
        if name in found or name in unread:
            return  # two rows of one name: two sets of responses in one column, not to be mixed
        if o is None:
            unread.add(name)
        else:
            found[name] = o
    for whole, definitions in WHOLES.items():
        if whole not in found:
            continue
        usable = [parts for parts in definitions if len(parts) > 1 and all(p in found for p in parts)]
        if "vgpr" in found or "vgpr" in unread:  # a column that tells VGPR from PR counts it in every sum above it
            usable = [parts for parts in usable if {"vgpr", "vgpr+", "orr"} & set(parts) or whole == "cr+"]
        if usable:
            yield _judge(found, whole, usable)


def _judge(found: dict[str, Observation], whole: str, definitions: list[tuple[str, ...]]) -> Outcome:
    total = found[whole]
    inside = total.number.ordinary if total.number else Interval(None, None)
    for parts in definitions:
        if inside.overlaps(_sum(found, parts)):
            observations = (total, *(found[p] for p in parts))
            message = f"{total.label} is the sum of {_names(found, parts)}."
            return Outcome(
                "consistent", observations, message, _arithmetic(found, parts), str(total.number), str(total.number)
            )
    parts = definitions[0]
    observations = (total, *(found[p] for p in parts))
    arithmetic = _arithmetic(found, parts)
    expected = arithmetic.split(" = ")[1]
    shared = set.intersection(*(set(o.marks.split()) for o in found.values()))
    if any(set(o.marks.split()) - shared for o in observations):
        message = f"{total.label} ({total.value}) is not the sum of its parts ({expected}), but a note may define them."
        return Outcome("not testable", observations, message, arithmetic, str(total.number), expected)
    loose = total.number.loose if total.number else inside
    message = f"{total.label} is {total.value}, but {_names(found, parts)} add up to {expected}."
    is_loose = any(loose.overlaps(_sum(found, p)) for p in definitions)
    return Outcome(
        "rounding" if is_loose else "impossible", observations, message, arithmetic, str(total.number), expected
    )


def response_name(o: Observation) -> str | None:
    """The short name of the response a row is about, or None."""
    label = re.sub(r"\s*\((?:%|% pts|n|n ?%|% of patients)\)", "", plain(o.label)).strip()
    return next((name for name, pattern in NAMES if pattern.match(label)), None)


def _sum(found: dict[str, Observation], parts: tuple[str, ...]) -> Interval:
    low, high = Fraction(0), Fraction(0)
    for part in parts:
        number = found[part].number
        inside = number.ordinary if number else Interval(None, None)
        is_count = found[part].statistic == "n" and number is not None and not number.comparator
        if is_count and number is not None:
            low, high = low + number.value, high + number.value
        else:
            low += max(Fraction(0), inside.low or Fraction(0))
            high += inside.high if inside.high is not None else Fraction(100)
    return Interval(low, high)


def _arithmetic(found: dict[str, Observation], parts: tuple[str, ...]) -> str:
    numbers = [found[p].number for p in parts]
    places = max((n.decimals for n in numbers if n), default=0)
    total = decimal_text(sum((n.value for n in numbers if n), Fraction(0)), places)
    return f"{' + '.join(str(n) for n in numbers)} = {total}"


def _names(found: dict[str, Observation], parts: tuple[str, ...]) -> str:
    return " + ".join(found[p].label for p in parts)


RULES = (
    Rule(
        id="response.sum",
        claim="The overall response is the sum of the responses it counts, within the rounding of the parts.",
        severity="error",
        function=test_responses,
        assumptions="All parts of one definition are printed once in the column; CR may or may not include sCR, "
        "and any definition in use "
        "that fits will do.",
        literature="IMWG uniform response criteria (Kumar et al. 2016); RECIST 1.1",
        example="sCR 0 + CR 5 + VGPR 27 + PR 29 = 61 against ORR 60 printed without decimals: within rounding.",
    ),
)
