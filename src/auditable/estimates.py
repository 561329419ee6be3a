"""The numbers of a sentence with all that qualifies them, and the names printed in it.

Comes in: a sentence with its mentions. Goes out: one Estimate per number that others qualify or that stands alone, with
the stretch its unit, interval and brackets take. Name is a name with its place. Which name each number belongs to is
left to dealing.py, what the names are to the modules that find them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from auditable.mentions import Mention
from auditable.number_groups import past_unit

COMPARING = ("hr", "or", "rr", "p")
"""Statistics that compare the named groups instead of speaking of one."""
_SIZE_OF_GROUP = re.compile(r"\s*[^\s(\[][^()\[\]]*[(\[]\s*n\s*=\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Name:
    """A name as printed in a sentence; text is what it stands for, "" for all patients.

    is_leading: it only speaks of numbers behind it ("the 12-month rate was 30%"). is_local: it does not reach over a
    comma, unless it opens the sentence.
    """

    start: int
    end: int
    text: str
    is_leading: bool = False
    is_local: bool = False


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number with all that qualifies it; end: behind its unit, interval and closing bracket."""

    index: int
    start: int
    end: int
    statistic: str

    @property
    def is_comparing(self) -> bool:
        """Whether it compares groups instead of speaking of one."""
        return self.statistic in COMPARING

    def is_like(self, other: Estimate) -> bool:
        """Whether both may stand in one list: the same statistic, or one of them not reached."""
        return self.statistic == other.statistic or "missing" in (self.statistic, other.statistic)


def find_estimates(text: str, mentions: Sequence[Mention]) -> list[Estimate]:
    """The numbers that others qualify or that stand alone, with the extent of all that belongs to them, in order."""
    ends: dict[int, int] = {}
    for index, mention in enumerate(mentions):
        if not mention.reason:
            head = head_of(text, mentions, index)
            ends[head] = max(ends.get(head, 0), mention.quantity.unit_end)
    starts = sorted(mentions[i].quantity.start for i in ends)
    found: list[Estimate] = []
    for index in sorted(ends):
        start = mentions[index].quantity.start
        following = next((s for s in starts if s >= ends[index]), len(text))
        end = past_unit(text, _close_brackets(text, start, ends[index], following), mentions[index].quantity)
        found.append(Estimate(index, start, end, mentions[index].statistic))
    return found


def head_of(text: str, mentions: Sequence[Mention], index: int) -> int:
    """The number whose name a mention shares: itself for a p value and for the size of a named group ("A (n = 52)")."""
    mention = mentions[index]
    if mention.statistic == "p" or mention.head == index:
        return index
    between = text[mentions[mention.head].quantity.unit_end : mention.quantity.start]
    is_size = mention.statistic in ("n", "total") and bool(_SIZE_OF_GROUP.fullmatch(between))
    return index if is_size else mention.head


def _close_brackets(text: str, start: int, end: int, following: int) -> int:
    """The end of a stretch, moved behind the bracket that it opened."""
    depth = sum(text.count(c, start, end) for c in "([") - sum(text.count(c, start, end) for c in ")]")
    closing = re.compile(r"[^()\[\]]*[)\]]").match(text, end) if depth > 0 else None
    return closing.end() if closing and closing.end() <= following else end
