"""Where each token of an article is printed: a cell, a head, or a sentence, with its offsets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tests.articles.document import Article
from tests.articles.tokens import render


@dataclass(frozen=True)
class Place:
    """One printing of a token. kind: cell | label | head | prose | caption | note; table counts from 0."""

    kind: str
    text: str
    start: int
    end: int
    table: int = -1
    row: int = -1
    col: int = -1
    stub_path: tuple[str, ...] = ()
    spanner_path: tuple[str, ...] = ()
    section: str = ""


def place_tokens(article: Article) -> dict[int, list[Place]]:
    """All places of each token, in printed order."""
    found: dict[int, list[Place]] = {}
    for text, place in _texts(article):
        shown, spots = render(text, article.tokens, article.habits)
        for token, start, end in spots:
            found.setdefault(token, []).append(
                Place(
                    place.kind,
                    shown,
                    start,
                    end,
                    place.table,
                    place.row,
                    place.col,
                    place.stub_path,
                    place.spanner_path,
                    place.section,
                )
            )
    return found


def _texts(article: Article) -> Iterator[tuple[str, Place]]:
    for section in article.sections:
        for paragraph in section.paragraphs:
            for sentence in paragraph:
                yield sentence, Place("prose", "", 0, 0, section=section.heading)
    for k, table in enumerate(article.tables):
        yield table.caption, Place("caption", "", 0, 0, k)
        yield from ((text, Place("note", "", 0, 0, k)) for _, text in table.notes)
        for c, column in enumerate(table.columns):
            if not c or table.columns[c - 1].spanner != column.spanner:
                yield column.spanner, Place("head", "", 0, 0, k, -1, c)
            yield column.head, Place("head", "", 0, 0, k, -1, c)
        yield from _cell_texts(article, k)


def _cell_texts(article: Article, k: int) -> Iterator[tuple[str, Place]]:
    table = article.tables[k]

    def shown(text: str) -> str:
        return render(text, article.tokens, article.habits)[0]

    stack: list[str] = []
    for r, row in enumerate(table.rows):
        stack = [*stack[: row.depth], shown(row.label)]
        yield row.label, Place("label", "", 0, 0, k, r, -1, tuple(stack))
        for c, cell in enumerate(row.cells):
            heads = tuple(h for h in (shown(table.columns[c].spanner), shown(table.columns[c].head)) if h)
            yield cell, Place("cell", "", 0, 0, k, r, c, tuple(stack), heads)


def words_of(text: str) -> list[re.Match[str]]:
    """The words of a text with their offsets."""
    return list(re.finditer(r"\S+", text))
