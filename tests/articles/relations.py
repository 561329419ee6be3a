"""What must hold between printed numbers, judged from their texts alone: the independent witness of the measure.

A relation names the tokens it binds and the rule families that may rightly report its breach. It knows neither the
checker nor the simulated patients: an error is detectable if, and only if, one of these is broken by the printed texts.
Every number stands for its rounding interval, closed on both sides; no rounding habit is assumed.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise, product

Span = tuple[Fraction, Fraction]
FAR = Fraction(10**12)


def span(text: str) -> Span:
    """The values a printed number stands for."""
    plain = text.replace("−", "-").replace(",", "").replace("·", ".").strip()
    mark = plain[0] if plain[0] in "<>≥≤" else ""
    body = plain.lstrip("<>≥≤ ")
    value = Fraction(body)
    if mark:
        return (-FAR, value) if mark in "<≤" else (value, FAR)
    half = Fraction(1, 2 * 10 ** len(body.partition(".")[2])) if "." in body else Fraction(1, 2)
    return value - half, value + half


def exact(text: str) -> Fraction:
    """The printed value itself."""
    return Fraction(text.replace("−", "-").replace(",", "").replace("·", ".").lstrip("<>≥≤ "))


@dataclass(frozen=True)
class Relation:
    """ids: the tokens it binds, in the order test takes their texts; families: rule prefixes that may name a breach."""

    name: str
    ids: tuple[int, ...]
    families: tuple[str, ...]
    test: Callable[[Sequence[str]], bool]

    def holds(self, texts: Sequence[str]) -> bool:
        """Whether the printed texts can all be true."""
        try:
            return self.test(texts)
        except (ValueError, ZeroDivisionError, IndexError):
            return False


def _ids(marks: Sequence[object]) -> tuple[int, ...]:
    return tuple(getattr(m, "id", m) for m in marks)  # type: ignore[misc]


def share(n: object, total: object, pct: object) -> Relation:
    """n of total is pct."""

    def test(t: Sequence[str]) -> bool:
        low, high = span(t[2])
        return 0 <= exact(t[0]) <= exact(t[1]) and low <= 100 * exact(t[0]) / exact(t[1]) <= high

    return Relation("share", _ids([n, total, pct]), ("percent.", "count.", "frame.", "agreement.", "arm."), test)


def adds_up(parts: Sequence[object], total: object, families: tuple[str, ...]) -> Relation:
    """The parts add up to the total, each within its rounding (counts exactly)."""

    def test(t: Sequence[str]) -> bool:
        spans = [(exact(x), exact(x)) if "." not in x else span(x) for x in t[:-1]]
        whole = (exact(t[-1]), exact(t[-1])) if "." not in t[-1] else span(t[-1])
        return sum(s[0] for s in spans) <= whole[1] and whole[0] <= sum(s[1] for s in spans)

    return Relation("adds up", _ids([*parts, total]), families, test)


def adds_up_pct(parts: Sequence[object], total: object | None, families: tuple[str, ...]) -> Relation:
    """Percentages add up to another one, or to 100, within the rounding of all of them."""

    def test(t: Sequence[str]) -> bool:
        spans = [span(x) for x in (t if total is None else t[:-1])]
        whole = (Fraction(100), Fraction(100)) if total is None else span(t[-1])
        return sum(s[0] for s in spans) <= whole[1] and whole[0] <= sum(s[1] for s in spans)

    return Relation("adds up in percent", _ids(parts if total is None else [*parts, total]), families, test)


REPEATED = ("agreement.", "percent.", "arm.")
INFERRED = ("hr", "or", "rr", "p", "ci_low", "ci_high")


def families_of_repeat(statistic: str) -> tuple[str, ...]:
    """Who may name two prints that differ: of ratios, limits and p values also the rules that hold these together.

    The witness leaves more room between a ratio, its limits and its p value than an exact rule needs to.
    """
    return (*REPEATED, "ci.", "test.", "proportion.") if statistic in INFERRED else REPEATED


def same(first: object, second: object, families: tuple[str, ...] = REPEATED) -> Relation:
    """Two prints of one quantity, perhaps with different decimals; "0.001" and "<0.001" may both be true."""

    def test(t: Sequence[str]) -> bool:
        alike = (t[0][0] in "<>≥≤") == (t[1][0] in "<>≥≤")
        if alike and len(t[0].partition(".")[2]) == len(t[1].partition(".")[2]):
            return t[0].replace(",", "") == t[1].replace(",", "")
        a, b = span(t[0]), span(t[1])
        return a[0] <= b[1] and b[0] <= a[1]

    return Relation("same", _ids([first, second]), families, test)


def never_falls(marks: Sequence[object], families: tuple[str, ...]) -> Relation:
    """Each is at most the next: quantiles, limits, narrower and wider counts, survival at later and earlier times."""

    def test(t: Sequence[str]) -> bool:
        return all(exact(a) <= exact(b) for a, b in pairwise(t))

    return Relation("order", _ids(marks), families, test)


def geometric_middle(ratio: object, low: object, high: object, slack: float) -> Relation:
    """A ratio lies in the middle of its limits on the log scale; slack: part of half the log width that is allowed."""

    def test(t: Sequence[str]) -> bool:
        corners = [[float(x) for x in span(s)] for s in t]
        if min(c[0] for c in corners) <= 0:
            corners = [[max(x, 1e-4) for x in c] for c in corners]
        middles = [(math.log(a) + math.log(b)) / 2 for a, b in product(corners[1], corners[2])]
        half = (math.log(corners[2][1]) - math.log(corners[1][0])) / 2
        near, far = math.log(corners[0][0]), math.log(corners[0][1])
        return near <= max(middles) + slack * half and far >= min(middles) - slack * half

    return Relation("symmetry", _ids([ratio, low, high]), ("ci.", "agreement."), test)


def p_of_ratio(ratio: object, low: object, high: object, p: object) -> Relation:
    """The p value that a ratio and its 95 % limits imply by Wald's test, with room for another test of the same."""

    def test(t: Sequence[str]) -> bool:
        from scipy.stats import norm

        a, b, c = (float(exact(x)) for x in t[:3])
        if min(a, b, c) <= 0 or b == c:
            return False
        z = abs(math.log(a)) / ((math.log(c) - math.log(b)) / (2 * 1.959964))
        low_p, high_p = (float(x) for x in span(t[3]))
        z_most = norm.isf(low_p / 2) if low_p > 0 else math.inf
        z_least = norm.isf(min(max(high_p, 1e-9), 1.0) / 2)
        room = 0.35 + 0.25 * z
        return z - room <= z_most and z + room >= z_least

    return Relation("p of ratio", _ids([ratio, low, high, p]), ("ci.", "test.", "agreement."), test)


