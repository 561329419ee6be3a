"""test.reported, test.effect_size: a test statistic with its degrees of freedom gives the p value and the partial η²
printed behind it.

Comes in: a Study. Goes out: one outcome for each t, F, χ², r or z of the text with its p value, and one for each
partial η² behind an F test. One-sided tests are tried for t, r and z; corrected p values (Bonferroni,
Greenhouse–Geisser) are not judged where the text names them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from scipy.special import chdtrc, fdtrc, ndtr, ndtri, stdtr

from auditable.blocks import Observation, Study
from auditable.checks.printed_tests import ReportedTest, find_reported_tests
from auditable.checks.rule import Outcome, Quote, Rule
from auditable.checks.wald import Range
from auditable.checks.words import ONE_SIDED
from auditable.rounding import Interval, Printed, Verdict

SLACK = 0.05
"""How far in z a p value must lie from that of its statistic: less is a matter of digits."""
HALVED = ("t", "r", "z")
MOST_DF = 30
_CORRECTED = re.compile(
    r"\bbonferroni|\bholm|\bhochberg|\btukey|\bscheff|\bdunn|\bfalse discovery|\bgreenhouse|\bhuynh|\bsphericity"
    r"|\bpermutation|\bcorrected|\badjusted p|\bmultiple (?:test|compar)",
    re.IGNORECASE,
)


def test_reported(study: Study) -> Iterator[Outcome]:
    """One outcome for each test statistic with its p value."""
    text = " ".join(s.text for s in study.text)
    says_one_sided, is_corrected = bool(ONE_SIDED.search(text)), bool(_CORRECTED.search(text))
    for found in _own_tests(study):
        yield _judge(found, _p_beside(found, study), says_one_sided, is_corrected)


def test_effect_size(study: Study) -> Iterator[Outcome]:
    """One outcome for each partial η² behind an F test."""
    for found in _own_tests(study):
        if found.is_df_sure and found.eta is not None and found.df is not None and found.df2 is not None:
            yield _judge_eta(found, found.eta, found.df.value, found.df2.value)


def _own_tests(study: Study) -> list[ReportedTest]:
    """The tests of sentences that speak of this study."""
    others = {m[0].quote for m in study.sentences if any(o.speaks_of == "another study" for o in m)}
    return [t for t in find_reported_tests(study.text) if t.sentence.text not in others]


def _p_beside(found: ReportedTest, study: Study) -> tuple[Observation, ...]:
    """The observation of the p value, where it became one."""
    return tuple(
        o
        for o in study.observations
        if o.statistic == "p" and o.quote == found.sentence.text and found.p_start <= o.end <= found.p_end
    )[:1]


def _judge(found: ReportedTest, p: tuple[Observation, ...], says_one_sided: bool, is_corrected: bool) -> Outcome:
    span = _p_of(found, found.value.ordinary)
    implied = " to ".join(dict.fromkeys(f"{x:.3g}" for x in span))
    verdict, severity, message = _verdict(found, implied, says_one_sided, is_corrected)
    arithmetic = f"{found.shown} → p = {implied}; {found.says} is printed"
    quotes = (Quote(found.sentence, found.start, found.end),)
    return Outcome(verdict, p, message, arithmetic, found.says, f"p = {implied}", severity, quotes)


def _verdict(found: ReportedTest, implied: str, says_one_sided: bool, is_corrected: bool) -> tuple[Verdict, str, str]:
    low, high = _p_of(found, found.value.loose)
    if _fits(found.p, (low, high)):
        return "consistent", "", f"{found.says} is the p value of {found.shown}."
    if found.kind in HALVED and _fits(found.p, (low / 2, high / 2)):
        if says_one_sided:
            return "consistent", "", f"{found.says} is the one-sided p value of {found.shown}."
        message = f"{found.says} is the p value of {found.shown} only if one-sided, which is not said"
        return "not testable", "definition", f"{message}; two-sided it is {implied}."
    if is_corrected and float(found.p.value) > low:
        return "not testable", "", f"{found.shown} alone has p = {implied}; {found.says} may be corrected."
    if not found.is_df_sure:
        return "not testable", "", f"The degrees of freedom of {found.shown} are printed as one number."
    other = _other_df(found)
    return "impossible", "", f"{found.shown} has p = {implied}, not {found.says.removeprefix('p = ')}{other}."


def _other_df(found: ReportedTest) -> str:
    """The degrees of freedom that would fit, where few do."""
    if found.kind != "χ²":
        return ""
    fitting = [df for df in range(1, MOST_DF) if _fits(found.p, _p_of(found, found.value.ordinary, df))]
    return f"; it would fit {fitting[0]} degree{'s' * (fitting[0] > 1)} of freedom" if len(fitting) == 1 else ""


def _p_of(found: ReportedTest, inside: Interval, df: float | None = None) -> Range:
    """Smallest and largest two-sided p that the rounded statistic allows."""
    ends = [float(x) for x in (inside.low, inside.high) if x is not None]
    sizes = [abs(x) for x in ends] + ([0.0] if min(ends) < 0 < max(ends) else [])
    first = float(found.df.value) if df is None and found.df else float(df or 0)
    second = float(found.df2.value) if found.df2 else 0.0
    found_p = [_p(found.kind, x, first, second) for x in (max(sizes), min(sizes))]
    return found_p[0], found_p[1]


def _p(kind: str, size: float, df: float, df2: float) -> float:
    match kind:
        case "t":
            return 2 * float(stdtr(df, -size))
        case "F":
            return float(fdtrc(df, df2, size))
        case "χ²":
            return float(chdtrc(df, size))
        case "r":
            return 2 * float(stdtr(df, -size * (df / (1 - size**2)) ** 0.5)) if size < 1 else 0.0
        case _:
            return 2 * float(ndtr(-size))


def _fits(p: Printed, span: Range) -> bool:
    """Whether the p value, rounded or cut off, lies within a little of that of the statistic."""
    low, high = (float(x) if x is not None else None for x in (p.ordinary.low, p.loose.high))
    below = high is None or _z(high) <= _z(span[0]) + SLACK
    above = low is None or _z(low) >= _z(span[1]) - SLACK
    return below and above


def _z(p: float) -> float:
    return -float(ndtri(min(max(p, 1e-300), 1.0) / 2))


def _judge_eta(found: ReportedTest, eta: Printed, df: Fraction, df2: Fraction) -> Outcome:
    inside = found.value.ordinary
    low, high = (
        f * df / (f * df + df2) for f in (max(inside.low or Fraction(0), Fraction(0)), inside.high or Fraction(0))
    )
    implied = " to ".join(dict.fromkeys(f"{float(x):.3f}" for x in (low, high)))
    arithmetic = f"F·df₁ / (F·df₁ + df₂) = {implied}"
    quotes = (Quote(found.sentence, found.start, found.end),)
    printed = f"partial η² = {eta}"
    if eta.loose.overlaps(Interval(low, high)):
        message = f"{printed} is that of {found.shown}."
        return Outcome("consistent", (), message, arithmetic, printed, implied, "", quotes)
    message = f"{found.shown} gives a partial η² of {implied}, not {eta}."
    return Outcome("impossible", (), message, arithmetic, printed, implied, "", quotes)


RULES = (
    Rule(
        id="test.reported",
        claim="A test statistic with its degrees of freedom has the p value printed with it.",
        severity="error",
        function=test_reported,
        assumptions="t, F, χ², r and z of running text with the p value right behind. Rounded and cut-off digits of "
        "both are allowed for; a one-sided test is asked about where the text names none. p values larger than "
        "implied are not judged where the text corrects for several tests or for sphericity.",
        literature="Nuijten et al. 2016 (statcheck)",
        example="χ²(7) = 2.95, p = .08: the p value is .89; .08 fits one degree of freedom.",
    ),
    Rule(
        id="test.effect_size",
        claim="The partial η² printed with an F test is F·df₁ / (F·df₁ + df₂).",
        severity="error",
        function=test_effect_size,
        assumptions="It stands right behind the p value of the F test and is called partial.",
        literature="Lakens 2013 (Front Psychol 4:863)",
        example="F(1, 43) = 6.38, partial η² = .13: 6.38 / (6.38 + 43) is .129; .31 it is not.",
    ),
)
