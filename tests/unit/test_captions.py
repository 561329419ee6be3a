"""Which line names a table, and which only speaks of one."""

import pytest

from auditable.captions import read_caption
from auditable.layout import make_line
from auditable.model import Box, Word

BODY = ("Times", 10.0)


def line(text, *, font="Helvetica-Bold", top=100.0):
    out, x = [], 50.0
    for part in text.split():
        out.append(Word(part, Box(x, top, x + 5 * len(part), top + 10), 10.0, font, is_bold="Bold" in font))
        x += 5 * len(part) + 3
    return make_line(out)


@pytest.mark.parametrize(
    ("text", "number", "is_continued"),
    [
        ("Table 1 Baseline characteristics", "1", False),
        ("TABLE 2 | Outcomes", "2", False),
        ("Table 3. Adverse events", "3", False),
        ("Table S4: More", "S4", False),
        ("Table II. Response", "II", False),
        ("Table 1 (Continued)", "1", True),
        ("TABLE 2 | Continued", "2", True),
        ("table 5 | Small capitals", "5", False),
        ("Supplementary Table 2. More", "2", False),
    ],
)
def test_a_caption_gives_its_number(text, number, is_continued):
    caption = read_caption(line(text), BODY, None)
    assert caption is not None
    assert (caption.kind, caption.number, caption.is_continued) == ("table", number, is_continued)


@pytest.mark.parametrize(
    "text", ["Table 1 lists the patients.", "Table 2, which shows", "Tables 1 and 2", "Table 1 and Table 2"]
)
def test_a_sentence_about_a_table_is_no_caption(text):
    assert read_caption(line(text), BODY, None) is None


def test_running_text_hard_under_a_line_is_no_caption():
    above = line("as is shown for the whole cohort in", font="Times-Roman", top=89.0)
    assert read_caption(line("Table 2. Outcomes were", font="Times-Roman"), BODY, above) is None
    assert read_caption(line("Table 2. Outcomes", font="Helvetica-Bold"), BODY, above) is not None
