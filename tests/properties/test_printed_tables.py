"""200 random tables, printed and read back: labels, paths, cells, heads and marks are what was printed.

The tables and styles are those of tests/printed: every trait that the engine promises to read, mixed at random, with no
print in it that a human could not resolve.
"""

from __future__ import annotations

import pytest

from auditable.engine import read_tables
from auditable.readers.pdfplumber_reader import read_pages
from tests.printed.differences import differences, note_differences
from tests.printed.printing import print_tables, random_print

N_TABLES = 200
LEAST_WHOLE, LEAST_NOTES = 0.97, 0.97


@pytest.fixture(scope="module")
def readings(tmp_path_factory):
    """For each seed its printed table and the tables that were read on its page."""
    prints = [random_print(seed) for seed in range(N_TABLES)]
    path = print_tables(tmp_path_factory.mktemp("printed") / "tables.pdf", prints)
    pages = read_pages(path, list(range(1, N_TABLES + 1)))
    return [
        (table, read_tables([page for page in pages if page.number == seed + 1])[0])
        for seed, (table, *_) in enumerate(prints)
    ]


def test_printed_tables_are_read_whole(readings):
    misses = {}
    for seed, (table, found) in enumerate(readings):
        wrong = differences(table, found[0]) if len(found) == 1 else [f"{len(found)} tables found"]
        if wrong:
            misses[seed] = wrong[0]
    whole = 1 - len(misses) / N_TABLES
    assert whole >= LEAST_WHOLE, f"{whole:.3f} whole; seeds and first differences: {misses}"


def test_notes_of_printed_tables_are_read_with_their_marks(readings):
    misses = {
        seed: note_differences(table, found[0])
        for seed, (table, found) in enumerate(readings)
        if len(found) == 1 and note_differences(table, found[0])
    }
    right = 1 - len(misses) / N_TABLES
    assert right >= LEAST_NOTES, f"{right:.3f} right; seeds and differences: {misses}"