def proportion_limits(x: object, total: object, low: object, high: object) -> Relation:
    """A proportion's 95 % limits by one of the usual methods; in percent."""

    def test(t: Sequence[str]) -> bool:
        from statsmodels.stats.proportion import proportion_confint

        count, n = int(exact(t[0])), int(exact(t[1]))
        if not 0 <= count <= n:
            return False
        a, b = span(t[2]), span(t[3])
        for method in ("beta", "wilson", "normal", "agresti_coull", "jeffreys"):
            lo, hi = (100 * float(v) for v in proportion_confint(count, n, 0.05, method))
            if float(a[0]) - 0.11 <= lo <= float(a[1]) + 0.11 and float(b[0]) - 0.11 <= hi <= float(b[1]) + 0.11:
                return True
        return False

    return Relation("proportion limits", _ids([x, total, low, high]), ("proportion.", "ci.", "agreement."), test)


def tested(a: object, n_a: object, b: object, n_b: object, p: object) -> Relation:
    """The p value of two counts by Fisher's exact test or chi-squared, corrected or not."""

    def test(t: Sequence[str]) -> bool:
        from scipy.stats import chi2_contingency, fisher_exact

        x, n, y, m = (int(exact(v)) for v in t[:4])
        table = [[x, n - x], [y, m - y]]
        if min(min(row) for row in table) < 0:
            return False
        found = [float(fisher_exact(table)[1])]
        if min(x + y, n + m - x - y) > 0:
            found += [float(chi2_contingency(table, correction=c)[1]) for c in (True, False)]
        low, high = (float(v) for v in span(t[4]))
        return any(low * 0.9 - 1e-9 <= f <= high * 1.1 + 1e-9 for f in found)

    return Relation("tested", _ids([a, n_a, b, n_b, p]), ("test.", "ci.", "agreement."), test)


