"""percent.of_n: passes, fails with exactly these cells, does not apply."""

import pytest
from hand_made import HandMadePaper

RULE = "percent.of_n"


def baseline(paper: HandMadePaper, total: str = "32") -> HandMadePaper:
    for label, n, pct in (("<65", "8", "25.0"), ("65–74", "14", "43.8"), ("≥75", "10", "31.3")):
        paper.row(f"Age (years) > {label}", n=n, pct=pct, total=total)
    return paper


def test_right_percentages_pass(paper: HandMadePaper) -> None:
    found = baseline(paper).findings(RULE)
    assert found["verdict"].tolist() == ["consistent"] * 3
    assert found["severity"].tolist() == ["note"] * 3
    assert found["arithmetic"][0] == "8/32 = 25.000 % → prints 25.0"


@pytest.mark.parametrize(
    ("n", "pct", "verdict", "said"),
    [
        ("13", "43.8", "impossible", "43.8 % would be 14 of 32"),
        ("14", "34.8", "impossible", "no count of 32 gives 34.8 %"),
        ("11", "34.3", "rounding", "cut off instead of rounded"),
        ("10", "31.2", "consistent", "31.2 or 31.3"),  # half even: 31.25 may print either way
        ("14", "44", "consistent", "as printed"),
        ("14", "~45", "consistent", "as printed"),
        ("1", "<5", "consistent", "as printed"),
        ("2", "<5", "impossible", "<5"),
        ("33", "100.0", "impossible", "33 of 32"),
    ],
)
def test_one_wrong_cell_is_named(paper: HandMadePaper, n: str, pct: str, verdict: str, said: str) -> None:
    found = baseline(paper).row("Age (years) > unknown", n=n, pct=pct, total="32").findings(RULE)
    assert found["verdict"].tolist() == ["consistent"] * 3 + [verdict]
    assert said in found["message"][3]
    assert found["observation_ids"][3] == "o6 o7"
    assert found["severity"][3] == {"impossible": "error", "rounding": "rounding"}.get(verdict, "note")


