"""Whether a number can be one of a variable at all, by its statistic and unit.

Comes in: a mention and an entry of the codebook. Goes out: yes or no. Words of the sentence are prose_variables.py's:
a median of months is none of a category, however near its name stands.
"""

from __future__ import annotations

import re

from auditable.codebook import Variable
from auditable.mentions import Mention
from auditable.settled import RATIOS

CENTRES = ("median", "mean", "sd", "se", "min", "max", "q1", "q3", "iqr")
SHARES = ("n", "pct", "total", "events")
_TIME = re.compile(r"(?:decade|year|yr|month|mo|week|wk|day|hour|hr|minute|min)s?\b|[hs]\b", re.IGNORECASE)
OF_STUDIES = re.compile(
    r"(?:trials?|stud(?:y|ies)|groups|arms|cent(?:er|re)s|sites|hospitals|clinics|countries|reports?|articles|schools)",
    re.IGNORECASE,
)
"""What is counted where no patients are."""
_THINGS = re.compile(
    r"(?:lines?|cycles?|therap(?:y|ies)|treatments?|regimens?|doses?|infusions?|injections?|courses?|sessions?|visits?|drugs?)",
    re.IGNORECASE,
)
_MEASURED = ("continuous", "time to event")


def is_time(unit: str) -> bool:
    """Whether a printed unit is one of time."""
    return bool(_TIME.fullmatch(unit.strip()))


def fits(mention: Mention, variable: Variable, has_category: bool) -> bool:
    """Whether the statistic may be one of the variable; has_category: a category or limit stands beside its name."""
    statistic, unit = mention.statistic, mention.quantity.unit
    if OF_STUDIES.fullmatch(mention.quantity.counted) or not _counts_the_same(unit, variable):
        return False
    if statistic == "hr" and variable.recurs:
        return False
    if statistic in RATIOS:
        return variable.kind not in ("category", "continuous")
    if statistic in SHARES:
        return _fits_share(statistic, variable, has_category)
    if statistic in (*CENTRES, "value", "bound", "missing"):
        return _fits_measure(statistic, unit, variable)
    if statistic == "rate":
        return variable.kind not in ("category", "continuous")
    return True


def _counts_the_same(unit: str, variable: Variable) -> bool:
    """Whether a unit that is a thing each person has a number of ("three drugs") is one of the variable."""
    if not _THINGS.fullmatch(unit):
        return True
    stem = unit.lower().rstrip("s")[:5]
    return not variable.unit or stem in f"{variable.unit} {variable.name} {variable.meaning}".lower()


def _fits_share(statistic: str, variable: Variable, has_category: bool) -> bool:
    """A count or percentage: of people, of a rate at a time, or of a variable measured in per cent."""
    if has_category or variable.kind not in _MEASURED:
        return True
    if statistic == "pct":
        return variable.kind == "time to event" or "%" in (variable.unit, *variable.accepted_units)
    return variable.kind == "time to event"


def _fits_measure(statistic: str, unit: str, variable: Variable) -> bool:
    if variable.kind in _MEASURED:
        if unit == "%":
            return "%" in (variable.unit, *variable.accepted_units)
        return not unit or not variable.unit or is_time(unit) == is_time(variable.unit)
    if unit == "%":
        return variable.kind != "category"
    return statistic in ("bound", "missing") or (variable.kind in ("event", "rate") and not is_time(unit))


def is_alike(first: Mention, second: Mention) -> bool:
    """Whether two numbers can be values of one variable side by side: shares, or measures with one kind of unit."""
    pair = {first.statistic, second.statistic}
    if pair <= set(SHARES):
        return True
    if pair <= {*CENTRES, "value", "missing", "n"}:
        units = {u for u in (first.quantity.unit, second.quantity.unit) if u}
        return len({is_time(u) for u in units}) < 2 and ("%" in units) == (units == {"%"})
    return len(pair) == 1
