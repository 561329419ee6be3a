"""percent.subgroups: the two percentages of a split cell ("62.9/43.8") must part one N into two groups of whole
patients.

Comes in: a Study. Goes out: one outcome for each cell with two bare percentages, one for each side of a split. The
sizes of the two groups are not printed there: they are solved for. Estimates over time are left out.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from auditable.blocks import Observation, Study
from auditable.checks.rule import Outcome, Rule
from auditable.checks.words import ESTIMATE, MEASURE
from auditable.denominators import denominators_of
from auditable.model import PATH_SEPARATOR
from auditable.rounding import Verdict, counts_for

MIN_OTHER_SPLITS = 2
"""Other splits of the column that must part N before one that does not may be accused."""
LARGEST_N = 150
"""Above this most pairs of percentages part N somehow, and nothing is learnt."""
MOST_SHOWN = 3
UNITS_OF_TIME = frozenset(("days", "weeks", "months", "years", "time"))


@dataclass(frozen=True, slots=True)
class Split:
    """The two percentages of one cell."""

    left: Observation
    right: Observation

    def parts(self, total: int) -> list[tuple[int, int, int, int]]:
        """All (n1, x1, n2, x2) of whole patients, n1 + n2 = N, that print as the two percentages."""
        if self.left.number is None or self.right.number is None:
            return []
        found = []
        for n1 in range(1, total):
            for x1 in counts_for(self.left.number, n1):
                found.extend((n1, x1, total - n1, x2) for x2 in counts_for(self.right.number, total - n1))
        return found


def test_splits(study: Study) -> Iterator[Outcome]:
    """One outcome for each split cell; nothing where the paper's tables prove no single N."""
    columns = _find_splits(study)
    if not columns:
        return
    denominators = denominators_of(study)
    proved = [totals[0] for p in denominators.pairs if len(totals := denominators.prove(p).totals) == 1]
    total = max(proved, key=proved.count, default=0)
    if not 1 < total <= LARGEST_N:
        return
    for splits in columns:
        solved = [(split, split.parts(total)) for split in splits]
        solved = [(split, _with_shared_sum(parts, solved)) for split, parts in solved]
        for split, parts in solved:
            others = [bool(p) for s, p in solved if s is not split]
            yield _judge(split, parts, total, is_proved=len(others) >= MIN_OTHER_SPLITS and all(others), study=study)


def _find_splits(study: Study) -> list[list[Split]]:
    """Split cells by column."""
    cells: dict[tuple[str, int, int], list[Observation]] = defaultdict(list)
    for cell in study.cells:
        pct = cell.only("pct")
        if pct is not None and len(cell.observations) == 1 and pct.table_type != "individual":
            text = " ".join((pct.stub_path, pct.spanner_path, pct.timepoint))
            if not ESTIMATE.search(text) and not MEASURE.search(text) and pct.number and not pct.number.comparator:
                cells[(pct.table_id, pct.row, pct.col)].append(pct)
    columns: dict[tuple[str, int], list[Split]] = defaultdict(list)
    for (table_id, _, col), found in cells.items():
        if len(found) == 2 and found[0].decimals and found[1].decimals:
            columns[(table_id, col)].append(Split(*found))
    return list(columns.values())


def _with_shared_sum(
    parts: list[tuple[int, int, int, int]], every: Sequence[tuple[Split, list[tuple[int, int, int, int]]]]
) -> list[tuple[int, int, int, int]]:
    """The solutions whose patients with the outcome add up to a number that every other split allows too, if any do."""
    sums = [{x1 + x2 for _, x1, _, x2 in p} for _, p in every if p]
    shared = set.intersection(*sums) if sums else set()
    return [p for p in parts if p[1] + p[3] in shared] or parts


def _judge(split: Split, parts: list[tuple[int, int, int, int]], total: int, is_proved: bool, study: Study) -> Outcome:
    observations = (split.left, split.right)
    printed = f"{split.left.value}/{split.right.value}"
    if parts:
        shown = "; ".join(f"{x1}/{n1} and {x2}/{n2}" for n1, x1, n2, x2 in parts[:MOST_SHOWN])
        message = f"The two percentages part N = {total}: {shown}."
        if len(parts) == 1:
            verdict, severity, told = _compare_sizes(split, parts[0][0], parts[0][2], study)
            return Outcome(verdict, observations, message + told, shown, printed, printed, severity)
        return Outcome("consistent", observations, message, shown, printed, printed)
    message = (
        f"No two groups of whole patients that add up to N = {total} give {split.left.value} % and "
        f"{split.right.value} %"
    )
    if is_proved:
        message += "; the other splits of the column do."
        return Outcome("impossible", observations, message, f"n1 + n2 = {total}: no solution", printed, "")
    message += ", but patients may be missing from the split."
    return Outcome("not testable", observations, message, f"n1 + n2 = {total}: no solution", printed, "")


def _compare_sizes(split: Split, left: int, right: int, study: Study) -> tuple[Verdict, str, str]:
    """Verdict, severity and sentence on rows of a table that part the patients into the same two sizes.

    Under the same labels the sizes must agree side for side. Under other labels only a reader can tell which side is
    which: where the table prints the sizes the other way round, that is a question, and no accusation.
    """
    names = [o.spanner_path.rsplit(PATH_SEPARATOR, 1)[-1] for o in (split.left, split.right)]
    asks = False
    found = []
    for cells in study.blocks.values():
        counts = [(o.label, o.whole) for c in cells if (o := c.only("n")) is not None]
        group = cells[0].first.group
        if len(counts) != 2 or not group or left == right or {n for _, n in counts} != {left, right}:
            continue
        place = f'{cells[0].first.table_id}, "{group}": ' + " and ".join(f'"{label}" {n}' for label, n in counts)
        sizes = {_bound(label): n for label, n in counts}
        if set(sizes) == {_bound(n) for n in names} and _words(group) & _words(split.left.stub_path):
            said = f' "{names[0]}" has {left} patients and "{names[1]}" {right}; {place}'
            if sizes[_bound(names[0])] == left:
                return "consistent", "", f"{said}: the same."
            return "impossible", "", f"{said}: the two sides are swapped in one of them."
        asks |= counts[0][1] == right
        found.append(place)
    if not found:
        return "consistent", "", ""
    told = (
        f' "{names[0]}" has {left} patients and "{names[1]}" {right}. Groups of these sizes stand in '
        f"{'; '.join(found[:MOST_SHOWN])}: if it is the same split, compare the sides."
    )
    return ("not testable", "definition", told) if asks else ("consistent", "", told)


def _bound(label: str) -> str:
    """What a label of a side says, its unit aside: "≥6 months" and "≥ 6" are one."""
    number = re.search(r"[<>≤≥]?\s*\d+(?:\.\d+)?", label)
    return re.sub(r"\s", "", number.group()) if number else re.sub(r"\W", "", label.lower())


def _words(text: str) -> set[str]:
    return {w for w in re.findall(r"[a-z]{4,}", text.lower()) if w not in UNITS_OF_TIME}


RULES = (
    Rule(
        id="percent.subgroups",
        claim="The two percentages of a split part N into two groups of whole patients.",
        severity="error",
        function=test_splits,
        assumptions="N is the one that most counts of the paper's tables prove; two other splits of the column or "
        "more part it, with a "
        "decimal each. Not for estimates over time.",
        literature="Brown & Heathers 2017 (GRIM), for two groups at once",
        example="62.9/43.8 of N = 51 is 22/35 and 7/16; 62.8/43.8 is no pair of groups.",
    ),
)
