"""agreement.text_table: a number in running text is the number in the table, at the coarser printed precision.

Comes in: a Study. Goes out: one outcome for each statement of a sentence, caption or note that speaks of a row of the
tables (pairing.py says which and how sure that is). A number is accused only where no row that may be meant explains
it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from auditable.blocks import Observation, Study, number_of
from auditable.checks.matching import agree_loosely, all_words_of
from auditable.checks.pairing import FEW_DIGITS, TELLING_DIGITS, Pair, index_cells, is_whole, pair_with
from auditable.checks.rule import Outcome, Rule
from auditable.checks.statements import OF_ARM, Statement, is_own_result, table_statements, text_statements

Rows = Mapping[tuple[str, int], list[Statement]]
"""The cells of each row of each table."""
TWO = 2
NEARBY = 150
"""Most characters between statements of one row or group."""
BY_NUMBERS_ONLY = ("hr", "or", "rr", "ci_low", "ci_high", "p", "rate")
"""What one row may have many of, by model and comparison: a name alone does not say which is meant."""

_WHOLE_BEFORE = re.compile(r"\b(?:of|from|among)\s(?:the\s|these\s|a\stotal\sof\s)?$", re.IGNORECASE)
_LEFT_OUT = re.compile(r"\b(?:excluded|not\seligible|ineligible|declined|refused|removed|left\sout)\b", re.IGNORECASE)


def test_agreement(study: Study) -> Iterator[Outcome]:
    """One outcome for each statement of the text that speaks of a row."""
    cells = table_statements(study)
    if not cells:
        return
    rows: dict[tuple[str, int], list[Statement]] = defaultdict(list)
    for cell in cells:
        rows[cell.first.table_id, cell.first.row].append(cell)
    index = index_cells(cells)
    for sentence in text_statements(study):
        paired = [pair_with(statement, index) for statement in sentence]
        for statement, pairs in zip(sentence, paired, strict=True):
            beside = [p for other, ps in zip(sentence, paired, strict=True) if other is not statement for p in ps]
            if outcome := _judge(statement, pairs, beside, rows):
                yield outcome


def _judge(statement: Statement, pairs: Sequence[Pair], beside: Sequence[Pair], rows: Rows) -> Outcome | None:
    """What the statement's pairs say of it: the row that fits, the row it fails, or nothing."""
    fitting = [p for p in pairs if not p.odd and (p.is_named or _has_words(p)) and _may_be_meant(p)]
    explained = {s for p in fitting for s in p.agreeing}
    accused = [p for p in pairs if p.odd and p.odd[0] not in explained and _is_proved(p, pairs, beside, rows)]
    accused = [
        p
        for p in accused
        if not _is_told_beside(p, beside) and not _is_before_exclusion(p) and not _is_of_several_arms(p, rows)
    ]
    if not accused or not is_own_result(statement) or any(_is_other_row(p, accused, statement) for p in pairs):
        best = max(fitting, key=lambda p: (p.is_named, len(p.agreeing), -len(p.strange)), default=None)
        return _fits(best) if best else None
    return _fails(max(accused, key=lambda p: (len(p.agreeing), p.is_named, -len(p.strange))))


def _is_told_beside(pair: Pair, beside: Sequence[Pair]) -> bool:
    """Whether the sentence prints the cell's number too, for another statement: this one tells of something else."""
    odd = pair.odd[0]
    return any(p.other is pair.other and odd in p.exact and p.is_named for p in beside)


def _is_before_exclusion(pair: Pair) -> bool:
    """Whether a lone count is what some were left out of ("Of 151 eyes, nine were excluded"): no table counts those."""
    o = pair.text.first
    return (
        pair.odd == ("n",)
        and bool(_WHOLE_BEFORE.search(o.quote[: o.start]))
        and bool(_LEFT_OUT.search(o.quote[o.end :]))
    )


def _is_of_several_arms(pair: Pair, rows: Rows) -> bool:
    """Whether the sentence counts from an N that two or more columns of the row hold together: "36 of 280"."""
    own = {o.denominator for o in pair.text.numbers.values() if o.denominator_proof == "sentence"}
    sizes = {c.first.col: c.first.denominator for c in rows.get(_row(pair), ()) if c.first.denominator.isdigit()}
    sums = {(0, 0)}
    for size in map(int, sizes.values()):
        sums |= {(total + size, min(columns + 1, TWO)) for total, columns in sums}
    is_sum = all((int(n), TWO) in sums for n in own if n.isdigit())
    return bool(own) and is_sum and pair.other.first.denominator not in own


