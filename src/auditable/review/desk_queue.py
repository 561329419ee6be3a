"""Findings and discrepancies of the corpus → the queue of the review page: what there is to decide, in what order.

Comes in: the findings and discrepancies of all studies, filters. Goes out: entries in the order they are worked off,
and for one of them its neighbours and its page of the list. Light enough for tens of thousands: pictures, readings and
gold of an item are left to cards.py, the curator's verdicts to decisions.py.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from urllib.parse import urlencode

import pandas as pd

from auditable.findings_output import pick_told, say_verdict
from auditable.items import list_items
from auditable.matching import PROSE
from auditable.reconcile import table_name
from auditable.review.cards import GOLD_RULE, TIERS, severity_of, tier_of

OPEN, ALL = "open", "all"
"""Filters of state that are no state: what is left to decide, and everything."""
PAGE_LENGTH = 30
"""Entries in one page of the list."""
MAX_SEARCH = 200
"""Characters of a search that are looked for."""


@dataclass(frozen=True)
class Entry:
    """One item of the queue. order: its place among all; value_now: the values that a verdict is given on."""

    order: int
    item_id: str
    study_id: str
    severity: str
    rule: str
    kind: str
    title: str
    column: str
    sentence: str
    value_now: str
    sought: str

    @property
    def value_stamp(self) -> str:
        """Sixteen hexadecimal digits that change when the values do."""
        return hashlib.sha256(self.value_now.encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Filters:
    """What the curator wants to see; "" asks for nothing. state: a state, OPEN or ALL."""

    study: str = ""
    severity: str = ""
    rule: str = ""
    state: str = OPEN
    q: str = ""

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Filters:
        """The filters that a query names; others of its keys are not looked at."""
        named = {name: query[name] for name in asdict(cls()) if query.get(name)}
        return cls(**named | ({"q": named["q"][:MAX_SEARCH].strip()} if "q" in named else {}))

    @property
    def kept(self) -> dict[str, str]:
        """The filters that ask for something, by their names in a query or a form."""
        return {name: text for name, text in asdict(self).items() if text and (name, text) != ("state", OPEN)}

    def query(self, **more: str) -> str:
        """The filters, and more keys, as a query string that begins with "?"."""
        return "?" + urlencode(self.kept | more)

    def with_any_state(self) -> Filters:
        """The same filters over items of every state: what progress is counted in."""
        return replace(self, state=ALL)

    def fits(self, entry: Entry, state: str) -> bool:
        """Whether an entry that has this state is wanted."""
        return (
            self.study in ("", entry.study_id)
            and self.severity in ("", entry.severity)
            and self.rule in ("", entry.rule)
            and (self.state in (ALL, state) or (self.state == OPEN and state != "closed"))
            and all(word in entry.sought for word in self.q.casefold().split())
        )


@dataclass(frozen=True)
class Spot:
    """Where an item stands among the entries shown: its neighbours, and the page of the list around it."""

    before: Entry | None
    after: Entry | None
    page: tuple[Entry, ...]
    page_before: Entry | None
    page_after: Entry | None
    number: int
    total: int


def make_entries(findings: pd.DataFrame, discrepancies: pd.DataFrame) -> list[Entry]:
    """All items of all studies: the gravest first, then study by study in the order of the article."""
    values = {str(r["item_id"]): str(r["value_now"]) for r in list_items(findings, discrepancies).to_dict("records")}
    rows = [_gold_row(r) for r in discrepancies.to_dict("records")]
    rows += [_finding_row(r) for r in pick_told(findings).to_dict("records")]
    rows.sort(key=lambda row: row["key"])
    return [
        Entry(
            order=order,
            value_now=values[row["item_id"]],
            sought=" ".join(str(text) for name, text in row.items() if name != "key").casefold(),
            **{name: text for name, text in row.items() if name != "key"},
        )
        for order, row in enumerate(rows)
    ]


def pick_entries(entries: Sequence[Entry], filters: Filters, state_of: Callable[[str], str]) -> list[Entry]:
    """The entries that the filters want, in their order."""
    return [e for e in entries if filters.fits(e, state_of(e.item_id))]


def find_spot(shown: Sequence[Entry], entry: Entry) -> Spot:
    """Where the entry stands, or would stand, among those shown; after the last comes the first again."""
    others = [e for e in shown if e.item_id != entry.item_id]
    before = next((e for e in reversed(others) if e.order < entry.order), None)
    after = next((e for e in others if e.order > entry.order), others[0] if others else None)
    index = sum(e.order < entry.order for e in shown)
    start = min(index, max(len(shown) - 1, 0)) // PAGE_LENGTH * PAGE_LENGTH
    return Spot(
        before=before,
        after=after,
        page=tuple(shown[start : start + PAGE_LENGTH]),
        page_before=shown[start - PAGE_LENGTH] if start else None,
        page_after=shown[start + PAGE_LENGTH] if start + PAGE_LENGTH < len(shown) else None,
        number=index + 1,
        total=len(shown),
    )


def _gold_row(r: Mapping) -> dict:
    kind = str(r["kind"])
    return _row(r, str(r["discrepancy_id"]), severity_of(kind), GOLD_RULE, kind)


def _finding_row(r: Mapping) -> dict:
    return _row(r, str(r["finding_id"]), str(r["severity"]), str(r["rule"]), say_verdict(r["verdict"]))


def _row(r: Mapping, item_id: str, severity: str, rule: str, kind: str) -> dict:
    table_id, study_id, stub = str(r["table_id"]), str(r["study_id"]), str(r["stub_path"])
    is_text = table_id in ("", PROSE)
    place = (TIERS.index(tier_of(kind, severity)), study_id, is_text, int(r["page"]), table_id, item_id)
    return {
        "key": place,
        "item_id": item_id,
        "study_id": study_id,
        "severity": severity,
        "rule": rule,
        "kind": kind,
        "title": " · ".join(part for part in ("Text" if is_text else table_name(table_id), stub) if part),
        "column": str(r["spanner_path"]),
        "sentence": str(r["message"]),
    }
