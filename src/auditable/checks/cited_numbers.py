"""The numbers by which a paper cites its list of references: which it uses, where, and how far they run.

Comes in: a Study with its text. Goes out: its Citations. Raised numbers that lost their height are not read: beside a
word they cannot be told from results. What must hold of them is left to reference_exists.py and reference_style.py.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from auditable.aside_patterns import CITATION
from auditable.asides import cites_in_round_brackets, find_asides
from auditable.blocks import Study
from auditable.checks.rule import Quote
from auditable.model import Sentence
from auditable.references import entry_numbers, is_literature

LONGEST_RUN = 30
"""References in one bracket from a first to a last one; a longer run is a range of something else."""
_RUN = re.compile(r"(\d{1,3})(?:\s*[–\-−‒]\s*(\d{1,3}))?")
_IN_HEADS = re.compile(r"\[\s*\d{1,3}(?:\s*[,–\-]\s*\d{1,3})*\s*\]")


@dataclass(frozen=True, slots=True)
class Citations:
    """Where each number is cited, and the numbers of the list, none where the paper prints none that is numbered.

    in_tables: numbers cited in heads and rows of tables.
    """

    places: dict[int, list[Quote]]
    in_tables: frozenset[int]
    listed: tuple[int, ...]

    @property
    def every(self) -> frozenset[int]:
        """All numbers that are cited."""
        return frozenset(self.places) | self.in_tables

    @property
    def reach(self) -> int:
        """The last number up to which every one is cited; 0 where the first is not."""
        n = 0
        while n + 1 in self.every:
            n += 1
        return n


@lru_cache(maxsize=2)
def find_citations(study: Study) -> Citations:
    """All citations by number in square brackets, or in round ones where the paper cites so."""
    body = [s for s in study.text if not is_literature(s)]
    is_round = cites_in_round_brackets(s.text for s in body if s.source == "prose")
    places: dict[int, list[Quote]] = defaultdict(list)
    for sentence in body:
        for number, quote in _cited_in(sentence, is_round):
            places[number].append(quote)
    heads = {t for o in study.observations if o.source == "table" for t in (o.stub_path, o.spanner_path)}
    in_tables = {n for text in heads for m in _IN_HEADS.finditer(text) for n in _numbers(m[0])}
    return Citations(dict(places), frozenset(in_tables), entry_numbers(study.text))


def _cited_in(sentence: Sentence, is_round: bool) -> Iterator[tuple[int, Quote]]:
    for aside in find_asides(sentence.text, is_round):
        words = sentence.text[aside.start : aside.end]
        if aside.reason == CITATION and words[:1] in ("[", "("):
            for number in _numbers(words):
                yield number, Quote(sentence, aside.start, aside.end)


def _numbers(words: str) -> Iterator[int]:
    for m in _RUN.finditer(words):
        first, last = int(m[1]), int(m[2] or m[1])
        if first <= last < first + LONGEST_RUN:
            yield from range(first, last + 1)
