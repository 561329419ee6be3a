"""Which row of a table a statement of the text speaks of, and how sure that is.

Comes in: statements of one study. Goes out: pairs with the statistics that both print, those that agree and those that
do not. Three kinds of evidence make a pair strong enough to accuse: the same name and nothing strange in it (exact);
a name with strange words, and numbers that differ by a slip of the pen (near); all numbers but one agree, and they are
telling (by numbers). What a rule says of a pair is left to the rule.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from auditable.blocks import number_of
from auditable.checks.matching import FEWEST_TELLING_DIGITS, agree, digits_of, is_coarse_slip, is_slip, words_of
from auditable.checks.statements import (
    Statement,
    is_cut,
    is_negative,
    known_words,
    strange_words,
)  # fmt: skip
from auditable.checks.words import ANY_GRADE, SUBSET, read_span
from auditable.rounding import Printed

TELLING_DIGITS = 4
"""Digits that agreeing numbers hold together before they prove, with a word in common, what is spoken of."""
FEW_DIGITS = 3
"""Digits that suffice where two numbers of one statement agree, or rows of the same group agree beside it."""
BOUNDS = ("<", "<=", ">", ">=", "~")
VERSUS_REACH = 20
_VERSUS = re.compile(r"\b(?:vs|versus|v\.|against|compared (?:with|to)|respectively)(?!\w)", re.IGNORECASE)
NEAR_SHARE = Fraction(1, 5)
"""How far apart, as a share of the larger, two numbers may be to be one number gone wrong."""
UNNAMED = ("", "n_patients", "records", "trial_flow")
"""Variables of the codebook that do not say what is counted."""
KEPT = ("primary", "secondary", "safety", "final", "central", "local")
"""Words of a look at the data that many sentences hold for other reasons."""
_CONTEXT = re.compile(
    r"\b(independent|central|investigator|local|updated?|interim|final|primary|secondary|per[- ]protocol|intention|itt|"
    r"sensitivity|adjusted|unadjusted|crude|post[- ]hoc|imput\w+|cut-?off|landmark|weighted|matched|multivaria\w+|"
    r"univaria\w+|extension|follow-up analysis|subgroup|subset|pooled|screened|evaluable|assessable|safety|serious|"
    r"saes?)\b",
    re.IGNORECASE,
)
"""Words that tell one look at the data from another."""
_BOUND = re.compile(
    r"(?P<sign>≥|≤|<|>|at least|at most|under|below|over|above|older than|younger than|more than|less than|fewer than)"
    r"\s*(?P<number>\d+(?:\.\d+)?)|(?P<least>\d+(?:\.\d+)?)\s*(?:years?\s*)?(?:or (?:more|older|above)|\+)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Pair:
    """A statement of the text and a cell, or two statements of the text, with what both print.

    is_named: one name for both; strange: words of the text's name that the cell's does not explain, and those of the
    row group that the text does not say.
    """

    text: Statement
    other: Statement
    is_named: bool
    strange: frozenset[str]

    @cached_property
    def shared(self) -> tuple[str, ...]:
        """Statistics that both print in units that are not known to differ."""
        return tuple(s for s, o in self.text.numbers.items() if s in self.other.numbers and self._has_unit(s, o.unit))

    @cached_property
    def agreeing(self) -> tuple[str, ...]:
        """Statistics whose numbers agree."""
        return tuple(s for s in self.shared if self._agrees(s))

    @cached_property
    def odd(self) -> tuple[str, ...]:
        """Statistics whose numbers do not agree."""
        return tuple(s for s in self.shared if not self._agrees(s))

    @cached_property
    def exact(self) -> tuple[str, ...]:
        """Statistics whose numbers agree and are no bounds: what is below 15 agrees with too much."""
        return tuple(s for s in self.agreeing if not any(n.comparator in BOUNDS for n in self.numbers(s)))

    @cached_property
    def digits(self) -> int:
        """How many digits the agreeing numbers hold, those of the coarser print."""
        return sum(min(len(digits_of(n)) for n in self.numbers(s)) for s in self.exact)

    def numbers(self, statistic: str) -> tuple[Printed, Printed]:
        """Both numbers of a statistic."""
        return number_of(self.text.numbers[statistic]), number_of(self.other.numbers[statistic])

    def is_slip(self, statistic: str, fewest: int = FEWEST_TELLING_DIGITS) -> bool:
        """Whether the two numbers differ by a slip of the pen that their digits can show."""
        a, b = self.numbers(statistic)
        return is_slip(a, b, fewest)

    def is_near(self, statistic: str) -> bool:
        """Whether the two numbers are close to each other in size or in their digits, few as they may be."""
        a, b = self.numbers(statistic)
        return (
            is_slip(a, b, fewest=1)
            or is_coarse_slip(a, b)
            or abs(a.value - b.value) <= max(abs(a.value), abs(b.value)) * NEAR_SHARE
        )

    def _agrees(self, statistic: str) -> bool:
        a, b = self.numbers(statistic)
        return agree(a, b) and not (statistic == "p" and has_lost_bound(a, b))

    def _has_unit(self, statistic: str, unit: str) -> bool:
        theirs = self.other.numbers[statistic].unit
        return not unit or not theirs or unit == theirs


def has_lost_bound(a: Printed, b: Printed) -> bool:
    """Whether the two have the same digits, and only one a sign of comparison: "<0.001" and "0.001"."""
    return a.value == b.value and a.decimals == b.decimals and bool(a.comparator) != bool(b.comparator)


@dataclass(frozen=True)
class Cells:
    """The cells of all tables of a study, and those of each variable and of each word of a name by their places."""

    cells: tuple[Statement, ...]
    of_variable: Mapping[str, Sequence[int]]
    of_word: Mapping[str, Sequence[int]]

    def beside(self, text: Statement) -> Iterator[Statement]:
        """The cells that share the variable or a word with a statement, in order."""
        found = set(self.of_variable.get(text.first.variable, ()))
        for word in text.around:
            found.update(self.of_word.get(word, ()))
        return (self.cells[i] for i in sorted(found))


def index_cells(cells: Sequence[Statement]) -> Cells:
    """The cells by what a statement of the text must share with one of them."""
    of_variable, of_word = defaultdict[str, list[int]](list), defaultdict[str, list[int]](list)
    for i, cell in enumerate(cells):
        if cell.first.variable:
            of_variable[cell.first.variable].append(i)
        for word in cell.names[0]:
            of_word[word].append(i)
    return Cells(tuple(cells), dict(of_variable), dict(of_word))


def pair_with(text: Statement, cells: Cells) -> list[Pair]:
    """The cells that the statement may speak of: named alike, or with a word in common and one number that agrees."""
    out: list[Pair] = []
    for cell in cells.beside(text):
        if text.numbers.keys().isdisjoint(cell.numbers) or not _may_be_one(text, cell):
            continue
        named, strange = _name(text, cell)
        pair = Pair(text, cell, named, strange)
        if pair.shared and (named or pair.agreeing):
            out.append(pair)
    return out


def is_whole(text: Statement, cell: Statement) -> bool:
    """Whether nothing that narrows the statement down is missing in the cell, or the other way round."""
    a, b = text.first, cell.first
    return (
        a.subgroup == b.subgroup
        and a.timepoint.replace("baseline", "") == b.timepoint.replace("baseline", "")
        and a.event_kind == b.event_kind
        and _grade(a.grade) == _grade(b.grade)
        and (not a.population or not b.population or a.population == b.population)
        and (not a.reference or a.reference == b.reference)
        and (not a.denominator or not b.denominator or a.denominator == b.denominator)
        and not is_part(text)
        and all(word in " ".join(cell.around) or word in KEPT for word in contexts(text))
    )


def is_part(text: Statement) -> bool:
    """Whether a statement counts a part of the patients: "Among the 14 deaths, 43 %", "four died (relapse three)"."""
    o = text.first
    opened = o.quote.rfind("(", 0, o.start)
    is_inside = opened > o.quote.rfind(")", 0, o.start) and o.statistic == "n"
    names = is_inside and any(len(w) > 1 for w in re.findall(r"[A-Za-z]+", o.quote[opened : o.start]))
    return bool(SUBSET.search(_before(text))) or names or _is_compared(text)


def _is_compared(text: Statement) -> bool:
    """Whether it is one side of a comparison whose arm the sentence does not tell: "younger (70 ± 12 vs 77 ± 12)"."""
    o, last = text.first, list(text.numbers.values())[-1]
    around = o.quote[max(0, o.start - VERSUS_REACH) : o.start] + " | " + o.quote[last.end : last.end + VERSUS_REACH]
    return not o.arm and not o.subgroup and bool(_VERSUS.search(around))


def contexts(text: Statement) -> frozenset[str]:
    """The words of a sentence that say which look at the data it reports."""
    return frozenset(m.lower() for m in _CONTEXT.findall(text.first.quote))


def _before(text: Statement) -> str:
    """The words before the first number of a statement, back to the last mark of a clause."""
    o = text.first
    start = max(o.quote.rfind(mark, 0, o.start) for mark in (";", ":", ". ", ")"))
    return o.quote[max(0, start) : o.end + 30]


def _grade(grade: str) -> str:
    return "" if grade in ANY_GRADE else grade


def _may_be_one(text: Statement, cell: Statement) -> bool:
    """Whether nothing that is known of both forbids it."""
    a, b = text.first, cell.first
    if a.variable == b.variable and a.variable not in UNNAMED and _kinds_differ(a.category, b.category):
        return False
    return not (a.reference and b.reference and a.reference != b.reference)


def _kinds_differ(mine: str, theirs: str) -> bool:
    return bool(mine and theirs) and _plain(mine) != _plain(theirs) and theirs.lower() not in ("yes", "no")


def _plain(category: str) -> str:
    return re.sub(r"\b(?:years?|months?|weeks?|days?|stage|grade)\b|\s", "", category.lower())


def _name(text: Statement, cell: Statement) -> tuple[bool, frozenset[str]]:
    """Whether text and cell have one name, and the strange words of the text's."""
    a, b = text.first, cell.first
    if is_negative(cell):
        return False, frozenset()
    if is_cut(cell) and not _names_cut(text, cell):
        return False, frozenset()
    everything = frozenset(w for name in text.names for w in name)
    if a.variable == b.variable and a.variable not in UNNAMED and _same_kind(a.category, b.category):
        return True, strange_words(text, cell, everything)
    own = cell.names[0]
    known = own - known_words(b.variable, "") if is_cut(cell) else own
    fitting = [name for name in text.names if known and known <= name and any(len(w) > 2 for w in known)]
    if not fitting:
        return False, frozenset()
    unsaid = frozenset[str]() if a.variable == b.variable != "" else words_of(b.group) - text.around
    if unsaid and a.variable and b.variable:
        return False, frozenset()  # "No. of events" of a survival is not the adverse event of the sentence
    return True, min((strange_words(text, cell, name) for name in fitting), key=len) | unsaid


def _same_kind(mine: str, theirs: str) -> bool:
    return _plain(mine) == _plain(theirs) or (not mine and theirs.lower() == "yes")


def _names_cut(text: Statement, cell: Statement) -> bool:
    """Whether the words by the number name the cell's stretch ("≥ 65", "65 or older") and what is cut."""
    span = read_span(cell.first.label)
    o = text.first
    last = list(text.numbers.values())[-1]
    near = o.quote[max(0, o.start - 60) : last.end + 40]
    if span is None or not any(m for m in _BOUND.finditer(near)):
        return False
    wanted = {span.low, span.high} - {None}
    found = {float(m["number"] or m["least"]) for m in _BOUND.finditer(near)}
    return all(float(w) in found for w in wanted if w is not None) and bool(
        cell.around & text.around or cell.first.variable == o.variable
    )
