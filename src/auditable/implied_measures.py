"""Measures that a sentence names by a verb and a unit alone: "were followed for a median of 23 months".

Comes in: a Clause and a group that no name of the codebook was found for. Goes out: variable and category, None where
no such words stand around the number. What patients had before the study is kept apart from what they had in it.
"""

from __future__ import annotations

import re

from auditable.clause import Clause
from auditable.clause_names import Named
from auditable.mentions import Mention
from auditable.number_groups import Group
from auditable.prose_fits import CENTRES, is_time
from auditable.therapy_gaps import parts_therapies

_LINES = re.compile(r"(?:therap(?:y|ies)|lines?|regimens?|treatments?)", re.IGNORECASE)
_CYCLES = re.compile(r"cycles?", re.IGNORECASE)
_EARLIER = re.compile(r"\b(?:prior|previous|earlier|preceding|antecedent)\b", re.IGNORECASE)
_COUNT_OF_CYCLES = re.compile(r"\b(?:number|count)\sof\s(?:[\w/-]+\s){0,3}cycles?\b[^;.,\d]{0,20}$", re.IGNORECASE)
# The past perfect tells what was given before the study.
_HAD_BEEN_GIVEN = re.compile(
    r"\bhad\s(?:each\s|all\s|already\s|previously\s|also\s)*(?:received|undergone|had|been\s(?:given|treated|exposed|administered))\b",
    re.IGNORECASE,
)
_STOPPED_BEFORE = re.compile(
    r"\bhad\s(?:been\s)?(?:stopped|discontinued|ended|ceased|withdrawn|last\s(?:given|received))\b", re.IGNORECASE
)
# ... but not where the sentence looks back from a day of the study.
_LOOKS_BACK = re.compile(
    r"\b(?:by|at|as\sof|until)\s(?:an?\s|the\s)?(?:time\sof\s)?(?:data\s|clinical\s|primary\s|median\s|last\s)*(?:cut-?\s?off|follow-?\s?up|analysis|lock|snapshot)\b",
    re.IGNORECASE,
)
_GIVEN = re.compile(
    r"\b(?:received|given|delivered|completed|administered|underwent|started|tolerated|had)\b", re.IGNORECASE
)
_RULE = re.compile(r"\b(?:planned|scheduled|up\sto|maximum|until|will|should|could|every|each)\b", re.IGNORECASE)
_TIMES = (
    ("follow_up", re.compile(r"\bfollow(?:ed|-?\s?up)\b[^;.,\d]{0,50}$", re.IGNORECASE)),
    ("treatment_duration", re.compile(
        r"\b(?:treatments?|therapy|exposure)\s(?:was\s)?(?:lasted|continued|given|maintained)\b[^;.,\d]{0,40}$"
        r"|\b(?:were|was)\streated\s(?:for|over)\s[^;.,\d]{0,30}$", re.IGNORECASE)),
    ("length_of_stay", re.compile(
        r"\bstay(?:ed)?\b[^;.,\d]{0,40}$|\b(?:hospitali[sz]ed|in\shospital)\sfor\s[^;.,\d]{0,30}$", re.IGNORECASE)),
)  # fmt: skip
_SPAN = re.compile(
    r"\b(?:over|after|at|during)\san?\s(?:median|mean|average)\s(?:time\s|period\s)?(?:of\s)?$", re.IGNORECASE
)
# "after a median of 3 months of treatment", "... from randomisation": another span than that of the follow-up.
_OF_OTHER = re.compile(r"\s*(?:\([^()]*\)\s*)?(?:of|to|from|since|between|after|before|on|later)\b", re.IGNORECASE)


def implied_measure(clause: Clause, group: Group) -> Named | None:
    """The measure that verb and unit name together, where the number can be one of it."""
    named = _by_unit(clause, group) or _by_verb(clause, group)
    return (named, "") if named in clause.variables else None


def is_of_earlier_lines(text: str, mention: Mention) -> bool:
    """Whether a number counts lines of therapy given before the study ("more than two earlier lines")."""
    quantity = mention.quantity
    if not _LINES.fullmatch(quantity.unit):
        return False
    return bool(
        _EARLIER.search(text, quantity.start, quantity.unit_end) or _HAD_BEEN_GIVEN.search(text, 0, quantity.start)
    )


def _by_unit(clause: Clause, group: Group) -> str:
    """Numbers of lines and cycles."""
    mention, text = group.head, clause.text
    if mention.statistic not in (*CENTRES, "value"):
        return ""
    if is_of_earlier_lines(text, mention):
        return "prior_lines"
    if _COUNT_OF_CYCLES.search(text[group.before : group.start]):
        # of the cycles of some drug only the words around tell whether it is the study's
        return "prior_therapy_cycles" if _STOPPED_BEFORE.search(text) or _EARLIER.search(text) else ""
    if not _CYCLES.fullmatch(mention.quantity.unit) or _RULE.search(text):
        return ""
    if _EARLIER.search(text) or (_HAD_BEEN_GIVEN.search(text) and not _LOOKS_BACK.search(text)):
        return "prior_therapy_cycles"
    return "cycles_received" if _GIVEN.search(text) else ""


def _by_verb(clause: Clause, group: Group) -> str:
    """Spans of time."""
    quantity = group.head.quantity
    if group.head.statistic not in (*CENTRES, "value") or not is_time(quantity.unit):
        return ""
    words = clause.text[max(group.before, 0) : group.start]
    if parts_therapies(words, clause.text[group.end :]):
        return "interval_between_therapies"
    for name, pattern in _TIMES:
        if pattern.search(words):
            return name
    is_span = group.head.statistic in CENTRES and _SPAN.search(words)
    return "follow_up" if is_span and not _OF_OTHER.match(clause.text, quantity.unit_end) else ""
