"""The codebook: printed labels → variables and their categories.

Comes in: schemas/variables.yaml. Goes out: a Codebook that names the variable of a label or row, or the nearest names
it knows. Loading refuses an entry of another shape and says which. Adding a variable touches variables.yaml only; a
label nobody listed has the variable "".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml
from rapidfuzz import fuzz, process

from auditable.labels import is_category_label, label_words, plain_words
from auditable.model import AuditableError
from auditable.units import strip_units
from auditable.wording import strip_wording

CODEBOOK_PATH = Path(str(files("schemas"))) / "variables.yaml"
KINDS = ("count of patients", "continuous", "category", "time to event", "rate", "event")
RELATIONS = ("exclusive", "nested", "overlapping")
REQUIRED = ("meaning", "kind", "labels")
OPTIONAL = (
    "phrases",
    "except",
    "unit",
    "accepted_units",
    "range",
    "relation",
    "categories",
    "stands_alone",
    "claims_rows",
)
LONG_LABEL = 12
MISPRINT_LIKENESS = 95
"""A label of at least LONG_LABEL letters this alike (0 to 100) to a listed one is the same label misprinted or
misread.
"""
NEAREST = 3
"""How many known names are suggested for an unknown label."""


@dataclass(frozen=True, slots=True)
class Variable:
    """One entry of the codebook. low, high: the plausible range in unit, None where none is given."""

    name: str
    meaning: str
    kind: str
    labels: tuple[str, ...]
    phrases: tuple[str, ...] = ()
    exceptions: tuple[str, ...] = ()
    unit: str = ""
    accepted_units: tuple[str, ...] = ()
    low: Decimal | None = None
    high: Decimal | None = None
    relation: str = ""
    categories: dict[str, tuple[str, ...]] = field(default_factory=dict)
    stands_alone: bool = False
    claims_rows: bool = False


@dataclass(frozen=True)
class Suggestion:
    """A known name near an unknown label, with its likeness from 0 to 100."""

    variable: str
    label: str
    likeness: int


@dataclass(frozen=True)
class Codebook:
    """All variables by name, and the look-ups made from their labels. Called with a label it gives the name of its
    variable, or "".
    """

    variables: dict[str, Variable]
    by_label: dict[str, str]
    phrases: tuple[tuple[str, str], ...]
    alone: dict[str, tuple[str, str]]

    def __call__(self, label: str) -> str:
        """The name of the variable a label or phrase names, "" when the codebook knows none."""
        return self.name_label(label)

    def name_label(self, label: str) -> str:
        """The variable of one label: as a whole label, else by the longest phrase in it; "" when none."""
        key = label_words(label)
        name = self.by_label.get(key, "") or self.by_label.get(plain_words(label), "")
        if not name:
            name = next((v for phrase, v in self.phrases if f" {phrase} " in f" {key} "), "") or self._misprint(key)
        if name and any(f" {x} " in f" {key} " for x in self.variables[name].exceptions):
            return ""
        return name

    def _misprint(self, key: str) -> str:
        """The variable of a long label that differs from a listed one by a letter ("preteatment"); numbers must not
        differ.
        """
        if len(key) < LONG_LABEL or any(c.isdigit() for c in key):
            return ""
        near = process.extractOne(key, list(self.by_label), scorer=fuzz.ratio, score_cutoff=MISPRINT_LIKENESS)
        return self.by_label[near[0]] if near else ""

    def category_of(self, variable: str, label: str) -> str:
        """The name of the category a label prints for the variable, "" when it is none of them."""
        key = label_words(label)
        known = self.variables[variable].categories if variable in self.variables else {}
        return next((name for name, printed in known.items() if key in printed), "")

    def name_row(self, path: Sequence[str]) -> tuple[str, str]:
        """Variable and category of a row: ("sex", "female") for "Sex > Female", ("age", "< 70") for "Age (years) > <
        70".

        Read from the last label outwards: a label that can only be a part of something ("Yes", "≥ 6", "II") or that
        its heading lists as category belongs to the heading; otherwise its own variable comes first, then a category
        that stands alone ("Female, n (%)"), then the heading with the label as its category.
        """
        labels = [p for p in path if p.strip()]
        if not labels:
            return "", ""
        last, heads = labels[-1], labels[:-1]
        head = next((v for h in reversed(heads) if (v := self.name_label(h))), "")
        if heads and not label_words(last) and not is_category_label(last):
            return head, ""
        category = self.category_of(head, last) if head else ""
        if category or (head and self._claims(head)):
            return head, category or _as_printed(last)
        if heads and is_category_label(last) and label_words(last) not in self.by_label:
            return (head, _as_printed(last)) if head else ("", "")
        return self._name_alone(last) or ((head, _as_printed(last)) if head and self._parts(head, last) else ("", ""))

    def _parts(self, head: str, label: str) -> bool:
        """Whether an unknown label may be a category of its heading: of a list of categories, or a limit ("Patients ≤
        65 years").
        """
        return self.variables[head].kind == "category" or any(c.isdigit() or c in "<>≤≥" for c in label)

    def _claims(self, head: str) -> bool:
        """Whether all rows under a heading are its categories, even those that name a variable elsewhere ("Reason >
        Death").
        """
        variable = self.variables[head]
        return variable.claims_rows or (variable.kind == "category" and variable.relation == "exclusive")

    def _name_alone(self, label: str) -> tuple[str, str] | None:
        """Variable and category of a label by itself: "Female, n (%)", "Hypertension", "Race, White"; None when it is
        unknown.
        """
        alone = self.alone.get(label_words(label))
        own = self.name_label(label)
        if alone and (not own or alone[0] == own):
            return alone
        before, _, behind = label.partition(",")
        variable = self.name_label(before) if behind.strip() else ""
        category = self.category_of(variable, behind) if variable else ""
        if category or (variable and label_words(behind) and is_category_label(behind.strip())):
            return variable, category or _as_printed(behind)
        return (own, "") if own else None

    def suggest(self, label: str, limit: int = NEAREST) -> tuple[Suggestion, ...]:
        """The nearest known labels to an unknown one, best first."""
        hits = process.extract(label_words(label), list(self.by_label), scorer=fuzz.token_sort_ratio, limit=limit)
        return tuple(Suggestion(self.by_label[known], known, int(score)) for known, score, _ in hits)


@cache
def load_codebook(path: Path = CODEBOOK_PATH) -> Codebook:
    """The codebook of a file; raises AuditableError naming the entry whose shape is wrong, or a label that two
    variables claim.
    """
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    if not isinstance(data, dict) or set(data) != {"variables"} or not isinstance(data["variables"], dict):
        raise AuditableError("the codebook has another shape", where=str(path), expected="one key: variables")
    variables = {name: _variable(name, entry, path) for name, entry in data["variables"].items()}
    return Codebook(variables, _label_index(variables, path), _phrase_index(variables), _alone_index(variables))


def _variable(name: str, entry: Any, path: Path) -> Variable:
    where = f"{path.name}, variable {name}"
    if not isinstance(entry, dict):
        raise AuditableError("an entry is no mapping", where=where, found=type(entry).__name__)
    unknown, lacking = set(entry) - {*REQUIRED, *OPTIONAL}, set(REQUIRED) - set(entry)
    if unknown or lacking:
        raise AuditableError(
            "an entry has other keys",
            where=where,
            expected=f"{', '.join(REQUIRED)}; optional: {', '.join(OPTIONAL)}",
            found=f"lacking: {', '.join(sorted(lacking)) or 'none'}; unknown: {', '.join(sorted(unknown)) or 'none'}",
        )
    _refuse("kind", entry["kind"], KINDS, where)
    categories = entry.get("categories", {})
    if categories or "relation" in entry:
        _refuse("relation", entry.get("relation"), RELATIONS, where)
    low, high = _range(entry.get("range"), where)
    return Variable(
        name=name,
        meaning=str(entry["meaning"]),
        kind=entry["kind"],
        labels=_words(entry["labels"], "labels", where),
        phrases=_words(entry.get("phrases", []), "phrases", where),
        exceptions=_words(entry.get("except", []), "except", where),
        unit=str(entry.get("unit", "")),
        accepted_units=tuple(map(str, entry.get("accepted_units", []))),
        low=low,
        high=high,
        relation=entry.get("relation", ""),
        categories={str(k): _words(v, f"category {k}", where) for k, v in categories.items()},
        stands_alone=bool(entry.get("stands_alone", False)),
        claims_rows=bool(entry.get("claims_rows", False)),
    )


def _refuse(key: str, value: object, allowed: Sequence[str], where: str) -> None:
    if value not in allowed:
        raise AuditableError(f"unknown {key}", where=where, expected=", ".join(allowed), found=str(value))


def _range(limits: Any, where: str) -> tuple[Decimal | None, Decimal | None]:
    if limits is None:
        return None, None
    if not isinstance(limits, list) or len(limits) != 2:
        raise AuditableError("range is not two numbers", where=where, expected="[lowest, highest]", found=str(limits))
    low, high = (Decimal(str(x)) for x in limits)
    if low >= high:
        raise AuditableError("range is upside down", where=where, expected="[lowest, highest]", found=str(limits))
    return low, high


def _words(printed: Any, key: str, where: str) -> tuple[str, ...]:
    if not isinstance(printed, list):
        raise AuditableError(f"{key} is no list", where=where, expected="a list of printed labels", found=str(printed))
    return tuple(dict.fromkeys(plain_words(str(p)) for p in printed))


def _label_index(variables: dict[str, Variable], path: Path) -> dict[str, str]:
    index: dict[str, str] = {}
    for name, variable in variables.items():
        for label in variable.labels:
            if index.setdefault(label, name) != name:
                raise AuditableError(
                    f"two variables claim the label {label!r}",
                    where=path.name,
                    expected="one variable per label",
                    found=f"{index[label]} and {name}",
                )
    return index


def _phrase_index(variables: dict[str, Variable]) -> tuple[tuple[str, str], ...]:
    pairs = [(phrase, name) for name, v in variables.items() for phrase in v.phrases]
    return tuple(sorted(pairs, key=lambda p: (-len(p[0]), p[0])))


def _alone_index(variables: dict[str, Variable]) -> dict[str, tuple[str, str]]:
    return {
        label: (name, category)
        for name, v in variables.items()
        if v.stands_alone
        for category, printed in v.categories.items()
        for label in printed
        if len(label) > 1
    }


def _as_printed(label: str) -> str:
    """The label without words on statistics; the label itself where nothing else stands in it ("No")."""
    bare = strip_wording(strip_units(label))
    return bare if any(c.isalnum() for c in bare) else label.strip()
