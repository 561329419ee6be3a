"""Observations → statements: the numbers that one place prints of one quantity, with the words that name it.

Comes in: a Study. Goes out: a statement for each cell of its tables and for each run of numbers in a sentence, caption
or note that speak of one quantity ("33 patients (64.7 %)", "5.8 months (95 % CI 3.9–7.7)"). Which statements speak of
the same quantity is left to pairing.py; which of them agree, to the rules.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from auditable.blocks import Observation, Study
from auditable.checks.matching import HARMLESS, all_words_of, is_telling, words_of
from auditable.checks.words import read_span
from auditable.codebook import load_codebook
from auditable.settled import RATIOS

COMPARED = ("n", "pct", "median", "mean", "sd", "min", "max", "q1", "q3", *RATIOS, "ci_low", "ci_high", "p", "rate")
OF_ESTIMATE = (*RATIOS, "ci_low", "ci_high", "p")
REACH = 60
"""Most characters between two numbers of one statement."""
ANSWER = re.compile(r"^(?:no|none|absent|negative|unknown|missing|not\b.*|n/?a)$", re.IGNORECASE)
"""A row of those who do not have what its heading names."""
_INTRODUCTION = re.compile(r"introduction|background|reference|literature", re.IGNORECASE)
_CITES = re.compile(r"\[\d+(?:\s?[,–-]\s?\d+)*\]|\bet al\b|\(\d{1,3}(?:\s?[,–-]\s?\d{1,3})*\)\s*[.;,]", re.IGNORECASE)
_OF = re.compile(r"^\W*(?:\w+\s)?(?:of|out of)\s(?:the\s)?$|^\s?/\s?$", re.IGNORECASE)
"""Between a count and what it is counted of."""
OF_ARM = frozenset(("group", "arm"))
"""Words that say nothing more where the arm is known."""
_TOTAL = re.compile(r"\d\s(?:of|out of)\s(?:the\s)?$", re.IGNORECASE)
_NAMED = re.compile(
    r"\b(?:status|score|grade|stage|class|type|level|index|phase|table|figure)\s(?:of\s)?"
    r"(?:\d\s?(?:to|or|and|,|[-–])\s?)*$",
    re.IGNORECASE,
)
"""A number behind these is the name of a category and counts nobody: "a performance status of 0 to 2"."""
_FIELDS = ("variable", "category", "arm", "subgroup", "timepoint", "grade", "event_kind", "population", "reference")
_SUBJECT_PARTS = "|"
_LIMITS = ("min", "max", "q1", "q3", "ci_low", "ci_high")
"""Ends of a stretch, which belong to the number right before them."""


@dataclass(frozen=True, slots=True)
class Statement:
    """Numbers of one quantity in one place, at most one for each statistic.

    names: the sets of words by which it may be named: of a row its label, of a number in a sentence the words before
    and behind it. around: all words of its row and column, or of its sentence.
    """

    numbers: Mapping[str, Observation]
    names: tuple[frozenset[str], ...]
    around: frozenset[str]

    @property
    def first(self) -> Observation:
        """The first number of it: where it stands and whom it speaks of."""
        return next(iter(self.numbers.values()))


@lru_cache(maxsize=2)
def table_statements(study: Study) -> list[Statement]:
    """One statement per cell; columns and rows of single patients are left out."""
    out: list[Statement] = []
    for cell in study.cells:
        o = cell.first
        numbers = _by_statistic(cell.observations)
        if not numbers or o.table_type == "individual" or o.patient:
            continue
        own = words_of(o.label) if is_telling(o.label) else words_of(o.group) | words_of(o.label)
        path = words_of(o.stub_path) | all_words_of(o.stub_path) | all_words_of(o.spanner_path)
        out.append(Statement(numbers, (own,), path | own))
    return [s for same_row in _rows(out) for s in _joined(same_row)]


def _rows(cells: Sequence[Statement]) -> list[list[Statement]]:
    rows: dict[tuple[str, int], list[Statement]] = {}
    for cell in cells:
        rows.setdefault((cell.first.table_id, cell.first.row), []).append(cell)
    return list(rows.values())


def _joined(row: list[Statement]) -> list[Statement]:
    """The cells of a row, those of one estimate as one: ratio, interval and p in columns of their own."""
    parts = [c for c in row if all(s in OF_ESTIMATE for s in c.numbers)]
    statistics = [s for c in parts for s in c.numbers]
    if len(parts) < 2 or len(statistics) != len(set(statistics)) or not set(statistics) & set(RATIOS):
        return row
    numbers = {s: o for c in parts for s, o in c.numbers.items()}
    around = frozenset(w for c in parts for w in c.around)
    return [c for c in row if c not in parts] + [Statement(numbers, parts[0].names, around)]


@lru_cache(maxsize=2)
def text_statements(study: Study) -> list[list[Statement]]:
    """The statements of each sentence, caption and note that speaks of this study, in printed order."""
    out: list[list[Statement]] = []
    for mentions in study.sentences:
        compared = [o for o in _without_totals(mentions) if _is_compared(o)]
        others = [o.start for o in mentions if o not in compared and o.statistic == "value"]
        found = [_state(run) for run in _runs(compared, others)]
        if found:
            out.append(found)
    return out


def is_own_result(statement: Statement) -> bool:
    """Whether the sentence reports this study: neither an introduction nor one that cites others.

    Brackets around a number of the statement are its range, "(49–72).", and cite nobody.
    """
    o = statement.first
    if o.speaks_of == "another study" or _INTRODUCTION.search(o.section):
        return False
    starts = [n.start for n in statement.numbers.values()]
    return all(any(m.start() <= start < m.end() for start in starts) for m in _CITES.finditer(o.quote))


def is_negative(statement: Statement) -> bool:
    """Whether the row counts those who do not have what its heading names, or of whom it is unknown."""
    return bool(ANSWER.match(statement.first.label.strip(" ,.:")))


def is_cut(statement: Statement) -> bool:
    """Whether the row is named by a stretch of numbers: "≥ 65 years"."""
    return read_span(statement.first.label) is not None


@cache
def known_words(variable: str, category: str) -> frozenset[str]:
    """All words by which the codebook knows a variable and one of its categories."""
    entry = load_codebook().variables.get(variable)
    if entry is None:
        return words_of(variable.replace("_", " "))
    forms = [variable.replace("_", " "), category, *entry.labels, *entry.phrases]
    forms += entry.categories.get(category, ()) if category else ()
    return frozenset(w for form in forms for w in all_words_of(form))


def strange_words(statement: Statement, row: Statement, name: frozenset[str]) -> frozenset[str]:
    """The words of a name in a sentence that neither the row, nor the codebook, nor plain grammar explains."""
    o = row.first
    of_arm = all_words_of(statement.first.arm) | OF_ARM if statement.first.arm else frozenset[str]()
    known = row.around | known_words(o.variable, o.category) | of_arm
    return frozenset(w for w in name - known - HARMLESS if not w.isdigit() and len(w) > 1)


def _state(run: Sequence[Observation]) -> Statement:
    o = run[0]
    parts = tuple(words_of(part) for part in o.subject.split(_SUBJECT_PARTS))
    return Statement(_by_statistic(run), tuple(p for p in parts if p), all_words_of(o.quote))


def _by_statistic(observations: Sequence[Observation]) -> dict[str, Observation]:
    found: dict[str, Observation] = {}
    twice: set[str] = set()
    for o in observations:
        if o.statistic in COMPARED and o.number is not None:
            twice |= {o.statistic} if o.statistic in found else set()
            found[o.statistic] = o
    return {s: o for s, o in found.items() if s not in twice}


def _is_compared(o: Observation) -> bool:
    if o.statistic == "n" and (_NAMED.search(o.quote[: o.start]) or _TOTAL.search(o.quote[: o.start])):
        return False
    return o.statistic in COMPARED and o.number is not None and o.speaks_of != "another study" and not o.patient


def _without_totals(mentions: Sequence[Observation]) -> list[Observation]:
    """The mentions without those that are what another one is counted of: "4 of 68 patients (5.9 %)"."""
    totals = {
        o.observation_id
        for last, o in pairwise(mentions)
        if o.statistic == "n" and _OF.match(o.quote[last.end : o.start])
    }
    return [o for o in mentions if o.observation_id not in totals]


def _runs(mentions: Sequence[Observation], others: Sequence[int]) -> Iterator[list[Observation]]:
    """Mentions cut where the quantity changes, a statistic comes again, or the next number is far; and before limits
    that stand behind another value: "−3.8 (difference −1.7 (−2.2 to −1.2))". others: where such values start.
    """
    run: list[Observation] = []
    for o in mentions:
        if run and (
            o.start - run[-1].end > REACH
            or o.statistic in {p.statistic for p in run}
            or not _goes_on(run[-1], o)
            or (o.statistic in _LIMITS and any(run[-1].end <= start < o.start for start in others))
        ):
            yield run
            run = []
        run.append(o)
    if run:
        yield run


def _goes_on(last: Observation, o: Observation) -> bool:
    """Whether nothing that is known of both numbers differs, and no bracket was closed before a new centre; a ratio
    compares what stands before it and begins anew.
    """
    if o.statistic in RATIOS and last.statistic not in RATIOS:
        return False
    if any((mine := getattr(last, f)) and (theirs := getattr(o, f)) and mine != theirs for f in _FIELDS):
        return False
    between = o.quote[last.end : o.start]
    is_centre = o.statistic in ("n", "pct", "median", "mean", *RATIOS)
    return not (is_centre and last.statistic != "n" and re.search(r"[);,]|\band\b|\bvs\b", between))
