"""Every printed form of a statistic is one row; a new oddity is a new row."""

import pytest

from auditable.printed_text import COMMA, POINT, NumberMarks, missing_kind, settle_marks
from auditable.values import LONGEST_STATISTIC, Amount, parse_cell

PRINTED = [
    # counts and percentages
    ("60", "single", ["60"]),
    ("8 (25.0)", "first (second)", ["8", "25.0"]),
    ("75(19)", "first (second)", ["75", "19"]),
    ("8 (25.0%)", "first (second)", ["8", "25.0%"]),
    ("12 [45 %]", "first (second)", ["12", "45%"]),
    ("45% (12)", "first (second)", ["45%", "12"]),
    ("12 45%", "first (second)", ["12", "45%"]),
    ("12, 45%", "first (second)", ["12", "45%"]),
    ("0 (0)", "first (second)", ["0", "0"]),
    ("12 (45)†", "first (second)", ["12", "45"]),
    ("1 (<1)", "first (second)", ["1", "<1"]),
    ("45 %", "single", ["45%"]),
    ("(45.0)", "single", ["45.0"]),
    ("n = 12", "n =", ["12"]),
    # out of a total
    ("12/34 (35.3%)", "n/N (pct)", ["12", "34", "35.3%"]),
    ("12 of 34 (35)", "n/N (pct)", ["12", "34", "35"]),
    ("12/34, 35%", "n/N (pct)", ["12", "34", "35%"]),
    ("33.3% (12/36)", "n/N in brackets", ["33.3%", "12", "36"]),
    ("12/34", "n/N", ["12", "34"]),
    ("12 of 34", "n/N", ["12", "34"]),
    ("62.9/43.8", "n/N", ["62.9", "43.8"]),
    ("12:13", "ratio", ["12", "13"]),
    # thousands
    ("1,234 (45.6)", "first (second)", ["1234", "45.6"]),
    ("1 234 (45)", "first (second)", ["1234", "45"]),
    ("1\u2009234 (45)", "first (second)", ["1234", "45"]),
    ("1\u2007234\u2007567", "single", ["1234567"]),
    # centre and spread
    ("12.3 ± 4.5", "first ± spread", ["12.3", "4.5"]),
    ("67.8±8.3", "first ± spread", ["67.8", "8.3"]),
    ("67.8 +/- 8.3", "first ± spread", ["67.8", "8.3"]),
    ("12.3 (±4.5)", "first ± spread", ["12.3", "4.5"]),
    ("12.3 ± 4.5 (3–20)", "first ± spread (limits)", ["12.3", "4.5", "3", "20"]),
    ("39·8 (14·8)", "first (second)", ["39.8", "14.8"]),
    ("70.5 (51–84)", "first (limits)", ["70.5", "51", "84"]),
    ("70.5 (51-84)", "first (limits)", ["70.5", "51", "84"]),
    ("70.5 (51—84)", "first (limits)", ["70.5", "51", "84"]),
    ("70.5 (51−84)", "first (limits)", ["70.5", "51", "84"]),
    ("70.5 (51 to 84)", "first (limits)", ["70.5", "51", "84"]),
    ("67 (47, 78)", "first (limits)", ["67", "47", "78"]),
    ("67 [47; 78]", "first (limits)", ["67", "47", "78"]),
    ("466 (177–1120)", "first (limits)", ["466", "177", "1120"]),
    ("11.5 mo (8–13)", "first (limits)", ["11.5 mo", "8", "13"]),
    ("median 12 (range 5–20)", "first (limits)", ["12", "5", "20"]),
    ("51–84", "limits", ["51", "84"]),
    ("(51, 84)", "limits", ["51", "84"]),
    # ratios, intervals, p values
    ("0.62 [0.45; 0.86]", "first (limits)", ["0.62", "0.45", "0.86"]),
    ("0.62 (95% CI, 0.45 to 0.86)", "first (limits)", ["0.62", "0.45", "0.86"]),
    ("0.62, 0.45–0.86", "first (limits)", ["0.62", "0.45", "0.86"]),
    ("HR 0.62 (95% CI 0.45–0.86); P=0.003", "first (limits)", ["0.62", "0.45", "0.86", "p 0.003"]),
    ("1.31 (0.79-2.15) P=.292", "first (limits)", ["1.31", "0.79", "2.15", "p .292"]),
    ("8.0% (−0.9% to 16.8%) P<0.0001", "first (limits)", ["8.0%", "-0.9%", "16.8%", "p <0.0001"]),
    ("12 (45), p = 0.03", "first (second)", ["12", "45", "p 0.03"]),
    ("2.81, p = .09", "single", ["2.81", "p .09"]),
    ("0.62 (0.45–0.86) 0.003", "first (limits) third", ["0.62", "0.45", "0.86", "0.003"]),
    ("0.62, 95% CI (0.45–0.86)", "first (limits)", ["0.62", "0.45", "0.86"]),
    ("0.62 (CI 95% 0.45–0.86)", "first (limits)", ["0.62", "0.45", "0.86"]),
    ("–28% (–47% to –2%)∥", "first (limits)", ["-28%", "-47%", "-2%"]),
    ("−3 to 4", "limits", ["-3", "4"]),
    ("-3--1", "limits", ["-3", "-1"]),
    # what stands beside a statistic
    ("n=354, 3132.4 (581.7)", "first (second)", ["n 354", "3132.4", "581.7"]),
    ("54.3 (12.1), n=45", "first (second)", ["54.3", "12.1", "n 45"]),
    ("54.3 ± 12.1 (n = 45)", "first ± spread", ["54.3", "12.1", "n 45"]),
    ("391, 210 (125-350)", "first (limits)", ["count 391", "210", "125", "350"]),
    ("5-year 34.2% (29.1–39.3)", "first (limits)", ["34.2%", "29.1", "39.3"]),
    # events and the patients that had them
    ("12 (24.0) [15]", "first (second) third", ["12", "24.0", "15"]),
    ("2 (12.5) 2", "first (second) third", ["2", "12.5", "2"]),
    ("12 (24.0%), 15", "first (second) third", ["12", "24.0%", "15"]),
    ("15 [12 (24.0)]", "first [second (third)]", ["15", "12", "24.0"]),
    ("3 events in 2 patients (5.7%)", "events in people (pct)", ["3", "2", "5.7%"]),
    ("3 events in 2", "events in people", ["3", "2"]),
    ("12 patients (35%)", "people (pct)", ["12", "35%"]),
    ("12 (35%) patients", "people (pct)", ["12", "35%"]),
    ("12 patients", "people", ["12"]),
    ("0.5/1000 LB", "single", ["0.5 /1000 LB"]),
    ("115.7/100,000 live births", "single", ["115.7 /100,000 live births"]),
    ("12.3 per 100 patient-years", "single", ["12.3 per 100 patient-years"]),
    ("0 / 10 / 13 / 4 / 0", "parts", ["0", "10", "13", "4", "0"]),
    # powers of ten: a negative one is part of the number, a positive one of the unit
    ("2.3×10⁻⁵", "single", ["0.000023"]),
    ("2.3 x 10-5", "single", ["0.000023"]),
    ("2.3E-05", "single", ["0.000023"]),
    ("150 × 10⁹/L", "single", ["150 × 10⁹/L"]),
    ("2.3 × 10⁹", "single", ["2.3 × 10⁹"]),
    ("1'234 (45)", "first (second)", ["1234", "45"]),
    ("M = 12.3, SD = 4.5", "first (second)", ["12.3", "4.5"]),
    ("12.3 (SD 4.5; range 3–20)", "first (second) (limits)", ["12.3", "4.5", "3", "20"]),
    ("(P = 0.03)", "p", ["0.03"]),
    ("p = NS", "p missing", ["other"]),
    ("0.62 (0.45–0.86, p<0.001)", "first (limits) p", ["0.62", "0.45", "0.86", "<0.001"]),
    ("−1.2 (−2.3, −0.1)", "first (limits)", ["-1.2", "-2.3", "-0.1"]),
    ("-1.2 (-2.3–-0.1)", "first (limits)", ["-1.2", "-2.3", "-0.1"]),
    ("−1.2 (−2.3 to −0.1)", "first (limits)", ["-1.2", "-2.3", "-0.1"]),
    ("1.2 (−0.3 to 2.7)", "first (limits)", ["1.2", "-0.3", "2.7"]),
    ("12 (45) [30–60]", "first (second) (limits)", ["12", "45", "30", "60"]),
    ("12 (45; 30–60)", "first (second) (limits)", ["12", "45", "30", "60"]),
    ("12/34 (35; 20–53)", "n/N (pct) (limits)", ["12", "34", "35", "20", "53"]),
    ("NR [0.538 (0.382−0.758)]", "first [estimate (limits)]", ["NR", "0.538", "0.382", "0.758"]),
    ("11.5 [0.596 (0.436–0.814)]", "first [estimate (limits)]", ["11.5", "0.596", "0.436", "0.814"]),
    ("P = 0.03", "p", ["0.03"]),
    ("p<0.001", "p", ["<0.001"]),
    (".03", "single", [".03"]),
    ("0.03*", "single", ["0.03"]),
    ("<0·0001", "single", ["<0.0001"]),
    ("χ2(1) = 2.88, p = .09", "test p", ["2.88", ".09"]),
    ("Z = -0.07, p = .94", "test p", ["-0.07", ".94"]),
    ("Fisher, p = .61", "test p", [".61"]),
    ("t(1267) 20·1", "test", ["20.1"]),
    ("F(2, 45) = 3.1", "test", ["3.1"]),
    # bounds, units, missing
    ("< 1", "single", ["<1"]),
    ("≥8", "single", [">=8"]),
    (">= 8", "single", [">=8"]),
    ("≈ 8", "single", ["~8"]),
    ("12 mg", "single", ["12 mg"]),
    ("3.4 months", "single", ["3.4 months"]),
    ("20 mg/kg", "single", ["20 mg/kg"]),
    ("NR", "missing", ["NR"]),
    ("not reached", "missing", ["NR"]),
    ("–", "missing", ["dash"]),
    ("…", "missing", ["dash"]),
    ("n/a", "missing", ["NA"]),
    ("NS", "missing", ["other"]),
    ("NR (12.3–NE)", "first (limits)", ["NR", "12.3", "NE"]),
    ("8.3 [95% CI 6.5, NE]", "first (limits)", ["8.3", "6.5", "NE"]),
    ("1.00 (reference)", "first (word)", ["1.00", "other"]),
    ("1.0 (Ref.)", "first (word)", ["1.0", "other"]),
    ("1.00 Ref.", "first (word)", ["1.00", "other"]),
    ("– (–)", "missing missing", ["dash", "dash"]),
    ("(–)", "missing", ["dash"]),
    ("ND", "missing", ["other"]),
    ("not recorded", "missing", ["other"]),
    ("BLQ", "missing", ["other"]),
    ("12 (—)", "first (word)", ["12", "dash"]),
]


