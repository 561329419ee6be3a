"""The forms of printed statistics: one commented pattern for each journal habit, made of a few pieces.

Comes in: the number marks of a table. Goes out: the grammar: names of forms with compiled patterns, in the order tried.
Reading a text with them is values.py's; which statistic an amount is, statistics_of.py's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from auditable.printed_text import SPELLED, NumberMarks

# The pieces the forms are made of. All text is tidied before (tidy): one kind of blank, dash, minus and bound.

_SIGN = r"[+-]?"
_COMPARATOR = r"(?:<\ ?=|>\ ?=|[<>≤≥~])"
_NUMBER = {
    # "1,234" · "1 234" (thin, figure or plain blank) · "1'234" · "12.3" · "3·4" (the middle dot of some British
    # journals) · ".03"
    ".": r"(?:(?:\d{1,3}(?:,\d{3})+(?!\d)|\d{1,3}(?:[\ ']\d{3})+(?!\d)|\d+)(?:[.·]\d+)?|[.·]\d+)",
    # "1.234" · "1 234" · "12,3": the paper writes the decimal comma
    ",": r"(?:(?:\d{1,3}(?:\.\d{3})+(?!\d)|\d{1,3}(?:[\ ']\d{3})+(?!\d)|\d+)(?:[,·]\d+)?|,\d+)",
}
# "2.3×10⁻⁵" · "2.3 x 10-5" · "2.3E-05": only negative powers; "×10⁹" is a unit, since its number keeps its decimals
_POWER = r"(?:\ ?[x×·*]\ ?10(?:\ ?\^?-\d{1,2}|⁻[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2})(?![\d.,])|e-\d{1,2}(?!\d))"
_BY_TIME = (
    r"(?:persons?|patients?|participants?|subjects?|pt|pts|women|child)[-\ ](?:years?|yrs?|y|months?|weeks?|days?)"
)
# "/1000 live births" · "per 100 patient-years" · "/100 PY": what a rate is counted by
_PER = rf"(?:{_BY_TIME}|P-?Y|PYRs?|live\ births?|LB|births|deliveries|persons?|patients?|population)"
RATE_UNIT = rf"(?:/|per\ )\ ?1(?:0+|,000|\ 000|00,000|00\ 000|,000,000)\ {_PER}"
# "mg" · "mg/kg" · "mL/min/1.73 m2" · "mm Hg" · "°C" · "×10⁹/L": the shape of a unit; values.py asks the lexicon
# whether it is one
_NO_UNIT = r"(?!(?:to|and|of|or|vs|out|in|p|n|events?|episodes?|patients?|pts|subjects?|participants?)\b)"
_PLAIN_UNIT = rf"(?:mm\ Hg|°[CF]|{_NO_UNIT}[^\W\d_][^\W\d_.]*\.?(?:/[\w.^]+(?:\ m2)?){{0,3}})(?![\w/])"
_POWER_UNIT = r"[x×]\ ?10(?:\^?\d{1,2}|[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2})(?:\ ?/\ ?[\w³]+)?(?![\w/])"
_UNIT = rf"(?:{RATE_UNIT}(?!\w)|{_POWER_UNIT}|{_PLAIN_UNIT})"
MARKS = "*†‡§¶#∥‖¥"
MARK_SIGNS = re.compile(rf"[{MARKS}]+")
_NOTE_MARKS = rf"[{MARKS}]*"
_SEPARATOR = {
    # between two limits: 51–84 · 51 to 84 · 51, 84 · 51; 84
    ".": r"(?:\ ?-\ ?|\ to\ |\ ?[,;]\ ?|\ ?\.\.\.?\ ?|\ and\ )",
    # where the comma is the decimal mark, only one with a blank behind it parts two numbers
    ",": r"(?:\ ?-\ ?|\ to\ |\ ?;\ ?|,\ |\ ?\.\.\.?\ ?|\ and\ )",
}
_OPEN, _CLOSE = r"\ ?[(\[{]\ ?", r"\ ?[)\]}]"
_LEVEL = r"(?:80|90|95|97\.5|99|99\.9)\ ?%"
_STATISTIC_WORDS = rf"""(?:(?:adjusted\ |adj\.?\ |unadjusted\ )?(?:
      (?:mean\ |risk\ )?difference|diff\.?|[Δ∆]
    | hazard\ ratio|odds\ ratio|risk\ ratio|relative\ risk|rate\ ratio|a?HR|a?OR|a?RR
    | median|mean|average|M|interquartile\ range|inter-quartile\ range|IQR|range|min(?:imum)?\ ?-\ ?max(?:imum)?
    | standard\ deviation|standard\ error|s\.?d\.?|SEM|SE
    | (?:{_LEVEL}\ ?)?(?:CIs?|confidence\ interval|credible\ interval|CrI)|(?:CI|IC)\ ?{_LEVEL}|{_LEVEL}\ ?IC
    | Q1\ ?[-,]\ ?Q3|n))"""
_P = r"p(?:\ ?-?\ ?value|\ for\ trend|-?\ ?trend)?"
_P_SIGN = rf"{_P}\ ?(?:=\ ?|:\ ?|(?=[<>≤≥~]))"
PEOPLE = r"(?:patients?|pts?\.?|subjects?|participants?|cases?|women|men|children|persons?|people|individuals?)"
_FREEDOM = r"\ ?\(\ ?[\d.,\ ]+\)"
_NAMED_TEST = rf"(?:[tFzQHUW]{_FREEDOM}|[tFzQHUW](?=\ ?=)|(?:χ\ ?[2²]?|chi-?squared?)(?:{_FREEDOM})?)"
_EVENTS = r"(?:events?|episodes?)"


@dataclass(frozen=True, slots=True)
class Form:
    """One journal habit: its name and its pattern; a name in angle brackets stands for an amount, in printed order."""

    name: str
    pattern: str


FORMS = (
    Form("missing", r"<word>"),  # "NR" · "–" · "not reached"
    Form("missing", r"[(\[]\ ?<word>CLOSE"),  # "(–)"
    Form("missing missing", r"<word>OPEN<word>CLOSE"),  # "– (–)" · "NR (NR)"
    Form("p", r"PSIGN<amount>"),  # "P = 0.03" · "p<0.001"
    Form("p", r"[(\[]\ ?PSIGN<amount>CLOSE"),  # "(P = 0.03)": alone in its cell
    Form("p missing", r"PSIGN<word>"),  # "P = NS"
    Form("n =", r"n\ ?=\ ?<amount>"),  # "n = 12" in a cell
    Form("n =", r"[(\[]\ ?n\ ?=\ ?<amount>CLOSE"),
    Form("single", r"WORDS?<amount>"),  # "12" · "45%" · "<10" · "3.4 months" · "median 12"
    Form("single", r"[(\[]\ ?<amount>\ ?[)\]]"),  # "(45.0)": a percentage alone in its column
    Form("people", r"<amount>\ PEOPLE"),  # "12 patients"
    Form("people (pct)", r"<amount>\ PEOPLEOPEN<amount>CLOSE"),  # "12 patients (35%)"
    Form("people (pct)", r"<amount>OPEN<amount>CLOSE\ PEOPLE"),  # "12 (35%) patients"
    # "3 events in 2 patients (5.7%)"
    Form("events in people", r"<amount>\ EVENTS\ in\ <amount>(?:\ PEOPLE)?"),
    Form("events in people (pct)", r"<amount>\ EVENTS\ in\ <amount>(?:\ PEOPLE)?OPEN<amount>CLOSE"),
    Form("n/N", r"<amount>\ ?/\ ?<amount>"),  # "12/34": counts of a total, or a pair; its labels decide
    Form("n/N", r"<amount>\ (?:of|out\ of)\ <amount>"),  # "12 of 34"
    # "12/34 (35.3%)" · "12 of 34 (35)"
    Form("n/N (pct)", r"<amount>(?:\ ?/\ ?|\ of\ |\ out\ of\ )<amount>,?OPEN<amount>CLOSE"),
    Form("n/N (pct)", r"<amount>(?:\ ?/\ ?|\ of\ |\ out\ of\ )<amount>[,;=:]?\ <amount>"),  # "12/34, 35%"
    # "35.3 (12/34)" · "35% [12 of 34]"
    Form("n/N in brackets", r"<amount>OPEN<amount>(?:\ ?/\ ?|\ of\ |\ out\ of\ )<amount>CLOSE"),
    Form("ratio", r"<amount>\ ?:\ ?<amount>"),  # "12:13" male to female
    # "0/10/13/4/0": as many parts as its label names ("F0/F1/F2/F3/F4")
    *(Form("parts", r"<amount>" + r"\ ?/\ ?<amount>" * more) for more in (2, 3, 4, 5)),
    # "8 (25.0)" · "45% (12)" · "12 [45%]" · "12.3 (SD 4.5)"
    Form("first (second)", r"WORDS?<amount>,?OPENWORDS?<amount>CLOSE"),
    Form("first (second)", r"<amount>,\ <amount>(?=%|$)"),  # "12, 45%"
    Form("first (second)", r"WORDS?<amount>[,;]\ WORDS<amount>"),  # "M = 12.3, SD = 4.5" · "12.3, SD 4.5"
    Form("first (second)", r"<amount>\ <amount>"),  # "12 45%": brackets lost or never printed; a percent sign must tell
    Form("first ± spread", r"WORDS?<amount>\ ?±\ ?<amount>"),  # "12.3 ± 4.5"
    Form("first ± spread", r"WORDS?<amount>OPEN±\ ?<amount>CLOSE"),  # "12.3 (±4.5)"
    Form("first ± spread", r"[(\[]\ ?<amount>\ ?±\ ?<amount>CLOSE"),  # "(12.3 ± 4.5)"
    # "12.3 ± 4.5 (3–20)"
    Form("first ± spread (limits)", r"<amount>\ ?±\ ?<amount>[,;]?OPENWORDS?<limit>SEP<limit>CLOSE"),
    # "70.5 (51–84)" · "0.62 [95% CI, 0.45 to 0.86]"
    Form("first (limits)", r"WORDS?<limit>[,;]?OPENWORDS?<limit>SEP<limit>CLOSE"),
    Form("first (limits)", r"WORDS?<limit>[,;]?\ WORDSOPEN<limit>SEP<limit>CLOSE"),  # "0.62, 95% CI (0.45–0.86)"
    Form("first (limits)", r"WORDS?<limit>[,;]\ WORDS?<limit>SEP<limit>"),  # "0.62, 0.45–0.86" · "12; IQR 5 to 20"
    Form("first (limits)", r"<limit>\ WORDS<limit>SEP<limit>"),  # "12 IQR 5 to 20"
    Form("first (limits)", r"<amount>\ <limit>\ ?-\ ?<limit>"),  # "0.62 0.45–0.86"
    Form("limits", r"WORDS?<limit>SEP<limit>"),  # "51–84" · "51 to 84" · "range 51-84"
    Form("limits", r"[(\[]\ ?WORDS?<limit>SEP<limit>CLOSE"),  # "(51–84)"
    # "0.62 (0.45–0.86, p=0.003)"
    Form("first (limits) p", r"WORDS?<limit>OPENWORDS?<limit>SEP<limit>[,;]\ ?PSIGN<amount>CLOSE"),
    Form("first (limits) third", r"WORDS?<limit>OPENWORDS?<limit>SEP<limit>CLOSE[,;]?\ ?<amount>"),  # … 0.003
    # "12 (45) [30–60]"
    Form("first (second) (limits)", r"WORDS?<amount>OPENWORDS?<amount>CLOSE[,;]?OPENWORDS?<limit>SEP<limit>CLOSE"),
    # "12 (45; 30–60)" · "12.3 (SD 4.5; range 3–20)"
    Form("first (second) (limits)", r"WORDS?<amount>OPENWORDS?<amount>[,;]\ WORDS?<limit>SEP<limit>CLOSE"),
    # "12/34 (35; 20–53)"
    Form("n/N (pct) (limits)", r"<amount>\ ?/\ ?<amount>OPEN<amount>[,;]\ WORDS?<limit>SEP<limit>CLOSE"),
    Form("n/N (pct) (limits)", r"<amount>\ ?/\ ?<amount>OPEN<amount>CLOSE[,;]?OPENWORDS?<limit>SEP<limit>CLOSE"),
    # … (95% CI …) [range …]
    Form("first (limits) (limits)", r"<limit>OPENWORDS?<limit>SEP<limit>CLOSE[,;]?OPENWORDS?<limit>SEP<limit>CLOSE"),
    # "3 (2–4; 1–9)"
    Form("first (limits) (limits)", r"<limit>OPENWORDS?<limit>SEP<limit>[;,]\ WORDS?<limit>SEP<limit>CLOSE"),
    # "NR [0.54 (0.38–0.76)]"
    Form("first [estimate (limits)]", r"<limit>OPENWORDS?<amount>OPENWORDS?<limit>SEP<limit>CLOSECLOSE"),
    # "12 (24.0) [15]" · "12 (24.0%), 15" · "12 (24.0) 15": events behind the patients that had them
    Form("first (second) third", r"<amount>OPEN<amount>CLOSE,?\ ?[(\[]\ ?<amount>CLOSE"),
    Form("first (second) third", r"<amount>OPEN<amount>CLOSE[,;]?\ <amount>"),
    Form("first (second, third)", r"<amount>OPEN<amount>[,;]\ <amount>CLOSE"),  # "31 (29, 13.7%)": events before them
    Form("first [second (third)]", r"<amount>OPEN<amount>OPEN<amount>CLOSECLOSE"),  # "15 [12 (24.0)]"
    Form("first (word)", r"WORDS?<amount>OPEN<word>CLOSE"),  # "1.00 (reference)" · "12 (–)"
    Form("first (word)", r"<amount>[,;]?\ <refword>"),  # "1.00 reference"
    # "χ²(1) = 2.88, p = .09"
    Form("test p", r"<test>\ ?=\ ?<amount>[,;]?\ PSIGN<amount>"),
    Form("test p", r"<test>[,;:]?\ PSIGN<amount>"),  # "Fisher, p = .61"
    Form("test", r"<named_test>\ ?=?\ ?<amount>"),  # "t(1267) = 20.1" · "F(2, 45) 3.1" · "χ²=2.88"
)  # fmt: skip
"""Every printed form, in the order tried. A cell may be read by several; the labels around it choose
(statistics_of.py).
"""


@cache
def grammar(marks: NumberMarks) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Every form with its pattern for numbers marked so."""
    return tuple((form.name, re.compile(_expand(form.pattern, marks), re.IGNORECASE | re.VERBOSE)) for form in FORMS)


