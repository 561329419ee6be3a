"""The grammar of printed statistics: the text of a cell → its numbers and the form they stand in.

Comes in: the printed text of one cell and the number marks of its table (decimal point or comma). Goes out: every form
the whole text can be read as, best first, each with its amounts in printed order. Numbers are exact Decimals with
their printed decimals; nothing is rounded, nothing is added. Which statistic an amount is, is left to
statistics_of.py: "8 (25)" is only "first (second)" here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from auditable.additions import peel
from auditable.printed_forms import MARKS, grammar
from auditable.printed_text import POINT, NumberMarks, missing_kind, tidy
from auditable.units import is_unit


@dataclass(frozen=True, slots=True)
class Amount:
    """One printed number, or the word that stands in its place.

    digits: the number with a point as decimal mark, a hyphen as minus and without thousands marks ("" for a word);
    leading and closing zeros as printed. unit: what is printed right behind it ("mg", "months").
    """

    text: str
    digits: str = ""
    comparator: str = ""
    is_percent: bool = False
    unit: str = ""
    missing: str = ""

    @property
    def number(self) -> Decimal | None:
        """The exact number, None for a word."""
        return Decimal(self.digits) if self.digits else None

    @property
    def decimals(self) -> int:
        """How many decimals are printed."""
        return len(self.digits.partition(".")[2])

    @property
    def is_whole(self) -> bool:
        """Whether it is a count as printed: digits alone, without sign, bound or percent sign."""
        return self.digits.isdigit() and not self.is_percent and not self.comparator


@dataclass(frozen=True, slots=True)
class Added:
    """What is printed beside a statistic in its cell: "n" (n = 45), "count" (a bare count before it), or "p"."""

    name: str
    amount: Amount
    is_first: bool


@dataclass(frozen=True, slots=True)
class Printed:
    """One reading of a cell: the form it has, its amounts in printed order, and statistic words printed in it ("HR",
    "95% CI").

    added: what was peeled off; prefix: a time before the statistic ("5-year"); unit: printed behind the last bracket.
    """

    form: str
    amounts: tuple[Amount, ...] = ()
    words: str = ""
    added: tuple[Added, ...] = ()
    prefix: str = ""
    unit: str = ""


def parse_cell(text: str, marks: NumberMarks = POINT) -> tuple[Printed, ...]:
    """Every reading of the whole text, best first; none for text that is no printed statistic, and for a blank cell.

    A text that is a statistic with something added ("54.3 (12.1), n = 45") is read with the addition peeled off too.
    """
    plain = _CLOSING_MARKS.sub("", tidy(text))
    if not plain or len(plain) > LONGEST_STATISTIC:
        return ()
    found = _readings(plain, marks)
    for peeled in peel(plain, marks):
        added = tuple(Added(name, read_amount(amount, marks), peeled.is_first) for name, amount in peeled.added)
        for printed in _readings(peeled.core, marks):
            if not printed.form.startswith(("p", "n =", "missing", "test")):
                found.append(replace(printed, added=added, prefix=peeled.prefix, unit=peeled.unit))
    return tuple(found)


LONGEST_STATISTIC = 120
"""More characters than this are a sentence, not a statistic."""


_CLOSING_MARKS = re.compile(rf"(?<=[\w)\]%])\s?[{MARKS}]+$")
_COMPARATORS = {"≤": "<=", "≥": ">="}


def _readings(plain: str, marks: NumberMarks) -> list[Printed]:
    found: list[Printed] = []
    for name, pattern in grammar(marks):
        match = pattern.fullmatch(plain)
        printed = _printed(name, match, marks) if match else None
        if printed and printed not in found:
            found.append(printed)
    return found


def _printed(name: str, match: re.Match[str], marks: NumberMarks) -> Printed | None:
    groups = match.groupdict()
    printed = [groups[g] or "" for g in match.re.groupindex if g.startswith("a_")]
    if any(not any(c.isdigit() for c in p) and missing_kind(p.rstrip(MARKS)) in ("", "blank") for p in printed):
        return None  # "Na" is sodium, "NA" is missing: short words count with their capitals only
    amounts = tuple(read_amount(p, marks) for p in printed)
    if any(a.unit and (not _is_unit(a.unit) or _LETTERED.match(a.text)) for a in amounts):
        return None
    if name == "first (second)" and amounts_stand_bare(match) and not amounts[1].is_percent:
        return None  # two bare numbers: only a percent sign tells that they are count and percentage
    words = " ".join(groups[g] for g in match.re.groupindex if g.startswith("words_") and groups[g])
    return Printed(name, amounts, words or (next((groups[g] or "" for g in groups if g.startswith("test_")), "")))


_LETTERED = re.compile(r"^\d[a-z]$|\d ?a$")
"""A figure with a letter is a name ("1a", "3b"), not one year or three bytes."""


def amounts_stand_bare(match: re.Match[str]) -> bool:
    """Whether neither a bracket nor a word of statistics parts the amounts of a matched text."""
    named = any(v for g, v in match.groupdict().items() if g.startswith("words_"))
    return not named and "(" not in match.string and "[" not in match.string


def _is_unit(unit: str) -> bool:
    return is_unit(unit) or bool(_RATE_OR_POWER.match(unit))


_RATE_OR_POWER = re.compile(r"(?:/|per )\s?1[0, ]*0 |[x×]\s?10\W?\d*[⁰¹²³⁴⁵⁶⁷⁸⁹]*$", re.IGNORECASE)
_POWER_OF_TEN = re.compile(r"^(?P<number>[\d.]+)(?:\s?[x×·*]\s?10\s?\^?|e)(?P<power>-\d{1,2})$", re.IGNORECASE)
_AMOUNT_PARTS = re.compile(
    r"^(?P<comparator>[<>≤≥~]?)\s?(?P<number>[+-]?[\d.,·' ]*\d(?:\s?[x×·*]\s?10\s?\^?-\d{1,2}|e-\d{1,2})?)\s?"
    rf"(?P<percent>%?)\s?(?P<unit>[^{MARKS}]*)[{MARKS}]*$",
    re.IGNORECASE,
)
_LOWERED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")


def read_amount(text: str, marks: NumberMarks) -> Amount:
    """One amount of the grammar as printed: a number with what belongs to it, or a word for a missing value."""
    kind = missing_kind(text.rstrip(MARKS))
    if kind not in ("", "blank"):
        return Amount(text.rstrip(MARKS), missing=kind)
    match = _AMOUNT_PARTS.match(_LOWERED_POWER.sub(lambda m: m[0].translate(_LOWERED), text))
    if match is None:
        raise AssertionError(f"the grammar took {text!r} for a number")
    sign = match["comparator"]
    digits = _digits(match["number"], marks)
    return Amount(text, digits, _COMPARATORS.get(sign, sign), bool(match["percent"]), match["unit"].strip())


_LOWERED_POWER = re.compile(r"(?<=10)⁻[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2}")


def _digits(number: str, marks: NumberMarks) -> str:
    """The number with a point as decimal mark, without thousands marks and power of ten."""
    power = _POWER_OF_TEN.match(number)
    if power:
        return f"{Decimal(_digits(power['number'], marks)).scaleb(int(power['power'])):f}"
    thousands = "," if marks.decimal == "." else "."
    plain = number.replace(" ", "").replace("'", "").replace(thousands, "").replace(marks.decimal, ".")
    return plain.replace("·", ".").removeprefix("+")
