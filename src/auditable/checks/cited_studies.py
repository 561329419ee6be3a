"""Which numbers of a paper speak of another paper of the corpus.

Comes in: a Study with its paper, its list of references and the other studies. Goes out: Quoted: a number, the study
it speaks of, and how that is known. A study is known by its place in the list of references (DOI, or author and title),
by its author and year, by its number in a registry, or, where no list is printed, by facts that no other study of the
corpus shares. What the other paper prints is left to partners.py.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from auditable.blocks import Observation, Study
from auditable.checks.partners import find_partners, is_size
from auditable.checks.study_facts import (
    author_of,
    own_registry_numbers,
    phases_in,
    sizes_in,
    sizes_of,
    title_words,
    year_of,
)
from auditable.passages import REGISTRY_NUMBER
from auditable.references import Reference

OWN_WORDS = re.compile(
    r"\b(?:our|ours|we|us|here|herein)\b|\b(?:present|current|this)\s(?:[\w-]+\s){0,3}?(?:study|trial|analysis|series|"
    r"cohort|report|work|population)\b",
    re.IGNORECASE,
)
_MARK = re.compile(r"[\[(]\s*(\d{1,3}(?:\s*[,–-]\s*\d{1,3})*)\s*[\])]")
_AND_OTHERS = r"(?:et\sal\b\.?|and\s(?:colleagues|co-?workers|associates)\b)"
_PART = re.compile(r"[;:]\s|(?<!\bal)\.\s")
_TURN = re.compile(
    r",?\s\b(?:whereas|while|but|although|unlike|compared\s(?:with|to)|in\scontrast|similar\sto|versus|vs\.?|than|against)\b"
    r"|,\s",
    re.IGNORECASE,
)
_OTHERS_OPEN = re.compile(rf",\s(?:whereas\b|but\b|[^\W\d_][\w’'-]+\s{_AND_OTHERS})", re.IGNORECASE)
"""A comma that turns to others: what stands between two other commas may only be put in ("unlike in that of Berg")."""
_TITLE_SHARE = 0.8
_FEW_TITLE_WORDS = 3
"""A title of fewer telling words names no paper."""
DESIGN_WORDS = frozenset({
    "after", "alone", "before", "cohort", "phase", "prospective", "randomised", "randomized", "retrospective", "series",
    "study", "trial", "using", "versus", "with", "single-arm", "double-blind", "open-label", "multicentre",
    "multicenter", "results", "analysis",
})  # fmt: skip
"""Words of titles that say how a study was made, not what of."""
ENOUGH_FACTS = 2
SURE_FACTS = 3


@dataclass(frozen=True, slots=True)
class Quoted:
    """A number that speaks of another study of the corpus; is_sure: the study is known beyond doubt."""

    number: Observation
    study: Study
    how: str
    is_sure: bool


@dataclass(frozen=True, slots=True)
class _Known:
    study: Study
    how: str
    is_sure: bool


def find_quoted(study: Study) -> Iterator[Quoted]:
    """The numbers of a study's sentences that speak of another study of the corpus, in order."""
    marks = _resolve_marks(study)
    texts = _texts(study)
    spoken = [_stretches(study, text, marks) for text in texts]
    for place in range(1, len(texts) - 1):
        spoken[place] = spoken[place] or _carried(texts[place], spoken[place - 1], spoken[place + 1])
    by_text = dict(zip(texts, spoken, strict=True))
    for mentions in study.sentences:
        quote = mentions[0].quote
        own = _own_stretches(quote)
        for start, end, known in by_text.get(quote, ()):
            for o in mentions:
                if o.source == "prose" and start <= o.start < end and not any(a <= o.start < b for a, b in own):
                    yield Quoted(o, known.study, known.how, known.is_sure)


def _texts(study: Study) -> list[str]:
    """The sentences that speak of others, in reading order."""
    return list(dict.fromkeys(s.text for s in study.text if s.source == "prose"))


