"""What a second reader is asked for and what it answers: a region of a page, and the rows of cells it made of it.

Comes in and goes out of camelot_reader.py, which takes over a second to load: who only compares readings need not wait.
"""

from __future__ import annotations

from dataclasses import dataclass

from auditable.model import Box


@dataclass(frozen=True, slots=True)
class SecondRegion:
    """What is to be read: a box on a page, in points of the page turned clockwise by turn_degrees.

    separators: x of the borders between columns, left to right; without any, camelot finds the columns itself.
    """

    page: int
    box: Box
    turn_degrees: int = 0
    separators: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class SecondCell:
    """One cell as the second reader saw it; its box is the tile between row and column boundaries, not the ink."""

    text: str
    box: Box


@dataclass(frozen=True, slots=True)
class SecondReading:
    """One region read a second time, rows top down; problem says in plain words why rows is empty, else ""."""

    rows: tuple[tuple[SecondCell, ...], ...]
    problem: str = ""
