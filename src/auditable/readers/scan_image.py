"""What a scanned page shows besides its letters: how far it is turned, its ruling lines and its shaded areas.

Comes in: a grey picture of one page (uint8, rows by columns) and its resolution. Goes out: the straightened picture,
and boxes in points. Letters are left to ocr_reader.py; what a line or a shade means is left to layout and grid.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from auditable.model import Box, Fill, Rule

Grey = NDArray[np.uint8]
Mask = NDArray[np.bool_]

OCR_DPI = 300
"""Resolution at which the models were measured to read table type of 7 to 9 points."""
POINTS_PER_INCH = 72
MAX_SKEW_DEGREES = 5.0
"""A page laid askew on the glass; a page that lies sideways is another matter."""
MIN_SKEW_DEGREES = 0.03
"""Below this the far end of a text line is off by less than a third of a point: turning would only blur."""
SKEW_WORK_WIDTH_PX = 1000
INK_SHARE_OF_LEVEL = 0.8
"""Threshold below Otsu's, since the thin strokes of small print are grey."""
MIN_INK_CONTRAST = 24
MIN_LEVEL_RULE_PT = 18.0
"""Shorter strokes are dashes of the text; the underline of a narrow spanner is longer."""
MIN_UPRIGHT_RULE_PT = 20.0
"""Longer than any letter of running text is tall."""
LEVEL_PIECE_PT, LEVEL_GAP_PT = 18.0, 3.0
UPRIGHT_PIECE_PT, UPRIGHT_GAP_PT = 8.0, 14.0
"""A line between columns may show only beside rows without shade: pieces one row tall, gaps one row wide."""
MAX_LINE_DRIFT_PT = 1.0
MAX_RULE_THICKNESS_PT = 3.0
RULE_CONTRAST = 18
"""Grey levels by which a hairline differs from its surroundings, above the noise of a scanner."""
DARK_TONE = 140
WINDOW_SHARE = 0.75
RULE_INK_SHARE = 0.9
"""Share of a stretch that must be ink: text along a base line stays well below."""
RULE_MAX_BESIDE = 0.15
"""Share of ink just above or just below a line, on its cleaner side: strokes of letters go on to both sides."""
STROKE_ZONE = (0.15, 0.72)
STROKE_SHARE = 0.6
FILL_CONTRAST = 7
"""Grey levels between paper and the palest tint told apart, after the noise has been smoothed away."""
DARK_CONTRAST = 90
"""Grey levels between paper and a ground dark enough to carry white letters."""
FILL_SCALE = 0.25
MIN_FILL_WIDTH_PT = 30.0
MIN_FILL_HEIGHT_PT = 6.0
MIN_FILL_SHARE = 0.8
"""Share of its box that a shaded rectangle covers; a photograph or a blot covers less."""


def estimate_skew(grey: Grey) -> float:
    """Degrees by which the text lines run clockwise downhill; 0.0 when the page shows no lines.

    Tries slopes and keeps the one at which ink gathers most sharply into rows (projection profile, Postl 1986).
    """
    scale = min(1.0, SKEW_WORK_WIDTH_PX / grey.shape[1])
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    ys, xs = np.nonzero(ink_mask(_grey(small)))
    if len(ys) < 50:
        return 0.0
    best = 0.0
    for step, reach in ((0.25, MAX_SKEW_DEGREES), (0.05, 0.25), (0.01, 0.05)):
        n = round(reach / step)  # geometry
        angles = [best + k * step for k in range(-n, n + 1)]
        # On a tie the smaller turn wins, so that a blank or a picture page stays as it is.
        best = max(angles, key=lambda a: (_row_sharpness(xs, ys, a), -abs(a)))
    return 0.0 if abs(best) < MIN_SKEW_DEGREES else float(f"{best:.2f}")


def _row_sharpness(xs: NDArray[np.intp], ys: NDArray[np.intp], degrees: float) -> int:
    rows = np.rint(ys - xs * np.tan(np.radians(degrees))).astype(np.int64)
    counts = np.bincount(rows - rows.min()).astype(np.int64)
    return int((np.diff(counts) ** 2).sum())


