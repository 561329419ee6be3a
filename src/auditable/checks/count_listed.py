"""count.listed: a list holds as many things as the number before it announces.

Comes in: a Study with its text. Goes out: one outcome for each list that a number opens and that is closed: marks in
order ("three criteria: (1) …, (2) … and (3) …"), patients by their labels ("three patients (II, IV, V)"), and short
items of a kind that is told one by one ("four domains (pain, sleep, mood and fatigue)"). An item may hold "and", so
that a list has a least and a most number of them. Places, people and lists left open are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from auditable.blocks import Study
from auditable.checks.flow_words import OPEN
from auditable.checks.rule import Outcome, Quote, Rule
from auditable.model import Sentence
from auditable.number_words import CARDINAL, whole_of
from auditable.references import is_literature

SEVERITY = "error"
MOST = 20
LONGEST_ITEM = 5
"""Words of one item; a longer one is a sentence, and its commas part no items."""
_NUMBER = rf"(?<![\d.,–-])(?P<n>\d{{1,2}}|{CARDINAL})"
_NOUN = r"(?P<noun>(?:[a-z][a-z-]+\s){0,3}?%s)"
_TOLD_APART = (
    r"(?:categories|groups|subgroups|domains|subscales|dimensions|countries|symptoms|criteria|agents|drugs|arms|conditions|"
    r"covariates|variables|factors|outcomes|parameters|components|classes|questionnaires|states|steps|phases|scales|strata)"
)
_LIST = re.compile(
    rf"{_NUMBER}\s{_NOUN % _TOLD_APART}\s?(?:\((?P<in>[^()]*)\)|:\s(?P<behind>[^.;:()]*)(?=[.;]\s*$|[.;]\s[A-Z]))",
    re.IGNORECASE,
)
_MARKED = re.compile(
    rf"{_NUMBER}\s{_NOUN % r'(?:[a-z-]+s|criteria|phenomena)'}(?:\s(?:were|are|was|"
    rf"is)(?:\s[a-z]+)?)?:\s(?=\(?(?:1|a|i)\))",
    re.IGNORECASE,
)
_LABELS = re.compile(
    rf"{_NUMBER}\s(?P<noun>(?:patients|cases|subjects|participants|women|men|children))\s\((?P<in>(?:[IVX]+|[A-Z]|\d{{1,2}})"
    r"(?:(?:,\s?|,?\sand\s)(?:[IVX]+|[A-Z]|\d{1,2}))+)\)",
    re.IGNORECASE,
)
_NOT_ALL = re.compile(
    r"\b(?:at least|at most|up to|any|one of|of the following|more than|fewer than|either|or more|the other|"
    r"about|e\.g\.|such as|respectively|per|over|than)\b|≥|≤|>|<|~",
    re.IGNORECASE,
)
_NO_ITEM = re.compile(
    r"\d|%|=|\b(?:see|table|fig|that is|i\.e|which|who|were|was|had|have|is|are|versus|vs|or|divided|as|etc"
    r"|others|so (?:on|forth))\b",
    re.IGNORECASE,
)
_ASIDE = re.compile(
    r"^(?:an?|the|in|for|by|from|at|with|without|on|of|each|both|all|namely|here|total|no|not)\b", re.IGNORECASE
)
"""An item that opens so says something of the one before it."""
_MARKS = {
    "1": [str(n) for n in range(1, MOST)],
    "a": list("abcdefghijklmno"),
    "i": ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"],
}


def test_lists(study: Study) -> Iterator[Outcome]:
    """Each list once."""
    told = set[str]()
    for sentence in study.text:
        if is_literature(sentence):
            continue
        for found in (
            *_LIST.finditer(sentence.text),
            *_LABELS.finditer(sentence.text),
            *_MARKED.finditer(sentence.text),
        ):
            if found[0] not in told:
                told.add(found[0])
                yield from _test(sentence, found)


def _test(sentence: Sentence, found: re.Match[str]) -> Iterator[Outcome]:
    number = whole_of(found["n"])
    if _NOT_ALL.search(sentence.text[max(0, found.start() - 25) : found.start()]) or _NOT_ALL.search(found["noun"]):
        return
    if found.re is _MARKED:
        least = most = _count_marks(sentence.text[found.end() :])
        end = len(sentence.text)
    elif found.re is _LABELS:
        labels = re.findall(r"\w+", re.sub(r"\band\b", "", found["in"]))
        if _are_counts(labels, number):
            return
        least = most = len(labels)
        end = found.end()
    else:
        least, most = _count_items(found["in"] or found["behind"])
        end = found.end()
    if least > 1 and 1 < number <= MOST:
        yield _judge(number, least, most, found, Quote(sentence, found.start(), end))


def _are_counts(labels: Sequence[str], number: int) -> bool:
    """Whether numbers in brackets are parts of the number before them: "11 participants (5, 3 and 3)"."""
    whole = [int(label) for label in labels if label.isdecimal()]
    return bool(whole) and (sum(whole) == number or len(set(whole)) < len(whole))


def _count_marks(behind: str) -> int:
    """How many marks run on from the first without a gap; 0 where no "and" or "or" closes the list."""
    marks = [(m[1].lower(), m.start()) for m in re.finditer(r"(?<!\w)\(?([a-z\d]{1,4})\)", behind)]
    first = marks[0][0] if marks else ""
    expected = _MARKS.get(first, [])
    series = [m for m, e in zip(marks, expected, strict=False) if m[0] == e]
    if len(series) != len(marks) or not series:
        return 0
    is_closed = bool(re.search(r"\b(?:and|or)\s\(?$", behind[: series[-1][1] + 1]))
    return len(series) if is_closed else 0


def _count_items(listed: str) -> tuple[int, int]:
    """Least and most items of a closed list of short items; 0 where it is none."""
    if OPEN.search(listed) or _NO_ITEM.search(listed) or not re.search(r"\band\b", listed):
        return 0, 0
    items = [i.strip() for i in re.split(r",", listed) if i.strip()]
    last = re.sub(r"^and\s", "", items[-1])
    if any(len(i.split()) > LONGEST_ITEM or _ASIDE.match(i) for i in (*items, last)):
        return 0, 0
    is_joined = last == items[-1]
    most = len(items) + sum(len(re.findall(r"\band\b", i)) for i in (*items[:-1], last))
    return len(items) + (1 if is_joined and len(items) > 1 and " and " in last else 0), most


def _judge(number: int, least: int, most: int, found: re.Match[str], quote: Quote) -> Outcome:
    counted = str(least) if least == most else f"{least} to {most}"
    said = f"{found['n']} {found['noun']}"
    if least <= number <= most:
        message = f"{said} are announced, and the list holds {counted}."
        return Outcome("consistent", (), message, f"{counted} listed", str(number), counted, quotes=(quote,))
    message = f"{said} are announced, but the list holds {counted}."
    arithmetic = f"{counted} listed; {number} announced"
    return Outcome("not testable", (), message, arithmetic, str(number), counted, SEVERITY, (quote,))


RULES = (
    Rule(
        id="count.listed",
        claim="A list holds as many things as the number before it announces.",
        severity=SEVERITY,
        function=test_lists,
        assumptions="The list stands in brackets or behind a colon right after the number and its noun, is closed by "
        "“and”, and its items are marks in order, labels of patients, or short items of a kind that is told one by "
        "one. “And” inside an item counts both ways. A question.",
        literature="INSPECT-SR check 4 (internal consistency)",
        example="“five domains (pain, sleep, mood and fatigue)”: four are listed.",
    ),
)
