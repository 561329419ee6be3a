"""percent.joint: a share of patients with two things at once, or with one of them just before, is within each.

Comes in: a Study. Goes out: one outcome for each percentage of the text whose name is that of two rows joined by
"with", or that of one row and "immediately before", against the percentages of those rows in the same arm. A share
above one of them can only be of fewer patients (of those with the other thing), which the sentence ought to say: a
question. Rows of one table for both of two things are left to categories_both.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from auditable.blocks import Observation, Study, number_of
from auditable.checks.long_forms import are_alike
from auditable.checks.matching import HARMLESS, words_of
from auditable.checks.rule import Outcome, Rule
from auditable.checks.short_forms import find_definitions
from auditable.checks.statements import Statement, is_own_result, table_statements, text_statements
from auditable.model import PATH_SEPARATOR

_WITH = re.compile(r"\bwith\b", re.IGNORECASE)
_OF_PART = re.compile(
    r"\b(?:among|amongst|of (?:those|these|whom|which|the \d+|all)|in (?:those|patients|responders|people)|who)\b",
    re.IGNORECASE,
)
"""The share is of a part of the patients."""
_AT_ONCE = frozenset(("immediately", "directly"))
_BEFORE = frozenset(("preceded", "preceding", "before", "prior", "precede"))
_EMPTY = frozenset(("proportion", "likewise", "share", "twice", "therapy", "treatment", "regimen", "type", "agent"))


def test_joint(study: Study) -> Iterator[Outcome]:
    """One outcome for each percentage of two things at once, or of one just before, with the rows of these things."""
    rows = [c for c in table_statements(study) if "pct" in c.numbers and c.names[0] and not c.first.subgroup]
    arms = {c.first.arm for c in rows}
    long = [(d.key, words_of(d.long)) for d in find_definitions(study.text)]
    for statements in text_statements(study):
        for said in statements:
            pct = said.numbers.get("pct")
            if pct is None or len(said.names) != 1 or number_of(pct).comparator:
                continue
            if not pct.arm and not is_own_result(said):
                continue  # with an arm of the tables it is theirs, whoever is cited for it
            own = [r for r in rows if r.first.arm == pct.arm or (not pct.arm and len(arms) == 1)]
            name = _shortened(said.names[0], long) - HARMLESS
            wholes = _wholes(name, pct, own)
            if wholes and not _OF_PART.search(pct.quote[: pct.start]):
                yield _judge(pct, wholes)


def _shortened(name: frozenset[str], long: Sequence[tuple[str, frozenset[str]]]) -> frozenset[str]:
    """The words of a name, those of a long form replaced by its short form."""
    for short, words in long:
        if len(words) > 1 and words <= name:
            name = (name - words) | words_of(short)
    return name


def _wholes(name: frozenset[str], pct: Observation, rows: Sequence[Statement]) -> list[Observation]:
    """The percentages of the rows that the name joins."""
    if name & _AT_ONCE and name & _BEFORE:
        rest = name - _AT_ONCE - _BEFORE - _EMPTY
        found = [r for r in rows if r.names[0] - _EMPTY and r.names[0] - _EMPTY <= rest and _is_about(rest, r)]
        return [found[0].numbers["pct"]] if len(found) == 1 else []
    if not _WITH.search(pct.subject):
        return []
    pairs = [
        (a, b)
        for a, b in combinations([r for r in rows if r.names[0] <= name], 2)
        if not a.names[0] & b.names[0] and a.names[0] | b.names[0] == name - _EMPTY
    ]
    return [r.numbers["pct"] for r in pairs[0]] if len(pairs) == 1 else []


def _is_about(words: frozenset[str], row: Statement) -> bool:
    """Whether the row's own path and column explain every word."""
    return all(any(are_alike(w, known) for known in row.around) for w in words)


def _judge(pct: Observation, wholes: Sequence[Observation]) -> Outcome:
    least = min(wholes, key=lambda o: number_of(o).value)
    label = least.stub_path.split(PATH_SEPARATOR)[-1]
    observations = (pct, *wholes)
    low, high = number_of(pct).loose.low, number_of(least).loose.high
    arithmetic = f"{pct.value} % against {', '.join(f'{o.label}: {o.value} %' for o in wholes)}"
    if low is None or high is None or low <= high:
        message = f"{pct.value} % is within the {least.value} % of “{label}”."
        return Outcome("consistent", observations, message, arithmetic, pct.value, f"≤ {least.value}")
    message = (
        f"{pct.value} % is said of a part of those in {least.table_id}, “{label}”, who are {least.value} % of all. "
        "Either the share is of fewer patients, which the sentence does not say, or one of the two is wrong."
    )
    return Outcome("not testable", observations, message, arithmetic, pct.value, f"≤ {least.value}", "definition")


RULES = (
    Rule(
        id="percent.joint",
        claim="A share of patients with two things at once is within the share with each of them.",
        severity="definition",
        function=test_joint,
        assumptions="The name of the percentage is that of two rows of a table joined by “with”, or that of one row "
        "and “immediately before”, and nothing else; the arm is the same; the sentence speaks of no part of them. "
        "A question: the share may be of those with the other thing.",
        literature="INSPECT-SR check 4 (internal consistency); the Fréchet bound: P(A and B) ≤ min(P(A), P(B))",
        example="“Remission with normal calprotectin in 41%”, where the table prints normal calprotectin in 30%.",
    ),
)
