"""Recognised text lines → words with their ink: where one word ends and the next begins is taken from the white of the
picture.

Comes in: lines of letters with rough positions, the straightened picture, its ruling lines. Goes out: Words with boxes
in points. The recogniser often drops or adds white space around brackets and joins neighbouring cells; the picture
shows the true gaps.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

import numpy as np

from auditable.model import Box, Rule, Word
from auditable.readers.numerals import settle_numeral
from auditable.readers.raised_parts import Letter, Line, Part, Run, ink_runs, part_raised, place_of
from auditable.readers.scan_image import POINTS_PER_INCH, Grey, Mask, ink_mask

GAP_SURE_EM = 0.20
"""White this wide parts two words whatever the recogniser says; letters of one word stand closer."""
NARROW = frozenset("1Iil|.,:;'")
NARROW_BEARING_EM = 0.14
RAISED_SIZE, RAISED_BY_EM = 0.65, 0.33
DISTANCE_WEIGHT = 0.3
MAX_BASE_DRIFT_EM = 0.3
BAND_INK_SHARE, RAGGED_INK_SHARE, BAND_REACH = 0.9, 0.5, 0.3
"""A row of the picture so full of ink is a shade's edge, the rows behind it so full its ragged rest; letters fill
less. It is sought in so much of the line's height from its top and its foot."""
UPRIGHT_INK_SHARE = 0.8
"""Share of a text line's height that an upright rule fills with ink where it is drawn; no letter is so tall."""
GAP_LEAST_EM = 0.10
"""White narrower than this parts nothing: the space the recogniser saw there is not on the page."""
CAP_EM, X_EM, DESCENT_EM = 0.72, 0.53, 0.21
"""Heights of capitals and digits, of small letters, and depth of descenders, in parts of the type size (book faces)."""
ASCENT_BOX_EM, DESCENT_BOX_EM = 0.80, 0.22
"""How far a word's box reaches above and below its base line, as in the boxes of a text layer."""
SMALL_LETTERS = frozenset("acemnorsuvwxzgpqy,.:;-–—−·…~=+<>≥≤«»*'\"’“”°^")
DESCENDERS = frozenset("gjpqy,;()[]{}/|Qß§µ")
NO_BASE_LINE = frozenset("-–—−·~=+<>*'\"’“”°^•")


def split_words(lines: Iterable[Line], grey: Grey, rules: Sequence[Rule], dpi: int) -> tuple[Word, ...]:
    """The words of all lines, line by line, each with the box of its ink and its weakest letter's confidence."""
    px = dpi / POINTS_PER_INCH
    level = _places_of([rule for rule in rules if rule.is_horizontal], grey, px)
    upright = _places_of([rule for rule in rules if not rule.is_horizontal], grey, px)
    return tuple(word for line in lines for word in _line_words(line, grey, (level, upright), px))


def _places_of(rules: Sequence[Rule], grey: Grey, px: float) -> Mask:
    places = np.zeros(grey.shape, dtype=np.bool_)
    for rule in rules:
        b = rule.box
        rows = slice(max(0, int(b.top * px) - 1), int(b.bottom * px) + 2)
        places[rows, max(0, int(b.x0 * px) - 1) : int(b.x1 * px) + 2] = True
    return places


def _line_words(line: Line, grey: Grey, rules_at: tuple[Mask, Mask], px: float) -> list[Word]:
    x0, top, x1, bottom = (max(0, int(v)) for v in line.box.as_tuple())
    level, upright = (places[top:bottom, x0:x1] for places in rules_at)
    ink = _line_ink(grey[top:bottom, x0:x1], level, upright)
    seen = _measure(line.letters, ink)
    chunks = _split_letters(line, ink_runs(np.asarray(ink.any(axis=0))), x0, seen.size_px)
    measured = [_measure(letters, ink[:, run.x0 : run.x1 + 1]) for letters, run in chunks]
    sure = [m for m in measured if m.is_sure] or [seen]
    size_px, base_px = median(m.size_px for m in sure), median(m.base_px for m in sure)
    words = []
    for (letters, run), own in zip(chunks, measured, strict=True):
        # A word without letters on the base line ("–", "*") borrows the line's; so does one whose ink touches a smudge.
        is_own = own.is_sure and abs(own.base_px - base_px) < MAX_BASE_DRIFT_EM * size_px
        base = own.base_px if is_own else base_px
        parts = part_raised(letters, run, ink, base_px if is_own else base, size_px)
        for i, part in enumerate(parts):
            seen_text = "".join(letter.char for letter in part.letters)
            text = settle_numeral(seen_text, ink[:, part.run.x0 : part.run.x1 + 1])
            words.append(_word(text, part, size_px, base, (x0, top), px, joins=i > 0))
    return words