@pytest.mark.parametrize(
    ("n", "total", "pct", "severity", "said"),
    [
        ("14", "32", "43.7", "note", "an exact half rounded down"),
        ("1", "2200", "0.1", "note", "the smallest share that is not 0.0"),
        ("3", "2200", "0.2", "rounding", "rounded up instead of down"),
        ("450", "1233", "37", "rounding", "rounded twice (by way of 36.5)"),
        ("451", "1233", "36", "rounding", "cut off instead of rounded"),
    ],
)
def test_how_a_percentage_was_not_rounded(
    paper: HandMadePaper, n: str, total: str, pct: str, severity: str, said: str
) -> None:
    for label in "ABCD":
        paper.row(f"History > {label}", n=str(int(total) // 2), pct="50.0", total=total)
    found = paper.row("History > E", n=n, pct=pct, total=total).findings(RULE)
    assert found[["verdict", "severity"]].to_numpy().tolist()[-1] == ["rounding", severity]
    assert said in found["message"].iloc[-1]


def test_the_exact_value_never_looks_like_a_half_that_it_is_not(paper: HandMadePaper) -> None:
    paper.say("It was 450 of 1233 (37%).", ("n", "450"), ("n", "1233"), ("pct", "37"), n450="1233")
    assert paper.findings(RULE)["arithmetic"].tolist() == ["450/1233 = 36.496 % → prints 36"]


@pytest.mark.parametrize("is_whole_list", [True, False])
def test_a_digit_that_makes_a_list_total_100_is_told(paper: HandMadePaper, is_whole_list: bool) -> None:
    rows = (("20", "16.3"), ("51", "41.5"), ("30", "24.4"), ("22", "17.8"))
    for label, (n, pct) in zip("ABCD", rows if is_whole_list else rows[1:], strict=False):
        paper.row(f"Degree > {label}", n=n, pct=pct, total="123")
    for label in "EFGH":
        paper.row(f"History > {label}", n="31", pct="25.2", total="123")
    found = paper.findings(RULE)
    wrong = found[found["severity"] == "rounding"]
    assert [m.endswith("With 17.8 the percentages of its list total exactly 100.") for m in wrong["message"]] == [
        is_whole_list
    ]


@pytest.mark.parametrize("n_alike", [0, 2])
def test_a_habit_of_a_table_is_told(paper: HandMadePaper, n_alike: int) -> None:
    for label in "ABCDEFGHIJKL":
        paper.row(f"History > {label}", n="7", pct="20.0", total="35")
    for i in range(n_alike + 1):
        paper.row(f"Drugs > {i}", n="15", pct="42.8", total="35")
    found = paper.findings(RULE)
    told = found[found["verdict"] == "rounding"]["message"].tolist()
    habit = "2 more percentages of T1 are not rounded in the ordinary way either."
    assert [m.endswith(habit) for m in told] == [n_alike == 2] * (n_alike + 1)


@pytest.mark.parametrize(("n_marked", "verdict"), [(1, "not testable"), (4, "impossible")])
def test_a_mark_over_a_whole_column_is_no_excuse(paper: HandMadePaper, n_marked: int, verdict: str) -> None:
    for i, (n, pct) in enumerate((("12", "37.5"), ("8", "25.0"), ("5", "15.6"), ("6", "18.8"))):
        paper.row(f"Complaint {i}", n=n, pct=pct, total="32", marks="*" if i < n_marked - 1 else "")
    paper.row("Complaint 5", n="12", pct="60.0", total="32", marks="*")
    assert paper.verdicts(RULE)[-1] == verdict


@pytest.mark.parametrize(
    ("total", "n_rows", "verdict"),
    [
        (True, 6, "impossible"),  # nearly all rows count from their own total
        (True, 4, "not testable"),  # too few rows to say so
        (False, 6, "not testable"),  # no total is printed
    ],
)
def test_percentages_that_run_along_the_rows(paper: HandMadePaper, total: bool, n_rows: int, verdict: str) -> None:
    rows = (("A", 8, "2", "25.0"), ("B", 20, "7", "35.0"), ("C", 40, "9", "22.5"), ("D", 50, "3", "6.0"))
    for drug, whole, n, pct in (*rows, ("E", 16, "9", "56.3"), ("F", 25, "4", "16.0"))[:n_rows]:
        paper.row(drug, column="Relapsing", n=n, pct=pct)
        if total:
            paper.row(drug, column="Total", n=str(whole), pct="100")
    paper.row("G", column="Relapsing", n="3", pct="27.3").row("G", column="Total", n="22", pct="100")
    found = paper.findings(RULE)
    assert found[found["printed"] == "3 (27.3)"]["verdict"].tolist() == [verdict]


def test_the_column_that_would_fit_is_named(paper: HandMadePaper) -> None:
    for i, label in enumerate("ABCDE"):
        paper.row(f"History > {label}", column="X", arm="X", n=str(9 + i), pct=f"{(9 + i) * 2.5:.1f}", total="40")
        paper.row(f"History > {label}", column="Y", arm="Y", n=str(10 + i), pct=f"{(10 + i) * 2}.0", total="50")
    paper.row("History > F", column="X", arm="X", n="55", pct="61.1", total="40")
    paper.row("History > F", column="Y", arm="Y", n="17", pct="42.5", total="50")
    told = paper.findings(RULE)["message"].tolist()[-2:]
    assert told[0].startswith("55 of 40 is more than the whole")
    assert told[0].endswith("55 of 90, the N of all columns together, would be 61.1 %.")
    assert told[1].endswith("17 of 40, the N of another column, would be 42.5 %.")


def test_an_n_nobody_printed_is_proved_by_the_column(paper: HandMadePaper) -> None:
    for label, n, pct in (("G", "34", "66.7"), ("A", "11", "21.6"), ("M", "31", "60.8"), ("D", "20", "39.2")):
        paper.row(f"Isotype > {label}", n=n, pct=pct)
    found = paper.row("Isotype > Light chain", n="6", pct="11.7").findings(RULE)
    assert found["verdict"].tolist() == ["consistent"] * 4 + ["rounding"]
    assert "explains 4 of 4 other pairs of the column" in found["message"][4]


@pytest.mark.parametrize(
    ("stub", "n", "pct", "marks"),
    [
        ("Response > Evaluable patients with response", "12", "60.0", ""),  # 12 of 20 evaluable
        ("Response > CR", "12", "60.0", "a"),  # the note may say "of 20 patients"
        ("Response > CR¶¶", "12", "60.0", ""),  # so may one whose sign was not parted from the label
        ("MRD > Negative", "12", "60.0", ""),  # the only row of its group
        ("12-month PFS probability", "11", "40.4", ""),  # an estimate
    ],
)
def test_a_row_that_may_have_its_own_n_is_not_judged(
    paper: HandMadePaper, stub: str, n: str, pct: str, marks: str
) -> None:
    baseline(paper).row("Response > PR", n="8", pct="25.0", total="32").row(
        "Response > SD", n="8", pct="25.0", total="32"
    )
    found = paper.row(stub, n=n, pct=pct, total="32", marks=marks).findings(RULE)
    assert found["verdict"].tolist()[-1] == "not testable"
    assert found["severity"].tolist()[-1] == "note"


def test_a_group_with_its_own_unprinted_n_is_not_accused(paper: HandMadePaper) -> None:
    baseline(paper).row("Cytogenetics > Standard", n="19", pct="67.9", total="32")
    found = paper.row("Cytogenetics > High", n="9", pct="32.1", total="32").findings(RULE)
    assert found["verdict"].tolist()[3:] == ["not testable", "not testable"]
    assert "28" in found["message"][3]


def test_an_n_that_explains_nothing_accuses_nobody(paper: HandMadePaper) -> None:
    assert set(baseline(paper, total="40").verdicts(RULE)) == {"not testable"}


def test_weighted_percentages_are_not_accused(paper: HandMadePaper) -> None:
    for label, n, pct in (
        ("a", "7", "23.41"),
        ("b", "9", "30.17"),
        ("c", "3", "9.37"),
        ("d", "4", "13.19"),
        ("e", "7", "23.86"),
    ):
        paper.row(f"Weighted > {label}", n=n, pct=pct)
    assert "impossible" not in paper.verdicts(RULE)


def test_a_lone_pair_is_not_judged(paper: HandMadePaper) -> None:
    assert paper.row("Response > ORR", n="11", pct="40.0", total="30").verdicts(RULE) == ["not testable"]


@pytest.mark.parametrize(
    ("n", "of", "pct", "verdict"),
    [
        ("8", "11", "72.7", "consistent"),
        ("7", "11", "72.7", "impossible"),
        ("7", "9", "77", "rounding"),
        ("13", "", "40.6", "consistent"),  # of the 32 of Table 1
        ("13", "", "41.9", "not testable"),  # of 31, which nobody names
        ("6", "", "11.9", "impossible"),  # no N gives it
        ("6", "", "11.7", "rounding"),  # only 51, and only cut off
    ],
)
def test_running_text(paper: HandMadePaper, n: str, of: str, pct: str, verdict: str) -> None:
    if of:
        numbers, denominators = (("n", n), ("n", of), ("pct", pct)), {f"n{n}": of}
        baseline(paper).say(f"In all, {n} of {of} ({pct}%) recovered.", *numbers, subject="patients", **denominators)
    else:
        baseline(paper).say(f"In all, {n} patients ({pct}%) did.", ("n", n), ("pct", pct), subject="patients")
    assert paper.verdicts(RULE)[3:] == [verdict]


def test_a_table_that_ran_into_the_text_is_not_judged(paper: HandMadePaper) -> None:
    baseline(paper).say("<65 14 (43.9) 65 8 (25.0)", ("n", "4"), ("pct", "43.9"))  # a "14" read as "4"
    assert paper.verdicts(RULE)[3:] == []


def test_readers_that_disagree_are_doubted_first(paper: HandMadePaper) -> None:
    found = baseline(paper).row("Age (years) > x", n="13", pct="43.8", total="32", agreement="differs").findings(RULE)
    assert found["readers_agree"].tolist() == ["yes"] * 3 + ["no"]
    assert found["message"][3].endswith("doubt our reading first.")


@pytest.mark.parametrize(
    ("head", "in_cells", "said", "verdicts"),
    [
        ("All patients (N = 60)", "60", "The study ran in two centres.", {"consistent"}),
        ("All patients (N = 59)", "60", "The study ran in two centres.", {"impossible"}),
        ("All patients (N = 61)", "60", "The study ran in two centres.", {"consistent", "impossible"}),
        ("All patients (N = 61)", "60", "The drug was given to 61 patients.", {"consistent"}),  # another population
        ("Responders (N = 20)", "60", "The study ran in two centres.", set()),  # part of them, of all
    ],
)
def test_a_column_that_counts_from_the_n_of_other_heads(
    paper: HandMadePaper, head: str, in_cells: str, said: str, verdicts: set[str]
) -> None:
    paper.read(said)
    paper.row("Women", table="T1", column="All patients (N = 60)", total="60", n="30", pct="50.0")
    for label, n in (("Nausea", 6), ("Rash", 9), ("Pain", 12), ("Fever", 3), ("Cough", 15)):
        paper.row(label, table="T2", column=head, total=head[-3:-1], n=str(n), beside=in_cells)
    assert set(paper.verdicts("percent.denominator")) == verdicts


@pytest.mark.parametrize(
    ("said", "verdicts"),
    [
        ("The response rate was 44% (88 of 202).", ["consistent"]),
        ("The response rate was 44% (88 of 212).", ["impossible"]),
        ("The response rate was 44% [88/212].", ["impossible"]),
        ("The response rate was 44% (88 responded).", []),
    ],
)
def test_a_percentage_with_its_count_behind_it(paper: HandMadePaper, said: str, verdicts: list[str]) -> None:
    assert paper.read(said).verdicts(RULE) == verdicts


def test_a_row_of_all_patients_in_one_column_is_of_all_in_the_next(paper: HandMadePaper) -> None:
    """The only row of its group may have its own N, but not where another column prints a share of its head."""
    for arm, total, rows in (
        ("X", "121", (("75", "62.0"), ("41", "33.9"), ("57", "62.0"))),
        ("Y", "127", (("80", "63.0"), ("85", "66.9"), ("109", "85.8"))),
    ):
        for label, (n, pct) in zip(("Response", "Death", "Relapse > No. of events (%)"), rows, strict=True):
            paper.row(label, column=f"{arm} (N = {total})", arm=arm, n=n, pct=pct, total=total)
    assert paper.accused(RULE) == ["Relapse > No. of events (%)"]


@pytest.mark.parametrize(
    ("said", "verdicts"),
    [
        (
            "Relief came to 9 of 20 patients and to 4 of 16 patients (45.0% and 25.0%, respectively).",
            ["consistent"] * 2,
        ),
        ("Relief came to 9 of 20 and 4 of 16 patients (45.0% vs 35.0%).", ["consistent", "impossible"]),
        (
            "Relief came to 9 of 20 patients and 4 of 16 patients, respectively (45.0% v 35.0%; P = 0.21).",
            ["consistent", "impossible"],
        ),
    ],
)
def test_shares_of_several_counts_in_one_bracket(paper: HandMadePaper, said: str, verdicts: list[str]) -> None:
    assert paper.read(said).verdicts(RULE) == verdicts


def test_alleles_are_two_for_each(paper: HandMadePaper) -> None:
    found = baseline(paper).row("Age (years) > T allele", n="20", pct="31.3", total="32").findings(RULE)
    assert found["verdict"].tolist()[3] == "consistent"


@pytest.mark.parametrize(
    ("text", "verdicts"),
    [
        ("Anaemia was present in 182/896 (20.3%) and 247/800 (30.9%).", ["consistent", "consistent"]),
        ("Anaemia was present in 182/896 (20.3%) and 267/800 (30.9%).", ["consistent", "impossible"]),
        ("Admission was needed by 58 of 5187, 1.1%, in the first year.", ["consistent"]),
        ("Admission was needed by 58 of 5187, 2.2%, in the first year.", ["impossible"]),
        # percentages of others
        ("Responses were seen in 8 of 20, 30% of whom were women.", []),
        ("Responses were seen in 8 of 20, 12% and 15% at weeks 2, 4 and 6.", []),
    ],
)
def test_short_sentences_that_print_their_n(paper: HandMadePaper, text: str, verdicts: list[str]) -> None:
    paper.read(text)
    assert paper.verdicts("percent.of_n") == verdicts


def test_cells_of_another_table_in_place_of_a_label_prove_nothing(paper: HandMadePaper) -> None:
    """A table beside it ran into the rows: whose numbers they are nobody knows."""
    for label, n, pct in (("21 (4.3) 106 (21.9)", "93", "19.3"), ("31 (6.5) 100 (20.8)", "50", "10.4"),
                          ("81 (16.8) 136 (28.3)", "38", "7.9"), ("144 (29.7) 182 (37.5)", "22", "4.5")):  # fmt: skip
        paper.row(label, n=n, pct=pct)
    assert paper.findings(RULE).empty
