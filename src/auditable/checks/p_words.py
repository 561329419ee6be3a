"""p.words: what a sentence calls significant has a small p value, and what it calls not significant has none.

Comes in: a Study. Goes out: one outcome for each p value of running text whose own clause says so in words. Words of
near misses ("a trend", "borderline"), and papers that correct for many tests, are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from auditable.blocks import Observation, Study, number_of
from auditable.checks.rule import Outcome, Rule

ALPHA = Fraction(1, 20)
_ALPHA = re.compile(
    r"(?:significance|alpha|α|(?:considered|deemed|regarded)[^.;()]{0,20}significant)[^.;()]{0,60}?"
    r"(?:<|≤|=|\bof|\bat|\bbelow|\bthan)\s*(0?\.\d+)"
    r"|[pP]\s*(?:-?values?\s*)?(?:<|≤|of|below|less than)\s*(0?\.\d+)[^.;()]{0,40}(?:considered|deemed|regarded)",
    re.IGNORECASE,
)
_CORRECTED = re.compile(
    r"\bbonferroni|\bholm|\bhochberg|\bhierarch|\bmultiplicity|\bmultiple (?:test|compar)|\bfalse discovery"
    r"|\balpha[- ]spend"
    r"|\bo.brien|\bgatekeep|\binterim|\bone[- ](?:sided|tailed)",
    re.IGNORECASE,
)
"""Words of papers in which a p value below 0.05 need not be significant."""
_CLAUSE = re.compile(r";|\b(?:but|whereas|while|although|though|however|yet|except)\b|,\s(?:and|with)\s", re.IGNORECASE)
_WORD = re.compile(
    r"\b(?P<not>(?:non|in)-?\s?significan\w*|(?:no|not|nor|neither|never|without|lack\w*|fail\w*|n.t)"
    r"\W+(?:\w+\W+){0,4}?"
    r"significan\w+|did not differ(?:\W+significan\w+)?|no differences?)\b|\b(?P<yes>significantly|significant)\b",
    re.IGNORECASE,
)
_VAGUE = re.compile(
    r"\b(?:trend\w*|tend\w*|borderline|marginal\w*|close to|approach\w*|almost|nearly|near|clinically|numerical\w*"
    r"|if|when|unless|threshold|level|consider\w*|defin\w*|interaction|set at|correct(?:ed|ion)"
    r"|predict\w*|suggest\w*)\b",
    re.IGNORECASE,
)
_NEGATED = re.compile(
    r"\b(?:no|not|nor|neither|never|without|lost|absen\w*|ruled|cannot|could|fail\w*|longer)\b|n.t\b", re.IGNORECASE
)
REACH = 120
"""Most characters between the word and its p value."""
_BETWEEN = re.compile(r"[^.]*\([^()]*$|[^.()]*[,:]?\s*$")


def test_words(study: Study) -> Iterator[Outcome]:
    """One outcome for each p value that a word of its clause calls significant or not."""
    alphas = declared_levels(study)
    corrects = is_corrected(study)
    for mentions in study.sentences:
        for i, p in enumerate(mentions):
            if p.statistic == "p" and p.number and p.source == "prose" and p.speaks_of != "another study":
                before = max((o.end for o in mentions[:i] if o.statistic == "p"), default=0)
                is_significant = _claimed(p, before)
                if is_significant is not None:
                    yield _judge(p, is_significant, alphas, corrects)


def is_corrected(study: Study) -> bool:
    """Whether the paper corrects its level of significance, so that a small p value need not be significant."""
    return any(_CORRECTED.search(s.text) for s in study.text)


def declared_levels(study: Study) -> tuple[Fraction, Fraction]:
    """The smallest and largest level of significance that the text names, 0.05 among them."""
    found = {ALPHA}
    for sentence in study.text:
        for match in _ALPHA.finditer(sentence.text):
            found.add(Fraction(match.group(1) or match.group(2)))
    plausible = [a for a in found if 0 < a <= Fraction(1, 4)]
    return min(plausible), max(plausible)


def _claimed(p: Observation, before: int) -> bool | None:
    """Whether the clause of a p value calls it significant (True), not significant (False), or says nothing sure."""
    clause = p.quote[max(before, 0) : p.start]
    cut = max((m.end() for m in _CLAUSE.finditer(clause)), default=0)
    words = clause[cut:]
    found = list(_WORD.finditer(words))
    if not found or len(words) - found[-1].end() > REACH or _VAGUE.search(p.quote[p.end :][:40]):
        return None
    return claim_of(words) if _BETWEEN.fullmatch(words[found[-1].end() :]) else None


def claim_of(words: str) -> bool | None:
    """Whether a clause calls something significant (True), not significant (False), or says nothing sure."""
    found = list(_WORD.finditer(words))
    if not found or _VAGUE.search(words):
        return None
    last = found[-1]
    if last.group("not"):
        return False
    around = words[: last.start()][-60:] + " " + words[last.end() :]
    return None if _NEGATED.search(around) else True


def _judge(p: Observation, is_significant: bool, alphas: tuple[Fraction, Fraction], corrects: bool) -> Outcome:
    number = number_of(p)
    low, high = number.ordinary.low, number.ordinary.high
    shown = f"p {number.comparator or '='} {p.value}"
    level = f"{float(alphas[1] if is_significant else alphas[0]):g}"
    if is_significant and low is not None and (low > alphas[1] or (low == alphas[1] and number.comparator == ">")):
        message = f"The sentence calls significant what has {shown}; significance is at {level}."
        return Outcome("impossible", (p,), message, f"{p.value} > {level}", shown, f"p ≤ {level}")
    if not is_significant and high is not None and high <= alphas[0]:
        message = f"The sentence calls not significant what has {shown}; significance is at {level}."
        if corrects:
            return Outcome("not testable", (p,), f"{message} The paper corrects its level.", "", shown, "")
        return Outcome("impossible", (p,), message, f"{p.value} ≤ {level}", shown, f"p > {level}")
    return Outcome("consistent", (p,), f"The words agree with {shown}.", shown, shown, "")


RULES = (
    Rule(
        id="p.words",
        claim="What a sentence calls significant has a p value below the level of significance, what it calls not "
        "significant one above it.",
        severity="error",
        function=test_words,
        assumptions="The word and the p value stand in one clause of running text. The level is 0.05 or any that the "
        "text names. Trends, clinical significance and papers that correct for several tests are not judged.",
        literature="Nuijten et al. 2016 (statcheck: decision errors)",
        example='"Relapse was significantly rarer (p = 0.32)".',
    ),
)
