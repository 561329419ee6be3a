"""Wholes that a sentence parts in passing: by group in brackets, by cause of death, by reason, into kept and lost.

Comes in: a Template. Goes out: the Sums that its words make. Sexes, opposites, "the remaining" and lists of reasons
behind a colon are flow_parts.py's; the judgement is left to flow_sum.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditable.checks.flow_parts import one_to_each
from auditable.checks.flow_words import OPEN, STARTED, WERE, WHO, Sum, Template

THINGS = r"(?:\s(?:[a-z][\w-]*\s){0,3}?[a-z][\w-]*s)?"
_GROUP = r"(?:groups?|arms?|cohorts?|placebo|intervention|controls?|sham|usual care)"
IN_GROUP = (
    r"\s(?:in|on|with|from|of|receiving|taking|assigned to|given)\s(?:the\s)?"
    rf"[^#()]{{0,60}}?\b{_GROUP}\b[^#(),]{{0,20}}"
)
_BY_GROUP = re.compile(
    rf"#(\d+)#{WHO}(?:\s(?:completed|withdrew|died|discontinued)|{WERE}\s(?:analy[sz]ed|lost to follow-up))?"
    rf"\s\(#(\d+)#{IN_GROUP}(?:,\s#(\d+)#{IN_GROUP})?(?:,?\sand)\s#(\d+)#{IN_GROUP}\)",
    re.IGNORECASE,
)
_DEATHS = re.compile(
    rf"#(\d+)#(?:{WHO}{WERE}\s(?:had\s)?died|\sdeaths(?:\s(?:occurred|were recorded|were reported))?)\s?"
    r"(?:\((?P<list>[^()]*)\)|[:,]\s(?P<behind>[^.;:()]*))",
    re.IGNORECASE,
)
_CAUSE = re.compile(r"#\d+#\s(?:[a-z]+\s){0,2}?(?:of|from|due to|because of|owing to|by|after)\s", re.IGNORECASE)
_OTHERS = re.compile(r"\b(?:other|unknown|unrelated)\b", re.IGNORECASE)
_EACH = r"[^#().;:]{2,60}?\s\(\s?(?:[nN]\s?=\s?)?#\d+#\s?\)"
_BECAUSE = re.compile(
    rf"#(\d+)#{WHO}{WERE}\s(?:excluded|withdrawn|withdrew|discontinued|dropped out|"
    rf"stopped)\b[^#.;:()]{{0,40}}?\b(?:because of|due to|"
    rf"owing to|for)\s(?P<list>{_EACH}(?:,{_EACH})*,?\s(?:and|or)\s{_EACH})",
    re.IGNORECASE,
)
_LEAVING = re.compile(
    rf"^[^#]{{0,60}}?#(\d+)#{THINGS}\b(?P<between>[^()]*?),?\s(?:thus\s)?leaving\s#(\d+)#", re.IGNORECASE
)
_LOST = re.compile(
    rf"#(\d+)#{THINGS}{WERE}\s(?:excluded|removed|lost|withdrew|withdrawn|declined|discarded|ineligible|duplicates|not\s)\b"
    r"|\b(?:excluding|removing|removal of|exclusion of|removed|excluded)\s#(\d+)#",
    re.IGNORECASE,
)
_AFTER = re.compile(
    rf"\b(?:after|when)\s(?:(?:the\s)?(?:removal|exclusion)\sof\s)?#(\d+)#{THINGS}(?:{WERE}\s(?:removed|excluded))?\sfrom\s(?:the\s|all\s)?"
    rf"#(\d+)#{THINGS},\s#(\d+)#{THINGS}\s(?:remained|were\s(?:screened|left|kept|analy[sz]ed|included))\b",
    re.IGNORECASE,
)
_RESPONSES = re.compile(
    r"#(\d+)#\s(?:responders|responses|responding\s\w+)(?:\s(?:comprised|were|included)|,|:|\s\()\s?#(\d+)#\s(?:were\s|had\s(?:an?\s)?)?"
    r"complete(?:\sresponses?)?(?:,?\sand|,)\s#(\d+)#\s(?:were\s|had\s(?:an?\s)?)?partial\b",
    re.IGNORECASE,
)


_BY_ARM = re.compile(
    r"#(\d+)#[^#().;:]{0,80}\((?P<list>#\d+#\s[^#()]+?(?:(?:,|;|,?\sand)\s#\d+#\s[^#()]+?)+)\)", re.IGNORECASE
)
_BOTH = re.compile(
    r"\bof\s(?:the\s)?#(\d+)#\s[a-z]+[:,]\s#(\d+)#[^#.;:]*\bboth\b[^#.;:]*?(?:,|,?\sand)\s#(\d+)#[^#.;:]*\s(?:one\b|#(\d+)#)",
    re.IGNORECASE,
)
_FINISHED = re.compile(
    rf"#(\d+)#{WHO}(?:{WERE}\s{STARTED}|\sunderwent\srandomi[sz]ation)\b[^.]*[;.]\s#(\d+)#\sand\s#(\d+)#\sof\s(?:them|these)"
    r"\scompleted\b[^#.;]*?#(\d+)#\s(?:withdrew|dropped\sout|discontinued|left|were\slost)\b",
    re.IGNORECASE,
)


def find_by_arm(template: Template, n_arms: int) -> Iterator[Sum]:
    """ "13 stopped for lack of effect (9 on placebo, 3 on 100 mg and 1 on 200 mg)": one count for each arm."""
    for m in _BY_ARM.finditer(template.text):
        parts = tuple(int(t) for t in re.findall(r"#(\d+)#", m["list"]))
        arms = [o.arm for o in template.observations(parts)]
        whole = template.observations((int(m[1]),))
        is_each = len(arms) == len(set(arms) - {""}) == len(parts) == n_arms
        if is_each and whole and not whole[0].arm and not OPEN.search(m[0]):
            yield Sum(int(m[1]), parts, "the arms are all of them")


def find_both(template: Template) -> Iterator[Sum]:
    """ "137 eyes of 94 patients: 43 patients had both eyes treated and 51 had one"."""
    for m in _BOTH.finditer(template.text):
        if m[4] is None or template.value(m[4]) == 1:
            yield Sum(int(m[1]), (int(m[2]), int(m[3])), "each has both or one")


def find_finished(template: Template) -> Iterator[Sum]:
    """ "393 were randomised; 183 and 181 of them completed the trial, so that 29 withdrew"."""
    for m in _FINISHED.finditer(template.text):
        yield Sum(int(m[1]), (int(m[2]), int(m[3]), int(m[4])), "whoever did not complete left early")


def find_groups(template: Template) -> Iterator[Sum]:
    """ "80 patients (42 in the drug group and 38 in the placebo group) completed the study"."""
    for m in _BY_GROUP.finditer(template.text):
        parts = tuple(int(t) for t in m.groups()[1:] if t)
        if not OPEN.search(m[0]):
            yield Sum(int(m[1]), parts, "the groups are all of them")


def find_deaths(template: Template) -> Iterator[Sum]:
    """ "20 died: 12 of progression, 5 of infection and 3 of other causes"; each dies of one cause."""
    for m in _DEATHS.finditer(template.text):
        listed = m["list"] or m["behind"] or ""
        tokens = one_to_each(listed)
        is_causes = len(_CAUSE.findall(listed)) == len(tokens)
        if len(tokens) > 1 and is_causes and not OPEN.search(m[0]) and re.search(r"\band\b", listed):
            may_lack = not _OTHERS.search(listed)
            yield Sum(int(m[1]), tuple(tokens), "each died of one cause", may_lack)


def find_named_reasons(template: Template) -> Iterator[Sum]:
    """ "12 discontinued because of adverse events (n = 6), progression (n = 4) or lack of consent (n = 2)"."""
    for m in _BECAUSE.finditer(template.text):
        tokens = [int(t) for t in re.findall(r"#(\d+)#", m["list"])]
        if len(tokens) > 1 and not OPEN.search(m[0]):
            yield Sum(int(m[1]), tuple(tokens), "the reasons explain all of them")


def find_kept(template: Template) -> Iterator[Sum]:
    """ "Of 300 records 280 were excluded, leaving 20", "after 50 were removed from 400, 350 were screened"."""
    if m := _LEAVING.search(template.text):
        lost = [int(t) for pair in _LOST.findall(m["between"]) for t in pair if t]
        between = [int(t) for t in re.findall(r"#(\d+)#", m["between"])]
        if lost and lost == between and not OPEN.search(m[0]) and not re.search(r"\.\s|…", m[0]):
            yield Sum(int(m[1]), (*lost, int(m[3])), "whoever was not lost was left")
    for m in _AFTER.finditer(template.text):
        yield Sum(int(m[2]), (int(m[1]), int(m[3])), "whatever was not removed was left")


def find_responses(template: Template) -> Iterator[Sum]:
    """ "Of 24 responses 6 were complete and 18 partial"."""
    for m in _RESPONSES.finditer(template.text):
        yield Sum(int(m[1]), (int(m[2]), int(m[3])), "a response is complete or partial", may_lack=True)
