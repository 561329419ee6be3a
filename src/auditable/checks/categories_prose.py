"""Lists of categories in running text: counts and percentages that part one group of patients.

Comes in: a Study. Goes out: outcomes for the rule categories.sum: lists whose percentages add up to 100, both sexes
of one group, categories that exclude each other by the codebook, and shares beyond a cut-off whose rows a table
prints. Lists that may overlap are left alone.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from fractions import Fraction
from itertools import combinations

from auditable.blocks import Observation, Study, count_of
from auditable.checks.flow_words import PEOPLE
from auditable.checks.rule import Outcome
from auditable.checks.scale_parts import Cut, find_cuts
from auditable.checks.summaries import arm_of, lone_arm
from auditable.checks.words import read_span
from auditable.codebook import load_codebook
from auditable.denominators import Pair, whole_number
from auditable.prose_pairs import prose_pairs
from auditable.rounding import Interval, decimal_text, mildest, percent_of, print_rounded, totals_for

LONGEST_LIST = 8
MOST_TIMES = 11
"""How many times the other counts of a list the N may be that a mended count gives."""
BOTH_SEXES = {"female", "male"}
COUNTS_PEOPLE = re.compile(rf"^\s*(?:[a-z-]+\s+){{0,3}}{PEOPLE}", re.IGNORECASE)
REMAINING = re.compile(r"(?<!of )\b(?:the|and|while)\s+(?:remaining|other|rest,?)\s*$", re.IGNORECASE)
GOES_ON = re.compile(
    r"^\s*(?:\(|patients\b|subjects\b|participants\b|had\b|were\b|did\b|was\b|received\b)", re.IGNORECASE
)
_NESTED = re.compile(
    r"\b(?:or (?:better|more|higher|worse|above)|at least|once|each|before and|baseline and|times|converted|improved)\b"
    r"|[≥≤]",
    re.IGNORECASE,
)
"""Words of categories that hold others, or of people who were counted twice."""
BETWEEN_SHARE_AND_BOUND = re.compile(r"^[^\d;.]{0,45}$")


def test_lists(study: Study) -> Iterator[Outcome]:
    """One outcome for each list of the text whose sum says something."""
    by_quote: dict[tuple[int, str], list[Pair]] = defaultdict(list)
    for pair in prose_pairs(study):
        if pair.n.speaks_of == "this study":
            by_quote[(pair.n.page, pair.n.quote)].append(pair)
    counts = [o for o in study.observations if o.statistic in ("n", "total") and o.whole]
    everywhere = Counter(o.whole for o in counts)
    told = Counter((o.quote, o.whole) for o in counts)
    before: list[Pair] = []
    for pairs in by_quote.values():
        quote = pairs[0].n.quote
        known = {n for n, times in everywhere.items() if n and times > told[quote, n]} | _sums_of_parts(before)
        yield from _test_pairs(pairs, known)
        before = pairs
    for mentions in study.sentences:
        yield from _test_exclusive(mentions)
        yield from _test_remaining(mentions)
    yield from _test_cut_offs(study)


def _sums_of_parts(pairs: Sequence[Pair]) -> set[int]:
    """Groups that two or three counts of a sentence make together: the next sentence may part them in another way."""
    counts = [p.count for p in pairs[:LONGEST_LIST]]
    return {sum(some) for size in (2, 3) for some in combinations(counts, size)}


def _test_pairs(pairs: Sequence[Pair], known: Collection[int]) -> Iterator[Outcome]:
    """A run of n (p%) whose percentages add up to 100: then the counts add up to the N of them all.

    known: numbers of people the paper names elsewhere.
    """
    start = 0
    while start < len(pairs) - 1:
        for end in range(min(len(pairs), start + LONGEST_LIST), start + 1, -1):
            run = pairs[start:end]
            if all(p.pct.decimals for p in run) and _adds_to_100(run) and len({p.n.arm for p in run}) == 1:
                yield _judge_run(run, known)
                start = end - 1
                break
        start += 1


def _adds_to_100(run: Sequence[Pair]) -> bool:
    low = sum((p.share.ordinary.low or Fraction(0) for p in run), Fraction(0))
    high = sum((p.share.ordinary.high or Fraction(100) for p in run), Fraction(0))
    return low <= 100 <= high


def _judge_run(run: Sequence[Pair], known: Collection[int]) -> Outcome:
    total = sum(p.count for p in run)
    observations = tuple(o for p in run for o in (p.n, p.pct))
    shown = " + ".join(str(p.count) for p in run)
    arithmetic = f"{shown} = {total}; {' + '.join(str(p.share) for p in run)} = 100 within rounding"
    if total > 0 and all(p.fits(total) for p in run):
        message = f"The {len(run)} counts and percentages part one group of {total}."
        return Outcome("consistent", observations, message, arithmetic, str(total), str(total))
    message = "The percentages add up to 100, but the counts have no N in common; they may part different groups."
    found = next(_mends(run), None)
    if found is None or total <= 0:
        return Outcome("not testable", observations, message, arithmetic, str(total), "")
    pair, count, whole = found
    shares = " and ".join(print_rounded(percent_of(p.count, total), p.share.decimals) for p in run)
    message = "The percentages of this list add up to 100, but its counts do not give them: "
    if total in known and whole not in known:
        message += f"of all {total}, a group the paper names elsewhere, they would be {shares} %."
        accused, printed, expected = run[0].pct, " and ".join(str(p.share) for p in run), shares
    else:
        message += f"with {count} in place of {pair.count} they would, of {whole}; of all {total} they are {shares} %."
        accused, printed, expected = pair.n, str(pair.count), str(count)
    ordered = (accused, *(o for o in observations if o is not accused))
    return Outcome("impossible", ordered, message, arithmetic, printed, expected)


def _mends(run: Sequence[Pair]) -> Iterator[tuple[Pair, int, int]]:
    """A pair of a list, the count in place of its own that makes all percentages right, and the N they then have."""
    for pair in run:
        rest = [p for p in run if p is not pair]
        for count in _mending_counts(pair, rest):
            yield pair, count, sum(p.count for p in rest) + count


def _mending_counts(pair: Pair, rest: Sequence[Pair]) -> list[int]:
    """Counts in place of one that make every percentage of the list right; empty unless there is exactly one."""
    others = sum(p.count for p in rest)
    totals = range(max(1, others), MOST_TIMES * (others + 1))
    for p in rest:
        if (fitting := totals_for(p.count, p.share, is_loose=True)) is not None:
            totals = range(max(totals.start, fitting.start), min(totals.stop, fitting.stop))
    found = [
        total - others
        for total in totals
        if total - others != pair.count
        and all(p.fits(total) for p in rest)
        and pair.share.judge(percent_of(total - others, total)) == "consistent"
    ]
    return found if len(found) == 1 else []


def _test_exclusive(mentions: Sequence[Observation]) -> Iterator[Outcome]:
    """Categories of one variable that exclude each other by the codebook, in one sentence."""
    groups: dict[tuple[str, ...], list[Observation]] = defaultdict(list)
    for o in mentions:
        if o.statistic in ("n", "pct") and o.number and o.category and o.speaks_of == "this study" and not o.patient:
            known = load_codebook().variables.get(o.variable)
            if known is not None and known.relation == "exclusive" and o.category in known.categories:
                groups[(o.statistic, o.variable, o.arm, o.subgroup, o.timepoint, o.population, o.reference)].append(o)
    for found in groups.values():
        if len(found) < 2 or len({o.category for o in found}) != len(found):
            continue
        if any(o.number is None or o.number.comparator for o in found):
            continue
        is_sexes = {o.category for o in found} == BOTH_SEXES
        if found[0].statistic == "pct":
            yield from _judge_shares(found, is_sexes)
        elif is_sexes:
            yield from _judge_sexes(found, mentions)
        else:
            yield from _judge_counts(found, mentions)


def _judge_shares(found: Sequence[Observation], is_complete: bool) -> Iterator[Outcome]:
    inside = [o.number.ordinary for o in found if o.number]
    low = sum((i.low or Fraction(0) for i in inside), Fraction(0))
    high = sum((i.high or Fraction(100) for i in inside), Fraction(0))
    face = sum((o.number.value for o in found if o.number), Fraction(0))
    shown = f"{' + '.join(o.value for o in found)} = {decimal_text(face, max(o.decimals for o in found))}%"
    names = ", ".join(o.category for o in found)
    if low > 100 or (is_complete and high < 100):
        message = (
            f"The categories ({names}) exclude each other, but their percentages do not add up to 100 within rounding."
        )
        yield Outcome("impossible", tuple(found), message, shown, decimal_text(face, 1), "100")
    elif Fraction(100) in Interval(low, high):
        message = f"The percentages ({names}) add up to 100 within rounding."
        yield Outcome("consistent", tuple(found), message, shown, "100", "100")


def _people_before(found: Sequence[Observation], mentions: Sequence[Observation]) -> list[Observation]:
    """The numbers of people named before the first of these, and nothing else that is counted there.

    A number with a percentage is itself a part of them: "77 patients (73.3 %) were male, and 81 …".
    """
    first = min(o.start for o in found)
    if any(o.statistic == "pct" and o.start < first for o in mentions):
        return []
    before = [
        o
        for o in mentions
        if o.statistic in ("n", "total") and o.whole is not None and o.start < first and o.arm == found[0].arm
    ]
    people = [
        o
        for o in before
        if o.statistic == "total" or COUNTS_PEOPLE.match(o.quote[o.end :]) or o.variable == "n_patients"
    ]
    return people if len(before) == 1 else []


def _judge_counts(found: Sequence[Observation], mentions: Sequence[Observation]) -> Iterator[Outcome]:
    """Categories that exclude each other hold no more people than the one number of them named before."""
    people = _people_before(found, mentions)
    if len(people) != 1 or _NESTED.search(found[0].quote) or any(o.whole is None for o in found):
        return
    total, parts = people[0], sum(map(count_of, found))
    names = ", ".join(o.category for o in found)
    arithmetic = f"{' + '.join(o.value for o in found)} = {parts}; {total.value} people"
    observations = (*found, total)
    if parts == total.whole:
        message = f"The categories ({names}) add up to all."
        yield Outcome("consistent", observations, message, arithmetic, str(parts), total.value)
    elif parts > count_of(total) and not total.reference:
        message = (
            f"The categories ({names}) exclude each other and add up to {parts}, but the sentence speaks of "
            f"{total.value}."
        )
        yield Outcome("impossible", observations, message, arithmetic, str(parts), f"at most {total.value}")


def _judge_sexes(found: Sequence[Observation], mentions: Sequence[Observation]) -> Iterator[Outcome]:
    """Women and men against the one number of people named before them in the sentence."""
    people = _people_before(found, mentions)
    if len(people) != 1:
        return
    total, parts = people[0], sum(o.whole or 0 for o in found)
    arithmetic = f"{' + '.join(o.value for o in found)} = {parts}; {total.value} people"
    observations = (*found, total)
    if parts == total.whole:
        yield Outcome("consistent", observations, "Women and men add up to all.", arithmetic, str(parts), total.value)
    elif not total.reference:
        message = f"Women and men add up to {parts}, but the sentence speaks of {total.value}."
        yield Outcome("impossible", observations, message, arithmetic, str(parts), total.value)


def _test_remaining(mentions: Sequence[Observation]) -> Iterator[Outcome]:
    """ "Of 32 patients 14 had …, the remaining 18 …": what remains and what does not are all."""
    counts = [o for o in mentions if o.statistic in ("n", "total")]
    if len(counts) != 3 or any(o.whole is None or o.speaks_of != "this study" for o in counts):
        return
    whole, part, rest = counts
    quote = whole.quote
    opens = re.search(r"\b(?:of|among)\s+(?:the|our|these|all)?\s*$", quote[: whole.start], re.IGNORECASE)
    if not opens or not REMAINING.search(quote[: rest.start]) or not GOES_ON.match(quote[rest.end :]):
        return
    if count_of(whole) < max(count_of(part), count_of(rest)) or len({o.arm for o in counts}) != 1:
        return
    found = count_of(part) + count_of(rest)
    arithmetic = f"{part.value} + {rest.value} = {found}; {whole.value} in all"
    observations = (rest, part, whole)
    if found == whole.whole:
        yield Outcome("consistent", observations, "The rest is what is left.", arithmetic, rest.value, rest.value)
        return
    left = count_of(whole) - count_of(part)
    message = f"Of {whole.value}, {part.value} are named and {rest.value} are said to remain; {left} do."
    yield Outcome("impossible", observations, message, arithmetic, rest.value, str(left))


def _test_cut_offs(study: Study) -> Iterator[Outcome]:
    """A share or count of the text beyond a cut-off ("15% had had ≥ 2 lines") against the rows of a table."""
    cuts: dict[tuple[str, str], list[Cut]] = defaultdict(list)
    lone = lone_arm(study)
    for cells in study.blocks.values():
        first = cells[0].first
        if (
            first.variable
            and first.table_type not in ("individual", "adverse events", "subgroup")
            and not first.subgroup
        ):
            cuts[(first.variable, arm_of(first, lone))] += find_cuts(cells)
    for mentions in study.sentences if cuts else ():
        for o, bound in zip(mentions, [*mentions[1:], None], strict=True):
            if o.statistic not in ("n", "pct") or o.number is None or o.subgroup or o.reference or o.timepoint:
                continue
            if o.speaks_of != "this study":
                continue
            variable, label = _cut_off_of(o, bound)
            found = [
                side for cut in cuts.get((variable, arm_of(o, lone)), []) if (side := _side_of(label, cut)) is not None
            ]
            if variable and len(found) == 1:
                yield _judge_side(o, *found[0])


def _cut_off_of(o: Observation, bound: Observation | None) -> tuple[str, str]:
    """The variable and the cut-off a number speaks of: its own category, else the bound right behind it."""
    if o.variable and read_span(o.category):
        return o.variable, o.category
    is_behind = bound is not None and bool(BETWEEN_SHARE_AND_BOUND.match(o.quote[o.end : bound.start]))
    if bound is None or not is_behind or bound.statistic != "bound" or o.category:
        return "", ""
    is_its_own = bound.variable and o.variable in ("", bound.variable)
    return (bound.variable, f"{bound.comparator}{bound.value}") if is_its_own else ("", "")


def _side_of(label: str, cut: Cut) -> tuple[int, Cut] | None:
    """How many patients lie on the side of a cut-off that a label names; None where the cut-off is another."""
    span = read_span(label)
    if span is None or (span.low is None) == (span.high is None):
        return None
    if span.low is not None:
        is_same = (span.low == cut.right_end and not span.is_strict and not cut.is_closed_left) or (
            span.low == cut.left_end and span.is_strict and cut.is_closed_left
        )
        return (cut.total - cut.below, cut) if is_same else None
    is_same = (span.high == cut.right_end and span.is_strict and not cut.is_closed_left) or (
        span.high == cut.left_end and not span.is_strict and cut.is_closed_left
    )
    return (cut.below, cut) if is_same else None


def _judge_side(o: Observation, count: int, cut: Cut) -> Outcome:
    totals = {t for t in (cut.total, *(whole_number(r.denominator) for r in cut.rows)) if t}
    rows = ", ".join(f"{r.label}: {r.value}" for r in cut.rows)
    observations = (o, *cut.rows)
    if o.statistic == "n":
        is_right = o.whole == count or o.number is None or o.number.comparator != ""
        arithmetic = f"{rows}; {count} beyond the cut-off"
        message = f"The table's rows give {count}; the text says {o.value}."
        verdict = "consistent" if is_right else "impossible"
        return Outcome(verdict, observations, message, arithmetic, o.value, str(count))
    verdict = mildest(o.number.judge(percent_of(count, t)) for t in totals) if o.number else "not testable"
    expected = print_rounded(percent_of(count, max(totals)), o.decimals)
    arithmetic = f"{rows}; {count}/{max(totals)} = {print_rounded(percent_of(count, max(totals)), o.decimals + 2)}%"
    message = f"The table's rows give {count} of {max(totals)} ({expected}%); the text says {o.value}%."
    return Outcome(verdict, observations, message, arithmetic, o.value, expected)
