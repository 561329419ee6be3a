"""Which N a count or percentage of a small table is a share of, and the words that prove it."""

import pytest
from tables_drawn import draw_table, observe_tables

from auditable.model import Note
from auditable.note_sizes import NoteSize, read_note

TWO = [["", "A (n = 40)", "B (n = 50)"]]
ONE = [["", "Patients (n = 40)"]]
NO_N = [["", "A", "B"]]
GOOD = [("Men, n (%)", ["20 (50.0)", "25 (50.0)"]), ("Smokers, n (%)", ["10 (25.0)", "5 (10.0)"])]
GROUP = ("Stage, n (%)", ["", ""])

CASES = [
    # (heads, rows, row to look at, N of each column, how the proof of the first begins)
    pytest.param(TWO, GOOD, 0, ["40", "50"], "boxhead: N = 40", id="the boxhead"),
    pytest.param(ONE, [("Men, n (%)", ["20 (50.0)"])], 0, ["40"], "boxhead: N = 40", id="one column"),
    pytest.param(NO_N, GOOD, 0, ["", ""], "", id="no N is printed"),
    pytest.param(TWO, [("Men, no. of patients", ["20", "25"])], 0, ["40", "50"], "boxhead", id="a count alone"),
    pytest.param(TWO, [("Men", ["50.0%", "50.0%"])], 0, ["40", "50"], "boxhead", id="a percentage alone"),
    pytest.param(TWO, [("Age, mean (SD)", ["61 (9)", "62 (8)"])], 0, ["", ""], "", id="no count at all"),
    pytest.param(NO_N, [("Total, n", ["40", "50"]), *GOOD], 1, ["40", "50"], "total row: 40", id="the row of totals"),
    pytest.param(
        NO_N, [("Total", ["40 (100)", "50 (100)"]), *GOOD], 2, ["40", "50"], "total row", id="totals with 100 %"
    ),
    pytest.param(
        TWO, [("Women (n = 16), n (%)", ["4 (25.0)", "8 (50.0)"])], 0, ["16", "16"], "row label", id="the row label"
    ),
    pytest.param(
        TWO,
        [("Women (n = 16) > Pregnant, n (%)", ["4 (25.0)", "2 (12.5)"])],
        0,
        ["16", "16"],
        "row group",
        id="the row group",
    ),
    pytest.param(
        TWO,
        [("Women (n = 16) > Old, n (%)", ["10 (25.0)", "5 (10.0)"])],
        0,
        ["40", "50"],
        "boxhead",
        id="a row group whose N does not explain its rows",
    ),
    # Rows of N
    pytest.param(
        TWO,
        [("Pain, n (%) > Any", ["n = 32", "n = 45"]), ("Pain, n (%) > Any", ["8 (25.0)", "9 (20.0)"])],
        1,
        ["32", "45"],
        "row of N: Pain, n (%) > Any n = 32",
        id="a row of n = above its counts",
    ),
    pytest.param(
        TWO,
        [("Pain, n (%)", ["n = 32", "n = 45"]), ("Pain, n (%) > Any", ["8 (25.0)", "9 (20.0)"])],
        1,
        ["32", "45"],
        "row of N",
        id="the heading prints n =",
    ),
    pytest.param(
        TWO,
        [GROUP, ("Stage, n (%) > No. evaluated", ["32", "45"]), ("Stage, n (%) > I", ["8 (25.0)", "9 (20.0)"])],
        2,
        ["32", "45"],
        "row of N: Stage, n (%) > No. evaluated 32",
        id="a row of the evaluated opens the group",
    ),
    pytest.param(
        TWO,
        [GROUP, ("Stage, n (%) > Patients with data", ["32", "45"]), ("Stage, n (%) > I", ["8 (25)", "9 (20)"])],
        2,
        ["32", "45"],
        "row of N",
        id="patients with data",
    ),
    pytest.param(
        NO_N,
        [("Skin, % > Dark", ["25.0", "20.0"]), ("Skin, % > (n)", ["(32)", "(45)"])],
        0,
        ["32", "45"],
        "row of N: Skin, % > (n) (32)",
        id="(n) closes the group",
    ),
    pytest.param(
        NO_N,
        [
            ("Birth, % > Alive", ["95.0", "96.0"]),
            ("Birth, % > (n)", ["(60)", "(75)"]),
            ("Birth, % > Small", ["25.0", "20.0"]),
            ("Birth, % > (n)", ["(32)", "(45)"]),
        ],
        2,
        ["32", "45"],
        "row of N",
        id="(n) closes what stands since the last (n)",
    ),
    pytest.param(
        NO_N,
        [("Outcome, n (%) > Died", ["8 (25.0)", "9 (20.0)"]), ("Outcome, n (%) > Total", ["32", "45"])],
        0,
        ["32", "45"],
        "row of N: Outcome, n (%) > Total 32",
        id="the total of a group",
    ),
    pytest.param(
        TWO,
        [("Patients evaluated", ["32", "45"]), ("Response, n (%) > CR", ["8 (25.0)", "9 (20.0)"])],
        1,
        ["32", "45"],
        "row of N: Patients evaluated 32",
        id="the evaluated of the rows below",
    ),
    pytest.param(
        TWO,
        [("Patients evaluated", ["32", "45"]), ("Died, no. of patients", ["8", "9"])],
        1,
        ["40", "50"],
        "boxhead",
        id="a count alone stays with the boxhead",
    ),
    # A row above its parts
    pytest.param(
        TWO,
        [("Diabetes, n (%)", ["20 (50.0)", "25 (50.0)"]), ("Diabetes, n (%) > Insulin", ["4 (20.0)", "10 (40.0)"])],
        1,
        ["20", "25"],
        "row above: Diabetes, n (%) 20 (50.0)",
        id="parts of the row above",
    ),
    pytest.param(
        TWO,
        [("Diabetes, n (%)", ["20 (50.0)", "25 (50.0)"]), ("Diabetes, n (%) > Insulin", ["4 (10.0)", "10 (20.0)"])],
        1,
        ["40", "50"],
        "boxhead",
        id="parts counted of all",
    ),
    pytest.param(
        TWO,
        [("Infections", ["20", "25"]), ("Infections > Grade 3, n", ["4", "10"])],
        1,
        ["40", "50"],
        "boxhead",
        id="counts below a count stay with the boxhead",
    ),
    pytest.param(
        TWO,
        [
            ("Diabetes, n (%)", ["20 (50.0)", "25 (50.0)"]),
            ("Diabetes, n (%) > Insulin", ["0 (0)", "10 (40.0)"]),
            ("Diabetes, n (%) > Tablets", ["16 (80.0)", "15 (60.0)"]),
        ],
        1,
        ["20", "25"],
        "row above",
        id="0 (0) follows its row",
    ),
    # Heads in the body
    pytest.param(
        TWO,
        [*GOOD, ("Part 2", ["A (n = 16)", "B (n = 20)"]), ("Men, n (%)", ["4 (25.0)", "5 (25.0)"])],
        3,
        ["16", "20"],
        "sub-header: n = 16",
        id="a head in the body",
    ),
    pytest.param(
        NO_N,
        [("Trait", ["Drug N = 40", "Placebo N = 50"]), *GOOD],
        1,
        ["40", "50"],
        "sub-header: n = 40",
        id="the head stands in the first row",
    ),
    pytest.param(
        TWO,
        [("Weight, mean (SD)", ["n = 30, 70.1 (9.0)", "n = 31, 71.0 (8.0)"]), *GOOD],
        1,
        ["40", "50"],
        "boxhead",
        id="n = beside a mean is no head",
    ),
    # Row totals
    pytest.param(
        [["", "A", "B", "Total"]],
        [
            ("Men, n (%)", ["5 (25.0)", "15 (75.0)", "20 (100)"]),
            ("Women, n (%)", ["9 (30.0)", "21 (70.0)", "30 (100)"]),
        ],
        1,
        ["30", "30"],
        "column Total: 30 (100)",
        id="the column of totals",
    ),
    # Missing
    pytest.param(
        TWO,
        [
            ("Stage, n (%) > I", ["9 (25.0)", "9 (20.0)"]),
            ("Stage, n (%) > II", ["27 (75.0)", "36 (80.0)"]),
            ("Stage, n (%) > Missing", ["4", "5"]),
        ],
        0,
        ["36", "45"],
        "boxhead: N = 40 without Missing 4",
        id="without the missing",
    ),
    pytest.param(
        TWO,
        [
            ("Stage, n (%) > I", ["10 (25.0)", "10 (20.0)"]),
            ("Stage, n (%) > II", ["26 (65.0)", "35 (70.0)"]),
            ("Stage, n (%) > Missing", ["4 (10.0)", "5 (10.0)"]),
        ],
        0,
        ["40", "50"],
        "boxhead: N = 40",
        id="with the missing",
    ),
    pytest.param(
        TWO,
        [("Stage, n (%) > I", ["15 (78.9)", "12 (63.2)"]), ("Stage, n (%) > II", ["4 (21.1)", "7 (36.8)"])],
        0,
        ["19", "19"],
        "sum of rows: I 15 + II 4",
        id="the rows of a group add up to their N",
    ),
    pytest.param(
        NO_N,
        [("Stage, n (%) > I", ["15 (78.9)", "12 (63.2)"]), ("Stage, n (%) > II", ["4 (21.1)", "7 (36.8)"])],
        0,
        ["", ""],
        "",
        id="a sum alone is no printed N",
    ),
    # Misprints
    pytest.param(
        TWO, [*GOOD, ("Old, n (%)", ["11 (25.0)", "5 (10.0)"])], 2, ["40", "50"], "boxhead", id="one misprint in a row"
    ),
    pytest.param(
        ONE,
        [("Men, n (%)", ["20 (50.0)"]), ("Old, n (%)", ["10 (25.0)"]), ("Ill, n (%)", ["9 (20.0)"])],
        2,
        ["40"],
        "boxhead",
        id="one misprint in a column",
    ),
    pytest.param(
        TWO,
        [*GOOD, ("Tested positive, n (%)", ["8 (25.0)", "9 (20.0)"])],
        2,
        ["", ""],
        "",
        id="a row counted of others whose N is not printed",
    ),
    pytest.param(ONE, [("Men, n (%)", ["8 (25.0)"])], 0, [""], "", id="nothing around speaks for the N it contradicts"),
    pytest.param(
        TWO,
        [("Men, n (%)", ["8 (25.0)", "9 (20.0)"]), ("Old, n (%)", ["4 (12.5)", "18 (40.0)"])],
        1,
        ["", ""],
        "",
        id="an N that explains nothing",
    ),
    pytest.param(
        TWO,
        [
            ("Wed, n (%) > Yes", ["10 (25.0)", "9 (18.4)"]),
            ("Wed, n (%) > No", ["30 (75.0)", "40 (81.6)"]),
        ],
        0,
        ["40", "49"],
        "boxhead",
        id="only one column has its own N",
    ),
    # n/N, split columns, events
    pytest.param(TWO, [("Men, n/N (%)", ["8/32 (25.0)", "9/45 (20.0)"])], 0, ["32", "45"], "n/N in cell", id="n/N"),
    pytest.param(
        [["", "A (n = 40)", "A (n = 40)"], ["", "n", "%"]],
        [("Men", ["10", "25.0"]), ("Old", ["20", "50.0"])],
        0,
        ["40", "40"],
        "boxhead",
        id="count and percentage in two columns",
    ),
    pytest.param(
        [["", "A (n = 40)", "A (n = 40)"], ["", "n", "%"]],
        [("Men", ["8", "25.0"]), ("Old", ["4", "12.5"])],
        0,
        ["", ""],
        "",
        id="two columns that the N does not explain",
    ),
    pytest.param(
        [["", "A (n = 40)"]],
        [("Nausea, no. of events", ["55"])],
        0,
        [""],
        "",
        id="events have no patients to divide by",
    ),
]


