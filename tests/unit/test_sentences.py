"""Running text → sentences: order, broken words, citations, headings, and the ink of each word."""

from auditable.model import Box, Page, Word
from auditable.sentences import find_sentences


def page_of(*lines, x0=60.0, top=100.0, size=10.0, number=1):
    """A page of lines; a word that begins with ^ is raised and stuck to the one before it, * marks a bold line."""
    words = []
    for k, line in enumerate(lines):
        x, y = x0, top + 12 * k
        is_bold = line.startswith("*")
        for part in line.lstrip("*").split():
            raised = part.startswith("^")
            text = part.lstrip("^")
            scale, lift = (0.6, -2.0) if raised else (1.0, 0.0)
            width = 5 * scale * len(text)
            if raised:
                x -= 3
            words.append(
                Word(
                    text,
                    Box(x, y + lift, x + width, y + size * scale + lift),
                    size * scale,
                    "Times-Bold" if is_bold else "Times",
                    is_bold=is_bold,
                    is_raised=raised,
                    joins_previous=raised,
                )
            )
            x += width + 3
    return Page(number, 595.0, 790.0, tuple(words))


def texts(*pages):
    return [s.text for s in find_sentences(list(pages), [])]


def test_a_word_broken_at_a_line_end_is_whole_again():
    assert texts(page_of("The median overall sur-", "vival was 10.7 months in all."))[0] == (
        "The median overall survival was 10.7 months in all."
    )


def test_sentences_part_at_full_stops_but_not_at_decimals_or_abbreviations():
    found = texts(page_of("It was 3.5 vs. 4.1 months (Fig. 2). Two patients died of it."))
    assert found == ["It was 3.5 vs. 4.1 months (Fig. 2).", "Two patients died of it."]


def test_a_raised_citation_is_told_from_the_number_before_it():
    assert texts(page_of("The rate was 37 ^8,9 in both earlier trials of it."))[0].startswith(
        "The rate was 37 [8,9] in"
    )


def test_a_sentence_that_opens_with_a_raised_figure_keeps_its_ink():
    sentence = find_sentences([page_of("^1 Department of Medicine in the city of the trial.")], [])[0]
    page, box = sentence.boxes(0, 3)
    assert page == 1
    assert box.x0 < 70


def test_each_stretch_of_a_sentence_finds_its_box():
    sentence = find_sentences([page_of("The rate was 37% in the whole of the cohort.")], [])[0]
    start = sentence.text.index("37%")
    _, box = sentence.boxes(start, start + 3)
    assert (box.x0, box.x1) == (60 + 5 * 10 + 3 * 3, 60 + 5 * 13 + 3 * 3)


def test_headings_name_the_section():
    found = find_sentences([page_of("*Results", "The rate was 37% in the whole of the cohort.")], [])
    assert [(s.section, s.text[:8]) for s in found] == [("Results", "The rate")]
