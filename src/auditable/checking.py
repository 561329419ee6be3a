"""The stage that checks: observations and sentences of one study → its findings.

Comes in: the reading, and the observations made of it. Goes out: Checked. The rules are left to checks/.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from auditable.checks import run_checks
from auditable.model import Reading


@dataclass(frozen=True)
class Checked:
    """What the checks found: a frame of the model Findings."""

    findings: pd.DataFrame


def check_study(reading: Reading, observations: pd.DataFrame) -> Checked:
    """The findings of all rules that hold for one study alone."""
    return Checked(run_checks(observations, {reading.study_id: reading.sentences}))
