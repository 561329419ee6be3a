"""Differences as a paper prints them: beside percentages or means of two arms in a row, or behind two in a sentence.

Comes in: a Study. Goes out: one Difference for each, with the two numbers it takes from each other, the range their
rounding allows, and its limits where they are printed. Standardised, relative and adjusted differences, and those of
medians, are no difference of what stands beside them. What must hold is left to effect_difference.py.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from auditable.blocks import Cell, Observation, Study, number_of
from auditable.checks.compared import MODELLED, NO_ARM
from auditable.denominators import whole_number
from auditable.model import PATH_SEPARATOR
from auditable.rounding import Interval, percent_of

REACH = 80
"""Most characters between the second of two numbers and their difference."""
LEAD = 60
"""Most characters of the words that name a difference."""
_HEAD = re.compile(r"\bdifferen\w*|\bARD\b|\babsolute risk (?:reduction|increase)|\bMD\b|\bΔ", re.IGNORECASE)
_OTHER = re.compile(
    r"\b(?:standardi[sz]ed|SMD|relative|ratio|medians?|hodges|adj\w*|model\w*|least[- ]squares?|LSM?|weighted|matched"
    r"|imputed|stratified|mantel|regress\w*|ANCOVA|effect sizes?|cohen|ln|log|fold|survival|hazard|ranks?|tests?"
    r"|p[- ]?values?|changes?|non-?inferior\w*|margin|power|detect\w*|assum\w*|expect\w*|minimal\w*|important)\b"
    r"|[*†‡§]",
    re.IGNORECASE,
)
_LEADS = re.compile(
    r"(?:\b(?:absolute|risk|rate|mean|between[- ]group|group|treatment|crude|unadjusted)[\s,-]+){0,3}"
    r"(?:\bdifferen(?:ce|tial)|\babsolute (?:risk )?(?:reduction|increase|difference)|\bARD\b|\bARR\b)"
    r"(?:\s(?:was|were|is|of|in (?P<what>[a-z]+))){0,3}(?:\s?[\[(][A-Z]{2,3}[\])])?[\s:,=]*$",
    re.IGNORECASE,
)
"""Right before a difference in running text: "(between-group difference, ", "absolute difference of "."""
_OF_NUMBERS = ("means", "mean", "proportions", "percentages", "rates", "risk", "risks", "scores")
"""What a difference may be in without being of another thing."""
_OTHER_TIME = re.compile(
    r"[(\[;,](?:\sand)?\s?(?:at|after|by|during)\s(?:the\s)?(?:\d|weeks?|months?|days?|years?|end|follow)[^(\[;,]*$"
)
"""Behind two numbers a time that only the difference is of: "; at 12 weeks the "."""
_FROM_TO = re.compile(r"\bfrom\s$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Difference:
    """A printed difference and the two numbers it is of; spans: what each may have been before it was rounded.

    shares: both percentages before they were rounded, where their counts are known.
    """

    printed: Observation
    first: Observation
    second: Observation
    spans: tuple[Interval, Interval]
    shares: tuple[Fraction, Fraction] | None
    low: Observation | None
    high: Observation | None
    column: tuple[str, str]

    @property
    def exact(self) -> Fraction | None:
        """The difference of the shares, where they are known."""
        return self.shares[0] - self.shares[1] if self.shares else None

    @property
    def implied(self) -> tuple[Fraction, Fraction]:
        """Smallest and largest difference that the printed numbers allow."""
        if self.exact is not None:
            return self.exact, self.exact
        a, b = self.spans
        zero = Fraction(0)
        return (a.low or zero) - (b.high or zero), (a.high or zero) - (b.low or zero)


def find_differences(study: Study) -> Iterator[Difference]:
    """Differences of tables, then of sentences."""
    rows: dict[tuple[str, int, str], list[Cell]] = defaultdict(list)
    for cell in study.cells:
        o = cell.first
        if o.speaks_of == "this study" and o.table_type != "individual":
            rows[(o.table_id, o.row, o.stub_path)].append(cell)
    for (_, _, stub_path), cells in rows.items():
        if not _OTHER.search(stub_path) and not MODELLED.search(stub_path):
            yield from _in_row(cells)
    for mentions in study.sentences:
        if mentions[0].source != "caption":
            yield from _in_sentence(mentions)


def _in_row(cells: Sequence[Cell]) -> Iterator[Difference]:
    heads = {c: c.first.spanner_path for c in cells}
    own = [c for c in cells if _HEAD.search(heads[c]) and not _OTHER.search(heads[c])]
    arms = [
        c for c in cells if not NO_ARM.search(heads[c].rpartition(PATH_SEPARATOR)[2]) and not _HEAD.search(heads[c])
    ]
    if len(own) != 1 or any(c.first.subgroup for c in cells):
        return
    printed = next((o for s in ("value", "pct", "mean") if (o := own[0].only(s)) is not None), None)
    together = [(o, _exact(c)) for c in arms if (o := _centre(c)) is not None]
    centres = [o for o, _ in together]
    if printed is None or len(centres) != 2 or centres[0].statistic != centres[1].statistic:
        return
    limits = own[0].only("ci_low"), own[0].only("ci_high")
    found = _difference(printed, centres[0], centres[1], [share for _, share in together], *limits)
    if found is not None:
        yield found


def _centre(cell: Cell) -> Observation | None:
    mean, pct = cell.only("mean"), cell.only("pct")
    found = [o for o in (mean, pct) if o is not None]
    return found[0] if len(found) == 1 else None


def _exact(cell: Cell) -> Fraction | None:
    """The share of a cell before it was rounded, where its count and N are known and give what is printed."""
    n, pct, total = cell.only("n"), cell.only("pct"), cell.only("total")
    size = (total.whole if total else None) or (whole_number(n.denominator) if n else None)
    return _share(n, size, pct) if n is not None and pct is not None else None


def _share(n: Observation, size: int | None, pct: Observation) -> Fraction | None:
    """The share that a count is of its N, where it may print as the percentage."""
    if n.whole is None or not size or n.whole > size:
        return None
    share = percent_of(n.whole, size)
    return share if share in number_of(pct).loose else None


def _in_sentence(mentions: Sequence[Observation]) -> Iterator[Difference]:
    """A difference behind exactly two percentages or two means of its sentence."""
    if any(o.speaks_of == "another study" for o in mentions):
        return
    for i, o in enumerate(mentions):
        if _OTHER.search(o.quote[: o.start]):
            return
        lead = _LEADS.search(o.quote, max(0, o.start - LEAD), o.start)
        if o.statistic not in ("value", "pct", "mean") or lead is None:
            continue
        before = [m for m in mentions[:i] if m.statistic in ("pct", "mean")]
        if len(before) != 2 or before[0].statistic != before[1].statistic or not _may_be_of(o, before[1]):
            continue
        if not _are_compared(before[0], before[1], lead):
            continue
        low, high = (
            next((m for m in mentions[i + 1 : i + 4] if m.statistic == s), None) for s in ("ci_low", "ci_high")
        )
        shares = [_share_in_sentence(m, mentions) for m in before]
        found = _difference(o, before[0], before[1], shares, low, high)
        if found is not None:
            yield found
        return


def _are_compared(first: Observation, second: Observation, lead: re.Match[str]) -> bool:
    """Whether two numbers are of one thing at one time, and the difference is said to be of no other."""
    quote, what = first.quote, (lead["what"] or "").lower()
    is_one_thing = not what or what in _OF_NUMBERS or what in quote[: second.end].lower()
    is_change = _FROM_TO.search(quote, 0, first.start)
    is_parted = ";" in quote[first.end : second.start] or _OTHER_TIME.search(quote, second.end, lead.start())
    return is_one_thing and not is_change and not is_parted


def _may_be_of(o: Observation, second: Observation) -> bool:
    """Whether the difference stands near enough and is in the unit of what it would be the difference of."""
    is_share = second.statistic == "pct"
    is_points = o.statistic == "pct" or "point" in f"{o.unit} {o.quote[o.end : o.end + 20]}"
    same = o.unit == second.unit or not o.unit or not second.unit
    return 0 < o.start - second.end <= REACH and (is_points if is_share else same and o.statistic != "pct")


def _share_in_sentence(pct: Observation, mentions: Sequence[Observation]) -> Fraction | None:
    for n in mentions:
        if n.statistic == "n" and abs(n.end - pct.start) <= REACH:
            share = _share(n, whole_number(n.denominator), pct)
            if share is not None:
                return share
    return None


def _difference(
    printed: Observation,
    first: Observation,
    second: Observation,
    shares: Sequence[Fraction | None],
    low: Observation | None,
    high: Observation | None,
) -> Difference | None:
    numbers = [o.number for o in (printed, first, second)]
    if any(n is None or n.comparator for n in numbers):
        return None
    spans = number_of(first).ordinary, number_of(second).ordinary
    a, b = shares if len(shares) == 2 else (None, None)
    both = (a, b) if a is not None and b is not None else None
    return Difference(printed, first, second, spans, both, low, high, (printed.table_id, printed.spanner_path))
