"""Bare percentages of running text that are shares of patients, and how many patients the words name.

Comes in: a Study. Goes out: the percentages of sentences and captions that have no count of their own and count
patients, each with the N that its sentence states, if any; and the N of the whole study, where its tables prove one.
The judgement is left to reachable_in_text.py.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from auditable.blocks import Observation, Study
from auditable.checks.flow_words import PEOPLE
from auditable.checks.words import ESTIMATE, MEASURE, SUBSET
from auditable.codebook import load_codebook
from auditable.denominators import Denominators, whole_number
from auditable.prose_pairs import COUNT_FOLLOWS, prose_pairs

SPREAD = frozenset(("sd", "se", "min", "max", "q1", "q3", "iqr", "mean", "median"))
NO_SHARE = frozenset(("adherence", "diagnostic_accuracy", "implant_survival", "relapse_rate", "adverse_event_count"))
"""Variables in percent that are no share of patients."""
SHARE_KINDS = frozenset(("count of patients", "category", "event", "rate"))
NEAR = 25
_BOUND = re.compile(r"\b(?:from|above|below|over|under|than|least|most|to|by|within|reached)\s?$|[<>≤≥±–-]\s?$", re.I)
"""Words before a percentage that is a limit, a step or a change."""
_THINGS = re.compile(
    r"^\s?(?:of|in)\s(?:the\s|all\s|these\s|those\s|our\s)?(?:[\w-]+\s){0,2}?(?:cells?|samples?|events?|cycles?|infusions?|"
    r"doses?|lesions?|episodes?|sessions?|visits?|scans?|time|days|reactions?|responses|cases of)\b"
    r"|^\s?(?:increase|decrease|reduction|homology|power|confidence|CI\b|coverage|risk|of the (?:dose|variance))",
    re.IGNORECASE,
)
"""Words behind a percentage of something else."""
_MEASURED = re.compile(
    r"\b(?:sensitivity|specificity|accuracy|predictive value|adherence|compliance|attendance|variability|coefficient|"
    r"hematocrit|haematocrit|hba1c|ejection|power|quantile|percentile|bioavailability|recovery|weight|plasma cells|"
    r"concordance|agreement|expression|occupancy|burden|parasit\w*|inhibition|clearance|cut-?off|threshold|"
    r"(?:lower|upper)\s(?:\w+\s)?(?:limit|bound|end)|"
    r"improv\w*|declin\w*|fell|rose by|dropped|gain(?:ed)? by|risk reduction|times likelier)\b",
    re.IGNORECASE,
)
_ACTS = re.compile(
    rf"^\)?,?\s?(?:of\s(?:the\s|all\s|our\s|these\s)?(?:[\w-]+\s){{0,2}}?{PEOPLE}\b|(?:had|were|was|received|achieved|"
    r"experienced|responded|developed|required|reported|underwent|completed|discontinued|stopped|remained|given)\b)",
    re.IGNORECASE,
)
"""What patients do or are, right behind a percentage of them."""
_ASIDE = re.compile(
    r"\([^()]*\)|\[[^\[\]]*\]|[<>≤≥]\s?\d+(?:\.\d+)?[\s-](?:days?|weeks?|months?|years?)|\b(?:first|last|latest)\sdoses?\b",
    re.I,
)
"""Brackets, bounds of time and doses that date a group: they do not say what the percentage is of."""
_STATED_BEHIND = re.compile(r"^\s?%?\)?\s?(?:\(?of|in|among)\s(?:the\s|all\s|our\s|these\s)?$", re.IGNORECASE)
OPENS = re.compile(
    r"(?:^|[.:;]\s)(?:in|of|among)\s(?:the\s|all\s|our\s|these\s|those\s|all\sof\sthe\s)?$", re.IGNORECASE
)
PEOPLE_BEHIND = re.compile(rf"^\s(?:[\w-]+\s){{0,3}}?{PEOPLE}\b|^\s(?:with|who|given)\b", re.IGNORECASE)
OTHER_BASE = re.compile(r"\b(?:of these|of those|of whom|of them|those|whom|who|;)\b", re.I)
"""Words that may begin a smaller group."""


@dataclass(frozen=True, slots=True)
class Share:
    """A bare percentage of patients; stated: the N that its sentence names, 0 where it names none."""

    pct: Observation
    mentions: tuple[Observation, ...]
    stated: int

    @property
    def clause(self) -> str:
        """The part of the sentence between semicolons that the percentage stands in."""
        quote, start = self.pct.quote, self.pct.start
        left = max(quote.rfind("; ", 0, start), quote.rfind(". ", 0, start)) + 1
        right = quote.find("; ", self.pct.end)
        return quote[left : right if right > 0 else len(quote)]

    @property
    def speaks_of_part(self) -> bool:
        """Whether the words may mean only a part of the patients."""
        words = r"\b(?:if|when|where|with|without|among|those|whom|whose|aged|who|given|than|whereas|versus|vs)\b"
        return bool(
            self.pct.subgroup or self.pct.arm or SUBSET.search(self.clause) or re.search(words, self.clause, re.I)
        )


def bare_shares(study: Study) -> list[Share]:
    """Percentages of sentences and captions that count patients and have no count beside them."""
    paired = {p.pct.observation_id for p in prose_pairs(study)}
    found = []
    for mentions in study.sentences:
        named = any(_is_share_by_name(o) for o in mentions if o.statistic == "pct")
        for i, o in enumerate(mentions):
            if o.statistic == "pct" and o.observation_id not in paired and _is_bare(mentions, i):
                share = Share(o, mentions, _stated(mentions, i))
                if _counts_patients(share, named):
                    found.append(share)
    return found


def study_size(study: Study, denominators: Denominators) -> int:
    """The one N of the study that most counts of its tables prove; 0 where arms part it or none is proved."""
    if len({o.arm for o in study.observations if o.source == "table" and o.arm and o.statistic == "n"}) > 1:
        return 0
    proved = Counter(totals[0] for p in denominators.pairs if len(totals := denominators.prove(p).totals) == 1)
    if not proved:
        return 0
    total, n = proved.most_common(1)[0]
    return total if n >= len(denominators.pairs) / 2 and total == max(proved) else 0


def totals_near(share: Share, study: Study) -> Iterator[int]:
    """Every N that the sentence, those before it, or the tables' rows of its variable may lend to it."""
    sentences = study.sentences
    at = sentences.index(share.mentions)
    for mentions in sentences[max(0, at - 3) : at + 1]:
        for o in mentions:
            is_count = o.statistic in ("n", "total") or (o.statistic == "value" and not o.unit)
            yield from (n for n in (o.whole if is_count else None, whole_number(o.denominator)) if n)
    for o in study.observations:
        if (
            o.source == "table"
            and o.variable
            and o.variable == share.pct.variable
            and (n := whole_number(o.denominator))
        ):
            yield n


