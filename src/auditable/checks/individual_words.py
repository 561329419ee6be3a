"""Words of a paper on the patients it lists: which of them a few words mean.

Comes in: a Roster, and short forms that the paper explains. Goes out: Properties, each a set of patients with the words
that name it ("PD" or "progressive disease" of the row "Best response"), and the comparison of words. Which words of a
sentence belong to which count is left to individual_counts.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from auditable.checks.matching import FILLER
from auditable.checks.roster import Roster, Trait
from auditable.model import Sentence

Words = frozenset[str]

VALUES = frozenset({"normal", "unknown", "missing", "none", "yes", "other", "others", "remaining", "rest"})
"""Words without meaning in a label that have one in a sentence on categories."""
GRAMMAR = frozenset({
    "been", "be", "being", "did", "do", "does", "it", "its", "they", "them", "their", "we", "whom", "who",
    "which", "this", "these", "both", "each", "there", "that", "also", "only", "still", "thus", "then", "but",
    "while", "whereas", "into", "during", "after", "than", "as", "so", "were", "had", "developed",
    "experienced", "showed", "achieved", "reached", "underwent", "received", "affected", "found", "seen",
    "observed", "occurred", "documented", "recorded", "reported", "presented", "noted", "obtained", "suffered",
    "required", "needed", "gave", "given", "made", "identified", "detected", "diagnosed", "classified", "best",
    "last", "follow", "followup", "up", "total", "overall", "date", "finally", "individual", "person", "child",
    "children", "adult", "group", "series", "cohort", "aged", "result", "table", "respectively", "present", "four",
    "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "half",
})  # fmt: skip
NEUTRAL = (FILLER | GRAMMAR) - VALUES
NEGATIONS = frozenset(
    {"no", "not", "non", "without", "never", "neither", "nor", "free", "negative", "except", "excluding"}
)
APART = frozenset({"other", "others", "another", "remaining", "rest", "additional", "further", "latter", "former"})
"""Words that count a part of the patients which the sentence tells apart before."""
OPTIONAL = frozenset({"dose", "event", "status", "presence", "history", "type", "occurrence", "score", "achieved"})
"""Words of a label that a sentence may leave out."""
SAME = {
    "men": "man", "women": "woman", "died": "death", "dead": "death", "deceased": "death", "dying": "death",
    "deaths": "death", "gender": "sex", "boys": "boy", "girls": "girl",
}  # fmt: skip
SEXES: dict[str, tuple[Words, ...]] = {
    "m": tuple(frozenset({w}) for w in ("male", "man", "boy")),
    "f": tuple(frozenset({w}) for w in ("female", "woman", "girl")),
}
UNKNOWN = tuple(frozenset({w}) for w in ("unknown", "missing"))
SHORTEST_STEM = 4
ENDINGS = 3
"""Letters in which two forms of a word may end differently."""
_TOKEN = re.compile(r"[^\W_]+(?:\+)?")
_LISTED = re.compile(r"(?:^|[;:.(]\s*)([A-Z][\w/+≥-]{0,11})\s*[,=:]\s*([A-Za-z][^;,.()=]{2,60})(?=[;,.)]|$)")
_INTRODUCED = re.compile(r"((?:[\w-]+\s){1,5})\(([A-Z][\w/+-]{1,11})\)")


@dataclass(frozen=True, slots=True)
class Property:
    """Patients who share a value. forms: the words that may name it, any of them; topic: the words of the trait.

    maybe: patients of whom it is not known, or who are said to have part of it.
    """

    trait: Trait
    value: str
    forms: tuple[Words, ...]
    topic: Words
    sure: frozenset[str]
    maybe: frozenset[str]

    @property
    def name(self) -> str:
        """The row and the value, for messages."""
        return f"{self.trait.label}: {self.value}"


def telling_words(text: str) -> Words:
    """The words of a text that tell something, singular, in small letters; one spelling of ae and oe."""
    raw = (m[0].casefold() for m in _TOKEN.finditer(text))
    found = (_plain(w) for w in raw if w not in NEUTRAL and not w.isdecimal())
    return frozenset(w for w in found if w not in NEUTRAL)


def every_word(text: str) -> Words:
    """All words of a text, as telling_words writes them."""
    return frozenset(_plain(m[0]) for m in _TOKEN.finditer(text))


def is_related(left: str, right: str) -> bool:
    """Whether two words are forms of one: "reduced" and "reduction", "haem" and "haematological"."""
    if left == right:
        return True
    shorter = min(len(left), len(right))
    if shorter == 3:
        return left.startswith(right) or right.startswith(left)
    common = next((i for i, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), shorter)
    return common >= max(SHORTEST_STEM, shorter - ENDINGS)


def holds(words: Iterable[str], text: Words) -> bool:
    """Whether each of the words stands in the text in some form."""
    return all(any(is_related(w, t) for t in text) for w in words)


def read_short_forms(text: Iterable[Sentence]) -> dict[str, tuple[Words, ...]]:
    """What a paper's short forms stand for, by the form in small letters: "SR, standard risk"; "progression (PD)"."""
    found: dict[str, dict[Words, None]] = {}
    for sentence in text:
        pairs = [(m[1], m[2]) for m in _LISTED.finditer(sentence.text)] if sentence.source == "note" else []
        pairs += [(m[2], _last_words(m[1], m[2])) for m in _INTRODUCED.finditer(sentence.text)]
        for short, long in pairs:
            if words := telling_words(long):
                found.setdefault(short.casefold(), {})[words] = None
    return {short: tuple(longs) for short, longs in found.items()}


