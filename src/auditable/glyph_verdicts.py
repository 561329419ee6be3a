"""Two witnesses of one sign → what it is, or that nobody can say.

Comes in: what the text layer claims, shapes of the printed sign, and the characters that the recogniser read in its
place. Goes out: a Verdict. Precision first: a right character made wrong is as bad as a wrong one left.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from auditable.adding import add_in_order
from auditable.readers.glyph_shapes import Shape, compare_shape

SIGNS = "<>≤≥±−–×=·•+*†‡§¶μαβγδεζηθκλνπρστφχψωΓΔΘΛΣΦΨΩ°∞✓✗≈~≠√|‖■□●○◆◇▲△▼→←↑↓…/%#&©®™∂∫∈∼’‘“”"
LETTERS = (
    "".join(chr(c) for c in range(0x21, 0x7F) if chr(c) not in "_`^-")
    + "äöüåáàâãéèêëíìîïóòôõúùûñçøæßÄÖÜÅÉÇØŒœšžčćłıþð£€¥¼½¾ńśźżŚŻřěůčďťňőűğİş"
)
CANDIDATES = tuple(dict.fromkeys(SIGNS + LETTERS))
PLAIN_SIGNS = frozenset("<>≤≥±×=+")
"""Signs of a geometry that no letter has: their likeness alone may settle what they are."""
TWINS = ("0Oo", "1lI|ı", "5Ss", "8B", "2Zz", "6b", "9gq", "xX×", "vν", "pρ", "aα", "wω", "nη", "kκ", "oο", "cς")
"""Characters that faces draw so much alike that neither a likeness nor a reading speaks against the text layer."""
TAKEN_FOR = {"≤": "<", "≥": ">", "±": "+"}
"""What the recogniser may see where it misses a bar."""
ALIKE = str.maketrans(
    {"–": "−", "—": "−", "-": "−", "‐": "−", "‑": "−", "µ": "μ", "•": "·", "∙": "·", "⋅": "·", "●": "·", "∗": "*",
     "∆": "Δ", "∑": "Σ", "Ω": "Ω", "’": "'", "‘": "'", "′": "'", "´": "'", "“": '"', "”": '"',
     "▪": "■", "∼": "~", "\u02dc": "~", "˂": "<", "˃": ">"}
)  # fmt: skip
"""Signs that differ in width, size or use alone, under one of them."""
CLAIM_FITS, CLAIM_FITS_WELL = 0.75, 0.90
"""Likeness to the claimed character: true claims lie above the first in all but fancy faces, most lies below 0.5; from
the second on nothing else is looked at."""
MIN_LIKENESS, MIN_LETTER_LIKENESS = 0.55, 0.70
NEAR_BEST = 0.12
"""How far the sign that was read may stay behind the best likeness."""
ABOVE_CLAIM = 0.12
REFUTED = 0.30
SURE_LIKENESS, SURE_LEAD, SURE_ABOVE_CLAIM = 0.80, 0.20, 0.30
MIN_CONFIDENCE, MIN_LETTER_CONFIDENCE = 0.30, 0.80
MAJORITY = 0.6
QUOTES = {"'": "’", '"': "”"}
BULLET_EM, HYPHEN_EM = 0.30, 0.40
MAX_SHAPES = 5


@dataclass(frozen=True, slots=True)
class Verdict:
    """text: the sign that is printed, "" where nobody can say.

    is_claim: it is what the text layer claims; refutes_claim: whatever it is, it is not that.
    """

    text: str
    is_claim: bool = False
    refutes_claim: bool = False


def claim_fits(claim: str, shapes: Sequence[Shape]) -> bool:
    """Whether most shapes look like the claimed character; also where no face holds it, or nothing is printed."""
    fits = [_looks_like(claim, shape) for shape in shapes]
    return sum(fits) * 2 >= len(fits)


def _looks_like(claim: str, shape: Shape) -> bool:
    own = max(compare_shape(shape, _cases(claim)).values(), default=1.0)
    if own >= CLAIM_FITS_WELL or own < REFUTED:
        return own >= CLAIM_FITS_WELL
    # A dagger is a little like a brace: what looks much more like another sign is looked at again.
    others = compare_shape(shape, SIGNS if own >= CLAIM_FITS else CANDIDATES)
    return max(others.values()) - own < ABOVE_CLAIM


def _cases(char: str) -> tuple[str, ...]:
    """The character and its capital: small capitals are letters too."""
    return tuple(dict.fromkeys((char, char.upper())))


def judge_glyph(
    claim: str, shapes: Sequence[Shape], readings: Sequence[tuple[str, float]], *, is_only_shape: bool = True
) -> Verdict:
    """What one sign is.

    claim: the text layer's character, "" where it has none. shapes: the sign's ink at one place or several; readings:
    character and confidence from the pictures of some of these places. is_only_shape: whether all places of the
    character show this shape; where they show several, the boxes may be wrong, and likeness alone settles nothing.
    """
    likes = _likenesses(shapes)
    ranked = sorted(likes, key=lambda c: (-likes[c], c))
    best, lead = ranked[0], likes[ranked[0]] - likes[ranked[1]]
    own = max((likes.get(_alike(c), 0.0) for c in _cases(claim)), default=0.0) if claim else 0.0
    read, confidence = _majority(readings)
    if claim and read and _may_be_same(claim, read):
        return Verdict(claim, is_claim=True)
    if read and _agrees(read, confidence, likes, likes[best], own):
        return Verdict(_exact(read, shapes), refutes_claim=True)
    is_sure = likes[best] >= SURE_LIKENESS and lead >= SURE_LEAD and likes[best] - own >= SURE_ABOVE_CLAIM
    is_contradicted = any(_alike(char) not in (best, TAKEN_FOR.get(best)) for char, _ in readings)
    if best in PLAIN_SIGNS and is_only_shape and is_sure and not is_contradicted:
        return Verdict(best, refutes_claim=True)
    is_other = own < REFUTED or (likes[best] >= SURE_LIKENESS and likes[best] - own >= SURE_ABOVE_CLAIM)
    return Verdict("", refutes_claim=is_other or bool(read))


def _may_be_same(claim: str, read: str) -> bool:
    """Whether the character that was read may be the claimed one: itself, its other case, or its twin."""
    return read.lower() == _alike(claim).lower() or any(claim in twins and read in twins for twins in TWINS)


def _agrees(read: str, confidence: float, likes: dict[str, float], best: float, own: float) -> bool:
    """Whether the likeness speaks for the character that was read, and against the claim."""
    like = likes.get(read, 0.0)
    is_letter = read.isalnum() and read not in SIGNS
    enough = MIN_LETTER_LIKENESS if is_letter else MIN_LIKENESS
    sure = confidence >= (MIN_LETTER_CONFIDENCE if is_letter else MIN_CONFIDENCE)
    return sure and like >= enough and like >= best - NEAR_BEST and like - own >= ABOVE_CLAIM


def _likenesses(shapes: Sequence[Shape]) -> dict[str, float]:
    """Mean likeness of the first shapes to each candidate, signs that differ in size alone under one of them."""
    sums: dict[str, float] = defaultdict(float)
    some = shapes[:MAX_SHAPES]
    for shape in some:
        found: dict[str, float] = {}
        for char, like in compare_shape(shape, CANDIDATES).items():
            found[_alike(char)] = max(like, found.get(_alike(char), -1.0))
        for char, like in found.items():
            sums[char] += like / len(some)
    return dict(sums)


def _majority(readings: Sequence[tuple[str, float]]) -> tuple[str, float]:
    """The character that most readings name, and their mean confidence; "" where they do not agree."""
    counts = Counter(_alike(char) for char, _ in readings)
    if not counts:
        return "", 0.0
    char, n = max(counts.items(), key=lambda item: (item[1], item[0]))
    sure = [p for c, p in readings if _alike(c) == char]
    return (char, add_in_order(sure) / n) if n >= MAJORITY * len(readings) else ("", 0.0)


def _alike(char: str) -> str:
    return char.translate(ALIKE)


def _exact(char: str, shapes: Sequence[Shape]) -> str:
    """The sign among those alike that fits the size: a bullet is larger than a dot, a hyphen shorter than a minus."""
    height, width = shapes[0].height_em, shapes[0].width_em
    if char == "·" and height >= BULLET_EM:
        return "•"
    if char == "−" and width < HYPHEN_EM:
        return "-"
    if char in QUOTES:
        return QUOTES[char]
    return char
