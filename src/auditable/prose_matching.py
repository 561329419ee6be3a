"""Which number of the running text answers which gold row: by its value, and by the words around it.

Comes in: Sides of gold rows that have a subject in words instead of a place, and of observations outside tables. Goes
out: pairs with their kind. The best pair is taken first, then the best of the rest. What speaks for a pair: how many
words of the subject stand around the number; that other rows of the subject were found in the same sentence (a median
and its interval); or that the text prints this number, with this statistic, only once and it is long enough not to be
chance.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from heapq import heapify, heappop, heappush

from auditable.differences import COUNTS, name_value_difference
from auditable.matching import Pairs, Side, answers, said
from auditable.model import PATH_SEPARATOR
from auditable.sameness import MOST_KEPT, unit_key

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
    by_value = _by_value(read)
    for same_statistic in (True, False):
        taken = {id(o) for o, _ in pairs.values()}
        options = [
            _Option(g, o, _score(g, o), _objection(g, o), position)
            for g in gold
            if g.index not in pairs
            for position, o in by_value.get(said(g), ())
            if _is_option(g, o, same_statistic) and id(o) not in taken
        ]
        lone = _lone_options(options) if same_statistic else []
        for option in _best_first(options, lone, sentences):
            kind = _kind(option.gold, option.read) if same_statistic else "statistic"
            pairs[option.gold.index] = (option.read, kind)
    return pairs | _other_values(gold, read, pairs, sentences)


def _by_value(read: Sequence[Side]) -> dict[tuple[bool, str], list[tuple[int, Side]]]:
    """Observations with their places, in order, by what a gold row may say that has the same value."""
    found: dict[tuple[bool, str], list[tuple[int, Side]]] = defaultdict(list)
    for position, o in enumerate(read):
        # "about 7 months" is keyed as 7
        for key in answers(replace(o, value=o.value.lstrip("~"))):
            found[key].append((position, o))
    return found


@dataclass(frozen=True)
class _Option:
    """A gold row and a number that may answer it: what speaks for the pair, and against it."""

    gold: Side
    read: Side
    score: float
    objection: float
    position: int


def _best_first(
    options: Sequence[_Option], lone: Sequence[_Option], sentences: dict[str, set[str]]
) -> Iterator[_Option]:
    """The options that are taken: the best one, then the best of what it leaves; after these the lone ones.

    sentences: of each subject, where rows of it were found: it grows here. A pair that gains by it is put into the
    queue once more, before the place that it had.
    """
    queue = [(*_rank(x, sentences), k) for k, x in enumerate(options)]
    heapify(queue)
    gaining: dict[tuple[str, str], list[int]] = defaultdict(list)
    for k, x in enumerate(options):
        gaining[x.gold.stub, x.read.text("quote")].append(k)
    done: set[int] = set()
    used: set[int] = set()
    left = deque(lone)
    while queue:
        x = options[queue[0][-1]]
        if x.gold.index in done or x.position in used:
            heappop(queue)
            continue
        if _total(x.gold, x.read, x.score, sentences) < MIN_SHARE:
            while left and (left[0].gold.index in done or left[0].position in used):
                left.popleft()
            if not left:
                return
            x = left.popleft()
        yield x
        done.add(x.gold.index)
        used.add(x.position)
        place = (x.gold.stub, x.read.text("quote"))
        if place[1] not in sentences[place[0]]:
            sentences[place[0]].add(place[1])
            for k in gaining[place]:
                heappush(queue, (*_rank(options[k], sentences), k))


def _rank(x: _Option, sentences: dict[str, set[str]]) -> tuple[float, int, int]:
    """The smaller the better: what speaks for it, then the order of gold, then that of the text."""
    return x.objection - _total(x.gold, x.read, x.score, sentences), x.gold.index, x.position


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
    """Whether a number of the same value may be meant."""
    is_same = read.statistic in UNTYPED.get(gold.statistic, (gold.statistic,))
    if same_statistic or is_same:
        return same_statistic and is_same
    return _is_distinct(gold) and _has_same_unit(gold, read)


def _lone_options(options: Sequence[_Option]) -> list[_Option]:
    """Of gold rows with one possible number, long enough, that no other gold row could claim."""
    of_gold, of_read = Counter(x.gold.index for x in options), Counter(x.position for x in options)
    return [x for x in options if of_gold[x.gold.index] == of_read[x.position] == 1 and _is_distinct(x.gold)]


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


@lru_cache(maxsize=MOST_KEPT)
def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.casefold())) - STOP_WORDS


def _hits(wanted: frozenset[str], found: frozenset[str]) -> int:
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
