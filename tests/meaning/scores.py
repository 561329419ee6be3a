"""Gold rows with what we read in their place and which fields of its meaning are right; then shares of them.

Comes in: Matches and Observations of one study, the keyed truth. Goes out: one Scored per gold row, and Shares of a
study's tables or text. Printing is left to measure.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import pandas as pd

from tests.meaning.keyed import ASIDE_FIELDS, FIELDS, VARIABLE_FIELDS, WHOM_FIELDS, Place, right_fields

SAME = ("equal", "label only")
WRONG = ("value", "statistic", "unit")


@dataclass(frozen=True)
class Scored:
    """One gold row: its place, whether value, statistic and unit are right (kind), and each field of its meaning."""

    study_id: str
    gold_line: int
    place: Place
    statistic: str
    value: str
    kind: str
    right: dict[str, bool]
    found: dict[str, str] = field(default_factory=dict)
    wanted: tuple[dict[str, str], ...] = ()
    quote: str = ""

    @property
    def is_prose(self) -> bool:
        """Whether the row is of the running text."""
        return self.place[0] == "prose"

    @property
    def is_read(self) -> bool:
        """Whether value, statistic and unit are right."""
        return self.kind in SAME

    def has(self, *names: str) -> bool:
        """Whether value, statistic, unit and all these fields are right."""
        return self.is_read and all(self.right[name] for name in names)

    @property
    def is_right(self) -> bool:
        """Whether all is right but time point and whom it speaks of, which are told apart."""
        return self.has(*VARIABLE_FIELDS, *WHOM_FIELDS)


@dataclass(frozen=True)
class Shares:
    """How many gold rows, and of them how many are read, wrong, right, and right in each field."""

    n_rows: int
    n_read: int
    n_wrong: int
    n_right: int
    n_field: dict[str, int]

    def of(self, count: int) -> float:
        """The share of all rows; 1 where there is none."""
        return count / self.n_rows if self.n_rows else 1.0

    @property
    def read(self) -> float:
        """Share of rows with value, statistic and unit right."""
        return self.of(self.n_read)

    @property
    def wrong(self) -> float:
        """Share of rows present but with another value, statistic or unit."""
        return self.of(self.n_wrong)

    @property
    def right(self) -> float:
        """Share of rows with all right: value, statistic, unit, variable and whom."""
        return self.of(self.n_right)


def score_study(
    matches: pd.DataFrame, observations: pd.DataFrame, truth: dict[Place, list[dict[str, str]]]
) -> list[Scored]:
    """One Scored per gold row; raises KeyError for a place that nobody keyed."""
    read = {str(row["observation_id"]): row for row in observations.to_dict("records")}
    return [_score(row, read.get(str(row["observation_id"])), truth) for row in matches.to_dict("records")]


def shares(rows: Sequence[Scored]) -> Shares:
    """The shares of these rows."""
    return Shares(
        n_rows=len(rows),
        n_read=sum(r.is_read for r in rows),
        n_wrong=sum(r.kind in WRONG for r in rows),
        n_right=sum(r.is_right for r in rows),
        n_field={name: sum(r.has(name) for r in rows) for name in FIELDS},
    )


def field_order() -> tuple[str, ...]:
    """The fields as they are printed: variable, whom, then what is told apart."""
    return (*VARIABLE_FIELDS, *WHOM_FIELDS, *ASIDE_FIELDS)


def _score(row: dict, read: dict | None, truth: dict[Place, list[dict[str, str]]]) -> Scored:
    place = (str(row["table_id"]), str(row["stub_path"]), str(row["spanner_path"]))
    ways = truth[place]
    found = {name: str(read[name]) for name in FIELDS} if read else {}
    return Scored(
        study_id=str(row["study_id"]),
        gold_line=int(row["gold_line"]),
        place=place,
        statistic=str(row["statistic"]),
        value=str(row["gold_value"]),
        kind=str(row["kind"]),
        right=right_fields(ways, found) if read else dict.fromkeys(FIELDS, False),
        found=found,
        wanted=tuple(ways),
        quote=str(read["quote"]) if read else "",
    )
