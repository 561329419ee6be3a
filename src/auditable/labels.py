"""Printed labels made comparable, and labels that can only be a part of the heading above them.

Comes in: a label as printed. Goes out: its words without capitals, plural s, punctuation, units, words about
statistics; British and American spelling made one. Which variable the words name is left to codebook.py.
"""

from __future__ import annotations

import re
from functools import lru_cache

from auditable.printed_text import missing_kind, tidy
from auditable.units import strip_units
from auditable.wording import strip_wording

_CHOICES = re.compile(r"[(\[]\s?[\w-]+(?:\s?/\s?[\w-]+)+\s?[)\]]")
_MARKS = re.compile(r"[*†‡§¶#]+")
_APART = re.compile(r"[^\w≥≤<>%.+]+|(?<!\d)\.|\.(?!\d)")
_SPELLINGS = {
    "haem": "hem",
    "aemia": "emia",
    "oedema": "edema",
    "tumour": "tumor",
    "isation": "ization",
    "centre": "center",
    "apnoea": "apnea",
    "diarrhoea": "diarrhea",
    "leuco": "leuko",
    "ischaem": "ischem",
    "enrolment": "enrollment",
    "paed": "ped",
    "oesoph": "esoph",
    "metastases": "metastasis",
    "diagnoses": "diagnosis",
    "co-morbid": "comorbid",
    "pre-treat": "pretreat",
    "oestr": "estr",
    "foetal": "fetal",
    "labour": "labor",
    "behaviour": "behavior",
    "caesarean": "cesarean",
    "colour": "color",
    "sulph": "sulf",
    "orthopaed": "orthoped",
    "anaesth": "anesth",
    "favourable": "favorable",
    "fibre": "fiber",
    "randomis": "randomiz",
    "α": "alpha ",
    "β": "beta ",
    "γ": "gamma ",
    "κ": "kappa ",
    "λ": "lambda ",
}
_SPELLING = re.compile("|".join(_SPELLINGS))
_SHORT_PLURALS = ("aes", "pts", "yrs", "hrs", "mos", "mis", "cas", "pis")
_SAME_IN_PLURAL = ("series", "species", "caries")
_LOWERED = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
_TIME_WORD = r"(?:min(?:ute)?|h(?:our)?|hr|d(?:ay)?|w(?:ee)?k|mo(?:nth)?|y(?:ea)?r|visit|cycle)s?\.?"
_TIME = re.compile(
    rf"""^(?:at\s|after\s|by\s|on\s)?(?:
        baseline | screening | end\s?point | follow[\s-]?up | final | discharge
      | (?:end|start)\sof\s(?:treatment|study|therapy|intervention|program(?:me)?|pregnancy|follow[\s-]?up)
      | (?:pre|post)[\s-]?(?:treatment|intervention|test|op(?:erative)?)?
      | (?:before|after)\s(?:treatment|therapy|intervention|surgery) | last\s(?:visit|observation|follow[\s-]?up)
        # "Week 12", "Day 1", "Visit 2"
      | {_TIME_WORD}\s?\d+(?:\s?(?:-|to)\s?\d+)?
        # "12 weeks", "6-month follow-up", "12-month visit"
      | \d+(?:\.\d+)?[\s-]?{_TIME_WORD}(?:\s(?:follow[\s-]?up|visit|assessment|later|after\s.*|post.*))?
    )(?:\svisit|\svalue|\sassessment)?$""",
    re.IGNORECASE | re.VERBOSE,
)
_ROMAN_OR_FIGURE = r"(?:[0-9]+|[ivx]+)[abc]?"
_NUMBER = r"\d+(?:[.,]\d+)?"
_CATEGORY = re.compile(
    rf"""^(?:
        # "≥ 6", "<65 years"
        [<>≤≥~].*
        # "0", "1-2", "65-74 years", "3+"
      | {_NUMBER}\s?(?:%|[a-z]+)?(?:\s?(?:-|to|or)\s?{_NUMBER})?(?:\s?(?:[a-z]+|%))?\s?\+?
        # "3 or more"
      | \d+\s(?:or|and)\s(?:more|less|fewer|older|younger|above|below|over).*
        # "Stage III", "Grade 3-4", "III or IV"
      | (?:(?:stage|grade|class|group|type|level|score|cycle|category|quartile|tertile)\s?)?
        {_ROMAN_OR_FIGURE}(?:\s?(?:-|or|to|/)\s?{_ROMAN_OR_FIGURE})?
      | yes|no|y|n|present|absent|positive|negative|normal|abnormal|elevated|high|low|intermediate|standard
      | mild|moderate|severe|other|others|unknown|missing|none|any|unknown\sor\smissing|missing\sor\sunknown
      | never|former|current|always
      | not\s(?:known|available|reported|done|evaluable|applicable|assessed|tested|evaluated|determined)
    )$""",
    re.IGNORECASE | re.VERBOSE,
)


@lru_cache(maxsize=50_000)
def label_words(label: str) -> str:
    """The words of a label that tell what it names: "Haemoglobin, g/dL — median (IQR)" → "hemoglobin"."""
    text = _CHOICES.sub(" ", _MARKS.sub("", tidy(label)))
    return plain_words(strip_wording(strip_units(text)))


@lru_cache(maxsize=50_000)
def plain_words(label: str) -> str:
    """All words of a label, units and statistics too, made comparable: for the labels that the codebook lists."""
    text = _MARKS.sub("", tidy(label)).translate(_LOWERED).casefold()
    text = _SPELLING.sub(lambda m: _SPELLINGS[m[0]], text)
    words = [w for w in _APART.split(text.replace("≥", " ≥ ").replace("≤", " ≤ ")) if w]
    return " ".join(_singular(w) for w in words)


def strip_choices(label: str) -> str:
    """The label without the values it lists for its cells: "Haem AEs (Y/N)" → "Haem AEs"."""
    return " ".join(_CHOICES.sub(" ", label).split())


def is_category_label(label: str) -> bool:
    """Whether a label can only be a part of the heading above it: "Yes", "≥ 6", "II", "65–74 years", "Unknown"."""
    text = _MARKS.sub("", tidy(label)).strip()
    bare = strip_wording(text)
    return bool(_CATEGORY.match(bare)) or (bare != "" and missing_kind(bare) not in ("", "blank"))


def is_time_label(label: str) -> bool:
    """Whether a label is a point in time of the study: "Baseline", "Week 12", "6-month follow-up"."""
    return bool(_TIME.match(strip_wording(_MARKS.sub("", tidy(label)).strip())))


def _singular(word: str) -> str:
    """The word without plural s; of three letters only the few that are plurals ("AEs"), not "SDS" or "PFS"."""
    if len(word) <= 3:
        return word[:-1] if word in _SHORT_PLURALS else word
    if word.endswith("ies") and word not in _SAME_IN_PLURAL and len(word) > 4:
        return f"{word[:-3]}y"
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "is", "us")) else word
