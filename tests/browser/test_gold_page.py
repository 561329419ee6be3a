"""Keying gold beside the ink, in a real browser: one key per cell, corrections, and what two people sign in the end."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from auditable.gold_compare import compare_gold
from auditable.gold_draft import read_signed, start_keyer
from auditable.gold_record import read_gold, read_keyed
from auditable.gold_sign import sign_gold
from tests.browser.conftest import enter, press, width_of
from tests.desk_server import Review


@pytest.fixture
def folder(review: Review) -> Path:
    return review.raw / "smith2021"


def mine(folder: Path) -> dict[str, str]:
    """Values of the keyer's file by label."""
    keyed = read_keyed(folder / "gold" / "tester.csv")
    return dict(zip(keyed["stub_path"], keyed["value"], strict=True))


def test_a_gold_cell_is_corrected_from_its_item_and_signed(page: Page, review: Review, folder: Path) -> None:
    enter(page, review, "?q=99.5&study=smith2021")
    press(page, "e")
    page.get_by_role("button", name="Begin with the gold record").click()
    expect(page.locator("h2#item")).to_contain_text("Row 5")
    assert width_of(page.locator(".picture img").first) > 300
    page.keyboard.press("e")
    page.keyboard.type("24.5")
    press(page, "Enter")
    assert mine(folder) == {"Row 5": "24.5"}
    other = start_keyer(folder, "other", read_signed(folder))
    found = compare_gold(read_keyed(other), read_keyed(folder / "gold" / "tester.csv"))
    choices = dict.fromkeys(found.differences["difference_id"], "b")
    sign_gold(folder, "chief", "2026-01-02", choices, ("other", "tester"), again=True)
    assert read_gold(folder / "gold.csv")["value"].tolist() == ["24.5"]
    press(page, "b")
    assert page.url.startswith(f"{review.home}?item=D-")


def test_a_draft_is_checked_with_one_key_per_cell(page: Page, review: Review, folder: Path) -> None:
    enter(page, review)
    page.goto(f"{review.home}gold?study=smith2021")
    page.get_by_role("button", name="Begin with a draft of our reading").click()
    expect(page.locator(".progress label")).to_have_text("0 of 5 checked")
    for _ in range(5):
        press(page, "y")
    expect(page.locator(".progress label")).to_have_text("5 of 5 checked")
    keyed = read_keyed(folder / "gold" / "tester.csv")
    assert keyed["is_checked"].all()
    assert keyed["value"].tolist() == ["20.5", "21.5", "22.5", "23.5", "24.5"]


def test_nothing_typed_is_lost_by_a_mistake_or_another_tab(page: Page, review: Review, folder: Path) -> None:
    start_keyer(folder, "tester", read_signed(folder))
    other = page.context.new_page()
    enter(page, review, "gold?study=smith2021")
    other.goto(page.url)
    page.locator("input.value").fill("")
    press(page, "Enter")
    expect(page.get_by_role("alert")).to_contain_text("a row without a value")
    page.locator("input.value").fill("24.6")
    page.keyboard.press("Escape")
    press(page, "y")
    expect(page.get_by_role("alert")).to_contain_text("a field was typed anew")
    assert mine(folder) == {"Row 5": "99.5"}
    page.locator("input.value").focus()
    press(page, "Enter")
    other.locator("input.value").fill("24.7")
    press(other, "Enter")
    expect(other.get_by_role("alert")).to_contain_text("changed meanwhile")
    assert other.locator("input.value").input_value() == "24.7", "what was typed is still there"
    assert mine(folder) == {"Row 5": "24.6"}
