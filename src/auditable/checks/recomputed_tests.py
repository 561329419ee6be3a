"""test.recompute: the p value of a row that compares arms is the p value of a test of the numbers in that row.

Comes in: a Study. Goes out: one outcome for each p value beside counts or means of arms whose sizes are known, naming
the test that gives it. Tests of medians need the patients and are not tried. A p value that no usual test gives is
accused where the other rows of its table are given by one.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from scipy.special import ndtri

from auditable.blocks import Observation, Study, number_of
from auditable.checks.compared import ArmCount, Compared, find_compared
from auditable.checks.estimates import OTHER_P
from auditable.checks.limits_apart import tables_of
from auditable.checks.rule import Outcome, Rule
from auditable.checks.significance_tests import Span, tests_of_counts, tests_of_means
from auditable.checks.split_counts import find_split_counts
from auditable.checks.wald import ALPHA, ends_of_p, z_of_p
from auditable.rounding import Printed

MIN_PROVING, PROVING_SHARE = 3, 0.85
"""Other rows of the table whose p value a usual test must give before one that none gives may be accused."""
Z_SLACK_COUNTS, Z_SLACK_MEANS = 0.1, 0.3
"""How far, in z, a p value must lie from every test to be material; values missing from a mean move its p."""
Z_SLACK_OTHER = 1.2
"""The same where the text names tests that cannot be recomputed: ranks, trends, strata, models."""
Z_FAR = 1.0
"""Without proof by other rows a p value is asked about that is so far off and on the other side of 0.05."""
_FISHER = re.compile(r"\bfisher", re.IGNORECASE)
_FISHER_OF_TWO = re.compile(
    r"\bfisher[^.;()]{0,25}\((?:for\s)?(?:two[- ]way|2\s?[×x*]\s?2|two[- ]by[- ]two|fourfold|binary|dichotomous)\b",
    re.IGNORECASE,
)
_CHI = re.compile(r"χ|\bchi[- ]?2?[- ]?squared?|\bpearson|\bmantel|\blogistic\s|\bz[- ]test|\bchi2\b", re.IGNORECASE)
_CHI_ITSELF = re.compile(r"χ|\bchi[- ]?2?[- ]?squared?|\bpearson['’]?s χ", re.IGNORECASE)
_OTHER_OF_COUNTS = re.compile(r"\bmantel|\bcochran|\btrend\b|\bmcnemar|\bGEE\b|\bgeneralized estimating", re.IGNORECASE)
_OF_RANKS = re.compile(
    r"\bmann|\bwilcoxon|\bkruskal|\brank|\bpaired|\bANCOVA\b|analysis of covariance|\bmixed|\bbootstrap", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Case:
    """A p value, the numbers it compares, and the range of p that each test gives them."""

    p: Observation
    observations: tuple[Observation, ...]
    tests: Mapping[str, Span]
    shown: str
    kind: str

    @property
    def number(self) -> Printed:
        """The printed p value."""
        return number_of(self.p)

    @property
    def names_test(self) -> bool:
        """Whether the label of the p value itself names Fisher's test or χ²: then no other test is meant."""
        words = f"{self.p.stub_path} {self.p.spanner_path}"
        is_named = _FISHER.search(words) or _CHI_ITSELF.search(words)
        return self.kind == "counts" and bool(is_named) and not _OTHER_OF_COUNTS.search(words)

    @property
    def fitting(self) -> list[str]:
        """Tests that give the printed p value under some rounding."""
        return [name for name, span in self.tests.items() if _fits(self.number, span)]

    @property
    def distance(self) -> float:
        """How far the printed p value lies from the nearest test, in z."""
        low, high = z_of_p(self.number, 2)
        gaps = [max(low - _z(span[0]), _z(span[1]) - high, 0.0) for span in self.tests.values()]
        return min(gaps, default=0.0)


def test_recompute(study: Study) -> Iterator[Outcome]:
    """One outcome for each p value of a row whose numbers are known."""
    cases = [c for c in _cases(study) if c.tests]
    groups: dict[tuple[str, str], list[Case]] = defaultdict(list)
    for case in cases:
        groups[(case.p.table_id, case.kind)].append(case)
    told = " ".join(s.text for s in study.text)
    for together in groups.values():
        fits = [bool(c.fitting) for c in together]
        for i, case in enumerate(together):
            others = fits[:i] + fits[i + 1 :]
            yield _judge(case, sum(others), len(others), told)


