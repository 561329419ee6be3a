"""What is drawn on the page: each part of a table with its place, and nothing of another page."""

import io
from pathlib import Path

from PIL import Image

from auditable.engine import read_tables
from auditable.model import Box, LeftOver, Note, Piece, Table, TableCell, TableRow
from auditable.overlay import COLOURS, Shape, draw_overlay, find_shapes
from auditable.readers.pdfplumber_reader import read_pages
from tests.drawn_tables import Drawn, Style, draw

HEAD_BOX, LABEL, CELL, NOTE, STRAY = (Box(10, y, 60, y + 8) for y in (20, 40, 60, 80, 95))


def made() -> Table:
    first = Piece(1, Box(5, 15, 250, 100), 0, ((HEAD_BOX, HEAD_BOX),), Box(5, 2, 250, 12))
    second = Piece(2, Box(5, 15, 250, 100))
    rows = (
        TableRow(("Sex",), (TableCell("", (), None),), 1, LABEL, "group", ("a",), LABEL),
        TableRow(("Sex", "F"), (TableCell("5", ("b",), CELL, None, "6", "differs"),), 1, CELL),
        TableRow(("Sex", "M"), (TableCell("7", (), CELL),), 2, CELL, "data", (), LABEL),
    )
    notes = (Note("a", "As born.", 1, (NOTE,)),)
    left = (LeftOver("stray", 1, STRAY),)
    return Table("T1", "Table 1", "", (first, second), 1, (("X", "X"),), ((("c",), ("c",)),), rows, notes, left)


def test_each_part_is_drawn_once_on_its_own_piece():
    table = made()
    assert find_shapes(table, table.pieces[0]) == [
        Shape("piece", Box(5, 15, 250, 100)), Shape("caption", Box(5, 2, 250, 12)),
        Shape("boxhead", HEAD_BOX, "", "c"), Shape("row group", LABEL, "1", "a"),
        Shape("second reader differs", CELL, "", "b"), Shape("note", NOTE, "a"), Shape("left over", STRAY),
    ]  # fmt: skip
    assert find_shapes(table, table.pieces[1]) == [
        Shape("piece", Box(5, 15, 250, 100)), Shape("stub", LABEL, "2"), Shape("cell", CELL),
    ]  # fmt: skip


def test_the_picture_shows_every_part_in_its_colour(tmp_path: Path):
    head = [[("Item", 0, 0), ("Arm A", 1, 1), ("Arm B", 2, 2)]]
    rows = [(0, "Sex", ["", ""]), (1, "Female", ["18", "17"]), (1, "Male", ["22", "21"])]
    path = draw(tmp_path / "a.pdf", Drawn(head, rows, Style(note="* A note.")))
    table = read_tables(read_pages(path, [1]))[0][0]
    [png] = draw_overlay(path, table)
    picture = Image.open(io.BytesIO(png))
    body = picture.crop((0, 0, picture.width, picture.height - 22)).convert("RGB")
    drawn = {colour: n for n, colour in body.getcolors(body.width * body.height) or ()}
    colours = {part: tuple(bytes.fromhex(colour[1:])) for part, colour in COLOURS.items()}
    shown = {part for part, colour in colours.items() if drawn.get(colour, 0) > 20}
    assert shown == set(COLOURS) - {"second reader differs", "left over"}
    assert draw_overlay(path, table) == [png]
