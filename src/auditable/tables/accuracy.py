"""Accuracy of a diagnostic test: sensitivity, specificity and predictive values by test or cut-off."""

from __future__ import annotations

from auditable.model import Table
from auditable.row_kinds import RowKinds
from auditable.table_types import TableType, count_words, words_of

_WORDS = ("sensitivity", "specificity", "predictive value", "likelihood ratio", "accuracy", "auc")


def _score(table: Table, kinds: RowKinds) -> int:
    """Two and more of the measures that only a test of a test has."""
    del kinds
    return min(93, 40 * count_words(words_of(table), _WORDS)) if count_words(words_of(table), _WORDS) > 1 else 0


TABLE_TYPE = TableType("accuracy", _score)
