"""Estimates with their confidence limits, the p value that belongs to them, and the scale they are symmetric on.

Comes in: a Study. Goes out: one Estimate for each number printed with both limits in one cell, in two cells of which
the second can only be its limits (limits_apart.py), or in one phrase. Ratios are
symmetric on the log scale, differences and coefficients on the plain one; of other estimates nothing is assumed. What
must hold is left to ci_contains.py, ci_symmetric.py and ci_p.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from auditable.blocks import Cell, Observation, Study, number_of
from auditable.checks.limits_apart import ESTIMATES, TableCells, tables_of
from auditable.model import PATH_SEPARATOR
from auditable.rounding import Printed
from auditable.settled import RATIOS

SPOKEN = {"hr": "hazard ratio", "or": "odds ratio", "rr": "relative risk", "pct": "percentage", "value": "estimate"}
REACH, PLAIN_REACH = 45, 70
"""Most characters of a sentence between an estimate and its lower limit, the second where only words stand between."""
P_REACH = 22
BEFORE = 90
"""Characters before an estimate in which a sentence may name what it is."""
_LEVEL = re.compile(r"(\d\d(?:\.\d)?)\s?%\s?-?\s?(?:CI\b|C\.I\.|confidence)", re.IGNORECASE)
_NAMED_AT_ONCE = re.compile(
    r"\s*%?\)?(?:\s[A-Za-zµ²/]+){0,3}\s*[;,(\[]+\s*"
    r"(?:(?:two-sided|exact)\s)?(?:\d\d(?:\.\d)?\s?%\s?)?(?:CI|confidence intervals?)\b"
    r"(?:\s*[\[(]\s*(?:\d\d\s?%\s?)?CIs?\s*[\])])?[\s:,=(\[of]*",
    re.IGNORECASE,
)
"""Between an estimate and the limits right behind it: "37.5 %; 95 % CI: ", "0.98; 95 % confidence interval [CI], ",
"0.4 percentage points; 95 % CI, "."""
_COUNTS_BETWEEN = re.compile(
    r"\s*%?(?:\s[a-z-]+){0,6}\s*[;,(\[]+\s*(?:n\s*=\s*)?\d[\d,]*\s*(?:of|out of|/)\s*(?:the\s)?\d[\d,]*"
    r"(?:\s[a-z]+){0,3}\s*\)?(?=\s*[;,(\[])"
)
"""Between a percentage and its limits the count it comes from: " (74 of 121 patients"."""
_STEP = re.compile(r"\b(?:per|each|every)\s(?:additional\s|further\s)?$", re.IGNORECASE)
"""Before the step a ratio or coefficient is for."""
_RATIO = re.compile(
    r"\b(?:ratios?|HRs?|a?ORs?|a?RRs?|IRRs?|SIRs?|SMRs?|PRs?|PRadj|relative (?:risks?|change|hazard))\b", re.IGNORECASE
)
_DIFFERENCE = re.compile(r"\b(?:differen\w+|MD|SMD|WMD|RD|ARD|beta|coefficients?|slope)\b|β|Δ|\bby\s*$", re.IGNORECASE)
_SKEWED = re.compile(
    r"\b(?:medians?|hodges|geometric|log|log[- ]?transformed|bootstrap\w*|bayes\w*|credible|cr\.?i|indirect|mediat\w+"
    r"|percentiles?|exact|posterior|back[- ]?transformed)\b",
    re.IGNORECASE,
)
"""Words of estimates whose limits need not lie evenly on either side."""
_MEANS_RATIO = re.compile(
    r"\b(?:GMRs?|geometric[\w -]{0,20}ratios?|ratios? of (?:the )?(?:geometric|least[- ]squares?|LS|adjusted)\b"
    r"|\bratio\b[\w /:-]{0,20}\b(?:fed|fasted|test|reference|comparator)\b)",
    re.IGNORECASE,
)
"""Heads of ratios of geometric means, printed in per cent."""
_LOGGED_RATIO = re.compile(
    r"\blikelihood ratios?\b|\b(?:positive|negative)\sLR\b|\bLR[+−-]|\bgeometric[\w -]{0,15}\bfold\b|\bGMFR\b",
    re.IGNORECASE,
)
"""Heads of ratios whose limits are made on the log scale: of likelihoods, and fold rises of titres."""
_ONE_OVER_OTHER = re.compile(r"^[A-Za-z][A-Za-z -]*\s?/\s?[A-Za-z][A-Za-z -]*$")
_WHOLE = 100
"""A "Moderate / normal" above 100 % is no share of patients but the ratio its head says it is."""
OTHER_P = re.compile(
    r"interaction|heterogen|trend|inferior|superior|equivalen|linearity|homogen|schoenfeld|overall|global",
    re.IGNORECASE,
)
"""Words of a p value that tests something else than the estimate beside it."""
_LEADS_IN = re.compile(
    r"[\s;,)\](\[]*(?:(?:(?:hazard|odds|risk|rate)\s+ratio|relative\s+risk|mean\s+difference|difference)\b[\s,:=]*)?"
    r"(?:[([]?\s*(?:a?HR|a?OR|a?RR|IRR|MD|RD)\s*[)\]]?[\s,:=]*)?",
    re.IGNORECASE,
)
"""What may stand between a p value and the estimate behind it that it belongs to: "(p = 0.01) [hazard ratio (HR) "."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """An estimate with its limits; p and level where printed; scale: "log", "plain", or "" where nothing is known."""

    estimate: Observation
    low: Observation
    high: Observation
    p: Observation | None
    level: Observation | None
    scale: str
    declared: str
    """The printed confidence level in per cent, "" where none is printed."""
    words: str
    """The labels around it, or what its sentence says before it."""

    @property
    def all(self) -> tuple[Observation, ...]:
        """Estimate and limits."""
        return (self.estimate, self.low, self.high)

    @property
    def numbers(self) -> tuple[Printed, Printed, Printed]:
        """Estimate, lower and upper limit."""
        return number_of(self.estimate), number_of(self.low), number_of(self.high)

    @property
    def name(self) -> str:
        """What the estimate is called."""
        return SPOKEN.get(self.estimate.statistic, self.estimate.statistic)

    @property
    def printed(self) -> str:
        """The three numbers as messages show them."""
        e, low, high = self.numbers
        return f"{e} ({low} to {high})"

    @property
    def confidence(self) -> float:
        """The level in per cent: printed, or the usual one."""
        return float(self.declared or 95)


@lru_cache(maxsize=2)
def find_estimates(study: Study) -> tuple[Estimate, ...]:
    """Estimates with both limits, of table cells and of running text, without bounds and what another study says."""
    found = list(_find_in_tables(study))
    for mentions in study.sentences:
        found.extend(_find_in_sentence(mentions))
    return tuple(f for f in found if _may_be_judged(f))


def _may_be_judged(found: Estimate) -> bool:
    is_own = all(o.speaks_of != "another study" for o in found.all)
    return is_own and not any(n.comparator for n in found.numbers)


def _find_in_tables(study: Study) -> Iterator[Estimate]:
    for table in tables_of(study.cells).values():
        for cells in table.rows.values():
            estimated = [(c, e) for c in cells if (e := _estimate_of(c)) is not None]
            for cell, e in estimated:
                found = _read_cell(cell, e, table, cells, [x for _, x in estimated])
                if found is not None:
                    yield found


def _read_cell(
    cell: Cell, e: Observation, table: TableCells, row: Sequence[Cell], estimates: Sequence[Observation]
) -> Estimate | None:
    own = cell if cell.only("ci_low") or cell.only("ci_high") else table.limits_of(cell)
    low, high = (own.only("ci_low"), own.only("ci_high")) if own else (None, None)
    if own is None or low is None or high is None:
        return None
    words = f"{e.stub_path} {e.spanner_path}"
    apart = f"{low.stub_path} {low.spanner_path}" if own is not cell else ""
    scale = _scale_of(e, low, words)
    p = cell.only("p") or (_p_of_row(e, row, estimates) if scale else None)
    if p is None and e.statistic in RATIOS:
        p = table.p_of(cell)
    level = own.only("ci_level")
    printed = _LEVEL.search(f"{words} {apart}")
    declared = level.value if level else printed.group(1) if printed else ""
    return Estimate(e, low, high, _own_p(p), level, scale, declared, f"{words} {apart}".strip())


def _estimate_of(cell: Cell) -> Observation | None:
    estimates = [o for s in ESTIMATES if (o := cell.only(s)) is not None]
    chosen = [o for o in estimates if o.statistic in RATIOS] or estimates
    return chosen[0] if len(chosen) == 1 else None


def _p_of_row(e: Observation, cells: Sequence[Cell], estimates: Sequence[Observation]) -> Observation | None:
    """The p value of the next column that holds one, where no other estimate stands between or has it at its side.

    A mean beside a p value is no comparison: only ratios and differences have one of their own.
    """
    if e.statistic in ("mean", "rate", "pct", "median"):
        return None
    behind = sorted((c for c in cells if c.first.col > e.col), key=lambda c: c.first.col)
    p = next((p for c in behind if (p := c.only("p")) is not None), None)
    if p is None or any(e.col < x.col <= p.col for x in estimates):
        return None
    return p


def _own_p(p: Observation | None) -> Observation | None:
    """The p value unless it is said to test something else."""
    if p is None or p.number is None:
        return None
    around = f"{p.stub_path} {p.spanner_path}" if p.source == "table" else p.quote[max(0, p.start - 30) : p.end + 30]
    return None if OTHER_P.search(around) else p


def _find_in_sentence(mentions: tuple[Observation, ...]) -> Iterator[Estimate]:
    last = ""
    taken: set[str] = set()
    for i, low in enumerate(mentions[:-1]):
        high = mentions[i + 1]
        if low.statistic != "ci_low" or high.statistic != "ci_high" or not (low.number and high.number) or not i:
            continue
        level = mentions[i - 1] if mentions[i - 1].statistic == "ci_level" else None
        at = _before_counts(mentions, i - 2 if level else i - 1, low)
        if at < 0 or not _is_joined(mentions[at], low):
            continue
        e = mentions[at]
        words = e.quote[max(0, e.start - BEFORE) : e.start]
        scale = _scale_of(e, low, words) or (last if e.statistic == "value" and not e.unit else "")
        p = _own_p(_p_in_sentence(mentions, at, i + 1, taken))
        taken |= {p.observation_id} if p else set()
        yield Estimate(e, low, high, p, level, scale, level.value if level else "", words)
        last = scale


def _before_counts(mentions: tuple[Observation, ...], at: int, low: Observation) -> int:
    """The place of the percentage whose count stands between it and its limits, else the place given; a step ("1.3 per
    10 years, 95 % CI") is passed over.
    """
    while at > 0 and _STEP.search(mentions[at].quote, 0, mentions[at].start):
        at -= 1
    first = at
    while first >= 0 and mentions[first].statistic in ("n", "total"):
        first -= 1
    is_shown = first >= 0 and mentions[first].statistic == "pct"
    return first if is_shown and _COUNTS_BETWEEN.match(low.quote, mentions[first].end) else at


def _is_joined(e: Observation, low: Observation) -> bool:
    counts = _COUNTS_BETWEEN.match(low.quote, e.end) if e.statistic == "pct" else None
    gap = low.quote[counts.end() if counts else e.end : low.start]
    same_unit = e.unit == low.unit or not e.unit or not low.unit
    if e.statistic not in ESTIMATES or e.number is None or not same_unit:
        return False
    if _NAMED_AT_ONCE.fullmatch(gap):
        return True
    if set(gap) & set(");"):
        return False
    return len(gap) <= REACH or (len(gap) <= PLAIN_REACH and not set(gap.split("(")[0]) & set(",:."))


def _p_in_sentence(mentions: tuple[Observation, ...], at: int, last: int, taken: set[str]) -> Observation | None:
    """The p value right behind the limits, or right before the estimate where it belongs to none before."""
    high, e = mentions[last], mentions[at]
    behind = mentions[last + 1] if last + 1 < len(mentions) else None
    if behind is not None and behind.statistic == "p" and behind.start - high.end <= P_REACH:
        return behind
    before = mentions[at - 1] if at else None
    if before is None or before.statistic != "p" or before.observation_id in taken or e.statistic not in RATIOS:
        return None
    return before if _LEADS_IN.fullmatch(e.quote[before.end : e.start]) else None


def _scale_of(e: Observation, low: Observation, words: str) -> str:
    """The scale on which the limits lie evenly around the estimate."""
    if e.statistic in RATIOS or _is_ratio_in_per_cent(e, low) or _is_ratio_by_head(e, low):
        return "log"
    if e.statistic in ("median", "rate") or _SKEWED.search(words) or low.number is None:
        return ""
    nearest = max((m.end() for m in _DIFFERENCE.finditer(words)), default=-1)
    if (
        e.statistic == "value"
        and low.number.value > 0
        and nearest < max((m.end() for m in _RATIO.finditer(words)), default=-1)
    ):
        return "log"
    if nearest >= 0:
        return "plain"
    return "plain" if e.statistic == "mean" else ""


def _is_ratio_in_per_cent(e: Observation, low: Observation) -> bool:
    """Whether a table prints a ratio of geometric means in per cent: its limits lie evenly on the log scale."""
    is_positive = low.number is not None and low.number.value > 0
    return (
        e.source == "table"
        and e.statistic in ("pct", "value")
        and is_positive
        and bool(_MEANS_RATIO.search(f"{e.stub_path} {e.spanner_path}"))
    )


def _is_ratio_by_head(e: Observation, low: Observation) -> bool:
    """Whether a table's row or column names a ratio that is symmetric on the log scale."""
    if e.source != "table" or e.statistic not in ("pct", "value") or not (low.number and low.number.value > 0):
        return False
    is_above = e.number is not None and e.number.value > _WHOLE
    is_over = (
        e.statistic == "pct" and is_above and bool(_ONE_OVER_OTHER.match(e.spanner_path.split(PATH_SEPARATOR)[-1]))
    )
    return is_over or bool(_LOGGED_RATIO.search(f"{e.stub_path} {e.spanner_path}"))
