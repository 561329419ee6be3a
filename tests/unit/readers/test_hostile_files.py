"""Hostile files and fonts: each is read as printed, told in plain words or stopped; nothing outside is opened."""

from __future__ import annotations

import contextlib
import json
import os
import socket
import sys
from pathlib import Path

import hostile
import pytest

from auditable.engine import read_paper
from auditable.isolation import run_isolated
from auditable.model import AuditableError
from auditable.pdf_reading import dump_pdf

TABLE = hostile.small_table()
PICTURE = b"<< /Type /XObject /Subtype /Image /ColorSpace /DeviceGray /BitsPerComponent %d /Width %d /Height %d %s"
DRAWN = b"q 300 0 0 300 60 100 cm /I Do Q "
CATALOG, PAGES = b"<< /Type /Catalog /Pages 2 0 R %s>>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>"


def read_cells(path: Path) -> str:
    """The cells of all tables and what could not be read: what runs inside the worker process."""
    reading = read_paper(path, "a")
    cells = [[[cell.text for cell in row.cells] for row in table.rows] for table in reading.tables]
    return json.dumps([cells, reading.problems])


def picture(filter_: bytes, data: bytes, width: int = 600, height: int = 600, bits: int = 8) -> dict[int, bytes]:
    """A picture of nonsense, packed as it says."""
    head = PICTURE % (bits, width, height, b"/Filter %s /Length %d >>" % (filter_, len(data)))
    return {10: head + b"\nstream\n" + data + b"\nendstream"}


WHOLE = [[["10 (31.3)", "12 (38.7)"], ["22 (68.8)", "19 (61.3)"], ["5 (15.6)", "7 (22.6)"]]]
PICTURES = {
    "JBIG2 nonsense": picture(b"/JBIG2Decode", b"\x00\x00\x00\x00\x30\x00\x01\x00\x00\x00\x13" + b"\xff" * 400, bits=1),
    "JPX nonsense": picture(b"/JPXDecode", b"\x00\x00\x00\x0cjP  \r\n\x87\n" + b"\xff\x4f\xff\x51" + b"\x7f" * 400),
    "JPEG nonsense": picture(b"/DCTDecode", b"\xff\xd8\xff\xc0\x00\x11\x08\xff\xff\xff\xff" + b"\x03\x01\x22" * 90),
    "fax nonsense": picture(b"/CCITTFaxDecode", b"\x00\x10" * 400, 10**9, 10**9, 1),
    "a picture of 100 000 by 100 000": picture(b"/FlateDecode", b"\x78\x9c" + b"\x00" * 90, 10**5, 10**5),
    "one packing after the other": picture(b"[" + b"/ASCIIHexDecode " * 2000 + b"]", b"41>"),
}


@pytest.mark.parametrize("kind", PICTURES)
def test_table_is_read_beside_a_picture_of_nonsense(tmp_path: Path, kind: str) -> None:
    path = hostile.one_page(tmp_path / "a.pdf", TABLE + DRAWN, xobjects=b"/I 10 0 R", others=PICTURES[kind])
    assert json.loads(run_isolated(read_cells, (path,), seconds=120, memory_mb=3000))[0] == WHOLE


def file_of(path: Path, objects: dict[int, bytes], trailer: bytes = b"") -> Path:
    plain = {1: CATALOG % b"", 2: PAGES, 3: PAGE, 4: hostile.flate(TABLE), 5: hostile.FONT}
    return hostile.write(path, plain | objects, trailer)


def in_loop(path: Path) -> Path:
    """A table of objects that names itself as the one before."""
    data = file_of(path, {}).read_bytes()
    start = data.rindex(b"startxref")
    at = int(data[start:].split()[1])
    path.write_bytes(data[:start].replace(b"/Root", b"/Prev %d /Root" % at) + data[start:])
    return path


def a_million_pages(path: Path) -> Path:
    return file_of(path, {2: b"<< /Type /Pages /Kids [3 0 R] /Count 1000000 >>"})


