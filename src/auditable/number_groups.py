"""Numbers of a sentence that tell one thing together, and the words around them.

Comes in: a sentence and its mentions. Goes out: groups — an estimate with its interval, range, percentage or p value —
in reading order, each with the stretch of words before and behind it. Which variable a group is of, prose_variables.py
decides.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from auditable.mentions import Mention
from auditable.quantities import Quantity

_PEOPLE = re.compile(
    r"patients?|participants?|subjects?|people|persons?|individuals?|adults?|children|infants?|volunteers?|cases?",
    re.IGNORECASE,
)
_SET_OF = re.compile(
    r"\b(?:in|among(?:st)?|for|from|across|of|with)\s+(?:(?:the|these|those|all|our|a\stotal\sof|other|remaining|first|only|another)\s+)*$",
    re.IGNORECASE,
)
# "18% among 8,214 patients": the whole the percentage before it is of
_WITHIN = re.compile(r"\s*(?:in|among(?:st)?|of|from|across|for)\s(?:(?:the|all|a\stotal\sof)\s)*", re.IGNORECASE)
_VERB = re.compile(
    r"\b(?:was|were|is|are|had|has|have|occurred|achieved|experienced|reached|developed|responded|died|showed|received)\b",
    re.IGNORECASE,
)
# The rest of a bracket; where else in the paper something stands does not part it.
_TO_CLOSING = re.compile(
    r"[^()\[\];]*(?:;\s(?:see\s)?(?:Suppl\w*\s)?(?:Tables?|Fig(?:ure|s|\.)?)\b[^()\[\];]*)*[)\]]", re.IGNORECASE
)
_BOUNDARY = re.compile(
    r"[;:]|\.\s|,\s(?!who\b|which\b|respectively)|\b(?:and|but|whereas|while|versus|vs|compared|than)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Group:
    """Numbers with one estimate as their head.

    start, end: from the first number to the last, its unit left out. opened: where the bracket that holds the group
    opens, -1 outside brackets. before: where the words that may lead to it begin; behind: where those behind it end.
    is_set: the number says how many people the sentence is about ("in 12 patients with X, Y was"), not how many had Y.
    """

    head: Mention
    members: tuple[int, ...]
    start: int
    end: int
    opened: int = -1
    before: int = 0
    behind: int = 0
    is_set: bool = False

    @property
    def is_people(self) -> bool:
        """Whether the number counts people."""
        return bool(_PEOPLE.fullmatch(self.head.quantity.counted))


def find_groups(text: str, mentions: Sequence[Mention]) -> list[Group]:
    """Groups of the kept numbers in reading order; bounds of categories ("≥ 65 years") open none."""
    members: dict[int, list[int]] = {}
    for i, mention in enumerate(mentions):
        if not mention.reason and mention.statistic != "bound":
            members.setdefault(mention.head, []).append(i)
    bare = sorted(
        (_bare(text, mentions, head, tuple(indices)) for head, indices in members.items()), key=lambda g: g.start
    )
    is_set = [_is_set(text, bare, k) for k in range(len(bare))]
    return [_placed(text, bare, is_set, k) for k in range(len(bare))]


def _bare(text: str, mentions: Sequence[Mention], head: int, indices: tuple[int, ...]) -> Group:
    parts = [mentions[i].quantity for i in indices]
    start, end = min(q.start for q in parts), max(q.end for q in parts)
    opened = _open_bracket(text, start)
    if opened < 0:
        end = past_unit(text, _past_brackets(text, end), mentions[head].quantity)
    return Group(mentions[head], indices, start, end, opened)


def _open_bracket(text: str, at: int) -> int:
    """Where the innermost bracket that is still open at an offset was opened, -1 where none is."""
    depth = 0
    for k in range(at - 1, -1, -1):
        if text[k] in ")]":
            depth += 1
        elif text[k] in "([":
            if depth == 0:
                return k
            depth -= 1
    return -1


def _past_brackets(text: str, end: int) -> int:
    """The end of a group whose last number stands in brackets of its own: behind the closing one."""
    if _open_bracket(text, end) < 0:
        return end
    closing = _TO_CLOSING.match(text, end)
    return closing.end() if closing else end


def past_unit(text: str, end: int, quantity: Quantity) -> int:
    """An end behind brackets moved behind the unit of the number before them, or the noun it counts: "61.2 (9.4)
    years", "34 (24%) cases".
    """
    unit = quantity.unit or quantity.counted
    behind = text[end:].lstrip()
    is_there = bool(unit) and text[:end].endswith((")", "]")) and behind.startswith(unit)
    return len(text) - len(behind) + len(unit) if is_there else end


def _is_set(text: str, groups: Sequence[Group], k: int) -> bool:
    """Whether a count of people is the ground another number stands on: "in 12 patients with X, Y was 30%"."""
    group = groups[k]
    quantity = group.head.quantity
    if group.head.statistic not in ("n", "total") or len(group.members) > 1 or not group.is_people:
        return False
    if not _SET_OF.search(text, 0, group.start):
        return False
    if k and groups[k - 1].head.statistic == "pct" and _WITHIN.fullmatch(text, groups[k - 1].end, group.start):
        return True
    if k + 1 >= len(groups):
        return False
    between = text[quantity.unit_end : groups[k + 1].start]
    return ";" not in between and bool(_VERB.search(between) or re.search(r",\s*$", between))


def _placed(text: str, groups: Sequence[Group], is_set: Sequence[bool], k: int) -> Group:
    group = groups[k]
    before = max((g.end for g, s in zip(groups[:k], is_set, strict=False) if not s), default=0)
    behind = groups[k + 1].start if k + 1 < len(groups) else len(text)
    boundary = _BOUNDARY.search(text, group.end, behind)
    behind = boundary.start() if boundary else behind
    if group.opened >= 0:
        closing = text.find(_CLOSING[text[group.opened]], group.end)
        behind = closing if group.end <= closing < behind else behind
    return Group(
        group.head, group.members, group.start, group.end, group.opened, min(before, group.start), behind, is_set[k]
    )


_CLOSING = {"(": ")", "[": "]"}
