"""The codebook: printed labels → variables and their categories.

Comes in: schemas/variables.yaml. Goes out: a Codebook that names the variable of a label, of a row with the headings
above it, or of the words of a sentence, and the nearest names it knows for a label that no entry explains. Adding a
variable touches variables.yaml only. One label alone is left to label_names.py, sentences to text_names.py.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, cached_property
from importlib.resources import files
from pathlib import Path

from rapidfuzz import fuzz, process

from auditable.conversions import convert
from auditable.earlier import BASELINE, Earlier
from auditable.entries import Variable, load_entries
from auditable.label_names import LabelNames
from auditable.labels import is_category_label, is_time_label, label_words, strip_choices
from auditable.model import AuditableError
from auditable.text_names import Hit, TextNames
from auditable.units import TIMES, find_unit, normal_unit, strip_units
from auditable.wording import strip_wording

CODEBOOK_PATH = Path(str(files("schemas"))) / "variables.yaml"
NEAREST = 3
"""How many known names are suggested for an unknown label."""
TOTALS = ("total", "overall", "all")
COUNTS_EVENTS = "adverse_event_count"
"""Stays itself under a heading of adverse events: a number of events is no event."""
LEVELS = ("elevated", "raised", "increased", "high", "low", "decreased", "reduced", "abnormal", "normal")
"""Words before a quantity that part the patients by it: "Elevated LDH"."""
_BRACKETS = re.compile(r"[(\[][^()\[\]]*[)\]]")
_RATE = re.compile(r"\W*(?:incidence|rate|events?|cases|deaths|number|no\.)\b.*(?:/|\bper)\s?1[\d,]*\b", re.IGNORECASE)
"""A label that says nothing but how often ("Events/100 patient-yr")."""
_REGIMEN = re.compile(r"\b(?=\w*[A-Z]\w*[a-z])(?=\w*[A-Z]\w*[A-Z])\w{3,}\b")
"""A regimen by its letters: "VRd", "IsaPomDex"."""
_DEATHS = re.compile(r"(?:total\s)?(?:(?:no\.?|n|numbers?)\s(?:of\s)?)?deaths?\W*(?:$|n\b|%)", re.IGNORECASE)
CAUSES = ("count of patients",)
"""Kinds of variables that people die of, where the deaths are a row under them."""
CAUSE_OF_DEATH = "cause_of_death"
STOPPED, WHY_STOPPED = "discontinuation", "discontinuation_reason"
"""Those who stopped, and why: a row "Adverse event" under "Discontinued treatment" is a reason."""


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
    labels: LabelNames
    alone: dict[str, tuple[str, str]]

    @cached_property
    def in_text(self) -> TextNames:
        """The forms that sentences are searched for, made ready when first needed."""
        return TextNames(self.variables.values())

    def __call__(self, label: str) -> str:
        """The name of the variable a label or phrase names, "" when the codebook knows none."""
        return self.name_label(label)

    def name_label(self, label: str) -> str:
        """The variable of one label, without the headings above it; "" when none."""
        return self.labels.name(label)

    def category_of(self, variable: str, label: str) -> str:
        """The name of the category a label prints for the variable, "" when it is none of them."""
        return self.labels.category(variable, label)

    @cached_property
    def earlier(self) -> Earlier:
        """What tells that an earlier therapy is meant."""
        return Earlier(self.variables)

    def name_row(self, path: Sequence[str], kind: str = "") -> tuple[str, str]:
        """Variable and category of a row: ("sex", "female") for "Sex > Female", ("age", "< 70") for "Age (years) > <
        70".

        Read from the last label outwards: a label that is a point in time ("Week 12") or a change belongs to its
        heading without being a category; one that can only be a part of something ("Yes", "≥ 6", "II") or that its
        heading lists as category is the heading's; otherwise its own variable comes first, then a category that stands
        alone ("Female, n (%)"), then the heading with the label as its category. kind: type of the table.
        """
        labels = [p for p in path if p.strip()]
        if not labels:
            return "", ""
        variable, category = self._name_path(labels)
        if not variable and kind == BASELINE:
            return self._of_drug(labels)
        own = next((x for x in reversed(labels) if variable and self.name_label(x) == variable), labels[-1])
        if variable and not category and own == labels[-1]:
            category = self._part_named(variable, own)
        return self.earlier.name(variable, own, labels, kind), category

    def _of_drug(self, labels: list[str]) -> tuple[str, str]:
        """What the labels name without the drug in them, where that has a twin: "Duration of X treatment"."""
        bare = [self.earlier.without_drug(label_words(x)) if self.earlier.drug_in(x) else x for x in labels]
        variable, category = self._name_path(bare) if bare != labels else ("", "")
        twin = self.earlier.twins.get(variable, "")
        return (twin, category) if twin else ("", "")

    def _name_path(self, labels: list[str]) -> tuple[str, str]:
        last, heads = labels[-1], labels[:-1]
        named = [v for h in reversed(heads) if (v := self.name_label(h))]
        head = named[0] if named else ""
        if head and (is_time_label(last) and not self._is_span(head, last)):
            return self._named(head, next(h for h in reversed(heads) if self.name_label(h)))
        if head == STOPPED and (reason := self.category_of(WHY_STOPPED, last)):
            return WHY_STOPPED, reason
        if head and _DEATHS.match(last.strip()) and self.variables[head].kind in CAUSES:
            return CAUSE_OF_DEATH, _as_printed(next(h for h in reversed(heads) if self.name_label(h)))
        if heads and (_RATE.match(last) or (not label_words(last) and not is_category_label(last))):
            return head, ""
        if heads and label_words(last) in TOTALS:
            return (head, _as_printed(last)) if head else ("", "")
        if self.name_label(last) == COUNTS_EVENTS:
            return COUNTS_EVENTS, ""
        category = self.category_of(head, last) if head else ""
        if category or (head and self._claims(head) and not self._is_change(last) and not _measures(last)):
            return head, category or _as_printed(last)
        if heads and is_category_label(last) and label_words(last) not in self.labels.by_label:
            return (head, _as_printed(last)) if head else ("", "")
        return self._own(last, heads, named) or (
            (head, _as_printed(last)) if head and self._parts(head, last) else ("", "")
        )

    def _is_change(self, label: str) -> bool:
        own = self.name_label(label)
        return bool(own) and self.variables[own].names_inner

    def _own(self, last: str, above: list[str], heads: list[str]) -> tuple[str, str] | None:
        """What the last label names by itself, unless a heading says it is something else ("24 h urine > Sodium").

        Under a heading such as "change", and as such a label under a heading, it is the change of the variable.
        """
        own = self._name_alone(last)
        if own and any(self.labels.is_excepted(own[0], label_words(h)) for h in above):
            return None
        changes = [h for h in heads if self.variables[h].names_inner]
        if own and changes and own[0] not in changes:
            return changes[0], own[0]
        if own and heads and self.variables[own[0]].names_inner and not self.labels.rest_of(own[0], last):
            return own[0], heads[0]
        return own

    def _named(self, variable: str, label: str) -> tuple[str, str]:
        """The variable with the category its label holds: its own one ("ECOG 0"), or the variable that changed."""
        if not self.variables[variable].names_inner:
            return variable, self.category_of(variable, label)
        rest = self.labels.rest_of(variable, label)
        return variable, self.name_label(rest) or rest

    def _part_named(self, variable: str, label: str) -> str:
        """The category that the other words of a label give: "Elevated LDH", "Lenalidomide dose reduction", "Primary
        refractory to VRd".
        """
        entry, rest = self.variables[variable], self.labels.rest_of(variable, label)
        if entry.kind == "continuous":
            level, _, behind = label_words(label).partition(" ")
            return level if level in LEVELS and self.labels.by_label.get(behind) == variable else ""
        if not rest or rest == label_words(label):
            return ""
        if entry.relation == "exclusive":
            return self.category_of(variable, rest)
        drug = self.earlier.drug_in(rest)
        if entry.relation == "overlapping":
            return _as_printed(label) if drug or _REGIMEN.search(label) else ""
        return drug if drug and not self.earlier.without_drug(rest) else ""

    def _is_span(self, head: str, label: str) -> bool:
        """Whether a label such as "6 months" is a value under its heading ("Duration", "Age"), no point in time."""
        return self.variables[head].unit in TIMES and label.strip()[:1].isdigit()

    def _parts(self, head: str, label: str) -> bool:
        """Whether an unknown label may be a category of its heading: of a list of categories, or a limit ("Patients ≤
        65 years").
        """
        if self.variables[head].kind == "category":
            return not _measures(label)
        return any(c.isdigit() or c in "<>≤≥" for c in label)

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
        key = label_words(label)
        alone, own = self.alone.get(key), self.name_label(label)
        if (own or alone) and _BRACKETS.search(label) and not label_words(_BRACKETS.sub(" ", label)):
            return None  # "Number of women (men)": the brackets alone are no name
        if alone and (own in ("", alone[0]) or key not in self.labels.by_label):
            return alone
        before, _, behind = label.partition(",")
        variable = self.name_label(before) if behind.strip() else ""
        category = self.category_of(variable, behind) if variable else ""
        if category or (variable and label_words(behind) and is_category_label(behind.strip())):
            return variable, category or _as_printed(behind)
        return self._named(own, label) if own else None

    def find_in_text(self, text: str, leading: str = "") -> list[Hit]:
        """All variables and categories that running text names, in printed order, with their offsets in the text.

        leading: what leads to the text (its section, the sentence before): its words count as context of the text.
        """
        return self.in_text.find(text, leading)

    def convert(self, value: Decimal, unit: str, variable: str) -> Decimal | None:
        """The value in the unit of the named variable (conversions.py); None where nothing says how."""
        entry = self.variables.get(variable)
        return convert(value, unit, entry) if entry else None

    def suggest(self, label: str, limit: int = NEAREST) -> tuple[Suggestion, ...]:
        """The nearest known labels to an unknown one, best first."""
        known = self.labels.by_label
        hits = process.extract(label_words(label), list(known), scorer=fuzz.token_sort_ratio, limit=limit)
        return tuple(Suggestion(known[near], near, int(score)) for near, score, _ in hits)


@cache
def load_codebook(path: Path = CODEBOOK_PATH) -> Codebook:
    """The codebook of a file; raises AuditableError naming the entry whose shape is wrong, or a label that two
    variables claim.
    """
    variables, qualifiers = load_entries(path)
    names = LabelNames(variables, qualifiers, path.name)
    return Codebook(variables, names, _alone_index(variables, path))


def _alone_index(variables: dict[str, Variable], path: Path) -> dict[str, tuple[str, str]]:
    """Forms of categories that name their variable without a heading: listed as such, or with a label in them."""
    index: dict[str, tuple[str, str]] = {}
    for name, variable in variables.items():
        pairs = [(label, category) for category, printed in variable.categories.items() for label in printed]
        for label, category in pairs:
            names_it = (variable.stands_alone and label not in variable.needs_heading) or variable.holds_label(label)
            if names_it and len(label) > 1 and index.setdefault(label, (name, category)) != (name, category):
                raise AuditableError(
                    f"the category {label!r} stands alone for two variables",
                    where=path.name,
                    found=f"{index[label][0]} and {name}",
                )
    return index


def _measures(label: str) -> bool:
    """Whether a label names a quantity of its own by its unit ("Duration, mo"): no part of a list of categories."""
    unit = normal_unit(find_unit(label))
    return unit not in ("", "%") and not any(c.isdigit() for c in label.replace(find_unit(label), ""))


def _as_printed(label: str) -> str:
    """The label without words on statistics; the label itself where nothing else stands in it ("No")."""
    bare = strip_wording(strip_units(strip_choices(label)))
    return bare if any(c.isalnum() for c in bare) else label.strip()
