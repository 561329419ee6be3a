"""What many rules rest on: slips of the pen, stretches of numbers, words of one stem, tests from a printed interval."""

from __future__ import annotations

from fractions import Fraction

import pytest

from auditable.checks.individual_numbers import possible_summaries, show_interval
from auditable.checks.individual_words import holds, is_related
from auditable.checks.long_forms import are_alike
from auditable.checks.matching import agree, agree_loosely, are_related, digits_of, is_coarse_slip, is_slip
from auditable.checks.wald import Box, ends_of_p, p_range, quantile, z_of_p
from auditable.checks.words import Span, is_partition, is_stretch, read_span
from auditable.rounding import Interval, Printed, read_printed


def printed(text: str) -> Printed:
    """A number that is known to be one."""
    found = read_printed(text)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("left", "right", "slips"),
    [
        # one digit changed, lost or added, two neighbours swapped, the point moved, one more in the last place
        ("15.3", "13.5", True), ("15.3", "15.8", True), ("15.3", "1.53", True), ("15.3", "153", True),
        ("15.3", "35.1", False), ("153", "135", True), ("153", "513", True), ("153", "1533", True), ("153", "53", True),
        ("153", "15", True), ("153", "154", True), ("153", "164", False), ("100", "99", True), ("199", "200", True),
        ("19.9", "20.0", True), ("1234", "1243", True), ("1234", "2143", False), ("1234", "14", False),
        ("1234", "1235", True), ("1234", "123", True), ("1234", "1324", True), ("1234", "4321", False),
        ("153", "153", True), ("~153", "154", False),
        # too few digits to tell
        ("12", "13", False), ("12", "21", False), ("9", "10", False), ("12", "123", True), ("5", "153", False),
    ],
)  # fmt: skip
def test_a_slip_of_the_pen(left: str, right: str, slips: bool) -> None:
    """What agreement.text_table, agreement.row and flow.left call one number gone wrong, either way round."""
    assert is_slip(printed(left), printed(right)) is slips
    assert is_slip(printed(right), printed(left)) is slips


@pytest.mark.parametrize(("left", "right", "slips"), [("9", "10", True), ("12", "21", True), ("12", "34", False)])
def test_a_slip_of_few_digits_where_few_are_enough(left: str, right: str, slips: bool) -> None:
    """As agreement.text_table and flow.left ask where other words already tell that one number is meant."""
    assert is_slip(printed(left), printed(right), fewest=1) is slips


@pytest.mark.parametrize(
    ("left", "right", "agrees", "loosely", "coarsely"),
    [
        ("39.5", "39", True, True, True), ("39.5", "40", True, True, True), ("39.4", "40", False, True, True),
        ("39.4", "39.4", True, True, False), ("39.4", "39.5", False, False, True), ("37.8", "48", False, False, True),
        ("37.8", "83", False, False, True), ("37.8", "56", False, False, False), ("<40", "39.4", True, True, True),
        ("<40", "41.4", False, False, True), ("39.4", "38", False, False, True),
    ],
)  # fmt: skip
def test_two_prints_of_one_number(left: str, right: str, agrees: bool, loosely: bool, coarsely: bool) -> None:
    """As agreement.text_table compares a table and a sentence."""
    a, b = printed(left), printed(right)
    assert (agree(a, b), agree(b, a)) == (agrees, agrees)
    assert (agree_loosely(a, b), agree_loosely(b, a)) == (loosely, loosely)
    if left not in ("39.4", "<40") or right not in ("39.4", "39.5", "41.4"):
        assert is_coarse_slip(a, b) is is_coarse_slip(b, a) is coarsely


@pytest.mark.parametrize(("text", "digits"), [("5.60", "560"), ("0.056", "56"), ("-12.0", "120"), ("100", "100")])
def test_significant_digits(text: str, digits: str) -> None:
    """As agreement.text_table and rate.base count what a number tells."""
    assert digits_of(printed(text)) == digits


