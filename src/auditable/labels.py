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
    "comorbidities": "comorbidity",
    "therapies": "therapy",
}
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
    text = _MARKS.sub("", tidy(label))
    for old, new in _SPELLINGS.items():
        text = re.sub(old, new, text, flags=re.IGNORECASE)
    words = [w for w in _APART.split(text.casefold().replace("≥", " ≥ ").replace("≤", " ≤ ")) if w]
    return " ".join(_singular(w) for w in words)


def is_category_label(label: str) -> bool:
    """Whether a label can only be a part of the heading above it: "Yes", "≥ 6", "II", "65–74 years", "Unknown"."""
    text = _MARKS.sub("", tidy(label)).strip()
    bare = strip_wording(text)
    return bool(_CATEGORY.match(bare)) or (bare != "" and missing_kind(bare) not in ("", "blank"))


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 2 and word.endswith("s") and not word.endswith(("ss", "is", "us")) else word