def amount_pattern(marks: NumberMarks) -> str:
    """The verbose pattern of one amount: bound, sign, number, power, percent sign, unit, note marks."""
    number = rf"{_NUMBER[marks.decimal]}{_POWER}?"
    return rf"(?:{_COMPARATOR}\ ?)?{_SIGN}{number}(?:\ ?%)?(?:\ ?{_UNIT})?{_NOTE_MARKS}"


def _expand(pattern: str, marks: NumberMarks) -> str:
    amount = amount_pattern(marks)
    word = "(?:" + "|".join(re.escape(w) for w in sorted(SPELLED, key=len, reverse=True)) + r")(?![^\W_])" + _NOTE_MARKS
    pieces = {
        "WORDS": rf"(?:(?P<words_N>{_STATISTIC_WORDS})(?:\ ?[:=,]\ ?|\ |(?=[(\[])))",
        "PSIGN": _P_SIGN,
        "PEOPLE": PEOPLE,
        "EVENTS": _EVENTS,
        "OPEN": _OPEN,
        "CLOSE": _CLOSE,
        "SEP": _SEPARATOR[marks.decimal],
        "<amount>": rf"(?P<a_N>{amount})",
        "<limit>": rf"(?P<a_N>{amount}|{word})",
        "<word>": rf"(?P<a_N>{word})",
        "<refword>": r"(?P<a_N>ref(?:erence|erent|\.)?)",
        "<test>": r"(?P<test_N>(?:[^\W\d_][^=,;<>]{0,24}?(?:\([\d.,\ ]+\))?|\d\ (?:vs?\.?|versus)\ \d))",
        "<named_test>": rf"(?P<test_N>{_NAMED_TEST})",
    }
    out, count = pattern, 0
    while True:
        hits = [(out.find(key), key) for key in pieces if key in out]
        if not hits:
            return out
        _, key = min(hits)
        out = out.replace(key, pieces[key].replace("_N>", f"_{count}>"), 1)
        count += 1
