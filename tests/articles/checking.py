"""What the checker says of an article, in three ways: on true observations, on a faultless reading, end to end.

Comes in: an article. Goes out: its findings above "note", each with the places of the observations it names. "truth":
the frame of Observations comes from the truth itself. "reading": tables and sentences as printed are given to the
stages that find their meaning. "pdf": the article is printed and read.
"""

from __future__ import annotations

import hashlib
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from auditable.blocks import Observation, read_studies
from auditable.checks import RULES
from auditable.checks.rule import Outcome, Rule, severity_of
from auditable.fingerprint import code_fingerprint
from auditable.model import Paper, Reading
from auditable.observations import observe
from auditable.prose import find_mentions
from auditable.serial import dump_reading, load_reading
from schemas.frames import Observations
from tests.articles.document import Article
from tests.articles.made_reading import made_reading
from tests.articles.places import Place, place_tokens
from tests.articles.printing import print_article
from tests.articles.seeding import Seeded
from tests.articles.true_frame import true_observations

WAYS = ("truth", "reading", "pdf")


@dataclass(frozen=True)
class Spot:
    """Where one thing that a finding names stands: a cell, or a sentence."""

    source: str
    table_id: str
    row: int
    col: int
    label: str
    quote: str
    raw_text: str


@dataclass(frozen=True)
class Finding:
    """One finding above note."""

    rule: str
    verdict: str
    severity: str
    message: str
    arithmetic: str
    spots: tuple[Spot, ...]

    @property
    def key(self) -> tuple[str, str, tuple[Spot, ...]]:
        """What tells that the same finding stands in the true article."""
        return self.rule, self.message, self.spots

    def told(self) -> str:
        """In one line, with its places."""
        where = "; ".join(f"{s.table_id} {s.label}" if s.table_id else f"«{s.quote[:150]}»" for s in self.spots[:2])
        return f"[{self.verdict}/{self.severity}] {self.rule} | {self.message} | {self.arithmetic} | {where}"


def find(article: Article, way: str, cache: Path | None = None) -> list[Finding]:
    """All findings above note."""
    if way == "truth":
        reading, observations = made_reading(article), true_observations(article)
    else:
        reading = made_reading(article) if way == "reading" else read_print(article, cache)
        paper = Paper(reading.study_id, Path("x"), Path("x.pdf"), "", "")
        observed = observe(reading, paper).observations
        mentions, _ = find_mentions(reading, tables=observed)
        observations = pd.concat([f for f in (observed, mentions) if not f.empty], ignore_index=True)
    checked = Observations.validate(observations, lazy=True)
    studies = read_studies(checked, {reading.study_id: reading.sentences})
    told = [(r, o) for s in studies for r in RULES.values() for o in r.function(s) if is_hot(r, o)]
    return list(dict.fromkeys(_finding(rule, outcome) for rule, outcome in told))


def is_hot(rule: Rule, outcome: Outcome) -> bool:
    """Whether it accuses, or asks a question that only a reader can answer."""
    return outcome.verdict in ("impossible", "rounding") or severity_of(rule, outcome) != "note"


def read_print(article: Article, cache: Path | None) -> Reading:
    """The reading of the printed article; kept in cache, where one is given, under the bytes and the reading code."""
    from auditable.engine import read_paper

    data = print_article(article)
    key = hashlib.sha256(data).hexdigest()[:24] + code_fingerprint("auditable.engine")[:12]
    kept = cache / f"{key}.json" if cache else None
    if kept and kept.exists():
        return load_reading(kept.read_text("utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "paper.pdf"
        path.write_bytes(data)
        reading = read_paper(path, f"made{article.seed}")
    if kept:
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(dump_reading(reading), "utf-8")
    return reading


def _finding(rule: Rule, outcome: Outcome) -> Finding:
    spots = [_spot(o) for o in outcome.observations]
    spots += [Spot(q.sentence.source, "", -1, -1, "", q.sentence.text, q.words) for q in outcome.quotes]
    severity = severity_of(rule, outcome)
    return Finding(rule.id, outcome.verdict, severity, outcome.message, outcome.arithmetic, tuple(spots))


def _spot(o: Observation) -> Spot:
    return Spot(o.source, o.table_id, o.row, o.col, o.label, o.quote, o.raw_text)


def names_error(finding: Finding, seeded: Seeded) -> bool:
    """Whether a finding speaks of a place that was changed, or says its text beside what that contradicts."""
    places = place_tokens(seeded.article)
    if any(_is_at(spot, p) for i in seeded.changed for p in places[i] for spot in finding.spots):
        return True
    said = f"{finding.message} {finding.arithmetic}"
    if not any(re.search(rf"(?<![\w.]){re.escape(text)}(?![\w]|\.\d)", said) for text in seeded.changed.values()):
        return False
    against = {i for r in seeded.article.broken(list(seeded.changed)) for i in r.ids}
    return any(_is_at(spot, p) for i in against for p in places[i] for spot in finding.spots)


def _is_at(spot: Spot, place: Place) -> bool:
    if place.kind == "cell":
        same_row = spot.row == place.row or _letters(spot.label) == _letters(place.stub_path[-1])
        same_cell = spot.col == place.col or _letters(spot.raw_text) == _letters(place.text)
        return spot.table_id == f"T{place.table + 1}" and same_row and same_cell
    if place.kind == "label":
        return spot.table_id == f"T{place.table + 1}" and _letters(spot.label) == _letters(place.stub_path[-1])
    if place.kind == "head":
        return spot.table_id == f"T{place.table + 1}"
    return not spot.table_id and bool(spot.quote) and _alike(_letters(spot.quote), _letters(place.text))


def _letters(text: str) -> str:
    return re.sub(r"[^0-9a-z]", "", text.casefold())


def _alike(read: str, printed: str) -> bool:
    """A sentence as read and as printed: one holds the other (a heading may have run in)."""
    return bool(read and printed) and (read in printed or printed in read)


def is_found(seeded: Seeded, findings: list[Finding], before: list[Finding]) -> tuple[bool, bool]:
    """Whether the error is found, and whether a right family names it; findings of the true article do not count."""
    old = {f.key for f in before}
    of_error = [f for f in findings if f.key not in old and names_error(f, seeded)]
    return bool(of_error), any(f.rule.startswith(seeded.families) for f in of_error)