def straighten(picture: Grey, skew_degrees: float) -> Grey:
    """The picture turned about its middle so that text lines run level; same size, the corners filled from the edge."""
    if skew_degrees == 0.0:
        return picture
    height, width = picture.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), skew_degrees, 1.0)
    return np.asarray(
        cv2.warpAffine(picture, matrix, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE),
        dtype=np.uint8,
    )


def _grey(picture: cv2.typing.MatLike) -> Grey:
    return np.asarray(picture, dtype=np.uint8)


def ink_mask(grey: Grey) -> Mask:
    """Where a picture is ink: unlike its commonest tone, be that paper or a dark ground under white letters."""
    ground = int(np.bincount(cv2.medianBlur(grey, 3).ravel(), minlength=256).argmax())
    difference = cv2.absdiff(grey, np.full_like(grey, ground))
    level, _ = cv2.threshold(difference, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    return np.asarray(difference > max(level * INK_SHARE_OF_LEVEL, MIN_INK_CONTRAST), dtype=np.bool_)


def find_rules(grey: Grey, dpi: int) -> tuple[Rule, ...]:
    """Thin straight lines of a straightened picture, top to bottom and left to right."""
    px = dpi / POINTS_PER_INCH
    level = [
        b for b in _join_in_line(_line_boxes(grey, px, LEVEL_PIECE_PT), LEVEL_GAP_PT) if b.width >= MIN_LEVEL_RULE_PT
    ]
    pieces = _line_boxes(np.ascontiguousarray(grey.T), px, UPRIGHT_PIECE_PT)
    upright = [b for b in _join_in_line(pieces, UPRIGHT_GAP_PT) if b.width >= MIN_UPRIGHT_RULE_PT]
    rules = [Rule(b, is_horizontal=True) for b in level]
    rules += [Rule(Box(b.top, b.x0, b.bottom, b.x1), is_horizontal=False) for b in upright]
    return tuple(sorted(rules, key=lambda r: (r.box.top, r.box.x0, r.box.bottom, r.box.x1)))


def drop_strokes(rules: Sequence[Rule], text_lines: Sequence[Box]) -> tuple[Rule, ...]:
    """The rules without those that are strokes of letters: level ones amid a line of text, upright ones in lines."""
    return tuple(rule for rule in rules if not _is_stroke(rule, text_lines))


def _is_stroke(rule: Rule, text_lines: Sequence[Box]) -> bool:
    box = rule.box
    if rule.is_horizontal:
        # The middle of a text line: an underline runs lower, the line above a row higher.
        return any(
            t.x0 <= box.x0 + 1
            and box.x1 - 1 <= t.x1
            and t.top + STROKE_ZONE[0] * t.height <= box.y_mid <= t.top + STROKE_ZONE[1] * t.height
            for t in text_lines
        )
    covered = sum(
        max(0.0, min(t.bottom, box.bottom) - max(t.top, box.top)) for t in text_lines if t.x0 < box.x_mid < t.x1
    )
    return covered > STROKE_SHARE * box.height


def _line_boxes(grey: Grey, px: float, piece_pt: float) -> list[Box]:
    """Boxes of thin level lines, dark on pale or white on dark: unlike what lies above and below, so no edge of a
    shade."""
    thickness = int(MAX_RULE_THICKNESS_PT * px) | 1
    across = np.ones((thickness, 1), np.uint8)
    on_pale = cv2.morphologyEx(grey, cv2.MORPH_BLACKHAT, across) > RULE_CONTRAST
    is_dark = cv2.erode(grey, across) < DARK_TONE
    on_dark = (cv2.morphologyEx(grey, cv2.MORPH_TOPHAT, across) > RULE_CONTRAST) & is_dark
    boxes = []
    for ink in (on_pale.astype(np.float32), on_dark.astype(np.float32)):
        boxes.extend(_dense_runs(ink, px, piece_pt, thickness))
    return boxes


def _dense_runs(ink: NDArray[np.float32], px: float, piece_pt: float, thickness: int) -> list[Box]:
    window = int(piece_pt * WINDOW_SHARE * px) | 1
    dense = (cv2.blur(ink, (window, 1)) >= RULE_INK_SHARE).astype(np.uint8)
    # The window falls short of a line's ends by half its width: grow back, then keep what is ink.
    grown = cv2.bitwise_and(
        cv2.dilate(dense, np.ones((1, window), np.uint8)), (cv2.blur(ink, (5, 1)) > 0.5).astype(np.uint8)
    )
    joined = cv2.morphologyEx(grown, cv2.MORPH_CLOSE, np.ones((3, 9), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    return [
        Box(float(x) / px, float(y) / px, float(x + w) / px, float(y + h) / px)
        for x, y, w, h, _ in stats[1:].tolist()
        if w >= piece_pt * px and h <= thickness and _stands_free(ink, (x, y, w, h), thickness)
    ]


def _stands_free(ink: NDArray[np.float32], place: tuple[int, int, int, int], thickness: int) -> bool:
    x, y, w, h = place
    above = ink[max(0, y - thickness // 2) : max(0, y - 1), x : x + w]
    below = ink[y + h + 1 : y + h + thickness // 2, x : x + w]
    return min((float(side.mean()) if side.size else 0.0) for side in (above, below)) <= RULE_MAX_BESIDE


def _join_in_line(boxes: list[Box], gap_pt: float) -> list[Box]:
    """Pieces of one broken line made one: same height, and no wider gap than given."""
    joined: list[Box] = []
    for box in sorted(boxes, key=lambda b: (b.x0, b.top)):
        for i, left in enumerate(joined):
            if abs(left.y_mid - box.y_mid) <= MAX_LINE_DRIFT_PT and box.x0 - left.x1 <= gap_pt:
                joined[i] = Box(left.x0, min(left.top, box.top), max(left.x1, box.x1), max(left.bottom, box.bottom))
                break
        else:
            joined.append(box)
    return joined


def find_fills(grey: Grey, dpi: int) -> tuple[Fill, ...]:
    """Shaded rectangles of a straightened picture, dark or pale, top to bottom."""
    px = dpi / POINTS_PER_INCH * FILL_SCALE
    small = cv2.resize(grey, None, fx=FILL_SCALE, fy=FILL_SCALE, interpolation=cv2.INTER_AREA)
    window = 2 * int(2 * px) + 1
    # Closing wipes dark letters off a pale ground; a dark ground with white letters needs opening.
    pale = cv2.medianBlur(cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((window, window), np.uint8)), window)
    dark = cv2.medianBlur(
        cv2.morphologyEx(small, cv2.MORPH_OPEN, np.ones((window // 2, window // 2), np.uint8)), window
    )
    paper = int(np.bincount(pale.ravel(), minlength=256)[128:].argmax()) + 128
    fills: list[Fill] = []
    is_dark = dark < paper - DARK_CONTRAST
    for mask, tone in ((is_dark & (pale < paper - DARK_CONTRAST // 2), dark), (pale < paper - FILL_CONTRAST, pale)):
        fills.extend(_rectangles(mask, _grey(tone), px, [f.box for f in fills]))
    return tuple(sorted(fills, key=lambda f: (f.box.top, f.box.x0)))


def _rectangles(mask: Mask, tone: Grey, px: float, known: list[Box]) -> list[Fill]:
    whole = cv2.morphologyEx(mask.astype(np.uint8), cv2.MORPH_OPEN, np.ones((int(4 * px), int(20 * px)), np.uint8))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(whole, connectivity=4)
    fills = []
    for label, (x, y, w, h, area) in enumerate(stats.tolist()):
        box = Box(x / px, y / px, (x + w) / px, (y + h) / px)
        is_wide = box.width >= MIN_FILL_WIDTH_PT and box.height >= MIN_FILL_HEIGHT_PT
        if label == 0 or not is_wide or area < MIN_FILL_SHARE * w * h or any(box.contains(k) for k in known):
            continue
        level = int(np.median(tone[labels == label]))
        fills.append(Fill(box, f"#{level:02x}{level:02x}{level:02x}"))
    return fills
