"""Whom each number of a sentence speaks of: arm, part of the patients, patient, population, time point, study.

Comes in: a sentence with its mentions and what is known of the paper. Goes out: one Whom per mention; what the print
does not settle is "". Finding names is left to prose_arms.py, prose_parts.py and prose_times.py, dealing them out to
dealing.py, cited work to cited.py.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from auditable.asides import Aside
from auditable.cited import OWN, Speech, find_own_trials, find_speech, section_kind, told_study
from auditable.dealing import PART_END, deal_in_order, deal_jointly, deal_out
from auditable.estimates import Estimate, Name, find_estimates, head_of
from auditable.mentions import Mention
from auditable.model import PATH_SEPARATOR, Sentence
from auditable.prose_arms import Arms, find_arms, know_arms
from auditable.prose_factors import find_factors
from auditable.prose_parts import find_parts, find_patients, title_words
from auditable.prose_times import find_times, name_population

TITLE_SENTENCES = 3
"""So many sentences of the first page may hold the title."""
MIN_COMPARISONS = 2
"""So often the text must compare arms by name for its order to count."""
MAX_NUMBERS_PER_WORD = 1
MAX_SIDES = 2
MIN_SENTENCES = 20
"""A text with fewer sentences has no title page."""
_DIFFERENCE = re.compile(
    r"\b(?:differences?|risk reduction|ratio|vaccine efficacy)\b[^;.]{0,60}$|\befficacy (?:of|was) $", re.IGNORECASE
)
_BETWEEN = re.compile(r"[^;.()]{0,40}\b(?:differences?)\b|[^;.()]{0,30}\bbetween\b", re.IGNORECASE)
# "lowered the risk by 21%", "fell by 8 points versus placebo", "was 2 times higher with": what parts two arms, of none.
_CHANGED_BY = re.compile(
    r"\b(?:(?:reduc|lower|decreas|cut|increas|rais|improv|shorten|lengthen|prolong|fell|rose|gain|los)\w*\b[^;.]{0,80}?)"
    r"\sby\s(?:(?:about|approximately|around|roughly|an?|mean|median|of|only|further)\s)*$",
    re.IGNORECASE,
)
_OF_A_RISK = re.compile(r"\b(?:risk|odds|hazard|likelihood|probability)\b[^;.\d]{0,60}\sby\s(?:\w+\s)?$", re.IGNORECASE)
_THAN_OTHERS = re.compile(
    r"[^;.\d(]{0,80}?\b(?:vs\.?|versus|compared\s(?:with|to)|relative\sto|over|than)\s(?!baseline|before)[^;.\d]*(?=[;.(]|$)",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"\s*(?:times|fold|(?:percentage\s)?points?)?\s?(?:(?:as|more)\slikel\w+|lower|higher|greater|longer|shorter|fewer|likelier|less"
    r"|larger|smaller)\b(?!\sthan\s(?:at\s)?(?:baseline|before))",
    re.IGNORECASE,
)
_RULES = re.compile(r"\b(?:methods?|design|eligib|statistic\w*|criteria|procedures?|intervention)\b", re.IGNORECASE)
_TRIAL_NAME = re.compile(r"\b[A-Z][A-Z\d-]{3,}\b|\b(?:trial|study)\b")
_DOI = re.compile(r"\bdoi\b", re.IGNORECASE)
_FOR = re.compile(
    r"\b(?:treated|followed|given|continued|administered|monitored|observed|daily|or\s[\w\s]{3,30})\sfor\s(?:an?\s)?$",
    re.IGNORECASE,
)
_FROM = re.compile(r"\bfrom\s(?:an?\s)?(?:mean\s|median\s)?(?:of\s)?$", re.IGNORECASE)
_TO = re.compile(r"\s*to\s", re.IGNORECASE)
_AMONG = re.compile(r"\b(?:among|of|from)\s(?:the\s)?$", re.IGNORECASE)
_NUMERIC_TIME = re.compile(r"\d")
TIME_UNIT = re.compile(r"(?:year|yr|month|mo|week|wk|day|hour)s?\b", re.IGNORECASE)
_NO_MORE = re.compile(r"\s*(?:[)\].;]|$)")
# "lengthened survival (HR 0.8), to 25 months from 18": where hazards are compared, no change of the same patients.
_TO_FROM = re.compile(r"\s(?:from|against)\s", re.IGNORECASE)
_TO_BEFORE = re.compile(r"\bto\s(?:an?\s)?(?:median\s)?(?:of\s)?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What the paper as a whole tells about its patients: arms, trials, patients' labels, words of its title."""

    arms: Arms = field(default_factory=lambda: Arms(()))
    patients: frozenset[str] = frozenset()
    own_trials: frozenset[str] = frozenset()
    of_all: frozenset[str] = frozenset()
    orders: tuple[tuple[str, ...], ...] = ()
    """Orders of arms that the paper keeps wherever it compares them by name."""


