import pytest

from auditable.decisions import DecisionsRead
from auditable.desk import decide_on
from auditable.model import Box, PageSize, Piece, Table, TableCell, TableRow
from auditable.reconcile import reconcile
from auditable.review.cards import Card, make_cards
from auditable.store import StudyFrames
from schemas.desk_frames import Items
from schemas.frames import empty_frame
from tests.unit.frames_made import cells, findings, gold, observations, rejected

BOX = Box(100, 100, 140, 110)
TABLE = Table(
    "T1", "TABLE 1", "Caption", (Piece(1, Box(50, 80, 300, 200), 90),), 1, (("", "All (N = 32)"),), (((), ()),),
    (TableRow(("Age", "Median"), (TableCell("70.5", box=BOX),), 1, BOX),),
)  # fmt: skip
PAGE = PageSize(1, 595, 842, False)


def cards(
    read: list[dict],
    keyed: list[dict],
    found: list[dict] | None = None,
    states: dict[str, tuple[str, str]] | None = None,
) -> list[Card]:
    frame = observations(*read)
    result = reconcile("smith2021", frame, gold(*keyed))
    noted = findings(*(found or []))
    made = StudyFrames(cells({}), frame, noted, result.matches, rejected(), result.discrepancies)
    items = decide_on([made], empty_frame(Items), DecisionsRead()).items
    for item_id, (state, verdict) in (states or {}).items():
        items.loc[items["item_id"] == item_id, ["state", "verdict"]] = state, verdict
    return make_cards(made, [TABLE], [PAGE], items)


def test_what_agrees_makes_no_card() -> None:
    consistent = {"verdict": "consistent", "severity": "note"}
    untested = {"finding_id": "F-2", "verdict": "not testable", "severity": "note"}
    assert cards([{}], [{}], [consistent, untested]) == []


def test_a_card_of_a_gold_row_says_what_each_saw() -> None:
    card = cards([{"value": "75.0", "raw_text": "75.0", "second_text": "70.5", "agreement": "differs"}], [{}])[0]
    assert (card.title, card.read, card.gold) == ("TABLE 1 · Age > Median", "75.0", "median 70.5 years")
    assert card.second == "does not agree; the text not chosen is: 70.5"
    assert card.sentence.endswith("gold says median 70.5 years, we read 75.0.")
    assert card.doubt
    assert (card.page, card.column_path, card.has_table) == (1, "All (N = 32)", True)


def test_a_card_of_a_finding_says_its_arithmetic() -> None:
    card = cards([{}], [{}], [{}])[0]
    assert (card.rule, card.severity, card.item_id) == ("percent.of_n", "error", "F-1")
    assert card.arithmetic == "100 · 8 / 32 = 25.0"
    assert (card.read, card.gold, card.second) == ("70.5", "", "70.5 (the same)")


def test_the_picture_shows_the_width_of_the_table_turned_as_it_is_read() -> None:
    (place,) = cards([{"value": "75.0"}], [{}])[0].places
    assert (place.strip.x0, place.strip.x1, place.turn_degrees, place.outline) == (46, 304, 90, BOX)


def test_statistics_of_one_cell_share_a_card() -> None:
    made = cards([{"value": "1"}, {"statistic": "max", "value": "2"}], [{}, {"statistic": "max", "value": "84"}])
    assert [len(c.rows) for c in made] == [2]


def test_an_unread_row_is_pictured_where_its_cell_stands() -> None:
    card = cards([], [{}])[0]
    assert (card.severity, card.read, card.page) == ("missing", "70.5", 1)
    assert card.places


def test_an_unread_column_is_one_card() -> None:
    keyed = [{"stub_path": f"Row {letter}"} for letter in "abcd"]
    made = cards([], keyed)
    assert [(c.is_list, len(c.rows)) for c in made] == [(True, 4)]


