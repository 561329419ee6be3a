"""Parts of a whole that the sentence before names, and parts by group whose whole is named behind them.

Comes in: a Template, or two sentences joined. Goes out: the Sums that their words make: "497 were found. 51 were
excluded because of …, 22 since …, and 12 for …, which left 412", "71 died. Of these, 67 were 65 or older and 4 were
younger", "two in the drug group and three in the control group …; none of these five". The judgement is left to
flow_sum.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditable.checks.flow_parts import one_to_each
from auditable.checks.flow_wholes import IN_GROUP, THINGS
from auditable.checks.flow_words import OPEN, WERE, WHO, Sum, Template
from auditable.mention_drafts import BRACKETS

_FOUND = re.compile(
    r"\b(?:identified|screened|assessed|reviewed|retrieved|found|met|eligible|referred|approached|registered|collected)\b",
    re.IGNORECASE,
)
"""What happens to all, before some are left out."""
_AFTER = re.compile(
    r"^(?:after|following|upon)\s(?:the\s)?(?:(?:exclusion|removal)\sof|excluding|removing)\s(?P<list>#[^.;]*?),\s"
    rf"#(?P<left>\d+)#{THINGS}\s(?:remained|were\s(?:left|included|analy[sz]ed|enrolled|studied|available))\b",
    re.IGNORECASE,
)
_LEFT = re.compile(
    rf"^(?P<list>#\d+#{WHO}{WERE}\s(?:excluded|removed|left out|ineligible|not eligible)\b[^.;]*?),?\s"
    r"(?:which\sleft|leaving)\s#(?P<left>\d+)#",
    re.IGNORECASE,
)
_HALVES = (
    (r"(?:or\s)?(?:older|over|above|more)", r"(?:younger|less|under)"),
    (r"with", r"without(?:\s(?:it|one|them))?"),
    (r"positive", r"negative"),
)
"""Words that part everybody in two."""
_OF_THESE = r"^(?:of|among)\s(?:these|those|them)(?:\s[a-z]+)?,\s"
_THESE = re.compile(
    rf"#(\d+)#{THINGS}{IN_GROUP}(?:,?\sand)\s#(\d+)#{IN_GROUP}[^#.]*?"
    r"(?:\b(?:none|any|all|each)\sof|(?<!\bof)(?<!\bamong)(?<!\bfrom))\s(?:these|those)\s#(\d+)#",
    re.IGNORECASE,
)
"""The whole taken up again: "none of these five", "these five"; "of those two were related" counts some of them."""
_IN_ALL = re.compile(
    rf"#(\d+)#{THINGS}{IN_GROUP}(?:,?\sand)\s#(\d+)#{IN_GROUP},?\s#(\d+)#\s(?:in all|in total|altogether)\b",
    re.IGNORECASE,
)
_EVENTS = re.compile(
    r"#(\d+)#(?:\s[a-z-]+){0,3}\s(?:events|deaths),\s#(\d+)#\s(?P<by>after|in|on|during)\s[^#,;.()]{2,40}?\sand\s#(\d+)#\s"
    r"(?P=by)\s[^#,;.()]{2,40}(?=[,.;])",
    re.IGNORECASE,
)


def find_left(template: Template) -> Sum | None:
    """ "1486 were screened. After exclusion of 143 with …, 97 with … and 38 without …, 1187 remained"."""
    first, behind = _split(template)
    m = _AFTER.search(behind) or _LEFT.search(behind)
    if m is None or not _FOUND.search(first) or OPEN.search(m[0]):
        return None
    lost = one_to_each(m["list"])
    return Sum(0, (*lost, int(m["left"])), "whoever was not lost was left") if lost else None


def find_halves(template: Template) -> Sum | None:
    """ "71 patients died. Of these, 67 were aged 65 or older and 4 were younger": two sentences."""
    _, behind = _split(template)
    for one, other in (pair for halves in _HALVES for pair in (halves, halves[::-1])):
        pattern = (
            rf"{_OF_THESE}(?P<parts>#(\d+)#[^#.;]*?\b{one}\b[^#.;]*?(?:\band|,|\bwhile|\bwhereas)\s"
            rf"#(\d+)#[^#.;]*?\b{other})(?=[,.;]|$)"
        )
        if (m := re.search(pattern, behind, re.IGNORECASE)) and not OPEN.search(m["parts"]):
            return Sum(0, (int(m[2]), int(m[3])), "one or the other holds for everybody")
    return None


def find_totals_behind(template: Template) -> Iterator[Sum]:
    """ "Two in the drug group and three in the control group were admitted; none of these five events was related"."""
    for m in (*_THESE.finditer(template.text), *_IN_ALL.finditer(template.text)):
        if not OPEN.search(m[0]):
            yield Sum(int(m[3]), (int(m[1]), int(m[2])), "the groups are all of them")


def find_events(template: Template) -> Iterator[Sum]:
    """ "There were four serious events, one after surgery and three after drugs"; each happens once."""
    for m in _EVENTS.finditer(template.text):
        if not OPEN.search(m[0]):
            yield Sum(int(m[1]), (int(m[2]), int(m[4])), "each happened once", may_lack=True)


def _split(template: Template) -> tuple[str, str]:
    """The first sentence, if it holds one count and no share of others, and all behind it."""
    m = re.match(r"^([^#]*#0#[^#]*?\.)\s(?=[#A-Z])", template.text)
    first = template.counts[0].observation if template.counts else None
    # "71 were seen, and 40 % responded. Of these, …" goes on with those who responded
    if m is None or first is None or "%" in BRACKETS.sub("", first.quote):
        return "", ""
    return m[1], template.text[m.end() :].strip()
