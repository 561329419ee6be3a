"""Numbers printed in sentences, captions and notes, as observations with the same provenance as a cell.

Comes in: the sentences of a Reading. Goes out: two frames, observations and what was rejected, so that every number
of a sentence is in one of them. Finding numbers (quantities.py), what is none of a result (asides.py), their
statistic (mentions.py) and their subject (subjects.py) are steps of their own. Sentences that are rests of tables are
read like others: the reader parts them.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache

import pandas as pd

from auditable.asides import Aside, blank_asides, cites_in_round_brackets, find_asides
from auditable.clause_names import UNKNOWN, Named
from auditable.codebook import COUNTS_EVENTS, load_codebook
from auditable.estimates import COMPARING
from auditable.mentions import Mention, name_statistics
from auditable.model import PATH_SEPARATOR, Box, Reading, Sentence
from auditable.note_places import NOWHERE, Place, find_place
from auditable.number_words import holds_number
from auditable.prose_events import name_event
from auditable.prose_times import reject_times
from auditable.prose_topics import topic_of
from auditable.prose_variables import name_mentions
from auditable.quantities import find_quantities
from auditable.references import is_literature
from auditable.subjects import JOINT, find_subject
from auditable.whom import Carried, Knowledge, Whom, carry, find_whom, know_paper
from schemas.frames import Observations, Rejected, frame_of

EVENTS = ("adverse_event", COUNTS_EVENTS, "infection")
LITERATURE = "list of references"

Lookup = Callable[[str], str]
"""From printed words to the name of a variable of the codebook, "" when it knows none."""


@dataclass(frozen=True, slots=True)
class _Spot:
    """A sentence in its paper: study, reader's name, and how often the same text stood before.

    carried: what the sentences before it handed on. topic: what the numbers of the sentence before were of. stands: the
    table a caption or note stands at.
    """

    study_id: str
    sentence: Sentence
    repeat: int
    carried: Carried
    topic: Named = UNKNOWN
    stands: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class _Read:
    """A sentence read: its mentions, what is none, and for each mention its words, variable, category and whom."""

    mentions: list[Mention]
    asides: list[Aside]
    subjects: list[str]
    named: Sequence[tuple[str, str]]
    whom: list[Whom]


def find_mentions(
    reading: Reading, lookup: Lookup | None = None, tables: pd.DataFrame | None = None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Observations and rejected numbers of all sentences, one row per number.

    lookup: names the variable of a printed subject; where none is given, the project's codebook names the variable of
    every number by the grammar of its clause.
    tables: observations of the paper's tables, which name its arms and patients.
    Returns frames of the models Observations (key observation_id) and Rejected of schemas/frames.py.
    """
    name_variable = cache(lookup) if lookup else None
    prose = [s.text for s in reading.sentences if s.source == "prose"]
    round_citations = cites_in_round_brackets(prose)
    known = know_paper(reading.sentences, *_names_in(tables))
    seen: Counter[tuple[str, str]] = Counter()
    observations: list[dict[str, object]] = []
    rejected: list[dict[str, object]] = []
    carried, topic, last = Carried(), UNKNOWN, ("", "")
    for sentence in reading.sentences:
        key = (sentence.source, sentence.text)
        here = (sentence.source, sentence.section)
        stands = find_place(sentence, reading, tables)
        before = topic if here == last else UNKNOWN
        place = _Spot(reading.study_id, sentence, seen[key], carried, before, stands)
        seen[key] += 1
        read = _read_sentence(place, round_citations, name_variable, known)
        carried = carry(sentence.text, sentence.section, known, carried, read.asides)
        topic, last = topic_of(read.named, read.mentions), here
        observations += [_observe(place, read, i) for i, m in enumerate(read.mentions) if not m.reason]
        rejected += _reject_all(place, read)
    return frame_of(observations, Observations), frame_of(rejected, Rejected)


