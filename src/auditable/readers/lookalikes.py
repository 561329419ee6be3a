"""Letters that a picture cannot tell apart, settled by their neighbours: O and 0 within a number, I and l within a
word.

Comes in: the pages that OCR read of one paper. Goes out: the same pages; a word that was changed carries a lower
confidence. Only two reasons count: a token made of figures holds no letter O, l or I; and a paper spells one word one
way, so that the spelling read with more confidence over all pages wins ("PI" in a serif face against "Pl" in a sans
serif one). Meaning is left to later stages.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from auditable.model import Page, Word

DOUBT = 0.8
"""Confidence is multiplied by this where a letter was replaced."""
FIGURE_TWINS = str.maketrans({"O": "0", "o": "0", "l": "1", "I": "1", "|": "1"})
LETTER_TWINS = str.maketrans({"l": "I", "|": "I", "1": "I"})
_NUMBER_LIKE = re.compile(
    r"""
    [(\[<>≤≥=~±+–−-]*      # what may open a number
    [\dOolI|]+              # figures and their twins
    ([.,·/:–−-][\dOolI|]+)* # decimals, thousands, ranges, fractions
    [%)\],;]*              # what may close it
    """,
    re.VERBOSE,
)
_BRACKETED_O = re.compile(r"[(\[][Oo][)\]]")


def settle_lookalikes(pages: Sequence[Page]) -> list[Page]:
    """The pages with look-alike letters settled; boxes and number of words stay as they are."""
    spelling = _spellings(word for page in pages for word in page.words)
    settled = []
    for page in pages:
        words: list[Word] = []
        for word in page.words:
            text = settle_number(word.text, words[-1].text if words else "")
            text = spelling.get(text, text)
            words.append(word if text == word.text else _changed(word, text))
        settled.append(replace(page, words=tuple(words)))
    return settled


def settle_number(text: str, before: str) -> str:
    """The token with figures in the place of their twins, if it is a number; before: the token to its left.

    "1O" and "(27.O)" are numbers, "(o)" is one after a count ("0 (o)"). A last l or I stays, for it may be a unit
    ("3l") or a numeral ("1I"); so does a token without any figure, such as "II" or "lO".
    """
    if _BRACKETED_O.fullmatch(text) and any(c.isdigit() for c in before):
        return text.translate(FIGURE_TWINS)
    if not _NUMBER_LIKE.fullmatch(text) or not any(c.isdigit() for c in text) or text[-1] in "lI|":
        return text
    return text.translate(FIGURE_TWINS)


def _spellings(words: Iterable[Word]) -> dict[str, str]:
    """For each word read in several spellings that differ in I, l, 1 and | alone: the spelling to keep."""
    votes: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for word in words:
        # Without a capital or small letter beside the twin there is no word to compare ("11", "l").
        if len(word.text) >= 2 and any(c.isalpha() and c not in "lI" for c in word.text):
            votes[word.text.translate(LETTER_TWINS)][word.text] += word.confidence or 0.0
    kept = {}
    for spellings in votes.values():
        if len(spellings) > 1:
            best = max(sorted(spellings), key=lambda s: spellings[s])
            kept.update({s: best for s in spellings if s != best and not any(c.isdigit() for c in s + best)})
    return kept


def _changed(word: Word, text: str) -> Word:
    confidence = None if word.confidence is None else word.confidence * DOUBT
    return replace(word, text=text, confidence=confidence)
