"""How far two prints of one study give the same observations, table by table and for the text, their place aside.

Comes in: Observations of the print in raw/ and of another print. Goes out: one Agreement per table with every
difference.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import pandas as pd

COMPARED = (
    "stub_path", "spanner_path", "table_type", "statistic", "statistic_from", "value", "decimals", "comparator", "unit",
    "missing", "arm", "arm_from", "population", "timepoint", "variable", "category", "subgroup", "patient", "grade",
    "event_kind", "speaks_of", "reference", "denominator", "denominator_proof",
)  # fmt: skip
"""All that an observation says but where it stands and who read it; the proof of a denominator is a
quotation, and stays."""
TEXT = "text"
"""What stands in place of a table's number for sentences, captions and notes."""
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-"))


@dataclass(frozen=True)
class Agreement:
    """One table, or the text, of two prints: how many observations are the same, and those that only one gives."""

    table_id: str
    n_same: int
    n_all: int
    only_first: tuple[tuple[str, ...], ...]
    only_second: tuple[tuple[str, ...], ...]

    @property
    def share(self) -> float:
        """Share of the observations that both prints give, of those of the longer one."""
        return self.n_same / self.n_all if self.n_all else 1.0


def compare_prints(first: pd.DataFrame, second: pd.DataFrame) -> list[Agreement]:
    """One Agreement per table of either print, by its number, and one for the text."""
    a, b = _by_table(first), _by_table(second)
    return [_agree(table, a.get(table, Counter()), b.get(table, Counter())) for table in sorted(a.keys() | b.keys())]


def differing_fields(one: tuple[str, ...], other: tuple[str, ...]) -> dict[str, tuple[str, str]]:
    """The fields in which two observations differ, with both values."""
    pairs = zip(COMPARED, one, other, strict=True)
    return {name: (x, y) for name, x, y in pairs if x != y}


def pair_up(agreement: Agreement) -> list[tuple[tuple[str, ...] | None, tuple[str, ...] | None]]:
    """The differences of a table in pairs of the most alike, what has no partner alone."""
    rest = list(agreement.only_second)
    pairs: list[tuple[tuple[str, ...] | None, tuple[str, ...] | None]] = []
    for one in agreement.only_first:
        near = min(rest, key=lambda other: len(differing_fields(one, other)), default=None)
        if near is not None and len(differing_fields(one, near)) <= len(COMPARED) // 3:
            rest.remove(near)
        else:
            near = None
        pairs.append((one, near))
    return [*pairs, *((None, other) for other in rest)]


def _by_table(observations: pd.DataFrame) -> dict[str, Counter[tuple[str, ...]]]:
    found: dict[str, Counter[tuple[str, ...]]] = {}
    for row in observations.to_dict("records"):
        table = str(row["table_id"]) if row["source"] == "table" else TEXT
        found.setdefault(table, Counter())[tuple(_said(row[name]) for name in COMPARED)] += 1
    return found


def _said(value: object) -> str:
    """The field without the form of its dashes, which a scanned page does not tell."""
    return str(value).translate(_DASHES)


def _agree(table_id: str, first: Counter[tuple[str, ...]], second: Counter[tuple[str, ...]]) -> Agreement:
    same = first & second
    return Agreement(
        table_id,
        same.total(),
        max(first.total(), second.total()),
        tuple((first - same).elements()),
        tuple((second - same).elements()),
    )