@pytest.mark.parametrize(("heads", "rows", "at", "numbers", "proof"), CASES)
def test_the_n_of_a_row(
    heads: list[list[str]], rows: list[tuple[str, list[str]]], at: int, numbers: list[str], proof: str
) -> None:
    found = observe_tables(draw_table(heads, rows), table_types={"T1": "baseline"}).observations
    own = found[(found["row"] == at) & (found["col"] < len(numbers)) & (found["statistic"] != "total")]
    assert [set(own[own["col"] == c]["denominator"]) for c in range(len(numbers))] == [{n} for n in numbers]
    first = set(own[own["col"] == 0]["denominator_proof"])
    assert all(p.startswith(proof) if proof else not p for p in first)


NOTES = [
    # (note to the mark of the row, its cells, N of each column)
    (
        "Data were available for 32 patients in group A and 45 patients in group B.",
        ["8 (25.0)", "9 (20.0)"],
        ["32", "45"],
    ),
    ("n = 32 in A, n = 45 in B.", ["8 (25.0)", "9 (20.0)"], ["32", "45"]),
    ("Assessed in 32 of 40 patients of group A.", ["8 (25.0)", "10 (20.0)"], ["32", "50"]),
    ("Not recorded for one patient in group A.", ["13 (33.3)", "10 (20.0)"], ["39", "50"]),
    ("Not recorded for one patient in group A and two in group B.", ["13 (33.3)", "12 (25.0)"], ["39", "48"]),
    ("Data were available for 32 patients in group A.", ["10 (25.0)", "10 (20.0)"], ["40", "50"]),
    ("Assessed at 12 weeks.", ["10 (25.0)", "10 (20.0)"], ["40", "50"]),
]


