"""percent.reachable: a bare percentage of patients, against a proved N: some whole count must give it (GRIM).

Comes in: a Study. Goes out: one outcome for each percentage of a table cell that has no count beside it, and those of
reachable_in_text.py for running text. Percentages with a count are left to percent_of_n.py; rates that are estimated
over time are not shares of N and are not judged.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from auditable.blocks import Observation, Study
from auditable.checks.reachable_in_text import is_no_accident, judge_share, share_reachable, test_text
from auditable.checks.rule import Outcome, Rule
from auditable.checks.words import ESTIMATE, MEASURE, SUBSET
from auditable.denominators import denominators_of, whole_number
from auditable.rounding import counts_for


def test_bare_percentages(study: Study) -> Iterator[Outcome]:
    """One outcome for each bare percentage of a table or of running text."""
    denominators = denominators_of(study)
    scopes: dict[tuple[str, str, str], list[Observation]] = defaultdict(list)
    for cell in study.cells:
        pct = cell.only("pct")
        if pct is not None and cell.only("n") is None and pct.table_type != "individual" and not _is_estimate(pct):
            total = pct.denominator
            if not total and (proof := denominators.prove_column(cell.column)).totals:
                total = str(proof.totals[0])
            scopes[(pct.table_id, pct.arm or pct.spanner_path, total)].append(pct)
    for (_, _, total_text), found in scopes.items():
        total = whole_number(total_text)
        for pct in found:
            yield _test_one(pct, total, [o for o in found if o is not pct])
    yield from test_text(study, denominators)


def _test_one(pct: Observation, total: int | None, others: Sequence[Observation]) -> Outcome:
    printed = pct.number
    if printed is None or not total:
        return _untested(pct, "no N is known for it")
    if share_reachable(printed, total) >= 1:
        return _untested(
            pct, f"with N = {total} every percentage printed with {printed.decimals} decimals is reachable"
        )
    if len(counts_for(printed, total)):
        return judge_share(pct, printed, total)
    if not is_no_accident(total, [o.number for o in others if o.number and not o.number.comparator]):
        return _untested(pct, f"N = {total} is not proved by the percentages around it")
    if SUBSET.search(pct.stub_path) or pct.marks.strip():
        return _untested(pct, f"its label or a note may give it an N smaller than {total}")
    return judge_share(pct, printed, total)


def _is_estimate(pct: Observation) -> bool:
    text = " ".join((pct.stub_path, pct.spanner_path, pct.timepoint, pct.variable.replace("_", " ")))
    return bool(ESTIMATE.search(text) or MEASURE.search(text))


def _untested(pct: Observation, why: str) -> Outcome:
    return Outcome("not testable", (pct,), f"{pct.value} % is not judged: {why}.", "", pct.value, "")


RULES = (
    Rule(
        id="percent.reachable",
        claim="A percentage of N patients is a whole number of patients divided by N, rounded.",
        severity="error",
        function=test_bare_percentages,
        assumptions="The other bare percentages of the same arm fit N, more often than accident allows. Not for "
        "Kaplan–Meier rates, means, "
        "changes, subsets or rows with a note; not where N is so large that every percentage is reachable.",
        literature="Brown & Heathers 2017 (GRIM)",
        example="46.0 % of N = 32: 14/32 = 43.8 %, 15/32 = 46.9 %: no count gives 46.0 %.",
    ),
)
