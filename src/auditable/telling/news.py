"""Which items of a run are news, and the record of what was told already.

Comes in: the items of a run with their states, and the record of what the last runs told (announced.csv). Goes out:
the news, and the record as it stands once they were told. The record holds the values an item was told with, so a run
that was killed after it wrote items.csv tells nothing twice and nothing never: what is not in the record is told by the
next run. Sending is left to the flows.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from schemas.desk_frames import Announced
from schemas.frames import frame_of

NEWS_KINDS = ("new", "changed", "returned")
NAMESPACE = uuid.UUID("5b0a8a52-6d6f-5b8e-9a53-6f1b8f2b7c11")
"""Of the ids of events: the same news has the same id in every run and on every machine."""


@dataclass(frozen=True)
class News:
    """One item that people are told of.

    kind: one of NEWS_KINDS; returned: it was decided with other values. n_told: the how manieth message on this item
    it is. value_before: the values it was told with last, "" where it is new.
    """

    kind: str
    item_id: str
    study_id: str
    value_now: str
    value_before: str
    message: str
    n_told: int

    def event_id(self, corpus: str) -> uuid.UUID:
        """The same for the same news of the same corpus, so that a server that has it already can be asked.

        corpus: what tells it from other corpora on the same server, such as the address of its curated/.
        """
        parts = (corpus, self.study_id, self.item_id, self.kind, self.value_now, str(self.n_told))
        return uuid.uuid5(NAMESPACE, "\x1f".join(parts))


def find_news(items: pd.DataFrame, announced: pd.DataFrame) -> list[News]:
    """The news among the items, in the order of the items.

    items: of Decided. announced: frame Announced. An item is news when it is open and was not told with its present
    values; one that went and came back is new again. A closed item never is.
    """
    known = _by_item(announced)
    return [news for row in items.to_dict("records") if (news := _news_of(row, known.get(str(row["item_id"]))))]


def mark_announced(items: pd.DataFrame, announced: pd.DataFrame, not_told: Collection[str] = ()) -> pd.DataFrame:
    """The record after a run (frame Announced): each item with the values it has now, one that is gone with none.

    not_told: ids of items whose news could not be delivered; their rows stay as they are.
    """
    known = _by_item(announced)
    counts = {news.item_id: news.n_told for news in find_news(items, announced)}
    here = {str(row["item_id"]): row for row in items.to_dict("records")}
    rows = [known[item_id] for item_id in not_told if item_id in known]
    for item_id in sorted({*known, *here} - set(not_told)):
        before, now = known.get(item_id, {}), here.get(item_id, {})
        rows.append(
            {
                "item_id": item_id,
                "study_id": str(now.get("study_id", before.get("study_id", ""))),
                "value_told": str(now.get("value_now", "")),
                "n_told": counts.get(item_id, int(before.get("n_told", 0))),
            }
        )
    return frame_of(rows, Announced)


def _by_item(announced: pd.DataFrame) -> dict[str, dict[str, Any]]:
    return {str(r["item_id"]): {str(k): v for k, v in r.items()} for r in announced.to_dict("records")}


def _news_of(row: Mapping[Any, Any], known: Mapping[str, Any] | None) -> News | None:
    before = str(known["value_told"]) if known else ""
    if row["state"] == "closed" or before == row["value_now"]:
        return None
    kind = "returned" if row["state"] == "returned" else "changed" if before else "new"
    n_told = int(known["n_told"]) + 1 if known else 1
    return News(
        kind, str(row["item_id"]), str(row["study_id"]), str(row["value_now"]), before, str(row["message"]), n_told
    )