@pytest.mark.parametrize(
    ("left", "right", "related", "of_patients", "alike"),
    [
        ("haem", "haematological", True, True, True), ("hae", "haematological", False, True, False),
        ("response", "responders", False, True, True), ("age", "aged", False, True, True),
        ("leak", "leg", False, False, False), ("reduced", "reduction", False, True, False),
        ("tumor", "tumour", False, True, True), ("heart", "hazard", False, False, False),
        ("kidney", "renal", False, False, True), ("pain", "pain", True, True, True),
        ("prednisone", "prednisolone", False, True, True), ("ae", "event", False, False, False),
        ("stage", "staging", False, True, True), ("fever", "fibre", False, False, False),
        ("death", "mortality", False, False, True), ("rash", "rate", False, False, False),
    ],
)  # fmt: skip
def test_words_of_one_stem(left: str, right: str, related: bool, of_patients: bool, alike: bool) -> None:
    """As agreement.row, individual.count and agreement.definition take two words for one, either way round."""
    one, other = frozenset({left}), frozenset({right})
    assert are_related(one, other) is are_related(other, one) is related
    assert is_related(left, right) is is_related(right, left) is of_patients
    assert holds([left], other) is of_patients
    assert are_alike(left, right) is are_alike(right, left) is alike


@pytest.mark.parametrize(
    ("label", "span"),
    [
        ("≥ 65 years", (65, None, "year", False)), (">65", (65, None, "", True)), ("at least 2", (2, None, "", False)),
        ("3 or more lines", (3, None, "line", False)), ("<65", (None, 65, "", True)), ("≤ 65", (None, 65, "", False)),
        ("up to 4", (None, 4, "", False)), ("under 4", (None, 4, "", True)), ("65–74 years", (65, 74, "year", False)),
        ("74–65", None), ("65–65", (65, 65, "", False)), ("2.5 to 3.5 mg", (2.5, 3.5, "mg", False)), ("older", None),
        ("<65, n (%)", (None, 65, "", True)),
    ],
)  # fmt: skip
def test_the_stretch_that_a_label_names(label: str, span: tuple[float | None, float | None, str, bool] | None) -> None:
    """As summary.vs_categories and categories.sum read rows."""
    if span is None:
        assert read_span(label) is None
        return
    low, high, unit, strict = span
    bottom, top = (None if x is None else Fraction(x) for x in (low, high))
    assert read_span(label) == Span(bottom, top, unit, strict)


@pytest.mark.parametrize(
    ("labels", "parts", "stretches"),
    [
        (["<65", "65–74", "≥75"], True, True), (["≥75", "<65", "65–74"], True, True), (["<65", "≥65"], True, True),
        (["≤65", ">65"], True, True), (["<65", ">65"], False, False), (["≤65", "≥65"], False, False),
        (["≤64", "≥65"], True, True), (["≤63", "≥65"], False, False), (["<65", "65–74"], False, True),
        (["65–74", "≥75"], False, True), (["40–64", "65–79", "≥80"], False, True), (["40–64", "64–79"], False, True),
        (["<65", "67–74", "≥75"], False, False), (["<65", "<75", "≥75"], False, False), (["<65"], False, False),
        (["<65", "older"], False, False), (["<65 years", "≥65 months"], False, False),
        (["<65 years", "≥65"], True, True), (["<65", "65–74", "70–79", "≥80"], False, False),
    ],
)  # fmt: skip
def test_labels_that_cut_the_number_line(labels: list[str], parts: bool, stretches: bool) -> None:
    """As categories.sum and survival.pooled ask whether rows leave nobody out."""
    assert is_partition(labels) is parts
    assert is_stretch(labels) is stretches


@pytest.mark.parametrize(
    ("values", "statistic", "shown"),
    [
        ("7 8 9 12 15 24 31", "median", ["12.0"]), ("7 8 9 12", "median", ["8.5"]), ("7 8 9 12", "mean", ["9.0"]),
        ("7 8 9 12", "min", ["7.0"]), ("7 8 9 12", "max", ["12.0"]), ("7 8 9 12 <7", "min", ["not fixed"]),
        ("7 8 9 12", "q1", ["7.0", "7.2", "7.3", "7.4", "7.5", "7.8"]),
        ("7 8 9 12", "q3", ["10.5", "11.0", "11.2", "9.0", "9.8", "11.3", "10.9", "10.8", "10.7"]),
        ("7 8 9", "sd", ["1.0", "0.8"]), ("7", "sd", ["not fixed"]), ("7 <9", "sd", ["not fixed"]),
        ("7 <9", "median", ["not fixed"]),
    ],
)  # fmt: skip
def test_summaries_that_listed_values_can_have(values: str, statistic: str, shown: list[str]) -> None:
    """As individual.recompute computes them: whole numbers by their face, by every definition of a quartile."""
    numbers = [Interval(n.value, n.value) if not n.comparator else n.ordinary for n in map(printed, values.split())]
    found = {show_interval(i, 1) for i in possible_summaries(numbers, statistic)}
    assert {f.replace(" by the listed values", "") for f in found} <= set(shown)
    assert shown[0] in {f.replace(" by the listed values", "") for f in found}


