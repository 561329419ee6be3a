"""Which numbers of adverse events are a part of which others: by grade, and by what else the events are.

Comes in: observations of adverse events. Goes out: yes or no. "Grade ≥ 3" is a part of "any grade", serious events
are a part of all, fatal ones a part of the serious; neither "serious" nor "related" contains the other. What follows
for the numbers is left to ae_logic.py and ae_totals.py.
"""

from __future__ import annotations

import re

from auditable.blocks import Observation
from auditable.checks.words import plain

ALL_GRADES = frozenset(range(1, 6))
EVENT_ROW = re.compile(
    r"^(?:patients? with |subjects? with |participants with |number of |total (?:number of )?)*"
    r"(?P<which>any|all|at least one|≥ ?1)?[- ]*"
    r"(?P<kind>(?:\S+ )*?)(?:te)?(?:aes?|adverse events?)$",
    re.IGNORECASE,
)
EVERYTHING = frozenset({"", "any", "all", "treatment-emergent", "treatment emergent", "any grade", "all grade"})
NO_TERM = re.compile(
    r"\b(deaths?|died|mortality|discontinu\w*|withdr\w*|dose|interrupt\w*|hospitali\w*|progression|total|overall|any|all|"
    r"other|patients?|subjects?|participants?|events?|aes?|teaes?|saes?)\b",
    re.IGNORECASE,
)
"""Rows of a table of adverse events that need not be a term of the events its first row counts."""
_ANY_EVENT = re.compile(
    r"^(?:(?:patients?|subjects?|participants?) with )?(?:any|at least one|≥ ?1) (?:adverse )?(?:events?|reactions?)$"
)
"""What a table of adverse events may call the row of all of them."""
_RANGE = re.compile(r"^(\d)(?:-(\d))?$")


def grades_of(grade: str) -> frozenset[int] | None:
    """The grades a printed grade covers; None where none is named or it cannot be told."""
    if grade == "any":
        return ALL_GRADES
    if m := _RANGE.match(grade):
        return frozenset(range(int(m[1]), int(m[2] or m[1]) + 1))
    if grade.startswith(">=") and grade[2:].isdecimal():
        return frozenset(range(int(grade[2:]), 6))
    if grade.startswith("<=") and grade[2:].isdecimal():
        return frozenset(range(1, int(grade[2:]) + 1))
    return None


def kinds_of(o: Observation) -> frozenset[str]:
    """What else the events are: serious, related to a drug, leading to something; fatal ones are serious too."""
    found = {k.strip() for k in o.event_kind.split(";") if k.strip()}
    return frozenset(found | ({"serious"} if "fatal" in found else set()))


def is_part(narrow: Observation, wide: Observation, *, blank_is_any: bool) -> bool:
    """Whether every event of the first is one of the second, by grade and kind, and the second holds more.

    blank_is_any: whether a number without a grade counts events of all grades.
    """
    if (narrow.grade, narrow.event_kind) == (wide.grade, wide.event_kind):
        return False
    mine, theirs = grades_of(narrow.grade), grades_of(wide.grade)
    if wide.grade == "" and (blank_is_any or narrow.grade == ""):
        theirs = ALL_GRADES
    if narrow.grade == "":
        mine = ALL_GRADES
    if mine is None or theirs is None:
        return False
    return (
        mine <= theirs and kinds_of(wide) <= kinds_of(narrow) and (mine, kinds_of(narrow)) != (theirs, kinds_of(wide))
    )


def counts_all_events(label: str) -> bool:
    """Whether a row counts all adverse events: "Any TEAE", "Patients with at least one adverse event", "Any event"."""
    text = " ".join(re.sub(r"\([^)]*\)", " ", plain(label)).split())
    m = EVENT_ROW.match(text)
    return bool(_ANY_EVENT.match(text)) or (m is not None and m["kind"].strip() in EVERYTHING)


def is_term(o: Observation) -> bool:
    """Whether a row names an event itself rather than a sort of events or what came of them."""
    return o.variable in ("adverse_event", "") and bool(o.label.strip()) and not NO_TERM.search(o.label)