def _may_be_meant(pair: Pair) -> bool:
    """Whether the sentence speaks of the cell's part of the patients, or holds a word of its row; where it names its
    arm, not another one.
    """
    a, b = pair.text.first, pair.other.first
    if a.arm and b.arm and a.arm != b.arm and _is_said(a.arm, a.quote) and not _is_said(b.arm, a.quote):
        return False
    is_whole_row = not b.subgroup or a.subgroup == b.subgroup
    return is_whole_row or not all_words_of(f"{b.label} {b.group} {b.subgroup}").isdisjoint(pair.text.around)


def _is_said(arm: str, quote: str) -> bool:
    """Whether a sentence holds the first word of an arm's name."""
    words = [w for w in re.findall(r"[a-z][a-z-]{2,}", arm.lower()) if w not in OF_ARM]
    return bool(words) and words[0] in quote.lower()


def _is_other_row(pair: Pair, accused: Sequence[Pair], statement: Statement) -> bool:
    """Whether another row prints all numbers of the statement, and the sentence holds a word of that row alone."""
    if pair.odd or len(pair.agreeing) < len(statement.numbers):
        return False
    known = frozenset(w for p in accused for w in p.other.around)
    return not (pair.other.around - known).isdisjoint(statement.around)


def _is_proved(pair: Pair, pairs: Sequence[Pair], beside: Sequence[Pair], rows: Rows) -> bool:
    """Whether the statement must speak of this cell."""
    if not pair.odd or (len(pair.odd) > 1 and not pair.agreeing):
        return False
    if len(pair.odd) == 1 and _is_proved_by_numbers(pair, pairs, beside):
        return True
    if not pair.is_named or not is_whole(pair.text, pair.other) or not _is_of_arm(pair, rows):
        return False
    if any(s in BY_NUMBERS_ONLY for s in pair.odd):
        return False
    return all(pair.is_slip(s) for s in pair.odd) if pair.strange else all(pair.is_near(s) for s in pair.odd)


def _is_proved_by_numbers(pair: Pair, pairs: Sequence[Pair], beside: Sequence[Pair]) -> bool:
    """Whether all numbers but one of the statement, and of those beside it in the row or its group, agree."""
    if not pair.is_named and not _has_words(pair):
        is_only = sum(len(p.exact) >= TWO for p in pairs) == 1
        return is_only and len(pair.exact) >= TWO and pair.digits >= FEW_DIGITS
    if len(pair.exact) >= TWO and pair.digits >= FEW_DIGITS:
        return True
    alike = [p for p in beside if not p.odd and p.other is not pair.other and _is_like(p, pair)]
    same_row = [p for p in alike if _row(p) == _row(pair)]
    same_group = [p for p in alike if _group(p) == _group(pair)]
    same_group += [p for p in pairs if not p.odd and _is_under(pair, p)]
    if any(len(p.exact) >= TWO and p.digits >= FEW_DIGITS and _is_beside(pair, p) for p in pairs if not p.odd):
        return True
    in_row, in_group = (max((p.digits for p in ps), default=0) for ps in (same_row, same_group))
    return (pair.digits + in_row >= TELLING_DIGITS and in_row > 0) or (
        pair.digits + in_group >= TELLING_DIGITS and in_group > 0 and pair.digits >= TWO
    )


def _is_under(pair: Pair, other: Pair) -> bool:
    """Whether the cell stands in the same column as another one and in a row below its heading, or the other way
    round.
    """
    a, b = pair.other.first, other.other.first
    return (
        (a.table_id, a.spanner_path) == (b.table_id, b.spanner_path)
        and a.stub_path != b.stub_path
        and (a.stub_path.startswith(b.stub_path) or b.stub_path.startswith(a.stub_path))
    )


def _is_beside(pair: Pair, other: Pair) -> bool:
    """Whether the two cells stand in one column under one heading: a ratio with its limits, and their p value."""
    a, b = pair.other.first, other.other.first
    is_one = (a.table_id, a.spanner_path, a.group) == (b.table_id, b.spanner_path, b.group)
    return is_one and bool(a.group) and pair.odd == ("p",)


