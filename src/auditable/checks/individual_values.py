"""individual.value: what a sentence prints of one named patient, against the cell of that patient.

Comes in: a Study. Goes out: one outcome for each number of running text that speaks of one listed patient, and for each
"62-year-old woman (patient II)". Numbers of groups are left to individual.py and individual_counts.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from auditable.blocks import Observation, Study
from auditable.checks.individual_words import telling_words
from auditable.checks.roster import Roster, Trait, find_rosters, patient_key
from auditable.checks.rule import Outcome, Quote, Rule
from auditable.model import Sentence
from auditable.rounding import read_printed

SEX_CODES = {"man": "m", "male": "m", "boy": "m", "woman": "f", "female": "f", "girl": "f"}
_AGED = re.compile(
    r"\b(?P<age>\d{1,3})[-\s]years?[-\s]old(?:\s[\w-]+){0,3}?\s(?P<sex>woman|man|male|female|girl|boy)\b", re.I
)
_NAME = (
    r"(?:patients?|pts?|cases?|subjects?)\.?\s(?:no\.?\s|#)?(?P<name>{names})\b"
    r"(?P<more>\s?(?:,|and|or|&|to|–|-)\s?(?:{names})\b)?"
)
"""A patient by name, or the first of several."""


def test_values(study: Study) -> Iterator[Outcome]:
    """One outcome for each number, or sex, that the text prints of one listed patient."""
    rosters = find_rosters(study)
    if len(rosters) != 1:
        return
    roster = rosters[0]
    for o in study.observations:
        if o.source in ("prose", "caption") and o.patient and o.speaks_of == "this study":
            yield from _test_number(o, roster)
    for sentence in study.text:
        if sentence.source != "note":
            yield from _test_introduced(sentence, roster, study)


def _test_number(o: Observation, roster: Roster) -> Iterator[Outcome]:
    """The number of one patient against the one trait of its variable, unit and time."""
    patient = patient_key(o.patient)
    if patient not in roster.patients or o.statistic != "value" or not o.variable or o.number is None or o.timepoint:
        return
    traits = [t for t in roster.of(o.variable) if patient in t.values and t.n_numbers and t.unit in ("", o.unit)]
    cells = [(t, t.values[patient][0]) for t in traits if t.number(patient).low is not None]
    fitting = [c for c in cells if c[1].number is not None and c[1].number.ordinary.overlaps(o.number.ordinary)]
    named = [c for c in cells if telling_words(c[0].name) & telling_words(o.quote)]
    if fitting:
        yield _outcome(o, patient, *fitting[0], is_right=True)
    elif len(cells) == len(traits) == 1 and named:
        yield _outcome(o, patient, *cells[0], is_right=False)


def _outcome(o: Observation, patient: str, trait: Trait, cell: Observation, *, is_right: bool) -> Outcome:
    arithmetic = f"{trait.label} of {patient}: {cell.number}; the text prints {o.number}"
    if is_right:
        message = f"{o.number} is what {cell.table_id} prints of patient {patient}."
        return Outcome("consistent", (o, cell), message, arithmetic, str(o.number), str(cell.number))
    what = f"{trait.name} of patient {patient}"
    message = f"{cell.table_id} prints {cell.number} as {what}, but the text {o.number} ({o.place})."
    return Outcome("impossible", (o, cell), message, arithmetic, str(o.number), str(cell.number))


def _test_introduced(sentence: Sentence, roster: Roster, study: Study) -> Iterator[Outcome]:
    """Age and sex of a patient introduced in a sentence that names no other patient and no other age."""
    names = "|".join(sorted(map(re.escape, roster.patients), key=len, reverse=True))
    aged = list(_AGED.finditer(sentence.text))
    found = list(re.finditer(_NAME.format(names=names), sentence.text, re.IGNORECASE))
    named = {patient_key(m["name"]) for m in found}
    if len(aged) != 1 or len(named) != 1 or any(m["more"] for m in found):
        return
    patient = next(iter(named))
    ages, sexes = roster.of("age"), roster.of("sex")
    if len(ages) == 1:
        found = _test_age(aged[0], sentence, patient, ages[0], study.observations)
        if found is not None:
            yield found
    code = sexes[0].code(patient).casefold()[:1] if len(sexes) == 1 else ""
    if code in ("m", "f"):
        yield _sex_outcome(aged[0], sentence, patient, sexes[0], code)


def _test_age(
    aged: re.Match[str], sentence: Sentence, patient: str, trait: Trait, observations: Sequence[Observation]
) -> Outcome | None:
    cell = trait.values.get(patient, (None,))[0]
    said = read_printed(aged["age"])
    if cell is None or cell.number is None or said is None:
        return None
    quotes = (Quote(sentence, aged.start("age"), aged.end("age")),)
    number = next((o for o in observations if o.quote == sentence.text and o.start == aged.start("age")), None)
    involved = (number, cell) if number is not None else (cell,)
    arithmetic = f"{trait.label} of {patient}: {cell.number}; the text prints {said}"
    # ages are given in full years: 62.9 is 62 years old
    if said.judge(cell.number.value) in ("consistent", "rounding"):
        message = f"The text gives patient {patient} the age that {cell.table_id} prints."
        return Outcome("consistent", involved, message, arithmetic, str(said), str(cell.number), quotes=quotes)
    message = f"{cell.table_id} prints an age of {cell.number} for patient {patient}, but the text {said}."
    return Outcome("impossible", involved, message, arithmetic, str(said), str(cell.number), quotes=quotes)


def _sex_outcome(aged: re.Match[str], sentence: Sentence, patient: str, trait: Trait, code: str) -> Outcome:
    cell = trait.values[patient][0]
    quotes = (Quote(sentence, aged.start("sex"), aged.end("sex")),)
    said = aged["sex"].casefold()
    arithmetic = f"{trait.label} of {patient}: {cell.value}; the text says {said}"
    if SEX_CODES[said] == code:
        message = f"The text gives patient {patient} the sex that {cell.table_id} prints."
        return Outcome("consistent", (cell,), message, arithmetic, said, cell.value, quotes=quotes)
    message = f"{cell.table_id} prints {cell.value} as sex of patient {patient}, but the text says {said}."
    return Outcome("impossible", (cell,), message, arithmetic, said, cell.value, quotes=quotes)


RULES = (
    Rule(
        id="individual.value",
        claim="A number that the text prints of one patient is that of the patient's cell.",
        severity="error",
        function=test_values,
        assumptions="The sentence names one listed patient; one row of the tables holds the variable, in the same "
        "unit; no time point sets the number apart.",
        literature="INSPECT-SR check 4 (internal consistency)",
        example="“A 62-year-old woman (patient II)”: the table prints F and 26 for patient II.",
    ),
)
