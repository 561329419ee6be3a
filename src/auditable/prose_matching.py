"""Which number of the running text answers which gold row: by its value, and by the words around it.

Comes in: Sides of gold rows that have a subject in words instead of a place, and of observations outside tables. Goes
out: pairs with their kind. The best pair is taken first, then the best of the rest. What speaks for a pair: how many
words of the subject stand around the number; that other rows of the subject were found in the same sentence (a median
and its interval); or that the text prints this number, with this statistic, only once and it is long enough not to be
chance.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from auditable.differences import COUNTS, name_value_difference
from auditable.matching import Pairs, Side, has_same_value
from auditable.model import PATH_SEPARATOR
from auditable.sameness import unit_key

MIN_SHARE = 0.3
"""Least share of the subject's words that must stand around the number."""
SAME_SENTENCE_BONUS = 0.6
SUBJECT_WEIGHT = 0.5
"""What words in the sentence's own subject count in addition to words anywhere in the sentence or its heading."""
OUTER_WEIGHT = 0.25
"""What the outer levels of a subject ("TRIAL > median OS") count: they often stand in a heading far above."""
SAME_UNIT_BONUS = 0.25
OTHER_PART, OTHER_STUDY = 0.4, 0.1
"""What speaks against a number of a part of the patients that the subject does not name, and against one of cited work:
the same number may be printed of several."""
OTHER_VALUE_SHARE, OTHER_VALUE_MARGIN = 1.0, 0.2
"""What must speak for a pair of different values, and how much more than for the next best number."""
SLIP_BONUS = 0.25
"""What a known slip (exchanged digits, a lost point) adds: a typist's 17 for 71 is the same number."""
DISTINCT_DIGITS = 3
"""A number of so many digits does not stand in a text twice by chance."""
UNTYPED = {"value": ("value", "n", "events", "total", "rate", "hr", "or", "rr")}
"""Statistics that a gold row keyed as a mere value admits: its subject says in words which one it is."""
STOP_WORDS = frozenset(
    ("a", "an", "and", "at", "between", "by", "for", "from", "in", "of", "on", "or", "per", "the", "to", "vs", "with")
)

SHORTEST_STEM = 4
ENDING = 3
"""Letters at the end of a word that may differ."""

_WORD = re.compile(r"[a-z]+|\d+(?:[.,]\d+)*|[<>≥≤]")


def match_prose(gold: Sequence[Side], read: Sequence[Side]) -> Pairs:
    """Pairs of the running text; a gold row without one is missing."""
    pairs: Pairs = {}
    sentences: dict[str, set[str]] = defaultdict(set)
    for same_statistic in (True, False):
        options = [
            (g, o, _score(g, o), _objection(g, o), position)
            for g in gold
            if g.index not in pairs
            for position, o in enumerate(read)
            if _is_option(g, o, same_statistic) and not any(o is taken for taken, _ in pairs.values())
        ]
        lone = _lone_options(options) if same_statistic else set()
        while options:
            g, o, score, *_ = max(
                options, key=lambda x: (_total(x[0], x[1], x[2], sentences) - x[3], -x[0].index, -x[4])
            )
            total = _total(g, o, score, sentences)
            if total < MIN_SHARE and (lone := lone & {x[0].index for x in options}):
                g, o = next((x[0], x[1]) for x in options if x[0].index in lone)
            elif total < MIN_SHARE:
                break
            pairs[g.index] = (o, _kind(g, o) if same_statistic else "statistic")
            sentences[g.stub].add(o.text("quote"))
            options = [x for x in options if x[0] is not g and x[1] is not o]
    return pairs | _other_values(gold, read, pairs, sentences)


def _other_values(gold: Sequence[Side], read: Sequence[Side], pairs: Pairs, sentences: dict[str, set[str]]) -> Pairs:
    """Gold rows left over whose subject stands around one number of their statistic: read there, with another value.

    Only where one number is clearly the best: a wrong partner would show the curator the wrong ink.
    """
    taken = {id(o) for o, _ in pairs.values()}
    found: Pairs = {}
    for g in gold:
        if g.index in pairs or g.statistic in ("missing", "text", "bound"):
            continue
        admitted = UNTYPED.get(g.statistic, (g.statistic,))
        options = [o for o in read if id(o) not in taken and o.statistic in admitted and _has_same_unit(g, o)]
        scored = sorted(((_other_score(g, o, sentences), -i) for i, o in enumerate(options)), reverse=True)
        if not scored or scored[0][0] < OTHER_VALUE_SHARE:
            continue
        if len(scored) == 1 or scored[0][0] - scored[1][0] >= OTHER_VALUE_MARGIN:
            o = options[-scored[0][1]]
            found[g.index] = (o, "value")
            taken.add(id(o))
    return found