def _is_share_by_name(o: Observation) -> bool:
    variable = load_codebook().variables.get(o.variable)
    return variable is not None and variable.kind in SHARE_KINDS and variable.name not in NO_SHARE


def _is_bare(mentions: Sequence[Observation], i: int) -> bool:
    o = mentions[i]
    if o.number is None or o.number.comparator or o.speaks_of == "another study" or o.source == "note":
        return False
    if _BOUND.search(o.quote[: o.start]) or not 0 < o.number.value < 100 or o.timepoint not in ("", "baseline"):
        return False
    before = mentions[i - 1] if i else None
    behind = mentions[i + 1] if i + 1 < len(mentions) else None
    if before is not None and before.statistic in ("n", "total") and o.start - before.end <= NEAR // 2:
        return False
    if behind is None:
        return True
    between = o.quote[o.end : behind.start]
    is_counted = behind.statistic in ("n", "total") and bool(COUNT_FOLLOWS.match(between))
    return not is_counted and not (behind.statistic in SPREAD and len(between) <= NEAR)


def _counts_patients(share: Share, is_named_near: bool) -> bool:
    o = share.pct
    behind = o.quote[o.end :].lstrip("%) ")
    text = f"{_ASIDE.sub(' ', share.clause)} {o.variable.replace('_', ' ')}"
    if ESTIMATE.search(text) or MEASURE.search(text) or _MEASURED.search(text) or _THINGS.match(f" {behind}"):
        return False
    return is_named_near or _is_share_by_name(o) or bool(_ACTS.match(o.quote[o.end :].lstrip("% ")))


def _stated(mentions: Sequence[Observation], i: int) -> int:
    """The N that the words right behind, or the opening of the sentence, give to a percentage; 0 where none does."""
    o, quote = mentions[i], mentions[i].quote
    behind = mentions[i + 1] if i + 1 < len(mentions) else None
    if behind is not None and behind.statistic in ("n", "total") and _STATED_BEHIND.match(quote[o.end : behind.start]):
        return (behind.whole or 0) if PEOPLE_BEHIND.match(quote[behind.end :]) else 0
    counts = [m for m in mentions[:i] if m.statistic in ("n", "total") and m.whole]
    if len(counts) == 1 and OPENS.search(quote[: counts[0].start]) and PEOPLE_BEHIND.match(quote[counts[0].end :]):
        between = quote[counts[0].end : o.start]
        if not OTHER_BASE.search(between):
            return counts[0].whole or 0
    return 0
