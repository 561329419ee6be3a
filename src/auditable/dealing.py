"""Which name of a sentence each of its numbers belongs to: arms, parts of the patients, patients, time points.

Comes in: the numbers of a sentence (each with what qualifies it) and the names printed in it. Goes out: a name per
number; a number whose name the print does not settle is left out. Only grammar is used: lists of equal length dealt out
in order ("12% vs 8% in A and B"), a name right beside its number ("12% with A", "A (12%)"), and the clause. What the
names are is left to the callers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from auditable.estimates import Estimate, Name
from auditable.mention_drafts import BRACKETS, SET_AGAINST

MAX_OWN_CHARS = 60
"""The noun and the brackets of a number name its people so far behind it at most."""
MAX_LEAD_CHARS = 5
"""A name opens its sentence behind so much at most ("At week 12, …")."""


_NOUNS = (
    r"(?:patients?|participants?|people|persons?|subjects?|individuals?|women|men|children|infants|adults|controls?"
    r"|cases|recipients?|groups?|arms?|cohorts?|populations?|subgroups?|sets?|regimens?|treatments?|therapy|alone|only)"
)
_LITTLE = (
    r"(?:of|in|with|for|on|among|by|at|to|from|the|all|those|these|an?|receiv\w+|treated|taking|given|assigned"
    rf"|randomi[sz]ed|allocated|who|that|had|were|was|respectively|events?|episodes|occurr\w+|reported|{_NOUNS})"
)
_JOINT = rf"(?:{SET_AGAINST}|and|or|&|/|to)"
_APPROX = r"(?:(?:only|just|about|approximately|a|an|median|mean|of|in|the|at|=|was|were)\s+)*"
_JOINED = re.compile(rf"[\s,]*(?:,|{_JOINT}(?=\s))(?:\s*{_JOINT}(?=\s))?\s*{_APPROX}", re.IGNORECASE)
_JOINED_BY_VERSUS = re.compile(rf"[\s,]*{SET_AGAINST}\s*{_APPROX}", re.IGNORECASE)
_NAMES_JOINED = re.compile(
    rf"[’'-]?\s*(?:{_NOUNS}\s*)*[\s,]*(?:,|{_JOINT}(?=[\s(]))(?:\s*{_JOINT}(?=\s))?\s*(?:(?:{_LITTLE}|as)\s+)*",
    re.IGNORECASE,
)
_BESIDE = re.compile(rf"[\s,]*(?:{_LITTLE}(?:\s+|(?=$)))*(?:[(\[]\s*)?", re.IGNORECASE)
_OPENS = re.compile(rf"[’']?\s*(?:{_NOUNS}\s*)*(?:[(\[]\s*(?:n\s*=\s*)?|[:=]\s*|\s*,?\s*n\s*=\s*)?", re.IGNORECASE)
_COMPARED = re.compile(rf"[^;:]{{0,90}}\b{SET_AGAINST}\s+(?:(?:{_LITTLE}|as)\s+)*", re.IGNORECASE)
_COMPARED_WITH = re.compile(
    rf"(?:^|[;.]\s)(?:as\s)?(?:compared\s(?:with|to)|relative\sto|versus|unlike|in\s(?:contrast|comparison)\s(?:to|with))"
    rf"\s(?:{_LITTLE}\s)*$",
    re.IGNORECASE,
)
_TURN = re.compile(rf"\b(?:{SET_AGAINST}|whereas|while|but)\b", re.IGNORECASE)
_OF_WHOM = re.compile(r"(?:^|[;.]\s)(?:of|among)\s(?:(?:all|the|these|our|a total of)\s)*$", re.IGNORECASE)
_WORD_OF_LIST = re.compile(rf"\b{_JOINT}(?=\s)", re.IGNORECASE)
_AMONG = re.compile(r"\b(?:among|in)\s(?!whom\b|which\b|total\b)", re.IGNORECASE)
_VERSUS_BEFORE = re.compile(rf"\b{SET_AGAINST}\s+$", re.IGNORECASE)
_VERSUS_BEHIND = re.compile(rf"\s*{SET_AGAINST}\s+\d", re.IGNORECASE)
_COUNTS_GROUPS = re.compile(r"\b(?:groups?|arms?|cohorts?|trials?|stud(?:y|ies)|comparisons?)$", re.IGNORECASE)
# "23 vaccinees and 76 …", "60.7% of vaccinees and 17.0% …": words of the number's own before the next one
_OWN_WORDS = re.compile(
    rf"\s[a-z][^;.:,\d]{{2,50}}?,?\s(?:and|{SET_AGAINST})\s(?:in\s|(?:only|just)\s)?", re.IGNORECASE
)
# "; for CXR the figures were": the clause turns to another whose name is not known
_OTHER_SUBJECT = re.compile(r";\s(?:for|with)\s(?:the\s)?[A-Z]\w+\s")
_SECOND_SIDE = re.compile(rf"\b(?:{SET_AGAINST}|as)\s(?:(?:with|in|on|among|for|the|those)\s)*$", re.IGNORECASE)
PART_END = re.compile(r";|(?<!\bvs)\.\s")
"""Where a sentence turns to other numbers; the full stop of "vs." ends nothing."""
_SENTENCE_END = re.compile(r"(?<!\bvs)(?<!\bal)(?<!\bFig)(?<!\bno)\.\s(?=[A-Z][a-z]|[*†‡§])")
_STOP = re.compile(r"[,;:()]")


def deal_out(
    text: str,
    estimates: Sequence[Estimate],
    names: Sequence[Name],
    others: Sequence[str] = (),
    *,
    shares: bool = False,
    is_one: bool = False,
    of_people: bool = True,
) -> dict[int, str]:
    """The name of each number by its index, numbers without a settled name left out.

    names: without overlap. others: all names the paper knows; where they are two and a pair of numbers has one of them
    beside it, the other number is of the other. shares: a name before a comparison holds for both its sides ("at 1 year
    72% vs 63%"). is_one: a comparison is always of one name (its sides are arms of one trial). of_people: a number said
    of people of its own is not of the people named later; a time point it shares.
    """
    free = [e for e in estimates if not any(n.start <= e.start < n.end for n in names)]
    if not names or not free:
        return {}
    sentence = _Sentence(text, free, _find_runs(text, free, names), of_people)
    out: dict[int, str] = {}
    for series in _find_series(text, free):
        dealt = {} if is_one else sentence.deal_series(series, others)
        out |= dealt or (sentence.share_name(series) if shares or is_one else {})
    return out


def deal_in_order(text: str, estimates: Sequence[Estimate], names: Sequence[str]) -> dict[int, str]:
    """The names of lists that are compared ("12% vs 8%") and as long as the list of names; no other number's."""
    sentence = _Sentence(text, estimates, ())
    out: dict[int, str] = {}
    for series in _find_series(text, estimates):
        if len(series) == len(names) and sentence.is_versus(series):
            out |= {e.index: n for e, n in zip(series, names, strict=True)}
    return out


def deal_jointly(text: str, estimates: Sequence[Estimate], names: Sequence[Name]) -> dict[int, str]:
    """Several names joined by "; " for the only number said of all of them ("patients 1 and 3 each had 6 cycles")."""
    if len(estimates) != 1 or re.search(r"\brespectively\b", text):
        return {}
    sentence = _Sentence(text, estimates, _find_runs(text, estimates, names))
    runs = [r for r in sentence.runs if r[-1].end <= estimates[0].start]
    if len(runs) != 1 or len(runs[0]) < 2 or sentence.parts_between(runs[0][-1].end, estimates[0].start):
        return {}
    return {estimates[0].index: "; ".join(n.text for n in runs[0])}


def _find_series(text: str, estimates: Sequence[Estimate]) -> list[list[Estimate]]:
    """Numbers joined by nothing but "vs", "and" and commas: lists that a list of names may be dealt out to."""
    series: list[list[Estimate]] = []
    for estimate in estimates:
        last = series[-1][-1] if series else None
        if last and last.is_like(estimate) and _JOINED.fullmatch(text, last.end, estimate.start):
            series[-1].append(estimate)
        else:
            series.append([estimate])
    return [part for s in series for part in _lists_only(text, s)]


def _lists_only(text: str, series: list[Estimate]) -> list[list[Estimate]]:
    """The series, or its numbers one by one where only commas join them: that is no list."""
    if _WORD_OF_LIST.search(text[series[0].end : series[-1].start]):
        return [series]
    return [[e] for e in series]


def _find_runs(text: str, estimates: Sequence[Estimate], names: Sequence[Name]) -> list[list[Name]]:
    """Names joined by nothing but "and", "versus", "than in the" and commas, their sizes in brackets left aside."""
    runs: list[list[Name]] = []
    for name in sorted(names, key=lambda n: n.start):
        if runs and _are_joined(text, estimates, runs[-1][-1], name) and name.text not in {n.text for n in runs[-1]}:
            runs[-1].append(name)
        else:
            runs.append([name])
    return [_as_compared(text, run) for run in runs]


def _as_compared(text: str, run: list[Name]) -> list[Name]:
    """The names in the order of their numbers: "compared with A, B had 4% versus 9%" tells of B first."""
    is_turned = len(run) == 2 and _COMPARED_WITH.search(text[: run[0].start]) and "," in text[run[0].end : run[1].start]
    return run[::-1] if is_turned else run


def _are_joined(text: str, estimates: Sequence[Estimate], first: Name, second: Name) -> bool:
    between = _hide_brackets(text[first.end : second.start])
    sizes = [e for e in estimates if first.end <= e.start < second.start]
    is_bare = all(_is_size(text, e) for e in sizes)
    is_compared = not sizes and bool(_COMPARED.fullmatch(between))
    return is_bare and (is_compared or bool(_NAMES_JOINED.fullmatch(between)))


def _is_size(text: str, estimate: Estimate) -> bool:
    return bool(re.search(r"[(\[,]\s*n\s*=\s*$", text[: estimate.start], re.IGNORECASE))


def _hide_brackets(text: str) -> str:
    return re.sub(r"\s+", " ", BRACKETS.sub(" ", text))


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence with its free numbers and its runs of names."""

    text: str
    estimates: Sequence[Estimate]
    runs: Sequence[Sequence[Name]]
    of_people: bool = True

    def deal_series(self, series: Sequence[Estimate], others: Sequence[str]) -> dict[int, str]:
        """The names of one series of numbers."""
        own = {e.index: name.text for e in series if (name := self._name_inside(e))}
        if own:
            return own
        if len(series) == 1:
            name = self._name_single(series[0])
            return {} if name is None else {series[0].index: name.text}
        run = self._matching_run(series)
        if run:
            return {e.index: n.text for e, n in zip(series, run, strict=True)}
        if self.is_versus(series):
            return self._deal_versus(series, others)
        return self.share_name(series) or self._deal_again(series)

    def share_name(self, series: Sequence[Estimate]) -> dict[int, str]:
        """One name for all numbers of a list."""
        before = self._run_before(series[0])
        opens = before[-1] if before and self._opens_with(before[-1], series[0]) else None
        name = self._name_single(series[-1]) or opens or self._own_before(series[0])
        return {e.index: name.text for e in series} if name else {}

    def _own_before(self, estimate: Estimate) -> Name | None:
        """The lone name before the number, unless it was said of another number beside other names."""
        named = self._name_before(estimate)
        return named if named and (not self._leads(named) or self._is_only_name()) else None

    def _is_only_name(self) -> bool:
        return len({n.text for r in self.runs for n in r}) == 1

    def _deal_again(self, series: Sequence[Estimate]) -> dict[int, str]:
        """The names that stood beside as many numbers before, in order ("72% on A and 38% on B, … 31% and 19%")."""
        before = [n for r in self.runs for n in r if n.end <= series[0].start]
        names = list(dict.fromkeys(n.text for n in before))
        if len(names) != len(series) or len(before) != len(series) or self._is_other_list(before[-1].end, series):
            return {}
        return {e.index: n for e, n in zip(series, names, strict=True)}

    def _is_other_list(self, start: int, series: Sequence[Estimate]) -> bool:
        """Whether the numbers behind a semicolon are of a list of their own ("grade 3 and 4 in 9% and 2%")."""
        between = BRACKETS.sub(lambda m: "x" * len(m[0]), self.text[start : series[0].start])
        turns = list(PART_END.finditer(between))
        if not turns:
            return False
        return turns[-1][0] != ";" or bool(re.search(r"\b(?:and|or|all)\b|/|\d", between[turns[-1].end() :]))

    def _matching_run(self, series: Sequence[Estimate]) -> Sequence[Name]:
        """The run with as many names as the series has numbers: right behind it, else the nearest before or behind."""
        fitting = [r for r in self.runs if len(r) == len(series)]
        behind = [r for r in fitting if r[0].start >= series[-1].end]
        before = [r for r in fitting if r[-1].end <= series[0].start]
        if behind and self._stands_beside(series[-1], behind[0][0]):
            return behind[0]
        lone = self._name_before(series[0])
        if before and (lone is None or lone.start < before[-1][0].start or self.is_versus(series)):
            return before[-1]
        return behind[0] if behind and lone is None and self._is_open(series[-1].end, behind[0][0].start) else ()

    def _is_open(self, start: int, end: int) -> bool:
        """Whether no other number and no end of a part stands between."""
        return not any(start <= e.start < end for e in self.estimates) and not self.parts_between(start, end)

    def is_versus(self, series: Sequence[Estimate]) -> bool:
        """Whether a list of numbers is a comparison."""
        return any(_JOINED_BY_VERSUS.fullmatch(self.text, a.end, b.start) for a, b in pairwise(series))

    def _deal_versus(self, series: Sequence[Estimate], others: Sequence[str]) -> dict[int, str]:
        """A pair with one name on either side, or one name and the only other one the paper knows."""
        first, last = self._name_before(series[0]), self._name_right_behind(series[-1])
        if len(series) != 2:
            return {}
        other = {o: others[1 - i] for i, o in enumerate(others)} if len(others) == 2 else {}
        if last:
            one = other.get(last.text, first.text if first and first.text != last.text else None)
            return {series[1].index: last.text} | ({series[0].index: one} if one is not None else {})
        if first and first.text in other and self._opens_with(first, series[0]) and not self._is_taken(first):
            sides = (first.text, other[first.text])
            # "rarer with A than with B (4% vs 9%)", "as frequent as with B (…": B is the second side
            one, two = sides[::-1] if _SECOND_SIDE.search(self.text, 0, first.start) else sides
            return {series[0].index: one, series[1].index: two}
        return {}

    def _is_taken(self, name: Name) -> bool:
        """Whether a name is of the number before it ("23 vaccinees and 76 placebo recipients (4.2 vs 14.0)")."""
        return any(e.start < name.start < e.end for e in self.estimates) or self._leads(name)

    def _name_single(self, estimate: Estimate) -> Name | None:
        """A name beside the number, else that of its clause: before it, or behind it where nothing parts them."""
        before = self._run_before(estimate)
        if before and self._opens_with(before[-1], estimate):
            return before[-1]
        behind = self._name_right_behind(estimate)
        named = self._name_before(estimate)
        if behind and not (named and self._is_of_next(estimate, named, behind)):
            return behind
        if self._is_side(estimate):
            return None
        follows = self._name_behind(estimate)
        is_first = not any(n.start < estimate.start for r in self.runs for n in r)
        if is_first or named is None:
            return follows
        if not self._leads(named):
            return named
        if follows and self._is_open(estimate.end, follows.start):
            return follows
        return self._own_before(estimate)

    def _name_inside(self, estimate: Estimate) -> Name | None:
        """The only name in the number's own words ("162 placebo recipients"), unless they count groups."""
        end = min(estimate.end, estimate.start + MAX_OWN_CHARS)
        inside = [n for r in self.runs for n in r if estimate.start < n.start < end and n.end <= estimate.end]
        if len(inside) != 1 or not self.of_people or _TURN.search(self.text, estimate.start, inside[0].start):
            return None
        return None if _COUNTS_GROUPS.search(self.text[: estimate.end]) else inside[0]

    def _is_side(self, estimate: Estimate) -> bool:
        """Whether "vs" stands right before or behind it: its name is beside it or nowhere."""
        before = _VERSUS_BEFORE.search(self.text[: estimate.start])
        return bool(before or _VERSUS_BEHIND.match(self.text, estimate.end))

    def _is_of_next(self, estimate: Estimate, before: Name, behind: Name) -> bool:
        """Whether the name behind a comma opens a clause with its own number ("A gained 2 kg, those on B 1 kg")."""
        if "," not in self.text[estimate.end : behind.start] or not self._is_same_clause(before.end, estimate.start):
            return False
        own = next((e for e in self.estimates if e.start >= behind.end), None)
        closer = own and any(behind.end <= n.start < own.start for r in self.runs for n in r)
        return bool(own and not closer and self._is_near(behind.end, own.start) and not self._leads(before))

    def _leads(self, name: Name) -> bool:
        """Whether a name was said of the number before it ("12% had fever in A and 8% …")."""
        earlier = [e for e in self.estimates if e.end <= name.start and not self._is_whole(e)]
        return bool(earlier) and earlier[-1].end <= name.start and self._is_near(earlier[-1].end, name.start)

    def _is_same_clause(self, start: int, end: int) -> bool:
        """Whether no comma outside brackets stands between two places."""
        return not re.search(r"[,;:]\s", BRACKETS.sub(" ", self.text[start:end]))

    def _is_whole(self, estimate: Estimate) -> bool:
        """Whether it opens a part as the whole of what follows ("Of the 129 patients on A, 59 …")."""
        return bool(_OF_WHOM.search(self.text[: estimate.start]))

    def _is_near(self, start: int, end: int) -> bool:
        return not _STOP.search(BRACKETS.sub(" ", self.text[start:end]))

    def _run_before(self, estimate: Estimate) -> Sequence[Name]:
        runs = [r for r in self.runs if r[0].start < estimate.start]
        if not runs or self.parts_between(runs[-1][0].start, estimate.start):
            return ()
        return [n for n in runs[-1] if n.end <= estimate.start]

    def _opens_with(self, name: Name, estimate: Estimate) -> bool:
        return bool(_OPENS.fullmatch(self.text, name.end, estimate.start))

    def _name_right_behind(self, estimate: Estimate) -> Name | None:
        """A lone name right behind the number; of several joined ones none is its own."""
        run = next((r for r in self.runs if r[0].start >= estimate.end), ())
        if len(run) == 0 or run[0].is_leading or not self._stands_beside(estimate, run[0]):
            return None
        return run[0] if len(run) == 1 or self._has_own_number(run) else None

    def _has_own_number(self, run: Sequence[Name]) -> bool:
        return any(run[0].end <= e.start < run[1].start and not _is_size(self.text, e) for e in self.estimates)

    def _stands_beside(self, estimate: Estimate, name: Name) -> bool:
        return bool(_BESIDE.fullmatch(_hide_brackets(self.text[estimate.end : name.start])))

    def _name_before(self, estimate: Estimate) -> Name | None:
        """The lone name nearest before the number in its part of the sentence."""
        runs = [r for r in self.runs if r[-1].end <= estimate.start]
        if not runs or len(runs[-1]) > 1:
            return None
        name = runs[-1][0]
        is_bounded = name.is_leading or (name.is_local and name.start > MAX_LEAD_CHARS)
        if is_bounded and not self._is_same_clause(name.end, estimate.start):
            return None
        if _SENTENCE_END.search(self.text, name.end, estimate.start):
            return None
        opens_sentence = len(self.runs) == 1 and not any(e.start < name.start for e in self.estimates)
        if self.of_people and _OTHER_SUBJECT.search(self.text, name.end, estimate.start):
            return None
        return name if opens_sentence or not self.parts_between(name.end, estimate.start) else None

    def _name_behind(self, estimate: Estimate) -> Name | None:
        """The lone name behind the number that no comma or other number parts from it."""
        run = next((r for r in self.runs if r[0].start >= estimate.end), ())
        if len(run) != 1 or run[0].is_leading or not self._is_near(estimate.end, run[0].start):
            return None
        if self.parts_between(estimate.end, run[0].start):
            return None
        is_alone = self._is_open(estimate.end, run[0].start)
        if not is_alone and self.of_people and self._is_said_of_next(estimate, run[0]):
            return None
        is_parted = _TURN.search(self.text, estimate.end, run[0].start) or (
            self.of_people and self._has_own_whom(estimate)
        )
        return run[0] if is_alone or not is_parted else None

    def _is_said_of_next(self, estimate: Estimate, name: Name) -> bool:
        """Whether the name is of the next number and this one has words of its own ("23 vaccinees and 76 on A")."""
        following = next((e for e in self.estimates if e.start >= estimate.end), None)
        if following is None or (following.end > name.start and self._name_inside(following) != name):
            return False
        is_beside = self._name_inside(following) == name or self._stands_beside(following, name)
        return is_beside and bool(_OWN_WORDS.fullmatch(_hide_brackets(self.text[estimate.end : following.start])))

    def _has_own_whom(self, estimate: Estimate) -> bool:
        """Whether the number has people of its own before the next number ("8 cases among nurses and 162 among …")."""
        following = next((e.start for e in self.estimates if e.start >= estimate.end), len(self.text))
        return bool(_AMONG.search(self.text, estimate.end, following))

    def parts_between(self, start: int, end: int) -> bool:
        """Whether a semicolon or full stop outside brackets stands between two places."""
        return bool(PART_END.search(BRACKETS.sub(lambda m: "x" * len(m[0]), self.text), start, end))
