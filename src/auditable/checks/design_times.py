"""Sessions, intervals, windows, margins and the time of the main outcome, as a paper states them of its design.

Comes in: the sentences of a study by part. Goes out: one Fact for each; a sentence with two numbers for one thing
gives none, and neither does one on a part of the patients or on a change of plan.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from auditable.checks.design_facts import NUMBER, TIME, Fact, Part, is_plain, plain_number
from auditable.checks.rule import Quote
from auditable.model import Sentence

_N = rf"(?P<n>{NUMBER})"
_GROUPS = re.compile(
    r"\b(?:control|comparison|median|mean|average|respectively|arms?|cohorts?|tumou?rs?)\b", re.IGNORECASE
)
_SESSIONS = re.compile(
    rf"\b(?P<limit>up to|a maximum of|planned for|consist\w* of|compris\w*|all)\s{_N}(?:\s(?:weekly|monthly|daily"
    rf"|individual|group|face-to-face"
    r"|supervised|treatment|home|online|telephone)){0,2}\s(?P<head>session|visit|class|module|cycle|injection"
    r"|infusion|fraction)(?:e?s)\b",
    re.IGNORECASE,
)
_ALL = re.compile(
    rf"\b(?P<head>session|visit|class|module)e?s\b[^.;]*?,[^.;]*?\ball\s{_N}(?=[;,.]|\sof them\b)", re.IGNORECASE
)
_EVERY = re.compile(
    rf"\b(?P<head>visit|telephon|phone|call|inject|infus|dos(?=ing\b|ed\b"
    rf"|es?\b))\w*[^.;:,\d]{{0,30}}?\severy\s{_N}\s{TIME}",
    re.IGNORECASE,
)
_CONTACT = re.compile(
    rf"\b(?P<head>telephone|phone|postal)\w*[^.;,\d]{{0,20}}?\s(?:at|after)\s{_N}\s{TIME}", re.IGNORECASE
)
_WINDOW = re.compile(
    rf"\b(?P<head>dispens|prescri|redeem|collected|purchas|exposed|taken)\w*(?:\s\w+)?\s(?:with)?in\s(?:the\s)?"
    rf"(?:(?:preceding|previous|last)\s)?{_N}\s{TIME}(?P<behind>\s(?:before|prior|preceding))?",
    re.IGNORECASE,
)
_MARGIN = re.compile(
    rf"\b(?P<head>margin)\b(?!\sof\serror)\s(?:(?:for|in)\s[\w\s-]{{3,40}}?\s)?(?:of|was|is|was set at|set at"
    rf"|was defined as)\s[-−–]?{_N}\s?"
    r"(?P<unit>%|percent(?:age points?)?|per cent|points?|mm\s?Hg)",
    re.IGNORECASE,
)
_ODD_MARGIN = re.compile(r"\b(?:strict\w*|narrow\w*|wide\w*|conservative|smaller|larger|secondary)\b", re.IGNORECASE)
_OUTCOME = re.compile(
    rf"\b(?P<head>(?:primary|main) (?:efficacy )?(?:outcome|end ?point)(?: measure)?)(?:\s(?:was|is)"
    rf"|:)?\s(?P<what>[^.;:\d]{{3,70}}(?:\d(?! (?:hour|day|week|month|year))"
    rf"[^.;:\d]{{0,40}}){{0,2}}?)\b(?:at|within|after|over)?\s?{_N}[ -]{TIME}(?P<rest>[^.;:]*)",
    re.IGNORECASE,
)
_RATE = re.compile(r"\b(?:occurred|was met|was observed|was reached|in \d)", re.IGNORECASE)
_LATER_TIME = re.compile(rf"\d|\b{NUMBER}\s{TIME}", re.IGNORECASE)


def find_times(parts: Sequence[tuple[Part, Sentence]]) -> Iterator[Fact]:
    """All facts of a sentence, if it gives each thing one number."""
    for part, sentence in parts:
        if sentence.source == "prose" and is_plain(sentence):
            yield from _facts_of(part, sentence)


def _facts_of(part: Part, sentence: Sentence) -> Iterator[Fact]:
    text = sentence.text
    if not _GROUPS.search(text.split(";")[0]):
        yield from _alone(
            part, sentence, (*_SESSIONS.finditer(text), *_ALL.finditer(text)), "number of planned {}s", False
        )
        yield from _alone(part, sentence, _EVERY.finditer(text), "interval ({})", True)
        yield from _alone(part, sentence, _CONTACT.finditer(text), "time of contact ({})", True)
        yield from _alone(
            part, sentence, (m for m in _WINDOW.finditer(text) if _is_before(m)), "window before ({})", True
        )
    if not _ODD_MARGIN.search(text):
        yield from _alone(part, sentence, _MARGIN.finditer(text), "non-inferiority {}", True)
    outcomes = [
        m
        for m in _OUTCOME.finditer(text)
        if not _RATE.search(text) and not _LATER_TIME.search(re.split(r"[(,]", m["rest"])[0])
    ]
    yield from _alone(part, sentence, outcomes, "time of the primary outcome", True)


def _is_before(m: re.Match[str]) -> bool:
    return bool(m["behind"] or re.search(r"preceding|previous|last", m[0], re.IGNORECASE))


def _alone(
    part: Part, sentence: Sentence, found: Iterable[re.Match[str]], head: str, is_telling: bool
) -> Iterator[Fact]:
    """The one fact of this kind and head in a sentence."""
    facts: dict[str, list[Fact]] = {}
    for m in found:
        name = head.format(m["head"].lower())
        groups = m.groupdict()
        unit = (groups.get("unit") or m["head"]).lower()
        unit = "percentage points" if unit.startswith("per") or unit == "%" else unit.removesuffix("s")
        quote = Quote(sentence, m.start(), m.end("n"))
        facts.setdefault(name, []).append(Fact(name, plain_number(m["n"]), unit, part, quote, is_telling))
    for same in facts.values():
        if len({f.value for f in same}) == 1:
            yield same[0]
