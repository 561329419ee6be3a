"""Which variable and which of its categories one printed label names.

Comes in: the entries of the codebook, once; then labels as printed. Goes out: names, "" where no entry explains the
label. What the headings above a label add is left to codebook.py, running text to text_names.py.

A label is looked up in this order, the first that no word of `except` forbids is taken: as a whole; the abbreviation in
its brackets ("Depression (BDI score)"); without its brackets; without qualifiers ("Baseline …", "history of …"); the
longest listed phrase in it; a long listed label that differs by one misprinted letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from rapidfuzz import fuzz, process

from auditable.entries import Qualifiers, Variable
from auditable.labels import label_words, plain_words
from auditable.model import AuditableError
from auditable.units import strip_units
from auditable.wording import read_wordings

LONG_LABEL = 12
MISPRINT_LIKENESS = 95
"""A label of at least LONG_LABEL letters this alike (0 to 100) to a listed one is the same label misprinted or
misread.
"""
MAX_QUALIFIERS = 3
MAX_PHRASE_WORDS = 14
"""A longer label is a sentence: a phrase in it says too little of what the row means."""
COUNTED = "count of patients"
_BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_MEASURED = re.compile(
    r"\s*[,;:—–-]\s*(?:median|mean|average)\s+(?:time|value|number|duration|level)s?\b[^,;]*$", re.IGNORECASE
)
"""What a label says of its cells behind its name: "Washout, median time (IQR)"."""


class LabelNames:
    """The labels of a codebook made ready for look-up; refuses a label that two variables claim."""

    def __init__(self, variables: dict[str, Variable], qualifiers: Qualifiers, where: str) -> None:
        self._variables = variables
        self.by_label = _index(((v, v.name) for v in variables.values()), where)
        pairs = [(phrase, name) for name, v in variables.items() for phrase in v.phrases]
        self._phrases = sorted(pairs, key=lambda p: (-len(p[0]), p[0]))
        self._qualifiers = qualifiers

    def name(self, label: str) -> str:
        """The variable of one label, "" when no entry explains it."""
        keys = _keys(label)
        return next((found for found in self._candidates(label, keys) if not self.is_excepted(found, keys[0])), "")

    def is_excepted(self, variable: str, words: str) -> bool:
        """Whether a label says, by a word of `except`, that it is something else than the variable."""
        return any(f" {x} " in f" {words} " for x in self._variables[variable].exceptions)

    def category(self, variable: str, label: str) -> str:
        """The category that a label prints for a variable, "" when it is none of the listed ones."""
        known = self._variables[variable].categories if variable in self._variables else {}
        bare = label_words(_BRACKETS.sub(" ", label))
        keys = [k for k in (*_keys(label), bare) if k]
        return next((name for key in keys for name, printed in known.items() if key in printed), "")

    def rest_of(self, variable: str, label: str) -> str:
        """The words of a label beside those that name the variable: "change in haemoglobin" → "hemoglobin"."""
        entry, key = self._variables[variable], f" {label_words(label)} "
        listed = sorted((*entry.labels, *entry.phrases), key=len, reverse=True)
        named = next((words for words in listed if f" {words} " in key), "")
        return " ".join(key.replace(f" {named} ", " ", 1).split())

    def _candidates(self, label: str, keys: tuple[str, ...]) -> Iterator[str]:
        yield from self._whole(reversed(keys))
        for inside in _BRACKETS.findall(label):
            capitals = sum(c.isupper() for c in inside.split(" ")[0])
            if capitals > 1 and "=" not in inside and not read_wordings(inside):
                yield from self._whole(_keys(inside))
        bare = label_words(_BRACKETS.sub(" ", label))
        yield from self._whole((bare, label_words(_MEASURED.sub("", label))))
        for key in (bare, keys[0]):
            yield from self._unqualified(key)
        for text in (t for t in (keys[1], bare, keys[0]) if len(t.split()) <= MAX_PHRASE_WORDS):
            yield from (name for phrase, name in self._phrases if f" {phrase} " in f" {text} ")
        yield from self._misprint(keys[0])

    def _whole(self, keys: Iterable[str]) -> Iterator[str]:
        return (self.by_label[key] for key in keys if key in self.by_label)

    def _unqualified(self, key: str) -> Iterator[str]:
        """Variables of the label without words that only qualify it; those of conditions need counted patients."""
        waiting, seen = [(key, False, 0)], {key}
        while waiting:
            words, of_condition, depth = waiting.pop(0)
            name = self.by_label.get(words, "")
            if depth and name and (not of_condition or self._variables[name].kind == COUNTED):
                yield name
            if depth < MAX_QUALIFIERS:
                for shorter, conditions in self._shorten(words):
                    if shorter not in seen:
                        seen.add(shorter)
                        waiting.append((shorter, of_condition or conditions, depth + 1))

    def _shorten(self, words: str) -> Iterator[tuple[str, bool]]:
        listed = self._qualifiers
        for before, conditions in ((listed.before, False), (listed.before_conditions, True)):
            yield from ((words[len(q) + 1 :], conditions) for q in before if words.startswith(f"{q} "))
        for behind, conditions in ((listed.behind, False), (listed.behind_conditions, True)):
            yield from ((words[: -len(q) - 1], conditions) for q in behind if words.endswith(f" {q}"))

    def _misprint(self, key: str) -> Iterator[str]:
        """The variable of a long label that differs from a listed one by a letter ("preteatment"); numbers must not
        differ.
        """
        if len(key) >= LONG_LABEL and not any(c.isdigit() for c in key):
            near = process.extractOne(key, list(self.by_label), scorer=fuzz.ratio, score_cutoff=MISPRINT_LIKENESS)
            if near:
                yield self.by_label[near[0]]


def _keys(label: str) -> tuple[str, str, str]:
    """A label as compared: without units and words about statistics ("mean"), without units, and with both."""
    return label_words(label), plain_words(strip_units(label)), plain_words(label)


def _index(entries: Iterable[tuple[Variable, str]], where: str) -> dict[str, str]:
    index: dict[str, str] = {}
    for variable, name in entries:
        for label in variable.labels:
            if index.setdefault(label, name) != name:
                raise AuditableError(
                    f"two variables claim the label {label!r}",
                    where=where,
                    expected="one variable per label",
                    found=f"{index[label]} and {name}",
                )
    return index