@dataclass(frozen=True, slots=True)
class Carried:
    """What the sentences before one, under the same heading, named: the order in which they compared arms, the trials
    of a review they spoke of, and the study of others that the last one told of.
    """

    section: str = ""
    arms: tuple[str, ...] = ()
    trials: tuple[str, ...] = ()
    told: str = ""


@dataclass(frozen=True, slots=True)
class Whom:
    """Whom one number speaks of; fields as in the frame Observations."""

    arm: str = ""
    arm_from: str = ""
    subgroup: str = ""
    patient: str = ""
    population: str = ""
    timepoint: str = ""
    speaks_of: str = OWN
    reference: str = ""


def know_paper(sentences: Sequence[Sentence], arms: Iterable[str], patients: Iterable[str]) -> Knowledge:
    """What is known of a paper before its sentences are read.

    arms, patients: as the observations of its tables name them.
    """
    texts = [s.text for s in sentences]
    known = know_arms(arms, texts)
    trials = find_own_trials(texts, [s.section for s in sentences])
    studies = frozenset(s for s in known.studies if _TRIAL_NAME.search(s))
    known = replace(known, studies=tuple(studies))
    prose = [s for s in sentences if s.source == "prose"]
    first = prose[:TITLE_SENTENCES] if len(prose) >= MIN_SENTENCES else []
    title = title_words([x for s in first for x in (s.text, s.section)])
    return Knowledge(known, frozenset(p for p in patients if p), trials | studies, title, _kept_orders(texts, known))


def _kept_orders(texts: Iterable[str], known: Arms) -> tuple[tuple[str, ...], ...]:
    """The orders in which the text compares arms by name, where it always keeps to one."""
    counts = Counter(order for text in texts if (order := _order_of_arms(text, known)))
    return tuple(
        order
        for order, n in counts.items()
        if n >= MIN_COMPARISONS and not any(set(o) == set(order) and o != order for o in counts)
    )


def _order_of_arms(text: str, known: Arms) -> tuple[str, ...]:
    """The arms of a sentence that compares all the paper knows (of one trial), in its order; else none."""
    named = tuple(dict.fromkeys(n.text for n in find_arms(text, known, _trials_in(text, known)) if n.text))
    peers = {a for a in known.names if named and _outer(a) == _outer(named[0])}
    return named if len(named) > 1 and set(named) == peers else ()


def carry(text: str, section: str, known: Knowledge, carried: Carried, asides: Sequence[Aside] = ()) -> Carried:
    """What a sentence and those before it hand on to the next one under its heading."""
    before = carried if carried.section == section else Carried(section)
    trials = _trials_in(text, known.arms)
    named = {_outer(n.text) for n in find_arms(text, known.arms, trials) if PATH_SEPARATOR in n.text}
    spoken = trials or tuple(t for t in known.arms.studies if t in named)
    told = told_study(text, asides, known.own_trials, before.told)
    return Carried(section, _order_of_arms(text, known.arms) or before.arms, spoken or before.trials, told)


def find_whom(
    text: str,
    mentions: Sequence[Mention],
    asides: Sequence[Aside],
    section: str,
    known: Knowledge,
    carried: Carried | None = None,
) -> list[Whom]:
    """Whom each mention speaks of, in order.

    carried: what the sentences before handed on; of another section it does not count.
    """
    before = carried if carried and carried.section == section else Carried(section)
    estimates = find_estimates(text, mentions)
    trials = _trials_of(text, estimates, known, before)
    named = find_arms(text, known.arms, _trials_in(text, known.arms))
    arms, settled_by = _deal_arms(
        text, mentions, estimates, known, named, trials, before, is_rules=bool(_RULES.search(section))
    )
    parts: dict[int, str] = {}
    if not _RULES.search(section):
        is_compared = len(known.arms.names) > 1
        free = [e for e in estimates if e.statistic != "bound"]
        found = _free_of(find_parts(text, mentions, known.of_all), named)
        parts = deal_out(text, free, found, shares=bool(arms) and is_compared)
        parts = find_factors(text, estimates, named, compares_arms=is_compared) | parts
        parts |= _compared_parts(text, estimates, parts)
    single = find_patients(text, known.patients)
    patients = deal_out(text, estimates, single) or deal_jointly(text, estimates, single)
    times = _deal_times(text, estimates, mentions)
    is_subject = bool(known.arms.studies) and bool(trials or any(n.text for n in named))
    kind = "own" if is_subject else section_kind(section, bool(known.arms.studies))
    places = [m.quantity.start for m in mentions]
    speech = find_speech(text, places, asides, kind, known.own_trials, before.told)
    population = name_population(text)
    out: list[Whom] = []
    for index in range(len(mentions)):
        head = head_of(text, mentions, index)
        arm = arms.get(head, "") if speech[index].speaks_of == OWN else ""
        place = settled_by if arm else ""
        part, patient, time = parts.get(head, ""), patients.get(head, ""), times.get(head, "")
        of, reference = speech[index].speaks_of, _reference(speech[index], arm, trials.get(head, ""))
        out.append(Whom(_without_trial(arm, known.arms), place, part, patient, population, time, of, reference))
    return out


