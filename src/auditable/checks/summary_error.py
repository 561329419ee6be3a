"""summary.se: a standard error, and the interval of a mean, are those of the standard deviation and n beside them.

Comes in: a Study. Goes out: one outcome for each standard error beside its standard deviation and n, and one for each
interval of a mean beside them. An interval is never accused, since it may come from a model: one far off is asked
about.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from scipy.special import ndtri, stdtrit

from auditable.blocks import Cell, Observation, Study, number_of
from auditable.checks.rule import Outcome, Rule
from auditable.model import PATH_SEPARATOR
from auditable.rounding import print_rounded

SLACK, FAR = 0.03, 1.5
"""How far a half width may be from the implied one, and how many times wider or narrower a question needs it."""
LEVELS = (95.0, 99.0, 90.0)
_MODELLED = re.compile(
    r"\b(?:adjust\w*|weighted|cluster\w*|bootstrap\w*|geometric|least[- ]squares?|LSM?|model\w*|log|bayes\w*|credible"
    r"|median|change|difference|imputed|paired|pooled|survey)\b",
    re.IGNORECASE,
)
_OTHER_ERRORS = re.compile(
    r"\berrors? of (?:the )?measurement|\b(?:minim\w+|smallest) detectable|\bintra-?class corr|\btest[- ]retest"
    r"|\bICC\b|\b(?:survey|sampling|probability|population) weight|\bcomplex (?:survey|sampl)|\bcluster[- ]robust"
    r"|\b(?:clustered|robust) standard error",
    re.IGNORECASE,
)
"""Words of papers whose standard errors may be those of a measurement, or of a weighted or clustered sample."""


@dataclass(frozen=True, slots=True)
class Spread:
    """Standard deviation and n of one group, with the standard error or the limits of the mean where printed."""

    sd: Observation
    n: Observation
    mean: Observation | None
    se: Observation | None
    low: Observation | None
    high: Observation | None
    level: Observation | None


def test_errors(study: Study) -> Iterator[Outcome]:
    """One outcome for each standard error or interval of a mean whose deviation and n are printed."""
    has_other_errors = any(_OTHER_ERRORS.search(s.text) for s in study.text)
    for found in _spreads(study):
        if found.se is not None and not has_other_errors:
            yield _judge_error(found.se, found.sd, found.n)
        if found.low is not None and found.high is not None and found.mean is not None:
            yield _judge_limits(found, found.mean, found.low, found.high)


def _spreads(study: Study) -> Iterator[Spread]:
    groups: dict[tuple[object, ...], list[Observation]] = defaultdict(list)
    for cell in study.cells:
        o = cell.first
        prefix = o.spanner_path.rpartition(PATH_SEPARATOR)[0]
        groups[(o.table_id, o.row, o.stub_path, prefix, o.arm, o.subgroup)].extend(cell.observations)
    for cell in (*study.phrases, *(Cell(tuple(found)) for found in groups.values())):
        found = _read(cell)
        if found is not None:
            yield found


def _read(cell: Cell) -> Spread | None:
    sd, n = cell.only("sd"), cell.only("n")
    parts = [cell.only(s) for s in ("mean", "se", "ci_low", "ci_high", "ci_level")]
    words = " ".join({f"{o.stub_path} {o.spanner_path} {o.quote[: o.end]}" for o in cell.observations})
    is_single = all(sum(o.statistic == s for o in cell.observations) <= 1 for s in ("n", "sd", "se", "mean"))
    is_whole = n is not None and n.whole is not None and n.whole > 1 and cell.only("pct") is None
    if (
        sd is None
        or n is None
        or not is_whole
        or not is_single
        or (n.source != "table" and n.denominator)
        or _MODELLED.search(words)
    ):
        return None
    if any(o.speaks_of == "another study" or (o.number and o.number.comparator) for o in cell.observations):
        return None
    return Spread(sd, n, *parts)


def _judge_error(se: Observation, sd: Observation, n: Observation) -> Outcome:
    """Whether SE² · n may be SD², exactly."""
    size = number_of(n).value
    a, b = number_of(se), number_of(sd)
    exact = float(b.value) / float(size) ** 0.5
    expected = print_rounded(Fraction(exact), a.decimals)
    arithmetic = f"{b} / √{n.value} = {exact:.4g}; {a} is printed"
    low, high = max(a.loose.low or Fraction(0), Fraction(0)), a.loose.high or Fraction(0)
    sd_low, sd_high = b.ordinary.low or Fraction(0), b.ordinary.high or Fraction(0)
    if low**2 * size <= sd_high**2 and high**2 * size >= sd_low**2:
        message = f"{a} is the standard error of a deviation of {b} in {n.value}."
        return Outcome("consistent", (se, sd, n), message, arithmetic, str(a), expected)
    message = f"A standard deviation of {b} in {n.value} gives a standard error of {expected}, not {a}."
    return Outcome("impossible", (se, sd, n), message, arithmetic, str(a), expected)


def _judge_limits(found: Spread, mean: Observation, low: Observation, high: Observation) -> Outcome:
    a, b, sd, n = number_of(low), number_of(high), number_of(found.sd), float(number_of(found.n).value)
    level = float(found.level.value) if found.level else 95.0
    half, slack = float(b.value - a.value) / 2, float(a.unit + b.unit) / 4
    implied = {x: _half_width(float(sd.value), n, x) for x in (level, *LEVELS)}
    spread = float(sd.unit) / 2 / max(float(sd.value), 1e-9) + SLACK
    fitting = [x for x, (z, t) in implied.items() if z * (1 - spread) - slack <= half <= t * (1 + spread) + slack]
    middle = float(number_of(mean).value)
    own = implied[level]
    expected = f"{middle - own[1]:.{a.decimals + 1}f} to {middle + own[1]:.{b.decimals + 1}f}"
    printed, observations = f"{a} to {b}", (low, high, mean, found.sd, found.n)
    arithmetic = (
        f"{mean.value} ± {own[1] / (sd_error := float(sd.value) / n**0.5 or 1):.2f} · {sd_error:.3g} = {expected}"
    )
    if level in fitting:
        message = f"{printed} is the {level:g} % interval of a mean with this deviation and n."
        return Outcome("consistent", observations, message, arithmetic, printed, expected)
    message = (
        f"A deviation of {sd} in {found.n.value} gives the mean {mean.value} an interval of {expected}, not {printed}"
    )
    if fitting:
        message = f"{message}; it would be that of {fitting[0]:g} %."
        return Outcome("not testable", observations, message, arithmetic, printed, expected, "definition")
    is_far = half > own[1] * FAR + slack or half * FAR + slack < own[0]
    message = f"{message}{'; is the deviation a standard error?' if half > own[1] * FAR else '.'}"
    return Outcome("not testable", observations, message, arithmetic, printed, expected, "error" if is_far else "")


def _half_width(sd: float, n: float, level: float) -> tuple[float, float]:
    """Half of the interval of a mean, by the normal and by the t distribution."""
    q = 0.5 + level / 200
    return float(ndtri(q)) * sd / n**0.5, float(stdtrit(n - 1, q)) * sd / n**0.5


RULES = (
    Rule(
        id="summary.se",
        claim="A standard error is the standard deviation over √n, and the interval of a mean is made of it.",
        severity="error",
        function=test_errors,
        assumptions="Deviation, n and error (or limits and mean) stand in one row, cell or phrase. Rounded and cut-off "
        "digits are allowed for. Intervals by the normal and the t distribution are tried; one of another level, or "
        "half as wide again, is asked about. Not for adjusted, weighted, clustered, log or bootstrapped numbers, "
        "nor for errors of measurement.",
        literature="Altman & Bland 2005 (BMJ 331:903); Nagele 2003 (Br J Anaesth 90:514)",
        example="SD 12.0, n = 100: the standard error is 1.2; 2.1 is printed.",
    ),
)
