"""The tables as text: one shape for programs, readable forms for people."""

import csv
import io
import json
import re
from pathlib import Path

import jsonschema
import pytest

from auditable import engine
from auditable.model import Box, Piece, Reading, Table, TableCell, TableRow
from auditable.papers import list_studies
from auditable.publish import read_tables
from auditable.readers.pdfplumber_reader import read_pages
from auditable.spreadsheet import guard_text
from auditable.tables_output import FORMATS, format_tables
from tests.drawn_tables import Drawn, Style, draw

HEAD = [[("Characteristic", 0, 0), ("Arm A", 1, 1), ("Arm <B>", 2, 2)]]
ROWS = [(0, "Sex", ["", ""]), (1, "Female | other", ["18 (45.0)", "17 (44.7)"]), (1, "Male", ["22 (55.0)", ""])]


ROOT = Path(__file__).parents[2]
VALIDATOR = jsonschema.Draft202012Validator(json.loads((ROOT / "schemas" / "tables.schema.json").read_text("utf-8")))
DOCUMENT = (ROOT / "docs" / "tables-json.md").read_text("utf-8")


@pytest.fixture
def reading(tmp_path: Path) -> Reading:
    path = draw(tmp_path / "a.pdf", Drawn(HEAD, ROWS, Style(note="* A note.")))
    tables, _, problems = engine.read_tables(read_pages(path, [1]))
    return Reading("smith2021", (), tuple(tables), (), tuple(problems))


def test_json_follows_its_schema(reading):
    record = json.loads(format_tables(reading, "json"))
    VALIDATOR.validate(record)
    assert [r["path"] for r in record["tables"][0]["rows"]] == [["Sex"], ["Sex", "Female | other"], ["Sex", "Male"]]
    assert len(record["tables"][0]["boxhead"][-1]) == 3


@pytest.mark.parametrize("study_id", list_studies(ROOT / "raw"))
def test_json_of_each_paper_follows_its_schema_and_has_one_entry_a_column(study_id):
    record = json.loads(format_tables(read_tables(ROOT / "curated", study_id), "json"))
    VALIDATOR.validate(record)
    assert record["tables"]
    for table in record["tables"]:
        assert {len(level) for key in ("boxhead", "boxhead_marks") for level in table[key]} == {
            table["stub_columns"] + len(table["rows"][0]["cells"])
        }
        for row in table["rows"]:
            assert {len(row[name]) for name in PER_COLUMN} == {len(row["cells"])}


PER_COLUMN = (
    "cells", "cell_marks", "cell_boxes", "agreement", "second_texts", "decided_by", "is_second", "confidence",
    "layer_texts",
)  # fmt: skip


def test_the_documented_example_follows_the_schema():
    example = json.loads(re.search(r"```json\n(.*?)```", DOCUMENT, re.DOTALL)[1])
    VALIDATOR.validate(example)
    assert example["tables"][0]["left_over"] and example["tables"][0]["notes"]


def test_every_field_is_documented():
    def names(node):
        if isinstance(node, dict):
            yield from node.get("properties", {})
            for value in node.values():
                yield from names(value)

    assert {name for name in names(VALIDATOR.schema) if f"`{name}`" not in DOCUMENT} == set()


@pytest.mark.parametrize("changed", ["tables", "rows", "pieces", "notes", "left_over"])
def test_the_schema_refuses_a_field_it_does_not_know(changed):
    example = json.loads(re.search(r"```json\n(.*?)```", DOCUMENT, re.DOTALL)[1])
    place = example if changed == "tables" else example["tables"][0]
    place[changed][0]["another"] = 1
    assert [error.validator for error in VALIDATOR.iter_errors(example)] == ["additionalProperties"]


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
        ("\n=A1", "'\n=A1"),
        ("＝A1", "'＝A1"),
        (" =A1", "' =A1"),
        ("\u00a0\ufeff@cmd", "'\u00a0\ufeff@cmd"),
        ("  Age", "  Age"),
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