def _spell(text: str, marks: NumberMarks = POINT) -> tuple[str, list[str]]:
    printed = parse_cell(text, marks)[0]
    added = [(f"{a.name} {a.amount.comparator}{a.amount.digits}", a.is_first) for a in printed.added]
    return printed.form, [
        *(text for text, is_first in added if is_first),
        *(
            a.missing or f"{a.comparator}{a.digits}{'%' if a.is_percent else ''}{' ' + a.unit if a.unit else ''}"
            for a in printed.amounts
        ),
        *(text for text, is_first in added if not is_first),
    ]


@pytest.mark.parametrize(("text", "form", "amounts"), PRINTED)
def test_printed_form(text: str, form: str, amounts: list[str]) -> None:
    assert _spell(text) == (form, amounts)


@pytest.mark.parametrize(
    ("text", "form", "amounts"),
    [
        ("12,5 (3,4)", "first (second)", ["12.5", "3.4"]),
        ("12,5 (3,4–20,1)", "first (limits)", ["12.5", "3.4", "20.1"]),
        ("1.234 (45,6)", "first (second)", ["1234", "45.6"]),
        ("1 234,5", "single", ["1234.5"]),
    ],
)
def test_decimal_comma(text: str, form: str, amounts: list[str]) -> None:
    assert _spell(text, COMMA) == (form, amounts)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "Y",
        "Na",
        "ns 3",
        "IgA",
        "COVID-19",
        "Dara-mono",
        "G4 sepsis",
        "31 January 2021",
        "1.2.3",
        "12,5 (3,4)",
    ],
)
def test_no_statistic(text: str) -> None:
    assert parse_cell(text) == ()


