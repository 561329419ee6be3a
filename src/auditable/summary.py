"""The figures of a study, and the verdict and the news of a run in one line each.

Comes in: the frames of a study. Goes out: counts and shares. How they are shown is left to those who show them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from auditable.decisions import Decided
from auditable.reconcile import gold_summary
from auditable.store import StudyFrames

LOW_OCR_CONFIDENCE = 0.9
"""Below this confidence (0..1) a cell read from a picture is shown as doubtful."""


@dataclass(frozen=True)
class StudyFigures:
    """Counts of one study. gold_*: rows of tables in the gold record; text_*: rows of the running text.

    gold_equal includes gold_label_only (value, statistic and unit are equal under a slightly different label);
    gold_wrong is present but different. second_*: body cells with text, by what the second reader saw. n_low_ocr: cells
    below the limit.
    """

    study_id: str
    n_tables: int
    n_cells: int
    n_observations: int
    n_mentions: int
    n_rejected: int
    gold_rows: int
    gold_equal: int
    gold_wrong: int
    gold_missing: int
    gold_label_only: int
    text_rows: int
    text_equal: int
    text_wrong: int
    text_missing: int
    n_impossible: int
    n_rounding: int
    n_consistent: int
    n_not_testable: int
    second_same: int
    second_differs: int
    second_not_found: int
    second_not_read: int
    n_ocr: int
    n_low_ocr: int

    @property
    def share_equal(self) -> float | None:
        """Share of the gold rows of tables whose value, statistic and unit are equal; None without gold."""
        return self.gold_equal / self.gold_rows if self.gold_rows else None

    @property
    def share_wrong(self) -> float | None:
        """Share of the gold rows of tables that are present but different; None without gold."""
        return self.gold_wrong / self.gold_rows if self.gold_rows else None


def study_figures(study_id: str, frames: StudyFrames) -> StudyFigures:
    """The figures of one study."""
    gold = gold_summary(frames.matches)
    counts = {str(k): v for k, v in gold.iloc[0].to_dict().items()} if len(gold) else {}
    verdicts = frames.findings["verdict"].value_counts().to_dict()
    inked = frames.cells[(frames.cells["text"] != "") & (frames.cells["row_kind"] == "data")]
    second = inked["agreement"].value_counts().to_dict()
    sources = frames.observations["source"]
    return StudyFigures(
        study_id=study_id,
        n_tables=int(frames.cells["table_id"].nunique()),
        n_cells=len(inked),
        n_observations=int((sources == "table").sum()),
        n_mentions=int((sources != "table").sum()),
        n_rejected=len(frames.rejected),
        gold_rows=int(counts.get("gold_rows", 0)),
        gold_equal=int(counts.get("equal", 0)),
        gold_wrong=int(counts.get("wrong", 0)),
        gold_missing=int(counts.get("missing", 0)),
        gold_label_only=int(counts.get("label_only", 0)),
        text_rows=int(counts.get("text_rows", 0)),
        text_equal=int(counts.get("text_equal", 0)),
        text_wrong=int(counts.get("text_wrong", 0)),
        text_missing=int(counts.get("text_missing", 0)),
        n_impossible=int(verdicts.get("impossible", 0)),
        n_rounding=int(verdicts.get("rounding", 0)),
        n_consistent=int(verdicts.get("consistent", 0)),
        n_not_testable=int(verdicts.get("not testable", 0)),
        second_same=int(second.get("same", 0)),
        second_differs=int(second.get("differs", 0)),
        second_not_found=int(second.get("not found", 0)),
        second_not_read=int(second.get("not read twice", 0)),
        n_ocr=int(inked["ocr_confidence"].notna().sum()),
        n_low_ocr=int((inked["ocr_confidence"] < LOW_OCR_CONFIDENCE).sum()),
    )


def verdict_line(figures: Sequence[StudyFigures], n_broken: int, n_open: int) -> str:
    """The whole run in one sentence."""
    rows = sum(f.gold_rows + f.text_rows for f in figures)
    equal = sum(f.gold_equal + f.text_equal for f in figures)
    parts = [f"{_count(len(figures), 'study', 'studies')} read"]
    if n_broken:
        parts.append(f"{_count(n_broken, 'input', 'inputs')} broken")
    parts.append(f"{equal} of {rows} gold rows agree" if rows else "no gold record to compare with")
    parts.append(f"{_count(n_open, 'item', 'items')} to decide" if n_open else "nothing to decide")
    return ", ".join(parts) + "."


def change_line(decided: Decided) -> str:
    """What a run means for the curator in one line, such as "3 new, 2 returned, 40 unchanged, 10 closed, 1 gone"."""
    counts = {state: decided.count(state) for state in ("new", "returned", "disputed", "unchanged", "closed")}
    counts |= {"gone": len(decided.gone)}
    return ", ".join(f"{n} {state}" for state, n in counts.items() if n) or "no items"


def _count(n: int, one: str, many: str) -> str:
    return f"{n} {one if n == 1 else many}"
