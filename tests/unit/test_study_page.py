"""A study's page in Markdown: the urgent first, and whatever an article prints is shown as letters."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from auditable.telling.details import Detail
from auditable.telling.markdown import escape
from auditable.telling.page import MAX_ITEMS, make_page

HOSTILE = (
    "[click](javascript:alert(1))", "![x](http://evil.example/p.png)", "<script>alert(1)</script>", "# Heading",
    "http://evil.example", "www.evil.example", "a@evil.example", "`code` **bold** | cell", "&lt;b&gt;", "{{ 1 + 1 }}",
)  # fmt: skip


def item(item_id: str, state: str, message: str = "The text differs.") -> dict[str, str]:
    row = {"item_id": item_id, "state": state, "message": message, "value_now": "1 | 2", "value_before": ""}
    return row | dict.fromkeys(("verdict", "note", "who", "value_then"), "")


def page(*rows: dict[str, str], details: dict[str, Detail] | None = None) -> str:
    return make_page("made2001", pd.DataFrame(rows), details or {}, "file:///report/index.html")


@pytest.mark.parametrize("text", HOSTILE)
def test_no_sign_of_markup_stays_bare(text: str) -> None:
    shown = escape(text)
    assert not re.search(r"(?<!\\)[!#\[\](){}|*_`@.:/<>]", shown)
    plain = re.sub(r"\\(.)", r"\1", shown).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    assert plain == text, "nothing is lost"


def test_a_line_break_and_a_sign_that_turns_the_text_cannot_hide() -> None:
    assert escape("one\n\n# two") == "one \\# two"
    assert "\u202e" not in escape("\u202eabc")
    assert "U\\+202E" in escape("\u202eabc")


def test_returned_and_new_come_first_and_closed_ones_are_only_counted() -> None:
    rows = [item("a", "unchanged"), item("b", "closed"), item("c", "new"), item("d", "returned")]
    detail = Detail("percent.of_n", "impossible", "error", "10/40 = 25.0 %", "T1", "Sex > Female", "Drug A", 3)
    text = page(*rows, details={"d": detail})
    headings = [line.split(" · ")[0] for line in text.splitlines() if line.startswith("### ")]
    assert headings == ["### returned", "### new", "### unchanged"]
    assert "1 returned, 1 new, 1 unchanged, 1 closed" in text
    assert escape("page 3, T1, row Sex > Female, column Drug A") in text
    assert escape("10/40 = 25.0 %") in text


def test_a_long_page_says_what_it_leaves_out() -> None:
    text = page(*(item(f"i{n}", "new") for n in range(MAX_ITEMS + 3)))
    assert text.count("### ") == MAX_ITEMS
    assert "and 3 more" in text
