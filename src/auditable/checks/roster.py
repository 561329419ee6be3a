"""The patients a paper lists one by one, and what its tables print of each.

Comes in: a Study. Goes out: one Roster for each set of patients, with a Trait for each row (or column) of the tables
that list them: the printed value of every patient, what it may be as a number, and its kind. Tables that list the same
patients are one roster. What the rest of the paper says of them is left to the rules on individual patients.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from auditable.blocks import Observation, Study
from auditable.labels import strip_choices
from auditable.model import PATH_SEPARATOR
from auditable.printed_text import missing_kind
from auditable.rounding import Interval

OF_ONE_PATIENT = ("value", "bound", "text", "missing")
ANYTHING = Interval(None, None)
_LEAD = re.compile(
    r"^(?:patients?|pts?|cases?|subjects?|participants?|upn|no|nr|id|#)\b\.?\s*(?:no\.?|nr\.?|id|#)?\s*", re.IGNORECASE
)
_YES = re.compile(r"^(?:y|yes|\+|present|positive|✓|✔)$", re.IGNORECASE)
_NO = re.compile(r"^(?:n|no|-|−|–|absent|negative|none|never)$", re.IGNORECASE)


def patient_key(label: str) -> str:
    """The bare name of a patient: "Patient 3" and "3." are "3"."""
    bare = _LEAD.sub("", label.strip())
    return re.sub(r"\s*\([^)]*\)$", "", bare or label).strip(" .)#:").upper()


@dataclass(frozen=True)
class Trait:
    """One variable over the patients of one table: the observations of each patient, in printed order."""

    label: str
    group: str
    values: dict[str, tuple[Observation, ...]]

    @cached_property
    def observations(self) -> tuple[Observation, ...]:
        """All of them, in printed order."""
        return tuple(o for found in self.values.values() for o in found)

    @property
    def first(self) -> Observation:
        """The first value: what the variable is called."""
        return self.observations[0]

    @property
    def variable(self) -> str:
        """The codebook's name of the variable, "" where it knows none."""
        return self.first.variable

    @cached_property
    def unit(self) -> str:
        """The unit of its numbers, "" where none is printed."""
        return next((o.unit for o in self.observations if o.unit), "")

    @property
    def name(self) -> str:
        """The label without the choices behind it."""
        return strip_choices(self.label)

    def text(self, patient: str) -> str:
        """What is printed of a patient, without marks; "" where nothing is."""
        found = self.values.get(patient, ())
        return found[0].raw_text.strip() if len(found) == 1 and not is_missing(found[0]) else ""

    def code(self, patient: str) -> str:
        """The word printed of a patient: its value as read, "" for a number or nothing."""
        found = self.values.get(patient, ())
        if len(found) != 1 or found[0].number is not None or is_missing(found[0]):
            return ""
        return found[0].value.strip()

    def number(self, patient: str) -> Interval:
        """What the number of a patient may be: anything where it is missing or not one number."""
        found = self.values.get(patient, ())
        number = found[0].number if len(found) == 1 else None
        return ANYTHING if number is None else number.ordinary

    def face(self, patient: str) -> Interval:
        """As number, but a value without comparator is just what is printed: 70 is not above 70."""
        found = self.values.get(patient, ())
        number = found[0].number if len(found) == 1 else None
        if number is None:
            return ANYTHING
        return number.ordinary if number.comparator else Interval(number.value, number.value)

    @cached_property
    def n_numbers(self) -> int:
        """How many patients have one number."""
        return sum(len(found) == 1 and found[0].number is not None for found in self.values.values())

    @cached_property
    def codes(self) -> dict[str, frozenset[str]]:
        """The patients of each word, words in small letters, where words are what the row holds."""
        found: dict[str, set[str]] = defaultdict(set)
        for patient in self.values:
            if code := self.code(patient):
                found[code.casefold()].add(patient)
        return {code: frozenset(who) for code, who in found.items()}

    @cached_property
    def is_yes_no(self) -> bool:
        """Whether every word is yes or no, at least one of them in letters."""
        said = list(self.codes)
        return bool(said) and self.n_numbers == 0 and all(_YES.match(c) or _NO.match(c) for c in said)

    @cached_property
    def yes(self) -> frozenset[str]:
        """Patients with a yes."""
        return frozenset(p for code, who in self.codes.items() if _YES.match(code) for p in who)

    @cached_property
    def no(self) -> frozenset[str]:
        """Patients with a no."""
        return frozenset(p for code, who in self.codes.items() if _NO.match(code) for p in who)

    @cached_property
    def missing(self) -> frozenset[str]:
        """Patients of whom neither a number nor a word is printed."""
        return frozenset(p for p, found in self.values.items() if len(found) != 1 or is_missing(found[0]))

    @property
    def inapplicable(self) -> frozenset[str]:
        """Patients whose cell says "not applicable", or holds a dash."""
        return frozenset(p for p, found in self.values.items() if len(found) == 1 and _applies_not(found[0]))


