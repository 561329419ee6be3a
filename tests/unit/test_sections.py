"""Headings and the section behind them, in the habits of journals."""

import pytest

from auditable.layout import make_line
from auditable.model import Box, Word
from auditable.sections import Section, is_heading, next_section, run_in_head

BODY = ("Times", 10.0)


def line(text: str, *, bold: int = 0, size: float = 10.0, font: str = "Times", italic: bool = False):
    """A line whose first words are bold, in a bold font of their own."""
    words, x = [], 50.0
    for k, part in enumerate(text.split()):
        is_bold = k < bold
        width = 5.0 * len(part)
        face = f"{font}-Bold" if is_bold else font
        words.append(Word(part, Box(x, 100, x + width, 100 + size), size, face, is_bold=is_bold, is_italic=italic))
        x += width + 3
    return make_line(words)


def bold(text: str, size: float = 10.0):
    return line(text, bold=len(text.split()), size=size)


BESIDE = line("The rate was high in all the groups that were seen")


@pytest.mark.parametrize(
    "heading",
    [
        bold("Results"),
        bold("3. Results"),
        line("RESULTS"),
        line("R E S U L T S"),
        line("M ethods", size=11.0),
        line("Conflicts of interest", size=12.0),
        line("2.1. Study population", italic=True),
        bold("Adverse events"),
    ],
)
def test_headings(heading):
    assert is_heading(heading, [heading, BESIDE], 0, BODY)


@pytest.mark.parametrize(
    "text",
    [
        line("in the Supplementary Appendix."),
        line("Results of the trial were published in the year behind"),
        bold("https://example.org/12"),
        bold("someone@example.org"),
        line("2.1 months was the median"),
    ],
)
def test_lines_that_head_nothing(text):
    assert not is_heading(text, [BESIDE, text], 1, BODY)


def test_a_bold_line_in_a_bold_abstract_is_no_heading():
    lines = [bold(f"The rate of group {k} was high") for k in range(6)]
    assert not is_heading(lines[2], lines, 2, BODY)


def paths(*headings) -> list[str]:
    section, out = Section(), []
    for heading in headings:
        section = next_section(section, heading, BODY)
        out.append(section.path)
    return out


def test_subheads_stand_under_their_main_part():
    assert paths(bold("Methods", 12), bold("Patients"), bold("Results", 12), bold("Safety")) == [
        "Methods",
        "Methods > Patients",
        "Results",
        "Results > Safety",
    ]


def test_a_usual_title_set_smaller_is_a_subhead():
    assert paths(bold("Methods", 12), bold("Study design", 10))[-1] == "Methods > Study design"
    assert paths(bold("Methods", 12), bold("Results", 10))[-1] == "Results"


def test_a_review_names_its_own_main_parts():
    assert paths(bold("1 Introduction", 12), bold("2 Efficacy", 12), bold("In Trial A", 10)) == [
        "Introduction",
        "Efficacy",
        "Efficacy > In Trial A",
    ]


def test_the_title_of_the_article_heads_nothing():
    assert paths(bold("A drug for a disease", 18), bold("A case", 11)) == ["", "A case"]


@pytest.mark.parametrize(
    ("text", "count", "head"),
    [
        ("Findings We saw 40 patients in all", 1, "Findings"),
        ("Outcomes. The primary one was death", 1, "Outcomes"),
        ("Main outcomes and measures The primary one was death", 4, "Main outcomes and measures"),
        ("Safety and tolerability: Events were rare in all", 3, "Safety and tolerability"),
        ("Overall we saw 40 patients in all", 1, ""),
        ("We saw 40 patients in all", 0, ""),
    ],
)
def test_heads_that_run_into_their_paragraph(text, count, head):
    assert run_in_head(line(text, bold=count)) == head