def _has_words(pair: Pair) -> bool:
    """Whether the sentence holds all words of the row's label."""
    own = pair.other.names[0]
    return own <= pair.text.around and any(len(w) > TWO and w.isalpha() for w in own)


def _is_like(beside: Pair, pair: Pair) -> bool:
    """Whether the statement beside stands near and prints the same statistics, or the p value of both."""
    mine, theirs = pair.text, beside.text
    is_near = min(abs(mine.first.start - theirs.first.end), abs(theirs.first.start - mine.first.end)) <= NEARBY
    return is_near and (mine.numbers.keys() == theirs.numbers.keys() or tuple(mine.numbers) == ("p",))


def _row(pair: Pair) -> tuple[str, int]:
    return (pair.other.first.table_id, pair.other.first.row)


def _group(pair: Pair) -> tuple[str, str, str]:
    o = pair.other.first
    return (o.table_id, o.group or str(o.row), o.spanner_path)


def _is_of_arm(pair: Pair, rows: Rows) -> bool:
    """Whether the cell's arm is the one the text speaks of, the one it names or the only one there is, and its column
    the only one for it.
    """
    said, stands = pair.text.first.arm, pair.other.first.arm
    same_row = rows[_row(pair)]
    rivals = [c for c in same_row if c is not pair.other and _is_rival(c, pair)]
    return not rivals and (said == stands or (not said and len({c.first.arm for c in same_row}) == 1))


def _is_rival(cell: Statement, pair: Pair) -> bool:
    """Whether another cell of the row prints the same statistic of what looks the same but for its column."""
    a, b = cell.first, pair.other.first
    fields = ("arm", "grade", "subgroup", "timepoint", "event_kind", "population")
    return any(s in cell.numbers for s in pair.odd) and all(getattr(a, f) == getattr(b, f) for f in fields)


def _fits(pair: Pair) -> Outcome:
    said, stands = message_numbers(pair, pair.agreeing)
    message = f"The text says {said}, as {pair.other.first.place} does."
    return Outcome("consistent", involved(pair, pair.agreeing), message, shown(pair, pair.agreeing), said, stands)


def _fails(pair: Pair) -> Outcome:
    odd = pair.odd[0]
    text, table = pair.text.numbers[odd], pair.other.numbers[odd]
    said, stands = number_of(text), number_of(table)
    also, _ = message_numbers(pair, pair.agreeing)
    message = f"The text (page {text.page}) says {said}, but {table.place} prints {stands}" + (
        f"; beside it both print {also}." if also else "."
    )
    verdict = "rounding" if odd != "n" and agree_loosely(said, stands) else "impossible"
    numbers = (odd, *pair.agreeing)
    return Outcome(verdict, involved(pair, numbers), message, shown(pair, pair.shared), str(said), str(stands))


def involved(pair: Pair, statistics: Sequence[str]) -> tuple[Observation, ...]:
    """The observations of both sides, the accused first."""
    return (*(pair.text.numbers[s] for s in statistics), *(pair.other.numbers[s] for s in statistics))


def message_numbers(pair: Pair, statistics: Sequence[str]) -> tuple[str, str]:
    """The numbers of the text and of the other side, as printed."""
    both = [pair.numbers(s) for s in statistics]
    return ", ".join(str(a) for a, _ in both), ", ".join(str(b) for _, b in both)


def shown(pair: Pair, statistics: Sequence[str]) -> str:
    """Both sides of each statistic: "pct: 56.9 and 59.6"."""
    return "; ".join(f"{s}: {a} and {b}" for s, (a, b) in ((s, pair.numbers(s)) for s in statistics))


RULES = (
    Rule(
        id="agreement.text_table",
        claim="A number in the text is the number in the table, at the coarser printed precision.",
        severity="error",
        function=test_agreement,
        assumptions="The sentence names the row (by its words or by a variable and category of the codebook), the arm "
        "is the one it names or the only one, and neither a time point, a part of the patients, a grade nor a "
        "population stands in one of the two only; or all numbers but one of the row stand in the sentence. Numbers "
        "cited from other papers, and those that another cell of that name explains, are not accused.",
        literature="INSPECT-SR check 4 (agreement of text and tables); Cochrane Handbook 5",
        example="The text says a median age of 68, Table 1 prints 67.",
    ),
)
