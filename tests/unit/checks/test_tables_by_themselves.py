"""Sums, quotients and shares that other rows and columns prove: what is accused, and what stays silent."""

import pytest
from cases_tables import grid, shares
from hand_made import HandMadePaper

THREE = ("A", "B", "C")
FOUR = ("A", "B", "C", "D")


@pytest.mark.parametrize(
    ("heads", "rows", "of", "accused"),
    [
        # a total beneath, and above its parts
        (THREE, [("Hip", "141 232 310"), ("Knee", "88 97 105"), ("Total", "229 392 415")], "n", ["Total"]),
        (THREE, [("Stopped", "141 239 312"), ("Harm", "80 121 204"), ("Other", "61 118 180")], "n", ["Stopped"]),
        # within rounding
        (THREE, [("Hip", "14.1 23.2 31.0"), ("Knee", "8.8 9.7 10.5"), ("Total", "22.9 33.0 41.5")], "mean", []),
        # one other column is no proof, nor are noughts
        (("A", "B"), [("Hip", "141 232"), ("Knee", "88 97"), ("Total", "229 392")], "n", []),
        (THREE, [("Hip", "1 0 3"), ("Knee", "0 2 4"), ("Total", "1 2 9")], "n", []),
        # somebody may be in no part
        (THREE, [("Treated", "141 239 384"), ("Men", "80 121 202"), ("Women", "61 118 180")], "n", []),
        # a part that stands apart, and was nought elsewhere
        (THREE, [("Total", "141 239 389"), ("Men", "80 121 202"), ("Women", "61 118 180"), ("Age", "60 61 62"),
                 ("No sex", "0 0 7")], "n", []),
        # a longer sum that holds everywhere
        (THREE, [("All", "141 239 389"), ("Men", "80 121 202"), ("Women", "61 118 180"), ("No sex", "0 0 7")], "n", []),
        # columns: events of two kinds and all
        (("Mild", "Severe", "All"), [("Hip", "14 23 37"), ("Knee", "8 97 105"), ("Wrist", "31 5 36"),
                                     ("Back", "41 12 55"), ("Neck", "22 19 41")], "n", ["Back"]),
    ],
)  # fmt: skip
def test_sums(
    paper: HandMadePaper, heads: tuple[str, ...], rows: list[tuple[str, str]], of: str, accused: list[str]
) -> None:
    grid(paper, "T1", heads, rows, of)
    assert paper.accused("table.sum") == accused


@pytest.mark.parametrize("third", ["32", "44"])
def test_patients_with_events_are_no_sum(paper: HandMadePaper, third: str) -> None:
    """One may have two events; a rare one may not be listed."""
    rows = [("General", f"41 39 {third} 41"), ("Fatigue", "30 21 23 14"), ("Fever", "11 18 15 27")]
    for label, counts in rows:
        for head, n in zip(FOUR, counts.split(), strict=True):
            paper.row(label, table="T1", column=head, n=n, table_type="adverse events")
    assert paper.accused("table.sum") == []


def test_groups_whose_n_do_not_add_up_are_no_parts_of_one(paper: HandMadePaper) -> None:
    heads = ("High (n = 111)", "Low (n = 49)", "Control (n = 88)")
    rows = [("All", "40 15 25"), ("Women", "18 9 9"), ("Men", "22 6 16"), ("Ill", "6 2 4"), ("Well", "34 13 21"),
            ("Young", "7 1 7")]  # fmt: skip
    grid(paper, "T1", heads, rows, "n")
    assert paper.accused("table.sum") == []


def test_means_under_counts_are_no_sum(paper: HandMadePaper) -> None:
    rows = [("Night", "141 232 310"), ("Day", "88 97 105"), ("All", "229 329 415")]
    grid(paper, "T1", THREE, rows, "n")
    for label, text in (("Night", "8.23"), ("Day", "6.06"), ("All", "7.11")):
        paper.row(label, table="T1", table_type="outcome", column="Mean", mean=text)
    assert paper.accused("table.sum") == []


RATES = [("North", "52 56.94 0.913"), ("South", "41 51.02 0.804"), ("East", "63 60.11 1.048")]


@pytest.mark.parametrize(
    ("last", "verdicts"),
    [
        ("38 47.30 0.803", ["consistent"] * 4),
        ("38 47.30 0.830", ["impossible"]),
        # told per a hundred, cut off, empty
        ("38 47.30 80.3", []),
        ("38 47.34 0.802", ["consistent"] * 4),
        ("38 - 0.830", []),
    ],
)
def test_quotients(paper: HandMadePaper, last: str, verdicts: list[str]) -> None:
    grid(paper, "T1", ("Falls", "Days", "Quotient"), [*RATES, ("West", last)])
    found = paper.findings("table.ratio")
    assert found["verdict"].tolist() == verdicts


def test_adjusted_rates_are_no_quotients(paper: HandMadePaper) -> None:
    rows = [
        ("North", "52 56.94 0.877"),
        ("South", "41 51.02 0.804"),
        ("East", "63 60.11 1.101"),
        ("West", "38 47.3 0.7"),
    ]
    grid(paper, "T1", ("Falls", "Days", "Adjusted"), rows)
    assert paper.verdicts("table.ratio") == []


SHARES = [("A", "730 73.0"), ("B", "3 0.3"), ("D", "213 21.3"), ("E", "15 1.5")]


@pytest.mark.parametrize(
    ("row", "accused"),
    [
        (("C", "246 26.4"), ["C"]),
        (("C", "264 26.4"), []),
        (("C, among those tested", "246 26.4"), []),
        (("Centre > C", "246 26.4"), []),
    ],
)
def test_shares_of_columns(paper: HandMadePaper, row: tuple[str, str], accused: list[str]) -> None:
    shares(paper, "T1", [*SHARES, row])
    assert paper.accused("percent.of_column") == accused


