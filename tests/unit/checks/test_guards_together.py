"""Miniature papers put together: a sentence or a table says the same beside others, and beside those left out."""

import importlib
import re
from collections import Counter
from pathlib import Path

import pytest
from miniature import told

TABLES = [
    importlib.import_module(path.stem).TABLE for path in sorted(Path(__file__).parent.glob("test_guards_of_*.py"))
]
BY_SENTENCE = (
    "agreement.words", "ci.contains", "ci.p", "count.listed", "date.order", "date.span", "diagnostic.accuracy",
    "dose.half_life", "dose.product", "effect.change", "effect.direction", "effect.nnt",
    "effect.recompute", "effect.words",
)  # fmt: skip
"""Rules that judge each sentence by itself."""
BY_TABLE = (
    "ae.logic", "ae.total", "arm.sum", "categories.nested", "categories.sum", "ci.p", "count.bounds",
    "diagnostic.accuracy", "effect.difference", "effect.recompute", "effect.reference",
)  # fmt: skip
"""Rules that judge each table by itself."""


def cases_of(rule: str) -> list[tuple[str, str]]:
    return [(text.strip(), said) for table in TABLES for name, text, said in table if name == rule]


def verdicts(*said: str) -> Counter[str]:
    return Counter(verdict for text in said for verdict in text.split(", ") if verdict)


@pytest.mark.parametrize("rule", BY_SENTENCE)
def test_a_sentence_says_the_same_beside_others(rule: str) -> None:
    alone = dict(case for case in cases_of(rule) if "\n" not in case[0] and not case[0].startswith("|"))
    assert len(alone) > 1
    assert verdicts(told("\n".join(alone), rule)) == verdicts(*alone.values())


@pytest.mark.parametrize("rule", BY_TABLE)
def test_a_table_says_the_same_beside_others(rule: str) -> None:
    found = [case for case in cases_of(rule) if all(line.startswith("|") for line in case[0].splitlines())]
    tables = [re.sub(r"$", f" table=T{i}", text, flags=re.MULTILINE) for i, (text, _) in enumerate(found) if text]
    assert len(tables) > 1
    assert verdicts(told("\n".join(tables), rule)) == verdicts(*(said for _, said in found))
