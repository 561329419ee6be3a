"""HTML says what stands over and beside each cell: spans are read back into the full grid."""

from html.parser import HTMLParser

from auditable.model import Box, Note, Piece, Table, TableCell, TableRow
from auditable.tables_html import html_tables

BOX = Box(0, 0, 10, 10)
ONE, TWO = Box(10, 0, 50, 8), Box(60, 0, 90, 8)


class Grid(HTMLParser):
    """Rows of (tag, scope, text) with every span filled in."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.rows: list[dict[int, tuple[str, str, str]]] = []
        self.below: dict[tuple[int, int], tuple[str, str, str]] = {}
        self.bodies = 0
        self.spans: tuple[str, str, int, int] | None = None
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = {name: value or "" for name, value in attrs}
        self.bodies += tag == "tbody"
        if tag == "tr":
            self.rows.append({c: cell for (r, c), cell in self.below.items() if r == len(self.rows)})
        if tag in ("td", "th"):
            self.spans = (tag, held.get("scope", ""), int(held.get("colspan", 1)), int(held.get("rowspan", 1)))
            self.text = ""

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th") and self.spans:
            name, scope, wide, high = self.spans
            row = len(self.rows) - 1
            first = next(c for c in range(99) if c not in self.rows[row])
            for col in range(first, first + wide):
                assert col not in self.rows[row]
                self.rows[row][col] = (name, scope, self.text)
                self.below |= {(row + k, col): (name, scope, self.text) for k in range(1, high)}

    def texts(self) -> list[list[str]]:
        return [[row[c][2] for c in sorted(row)] for row in self.rows]


def table(boxhead, boxes, *rows: TableRow, stub: int = 1, notes: tuple[Note, ...] = ()) -> Table:
    marks = tuple(tuple(() for _ in level) for level in boxhead)
    return Table("T1", "Table 1", "A & B", (Piece(1, BOX, 0, boxes),), stub, boxhead, marks, rows, notes)


def row(*path: str, kind: str = "data", cells: tuple[str, ...] = (), marks: tuple[str, ...] = ()) -> TableRow:
    return TableRow(path, tuple(TableCell(c) for c in cells), 1, BOX, kind, marks)


def test_spanners_and_labels_of_several_levels_take_up_their_places():
    head = (("", "Drug", "Drug", ""), ("Item", "n", "%", "p"))
    boxes = ((None, ONE, ONE, None), (BOX, BOX, TWO, TWO))
    grid = Grid(html_tables([table(head, boxes, row("Age", cells=("1", "2", "3")))]))
    assert grid.texts() == [["Item", "Drug", "Drug", "p"], ["Item", "n", "%", "p"], ["Age", "1", "2", "3"]]
    assert [grid.rows[0][c][1] for c in range(4)] == ["col", "colgroup", "colgroup", "col"]


def test_two_labels_that_read_the_same_stay_two():
    head = (("", "n (%)", "n (%)"), ("Item", "A", "B"))
    joined = html_tables([table(head, ((None, ONE, ONE), (BOX, ONE, TWO)))])
    parted = html_tables([table(head, ((None, ONE, TWO), (BOX, ONE, TWO)))])
    assert (joined.count("n (%)"), parted.count("n (%)")) == (1, 2)
    assert Grid(joined).texts() == Grid(parted).texts() == [["Item", "n (%)", "n (%)"], ["Item", "A", "B"]]


def test_a_place_under_a_spanner_without_a_label_stays_empty():
    head = (("Item", "Drug", "Drug"), ("", "n", ""))
    grid = Grid(html_tables([table(head, ((BOX, ONE, ONE), (None, TWO, None)))]))
    assert grid.texts() == [["Item", "Drug", "Drug"], ["", "n", ""]]


def test_row_groups_are_heads_of_their_own_body():
    rows = [
        row("Sex", kind="group", cells=("", "")), row("Sex", "Female", cells=("1", "2"), marks=("a",)),
        row("Age", kind="group", cells=("", "")), row("Age", "Years", cells=("3", "4")),
        row("Age", "", kind="subheader", cells=("Mean", "SD")),
    ]  # fmt: skip
    grid = Grid(html_tables([table((("", "A", "B"),), (), *rows)]))
    assert grid.bodies == 2
    assert grid.rows[1][0] == grid.rows[1][2] == ("th", "rowgroup", "Sex")
    assert grid.rows[2] == {0: ("th", "row", "Femalea"), 1: ("td", "", "1"), 2: ("td", "", "2")}
    assert grid.rows[5][1] == ("th", "col", "Mean")


def test_a_group_that_no_row_prints_is_written_out():
    assert "Sex &gt; Female" in html_tables([table((("", "A"),), (), row("Sex", "Female", cells=("1",)))])


def test_two_stub_columns_merge_the_outer_label():
    rows = [row("Sex", "F", cells=("1",)), row("Sex", "M", cells=("2",)), row("Total", cells=("3",))]
    text = html_tables([table((("", "", "A"),), (), *rows, stub=2)])
    assert text.count("Sex") == 1
    assert Grid(text).texts()[1:] == [["Sex", "F", "1"], ["Sex", "M", "2"], ["Total", "Total", "3"]]


def test_everything_printed_is_escaped():
    evil = "<script>&"
    made = Table(
        evil, evil, evil, (Piece(1, BOX),), 1, ((evil, evil),), (((evil,), (evil,)),),
        (row(evil, cells=(evil,), marks=(evil,)), row(evil, kind="group"), row(evil, kind="subheader", cells=(evil,))),
        (Note(evil, evil),),
    )  # fmt: skip
    text = html_tables([made])
    assert "<script" not in text
    assert text.count("&lt;script&gt;&amp;") == 14
