"""Counts and shares of the listed patients that a paper prints, each with the words that say of what.

Comes in: a Study and its Roster. Goes out: Claims; where a sentence tells patients apart before it counts, none, since
its later counts may be of those only. Which patients the words mean is told by individual_words.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile

from auditable.blocks import Cell, Observation, Study
from auditable.checks.individual_words import APART, NEGATIONS, Words, every_word, telling_words
from auditable.checks.roster import Roster
from auditable.mention_drafts import BRACKETS

SILENT_SECTIONS = re.compile(r"\b(?:introduction|background)\b", re.IGNORECASE)
_PART_END = re.compile(r"[,;:.]\s|\s(?:and|but|while|whereas)\s|,\sand\s")
_PARTITIVE = re.compile(r"\b(?:of|among|the|these|those|our|other|such)\s$", re.IGNORECASE)
"""Before a number of patients who are known already: "of five", "the four"."""
_OF_SOME = re.compile(r"\W*(?:of|among|amongst|within)\s(?:the|these|those|all|our|them|whom)\b", re.IGNORECASE)
_WHOLE = re.compile(r"\s?(?:/|(?:out\s)?of)\s?(?:(?:the|our|all|these)\s){0,2}", re.IGNORECASE)
"""Between a count and the number of all who are listed: "6 of the 9 patients"."""
_AND = re.compile(r"\s(?:and|or)\s$")
_HARD_END = re.compile(r"[;.]\s$")


@dataclass(frozen=True, slots=True)
class Claim:
    """A count or share of the listed patients. own: the words beside it; lead: those before, which name the topic;
    opening: those before the first number, all of which must be explained too."""

    observation: Observation
    count: int | None
    own: Words
    lead: Words
    opening: Words


@dataclass(frozen=True, slots=True)
class _Part:
    start: int
    end: int
    numbers: tuple[Observation, ...]


def table_claims(study: Study, roster: Roster) -> Iterator[Claim]:
    """Counts and shares in the cells of tables of groups, where their N is the number of those who are listed."""
    for cell in study.cells:
        first = cell.first
        if first.table_type in ("individual", "subgroup", "flow") or first.subgroup or first.speaks_of != "this study":
            continue
        if first.denominator == str(roster.size):
            yield from _cell_claims(cell)


def _cell_claims(cell: Cell) -> Iterator[Claim]:
    first = cell.first
    own = telling_words(first.label)
    lead = telling_words(f"{first.group} {first.variable.replace('_', ' ')}")
    every = every_word(first.stub_path)
    number = cell.only("n") or cell.only("pct")
    if number is not None and own and not (NEGATIONS | APART) & every:
        yield Claim(number, number.whole if number.statistic == "n" else None, own, lead, frozenset())


def sentence_claims(study: Study, roster: Roster) -> Iterator[list[Claim]]:
    """The claims of each sentence, in printed order."""
    for mentions in study.sentences:
        first = mentions[0]
        is_ours = all(o.speaks_of == "this study" for o in mentions) and not SILENT_SECTIONS.search(first.section)
        if first.source in ("prose", "caption") and is_ours:
            yield list(_claims_of(mentions, roster))


def _claims_of(mentions: Sequence[Observation], roster: Roster) -> Iterator[Claim]:
    text = BRACKETS.sub(lambda m: " " * len(m[0]), mentions[0].quote)
    text, numbers = without_wholes(text, mentions, roster.size)
    parts = _cut(text, numbers)
    if (cohort := _OF_SOME.match(text)) and not _is_of_all(numbers, roster):
        return
    text = " " * cohort.end() + text[cohort.end() :] if cohort else text
    opening = telling_words(" ".join(_words(text, p) for p in takewhile(lambda p: not p.numbers, parts)))
    lead: set[str] = set()
    for i, part in enumerate(parts):
        words = _words(text, part)
        if len(part.numbers) != 1:
            if part.numbers:
                return
            lead |= telling_words(words)
            continue
        tail = _tail(parts, i)
        own_text = words + " " + " ".join(_words(text, p) for p in tail)
        before = [p for p in parts[:i] if not p.numbers]
        every = every_word(own_text) | every_word(" ".join(_words(text, p) for p in before))
        number = part.numbers[0]
        is_told_apart = (NEGATIONS | APART) & every or _PARTITIVE.search(text[: number.start])
        if is_told_apart or not _is_claim(number, roster):
            return
        yield Claim(
            number, number.whole if number.statistic == "n" else None, telling_words(own_text), frozenset(lead), opening
        )
        lead |= telling_words(own_text)


def without_wholes(text: str, mentions: Sequence[Observation], size: int) -> tuple[str, list[Observation]]:
    """A sentence and its numbers outside brackets, without the number of all who are listed behind a count of them."""
    numbers = [o for o in mentions if not text[o.start : o.end].isspace()]
    wholes = [
        (last, o)
        for last, o in pairwise(numbers)
        if last.statistic == "n"
        and o.whole == size
        and last.denominator in ("", str(size))
        and _WHOLE.fullmatch(text, last.end, o.start)
    ]
    for last, o in wholes:
        text = text[: last.end] + " " * (o.end - last.end) + text[o.end :]
    return text, [o for o in numbers if all(o is not whole for _, whole in wholes)]


def _is_of_all(numbers: Sequence[Observation], roster: Roster) -> bool:
    """Whether each count prints that it is out of all who are listed: "of our patients, 6 of 9"."""
    return bool(numbers) and all(o.denominator == str(roster.size) for o in numbers)


def _is_claim(number: Observation, roster: Roster) -> bool:
    """Whether a number counts patients out of all who are listed."""
    is_count = number.statistic == "n" and number.whole is not None and number.whole <= 2 * roster.size
    is_share = number.statistic == "pct" and number.number is not None and not number.number.comparator
    return (is_count or is_share) and number.denominator in ("", str(roster.size)) and not is_part(number)


def is_part(o: Observation) -> bool:
    """Whether a number is of a part of the patients that words or a limit tell; "by last follow-up" tells none."""
    return bool(telling_words(o.subgroup)) or any(c in "<>≤≥=0123456789" for c in o.subgroup)


def _cut(text: str, numbers: Sequence[Observation]) -> list[_Part]:
    """The parts of a sentence; one without a number joins the next across an "and": "fever and rash in two"."""
    cuts = [m.end() for m in _PART_END.finditer(text)]
    starts, ends = [0, *cuts], [*cuts, len(text)]
    parts: list[_Part] = []
    for start, end in zip(starts, ends, strict=True):
        inside = tuple(o for o in numbers if start <= o.start < end)
        last = parts[-1] if parts else None
        if last and not last.numbers and _AND.search(text[: last.end]):
            parts[-1] = _Part(last.start, end, inside)
        else:
            parts.append(_Part(start, end, inside))
    return parts


def _tail(parts: Sequence[_Part], i: int) -> list[_Part]:
    """Parts without a number behind the last number of a sentence, which may tell more of what it counts."""
    rest = list(parts[i + 1 :])
    return rest if rest and not any(p.numbers for p in rest) else []


def _words(text: str, part: _Part) -> str:
    out = text[part.start : part.end]
    for o in part.numbers:
        out = out[: o.start - part.start] + " " * (o.end - o.start) + out[o.end - part.start :]
    return out
