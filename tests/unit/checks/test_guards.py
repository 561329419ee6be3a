"""For each guard of a rule a small paper on either side of it: guards/*.txt, one block a paper.

A block opens with the rule in brackets. "row" prints a cell (label ; column=B ; median=62 ; min=50); "columns A | B"
and "cells n Hip: 14 23" a line of cells ("-" is empty), "patients I II" and "listed Sex: M F" a row of single patients;
"text@Methods", "note@Table 1" or "caption@Table 1" a sentence. Each line with ">" is a finding: printed, sign of the
verdict (= consistent, ~ rounding, ≠ impossible, ? not testable), expected, and what a reader is told. No such line: the
rule is silent.

`python tests/unit/checks/test_guards.py` writes what is said anew; the diff is looked at before it is kept.
"""

from __future__ import annotations

import inspect
import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from cases_individual import list_patients
from hand_made import BLANK, HandMadePaper
from pandera.config import config_context
from said import said

FILES = sorted((Path(__file__).parent / "guards").glob("*.txt"))
CELL = frozenset(inspect.signature(HandMadePaper.row).parameters)
"""What a row takes by name; of the rest, columns of the frame are handed on and all others are statistics."""
FURTHER = frozenset(BLANK) - CELL - {"value"}
SAYS = re.compile(r"(text|note|caption)(?:@([^:]+):)? (.*)")

BETWEEN = re.compile(r"\n\s*\n")
CELLS = re.compile(r"cells (\w+) ([^:]+): ([^;]+?)((?: ; .*)?)")


@dataclass(frozen=True)
class Guard:
    """A rule, the lines that write a paper, and what is said of it."""

    rule: str
    lines: tuple[str, ...]
    expected: tuple[str, ...]

    def said(self) -> list[str]:
        """What the rule says of this paper."""
        paper, heads = HandMadePaper(), list[str]()
        for line in self.lines:
            kind, _, rest = line.partition(" ")
            if kind in ("columns", "patients"):
                heads = rest.split(" | " if kind == "columns" else " ")
            elif kind == "listed":
                _list(paper, rest, heads)
            else:
                for one in _cells(line, heads):
                    _write(paper, one)
        return said(paper, self.rule)


def _cells(line: str, heads: list[str]) -> list[str]:
    """The rows that a line of cells stands for; other lines as they are."""
    if not (cells := CELLS.fullmatch(line)):
        return [line]
    statistic, label, numbers, more = cells.groups()
    pairs = zip(heads, numbers.split(), strict=True)
    return [f"row {label} ; column={head} ; {statistic}={n}{more}" for head, n in pairs if n != "-"]


def _list(paper: HandMadePaper, line: str, names: list[str]) -> None:
    """One variable of listed patients, each its own column."""
    row, *fields = line.split(" ; ")
    label, values = row.rsplit(": ", 1)
    given = {"head": f"Patients (n = {len(names)})", **dict(field.split("=", 1) for field in fields)}
    list_patients(paper, label, values.split(), names=names, **given)  # type: ignore[arg-type]


def _write(paper: HandMadePaper, line: str) -> None:
    if says := SAYS.fullmatch(line):
        kind, section, text = says.groups()
        paper.read(text, section=section or "Results", source="prose" if kind == "text" else kind)
        return
    stub, *fields = line.removeprefix("row ").split(" ; ")
    given = dict(field.split("=", 1) for field in fields)
    of = {name: given.pop(name) for name in FURTHER & set(given)}
    paper.row(stub, of=of, **given)  # type: ignore[arg-type]


def read_guards(text: str) -> list[Guard]:
    """The blocks of a file in order; "#" opens a comment, a block ends with an empty line, and one that opens with
    "base" is written by each that names it.
    """
    found, bases = [], dict[str, list[str]]()
    for block in BETWEEN.split(text):
        first, *lines = [line for line in block.splitlines() if line and not line.startswith("#")] or [""]
        if first.startswith("base "):
            bases[first] = lines
        elif first:
            written = [w for line in lines if not line.startswith(">") for w in bases.get(line, [line])]
            expected = tuple(line.removeprefix("> ") for line in lines if line.startswith(">"))
            found.append(Guard(first.strip("[]"), tuple(written), expected))
    return found


CASES = [
    pytest.param(guard, id=f"{file.stem}-{n}-{guard.rule}")
    for file in FILES
    for n, guard in enumerate(read_guards(file.read_text(encoding="utf-8")))
]


@pytest.mark.parametrize("guard", CASES)
def test_what_is_said_on_either_side_of_a_guard(guard: Guard) -> None:
    assert guard.said() == list(guard.expected)


def _write_anew(file: Path) -> None:
    blocks = list[str]()
    for block in BETWEEN.split(file.read_text(encoding="utf-8").strip()):
        kept = "\n".join(line for line in block.splitlines() if not line.startswith(">"))
        n_before = len(read_guards("\n\n".join(blocks)))
        new = read_guards("\n\n".join([*blocks, kept]))[n_before:]
        blocks.append("\n".join([kept, *(f"> {line}" for g in new for line in g.said())]))
    file.write_text("\n\n".join(blocks) + "\n", encoding="utf-8")


if __name__ == "__main__":
    with config_context(validation_enabled=False):
        for one in FILES:
            _write_anew(one)
