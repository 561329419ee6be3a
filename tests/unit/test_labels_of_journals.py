"""Labels that journals of many fields print, each with the variable and category a reader would give it."""

import csv
from pathlib import Path

from auditable.codebook import load_codebook

LABELS = Path(__file__).parents[1] / "resources" / "labels.csv"
SHARE_NAMED_RIGHT = 95
"""Of 100 labels, at least so many must get their variable and category."""


def read_rows() -> list[dict[str, str]]:
    with LABELS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_labels_of_many_fields_find_their_variable() -> None:
    rows, codebook = read_rows(), load_codebook()
    missed = {
        row["label"]: found
        for row in rows
        if (found := codebook.name_row(row["label"].split(" > "))) != (row["variable"], row["category"])
    }
    assert len(rows) >= 300
    assert 100 * (len(rows) - len(missed)) >= SHARE_NAMED_RIGHT * len(rows), missed


def test_a_wrong_variable_is_rarer_than_none() -> None:
    """Labels that nothing explains stay without a name; a name that is given is right."""
    codebook = load_codebook()
    wrong = {
        row["label"]: found
        for row in read_rows()
        if (found := codebook.name_row(row["label"].split(" > "))[0]) not in ("", row["variable"])
    }
    assert wrong == {}
