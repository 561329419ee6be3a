"""Whether an amount in a sentence is a dose that was given, or a result that was measured.

Comes in: the drafts of a sentence, one of them with a unit of mass, volume or activity. Goes out: yes or no. A dose is
rejected with its reason; "decreased by 7.9 mL/m²", "350 mL of blood loss" and an amount with its own interval are
results.
"""

from __future__ import annotations

import re

from auditable.mention_drafts import DOSE_UNIT, Draft

_STRONG = re.compile(r"(?:[µμm]g|mcg|IU|Gy)\b.*")
"""Units in which mostly drugs and radiation are given."""
_GIVEN = re.compile(
    r"\b(?:dos(?:e|es|ed|age|ing)|receiv\w+|gave|given|giving|administ\w+|treated|infus\w+|inject\w+|bolus|tablets?|capsules?"
    r"|oral(?:ly)?|intraven\w+|subcut\w+|intramus\w+|i\.?v\.?|s\.?c\.?|p\.?o\.?|daily|weekly|once|twice|every|loading|prescri\w+|dissolved)\b",
    re.IGNORECASE,
)
_MEASURED = re.compile(
    r"\b(?:decreas\w+|increas\w+|reduc\w+|differ\w+|chang\w+|fell|rose|declin\w+|dropp\w+|los[st]\w*|gain\w*|volumes?|weigh\w*|levels?"
    r"|concentrations?|excretion|output|clearance|index|proteinuria|intake|consumption|capacity|mass|content|higher|lower|indices)\b",
    re.IGNORECASE,
)
_DEPENDENTS = ("ci_level", "ci_low", "sd", "se", "min", "q1", "iqr")
_NEAR = 60
_CLAUSE = re.compile(r"[;:]\s|\.\s")


def is_dosed(text: str, drafts: list[Draft], i: int) -> bool:
    """Whether draft i is an amount given."""
    quantity = drafts[i].quantity
    if not DOSE_UNIT.fullmatch(quantity.unit):
        return False
    if i + 1 < len(drafts) and drafts[i + 1].statistic in _DEPENDENTS:
        return False
    before = _CLAUSE.split(text[max(0, quantity.start - _NEAR) : quantity.start])[-1]
    behind = _CLAUSE.split(text[quantity.unit_end : quantity.unit_end + _NEAR])[0]
    is_given = bool(_GIVEN.search(before) or _GIVEN.search(behind))
    is_measured = bool(_MEASURED.search(before) or _MEASURED.search(behind))
    return is_given or not is_measured if _STRONG.fullmatch(quantity.unit) else is_given and not is_measured
