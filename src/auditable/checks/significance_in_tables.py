"""p.table: what a sentence that points to a table calls significant, or not significant, is so in the row it names.

Comes in: a Study. Goes out: one outcome for each clause that says so, points to a table, prints no p value itself and
names one of its rows and nothing else. The row answers by its p values, or by a note that takes its p value for a
description only. Clauses with a p value of their own are left to p_words.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from auditable.blocks import Observation, Study, number_of
from auditable.checks.matching import HARMLESS, all_words_of, words_of
from auditable.checks.p_words import claim_of, declared_levels, is_corrected
from auditable.checks.rule import Outcome, Quote, Rule
from auditable.checks.table_heads import without_size
from auditable.model import Sentence

_TABLE = re.compile(r"\bTable\s(\d+)\b", re.IGNORECASE)
_CLAUSE = re.compile(r"[;:,]\s|\.\s|\b(?:but|whereas|while|although|though|however|yet|except)\b", re.IGNORECASE)
_OWN_P = re.compile(r"\bp\s?(?:-?\s?values?\s?)?[<>=≤≥]", re.IGNORECASE)
_COMPARES = frozenset({
    "significant", "significantly", "statistically", "higher", "lower", "more", "less", "greater", "smaller", "longer",
    "shorter", "fewer", "better", "worse", "increased", "decreased", "increase", "decrease", "improved", "reduced",
    "prolonged", "improvement", "reduction", "difference", "differ", "differed", "different", "arm",
    "group", "treatment", "control", "placebo", "compared", "became", "remained", "after", "before", "during",
    "change", "changed", "rise", "rose", "fell", "favour", "favoured", "favor", "favored", "rather", "again", "still",
})  # fmt: skip
"""Words of a comparison that name no row."""
_DESCRIPTIVE = r"\s?[pP](?:[- ]values?)?\s(?:is|are|was|were)\s(?:only\s)?(?:descriptive|exploratory|nominal)\b"


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of a table: the words of its label, of its columns, its p values and all of its numbers."""

    name: frozenset[str]
    around: frozenset[str]
    ps: tuple[Observation, ...]
    numbers: tuple[Observation, ...]


def test_tables(study: Study) -> Iterator[Outcome]:
    """One outcome for each clause whose row says whether what it claims is significant."""
    rows = _rows(study)
    for sentence in study.text:
        if sentence.source != "prose" or not _TABLE.search(sentence.text) or "significan" not in sentence.text.lower():
            continue
        for start, end in _clauses(sentence.text):
            clause = sentence.text[start:end]
            table, claim = _TABLE.search(clause), claim_of(clause)
            if table and claim is not None and not _OWN_P.search(clause):
                row = _named(clause, rows.get(f"T{table[1]}", []))
                outcome = _judge(study, Quote(sentence, start, end), claim, row) if row else None
                if outcome:
                    yield outcome


def _clauses(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for m in _CLAUSE.finditer(text):
        yield start, m.start()
        start = m.end()
    yield start, len(text)


def _rows(study: Study) -> dict[str, list[_Row]]:
    found: dict[tuple[str, int, str], list[Observation]] = {}
    for o in study.observations:
        if o.source == "table" and not o.patient and o.speaks_of == "this study":
            found.setdefault((o.table_id, o.row, o.stub_path), []).append(o)
    out: dict[str, list[_Row]] = {}
    for (table, _, path), numbers in found.items():
        name = words_of(numbers[0].label)
        heads = [all_words_of(f"{without_size(o.arm)} {o.spanner_path}") for o in numbers]
        ps = tuple(o for o in numbers if o.statistic == "p")
        if name:
            out.setdefault(table, []).append(_Row(name, all_words_of(path).union(*heads), ps, tuple(numbers)))
    return out


def _named(clause: str, rows: Sequence[_Row]) -> _Row | None:
    """The one row that the clause names, where it names nothing beside."""
    said = all_words_of(re.sub(r"\([^()]*\)|\[[^\[\]]*\]", " ", clause)) - HARMLESS - _COMPARES
    found = [r for r in rows if r.name <= said <= r.name | r.around]
    return found[0] if len(found) == 1 else None


def _judge(study: Study, quote: Quote, is_significant: bool, row: _Row) -> Outcome | None:
    marks = _descriptive_marks(study.text, row.numbers[0].table_id)
    accused = [o for o in _spoken_of(quote.words, row) if marks & set(o.marks.split())]
    if not is_significant or not accused:
        return _judge_p(study, quote, is_significant, row) if row.ps else None
    message = (
        f"“{quote.words.strip()}” calls significant what a note of {accused[0].table_id} takes for a description only "
        f"(mark {', '.join(sorted(marks & set(accused[0].marks.split())))})."
    )
    return Outcome("not testable", (accused[0],), message, "", accused[0].value, "", "definition", (quote,))


def _judge_p(study: Study, quote: Quote, is_significant: bool, row: _Row) -> Outcome | None:
    lowest, highest = declared_levels(study)
    limits = [number_of(p).ordinary for p in row.ps if p.number]
    if len(limits) != len(row.ps):
        return None
    is_none = highest < min(x.low or 0 for x in limits)
    is_all = max(1 if x.high is None else x.high for x in limits) <= lowest
    shown = ", ".join(f"p {p.comparator or '='} {p.value}" for p in row.ps)
    place = row.ps[0].place
    level = f"{float(highest if is_significant else lowest):g}"
    if not (is_none if is_significant else is_all) or (not is_significant and is_corrected(study)):
        message = f"The words do not contradict {place} ({shown})."
        return Outcome("consistent", row.ps, message, shown, shown, "", quotes=(quote,))
    called = "significant" if is_significant else "not significant"
    message = f"“{quote.words.strip()}” is called {called}, but {place} has {shown}; significance is at {level}."
    expected = f"p {'≤' if is_significant else '>'} {level}"
    return Outcome("impossible", row.ps, message, f"{shown}; level {level}", shown, expected, quotes=(quote,))


def _spoken_of(clause: str, row: _Row) -> list[Observation]:
    """The numbers of the arms that the clause names, else all of the row."""
    named = [
        o for o in row.numbers if o.arm and re.search(rf"(?<![\w-]){re.escape(without_size(o.arm).strip())}\b", clause)
    ]
    return named or list(row.numbers)


def _descriptive_marks(text: Sequence[Sentence], table: str) -> set[str]:
    """The marks of notes that take a p value for a description."""
    said = re.compile(rf"(?:(?<=\s)|^)(?P<mark>[a-z*†‡§¶])(?:{_DESCRIPTIVE})")
    notes = [s.text for s in text if s.source == "note" and re.sub(r"\D", "", s.section) == table.removeprefix("T")]
    return {m["mark"] for note in notes for m in said.finditer(note)}


RULES = (
    Rule(
        id="p.table",
        claim="What a sentence calls significant, pointing to a table, is so in the row it names.",
        severity="error",
        function=test_tables,
        assumptions="The clause points to one table, has no p value of its own and names one row of it and nothing "
        "beside; all p values of the row speak against it, or a note calls its p value descriptive. Papers "
        "that correct for many tests are not accused of calling little what is large.",
        literature="Nuijten et al. 2016 (statcheck: decision errors); CONSORT 2010, item 17a",
        example="“Nausea was significantly more frequent with A (Table 2)”, where Table 2 prints p = 0.32.",
    ),
)