def _names_in(tables: pd.DataFrame | None) -> tuple[Sequence[str], Sequence[str]]:
    """The arms and patients the tables name, in printed order, each once; before an arm of a cited trial the trial."""
    if tables is None or tables.empty:
        return (), ()
    named = tables.loc[tables["arm"] != "", ["reference", "arm"]].drop_duplicates()
    arms = [
        f"{of}{PATH_SEPARATOR}{arm}" if of else arm for of, arm in zip(named["reference"], named["arm"], strict=True)
    ]
    return arms, [p for p in tables["patient"].unique() if p]


def _read_sentence(place: _Spot, round_citations: bool, lookup: Lookup | None, known: Knowledge) -> _Read:
    text, section = place.sentence.text, place.sentence.section
    asides = [Aside(0, len(text), LITERATURE)] if is_literature(place.sentence) else find_asides(text, round_citations)
    blanked = blank_asides(text, asides)
    quantities = [
        q for q in find_quantities(blanked, text) if not any(q.start < a.end and q.end > a.start for a in asides)
    ]
    mentions = reject_times(text, name_statistics(blanked, quantities))
    subjects = ["" if m.reason else find_subject(text, mentions, i, asides) for i, m in enumerate(mentions)]
    named = (
        [_look_up(s, lookup) for s in subjects]
        if lookup
        else name_mentions(text, mentions, load_codebook(), section, place.topic)
    )
    return _Read(mentions, asides, subjects, named, find_whom(text, mentions, asides, section, known, place.carried))


def _look_up(subject: str, lookup: Lookup) -> tuple[str, str]:
    return next((v for part in subject.split(JOINT) if (v := lookup(part))), ""), ""


def _reject_all(place: _Spot, read: _Read) -> list[dict[str, object]]:
    """The numbers of a sentence that are no results, each with its reason."""
    text = place.sentence.text
    out = [_reject(place, a.start, a.end, a.reason) for a in read.asides if holds_number(text[a.start : a.end])]
    return out + [_reject(place, m.quantity.start, m.quantity.end, m.reason) for m in read.mentions if m.reason]


def _observe(place: _Spot, read: _Read, index: int) -> dict[str, object]:
    mentions, sentence, whom = read.mentions, place.sentence, read.whom[index]
    mention = mentions[index]
    quantity = mention.quantity
    page, box = _find_ink(sentence, quantity.start, quantity.end)
    stands = place.stands
    variable, category = read.named[index] if any(read.named[index]) else (stands.variable, stands.category)
    whom = _of_marked(whom, stands) if mention.statistic not in COMPARING else whom
    grade, kind = name_event(sentence.text, mentions, index) if variable in EVENTS else ("", "")
    return {
        "observation_id": _identify(place, mention),
        "study_id": place.study_id,
        "source": sentence.source,
        "table_id": stands.table_id,
        "table_type": "",
        "row": -1,
        "col": -1,
        "stub_path": "",
        "spanner_path": "",
        "section": sentence.section,
        "arm": whom.arm,
        "arm_from": whom.arm_from,
        "population": whom.population,
        "timepoint": whom.timepoint,
        "variable": variable,
        "category": category,
        "subgroup": whom.subgroup,
        "patient": whom.patient,
        "grade": grade,
        "event_kind": kind,
        "speaks_of": whom.speaks_of,
        "reference": whom.reference,
        "subject": read.subjects[index],
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


def _of_marked(whom: Whom, stands: Place) -> Whom:
    """Whom a note's number speaks of: what its words say, else the row, column or cell that carries its mark."""
    if whom.arm or whom.subgroup or whom.patient or not (stands.arm or stands.subgroup or stands.patient):
        return whom
    place = "note" if stands.arm else ""
    return replace(whom, arm=stands.arm, arm_from=place, subgroup=stands.subgroup, patient=stands.patient)


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


def _identify(place: _Spot, mention: Mention) -> str:
    """A name that stays when pages are set anew: of study, sentence, which of its repeats, and offset inside it."""
    parts = (place.study_id, place.sentence.source, place.sentence.text, str(place.repeat), str(mention.quantity.start))
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]


def _find_ink(sentence: Sentence, start: int, end: int) -> tuple[int, Box]:
    return sentence.boxes(start, end)


def _reject(place: _Spot, start: int, end: int, reason: str) -> dict[str, object]:
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
