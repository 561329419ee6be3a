"""Arms of those who were randomised: sentences that say how a number of patients was assigned.

Comes in: a Template, or one with the sentence before it. Goes out: the Sums that its words make of arms. The
judgement is left to flow_sum.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from auditable.checks.flow_words import PEOPLE, STARTED, TAKEN, WERE, WHO, Sum, Template, token_of

_WHOLE_STARTED = re.compile(
    rf"#(\d+)#{WHO}{WERE}\s(?:enrolled and (?:\w+\s)?)?{STARTED}\b"
    rf"|\b(?:{STARTED}|enrolled|recruited|included)(?:\sa total of)?\s#(\d+)#{WHO}"
    rf"|#(\d+)#{WHO}{WERE}\s(?:{TAKEN}|analy[sz]ed|completed|treated)\b"
    rf"|#(\d+)#{WHO}(?:\swho)?\s(?:had\s)?under(?:gone|went)\srandomi[sz]ation\b"
    rf"|\bleaving(?:\sa total of)?\s#(\d+)#{WHO}",
    re.IGNORECASE,
)
_TO_ARM = re.compile(
    rf"^(?:\s{PEOPLE})?(?:\s(?:were|was))?(?:\s{STARTED})?\s(?:to(?: receive)?|in(?:to)?|from|on)\s(?:the\s)?[^#;.]*?"
    r"(?P<end>,?\s?(?:and|or)\s|[,;]\s(?:and\s)?|$|[.;()])",
    re.IGNORECASE,
)
_SHORT_ARMS = re.compile(
    r"^[^#.;]*\(#(\d+)#\s([^#()]+?)(?:,|;|,?\sand)\s#(\d+)#\s([^#()]+?)(?:(?:,|;|,?\sand)\s#(\d+)#\s([^#()]+?))?\)"
)
"""What follows a whole with its arms in brackets: "completed (24 exercise, 22 control)"."""
_IN_BRACKETS = re.compile(r"\(\s?[nN]\s?=\s?#(\d+)#\s?\)")
_ENDS_STARTED = re.compile(
    rf"#(\d+)#{WHO}{WERE}\s(?:{STARTED}|under(?:gone|went)\srandomi[sz]ation)(?!\s(?:to|in(?:to)?|from)\b)[^#.]*\.(?=\s)",
    re.IGNORECASE,
)
"""A sentence that ends with all who were randomised."""
_ARM_LIST = re.compile(rf"(?<=\.\s)#\d+#{WHO}{WERE}\s{STARTED}\sto\b", re.IGNORECASE)
_TO_ONE_ARM = re.compile(
    r"^\s(?:to(?:\sreceive)?|in(?:to)?)\s"
    r"(?!(?:one|two|three|four|five|either|the following|treatment|study|trial|different|a\s|\S*\d:\d)\b)",
    re.IGNORECASE,
)
_ARM_WORDS = re.compile(r"\b(?:groups?|arms?|cohorts?|controls?|placebo|sham)\b", re.IGNORECASE)


def find_arms(template: Template) -> Iterator[Sum]:
    """ "100 were randomised: 50 to A and 50 to B", "randomised to A (n = 50) or B (n = 50)"."""
    for m in _WHOLE_STARTED.finditer(template.text):
        whole = token_of(m)
        rest = re.split(r"#\d+#", template.text[m.end() :])
        tokens = [int(t) for t in re.findall(r"#(\d+)#", template.text[m.end() :])]
        behind = template.text[m.end() :]
        is_told = bool(_ARM_WORDS.search(behind) or re.search(r"#\s(?:[\w()]+\s){0,4}?to\s", behind))
        is_list = is_told and not _is_arm_itself(rest[0])
        parts = _parts_to_arms(rest[1:], tokens) if is_list else []
        parts = parts or _parts_in_brackets(behind) or _short_arms(behind)
        total = sum(template.value(p) for p in parts)
        is_multiple = total > template.value(whole) > 0 and total % template.value(whole) == 0
        if parts and not is_multiple:
            yield Sum(whole, tuple(parts), "the arms are all who were assigned")
            return


def find_arms_behind(template: Template) -> Sum | None:
    """ "422 were randomised. 213 were assigned to A and 209 were assigned to B": two sentences, joined."""
    m = _ENDS_STARTED.search(template.text)
    start = _ARM_LIST.search(template.text, m.end()) if m else None
    if m is None or start is None:
        return None
    behind = template.text[start.start() :]
    tokens = [int(t) for t in re.findall(r"#(\d+)#", behind)]
    parts = _parts_to_arms(re.split(r"#\d+#", behind)[1:], tokens)
    return Sum(token_of(m), tuple(parts), "the arms are all who were assigned") if parts else None


def _is_arm_itself(behind: str) -> bool:
    """Whether the words right behind a whole assign it to one arm: "45 were assigned to A, 50 to B and 48 to C"."""
    return bool(_TO_ONE_ARM.match(behind)) and not re.search(r"[:(]", behind)


def _parts_to_arms(segments: Sequence[str], tokens: Sequence[int]) -> list[int]:
    """Tokens each followed by "to A", "in the B group", the last after "and"; [] where the list goes on otherwise."""
    parts: list[int] = []
    for token, segment in zip(tokens, segments, strict=True):
        m = _TO_ARM.match(segment)
        if m is None:
            break
        parts.append(token)
        is_joined = m.end() == len(segment) and re.search(r"(?:and|or|[,;])\s*$", m.group("end"))
        if not is_joined:
            break
    joints = [segments[i] for i in range(len(parts) - 1)]
    is_closed = bool(joints) and bool(re.search(r"\b(?:and|or)\s*$", joints[-1]))
    return parts if is_closed and (len(parts) == len(tokens) or not _is_part_of_list(segments[len(parts) - 1])) else []


def _is_part_of_list(segment: str) -> bool:
    """Whether another count follows in the same list."""
    return bool(re.search(r"(?:,|;|\band)\s*$", segment)) and "." not in segment


def _parts_in_brackets(text: str) -> list[int]:
    clause = re.split(r"[.;](?:\s|$)|,\s(?:of whom|of which|with)\b", text)[0]
    found = list(_IN_BRACKETS.finditer(clause))
    if len(found) < 2:
        return []
    between = [clause[a.end() : b.start()] for a, b in pairwise(found)]
    is_list = all(re.match(r"^\s?(?:,|;|and\b|or\b|to\b|,\s?(?:and|or)\b)", b) for b in between)
    is_closed = bool(re.search(r"\b(?:and|or)\b", between[-1]))
    tells_arms = bool(re.search(r"\b(?:to|receive|arm|group)\b", clause[: found[0].start()]))
    return [int(m.group(1)) for m in found] if is_list and is_closed and tells_arms else []


def _short_arms(behind: str) -> list[int]:
    m = _SHORT_ARMS.match(behind)
    if not m:
        return []
    named = [n for n in (m.group(2), m.group(4), m.group(6)) if n]
    is_arm = any(re.search(r"\b(?:group|arm|controls?|placebo|to|sham)\b", n, re.IGNORECASE) for n in named)
    return [int(t) for t in (m.group(1), m.group(3), m.group(5)) if t] if is_arm else []
