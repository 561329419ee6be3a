"""diagnostic.accuracy: sensitivity, specificity, predictive values and likelihood ratios of a test fit one 2 × 2 table.

Comes in: a Study. Goes out: one outcome for each relation between the printed measures of one test: the counts that
two of them share, the share of the diseased that predictive values and accuracy imply, the accuracy between
sensitivity and specificity, and both likelihood ratios. Means over folds or readers fit no one table: of them only the
counts are compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from auditable.blocks import Observation, Study, number_of
from auditable.checks.accuracy_measures import DiagnosticTest, find_diagnostic_tests
from auditable.checks.rule import Outcome, Rule
from auditable.rounding import Interval

ONE = Fraction(1)
_AVERAGED = re.compile(
    r"\bcross[- ]?validat|\b(?:macro|micro)[- ]?averag|\baverag\w+ (?:over|across)|\bmulti[- ]?(?:reader|class)",
    re.IGNORECASE,
)
"""Words of papers whose measures may be means of several tables."""
Span = tuple[Fraction, Fraction]
SPOKEN = {
    "sensitivity": "sensitivity",
    "specificity": "specificity",
    "ppv": "positive predictive value",
    "npv": "negative predictive value",
    "accuracy": "accuracy",
    "lr_positive": "positive likelihood ratio",
    "lr_negative": "negative likelihood ratio",
}


def test_accuracy(study: Study) -> Iterator[Outcome]:
    """One outcome for each relation of the measures of each test."""
    is_averaged = any(_AVERAGED.search(s.text) for s in study.text)
    for test in find_diagnostic_tests(study):
        yield from _counts(test)
        if is_averaged:
            continue
        spans = {name: s for name, m in test.items() if (s := _span(name, m.printed)) is not None}
        yield from _likelihood(test, spans)
        yield from _prevalence(test, spans)
        yield from _between(test, spans)


def _span(name: str, o: Observation) -> Span | None:
    """What a measure may have been before it was rounded or cut off: a share from 0 to 1, or a ratio."""
    inside = number_of(o).loose if o.number is not None and not o.number.comparator else None
    if inside is None or inside.low is None or inside.high is None:
        return None
    if name.startswith("lr"):
        return inside.low, inside.high
    scale = 1 if o.unit != "%" and number_of(o).value <= 1 and number_of(o).decimals else 100
    return max(inside.low / scale, Fraction(0)), min(inside.high / scale, ONE)


def _likelihood(test: DiagnosticTest, spans: dict[str, Span]) -> Iterator[Outcome]:
    """LR+ = sensitivity / (1 − specificity); LR− = (1 − sensitivity) / specificity."""
    if "sensitivity" not in spans or "specificity" not in spans:
        return
    (s0, s1), (c0, c1) = spans["sensitivity"], spans["specificity"]
    for name, formula, low, high in (
        ("lr_positive", "sensitivity / (1 − specificity)", _over(s0, ONE - c0), _over(s1, ONE - c1)),
        ("lr_negative", "(1 − sensitivity) / specificity", _over(ONE - s1, c1), _over(ONE - s0, c0)),
    ):
        if name in spans and low is not None:
            breaks = spans[name][1] < low or (high is not None and spans[name][0] > high)
            yield _told(test, (name, "sensitivity", "specificity"), formula, (low, high), breaks)


def _over(a: Fraction, b: Fraction) -> Fraction | None:
    return a / b if b else None


def _prevalence(test: DiagnosticTest, spans: dict[str, Span]) -> Iterator[Outcome]:
    """What each other measure implies of how many have the disease for each who has not: they agree."""
    if "sensitivity" not in spans or "specificity" not in spans:
        return
    s, c = spans["sensitivity"], spans["specificity"]
    odds = {
        "ppv": _odds(spans.get("ppv"), _rest(c), s),
        "npv": _odds(_rest(spans["npv"]) if "npv" in spans else None, c, _rest(s)),
        "accuracy": _odds_of_accuracy(spans.get("accuracy"), s, c),
    }
    known = [(name, found) for name, found in odds.items() if found is not None]
    for i, (name, a) in enumerate(known):
        for other, b in known[i + 1 :]:
            formula = f"patients with the disease for each without, from the {SPOKEN[other]}"
            breaks = not Interval(*a).overlaps(Interval(*b))
            yield _told(test, (name, other, "sensitivity", "specificity"), formula, b, breaks, a)


def _between(test: DiagnosticTest, spans: dict[str, Span]) -> Iterator[Outcome]:
    """Accuracy is the mean of sensitivity and specificity, weighted by the sick and the well."""
    if spans.keys() >= {"accuracy", "sensitivity", "specificity"}:
        s, c = spans["sensitivity"], spans["specificity"]
        ends = min(s[0], c[0]), max(s[1], c[1])
        breaks = not Interval(*spans["accuracy"]).overlaps(Interval(*ends))
        yield _told(test, ("accuracy", "sensitivity", "specificity"), "between both", ends, breaks)


def _rest(span: Span) -> Span:
    return ONE - span[1], ONE - span[0]


def _odds(value: Span | None, times: Span, over: Span) -> tuple[Fraction, Fraction | None] | None:
    """value/(1 − value) · times / over, the odds of disease that a predictive value implies."""
    if value is None or not over[1] or value[0] >= ONE:
        return None
    low = value[0] / (ONE - value[0]) * times[0] / over[1]
    high = value[1] / (ONE - value[1]) * times[1] / over[0] if value[1] < ONE and over[0] else None
    return low, high


def _odds_of_accuracy(accuracy: Span | None, s: Span, c: Span) -> tuple[Fraction, Fraction | None] | None:
    """(specificity − accuracy) / (accuracy − sensitivity), where the sign of both is sure."""
    if accuracy is None:
        return None
    if c[0] > accuracy[1] and accuracy[0] > s[1]:
        return (c[0] - accuracy[1]) / (accuracy[1] - s[0]), (c[1] - accuracy[0]) / (accuracy[0] - s[1])
    if s[0] > accuracy[1] and accuracy[0] > c[1]:
        return (accuracy[0] - c[1]) / (s[1] - accuracy[0]), (accuracy[1] - c[0]) / (s[0] - accuracy[1])
    return None


def _counts(test: DiagnosticTest) -> Iterator[Outcome]:
    """The true positives of sensitivity are those of the positive predictive value, and so on round the table."""
    for name, other in (("sensitivity", "ppv"), ("specificity", "npv")):
        a, b = test.get(name), test.get(other)
        if a is None or b is None or a.count is None or b.count is None:
            continue
        kind = "positives" if name == "sensitivity" else "negatives"
        shown = f"{a.count} true {kind} of the {SPOKEN[name]}, {b.count} of the {SPOKEN[other]}"
        observations = (a.printed, b.printed)
        if a.count == b.count:
            yield Outcome("consistent", observations, f"Both count {a.count} true {kind}.", shown, shown, str(a.count))
        else:
            message = f"One table has one number of true {kind}, but {shown} are printed."
            yield Outcome("impossible", observations, message, f"{a.count} ≠ {b.count}", shown, str(a.count))


def _told(
    test: DiagnosticTest,
    names: tuple[str, ...],
    formula: str,
    implied: tuple[Fraction, Fraction | None],
    breaks: bool,
    own: tuple[Fraction, Fraction | None] | None = None,
) -> Outcome:
    printed = ", ".join(f"{SPOKEN[n]} {number_of(test[n].printed)}" for n in names)
    expected = _text(implied)
    observations = tuple(test[n].printed for n in names)
    arithmetic = f"{formula}: {expected}" + (f"; from the {SPOKEN[names[0]]}: {_text(own)}" if own else "")
    if not breaks:
        return Outcome("consistent", observations, "The measures fit one table.", arithmetic, printed, expected)
    message = f"No one table of test and disease gives {printed} together."
    return Outcome("impossible", observations, message, arithmetic, printed, expected)


def _text(span: tuple[Fraction, Fraction | None]) -> str:
    low, high = span
    return f"{float(low):.3g} to {float(high):.3g}" if high is not None else f"{float(low):.3g} or more"


RULES = (
    Rule(
        id="diagnostic.accuracy",
        claim="Sensitivity, specificity, predictive values, accuracy and likelihood ratios of a test fit one 2 × 2 "
        "table.",
        severity="error",
        function=test_accuracy,
        assumptions="Three measures or more stand in one sentence, row or column that prints each of them once. "
        "Rounded and cut-off digits are allowed for. Pooled, weighted, adjusted and balanced measures, and means over "
        "readers, classes or folds of a cross-validation are not judged.",
        literature="Altman & Bland 1994 (BMJ 308:1552 and 309:102); STARD 2015",
        example="Sensitivity 85.7 %, specificity 90.0 %: the positive likelihood ratio is 8.57; 5.87 is printed.",
    ),
)
