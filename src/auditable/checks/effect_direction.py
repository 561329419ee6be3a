"""effect.direction: words that say which way an effect goes ("prolonged survival", "a lower risk") go the way of the
ratio beside them.

Comes in: a Study. Goes out: one outcome for each hazard, odds or risk ratio that stands in a bracket right behind such
words. A ratio above 1 for the better group may be that of the other group, which the sentence then ought to say: it is
a question. Words that give the size of an effect are left to effect_words.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditable.blocks import Observation, Study, number_of
from auditable.checks.rule import Outcome, Quote, Rule
from auditable.model import Sentence
from auditable.settled import RATIOS

_EVENT = r"(?:risks?|hazards?|odds|likelihood|probability|mortality|rates? of (?:death|relapse|progression))"
_TIME = r"(?:\w+[- ]free survival|(?:overall )?survival|PFS|OS|DFS|EFS|RFS|TTP)"
_LESS = r"(?:reduc(?:ed|es|ing|tion in)|lower(?:ed|s|ing)?|decreas(?:ed|es|ing|e in)|smaller|cut(?:s|ting)?)"
_MORE = r"(?:increas(?:ed|es|ing|e in)|higher|greater|rais(?:ed|es|ing)|elevated)"
_LONGER = r"(?:prolong(?:s|ed|ing)?|improv(?:e|es|ed|ing)|longer|better|superior|extend(?:s|ed|ing)?)"
_SHORTER = r"(?:shorten(?:s|ed|ing)?|shorter|worse(?:ned)?|inferior|poorer)"
_FREE = r"(?:\s(?:the|a|an|their|its|median|relative|adjusted|overall))*"
_WORDS = re.compile(
    rf"\b(?P<down>{_LESS}{_FREE}\s{_EVENT}|{_LONGER}{_FREE}\s{_TIME})\b"
    rf"|\b(?P<up>{_MORE}{_FREE}\s{_EVENT}|{_SHORTER}{_FREE}\s{_TIME})\b",
    re.IGNORECASE,
)
_BREAK = re.compile(r"[;:(\[]|\.\s|\b(?:but|whereas|while|although|and|nor|or)\b", re.IGNORECASE)
_RATIO_WORDS = re.compile(
    r"\b(?:adjusted|unadjusted|crude|pooled|stratified|multivariable|univariable|hazards?|odds|risks?|rate|relative|ratio"
    r"|a?[HORI]RR?|IRR|SHR|confidence|interval|credible|CI|CrI|to|log-?rank|[pP]|value|two-sided|and|vs|versus)\b",
)
_OF_GROUP = re.compile(
    r"[\s-](?:patients?|people|groups?|scores?|women|men|children|adults|hospitals?)\b", re.IGNORECASE
)
"""Behind "lower risk": the words name patients, not what happened to them."""
_UNSURE = re.compile(
    r"\b(?:not?|nor|neither|never|without|fail\w*|n.t|reference|versus|vs|per|each|every|unit|reciprocal"
    r"|inverse|less often|rarely|seldom|rarer|scores?|whether|if|could|might|expected|assum\w*)\b",
    re.IGNORECASE,
)
"""Words of a sentence in which a ratio may be told for the other group, or in which nothing is claimed."""


def test_direction(study: Study) -> Iterator[Outcome]:
    """One outcome for each ratio in the bracket behind words that say which way it goes."""
    sentences = {s.text: s for s in study.text if s.source == "prose"}
    for mentions in study.sentences:
        sentence = sentences.get(mentions[0].quote)
        ratios = [o for o in mentions if o.statistic in RATIOS and o.number and o.speaks_of != "another study"]
        if sentence and len(ratios) == 1:
            yield from _judge(sentence, ratios[0])


def _judge(sentence: Sentence, ratio: Observation) -> Iterator[Outcome]:
    found = list(_WORDS.finditer(sentence.text, 0, ratio.start))
    bracket = max(sentence.text.rfind(sign, 0, ratio.start) for sign in "([")
    if not found or bracket < found[-1].end():
        return
    m = found[-1]
    clause = sentence.text[max(0, m.start() - 60) : bracket]
    if not _is_alone(sentence.text, bracket, ratio) or _OF_GROUP.match(sentence.text, m.end()):
        return
    if _BREAK.search(sentence.text, m.end(), bracket) or _UNSURE.search(clause) or re.search(r"\d", clause):
        return
    value = number_of(ratio).value
    quote = Quote(sentence, m.start(), m.end())
    expected = "below 1" if m["down"] else "above 1"
    arithmetic = f"{ratio.value} {'<' if value < 1 else '>'} 1"
    if value == 1 or (value < 1) == bool(m["down"]):
        message = f"“{quote.words}” and the ratio {ratio.value} go the same way."
        yield Outcome("consistent", (ratio,), message, arithmetic, ratio.value, expected, quotes=(quote,))
        return
    message = (
        f"“{quote.words}” would be a ratio {expected}; {ratio.value} is printed. Either it is the ratio of the other "
        "group, which the sentence ought to say, or the words or the number are wrong."
    )
    yield Outcome("not testable", (ratio,), message, arithmetic, ratio.value, expected, "definition", (quote,))


def _is_alone(text: str, bracket: int, ratio: Observation) -> bool:
    """Whether the bracket names nothing but the ratio, its interval and its p value: no group, unit or other event."""
    closing = min((i for i in (text.find(sign, ratio.end) for sign in ")]") if i >= 0), default=len(text))
    return not re.search(r"[^\W\d_]{2,}", _RATIO_WORDS.sub(" ", text[bracket:closing]))


RULES = (
    Rule(
        id="effect.direction",
        claim="Words that say which way an effect goes (“prolonged survival”, “a lower risk”) go the way of the ratio.",
        severity="definition",
        function=test_direction,
        assumptions="The sentence has one ratio, in a bracket behind the words and with no other number or clause "
        "between. Sentences that name a reference, a unit, or deny are left alone. A question: it may be inverted.",
        literature="CONSORT 2010, item 17a; Cochrane Handbook 6.4",
        example="“Early surgery prolonged survival (HR 1.9)”.",
    ),
)
