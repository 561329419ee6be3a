"""What the observations of a study must look like, in tables of each type and in the text: one pandera model.

Comes in: the rules of the table types and of the codebook's variables, as data; nothing of ours is imported. Goes out:
a strict schema for frames of JUDGED_COLUMNS, whose failure cases carry the id of a rule ("unit.plausible"). All tables
of a study are judged in one frame: a model's own work is the same for ten rows and for ten thousand.
Validate lazily. Unlike the models of frames.py, which find faults of ours, these find what is odd in a paper or in how
it was read; what is made of a failure case is left to the checks.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

import pandas as pd
import pandera.pandas as pa

KEY = (
    "study_id", "table_id", "arm", "population", "timepoint", "variable", "category", "subgroup", "patient", "grade",
    "event_kind", "stub_path", "spanner_path", "statistic",
)  # fmt: skip
"""What one printed value answers to: two different values under one key cannot be told apart."""
TEXT_COLUMNS = (*KEY, "source", "table_type", "value")
EXACT_COLUMNS = ("number", "in_unit", "total")
"""Fractions or None: the printed number, the same in the unit of its variable, the N printed beside it."""
FLAGS = ("is_measure", "is_change", "is_unknown")
"""Whether labels call it a measured percentage or an estimate; a change or a difference; a category of no knowledge."""
JUDGED_COLUMNS = (*TEXT_COLUMNS, *EXACT_COLUMNS, *FLAGS)

RATIOS = ("hr", "or", "rr")
LARGEST_RATIO = 1000
"""A hazard or odds ratio beyond this is no result that anyone publishes, but a number taken for one."""
ON_SCALE = ("median", "mean", "min", "max", "q1", "q3", "value")
"""Statistics that lie on the scale of their variable, unlike spreads, counts and p values."""
MEASURED = ("median", "mean", "sd", "min", "max", "q1", "q3")
"""Statistics of what is measured in each patient. A standard error may be that of a regression's coefficient."""


@dataclass(frozen=True, slots=True)
class VariableRule:
    """What the codebook says of a variable. low, high: plausible range in its unit, None where there is none.

    is_ranked: its categories have an order, so that a median of them means something; is_closed: there is no other
    category than those listed.
    """

    name: str
    kind: str
    low: Fraction | None = None
    high: Fraction | None = None
    categories: frozenset[str] = frozenset()
    is_ranked: bool = True
    is_closed: bool = False


TypeStatistics = Mapping[str, frozenset[str]]
"""Table type → the only statistics that its cells hold. A type that is not there, or has none, may hold any."""


@dataclass(frozen=True, slots=True)
class Expectation:
    """One rule: which rows it speaks of, and which of those hold."""

    id: str
    applies: Callable[[pd.DataFrame], pd.Series]
    holds: Callable[[pd.DataFrame], pd.Series]

    def judge(self, frame: pd.DataFrame) -> pd.Series:
        """Whether each row holds; rows it does not speak of do."""
        judged = pd.Series(True, index=frame.index)
        spoken_of = frame[self.applies(frame)]
        if len(spoken_of):
            judged[spoken_of.index] = self.holds(spoken_of).astype(bool)
        return judged


def build_model(expectations: tuple[Expectation, ...]) -> pa.DataFrameSchema:
    """The strict model of a study's numbers: the columns of JUDGED_COLUMNS and one check per expectation."""
    columns = {
        **{name: pa.Column(str) for name in TEXT_COLUMNS},
        **{name: pa.Column(object, nullable=True) for name in EXACT_COLUMNS},
        **{name: pa.Column(bool) for name in FLAGS},
    }
    checks = [pa.Check(e.judge, name=e.id, error=e.id) for e in expectations]
    return pa.DataFrameSchema(columns, checks=checks, strict=True)


