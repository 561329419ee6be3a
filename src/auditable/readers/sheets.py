"""The sheet behind the page that a viewer shows: where the visible page lies on it.

Comes in: an open PDF, a page number, a turn. Goes out: a box in points, for a reader that counts from the sheet's
corner and wants its text upright.
"""

from __future__ import annotations

import pypdfium2 as pdfium

from auditable.model import Box


def media_frame(document: pdfium.PdfDocument, page_number: int, turn_degrees: int = 0) -> Box:
    """The whole sheet of a page as viewed, in the coordinates of the visible page turned clockwise.

    The visible page (crop box) may be part of the sheet (media box); a reader that counts from the sheet's corner
    needs both.
    """
    page = document[page_number - 1]
    rotation = (page.get_rotation() + turn_degrees) % 360
    frame = _viewed(page.get_mediabox() or page.get_bbox(), page.get_bbox(), rotation)
    page.close()
    return frame


def _viewed(sheet: tuple[float, ...], seen: tuple[float, ...], rotation: int) -> Box:
    left, bottom, right, top = (seen[0] - sheet[0], seen[1] - sheet[1], sheet[2] - seen[2], sheet[3] - seen[3])
    width, height = seen[2] - seen[0], seen[3] - seen[1]
    # Each clockwise quarter turn brings the lower margin to the left, the left one to the top, and so on.
    for _ in range(rotation // 90):
        left, top, right, bottom = bottom, left, top, right
        width, height = height, width
    return Box(-left, -top, width + right, height + bottom)
