"""The outcome over time that a ratio compares, by the words of its sentence.

Comes in: a Clause and a group with a ratio as its head. Goes out: variable and category, None where the sentence names
no outcome or several. Numbers other than ratios are left to prose_variables.py.
"""

from __future__ import annotations

import re

from auditable.clause import Clause
from auditable.clause_names import Named
from auditable.number_groups import Group
from auditable.prose_fits import RATIOS

_ASSOCIATED = re.compile(
    r"\b(?:associated\swith|predict\w*(?:\s(?:of|for))?|risk\sfactors?\sfor|prognostic\s(?:of|for)|effects?\son|influenced)\b",
    re.IGNORECASE,
)
_OUTCOMES = (
    ("pfs", re.compile(r"\b(?:progression|progress(?:ed|ing)?)\b(?!-free)", re.IGNORECASE)),
    ("os", re.compile(r"\b(?:deaths?|mortality|dying|died)\b", re.IGNORECASE)),
)


def compared_outcome(clause: Clause, group: Group) -> Named | None:
    """The outcome compared by a ratio whose words name its event: "hazard ratio for progression or death"."""
    if group.head.statistic != "hr":
        return None
    words = clause.text[group.before : group.start]
    return next(((v, "") for v, p in _OUTCOMES if v in clause.variables and p.search(words)), None)


def spoken_outcome(clause: Clause, group: Group) -> Named | None:
    """The outcome a hazard ratio is of by an event named elsewhere in its sentence: the last one before it ("brought a
    risk of progressing (HR 9.6) but not of dying (HR 2.0)"), else the only one behind it ("neither A (HR 0.98) nor B
    (HR 0.99) predicted progression").
    """
    if group.head.statistic != "hr" or any(clause.is_over_time(n.named) for n in clause.names):
        return None
    spoken = [(m.start(), v) for v, p in _OUTCOMES if v in clause.variables for m in p.finditer(clause.text)]
    start = clause.text.rfind("; ", 0, group.start) + 1
    before = sorted(x for x in spoken if start <= x[0] < group.start)
    if before:
        # "progression or death" is one outcome
        first = _first_of_pair(clause.text, before)
        return first, ""
    behind = {v for at, v in spoken if at > group.end}
    return (behind.pop(), "") if len(behind) == 1 else None


def _first_of_pair(text: str, spoken: list[tuple[int, str]]) -> str:
    if len(spoken) > 1 and re.fullmatch(r"\w+\s(?:or|and/or)\s", text[spoken[-2][0] : spoken[-1][0]]):
        return spoken[-2][1]
    return spoken[-1][1]


def associated_outcome(clause: Clause, group: Group) -> Named | None:
    """The outcome that factors with ratios are said to go with: "age (HR 1.8) was associated with shorter OS"."""
    match = _ASSOCIATED.search(clause.text, group.end) if group.head.statistic in RATIOS else None
    behind = clause.fitting(group, match.end(), len(clause.text)) if match else []
    if behind or group.head.statistic != "hr":
        return behind[0].named if behind else None
    # a hazard ratio is of the one outcome over time its sentence speaks of
    named = {n.named for n in clause.names if clause.is_over_time(n.named)}
    return named.pop() if len(named) == 1 else None
