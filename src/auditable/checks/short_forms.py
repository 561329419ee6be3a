"""Where a paper says what a short form stands for: "progressive disease (PD)", "PD, progressive disease; …", "PD is …".

Comes in: the sentences of a study, captions and notes among them. Goes out: Definitions, each with the long form's
words as printed and the place. A long form is taken only where its letters spell the short form, or where it is a
list of single words ("melphalan, prednisone and thalidomide"), so that other words in brackets are no definition.
Whether two definitions agree is left to agreement_definition.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from auditable.checks.rule import Quote
from auditable.model import Sentence

MOST_WORDS = 12
"""Words of the longest long form."""
SPELT_SHARE = 0.6
"""At least so many letters of a short form stand at the beginning of a word of its long form."""
_DASH = r"‐‑‒–—−\-"
SHORT = rf"(?:[A-Za-z]|\d(?=[A-Z]))[A-Za-z0-9]*(?:[{_DASH}/&][A-Za-z0-9]+)*"
"""A short form: letters and digits, parts joined by a hyphen or slash ("IV-MP", "R/R")."""
_IN_BRACKETS = re.compile(rf"\(\s*({SHORT})\s*(?:[;,][^()]*)?\)")
_BEHIND = re.compile(rf"(?<![\w(])({SHORT})\s\(([^()]+)\)")
_ITEM = re.compile(
    rf"^[\s*†‡§¶]*({SHORT})\s*(?:[:=,]|\s[{_DASH}]|\s(?:is|denotes|means|stands\sfor|refers\sto)\s|\s)\s*(\S.*)$"
)
_LEAD = re.compile(r"^.{0,40}?\babbreviations?\b[^:.]{0,30}[:.]\s*", re.IGNORECASE)
_COMMAS = re.compile(rf"(?:^|;\s)\s*{SHORT},\s")
_WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)*")
_LISTED = re.compile(
    rf"\s*(?:,\s*(?:and|plus|or)?|[{_DASH}+/]|\band\b|\bplus\b|\bwith\b|\bin combination with\b)\s*", re.IGNORECASE
)
_STOP = re.compile(r"[.;:()\[\]]")
SMALL = frozenset(
    ("a", "an", "the", "of", "for", "and", "or", "in", "on", "to", "by", "with", "from", "at", "as", "per", "not",
     "plus", "vs", "versus")
)  # fmt: skip
"""Words that a short form passes over."""


@dataclass(frozen=True, slots=True)
class Definition:
    """One place that says what a short form stands for. words: of the long form, as printed; is_list: the long form
    lists single things that are combined."""

    short: str
    long: str
    is_list: bool
    quote: Quote

    @property
    def key(self) -> str:
        """The short form without its plural and the dashes of its printer."""
        bare = re.sub(rf"[{_DASH}]", "-", self.short)
        return bare[:-1] if re.search(r"[A-Z]s$", bare) else bare


def find_definitions(sentences: Sequence[Sentence]) -> list[Definition]:
    """All definitions of short forms, in reading order."""
    return [d for s in sentences for d in (*_before_brackets(s), *_behind_short(s), *_in_lists(s))]


def split_compound(definition: Definition) -> tuple[Definition, ...]:
    """What a compound says of its parts: "VGPR-CR (very good partial response-complete response)" explains both."""
    parts, long = (re.split(rf"[{_DASH}/]", text) for text in (definition.short, definition.long))
    if len(parts) < 2 or len(parts) != len(long):
        return ()
    found = [(p, w.strip()) for p, w in zip(parts, long, strict=True) if is_short_form(p) and " " in w.strip()]
    return tuple(
        Definition(p, w, False, definition.quote) for p, w in found if spells(p, [m[0] for m in _WORD.finditer(w)])
    )


def is_short_form(text: str) -> bool:
    """Whether a word is an abbreviation by its looks: two capitals, or capitals amid small letters ("sCR", "DVd")."""
    letters = re.sub(r"[^A-Za-z]", "", text)
    return len(letters) >= 2 and len(text) <= 14 and sum(c.isupper() for c in letters) >= 2


def spells(short: str, words: Sequence[str]) -> bool:
    """Whether the letters of a short form can be found in the words in order, most of them at a word's beginning,
    the first at the first word's, and no word of weight is passed over."""
    letters = re.sub(r"[^a-z0-9]", "", re.sub(r"(?<=[A-Z])s$", "", short).lower())
    if not letters or not words or not words[0].lower().startswith(letters[0]):
        return False
    starts = _match(letters, [w.lower() for w in words])
    return starts is not None and starts >= max(2, SPELT_SHARE * len(letters))


