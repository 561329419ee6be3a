"""Test statistics as sentences print them: "t(66) = −2.04, p = .04", "F = 13.7; df = 1.19; p = 0.002", "χ²(1) = 1.75".

Comes in: the text of a study. Goes out: one ReportedTest for each t, F, χ², r or z with its degrees of freedom and the
p value right behind it, with their places. What they imply is left to reported_tests.py. Numbers of other kinds, tests
without degrees of freedom (z apart) and p values behind other words are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from auditable.model import Sentence
from auditable.rounding import Printed, read_printed

Kind = Literal["t", "F", "χ²", "r", "z"]
_NUMBER = r"[-−–‑]?\s?(?:\d+(?:[.·]\d+)?|[.·]\d+)"
_EQUALS = r"\s?=\s?"
_DF = r"(?:\d+(?:[.·]\d+)?)"
_MARK = r"(?:\[\d\]\s?)?"
"""A raised or lowered digit that the line put before its neighbours: "F(1, 171) = 24.9, [2] p < .001"."""
_P = re.compile(
    rf"[\s,;:]*{_MARK}(?:[Pp](?:[- ]?values?)?)\s?(?P<sign>[=<>≤≥])\s?(?P<p>(?:0?[.·]\d+|1(?:[.·]0+)?|0))(?![\d.·]*\d)"
)
_ETA = re.compile(
    rf"[\s,;:]*{_MARK}(?:partial\sη(?:²|2|\s?\[2\])?|η(?:²|2)?\s?p(?:²|2)?|η\s?p\s?\[2\]){_EQUALS}"
    r"(?P<eta>0?[.·]\d+)(?![\d.·]*\d)"
)
_BEHIND = rf"(?:[\s,;]+(?:df|d\.f\.){_EQUALS}\(?(?P<df>{_DF})(?:\s?,\s?(?P<df2>{_DF}))?\)?)"
_PATTERNS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("t", re.compile(rf"(?<![\w.])t\s?[(\[]\s?(?P<df>{_DF})\s?[)\]]{_EQUALS}(?P<value>{_NUMBER})")),
    ("t", re.compile(rf"(?<![\w.])t{_EQUALS}(?P<value>{_NUMBER}){_BEHIND}")),
    (
        "F",
        re.compile(
            rf"(?<![\w.])F\s?[(\[]\s?(?P<df>{_DF})\s?[,;]\s?(?P<df2>{_DF})\s?[)\]]{_EQUALS}(?P<value>{_NUMBER})"
        ),
    ),
    ("F", re.compile(rf"(?<![\w.])F{_EQUALS}(?P<value>{_NUMBER}){_BEHIND}")),
    (
        "χ²",
        re.compile(
            rf"(?:χ\s?(?:²|2|\[2\])|\b[Cc]hi[- ]squared?|\bX²)\s?[(\[]\s?(?:df\s?=\s?)?(?P<df>\d+)\s?"
            rf"(?:[,;]\s?[Nn]\s?=\s?\d+\s?)?[)\]]{_EQUALS}(?P<value>{_NUMBER})"
        ),
    ),
    ("χ²", re.compile(rf"(?:χ\s?(?:²|2|\[2\])|\b[Cc]hi[- ]squared?|\bX²){_EQUALS}(?P<value>{_NUMBER}){_BEHIND}")),
    ("r", re.compile(rf"(?<![\w.])r\s?[(\[]\s?(?P<df>\d+)\s?[)\]]{_EQUALS}(?P<value>{_NUMBER})")),
    ("z", re.compile(rf"(?<![\w.])[Zz]{_EQUALS}(?P<value>{_NUMBER})")),
)


@dataclass(frozen=True, slots=True)
class ReportedTest:
    """A test statistic with its degrees of freedom, and the p value and partial η² printed behind it.

    is_df_sure: False where one printed number was taken for both degrees of freedom of an F test.
    """

    kind: Kind
    value: Printed
    df: Printed | None
    df2: Printed | None
    p: Printed
    p_start: int
    p_end: int
    eta: Printed | None
    sentence: Sentence
    start: int
    end: int
    is_df_sure: bool

    @property
    def shown(self) -> str:
        """The test as messages show it, without its p value."""
        inside = ", ".join(str(d) for d in (self.df, self.df2) if d is not None)
        return f"{self.kind}({inside}) = {self.value}" if inside else f"{self.kind} = {self.value}"

    @property
    def says(self) -> str:
        """The p value as messages show it: "p = 0.04", "p < 0.001"."""
        return f"p {self.p.comparator or '='} {str(self.p).removeprefix(self.p.comparator)}"


def find_reported_tests(text: tuple[Sentence, ...]) -> Iterator[ReportedTest]:
    """Every test statistic with a p value right behind it, in order."""
    for sentence in text:
        for kind, pattern in _PATTERNS:
            for m in pattern.finditer(sentence.text):
                found = _read(kind, m, sentence)
                if found is not None:
                    yield found


def _read(kind: Kind, m: re.Match[str], sentence: Sentence) -> ReportedTest | None:
    p_at = _P.match(sentence.text, m.end())
    value, (df, df2) = _number(m["value"]), _degrees(kind, m)
    p = _number(p_at["p"], p_at["sign"]) if p_at else None
    if p_at is None or p is None or value is None or (df is None and kind != "z") or (df2 is None) == (kind == "F"):
        return None
    eta_at = _ETA.match(sentence.text, p_at.end())
    eta = _number(eta_at["eta"]) if eta_at else None
    end = eta_at.end() if eta_at else p_at.end()
    is_sure = kind != "F" or m.groupdict().get("df2") is not None
    return ReportedTest(kind, value, df, df2, p, p_at.start("p"), p_at.end("p"), eta, sentence, m.start(), end, is_sure)


def _degrees(kind: Kind, m: re.Match[str]) -> tuple[Printed | None, Printed | None]:
    """Both degrees of freedom; "df = 1.19" of an F test may be 1 and 19, a point for the comma."""
    if kind == "z":
        return None, None
    first, second = m["df"], m.groupdict().get("df2")
    if kind == "F" and second is None and "." in first:
        first, _, second = first.partition(".")
    return _number(first), _number(second) if second else None


def _number(text: str, sign: str = "") -> Printed | None:
    plain = re.sub(r"[−–‑]\s?", "-", text).replace("·", ".").replace(" ", "")
    return read_printed(plain, comparator={"≤": "<=", "≥": ">=", "=": ""}.get(sign, sign))
