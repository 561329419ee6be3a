import base64
import io
from pathlib import Path

from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from auditable.model import Box, PageSize, Piece, Table, TableCell, TableRow
from auditable.review.page_views import PAGE_DPI, view_pages

CELL = Box(100, 100, 140, 110)


def table(*pages: int) -> Table:
    pieces = tuple(Piece(page, Box(50, 80, 300, 200)) for page in pages)
    rows = tuple(TableRow(("Age",), (TableCell("1", box=CELL),), page, CELL) for page in pages)
    return Table("T1", "Table 1", "", pieces, 1, (("", "A"),), (((), ()),), rows)


def pdf(folder: Path, n_pages: int) -> Path:
    canvas = Canvas(str(folder / "paper.pdf"), pagesize=(400, 300), invariant=1)
    for _ in range(n_pages):
        canvas.showPage()
    canvas.save()
    return folder / "paper.pdf"


def test_pages_that_hold_a_table_are_shown_up_to_the_limit(tmp_path: Path) -> None:
    sizes = [PageSize(n, 400, 300, False) for n in (1, 2, 3, 4)]
    path = pdf(tmp_path, 4)
    assert [(v.page, v.tables) for v in view_pages(path, [table(2, 4)], sizes, 9)] == [
        (2, ("Table 1",)),
        (4, ("Table 1",)),
    ]
    assert [v.page for v in view_pages(path, [table(2, 4)], sizes, 1)] == [2]


def test_a_cell_lies_under_a_tint_and_the_page_beside_it_does_not(tmp_path: Path) -> None:
    view = view_pages(pdf(tmp_path, 1), [table(1)], [PageSize(1, 400, 300, False)], 1)[0]
    kind, content = view.address.split(",", 1)
    image = Image.open(io.BytesIO(base64.b64decode(content))).convert("RGB")
    assert kind == "data:image/webp;base64"
    assert (view.width_px, view.height_px) == image.size
    px = PAGE_DPI / 72
    red, _, blue = image.getpixel((int(120 * px), int(105 * px)))
    assert blue - red > 15
    assert min(image.getpixel((int(350 * px), int(250 * px)))) > 245