def _word(text: str, part: Part, size: float, base: float, corner: tuple[int, int], px: float, *, joins: bool) -> Word:
    x0, top = corner
    if part.is_raised:
        size, base = RAISED_SIZE * size, base - RAISED_BY_EM * size
    box = Box(
        (x0 + part.run.x0) / px,
        (top + base - ASCENT_BOX_EM * size) / px,
        (x0 + part.run.x1 + 1) / px,
        (top + base + DESCENT_BOX_EM * size) / px,
    )
    return Word(
        text,
        box,
        size_pt=float(f"{size / px:.1f}"),
        is_raised=part.is_raised,
        joins_previous=joins,
        confidence=min(letter.confidence for letter in part.letters),
    )


def _line_ink(piece: Grey, level: Mask, upright: Mask) -> Mask:
    """Ink of one text line without ruling lines and without the edge of a shade above or below."""
    ink = ink_mask(piece)
    ink &= ~(level | _drawn_here(upright, ink))
    for view in (ink, ink[::-1]):
        view[: _band_depth(view)] = False
    return ink


def _drawn_here(upright: Mask, ink: Mask) -> Mask:
    """Where an upright rule is drawn across this line: it may be left out behind a label that runs over its column."""
    drawn = upright.copy()
    for run in ink_runs(np.asarray(upright.any(axis=0))):
        columns = slice(run.x0, run.x1 + 1)
        if ink[:, columns].any(axis=1).mean() < UPRIGHT_INK_SHARE:
            drawn[:, columns] = False
    return drawn


def _band_depth(ink: Mask) -> int:
    """How many rows from the top belong to a shade's edge: down to its last full row, and the ragged rows behind it."""
    share = ink.mean(axis=1)
    full = np.flatnonzero(share[: int(BAND_REACH * len(ink))] > BAND_INK_SHARE)
    if not len(full):
        return 0
    depth = int(full[-1]) + 1
    while depth < len(share) and share[depth] > RAGGED_INK_SHARE:
        depth += 1
    return depth


Chunk = tuple[tuple[Letter, ...], Run]


def _split_letters(line: Line, runs: list[Run], x0: int, em: float) -> list[Chunk]:
    """The line's letters parted at white space, each part with its ink from first to last column."""
    tokens = _tokens(line.letters, x0)
    if not tokens:
        return []
    if not runs:
        return [(token, _guess_run(token)) for token in tokens]
    bounds = _token_bounds(tokens, runs, em)
    chunks: list[Chunk] = []
    for token, (first, last) in zip(tokens, bounds, strict=True):
        own = runs[first : last + 1]
        chunks.extend(_split_at_wide_gaps(token, own, em) if own else [(token, _guess_run(token))])
    return _join_close(chunks, em)


def _tokens(letters: Sequence[Letter], x0: int) -> list[tuple[Letter, ...]]:
    """The letters parted at the recogniser's white space, their places counted from the line's left edge."""
    tokens: list[list[Letter]] = [[]]
    for letter in letters:
        if letter.x_px is None:
            tokens.append([])
        else:
            tokens[-1].append(replace(letter, x_px=letter.x_px - x0))
    return [tuple(token) for token in tokens if token]


def _guess_run(token: tuple[Letter, ...]) -> Run:
    xs = [place_of(letter) for letter in token]
    half = max(4.0, (xs[-1] - xs[0]) / max(1, len(xs) - 1) / 2)
    return Run(int(xs[0] - half), int(xs[-1] + half))


