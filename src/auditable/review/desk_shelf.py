"""What the review page knows of single studies, and the pictures of their pages: fetched when wanted, a few kept.

Comes in: the folders of the studies. Goes out: Materials (frames, tables, cards, the paper) and PNG pictures of places.
What there is to decide is left to desk_session.py and desk_gold.py.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from auditable.items import list_items
from auditable.model import AuditableError, Box, Paper, Reading
from auditable.papers import load_paper
from auditable.readers.page_pictures import render_page
from auditable.review.cards import DESK_COLUMNS, Card, make_cards
from auditable.review.pictures import Place, take_pictures
from auditable.store import StudyFrames, join_findings, read_corpus_file, read_study

_K = TypeVar("_K")
_V = TypeVar("_V")
ACROSS = "findings_across"
KEPT_STUDIES, KEPT_PICTURES = 8, 64
"""How many studies and how many pictures stay in memory: some tens of MB."""
ZOOM_DPI, PAGE_DPI = 150, 100
"""A strip in which a superscript can be read; a page that fits a screen."""


@dataclass(frozen=True)
class Sources:
    """Where the studies lie, and how the tables of one are read."""

    raw_dir: Path
    curated_dir: Path
    read_tables: Callable[[Path, str], Reading]


@dataclass(frozen=True)
class Material:
    """One study as it is now. paper: None where problem says why there are no pictures. cards: by item, without the
    curator's verdicts. number: another one each time it is read anew.
    """

    study_id: str
    study_folder: Path
    paper: Paper | None
    problem: str
    reading: Reading
    frames: StudyFrames
    cards: Mapping[str, Card]
    number: int


class Shelf:
    """The materials and pictures fetched so far."""

    def __init__(self, sources: Sources) -> None:
        self.sources = sources
        self._materials: OrderedDict[str, Material] = OrderedDict()
        self._pictures: OrderedDict[tuple[int, Place | int, bool], bytes] = OrderedDict()
        self._n_read = 0

    def clear(self) -> None:
        """Forgets all: the files changed."""
        self._materials.clear()
        self._pictures.clear()

    def material(self, study_id: str) -> Material:
        """One study; raises AuditableError where a run left none, or is writing it just now."""
        if study_id not in self._materials:
            self._n_read += 1
            _keep(self._materials, study_id, _read(self.sources, study_id, self._n_read), KEPT_STUDIES)
        self._materials.move_to_end(study_id)
        return self._materials[study_id]

    def picture(self, material: Material, place: Place, is_page: bool) -> bytes | None:
        """PNG of the strip around a place, or of its whole page; None where the paper cannot be shown."""
        if material.paper is None:
            return None
        pdf_path = material.paper.pdf_path

        def take() -> bytes:
            wanted = whole_page(place, material.reading) if is_page else place
            return take_pictures(pdf_path, [wanted], PAGE_DPI if is_page else ZOOM_DPI)[0].png

        return self._kept((material.number, place, is_page), take)

    def page(self, material: Material, number: int) -> bytes | None:
        """PNG of a page as it is; None where the paper has no such page, or cannot be shown."""
        if material.paper is None or number not in {page.number for page in material.reading.pages}:
            return None
        pdf_path = material.paper.pdf_path
        return self._kept((material.number, number, True), lambda: render_page(pdf_path, number, PAGE_DPI))

    def _kept(self, key: tuple[int, Place | int, bool], take: Callable[[], bytes]) -> bytes:
        if key not in self._pictures:
            _keep(self._pictures, key, take(), KEPT_PICTURES)
        self._pictures.move_to_end(key)
        return self._pictures[key]


def pages_of(material: Material, table_id: str) -> list[int]:
    """The pages where a thing must stand that was not read: those of its table, or all of them."""
    table = next((t for t in material.reading.tables if t.table_id == table_id), None)
    if table is None:
        return [page.number for page in material.reading.pages]
    return list(dict.fromkeys(piece.page for piece in table.pieces))


def whole_page(place: Place, reading: Reading) -> Place:
    """The place in the picture of its whole page, turned as the place is."""
    size = next(page for page in reading.pages if page.number == place.page)
    width, height = size.width_pt, size.height_pt
    if place.turn_degrees % 180:
        width, height = height, width
    return replace(place, strip=Box(0, 0, width, height))


def _read(sources: Sources, study_id: str, number: int) -> Material:
    reading = sources.read_tables(sources.curated_dir, study_id)
    frames, across = read_study(sources.curated_dir, study_id), read_corpus_file(sources.curated_dir, ACROSS)
    frames = replace(frames, findings=join_findings(frames.findings, across, study_id))
    items = list_items(frames.findings, frames.discrepancies)
    items = items.assign(**{name: "" for name in DESK_COLUMNS if name not in items})
    cards = {card.item_id: card for card in make_cards(frames, reading.tables, reading.pages, items)}
    folder = sources.raw_dir / study_id
    try:
        paper, problem = load_paper(folder), ""
    except AuditableError as error:
        paper, problem = None, str(error)
    return Material(study_id, folder, paper, problem, reading, frames, cards, number)


def _keep(kept: OrderedDict[_K, _V], key: _K, thing: _V, most: int) -> None:
    """Puts a thing among those kept; the one that was not asked for longest goes."""
    kept[key] = thing
    while len(kept) > most:
        kept.popitem(last=False)