def _judge(case: Case, n_fitting: int, n_others: int, text: str) -> Outcome:
    observations = (case.p, *case.observations)
    printed = f"p {case.number.comparator or '='} {case.p.value}"
    expected = "; ".join(f"{name} {_text(span)}" for name, span in case.tests.items())
    if case.fitting:
        if case.kind == "counts" and _is_not_fishers(case) and _declares_only_fisher(text):
            message = (
                f"The methods name Fisher's test, which gives {_text(case.tests['Fisher'])}; the printed {printed} is "
                f"that of another test ({case.fitting[0]})."
            )
            return Outcome("impossible", observations, message, case.shown, printed, expected, "definition")
        message = f"{printed} is the p value of a usual test ({case.fitting[0]}) of {case.shown}."
        return Outcome("consistent", observations, message, case.shown, printed, expected)
    if case.p.marks.strip():
        message = f"A note hangs on {printed}, which may say what it compares."
        return Outcome("not testable", observations, message, case.shown, printed, expected)
    is_proved = n_fitting >= MIN_PROVING and n_fitting >= PROVING_SHARE * n_others
    if case.names_test and case.distance > Z_SLACK_COUNTS:
        message = f"No usual test of {case.shown} gives {printed}, Fisher's and χ² tests neither: {expected}."
        return Outcome("impossible", observations, message, case.shown, printed, expected)
    told = f"No usual test of {case.shown} gives {printed}: {expected}"
    if is_proved and case.distance > _slack(case, text):
        message = f"{told}. Usual tests give {n_fitting} of the {n_others} other p values of the table."
        return Outcome("impossible", observations, message, case.shown, printed, expected)
    if case.distance > Z_FAR and _crosses(case):
        message = f"{told}. Which test was used?"
        return Outcome("not testable", observations, message, case.shown, printed, expected, "error")
    return Outcome("not testable", observations, f"{told}; another test may.", case.shown, printed, expected)


def _cases(study: Study) -> Iterator[Case]:
    compared = find_compared(study)
    groups: dict[tuple[str, str], list[Compared]] = defaultdict(list)
    for row in compared:
        if row.group and row.counts:
            groups[(row.table_id, row.group)].append(row)
    headings = _heading_ps(study)
    tables = tables_of(study.cells)
    # a p value below several rows may compare any of them: the one it comes nearest to counts
    for row in compared:
        if row.means and row.p is not None:
            yield Case(row.p, row.observations, tests_of_means(row.means), _shown(row), "means")
        elif row.counts and row.p is not None:
            siblings = groups.get((row.table_id, row.group), [row])
            is_shared = sum(r.p is not None for r in siblings) == 1 and len(siblings) > 1
            yield _count_case(row.p, [row], siblings if is_shared else [])
        elif row.counts and (p := tables[row.table_id].p_under(row.stub_path)) and not _tests_otherwise(p):
            block = [r for r in compared if r.counts and (r.table_id, r.group) == (row.table_id, row.group)]
            above = [_count_case(p, [r], []) for r in block if r.row <= row.row]
            yield min(reversed(above), key=lambda c: c.distance)
    for (table_id, group), rows in groups.items():
        p = headings.get((table_id, group))
        if p is not None and not any(r.p is not None for r in rows):
            yield _count_case(p, [], rows)
    for split in find_split_counts(study):
        n1, x1, n2, x2 = split.parts
        tests = tests_of_counts(((x1, x2), (n1 - x1, n2 - x2)))
        shown = f"{x1}/{n1} against {x2}/{n2}"
        yield Case(split.p, (split.left, split.right), _spans(tests), shown, "counts")


def _tests_otherwise(p: Observation) -> bool:
    return p.number is None or bool(OTHER_P.search(p.stub_path)) or bool(_OTHER_OF_COUNTS.search(p.stub_path))


def _heading_ps(study: Study) -> dict[tuple[str, str], Observation]:
    """The p value of each row that holds nothing else."""
    rows: dict[tuple[str, str], list[Observation]] = defaultdict(list)
    for o in study.observations:
        if o.source == "table" and o.statistic not in ("missing", "text"):
            rows[(o.table_id, o.stub_path)].append(o)
    return {key: found[0] for key, found in rows.items() if len(found) == 1 and found[0].statistic == "p"}