def test_a_comma_without_blank_can_be_read_two_ways() -> None:
    forms = [(p.form, [a.digits for a in p.amounts]) for p in parse_cell("67 (151,184)")]
    assert forms == [("first (second)", ["67", "151184"]), ("first (limits)", ["67", "151", "184"])]


@pytest.mark.parametrize(
    ("texts", "marks"),
    [
        (["12,5 (3,4)", "1,234"], COMMA),
        (["0,123"], COMMA),
        (["12.5", "1,234"], POINT),
        (["1,234", "12,345 (45)"], POINT),
        (["8 (25)"], POINT),
        ([], POINT),
    ],
)
def test_number_marks_of_a_table(texts: list[str], marks: NumberMarks) -> None:
    assert settle_marks(texts) == marks


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("NR", "NR"),
        ("Not reached", "NR"),
        ("NE", "NE"),
        ("N/A", "NA"),
        ("NK", "NK"),
        ("Unknown", "NK"),
        ("—", "dash"),
        ("", "blank"),
        ("ne", ""),
        ("0", ""),
        ("IgG", ""),
    ],
)
def test_missing_kinds_stay_apart(text: str, kind: str) -> None:
    assert missing_kind(text) == kind


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("HR 0.62 (95% CI 0.45–0.86)", "HR 95% CI"),
        ("0.62 (0.45–0.86)", ""),
        ("M = 12.3, SD = 4.5", "M SD"),
        ("χ2(1) = 2.88, p = .09", "χ2(1)"),
        ("Fisher, p = .61", "Fisher"),
        ("t(1267) 20·1", "t(1267)"),
    ],
)
def test_words_printed_in_a_cell(text: str, words: str) -> None:
    assert parse_cell(text)[0].words == words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12", ("12", 0, True, False)),
        ("12.50", ("12.50", 2, False, False)),
        ("1,234", ("1234", 0, True, False)),
        ("45%", ("45", 0, False, True)),
        ("<1", ("1", 0, False, False)),
        ("−3", ("-3", 0, False, False)),
        ("+3", ("3", 0, True, False)),
        ("2.3E-05", ("0.000023", 6, False, False)),
        (".03", ("0.03", 2, False, False)),
        ("12 mg", ("12", 0, True, False)),
        ("NR", ("None", 0, False, False)),
    ],
)
def test_what_one_amount_is(text: str, expected: tuple[str, int, bool, bool]) -> None:
    amount = parse_cell(text)[0].amounts[0]
    assert (str(amount.number), amount.decimals, amount.is_whole, amount.is_percent) == expected
    assert Amount("12", "12") == parse_cell("12")[0].amounts[0]


@pytest.mark.parametrize(("length", "is_read"), [(LONGEST_STATISTIC, True), (LONGEST_STATISTIC + 1, False)])
def test_a_sentence_is_no_statistic(length: int, is_read: bool) -> None:
    assert LONGEST_STATISTIC == 120
    assert bool(parse_cell("1" * length)) is is_read


@pytest.mark.parametrize(
    ("text", "prefix", "unit"),
    [("5-year 34.2% (29.1–39.3)", "5-year", ""), ("34.2 (29.1–39.3) months", "", "months"), ("12 (3)", "", "")],
)
def test_a_time_before_and_a_unit_behind_a_statistic(text: str, prefix: str, unit: str) -> None:
    assert (parse_cell(text)[0].prefix, parse_cell(text)[0].unit) == (prefix, unit)
