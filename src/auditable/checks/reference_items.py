"""reference.item: a table or figure that the text names is in the paper.

Comes in: a Study with its text. Goes out: one outcome for the tables and one for the figures whose captions were read;
an accusation where the text names one far beyond the last. The next one behind the last caption is not accused: its
caption may stand in a picture. Tables and figures of supplements and of other works are left alone.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from auditable.blocks import Study
from auditable.checks.rule import Outcome, Quote, Rule
from auditable.model import Sentence
from auditable.references import is_literature

SEVERITY = "citation"
STEP = 2
"""The next one behind the last caption may be there, and its caption lost."""
_KINDS = {"Table": r"tab(?:le|\.)", "Figure": r"fig(?:ure|\.)?"}
_LIST = r"\d{1,2}(?!\d|\.\d|\s?%)[A-Za-z]?(?:(?:\s?[,–-]\s?|,?\sand\s|\sto\s)\d{1,2}(?!\d|\.\d|\s?%)[A-Za-z]?)*"
_ELSEWHERE = re.compile(
    r"\b(?:additional|extended(?:\sdata)?|online|web|e|s|ref\w*|et al\.?|data|file|see\salso)\W*$", re.IGNORECASE
)
_SUPPLEMENT = re.compile(
    r"\b(?:supplement(?:ary|al)|(?:the|data|online) supplements?|suppl\.?|appendi\w+|additional files?"
    r"|available online)(?!\w)",
    re.IGNORECASE,
)
"""A sentence that speaks of one may name its tables, wherever in the sentence."""
_OF_OTHERS = re.compile(r"^\W*(?:in|of|from)\s(?:the\s)?(?:ref|online|protocol|[A-Z][a-z]+\set\sal|\[)", re.I)


def test_items(study: Study) -> Iterator[Outcome]:
    """Tables and figures, one outcome each, and one for each number that is named without one."""
    for kind, words in _KINDS.items():
        captioned = _captioned(study, kind, words)
        named = _named(study, words)
        if not captioned or not named or captioned != set(range(1, max(captioned) + 1)):
            continue
        last = max(captioned)
        beyond = [n for n in named if n >= last + STEP and n - 1 not in named and len(named[n]) == 1]
        if len(beyond) == 1 and len([n for n in named if n > last]) == 1:
            yield _accuse(kind, beyond[0], last, named[beyond[0]][0])
        elif max(named) <= last:
            quote = named[min(named)][0]
            message = f"Each {kind.lower()} that the text names is in the paper."
            yield Outcome("consistent", (), message, f"1 to {last}", quote.words, quote.words, quotes=(quote,))


def _captioned(study: Study, kind: str, words: str) -> set[int]:
    opens = re.compile(rf"^\W*{words}\s?(\d{{1,2}})\b", re.IGNORECASE)
    found = {int(m[1]) for s in study.text if s.source == "caption" if (m := opens.match(s.text))}
    if kind == "Table":
        found |= {int(o.table_id[1:]) for o in study.observations if re.fullmatch(r"T\d{1,2}", o.table_id)}
    return found


def _named(study: Study, words: str) -> dict[int, list[Quote]]:
    pattern = re.compile(rf"\b{words}s?\s?(?P<list>{_LIST})", re.IGNORECASE)
    found: dict[int, list[Quote]] = defaultdict(list)
    for sentence in study.text:
        if sentence.source == "prose" and not is_literature(sentence):
            for m in pattern.finditer(sentence.text):
                if not _is_elsewhere(sentence, m):
                    for number in _numbers(m["list"]):
                        found[number].append(Quote(sentence, *m.span()))
    return found


def _is_elsewhere(sentence: Sentence, found: re.Match[str]) -> bool:
    before, behind = sentence.text[: found.start()], sentence.text[found.end() :]
    is_supplement = bool(_SUPPLEMENT.search(sentence.text))
    return is_supplement or bool(_ELSEWHERE.search(before) or _OF_OTHERS.match(behind)) or found.start() == 0


def _numbers(listed: str) -> Iterator[int]:
    for m in re.finditer(r"(\d+)[A-Za-z]?(?:\s?(?:–|-|to)\s?(\d+))?", listed):
        first, last = int(m[1]), int(m[2] or m[1])
        yield from range(first, max(first, last) + 1)


def _accuse(kind: str, number: int, last: int, quote: Quote) -> Outcome:
    message = f"{kind} {number} is named, but the last one of the paper is {kind} {last}."
    return Outcome(
        "not testable", (), message, f"{number} > {last}", str(number), f"1 to {last}", SEVERITY, quotes=(quote,)
    )


RULES = (
    Rule(
        id="reference.item",
        claim="A table or figure that the text names is in the paper.",
        severity=SEVERITY,
        function=test_items,
        assumptions="Captions were read from 1 on without a gap; the number is named once, alone, and the one before "
        "it is not named either, so that no caption was lost. Sentences on supplements and other works are left "
        "alone. A question.",
        literature="CONSORT 2010; ICMJE recommendations on tables and figures",
        example="“(Table 6)” in a paper whose last table is Table 3.",
    ),
)
