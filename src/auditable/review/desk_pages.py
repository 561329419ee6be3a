"""The desk → the HTML of the review page.

Comes in: the desk, filters, and the item to show. Goes out: one page: the item with its pictures, the verdicts to give,
and the list around it. Escaping what articles print is left to environment.py; what requests ask for and what they may
is left to server.py and desk_guard.py.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import ceil

from jinja2 import Environment, Template
from markupsafe import Markup, escape

from auditable.readers.scan_image import POINTS_PER_INCH
from auditable.review.cards import GOLD_RULE, SEVERITY_ORDER
from auditable.review.desk_gold import KeyedCell
from auditable.review.desk_queue import ALL, OPEN, PAGE_LENGTH, Entry, Filters, find_spot, pick_entries
from auditable.review.desk_session import Desk, Standing
from auditable.review.desk_shelf import PAGE_DPI, ZOOM_DPI, Material, pages_of, whole_page
from auditable.review.environment import make_environment, read_asset
from auditable.review.pictures import Place
from auditable.review.report import SEVERITY_WORDS, STATE_OF_ITEM
from schemas.desk_frames import DECISIONS
from schemas.frames import STATISTICS

VERDICT_WORDS = {
    "article is wrong": "the print cannot be right",
    "our reading is wrong": "the page says something else than we read",
    "gold is wrong": "the keyed record is not what the page says",
    "explained": "both are right; the note says why",
    "won't fix": "known, and left as it is",
}
"""What each verdict says, in the order of their keys."""
STATE_FILTERS = {OPEN: "to decide", ALL: "all", **STATE_OF_ITEM}
CELLS_AROUND = 12
"""Cells listed before and after the one that is shown."""


@dataclass(frozen=True)
class Told:
    """A message above the item. note: what the curator had typed when a verdict was not saved."""

    words: str
    note: str | None = None


@dataclass(frozen=True)
class PictureView:
    """One picture: its number among those of the item, whether it shows a whole page or the strip around the place, its
    size, and where in it (0..1) the outlined spot lies.
    """

    number: int
    page: int
    is_page: bool
    has_partners: bool
    width_px: int
    height_px: int
    across: float
    down: float


@dataclass(frozen=True)
class GoldView:
    """What the page of one keyed cell shows. typed: form fields that were not saved; back: the item it came from."""

    material: Material
    who: str
    cells: Sequence[KeyedCell]
    cell: KeyedCell
    place: Place | None
    told: str
    typed: Mapping[str, str]
    back: str


def render_desk(desk: Desk, filters: Filters, item_id: str = "", told: Told | None = None) -> str:
    """The page with one item of the queue; the first one when the id names none."""
    look = desk.look()
    shown = pick_entries(look.entries, filters, look.state)
    entry = look.by_id.get(item_id) or (shown[0] if shown else None)
    if item_id and item_id not in look.by_id and told is None:
        told = Told("The item that was asked for is no more: a run resolved it, or its place has another name now.")
    within = pick_entries(look.entries, filters.with_any_state(), look.state)
    context = {
        "filters": filters,
        "told": told,
        "entry": entry,
        "spot": find_spot(shown, entry) if entry else None,
        "n_all": len(within),
        "n_closed": sum(look.state(e.item_id) == "closed" for e in within),
        "n_shown": len(shown),
        "states": {e.item_id: look.state(e.item_id) for e in shown},
        "choices": _choices(look.entries),
        "step": desk.steps[-1] if desk.steps else None,
        "who": desk.who,
        "unknown_ids": look.unknown_ids,
        "problems": look.problems,
    }
    item = _item(desk, entry, look.standings[entry.item_id], told) if entry else {}
    return _template("desk.html.j2").render(**context, **item)


def render_gold(view: GoldView) -> str:
    """One cell of a keyer's file beside its ink."""
    start = max(0, view.cell.number - 1 - CELLS_AROUND)
    places = [view.place] if view.place else []
    return _template("desk_gold.html.j2").render(
        **vars(view),
        study_id=view.material.study_id,
        problem=view.material.problem,
        n_checked=sum(c.is_checked for c in view.cells),
        around=view.cells[start : view.cell.number + CELLS_AROUND],
        first=start + 1,
        statistics=STATISTICS,
        pictures=_strips(places),
        pages=_whole_pages(places, view.material),
        searched=[] if places else pages_of(view.material, view.cell.table_id),
    )


