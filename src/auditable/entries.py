"""The file of the codebook: schemas/variables.yaml → its entries, each checked.

Comes in: the path of the file. Goes out: Variables by name; an entry of another shape is refused with its name, what
was expected and what was found. Look-ups made from the entries are left to codebook.py and text_names.py.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from auditable.labels import plain_words
from auditable.model import AuditableError

if TYPE_CHECKING:
    from yaml import SafeLoader as _SafeLoader
else:
    _SafeLoader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

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
    "table_only",
    "in_sentences",
    "context",
    "names_inner",
    "needs_heading",
    "closed",
    "of_earlier",
    "is_given",
    "recurs",
)
_PARTS = {"variables", "qualifiers"}
IN_SENTENCES = ("always", "with context", "never")


@dataclass(frozen=True, slots=True)
class Conversion:
    """How a printed unit becomes the unit of the variable, exactly: value × factor + offset."""

    factor: Fraction
    offset: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True)
class Variable:
    """One entry of the codebook. low, high: the plausible range in unit, None where none is given.

    labels, phrases, exceptions and categories hold comparable words; printed and printed_categories the forms (labels
    and phrases) as the file writes them. table_only: labels that say too little in a sentence. is_closed: there is no
    other category. of_earlier: the variable it is where an earlier therapy is meant, "" where there is none. recurs: an
    event that comes again and again, whose rates are compared by a ratio of rates and never by a hazard ratio.
    """

    name: str
    meaning: str
    kind: str
    labels: tuple[str, ...]
    phrases: tuple[str, ...] = ()
    exceptions: tuple[str, ...] = ()
    unit: str = ""
    accepted_units: dict[str, Conversion] = field(default_factory=dict)
    low: Decimal | None = None
    high: Decimal | None = None
    relation: str = ""
    categories: dict[str, tuple[str, ...]] = field(default_factory=dict)
    stands_alone: bool = False
    claims_rows: bool = False
    table_only: tuple[str, ...] = ()
    in_sentences: str = "never"
    context: tuple[str, ...] = ()
    names_inner: bool = False
    needs_heading: tuple[str, ...] = ()
    is_closed: bool = False
    of_earlier: str = ""
    is_given: bool = False
    recurs: bool = False

    def holds_label(self, words: str) -> bool:
        """Whether a label or phrase of the variable is among comparable words, as in the category "ecog 0"."""
        return any(f" {label} " in f" {words} " for label in (*self.labels, *self.phrases))

    printed: tuple[str, ...] = ()
    printed_categories: dict[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Qualifiers:
    """Words beside a label that do not change what it names; those of conditions only where patients are counted."""

    before: tuple[str, ...] = ()
    behind: tuple[str, ...] = ()
    before_conditions: tuple[str, ...] = ()
    behind_conditions: tuple[str, ...] = ()


class _Loader(_SafeLoader):
    """YAML's safe loader, in C where that is built in; a key that stands twice is refused, not overwritten."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """The mapping of a node; raises AuditableError at the second of two equal keys."""
        keys = [key.value for key, _ in node.value if isinstance(key, yaml.ScalarNode)]
        twice = next((key for key, times in Counter(keys).items() if times > 1), "")
        if twice:
            where = f"line {node.start_mark.line + 1} of the codebook"
            raise AuditableError(f"the key {twice!r} stands twice", where=where, remedy="Join the two entries.")
        return super().construct_mapping(node, deep)