def _compared_parts(text: str, estimates: Sequence[Estimate], parts: dict[int, str]) -> dict[int, str]:
    """Both parts for the p value right behind the two numbers it compares ("70% beyond it, 44% below it, p = 0.06")."""
    out: dict[int, str] = {}
    for k in range(len(estimates) - 2):
        first, second, last = estimates[k : k + 3]
        one, other = parts.get(first.index, ""), parts.get(second.index, "")
        is_pair = first.statistic == second.statistic and one and other and one != other
        is_longer = k > 0 and estimates[k - 1].index in parts and estimates[k - 1].statistic == first.statistic
        is_own = last.statistic == "p" and last.index not in parts and bool(_NO_MORE.match(text, last.end))
        if is_pair and is_own and not is_longer and not PART_END.search(text, first.end, last.start):
            out[last.index] = f"{one} vs {other}"
    return out


def _trials_in(text: str, known: Arms) -> tuple[str, ...]:
    return tuple(s for s in known.studies if re.search(rf"(?<![\w-]){re.escape(s)}(?![\w-])", text))


def _trials_of(text: str, estimates: Sequence[Estimate], known: Knowledge, before: Carried) -> dict[int, str]:
    """The trial of a review that each number is of: named in the sentence, else the only one spoken of before."""
    named = [
        Name(*m.span(), s) for s in known.arms.studies for m in re.finditer(rf"(?<![\w-]){re.escape(s)}(?![\w-])", text)
    ]
    if not named:
        return {e.index: before.trials[0] for e in estimates} if len(before.trials) == 1 else {}
    if len({n.text for n in named}) == 1:
        turn = text.rfind("; ", 0, named[0].start)
        spoken = {e.index: named[0].text for e in estimates if e.start > turn}
        earlier = before.trials[0] if len(before.trials) == 1 else ""
        return spoken | {e.index: earlier for e in estimates if earlier and e.start < turn}
    return deal_out(text, estimates, named, is_one=True)


def _without_trial(arm: str, known: Arms) -> str:
    """An arm as its table prints it; the trial it is of stands in the reference."""
    return arm.rpartition(PATH_SEPARATOR)[2] if _outer(arm) in known.studies else arm


def _outer(arm: str) -> str:
    return arm.rpartition(PATH_SEPARATOR)[0]


def _deal_arms(
    text: str,
    mentions: Sequence[Mention],
    estimates: Sequence[Estimate],
    known: Knowledge,
    named: Sequence[Name],
    trials: dict[int, str],
    before: Carried,
    *,
    is_rules: bool,
) -> tuple[dict[int, str], str]:
    """Arms of the numbers and the place that settled them: the sentence, else the order the paper keeps to.

    is_rules: the section tells how the study was done; there only people are counted, other numbers are of its plan.
    """
    if _is_drawing(text, mentions) or _DOI.search(text):
        return {}, ""
    single = [
        e
        for e in _single(text, estimates)
        if not _is_cut_off(mentions[e.index]) and not _is_span(text, mentions[e.index])
    ]
    if is_rules:
        single = [e for e in single if e.statistic in ("n", "total", "pct")]
    if any(n.text for n in named):
        return _deal_to_from(text, estimates, deal_out(text, single, named, known.arms.names), known), "sentence"
    orders = [*known.orders, *([before.arms] if before.arms else [])]
    out: dict[int, str] = {}
    for trial in dict.fromkeys(trials.get(e.index, "") for e in single):
        order = next((o for o in orders if _outer(o[0]) == trial), ())
        of_trial = [e for e in single if trials.get(e.index, "") == trial]
        out |= deal_in_order(text, of_trial, order) if order else {}
        for pair in _to_from(text, estimates) if len(order) == MAX_SIDES else ():
            out |= {e.index: a for e, a in zip(pair, order, strict=True) if e in of_trial}
    return out, "section"


