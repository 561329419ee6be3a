"""Every character printed in a table's box is in one part of the table, or in what is left over."""

import random
import unicodedata
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from auditable.conservation import find_left_over
from auditable.engine import read_tables
from auditable.model import Box, Page, Table, Word
from auditable.readers.pdfplumber_reader import read_pages
from tests.drawn_tables import Drawn, Style, draw

LABELS = ["Age, years", "Sex", "Female", "ECOG 0–1", "ISS stage", "Prior lines", "High-risk", "eGFR < 60", "β2M, mg/L"]
VALUES = ["18 (45.0)", "64 (41–83)", "–", "NR", "0.83", "<0.001", "12.4 ± 3.1", "7 [2–9]", "", "5*"]
STRAY = "Ω"
"""A letter that none of the tables prints."""


def random_table(dice: random.Random) -> Drawn:
    n_columns, n_rows = dice.randint(2, 5), dice.randint(3, 12)
    top = [("Study arms", 1, n_columns)] if dice.random() < 0.4 else []
    heads = [("Item", 0, 0), *((f"Arm {chr(65 + k)}", k + 1, k + 1) for k in range(n_columns))]
    rows = [(0, dice.choice(LABELS), [dice.choice(VALUES) for _ in range(n_columns)]) for _ in range(n_rows)]
    style = Style(
        rules=dice.choice(["booktabs", "rows", "grid", "none"]),
        zebra=dice.random() < 0.3,
        widths=(dice.uniform(90, 160), *[dice.uniform(60, 75)] * n_columns),
        note=dice.choice(["", "* A note of one line."]),
    )
    return Drawn([*([top] if top else []), heads], rows, style)


def read(path: Path) -> tuple[Page, list[Table]]:
    pages = read_pages(path, [1])
    return pages[0], read_tables(pages)[0]


def characters(texts: list[str]) -> Counter[str]:
    return Counter("".join(unicodedata.normalize("NFKC", "".join(texts)).split()))


def held(tables: list[Table]) -> Counter[str]:
    """The characters of all parts, each label over several columns once."""
    texts = []
    for table in tables:
        levels = [zip(*pair, strict=True) for pair in zip(table.boxhead, table.pieces[0].boxhead_boxes, strict=True)]
        texts += [text for text, _ in sorted({(text, box) for level in levels for text, box in level if box})]
        texts += [row.path[-1] for row in table.rows if row.label_box]
        texts += [text for row in table.rows for cell in row.cells for text in (cell.text, *cell.marks)]
        texts += [left.text for left in table.left_over]
    return characters(texts)


def printed(page: Page, tables: list[Table]) -> Counter[str]:
    boxes = [piece.box for table in tables for piece in table.pieces]
    return characters([w.text for w in page.words if any(box.contains(w.box) for box in boxes)])


@pytest.mark.parametrize("seed", range(40))
def test_characters_in_are_characters_out(tmp_path: Path, seed: int) -> None:
    page, tables = read(draw(tmp_path / "a.pdf", random_table(random.Random(seed))))
    assert tables
    assert held(tables) == printed(page, tables)


@pytest.mark.parametrize("seed", range(40))
def test_a_word_planted_anywhere_in_the_box_is_never_lost(tmp_path: Path, seed: int) -> None:
    dice = random.Random(seed)
    page, tables = read(draw(tmp_path / "a.pdf", random_table(dice)))
    box = tables[0].pieces[0].box
    x, y = dice.uniform(box.x0 + 4, box.x1 - 4), dice.uniform(box.top + 4, box.bottom - 4)
    stray = Word(STRAY, Box(x - 3, y - 4, x + 3, y + 4), 8.0, "Helvetica")
    planted = replace(page, words=(*page.words, stray))
    assert [o.text for o in find_left_over(tables, [planted])[0].left_over] == [STRAY]
    again = read_tables([planted])[0]
    assert held(again)[STRAY] == 1 or not any(p.box.contains(stray.box) for t in again for p in t.pieces)
