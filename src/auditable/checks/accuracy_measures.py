"""What a paper prints of one diagnostic test: sensitivity, specificity, predictive values, accuracy, likelihood ratios.

Comes in: a Study. Goes out: one DiagnosticTest for each sentence, row or column that prints each measure once. Several
tests or cut-offs in one sentence are left alone. What must hold is left to diagnostic_accuracy.py.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from auditable.blocks import Observation, Study
from auditable.denominators import whole_number
from auditable.model import PATH_SEPARATOR
from auditable.rounding import percent_of

FEWEST = 3
"""Fewer measures imply nothing of each other."""
REACH = 40
"""Most characters between the name of a measure and its number."""
_NAMES = {
    "sensitivity": r"sensitivity|\bsens\b",
    "specificity": r"specificity|\bspec\b",
    "ppv": r"positive predictive value|\bPPV\b",
    "npv": r"negative predictive value|\bNPV\b",
    "accuracy": r"(?<!balanced )\baccuracy\b",
    "lr_positive": r"positive likelihood ratio|\bPLR\b|\bLR\s?\+|likelihood ratio (?:of a )?positive",
    "lr_negative": r"negative likelihood ratio|\bNLR\b|\bLR\s?[-−–]|likelihood ratio (?:of a )?negative",
}
_NAME = re.compile("|".join(f"(?P<{key}>{pattern})" for key, pattern in _NAMES.items()), re.IGNORECASE)
_GAP = re.compile(
    r"\s*(?:\((?:PPV|NPV|PLR|NLR|LR\s?[+−–-]|Sn?|Sp)\)\s*)?"
    r"(?:(?:was|were|of|is|at|reached|equal to)\s|[:=,]\s?)*\s*[(\[]?$",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"\b(?:pooled|meta-?analy\w*|summary|range|between|from|adjusted|weighted|prevalence|assum\w*|readers|folds"
    r"|(?:mean|median|averaged?)\s(?:sensitiv|specific|accura|positive|negative|PPV|NPV)\w*)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure: the printed number, and its counts where they are printed: 30 of 35."""

    printed: Observation
    count: int | None = None
    total: int | None = None


DiagnosticTest = Mapping[str, Measure]
"""Measures of one test by name: "sensitivity", "ppv", "lr_positive" …"""


def find_diagnostic_tests(study: Study) -> Iterator[DiagnosticTest]:
    """Tests of sentences, then of columns and rows of tables."""
    for mentions in _sentences(study):
        if not any(o.speaks_of == "another study" for o in mentions):
            yield from _kept(_listed(mentions) or _in_sentence(mentions))
    columns: dict[tuple[str, str, str], list[tuple[str, Measure]]] = defaultdict(list)
    rows: dict[tuple[str, int, str], list[tuple[str, Measure]]] = defaultdict(list)
    for cell in study.cells:
        o = cell.first
        printed = cell.only("pct") or cell.only("value") or cell.only("rate")
        if printed is None or o.speaks_of == "another study":
            continue
        measure = _with_counts(printed, cell.observations)
        if name := _named(o.label):
            columns[(o.table_id, o.group, o.spanner_path)].append((name, measure))
        elif name := _named(o.spanner_path.rpartition(PATH_SEPARATOR)[2]):
            rows[(o.table_id, o.row, o.spanner_path.rpartition(PATH_SEPARATOR)[0])].append((name, measure))
    for found in (*columns.values(), *rows.values()):
        yield from _kept(found)


def _kept(found: Iterable[tuple[str, Measure]]) -> Iterator[DiagnosticTest]:
    """The measures of one test, where none comes twice."""
    measures = list(found)
    if len(measures) >= FEWEST and len({name for name, _ in measures}) == len(measures):
        yield dict(measures)


def _named(label: str) -> str:
    names = {m.lastgroup or "" for m in _NAME.finditer(label)}
    return names.pop() if len(names) == 1 and not _OTHER.search(label) else ""


def _sentences(study: Study) -> Iterator[tuple[Observation, ...]]:
    """Numbers by sentence. Measures with their counts are as dense as a table, and a sentence all the same."""
    found: dict[tuple[str, int, str], list[Observation]] = defaultdict(list)
    for o in study.observations:
        if o.source != "table":
            found[(o.source, o.page, o.quote)].append(o)
    for (_, _, quote), mentions in found.items():
        if _NAME.search(quote) and not _OTHER.search(quote):
            yield tuple(sorted(mentions, key=lambda o: o.start))


def _listed(mentions: tuple[Observation, ...]) -> list[tuple[str, Measure]]:
    """Names first and as many numbers behind them: "sensitivity, specificity and PPV were 85 %, 90 % and 83 %"."""
    quote = mentions[0].quote
    names = list(_NAME.finditer(quote))
    numbers = [o for o in mentions if o.statistic in ("pct", "value")]
    behind = [o for o in numbers if names and o.start > names[-1].end()]
    if len(names) < FEWEST or len(behind) != len(names) or len(numbers) != len(behind):
        return []
    return [(m.lastgroup or "", Measure(o)) for m, o in zip(names, behind, strict=True)]


def _in_sentence(mentions: tuple[Observation, ...]) -> Iterator[tuple[str, Measure]]:
    quote = mentions[0].quote
    for name in _NAME.finditer(quote):
        behind = [o for o in mentions if 0 <= o.start - name.end() <= REACH]
        if behind and _GAP.fullmatch(quote[name.end() : behind[0].start]):
            yield name.lastgroup or "", _with_counts(behind[0], [o for o in behind if o.start - behind[0].end <= REACH])


def _with_counts(printed: Observation, beside: Iterable[Observation]) -> Measure:
    """The measure with the count and N printed with it, where they give it."""
    for n in beside:
        size = whole_number(n.denominator)
        if n.statistic != "n" or n.whole is None or not size or n.whole > size or printed.number is None:
            continue
        if percent_of(n.whole, size) in printed.number.loose:
            return Measure(printed, n.whole, size)
    return Measure(printed)
