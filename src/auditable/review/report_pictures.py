"""The pictures of the report, shared out evenly over its studies, so that the page stays small.

Comes in: the studies of a run and their views. Goes out: pictures by card, pages by study. Taking them is left to
pictures.py and page_views.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from auditable.review.page_views import PageView, view_pages
from auditable.review.pictures import Picture, take_pictures
from auditable.review.study_view import StudyReport, StudyView

MAX_PICTURES = 240
"""Pictures in one report: at about 20 kB each the page stays below 8 MB. The gravest cards of each study come first."""
MAX_PAGE_PICTURES = 60
"""Pictures of whole pages in one report, at about 90 kB each."""


def card_pictures(studies: Sequence[StudyReport], views: Sequence[StudyView]) -> dict[str, tuple[Picture, ...]]:
    """Pictures by card, shared out evenly: each study shows its gravest cards first until the page is full."""
    paths = _paths(studies)
    share = max(MAX_PICTURES // max(1, sum(bool(v.cards) for v in views)), 1)
    room = MAX_PICTURES
    pictures: dict[str, tuple[Picture, ...]] = {}
    for view in views:
        path = paths.get(view.study_id)
        if path is None:
            continue
        shown, left = [], min(share, room)
        for card in view.cards:
            if card.places and left > 0:
                shown.append((card.item_id, card.places[:left]))
                left -= len(shown[-1][1])
        wanted = [place for _, places in shown for place in places]
        room -= len(wanted)
        taken = iter(take_pictures(path, wanted))
        pictures |= {item_id: tuple(next(taken) for _ in places) for item_id, places in shown}
    return pictures


def page_pictures(studies: Sequence[StudyReport]) -> dict[str, list[PageView]]:
    """Pages with their tables drawn on, by study, shared out evenly."""
    paths = _paths(studies)
    share = max(MAX_PAGE_PICTURES // max(1, len(studies)), 1)
    room, found = MAX_PAGE_PICTURES, {}
    for study in sorted(studies, key=lambda s: s.study_id):
        if study.study_id in paths and room > 0:
            found[study.study_id] = view_pages(paths[study.study_id], study.tables, study.pages, min(share, room))
            room -= len(found[study.study_id])
    return found


def _paths(studies: Sequence[StudyReport]) -> dict[str, Path]:
    """The PDFs that can be drawn; not those of a broken study, which may be another file by now."""
    return {s.study_id: s.pdf_path for s in studies if s.pdf_path and s.pdf_path.is_file() and not s.error}
