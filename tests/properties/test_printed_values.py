"""The grammar of printed statistics: never an exception, never a number not in the text, print → parse → value."""

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from auditable.printed_text import COMMA
from auditable.values import parse_cell
from tests.fuzz.texts import TEXTS, check_cell, check_sentences

PLENTY = settings(max_examples=60, deadline=None, derandomize=True)
NUMBERS = st.decimals(min_value=0, max_value=99999, places=2).map(lambda d: d.normalize()).map(lambda d: f"{d:f}")


@PLENTY
@given(TEXTS)
def test_any_text_parses_without_error_and_invents_no_number(text: str) -> None:
    check_cell(text)


@settings(max_examples=25, deadline=None)
@given(st.lists(TEXTS, max_size=4))
def test_any_sentence_is_read_without_error_and_invents_no_number(texts: list[str]) -> None:
    check_sentences(texts)


@PLENTY
@given(
    NUMBERS,
    NUMBERS,
    NUMBERS,
    st.sampled_from(["{} ({}–{})", "{} ({} to {})", "{} [{}; {}]", "{} ({}, {})", "{}, {}–{}"]),
)
def test_printed_limits_come_back(first: str, low: str, high: str, style: str) -> None:
    readings = parse_cell(style.format(first, low, high))
    wanted = [Decimal(x) for x in (first, low, high)]
    assert wanted in [[a.number for a in r.amounts] for r in readings if r.form == "first (limits)"]


@PLENTY
@given(st.integers(0, 9_999_999), st.decimals(0, 100, places=1), st.sampled_from(["{} ({})", "{} ({}%)", "{} [{} %]"]))
def test_printed_counts_and_percentages_come_back(count: int, share: Decimal, style: str) -> None:
    for printed_count in (str(count), f"{count:,}", f"{count:,}".replace(",", "\u2009")):
        amounts = parse_cell(style.format(printed_count, share))[0].amounts
        assert [a.number for a in amounts] == [count, share]
        assert amounts[1].decimals == 1


@PLENTY
@given(NUMBERS, st.integers(0, 6))
def test_printed_decimals_are_kept(number: str, zeros: int) -> None:
    text = number + ("" if "." in number else "." if zeros else "") + "0" * zeros
    amount = parse_cell(text)[0].amounts[0]
    assert amount.number == Decimal(number)
    assert amount.decimals == len(text.partition(".")[2])


@PLENTY
@given(NUMBERS)
def test_both_decimal_marks_give_the_same_number(number: str) -> None:
    comma = parse_cell(number.replace(".", ","), COMMA)[0].amounts[0]
    assert comma.digits == parse_cell(number)[0].amounts[0].digits


FORMS = [
    ("{} ± {}", "first ± spread"),
    ("{} (±{})", "first ± spread"),
    ("M = {}, SD = {}", "first (second)"),
    ("{} (SD {})", "first (second)"),
    ("{} ± {} ({}–{})", "first ± spread (limits)"),
    ("{} ({}) [{}–{}]", "first (second) (limits)"),
    ("{} ({}; {}–{})", "first (second) (limits)"),
    ("{} ({}–{}) [{}–{}]", "first (limits) (limits)"),
    ("{} (95% CI {} to {})", "first (limits)"),
    ("{} [{}; {}]", "first (limits)"),
    ("{}, 95% CI ({}–{})", "first (limits)"),
    ("{} to {}", "limits"),
    ("({}, {})", "limits"),
    ("{} ({}) [{}]", "first (second) third"),
    ("{} ({}, {}%)", "first (second, third)"),
    ("{} [{} ({})]", "first [second (third)]"),
    ("{}/{} ({})", "n/N (pct)"),
    ("{} ({}/{})", "n/N in brackets"),
    ("{}:{}", "ratio"),
    ("{}/{}/{}/{}", "parts"),
    ("NR [{} ({}–{})]", "first [estimate (limits)]"),
    ("{} (–)", "first (word)"),
    ("P = {}", "p"),
    ("n = {}", "n ="),
    ("t(12) = {}", "test"),
    ("{} months", "single"),
    ("{} /1000 live births", "single"),
]
"""Every form with two or more numbers, as it is printed, and its name."""


@PLENTY
@given(st.sampled_from(FORMS), st.lists(NUMBERS, min_size=5, max_size=5))
def test_every_form_prints_and_comes_back(form: tuple[str, str], numbers: list[str]) -> None:
    template, name = form
    wanted = [Decimal(n) for n in numbers[: template.count("{}")]]
    readings = [r for r in parse_cell(template.format(*numbers)) if r.form == name]
    assert wanted in [[a.number for a in r.amounts if a.number is not None] for r in readings]


@PLENTY
@given(
    st.sampled_from(["{} ({})", "{} ± {}", "{} [{}–9999]"]),
    NUMBERS,
    NUMBERS,
    st.integers(1, 99999),
    st.sampled_from(["n={}, {}", "{1}, n = {0}", "{1} (n = {0})"]),
)
def test_a_number_of_patients_beside_a_statistic_comes_back(
    core: str, first: str, second: str, count: int, beside: str
) -> None:
    text = beside.format(count, core.format(first, second))
    found = [
        (r.added[0].amount.number, [a.number for a in r.amounts][:2])
        for r in parse_cell(text)
        if [a.name for a in r.added] == ["n"]
    ]
    assert (Decimal(count), [Decimal(first), Decimal(second)]) in found


@PLENTY
@given(st.decimals(1, 9, places=1), st.integers(1, 30), st.sampled_from(["{}×10-{}", "{} x 10-{}", "{}E-{:02d}"]))
def test_powers_of_ten_come_back(number: Decimal, power: int, style: str) -> None:
    assert parse_cell(style.format(number, power))[0].amounts[0].number == number.scaleb(-power)