def _stretches(study: Study, text: str, marks: Mapping[str, _Known]) -> list[tuple[int, int, _Known]]:
    """The parts of a sentence that speak of one study of the corpus; with several marks those that end in its own."""
    cited = [(m.end(), [marks.get(number) for number in _numbers_of(m[1])]) for m in _MARK.finditer(text)]
    named = _by_author(study, text) or _by_registry(study, text)
    if len(cited) < 2 and named is not None:
        return [(0, len(text), named)]
    alone = {known.study.study_id if known else "" for _, found in cited for known in found}
    if len(alone) == 1 and cited and cited[0][1][0] is not None:
        return [(0, len(text), cited[0][1][0])]
    out: list[tuple[int, int, _Known]] = []
    last = 0
    for end, found in cited:
        if len(found) == 1 and found[0] is not None:
            out.append((last, end, found[0]))
        last = end
    return out


def _carried(
    text: str, before: Sequence[tuple[int, int, _Known]], behind: Sequence[tuple[int, int, _Known]]
) -> list[tuple[int, int, _Known]]:
    """A sentence without a citation between two that speak of one study speaks of it too, unless it says "our"."""
    if _MARK.search(text) or OWN_WORDS.search(text) or not before or not behind:
        return []
    known = before[-1][2]
    return [(0, len(text), known)] if known.study is behind[0][2].study else []


def _numbers_of(inside: str) -> list[str]:
    """The numbers of a mark "3, 5–7"."""
    out: list[str] = []
    for part in re.split(r"\s*,\s*", inside):
        ends = [int(n) for n in re.split(r"\s*[–-]\s*", part)]
        out += [str(n) for n in range(ends[0], ends[-1] + 1)]
    return out


def _resolve_marks(study: Study) -> dict[str, _Known]:
    """Number in the list of references → study; without a list, by the facts of the sentences that print the number."""
    listed: dict[str, _Known] = {}
    listable = [s for s in study.corpus if _may_be_listed(s, study)] if study.references else []
    for reference in study.references:
        other = next((s for s in listable if is_entry_of(reference, s)), None)
        if other is not None and reference.number:
            listed[reference.number] = _Known(other, "its list of references", True)
    if any(r.number for r in study.references):
        return listed
    by_number: dict[str, list[str]] = {}
    for text in _texts(study):
        numbers = [n for m in _MARK.finditer(text) for n in _numbers_of(m[1])]
        if len(set(numbers)) == 1:
            by_number.setdefault(numbers[0], []).append(text)
    for number, texts in by_number.items():
        known = _by_facts(study, texts)
        if known is not None:
            listed[number] = known
    return listed


def _may_be_listed(other: Study, study: Study) -> bool:
    """Whether the whole list of references holds the DOI of another study, or enough words of its title: a fast look,
    before single entries are.
    """
    if other.about is None:
        return False
    words, dois = _all_references(study)
    title = title_words(other)
    return other.about.doi.lower() in dois or (bool(title) and len(title & words) >= _TITLE_SHARE * len(title))


@lru_cache(maxsize=2)
def _all_references(study: Study) -> tuple[frozenset[str], frozenset[str]]:
    """The words and the DOIs of all entries of the list of references."""
    words = frozenset(w for r in study.references for w in _words(r.text))
    return words, frozenset(r.doi for r in study.references if r.doi)


def is_entry_of(reference: Reference, study: Study) -> bool:
    """Whether an entry of a list of references is the paper of a study: its DOI, or its title and author or year."""
    if study.about is None:
        return False
    if study.about.doi and reference.doi:
        return study.about.doi.lower() == reference.doi
    words = title_words(study)
    shared = sum(word in _words(reference.text) for word in words)
    has_title = len(words) >= _FEW_TITLE_WORDS and shared >= _TITLE_SHARE * len(words)
    has_author = reference.first_author.casefold() == author_of(study).casefold()
    has_year = year_of(study) in reference.text
    return has_title and (has_author or has_year)


@cache
def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[\w-]+", text.casefold()))


def _by_author(study: Study, text: str) -> _Known | None:
    """The study whose first author and year a sentence names; without a year only a sole paper of that author."""
    for other in _named_at_all(study):
        name = re.escape(author_of(other))
        m = re.search(rf"\b{name}(?:\s{_AND_OTHERS})?,?\s?\(?((?:19|20)\d{{2}})?", text)
        if not m or not author_of(other):
            continue
        if m[1]:
            if m[1] == year_of(other):
                return _Known(other, "author and year", True)
            continue
        is_citing = re.search(_AND_OTHERS, m[0])
        entries = [r for r in study.references if r.first_author.casefold() == author_of(other).casefold()]
        if is_citing and len(entries) == 1 and is_entry_of(entries[0], other):
            return _Known(other, "author and list of references", True)
        if is_citing and not study.references and _facts(study, other, [text]) >= 1:
            return _Known(other, "author", False)
    return None


