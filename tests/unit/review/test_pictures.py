import base64
import io
from pathlib import Path

import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from auditable.model import Box
from auditable.review.pictures import OUTLINE_COLOUR, Place, strip_around, take_pictures


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    path = tmp_path / "two.pdf"
    canvas = Canvas(str(path), pagesize=(400, 300), invariant=1)
    for colour in ((0, 0, 1), (0, 0.6, 0)):
        canvas.setFillColorRGB(*colour)
        canvas.rect(100, 300 - 110, 40, 10, stroke=0, fill=1)
        canvas.showPage()
    canvas.save()
    return path


def image(address: str) -> Image.Image:
    kind, content = address.split(",", 1)
    assert kind == "data:image/png;base64"
    return Image.open(io.BytesIO(base64.b64decode(content))).convert("RGB")


def near(colour: tuple[int, ...], wanted: tuple[int, ...]) -> bool:
    return all(abs(a - b) < 40 for a, b in zip(colour, wanted, strict=True))


def test_the_strip_stays_on_the_page() -> None:
    strip = strip_around(Box(10, 5, 20, 15), left=0, right=900, width_pt=400, height_pt=300)
    assert (strip.x0, strip.top, strip.x1, strip.bottom) == (0, 0, 400, 37)


def test_each_place_is_pictured_from_its_page_in_the_order_asked(pdf: Path) -> None:
    outline = Box(100, 100, 140, 110)
    strip = strip_around(outline, 50, 200, 400, 300)
    pictures = take_pictures(pdf, [Place(2, strip, outline), Place(1, strip, outline)])
    middle = [image(p.address).getpixel((p.width_px * 70 // 158, p.height_px // 2)) for p in pictures]
    assert near(middle[0], (0, 153, 0))
    assert near(middle[1], (0, 0, 255))


def test_the_cell_is_outlined_and_its_place_told(pdf: Path) -> None:
    outline = Box(100, 100, 140, 110)
    strip = Box(50, 80, 250, 130)
    picture = take_pictures(pdf, [Place(1, strip, outline)], dpi=72)[0]
    assert (picture.width_px, picture.height_px) == (200, 50)
    assert picture.outline_share == pytest.approx(0.35)
    drawn = image(picture.address)
    assert near(drawn.getpixel((47, 25)), OUTLINE_COLOUR)
    assert near(drawn.getpixel((93, 25)), OUTLINE_COLOUR)
    assert near(drawn.getpixel((20, 25)), (255, 255, 255))


def test_the_same_place_gives_the_same_bytes(pdf: Path) -> None:
    place = Place(1, Box(50, 80, 250, 130), Box(100, 100, 140, 110))
    assert take_pictures(pdf, [place]) == take_pictures(pdf, [place])


def test_no_place_no_picture(pdf: Path) -> None:
    assert take_pictures(pdf, []) == []
