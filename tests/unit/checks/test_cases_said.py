"""What every rule says of the hand-written papers, right and wrong, word for word: cases_said.txt.

A sentence, a number or a verdict that changes shows there as a diff, which is looked at before it is kept:
`python tests/unit/checks/test_cases_said.py` writes the file anew.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from types import ModuleType

import pytest
from test_run_checks import CASES, found_in

SAID = Path(__file__).parent / "cases_said.txt"
COLUMNS = [
    "rule",
    "verdict",
    "severity",
    "message",
    "arithmetic",
    "printed",
    "expected",
    "stub_path",
    "observation_ids",
]


def say(case: ModuleType, is_wrong: bool) -> list[str]:
    """One line per finding of the rules that the case is about, sorted."""
    found = found_in(case, is_wrong)
    own = found[found["rule"].isin(case.COVERS)][COLUMNS].astype(str)
    name = f"{case.__name__.removeprefix('cases_')} {'wrong' if is_wrong else 'right'}"
    return sorted(" | ".join((name, *row)).replace("\n", " ") for row in own.itertuples(index=False, name=None))


@cache
def kept() -> tuple[str, ...]:
    return tuple(SAID.read_text(encoding="utf-8").splitlines())


@pytest.mark.parametrize("is_wrong", [False, True], ids=["right", "wrong"])
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.__name__)
def test_the_rules_say_of_a_case_what_they_said_before(case: ModuleType, is_wrong: bool) -> None:
    said = say(case, is_wrong)
    start = f"{case.__name__.removeprefix('cases_')} {'wrong' if is_wrong else 'right'} | "
    assert said == [line for line in kept() if line.startswith(start)]


if __name__ == "__main__":
    lines = [line for case in CASES for is_wrong in (False, True) for line in say(case, is_wrong)]
    SAID.write_text("\n".join(lines) + "\n", encoding="utf-8")
