"""Observations → the groups in which numbers answer for each other: cells, columns, blocks of rows, phrases.

Comes in: the observations of one study. Goes out: a Study with its cells (statistics printed together in one place),
each cell knowing its row group, its column and its label. What must hold between them is left to the checks; which N
holds to denominators.py.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from auditable.model import PATH_SEPARATOR, Sentence
from auditable.references import Reference
from auditable.rounding import Printed, read_printed

Block = tuple[str, str, str, str, str]
"""Study, table, stub path of the row group ("" for rows without one), spanner path, arm."""
PROSE_REACH = 60
"""Most characters between two numbers of one phrase in running text."""
CENTRES, LIMITS = ("mean", "median"), ("max", "q3", "ci_high")
MOST_NUMBERS, FEWEST_WORDS_PER_NUMBER, FEW_NUMBERS = 20, 1, 6
"""A "sentence" with more numbers, or fewer words for each, is a table that ran into the text and is not judged."""
_CELLS_FOR_LABEL = re.compile(r"^[^A-Za-z]*\d\s?\([\d.,]+\s?%?\)[^A-Za-z]*\([\d.,]+\s?%?\)[^A-Za-z]*$")
"""A label of numbers alone, two of them in brackets: "21 (4.3) 106 (21.9)"."""
OF_ANOTHER = ("total", "ci_level")
"""Numbers that need no words of their own: the N in "182/896 (20.3 %)"."""


@dataclass(frozen=True, slots=True)
class Observation:
    """One row of the Observations frame, its number read exactly."""

    observation_id: str
    study_id: str
    source: str
    table_id: str
    table_type: str
    row: int
    col: int
    stub_path: str
    spanner_path: str
    section: str
    arm: str
    population: str
    timepoint: str
    variable: str
    category: str
    subgroup: str
    patient: str
    grade: str
    event_kind: str
    speaks_of: str
    reference: str
    subject: str
    statistic: str
    value: str
    decimals: int
    comparator: str
    unit: str
    missing: str
    denominator: str
    denominator_proof: str
    raw_text: str
    quote: str
    start: int
    end: int
    marks: str
    page: int
    x0_pt: float
    top_pt: float
    x1_pt: float
    bottom_pt: float
    agreement: str
    ocr_confidence: float | None
    number: Printed | None

    @property
    def whole(self) -> int | None:
        """The printed whole number, or None."""
        p = self.number
        return int(p.value) if p and not p.comparator and p.value.denominator == 1 else None

    @property
    def label(self) -> str:
        """Innermost stub label; for prose who or what the number speaks of."""
        return self.stub_path.rsplit(PATH_SEPARATOR, 1)[-1] if self.stub_path else self.subject

    @property
    def group(self) -> str:
        """Stub path without the innermost label."""
        return self.stub_path.rsplit(PATH_SEPARATOR, 1)[0] if PATH_SEPARATOR in self.stub_path else ""

    @property
    def place(self) -> str:
        """Where it stands, for messages."""
        if self.source == "table":
            return f"{self.table_id}, {self.label or 'row ' + str(self.row)}"
        return f"page {self.page}, {self.source}"


def number_of(o: Observation) -> Printed:
    """The number of an observation that is known to hold one."""
    if o.number is None:
        raise ValueError(f"{o.observation_id} holds no number")
    return o.number


def count_of(o: Observation) -> int:
    """The whole number of an observation that is known to hold one."""
    if o.whole is None:
        raise ValueError(f"{o.observation_id} holds no whole number")
    return o.whole


@dataclass(frozen=True, slots=True)
class Cell:
    """Statistics printed together: one body cell, or one phrase of a sentence."""

    observations: tuple[Observation, ...]

    @property
    def first(self) -> Observation:
        """The first of them: where the cell stands and what it is called."""
        return self.observations[0]

    @property
    def block(self) -> Block:
        """Rows under one row group in one column and arm: the cells that may share an N."""
        o = self.first
        return (o.study_id, o.table_id, o.group, o.spanner_path, o.arm)

    @property
    def column(self) -> Block:
        """The whole column in one arm."""
        o = self.first
        return (o.study_id, o.table_id, "", o.spanner_path, o.arm)

    def only(self, statistic: str) -> Observation | None:
        """The one observation of this statistic with a printed number; None where there is none or more than one."""
        found = [o for o in self.observations if o.statistic == statistic and o.number is not None]
        return found[0] if len(found) == 1 else None


@dataclass(frozen=True, slots=True)
class About:
    """What a paper is: title and citation as its record gives them, and its DOI or ""."""

    title: str
    citation: str
    doi: str = ""


@dataclass(frozen=True, eq=False)
class Study:
    """All observations of one study, in the order of the frame, and its sentences in reading order; equal to itself
    alone, so that what rules share of it is kept without looking at every number again.

    text: sentences, captions and notes, those without a number too; empty where only observations are at hand.
    about, references, corpus: the paper, its list of references and the other studies; known only where a whole corpus
    is at hand, and the text is then that which speaks of others.
    """

    study_id: str
    observations: tuple[Observation, ...]
    text: tuple[Sentence, ...] = ()
    about: About | None = None
    references: tuple[Reference, ...] = ()
    corpus: tuple[Study, ...] = ()

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        """Table cells, in order of appearance; without rows whose label is cells of another table that ran into it."""
        groups: dict[tuple[object, ...], list[Observation]] = defaultdict(list)
        for o in self.observations:
            if o.source == "table" and not _CELLS_FOR_LABEL.match(o.label):
                key = (
                    o.table_id,
                    o.row,
                    o.col,
                    o.stub_path,
                    o.spanner_path,
                    o.arm,
                    o.category,
                    o.subgroup,
                    o.grade,
                    o.event_kind,
                    o.timepoint,
                    o.population,
                )
                groups[key].append(o)
        return tuple(Cell(tuple(g)) for g in groups.values())

    @cached_property
    def cell_of(self) -> dict[str, Cell]:
        """The cell of each observation of a table, by its id."""
        return {o.observation_id: cell for cell in self.cells for o in cell.observations}

    @cached_property
    def sentence_of(self) -> dict[str, tuple[Observation, ...]]:
        """The numbers of the sentence of each observation of running text, by its id."""
        return {o.observation_id: mentions for mentions in self.sentences for o in mentions}

    @cached_property
    def sentences(self) -> tuple[tuple[Observation, ...], ...]:
        """Numbers of running text, captions and notes by sentence, in printed order."""
        found: dict[tuple[str, int, str, str], list[Observation]] = defaultdict(list)
        for o in self.observations:
            if o.source != "table":
                found[(o.source, o.page, o.section, o.quote)].append(o)  # the abstract may say it in the same words
        ordered = (sorted(mentions, key=lambda o: (o.start, o.end)) for mentions in found.values())
        printed = (copy for mentions in ordered for copy in _printed_apart(mentions))
        return tuple(mentions for mentions in printed if is_running_text(mentions))

    @cached_property
    def phrases(self) -> tuple[Cell, ...]:
        """Numbers that stand close together in one sentence, cut where a statistic comes again."""
        return tuple(Cell(tuple(g)) for mentions in self.sentences for g in _cut_phrases(mentions))

    @cached_property
    def blocks(self) -> dict[Block, list[Cell]]:
        """Cells by block."""
        return group_by(self.cells, "block")

    @cached_property
    def columns(self) -> dict[Block, list[Cell]]:
        """Cells by column."""
        return group_by(self.cells, "column")


def _printed_apart(mentions: Sequence[Observation]) -> list[tuple[Observation, ...]]:
    """One sentence for each time it is printed on a page in the same words: an abstract repeats a result's sentence."""
    seen: Counter[tuple[object, ...]] = Counter()
    copies: dict[int, list[Observation]] = defaultdict(list)
    for o in mentions:
        same = (o.start, o.end, o.statistic, o.variable, o.category, o.arm, o.subgroup, o.timepoint)
        copies[seen[same]].append(o)
        seen[same] += 1
    return [tuple(copy) for copy in copies.values()]