def _other_score(gold: Side, read: Side, sentences: dict[str, set[str]]) -> float:
    bonus = SLIP_BONUS if name_value_difference(gold.value, read.value, gold.statistic) != "value" else 0.0
    return _total(gold, read, _score(gold, read), sentences) - _objection(gold, read) + bonus


def _is_option(gold: Side, read: Side, same_statistic: bool) -> bool:
    # "about 7 months" is keyed as 7
    if not has_same_value(gold, replace(read, value=read.value.lstrip("~"))):
        return False
    is_same = read.statistic in UNTYPED.get(gold.statistic, (gold.statistic,))
    if same_statistic or is_same:
        return same_statistic and is_same
    return _is_distinct(gold) and _has_same_unit(gold, read)


def _lone_options(options: Sequence[tuple[Side, Side, float, float, int]]) -> set[int]:
    """Gold rows with one possible number, long enough, that no other gold row could claim."""
    of_gold: dict[int, int] = defaultdict(int)
    of_read: dict[int, int] = defaultdict(int)
    for g, *_, position in options:
        of_gold[g.index] += 1
        of_read[position] += 1
    return {g.index for g, *_, p in options if of_gold[g.index] == 1 and of_read[p] == 1 and _is_distinct(g)}


def _is_distinct(gold: Side) -> bool:
    return sum(c.isdigit() for c in gold.value) >= DISTINCT_DIGITS


def _total(gold: Side, read: Side, score: float, sentences: dict[str, set[str]]) -> float:
    return score + (SAME_SENTENCE_BONUS if read.text("quote") in sentences[gold.stub] else 0.0)


def _score(gold: Side, read: Side) -> float:
    *outer, last = gold.stub.split(PATH_SEPARATOR)
    wanted, wider = _words(last), _words(" ".join(outer))
    if not wanted:
        return 0.0
    told = ("subject", "variable", "category", "arm", "subgroup", "timepoint", "event_kind")
    close = _words(" ".join((*map(read.text, told), _spell_grade(read.text("grade")))))
    around = close | _words(f"{read.text('quote')} {read.text('section')}")
    share = (_hits(wanted, around) + SUBJECT_WEIGHT * _hits(wanted, close)) / len(wanted)
    share += OUTER_WEIGHT * _hits(wider, around) / len(wider) if wider else 0.0
    return share + (SAME_UNIT_BONUS if share and gold.unit and unit_key(gold.unit) == unit_key(read.unit) else 0.0)


def _spell_grade(grade: str) -> str:
    """A grade in the words and signs of a subject: ">=3" is printed "grade ≥ 3"."""
    return f"grade {grade.replace('>=', '≥ ')}" if grade else ""


def _objection(gold: Side, read: Side) -> float:
    """What speaks against a pair while another number is as good: it may still be the only one."""
    part = _words(read.text("subgroup"))
    is_other_part = bool(part) and not _hits(_words(gold.stub), part)
    is_cited = read.text("speaks_of") == "another study"
    return (OTHER_PART if is_other_part else 0.0) + (OTHER_STUDY if is_cited else 0.0)


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.casefold())) - STOP_WORDS


def _hits(wanted: set[str], found: set[str]) -> int:
    return sum(any(_is_alike(w, f) for f in found) for w in wanted)


def _is_alike(first: str, second: str) -> bool:
    """The same word, whatever its ending: cycle and cycles, discontinuation and discontinued."""
    first, second = first.removesuffix("s"), second.removesuffix("s")
    if first == second:
        return True
    stem = max(SHORTEST_STEM, min(len(first), len(second)) - ENDING)
    return first[:stem] == second[:stem] and min(len(first), len(second)) >= stem


def _kind(gold: Side, read: Side) -> str:
    return "equal" if gold.statistic in COUNTS or _has_same_unit(gold, read) else "unit"


def _has_same_unit(gold: Side, read: Side) -> bool:
    """Whether the units agree; one that is not printed beside its number is left to the reader of the sentence."""
    return not gold.unit or not read.unit or unit_key(gold.unit) == unit_key(read.unit)
