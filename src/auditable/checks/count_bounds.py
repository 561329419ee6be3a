"""count.bounds: a count of patients lies between 0 and N.

Comes in: a Study. Goes out: one outcome for each bare count whose N is printed. A count above N may be a count of
events: then nothing is accused, and the outcome says so. Counts with a percentage are left to percent_of_n.py,
percentages outside 0 to 100 to frames.py.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditable.blocks import Observation, Study
from auditable.checks.judged_frames import CHANGE
from auditable.checks.rule import Outcome, Rule
from auditable.checks.table_heads import is_of_table
from auditable.checks.words import EVENTS
from auditable.denominators import whole_number


def test_bounds(study: Study) -> Iterator[Outcome]:
    """One outcome for each bare count with an N."""
    for cell in study.cells:
        n, pct = cell.only("n"), cell.only("pct")
        if n is not None and n.whole is not None and n.table_type != "individual" and (pct is None or n.whole < 0):
            total = whole_number(n.denominator)
            if n.whole < 0 or total:
                yield _test_count(n, n.whole, total or 0, _may_be_change(study, n))


def _may_be_change(study: Study, n: Observation) -> bool:
    """Whether labels or the caption of its table speak of change: then a negative number is no count."""
    captions = (s.text for s in study.text if s.source == "caption" and is_of_table(s.section, n.table_id))
    return any(CHANGE.search(text) for text in (n.stub_path, n.spanner_path, n.timepoint, *captions))


def _test_count(n: Observation, count: int, total: int, may_be_change: bool) -> Outcome:
    if count < 0 and may_be_change:
        message = f"{count} is no count; it may be a change."
        return Outcome("not testable", (n,), message, f"{count} < 0", n.value, "0 or more")
    if count < 0:
        return Outcome("impossible", (n,), f"A count cannot be {count}.", f"{count} < 0", n.value, "0 or more")
    if count <= total:
        return Outcome(
            "consistent", (n,), f"{count} is not more than N = {total}.", f"{count} ≤ {total}", n.value, n.value
        )
    if n.table_type == "adverse events" or EVENTS.search(f"{n.stub_path} {n.unit}"):
        message = f"{count} is more than N = {total}: it counts events, not patients."
        return Outcome("not testable", (n,), message, f"{count} > {total}", n.value, "")
    message = f"{count} is more than N = {total} and has no percentage: it may count events, or another N holds."
    return Outcome("not testable", (n,), message, f"{count} > {total}", n.value, f"at most {total}")


RULES = (
    Rule(
        id="count.bounds",
        claim="A count of patients is not negative; one above its N is told as a count of events.",
        severity="error",
        function=test_bounds,
        assumptions="A bare count above N may count events or belong to another N: only negative counts are accused.",
        literature="INSPECT-SR check 4 (internal consistency)",
        example="28 adverse events in 18 patients is an event count; −2 patients is impossible.",
    ),
)
