"""Every printed number is counted, and what became of it is said; a number that nobody took is found."""

from __future__ import annotations

import pandas as pd
import pytest

from auditable.accounting import account, find_numbers, part_of, reject_left_over
from auditable.coverage import PartCoverage, sum_coverage, sum_reasons
from auditable.model import Box, LeftOver, PageSize, Piece, Reading, Sentence, Table, TableCell, TableRow
from schemas.frames import Observations, Rejected, empty_frame
from tests.unit.frames_made import observations, rejected

BOX = Box(10, 20, 30, 40)
CELL = {"study_id": "s", "table_id": "T1", "row": 0, "col": 0, "variable": "age"}
WORDS = {"study_id": "s", "source": "prose", "table_id": "", "row": -1, "col": -1}


def a_sentence(text: str, section: str = "Results", source: str = "prose", page: int = 1) -> Sentence:
    return Sentence(text, section, source, page, ((0, len(text), page, BOX),))


def a_reading(cell: str = "", *sentences: Sentence, kind: str = "data", left: str = "") -> Reading:
    row = TableRow(("Age",), (TableCell(cell, box=BOX),), 1, BOX, kind)
    over = (LeftOver(left, 1, BOX),) if left else ()
    table = Table("T1", "Table 1", "C", (Piece(1, BOX),), 1, (("", "All"),), (((), ()),), (row,), left_over=over)
    return Reading("s", (PageSize(1, 595, 842, False),), (table,) if cell or left else (), sentences)


def counts(reading: Reading, read: pd.DataFrame, left_out: pd.DataFrame) -> dict[tuple[str, str], int]:
    found = account(reading, read, left_out)
    return {(r["outcome"], r["reason"]): r["n_numbers"] for r in found.to_dict("records")}


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("12.5 (3,400) of 0·7", ["12.5", "3,400", "0·7"]),
        ("IL-6 and CD38", ["6", "38"]),
        ("Twenty-one of three hundred and six", ["Twenty-one", "three hundred and six"]),
        ("4.3 million person-years, many millions", ["4.3 million"]),
        ("half-life, the other half", ["half"]),
        ("two thirds, twice daily", ["two", "thirds", "twice"]),
        ("none, often, tense, someone", []),
    ],
)
def test_numbers_are_figures_and_number_words(text: str, numbers: list[str]) -> None:
    assert [text[a:b] for a, b in find_numbers(text)] == numbers


@pytest.mark.parametrize(
    ("section", "source", "part"),
    [
        ("Abstract > Results", "prose", "abstract"),
        ("RESULTS", "prose", "results"),
        ("3. Results > Response", "prose", "results"),
        ("Discussion", "prose", "discussion"),
        ("Materials and methods", "prose", "other text"),
        ("", "prose", "other text"),
        ("Results", "note", "captions and notes"),
    ],
)
def test_the_part_a_sentence_stands_in(section: str, source: str, part: str) -> None:
    assert part_of(a_sentence("x", section, source)) == part


def test_each_number_of_a_cell_needs_a_value_of_its_own() -> None:
    read = observations({**CELL, "value": "12", "statistic": "n"}, {**CELL, "value": "37.5", "variable": ""})
    none = empty_frame(Rejected)
    assert counts(a_reading("12 (37.5)"), read, none) == {("observation", ""): 2}
    assert counts(a_reading("12 (12)"), read, none) == {("observation", ""): 1, ("unaccounted", ""): 1}
    frame = account(a_reading("12 (37.5)"), read, none)
    assert frame["n_known"].tolist() == [1]


def test_what_of_a_cell_was_left_out_with_a_reason_is_so_counted() -> None:
    why = rejected({"study_id": "s", "row": 0, "raw_text": "(1) 2.88", "reason": "degrees of freedom"})
    read = observations({**CELL, "value": "2.88"})
    expected = {("left out", "degrees of freedom"): 1, ("observation", ""): 1}
    assert counts(a_reading("(1) 2.88"), read, why) == expected


def test_labels_are_not_counted_and_texts_of_a_cell_hold_their_numbers() -> None:
    nothing = empty_frame(Observations), empty_frame(Rejected)
    assert counts(a_reading("2020", kind="subheader"), *nothing) == {}
    text = observations({**CELL, "value": "IgG, 3 lines", "statistic": "text"})
    assert counts(a_reading("IgG, 3 lines"), text, nothing[1]) == {("observation", ""): 1}


def test_what_stands_in_no_part_of_a_table_is_left_out_with_that_reason() -> None:
    reading = a_reading(left="17 lost")
    why = reject_left_over(reading)
    assert why["raw_text"].tolist() == ["17 lost"]
    assert [fate for fate, _ in counts(reading, empty_frame(Observations), why)] == ["left out"]
    assert [fate for fate, _ in counts(reading, empty_frame(Observations), empty_frame(Rejected))] == ["unaccounted"]


def test_a_number_of_a_sentence_lies_in_what_was_read_or_left_out() -> None:
    text = "Of 40 patients, 10 (25%) died by 2020."
    read = observations(
        *({**WORDS, "quote": text, "start": text.index(n), "end": text.index(n) + 2} for n in ("40", "10", "25"))
    )
    why = rejected({**WORDS, "raw_text": "2020", "start": text.index("2020"), "reason": "date"})
    reading = a_reading("", a_sentence(text))
    assert counts(reading, read, why) == {("observation", ""): 3, ("left out", "date"): 1}
    assert counts(reading, read.iloc[:2], empty_frame(Rejected)) == {("observation", ""): 2, ("unaccounted", ""): 2}


def test_a_number_without_the_word_that_multiplies_it_is_not_read() -> None:
    text = "Of 1.5 million people."
    at = {**WORDS, "quote": text, "start": 3}
    reading = a_reading("", a_sentence(text))
    for changes, fate in (({"end": 6}, "unaccounted"), ({"end": 14}, "observation")):
        assert list(counts(reading, observations({**at, **changes}), empty_frame(Rejected))) == [(fate, "")]
    told = observations({**at, "end": 6, "unit": "million people"})
    assert list(counts(reading, told, empty_frame(Rejected))) == [("observation", "")]


def test_one_text_left_out_explains_one_sentence() -> None:
    why = rejected({**WORDS, "raw_text": "CD38", "start": 0, "reason": "name"})
    reading = a_reading("", a_sentence("CD38 is one."), a_sentence("CD38 was it."))
    found = account(reading, empty_frame(Observations), why)
    assert found.groupby("outcome")["n_numbers"].sum().to_dict() == {"left out": 1, "unaccounted": 2}
    assert found[found["outcome"] == "unaccounted"]["first_text"].str.contains("one").all()


def test_lines_for_reading_are_in_the_order_of_the_paper() -> None:
    reading = a_reading("7", a_sentence("He was 8.", "Discussion"), a_sentence("It was 9.", "Abstract"))
    frame = account(reading, observations({**CELL, "value": "7"}), empty_frame(Rejected))
    assert sum_coverage(frame) == [
        PartCoverage("T1", 1, 1, 1, 0, 0),
        PartCoverage("abstract", 1, 0, 0, 0, 1),
        PartCoverage("discussion", 1, 0, 0, 0, 1),
        PartCoverage("whole paper", 3, 1, 1, 0, 2),
    ]
    assert sum_reasons(frame) == []
