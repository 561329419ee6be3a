"""A cohort described before or at the start of treatment: age, sex, stage, earlier therapies."""

from __future__ import annotations

import re

from auditable.model import Table
from auditable.printed_text import tidy
from auditable.row_kinds import RowKinds
from auditable.table_types import TableType

_CAPTION = re.compile(
    r"\bdemographics?\b|\bcharacteristics?\b|\bbaseline\s(?:\w+\s){0,3}(?:data|parameters?|features?"
    r"|variables|values|status|profiles?)\b"
    r"|\bat\s(?:the\s)?(?:baseline|study\sentry|entry|enrol\w*|inclusion|admission|diagnosis"
    r"|presentation)\b|\bco-?morbidit|\bmedical\shistory\b"
    r"|\bprior\s(?:therap|treatment)|\bfeatures\sof\b",
    re.IGNORECASE,
)
_FOLLOWED = re.compile(
    r"\bchanges?\b|\bfrom\sbaseline\b|\bafter\b|\boutcomes?\b|\bfollow-?up\b|\bover\stime\b", re.IGNORECASE
)


def _score(table: Table, kinds: RowKinds) -> int:
    """Rows of demography and measures; less sure where columns follow the patients in time or compare their results."""
    caption = tidy(table.caption)
    score = 45 * bool(_CAPTION.search(caption)) + int(60 * kinds.baseline)
    followed = bool(_FOLLOWED.search(caption)) or kinds.times > 1 or bool(kinds.ratios) or bool(kinds.effects)
    return max(0, min(90, score) - 40 * followed)


TABLE_TYPE = TableType("baseline", _score)
