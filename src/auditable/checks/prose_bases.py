"""Which N a pair of running text is a share of, where the sentence does not print it beside the count.

Comes in: a Study with its pairs of text. Goes out: the N of a pair with the words that prove it, or None. It is proved
by words ("Of the 166 participants …, 130 (78 %) …", "1303 were enrolled and 1183 (90.8 %) followed up"), or by the
other pairs of the sentence: each is a share of its own arm, or all are shares of one known N. A pair that is a share of
any count printed near it may be meant of that one, and nothing is proved. The judgement is left to percent_of_n.py.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from auditable.blocks import Observation, Study
from auditable.checks.flow_words import STARTED, TAKEN, WERE, WHO
from auditable.checks.shares_in_text import OPENS, OTHER_BASE, PEOPLE_BEHIND
from auditable.checks.table_heads import sizes_of_arms
from auditable.checks.words import SUBSET
from auditable.denominators import Pair, Proof, whole_number
from auditable.mention_drafts import BRACKETS
from auditable.prose_pairs import RATE_OF_ALL
from auditable.rounding import percent_of, totals_for

MIN_OTHERS_OF_ARM = 1
MIN_OTHERS_OF_ALL = 2
"""Other pairs of the sentence that an N must explain, all of them, before it may hold against a pair."""
MISSING = 0.05
"""Share of patients who may be missing: a pair that fits with and without them proves nothing."""
_WERE_TAKEN = re.compile(
    rf"^{WHO}{WERE}\s(?:{STARTED}|{TAKEN}|invited|approached|contacted|screened|reached)\b", re.IGNORECASE
)
_GOT_SO_FAR = re.compile(
    r"^\s?%?\s?[)\]]\s(?:(?:were|was|had|have been|of them|could be)\s)*(?:followed|completed|provided|returned|"
    r"responded|lost|analy[sz]ed|evaluable|re-?examined|attended|finished)\b",
    re.IGNORECASE,
)
"""What becomes of those who were taken in, right behind a percentage of them."""


class ProseBases:
    """The N of the pairs of one study's text."""

    def __init__(self, study: Study, pairs: Sequence[Pair], known: Mapping[int, str]) -> None:
        self._sizes = sizes_of_arms(study)
        self._known = {*known, *_sums_of_arms(self._sizes)}
        self._pairs: dict[tuple[int, str], list[Pair]] = defaultdict(list)
        for pair in pairs:
            self._pairs[_sentence_of(pair.n)].append(pair)
        self._mentions: dict[tuple[int, str], Sequence[Observation]] = {}
        self._before: dict[tuple[int, str], Sequence[Observation]] = {}
        last: Sequence[Observation] = ()
        for mentions in study.sentences:
            self._mentions[_sentence_of(mentions[0])] = mentions
            self._before[_sentence_of(mentions[0])] = last
            last = mentions

    def of_words(self, pair: Pair) -> Proof | None:
        """The N that the words of the sentence give to a pair."""
        counts = [o for o in self._mentions[_sentence_of(pair.n)] if _counts(o) and o.start < pair.n.start]
        first = counts[0] if counts else None
        if pair.n.speaks_of == "another study" or first is None or not first.whole or first.whole < pair.count:
            return None
        if RATE_OF_ALL.search(pair.pct.quote[: pair.pct.start]):
            is_said = len(counts) == 1 and OPENS.search(pair.n.quote[: first.start])
            return Proof((first.whole,), "named at the head of the sentence") if is_said else None
        others = self._others(pair)
        theirs = {o.n.observation_id for o in others}
        aside = [o for o in counts[1:] if o.observation_id not in theirs and (o.whole or 0) >= pair.count]
        if self._is_share_of_any(pair, [o for o in counts if o is not first]):
            return None
        if not aside and others and self._opens(first, pair) and all(_tells(o, first.whole) for o in others):
            return Proof((first.whole,), f"named at the head of the sentence; explains {_all_of(others)}")
        if self._is_taken(first, pair, aside):
            return Proof((first.whole,), "named before it in the sentence")
        return None

    def of_others(self, pair: Pair) -> Proof | None:
        """The N that all other pairs of the sentence prove: of the arm of each, or one for all of them."""
        near = self._mentions[_sentence_of(pair.n)], self._before[_sentence_of(pair.n)]
        if pair.n.speaks_of == "another study" or pair.n.subgroup or SUBSET.search(pair.n.quote):
            return None
        if self._is_share_of_any(pair, [o for mentions in near for o in mentions if _counts(o)]):
            return None
        others = self._others(pair)
        if (sizes := self._sizes.get(pair.n.arm)) and len(others) >= MIN_OTHERS_OF_ARM:
            if all(any(_tells(o, t) for t in self._sizes.get(o.n.arm, ())) for o in others):
                return Proof(tuple(sorted(sizes)), f"the N of its arm; those of their arms explain {_all_of(others)}")
            return None
        if len(others) < MIN_OTHERS_OF_ALL or any(o.n.arm for o in (pair, *others)):
            return None
        totals = tuple(sorted(t for t in self._known if all(_tells(o, t) for o in others)))
        if not totals or _have_one_total([pair, *others]):
            return None
        return Proof(totals, f"explains {_all_of(others)}") if min(totals) >= pair.count else None

    def _others(self, pair: Pair) -> list[Pair]:
        """The other pairs of the sentence that do not print their N."""
        found = self._pairs[_sentence_of(pair.n)]
        return [o for o in found if o is not pair and not whole_number(o.n.denominator)]

    def _opens(self, first: Observation, pair: Pair) -> bool:
        """Whether a number opens the sentence as the whole of what follows: "Of the 166 participants …, 130 (78 %)"."""
        quote = pair.n.quote
        behind, between = quote[first.end :], quote[first.end : pair.n.start]
        is_whole = OPENS.search(quote[: first.start]) and PEOPLE_BEHIND.match(behind)
        return bool(is_whole) and not OTHER_BASE.search(between)

    def _is_taken(self, first: Observation, pair: Pair, aside: Sequence[Observation]) -> bool:
        """Whether a number of people was taken in and the pair tells how many of them went on."""
        quote = pair.n.quote
        plain = [o for o in aside if not any(m.start() < o.start < m.end() for m in BRACKETS.finditer(quote))]
        is_said = _WERE_TAKEN.match(quote[first.end :]) and _GOT_SO_FAR.match(quote[pair.pct.end :])
        return bool(is_said) and not plain and not pair.n.arm and not OTHER_BASE.search(quote[first.end : pair.n.start])

    def _is_share_of_any(self, pair: Pair, counts: Sequence[Observation]) -> bool:
        """Whether one of these counts, too, would give the percentage."""
        return any(o.whole and o.whole >= pair.count and pair.fits(o.whole) for o in counts if o is not pair.n)