def expect(types: TypeStatistics, variables: Mapping[str, VariableRule]) -> tuple[Expectation, ...]:
    """All expectations; the last three speak of tables alone."""
    everywhere = (PERCENT_RANGE, COUNT_OVER_N, STATISTIC_RANGE, _plausible_range(variables))
    return (*everywhere, _statistic_of_kind(types, variables), _unknown_category(variables), TWO_VALUES)


def _is(frame: pd.DataFrame, *statistics: str) -> pd.Series:
    return frame["statistic"].isin(statistics) & frame["number"].notna()


def _number_in_table(frame: pd.DataFrame) -> pd.Series:
    return (frame["source"] == "table") & frame["number"].notna()


def _ratio_or_p(frame: pd.DataFrame) -> pd.Series:
    is_p = frame["statistic"] == "p"
    number = frame["number"]
    return (is_p & number.map(lambda x: 0 <= x <= 1)) | (~is_p & number.map(lambda x: 0 < x <= LARGEST_RATIO))


PERCENT_RANGE = Expectation(
    "frame.percent_range",
    lambda frame: _is(frame, "pct") & ~frame["is_measure"],
    lambda frame: frame["number"].map(lambda x: 0 <= x <= 100),
)
COUNT_OVER_N = Expectation(
    "frame.count_over_n",
    lambda frame: _is(frame, "n") & frame["total"].notna(),
    lambda frame: frame["number"] <= frame["total"],
)
STATISTIC_RANGE = Expectation("frame.statistic_range", lambda frame: _is(frame, "p", *RATIOS), _ratio_or_p)
TWO_VALUES = Expectation(
    "frame.two_values",
    _number_in_table,
    lambda frame: frame.groupby(list(KEY))["value"].transform("nunique") <= 1,
)


def _plausible_range(variables: Mapping[str, VariableRule]) -> Expectation:
    limits = {name: (v.low, v.high) for name, v in variables.items() if v.low is not None and v.high is not None}

    def applies(frame: pd.DataFrame) -> pd.Series:
        return _is(frame, *ON_SCALE) & frame["in_unit"].notna() & frame["variable"].isin(limits) & ~frame["is_change"]

    def holds(frame: pd.DataFrame) -> pd.Series:
        pairs = zip(frame["variable"], frame["in_unit"], strict=True)
        return pd.Series([limits[v][0] <= x <= limits[v][1] for v, x in pairs], index=frame.index)

    return Expectation("unit.plausible", applies, holds)


def _statistic_of_kind(types: TypeStatistics, variables: Mapping[str, VariableRule]) -> Expectation:
    def holds(frame: pd.DataFrame) -> pd.Series:
        rows = zip(frame["statistic"], frame["variable"], frame["category"], frame["table_type"], strict=True)
        found = [_may_have(s, variables.get(v), c, types.get(t, frozenset())) for s, v, c, t in rows]
        return pd.Series(found, index=frame.index)

    return Expectation("frame.statistic_of_kind", _number_in_table, holds)


def _may_have(statistic: str, variable: VariableRule | None, category: str, allowed: frozenset[str]) -> bool:
    """Whether a table whose type allows these statistics may print one of the variable, or of one of its categories."""
    if allowed and statistic not in allowed:
        return False
    if variable is None or statistic not in MEASURED:
        return True
    if variable.kind == "event":
        return False
    return variable.kind != "category" or (variable.is_ranked and not category)


def _unknown_category(variables: Mapping[str, VariableRule]) -> Expectation:
    closed = {name: v.categories for name, v in variables.items() if v.is_closed}

    def applies(frame: pd.DataFrame) -> pd.Series:
        in_table = frame["source"] == "table"
        return in_table & frame["variable"].isin(closed) & (frame["category"] != "") & ~frame["is_unknown"]

    def holds(frame: pd.DataFrame) -> pd.Series:
        pairs = zip(frame["variable"], frame["category"], strict=True)
        return pd.Series([c in closed[v] for v, c in pairs], index=frame.index)

    return Expectation("frame.unknown_category", applies, holds)
