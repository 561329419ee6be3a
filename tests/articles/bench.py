"""An article on the bench: its tokens by tag and place, and the ways a printed text can be changed.

Comes in: an article and a source of chance. Goes out: other texts for some tokens. Which error is made of them is left
to the modules errors_*.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from random import Random

from tests.articles.document import Article
from tests.articles.places import Place, place_tokens
from tests.articles.relations import exact
from tests.articles.tokens import Token

Texts = dict[int, str]
"""New texts by token."""


class Bench:
    """One article on the bench: its tokens by tag and place, and a source of chance."""

    def __init__(self, article: Article, rng: Random) -> None:
        self.article, self.rng = article, rng
        self.places = place_tokens(article)
        self.related: dict[int, list[object]] = {}
        for relation in article.relations:
            for i in relation.ids:
                self.related.setdefault(i, []).append(relation)

    def tokens(self, *tags: str, where: str = "", not_tags: str = "") -> list[Token]:
        """Tokens with all these tags that are printed in a kind of place ("cell", "prose", "Abstract", …)."""
        return [
            t
            for i, t in self.article.tokens.items()
            if set(tags) <= t.tags and not t.tags & set(not_tags.split()) and self.is_in(i, where)
        ]

    def is_in(self, number: int, where: str) -> bool:
        places = self.places.get(number, [])
        return any(not where or p.kind == where or (p.kind == "prose" and p.section.startswith(where)) for p in places)

    def place(self, number: int) -> Place:
        return self.places[number][0]

    def one(self, tokens: Sequence[Token]) -> Token | None:
        return self.rng.choice(list(tokens)) if tokens else None

    def of_relation(self, name: str) -> list[Sequence[int]]:
        """Tokens of each relation of a name, whose tokens are all printed."""
        return [r.ids for r in self.article.relations if r.name == name and all(i in self.places for i in r.ids)]


def moved(text: str, steps: int) -> str:
    """The printed number moved by steps of its last digit."""
    lead = text[: len(text) - len(text.lstrip("<>≥≤"))]
    body = text[len(lead) :].replace(",", "")
    places = len(body.partition(".")[2])
    moved = exact(body) + Fraction(steps, 10**places)
    whole = abs(moved) * 10**places
    digits = str(int(whole)).zfill(places + 1)
    sign = "−" if moved < 0 else ""
    shown = f"{digits[:-places]}.{digits[-places:]}" if places else digits
    return lead + sign + (f"{int(shown):,}" if "," in text else shown)


def single(bench: Bench, tokens: Sequence[Token], change: Callable[[Token], str | None]) -> Texts | None:
    options = list(tokens)
    bench.rng.shuffle(options)
    for token in options[:40]:
        text = change(token)
        if text is not None and text != token.text:
            return {token.id: text}
    return None


def first_of(b: Bench, options: list, make: Callable[[list], Texts | None]) -> Texts | None:
    b.rng.shuffle(options)
    return next((texts for o in options if (texts := make(o))), None)


def cells(b: Bench) -> dict[tuple[int, int, int], list[Token]]:
    cells: dict[tuple[int, int, int], list[Token]] = {}
    for number, places in b.places.items():
        for p in places:
            if p.kind == "cell" and b.article.tokens[number].statistic != "word":
                cells.setdefault((p.table, p.row, p.col), []).append(b.article.tokens[number])
    return cells


def exchanged(first: Sequence[Token], second: Sequence[Token]) -> Texts | None:
    if len(first) != len(second) or [t.statistic for t in first] != [t.statistic for t in second]:
        return None
    texts = {a.id: c.text for a, c in zip(first, second, strict=True)} | {
        c.id: a.text for a, c in zip(first, second, strict=True)
    }
    tokens = {t.id: t.text for t in (*first, *second)}
    return texts if texts != tokens and [t.text for t in first] != [t.text for t in second] else None


def other_digit(text: str, rng: Random) -> str:
    return text[:-1] + rng.choice([d for d in "0123456789" if d != text[-1]])
