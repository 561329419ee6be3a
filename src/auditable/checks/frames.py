"""frame.*: what the model of a table's type says of its observations, as findings.

Comes in: a Study. Goes out: for each rule one consistent outcome per table that it speaks of and that holds, and one
outcome per row that fails. Only a percentage outside 0 to 100 in a table is an accusation. A number that cannot be
what it is printed as is a question; labels that do not fit each other are a note, since they most often are labels
that we misread. The models are schemas/table_frames.py's, the judging judged_frames.py's; plausible ranges are told by
unit_plausible.py.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from auditable.blocks import Observation, Study
from auditable.checks.judged_frames import Judgement, judge_study
from auditable.checks.rule import Outcome, Rule
from auditable.codebook import load_codebook
from schemas.table_frames import LARGEST_RATIO

QUESTION = "definition"
DOUBT = "note"
"""Severity of what speaks of our reading before it speaks of the paper."""
MOST_SHOWN = 4
"""Values of a row, or rows of a table, that a message names."""
STATISTIC_NAMES = {
    "pct": "percentage", "sd": "standard deviation", "se": "standard error", "min": "minimum", "max": "maximum",
    "q1": "lower quartile", "q3": "upper quartile", "iqr": "interquartile range", "hr": "hazard ratio",
    "or": "odds ratio", "rr": "relative risk", "p": "p value", "n": "count",
}  # fmt: skip

Group = Sequence[Observation]
Failure = Callable[[Group], Outcome]


def run_judged(rule_id: str, fail: Failure, study: Study) -> Iterator[Outcome]:
    """The outcomes of one rule on a study."""
    for judgement in judge_study(study):
        if judgement.rule == rule_id:
            if not judgement.failed:
                yield _passed(judgement)
            yield from (fail(group) for group in judgement.failed)


def _passed(judgement: Judgement) -> Outcome:
    n = len(judgement.tested)
    where = judgement.tested[0].table_id or "the text"
    message = f"All {n} values of {where} that this rule speaks of hold."
    return Outcome("consistent", (judgement.tested[0],), message, f"{n} of {n} hold", str(n), str(n))


def _question(group: Group, message: str, arithmetic: str, expected: str, severity: str = QUESTION) -> Outcome:
    return Outcome("not testable", tuple(group), message, arithmetic, values_of(group), expected, severity)


def _outside_percent(group: Group) -> Outcome:
    first = group[0]
    message = f"{said(group)} % is not a share of patients: it is outside 0 to 100."
    arithmetic = f"0 ≤ {first.value} ≤ 100 does not hold"
    if first.source == "table" and not _is_counted(first):
        message += " It may be measured, not counted: a recovery, a cover, a relative value."
        return _question(group, message, arithmetic, "0 to 100", DOUBT)
    if first.source == "table":
        return Outcome("impossible", tuple(group), message, arithmetic, values_of(group), "0 to 100")
    # A minus before a percentage in a sentence says that it is a change, a difference or the margin of one.
    is_signed = all(o.number is not None and o.number.value < 0 for o in group)
    message = f"{message} It may be a change, or another number read as a percentage."
    is_doubt = is_signed or bool(_NO_SHARE.search(first.quote))
    return _question(group, message, arithmetic, "0 to 100", DOUBT if is_doubt else QUESTION)


_NO_SHARE = re.compile(
    r"\b(?:ratios?|limits?|recover(?:y|ies)|relative|potency|bioavailab\w*|bioequiv\w*|c ?max|auc\w*|predicted|normal"
    r"|of (?:the )?(?:baseline|controls?|reference|target))\b",
    re.IGNORECASE,
)
"""Words of percentages that are no shares: a recovery of 104 %, an upper limit of 112 %, 130 % of the control."""


def _is_counted(o: Observation) -> bool:
    """Whether the codebook says that patients have or have not what the row names."""
    variable = load_codebook().variables.get(o.variable)
    return bool(o.category) if variable is None else variable.kind in ("category", "event", "rate")


def _over_n(group: Group) -> Outcome:
    first = group[0]
    message = (
        f"{first.value} of {first.denominator} is more than the whole. The numbers may be no count and its N, or one "
        "of them is misprinted or misread."
    )
    return _question(group, message, f"{first.value} > {first.denominator}", f"at most {first.denominator}")


def _outside_statistic(group: Group) -> Outcome:
    name = _name(group[0])
    limits = "0 to 1" if group[0].statistic == "p" else f"above 0, at most {LARGEST_RATIO}"
    message = f"{said(group)} is read as {name}, which is {limits}: another statistic is meant, or it is misread."
    # In a sentence the point of a whole number ("222") was lost by us as easily as by the printer; 0 may be rounded.
    is_doubt = all(_is_doubtful(o) for o in group)
    return _question(group, message, f"{name}: {limits}", limits, DOUBT if is_doubt else QUESTION)


def _is_doubtful(o: Observation) -> bool:
    return o.number is not None and (o.number.value == 0 or (o.source != "table" and "." not in o.value))


def _wrong_statistic(group: Group) -> Outcome:
    first = group[0]
    names = " and ".join(dict.fromkeys(_name(o) for o in group))
    variable = load_codebook().variables.get(first.variable)
    if variable is not None and variable.kind in ("category", "event"):
        called = ", ".join(dict.fromkeys(o.category or o.variable.replace("_", " ") for o in group))
        why = f"of {variable.name.replace('_', ' ')} ({called}), which is counted, not measured"
    else:
        why = f"in a table of type {first.table_type}, which holds no such statistic"
    message = (
        f"{said(group)} is read as {names} {why}. The row may mean another variable, or the number another statistic."
    )
    return _question(group, message, "", "", DOUBT)


def _unlisted(group: Group) -> Outcome:
    first = group[0]
    known = load_codebook().variables[first.variable].categories
    found = list(dict.fromkeys(o.category for o in group))
    said = ", ".join(f"“{c}”" for c in found[:MOST_SHOWN]) + (" and more" if len(found) > MOST_SHOWN else "")
    message = (
        f"{said} is no category of {first.variable.replace('_', ' ')} ({', '.join(known)}). The row may "
        "belong to another heading, or its label is misread."
    )
    return _question(group, message, "", ", ".join(known), DOUBT)


def _two_values(group: Group) -> Outcome:
    rows = list(dict.fromkeys(f"{o.label or 'a row without label'}" for o in group))
    shown = ", ".join(rows[:MOST_SHOWN]) + (f" and {len(rows) - MOST_SHOWN} more" if len(rows) > MOST_SHOWN else "")
    first = [o for o in group if (o.stub_path, o.spanner_path, o.statistic) == _place(group[0])]
    message = (
        f"{group[0].table_id} prints different values under the same labels in {len(rows)} "
        f"{'row' if len(rows) == 1 else 'rows'} ({shown}); the first: {said(first)}. What parts them is not printed "
        "in their labels, or we did not read it."
    )
    return _question(group, message, "", "", DOUBT)


def _place(o: Observation) -> tuple[str, str, str]:
    return o.stub_path, o.spanner_path, o.statistic


def _name(o: Observation) -> str:
    return STATISTIC_NAMES.get(o.statistic, o.statistic)


def said(group: Group) -> str:
    """The values in words, the first few of them."""
    values = list(dict.fromkeys(o.value for o in group))
    more = f" and {len(values) - MOST_SHOWN} more" if len(values) > MOST_SHOWN else ""
    return ", ".join(values[:MOST_SHOWN]) + more


def values_of(group: Group) -> str:
    """All values, each once."""
    return ", ".join(dict.fromkeys(o.value for o in group))


def _rule(name: str, fail: Failure, claim: str, assumptions: str, example: str, severity: str = QUESTION) -> Rule:
    rule_id = f"frame.{name}"
    return Rule(rule_id, claim, severity, partial(run_judged, rule_id, fail), assumptions, LITERATURE, example)


LITERATURE = "INSPECT-SR check 4 (internal consistency); data validation by schema (pandera)"
RULES = (
    _rule(
        "percent_range",
        _outside_percent,
        "A percentage of patients lies between 0 and 100.",
        "Estimates, changes and percentages measured in each patient may leave that range and are not judged. In "
        "running text it is a question, since a change need not be called one in its sentence, and below 0 a note.",
        "105 % of patients responded.",
        "error",
    ),
    _rule(
        "count_over_n",
        _over_n,
        "A count is not more than the N printed beside it as its whole.",
        "Only an N in the same cell (8/32) or behind “of” in the sentence; counts of events are not judged. A "
        "question.",
        "34 of 32 patients responded.",
    ),
    _rule(
        "statistic_range",
        _outside_statistic,
        "A p value lies between 0 and 1, a ratio is above 0.",
        "A ratio above 1000 is held for a number of another kind. A question.",
        "An odds ratio of −0.3 is a difference or a logarithm.",
    ),
    _rule(
        "statistic_of_kind",
        _wrong_statistic,
        "What patients have or have not is counted; it has no median, mean or spread.",
        "Categories with an order (stage, performance status) may have a median as a whole. Tables of single patients "
        "and flows of patients hold only the statistics of their type. A note: our reading is doubted first.",
        "Sex > Female: mean 52.1 is the mean of something else in women.",
        DOUBT,
    ),
    _rule(
        "unknown_category",
        _unlisted,
        "A variable whose categories the codebook lists completely has no other.",
        "Unknown, missing and other are allowed. A note: our reading is doubted first.",
        "Sex > N12: the row is a patient, not a sex.",
        DOUBT,
    ),
    _rule(
        "two_values",
        _two_values,
        "One row, column, arm and statistic of a table has one value.",
        "Rows are compared by all their labels; one note per table, since our reading is doubted first.",
        "Two rows “Other” without their headings: 5 and 13.",
        DOUBT,
    ),
)
