"""ae.logic: severe, serious and related events are some of all events; a term is some of its class.

Comes in: a Study. Goes out: one outcome for each pair of columns, or of rows, of which one must not exceed the other.
Counts of events and counts of patients are never compared with each other.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from auditable.blocks import Cell, Observation, Study
from auditable.checks.rule import Outcome, Rule
from auditable.checks.words import plain
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
EVENT_ROW = re.compile(
    r"^(?:patients? with |subjects? with |number of )?(?P<which>any|all|at least one|≥ ?1)?[- ]*"
    r"(?P<kind>(?:\S+ )*?)(?:te)?(?:aes?|adverse events?)$",
    re.IGNORECASE,
)


def test_logic(study: Study) -> Iterator[Outcome]:
    """One outcome for each pair of numbers of which one contains the other."""
    yield from _compare_columns(study)
    yield from _compare_classes(study)
    yield from _compare_rows(study)


def _compare_columns(study: Study) -> Iterator[Outcome]:
    """Columns of one row: any grade against grade ≥ 3, all events against serious or related ones."""
    rows: dict[tuple[str, int, str, str], list[Cell]] = defaultdict(list)
    for cell in study.cells:
        o = cell.first
        if o.table_type != "individual":
            rows[(o.table_id, o.row, o.stub_path, o.arm)].append(cell)
    for cells in rows.values():
        for wide in cells:
            head, last = _head(wide.first.spanner_path)
            if not ANY.search(last) or SEVERE.search(last):
                continue
            for narrow in cells:
                if narrow is not wide and _is_part_of(narrow.first.spanner_path, head, last):
                    yield from _compare(narrow, wide, "a part of")


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
            wide = by_path.get((table_id, path.rsplit(PATH_SEPARATOR, 1)[0], spanner, arm))
            if wide is not None:
                yield from _compare(cell, wide, "a term of")


def _compare_rows(study: Study) -> Iterator[Outcome]:
    """Rows of one column: "Serious TEAEs" against "Any TEAE"; "≥ G3 AEs" against "AEs" of one patient."""
    for cells in study.blocks.values():
        named = [(kind, c) for c in cells if (kind := _kind(c.first.label)) is not None]
        whole = [c for kind, c in named if kind == ""]
        if len(whole) == 1:
            for kind, cell in named:
                if kind:
                    yield from _compare(cell, whole[0], "a part of")


def _kind(label: str) -> str | None:
    """ "" for a row of all events, the narrowing word for a row of some of them, None for another row."""
    text = plain(re.sub(r"\([^)]*\)", " ", label))
    text = " ".join(text.split())
    if SEVERE.search(text) and re.search(r"\b(aes?|teaes?|adverse events?)\b", text):
        return "severe"
    m = EVENT_ROW.match(text)
    if m is None:
        return None
    kind = m["kind"].strip()
    if not kind or kind in ("any", "all", "treatment-emergent", "treatment emergent", "any grade", "all grade"):
        return ""
    return kind if kind in ("serious", "fatal", "treatment-related", "related", "serious treatment-emergent") else None


def _compare(narrow: Cell, wide: Cell, how: str) -> Iterator[Outcome]:
    if (narrow.only("pct") is None) != (wide.only("pct") is None):
        return  # events on one side, patients on the other
    for statistic in ("n", "pct", "value"):
        left, right = narrow.only(statistic), wide.only(statistic)
        if left is None or right is None or left.number is None or right.number is None:
            continue
        if statistic == "pct" and narrow.only("n") is not None:
            continue
        if left.number.comparator or right.number.comparator:
            continue
        yield _judge(left, right, how)


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