def whole_or_half(median: object, total: object | None, families: tuple[str, ...] = ("summary.",)) -> Relation:
    """The median of whole numbers is whole; of an even number of them it may be a half."""

    def test(t: Sequence[str]) -> bool:
        value = exact(t[0])
        odd = total is not None and int(exact(t[1])) % 2 == 1
        return value.denominator == 1 or (value.denominator == 2 and not odd)

    return Relation("parity", _ids([median] if total is None else [median, total]), families, test)


def summary_of(values: Sequence[object], shown: object, kind: str) -> Relation:
    """Median, least, greatest of the printed values of single patients."""

    def test(t: Sequence[str]) -> bool:
        got = sorted(exact(x) for x in t[:-1])
        n = len(got)
        found = {"median": (got[(n - 1) // 2] + got[n // 2]) / 2, "min": got[0], "max": got[-1]}[kind]
        low, high = span(t[-1])
        return low <= found <= high

    return Relation(f"individual {kind}", _ids([*values, shown]), ("individual.", "summary.", "agreement."), test)


def counted(flags: Sequence[object], shown: object, yes: Callable[[str], bool], families: tuple[str, ...]) -> Relation:
    """How many single patients have something."""

    def test(t: Sequence[str]) -> bool:
        return sum(yes(x) for x in t[:-1]) == exact(t[-1])

    return Relation("individual count", _ids([*flags, shown]), families, test)


def median_in(median: object, counts: Sequence[object], uppers: Sequence[int]) -> Relation:
    """The median lies in the category that holds the middle patient; uppers: first value of the next category."""

    def test(t: Sequence[str]) -> bool:
        low, high = span(t[0])
        numbers = [exact(x) for x in t[1:]]
        half, before = sum(numbers) / 2, Fraction(0)
        floors = [-FAR, *(Fraction(u) for u in uppers)]
        tops = [*(Fraction(u) for u in uppers), FAR]
        for n, floor, top in zip(numbers, floors, tops, strict=True):
            if before <= half <= before + n and low <= top and high >= floor:
                return True
            before += n
        return False

    return Relation("median in category", _ids([median, *counts]), ("summary.", "categories.", "percent."), test)


def converted(first: object, second: object, factors: Sequence[Fraction]) -> Relation:
    """One quantity in two units: second = first / factor under one of the usual conventions."""

    def test(t: Sequence[str]) -> bool:
        a, b = span(t[0]), span(t[1])
        return any(a[0] / f <= b[1] and b[0] <= a[1] / f for f in factors)

    return Relation("conversion", _ids([first, second]), ("unit.", "agreement."), test)


def at_least(limit: object, value: object) -> Relation:
    """No patient is below an eligibility limit."""
    return Relation(
        "eligibility",
        _ids([limit, value]),
        ("eligibility.", "summary.", "agreement."),
        lambda t: exact(t[1]) >= exact(t[0]),
    )


def one_text(words: Sequence[object], families: tuple[str, ...]) -> Relation:
    """Words that mean one thing are printed alike."""
    return Relation("one meaning", _ids(words), families, lambda t: len({x.casefold() for x in t}) == 1)


def plausible(values: Sequence[object], unit: object, ranges: dict[str, tuple[float, float]]) -> Relation:
    """Values with their unit lie where such values can lie in people."""

    def test(t: Sequence[str]) -> bool:
        if t[-1] not in ranges:
            return False
        low, high = ranges[t[-1]]
        return all(low <= float(exact(x)) <= high for x in t[:-1])

    return Relation("plausible", _ids([*values, unit]), ("unit.", "frame.plausible"), test)


def worded(word: object, value: object, reach: dict[str, tuple[Fraction, Fraction]]) -> Relation:
    """An approximate word ("two thirds") speaks of the percentage that is printed elsewhere."""

    def test(t: Sequence[str]) -> bool:
        low, high = reach[t[0]]
        a, b = span(t[1])
        return low <= b and a <= high

    return Relation("approximate word", _ids([word, value]), ("agreement.", "percent."), test)


def separated(marks: Sequence[object], families: tuple[str, ...], test: Callable[[Sequence[str]], bool]) -> Relation:
    """Any other relation, with its own test."""
    return Relation("other", _ids(marks), families, test)
