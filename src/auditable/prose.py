"""Numbers printed in sentences, captions and notes, as observations with the same provenance as a cell.

Comes in: the sentences of a Reading. Goes out: two frames, observations and what was rejected, so that every number
of a sentence is in one of them. Finding numbers (quantities.py), what is none of a result (asides.py), their
statistic (mentions.py) and their subject (subjects.py) are steps of their own. Sentences that are rests of tables are
read like others: the reader parts them.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import pandas as pd

from auditable.aside_patterns import CITATION
from auditable.asides import Aside, blank_asides, cites_in_round_brackets, find_asides
from auditable.codebook import load_codebook
from auditable.mentions import Mention, name_statistics
from auditable.model import PATH_SEPARATOR, Box, Reading, Sentence
from auditable.number_words import holds_number
from auditable.quantities import find_quantities
from auditable.subjects import JOINT, find_subject, find_time_point
from schemas.frames import Observations, Rejected, empty_frame

LITERATURE = "list of references"
_LITERATURE = re.compile(r"^\W*(?:references|bibliography|literature cited|works cited|literature)\b", re.IGNORECASE)

Lookup = Callable[[str], str]
"""From printed words to the name of a variable of the codebook, "" when it knows none."""


@dataclass(frozen=True, slots=True)
class _Place:
    """A sentence in its paper: study, reader's name, and how often the same text stood before."""

    study_id: str
    sentence: Sentence
    repeat: int


def find_mentions(reading: Reading, lookup: Lookup | None = None) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Observations and rejected numbers of all sentences, one row per number.

    lookup: names the variable of a printed subject; the project's codebook where none is given.
    Returns frames of the models Observations (key observation_id) and Rejected of schemas/frames.py.
    """
    name_variable = cache(lookup or load_codebook())
    prose = [s.text for s in reading.sentences if s.source == "prose"]
    round_citations = cites_in_round_brackets(prose)
    seen: Counter[tuple[str, str]] = Counter()
    observations: list[dict[str, object]] = []
    rejected: list[dict[str, object]] = []
    for sentence in reading.sentences:
        key = (sentence.source, sentence.text)
        place = _Place(reading.study_id, sentence, seen[key])
        seen[key] += 1
        kept, left_out = _read_sentence(place, round_citations, name_variable)
        observations += kept
        rejected += left_out
    return _frame(observations, Observations), _frame(rejected, Rejected)


def _frame(rows: list[dict[str, object]], model: type[Observations] | type[Rejected]) -> pd.DataFrame:
    return model.validate(pd.DataFrame(rows), lazy=True) if rows else empty_frame(model)


def _read_sentence(
    place: _Place, round_citations: bool, lookup: Lookup
) -> tuple[list[dict[str, object]], list[dict[str, object]]]:
    text = place.sentence.text
    asides = [Aside(0, len(text), LITERATURE)] if _is_literature(place.sentence) else find_asides(text, round_citations)
    blanked = blank_asides(text, asides)
    quantities = [
        q for q in find_quantities(blanked, text) if not any(q.start < a.end and q.end > a.start for a in asides)
    ]
    mentions = name_statistics(blanked, quantities)
    rejected = [_reject(place, a.start, a.end, a.reason) for a in asides if holds_number(text[a.start : a.end])]
    observations: list[dict[str, object]] = []
    for index, mention in enumerate(mentions):
        if mention.reason:
            rejected.append(_reject(place, mention.quantity.start, mention.quantity.end, mention.reason))
        else:
            observations.append(_observe(place, mentions, index, asides, lookup))
    return observations, rejected


def _is_literature(sentence: Sentence) -> bool:
    """Whether the sentence stands in the list of references."""
    return bool(_LITERATURE.search(sentence.section.rpartition(PATH_SEPARATOR)[2]))


def _observe(
    place: _Place, mentions: list[Mention], index: int, asides: list[Aside], lookup: Lookup
) -> dict[str, object]:
    mention, sentence = mentions[index], place.sentence
    quantity = mention.quantity
    page, box = _find_ink(sentence, quantity.start, quantity.end)
    subject = find_subject(sentence.text, mentions, index, asides)
    is_cited = any(a.reason == CITATION and a.start >= quantity.end for a in asides)
    return {
        "observation_id": _identify(place, mention),
        "study_id": place.study_id,
        "source": sentence.source,
        "table_id": "",
        "table_type": "",
        "row": -1,
        "col": -1,
        "stub_path": "",
        "spanner_path": "",
        "section": sentence.section,
        "arm": "",
        "arm_from": "",
        "population": "",
        "timepoint": find_time_point(sentence.text, asides, mentions, index),
        "variable": next((v for part in subject.split(JOINT) if (v := lookup(part))), ""),
        "category": "",
        "subgroup": "",
        "patient": "",
        "grade": "",
        "event_kind": "",
        "speaks_of": "another study" if is_cited else "this study",
        "reference": "",
        "subject": subject,
        "statistic": mention.statistic,
        "statistic_from": "sentence",
        "value": quantity.value,
        "decimals": quantity.decimals,
        "comparator": quantity.comparator,
        "unit": _unit(mention, mentions),
        "missing": quantity.missing,
        "denominator": mention.denominator,
        "denominator_proof": "sentence" if mention.denominator else "",
        "raw_text": sentence.text[quantity.start : quantity.end],
        "quote": sentence.text,
        "start": quantity.start,
        "end": quantity.end,
        "marks": "",
        "page": page,
        "x0_pt": box.x0,
        "top_pt": box.top,
        "x1_pt": box.x1,
        "bottom_pt": box.bottom,
        "reader": "pdfplumber" if sentence.confidence is None else "ocr",
        "agreement": "not read twice",
        "second_text": "",
        "ocr_confidence": sentence.confidence,
    }


_SHARE_UNIT = ("ci_low", "ci_high", "min", "max", "q1", "q3", "iqr", "sd", "se")


def _unit(mention: Mention, mentions: list[Mention]) -> str:
    """The unit printed, the noun counted, or, for a limit or a spread, the unit of its estimate."""
    quantity = mention.quantity
    if mention.statistic == "pct":
        return "%"
    if mention.statistic in ("n", "total"):
        return quantity.counted
    own = quantity.unit or quantity.counted
    if own or mention.statistic not in _SHARE_UNIT:
        return own
    head = mentions[mention.head].quantity
    return head.unit or head.counted


def _identify(place: _Place, mention: Mention) -> str:
    """A name that stays when pages are set anew: of study, sentence, which of its repeats, and offset inside it."""
    parts = (place.study_id, place.sentence.source, place.sentence.text, str(place.repeat), str(mention.quantity.start))
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]


def _find_ink(sentence: Sentence, start: int, end: int) -> tuple[int, Box]:
    return sentence.boxes(start, end)


def _reject(place: _Place, start: int, end: int, reason: str) -> dict[str, object]:
    page, _ = _find_ink(place.sentence, start, end)
    return {
        "study_id": place.study_id,
        "source": place.sentence.source,
        "table_id": "",
        "row": -1,
        "col": -1,
        "raw_text": place.sentence.text[start:end],
        "start": start,
        "reason": reason,
        "page": page,
    }