def _applies_not(o: Observation) -> bool:
    text = o.raw_text.strip() or o.value.strip()
    return o.missing in ("NA", "dash") or missing_kind(text) in ("NA", "dash")


def is_missing(o: Observation) -> bool:
    """Whether a cell tells nothing of its patient."""
    return bool(o.missing) or o.statistic == "missing" or (o.number is None and bool(missing_kind(o.value)))


@dataclass(frozen=True)
class Roster:
    """Patients listed one by one, in printed order, with every trait printed of them."""

    patients: tuple[str, ...]
    traits: tuple[Trait, ...]

    @property
    def size(self) -> int:
        """How many patients are listed."""
        return len(self.patients)

    @cached_property
    def table_ids(self) -> tuple[str, ...]:
        """The tables that list them."""
        return tuple(dict.fromkeys(t.first.table_id for t in self.traits))

    def of(self, *variables: str) -> list[Trait]:
        """The traits of these variables."""
        return [t for t in self.traits if t.variable in variables]


def find_rosters(study: Study) -> list[Roster]:
    """The rosters of a study; tables with the same patients (and arm) are one."""
    by_table: dict[str, list[Observation]] = defaultdict(list)
    for o in study.observations:
        if o.source == "table" and o.table_type == "individual" and o.statistic in OF_ONE_PATIENT:
            by_table[o.table_id].append(o)
    merged: dict[frozenset[str], tuple[tuple[str, ...], list[Trait]]] = {}
    for found in by_table.values():
        traits = _traits(found)
        patients = tuple(dict.fromkeys(p for t in traits for p in t.values))
        if len(patients) >= 2:
            merged.setdefault(frozenset(patients), (patients, []))[1].extend(traits)
    return [Roster(patients, tuple(traits)) for patients, traits in merged.values()]


def _traits(found: Sequence[Observation]) -> list[Trait]:
    """Rows or columns as traits, whichever run over patients."""
    rows = _series(found, lambda o: o.row, lambda o: o.spanner_path)
    columns = _series(found, lambda o: o.col, lambda o: o.stub_path)
    if _uniform(rows) >= _uniform(columns):
        return [_trait(s, by_row=True) for s in rows]
    return [_trait(s, by_row=False) for s in columns]


def _series(
    found: Sequence[Observation], line: Callable[[Observation], int], head: Callable[[Observation], str]
) -> list[dict[str, tuple[Observation, ...]]]:
    lines: dict[int, dict[str, list[Observation]]] = defaultdict(lambda: defaultdict(list))
    for o in found:
        lines[line(o)][patient_key(o.patient or head(o).rsplit(PATH_SEPARATOR, 1)[-1])].append(o)
    return [{p: tuple(v) for p, v in values.items()} for values in lines.values()]


def _uniform(series: Sequence[dict[str, tuple[Observation, ...]]]) -> Fraction:
    """Share of lines that run over patients: another patient each, or where none is named one variable and unit."""
    every = [[o for v in s.values() for o in v] for s in series]
    if any(o.patient for line in every for o in line):
        uniform = sum(len({o.patient for o in line}) > 1 for line in every)
    else:
        uniform = sum(len({(o.variable, o.unit) for o in line if o.number}) == 1 for line in every)
    return Fraction(uniform, max(1, len(series)))


def _trait(values: dict[str, tuple[Observation, ...]], *, by_row: bool) -> Trait:
    first = next(iter(values.values()))[0]
    path = (first.stub_path if by_row else first.spanner_path).split(PATH_SEPARATOR)
    return Trait(path[-1].strip(), PATH_SEPARATOR.join(path[:-1]), values)


def lists_every_patient(study: Study, roster: Roster) -> bool:
    """Whether no number of the paper tells of more patients than are listed: then "two died" speaks of these.

    One number alone may be a misprint; two of them, or a denominator, tell of a larger study.
    """
    sizes = [int(o.denominator) for o in study.observations if o.denominator and o.speaks_of == "this study"]
    counts = [
        o.whole
        for o in study.observations
        if o.variable == "n_patients" and o.statistic in ("n", "total") and o.speaks_of == "this study" and o.whole
    ]
    larger = [n for n in (*sizes, *counts) if n > roster.size]
    return len(larger) < 2
