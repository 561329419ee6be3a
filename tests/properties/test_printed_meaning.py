"""Invented tables and sentences of many fields: the share of their numbers whose meaning is read as it was meant.

Floors are what is reached today, rounded down; whoever reaches more raises them.
"""

from collections import Counter, defaultdict
from functools import cache
from pathlib import Path

import pytest

from auditable.model import PageSize, Paper, Reading
from auditable.observations import observe
from auditable.prose import find_mentions
from tests.printed.meaning_score import FAMILIES, judge, meant_table
from tests.printed.meaning_sentences import judge_sentence, read_sentences, readings

PAPER = Paper("made2020", Path("x"), Path("x.pdf"), "", "")
GOOD = ("right", "empty")
SEEDS = range(2 * len(FAMILIES))
TABLE_FLOORS = {
    "table_type": 0.99,
    "found": 0.99,
    "statistic": 0.99,
    "value": 0.99,
    "comparator": 0.99,
    "unit": 0.99,
    "variable": 0.99,
    "category": 0.98,
    "arm": 0.99,
    "subgroup": 0.99,
    "patient": 0.99,
    "timepoint": 0.99,
    "grade": 0.99,
    "event_kind": 0.99,
    "denominator": 0.93,
}
SENTENCE_FLOORS = {
    "found": 0.99,
    "statistic": 0.99,
    "value": 0.99,
    "comparator": 0.99,
    "unit": 0.99,
    "variable": 0.91,
    "category": 0.95,
    "arm": 0.95,
    "subgroup": 0.99,
    "patient": 0.99,
    "timepoint": 0.98,
    "grade": 0.99,
    "event_kind": 0.99,
    "speaks_of": 0.99,
    "denominator": 0.96,
    "no result": 0.98,
}


@cache
def _tables() -> dict[str, Counter[str]]:
    """For each field how often each verdict falls on the tables of all seeds."""
    out: dict[str, Counter[str]] = defaultdict(Counter)
    for seed in SEEDS:
        family, meant = meant_table(seed)
        reading = Reading("made2020", (PageSize(1, 600, 800, False),), (meant.table,), ())
        observed = observe(reading, PAPER).observations
        for verdict in judge(family, meant, observed.to_dict("records")):
            out[verdict.field][verdict.kind] += 1
    return out


@cache
def _sentences() -> dict[str, Counter[str]]:
    """The same for the sentences, each read alone beside a table that names its arms."""
    out: dict[str, Counter[str]] = defaultdict(Counter)
    for reading, sentences in readings(read_sentences()):
        mentions = find_mentions(reading, tables=observe(reading, PAPER).observations)[0].to_dict("records")
        for rows in sentences:
            for field, verdict, _, _ in judge_sentence(rows, mentions):
                out[field][verdict] += 1
    return out


def share(verdicts: Counter[str]) -> float:
    """The part that is right, empty where it should be included."""
    return sum(verdicts[k] for k in GOOD) / verdicts.total()


@pytest.mark.parametrize(("field", "floor"), TABLE_FLOORS.items())
def test_the_meaning_of_invented_tables_is_read(field: str, floor: float) -> None:
    assert share(_tables()[field]) >= floor, _tables()[field]


@pytest.mark.parametrize(("field", "floor"), SENTENCE_FLOORS.items())
def test_the_meaning_of_invented_sentences_is_read(field: str, floor: float) -> None:
    assert share(_sentences()[field]) >= floor, _sentences()[field]


def test_a_seed_always_draws_the_same_table() -> None:
    assert meant_table(7) == meant_table(7)


def test_truth_is_consistent() -> None:
    """Counts never exceed their denominators; each number of the truth stands in its cell."""
    for seed in SEEDS:
        _, meant = meant_table(seed)
        for fact in meant.facts:
            whole = fact.meaning.denominator.rstrip("|")
            if fact.amount.statistic == "n" and whole.isdigit():
                assert int(fact.amount.value) <= int(whole), (seed, fact)
            digits = "".join(c for c in fact.printed if c.isdigit())
            assert "".join(c for c in fact.amount.value if c.isdigit()) in digits, (seed, fact)
