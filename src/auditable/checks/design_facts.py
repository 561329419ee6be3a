"""Places where a paper states its own design: the account in the methods, and what is said of it before and after.

Comes in: the sentences of a study. Goes out: its own sentences in three parts (before the methods, methods, behind),
and Fact: one number of the design with the thing it belongs to. The numbers themselves are read by design_doses.py,
design_entry.py and design_times.py; whether they agree is left to agreement_design.py.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from auditable.checks.rule import Quote
from auditable.model import PATH_SEPARATOR, Sentence
from auditable.number_words import CARDINAL, read_cardinal
from auditable.references import is_literature

Part = Literal["before", "methods", "behind"]
FEWEST_SENTENCES = 5
"""A full account of the methods has at least as many sentences; the methods of an abstract have fewer."""
NUMBER = rf"(?:\d+(?:[.·]\d+)?|{CARDINAL})"
"""A number in figures or words."""
TIME = r"(?P<unit>hour|day|week|month|year)s?\b"
_METHODS = re.compile(
    r"^[\W\d]*(?:(?:materials?|patients?|participants?|subjects?|study|research|experimental|population)\b.{0,20}\b)?"
    r"(?:methods?|methodology|procedures?|design)\b",
    re.IGNORECASE,
)
_SOURCE = re.compile(r"\bet al\b|\[\d")
_OTHERS = re.compile(
    r"\b(?:previous|prior|earlier|other|another) (?:[\w-]+ )?(?:stud|trial|report|work|series|cohort|analys)"
    r"|\b(?:earlier|previously|published|literature|reviews?|guidelines?|guidance|recommends?|recommendations?"
    r"|once recommended"
    r"|usually|typical(?:ly)?|labell?ed|licen[cs]ed|approved|standard (?:dose|regimen|practice)|related|historical"
    r"|future"
    r"|(?<!this )phase (?:1|2|I{1,2})[ab]?|dose-finding|pilot|registr(?:y|ies)|others (?:have|report|found)"
    r"|elsewhere|whereas"
    r"|unlike|in contrast)\b"
    r"|\b(?:may|might|could|would|should|can|whether|hypothetical\w*|suffice\w*|longer|shorter|amend\w*|originally"
    r"|initially|subsequent(?:ly)?|later|extension|extended|sensitivity|post[- ]hoc)\b",
    re.IGNORECASE,
)
"""Words of a sentence that speaks of other studies, of what might be, or of a change of the plan."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One number of the design. head: what it belongs to ("dose of tavaglifen"), unit, value as a plain number.

    is_telling: the head names it so closely that two places are enough to ask. manner: how often; "" where not
    said, "?" where said in several ways.
    """

    head: str
    value: str
    unit: str
    part: Part
    quote: Quote
    is_telling: bool = False
    manner: str = ""


def own_parts(text: Sequence[Sentence]) -> list[tuple[Part, Sentence]]:
    """The paper's sentences and the part each stands in; empty where it has no full account of its methods.

    The methods are the last run of sentences under such a heading: an abstract may have one too, but comes first.
    """
    is_methods = [
        s.source == "prose" and bool(_METHODS.match(s.section.split(PATH_SEPARATOR)[0].strip())) for s in text
    ]
    last = max((i for i, yes in enumerate(is_methods) if yes), default=-1)
    first = last
    while first > 0 and (is_methods[first - 1] or text[first - 1].source != "prose"):
        first -= 1
    if sum(is_methods[first : last + 1]) < FEWEST_SENTENCES:
        return []
    return [
        ("before" if i < first else "methods" if i <= last and is_methods[i] else "behind", s)
        for i, s in enumerate(text)
    ]


def is_cited(sentence: Sentence) -> bool:
    """Whether a sentence names its source, or is one."""
    return bool(_SOURCE.search(sentence.text)) or is_literature(sentence)


def is_plain(sentence: Sentence) -> bool:
    """Whether a sentence tells of this study alone, and of what was done in it."""
    return not _OTHERS.search(sentence.text) and not is_cited(sentence)


def plain_number(text: str) -> str:
    """The number in figures, without closing zeros: "eight" is "8", "10.0" is "10"."""
    found = text.replace("·", ".").replace(",", "").lower()
    if not found[0].isdigit():
        found = str(read_cardinal(found) or found)
    return re.sub(r"\.0+$|(\.\d*?[1-9])0+$", r"\1", found)


def part_names(part: Part) -> str:
    """The part in words, for messages."""
    return {"before": "before the methods", "methods": "methods", "behind": "behind the methods"}[part]
