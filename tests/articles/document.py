"""An article under its habits: sections of paragraphs of sentences, tables, and the relations among its numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from tests.articles.relations import Relation
from tests.articles.tokens import Habits, Token


@dataclass(frozen=True)
class Row:
    """One row: depth of its label, label, cells; kind "group" for a heading without values."""

    depth: int
    label: str
    cells: tuple[str, ...]
    mark: str = ""


@dataclass(frozen=True)
class Column:
    """One body column: its head, spanner over it, and what its numbers are of."""

    head: str
    spanner: str = ""
    about: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class TableOf:
    """One table; notes as (mark, text)."""

    kind: str
    caption: str
    stub_head: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    notes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Section:
    """A heading ("Abstract > Results" under two levels) and its paragraphs, each a list of sentences."""

    heading: str
    paragraphs: tuple[tuple[str, ...], ...]
    tables: tuple[int, ...] = ()


@dataclass(frozen=True)
class Article:
    """All that is printed, and what must hold in it."""

    seed: int
    design: str
    title: str
    sections: tuple[Section, ...]
    tables: tuple[TableOf, ...]
    tokens: Mapping[int, Token]
    relations: tuple[Relation, ...]
    habits: Habits

    def with_texts(self, texts: Mapping[int, str]) -> Article:
        """The article with other texts in some tokens."""
        return replace(self, tokens={**self.tokens, **{k: replace(self.tokens[k], text=t) for k, t in texts.items()}})

    def broken(self, touched: Sequence[int] | None = None) -> list[Relation]:
        """The relations that do not hold between the texts as printed; touched: only those of these tokens."""
        wanted = self.relations if touched is None else [r for r in self.relations if set(r.ids) & set(touched)]
        return [r for r in wanted if not r.holds([self.tokens[i].text for i in r.ids])]
