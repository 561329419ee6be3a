"""response.sum: the overall response is the sum of the responses it counts.

Comes in: a Study. Goes out: one outcome for each overall number ("ORR", "≥ VGPR", "CR or better", disease control) of a
column or sentence that also prints its parts. Where several definitions are in use (CR with or without sCR), any that
fits will do. Which response a number counts is read by response_names.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from auditable.blocks import Cell, Observation, Study
from auditable.checks.response_names import is_unnamed_response, response_in_sentence, response_name
from auditable.checks.rule import Outcome, Rule
from auditable.denominators import whole_number
from auditable.rounding import Interval, Printed, counts_for, decimal_text, percent_of

Found = dict[str, Observation]
WHOLES: dict[str, tuple[tuple[str, ...], ...]] = {
    "orr": (
        ("scr", "cr", "vgpr", "pr"), ("cr", "vgpr", "pr"), ("scr", "cr", "ncr", "vgpr", "pr"),
        ("cr", "ncr", "vgpr", "pr"),
        ("cr", "pr"), ("cr", "ncr", "pr"), ("crc", "pr"), ("vgpr+", "pr"), ("cr+", "vgpr", "pr"),
    ),
    "vgpr+": (
        ("scr", "cr", "vgpr"), ("cr", "vgpr"), ("scr", "cr", "ncr", "vgpr"), ("cr", "ncr", "vgpr"), ("cr+", "vgpr"),
    ),
    "crc": (("cr", "ncr"),),
    "cr+": (("scr", "cr"), ("cr",)),
    "cbr": (("scr", "cr", "vgpr", "pr", "mr"), ("cr", "vgpr", "pr", "mr"), ("orr", "mr"), ("cr", "pr", "mr")),
    "dcr": (
        ("scr", "cr", "vgpr", "pr", "mr", "sd"), ("cr", "vgpr", "pr", "mr", "sd"), ("scr", "cr", "vgpr", "pr", "sd"),
        ("cr", "vgpr", "pr", "sd"), ("cr", "pr", "mr", "sd"), ("cr", "pr", "sd"), ("orr", "mr", "sd"), ("orr", "sd"),
    ),
}  # fmt: skip
"""Definitions in use, most complete first; a definition counts only where all its parts are printed."""
ALWAYS = {"orr": (("vgpr+", "pr"), ("cr+", "vgpr", "pr")), "vgpr+": (("cr+", "vgpr"),)}
"""Sums that hold under every definition."""
WITH_DURATION = ("dcr", "cbr")
"""Stable disease may count only after some weeks: their sum may be more than they are."""


def test_responses(study: Study) -> Iterator[Outcome]:
    """One outcome for each overall response that is printed with its parts."""
    for cells in study.columns.values():
        if cells[0].first.table_type in ("individual", "adverse events"):
            continue
        for statistic in ("n", "pct"):
            yield from _test_column(cells, statistic)
    for mentions in study.sentences:
        for statistic in ("n", "pct"):
            yield from _test_sentence(mentions, statistic)


def _test_column(cells: Sequence[Cell], statistic: str) -> Iterator[Outcome]:
    found: Found = {}
    unread: set[str] = set()
    for cell in cells:
        name, o = response_name(cell.first), _number_of(cell, statistic)
        if name is None:
            continue
        if name in found or name in unread:
            return  # two rows of one name: two sets of responses in one column, not to be mixed
        if o is None:
            unread.add(name)
        else:
            found[name] = o
    is_open = any(is_unnamed_response(c.first) for c in cells)
    yield from _test_found(found, unread, is_open=is_open)


def _number_of(cell: Cell, statistic: str) -> Observation | None:
    o = cell.only(statistic)
    bound = cell.only("bound")
    return bound if o is None and statistic == "pct" and bound is not None and bound.unit == "%" else o


def _test_sentence(mentions: Sequence[Observation], statistic: str) -> Iterator[Outcome]:
    """A sentence that lists responses and their total, each named once and of one group of patients."""
    found: Found = {}
    for o in mentions:
        if o.statistic != statistic or o.number is None or o.speaks_of != "this study":
            continue
        name = response_in_sentence(o)
        if name in found:
            return
        if name is not None:
            found[name] = o
    if len({(o.arm, o.timepoint, o.reference) for o in found.values()}) == 1:
        yield from _test_found(found, set(), is_open=False)


def _test_found(found: Found, unread: set[str], *, is_open: bool) -> Iterator[Outcome]:
    for whole, definitions in WHOLES.items():
        if whole not in found:
            continue
        usable = [parts for parts in definitions if len(parts) > 1 and all(p in found for p in parts)]
        if "vgpr" in found or "vgpr" in unread:  # a column that tells VGPR from PR counts it in every sum above it
            usable = [parts for parts in usable if {"vgpr", "vgpr+", "orr"} & set(parts) or whole in ("cr+", "crc")]
        if usable:
            yield _judge(found, whole, usable, is_open=is_open)


def _judge(found: Found, whole: str, definitions: list[tuple[str, ...]], *, is_open: bool) -> Outcome:
    total = found[whole]
    inside = total.number.ordinary if total.number else Interval(None, None)
    if total.statistic == "n" and total.number:
        inside = Interval(total.number.value, total.number.value)
    for parts in definitions:
        if inside.overlaps(_sum(found, parts)):
            return _test_whole_patients(found, whole, definitions) or _outcome("consistent", found, whole, parts)
    parts = definitions[0]
    if reason := _excuse(found, whole, definitions, is_open=is_open):
        return _outcome("not testable", found, whole, parts, reason)
    loose = total.number.loose if total.number and total.statistic != "n" else inside
    is_loose = any(loose.overlaps(_sum(found, p)) for p in definitions)
    return _outcome("rounding" if is_loose else "impossible", found, whole, parts)


def _excuse(found: Found, whole: str, definitions: list[tuple[str, ...]], *, is_open: bool) -> str:
    """Why a total may differ from its parts, as half a sentence, or ""."""
    total = found[whole].number
    observations = [found[whole], *(found[p] for p in definitions[0])]
    shared = set.intersection(*(set(o.marks.split()) for o in found.values()))
    if any(set(o.marks.split()) - shared for o in observations):
        return "a note may define them"
    sums = [_sum(found, parts) for parts in definitions]
    is_less = total is not None and all(s.low is not None and total.value < s.low for s in sums)
    is_more = total is not None and all(s.high is not None and total.value > s.high for s in sums)
    if whole in WITH_DURATION and is_less:
        return "stable disease may count only from some weeks on"
    return "another response of the table may be among them" if is_open and is_more else ""


def _test_whole_patients(found: Found, whole: str, definitions: list[tuple[str, ...]]) -> Outcome | None:
    """A breach where the percentages add up, but no whole numbers of patients behind them do; None where some do."""
    total = found[whole]
    n = {o.denominator for o in found.values() if o.statistic == "pct"}
    size = whole_number(n.pop()) if len(n) == 1 else None
    if total.statistic != "pct" or not size or any(not _counts(o, size) for o in found.values()):
        return None
    held = [parts for parts in ALWAYS.get(whole, ()) if parts in definitions]
    for parts in held or (definitions if len(definitions) == 1 else []):
        if not _reaches(found, whole, parts, size, is_loose=False):
            is_loose = _reaches(found, whole, parts, size, is_loose=True)
            reason = f"no whole numbers of {size} patients print as these percentages and add up"
            return _outcome("rounding" if is_loose else "impossible", found, whole, parts, reason)
    return None


def _reaches(found: Found, whole: str, parts: tuple[str, ...], size: int, *, is_loose: bool) -> bool:
    """Whether some whole numbers of patients print as the parts and their sum as the total."""
    ranges = [_counts(found[p], size, is_loose=is_loose) for p in parts]
    total = _counts(found[whole], size, is_loose=is_loose)
    return sum(r[0] for r in ranges) <= total[-1] and sum(r[-1] for r in ranges) >= total[0]


def _counts(o: Observation, size: int, *, is_loose: bool = False) -> range:
    if o.number is None:
        return range(0)
    if not is_loose:
        return counts_for(o.number, size)
    fitting = [k for k in range(size + 1) if percent_of(k, size) in o.number.loose]
    return range(fitting[0], fitting[-1] + 1) if fitting else range(0)


def _outcome(verdict: str, found: Found, whole: str, parts: tuple[str, ...], reason: str = "") -> Outcome:
    total = found[whole]
    observations = (total, *(found[p] for p in parts))
    numbers = [n for p in parts if (n := found[p].number) is not None]
    expected = decimal_text(sum((n.value for n in numbers), Fraction(0)), max(n.decimals for n in numbers))
    arithmetic = f"{' + '.join(str(n) for n in numbers)} = {expected}; total {total.number}"
    names = " + ".join(_spoken(found, p) for p in parts)
    label = _spoken(found, whole)
    match verdict:
        case "consistent":
            message = f"{label} is the sum of {names}."
            return Outcome("consistent", observations, message, arithmetic, str(total.number), str(total.number))
        case "not testable":
            message = f"{label} ({total.value}) is not the sum of its parts ({expected}), but {reason}."
            return Outcome("not testable", observations, message, arithmetic, str(total.number), expected)
        case _:
            why = reason or f"{names} add up to {expected}"
            message = f"{label} is {total.value}, but {why}" + (f" ({names})." if reason else ".")
            kind = "rounding" if verdict == "rounding" else "impossible"
            return Outcome(kind, observations, message, arithmetic, str(total.number), expected)


def _spoken(found: Found, name: str) -> str:
    o = found[name]
    return o.label if o.source == "table" else SHORT.get(name, name.upper())


SHORT = {"vgpr+": "≥ VGPR", "cr+": "≥ CR", "scr": "sCR", "ncr": "nCR", "crc": "CR/CRi"}


def _sum(found: Found, parts: tuple[str, ...]) -> Interval:
    low, high = Fraction(0), Fraction(0)
    for part in parts:
        number: Printed | None = found[part].number
        inside = number.ordinary if number else Interval(None, None)
        if found[part].statistic == "n" and number is not None and not number.comparator:
            low, high = low + number.value, high + number.value
        else:
            low += max(Fraction(0), inside.low or Fraction(0))
            high += inside.high if inside.high is not None else Fraction(100)
    return Interval(low, high)


RULES = (
    Rule(
        id="response.sum",
        claim="The overall response is the sum of the responses it counts, within the rounding of the parts.",
        severity="error",
        function=test_responses,
        assumptions="All parts of one definition are printed once in the column or sentence; CR may or may not include "
        "sCR, and any definition in use that fits will do. Disease control below its sum is not accused (stable "
        "disease may count only from some weeks on), nor a total above it where another kind of response is printed. "
        "Where one N holds for all, whole numbers of patients must print as the percentages and add up.",
        literature="IMWG uniform response criteria (Kumar et al. 2016); RECIST 1.1; ELN 2022",
        example="sCR 0 + CR 5 + VGPR 27 + PR 29 = 61 against ORR 60 printed without decimals: within rounding.",
    ),
)
