"""What tells one study of the corpus from the others: author, year, title, phase, size, numbers in registries, counts.

Comes in: a Study. Goes out: single facts. What another paper says of it is left to cited_studies.py.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from functools import cache, wraps
from itertools import combinations
from typing import TypeVar
from weakref import WeakKeyDictionary

from auditable.blocks import Study
from auditable.checks.matching import FILLER
from auditable.passages import REGISTRY_NUMBER

T = TypeVar("T")
MOST_ARMS = 4
_AUTHOR = re.compile(r"^\W*((?:(?:van|von|de|di|da|del|la|le|el)\s(?:der\s|den\s)?)?[A-ZÄÖÜÅÉÈÁØŠŽ][\w’'-]+)")
_PHASE = re.compile(r"\bphase\s?([1-4]|I{1,3}|IV)([ab])?(?:\s?[/–-]\s?([1-4]|I{1,3}|IV)[ab]?)?\b", re.IGNORECASE)
_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4}
_OWN_NUMBER = re.compile(
    r"\b(?:this|our|present|registered|registration|identifier|registry)\b[^.;]{0,80}", re.IGNORECASE
)


def kept_with_study(function: Callable[[Study], T]) -> Callable[[Study], T]:
    """The function, its answer kept as long as the study: in a corpus every study asks it of every other."""
    kept: WeakKeyDictionary[Study, T] = WeakKeyDictionary()

    @wraps(function)
    def ask(study: Study) -> T:
        try:
            return kept[study]
        except KeyError:
            return kept.setdefault(study, function(study))

    return ask


def name_of(study: Study) -> str:
    """Author and year, for messages: "Smith 2021"."""
    return f"{author_of(study)} {year_of(study)}"


@kept_with_study
def author_of(study: Study) -> str:
    """Family name of the first author."""
    match = _AUTHOR.search(study.about.citation) if study.about else None
    return match[1] if match else re.sub(r"\d.*", "", study.study_id).capitalize()


@kept_with_study
def year_of(study: Study) -> str:
    """Year of publication, as the study's id tells it."""
    match = re.search(r"(?:19|20)\d{2}", study.study_id)
    return match[0] if match else ""


@cache
def _telling(title: str) -> frozenset[str]:
    words = re.findall(r"[\w-]+", title.casefold())
    return frozenset(w for w in words if len(w) > 2 and w not in FILLER)


@kept_with_study
def title_words(study: Study) -> frozenset[str]:
    """The telling words of the title."""
    return _telling(study.about.title) if study.about else frozenset()


def phases_in(text: str) -> set[int]:
    """The phases of trials a text names; "phase 1/2" names both."""
    found = [part for m in _PHASE.finditer(text) for part in (m[1], m[3]) if part]
    return {_ROMAN.get(part.upper()) or int(part) for part in found}


@kept_with_study
def sizes_of(study: Study) -> frozenset[int]:
    """Numbers of patients of the whole study: the N of most of its rows, of its arms, and their sums."""
    totals = Counter(int(o.denominator) for o in study.observations if o.source == "table" and o.denominator)
    named = {o.whole for o in study.observations if o.variable == "n_patients" and o.speaks_of == "this study"}
    heads = [n for n, times in totals.most_common(MOST_ARMS) if times > 1]
    sums = {sum(pair) for k in range(2, len(heads) + 1) for pair in combinations(heads, k)}
    return frozenset({*heads, *sums, *(n for n in named if n)})


def sizes_in(text: str) -> set[int]:
    """Numbers of patients a sentence names: "32 heavily pretreated patients"."""
    found = re.finditer(
        r"(?<![\d.,/–-])(\d{1,3}(?:,\d{3})+|\d+)(?:\s[\w/-]+){0,4}?\s(?:patients|participants|subjects|people|adults|women|"
        r"men|children|cases|individuals)\b",
        text,
    )
    return {int(m[1].replace(",", "")) for m in found}


@kept_with_study
def size_of(study: Study) -> int | None:
    """The one N of a study that has one group; None where there are several."""
    totals = Counter(int(o.denominator) for o in study.observations if o.source == "table" and o.denominator)
    if not totals:
        return None
    (first, times), *rest = totals.most_common(2)
    return first if not rest or rest[0][1] * 4 <= times else None


@kept_with_study
def counts_of(study: Study) -> frozenset[int]:
    """All whole numbers that a study prints of itself."""
    own = [o for o in study.observations if o.speaks_of == "this study"]
    totals = {int(o.denominator) for o in own if o.denominator}
    return frozenset({*(o.whole for o in own if o.whole is not None), *totals, *sizes_of(study)})


@kept_with_study
def own_registry_numbers(study: Study) -> frozenset[str]:
    """Numbers in a registry of trials under which a paper says that it runs itself."""
    texts = {s.text for s in study.text} | {o.quote for o in study.observations if o.quote}
    said = [m[0] for text in texts for m in _OWN_NUMBER.finditer(text)]
    return frozenset(re.sub(r"\s", "", n) for part in said for n in REGISTRY_NUMBER.findall(part))