def _match(letters: str, words: list[str]) -> int | None:
    """Most letters that stand at the beginning of a word where all of them are found in order, one or more in each
    word of weight; None where they are not."""
    best: dict[int, int] = {0: 0}  # letters used → letters at beginnings
    for word in words:
        now: dict[int, int] = dict(best) if word in SMALL else {}
        for used, starts in best.items():
            for end, more in _uses(letters, used, word):
                now[end] = max(now.get(end, -1), starts + more)
        best = now
        if not best:
            return None
    return best.get(len(letters))


def _uses(letters: str, used: int, word: str) -> Iterator[tuple[int, int]]:
    """How many letters a word may take from a place on: its first, then any that follow in order."""
    if used >= len(letters) or word[0] != letters[used]:
        return
    yield used + 1, 1
    at, k = 1, used + 1
    while k < len(letters):
        at = word.find(letters[k], at)
        if at < 0:
            return
        at, k = at + 1, k + 1
        yield k, 1


def _before_brackets(sentence: Sentence) -> Iterator[Definition]:
    """ "progressive disease (PD)": the words before the bracket that spell it, or the list that ends there."""
    for found in _IN_BRACKETS.finditer(sentence.text):
        short = found[1]
        if is_short_form(short):
            long = _spelt_before(sentence.text, found.start(), short) or _list_before(sentence.text, found.start())
            if long:
                start = long[0]
                text = sentence.text[start : found.start()].strip()
                yield Definition(short, text, long[1], Quote(sentence, start, found.end()))


def _spelt_before(text: str, end: int, short: str) -> tuple[int, bool] | None:
    cut = max((m.end() for m in _STOP.finditer(text, 0, end)), default=0)
    words = list(_WORD.finditer(text, cut, end))[-MOST_WORDS:]
    for k in range(len(words) - 1, -1, -1):
        if spells(short, [w[0] for w in words[k:]]) and words[-1].end() >= end - 2:
            is_list = len(read_list(text[words[k].start() : end])) > 1
            return words[k].start(), is_list
    return None


def _list_before(text: str, end: int) -> tuple[int, bool] | None:
    """The start of a list of three or more single words that ends at a bracket: "a, b and c (ABC)"."""
    found = re.search(
        rf"(?:[^\W\d_]{{5,}}\s*(?:,|[{_DASH}])\s*)+[^\W\d_]{{5,}}\s*(?:,?\s*(?:and|plus)|[{_DASH}])\s*[^\W\d_]{{5,}}\s*$",
        text[:end],
    )
    return (found.start(), True) if found else None


def _behind_short(sentence: Sentence) -> Iterator[Definition]:
    """ "PD (progressive disease)"."""
    for found in _BEHIND.finditer(sentence.text):
        short, long = found[1], found[2]
        if is_short_form(short) and spells(short, [m[0] for m in _WORD.finditer(long)]):
            yield Definition(short, long.strip(), len(read_list(long)) > 1, Quote(sentence, found.start(), found.end()))


def _in_lists(sentence: Sentence) -> Iterator[Definition]:
    """The items of a list of abbreviations, in a note, in a caption, or under a heading of its own."""
    lead = _LEAD.match(sentence.text)
    if not (sentence.source in ("note", "caption") or lead or "abbreviation" in sentence.section.lower()):
        return
    begin = lead.end() if lead else 0
    cut = r"[;.](?:\s|$)" if ";" in sentence.text and _COMMAS.search(sentence.text[begin:]) else r"[,;.]\s"
    for start, end in _pieces(sentence.text, begin, cut):
        found = _ITEM.match(sentence.text[start:end])
        if not found or not is_short_form(found[1]):
            continue
        short, long = found[1], found[2].strip(" .,;")
        words = [m[0] for m in _WORD.finditer(long)]
        is_list = len(read_list(long)) > 1
        if words and len(words) <= MOST_WORDS and (is_list or spells(short, words)):
            yield Definition(short, long, is_list, Quote(sentence, start + found.start(1), end))


def _pieces(text: str, start: int, cut: str) -> Iterator[tuple[int, int]]:
    """Start and end of each stretch between the marks that cut a text."""
    for found in re.finditer(cut, text):
        if found.start() >= start:
            yield start, found.start()
            start = found.end()
    yield start, len(text)


def read_list(long: str) -> tuple[str, ...]:
    """The things that a long form lists, each by its last word, in lower case; () where a part is no such thing."""
    parts = [p for p in _LISTED.split(long.strip(" .,;")) if p]
    heads = [_WORD.findall(p)[-1].lower() if _WORD.findall(p) else "" for p in parts]
    is_list = len(parts) > 1 and all(
        len(h) >= 5 and h.isalpha() and len(p.split()) <= 2 for h, p in zip(heads, parts, strict=True)
    )
    return tuple(heads) if is_list else ()
