"""What is looked at when a paper is taken in: no page that a run leaves closed, and no metadata that breaks it."""

from __future__ import annotations

import json
import time
from pathlib import Path

import hostile
import pytest

from auditable.intake import take_in
from auditable.intake_reading import dump_facts
from auditable.papers import load_paper, read_about
from auditable.readers.front_reader import parse_xmp, read_front, read_metadata
from auditable.readers.page_weight import MAX_COMMAND_BYTES
from auditable.readers.pdfium_reader import scan_document
from auditable.settings import Settings
from tests.front_pages import TITLE, article_pdf

INFO = b"/Info 10 0 R "


def with_info(path: Path, info: bytes, commands: bytes = b"") -> Path:
    """A page of a table whose document says this of itself."""
    hostile.one_page(path, commands or hostile.small_table(), others={10: b"<< " + info + b" >>"})
    path.write_bytes(path.read_bytes().replace(b"trailer\n<< ", b"trailer\n<< " + INFO))
    return path


def with_xmp(path: Path, packet: bytes) -> Path:
    """The same with an XMP packet."""
    stream = hostile.flate(packet).replace(b"<< ", b"<< /Type /Metadata /Subtype /XML ", 1)
    hostile.write(
        path,
        {
            1: b"<< /Type /Catalog /Pages 2 0 R /Metadata 10 0 R >>",
            2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
            b" /Resources << /Font << /F 5 0 R >> >> >>",
            4: hostile.flate(hostile.small_table()),
            5: hostile.FONT,
            10: stream,
        },
    )
    return path


def test_a_page_that_a_run_does_not_open_is_not_opened(tmp_path: Path) -> None:
    heavy = hostile.small_table() + b"q Q\n" * (MAX_COMMAND_BYTES // 4 + 1)
    path = hostile.one_page(tmp_path / "heavy.pdf", heavy)
    assert scan_document(path).pages[0].problem
    read = read_front(path)
    assert (read.pages, read.text, read.n_pages, read.is_scan) == ((), "", 1, False)


def test_a_page_too_full_to_be_read_further_gives_no_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "full.pdf"
    path.write_bytes(article_pdf())
    assert json.loads(dump_facts(path))["title"]["value"] == TITLE
    monkeypatch.setattr("auditable.limits.MAX_WORDS", 5)
    assert json.loads(dump_facts(path))["title"]["value"] == ""


@pytest.mark.parametrize(
    ("info", "title"),
    [
        (b"/Title <FEFFD800> /Author <FEFFDC00D8000041>", ""),
        (b"/Title <FEFF0041D8000042>", "AB"),
        (b"/Title (A\\000B) /Author (\xff\xfe\x00)", None),
        (b"/Title <FEFF00> /Author 7 0 R", None),
        (b"/Title [1 2] /Author << >>", None),
        (b"/Title (Fine)", "Fine"),
    ],
)
def test_broken_metadata_is_no_crash(tmp_path: Path, info: bytes, title: str | None) -> None:
    path = with_info(tmp_path / "a.pdf", info)
    found = read_metadata(path).get("Title", ("",))[0]
    assert title is None or found == title
    assert scan_document(path).n_pages == 1, "a run reads it too"
    intake = take_in(path, tmp_path / "raw", Settings(), when="2026-01-02", study_id="smith2021")
    assert load_paper(intake.folder).study_id == "smith2021"


def test_signs_that_no_text_holds_are_shown_as_unreadable(tmp_path: Path) -> None:
    title = "A trial of \x07fenobrine in adults with chronic hives"
    printed = hostile.text_at(60, 780, title.replace("\x07", ""), 16) + hostile.small_table()
    path = with_info(tmp_path / "a.pdf", b"/Title (" + title.encode() + b")", printed)
    intake = take_in(path, tmp_path / "raw", Settings(), when="2026-01-02", study_id="smith2021")
    assert "\x07" not in read_about(intake.folder / "paper.yaml")["title"]


@pytest.mark.parametrize(
    "packet",
    [
        pytest.param(b"<dc:title>" * 400_000, id="tags that never end"),
        pytest.param(b"<dc:title " * 400_000, id="tags that never close"),
        pytest.param(b"<dc:title>" + b"<rdf:li>" * 400_000 + b"</dc:title>", id="items that never end"),
        pytest.param(b"<dc:title>" + b"<" * 4_000 + b"</dc:title>", id="brackets"),
        pytest.param(b'prism:doi="' * 400_000, id="attributes that never end"),
        pytest.param(b"\xff\xfe\x00" * 1_000_000, id="no text"),
        pytest.param(b" " * 64 * 2**20, id="a packet that unpacks to far more"),
    ],
)
def test_a_hostile_packet_is_read_in_a_moment(tmp_path: Path, packet: bytes) -> None:
    path = with_xmp(tmp_path / "a.pdf", packet)
    begun = time.process_time()
    read_metadata(path)
    assert time.process_time() - begun < 10


def test_a_packet_of_an_editor_is_read() -> None:
    packet = '<x xmlns="y"><dc:title><rdf:Alt><rdf:li xml:lang="x-default">A trial</rdf:li></rdf:Alt></dc:title></x>'
    assert parse_xmp(packet) == {"dc:title": ("A trial",)}