def _tells(pair: Pair, total: int) -> bool:
    """Whether a pair is the share of an N, ordinarily rounded, and would not be if a few patients were missing."""
    fewer = max(pair.count, int(total * (1 - MISSING)))
    fits, fits_fewer = (
        pair.count <= t and pair.share.judge(percent_of(pair.count, t)) == "consistent" for t in (total, fewer)
    )
    return fits and not fits_fewer


def _have_one_total(pairs: Sequence[Pair]) -> bool:
    """Whether one number, printed or not, explains all pairs: all less some who are missing."""
    found = [totals_for(p.count, p.share) for p in pairs]
    ranges = [r for r in found if r is not None]
    return bool(ranges) and max(r.start for r in ranges) < min(r.stop for r in ranges)


def _sentence_of(o: Observation) -> tuple[int, str]:
    return o.page, o.quote


def _counts(o: Observation) -> bool:
    return o.statistic in ("n", "total") and o.whole is not None


def _all_of(others: Sequence[Pair]) -> str:
    return "the other pair of the sentence" if len(others) == 1 else f"all {len(others)} other pairs of the sentence"


def _sums_of_arms(sizes: Mapping[str, Collection[int]]) -> set[int]:
    """The N of all arms together, where each has one."""
    is_one = len(sizes) > 1 and all(len(s) == 1 for s in sizes.values())
    return {sum(next(iter(s)) for s in sizes.values())} if is_one else set()
