"""Variables and categories named in running text: every mention, with its place in the text.

Comes in: the variables of the codebook, once; then one sentence at a time. Goes out: Hits in printed order, none over
another. What a number in the sentence has to do with a hit is left to prose.py.

How doubt is settled:
- The longest form that begins at a word wins ("glycated haemoglobin" is no haemoglobin); hits never overlap.
- Words are compared as labels are: without capitals, plural s and punctuation, British and American spelling made one.
- An abbreviation (a word of at most SHORT letters that the codebook writes with two capitals or more: OS, PR, HbA1c)
  needs the same capitals; one letter alone is never a name.
- Labels under table_only of the codebook say too little in a sentence ("response", "patients") and are no hits.
- A word of `except` within NEAR words of a hit, in the same clause, undoes it.
- A change ("change in haemoglobin") has as its category the variable named right behind it.
- A category names its variable where the codebook says so ("women"), or a label is in it ("ECOG 0"); some do so only
  where the sentence, or what leads to it, has a word of their context: "nausea" is an adverse event in a sentence on
  toxicity. There they win over variables of the same words ("hypertension of grade 3").
- A category that does not name its variable by itself ("III", "high", "0") counts only beside its variable: right
  before it, or behind it over words such as "of" and "stage"; not where a second one follows at once ("0 or 1").
- An abbreviation of a statistic ("SD") is none of a category where the sentence speaks of a mean.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from auditable.entries import Variable
from auditable.labels import plain_words

SHORT = 6
NEAR = 3
MAX_FILLERS = 3
_LINKS = ("of", "was", "were", "is", "are", "a", "an", "the", "as", "=")
FILLERS = frozenset(("score", "status", "stage", "class", "grade", "level", "disease", "risk", *_LINKS))
STATISTIC_WORDS = frozenset(("SD", "SE", "CI", "OR", "HR", "RR"))
_MEANS = re.compile(r"±|\bmeans?\b|\baverage\b", re.IGNORECASE)
_TOKEN = re.compile(r"\d+(?:\.\d+)+|[≥≤<>=%+αβγκλ]|[^\W_αβγκλ]+")
_STOP = re.compile(r"[,;:()\[\]]|\b(?:and|or|but|versus|vs)\b", re.IGNORECASE)
_LINK = re.compile(r"\W*(?:(?:in|of|from|baseline|the|mean|median|serum|plasma|their)\W+)*", re.IGNORECASE)
_PARTS = re.compile(r"[,;:.)\]]\s|\s[(\[]")
_MORE = re.compile(r"\s*(?:[-–—/,+]|to\b|or\b|and\b|vs\b)\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Hit:
    """A variable named in a text, and its category where the text names one; text[start:end] are the words."""

    start: int
    end: int
    variable: str
    category: str


@dataclass(frozen=True, slots=True)
class _Token:
    word: str
    start: int
    end: int
    printed: str
    is_parted: bool
    """Whether a mark of punctuation and a blank stand before it: no form reaches over them."""


@dataclass(frozen=True, slots=True)
class _Form:
    """One listed form: its words, the codebook's spelling where capitals matter ("" for others), what it names."""

    words: tuple[str, ...]
    capitals: tuple[str, ...]
    variable: str
    category: str

    def fits(self, tokens: Sequence[_Token], place: int) -> bool:
        """Whether the form stands at this place of the tokens."""
        found = tokens[place : place + len(self.words)]
        if tuple(t.word for t in found) != self.words or any(t.is_parted for t in found[1:]):
            return False
        return all(not c or t.printed in (c, c.upper(), f"{c}s") for c, t in zip(self.capitals, found, strict=False))


_Index = dict[str, list[_Form]]
"""Forms by their first word, the longest first."""


