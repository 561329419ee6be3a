"""The sentences of a paper that speak of other studies, kept so that papers can be compared without reading them again.

Comes in: a Reading. Goes out: a frame of the Passages model, and sentences made of it again. Kept are sentences that
cite, name an author, a trial or its number in a registry, and one sentence between two such. The rest of a paper's text
is not kept: curated/ is shared where papers may not be.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

import pandas as pd

from auditable.aside_patterns import CITATION
from auditable.asides import cites_in_round_brackets, find_asides
from auditable.cited import TRIAL, named_citations
from auditable.model import Box, Reading, Sentence, union_box
from auditable.references import is_literature
from schemas.cited_frames import Passages
from schemas.frames import frame_of

REGISTRY_NUMBER = re.compile(r"\b(?:NCT\s?\d{8}|ISRCTN\s?\d{8}|ACTRN\s?\d{14}|EudraCT\s?[\d-]{12,})\b")
OTHERS = re.compile(
    r"\b(?:prospective|retrospective|randomi[sz]ed|phase\s(?:[1-4]|I{1,3}|IV)\w*|single-arm|multicent(?:er|re)|real-world)"
    r"\s(?:[\w-]+\s){0,4}(?:trial|study|series|cohort|analysis)\b",
    re.IGNORECASE,
)


def list_passages(reading: Reading) -> pd.DataFrame:
    """The sentences that speak of others, in reading order; place counts from 1."""
    sentences = [s for s in reading.sentences if not is_literature(s)]
    is_round = cites_in_round_brackets(s.text for s in sentences if s.source == "prose")
    cites = [speaks_of_others(s.text, is_round) for s in sentences]
    kept = [cites[i] or (0 < i < len(cites) - 1 and cites[i - 1] and cites[i + 1]) for i in range(len(sentences))]
    rows: list[dict[str, object]] = [
        {
            "study_id": reading.study_id, "place": place, "source": s.source, "section": s.section, "page": s.page,
            "text": s.text, "lines": _dump_lines(s),
        }
        for place, s in enumerate((s for s, keep in zip(sentences, kept, strict=True) if keep), start=1)
    ]  # fmt: skip
    return frame_of(rows, Passages)


def speaks_of_others(text: str, is_round: bool) -> bool:
    """Whether a sentence cites, or names an author, a trial or a registry number."""
    is_cited = any(a.reason == CITATION for a in find_asides(text, is_round)) or any(named_citations(text))
    return bool(
        is_cited or TRIAL.search(text) or REGISTRY_NUMBER.search(text) or OTHERS.search(text) or _ACRONYM.search(text)
    )


_ACRONYM = re.compile(r"\b(?=[\w-]*[A-Z]{3})[A-Z][A-Za-z]*[A-Z\d]*-[A-Z\d]{1,6}\b")
"""A name like a trial's: capitals with a hyphen."""


def read_passages(frame: pd.DataFrame) -> tuple[Sentence, ...]:
    """The sentences of a frame of the Passages model; the box of words is that of their line."""
    return tuple(
        Sentence(str(r["text"]), str(r["section"]), str(r["source"]), int(str(r["page"])), _load_lines(str(r["lines"])))
        for r in frame.to_dict("records")
    )


def _dump_lines(sentence: Sentence) -> str:
    """start:end:page:x0:top:x1:bottom of each printed line, joined by blanks."""
    parts = []
    for (page, _), words in groupby(sentence.spans, key=lambda s: (s[2], int(s[3].bottom))):
        spans = list(words)
        box = union_box(s[3] for s in spans)
        edges = ":".join(f"{edge:.1f}" for edge in box.as_tuple())
        parts.append(f"{spans[0][0]}:{spans[-1][1]}:{page}:{edges}")
    return " ".join(parts)


def _load_lines(text: str) -> tuple[tuple[int, int, int, Box], ...]:
    lines: Sequence[list[str]] = [part.split(":") for part in text.split()]
    return tuple((int(f[0]), int(f[1]), int(f[2]), Box(*(float(edge) for edge in f[3:]))) for f in lines)
