"""agreement.words: a share told in words ("about half", "two thirds", "most patients") is near the share of its row,
and near the percentage in the bracket right behind it.

Comes in: a Study. Goes out: one outcome for each such word whose sentence names a row of the tables, and the arm where
there are several, and nothing else; and one for each such word with a percentage of its own. The words are given
generous limits; a row of that name that fits keeps it silent.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from auditable.blocks import Observation, Study, number_of
from auditable.checks.flow_words import PEOPLE
from auditable.checks.matching import HARMLESS, all_words_of
from auditable.checks.rule import Outcome, Quote, Rule
from auditable.checks.statements import Statement, table_statements
from auditable.checks.table_heads import without_size
from auditable.checks.words import EVENTS
from auditable.denominators import whole_number
from auditable.model import Sentence
from auditable.rounding import decimal_text, percent_of

Limits = tuple[int, int]
SHARES: tuple[tuple[str, Limits], ...] = (
    (r"(?:two|2)[- ](?:thirds|in three|out of three)", (57, 76)),
    (r"(?:three|3)[- ](?:quarters|fourths|in four|out of four)", (65, 84)),
    (r"(?:a|one) third|one[- ](?:in|out of)[- ]three", (25, 42)),
    (r"(?:a|one) (?:quarter|fourth)|one[- ](?:in|out of)[- ]four", (18, 32)),
    (r"(?:a|one) fifth|one[- ](?:in|out of)[- ]five", (14, 26)),
    (r"(?:a|one) tenth|one[- ](?:in|out of)[- ]ten", (6, 15)),
    (r"half", (40, 60)),
)
"""Words for a share, and the percentages that a reader would let pass for them."""
SLACK = 3
"""Percentage points by which "more than half" may miss the half."""
MOST, NEARLY_ALL = 47, 75
_BEHIND = rf"(?=\s(?:of\s(?:the|our|all|these|those)\b|of\s{PEOPLE}|{PEOPLE}|the\s{PEOPLE}))"
_NEAR = r"(?:about|approximately|roughly|around|nearly|almost|some|close to)"
_MORE, _LESS = r"(?:more than|over|at least|greater than)", r"(?:less than|fewer than|under|below|at most|up to)"
_BEFORE = rf"(?:(?P<more>{_MORE})\s|(?P<less>{_LESS})\s|(?P<near>{_NEAR})\s|(?<!\w))"
_SHARE = "|".join(f"(?P<s{i}>{pattern})" for i, (pattern, _) in enumerate(SHARES))
_MOST = r"(?P<most>\b(?:the\s)?(?:vast\s|great\s)?majority|\bmost)"
_WORD_ALONE = rf"(?:{_BEFORE}(?:{_SHARE})|(?P<all>(?:nearly|almost)\sall)|{_MOST})"
_WORD = re.compile(_WORD_ALONE + _BEHIND, re.IGNORECASE)
_NAMES_NOTHING = frozenset({
    "adverse", "event", "group", "arm", "had", "have", "treated", "receiving", "given", "experienced", "those", "side",
    "effect", "therefore", "however",
})  # fmt: skip
"""Words of such a sentence that narrow nothing down."""
_CITES = re.compile(r"\bet al\b|\[\d+|\b(?:previous|prior|earlier|other|published|trials?|literature|review)\b", re.I)


_WITH_PCT = re.compile(
    _WORD_ALONE
    + rf"(?:\sof(?:\s(?:the|our|all|these|those))?)?(?:\s\d+)?(?:\s{PEOPLE})?\s\((?P<bracket>[^();]*\d\s?%)",
    re.IGNORECASE,
)
"""Such a word and the percentage in the bracket behind it, with nothing but people between."""
_LOOSE = re.compile(r"\bfollowed by\b|\bor\b|\bnext\b", re.IGNORECASE)
"""Words of a sentence in which "most" may mean no more than the largest part. ("A score of 2 in three" is no share.)"""


def test_words(study: Study) -> Iterator[Outcome]:
    """Shares in words against the rows of tables, then against percentages of their own."""
    yield from _test_rows(study)
    yield from _test_brackets(study)


def _test_brackets(study: Study) -> Iterator[Outcome]:
    """One outcome for each share in words with a percentage right behind it."""
    for mentions in study.sentences:
        text = mentions[0].quote
        if mentions[0].source != "prose":
            continue
        for m in _WITH_PCT.finditer(text):
            inside = [o for o in mentions if m.start("bracket") <= o.start < m.end("bracket") and o.statistic == "pct"]
            is_loose = (m["most"] and _LOOSE.search(text)) or re.search(r"\bin\b|\bout of\b", m[0].split("(")[0])
            if len(inside) == 1 and inside[0].number and not inside[0].number.comparator and not is_loose:
                yield _judge_bracket(m, inside[0])


def _judge_bracket(match: re.Match[str], pct: Observation) -> Outcome:
    low, high = _limits(match)
    words = " ".join(match[0].split("(")[0].split())
    arithmetic = f"{words}: {low} to {high} %; {pct.value} %"
    if low <= number_of(pct).value <= high:
        message = f"“{words}” and {pct.value} % agree."
        return Outcome("consistent", (pct,), message, arithmetic, pct.value, f"{low} to {high} %")
    message = f"“{words}” is not what {pct.value} % behind it is: that would be {low} to {high} %."
    return Outcome("impossible", (pct,), message, arithmetic, pct.value, f"{low} to {high} %")


def _test_rows(study: Study) -> Iterator[Outcome]:
    """One outcome for each share in words that a row answers."""
    rows = [c for c in table_statements(study) if _share_of(c) is not None and not _is_event(c)]
    arms = {_plain(c.first.arm) for c in rows if c.first.arm}
    for sentence in study.text:
        if sentence.source != "prose" or _CITES.search(sentence.text):
            continue
        found = list(_WORD.finditer(sentence.text))
        if len(found) == 1 and (meant := _rows_meant(sentence.text, found[0], rows, arms)):
            yield _judge(sentence, found[0], meant)


def _limits(match: re.Match[str]) -> tuple[Fraction, Fraction]:
    """The percentages that the words allow."""
    if match["all"] or match["most"]:
        return Fraction(NEARLY_ALL if match["all"] else MOST), Fraction(100)
    low, high = next(limits for i, (_, limits) in enumerate(SHARES) if match[f"s{i}"])
    if match["more"]:
        return Fraction(low + high, 2) - SLACK, Fraction(100)
    if match["less"]:
        return Fraction(0), Fraction(low + high, 2) + SLACK
    return Fraction(low), Fraction(high)


def _rows_meant(text: str, match: re.Match[str], rows: Sequence[Statement], arms: set[str]) -> list[Statement]:
    """The cells that the sentence may speak of: its words are those of the row and its column, and plain grammar."""
    plain = _plain(text)
    named = {a for a in arms if re.search(rf"(?<!\w){re.escape(a)}(?!\w)", plain)}
    named = {a for a in named if not any(a != b and a in b for b in named)}
    if len(named) > 1:
        return []
    of_arm = all_words_of(" ".join(named))
    said = all_words_of(text[: match.start()] + " " + text[match.end() :]) - HARMLESS - _NAMES_NOTHING - of_arm
    said = frozenset(w for w in said if len(w) > 1 and not w.isdigit())
    found: list[Statement] = []
    for row in rows:
        is_of_arm = _plain(row.first.arm) in named if named else not row.first.arm
        if is_of_arm and row.names[0] and row.names[0] <= said and said <= row.around | row.names[0]:
            found.append(row)
    return found


def _plain(text: str) -> str:
    """A name in lower case without its size and without "group" or "arm"."""
    return " ".join(re.sub(r"\b(?:group|arm|cohort)\b", " ", without_size(text.lower())).split())


def _is_event(cell: Statement) -> bool:
    o = cell.first
    return bool(EVENTS.search(o.unit) or o.subgroup or o.patient)


def _share_of(cell: Statement) -> Fraction | None:
    """The percentage that a cell prints, or that of its count among the N of its column."""
    if pct := cell.numbers.get("pct"):
        return number_of(pct).value if not number_of(pct).comparator else None
    n = cell.numbers.get("n")
    total = whole_number(n.denominator) if n else None
    return percent_of(n.whole, total) if n and n.whole is not None and total and n.whole <= total else None


def _judge(sentence: Sentence, match: re.Match[str], rows: Sequence[Statement]) -> Outcome:
    low, high = _limits(match)
    words = " ".join(match[0].split())
    shares = [(_share_of(row) or Fraction(0), row) for row in rows]
    fitting = [(s, row) for s, row in shares if low <= s <= high]
    middle = (low + high) / 2
    share, row = min(fitting or shares, key=lambda pair: abs(pair[0] - middle))
    observations: tuple[Observation, ...] = tuple(row.numbers.values())
    shown = f"{decimal_text(share, 1)} %"
    arithmetic = f"{words}: {low} to {high} %; {row.first.place}: {shown}"
    quote: tuple[Quote, ...] = (Quote(sentence, match.start(), match.end()),)
    if fitting:
        message = f"The text says “{words}”, and {row.first.place} prints {shown}."
        return Outcome("consistent", observations, message, arithmetic, words, shown, quotes=quote)
    message = f"The text says “{words}” (page {sentence.page}), but {row.first.place} prints {shown}."
    return Outcome("impossible", observations, message, arithmetic, words, shown, quotes=quote)


RULES = (
    Rule(
        id="agreement.words",
        claim="A share told in words is near the share that the tables, or the bracket behind it, print.",
        severity="error",
        function=test_words,
        assumptions="The sentence names one row, and one arm where there are several, and holds no other telling word. "
        "Or a percentage stands in the bracket right behind the words, with nothing but people between. Limits are "
        'generous: "about half" is 40 to 60 %. Sentences that speak of other studies are not judged by tables.',
        literature="INSPECT-SR check 4 (agreement of text and tables)",
        example='The discussion says that "about two thirds of the patients had nausea", Table 3 prints 31.4 %.',
    ),
)
