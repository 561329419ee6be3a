"""One recognised word → its parts: what stands on the base line and what is raised, told by the ink.

Comes in: letters with rough places, the word's ink, its base line and size. Goes out: Parts, left to right. A raised
part is a note mark, a citation number or an exponent; which of them is left to marks.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from auditable.model import Box
from auditable.readers.scan_image import Mask

RAISED_LEAST_EM = 0.14
"""How far above the base line the ink of a raised letter ends, at least."""
RAISED_LETTER_EM = 0.28
"""Height of the smallest raised letter; a dash, a comma or a speck is lower."""
MAX_MARK_LETTERS = 3
"""Of a mark such as "a,b"."""
RAISED_LOOKALIKES = "°ºª"
"""What the recogniser sees in a small raised figure or letter: 10° for 10⁹, ª for a."""


@dataclass(frozen=True, slots=True)
class Letter:
    """One recognised character; x_px is about its middle, None for white space."""

    char: str
    confidence: float
    x_px: float | None


@dataclass(frozen=True, slots=True)
class Line:
    """One recognised line with its box in pixels."""

    box: Box
    letters: tuple[Letter, ...]

    @property
    def text(self) -> str:
        """The line as recognised."""
        return "".join(letter.char for letter in self.letters)


@dataclass(frozen=True, slots=True)
class Run:
    """Ink between two columns of white: first and last pixel column."""

    x0: int
    x1: int


@dataclass(frozen=True, slots=True)
class Part:
    """Letters of one word with their ink, all on the base line or all raised."""

    letters: tuple[Letter, ...]
    run: Run
    is_raised: bool


def part_raised(letters: tuple[Letter, ...], run: Run, ink: Mask, base: float, size: float) -> list[Part]:
    """The word cut where figures or letters leave the base line: note marks, citation numbers, exponents.

    Every letter and figure stands on the base line or hangs below it; one whose ink ends well above it is raised.
    """
    runs = [Run(r.x0 + run.x0, r.x1 + run.x0) for r in ink_runs(np.asarray(ink[:, run.x0 : run.x1 + 1].any(axis=0)))]
    raised = _raised_runs(runs, ink, base, size)
    if len(letters) < 2 or not any(raised) or all(raised):
        return [Part(letters, run, is_raised=False)]
    # Where each letter has ink of its own, no place has to be guessed.
    flags = raised if len(runs) == len(letters) else [raised[_nearest(runs, x)] for x in _places(letters, runs)]
    parts = [
        (tuple(letter for letter, _ in group), is_raised)
        for is_raised, group in groupby(zip(letters, flags, strict=True), key=lambda pair: pair[1])
    ]
    # Quotes, dashes and asterisks hang above the base line by nature.
    texts = ["".join(letter.char for letter in part) for part, _ in parts]
    if not all(_may_be_raised(texts, i) for i, (_, is_raised) in enumerate(parts) if is_raised):
        return [Part(letters, run, is_raised=False)]
    # As many groups of ink as groups of letters, else the letters' places are not to be trusted.
    spans = [list(group) for _, group in groupby(range(len(runs)), key=lambda i: raised[i])]
    if len(spans) != len(parts):
        return [Part(letters, run, is_raised=False)]
    return [
        Part(part, Run(runs[span[0]].x0, runs[span[-1]].x1), is_raised)
        for (part, is_raised), span in zip(parts, spans, strict=True)
    ]


def _nearest(runs: Sequence[Run], x: float) -> int:
    return min(range(len(runs)), key=lambda i: max(runs[i].x0 - x, x - runs[i].x1))


def _may_be_raised(texts: Sequence[str], i: int) -> bool:
    """Whether a part can be a mark or an exponent: figures, or one or two letters that do not stand amid a word."""
    text = texts[i]
    if not all(char.isalnum() or char in ",-–" or char in RAISED_LOOKALIKES for char in text):
        return False
    before, after = "".join(texts[:i]), "".join(texts[i + 1 :])
    is_amid = before[-1:].isalpha() and after[:1].isalpha()
    return not any(char.isalpha() for char in text) or (len(text) <= MAX_MARK_LETTERS and not is_amid)


def _raised_runs(runs: Sequence[Run], ink: Mask, base: float, size: float) -> list[bool]:
    """For each run of ink whether it is a raised letter; dashes and commas are what the letters on both sides are."""
    flags: list[bool | None] = []
    for run in runs:
        rows = np.flatnonzero(ink[:, run.x0 : run.x1 + 1].any(axis=1))
        is_letter = rows[-1] - rows[0] + 1 >= RAISED_LETTER_EM * size
        flags.append(bool(rows[-1] + 1 < base - RAISED_LEAST_EM * size) if is_letter else None)
    settled = []
    for i, flag in enumerate(flags):
        before = next((f for f in reversed(flags[:i]) if f is not None), False)
        after = next((f for f in flags[i + 1 :] if f is not None), False)
        settled.append(flag if flag is not None else before and after)
    return settled


def _places(letters: Sequence[Letter], runs: Sequence[Run]) -> list[float]:
    """Where the letters stand: the recogniser's places, shifted and stretched so that the outer ones meet the outer
    ink."""
    left, right = (runs[0].x0 + runs[0].x1) / 2, (runs[-1].x0 + runs[-1].x1) / 2
    first, last = place_of(letters[0]), place_of(letters[-1])
    stretch = (right - left) / (last - first) if last > first else 1.0
    return [left + (place_of(letter) - first) * stretch for letter in letters]


def ink_runs(columns: Mask) -> list[Run]:
    """Runs of inked pixel columns, left to right."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], columns.astype(np.int8), [0]))))
    return [Run(int(a), int(b) - 1) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def place_of(letter: Letter) -> float:
    """The letter's middle in pixels, 0.0 for white space."""
    return letter.x_px if letter.x_px is not None else 0.0
