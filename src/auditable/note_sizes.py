"""The N that a note prints for the cells it hangs on: "available for 211 patients", "not recorded for one woman".

Comes in: a note and the labels over the columns of its table. Goes out: what each of its sentences says of how many
were looked at or left out, and in which column. Whether that N explains a percentage is left to denominator_choice.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from auditable.number_words import CARDINAL, read_cardinal
from auditable.printed_text import tidy

_NUMBER = rf"\d{{1,3}}(?:[, ]\d{{3}})+|\d+|\b(?:{CARDINAL})\b"
_PEOPLE = (
    r"(?:patients?|subjects?|participants?|cases?|individuals?|wom[ae]n|m[ae]n|child(?:ren)?|people|infants?|samples?)"
)
_COUNTED = re.compile(
    rf"\bn\s?=\s?(?P<sized>\d{{1,3}}(?:[, ]\d{{3}})+|\d+)(?![\d.%])"
    rf"|(?<![\d.,])(?P<people>{_NUMBER})(?:\s(?:of|out\sof)\s(?:the\s)?\d+)?\s(?:\([\d.]+\s?%\)\s)?(?:[a-z-]+\s){{0,2}}?{_PEOPLE}\b"
    rf"|(?<![\d.,])(?P<arm>{_NUMBER})(?=\s(?:in|of|from)\b)",
    re.IGNORECASE,
)
_LEFT_OUT = re.compile(
    r"\b(?:missing|exclud\w+|unknown|unavailable|not\s(?:\w+\s)?(?:available|recorded|known|assessed|measured|done|reported|"
    r"evaluable|tested|performed|obtained|collected|determined)|no\s(?:\w+\s)?data|without\s(?:\w+\s)?data|lacking)\b",
    re.IGNORECASE,
)
_LOOKED_AT = re.compile(
    r"\b(?:available|assessed|evaluated|evaluable|measured|known|recorded|documented|obtained|tested|reported|data|results|"
    r"information|analy[sz]ed|based\son|calculated|performed|determined|denominators?|includes?|(?:out\s)?of\s(?:the|those)?|"
    r"among|only|n\s?=)(?:\b|(?<==))",
    re.IGNORECASE,
)
_ALL_ROWS = re.compile(r"\b(?:percentages?|proportions?|denominators?)\b", re.IGNORECASE)
_PARTS = re.compile(r"[,;]\s|\s(?:and|but|or|versus|vs\.?)\s", re.IGNORECASE)
_SENTENCES = re.compile(r"(?<=[.;])(?<!\bno\.)\s+(?=[A-Z(])")
_PLAIN_WORDS = frozenset(
    re.findall(r"\w+", "group arm the of and patients subjects participants treatment therapy with in for n plus")
)


@dataclass(frozen=True, slots=True)
class NoteSize:
    """A number of patients a note prints. col: the column whose head it names, None for all patients; is_left_out: they
    are missing from the N; is_general: the sentence speaks of the percentages of the whole table.
    """

    number: int
    col: int | None
    is_left_out: bool
    is_general: bool
    words: str


def read_note(text: str, heads: Mapping[int, str]) -> Iterator[NoteSize]:
    """What a note says of how many were looked at; heads: the label over each column."""
    names = _names(heads)
    for sentence in _SENTENCES.split(tidy(text)):
        is_left_out = bool(_LEFT_OUT.search(sentence))
        if is_left_out or _LOOKED_AT.search(sentence):
            yield from _sizes(sentence, names, is_left_out)


def _sizes(sentence: str, names: Mapping[int, frozenset[str]], is_left_out: bool) -> Iterator[NoteSize]:
    found: list[tuple[int, int | None]] = []
    is_counting = False
    for part in _PARTS.split(sentence):
        matches = [m for m in _COUNTED.finditer(part) if m["sized"] or m["people"] or is_counting]
        is_counting = is_counting or bool(matches)
        columns = [c for c, words in names.items() if words and words <= _words(part)]
        if len(matches) == 1 and len(columns) < 2:
            number = _number(next(g for g in matches[0].groups() if g))
            found.append((number, columns[0] if columns else None))
    wholes = {n for n, col in found if col is None}
    for number, col in found:
        if number and (col is not None or len(wholes) == 1):
            yield NoteSize(number, col, is_left_out, bool(_ALL_ROWS.search(sentence)), sentence.strip())


def _names(heads: Mapping[int, str]) -> dict[int, frozenset[str]]:
    """The words of each head that no other head has."""
    words = {c: _words(re.sub(r"\(?\b[nN]\s?=.*", "", h)) - _PLAIN_WORDS for c, h in heads.items()}
    return {
        c: frozenset(w for w in own if sum(w in other for other in words.values()) == 1) for c, own in words.items()
    }


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[^\W\d_]+|\d+(?=\s?mg)", text.lower()))


def _number(text: str) -> int:
    plain = text.replace(",", "").replace(" ", "")
    if plain.isdigit():
        return int(plain)
    value = read_cardinal(text)
    return int(value) if value is not None else 0
