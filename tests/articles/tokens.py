"""Printed numbers as tokens: what each is of, where it is repeated, and the text that holds it.

A text under construction is a plain string in which each printed number is a Mark, a placeholder that names its token.
Only render() turns a text into what is printed; so one token can be changed after all tables and sentences are written.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

OPEN, CLOSE = "\x01", "\x02"
PLACEHOLDER = re.compile(f"{OPEN}(\\d+){CLOSE}")


class Mark(str):
    """The placeholder of one token inside a text under construction."""

    __slots__ = ()

    @property
    def id(self) -> int:
        """The token's number."""
        return int(self[1:-1])


@dataclass(frozen=True)
class Token:
    """One printed number, or a word that could be a wrong one ("word").

    exact: the true value before rounding. about: columns of the Observations model that tell its meaning. tags: what
    kinds of error it can carry.
    """

    id: int
    text: str
    statistic: str
    exact: Fraction | None
    about: Mapping[str, str]
    tags: frozenset[str]


@dataclass(frozen=True)
class Habits:
    """One article's habits: how halves are rounded, decimals of percentages, what stands for the decimal point."""

    half_even: bool = False
    pct_decimals: int = 1
    point: str = "."
    dash: str = "–"
    pct_sign: str = "%"
    p_sign: str = "p"


def round_exactly(value: Fraction, decimals: int, half_even: bool) -> str:
    """The value with this many decimals, halves rounded by the article's habit."""
    scaled = value * 10**decimals
    whole, rest = divmod(scaled.numerator, scaled.denominator)
    twice = 2 * Fraction(rest, scaled.denominator)
    if twice > 1 or (twice == 1 and (not half_even or whole % 2)):
        whole += 1
    sign, digits = ("−" if whole < 0 else ""), str(abs(whole)).zfill(decimals + 1)
    return sign + (f"{digits[:-decimals]}.{digits[-decimals:]}" if decimals else digits)


@dataclass
class Desk:
    """Where an article is written: its tokens so far, and the relations between them that must hold."""

    habits: Habits
    tokens: list[Token] = field(default_factory=list)
    relations: list[object] = field(default_factory=list)

    def put(self, text: str, statistic: str, exact: Fraction | None = None, tags: str = "", **about: str) -> Mark:
        """A new token; its printed text has a plain point, which the habits replace when it is rendered."""
        token = Token(len(self.tokens), text, statistic, exact, about, frozenset(tags.split()))
        self.tokens.append(token)
        return Mark(f"{OPEN}{token.id}{CLOSE}")

    def number(self, value: Fraction | int, decimals: int, statistic: str, tags: str = "", **about: str) -> Mark:
        """A token of an exact value, rounded."""
        exact = Fraction(value)
        return self.put(round_exactly(exact, decimals, self.habits.half_even), statistic, exact, tags, **about)

    def limit(self, value: float, decimals: int, statistic: str, tags: str = "", **about: str) -> Mark:
        """A token of a value known as a float (limits of intervals, p values, roots)."""
        exact = Fraction(value)
        return self.put(round_exactly(exact, decimals, self.habits.half_even), statistic, exact, tags, **about)

    def whole(self, value: int, statistic: str = "n", tags: str = "", *, grouped: bool = False, **about: str) -> Mark:
        """A token of a whole number."""
        return self.put(f"{value:,}" if grouped else str(value), statistic, Fraction(value), tags, **about)

    def word(self, text: str, tags: str, **about: str) -> Mark:
        """A token of words that could be wrong."""
        return self.put(text, "word", None, tags, **about)

    def of(self, mark: Mark) -> Token:
        """The token behind a mark."""
        return self.tokens[mark.id]

    def must(self, relation: object) -> None:
        """Notes a relation between printed numbers."""
        self.relations.append(relation)


def printed(token: Token, habits: Habits) -> str:
    """The text of a token as it stands on the page."""
    if token.statistic == "word" or habits.point == ".":
        return token.text
    return re.sub(r"(?<=\d)\.(?=\d)", habits.point, token.text)


def render(text: str, tokens: Mapping[int, Token], habits: Habits) -> tuple[str, list[tuple[int, int, int]]]:
    """The text as printed, and (token, start, end) of each token in it."""
    out, at, places = "", 0, []
    for found in PLACEHOLDER.finditer(text):
        out += text[at : found.start()]
        token = tokens[int(found[1])]
        shown = printed(token, habits)
        places.append((token.id, len(out), len(out) + len(shown)))
        out, at = out + shown, found.end()
    return out + text[at:], places
