"""What one number of a sentence takes over from another: in lists, comparisons, and where people are told apart.

Comes in: a Clause and what is known of its other numbers. Goes out: a variable and category, None where nothing is
handed over. What the words around a number itself say is prose_variables.py's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from auditable.clause import Clause
from auditable.clause_names import Named
from auditable.prose_fits import RATIOS, is_alike

_RESPECTIVELY = re.compile(r"\brespectively\b", re.IGNORECASE)
_TIMES = "times"
"""Unit of a multiple."""
_STARTS_APART = re.compile(
    r"\s*(?:$|[;,.:)\](]|(?:in|with(?:out)?|for|among|at|after|versus|vs|to|from|compared|than|during|by|per|due\sto"
    r"|and|or|of|as|on|respectively|it|receiving|given|taking|assigned|seen|found|observed|recorded|if|when|once|(?:lower|higher|shorter|longer|greater|smaller)\s(?:in|among|with|for)"
    r"|(?:patients?|participants?|women|men)(?:\s(?:in|with|who|of|on|treated|receiving|given|from)\b|\s*[;,.)]|\s*$))(?![\w-]))",
    re.IGNORECASE,
)
_JOINER = re.compile(
    r"^[\s,;:)\]%]*(?:(?:and|but|or|whereas|while|versus|vs\.?|compared\s(?:with|to)|then|also|only|further|another|the|twice|half|double|thrice)\b[\s,.]*)*",
    re.IGNORECASE,
)
_VERSUS = re.compile(
    r"\s*[)\]]?\s*(?:[,(]\s*)?(?:vs\.?|versus|and|or|to|from|v|[–−-]|against|compared\s(?:with|to)|,)\s*", re.IGNORECASE
)
# "75 were infants", "190 (39.0%) had been trained": a verb of the number's own, with what it is of
_OWN_PREDICATE = re.compile(
    r"\s*(?:\([^()]*\)\s*)?(?:were|was|had|have|has|are)\s(?!(?:in|with|for|on|from|of|and|it|so|not"
    r"|(?:ex|in)cluded|enrolled|randomi[sz]ed|assigned|screened|lost)\b)[a-z]",
    re.IGNORECASE,
)
# "three complete and nineteen partial responses": each count has a word of its own
_OWN_WORD = re.compile(r"\s[a-z]+\s(?:and|or)\s", re.IGNORECASE)
_TO_NEXT = re.compile(
    r"\s*(?:(?:patients?|participants?|women|men|people|subjects|children)\b)?[^;:.]{0,60}"
    r"\b(?:and|versus|vs\.?|compared\s(?:with|to)|or|to|against)\s(?:in\s|with\s|for\s|only\s|by\s)?",
    re.IGNORECASE,
)


def further(clause: Clause, k: int, done: Sequence[Named | None]) -> Named | None:
    """The variable of the number before, where the names beside this one only say of which people it is: "30% of
    women and 20% of men", "led to discontinuation in 4%".
    """
    if k == 0 or clause.groups[k].is_set or _names_only_people(clause, k - 1) or not _names_only_people(clause, k):
        return None
    return inherited(clause, k, done)


def inherited(clause: Clause, k: int, done: Sequence[Named | None]) -> Named | None:
    """The variable of the number before, in a comparison or a list over groups and times."""
    if k == 0:
        return None
    at = _same_place(clause, k, done)
    at = _number_before(clause, k) if at is None else at
    this, last = clause.groups[k], clause.groups[at]
    says_more = this.head.statistic in (*RATIOS, "p") or (this.opened >= 0 and this.before > this.opened)
    if not says_more and not (is_alike(last.head, this.head) and goes_on(clause, k)):
        return None
    named = done[at]
    return named if named and clause.may_be(this.head, named[0], bool(named[1])) else None


def _same_place(clause: Clause, k: int, done: Sequence[Named | None]) -> int | None:
    """The number at the same place of the list before: "fatigue in 59% and headache in 52%, and in 23% and 24% ...,
    respectively".
    """
    first, last = run_of(clause, k)
    length = last - first + 1
    names = [done[i] for i in range(max(first - length, 0), first)]
    is_listed = length > 1 and len(names) == length and len(set(names)) == length and None not in names
    return k - length if is_listed and _RESPECTIVELY.search(clause.text, clause.groups[last].end) else None


def _number_before(clause: Clause, k: int) -> int:
    """The number before that is a result: past how many people it is of ("66.7% in three patients, 37.5% in 16") and
    how many times another it is ("twice the 28.6%").
    """
    for at in range(k - 1, -1, -1):
        group = clause.groups[at]
        if not group.is_set and group.head.quantity.unit != _TIMES:
            return at
    return k - 1


def handed_back(clause: Clause, done: Sequence[Named | None]) -> list[Named | None]:
    """Groups left open take the variable of the next one they are joined to: "19% versus 9% had anaemia", "12
    patients in group A and 9 in group B died".
    """
    out = list(done)
    for k in range(len(out) - 2, -1, -1):
        this, following = clause.groups[k], clause.groups[k + 1]
        between = clause.text[max(this.end, this.head.quantity.unit_end) : following.start]
        is_own = _has_own_words(clause, k, between)
        if out[k] is None and is_alike(this.head, following.head) and _TO_NEXT.fullmatch(between) and not is_own:
            out[k] = out[k + 1]
    return out


def _has_own_words(clause: Clause, k: int, between: str) -> bool:
    """Whether a group says of itself what it is of, though no name of the codebook: then it takes no other's."""
    is_parted = bool(_OWN_WORD.fullmatch(between)) and not _STARTS_APART.match(between)
    return is_parted or _has_own_predicate(clause, k)


def _has_own_predicate(clause: Clause, k: int) -> bool:
    this = clause.groups[k].head
    return this.statistic in ("n", "pct") and bool(_OWN_PREDICATE.match(clause.text, this.quantity.unit_end))


def run_of(clause: Clause, k: int) -> tuple[int, int]:
    """First and last group of the row of like numbers, joined by commas and "and", that group k stands in."""
    first = last = k
    while first > 0 and _joins(clause, first - 1):
        first -= 1
    while last + 1 < len(clause.groups) and _joins(clause, last):
        last += 1
    return first, last


def _names_only_people(clause: Clause, k: int) -> bool:
    group = clause.groups[k]
    around = [
        *clause.fitting(group, group.before, group.start),
        *clause.fitting(group, group.head.quantity.end, group.behind, behind=True),
    ]
    return group.opened < 0 and bool(around) and all(n.is_aside for n in around)


def _joins(clause: Clause, k: int) -> bool:
    this, following = clause.groups[k], clause.groups[k + 1]
    ends = {this.end, this.head.quantity.unit_end}
    return is_alike(this.head, following.head) and any(
        bool(_VERSUS.fullmatch(clause.text, end, following.start)) for end in ends
    )


def goes_on(clause: Clause, k: int) -> bool:
    """Whether the words around a number name no thing of its own: only groups, times, and what joins."""
    last, this = clause.groups[k - 1], clause.groups[k]
    if _has_own_predicate(clause, k):
        return False
    if _joins(clause, k - 1):
        return True
    between = clause.text[max(last.end, last.head.quantity.unit_end) : this.start]
    words = _JOINER.sub("", re.split(r"[,;:]\s", between)[-1])
    return bool(_STARTS_APART.match(words) and _STARTS_APART.match(clause.text, this.head.quantity.unit_end))
