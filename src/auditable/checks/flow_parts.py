"""Parts that words make a whole: reasons, "the remaining", opposites, the two sexes, then and later.

Comes in: a Template, or one with the sentences before it. Goes out: the Sums that its words make. The judgement is left
to flow_sum.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from auditable.checks.flow_words import OPEN, PEOPLE, STARTED, TAKEN, WERE, WHO, Sum, Template
from auditable.checks.words import SUBSET

MOST_PARTS = 12
_SEXES = re.compile(
    r"#(\d+)#\s(?:patients?\s|participants?\s)?(?:were\s)?(women|females?|men|males?|girls|boys)\b[^#.;]{0,12}?"
    r"(?:,|;|\band)\s#(\d+)#\s(?:patients?\s|participants?\s)?(?:were\s)?(women|females?|men|males?|girls|boys)\b",
    re.IGNORECASE,
)
_FEMALE = re.compile(r"^(?:wom|fem|girl)", re.IGNORECASE)
_REASONS = re.compile(
    rf"#(\d+)#{WHO}{WERE}\s(?:excluded|withdrawn|withdrew|discontinued|dropped out|ineligible|not eligible|"
    r"stopped treatment|did not (?:complete|reach|enter|start)"
    r"|lost(?:\sto\sfollow-up)?(?=\s?[:(])|not (?:enrolled|included|randomi[sz]ed))"
    r"(?!\w)[^#(;.:]*(?:\((?P<list>[^()]*(?:\(\s?[nN]\s?=\s?#\d+#\s?\)[^()]*)*)\)"
    r"|:\s(?P<colon>[^;.]*))",
    re.IGNORECASE,
)
_REASONS_WERE = re.compile(
    r"\breasons?\sfor\s(?:the\s|treatment\s|study\s|early\s)*(?P<what>exclusion|screen(?:ing)?\sfailures?|ineligibility|"
    r"non-inclusion|not\s\w+|withdrawal|discontinuation|stopping|drop-?outs?)s?(?:\s(?:of|from)\s[^#,.;:]*?)?"
    r"\s(?:were|was|are)\b:?(?P<list>[^.;:]*)",
    re.IGNORECASE,
)
_OF_THE_LOST = re.compile(
    rf"\b(?:of|among)\s(?:the|these|those)\s(?:{PEOPLE}\s)?(?:who\s(?:were\s)?)?"
    r"(?P<what>excluded|ineligible|not\seligible|screen(?:ing)?\sfailures|withdrawn|withdrew|discontinued|dropped\sout)"
    rf"(?:\s{PEOPLE})?,\s(?P<list>#[^.;:]*)",
    re.IGNORECASE,
)
"""Those who were lost, and what became of each of them: "Of the excluded, 16 were too old and 12 had other reasons"."""
_CLOSED = re.compile(r"\bother\s(?:reasons?|causes?)\b", re.IGNORECASE)
"""What closes a list of reasons: whoever has none of the named ones."""
_LABELLED = re.compile(r"\s?(?:[^#,;]*[a-z][^#,;]*,\s#\d+#(?:[,;]\s|,?\sand\s|\s?$))+")
"""Labels with their counts behind them: "refusal, 8, no consent, 3"."""
_EXCLUDED = re.compile(
    rf"#(\d+)#{WHO}{WERE}\s(?:excluded|ineligible|not eligible|(?:screen(?:ing)? failures))\b", re.IGNORECASE
)
_STOPPED = re.compile(rf"#(\d+)#{WHO}{WERE}\s(?:withdrawn|withdrew|discontinued|dropped out|stopped)\b", re.IGNORECASE)
_OF_ALL = re.compile(rf"\b(?:of|among)\s(?:the\s|these\s|those\s|all\s|our\s)?#(\d+)#{WHO}", re.IGNORECASE)
_REST = re.compile(r"\bthe\s(?:remaining|other|rest,?)\s#(\d+)#", re.IGNORECASE)
_OPPOSITES = (
    (r"completed", r"did not complete", False),
    (r"completed", r"discontinued|withdrew|dropped out|were lost to follow-up", True),
    (r"(?:were (?:still )?alive|survived)", r"(?:had )?died|were dead", True),
    (r"received", r"did not receive|received no", False),
    (
        r"were (?:analy[sz]ed|evaluable|included)",
        r"were (?:not analy[sz]ed|not evaluable|excluded|not included)",
        False,
    ),
    (r"responded", r"did not respond", False),
    (
        rf"were (?:{STARTED}|{TAKEN})",
        r"were (?:excluded|ineligible|not eligible|not randomi[sz]ed|screen(?:ing)? failures)|failed screening",
        True,
    ),
)
"""Two verbs that part everybody; True where somebody may do neither yet (still on treatment, lost)."""
_AROSE = r"(?:arose|occurred|happened|began|started)"
_WHEN = re.compile(
    rf"\b(?:of|among)\s(?:the\s|these\s|all\s)?(?:other\s|remaining\s)?#(?P<whole>\d+)#(?:\s[\w-]+){{0,3}},"
    rf"\s#(?P<first>\d+)#\s{_AROSE}\s(?:in|during|within|before)\b[^#.;]*?(?:#\d+#\sof\s(?:them|these|which)\b[^#.;]*)?"
    rf"(?:,\s?and|\band|,)\s#(?P<last>\d+)#\s(?:{_AROSE}\s)?(?:later|subsequently|thereafter|afterwards?|"
    r"in (?:later|subsequent) \w+)(?=[,.;]|\s?$)",
    re.IGNORECASE,
)
"""Events of a first stretch of time and those after it; what arises does so once, other than patients who have it."""
_OF_THEM = re.compile(r"\b(?:of|among)\s(?:these|those|them|whom|which|the former|the latter)\b", re.IGNORECASE)


def find_sexes(template: Template) -> Iterator[Sum]:
    """ "The 18 patients were ten women and eight men"."""
    for m in _SEXES.finditer(template.text):
        if bool(_FEMALE.match(m.group(2))) == bool(_FEMALE.match(m.group(4))):
            continue
        parts = (int(m.group(1)), int(m.group(3)))
        earlier = re.split(r"\.\s|;", template.text[: m.start()])[-1]
        wholes = re.findall(rf"#(\d+)#(?:\s[a-z][\w-]*){{0,3}}?\s{PEOPLE}", earlier, re.IGNORECASE)
        if (
            wholes
            and len(re.findall(r"#\d+#", earlier)) == 1
            and not OPEN.search(earlier)
            and not SUBSET.search(earlier)
        ):
            yield Sum(int(wholes[0]), parts, "the two sexes are all of them")


def find_reasons(template: Template) -> Iterator[Sum]:
    """ "20 were excluded (12 had no consent, 8 no data)"."""
    for m in _REASONS.finditer(template.text):
        listed = m.group("list") or m.group("colon") or ""
        tokens = one_to_each(listed)
        if 2 <= len(tokens) <= MOST_PARTS and not OPEN.search(m.group()):
            yield Sum(int(m.group(1)), tuple(tokens), "the reasons explain all of them")


def find_reasons_behind(template: Template) -> Sum | None:
    """ "28 were excluded. Reasons for exclusion were refusal (n = 20) and other reasons (n = 8)": sentences, joined."""
    m = _REASONS_WERE.search(template.text) or _OF_THE_LOST.search(template.text)
    if m is None or OPEN.search(m.group()[2:]) or (m.re is _OF_THE_LOST and not _CLOSED.search(m.group("list"))):
        return None
    is_before = m.group("what").lower().startswith(("excl", "inel", "screen", "non-", "not"))
    pattern = _EXCLUDED if is_before else _STOPPED
    wholes = [int(w.group(1)) for w in pattern.finditer(template.text[: m.start()])]
    tokens = one_to_each(m.group("list"))
    is_whole = len(wholes) == 1 and 2 <= len(tokens) <= MOST_PARTS
    return Sum(wholes[0], tuple(tokens), "the reasons explain all of them") if is_whole else None


def one_to_each(listed: str) -> list[int]:
    """The tokens of a list in which each item has one ("8 no data, 3 other"; "refusal, 8; other, 3"); [] where an
    item has none or two.
    """
    if _LABELLED.fullmatch(listed):
        return [int(t) for t in re.findall(r"#(\d+)#", listed)]
    for parting in (r"[,;]|\band\b", ";") if ";" in listed else (r"[,;]|\band\b",):
        items = [i for i in re.split(parting, re.sub(r",\s(?=[nN]\s?=)", " ", listed)) if i.strip()]
        if all(len(re.findall(r"#\d+#", item)) == 1 for item in items):
            return [int(t) for t in re.findall(r"#(\d+)#", listed)]
    return []


def find_remaining(template: Template) -> Iterator[Sum]:
    """ "Of 51 patients, 29 responded, 12 were stable and the remaining 10 progressed"."""
    whole = _OF_ALL.search(template.text)
    rest = _REST.search(template.text)
    if not whole or not rest or rest.start() < whole.end() or re.search(r"\.\s", template.text[: rest.start()]):
        return
    before = [int(t) for t in re.findall(r"#(\d+)#", template.text[whole.end() : rest.start()])]
    last, total = int(rest.group(1)), template.value(whole.group(1))
    if not 1 <= len(before) <= MOST_PARTS // 2 or _OF_THEM.search(template.text[whole.end() : rest.start()]):
        return
    fits = next(
        (
            parts
            for k in range(len(before), 0, -1)
            for parts in combinations(before, k)
            if sum(template.value(p) for p in parts) + template.value(last) == total
        ),
        tuple(before),
    )
    yield Sum(int(whole.group(1)), (*fits, last), 'with "the remaining" nobody is left')


def find_opposites(template: Template) -> Iterator[Sum]:
    """ "Of the 53 patients, 46 completed the study and 7 withdrew"."""
    both = [pair for yes, no, lacks in _OPPOSITES for pair in ((yes, no, lacks), (no, yes, lacks))]
    for yes, no, may_lack in both:
        pattern = (
            rf"\b(?:of|among)\s(?:the\s|these\s|all\s|our\s)?#(\d+)#(?:\s[\w-]+){{0,5}},\s#(\d+)#{WHO}\s(?:{yes})\b[^#.;]*?"
            rf"(?:,\s?and|\band|;|,|,\s?whereas|,\s?while)\s#(\d+)#{WHO}\s(?:{no})\b"
        )
        if m := re.search(pattern, template.text, re.IGNORECASE):
            behind = template.text[m.end() :].split(".")[0]
            if not re.search(r"(?:,|;|\band)\s#\d+#\s(?!of\b)", behind):
                parts = (int(m.group(2)), int(m.group(3)))
                yield Sum(int(m.group(1)), parts, "one or the other holds for everybody", may_lack)
                return


def find_times(template: Template) -> Iterator[Sum]:
    """ "Of the other 28, 19 arose in cycle one and nine later"."""
    for m in _WHEN.finditer(template.text):
        yield Sum(int(m["whole"]), (int(m["first"]), int(m["last"])), "each arose then or later")