def test_weights_end_in_a_hundred(paper: HandMadePaper) -> None:
    """A column of percentages is summed where the counts of two other columns end in their sum."""
    rows = [("Abara", "14 92"), ("Dufour", "21 148"), ("Goh", "9 60"), ("Total", "44 300")]
    grid(paper, "T1", ("Events", "Patients"), rows, "n")
    for label, pct in (("Abara", "31.8"), ("Dufour", "57.7"), ("Goh", "20.5"), ("Total", "100")):
        paper.row(label, table="T1", table_type="outcome", column="Weight", pct=pct)
    assert paper.accused("table.sum") == ["Total"]


RATE_ROWS = [
    ("Patient-years", "value", "598.1 581.5"), ("All > Events", "events", "567 720"),
    ("All > Rate per patient-year", "rate", "0.95 1.24"), ("Mild > Events", "events", "489 611"),
    ("Mild > Rate per patient-year", "rate", "0.82 1.05"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("label", "events", "rates", "accused"),
    [
        ("Rate per patient-year", "78 109", "0.13 0.19", []),
        ("Rate per patient-year", "78 190", "0.13 0.19", ["Severe > Rate per patient-year"]),
        ("Adjusted rate per patient-year", "78 190", "0.13 0.19", []),
    ],
)
def test_rates_along_the_rows(paper: HandMadePaper, label: str, events: str, rates: str, accused: list[str]) -> None:
    rows = [*RATE_ROWS, ("Severe > Events", "events", events), (f"Severe > {label}", "rate", rates)]
    for stub, statistic, numbers in rows:
        grid(paper, "T1", ("A", "B"), [(stub, numbers)], statistic)
    assert paper.accused("rate.person_time") == accused


@pytest.mark.parametrize(
    ("last", "accused"),
    [("53 41 46", []), ("53 48 46", ["Vision > Better"]), ("53 38 46", []), ("53 48 49", [])],
)
def test_rows_that_add_up_in_two_other_columns(paper: HandMadePaper, last: str, accused: list[str]) -> None:
    """They exclude each other; fewer than N may lack somebody, and one other column proves nothing."""
    rows = (("Better", "29 34 24"), ("Same", "30 40 41"), ("Worse", last))
    for label, numbers in rows:
        for (head, size), n in zip((("A", "112"), ("B", "115"), ("C", "111")), numbers.split(), strict=True):
            paper.row(f"Vision > {label}", table_type="outcome", column=head, arm=head, n=n, total=size)
    assert paper.accused("categories.sum") == accused


def test_no_term_is_larger_than_any_event(paper: HandMadePaper) -> None:
    for label, n, pct in (("Any event", "61", "61.0"), ("Rash", "63", "63.0"), ("Fever", "4", "4.0")):
        category = "any" if label == "Any event" else label
        paper.row(
            label, table_type="adverse events", n=n, pct=pct, total="100", variable="adverse_event", category=category
        )
    assert paper.accused("ae.logic") == ["Rash"]


def test_a_head_that_fits_no_row(paper: HandMadePaper) -> None:
    """Where the N of a head fits no row below, the rows carry none; the head is judged all the same."""
    for label, n, pct in (
        ("Ache", "125", "18.1"),
        ("Rash", "50", "7.2"),
        ("Fever", "18", "2.6"),
        ("Cold", "211", "30.5"),
    ):
        paper.row(label, table_type="outcome", column="Drug (n = 961)", arm="Drug", n=n, pct=pct)
    assert paper.verdicts("percent.head") == ["impossible"]


@pytest.mark.parametrize(
    ("label", "sums", "verdicts"),
    [
        ("Cumulative %", "72.1 76.6 79.7 82.0 85.0 87.4", ["consistent"]),
        ("Cumulative %", "72.1 76.6 79.7 82.0 80.5 87.4", ["impossible"]),
        ("Cum. share", "72.1 76.6 79.7 82.0 85.0 84.7", ["impossible"]),
        # what is no running sum
        ("Cumulative dose", "300 280 295 310 290 305", []),
        ("Cumulative survival", "98.1 96.0 93.3 90.9 90.1 89.0", []),
        ("Share of those resistant", "72.1 76.6 79.7 82.0 80.5 87.4", []),
    ],
)
def test_running_sums(paper: HandMadePaper, label: str, sums: str, verdicts: list[str]) -> None:
    heads = tuple("ABCDEF")
    grid(paper, "T1", heads, [("Isolates", "72.1 4.6 3.1 2.3 2.9 2.5"), (label, sums)], "pct")
    assert paper.verdicts("table.cumulative") == verdicts


@pytest.mark.parametrize(("last", "beneath", "accused"), [("21", 0, 0), ("21", 1, 0), ("12", 0, 1), ("12", 1, 1)])
def test_running_sums_that_begin_anew(paper: HandMadePaper, last: str, beneath: int, accused: int) -> None:
    """Each group of rows has sums of its own, and the total of all may stand beneath."""
    rows = [("Men > A", "5 5"), ("Men > B", "7 12"), ("Men > C", "9 21"), ("Women > A", "4 4"), ("Women > B", "6 10"),
            ("Women > C", f"11 {last}")]  # fmt: skip
    grid(paper, "T1", ("Cases", "Cumulative cases"), [*rows, ("All", "42 42")][: len(rows) + beneath], "n")
    assert len(paper.accused("table.cumulative")) == accused
