"""The stage that observes: a Reading → all observations of its tables and its text, and what became of every number.

Comes in: a reading and its paper. Goes out: Seen, the frames that hold without any check or gold record. The single
steps are left to observations.py, prose.py and their neighbours.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from auditable.accounting import account, reject_left_over
from auditable.model import Paper, Reading
from auditable.observations import observe
from auditable.passages import list_passages
from auditable.prose import find_mentions
from auditable.references import list_references
from auditable.unknown_labels import list_unknown_labels
from auditable.unread_parts import reject_unread_parts
from schemas.frames import Cells, Observations, Rejected, empty_frame


@dataclass(frozen=True)
class Seen:
    """What one paper says: frames of the models of these names (frame_text.MODELS)."""

    cells: pd.DataFrame
    observations: pd.DataFrame
    rejected: pd.DataFrame
    coverage: pd.DataFrame
    unknown_labels: pd.DataFrame
    references: pd.DataFrame
    passages: pd.DataFrame


def observe_study(reading: Reading, paper: Paper) -> Seen:
    """The observations of a paper; raises AuditableError where paper.yaml names a table or a type there is not."""
    observed = observe(reading, paper)
    mentions, left_out = find_mentions(reading, tables=observed.observations)
    observations = _join(Observations, observed.observations, mentions)
    parts = reject_unread_parts(reading, observations, observed.rejected)
    rejected = _join(Rejected, observed.rejected, parts, left_out, reject_left_over(reading))
    return Seen(
        cells=Cells.validate(observed.cells, lazy=True),
        observations=observations,
        rejected=rejected,
        coverage=account(reading, observations, rejected),
        unknown_labels=list_unknown_labels(observations),
        references=list_references(reading),
        passages=list_passages(reading),
    )


def _join(model: type[Observations] | type[Rejected], *frames: pd.DataFrame) -> pd.DataFrame:
    parts = [part for part in frames if not part.empty]
    if not parts:
        return empty_frame(model)
    return model.validate(pd.concat(parts, ignore_index=True), lazy=True)
