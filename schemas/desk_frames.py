"""pandera models of the curator's desk: what there is to decide, how it came to be, what people decided and saw.

Imports the common ground of the other models, and nothing of ours.
"""

import pandera.pandas as pa
from pandera.typing import Series

from schemas.frames import Frame

DECISIONS = ("article is wrong", "our reading is wrong", "gold is wrong", "explained", "won't fix")
ITEM_CHANGES = ("new", "changed", "unchanged", "gone")
ITEM_STATES = ("new", "unchanged", "closed", "returned", "disputed")
"""What is left to decide: all but closed."""
LOOKED_AT = ("real", "our reading", "debatable")


class Items(Frame):
    """What there is to decide, one row per item, and how it differs from the run before; key item_id.

    value_now: its values, "" where it is gone. value_before: those of the run before, "" where it is new. The run
    before is the last one with other items: a run that changes none leaves the file as it is.
    """

    item_id: Series[str] = pa.Field(unique=True)
    study_id: Series[str]
    value_now: Series[str]
    change: Series[str] = pa.Field(isin=ITEM_CHANGES)
    value_before: Series[str]


class Decisions(Frame):
    """The curator's verdicts, one row per line of decisions.csv; written by people, never by a run.

    One line per item, but two people's lines on one item both stay. value_then: the values the verdict was given on.
    """

    item_id: Series[str] = pa.Field(str_length={"min_value": 1})
    verdict: Series[str] = pa.Field(isin=DECISIONS)
    note: Series[str]
    who: Series[str]
    when: Series[str]
    value_then: Series[str]

    class Config(Frame.Config):
        """Equal lines are one."""

        unique: str | list[str] | None = ["item_id", "verdict", "note", "who", "when", "value_then"]


class History(Frame):
    """One row per run that changed the items or a figure; key run, counted from 1.

    inputs: short hash of what the run was made of (run.json). n_new: items that came or changed their values with it;
    n_gone: those that went. n_closed, n_returned, n_disputed: as the verdicts stood when the next row came.
    gold_rows, gold_equal: rows of tables and text.
    """

    run: Series[int] = pa.Field(ge=1, unique=True)
    auditable: Series[str]
    inputs: Series[str]
    n_studies: Series[int] = pa.Field(ge=0)
    n_items: Series[int] = pa.Field(ge=0)
    n_new: Series[int] = pa.Field(ge=0)
    n_gone: Series[int] = pa.Field(ge=0)
    n_closed: Series[int] = pa.Field(ge=0)
    n_returned: Series[int] = pa.Field(ge=0)
    n_disputed: Series[int] = pa.Field(ge=0)
    n_impossible: Series[int] = pa.Field(ge=0)
    n_rounding: Series[int] = pa.Field(ge=0)
    n_consistent: Series[int] = pa.Field(ge=0)
    n_not_testable: Series[int] = pa.Field(ge=0)
    gold_rows: Series[int] = pa.Field(ge=0)
    gold_equal: Series[int] = pa.Field(ge=0)


class Announced(Frame):
    """The items that people were told of, one row per item that ever was; key item_id.

    value_told: the values it was told with, or that it had as it was closed; "" once it is gone. n_told: messages on
    it so far.
    """

    item_id: Series[str] = pa.Field(unique=True)
    study_id: Series[str]
    value_told: Series[str]
    n_told: Series[int] = pa.Field(ge=0)


class Approvals(Frame):
    """Who signed the content of a study for a release, one row per signature; kept in git, merged line by line.

    content: hash of all that a release publishes of the study. when: an ISO date with time.
    """

    study_id: Series[str] = pa.Field(str_length={"min_value": 1})
    content: Series[str] = pa.Field(str_matches=r"^[0-9a-f]{64}$")
    who: Series[str] = pa.Field(str_length={"min_value": 1})
    when: Series[str] = pa.Field(str_length={"min_value": 1})
    note: Series[str]


class Verdicts(Frame):
    """What a person found who looked at the page, one row per finding; written by people, in docs/verdicts.csv."""

    finding_id: Series[str] = pa.Field(unique=True)
    verdict: Series[str] = pa.Field(isin=LOOKED_AT)
    why: Series[str]
