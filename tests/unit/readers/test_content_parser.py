"""The faster parser of drawing commands gives what pdfminer's own gives, whatever it meets."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pdfminer.pdfinterp import PDFContentParser
from pdfminer.pdftypes import PDFStream
from pdfminer.psexceptions import PSEOF

from auditable.readers.content_parser import ContentParser

PIECES = (
    b"1", b" ", b"-", b".5", b"12.", b"--1", b"1.2.3 ", b"+3 ", b"Tj", b"T*", b"Do", b"true", b"'", b'"', b"(", b")",
    b"\\", b"\\n", b"\\q", b"\\053", b"\\400", b"7", b"<", b">", b"<<", b">>", b"41", b"4", b"[", b"]", b"{", b"}",
    b"/", b"/N", b"#41", b"%c\n", b"\x00", b"\n", b"\r\n", b"\xff", b"BI", b"/W 1 /H 1", b" ID ", b"EI ", b"~>",
)  # fmt: skip


def objects(parser, *streams):
    """The objects of the streams in order, and how reading them ended."""
    reading, out = parser([PDFStream({}, data) for data in streams]), []
    while True:
        try:
            value = reading.nextobject()[1]
        except PSEOF:
            return out
        except (AssertionError, LookupError, TypeError, ValueError) as error:
            return [*out, repr(error)]
        out.append(repr(getattr(value, "rawdata", value)))


@given(st.lists(st.lists(st.sampled_from(PIECES), max_size=14).map(b"".join), min_size=1, max_size=3))
def test_the_same_objects_as_pdfminers(streams):
    assert objects(ContentParser, *streams) == objects(PDFContentParser, *streams)


@pytest.mark.parametrize(
    "text",
    [
        b"BT /F1 9 Tf 1 0 0 1 72 700.5 Tm [(Age) -250 (\\(years\\)) <4142>] TJ T* (x) ' ET\n",
        b"q 5 0 0 5 0 0 cm BI /W 2 /H 1 /BPC 8 ID (( ]> EI Q 1 w",
        b"/Span << /MCID 3 >> BDC (a(b)c) Tj EMC % (rest\n0 0 m",
    ],
)
def test_commands_that_run_over_the_end_of_a_buffer(text):
    streams = [b" " * k + text for k in range(ContentParser.BUFSIZ - len(text), ContentParser.BUFSIZ + 1, 7)]
    for stream in streams:
        assert objects(ContentParser, stream) == objects(PDFContentParser, stream)


def test_plain_commands_are_read_ahead():
    parser = ContentParser([PDFStream({}, b"(a) Tj 1 0 0 1 5 6 cm [(b) 3] TJ ")])
    assert parser.nextobject()[1] == b"a"  # with the buffer still empty pdfminer reads this one
    parser.nextobject()
    assert len(parser._ahead) > 5