class TextNames:
    """The forms of a codebook made ready for search; built once."""

    def __init__(self, variables: Iterable[Variable]) -> None:
        by_name = {v.name: v for v in variables}
        self._names = _index(f for v in by_name.values() for f in _names_of(v))
        spoken = [v for v in by_name.values() if v.in_sentences == "with context"]
        self._in_context = {v.name: _index(_spoken_of(v)) for v in spoken}
        self._context = {v.name: _index(_form(c, v.name, "") for c in v.context) for v in spoken}
        self._categories = {n: _index(_categories_of(v)) for n, v in by_name.items() if v.categories}
        self._beside = {v.name for v in by_name.values() if v.in_sentences == "never" and v.categories}
        self._changes = {v.name for v in by_name.values() if v.names_inner}
        self._exceptions = {n: _index(_exceptions_of(v)) for n, v in by_name.items() if v.exceptions}

    def find(self, text: str, leading: str = "") -> list[Hit]:
        """All variables and categories that a text names, in printed order; leading: more words of its context."""
        tokens = _tokens(text)
        indexes = [*self._spoken_in(tokens, _tokens(leading)), self._names]
        speaks_of_means = bool(_MEANS.search(text))
        hits: list[Hit] = []
        taken = place = 0
        while place < len(tokens):
            form = self._form_at(indexes, tokens, place, text)
            if form is None or (speaks_of_means and STATISTIC_WORDS.intersection(form.capitals)):
                place += 1
                continue
            end = place + len(form.words)
            if self._is_excepted(form, tokens, (taken, place, end), text):
                place += 1
                continue
            hit, place = self._with_category(form, tokens, place, end, taken, text)
            hits.append(hit)
            taken = place
        return self._join_changes(hits, text)

    def _form_at(self, indexes: list[_Index], tokens: list[_Token], place: int, text: str) -> _Form | None:
        """The longest form at a place; a variable without its category where a second category follows ("ECOG 0-1")."""
        forms = [f for index in indexes if (f := _longest(index, tokens, place))]
        form = max(forms, key=lambda f: len(f.words), default=None)
        if form is None or not form.category or form.variable not in self._beside:
            return form
        if not _goes_on(self._categories[form.variable], tokens, place + len(form.words), text):
            return form
        bare = [f for f in self._names[tokens[place].word] if f.variable == form.variable and not f.category]
        return next((f for f in bare if f.fits(tokens, place)), replace(form, category=""))

    def _join_changes(self, hits: list[Hit], text: str) -> list[Hit]:
        """The hits with each change joined to the variable behind it, which becomes its category."""
        joined: list[Hit] = []
        for hit in hits:
            last = joined[-1] if joined else None
            if (
                last
                and last.variable in self._changes
                and not last.category
                and _LINK.fullmatch(text, last.end, hit.start)
            ):
                joined[-1] = Hit(last.start, hit.end, last.variable, hit.variable)
            else:
                joined.append(hit)
        return joined

    def _spoken_in(self, *texts: list[_Token]) -> list[_Index]:
        """Categories that name their variable because a word of its context is in one of the texts."""
        return [
            self._in_context[name]
            for name, words in self._context.items()
            if any(_longest(words, tokens, place) for tokens in texts for place in range(len(tokens)))
        ]

    def _is_excepted(self, form: _Form, tokens: list[_Token], span: tuple[int, int, int], text: str) -> bool:
        """Whether a word of `except` stands near: behind the hit before, and not beyond the clause."""
        index, (taken, start, end) = self._exceptions.get(form.variable, {}), span
        first, last = tokens[start].start, tokens[end - 1].end
        return any(
            _longest(index, tokens, p) is not None
            and not _STOP.search(text, min(last, tokens[p].end), max(first, tokens[p].start))
            for p in range(max(taken, start - NEAR), min(len(tokens), end + NEAR))
        )

    def _with_category(
        self, form: _Form, tokens: list[_Token], start: int, end: int, taken: int, text: str
    ) -> tuple[Hit, int]:
        """The hit with the category printed beside it, and the place behind it."""
        category, index = form.category, self._categories.get(form.variable, {})
        if not category and index:
            category, end = _category_behind(index, tokens, end, text)
        if not category and index:
            category, start = _category_before(index, tokens, start, taken)
        return Hit(tokens[start].start, tokens[end - 1].end, form.variable, category), end