def _to_from(text: str, estimates: Sequence[Estimate]) -> list[tuple[Estimate, Estimate]]:
    """Pairs of one estimate in two arms as a change from one to the other, where the sentence has a hazard ratio."""
    if not any(e.statistic == "hr" for e in estimates):
        return []
    return [
        (a, b)
        for a, b in pairwise(estimates)
        if a.is_like(b) and _TO_BEFORE.search(text[: a.start]) and _TO_FROM.fullmatch(text, a.end, b.start)
    ]


def _deal_to_from(text: str, estimates: Sequence[Estimate], dealt: dict[int, str], known: Knowledge) -> dict[int, str]:
    """The arms dealt out, with the other of two arms for the number a change between arms starts from."""
    out = dict(dealt)
    for first, second in _to_from(text, estimates):
        named = out.get(first.index, "")
        others = [a for a in known.arms.names if a != named] if named else []
        out[second.index] = others[0] if len(others) == 1 else ""
    return out


def _single(text: str, estimates: Sequence[Estimate]) -> list[Estimate]:
    """The estimates that can be one arm's: no ratio, p value or difference between arms."""
    return [
        e
        for e in estimates
        if not e.is_comparing
        and not _DIFFERENCE.search(text[: e.start])
        and not (e.statistic == "value" and _BETWEEN.match(text, e.end))
        and not _parts_arms(text, e)
    ]


def _parts_arms(text: str, estimate: Estimate) -> bool:
    """Whether it says by how much one arm differs from another."""
    before = text[: estimate.start]
    if _MORE.match(text, estimate.end) or _OF_A_RISK.search(before):
        return True
    return bool(_CHANGED_BY.search(before) and _THAN_OTHERS.match(text, estimate.end))


def _is_drawing(text: str, mentions: Sequence[Mention]) -> bool:
    """Whether it is no sentence but the lettering of a drawing: more numbers than words."""
    own = sum(bool(m.reason) or m.head == i for i, m in enumerate(mentions))
    return own > MAX_NUMBERS_PER_WORD * len(re.findall(r"[A-Za-z]{3,}", text))


def _is_cut_off(mention: Mention) -> bool:
    """Whether a bound parts patients instead of being a result, as a bound of a share is ("< 1%")."""
    return mention.statistic == "bound" and not mention.quantity.is_percent


def _is_span(text: str, mention: Mention) -> bool:
    """Whether it says how long all were treated or followed ("… or placebo for 36 weeks")."""
    quantity = mention.quantity
    is_time = mention.statistic == "value" and bool(TIME_UNIT.match(quantity.unit))
    return is_time and bool(_FOR.search(text[: quantity.start]))


def _free_of(parts: Iterable[Name], arms: Collection[Name]) -> list[Name]:
    """Parts that are not the name of an arm ("placebo-treated patients")."""
    return [p for p in parts if not p.text or not any(p.start < a.end and a.start < p.end and a.text for a in arms)]


def _deal_times(text: str, estimates: Sequence[Estimate], mentions: Sequence[Mention]) -> dict[int, str]:
    """Time points of the numbers; a median that is itself a time is not taken at one."""
    taken = [e for e in estimates if not _is_start(text, e) and not _is_size(text, mentions[e.index])]
    dealt = deal_out(text, taken, find_times(text), shares=True, of_people=False)
    return {i: t for i, t in dealt.items() if not (_is_time(mentions[i]) and _NUMERIC_TIME.search(t))}


def _is_start(text: str, estimate: Estimate) -> bool:
    """Whether a change began at it: "from 86 to 41 U/L after 24 weeks"."""
    return bool(_FROM.search(text[: estimate.start]) and _TO.match(text, estimate.end))


def _is_size(text: str, mention: Mention) -> bool:
    """Whether it only tells of how many people the sentence speaks ("among 8,214 patients")."""
    quantity = mention.quantity
    return mention.statistic == "n" and bool(quantity.counted) and bool(_AMONG.search(text[: quantity.start]))


def _is_time(mention: Mention) -> bool:
    quantity = mention.quantity
    return mention.statistic in ("median", "mean") and bool(TIME_UNIT.match(quantity.unit))


def _reference(speech: Speech, arm: str, trial: str) -> str:
    """The cited work; for a number of a review the trial its arm or its sentence belongs to."""
    if speech.speaks_of != OWN:
        return speech.reference
    outer = _outer(arm)
    return outer if outer and _TRIAL_NAME.search(outer) else trial