def tree_in_circles(path: Path) -> Path:
    return file_of(
        path, {2: b"<< /Type /Pages /Kids [6 0 R] /Count 1 >>", 6: b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>"}
    )


def locked(path: Path) -> Path:
    lock = (
        b"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O (" + b"o" * 32 + b") /U (" + b"u" * 32 + b") >> /ID [(a)(b)]"
    )
    return file_of(path, {}, lock)


def packed_by_runs_cut_short(path: Path) -> Path:
    runs = b"<< /Length 3 /Filter /RunLengthDecode >>\nstream\n\x40ab\nendstream"
    return file_of(path, {4: runs})


def page_box_of_names(path: Path) -> Path:
    return file_of(path, {3: PAGE.replace(b"595 842", b"595 /A 842")})


REFUSED = {
    a_million_pages: "at most 1500 pages, found 1000000 pages",
    tree_in_circles: "the PDF cannot be opened|no page|cannot be read",
    in_loop: "the pages of the PDF cannot be followed",
    locked: "locked by a password",
    page_box_of_names: "page 1 cannot be read word by word",
    packed_by_runs_cut_short: "the pages of the PDF cannot be followed",
}


@pytest.mark.parametrize("make", REFUSED)
def test_file_is_refused_in_plain_words(tmp_path: Path, make) -> None:
    with pytest.raises(AuditableError, match=REFUSED[make]) as caught:
        run_isolated(dump_pdf, (make(tmp_path / "a.pdf"), "a"), seconds=120, memory_mb=3000)
    error = caught.value
    assert all((error.what, error.where, error.expected, error.found, error.remedy))
    assert "failed" not in error.what and "crashed" not in error.what


def mapped(path: Path, lines: bytes) -> Path:
    """The table in a font with this map of its letters."""
    cmap = b"/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <FF> endcodespacerange "
    font = hostile.FONT.replace(b">>", b"/ToUnicode 10 0 R >>")
    return hostile.one_page(path, TABLE, font=font, others={10: hostile.flate(cmap + lines + b" endcmap end")})


@pytest.mark.parametrize("letters", [b"<>", b"<D800>", b"<" + b"0041" * 5000 + b">"])
def test_figure_that_its_font_names_by_no_letter_or_thousands_is_not_left_out(tmp_path: Path, letters: bytes) -> None:
    path = mapped(tmp_path / "a.pdf", b"1 beginbfchar <33> " + letters + b" endbfchar")
    [[first, *_]], problems = json.loads(read_cells(path))
    assert all(
        text in (printed, printed.replace("3", "\ufffd")) for text, printed in zip(first, WHOLE[0][0], strict=True)
    )
    assert "\ufffd" not in "".join(first) or any("has no meaning" in p for p in problems)


def test_font_without_widths_loses_no_figure_and_no_point(tmp_path: Path) -> None:
    font = hostile.FONT.replace(b"/Helvetica", b"/Nobody")
    [rows], _ = json.loads(
        read_cells(hostile.one_page(tmp_path / "a.pdf", TABLE.replace(b"5 (15.6)", b"5.1 (15.6)"), font=font))
    )
    assert [[c.replace(" ", "") for c in row] for row in rows] == [
        [c.replace(" ", "").replace("5(15", "5.1(15") for c in r] for r in WHOLE[0]
    ]


@pytest.mark.parametrize("far", [b"9" * 30, b"1" + b"0" * 400, b"-2147483648"])
def test_lines_drawn_beyond_all_pages_take_no_memory(tmp_path: Path, far: bytes) -> None:
    lines = b"60 712 m " + far + b" 712 l S 60 " + far + b" m 60 600 l S 50 690 " + far + b" 12 re f "
    told = run_isolated(read_cells, (hostile.one_page(tmp_path / "a.pdf", lines + TABLE),), seconds=120, memory_mb=3000)
    assert "10 (31.3)" in told


def test_map_of_every_code_there_could_be_ends_within_its_limit(tmp_path: Path) -> None:
    ranges = b"100 beginbfrange " + b"<00000000> <FFFFFFFF> <0041> " * 100 + b"endbfrange"
    with pytest.raises(AuditableError, match="stopped at its limit"):
        run_isolated(dump_pdf, (mapped(tmp_path / "a.pdf", ranges), "a"), seconds=20, memory_mb=1000)


OUTSIDE = (
    "subprocess.Popen",
    "os.system",
    "os.exec",
    "os.posix_spawn",
    "os.fork",
    "socket.connect",
    "socket.getaddrinfo",
)


def read_watched(path: Path) -> str:
    """What reading opens in the folder of the PDF, and every process and address it tries."""
    import auditable.engine  # noqa: F401  (loading its libraries asks the system for its kind, in processes)

    seen: list[str] = []

    def hear(event: str, args: tuple[object, ...]) -> None:
        if event in OUTSIDE or (event == "open" and str(path.parent) in str(args[0])):
            seen.append(f"{event} {args[0]}")

    sys.addaudithook(hear)
    with contextlib.suppress(AuditableError):
        dump_pdf(path, "a")
    return json.dumps(sorted(set(seen)))


@pytest.mark.parametrize("contents", [b"[4 0 R]", b"[4 0 R 8 0 R 9 0 R]"])
def test_nothing_that_a_document_names_is_opened(tmp_path: Path, contents: bytes) -> None:
    (tmp_path / "secret").write_bytes(TABLE)
    os.mkfifo(tmp_path / "pipe")
    secret, pipe = (str(tmp_path / name).encode() for name in ("secret", "pipe"))
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        address = b"http://127.0.0.1:%d/x" % server.getsockname()[1]
        file = file_of(
            tmp_path / "a.pdf",
            {
                1: CATALOG
                % (b"/OpenAction 6 0 R /AA << /O 7 0 R >> /Names << /EmbeddedFiles 11 0 R >> /Threads 11 0 R "),
                3: PAGE.replace(b"/Contents 4 0 R", b"/Contents " + contents + b" /Annots [10 0 R] /AA << /O 6 0 R >>"),
                6: b"<< /S /Launch /F (%s) /Next 7 0 R >>" % pipe,
                7: b"<< /S /URI /URI (%s) /Next << /S /GoToR /F (%s) /D [0 /Fit] >> >>" % (address, secret),
                8: b"<< /Length 0 /F (%s) >>\nstream\n\nendstream" % pipe,
                9: b"<< /Length 0 /F << /FS /URL /F (%s) >> >>\nstream\n\nendstream" % address,
                10: b"<< /Type /Annot /Subtype /Link /Rect [0 0 595 842] /A << /S /SubmitForm /F (%s) >> >>" % address,
                11: b"<< /Names [(x) << /Type /Filespec /F (%s) /EF << /F << /F (%s) >> >> >>] >>" % (secret, pipe),
            },
        )
        opened = json.loads(run_isolated(read_watched, (file,), seconds=120, memory_mb=3000))
        with pytest.raises(BlockingIOError):
            server.accept()
    assert opened == [f"open {file}"]