def find_properties(roster: Roster, short_forms: Mapping[str, tuple[Words, ...]]) -> list[Property]:
    """Every set of patients that one printed value sets apart."""
    out: list[Property] = []
    for trait in roster.traits:
        topic = telling_words(f"{trait.group} {trait.name} {trait.variable.replace('_', ' ')}")
        unknown = trait.missing - trait.inapplicable
        if trait.is_yes_no:
            out.extend(_of_yes_no(trait, topic, unknown))
            continue
        for code, who in trait.codes.items():
            maybe = frozenset(
                p for other, those in trait.codes.items() if other != code and _is_part(code, other) for p in those
            )
            forms = _forms_of(code, trait, short_forms)
            out.append(Property(trait, code, forms, topic, who, maybe | unknown))
        if unknown and trait.codes:
            out.append(Property(trait, "unknown", UNKNOWN, topic, unknown, frozenset()))
    return [p for p in out if any(p.forms)]


def _of_yes_no(trait: Trait, topic: Words, unknown: frozenset[str]) -> list[Property]:
    name = telling_words(trait.name)
    forms = (name - OPTIONAL or name,)
    found = [Property(trait, "yes", forms, topic, trait.yes, unknown)]
    if trait.variable == "death":
        alive = (frozenset({"alive"}), frozenset({"survived"}))
        found.append(Property(trait, "no", alive, topic, trait.no, unknown))
    return found


def _forms_of(code: str, trait: Trait, short_forms: Mapping[str, tuple[Words, ...]]) -> tuple[Words, ...]:
    if trait.variable == "sex" or set(trait.codes) <= set(SEXES):
        return SEXES.get(code[:1], ())
    own = telling_words(trait.name)
    forms = [telling_words(code), *short_forms.get(code, ())]
    lone = [f for f in forms if f and len(code) != 1]
    return tuple(dict.fromkeys(f - own or f for f in lone))


def _is_part(code: str, other: str) -> bool:
    left, right = every_word(code), every_word(other)
    return bool(left & right)


def _last_words(words: str, short: str) -> str:
    """The words before a bracket that its letters may stand for: as many as it has capitals."""
    n = max(1, sum(c.isupper() for c in short))
    return " ".join(words.split()[-n:])


def _plain(word: str) -> str:
    word = word.casefold().replace("ae", "e").replace("oe", "e") if len(word) > 3 else word.casefold()
    word = SAME.get(word, word)
    return word[:-1] if len(word) > 2 and word.endswith("s") and not word.endswith(("ss", "us", "is")) else word
