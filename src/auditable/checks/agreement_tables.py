"""agreement.tables: a row that two tables print alike has one value; agreement.size: a paper has one size.

Comes in: a Study. Goes out: for agreement.tables one outcome for each cell that a cell of another table answers: the
same row labels, column and arm, of the same number of patients. For agreement.size one outcome for each pair of
sentences that say with the same verb how many patients were included, enrolled, analysed …
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from auditable.blocks import Observation, Study, number_of
from auditable.checks.agreement import involved, message_numbers, shown
from auditable.checks.flow_words import PEOPLE
from auditable.checks.matching import all_words_of, is_slip, is_telling
from auditable.checks.pairing import FEW_DIGITS, Pair, contexts, is_part
from auditable.checks.rule import Outcome, Rule
from auditable.checks.statements import Statement, is_own_result, table_statements, text_statements
from auditable.checks.table_heads import head_size, without_size

SAME = ("arm", "grade", "subgroup", "timepoint", "event_kind", "population", "variable", "category")
FEWEST_ALIKE = 2
"""Cells that two tables must print alike before a third that differs is accused."""
_VERBS = {
    "included": r"includ\w*", "enrolled": r"enroll?\w*", "recruited": r"recruit\w*", "randomised": r"randomi[sz]ed",
    "treated": r"treated", "analysed": r"analy[sz]ed", "registered": r"registered", "reviewed": r"reviewed",
}  # fmt: skip
"""What is done with all patients of a study, with the forms that sentences print."""
_WERE = r"(?:were|was|have been|had been|has been)\s(?:\w+ly\s)?"
_BEHIND = re.compile(rf"^\s(?:[\w-]+\s){{0,3}}{PEOPLE}\b", re.IGNORECASE)
_NARROWED = re.compile(
    r"\b(of (?:these|those|them|the|whom)|among|screen\w*|excluded|remaining|other|additional|further|arm|group|"
    r"subgroup|"
    r"substudy|cohort \w|sample|per|each|planned|target|power|assum\w+|least)\b",
    re.IGNORECASE,
)
"""Words of a sentence that speaks of a part, or of a plan."""


def test_tables(study: Study) -> Iterator[Outcome]:
    """One outcome for each cell that an earlier table prints too; two tables that share no row do not accuse."""
    earlier: dict[tuple[object, ...], list[Statement]] = defaultdict(list)
    pairs: list[Pair] = []
    for cell in table_statements(study):
        if not is_telling(cell.first.stub_path):
            continue
        key = _key(cell)
        others = [c for c in earlier[key] if c.first.table_id != cell.first.table_id]
        pairs += [p for o in others if (p := Pair(cell, o, is_named=True, strange=frozenset())).shared]
        earlier[key].append(cell)
    fitting = Counter(_tables_of(p) for p in pairs if not p.odd)
    for cell in dict.fromkeys(id(p.text) for p in pairs):
        if outcome := _judge([p for p in pairs if id(p.text) == cell], fitting):
            yield outcome


def _tables_of(pair: Pair) -> tuple[str, str]:
    return (pair.other.first.table_id, pair.text.first.table_id)


def _key(cell: Statement) -> tuple[object, ...]:
    """What two cells must have in common: all labels, the size of the column, and whom they speak of."""
    o = cell.first
    rows = all_words_of(o.stub_path)
    columns = all_words_of(without_size(o.spanner_path))
    return (rows, columns, head_size(o.spanner_path), *(getattr(o, f) for f in SAME))


def _judge(pairs: list[Pair], rows: Counter[tuple[str, str]]) -> Outcome | None:
    """What the other tables say of one cell. rows: how many cells two tables print alike."""
    fitting = [p for p in pairs if not p.odd]
    proved = [p for p in pairs if rows[_tables_of(p)] >= FEWEST_ALIKE and _is_proved(p)]
    if fitting:
        pair = fitting[0]
        said, stands = message_numbers(pair, pair.agreeing)
        message = f"{pair.text.first.place} prints {said}, as {pair.other.first.place} does."
        return Outcome("consistent", involved(pair, pair.agreeing), message, shown(pair, pair.agreeing), said, stands)
    if not proved:
        return None
    pair = proved[0]
    odd = pair.odd[0]
    said, stands = (number_of(s.numbers[odd]) for s in (pair.text, pair.other))
    message = f"{pair.text.first.place} prints {said}, but {pair.other.first.place} prints {stands} in the same row."
    numbers = (odd, *pair.agreeing)
    return Outcome("impossible", involved(pair, numbers), message, shown(pair, pair.shared), str(said), str(stands))


def _is_proved(pair: Pair) -> bool:
    """Whether all numbers but one agree, more than the size of a group among them, and the odd one is near."""
    agreeing = [s for s in pair.exact if s != "n"]
    return len(pair.odd) == 1 and bool(agreeing) and pair.digits >= FEW_DIGITS and pair.is_near(pair.odd[0])


def test_size(study: Study) -> Iterator[Outcome]:
    """One outcome for each two sentences that tell with one verb how many patients there were."""
    told: dict[str, list[Observation]] = defaultdict(list)
    for statement in (s for found in text_statements(study) for s in found if "n" in s.numbers):
        if is_own_result(statement) and (verb := _verb_of(statement)):
            told[verb].append(statement.numbers["n"])
    for verb, found in told.items():
        for o in found[1:]:
            yield _compare(verb, o, found[0])


def _verb_of(statement: Statement) -> str:
    """The verb that says what was done with all these patients, or ""."""
    o = statement.numbers["n"]
    if o.arm or o.subgroup or contexts(statement) or is_part(statement) or _NARROWED.search(o.quote):
        return ""
    before, behind = o.quote[: o.start], o.quote[o.end :]
    if not (people := _BEHIND.match(behind)):
        return ""
    for name, form in _VERBS.items():
        is_before = re.search(rf"\b{form}\s(?:(?:were|was|a|total|of|the|in)\s)*$", before, re.IGNORECASE)
        is_behind = re.match(rf"(?:\s[^.;,]{{0,40}})?\s{_WERE}{form}\b", behind[people.end() :], re.IGNORECASE)
        if is_before or is_behind:
            return name
    return ""


def _compare(verb: str, o: Observation, first: Observation) -> Outcome:
    said, stands = number_of(o), number_of(first)
    shown_text = f"n {verb}: {said} and {stands}"
    if said.value == stands.value:
        message = f"{said} patients were {verb}, here as on page {first.page}."
        return Outcome("consistent", (o, first), message, shown_text, str(said), str(stands))
    message = (
        f"The text says that {said} patients were {verb} (page {o.page}), and elsewhere "
        f"that {stands} were (page {first.page})."
    )
    is_near = is_slip(said, stands, 1) or abs(said.value - stands.value) <= 2
    return Outcome("impossible" if is_near else "not testable", (o, first), message, shown_text, str(said), str(stands))


RULES = (
    Rule(
        id="agreement.tables",
        claim="A row that two tables print alike has one value in both.",
        severity="error",
        function=test_tables,
        assumptions="All labels of row and column are the same words, the columns are of the same number of patients, "
        "and the two numbers differ by a slip of the pen or all others of the cell agree.",
        literature="INSPECT-SR check 4 (agreement within the publication)",
        example="Anaemia of grade 3 or more is 12 (30.0%) in Table 2 and 13 (30.0%) in Table 4.",
    ),
    Rule(
        id="agreement.size",
        claim="A paper names one number of patients who were included, enrolled, randomised, treated or analysed.",
        severity="error",
        function=test_size,
        assumptions="Both sentences use the same verb for all patients, and neither speaks of a part of them, of an "
        "arm, of screening or of a plan.",
        literature="CONSORT 2010 item 13; INSPECT-SR check 4",
        example="The abstract says that 51 patients were enrolled, the methods that 52 patients were enrolled.",
    ),
)