def is_running_text(mentions: Sequence[Observation]) -> bool:
    """Whether the sentence of these numbers is a sentence, and each number is read whole."""
    quote = mentions[0].quote
    words = sum(word.isalpha() and len(word) > 1 for word in quote.replace(",", " ").replace("(", " ").split())
    is_cut = any(quote[max(0, o.start - 1) : o.start].isdigit() or quote[o.end : o.end + 1].isdigit() for o in mentions)
    numbers = sum(o.statistic not in OF_ANOTHER for o in mentions)
    is_dense = numbers >= FEW_NUMBERS and words < FEWEST_WORDS_PER_NUMBER * numbers
    return not is_cut and len(mentions) <= MOST_NUMBERS and not is_dense


def group_by(cells: Iterable[Cell], key: str) -> dict[Block, list[Cell]]:
    """Cells by their block or column, in order."""
    out: dict[Block, list[Cell]] = defaultdict(list)
    for cell in cells:
        out[getattr(cell, key)].append(cell)
    return dict(out)


def read_studies(observations: pd.DataFrame, text: Mapping[str, Sequence[Sentence]] | None = None) -> list[Study]:
    """The studies of an Observations frame, in order of appearance, and those that only have text; no NaN in texts.

    text: the sentences of each study.
    """
    text = text or {}
    columns: dict[str, list[Any]] = {
        name: observations[name].tolist() for name in Observation.__dataclass_fields__ if name != "number"
    }
    by_study: dict[str, list[Observation]] = defaultdict(list, {study_id: [] for study_id in text})
    for values in zip(*columns.values(), strict=True):
        fields = dict(zip(columns, values, strict=True))
        confidence = fields["ocr_confidence"]
        fields["ocr_confidence"] = None if pd.isna(confidence) else confidence
        number = None
        if not fields["missing"] and fields["statistic"] != "text":
            number = read_printed(fields["value"], fields["decimals"], fields["comparator"])
        by_study[fields["study_id"]].append(Observation(**fields, number=number))
    return [Study(study_id, tuple(found), tuple(text.get(study_id, ()))) for study_id, found in by_study.items()]


def _cut_phrases(mentions: Sequence[Observation]) -> list[list[Observation]]:
    out: list[list[Observation]] = []
    for o in mentions:
        is_near = bool(out) and o.start - out[-1][-1].end <= PROSE_REACH
        if is_near and o.statistic not in {p.statistic for p in out[-1]} and not _opens_anew(o, out[-1][-1]):
            out[-1].append(o)
        else:
            out.append([o])
    return out


def _opens_anew(o: Observation, last: Observation) -> bool:
    """Whether a centre stands behind the brackets of limits, which belong to what came before them: "0.82 (0.70 to
    0.96), and a mean of 41".
    """
    return o.statistic in CENTRES and last.statistic in LIMITS and ")" in o.quote[last.end : o.start]