def render_gold_start(material: Material, who: str, sources: Sequence[str], back: str) -> str:
    """The page of someone who has no file of this study yet: what it may begin with."""
    return _template("desk_gold.html.j2").render(
        study_id=material.study_id, who=who, sources=sources, back=back, cells=(), told=""
    )


def render_problem(words: str) -> str:
    """A page that says why nothing can be shown or saved."""
    return _template("desk_problem.html.j2").render(words=words)


@cache
def asset(name: str) -> str:
    """A style sheet or script of the page: the report's own style first, then what the desk adds."""
    names = ("report.css", "desk.css") if name == "desk.css" else (name,)
    return "\n".join(read_asset(n) for n in names)


def _item(desk: Desk, entry: Entry, standing: Standing, told: Told | None) -> dict[str, object]:
    card = desk.card(entry, standing)
    material = desk.shelf.material(entry.study_id)
    note = told.note if told and told.note is not None else card.note
    return {
        "card": card,
        "standing": standing,
        "pictures": _strips(card.places),
        "pages": _whole_pages(card.places, material),
        "searched": [] if card.places else pages_of(material, card.table_id),
        "problem": material.problem,
        # As typed: a note in Arabic or Hebrew may hold signs of direction, and is sent back as it stands in the form.
        "note": Markup(escape(note)),
    }


def _strips(places: Sequence[Place]) -> list[PictureView]:
    return [_picture_view(i, place, ZOOM_DPI, is_page=False) for i, place in enumerate(places)]


def _whole_pages(places: Sequence[Place], material: Material) -> list[PictureView]:
    """Each page once: the first place on it is the one that is outlined there."""
    first = {place.page: i for i, place in reversed(list(enumerate(places)))}
    return [
        _picture_view(i, whole_page(places[i], material.reading), PAGE_DPI, is_page=True)
        for i in sorted(first.values())
    ]


def _picture_view(number: int, place: Place, dpi: int, *, is_page: bool) -> PictureView:
    strip, px = place.strip, dpi / POINTS_PER_INCH
    width_px, height_px = (ceil(b * px) - int(a * px) for a, b in ((strip.x0, strip.x1), (strip.top, strip.bottom)))
    return PictureView(number, place.page, is_page, bool(place.partners), width_px, height_px, *place.spot)


def _choices(entries: Sequence[Entry]) -> dict[str, dict[str, str]]:
    """What each filter offers: its values, and the words for them."""
    severities = [s for s in SEVERITY_ORDER if any(e.severity == s for e in entries)]
    rules = sorted({e.rule for e in entries})
    return {
        "study": {s: s for s in sorted({e.study_id for e in entries})},
        "severity": {s: SEVERITY_WORDS[s] for s in severities},
        "rule": {r: "comparison with gold" if r == GOLD_RULE else r for r in rules},
        "state": STATE_FILTERS,
    }


@cache
def _environment() -> Environment:
    environment = make_environment()
    environment.globals |= {
        "severity_words": SEVERITY_WORDS,
        "state_words": STATE_OF_ITEM,
        "verdicts": [(str(i), v, VERDICT_WORDS[v]) for i, v in enumerate(DECISIONS, 1)],
        "page_length": PAGE_LENGTH,
        "version": hashlib.sha256((asset("desk.css") + asset("desk.js")).encode()).hexdigest()[:12],
    }
    return environment


def _template(name: str) -> Template:
    return _environment().get_template(name)
