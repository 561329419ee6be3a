"""Observations of a study against the model of its numbers (schemas/table_frames.py): what they fail.

Comes in: a Study. Goes out: for each rule and each table (or the text) what it was tested on and the groups of
observations that fail it. The model is built of the codebook and of the table types, so that a new variable or type
needs nothing here. What a failure is called is left to checks/frames.py.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache, lru_cache

import pandas as pd
from pandera.config import config_context
from pandera.errors import SchemaErrors
from pandera.pandas import DataFrameSchema

from auditable.blocks import Observation, Study
from auditable.checks.flow_words import PEOPLE
from auditable.checks.words import ESTIMATE, EVENTS, MEASURE, UNKNOWN
from auditable.codebook import load_codebook
from auditable.conversions import convert
from auditable.denominators import whole_number
from auditable.entries import Variable
from auditable.model import PATH_SEPARATOR
from auditable.prose_fits import OF_STUDIES
from auditable.table_types import collect_types
from schemas.table_frames import JUDGED_COLUMNS, TEXT_COLUMNS, Expectation, VariableRule, build_model, expect

PER_VARIABLE = ("frame.unknown_category", "frame.statistic_of_kind")
"""Rules whose failures say that a variable is not what the table means: one question for all its rows."""
CHANGE = re.compile(
    r"\b(?:chang\w*|differen\w*|reduc\w*|increas\w*|decreas\w*|improv\w*|declin\w*|gain\w*|loss|lost|delta|ratio|β|beta"
    r"|coefficients?|slope|effect|adjusted|least[- ]squares?|versus|vs|compared|relative|per|each|every|higher|lower"
    r"|differ(?:s|ed)?|(?:over|under)[- ]?estimat\w*|bias\w*|longer|shorter|lower(?:ed|s|ing)|drop(?:ped|s)?|rose|fell"
    r"|grew|risen|fallen|times|geometric|gmr|gmts?|bioavailab\w*|bioequiv\w*)\b|Δ",
    re.IGNORECASE,
)
"""Words that make a number a difference of values, or a step of a model, instead of a value."""
_PART_OF = re.compile(rf"\s*(?:(?!{OF_STUDIES.pattern}\b)[^\W\d]+\s){{0,3}}?(?:out\s)?of\b", re.IGNORECASE)
"""Between a count and its whole; "five trials of three drugs" names two kinds of things."""
_WHO = re.compile(
    rf"(?!eyes){PEOPLE}|out|girls?|boys?|males?|females?|(?:respond|non-respond|surviv|complet)\w+", re.IGNORECASE
)
_BEHIND_TOTAL = re.compile(rf"\s\d+\s(?:[a-z-]+\s){{0,2}}?((?!eyes){PEOPLE})\b", re.IGNORECASE)
"""A whole of people: what "of" parts from it may be several things of each of them ("66 eyes of 46 patients")."""
_GROUPS = re.compile(
    r"\s\d+\s(?:[a-z-]+\s){0,2}?(?:famil(?:y|ies)|households?|couples|kindreds?|hospitals?|cent(?:er|re)s?|clinics?|sites?"
    r"|practices|schools|villages|countries)\b",
    re.IGNORECASE,
)
"""Whole groups, each of several people: "12 women of 4 families"."""
_COUNT_HEAD = re.compile(r"no\.?", re.IGNORECASE)
"""A column head that means how many had a value, or the answer no: never a value itself."""
_RANKED = re.compile(r"\d|\b[ivx]+\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Judgement:
    """One rule on one table or on the text: the observations it speaks of, and those that fail, in groups.

    A group holds what one sentence can tell: the failing observations of one row, of one variable, or of a whole table
    where the rule speaks of rows that cannot be told apart.
    """

    rule: str
    tested: tuple[Observation, ...]
    failed: tuple[tuple[Observation, ...], ...]


@lru_cache(maxsize=2)
def judge_study(study: Study) -> tuple[Judgement, ...]:
    """Every rule on every table of the study and on its text, where it speaks of anything there."""
    observations = study.observations
    if not observations:
        return ()
    frame = _judged_frame(observations)
    failing = _failing(frame)
    judgements = []
    for expectation in _expectations():
        for places in _by_table(observations, expectation.applies(frame).to_numpy().nonzero()[0].tolist()):
            failed = [observations[i] for i in places if i in failing.get(expectation.id, ())]
            tested = tuple(observations[i] for i in places)
            judgements.append(Judgement(expectation.id, tested, _group(expectation.id, failed)))
    return tuple(judgements)


def _by_table(observations: Sequence[Observation], places: Sequence[int]) -> list[list[int]]:
    """Places of observations by the table they stand in, tables in order of appearance; those of the text are one."""
    groups: dict[str, list[int]] = {o.table_id if o.source == "table" else "": [] for o in observations}
    for i in places:
        groups[observations[i].table_id if observations[i].source == "table" else ""].append(i)
    return [found for found in groups.values() if found]


def _failing(frame: pd.DataFrame) -> dict[str, set[int]]:
    """Failing rows by rule; a failure of the frame's shape is a fault of ours and is raised."""
    try:
        # Whatever the environment says of pandera: what fails here is what a curator is told.
        with config_context(validation_enabled=True):
            _model().validate(frame, lazy=True)
    except SchemaErrors as error:
        cases = error.failure_cases
        known = {e.id for e in _expectations()}
        if not set(cases["check"]) <= known:
            raise
        # pandera names a failing row once per column
        return {rule: set(map(int, cases.loc[cases["check"] == rule, "index"])) for rule in set(cases["check"])}
    return {}


