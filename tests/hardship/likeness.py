"""Whether curated/ tells the same state of the corpus as another one, where a run that got half way came before.

Comes in: two folders. Goes out: the names of files that differ without such a reason.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from tests.hardship.workplace import contents, differences

OF_ONE_RUN = ["run", "n_new", "n_gone"]
"""Columns of history.csv that depend on the run before."""
WITH_HISTORY = ("items.csv", "history.csv", "datapackage.json", "report/index.html")


def unlike_after_a_run(found: Path, right: Path) -> list[str]:
    """Files that differ. A run that got half way is a run: it may have news and a row of the history of its own, which
    the report draws. Then items and last rows must tell the same state of the corpus.
    """
    names = differences(contents(found), contents(right))
    if _state(found) == _state(right):
        names = [name for name in names if name not in WITH_HISTORY]
    return names


def _state(curated: Path) -> tuple[str, str]:
    """The items with their values, and the last row of the history, without what depends on the run before."""
    items = pd.read_csv(curated / "items.csv", dtype=str, keep_default_na=False)
    history = pd.read_csv(curated / "history.csv", dtype=str)
    there = items[items["change"] != "gone"].drop(columns=["change", "value_before"])
    return there.to_csv(index=False), history.iloc[-1].drop(OF_ONE_RUN).to_json()