@pytest.mark.parametrize(("note", "cells", "numbers"), NOTES)
def test_the_n_of_a_note(note: str, cells: list[str], numbers: list[str]) -> None:
    rows = [*GOOD, ("Tested positive†, n (%)", cells)]
    found = observe_tables(draw_table(TWO, rows, notes=(Note("†", note),))).observations
    own = found[found["row"] == 2]
    assert [set(own[own["col"] == c]["denominator"]) for c in range(2)] == [{n} for n in numbers]


def test_a_note_without_mark_tells_the_n_of_all_percentages() -> None:
    note = Note("", "Percentages are based on the 32 patients with data.")
    found = observe_tables(draw_table(ONE, [("Men, n (%)", ["8 (25.0)"])], notes=(note,))).observations
    assert set(found["denominator"]) == {"32"}
    assert set(found["denominator_proof"]) == {"note: Percentages are based on the 32 patients with data."}


@pytest.mark.parametrize(
    ("note", "said"),
    [
        ("Available for 1,211 patients.", [(1211, None, False)]),
        ("Missing in 12 women.", [(12, None, True)]),
        ("Excludes ninety-two women without partner.", [(92, None, True)]),
        ("Of the 32 patients with relapse.", [(32, None, False)]),
        ("Only in women.", []),
        ("Measured by method 3 at week 12.", []),
        ("12 of 40 patients stopped treatment early.", [(12, None, False)]),
    ],
)
def test_what_a_note_says(note: str, said: list[tuple[int, int | None, bool]]) -> None:
    found: list[NoteSize] = list(read_note(note, {0: "Placebo (n = 40)", 1: "Drug (n = 41)"}))
    assert [(n.number, n.col, n.is_left_out) for n in found] == said
