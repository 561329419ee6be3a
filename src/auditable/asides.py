"""Stretches of a sentence whose numbers are no results: citations, references, names, dates, headings.

Comes in: the text of a sentence and the citation habit of its paper. Goes out: asides, each a stretch of text with
the reason why its numbers are left out, and the text with these numbers blanked at unchanged offsets. The printed
forms are in aside_patterns.py; numbers that remain are quantities.py's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from auditable.aside_patterns import CITATION, DESIGN, HEADING, PATTERNS, PLANNED, TAKEN_IN


@dataclass(frozen=True, slots=True)
class Aside:
    """A stretch of a sentence whose numbers are left out, and why."""

    start: int
    end: int
    reason: str


_LIST = r"\d{1,3}(?:\s*[,–\-−‒]\s*\d{1,3})*"
_SQUARE = re.compile(rf"\[\s*{_LIST}\s*\]")
_ROUND = re.compile(rf"\(\s*{_LIST}\s*\)")
_ENUMERATOR = re.compile(r"(?<![\d%]\s)\(\d\)(?=\s[A-Za-z])")
_AFTER_NUMBER = re.compile(r"(?:\d|%)\s*$")
_SUMMARY = re.compile(r"\b(?:medians?|means?|average|range|IQR)\b", re.IGNORECASE)
_RANGE_IN_BRACKETS = re.compile(r"[(\[]\s*\d+\s*[–\-−‒]\s*\d+\s*[)\]]")
_CLAUSE_END = re.compile(r"[;.]\s")
_DIGIT_BEFORE = re.compile(r"\d[.·]?$")
_DIGIT_BEHIND = re.compile(r"\d|[.·]\d")
_MIN_ROUND_CITATIONS = 3


def cites_in_round_brackets(texts: Iterable[str]) -> bool:
    """Whether a paper cites as (1, 2): round brackets around whole numbers behind a word outnumber [1, 2]."""
    square = round_ = 0
    for text in texts:
        square += sum(1 for m in _SQUARE.finditer(text) if _is_square_citation(text, m))
        round_ += sum(1 for m in _ROUND.finditer(text) if _is_round_citation(text, m))
    return round_ >= _MIN_ROUND_CITATIONS and round_ > square


def find_asides(text: str, round_citations: bool = False) -> list[Aside]:
    """The stretches of a sentence that hold numbers which are no results, in order, without overlap."""
    if PLANNED.search(text) and not TAKEN_IN.search(text):
        return [Aside(0, len(text), DESIGN)]
    found = [Aside(*m.span(), CITATION) for m in _SQUARE.finditer(text) if _is_square_citation(text, m)]
    if round_citations:
        found += [Aside(*m.span(), CITATION) for m in _ROUND.finditer(text) if _is_round_citation(text, m)]
    if "(1)" in text and "(2)" in text:
        # "either (1) this or (2) that"
        found += [Aside(*m.span(), HEADING) for m in _ENUMERATOR.finditer(text) if not _is_among(m.start(), found)]
    for reason, pattern in PATTERNS:
        for match in pattern.finditer(text):
            start, end = match.span()
            is_free = not any(start < a.end and end > a.start for a in found)
            if start < end and is_free and not _splits_number(text, start, end):
                found.append(Aside(start, end, reason))
    return sorted(found, key=lambda a: a.start)


def blank_asides(text: str, asides: Iterable[Aside]) -> str:
    """The text with the asides' digits as "x" (citations as blanks), every other character where it was."""
    out = list(text)
    for aside in asides:
        for i in range(aside.start, aside.end):
            if aside.reason == CITATION:
                out[i] = " "
            elif out[i].isdigit():
                out[i] = "x"
    return "".join(out)


def _is_among(at: int, found: list[Aside]) -> bool:
    return any(a.start <= at < a.end for a in found)


def _splits_number(text: str, start: int, end: int) -> bool:
    """Whether the stretch would begin or end inside a figure: a part of a number is never an aside."""
    begins_inside = bool(_DIGIT_BEFORE.search(text, 0, start)) and text[start].isdigit()
    return begins_inside or (text[end - 1].isdigit() and bool(_DIGIT_BEHIND.match(text, end)))


def _is_square_citation(text: str, match: re.Match[str]) -> bool:
    """[3], [1, 2]; but "4 [1–6]" behind a number is its range."""
    return not (_RANGE_IN_BRACKETS.fullmatch(match[0]) and _AFTER_NUMBER.search(text, 0, match.start()))


def _is_round_citation(text: str, match: re.Match[str]) -> bool:
    """(3), (1, 2) behind a word; but not behind a number, nor the range of a median in the same clause."""
    before = text[: match.start()]
    if _AFTER_NUMBER.search(before) or not before.strip():
        return False
    clause = _CLAUSE_END.split(before)[-1]
    return not (_RANGE_IN_BRACKETS.fullmatch(match[0]) and _SUMMARY.search(clause))
