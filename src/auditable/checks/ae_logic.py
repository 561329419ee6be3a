"""ae.logic: severe, serious and related events are some of all events; a term is some of its class and of all events.

Comes in: a Study. Goes out: one outcome for each pair of columns, of rows, or of numbers in one sentence, of which one
must not exceed the other. Counts of events and counts of patients are never compared with each other, but patients with
one event are no more than all events.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from auditable.blocks import Cell, Observation, Study
from auditable.checks.event_parts import EVENT_ROW, counts_all_events, is_part, is_term
from auditable.checks.rule import Outcome, Rule
from auditable.checks.words import plain
from auditable.denominators import read_pair
from auditable.model import PATH_SEPARATOR

ANY = re.compile(
    r"\b(any|all)[- ]grades?\b|\bgrades?\s*(1|i)\s*(-|–|to)\s*(4|5|iv|v)\b|^(any|all|total|overall)$", re.IGNORECASE
)
SEVERE = re.compile(
    r"(≥|>=|⩾)\s*(g|grade )?\s*[345]\b|\bgrades?\s*(≥|>=|⩾)?\s*([345]|iii|iv|v)\b"
    r"|\bgrade (3|4|3 or 4) or (higher|more)|\bsevere\b",
    re.IGNORECASE,
)
NARROWER = re.compile(r"\b(serious|saes?|related|causal\w*|attribut\w*|leading to|fatal|severe)\b", re.IGNORECASE)


def test_logic(study: Study) -> Iterator[Outcome]:
    """One outcome for each pair of numbers of which one contains the other."""
    seen: set[tuple[str, ...]] = set()
    for part in (_compare_columns, _compare_classes, _compare_rows, _compare_with_all, _compare_sentences):
        for outcome in part(study):
            key = tuple(o.observation_id for o in outcome.observations)
            if key not in seen:
                seen.add(key)
                yield outcome


def _compare_columns(study: Study) -> Iterator[Outcome]:
    """Columns of one row: any grade against grade ≥ 3, all events against serious or related ones."""
    rows: dict[tuple[object, ...], list[Cell]] = defaultdict(list)
    for cell in study.cells:
        o = cell.first
        if o.table_type != "individual":
            rows[(o.table_id, o.row, o.stub_path, o.arm, o.timepoint, o.population, o.subgroup)].append(cell)
    for cells in rows.values():
        for wide in cells:
            head, last = _head(wide.first.spanner_path)
            is_any = bool(ANY.search(last)) and not SEVERE.search(last)
            for narrow in cells:
                if narrow is wide or narrow.first.spanner_path == wide.first.spanner_path:
                    continue
                by_words = is_any and _is_part_of(narrow.first.spanner_path, head, last)
                if by_words or _is_part_by_meaning(narrow.first, wide.first):
                    yield from _compare(narrow, wide, "a part of")


def _is_part_by_meaning(narrow: Observation, wide: Observation) -> bool:
    """Whether grade and kind, as read, make one column a part of the other; both must be of adverse events."""
    is_events = narrow.variable == wide.variable == "adverse_event" and narrow.category == wide.category
    return is_events and is_part(narrow, wide, blank_is_any=False)


def _is_part_of(path: str, head: str, last: str) -> bool:
    other_head, other_last = _head(path)
    if other_head == head:
        return bool(SEVERE.search(other_last)) and not ANY.search(other_last)
    same_top = other_head.split(PATH_SEPARATOR)[:-1] == head.split(PATH_SEPARATOR)[:-1]
    is_narrower = bool(NARROWER.search(other_head)) and not NARROWER.search(head)
    return same_top and is_narrower and bool(ANY.search(other_last)) and bool(ANY.search(last))


def _compare_classes(study: Study) -> Iterator[Outcome]:
    """A term against the class it stands under, where the class has numbers of its own."""
    by_path: dict[tuple[str, str, str, str], Cell] = {}
    for cell in study.cells:
        o = cell.first
        by_path.setdefault((o.table_id, o.stub_path, o.spanner_path, o.arm), cell)
    for (table_id, path, spanner, arm), cell in by_path.items():
        if cell.first.table_type == "adverse events" and PATH_SEPARATOR in path:
            wide = by_path.get((table_id, path.rpartition(PATH_SEPARATOR)[0], spanner, arm))
            if wide is not None:
                yield from _compare(cell, wide, "a term of")


def _compare_rows(study: Study) -> Iterator[Outcome]:
    """Rows of one group: "Serious TEAEs" against "Any TEAE"; "≥ G3 AEs" against "AEs" of one patient."""
    for cells in study.blocks.values():
        named = [(kind, c) for c in cells if (kind := _kind(c.first.label)) is not None]
        whole = [c for kind, c in named if kind == ""]
        if len(whole) == 1:
            for kind, cell in named:
                if kind:
                    yield from _compare(cell, whole[0], "a part of")
        sorts = [c for c in cells if c.first.variable == "adverse_event" and c.first.category == "any"]
        for wide in sorts:
            for narrow in sorts:
                if narrow is not wide and is_part(narrow.first, wide.first, blank_is_any=True):
                    yield from _compare(narrow, wide, "a part of")


def _compare_with_all(study: Study) -> Iterator[Outcome]:
    """Each term of a column against the row of all events above it, be it of patients or of events."""
    for cells in study.columns.values():
        whole = [c for c in cells if counts_all_events(c.first.label)]
        if cells[0].first.table_type != "adverse events" or len(whole) != 1:
            continue
        wide = whole[0]
        for cell in cells:
            o = cell.first
            same = (o.grade, o.event_kind, o.timepoint) == (
                wide.first.grade,
                wide.first.event_kind,
                wide.first.timepoint,
            )
            if cell is not wide and same and is_term(o) and o.stub_path.startswith(wide.first.group):
                yield from _compare(cell, wide, "one of", is_total=True)


def _compare_sentences(study: Study) -> Iterator[Outcome]:
    """Numbers of one sentence about one event: "in 28 patients (87.5%), of grade ≥ 3 in 16 (50.0%)"."""
    for mentions in study.sentences:
        groups: dict[tuple[str, ...], list[Observation]] = defaultdict(list)
        for o in mentions:
            if (o.variable in ("adverse_event", "adverse_event_count") and o.category != "") or o.grade or o.event_kind:
                key = (o.variable, o.category, o.arm, o.timepoint, o.population, o.subgroup, o.speaks_of, o.reference)
                groups[(*key, o.patient, o.statistic)].append(o)
        for found in groups.values():
            sorts = {(o.grade, o.event_kind) for o in found}
            if found[0].statistic not in ("n", "pct") or len(sorts) != len(found) or not found[0].variable:
                continue
            for wide in found:
                for narrow in found:
                    if narrow is not wide and is_part(narrow, wide, blank_is_any=True) and _are_plain(narrow, wide):
                        yield _judge(narrow, wide, "a part of")


def _are_plain(*found: Observation) -> bool:
    return all(o.number is not None and not o.number.comparator for o in found)


def _kind(label: str) -> str | None:
    """ "" for a row of all events, the narrowing word for a row of some of them, None for another row."""
    if counts_all_events(label):
        return ""
    text = " ".join(plain(re.sub(r"\([^)]*\)", " ", label)).split())
    if SEVERE.search(text) and re.search(r"\b(aes?|teaes?|adverse events?)\b", text):
        return "severe"
    m = EVENT_ROW.match(text)
    kind = m["kind"].strip() if m else ""
    return kind if kind in ("serious", "fatal", "treatment-related", "related", "serious treatment-emergent") else None


def _compare(narrow: Cell, wide: Cell, how: str, *, is_total: bool = False) -> Iterator[Outcome]:
    """is_total: the wide count may be one of events, which are at least as many as patients with one of them."""
    mixed = (narrow.only("pct") is None) != (wide.only("pct") is None)
    if mixed and not (is_total and wide.only("pct") is None):
        return  # events on one side, patients on the other
    for statistic in ("n", "pct", "value", "events"):
        left, right = narrow.only(statistic), wide.only(statistic)
        if left is None or right is None or not _are_plain(left, right):
            continue
        if statistic == "pct" and narrow.only("n") is not None and not _contradict(narrow, wide):
            continue
        yield _judge(left, right, how)


def _contradict(narrow: Cell, wide: Cell) -> bool:
    """Whether the percentages break what the counts of the same cells keep: then one percentage is wrong."""
    pairs = read_pair(narrow), read_pair(wide)
    if pairs[0] is None or pairs[1] is None:
        return False
    low, high = pairs[0].share.ordinary.low, pairs[1].share.ordinary.high
    return pairs[0].count <= pairs[1].count and low is not None and high is not None and low > high


def _judge(narrow: Observation, wide: Observation, how: str) -> Outcome:
    low = narrow.number.ordinary.low if narrow.number else None
    high = wide.number.ordinary.high if wide.number else None
    is_above = low is not None and high is not None and low > high
    if narrow.statistic != "pct" and narrow.number and wide.number:
        is_above = narrow.number.value > wide.number.value
    names = [_name(o, other) for o, other in ((narrow, wide), (wide, narrow))]
    if is_above:
        message = f'"{names[0]}" is {how} "{names[1]}" but is larger: {narrow.value} against {wide.value}.'
        expected = f"at most {wide.value}"
        return Outcome("impossible", (narrow, wide), message, f"{narrow.value} > {wide.value}", narrow.value, expected)
    message = f'"{names[0]}" does not exceed "{names[1]}".'
    return Outcome("consistent", (narrow, wide), message, f"{narrow.value} ≤ {wide.value}", narrow.value, narrow.value)


def _name(o: Observation, other: Observation) -> str:
    if o.spanner_path == other.spanner_path:
        return o.label
    mine, yours = o.spanner_path.split(PATH_SEPARATOR), other.spanner_path.split(PATH_SEPARATOR)
    return ", ".join([o.label, *(part for part in mine if part not in yours)])


def _head(path: str) -> tuple[str, str]:
    head, _, last = path.rpartition(PATH_SEPARATOR)
    return head, last


RULES = (
    Rule(
        id="ae.logic",
        claim="Severe, serious and related events are at most all events; a term is at most its class.",
        severity="error",
        function=test_logic,
        assumptions="Both numbers count the same thing (both with a percentage, or both without), for one row and "
        "arm, or in one column.",
        literature="CTCAE 5.0; CONSORT Harms 2022",
        example="Anaemia, any grade: 1; grade ≥ 3: 2: more severe cases than cases.",
    ),
)
