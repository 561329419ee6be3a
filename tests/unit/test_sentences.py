"""Running text → sentences: order, broken words, citations, headings, and the ink of each word."""

from dataclasses import replace

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


def test_a_numeral_ends_a_sentence_where_an_initial_does_not():
    assert len(texts(page_of("Five people are numbered I to V. Ages ran from 40 to 66."))) == 2
    assert len(texts(page_of("Risk was low in I and II and unknown in V. Each had 3 lines."))) == 2
    assert len(texts(page_of("The trial was led by V. Jones and A. Smith in 4 towns."))) == 1


def test_lines_of_a_scan_are_of_one_size_though_measured_unlike():
    lines = ("Six of the patients (33%) had a fever on day", "one of their stay, and one of them had", "a cough.")
    parts = [
        page_of(line, top=100 + 12 * k, size=s) for k, (line, s) in enumerate(zip(lines, (10, 11.2, 10), strict=True))
    ]
    words = [replace(w, confidence=90.0) for part in parts for w in part.words]
    assert texts(Page(1, 595.0, 790.0, tuple(words))) == [" ".join(lines)]


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


def beside(left: Page, right: Page) -> Page:
    return Page(left.number, left.width_pt, left.height_pt, (*left.words, *right.words))


def test_a_sentence_goes_on_behind_a_caption_that_interrupts_it():
    first = page_of("The rate of response in the arm was higher, namely", "at last visit")
    caption = page_of("Fig. 1. Flow of patients.", top=600.0, size=8.0)
    second = page_of("62% of the patients who were treated.", number=2)
    assert "at last visit 62% of the patients who were treated." in " ".join(texts(beside(first, caption), second))


def test_a_sentence_that_has_ended_is_not_joined_to_small_letters_behind_a_caption():
    first = page_of("The rate of response was higher.")
    caption = page_of("Fig. 1. Flow of patients.", top=600.0, size=8.0)
    second = page_of("n = 62 in all of the arms.", number=2)
    assert "The rate of response was higher." in texts(beside(first, caption), second)


def test_an_abstract_all_in_bold_is_text():
    lines = (
        "*Methods: We enrolled adults in two centres",
        "*who were treated before",
        "*and gave 20 mg a day for",
        "*12 weeks, then",
        "*followed 48 patients.",
    )
    (sentence,) = find_sentences([page_of(*lines), page_of("Much more text in an ordinary face.", number=2)], [])[:1]
    assert sentence.text.startswith("Methods: We enrolled adults")
    assert sentence.text.endswith("12 weeks, then followed 48 patients.")


def test_a_running_head_of_two_parts_is_no_heading():
    def page(number: int) -> Page:
        head = beside(page_of("*Article", top=24.0, number=number), page_of("Volume 3", x0=400.0, top=24.0))
        body = page_of("Some running text stands here,", f"and ends on page {number}.", top=100.0, number=number)
        return beside(head, body)

    found = find_sentences([page(1), page(2)], [])
    assert {s.section for s in found} == {""}
    assert not any("Article" in s.text for s in found)


def test_an_inline_head_holds_until_the_next_one():
    found = find_sentences(
        [
            page_of(
                "*Abstract",
                "Methods: We asked all of them. They told us. Results: The rate",
                "was 37% in all. It fell later.",
            )
        ],
        [],
    )
    assert [s.section for s in found] == [
        "Abstract > Methods",
        "Abstract > Methods",
        "Abstract > Results",
        "Abstract > Results",
    ]


def test_columns_set_close_are_read_one_after_the_other():
    left = page_of(*["The left column runs on and on here"] * 14)
    right = page_of(*["Right words stand here alone"] * 14, x0=60 + max(w.box.x1 for w in left.words) - 60 + 7)
    found = texts(Page(1, 595.0, 790.0, left.words + right.words))
    assert found[0].startswith("The left column runs on and on here The left")
