"""Whether two long forms of one short form mean the same: deliberately mild, since authors say one thing in many ways.

Comes in: two long forms as printed. Goes out: how they differ, as words that stand in one of them only. Word order,
plural, inflection, hyphens, British and American spelling, near synonyms of clinical English and words that add
nothing ("drug", "criteria") make no difference; neither does a long form that only says more.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from rapidfuzz import fuzz
from rapidfuzz.distance import DamerauLevenshtein

from auditable.checks.short_forms import SMALL, read_list

GENERIC = frozenset(
    ("drug", "agent", "imide", "treatment", "therapy", "medication", "regimen", "criteria", "criterion", "group",
     "study", "trial", "patient", "participant", "subject", "people", "person", "arm", "version", "system", "disease",
     "disorder", "monotherapy", "alone", "combination", "dose", "low", "high", "level", "value", "year", "month")
)  # fmt: skip
"""Words that may stand in one long form and not in the other."""
SYNONYMS = tuple(
    frozenset(words.split())
    for words in (
        "overall objective", "response remission responder", "controlled clinical", "state status",
        "score scale index inventory questionnaire", "first initial",
        "event experience effect reaction", "test examination exam assessment", "kidney renal", "liver hepatic",
        "cancer carcinoma tumor neoplasm malignancy", "heart cardiac cardiovascular", "lung pulmonary",
        "death mortality", "ratio rate relative risk", "medicine medical", "failure insufficiency",
        "estimated estimate", "institute institution", "inter interquartile", "intention intent",
        "standard standardized", "survival time", "serious severe", "bone skeletal", "blood serum plasma",
        "analog analogue", "numeric numerical", "women female", "men male", "stroke cerebral", "stem progenitor",
        "chronic congestive", "oncology oncologic", "program programme", "outcome endpoint",
    )
)  # fmt: skip
"""Words that stand for each other in the long forms of clinical short forms."""
SUFFIXES = frozenset(
    ("", "s", "es", "e", "ed", "d", "ing", "al", "ally", "ic", "ical", "ive", "ion", "ation", "ance", "ant", "ent",
     "ence", "ity", "ly", "y", "er", "or", "ment", "ous", "ary", "ory", "us", "um", "a", "ia", "ion", "ions", "ible",
     "able", "ized", "ised", "ization", "atory", "ators", "ator", "ate", "ated", "ative", "ist", "ists", "logy", "ies")
)  # fmt: skip
"""Endings in which words of one stem differ."""
FEWEST_SHARED = 4
"""Letters of the shortest stem."""
MISSPELT_RATIO = 90
"""Above this, words of ten letters and more differ by a slip."""
LONG = 10
_SPELLINGS = (("ae", "e"), ("oe", "e"), ("our", "or"), ("ise", "ize"), ("isa", "iza"), ("yse", "yze"), ("tre", "ter"))


def differing_words(left: str, right: str, known: Mapping[str, str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Words that only the left and only the right long form has; both empty where one says no more than the other.

    known: long forms of other short forms, by short form.
    """
    own, other = _words(left, known), _words(right, known)
    if "".join(own) == "".join(other):
        return (), ()
    mine = tuple(w for w in own if not any(are_alike(w, v) for v in other))
    theirs = tuple(w for w in other if not any(are_alike(w, v) for v in own))
    if not mine or not theirs or are_alike("".join(mine), "".join(theirs)):
        return (), ()
    return mine, theirs


def differing_parts(left: str, right: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Parts that only the left and only the right combination has; both empty unless each has such a part and they
    share another."""
    own, other = read_list(left), read_list(right)
    mine = tuple(w for w in own if not any(are_alike(w, v) for v in other))
    theirs = tuple(w for w in other if not any(are_alike(w, v) for v in own))
    is_other = bool(mine) and bool(theirs) and len(mine) < len(own)
    return (mine, theirs) if is_other else ((), ())


def are_alike(left: str, right: str) -> bool:
    """Whether two words are one by inflection, spelling, a slip or near synonymy, or one is the other's beginning."""
    short, long = sorted((_plain(left), _plain(right)), key=len)
    if short == long or any({short, long} <= group for group in SYNONYMS):
        return True
    if len(short) >= 3 and long.startswith(short) and (long[len(short) :] in SUFFIXES or len(short) <= FEWEST_SHARED):
        return True
    shared = next((k for k, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if shared >= FEWEST_SHARED and short[shared:] in SUFFIXES and long[shared:] in SUFFIXES:
        return True
    is_slip = len(short) > FEWEST_SHARED and DamerauLevenshtein.distance(short, long) <= 1
    return is_slip or (len(short) >= LONG and fuzz.ratio(short, long) >= MISSPELT_RATIO)


def _words(long: str, known: Mapping[str, str]) -> list[str]:
    """The telling words of a long form, other short forms in it written out."""
    out: list[str] = []
    for word in re.findall(r"[^\W_]+", long):
        text = known.get(word) or known.get(word.removesuffix("s"), word)
        out += [w for w in re.findall(r"[a-z0-9]+", text.lower()) if w not in SMALL]
    telling = [w for w in out if _plain(w) not in GENERIC and len(w) > 1]
    return [_plain(w) for w in (telling or out)]


def _plain(word: str) -> str:
    """American spelling, singular."""
    text = word.lower()
    for british, american in _SPELLINGS:
        text = text.replace(british, american)
    return text[:-1] if len(text) > FEWEST_SHARED and text.endswith("s") and not text.endswith("ss") else text