def _token_bounds(tokens: list[tuple[Letter, ...]], runs: list[Run], em: float) -> list[tuple[int, int]]:
    """For each token the indices of its first and last ink run: cut at the whitest gap near where the recogniser saw a
    space."""
    cuts: list[int] = []
    start = 0
    for left, right in pairwise(tokens):
        a, b = place_of(left[-1]), place_of(right[0])
        candidates = [
            i for i in range(start, len(runs) - 1) if runs[i].x1 >= a - 0.6 * em and runs[i + 1].x0 <= b + 0.6 * em
        ]
        best = max(candidates, key=lambda i: _cut_score(runs[i], runs[i + 1], (a + b) / 2), default=None)
        if best is None:
            middle = (a + b) / 2
            best = max((i for i in range(start, len(runs)) if runs[i].x0 < middle), default=start - 1)
        cuts.append(best)
        start = best + 1
    firsts = [0, *(cut + 1 for cut in cuts)]
    lasts = [*cuts, len(runs) - 1]
    return list(zip(firsts, lasts, strict=True))


def _cut_score(left: Run, right: Run, expected: float) -> float:
    """The whiter the better, and the nearer to where the recogniser saw the space."""
    return right.x0 - left.x1 - abs((left.x1 + right.x0) / 2 - expected) * DISTANCE_WEIGHT


def _split_at_wide_gaps(token: tuple[Letter, ...], runs: list[Run], em: float) -> list[Chunk]:
    """A token parted once more where the picture shows white too wide for the inside of a word."""
    chunks: list[Chunk] = []
    letters, first = token, 0
    for i in range(len(runs) - 1):
        gap = runs[i + 1].x0 - runs[i].x1 - 1
        if gap < GAP_SURE_EM * em:
            continue
        middle = (runs[i].x1 + runs[i + 1].x0) / 2
        mine = tuple(letter for letter in letters if place_of(letter) < middle)
        rest = letters[len(mine) :]
        if not mine or not rest or gap < (GAP_SURE_EM + _bearing(mine[-1].char, rest[0].char)) * em:
            continue
        chunks.append((mine, Run(runs[first].x0, runs[i].x1)))
        letters, first = rest, i + 1
    return [*chunks, (letters, Run(runs[first].x0, runs[-1].x1))]


def _least_gap(left: str, right: str) -> float:
    """White, in ems, below which a recognised space is not on the page; the figures of "11" stand wide apart."""
    return GAP_LEAST_EM + (_bearing(left, right) if left.isdigit() and right.isdigit() else 0.0)


def _bearing(left: str, right: str) -> float:
    """White, in ems, that narrow signs carry inside their own width: figures are as wide as each other, a 1 has little
    ink."""
    return (NARROW_BEARING_EM if left in NARROW else 0.0) + (NARROW_BEARING_EM if right in NARROW else 0.0)


def _join_close(chunks: list[Chunk], em: float) -> list[Chunk]:
    joined: list[Chunk] = []
    for letters, run in chunks:
        if joined and run.x0 - joined[-1][1].x1 - 1 < _least_gap(joined[-1][0][-1].char, letters[0].char) * em:
            before, left = joined.pop()
            joined.append((before + letters, Run(left.x0, max(left.x1, run.x1))))
        else:
            joined.append((letters, run))
    return joined


@dataclass(frozen=True, slots=True)
class _Measured:
    size_px: float
    base_px: float
    is_sure: bool


def _measure(letters: Sequence[Letter], ink: Mask) -> _Measured:
    """Type size and base line of some letters, from the height of their ink and from what letters they are."""
    chars = {letter.char for letter in letters if letter.x_px is not None}
    rows = np.flatnonzero(ink.any(axis=1))
    if not len(rows) or chars <= NO_BASE_LINE:
        return _Measured(0.55 * len(ink), 0.75 * len(ink), is_sure=False)
    above = X_EM if chars <= SMALL_LETTERS else CAP_EM
    below = DESCENT_EM if chars & DESCENDERS else 0.0
    size = float(rows[-1] - rows[0] + 1) / (above + below)
    return _Measured(size, float(rows[-1] + 1) - below * size, is_sure=True)
