"""The N that a head prints over a column, and the words of a table that may give its rows another.

Comes in: an observation of a table, or a Study. Goes out: that N, and the whole numbers of captions and notes. What
must fit it is left to the rules.
"""

from __future__ import annotations

import re
from functools import cache

from auditable.blocks import Observation, Study
from auditable.checks.words import TOTAL, plain
from auditable.model import PATH_SEPARATOR

_SIZE = re.compile(r"\b[nN]\s?=\s?(\d{1,3}(?:[,  ]\d{3})+|\d+)(?![\d.])")
_PRINTED_SIZE = re.compile(r"\(?\b[nN]\s?=\s?[\d,.  ]+\)?")
FROM_HEAD = ("boxhead", "sub-header", "column head")
"""Places, as denominator_proof names them, that print an N over a column."""
_OWN_BASE = re.compile(
    r"\b(?:percentages?|proportions?|denominators?)\b[^.]{0,40}\b(?:based|calculated|of|exclud\w+|refer\w*|relate\w*)\b"
    r"|\b(?:available|missing|evaluable|evaluated|assessable|assessed)\b",
    re.IGNORECASE,
)
"""Words of a caption or note that give rows an N of their own."""


@cache
def head_size(spanner_path: str) -> int | None:
    """The N of the innermost head that prints one: "Ozanib (N = 72) > Any grade" is 72."""
    for head in reversed(spanner_path.split(PATH_SEPARATOR)):
        if found := _SIZE.findall(head):
            return int(re.sub(r"\D", "", found[-1])) if len(found) == 1 else None
    return None


def without_size(head: str) -> str:
    """A head without the N it prints."""
    return _PRINTED_SIZE.sub(" ", head)


def has_size_of_all(o: Observation) -> bool:
    """Whether the innermost head that prints an N is that of an arm or of all patients, not of a part of them."""
    head = next((h for h in reversed(o.spanner_path.split(PATH_SEPARATOR)) if _SIZE.search(h)), "")
    name = re.sub(r"[(\[]?\s*$", "", head[: m.start()]) if (m := _SIZE.search(head)) else ""
    return bool(name) and bool(TOTAL.match(plain(name)) or (o.arm and plain(name) == plain(o.arm)))


def has_head_size(o: Observation) -> bool:
    """Whether the N that an observation carries is the one its head prints."""
    total = head_size(o.spanner_path)
    return total is not None and str(total) == o.denominator


def may_have_own_base(study: Study) -> bool:
    """Whether a caption or note says that percentages are of others than the heads count."""
    return any(_OWN_BASE.search(s.text) for s in study.text if s.source in ("caption", "note"))
