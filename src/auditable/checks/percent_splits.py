"""percent.splits, percent.split_sizes: the parts of a split hold all patients, as many as the baseline table counts.

Comes in: a Study. Goes out: for percent.splits one outcome for each row group of a subgroup table; for
percent.split_sizes one for each part whose patients another table counts under the same label. Splits of bare
percentages are left to percent_subgroups.py, x/N against its percentage to percent_of_n.py.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from auditable.blocks import Observation, Study
from auditable.checks.rule import Outcome, Rule
from auditable.checks.subgroup_rows import Part, Split, find_splits
from auditable.checks.words import plain
from auditable.model import PATH_SEPARATOR

MIN_OTHERS = 2
"""Other splits of the table that must add up, in patients and in outcomes, before one that does not may be accused."""
_SEX = re.compile(r"\s(?:sex|gender)$|s$")
_YES = re.compile(r"^(?:yes|present|positive|with)$")


def test_splits(study: Study) -> Iterator[Outcome]:
    """One outcome for each row group with x of N beside the x of N of all."""
    tables: dict[str, list[Split]] = defaultdict(list)
    for split in find_splits(study):
        tables[split.overall.n.table_id].append(split)
    for splits in tables.values():
        whole = [s for s in splits if s.sizes_fit and s.counts_fit]
        for split in splits:
            if split in whole:
                yield _fits(split)
            elif len(whole) >= MIN_OTHERS and _is_exclusive(split, splits):
                yield from _fails(split)


def _is_exclusive(split: Split, splits: Sequence[Split]) -> bool:
    """Whether the parts exclude each other: in one of the two sums, or in another column, they hold everybody."""
    others = [s for s in splits if s is not split and s.group == split.group]
    return split.sizes_fit or split.counts_fit or any(s.sizes_fit and s.counts_fit for s in others)


def _fits(split: Split) -> Outcome:
    arithmetic = f"{_sum([p.x for p in split.parts])} of {_sum([p.size for p in split.parts])}"
    message = f'The parts of "{split.group}" add up to all patients: {split.overall.x} of {split.overall.size}.'
    printed = f"{split.overall.x}/{split.overall.size}"
    return Outcome("consistent", _shown(split), message, arithmetic, printed, printed)


def _fails(split: Split) -> Iterator[Outcome]:
    """The sum that cannot be: patients lost from a split may have no outcome, but none may be added."""
    counts, sizes = [p.x for p in split.parts], [p.size for p in split.parts]
    if sum(sizes) > split.overall.size or (sum(sizes) < split.overall.size and sum(counts) > split.overall.x):
        yield _accuse(split, sizes, split.overall.size, "patients")
    elif not split.counts_fit and (split.sizes_fit or sum(counts) > split.overall.x):
        yield _accuse(split, counts, split.overall.x, "patients with the outcome")


def _accuse(split: Split, parts: Sequence[int], whole: int, what: str) -> Outcome:
    mends = [
        f'{n + whole - sum(parts)} for "{p.n.label}"'
        for p, n in zip(split.parts, parts, strict=True)
        if n + whole - sum(parts) >= 0
    ]
    message = (
        f'The parts of "{split.group}" add up to {sum(parts)} {what}, but all together are {whole}; '
        f"{' or '.join(mends) or whole} would fit."
    )
    return Outcome("impossible", _shown(split), message, f"{_sum(parts)}, not {whole}", str(sum(parts)), str(whole))


def _sum(numbers: Sequence[int]) -> str:
    return f"{' + '.join(map(str, numbers))} = {sum(numbers)}"


def _shown(split: Split) -> tuple[Observation, ...]:
    return tuple(o for p in (*split.parts, split.overall) for o in (p.n, p.total))


def test_sizes(study: Study) -> Iterator[Outcome]:
    """One outcome for each part of a split whose patients another table counts under the same label."""
    known: dict[tuple[str, str, str], list[Observation]] = defaultdict(list)
    rows: dict[tuple[str, str, str, str], list[Observation]] = defaultdict(list)
    for o in study.observations:
        is_count = o.source == "table" and o.statistic == "n" and o.whole is not None and not o.subgroup
        if is_count and o.denominator:
            known[(o.arm, o.denominator, _name(o.label))].append(o)
            rows[_rows_of(o)].append(o)
    for split in find_splits(study):
        for part in split.parts:
            found = known[(part.n.arm, str(split.overall.size), _name_of(part))]
            found = [o for o in found if o.table_id != part.n.table_id]
            if found and len({o.whole for o in found}) == 1:
                yield from _compare(part, split, found[0], rows[_rows_of(found[0])])


def _rows_of(o: Observation) -> tuple[str, str, str, str]:
    return (o.table_id, o.spanner_path, o.arm, o.group)


def _compare(part: Part, split: Split, there: Observation, rows: Sequence[Observation]) -> Iterator[Outcome]:
    """What a part's size says beside the count that another table prints of it. rows: the counts of that row group."""
    others = [p for p in split.parts if p is not part]
    beside = sum(p.size for p in others)
    whole, stands = split.overall.size, there.whole or 0
    observations = (part.total, *(p.total for p in others), there)
    printed, expected = str(part.size), str(stands)
    said = f'"{part.n.label}" has {part.size} patients here, but {there.place} counts {stands}'
    if stands == part.size:
        message = f'"{part.n.label}" has {part.size} patients here and in {there.place}.'
        yield Outcome("consistent", (part.total, there), message, "", printed, printed)
    elif split.sizes_fit and len(others) == 1 and stands == others[0].size:
        message = (
            f'"{part.n.label}" has {part.size} patients here and "{others[0].n.label}" {stands}, but {there.place} '
            f"counts {stands}: the two sides are swapped in one of the tables."
        )
        arithmetic = f"{part.size} + {stands} = {whole}; {stands} there"
        yield Outcome("impossible", observations, message, arithmetic, printed, expected)
    elif not split.sizes_fit and beside + stands == whole:
        message = f"{said}: with that the parts hold all {whole}, with {part.size} they do not."
        arithmetic = f"{beside} + {stands} = {whole}, {beside} + {part.size} = {beside + part.size}"
        yield Outcome("impossible", observations, message, arithmetic, printed, expected)
    elif split.sizes_fit and (row := next((o for o in rows if o.whole == part.size), None)):
        message = f'{said}; {part.size} stands there in the row "{row.label}": the rows seem to be exchanged.'
        arithmetic = f"{beside} + {part.size} = {whole}; {stands} there"
        yield Outcome("impossible", (*observations, row), message, arithmetic, printed, expected)


