"""The N that a head prints over a column, and the words of a table that may give its rows another.

Comes in: an observation of a table, or a Study. Goes out: that N, and the whole numbers of captions and notes. What
must fit it is left to the rules.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache, lru_cache

from auditable.blocks import Observation, Study
from auditable.checks.words import TOTAL, plain
from auditable.denominators import whole_number
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


ALL = ""
"""The name of the column for all patients."""


@dataclass(frozen=True, slots=True)
class Head:
    """An N over the columns of one arm in one table. cell: the first number below it."""

    size: int
    cell: Observation


@lru_cache(maxsize=2)
def sized_heads(study: Study) -> dict[str, dict[str, Head]]:
    """The heads with an N by table and arm (ALL for all patients), without arms that have several in one table."""
    found: dict[str, dict[str, dict[int, Observation]]] = defaultdict(lambda: defaultdict(dict))
    for o in study.observations:
        if o.source != "table" or o.table_type == "individual" or o.subgroup or not has_size_of_all(o):
            continue
        if size := head_size(o.spanner_path):
            found[o.table_id][o.arm].setdefault(size, o)
    return {
        table: {arm: Head(*next(iter(sizes.items()))) for arm, sizes in arms.items() if len(sizes) == 1}
        for table, arms in found.items()
    }


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


def sizes_of_arms(study: Study) -> dict[str, set[int]]:
    """Every N that stands over the columns of an arm, in all tables."""
    found: dict[str, set[int]] = defaultdict(set)
    for o in study.observations:
        is_head = o.source == "table" and o.denominator_proof.startswith(FROM_HEAD)
        if is_head and o.arm and not o.subgroup and (size := whole_number(o.denominator)):
            found[o.arm].add(size)
    return dict(found)


def may_have_own_base(study: Study) -> bool:
    """Whether a caption or note says that percentages are of others than the heads count."""
    return any(_OWN_BASE.search(s.text) for s in study.text if s.source in ("caption", "note"))


def is_of_table(section: str, table: str) -> bool:
    """Whether a caption or note belongs to a table: labels end in the number of the table's id."""
    own, other = re.search(r"\d+", table), re.search(r"\d+", section)
    return own is None or other is None or own[0] == other[0]


def is_told(size: int | None, study: Study) -> bool:
    """Whether a sentence, caption or note says this number."""
    return size is not None and any(_printed(size).search(s.text) for s in study.text)


def is_told_elsewhere(size: int, study: Study, own: Observation) -> bool:
    """Whether another sentence, a cell or a head prints this number."""
    printed = _printed(size)
    if any(printed.search(s.text) for s in study.text if s.text != own.quote) or len(printed.findall(own.quote)) > 1:
        return True
    tables = (o for o in study.observations if o.source == "table")
    return any(o.whole == size or printed.search(o.spanner_path) or printed.search(o.stub_path) for o in tables)


def is_told_as_size(size: int, study: Study, own: Observation) -> bool:
    """Whether a sentence, a head or label of another table, or an N of a cell prints this number."""
    printed = _printed(size)
    tables = [o for o in study.observations if o.source == "table"]
    others = [o for o in tables if o.table_id != own.table_id]
    is_label = any(printed.search(o.spanner_path) or printed.search(o.stub_path) for o in others)
    is_flow = any(o.whole == size and (o.statistic == "total" or o.table_type == "flow") for o in tables)
    return is_told(size, study) or is_label or is_flow


@cache
def _printed(size: int) -> re.Pattern[str]:
    """The number by itself: neither part of a longer one nor of a decimal."""
    return re.compile(rf"(?<![\d.,])(?:{size}|{size:,})(?![\d]|[.,]\d)")
