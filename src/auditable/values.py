"""The grammar of printed statistics: the text of a cell → its numbers and the form they stand in.

Comes in: the printed text of one cell and the number marks of its table (decimal point or comma). Goes out: every form
the whole text can be read as, best first, each with its amounts in printed order. Numbers are exact Decimals with
their printed decimals; nothing is rounded, nothing is added. Which statistic an amount is, is left to
statistics_of.py: "8 (25)" is only "first (second)" here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from auditable.model import Value
from auditable.printed_text import POINT, SPELLED, NumberMarks, missing_kind, tidy
from auditable.units import is_unit


@dataclass(frozen=True, slots=True)
class Amount:
    """One printed number, or the word that stands in its place.

    digits: the number with a point as decimal mark, a hyphen as minus and without thousands marks ("" for a word);
    leading and closing zeros as printed. unit: what is printed right behind it ("mg", "months").
    """

    text: str
    digits: str = ""
    comparator: str = ""
    is_percent: bool = False
    unit: str = ""
    missing: str = ""

    @property
    def number(self) -> Decimal | None:
        """The exact number, None for a word."""
        return Decimal(self.digits) if self.digits else None

    @property
    def decimals(self) -> int:
        """How many decimals are printed."""
        return len(self.digits.partition(".")[2])

    @property
    def is_whole(self) -> bool:
        """Whether it is a count as printed: digits alone, without sign, bound or percent sign."""
        return self.digits.isdigit() and not self.is_percent and not self.comparator

    def as_value(self, statistic: str) -> Value:
        """The amount as one statistic."""
        return Value(statistic, self.text, self.number, self.decimals, self.comparator, self.missing)


@dataclass(frozen=True, slots=True)
class Printed:
    """One reading of a cell: the form it has, its amounts in printed order, and statistic words printed in it ("HR",
    "95% CI").
    """

    form: str
    amounts: tuple[Amount, ...] = ()
    words: str = ""


# The pieces the forms are made of. All text is tidied before (tidy): one kind of blank, dash, minus and bound.

_SIGN = r"[+-]?"
_COMPARATOR = r"(?:<\ ?=|>\ ?=|[<>≤≥~])"
_NUMBER = {
    # "1,234" · "1 234" (thin, figure or plain blank) · "12.3" · "3·4" (the middle dot of some British journals) · ".03"
    ".": r"(?:(?:\d{1,3}(?:,\d{3})+(?!\d)|\d{1,3}(?:\ \d{3})+(?!\d)|\d+)(?:[.·]\d+)?|[.·]\d+)",
    # "1.234" · "1 234" · "12,3": the paper writes the decimal comma
    ",": r"(?:(?:\d{1,3}(?:\.\d{3})+(?!\d)|\d{1,3}(?:\ \d{3})+(?!\d)|\d+)(?:[,·]\d+)?|,\d+)",
}
# "mg" · "mg/kg" · "mL/min/1.73 m2" · "mm Hg" · "°C": the shape of a unit; _printed asks the lexicon whether it is one
_UNIT = r"(?:mm\ Hg|°[CF]|(?!(?:to|and|of|or|vs|out|in|p|n)\b)[^\W\d_][^\W\d_.]*\.?(?:/[\w.^]+(?:\ m2)?){0,3})(?![\w/])"
_MARKS = "*†‡§¶#"
_NOTE_MARKS = rf"[{_MARKS}]*"
_SEPARATOR = (
    r"(?:\ ?-\ ?|\ to\ |\ ?[,;]\ ?|\ ?\.\.\.?\ ?|\ and\ )"  # between two limits: 51–84 · 51 to 84 · 51, 84 · 51; 84
)
_OPEN, _CLOSE = r"\ ?[(\[{]\ ?", r"\ ?[)\]}]"
_STATISTIC_WORDS = r"""(?:(?:adjusted\ |adj\.?\ |unadjusted\ )?(?:
      hazard\ ratio|odds\ ratio|risk\ ratio|relative\ risk|rate\ ratio|a?HR|a?OR|a?RR
    | median|mean|average|interquartile\ range|inter-quartile\ range|IQR|range|min(?:imum)?\ ?-\ ?max(?:imum)?
    | standard\ deviation|standard\ error|s\.?d\.?|SEM|SE
    | (?:(?:80|90|95|97\.5|99|99\.9)\ ?%\ ?)?(?:CIs?|confidence\ interval|credible\ interval|CrI)
    | Q1\ ?[-,]\ ?Q3|n))"""


@dataclass(frozen=True, slots=True)
class Form:
    """One journal habit: its name and its pattern; a name in angle brackets stands for an amount, in printed order."""

    name: str
    pattern: str


FORMS = (
    Form("missing", r"<word>"),  # "NR" · "–" · "not reached"
    Form("p", r"p(?:\ ?-?\ ?value)?\ ?(?:=\ ?|:\ ?|(?=[<>≤≥~]))<amount>"),  # "P = 0.03" · "p<0.001"
    Form("n =", r"n\ ?=\ ?<amount>"),  # "n = 12" in a cell
    Form("single", r"WORDS?<amount>"),  # "12" · "45%" · "<10" · "3.4 months" · "median 12"
    Form("single", r"[(\[]\ ?<amount>\ ?[)\]]"),  # "(45.0)": a percentage alone in its column
    Form("n/N", r"<amount>\ ?/\ ?<amount>"),  # "12/34": counts of a total, or a pair; its labels decide
    Form("n/N", r"<amount>\ (?:of|out\ of)\ <amount>"),  # "12 of 34"
    Form("n/N (pct)", r"<amount>(?:\ ?/\ ?|\ of\ )<amount>,?OPEN<amount>CLOSE"),  # "12/34 (35.3%)" · "12 of 34 (35)"
    Form("n/N (pct)", r"<amount>(?:\ ?/\ ?|\ of\ )<amount>[,;=:]?\ <amount>"),  # "12/34, 35%"
    # "35.3 (12/34)" · "35% [12 of 34]"
    Form("n/N in brackets", r"<amount>OPEN<amount>(?:\ ?/\ ?|\ of\ )<amount>CLOSE"),
    Form("ratio", r"<amount>\ ?:\ ?<amount>"),  # "12:13" male to female
    # "8 (25.0)" · "45% (12)" · "12 [45%]" · "12.3 (SD 4.5)"
    Form("first (second)", r"WORDS?<amount>,?OPENWORDS?<amount>CLOSE"),
    Form("first (second)", r"<amount>,\ <amount>(?=%|$)"),  # "12, 45%"
    Form("first (second)", r"<amount>\ <amount>"),  # "12 45%": brackets lost or never printed; a percent sign must tell
    Form("first ± spread", r"WORDS?<amount>\ ?±\ ?<amount>"),  # "12.3 ± 4.5"
    Form("first ± spread", r"WORDS?<amount>OPEN±\ ?<amount>CLOSE"),  # "12.3 (±4.5)"
    # "12.3 ± 4.5 (3–20)"
    Form("first ± spread (limits)", r"<amount>\ ?±\ ?<amount>,?OPENWORDS?<limit>SEP<limit>CLOSE"),
    # "70.5 (51–84)" · "0.62 [95% CI, 0.45 to 0.86]"
    Form("first (limits)", r"WORDS?<limit>[,;]?OPENWORDS?<limit>SEP<limit>CLOSE"),
    Form("first (limits)", r"WORDS?<limit>[,;]\ WORDS?<limit>SEP<limit>"),  # "0.62, 0.45–0.86" · "12; IQR 5 to 20"
    Form("first (limits)", r"<amount>\ <limit>\ ?-\ ?<limit>"),  # "0.62 0.45–0.86"
    Form("limits", r"WORDS?<limit>SEP<limit>"),  # "51–84" · "51 to 84" · "range 51-84"
    Form("limits", r"[(\[]\ ?WORDS?<limit>SEP<limit>CLOSE"),  # "(51–84)"
    # "0.62 (0.45–0.86); P=0.003"
    Form("first (limits) p", r"WORDS?<limit>OPENWORDS?<limit>SEP<limit>CLOSE[,;]?\ ?PVALUE<amount>"),
    # "0.62 (0.45–0.86, p=0.003)"
    Form("first (limits) p", r"WORDS?<limit>OPENWORDS?<limit>SEP<limit>[,;]\ ?PVALUE<amount>CLOSE"),
    # "12 (45) [30–60]"
    Form("first (second) (limits)", r"<amount>OPEN<amount>CLOSE[,;]?OPENWORDS?<limit>SEP<limit>CLOSE"),
    Form("first (second) (limits)", r"<amount>OPEN<amount>[,;]\ WORDS?<limit>SEP<limit>CLOSE"),  # "12 (45; 30–60)"
    # "12/34 (35; 20–53)"
    Form("n/N (pct) (limits)", r"<amount>/<amount>OPEN<amount>[,;]\ WORDS?<limit>SEP<limit>CLOSE"),
    Form("n/N (pct) (limits)", r"<amount>/<amount>OPEN<amount>CLOSE[,;]?OPENWORDS?<limit>SEP<limit>CLOSE"),
    # … (95% CI …) [range …]
    Form("first (limits) (limits)", r"<limit>OPENWORDS?<limit>SEP<limit>CLOSE[,;]?OPENWORDS?<limit>SEP<limit>CLOSE"),
    # "3 (2–4; 1–9)"
    Form("first (limits) (limits)", r"<limit>OPENWORDS?<limit>SEP<limit>[;,]\ WORDS?<limit>SEP<limit>CLOSE"),
    # "NR [0.54 (0.38–0.76)]"
    Form("first [estimate (limits)]", r"<limit>OPENWORDS?<amount>OPENWORDS?<limit>SEP<limit>CLOSECLOSE"),
    Form("first (word)", r"WORDS?<amount>OPEN<word>CLOSE"),  # "1.00 (reference)" · "12 (–)"
    # "χ²(1) = 2.88, p = .09"
    Form("test p", r"<test>\ ?=\ ?<amount>[,;]?\ p(?:\ ?-?\ ?value)?\ ?(?:=\ ?|(?=[<>≤≥]))<amount>"),
    Form("test p", r"<test>[,;:]?\ p(?:\ ?-?\ ?value)?\ ?(?:=\ ?|(?=[<>≤≥]))<amount>"),  # "Fisher, p = .61"
)  # fmt: skip
"""Every printed form, in the order tried. A cell may be read by several; the labels around it choose
(statistics_of.py).
"""


def parse_cell(text: str, marks: NumberMarks = POINT) -> tuple[Printed, ...]:
    """Every reading of the whole text, best first; none for text that is no printed statistic, and for a blank cell."""
    plain = _CLOSING_MARKS.sub("", tidy(text))
    if not plain or len(plain) > LONGEST_STATISTIC:
        return ()
    found: list[Printed] = []
    for name, pattern in _grammar(marks):
        match = pattern.fullmatch(plain)
        if match:
            printed = _printed(name, match, marks)
            if printed and printed not in found:
                found.append(printed)
    return tuple(found)


LONGEST_STATISTIC = 120
"""More characters than this are a sentence, not a statistic."""


_CLOSING_MARKS = re.compile(r"(?<=[\w)\]%])\s?[*†‡§¶#]+$")
_COMPARATORS = {"≤": "<=", "≥": ">="}


@cache
def _grammar(marks: NumberMarks) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((form.name, re.compile(_expand(form.pattern, marks), re.IGNORECASE | re.VERBOSE)) for form in FORMS)


def _expand(pattern: str, marks: NumberMarks) -> str:
    number = _NUMBER[marks.decimal]
    amount = rf"(?:{_COMPARATOR}\ ?)?{_SIGN}{number}(?:\ ?%)?(?:\ ?{_UNIT})?{_NOTE_MARKS}"
    word = "(?:" + "|".join(re.escape(w) for w in sorted(SPELLED, key=len, reverse=True)) + r")(?![^\W_])" + _NOTE_MARKS
    test = r"(?:[^\W\d_][^=,;<>]{0,24}?(?:\([\d.,\ ]+\))?)"
    pieces = {
        "WORDS": rf"(?:(?P<words_N>{_STATISTIC_WORDS})(?:\ ?[:=,]\ ?|\ ))",
        "PVALUE": r"(?:p(?:\ ?-?\ ?value)?\ ?(?:=\ ?|:\ ?|(?=[<>≤≥~])))?",
        "OPEN": _OPEN,
        "CLOSE": _CLOSE,
        "SEP": _SEPARATOR,
        "<amount>": rf"(?P<a_N>{amount})",
        "<limit>": rf"(?P<a_N>{amount}|{word})",
        "<word>": rf"(?P<a_N>{word})",
        "<test>": rf"(?P<test_N>{test})",
    }
    out, count = pattern, 0
    while True:
        hits = [(out.find(key), key) for key in pieces if key in out]
        if not hits:
            return out
        _, key = min(hits)
        out = out.replace(key, pieces[key].replace("_N>", f"_{count}>"), 1)
        count += 1


def _printed(name: str, match: re.Match[str], marks: NumberMarks) -> Printed | None:
    groups = match.groupdict()
    printed = [groups[g] or "" for g in match.re.groupindex if g.startswith("a_")]
    if any(not any(c.isdigit() for c in p) and missing_kind(p.rstrip(_MARKS)) in ("", "blank") for p in printed):
        return None  # "Na" is sodium, "NA" is missing: short words count with their capitals only
    amounts = tuple(_amount(p, marks) for p in printed)
    if any(a.unit and not is_unit(a.unit) for a in amounts):
        return None
    if name == "first (second)" and "(" not in match.string and "[" not in match.string and not amounts[1].is_percent:
        return None  # two bare numbers: only a percent sign tells that they are count and percentage
    words = " ".join(groups[g] for g in match.re.groupindex if g.startswith("words_") and groups[g])
    return Printed(name, amounts, words or (next((groups[g] or "" for g in groups if g.startswith("test_")), "")))


_AMOUNT_PARTS = re.compile(
    r"^(?P<comparator>[<>≤≥~]?)\s?(?P<number>[+-]?[\d.,· ]*\d)\s?(?P<percent>%?)\s?(?P<unit>[^*†‡§¶#]*)[*†‡§¶#]*$"
)


def _amount(text: str, marks: NumberMarks) -> Amount:
    kind = missing_kind(text.rstrip(_MARKS))
    if kind not in ("", "blank"):
        return Amount(text.rstrip(_MARKS), missing=kind)
    match = _AMOUNT_PARTS.match(text)
    if match is None:
        raise AssertionError(f"the grammar took {text!r} for a number")
    thousands = "," if marks.decimal == "." else "."
    digits = match["number"].replace(" ", "").replace(thousands, "").replace(marks.decimal, ".").replace("·", ".")
    sign = match["comparator"]
    return Amount(
        text, digits.removeprefix("+"), _COMPARATORS.get(sign, sign), bool(match["percent"]), match["unit"].strip()
    )
