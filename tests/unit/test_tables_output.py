"""The tables as text: one shape for programs, readable forms for people."""

import csv
import io
import json
from pathlib import Path

import jsonschema
import pytest

from auditable.engine import read_tables
from auditable.model import Box, Piece, Reading, Table, TableCell, TableRow
from auditable.readers.pdfplumber_reader import read_pages
from auditable.tables_output import FORMATS, format_tables, guard_text
from tests.drawn_tables import Drawn, Style, draw

HEAD = [[("Characteristic", 0, 0), ("Arm A", 1, 1), ("Arm <B>", 2, 2)]]
ROWS = [(0, "Sex", ["", ""]), (1, "Female | other", ["18 (45.0)", "17 (44.7)"]), (1, "Male", ["22 (55.0)", ""])]


@pytest.fixture
def reading(tmp_path: Path) -> Reading:
    path = draw(tmp_path / "a.pdf", Drawn(HEAD, ROWS, Style(note="* A note.")))
    tables, _, problems = read_tables(read_pages(path, [1]))
    return Reading("smith2021", (), tuple(tables), (), tuple(problems))


def test_json_follows_its_schema(reading):
    schema = json.loads((Path(__file__).parents[2] / "schemas" / "tables.schema.json").read_text("utf-8"))
    record = json.loads(format_tables(reading, "json"))
    jsonschema.Draft202012Validator(schema).validate(record)
    assert [r["path"] for r in record["tables"][0]["rows"]] == [["Sex"], ["Sex", "Female | other"], ["Sex", "Male"]]
    assert len(record["tables"][0]["boxhead"][-1]) == 3


def test_csv_has_one_line_a_cell(reading):
    rows = list(csv.DictReader(io.StringIO(format_tables(reading, "csv"))))
    assert len(rows) == 6
    assert (rows[2]["stub_path"], rows[2]["spanner_path"], rows[2]["text"]) == (
        "Sex > Female | other", "Arm A", "18 (45.0)",
    )  # fmt: skip


def test_what_was_printed_is_escaped(reading):
    assert "Arm &lt;B&gt;" in format_tables(reading, "html")
    assert "Female \\| other" in format_tables(reading, "md")


@pytest.mark.parametrize(
    ("printed", "written"),
    [
        ("=SUM(A1)", "'=SUM(A1)"),
        ("@cmd", "'@cmd"),
        ("+1+cmd|' /C calc'!A0", "'+1+cmd|' /C calc'!A0"),
        ("-2+3", "'-2+3"),
        ("-A1", "'-A1"),
        ("\tx", "'\tx"),
        ("-5", "-5"),
        ("−5", "−5"),
        ("+1.2%", "+1.2%"),
        ("-1.2 (0.3)", "-1.2 (0.3)"),
        ("-1.2 (-3.1–0.4)", "-1.2 (-3.1–0.4)"),
        ("-", "-"),
        ("--", "--"),
        ("18 (45.0)", "18 (45.0)"),
        ("'quoted", "''quoted"),
        ("", ""),
    ],
)
def test_csv_guards_what_a_spreadsheet_would_compute_and_can_be_undone(printed, written):
    assert guard_text(printed) == written
    assert (written[1:] if written.startswith("'") else written) == printed


def test_markdown_shows_what_was_printed_and_raises_marks():
    row = TableRow(("*p* <b>", "a_b"), (TableCell("5|6", ("*",), Box(0, 0, 1, 1)),), 1, Box(0, 0, 1, 1))
    table = Table("T1", "Table 1", "x", (Piece(1, Box(0, 0, 1, 1)),), 1, (("", "N"),), (((), ("a",)),), (row,))
    text = format_tables(Reading("smith2021", (), (table,), ()), "md")
    assert "|  | N<sup>a</sup> |" in text
    assert "| \u2003a\\_b | 5\\|6<sup>\\*</sup> |" in text


def test_an_unknown_form_is_refused(reading):
    assert FORMATS == ("json", "csv", "md", "html")
    with pytest.raises(KeyError):
        format_tables(reading, "xlsx")
