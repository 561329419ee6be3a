"""Versions of a scale or a program that a paper names: CTCAE version 4.03 in the methods, 5.0 below a table.

Comes in: a Study with its text. Goes out: one outcome per scale or program whose version is printed more than once:
consistent where all agree (4 agrees with 4.0 and 4.03), a question where two differ. Sentences that cite or compare
other work are left alone.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from auditable.blocks import Study
from auditable.checks.rule import Outcome, Quote

SEVERITY = "definition"
_VERSION = r"\W{0,3}(?:\s?\(?(?:version|ver\.|v\.?)\s?)(?P<number>\d+(?:\.\d+)*)"
_BETWEEN = r"(?:\s\(?[A-Za-z-]+\)?,?){0,4}?"
NAMES = {
    "CTCAE": re.compile(rf"\b(?:CTCAE|Terminology Criteria for Adverse Events){_BETWEEN}{_VERSION}", re.IGNORECASE),
    "MedDRA": re.compile(rf"\bMedDRA{_BETWEEN}{_VERSION}", re.IGNORECASE),
    "RECIST": re.compile(rf"\bRECIST{_VERSION}", re.IGNORECASE),
    "SPSS": re.compile(rf"\bSPSS{_BETWEEN}{_VERSION}", re.IGNORECASE),
    "Stata": re.compile(rf"\bStata{_VERSION}", re.IGNORECASE),
}
_OTHER = re.compile(r"\[\d|\bet al\b|\b(?:later|update\w*|compared|converted|other (?:trial|stud)\w*)\b", re.IGNORECASE)


def test_versions(study: Study) -> Iterator[Outcome]:
    """Each scale and program."""
    by_name: dict[str, list[tuple[str, Quote]]] = defaultdict(list)
    for sentence in study.text:
        for name, pattern in () if _OTHER.search(sentence.text) else NAMES.items():
            for found in pattern.finditer(sentence.text):
                by_name[name].append((found["number"], Quote(sentence, found.start(), found.end())))
    for name, found in by_name.items():
        if len(found) > 1:
            yield _judge(name, found)


def _judge(name: str, found: list[tuple[str, Quote]]) -> Outcome:
    for (one, first), (other, second) in combinations(found, 2):
        if not _agree(one, other):
            message = (
                f"{name} is of version {one} in one place (page {first.sentence.page}) and of version {other} in "
                f"another (page {second.sentence.page}). If both speak of the same data, one is wrong."
            )
            quotes = (second, first)
            return Outcome("not testable", (), message, f"{one} ≠ {other}", other, one, SEVERITY, quotes)
    number, quote = found[0]
    message = f"{name} is of version {number} wherever one is named."
    return Outcome("consistent", (), message, f"{len(found)} agree", number, number, quotes=(quote,))


def _agree(one: str, other: str) -> bool:
    """Whether both may be one version, the shorter said less exactly: 4.0 and 4.03, 5 and 5.0."""
    left, right = (re.sub(r"(?:\.0)+$", "", n) for n in (one, other))
    return left == right or one.startswith(right) or other.startswith(left)
