"""What is printed beside a statistic in the same cell: "n = 45", a p value, a time before it, a unit behind it.

Comes in: the tidied text of a cell. Goes out: the statistic without its addition, and the addition. Whether the rest is
a statistic is left to values.py, what it is to statistics_of.py.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from auditable.printed_forms import MARKS
from auditable.printed_text import NumberMarks
from auditable.units import is_unit


@dataclass(frozen=True, slots=True)
class Peeled:
    """A cell's text without what was added. added: (name, text of the amount); is_first: it stood before the core."""

    core: str
    added: tuple[tuple[str, str], ...] = ()
    is_first: bool = False
    prefix: str = ""
    unit: str = ""


def peel(text: str, marks: NumberMarks) -> list[Peeled]:
    """Every way to take one addition off a text; the core is never empty."""
    found: list[Peeled] = []
    for name, is_first, pattern in _additions(marks):
        match = pattern.match(text)
        if match:
            found.append(Peeled(match["core"].strip(), ((name, match["amount"].strip()),), is_first))
    time = _TIME_FIRST.match(text)
    if time:
        found.append(Peeled(time["core"], prefix=time["time"]))
    unit = _UNIT_BEHIND.match(text)
    if unit and is_unit(unit["unit"]):
        found.append(Peeled(unit["core"], unit=unit["unit"]))
    return found


@cache
def _additions(marks: NumberMarks) -> tuple[tuple[str, bool, re.Pattern[str]], ...]:
    count = (
        r"(?P<amount>\d{1,3}(?:[,\ ]\d{3})+|\d+)" if marks.decimal == "." else r"(?P<amount>\d{1,3}(?:[.\ ]\d{3})+|\d+)"
    )
    share = rf"(?P<amount>[<>≤≥]?\ ?[01]?[.,·]\d+(?:\ ?[x×]\ ?10\^?-\d+|e-\d+)?[{MARKS}]*|[<>]\ ?[01]|[01])"
    p_sign = r"\bp(?:\ ?-?\ ?value)?\ ?(?:[=:]\ ?|(?=[<>≤≥]))"
    forms = (
        ("n", True, rf"[(\[]?\ ?n\ ?=\ ?{count}[)\]]?\ ?[,;:]?\ (?P<core>[^(\[].*)"),  # "n=354, 3132.4 (581.7)"
        ("n", False, rf"(?P<core>.*?[^=])[,;]?\ ?[(\[]?\ ?\bn\ ?=\ ?{count}\ ?[)\]]?"),  # "54.3 (12.1), n=45"
        # "391, 210 (125-350)": its label must name the count first
        ("count", True, rf"{count}[,;:]\ (?P<core>[^(\[]*\d\ ?[(\[±].*)"),
        # "12 (45), p = 0.03" · "0.62 (0.45–0.86) P=.003"
        ("p", False, rf"(?P<core>.*?\d.*?)[,;:]?\ ?[(\[]?\ ?{p_sign}{share}\ ?[)\]]?"),
    )  # fmt: skip
    return tuple((n, f, re.compile(p + r"$", re.IGNORECASE | re.VERBOSE)) for n, f, p in forms)


_TIME_FIRST = re.compile(
    r"^(?:at )?(?P<time>\d+(?:\.\d+)?[- ](?:years?|yrs?|months?|mo|weeks?|days?))(?::| ?,| ?=)? "
    r"(?P<core>[^(\[].*\d.*)$",
    re.IGNORECASE,
)  # "5-year 34.2% (29.1–39.3)"
_UNIT_BEHIND = re.compile(r"^(?P<core>.*\d.*[)\]]) ?(?P<unit>[^\W\d_][\w./²³⁻¹]*)$")  # "12.3 (4.5) kg"
