"""Running heads and line numbers leave the page; labels, patients' numbers and last rows stay."""

from auditable.line_numbers import without_line_numbers
from auditable.margins import without_running_heads
from auditable.model import Box, Page, Word


def word(text, x, top):
    return Word(text, Box(x, top, x + 5.0 * len(text), top + 8), 8.0, "Times")


def page(number, words):
    return Page(number, 600.0, 800.0, tuple(words))


def texts(one):
    return [w.text for w in one.words]


def text_lines(n, x=60.0):
    return [word("text", x, 100.0 + 12 * k) for k in range(n)]


def test_line_numbers_in_the_margin_are_dropped():
    numbers = [word(str(k), 30.0 if k > 9 else 35.0, 100.0 + 12 * (k - 1)) for k in range(1, 21)]
    assert texts(without_line_numbers(page(1, [*numbers, *text_lines(20)]))) == ["text"] * 20


def test_numbers_of_patients_under_a_caption_stay():
    numbers = [word(str(k), 45.0, 120.0 + 12 * k) for k in range(1, 10)]
    one = page(1, [word("Table", 45.0, 100.0), *numbers, *text_lines(12)])
    assert without_line_numbers(one) is one


def test_numbers_that_skip_are_no_line_numbers():
    numbers = [word(str(k * k), 30.0, 100.0 + 12 * k) for k in range(1, 12)]
    one = page(1, [*numbers, *text_lines(12)])
    assert without_line_numbers(one) is one


def test_a_line_at_the_same_foot_of_two_pages_is_dropped_with_its_number():
    pages = [page(k, [*text_lines(4), word("Journal", 60.0, 780.0), word(str(100 + k), 500.0, 780.0)]) for k in (1, 2)]
    assert [texts(p) for p in without_running_heads(pages)] == [["text"] * 4] * 2


def test_a_last_row_hard_under_its_table_stays_though_two_pages_print_the_same():
    pages = [page(k, [word("Total", 60.0, 760.0), word("Total", 60.0, 771.0)]) for k in (1, 2)]
    assert [texts(p) for p in without_running_heads(pages)] == [["Total", "Total"]] * 2


def test_a_foot_of_one_page_alone_stays():
    pages = [page(1, [*text_lines(4), word("Only", 60.0, 780.0)]), page(2, text_lines(4))]
    assert "Only" in texts(without_running_heads(pages)[0])
