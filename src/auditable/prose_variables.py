"""Which variable of the codebook each number of a sentence is of, by the grammar of its clause.

Comes in: a sentence, its mentions, and the codebook, which finds the names of variables in it. Goes out: variable and
category of a mention, "" where no name stands in a place that settles it. In this order: the label inside or before
the number's bracket ("anaemia (12%)"), the subject that a verb or preposition leads from to the number ("PFS was 5
months"), what the counted people have ("12 patients had anaemia"), and the number before it in a comparison ("versus 8
months"). Whom a number speaks of is left to others.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from auditable.clause import Clause
from auditable.clause_names import (
    EVENT,
    EVERYBODY,
    UNKNOWN,
    Name,
    Named,
    Names,
    coordinated,
    find_names,
    has,
    is_bare,
    last_segment,
    leads,
)
from auditable.codebook import COUNTS_EVENTS
from auditable.event_names import ANY
from auditable.implied_measures import implied_measure, is_of_earlier_lines
from auditable.mention_drafts import BRACKETS
from auditable.mentions import Mention
from auditable.number_groups import Group, find_groups
from auditable.prose_fits import CENTRES, RATIOS, SHARES, is_alike
from auditable.prose_handing import further, handed_back, inherited, run_of
from auditable.prose_outcomes import associated_outcome, compared_outcome, spoken_outcome
from auditable.prose_topics import with_topics

_PREDICATE = re.compile(
    r"\b(?:had|has|have|was|were|is|are|achiev\w+|experienc\w+|develop\w+|report\w+|show\w+|attain\w+|reach\w+|underwent|receiv\w+"
    r"|requir\w+|discontinu\w+|present\w*|suffer\w*|died|responded|progressed|relapsed|obtain\w*|exhibit\w*|met|maintain\w*|took|used)\b",
    re.IGNORECASE,
)
_TAKEN_IN = re.compile(
    r"\b(?:enrol\w*|includ\w+|randomi[sz]\w+|assign\w+|recruit\w*|screen\w*|analy[sz]ed|evaluat\w+|evaluable|eligible|participat\w+"
    r"|treated|followed|registered|identified|entered|studied|consented|allocated)\b",
    re.IGNORECASE,
)
# "the safety population comprised 120 patients": a set of patients and how many they are; "the control group had 12
# patients with fever" tells a part of it
_MAKES_UP = re.compile(
    r"\b(?:population|set|cohort|sample|group|arm)\s(?:\([^()]*\)\s)?(?:(?:then|thus|finally)\s)?"
    r"(?:(?:comprised|consisted\sof|contained|encompassed|numbered|(?:was|were)\smade\sup\sof)\b[^|]{0,30}\|"
    r"|(?:had|was|of)(?:\s(?:an?|in|total|all|the|of|only|about|approximately|exactly))*\s*\|"
    r"(?!.*\b(?:who|whom|whose|that|with)\b))",
    re.IGNORECASE,
)
_LABEL_IN = re.compile(r"[,;\s](?P<label>\d)\sin\s(?:the\s)?$")
_BEARER = re.compile(
    r"\b(?:patients?|participants?|subjects?|people|persons?|individuals?|adults?|children|infants?|neonates?|wom[ae]n|m[ae]n|girls?|boys?"
    r"|males?|females?|cases?|controls?|volunteers?|survivors?|respondents?|students?|smokers?|recipients?|donors?|whom|them|of|others?)\b|^\W*$"
    r"|\d\)?\s*$|%\)?\s*$|\bin\s",
    re.IGNORECASE,
)
_NEW_PHRASE = re.compile(r"[,;:]\s|\band\s")
_COMPARES = re.compile(
    r"\b(?:lower|higher|greater|smaller|better|worse|shorter|longer|similar|highest|lowest|(?:more|less|most|least)\s\w+)"
    r"\s(?:in|among|for|with)\s(?:the\s)?$",
    re.IGNORECASE,
)
_OR = re.compile(r"(?<!\d\s)\b(?:or|and/or)\s(?:[A-Za-z-]+\s)?$", re.IGNORECASE)
_ASSIGNED = re.compile(r"\b(?:assign\w*|randomi[sz]\w*|allocat\w*|excluded)\b", re.IGNORECASE)
_SIZE = re.compile(r"[(\[]\s*[nN]\s*=\s*$")
_EVENT_NOUN = re.compile(r"[A-Z]*AEs?|events?|(?i:reactions)")
_AN_EVENT = re.compile(r",\san?\s(?:\w+\s){0,2}(?:[A-Z]*AE\b|(?i:adverse\s(?:drug\s)?(?:event|reaction)))")
_NUMBERED = re.compile(r"(?:\b[A-Z]*AEs?|(?i:events|reactions))\)?\s(?:numbered|totall?ed)\s$")
_AT_ONCE = re.compile(r"[\s%-]*(?:[\w/%²^-]+[\s-])?(?:of\s|in\s|for\s(?:the\s)?(?:median\s)?)?")


def name_mention(
    text: str, mentions: Sequence[Mention], index: int, codebook: Names, section: str = "", carried: Named = UNKNOWN
) -> Named:
    """Variable and category of one number of a sentence.

    section: heading the sentence stands under; under "Safety" a disease is an adverse event.
    carried: what the sentence before was of; "it" and "the figure" stand for it.
    """
    return name_mentions(text, mentions, codebook, section, carried)[index]


def name_mentions(
    text: str, mentions: Sequence[Mention], codebook: Names, section: str = "", carried: Named = UNKNOWN
) -> list[Named]:
    """Variable and category of every number of a sentence, in order; rejected numbers have none."""
    groups = find_groups(text, mentions)
    variables = codebook.variables
    times = [v.name for v in variables.values() if v.kind == "time to event"]
    names = with_topics(text, find_names(text, codebook, section), carried, times)
    namer = _Namer(Clause(text, mentions, variables, names, groups))
    out: list[Named] = [UNKNOWN] * len(mentions)
    for group, named in zip(groups, namer.name_groups(), strict=True):
        for member in group.members:
            out[member] = named
        if (
            named in ((EVENT, ""), (EVENT, ANY))
            and COUNTS_EVENTS in variables
            and _counts_events(text, group, mentions)
        ):
            for member in group.members:
                out[member] = (COUNTS_EVENTS, "")
    for i, mention in enumerate(mentions):
        if mention.statistic == "bound":
            out[i] = namer.name_bound(mention)
    return out


def _counts_events(text: str, group: Group, mentions: Sequence[Mention]) -> bool:
    """Whether a number counts events, not people who had one: "29 AEs", "ten of 28 events", "AEs numbered 29", "one, a
    serious adverse event", "a median of 2 adverse events".
    """
    head = group.head
    parts = [mentions[i].quantity for i in group.members]
    if any(_EVENT_NOUN.fullmatch(q.counted or q.unit) for q in parts):
        return True
    if head.statistic in CENTRES:
        return not head.quantity.is_percent
    is_one = _AN_EVENT.match(text, head.quantity.end) or _NUMBERED.search(text, 0, group.start)
    return head.statistic == "n" and not group.is_people and bool(is_one)


@dataclass(frozen=True, slots=True)
class _Namer:
    """The names and groups of one sentence, and the questions asked of them. An answer of None leaves a group open;
    UNKNOWN says that its words speak of several things.
    """

    clause: Clause

    def name_groups(self) -> list[Named]:
        """Variable and category of each group, in order."""
        out: list[Named | None] = []
        for k in range(len(self.clause.groups)):
            named = (
                self._listed(k)
                or self._scaled(k, out)
                or self._pressure(k)
                or further(self.clause, k, out)
                or self._own(k)
            )
            if named is None:
                named = self._left_open(k, out)
            out.append(named)
        out = handed_back(self.clause, out)
        for k in range(len(out)):
            # what was handed back is handed on to the ratio or p value behind it
            out[k] = out[k] or inherited(self.clause, k, out)
        return [named or UNKNOWN for named in out]

    def _left_open(self, k: int, done: Sequence[Named | None]) -> Named | None:
        """What other places of the sentence say of a number that its own words leave open."""
        group = self.clause.groups[k]
        return (
            inherited(self.clause, k, done)
            or implied_measure(self.clause, group)
            or associated_outcome(self.clause, group)
            or spoken_outcome(self.clause, group)
        )

    def name_bound(self, mention: Mention) -> Named:
        """The variable a limit is of ("age ≥ 65 years", "at least 2 prior lines")."""
        start, end = mention.quantity.start, mention.quantity.unit_end
        before = [
            n for n in self.clause.names if n.end <= start and not re.search(r"[;,.]", self.clause.text[n.end : start])
        ]
        behind = [n for n in self.clause.names if mention.quantity.end <= n.start <= end + 1]
        near = [n for n in (*before[-1:], *behind[:1]) if self.clause.may_be(mention, n.named[0], False)]
        if near:
            return near[0].named[0], ""
        is_line = "prior_lines" in self.clause.variables and is_of_earlier_lines(self.clause.text, mention)
        return ("prior_lines", "") if is_line else UNKNOWN

    def _pressure(self, k: int) -> Named | None:
        """Systolic and diastolic pressure printed as one pair: "blood pressure 182/104 mmHg"."""
        for name, first in (("systolic_bp", k), ("diastolic_bp", k - 1)):
            if 0 <= first < len(self.clause.groups) - 1 and name in self.clause.variables:
                upper, lower = self.clause.groups[first], self.clause.groups[first + 1]
                is_pair = self.clause.text[upper.head.quantity.end : lower.head.quantity.start].strip() == "/"
                if is_pair and "Hg" in lower.head.quantity.unit:
                    return name, ""
        return None

    def _scaled(self, k: int, done: Sequence[Named | None]) -> Named | None:
        """The next category of a scale, named by its label alone: "ECOG was 0 in 41%, 1 in 48% and 2 in 11%"."""
        group = self.clause.groups[k]
        last = done[k - 1] if k else None
        if last is None or not last[1].isdigit() or not is_alike(self.clause.groups[k - 1].head, group.head):
            return None
        label = _LABEL_IN.search(self.clause.text, self.clause.groups[k - 1].end, group.start)
        if label is None:
            return None
        entry = self.clause.variables.get(last[0])
        return (last[0], label["label"]) if entry and label["label"] in entry.categories else None

    def _own(self, k: int) -> Named | None:
        """What the words around the group itself say."""
        group = self.clause.groups[k]
        if group.head.statistic == "n" and _AN_EVENT.match(self.clause.text, group.head.quantity.end):
            return EVENT, ANY
        outcome = compared_outcome(self.clause, group)
        if outcome:
            return outcome
        behind = self._behind(group)
        if group.is_set:
            return behind or (EVERYBODY, "")
        if group.opened >= 0:
            size = self._size(group)
            if size and _ASSIGNED.search(self.clause.text, 0, group.start):
                return size
            return self._bracketed(group) or size
        subject = self._subject(group)
        if subject and self._is_compound(subject):
            return UNKNOWN
        if behind and (not subject or self._prefers_behind(group, subject)):
            return behind
        if subject:
            return self.clause.with_limit(subject, group)
        return self._taken_in(group)

    def _bracketed(self, group: Group) -> Named | None:
        """The label inside the bracket before the number, else the one the bracket stands behind."""
        inside = self.clause.fitting(group, max(group.opened, group.before), group.start)
        if inside and (group.before <= group.opened or leads(self.clause.text[inside[-1].end : group.start])):
            return inside[-1].named
        if group.before > group.opened:
            return self._behind(group)
        near = last_segment(self.clause.text, self.clause.fitting(group, group.before, group.opened))
        if near and near[-1].is_aside and _COMPARES.search(self.clause.text, 0, near[-1].start):
            # "and lower in women (62%)" goes on speaking of what was compared
            return None
        settled = [n for n in near if not n.is_aside or is_bare(self.clause.text[n.end : group.opened])]
        if settled and _NEW_PHRASE.search(self.clause.text[settled[-1].end : group.opened]):
            settled = []
        return self.clause.with_limit(settled[-1:], group) if settled else self._behind(group)

    def _subject(self, group: Group) -> list[Name]:
        """The names before the number, of the last clause, from which words lead to it."""
        near = last_segment(self.clause.text, self.clause.fitting(group, group.before, group.start))
        if not near:
            return []
        run = coordinated(self.clause.text, near)
        if near[0].is_aside:
            run = near[-1:]
        elif len(run) == 1 and not run[0].named[1]:
            # "the best response was CR in two": the category comes behind its variable
            run = next(([n] for n in near if n.named[0] == run[0].named[0] and n.named[1]), run)
        return run if leads(self.clause.text[near[-1].end : group.start]) else []

    def _is_compound(self, subject: Sequence[Name]) -> bool:
        """Whether the subject is part of a composite whose other part has no name ("worsening of X or death")."""
        return len(subject) == 1 and bool(_OR.search(self.clause.text, 0, subject[0].start))

    def _size(self, group: Group) -> Named | None:
        """All patients of a group whose size is printed behind it: "the control group (n = 51)"."""
        return (EVERYBODY, "") if _SIZE.search(self.clause.text, group.opened, group.start) else None

    def _behind(self, group: Group) -> Named | None:
        """What the counted people have: the first name behind the verb, else the first of the stretch."""
        if group.head.statistic in (*RATIOS, "p"):
            return None
        near = self.clause.fitting(group, group.head.quantity.end, group.behind, behind=True)
        if group.head.statistic not in SHARES and not group.is_people:
            # a measure is named right behind its unit or nowhere: "12 months PFS", "4.5 months old", "5 months for PFS"
            near = [n for n in near[:1] if _AT_ONCE.fullmatch(self.clause.text, group.head.quantity.end, n.start)]
        if not near:
            return None
        verb = _PREDICATE.search(self.clause.text, group.end, group.behind)
        if (
            verb
            and near[0].start > verb.start()
            and not _BEARER.search(self.clause.text[group.head.quantity.end : verb.start()])
        ):
            # "two meta-analyses have explored X": what has it is no group of people
            return None
        told = [n for n in near if verb and n.start >= verb.start() and not n.is_aside]
        return self.clause.with_limit(told[:1] or near[:1], group)

    def _prefers_behind(self, group: Group, subject: Sequence[Name]) -> bool:
        """Whether both a subject and words behind fit, and the verb says that people have what stands behind."""
        between = self.clause.text[subject[-1].end : group.start]
        return has(between) or is_bare(between) or subject[0].is_aside

    def _taken_in(self, group: Group) -> Named | None:
        """All patients, where a count of people is of those who were taken into the study or analysed."""
        if group.head.statistic == "total":
            return EVERYBODY, ""
        quantity = group.head.quantity
        if group.head.statistic != "n" or not group.is_people or len(group.members) > 1:
            return None
        said = re.split(r"[;,.]\s", BRACKETS.sub("", self.clause.text[quantity.end :]))[0]
        around = f"{self.clause.text[group.before : group.start]}|{said}"
        is_all = re.search(r"\btotal\sof\s[^|]*\|", around) or _TAKEN_IN.search(around) or _MAKES_UP.search(around)
        return (EVERYBODY, "") if is_all else None

    def _listed(self, k: int) -> Named | None:
        """The name that stands at the group's place in a list of names: "PFS and OS were 5 and 10 months"."""
        first, last = run_of(self.clause, k)
        subject = self._subject(self.clause.groups[first]) if last > first else []
        if len(subject) != last - first + 1 or len(subject) < 2 or subject[0].is_aside:
            return None
        return subject[k - first].named
