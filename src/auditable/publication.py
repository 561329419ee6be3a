"""What a run published, as values: told in the terminal, in Prefect, and kept as text for the run that changes nothing.

Comes in: tallies, discrepancies, items with their states. Goes out: a Publication, or its text and back. Making one is
left to publish.py, knowing whether one still holds to published.py.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from auditable.decisions import Decided
from auditable.frame_text import frame_of_plain, plain_of_frame
from auditable.outcomes import StudyFailure
from auditable.summary import StudyFigures
from auditable.tally import StudyTally
from schemas.desk_frames import Decisions, Items
from schemas.frames import Discrepancies


@dataclass(frozen=True)
class Publication:
    """What was published: one tally per study, the studies' discrepancies, all items with their states, and where the
    report lies.
    """

    tallies: tuple[StudyTally, ...]
    discrepancies: pd.DataFrame
    decided: Decided
    report_path: Path

    @property
    def open_items(self) -> int:
        """Open items of all studies."""
        return sum(s.open_items for s in self.tallies)


@dataclass(frozen=True)
class CorpusRun:
    """What a run did: studies recomputed, studies taken from the cache, studies that failed, and what was published."""

    computed: tuple[str, ...]
    cached: tuple[str, ...]
    failures: tuple[StudyFailure, ...]
    publication: Publication


def dump_publication(publication: Publication) -> str:
    """The publication as one line of JSON, without the place of the report."""
    decided = publication.decided
    plain = {
        "tallies": [asdict(tally) for tally in publication.tallies],
        "discrepancies": plain_of_frame(publication.discrepancies),
        "items": plain_of_frame(decided.items),
        "gone": plain_of_frame(decided.gone),
        "lines": plain_of_frame(decided.lines),
        "unknown_ids": decided.unknown_ids,
        "problems": decided.problems,
    }
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def load_publication(text: str, report_path: Path) -> Publication:
    """The publication that dump_publication wrote."""
    plain: dict[str, Any] = json.loads(text)
    items = plain["items"]
    decided = Decided(
        items=pd.DataFrame(items["rows"], columns=items["columns"]).astype(str),
        gone=frame_of_plain(plain["gone"], Items),
        lines=frame_of_plain(plain["lines"], Decisions),
        unknown_ids=tuple(plain["unknown_ids"]),
        problems=tuple(plain["problems"]),
    )
    tallies = tuple(StudyTally(**{**tally, "figures": StudyFigures(**tally["figures"])}) for tally in plain["tallies"])
    return Publication(tallies, frame_of_plain(plain["discrepancies"], Discrepancies), decided, report_path)