def test_rows_under_another_label_are_one_card() -> None:
    rows = [{"stub_path": f"Row {letter}", "row": i} for i, letter in enumerate("abcd")]
    made = cards([{**r, "table_id": "U1"} for r in rows], rows)
    assert [(c.severity, c.is_list) for c in made] == [("label", True)]
    assert "the label 'T1' is read as 'U1' (4 gold rows)" in made[0].sentence


def test_a_finding_shows_its_other_numbers() -> None:
    read = [{}, {"stub_path": "Sex > Female", "row": 3, "raw_text": "8 (25.0)"}]
    card = cards(read, [], [{"observation_ids": "o0 o1"}])[0]
    assert [(p.title, p.printed) for p in card.partners] == [("TABLE 1 · Sex > Female · All (N = 32)", "8 (25.0)")]


def test_numbers_of_one_row_share_a_picture_and_words_elsewhere_have_their_own() -> None:
    near = {"stub_path": "Sex", "row": 1, "top_pt": 120.0, "bottom_pt": 130.0}
    found = {"observation_ids": "o0 o1", "places": "1:100.00:600.00:140.00:610.00 7:1.00:1.00:2.00:2.00"}
    card = cards([{}, near], [], [found])[0]
    assert [b.top for b in card.places[0].partners] == [120]
    assert [(p.page, p.outline.top, p.is_beside) for p in card.places[1:]] == [(1, 600, True)]


@pytest.mark.parametrize(
    ("finding", "tier"),
    [
        ({"severity": "definition"}, "disagrees"),
        ({"verdict": "not testable", "severity": "error"}, "question"),
        ({"verdict": "rounding", "severity": "rounding"}, "rounding"),
    ],
)
def test_what_is_impossible_disagrees_and_a_question_never_does(finding: dict, tier: str) -> None:
    card = cards([{}], [{}], [finding])[0]
    assert (card.tier, card.claim) == (
        tier,
        "A percentage printed with a count is that count divided by its N, rounded.",
    )


def test_a_card_knows_what_it_was_decided_on() -> None:
    card = cards([{}], [{}], [{}])[0]
    assert (card.state, card.value_now, card.value_before) == ("new", "26.0 | 25.0", "")


def test_the_gravest_come_first() -> None:
    read = [{"stub_path": "Age > Medlan"}, {"stub_path": "B", "value": "2"}, {"stub_path": "C", "unit": "weeks"}]
    keyed = [{}, {"stub_path": "D"}, {"stub_path": "B"}, {"stub_path": "C"}]
    found = [{"verdict": "rounding", "severity": "rounding"}]
    assert [c.severity for c in cards(read, keyed, found)] == ["error", "unit", "missing", "rounding", "label"]


@pytest.mark.parametrize(
    ("state", "is_open"),
    [("closed", False), ("returned", True), ("disputed", True), ("unchanged", True), ("new", True)],
)
def test_a_decided_item_is_closed(state: str, is_open: bool) -> None:
    card = cards([{}], [{}], [{}], {"F-1": (state, "explained")})[0]
    assert (card.is_open, card.verdict) == (is_open, "explained")


def test_a_number_without_ink_has_no_picture() -> None:
    assert cards([{"value": "75.0", "x1_pt": 100.0}], [{}])[0].places == ()


def test_a_rounding_that_is_but_a_note_asks_nobody() -> None:
    assert cards([{}], [{}], [{"verdict": "rounding", "severity": "note"}]) == []


def test_what_gold_leaves_out_is_not_called_unread() -> None:
    rows = [{"stub_path": f"Row {letter}", "row": i} for i, letter in enumerate("abcdefghijkl")]
    columns = [{"spanner_path": spanner} for spanner in ("A", "B")]
    read = [{**row, **column, "col": i} for row in rows for i, column in enumerate(columns)]
    made = cards(read, read[:-1])
    assert [(c.kind, c.severity, c.gold, c.read) for c in made] == [("extra", "extra", "nothing", "70.5")]
