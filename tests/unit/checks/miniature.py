"""A paper in miniature as text: sentences, and rows of a table between bars; for tables of cases.

A line "| Sex > Women | A | n=9 pct=45.0 total=20" is a cell: stub path, column, then its statistics and whatever
HandMadePaper.row takes besides; every other line is a sentence of the results, or of the section in brackets before it:
"[Methods] Patients received 20 mg."
"""

from __future__ import annotations

import re

from hand_made import HandMadePaper

from auditable.blocks import read_studies
from auditable.checks import RULES

OF = ("subgroup", "patient", "grade", "event_kind", "timepoint", "population", "speaks_of", "reference")
_SECTION = re.compile(r"\[([A-Z][a-z ]+)\]\s")
_PART = re.compile(r'(\w+)=("[^"]*"|\S+)')


def write(text: str) -> HandMadePaper:
    """The paper that a text draws."""
    paper = HandMadePaper()
    for line in filter(None, map(str.strip, text.splitlines())):
        if line.startswith("|"):
            _row(paper, *(part.strip() for part in line.strip("|").split("|")))
        elif section := _SECTION.match(line):
            paper.read(line[section.end() :], section=section[1])
        else:
            paper.read(line)
    return paper


def _row(paper: HandMadePaper, stub: str, column: str, cell: str) -> None:
    parts = {name: value.strip('"') for name, value in _PART.findall(cell)}
    of = {name: parts.pop(name) for name in OF if name in parts}
    paper.row(stub, column=column or "All", of=of, **parts)


def told(text: str, rule: str) -> str:
    """The verdicts of a rule, joined, in the order in which it gives them; only this rule is run."""
    paper = write(text)
    studies = read_studies(paper.frame(), {"s": paper.sentences})
    return ", ".join(outcome.verdict for study in studies for outcome in RULES[rule].function(study))
