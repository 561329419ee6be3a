"""The verdict table: one row per study, the same words in the terminal and in Prefect.

Comes in: the figures of a study (summary.py), its pages, the states of the items. Goes out: StudyTally, rows of text.
How the rows are drawn is left to terminal.py and the flows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from auditable.decisions import Decided
from auditable.model import Reading
from auditable.store import StudyFrames
from auditable.summary import StudyFigures, study_figures

HEADINGS = (
    "Study", "Pages", "Tables", "Cells", "Table gold", "Wrong", "Missing", "Text gold",
    "Second reader", "Impossible", "Rounding", "Consistent", "Not testable", "Open",
)  # fmt: skip
"""Second reader: cells it read alike, of those it read. Table gold, text gold: gold rows read with the same value,
statistic and unit. Wrong and missing are table rows that were read otherwise, or not at all."""
N_READ_COLUMNS = 8
"""The first columns say what was read and how it compares with gold; the others doubts, verdicts, decisions."""


@dataclass(frozen=True)
class StudyTally:
    """One study of the verdict table. open_items: items without a decision that holds."""

    figures: StudyFigures
    n_pages: int
    n_tables: int
    open_items: int

    def as_record(self) -> dict[str, object]:
        """The counts as plain JSON types."""
        counts: dict[str, object] = {name: value for name, value in asdict(self.figures).items() if name != "study_id"}
        return counts | {"n_pages": self.n_pages, "n_tables": self.n_tables, "open_items": self.open_items}


def tally_study(reading: Reading, frames: StudyFrames, decided: Decided) -> StudyTally:
    """The tally of one study; decided: the items of all studies."""
    return StudyTally(
        figures=study_figures(reading.study_id, frames),
        n_pages=len(reading.pages),
        n_tables=len(reading.tables),
        open_items=decided.count_open(reading.study_id),
    )


def verdict_rows(tallies: Sequence[StudyTally]) -> list[tuple[str, ...]]:
    """The rows of the verdict table under HEADINGS, as text."""
    return [_row(tally, tally.figures) for tally in tallies]


def _row(tally: StudyTally, f: StudyFigures) -> tuple[str, ...]:
    counts = (f.n_impossible, f.n_rounding, f.n_consistent, f.n_not_testable, tally.open_items)
    return (
        f.study_id,
        str(tally.n_pages),
        str(tally.n_tables),
        str(f.n_cells),
        show_share(f.gold_equal, f.gold_rows),
        str(f.gold_wrong) if f.gold_rows else "–",
        str(f.gold_missing) if f.gold_rows else "–",
        show_share(f.text_equal, f.text_rows),
        show_share(f.second_same, f.n_cells - f.second_not_read),
        *map(str, counts),
    )


def show_share(part: int, whole: int) -> str:
    """Part of a whole in words, such as "131/132 99.2%"; cut off, never rounded up, so that only all is 100%."""
    if not whole:
        return "–"
    tenths = part * 1000 // whole
    return f"{part}/{whole} {tenths // 10}.{tenths % 10}%"
