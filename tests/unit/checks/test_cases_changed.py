"""What becomes of the verdicts when one thing of a right hand-written paper changes: cases_changed.txt.

A number goes up by its last digit, a patient group gets a name, a row speaks of another study: every rule has guards
against such things, and a guard that opens or closes shows as a line of the diff, which is looked at before it is kept:
`python tests/unit/checks/test_cases_changed.py` writes the file anew. What the rules say is left to test_cases_said.py.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest
from hand_made import HandMadePaper
from test_run_checks import CASES

from auditable.blocks import Observation, Study, read_studies
from auditable.checks import RULES
from auditable.rounding import read_printed

KEPT = Path(__file__).parent / "cases_changed.txt"
PAPERS = [case for case in CASES if hasattr(case, "write")]
SLOW = frozenset(["percent.subgroups"])
"""Tries all pairs of numbers of a split, a tenth of a second for each paper."""
EACH = 2
"""Changes that one number gets; the next number gets the next ones, so that all are tried all over a paper."""


def _print(o: Observation, value: str, comparator: str = "") -> Observation:
    return replace(o, value=value, comparator=comparator, number=read_printed(value, o.decimals, comparator))


def _step(o: Observation, ends: int) -> Observation | None:
    return _print(o, str(Decimal(o.value) + Decimal(ends).scaleb(-o.decimals)), o.comparator) if o.number else None


CHANGES: Mapping[str, Callable[[Observation], Observation | None]] = {
    "one more": lambda o: _step(o, 1),
    "speaks of another study": lambda o: replace(o, speaks_of="another study"),
    "another arm": lambda o: replace(o, arm="" if o.arm else "Other"),
    "at most": lambda o: _print(o, o.value, "≤") if o.number and not o.comparator else None,
    "a subgroup": lambda o: replace(o, subgroup="" if o.subgroup else "women"),
    "without N": lambda o: replace(o, denominator="", denominator_proof="") if o.denominator else None,
    "another variable": lambda o: replace(o, variable="" if o.variable else "age", category=""),
    "one less": lambda o: _step(o, -1),
    "another time": lambda o: replace(o, timepoint="" if o.timepoint else "month 6"),
    "not reached": lambda o: replace(o, value="", missing="NR", number=None) if o.number else None,
    "severe": lambda o: replace(o, grade="" if o.grade else "3-5"),
    "serious": lambda o: replace(o, event_kind="" if o.event_kind else "serious"),
    "a plain value": lambda o: replace(o, statistic="value", unit="") if o.statistic != "value" else None,
}


def count_changed(case: ModuleType) -> list[str]:
    """One line for each change: the verdicts of the case's own rules, over all numbers that got it."""
    paper = HandMadePaper()
    case.write(paper, is_wrong=False)
    (study,) = read_studies(paper.frame(), {"s": paper.sentences})
    found: dict[str, Counter[str]] = {}
    for name, changed in _changed_studies(study):
        outcomes = ((rule, o) for rule in case.COVERS if rule not in SLOW for o in RULES[rule].function(changed))
        found.setdefault(name, Counter()).update(f"{rule} {o.verdict} {o.severity}".strip() for rule, o in outcomes)
    return [f"{name_of(case)} | {name} | {_told(found[name])}" for name in CHANGES if name in found]


def _changed_studies(study: Study) -> Iterator[tuple[str, Study]]:
    seen = study.observations
    for i, o in enumerate(seen):
        for k in range(EACH):
            name = list(CHANGES)[(i * EACH + k) % len(CHANGES)]
            if (changed := CHANGES[name](o)) is not None:
                yield name, replace(study, observations=(*seen[:i], changed, *seen[i + 1 :]))


def _told(count: Counter[str]) -> str:
    return ", ".join(f"{what} {n}" for what, n in sorted(count.items()))


def name_of(case: ModuleType) -> str:
    return case.__name__.removeprefix("cases_")


@cache
def kept() -> tuple[str, ...]:
    return tuple(KEPT.read_text(encoding="utf-8").splitlines())


@pytest.mark.parametrize("case", PAPERS, ids=lambda case: case.__name__)
def test_a_change_makes_the_verdicts_it_made_before(case: ModuleType) -> None:
    start = f"{name_of(case)} | "
    assert count_changed(case) == [line for line in kept() if line.startswith(start)]


if __name__ == "__main__":
    lines = [line for case in PAPERS for line in count_changed(case)]
    KEPT.write_text("\n".join(lines) + "\n", encoding="utf-8")