def _group(rule: str, failed: Sequence[Observation]) -> tuple[tuple[Observation, ...], ...]:
    groups: dict[object, list[Observation]] = defaultdict(list)
    for o in failed:
        if o.source != "table":
            groups[o.observation_id].append(o)
        elif rule == "frame.two_values":
            groups[o.table_id].append(o)
        else:
            row = "" if rule in PER_VARIABLE else o.stub_path
            groups[o.table_id, o.variable, row].append(o)
    return tuple(tuple(g) for g in groups.values())


@cache
def _expectations() -> tuple[Expectation, ...]:
    """What holds in tables of each type, and in the text."""
    types = {t.name: frozenset(t.statistics) for t in collect_types()}
    return expect(types, _variable_rules())


@cache
def _model() -> DataFrameSchema:
    return build_model(_expectations())


@cache
def _variable_rules() -> dict[str, VariableRule]:
    return {name: variable_rule(v) for name, v in load_codebook().variables.items()}


def variable_rule(variable: Variable) -> VariableRule:
    """What the models need of an entry of the codebook.

    Categories have an order where they are numbered, or where there is a range. Whether there is no other category than
    those listed, the codebook says.
    """
    has_order = variable.low is not None or not variable.categories or variable.relation == "nested"
    return VariableRule(
        variable.name,
        variable.kind,
        None if variable.low is None else Fraction(variable.low),
        None if variable.high is None else Fraction(variable.high),
        frozenset(variable.categories),
        is_ranked=has_order or any(_RANKED.search(c) for c in variable.categories),
        is_closed=variable.is_closed,
    )


def _judged_frame(observations: Sequence[Observation]) -> pd.DataFrame:
    shifted = {_column(o) for o in observations if o.number and o.number.value < 0}
    rows = [_judged_row(o, _column(o) in shifted) for o in observations]
    frame = pd.DataFrame(rows, columns=list(JUDGED_COLUMNS)).astype(
        {"number": object, "in_unit": object, "total": object}
    )
    return frame.astype(dict.fromkeys(("is_measure", "is_change", "is_unknown"), bool))


def _column(o: Observation) -> tuple[str, str, str]:
    """Values of one row and variable: where one is negative, the others may be differences too."""
    return (o.table_id, o.stub_path, o.variable) if o.source == "table" else (o.observation_id, "", "")


def _judged_row(o: Observation, is_shifted: bool) -> dict[str, object]:
    words = f"{o.stub_path} {o.spanner_path} {o.timepoint}" if o.source == "table" else o.quote
    is_change, is_measured = _signs(words)
    # A sentence names a change by verbs ("rose by 120 %"), a label by nouns that MEASURE lists.
    is_measure = is_measured or (is_change and o.source != "table")
    number = o.number.value if o.number and not o.number.comparator else None
    return {
        **{name: str(getattr(o, name)) for name in TEXT_COLUMNS},
        "number": number,
        "in_unit": _in_unit(o) if number is not None else None,
        "total": _printed_total(o),
        "is_measure": is_measure,
        "is_change": is_shifted or is_change,
        "is_unknown": bool(UNKNOWN.search(o.category)),
    }


@lru_cache(maxsize=1024)
def _signs(words: str) -> tuple[bool, bool]:
    """Whether words name a change, and whether they name an estimate or a measure: once for a sentence or a row."""
    return bool(CHANGE.search(words)), bool(ESTIMATE.search(words) or MEASURE.search(words))


def _in_unit(o: Observation) -> Fraction | None:
    """The number in the unit of its variable; None where unit or variable are not known, or a category is meant."""
    variable = load_codebook().variables.get(o.variable)
    if variable is None or o.category or _COUNT_HEAD.fullmatch(o.spanner_path.rsplit(PATH_SEPARATOR, 1)[-1].strip()):
        return None
    converted = convert(Decimal(o.value), o.unit, variable)
    return None if converted is None else Fraction(converted)


def _printed_total(o: Observation) -> Fraction | None:
    """The N printed with a count as its whole: "of 32", "8/32"; None where it comes from elsewhere, or events count."""
    total = whole_number(o.denominator)
    if not total or EVENTS.search(f"{o.stub_path} {o.unit}"):
        return None
    is_beside = o.denominator_proof.startswith("n/N in cell") if o.source == "table" else _is_part(o)
    return Fraction(total) if is_beside else None


def _is_part(o: Observation) -> bool:
    match = _PART_OF.match(o.quote, o.end)
    if match is None or not (things := match[0].split()[:-1]):
        return match is not None
    if _GROUPS.match(o.quote, match.end()):
        return False
    behind = _BEHIND_TOTAL.match(o.quote, match.end())
    return behind is None or bool(_WHO.fullmatch(things[-1])) or things[-1].casefold() == behind[1].casefold()
