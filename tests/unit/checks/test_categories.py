"""categories.sum and categories.nested: pass, fail with exactly these rows, do not apply."""

import pytest
from hand_made import HandMadePaper

Rows = tuple[tuple[str, str], ...]


def write(
    paper: HandMadePaper, group: str, rows: Rows, total: str = "32", table_type: str = "baseline"
) -> HandMadePaper:
    for label, n in rows:
        paper.row(f"{group} > {label}", n=n, total=total, table_type=table_type)
    return paper


@pytest.mark.parametrize(
    ("group", "rows", "verdicts"),
    [
        ("Age", (("<65", "8"), ("65–74", "14"), ("≥75", "10")), ["consistent"]),
        ("Age", (("<65", "8"), ("65–74", "14"), ("≥75", "11")), ["impossible"]),
        ("Age", (("<65", "8"), ("65–74", "14"), ("≥75", "9")), ["impossible"]),  # everyone has an age
        ("Sex", (("Male", "20"), ("Female", "12")), ["consistent"]),
        ("Sex", (("Male", "20"), ("Female", "13")), ["impossible"]),
        ("Sex", (("Men", "20"), ("Women", "11")), ["impossible"]),
        ("ISS, n (%)", (("Stage I", "12"), ("Stage II", "9"), ("Stage III", "10"), ("Unknown", "1")), ["consistent"]),
        ("ISS, n (%)", (("Stage I", "12"), ("Stage II", "9"), ("Stage III", "12"), ("Unknown", "1")), ["impossible"]),
        ("ISS", (("I", "12"), ("II", "9"), ("III", "10")), ["not testable"]),  # one may be unknown
        ("Transplant", (("Yes", "20"), ("No", "14")), ["impossible"]),
        ("Clearance", (("≥ 60", "20"), ("< 60", "11")), ["not testable"]),  # one may not have been measured
        ("Washout", (("<12", "14"), ("≥12", "18"), ("<24", "20"), ("≥24", "12")), ["consistent", "consistent"]),
        ("Washout", (("<12", "14"), ("≥12", "19"), ("<24", "20"), ("≥24", "12")), ["impossible", "consistent"]),
        ("Prior therapy", (("Alkylator", "31"), ("Dara", "32"), ("PI", "32")), ["not testable"]),  # overlapping
        ("Number of cycles", (("1", "32"), ("2", "13"), ("3", "6")), ["not testable"]),  # cumulative, says nobody
        ("Paraprotein", (("IgG", "20"), ("IgA", "12")), ["consistent"]),
    ],
)
def test_sums_of_counts(paper: HandMadePaper, group: str, rows: Rows, verdicts: list[str]) -> None:
    assert write(paper, group, rows).verdicts("categories.sum") == verdicts


def test_the_culprit_is_named(paper: HandMadePaper) -> None:
    for label, n, pct in (("<65", "9", "25.0"), ("65–74", "14", "43.8"), ("≥75", "10", "31.3")):
        paper.row(f"Age > {label}", n=n, pct=pct, total="32")
    found = paper.findings("categories.sum")
    assert found["verdict"].tolist() == ["impossible"]
    assert 'With 8 in "<65" they would' in found["message"][0]
    assert found["arithmetic"][0] == "9 + 14 + 10 = 33 (N = 32)"


@pytest.mark.parametrize(("variable", "verdict"), [("sex", "impossible"), ("", "not testable")])
def test_the_codebook_says_what_excludes_each_other(paper: HandMadePaper, variable: str, verdict: str) -> None:
    for label, category, n in (("Boys and men", "male", "20"), ("Girls and women", "female", "13")):
        paper.row(f"Who > {label}", n=n, total="32", variable=variable, category=category)
    assert paper.verdicts("categories.sum") == [verdict]


def test_adverse_events_are_never_summed(paper: HandMadePaper) -> None:
    rows = (("Anaemia", "10"), ("Neutropenia", "20"))
    assert write(paper, "Blood", rows, table_type="adverse events").verdicts("categories.sum") == []