def _name_of(part: Part) -> str:
    """What a part is called; "Yes" is called by its group."""
    return _name(part.n.group.split(PATH_SEPARATOR)[-1] if _YES.match(plain(part.n.label)) else part.n.label)


def _name(label: str) -> str:
    """A label without its unit and marks: "<65 years" and "<65" are one."""
    text = plain(label)
    bound = re.fullmatch(r"([<>≤≥]\s?\d+(?:\.\d+)?)(?:\s?(?:years?|yrs?|y))?", text)
    return re.sub(r"\s", "", bound.group(1)) if bound else _SEX.sub("", text)


RULES = (
    Rule(
        id="percent.splits",
        claim="The parts of a split hold all patients and all patients with the outcome.",
        severity="error",
        function=test_splits,
        assumptions="The column prints x of N for all patients; two other splits of the table add up in both; one of "
        "the two sums of the split does, or the same split in another column. Patients missing from a split are no "
        "error.",
        literature="INSPECT-SR check 4 (internal consistency)",
        example="Overall 24/39; women 8/12 and men 17/27: 12 + 27 = 39, but 8 + 17 = 25.",
    ),
    Rule(
        id="percent.split_sizes",
        claim="A part of a split has the patients that the baseline table counts for it.",
        severity="error",
        function=test_sizes,
        assumptions="Another table counts the same label in the same arm of the same N. It is accused where the parts "
        "hold the N of the arm and that count is the other part's, or the part's size stands in another row of the "
        "same group; or where the parts hold the N with that count alone. Fewer patients alone may be missing values.",
        literature="INSPECT-SR check 4 (internal consistency)",
        example="Subgroups: women 20/40, men 14/34; Table 1 counts 34 women of 74: the two rows are swapped.",
    ),
)