def _count_case(p: Observation, own: Sequence[Compared], shared: Sequence[Compared]) -> Case:
    """Tests of a row against the rest of its arms, and of all exclusive categories of its group together."""
    tests: dict[str, Span] = {}
    rows = [*own] or [*shared]
    if own:
        counts = own[0].counts
        tests |= _spans(tests_of_counts(_with_rest(counts)))
        for a, b in combinations(counts, 2) if len(counts) > 2 else ():
            pair = _spans(tests_of_counts(_with_rest((a, b))))
            tests |= {f"{name} of {a.count}/{a.total} and {b.count}/{b.total}": s for name, s in pair.items()}
    if shared and _is_partition(shared):
        table = tuple(tuple(c.count for c in r.counts) for r in shared)
        tests = {**{f"{name} of all categories": s for name, s in _spans(tests_of_counts(table)).items()}, **tests}
        rows = [*shared]
    observations = tuple(o for r in rows for o in r.observations)
    return Case(p, observations, tests, "; ".join(_shown(r) for r in rows), "counts")


def _with_rest(counts: Sequence[ArmCount]) -> tuple[tuple[int, ...], ...]:
    return tuple(c.count for c in counts), tuple(c.total - c.count for c in counts)


def _is_partition(rows: Sequence[Compared]) -> bool:
    """Whether the rows part every arm: their counts add up to its size."""
    sizes = {tuple(c.total for c in r.counts) for r in rows}
    if len(sizes) != 1:
        return False
    totals = next(iter(sizes))
    return all(sum(r.counts[i].count for r in rows) == total for i, total in enumerate(totals))


def _spans(tests: Mapping[str, float]) -> dict[str, Span]:
    return {name: (p, p) for name, p in tests.items()}


def _shown(row: Compared) -> str:
    if row.counts:
        return " against ".join(f"{c.count}/{c.total}" for c in row.counts)
    return " against ".join(f"{m.mean.value} ± {m.spread.value} (n = {m.total})" for m in row.means)


def _is_not_fishers(case: Case) -> bool:
    return "Fisher" in case.tests and not any(name.startswith("Fisher") for name in case.fitting)


def _declares_only_fisher(text: str) -> bool:
    """Whether the text names Fisher's test and no other of counts, or gives it the tables of two by two."""
    return bool(_FISHER_OF_TWO.search(text)) or (bool(_FISHER.search(text)) and not _CHI.search(text))


def _slack(case: Case, text: str) -> float:
    """How far in z a p value must lie from every test that was tried: more where the text names others as well."""
    if case.kind == "counts":
        return Z_SLACK_OTHER if _OTHER_OF_COUNTS.search(text) else Z_SLACK_COUNTS
    return Z_SLACK_OTHER if _OF_RANKS.search(text) else Z_SLACK_MEANS


def _fits(p: Printed, span: Span) -> bool:
    low, high = ends_of_p(p, is_loose=True)
    return low <= span[1] * (1 + 1e-6) and span[0] * (1 - 1e-6) <= high


def _z(p: float) -> float:
    return -float(ndtri(min(max(p, 1e-300) / 2, 0.5)))


def _crosses(case: Case) -> bool:
    low, high = ends_of_p(case.number)
    found = list(case.tests.values())
    return (high <= ALPHA and min(s[0] for s in found) > ALPHA) or (low > ALPHA and max(s[1] for s in found) < ALPHA)


def _text(span: Span) -> str:
    return f"p = {span[0]:.3g}" if math.isclose(span[0], span[1]) else f"p = {span[0]:.2g} to {span[1]:.2g}"


RULES = (
    Rule(
        id="test.recompute",
        claim="The p value of a row that compares arms is that of a usual test of the numbers in the row.",
        severity="error",
        function=test_recompute,
        assumptions="Counts of arms of known size, exclusive categories together, or means with SD or SE; χ² with and "
        "without correction, Fisher (mid-p and doubled too), likelihood ratio, t, Welch and analysis of variance are "
        "tried. A p value that none gives is accused only where they give those of three other rows of the table or "
        "more; else a question is asked where it is far off and on the other side of 0.05. Not for medians, models, "
        "matched or paired numbers, trends and interactions.",
        literature="Carlisle 2017 (Anaesthesia 72:944); Nuijten et al. 2016 (statcheck); INSPECT-SR check 4",
        example="17 of 24 against 12 of 27, p = 0.006: χ² gives 0.058, Fisher 0.089.",
    ),
)
