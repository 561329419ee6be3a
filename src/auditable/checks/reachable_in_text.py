"""percent.reachable in running text: a bare percentage of patients needs a whole number of them.

Comes in: a Study. Goes out: one outcome for each bare percentage of a sentence or caption that counts patients: against
the N that its sentence states; else against the N of a study of one group, which the other percentages of the text
prove; and always against every group that study can hold. What a percentage counts is shares_in_text.py's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import prod

from auditable.blocks import Observation, Study
from auditable.checks.rule import Outcome
from auditable.checks.shares_in_text import Share, bare_shares, study_size, totals_near
from auditable.denominators import EXPLAINED_SHARE, Denominators
from auditable.prose_pairs import prose_pairs
from auditable.rounding import Printed, allowed_prints, counts_for, nearest_counts, percent_of

CHANCE_OF_ACCIDENT = Fraction(1, 100)
"""The other percentages prove an N where so many of them fit it by accident at most this often."""
MIN_OTHERS = 3
LARGEST_STUDY = 60
"""Above this nearly every percentage with one decimal is some group's share."""
ROUND_TEN = 10
"""A whole ten without decimals is often only about right in running text."""


def test_text(study: Study, denominators: Denominators) -> Iterator[Outcome]:
    """One outcome for each bare percentage of patients in running text."""
    shares = bare_shares(study)
    size = study_size(study, denominators) if shares else 0
    plain = [s for s in shares if not s.stated and not s.speaks_of_part]
    paired = [p.share for p in prose_pairs(study) if p.n.speaks_of != "another study" and not p.n.subgroup]
    tables = [o.number for o in study.observations if o.source == "table" and o.statistic == "pct" and o.number]
    for share in shares:
        printed = share.pct.number
        if printed is None or (printed.decimals == 0 and printed.value % ROUND_TEN == 0):
            continue
        if share.stated:
            yield judge_share(share.pct, printed, share.stated, "named in the sentence")
        elif size and (fits := _fits_size(share, printed, size)):
            yield fits
        elif size and _is_printed_in_table(printed, tables):
            continue
        elif size and share in plain and is_no_accident(size, [*paired, *_others(plain, share)], MIN_OTHERS):
            near = {n for n in totals_near(share, study) if n > 1}
            if not any(len(counts_for(printed, n)) for n in near) and max(near, default=0) <= size:
                yield judge_share(share.pct, printed, size, "the N that the other percentages of the text prove")
        elif size and size <= LARGEST_STUDY and max(totals_near(share, study), default=0) <= size:
            yield from _judge_any_group(share.pct, printed, size)


def _fits_size(share: Share, printed: Printed, size: int) -> Outcome | None:
    is_one = len(counts_for(printed, size)) == 1 and not share.speaks_of_part
    return judge_share(share.pct, printed, size) if is_one else None


def _is_printed_in_table(printed: Printed, tables: Sequence[Printed]) -> bool:
    """Whether a table prints this percentage, perhaps with more decimals: its N is then the table's affair."""
    return any(not t.comparator and t.decimals >= printed.decimals and t.value in printed.ordinary for t in tables)


def _others(plain: Sequence[Share], share: Share) -> list[Printed]:
    return [s.pct.number for s in plain if s is not share and s.pct.number and s.pct.number.value % ROUND_TEN]


def share_reachable(printed: Printed, total: int) -> Fraction:
    """Share of all percentages with these decimals that some count of N gives."""
    return Fraction(total + 1, 100 * 10**printed.decimals + 1)


def is_no_accident(total: int, others: Sequence[Printed], fewest: int = 1) -> bool:
    """Whether so many other bare percentages are shares of N that it can hardly be by accident."""
    fitting = [p for p in others if len(counts_for(p, total))]
    accident = prod((min(Fraction(1), share_reachable(p, total)) for p in fitting), start=Fraction(1))
    return len(fitting) >= max(fewest, EXPLAINED_SHARE * len(others)) and accident <= CHANCE_OF_ACCIDENT


def judge_share(pct: Observation, printed: Printed, total: int, why: str = "") -> Outcome:
    """The outcome of a bare percentage against an N that is proved. why: half a sentence that says how."""
    proof = f" (N = {total}: {why})" if why else ""
    fitting = counts_for(printed, total)
    if len(fitting):
        n = fitting[0]
        message = f"{printed} % of {total} is reachable: {n} of {total}{proof}."
        arithmetic = f"{n}/{total} = {allowed_prints(percent_of(n, total), printed.decimals)[-1]} %"
        return Outcome("consistent", (pct,), message, arithmetic, str(printed), str(printed))
    prints = {
        n: allowed_prints(percent_of(n, total), printed.decimals)[-1]
        for n in sorted(set(nearest_counts(printed, total)))
    }
    loose = [n for n in prints if percent_of(n, total) in printed.loose]
    arithmetic = "; ".join(f"{n}/{total} = {p} %" for n, p in prints.items())
    nearest = arithmetic.replace(";", " and")
    message = f"No count of {total} gives {printed} % by rounding; the nearest are {nearest}{proof}."
    if loose:
        how = "cut off" if percent_of(loose[0], total) > printed.value else "rounded up"
        message += f" {loose[0]} of {total} fits if digits are {how} instead of rounded."
    return Outcome(
        "rounding" if loose else "impossible", (pct,), message, arithmetic, str(printed), " or ".join(prints.values())
    )


def _judge_any_group(pct: Observation, printed: Printed, size: int) -> Iterator[Outcome]:
    """A percentage that no group of the study's patients, whatever its size, can have."""
    if any(len(counts_for(printed, n)) for n in range(1, size + 1)):
        return
    near = min(
        ((k, n) for n in range(1, size + 1) for k in nearest_counts(printed, n)),
        key=lambda kn: abs(percent_of(*kn) - printed.value),
    )
    told = f"{near[0]}/{near[1]} = {allowed_prints(percent_of(*near), printed.decimals)[-1]} %"
    message = (
        f"No group among the {size} patients of the study, whatever its size, gives {printed} %; the nearest is {told}."
    )
    yield Outcome("impossible", (pct,), message, told, str(printed), told)