def test_percentages_alone(paper: HandMadePaper) -> None:
    for group, parts in (("Sex", ("56.3", "43.8")), ("Gender", ("56.3", "48.3"))):
        for label, pct in zip(("Male", "Female"), parts, strict=True):
            paper.row(f"{group} > {label}", pct=pct)
    assert paper.verdicts("categories.sum") == ["consistent", "impossible"]


@pytest.mark.parametrize(
    ("rows", "verdicts"),
    [
        ((("≥12 weeks", "18"), ("≥24 weeks", "12"), ("≥48 weeks", "5")), ["consistent"]),
        ((("≥12 weeks", "12"), ("≥24 weeks", "18")), ["impossible"]),
        ((("<12 weeks", "14"), ("<24 weeks", "10")), ["impossible"]),
        ((("<12", "14"), ("12–24", "6"), ("≥24", "12"), ("≥48", "13")), []),  # parts of one scale
        ((("≥12 weeks", "12"), ("≥24 mg", "18")), []),  # two scales
        ((("Yes", "12"), ("No", "20")), []),
    ],
)
def test_nested(paper: HandMadePaper, rows: Rows, verdicts: list[str]) -> None:
    assert write(paper, "Washout", rows).verdicts("categories.nested") == verdicts


@pytest.mark.parametrize(
    ("column", "verdicts"),
    [("Reached, n/N (%)", ["impossible"]), ("Sensitivity", ["impossible"]), ("Specificity, n/N (%)", []), ("PPV", [])],
)
def test_a_column_of_those_below_a_cut_off_rises(paper: HandMadePaper, column: str, verdicts: list[str]) -> None:
    for label, n in (("≥0.10 µg/L", "73"), ("≥0.25 µg/L", "138")):
        paper.row(f"Marker > {label}", column=column, n=n)
    assert paper.verdicts("categories.nested") == verdicts


def test_drugs_under_treatment_may_be_given_together(paper: HandMadePaper) -> None:
    for drug, n in (("Statin", "25"), ("Aspirin", "19")):
        paper.row(f"Treatment at entry > {drug}", n=n, total="32", variable="therapy_type", category=drug)
    assert paper.verdicts("categories.sum") == ["not testable"]


@pytest.mark.parametrize(
    ("counts", "verdict"),
    [(("10", "12", "10"), "consistent"), (("10", "13", "10"), "impossible"), (("10", "11", "10"), "impossible")],
)
@pytest.mark.parametrize(("elsewhere", "is_proved"), [(("9", "9", "12"), True), (("9", "9", "9"), False)])
def test_ages_from_a_lowest_one_on_are_everyone_where_another_column_says_so(
    paper: HandMadePaper, counts: tuple[str, ...], verdict: str, elsewhere: tuple[str, ...], is_proved: bool
) -> None:
    for label, n, other in zip(("40–64", "65–79", "≥80"), counts, elsewhere, strict=True):
        paper.row(f"Age > {label}", n=n, total="32").row(f"Age > {label}", n=other, total="30", column="Controls")
    told = verdict if is_proved or verdict == "consistent" else "not testable"
    assert paper.verdicts("categories.sum")[0] == told


@pytest.mark.parametrize(("elsewhere", "verdict"), [("10", "impossible"), ("13", "not testable")])
def test_a_heading_alone_does_not_make_its_rows_exclude_each_other(
    paper: HandMadePaper, elsewhere: str, verdict: str
) -> None:
    for label, n, other in (("White", "20", "20"), ("Black", "13", elsewhere)):
        paper.row(f"Race > {label}", n=n, total="32", variable="race", category=label.lower())
        paper.row(f"Race > {label}", n=other, total="30", column="B", variable="race", category=label.lower())
    assert paper.verdicts("categories.sum")[0] == verdict
