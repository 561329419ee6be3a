"""One study → a page in Markdown: its verdicts and what is open, the returned and new first.

Comes in: a study's items with their states, and their details. Goes out: Markdown. The text of articles is hostile: all
that was printed is escaped, so that it is read as letters and never as a link, a picture or a heading.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from auditable.checks import RULES
from auditable.review.cards import GOLD_CLAIM, GOLD_RULE
from auditable.telling.details import Detail
from auditable.telling.markdown import escape

ORDER = ("returned", "disputed", "new", "unchanged")
"""States of open items as a page lists them."""
MAX_ITEMS = 40
WHAT_TO_DO = {
    "returned": "It was decided with other values: look at the page again and decide anew.",
    "disputed": "Two people decided differently: agree on one verdict.",
    "new": "Look at the page, then say who is wrong: the article, our reading, or the gold record.",
    "unchanged": "Still to decide.",
}


def make_page(study_id: str, items: pd.DataFrame, details: Mapping[str, Detail], report_address: str) -> str:
    """The page of one study.

    items: of Decided, those of the study. report_address: where the report lies; an item's card is at #item_id.
    """
    by_state = {state: items[items["state"] == state].to_dict("records") for state in (*ORDER, "closed")}
    listed = [row for state in ORDER for row in by_state[state]]
    counts = ", ".join(f"{len(rows)} {state}" for state, rows in by_state.items() if rows) or "nothing to decide"
    lines = [f"# {escape(study_id)}", "", f"{counts}. Report: {escape(report_address)}", ""]
    for row in listed[:MAX_ITEMS]:
        lines += _item_lines(row, details.get(str(row["item_id"])))
    if len(listed) > MAX_ITEMS:
        lines += [f"… and {len(listed) - MAX_ITEMS} more, all in the report.", ""]
    return "\n".join(lines)


def _item_lines(row: Mapping[Any, Any], detail: Detail | None) -> Sequence[str]:
    state = str(row["state"])
    place = escape(detail.place) if detail else ""
    compared = "Gold, read" if detail and detail.rule == GOLD_RULE else "Printed, expected"
    told = [f"- **{compared}:** {escape(row['value_now'])}"]
    if row["value_before"]:
        told.append(f"- **Before:** {escape(row['value_before'])}")
    if detail:
        claim = RULES[detail.rule].claim if detail.rule in RULES else GOLD_CLAIM
        told += [f"- **Arithmetic:** {escape(detail.arithmetic)}"] if detail.arithmetic else []
        told.append(
            f"- **Rule:** {escape(detail.rule)}, {escape(detail.kind)}, {escape(detail.severity)}. {escape(claim)}"
        )
    if row["verdict"]:
        told.append(f"- **Decided:** {escape(row['verdict'])} ({escape(row['who'])}) {escape(row['note'])}")
    told.append(f"- **What to do:** {WHAT_TO_DO[state]} `auditable review`, item {escape(row['item_id'])}.")
    return [f"### {state} · {place or 'nowhere on a page'}", "", escape(row["message"]), "", *told, ""]
