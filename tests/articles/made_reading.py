"""An article as a faultless reader would give it: tables and sentences without any PDF between."""

from __future__ import annotations

from auditable.model import Box, Note, PageSize, Piece, Reading, Sentence, Table, TableCell, TableRow
from tests.articles.document import Article, TableOf
from tests.articles.places import words_of
from tests.articles.printing import printed_table
from tests.articles.tokens import render

BOX = Box(10, 10, 20, 20)


def made_reading(article: Article) -> Reading:
    """Its Reading: one page of text, one page for each table."""
    tables = tuple(_table(article, t, k + 1) for k, t in enumerate(article.tables))
    sentences = [_sentence(article.title, "", "prose", 1, 0)]
    for section in article.sections:
        for paragraph in section.paragraphs:
            for text in paragraph:
                shown = render(text, article.tokens, article.habits)[0]
                sentences.append(_sentence(shown, section.heading, "prose", 1, len(sentences)))
    for k, table in enumerate(tables):
        sentences.append(_sentence(f"{table.label}. {table.caption}", "", "caption", 2 + k, 0))
        sentences += [_sentence(n.text, "", "note", 2 + k, 1 + i) for i, n in enumerate(table.notes)]
    pages = tuple(PageSize(k + 1, 600, 800, False) for k in range(len(tables) + 1))
    return Reading(f"made{article.seed}", pages, tables, tuple(sentences))


def _sentence(text: str, section: str, source: str, page: int, line: int) -> Sentence:
    top = 40.0 + 12 * line
    spans = tuple((m.start(), m.end(), page, Box(5.0 * m.start(), top, 5.0 * m.end(), top + 9)) for m in words_of(text))
    return Sentence(text, section, source, page, spans)


def _table(article: Article, table: TableOf, number: int) -> Table:
    shown = printed_table(table, article.tokens, article.habits)
    width = 1 + len(table.columns)
    levels = []
    for level in shown.head:
        texts = [""] * width
        for head in level:
            for k in range(head.first, head.last + 1):
                texts[k] = head.text
        levels.append(tuple(texts))
    marks = tuple(tuple(() for _ in level) for level in levels)
    rows = tuple(
        TableRow(
            row.path,
            tuple(TableCell(c.text, (), _box(r, k), agreement="same") for k, c in enumerate(row.cells)),
            number + 1,
            _box(r, -1),
            row.kind,
        )
        for r, row in enumerate(shown.rows)
    )
    notes = tuple(Note(mark, text) for mark, text in shown.notes)
    caption = render(table.caption, article.tokens, article.habits)[0]
    return Table(
        f"T{number}", f"Table {number}", caption, (Piece(number + 1, BOX),), 1, tuple(levels), marks, rows, notes
    )


def _box(row: int, col: int) -> Box:
    return Box(200.0 + 60 * col, 60.0 + 12 * row, 250.0 + 60 * col, 70.0 + 12 * row)