@lru_cache(maxsize=2)
def _named_at_all(study: Study) -> tuple[Study, ...]:
    """The other studies whose author any sentence names that speaks of others."""
    text = "\n".join(_texts(study))
    return tuple(s for s in study.corpus if author_of(s) in text)


def _by_registry(study: Study, text: str) -> _Known | None:
    numbers = {re.sub(r"\s", "", n) for n in REGISTRY_NUMBER.findall(text)}
    for other in study.corpus if numbers else ():
        if numbers <= own_registry_numbers(other):
            return _Known(other, "number in a registry", False)
    return None


def _by_facts(study: Study, texts: Sequence[str]) -> _Known | None:
    """The one study that facts of these sentences fit, better than any other does."""
    earlier = [s for s in study.corpus if year_of(s) <= year_of(study)]
    scores = sorted(((_facts(study, s, texts), s.study_id) for s in earlier), reverse=True)
    if not scores or scores[0][0] < ENOUGH_FACTS or (len(scores) > 1 and scores[1][0] >= ENOUGH_FACTS):
        return None
    best = next(s for s in earlier if s.study_id == scores[0][1])
    return _Known(best, "what is said of it", scores[0][0] >= SURE_FACTS)


def _facts(study: Study, other: Study, texts: Sequence[str]) -> int:
    """How many independent facts of some sentences another study shares: size, phase, numbers, words of its title.

    None where the phase contradicts, or where neither the size nor two other numbers are shared: words alone fit many.
    """
    text = " ".join(texts)
    said, own = phases_in(text), phases_in(other.about.title if other.about else "")
    if said and own and not said & own:
        return 0
    size = bool(sizes_in(text) & sizes_of(other))
    numbers = _n_shared(study, other, texts) >= ENOUGH_FACTS
    words = len(_words(text) & _own_words_of_title(other, study)) >= ENOUGH_FACTS
    return sum((size, bool(said & own), numbers, words)) if size or numbers else 0


def _n_shared(study: Study, other: Study, texts: Sequence[str]) -> int:
    """Numbers of these sentences, sizes left out, that another study prints for the same quantity."""
    found = [o for m in study.sentences if m[0].quote in texts for o in m if not is_size(o)]
    if len(found) < ENOUGH_FACTS:
        return 0
    groups = printed_together(study)
    partners = [(o, find_partners(o, groups.get(o.observation_id, ()), other)) for o in found]
    return sum(any(p.agrees(o) for p in own) for o, own in partners)


def _own_words_of_title(other: Study, study: Study) -> frozenset[str]:
    """Telling words of a title that no other paper of the corpus has in its own."""
    n_titles = _n_titles(study)
    return frozenset(w for w in title_words(other) - DESIGN_WORDS if n_titles[w] == 1)


@lru_cache(maxsize=2)
def _n_titles(study: Study) -> Counter[str]:
    """How many papers of the corpus have a word in their title."""
    return Counter(w for s in (study, *study.corpus) for w in title_words(s))


def printed_together(study: Study) -> dict[str, tuple[Observation, ...]]:
    """For each number of the text those printed in one phrase with it, itself included."""
    return {o.observation_id: phrase.observations for phrase in study.phrases for o in phrase.observations}


def _own_stretches(text: str) -> list[tuple[int, int]]:
    """Stretches of a sentence that speak of the paper itself: from words like "our" on to the next turn."""
    out: list[tuple[int, int]] = []
    for start, end in _cut(text, 0, len(text), _PART):
        is_own = False
        for a, b in _cut(text, start, end, _TURN):
            turns = not text[a:b].lstrip().startswith(",") or _OTHERS_OPEN.match(text, a)
            is_own = bool(OWN_WORDS.search(text[a:b])) or (is_own and not turns)
            if is_own:
                out.append((a, b))
    return out


def _cut(text: str, start: int, end: int, at: re.Pattern[str]) -> Iterable[tuple[int, int]]:
    cuts = [start, *(m.start() for m in at.finditer(text, start + 1, end)), end]
    return [(a, b) for a, b in pairwise(cuts) if a < b]