def _category_behind(index: _Index, tokens: list[_Token], end: int, text: str) -> tuple[str, int]:
    place = end
    for _ in range(MAX_FILLERS + 1):
        form = _longest(index, tokens, place)
        if form:
            behind = place + len(form.words)
            return ("", end) if _goes_on(index, tokens, behind, text) else (form.category, behind)
        if place >= len(tokens) or tokens[place].word not in FILLERS:
            return "", end
        place += 1
    return "", end


def _goes_on(index: _Index, tokens: list[_Token], place: int, text: str) -> bool:
    """Whether a second category follows at once: "0 or 1", "II–III", "1, 2"."""
    if place >= len(tokens):
        return False
    more = _MORE.match(text, tokens[place - 1].end)
    following = next((p for p in range(place, len(tokens)) if more and tokens[p].start >= more.end()), None)
    return following is not None and _longest(index, tokens, following) is not None


def _category_before(index: _Index, tokens: list[_Token], start: int, taken: int) -> tuple[str, int]:
    for place in range(max(taken, start - 4), start):
        form = _longest(index, tokens, place)
        if form and place + len(form.words) == start and not form.words[0].isdigit():
            return form.category, place
    return "", start


def _longest(index: _Index, tokens: list[_Token], place: int) -> _Form | None:
    if place >= len(tokens):
        return None
    return next((f for f in index.get(tokens[place].word, ()) if f.fits(tokens, place)), None)


def _tokens(text: str) -> list[_Token]:
    tokens: list[_Token] = []
    for match in _TOKEN.finditer(text):
        before = text[tokens[-1].end if tokens else 0 : match.start()]
        tokens.append(_Token(_word(match[0]), match.start(), match.end(), match[0], bool(_PARTS.search(before))))
    return tokens


def _word(printed: str) -> str:
    return plain_words(printed) or printed


def _names_of(variable: Variable) -> Iterable[_Form]:
    """Forms that name the variable in any sentence; categories where they do so alone, or hold a label ("ECOG 0")."""
    listed = [(p, c) for c, printed in variable.printed_categories.items() for p in printed]
    alone = [pair for pair in listed if variable.in_sentences == "always" or variable.holds_label(plain_words(pair[0]))]
    return _spoken([*alone, *((p, "") for p in variable.printed)], variable)


def _spoken_of(variable: Variable) -> Iterable[_Form]:
    """Categories that name the variable where its context is given."""
    return _spoken([(p, c) for c, printed in variable.printed_categories.items() for p in printed], variable)


def _spoken(listed: list[tuple[str, str]], variable: Variable) -> Iterable[_Form]:
    left_out = {plain_words(x) for x in variable.table_only}
    for printed, category in listed:
        form = _form(printed, variable.name, category)
        if plain_words(printed) not in left_out and len("".join(form.words)) > 1:
            yield form


def _categories_of(variable: Variable) -> Iterable[_Form]:
    return (_form(p, variable.name, c) for c, printed in variable.printed_categories.items() for p in printed)


def _exceptions_of(variable: Variable) -> Iterable[_Form]:
    return (_form(x, variable.name, "") for x in variable.exceptions)


def _form(printed: str, variable: str, category: str) -> _Form:
    words = tuple(_word(m[0]) for m in _TOKEN.finditer(plain_words(printed)))
    written = _TOKEN.findall(printed)
    capitals = tuple(w if _is_abbreviation(w) else "" for w in written) if len(written) == len(words) else ()
    return _Form(words, capitals, variable, category)


def _is_abbreviation(word: str) -> bool:
    return len(word) <= SHORT and sum(c.isupper() for c in word) > 1


def _index(forms: Iterable[_Form]) -> _Index:
    index: _Index = {}
    for form in forms:
        if form.words:
            index.setdefault(form.words[0], []).append(form)
    for listed in index.values():
        listed.sort(key=lambda f: (-len(f.words), f.variable, not f.category, f.category))
    return index
