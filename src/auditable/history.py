"""The history of the corpus: one row per run that changed what there is to decide, or a figure.

Comes in: the items of a run, the figures of its studies, the rows of the runs before. Goes out: the rows with this
run's, kept in curated/history.csv. There is no date in it: git and Prefect know when a run was.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from auditable.decisions import Decided
from auditable.model import AuditableError
from auditable.store import read_corpus_file, write_corpus_file
from auditable.summary import StudyFigures
from schemas.desk_frames import History
from schemas.frames import frame_of

HISTORY = "history"
BY_VERDICTS = ("n_closed", "n_returned", "n_disputed")
"""Figures that change when a person decides; they do not make a row of their own."""
BY_NEWS = ("n_new", "n_gone")
"""Figures of a run that changed the items. A run that changed none is told the same news again (items.py), and has none
of its own.
"""


def read_history(curated_dir: Path) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """The rows of all runs so far (History), and the problem of a file that no run left like that."""
    try:
        return read_corpus_file(curated_dir, HISTORY), ()
    except AuditableError as error:
        told = f"{error} The history is left as it is, and grows again once it is mended."
        return frame_of([], History), (told,)


def keep_history(
    curated_dir: Path, decided: Decided, figures: Sequence[StudyFigures], made_of: tuple[str, str], has_news: bool
) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """As read_history, with this run; a broken file is left as it is.

    made_of: version of auditable and short hash of the inputs. has_news: whether this run changed the items.
    """
    history, problems = read_history(curated_dir)
    if not problems:
        history = add_run(history, run_row(decided, figures, made_of), has_news)
        write_corpus_file(curated_dir, HISTORY, history)
    return history, problems


def run_row(decided: Decided, figures: Sequence[StudyFigures], made_of: tuple[str, str]) -> dict[str, object]:
    """The figures of one run by column of History, without its number."""
    version, inputs = made_of
    return {
        "auditable": version,
        "inputs": inputs,
        "n_studies": len(figures),
        "n_items": len(decided.items),
        "n_new": int(decided.items["change"].isin(("new", "changed")).sum()),
        "n_gone": len(decided.gone),
        "n_closed": decided.count("closed"),
        "n_returned": decided.count("returned"),
        "n_disputed": decided.count("disputed"),
        "n_impossible": sum(f.n_impossible for f in figures),
        "n_rounding": sum(f.n_rounding for f in figures),
        "n_consistent": sum(f.n_consistent for f in figures),
        "n_not_testable": sum(f.n_not_testable for f in figures),
        "gold_rows": sum(f.gold_rows + f.text_rows for f in figures),
        "gold_equal": sum(f.gold_equal + f.text_equal for f in figures),
    }


def add_run(history: pd.DataFrame, row: dict[str, object], has_news: bool) -> pd.DataFrame:
    """The history with this run.

    It becomes a row of its own where it changed the items, or any figure that is not the work of the curator; else the
    last row takes its counts of verdicts. Where a figure changed and no item did, nothing is new or gone with it.
    A run that was stopped after it wrote the items and before its row is caught up with by the next one.
    """
    rows = [{str(k): v for k, v in found.items()} for found in history.to_dict("records")]
    if has_news or not rows or not _tells_news(rows, row):
        return frame_of([*rows, {"run": len(rows) + 1, **row}], History)
    last = rows[-1]
    if all(last[k] == v for k, v in row.items() if k not in (*BY_VERDICTS, *BY_NEWS)):
        return frame_of([*rows[:-1], {**last, **{k: row[k] for k in BY_VERDICTS}}], History)
    return frame_of([*rows, {"run": len(rows) + 1, **row, **dict.fromkeys(BY_NEWS, 0)}], History)


def _tells_news(rows: Sequence[dict[str, object]], row: dict[str, object]) -> bool:
    """Whether the items and their news, which row has from the file of items, are those of the last row with news."""
    last = next((r for r in reversed(rows) if any(r[name] for name in BY_NEWS)), rows[0])
    return all(last[name] == row[name] for name in (*BY_NEWS, "n_items"))
