"""words.largest: a study that is called the largest of its kind is not smaller than one that the same paper cites.

Comes in: a Study. Goes out: one outcome for each sentence that says so of the paper's own study and of a kind of
patients, against the numbers of patients of that very kind that other studies are said to have had. Whether the other
study is of the same kind in all respects is left to the reader: it is a question.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditable.blocks import Observation, Study
from auditable.checks.cited_studies import OWN_WORDS
from auditable.checks.matching import FILLER, all_words_of
from auditable.checks.rule import Outcome, Quote, Rule
from auditable.checks.study_facts import size_of, sizes_of
from auditable.model import Sentence

_KIND = r"(?:series|cohort|study|trial|experience|report|sample|dataset|data set|analysis|population|registry)"
_CLAIM = re.compile(
    r"(?<!one of )(?<!among )\b(?P<word>the (?:largest|biggest)|no (?:larger|bigger))\b"
    rf"\s(?:[\w-]+\s){{0,4}}?{_KIND}\b(?P<of>[^.;:()]*)",
    re.IGNORECASE,
)
_KNOWN = re.compile(r"\b(?:knowledge|known|know of|aware|to date|so far|published|reported)\b", re.IGNORECASE)
_PLACE = re.compile(r"\b(?:of|in|among|on|with|for)\b", re.IGNORECASE)
_OTHERS = frozenset(
    ("patient", "treated", "date", "far", "known", "world", "real", "literature", "reported", "published")
)
"""Words that say nothing of the kind of patients."""


def test_largest(study: Study) -> Iterator[Outcome]:
    """One outcome for each claim to be the largest, where the paper's own number of patients is known."""
    sizes = sizes_of(study)
    if not sizes:
        return
    for sentence in study.text:
        m = _CLAIM.search(sentence.text) if sentence.source == "prose" else None
        is_own = m and (OWN_WORDS.search(sentence.text) or _KNOWN.search(sentence.text))
        kind = _kind_of(m["of"]) if m and is_own else frozenset[str]()
        if m and kind:
            yield _judge(study, Quote(sentence, m.start(), m.end()), kind, size_of(study) or max(sizes))


def _kind_of(words: str) -> frozenset[str]:
    """The telling words behind the last "of", "in" or "among" of the claim: whom it speaks of."""
    parts = _PLACE.split(words)
    return all_words_of(parts[-1]) - FILLER - _OTHERS if len(parts) > 1 else frozenset()


def _judge(study: Study, claim: Quote, kind: frozenset[str], size: int) -> Outcome:
    rivals = [o for mentions in study.sentences for o in mentions if _is_rival(o, kind, claim.sentence)]
    larger = max((o for o in rivals if o.whole and o.whole > size), key=lambda o: o.whole or 0, default=None)
    if larger is None:
        message = (
            f"“{claim.words.strip()}”: no larger number of such patients is cited beside the {size} of this study."
        )
        return Outcome("consistent", (), message, f"{size} patients", str(size), str(size), quotes=(claim,))
    message = (
        f"“{claim.words.strip()}” (page {claim.sentence.page}) is said of {size} patients; another study is cited with "
        f"{larger.value} of them (page {larger.page}). Either the two are not of one kind, or the claim is wrong."
    )
    arithmetic = f"{larger.value} > {size}"
    return Outcome("not testable", (larger,), message, arithmetic, larger.value, f"≤ {size}", "citation", (claim,))


def _is_rival(o: Observation, kind: frozenset[str], claim: Sentence) -> bool:
    """A number of patients of another study whose own clause names all that the claim names."""
    if o.statistic not in ("n", "total") or o.whole is None or o.quote == claim.text or o.source != "prose":
        return False
    if o.speaks_of != "another study" or OWN_WORDS.search(o.quote):
        return False
    behind = re.split(r"[;:(\d]|\.\s", o.quote[o.end :])[0]
    return kind <= all_words_of(behind)


RULES = (
    Rule(
        id="words.largest",
        claim="A study called the largest of its kind is not smaller than another that the paper cites.",
        severity="citation",
        function=test_largest,
        assumptions="The sentence speaks of this study or of what is known, and names whom; the other number counts "
        "patients of another study and the words behind it name the same. A question: kinds of studies differ.",
        literature="INSPECT-SR check 4 (internal consistency); STROBE, items 20 and 21",
        example="“We know of no larger series of children with the syndrome” (51 patients), where “a registry had 56 "
        "children with the syndrome”.",
    ),
)
