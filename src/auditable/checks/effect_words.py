"""effect.words: a sentence that puts a ratio into words ("cutting the risk by 40 %", "tenfold") says the same number.

Comes in: a Study. Goes out: one outcome for each ratio beside words that give its size. The ratio may be that of the
other group: its inverse counts too. Absolute differences, and words that only give a direction, are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from auditable.blocks import Observation, Study, number_of
from auditable.checks.rule import Outcome, Quote, Rule
from auditable.model import Sentence
from auditable.settled import RATIOS

REACH = 80
"""Most characters between the words and their ratio."""
VAGUE_SHARE = Fraction(15, 100)
"""How far "about", "nearly" and the like may be from the number they go with."""
WORD_SLACK = Fraction(1, 2)
"""A number in words stands for all that round to it."""
_RISK = r"(?:relative\s)?(?:risks?|hazards?|odds|likelihood|chances?|rates?|probability)"
_OF = rf"(?:\sin|\sof)?(?:\s(?:the|a|its|their))?\s{_RISK}\b"
_DOWN = r"(?:reduc\w+|decreas\w+|lower\w*|cut\w*|drops?|dropped|fall|fell|less|smaller)"
_UP = r"(?:increas\w+|higher|rise|rose|greater|raised?|elevated|elevation|more)"
_NUMBER = r"(?P<number>\d+(?:\.\d+)?)"
_SHARE = (
    re.compile(
        rf"{_NUMBER}\s?%\s(?:relative\s)?(?:(?P<down>{_DOWN})|(?P<up>{_UP}))(?:{_OF}|\slikely\b)", re.IGNORECASE
    ),
    re.compile(
        rf"\b(?:(?P<down>{_DOWN})|(?P<up>{_UP}))(?:{_OF})(?:\sof(?:\s[a-z-]+){{1,5}}?)?\sby\s(?P<vague>[a-z]+\s)?{_NUMBER}\s?%",
        re.IGNORECASE,
    ),
)
FOLDS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}
_FOLD_NUMBER = rf"(?P<number>\d+(?:\.\d+)?|{'|'.join(FOLDS)})"
_FOLD = (
    re.compile(
        rf"\b{_FOLD_NUMBER}\s?-?\s?fold\s(?:(?P<down>{_DOWN})\s|(?P<up>{_UP})\s)?(?:in\s|of\s)?(?:the\s)?{_RISK}\b",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b{_FOLD_NUMBER}\stimes\s(?:(?P<up>more|higher|greater)\s?|as\s|the\s)?(?:likel(?:y|ier)|{_RISK})\b",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?P<number>doubl(?:ed|es|ing)|twice|twofold|tripl(?:ed|es|ing)|trebled|halv(?:ed|es|ing))\s(?:as\slikely|(?:the|their|its)\s{_RISK})\b",
        re.IGNORECASE,
    ),
)
_WHOLE = {"doubl": Fraction(2), "twice": Fraction(2), "twofo": Fraction(2), "tripl": Fraction(3), "trebl": Fraction(3)}
_VAGUE = re.compile(
    r"\b(?:about|around|approximately|approx|roughly|nearly|almost|some|close to|ca|circa)\W+$|[~≈]\s*$", re.IGNORECASE
)
_BOUND = re.compile(
    r"(?:\b(?:more|less|greater|fewer|over|under|above|below|up|least|most|exceed\w*|per|every|each|power\w*|detect\w*"
    r"|assum\w*|expect\w*|absolute|from|between|margin)\b\W*(?:(?:than|to|an?|the)\W+){0,2}|\d\s?%?\s?(?:to|and|or|[-–])\s?)$",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"\babsolute|\bpercentage point|\bvs\b|\bversus\b|;|\bbut\b|\bwhile\b|\bwhereas\b|,\sand\b|%", re.IGNORECASE
)
"""Between words and ratio: the number speaks of something else."""
Span = tuple[Fraction, Fraction]


@dataclass(frozen=True, slots=True)
class Said:
    """Words that give a size: what they say and the ratios they allow."""

    start: int
    end: int
    words: str
    allowed: tuple[Span, ...]


def test_effect_words(study: Study) -> Iterator[Outcome]:
    """One outcome for each ratio whose size the words beside it give."""
    sentences = {s.text: s for s in study.text}
    for mentions in study.sentences:
        ratios = [o for o in mentions if o.statistic in RATIOS and o.number and not o.number.comparator]
        sentence = sentences.get(mentions[0].quote)
        if not ratios or sentence is None or mentions[0].speaks_of == "another study":
            continue
        for said in _said(sentence.text):
            beside = [o for o in ratios if _is_beside(said, o)]
            if beside:
                yield _judge(said, beside, mentions, sentence)


def _said(text: str) -> Iterator[Said]:
    for pattern in _SHARE:
        for m in pattern.finditer(text):
            if (number := _number(m, text)) is not None:
                low, high = (x / 100 for x in number)
                spans = ((1 - high, 1 - low),) if m["down"] else ((1 + low, 1 + high),)
                yield Said(m.start(), m.end(), m.group(), spans)
    for pattern in _FOLD:
        for m in pattern.finditer(text):
            if (number := _number(m, text)) is not None:
                more = ((number[0] + 1, number[1] + 1),) if m.groupdict().get("up") else ()
                yield Said(m.start(), m.end(), m.group(), (number, *more))


def _number(m: re.Match[str], text: str) -> Span | None:
    """What the number of the words allows; None where a bound or a plan is told."""
    before = text[max(0, m.start() - 30) : m.start()]
    inside = f"{m.groupdict().get('vague') or ''}"
    if _BOUND.search(before) or _BOUND.search(inside):
        return None
    printed = m["number"].lower()
    value, slack = _value(printed)
    if _VAGUE.search(before) or _VAGUE.search(inside):
        slack = max(slack, value * VAGUE_SHARE)
    return value - slack, value + slack


def _value(printed: str) -> Span:
    """The number and how far its rounding reaches."""
    if printed[0].isdigit():
        return Fraction(printed), Fraction(1, 2 * 10 ** len(printed.partition(".")[2]))
    if printed.startswith("halv"):
        return Fraction(1, 2), Fraction(1, 10)
    return _WHOLE.get(printed[:5]) or Fraction(FOLDS[printed]), WORD_SLACK


def _is_beside(said: Said, ratio: Observation) -> bool:
    """Whether the ratio follows the words, or they follow it, with nothing between that speaks of something else."""
    if ratio.start >= said.end:
        gap = ratio.quote[said.end : ratio.start]
        return len(gap) <= REACH and not _OTHER.search(gap) and not re.search(r"\d", gap)
    gap = ratio.quote[ratio.end : said.start]
    return 0 <= said.start - ratio.end <= REACH and not re.search(r";|\bbut\b|\bwhereas\b|\.\s|\band\b", gap)


def _judge(said: Said, ratios: list[Observation], mentions: tuple[Observation, ...], sentence: Sentence) -> Outcome:
    number = next((o for o in mentions if said.start <= o.start < said.end), None)
    quotes = () if number else (Quote(sentence, said.start, said.end),)
    after = [o for o in ratios if o.start >= said.end] or ratios
    ratio = next((o for o in ratios if _fits(o, said)), after[0])
    observations = (number, ratio) if number else (ratio,)
    expected = " or ".join(f"{float(a):.3g} to {float(b):.3g}" for a, b in said.allowed)
    arithmetic = f"“{said.words}” means a ratio of {expected} (or its inverse); {ratio.value} is printed"
    if _fits(ratio, said):
        message = f"“{said.words}” is what the ratio {ratio.value} says."
        return Outcome("consistent", observations, message, arithmetic, said.words, ratio.value, quotes=quotes)
    message = f"“{said.words}” is not what the ratio {ratio.value} beside it says: {_in_words(ratio)}."
    return Outcome("impossible", observations, message, arithmetic, said.words, _in_words(ratio), quotes=quotes)


def _fits(ratio: Observation, said: Said) -> bool:
    inside = number_of(ratio).ordinary
    if inside.low is None or inside.high is None or inside.low <= 0:
        return True
    both = ((inside.low, inside.high), (1 / inside.high, 1 / inside.low))
    return any(a <= high and low <= b for low, high in both for a, b in said.allowed)


def _in_words(ratio: Observation) -> str:
    value = number_of(ratio).value
    change = abs(100 * (value - 1))
    way = "lower" if value < 1 else "higher"
    return f"{float(change):.0f} % {way}, or {float(value):.3g} times as much"


RULES = (
    Rule(
        id="effect.words",
        claim="Words that give the size of an effect (“cutting the risk by 40 %”, “tenfold”) agree with its ratio.",
        severity="error",
        function=test_effect_words,
        assumptions="The words name a risk, hazard, odds or rate and stand beside the ratio with no other percentage "
        "between. The inverse of the ratio counts, words like “about” widen by 15 %, numbers in words stand for all "
        "that round to them, “x times more” may mean x or x + 1. Bounds, plans, absolute differences and bare "
        "directions are left alone.",
        literature="Cochrane Handbook 6.4; Altman 1991 (Practical Statistics for Medical Research, ch. 10)",
        example="“cutting the risk of death by 30 % (HR 0.596)”: 1 − 0.596 is 40 %.",
    ),
)
