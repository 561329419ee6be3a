"""A note under a table in, and the table and the marked row or column that it is about out."""

import pandas as pd
import pytest

from auditable.model import Box, PageSize, Piece, Reading, Sentence, Table, TableCell, TableRow
from auditable.model import Note as TableNote
from auditable.note_places import NOWHERE, Place, find_place

BOX = Box(10, 10, 20, 20)
NOTES = ("* Missing for 5 people.", "† Data of 40 people.", "‡ One reading of 9 was lost.", "BMI, body mass index.")


def row(label: str, cell_marks: tuple[str, ...], marks: tuple[str, ...]) -> TableRow:
    cells = (TableCell("61", cell_marks, BOX), TableCell("62", (), BOX))
    return TableRow((label,), cells, 1, BOX, label_marks=marks)


def reading(label: str = "Table 1") -> Reading:
    head, marks = ("", "Drug", "Placebo"), ((), (), ("†",))
    notes = tuple(TableNote(text[0] if text[0] in "*†‡" else "", text.lstrip("*†‡ ")) for text in NOTES)
    rows = (row("Age", (), ("*",)), row("BMI", ("‡",), ()))
    table = Table("T1", label, "", (Piece(1, BOX),), 1, (head,), (marks,), rows, notes)
    return Reading("made2020", (PageSize(1, 600, 800, False),), (table,), ())


OBSERVED = pd.DataFrame(
    [
        {"table_id": "T1", "row": r, "col": c, "arm": arm, "subgroup": "", "patient": "", "variable": v, "category": ""}
        for r, v in enumerate(("age", "bmi"))
        for c, arm in enumerate(("Drug", "Placebo"))
    ]
)


@pytest.mark.parametrize(
    ("text", "source", "section", "truth"),
    [
        (NOTES[0], "note", "TABLE 1", Place("T1", variable="age")),
        (NOTES[1], "note", "Table 1", Place("T1", arm="Placebo")),
        (NOTES[2], "note", "Table 1", Place("T1", arm="Drug", variable="bmi")),
        (NOTES[3], "note", "Table 1", Place("T1")),
        ("Table 1 Data at entry", "caption", "Table 1", Place("T1")),
        ("Another table's note", "note", "Table 2", NOWHERE),
        (NOTES[0], "prose", "Table 1", NOWHERE),
    ],
)
def test_what_a_note_is_about(text: str, source: str, section: str, truth: Place) -> None:
    sentence = Sentence(text, section, source, 1, ())
    assert find_place(sentence, reading(), OBSERVED) == truth
