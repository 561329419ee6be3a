"""Correct tables of many fields, read as any table is: no rule accuses or asks anything.

The tables stand in tests/resources/correct_tables.txt: "# what is odd in it", the caption, the head, the rows; rows of
a group are indented, "Note:" opens a note.
"""

from pathlib import Path

import pytest

from auditable.checks import run_checks
from auditable.model import Note, PageSize, Paper, Reading, Sentence, Table
from auditable.observations import observe
from tests.unit.tables_drawn import draw_table

TABLES = (Path(__file__).parents[2] / "resources" / "correct_tables.txt").read_text(encoding="utf-8")
CASES = {title: rest.splitlines() for part in TABLES.split("# ")[1:] for title, _, rest in (part.partition("\n"),)}


def _drawn(lines: list[str]) -> Table:
    caption, *body = [line for line in lines if line]
    notes = tuple(Note("", line.removeprefix("Note: ")) for line in body if line.startswith("Note: "))
    head, *printed = [line for line in body if not line.startswith("Note: ")]
    heads = [cell.strip() for cell in head.split("|")]
    rows: list[tuple[str, list[str]]] = []
    group = ""
    for line in printed:
        label, *cells = (cell.strip() for cell in line.split("|"))
        group = group if line.startswith("  ") else label
        path = f"{group} > {label}" if line.startswith("  ") else label
        rows.append((path, cells + [""] * (len(heads) - 1 - len(cells))))
    return draw_table([heads], rows, caption, notes)


@pytest.mark.parametrize("title", CASES)
def test_a_correct_table_is_not_accused(title: str) -> None:
    table = _drawn(CASES[title])
    reading = Reading("made2020", (PageSize(1, 600, 800, False),), (table,), ())
    observed = observe(reading, Paper("made2020", Path("x"), Path("x.pdf"), "", ""))
    caption = Sentence(f"{table.label}. {table.caption}", "", "caption", 1, ())
    found = run_checks(observed.observations, {"made2020": [caption]})
    told = found[found["verdict"].isin(["impossible", "rounding"]) | (found["severity"] != "note")]
    assert len(observed.observations) > 1
    assert told["message"].tolist() == []