def test_the_width_between_quartiles() -> None:
    """As individual.recompute does: the difference of the quartiles, by one definition for both."""
    numbers = [Interval(Fraction(n), Fraction(n)) for n in (7, 8, 9, 12, 15, 24, 31)]
    widths = {round(float((i.low or 0) + (i.high or 0)) / 2, 2) for i in possible_summaries(numbers, "iqr")}
    assert 16.0 in widths
    assert max(widths) <= 16.0
    assert possible_summaries([*numbers[:2], *[Interval(None, None)] * 3], "iqr")[0].low is None


@pytest.mark.parametrize(
    ("low", "high", "decimals", "shown"),
    [("1", "1.1", 1, "1.1"), ("1", "1.2", 1, "1.0 to 1.2"), ("2", "2", 0, "2"), ("2", "4", 0, "2 to 4")],
)
def test_where_a_summary_lies(low: str, high: str, decimals: int, shown: str) -> None:
    """As individual.recompute tells it: one number where its ends print alike."""
    assert show_interval(Interval(Fraction(low), Fraction(high)), decimals) == shown


@pytest.mark.parametrize(
    ("box", "z", "lean"),
    [
        # a difference of 2 (1 to 3), of 0 (-1 to 1), one that leans, and limits that no symmetric interval has
        (Box((2, 2), (1, 1), (3, 3)), (3.92, 3.92), 0), (Box((0, 0), (-1, -1), (1, 1)), (0, 0), 0),
        (Box((1.5, 1.5), (1, 1), (3, 3)), (2.94, 2.94), 0.5), (Box((2, 2), (3, 3), (3, 3)), None, 0),
        (Box((1.9, 2.1), (0.9, 1.1), (2.9, 3.1)), (3.56, 4.36), 0),
        (Box((-2, -2), (-3, -3), (-1, -1)), (3.92, 3.92), 0),
        (Box((-0.5, 0.5), (1, 1), (3, 3)), (0, 0.98), 1.5),
    ],
)  # fmt: skip
def test_the_z_of_a_printed_interval(box: Box, z: tuple[float, float] | None, lean: float) -> None:
    """As ci.p and ci.symmetric read estimate and limits."""
    found = box.z(95)
    assert (found is None) if z is None else found == pytest.approx(z, abs=0.02)
    assert box.lean == pytest.approx(lean, abs=0.02)


def test_p_and_z_are_turned_into_each_other() -> None:
    """As ci.p, ci.symmetric, test.recompute and test.reported do."""
    assert quantile(95) == pytest.approx(1.96, abs=0.001)
    assert p_range((1.96, 2.576), 2) == pytest.approx((0.01, 0.05), abs=0.001)
    assert p_range((1.96, 2.576), 1) == pytest.approx((0.005, 0.025), abs=0.001)
    assert ends_of_p(printed("0.05")) == pytest.approx((0.045, 0.055))
    assert ends_of_p(printed("0.05"), is_loose=True) == pytest.approx((0.04, 0.06))
    assert ends_of_p(printed("<0.05"), is_loose=True) == pytest.approx((0, 0.05))
    assert ends_of_p(printed(">0.05")) == pytest.approx((0.05, 1))
    assert z_of_p(printed("0.05"), 2) == pytest.approx((1.919, 2.005), abs=0.001)
    assert z_of_p(printed("0.05"), 1) == pytest.approx((1.598, 1.695), abs=0.001)
    assert z_of_p(printed("<0.05"), 2) == pytest.approx((1.96, float("inf")), abs=0.001)
    assert z_of_p(printed(">0.05"), 2)[0] == 0.0
    assert z_of_p(printed("0.9"), 1)[0] == 0.0
