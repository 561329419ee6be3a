"""What a paper says of itself, each fact with the place it was read in.

Comes in: nothing. Goes out: the shapes Fact and PaperFacts. Finding the facts is left to the front_* modules, writing
them into paper.yaml to intake_about.py.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fact:
    """A value and where it was read, in words for paper.yaml; value "" where nothing was found, and then why."""

    value: str = ""
    read_from: str = ""

    def __bool__(self) -> bool:
        return bool(self.value)


@dataclass(frozen=True, slots=True)
class PaperFacts:
    """What the front pages and the metadata say.

    surname: of the first author, as printed, with its particles. authors: as many names as could be read, the first
    first. n_pages, is_scan: of the file. notes: what a human should know of how sure this is.
    """

    title: Fact = Fact()
    doi: Fact = Fact()
    year: Fact = Fact()
    surname: Fact = Fact()
    authors: tuple[str, ...] = ()
    journal: Fact = Fact()
    licence: Fact = Fact()
    n_pages: int = 1
    is_scan: bool = False
    notes: tuple[str, ...] = ()
