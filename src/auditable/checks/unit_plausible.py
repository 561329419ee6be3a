"""unit.plausible: a measured number lies where its variable can lie, in the unit it is printed with.

Comes in: a Study. Goes out: for each table, and for the text, one consistent outcome, and one question per row or
sentence whose numbers cannot be values of the variable; the unit that would fit is named. Cut-offs are judged only
where another unit would fit, since a limit may lie beyond any patient.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from auditable.blocks import Observation, Study
from auditable.checks.frames import Group, run_judged, said, values_of
from auditable.checks.measured import Measured, called, find_measured, fitting_units, is_plausible
from auditable.checks.rule import Outcome, Rule
from auditable.codebook import load_codebook
from auditable.entries import Variable

RULE_ID = "unit.plausible"
SEVERITY = "unit"
ANIMALS = re.compile(
    r"\b(?:animals|mice|rats|murine|dogs|cats|canine|feline|equine|bovine|ovine|porcine|horses|foals|mares|cows|cattle"
    r"|heifers|sheep|ewes|lambs|goats|pigs|piglets|swine|rabbits|chickens|hens|broilers|zebrafish|macaques|monkeys"
    r"|hamsters|ferrets)\b",
    re.IGNORECASE,
)
"""Animals in the plural: their weights and heart rates are not those of the codebook."""
FEWEST_SENTENCES, SHARE_OF_SENTENCES = 5, 0.1


def test_plausible(study: Study) -> Iterator[Outcome]:
    """Values by the models of the tables, then cut-offs."""
    if is_of_animals(study):
        return
    told = set[str]()
    for outcome in run_judged(RULE_ID, _implausible, study):
        told.update(o.observation_id for o in outcome.observations if outcome.verdict != "consistent")
        yield outcome
    for cut in find_measured(study):
        o = cut.observation
        if cut.is_cut and o.observation_id not in told and not is_plausible(cut.variable, cut.number, cut.unit):
            fits = fitting_units(cut.variable, [cut.number])
            if cut.unit and fits:
                yield _question((o,), f"{cut.number}", cut, fits)


def is_of_animals(study: Study) -> bool:
    """Whether the paper measures animals: heads or captions of its tables name them, or a good part of its sentences.

    A row may name what patients keep or are allergic to.
    """
    told = {s.text for s in study.text if s.source == "caption"}
    told |= {o.spanner_path for o in study.observations if o.source == "table"}
    if any(ANIMALS.search(text) for text in told):
        return True
    named = sum(bool(ANIMALS.search(s.text)) for s in study.text)
    return named >= FEWEST_SENTENCES and named >= len(study.text) * SHARE_OF_SENTENCES


def _question(group: Group, number: str, cut: Measured, fits: list[str]) -> Outcome:
    limits = _limits(cut.variable)
    message = (
        f"A cut-off of {number} {cut.observation.unit or cut.unit} parts nobody: a plausible {called(cut.variable)} "
        f"is {limits}. In {' or '.join(fits)} it would be plausible."
    )
    return Outcome(
        "not testable", tuple(group), message, f"{called(cut.variable)}: {limits}", number, fits[0], SEVERITY
    )


def _implausible(group: Group) -> Outcome:
    first = group[0]
    variable = load_codebook().variables[first.variable]
    limits = _limits(variable)
    message = (
        f"{said(group)} {first.unit}".rstrip() + f" is no plausible value of {called(variable)} ({limits}). "
        f"{_other_unit(group, variable)}The value, its unit or its label may be misprinted or misread."
    )
    arithmetic = f"{called(variable)}: {limits}"
    return Outcome("not testable", tuple(group), message, arithmetic, values_of(group), limits, SEVERITY)


def _other_unit(group: tuple[Observation, ...] | Group, variable: Variable) -> str:
    """A sentence on the unit in which all values would be plausible, or ""."""
    fits = fitting_units(variable, [Decimal(o.value) for o in group if o.number])
    return f"In {fits[0]} it would be. " if fits and variable.low is not None and variable.high is not None else ""


def _limits(variable: Variable) -> str:
    return f"{_plain(variable.low)} to {_plain(variable.high)} {variable.unit}".strip()


def _plain(limit: Decimal | None) -> str:
    return "" if limit is None else f"{limit.normalize():f}"


RULES = (
    Rule(
        id=RULE_ID,
        claim="A median, mean, limit, single value or cut-off lies in the plausible range of its variable, in its "
        "unit.",
        severity=SEVERITY,
        function=test_plausible,
        assumptions="Variable and unit are known to the codebook (schemas/variables.yaml holds the ranges); changes, "
        "differences, rows with negative numbers and papers on animals are not judged; a cut-off only where another "
        "unit would fit. A "
        "question, never an accusation.",
        literature="INSPECT-SR check 4 (internal consistency); reference intervals of clinical chemistry",
        example="Height (cm): median 1.62 was measured in metres.",
    ),
)