def load_entries(path: Path) -> tuple[dict[str, Variable], Qualifiers]:
    """The entries of a file by name, and its qualifiers; raises AuditableError naming the entry of another shape."""
    data = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)
    if not isinstance(data, dict) or not isinstance(data.get("variables"), dict) or set(data) - _PARTS:
        expected = "the key variables, and perhaps qualifiers"
        raise AuditableError("the codebook has another shape", where=str(path), expected=expected)
    qualifiers = data.get("qualifiers", {})
    names = set(Qualifiers.__dataclass_fields__)
    if not isinstance(qualifiers, dict) or set(qualifiers) - names:
        raise AuditableError("qualifiers have another shape", where=str(path), expected=", ".join(sorted(names)))
    lists = {key: _words(listed, key, f"{path.name}, qualifiers") for key, listed in qualifiers.items()}
    variables = {name: _variable(name, entry, path) for name, entry in data["variables"].items()}
    for name, variable in variables.items():
        if variable.of_earlier:
            _refuse("of_earlier", variable.of_earlier, tuple(variables), f"{path.name}, variable {name}")
    return variables, Qualifiers(**lists)


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
    categories = _categories(entry.get("categories", {}), where)
    stands_alone = bool(entry.get("stands_alone", False))
    in_sentences = entry.get("in_sentences", "always" if stands_alone else "never")
    _refuse("in_sentences", in_sentences, IN_SENTENCES, where)
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
        accepted_units=_conversions(entry.get("accepted_units", {}), where),
        low=low,
        high=high,
        relation=entry.get("relation", ""),
        categories={k: tuple(dict.fromkeys(map(plain_words, v))) for k, v in categories.items()},
        stands_alone=stands_alone,
        claims_rows=bool(entry.get("claims_rows", False)),
        table_only=_words(entry.get("table_only", []), "table_only", where),
        printed=tuple(map(str, (*entry["labels"], *entry.get("phrases", [])))),
        in_sentences=in_sentences,
        context=tuple(map(str, entry.get("context", []))),
        names_inner=bool(entry.get("names_inner", False)),
        needs_heading=_words(entry.get("needs_heading", []), "needs_heading", where),
        is_closed=bool(entry.get("closed", False)),
        of_earlier=str(entry.get("of_earlier", "")),
        is_given=bool(entry.get("is_given", False)),
        recurs=bool(entry.get("recurs", False)),
        printed_categories=categories,
    )


def _categories(listed: Any, where: str) -> dict[str, tuple[str, ...]]:
    """The printed forms of each category, its own name first; one form cannot be of two categories."""
    if not isinstance(listed, dict):
        raise AuditableError("categories are no mapping", where=where, expected="name: [forms]", found=str(listed))
    forms: dict[str, tuple[str, ...]] = {}
    owner: dict[str, str] = {}
    for name, printed in listed.items():
        forms[str(name)] = (str(name), *_printed(printed or [], f"category {name}", where))
        for form in map(plain_words, forms[str(name)]):
            if owner.setdefault(form, str(name)) != str(name):
                found = f"{owner[form]} and {name}"
                raise AuditableError(f"two categories claim the form {form!r}", where=where, found=found)
    return forms


def _printed(listed: Any, key: str, where: str) -> tuple[str, ...]:
    if not isinstance(listed, list):
        raise AuditableError(f"{key} is no list", where=where, expected="a list of printed labels", found=str(listed))
    return tuple(map(str, listed))


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


def _conversions(units: Any, where: str) -> dict[str, Conversion]:
    if not isinstance(units, dict):
        found = f"accepted_units: {units}"
        raise AuditableError("a unit has no factor", where=where, expected="unit: factor", found=found)
    return {str(unit): _conversion(how, f"{where}, unit {unit}") for unit, how in units.items()}


def _conversion(how: Any, where: str) -> Conversion:
    """A factor ("10", 0.0113, "5/9"), or factor and offset ([5/9, -160/9])."""
    numbers = how if isinstance(how, list) else [how]
    try:
        factor, offset = [*(_number(str(n)) for n in numbers), Fraction(0)][:2]
    except (ValueError, ZeroDivisionError) as error:
        expected = "a factor, or [factor, offset], each a number or a fraction"
        raise AuditableError("a conversion is no number", where=where, expected=expected, found=str(how)) from error
    if factor <= 0 or len(numbers) > 2:
        expected = "a factor above 0, or [factor, offset]"
        raise AuditableError("a conversion has another shape", where=where, expected=expected, found=str(how))
    return Conversion(factor, offset)


def _number(text: str) -> Fraction:
    above, _, below = text.partition("/")
    return Fraction(above.strip()) / Fraction(below.strip() or 1)


def _words(listed: Any, key: str, where: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(map(plain_words, _printed(listed, key, where))))
