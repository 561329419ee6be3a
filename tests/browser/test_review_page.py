"""What a curator does at the review page, key by key, in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from auditable.publish import republish
from auditable.settings import load_settings
from schemas.desk_frames import DECISIONS
from tests.browser.conftest import enter, press, width_of
from tests.desk_made import decisions_of, make_corpus, write_findings
from tests.desk_server import DEAF_MS, Review


def item(page: Page) -> str:
    return page.locator("article code").inner_text()


def decide(page: Page, key: str) -> str:
    """Presses a verdict key and waits for the next item; the id that was decided."""
    before = item(page)
    press(page, key)
    return before


def progress(page: Page) -> str:
    return page.locator(".progress label").inner_text()


def test_ten_items_are_decided_by_keyboard_alone(page: Page, review: Review) -> None:
    enter(page, review)
    assert progress(page) == "0 of 12 decided"
    decided = {decide(page, str(number % 5 + 1)): DECISIONS[number % 5] for number in range(10)}
    assert progress(page) == "10 of 12 decided"
    written = decisions_of(review.curated)
    assert written["verdict"].to_dict() == decided
    assert set(written["who"]) == {"tester"}
    assert written.loc["F-smith2021-000", "value_then"] == "20.5 | 25.0"


def test_the_item_shows_its_ink_and_what_does_not_fit(page: Page, review: Review) -> None:
    enter(page, review, "?item=F-smith2021-001")
    expect(page.locator("h2#item")).to_have_text("smith2021 Table 1 · Row 2")
    picture = page.locator("article > .picture img")
    assert picture.bounding_box()["width"] == width_of(picture) > 300, "nothing moves when it comes"
    said = page.locator("article").inner_text()
    for part in ("21.5 % is printed in Row 2, but 25.0 % would fit.", "100 · 8 / 32 = 25.0", "Would fit", "Rule"):
        assert part in said, part
    page.keyboard.press("z")
    whole = page.locator(".picture.whole img")
    expect(whole).to_be_visible()
    assert int(whole.get_attribute("width") or 0) == width_of(whole) > 700


def test_all_that_a_verdict_needs_is_seen_without_scrolling(page: Page, review: Review) -> None:
    page.set_viewport_size({"width": 1280, "height": 860})
    enter(page, review, "?item=F-smith2021-000")
    seen = [page.locator(".sentence"), page.locator(".arithmetic"), page.locator("article > .picture")]
    for part in (*seen, *page.locator("fieldset button").all()):
        box = part.bounding_box()
        assert box is not None
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= 860, part


@pytest.mark.parametrize(("number", "down"), [(0, 0.1), (39, 0.94)])
def test_the_whole_page_is_scrolled_to_what_is_outlined(
    page: Page, tmp_path: Path, start: Callable[[Path, Path], Review], number: int, down: float
) -> None:
    enter(page, start(*make_corpus(tmp_path, {"smith2021": 40})), f"?item=F-smith2021-{number:03}")
    page.keyboard.press("z")
    box = page.locator(".picture.whole")
    expect(box).to_be_visible()
    width_of(box.locator("img"))
    shown = box.evaluate(
        "box => [box.scrollTop / box.scrollHeight, (box.scrollTop + box.clientHeight) / box.scrollHeight]"
    )
    assert shown[0] <= down <= shown[1]


def test_neighbours_search_filters_and_help_by_key(page: Page, review: Review) -> None:
    enter(page, review, "?study=smith2021")
    first = item(page)
    page.keyboard.press("j")
    page.wait_for_url("**item=*")
    second = item(page)
    assert second != first
    page.keyboard.press("k")
    expect(page.locator("article code")).to_have_text(first)
    page.keyboard.press("?")
    expect(page.locator("#help")).to_be_visible()
    page.keyboard.press("j")
    page.keyboard.press("Escape")
    expect(page.locator("#help")).to_be_hidden()
    assert item(page) == first, "keys are deaf behind the help"
    page.keyboard.press("/")
    page.keyboard.type("row 3 j")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=row+3+j*")
    expect(page.locator("h2#item")).to_have_text("No item fits these filters")
    page.goto(review.home + "?q=22.5+row&severity=error")
    assert page.locator(".queue li").count() == 2
    assert progress(page) == "0 of 2 decided"


def test_a_note_is_saved_with_its_verdict_and_undo_takes_both_back(page: Page, review: Review) -> None:
    enter(page, review)
    first = item(page)
    page.keyboard.press("n")
    page.keyboard.type("one patient is counted twice, see 4")
    page.keyboard.press("Escape")
    decide(page, "4")
    assert decisions_of(review.curated).loc[first, "note"] == "one patient is counted twice, see 4"
    press(page, "u")
    assert item(page) == first
    assert progress(page) == "0 of 12 decided"
    assert decisions_of(review.curated).empty


def test_a_note_that_was_not_saved_yet_waits_with_its_item(page: Page, review: Review) -> None:
    enter(page, review)
    page.keyboard.press("n")
    page.keyboard.type("look again")
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    page.wait_for_url("**item=*")
    assert page.locator("#note").input_value() == ""
    page.keyboard.press("k")
    expect(page.locator("#note")).to_have_value("look again")


def test_a_key_that_bounces_decides_one_item(page: Page, review: Review) -> None:
    enter(page, review)
    page.wait_for_timeout(DEAF_MS)
    with page.expect_navigation():
        page.keyboard.press("1")
        page.keyboard.press("1")
    page.keyboard.press("1")
    page.wait_for_timeout(100)
    assert len(decisions_of(review.curated)) == 1


def test_an_undo_key_that_bounces_takes_one_verdict_back(page: Page, review: Review) -> None:
    enter(page, review)
    first = decide(page, "1")
    decide(page, "2")
    press(page, "u")
    page.keyboard.press("u")
    page.wait_for_timeout(100)
    assert decisions_of(review.curated).index.tolist() == [first]


def test_verdicts_stand_after_a_restart_and_a_new_report(
    page: Page, review: Review, start: Callable[[Path, Path], Review]
) -> None:
    enter(page, review)
    first = decide(page, "3")
    published = republish(review.raw, review.curated, load_settings())
    assert published.open_items == 11
    again = start(review.raw, review.curated)
    enter(page, again)
    assert progress(page) == "1 of 12 decided"
    page.goto(f"{again.home}?state=closed")
    assert item(page) == first
    expect(page.locator(".is-now b")).to_have_text("Gold is wrong")
    decide(page, "0")
    assert decisions_of(review.curated).empty


def test_an_item_returns_when_a_run_changes_its_values(page: Page, review: Review) -> None:
    enter(page, review, "?item=F-smith2021-000")
    decide(page, "4")
    write_findings(review.curated, "smith2021", 5, expected="27.5")
    page.goto(f"{review.home}?state=returned")
    assert item(page) == "F-smith2021-000"
    said = page.locator("form.verdict").inner_text()
    for part in ("explained", "20.5 | 25.0", "20.5 | 27.5"):
        assert part in said, part
    decide(page, "1")
    assert decisions_of(review.curated).loc["F-smith2021-000", "value_then"] == "20.5 | 27.5"


def test_a_verdict_on_values_that_a_run_changed_meanwhile_is_not_saved(page: Page, review: Review) -> None:
    enter(page, review, "?item=F-smith2021-000")
    write_findings(review.curated, "smith2021", 5, expected="27.5")
    page.fill("#note", "look again")
    page.locator("h2#item").focus()
    decide(page, "1")
    expect(page.get_by_role("alert")).to_contain_text("a new run changed the values")
    page.goto(f"{review.home}?item=F-smith2021-000")
    expect(page.locator("#note")).to_have_value("look again")
    assert not (review.curated / "decisions.csv").exists()


def test_two_tabs_do_not_lose_a_verdict(context: BrowserContext, review: Review) -> None:
    one, two = context.new_page(), context.new_page()
    for page in (one, two):
        enter(page, review, "?item=F-smith2021-000")
    two.fill("#note", "mine & <yours>")
    two.locator("h2#item").focus()
    decide(one, "5")
    decide(two, "4")
    alert = two.get_by_role("alert")
    expect(alert).to_contain_text("tester says “won't fix”")
    assert decisions_of(review.curated).loc["F-smith2021-000", "verdict"] == "won't fix"
    assert two.locator("#note").input_value() == "mine & <yours>"
    decide(two, "4")
    assert decisions_of(review.curated).loc["F-smith2021-000"].tolist()[:2] == ["explained", "mine & <yours>"]


def test_a_dispute_shows_both_and_one_verdict_settles_it(page: Page, review: Review) -> None:
    lines = [
        f"F-smith2021-000,{verdict},,{who},,20.5 | 25.0" for verdict, who in (("explained", "A"), ("won't fix", "B"))
    ]
    (review.curated / "decisions.csv").write_text("\n".join(["item_id,verdict,note,who,when,value_then", *lines, ""]))
    enter(page, review, "?state=disputed")
    assert item(page) == "F-smith2021-000"
    said = page.locator("form.verdict").inner_text()
    assert "explained A" in " ".join(said.split())
    assert "won't fix B" in " ".join(said.split())
    decide(page, "4")
    assert decisions_of(review.curated)["who"].tolist() == ["tester"]


def test_the_page_needs_no_script_to_decide(browser, review: Review) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        enter(page, review)
        page.get_by_role("button", name="Explained").click()
        assert progress(page) == "1 of 12 decided"
    assert decisions_of(review.curated)["verdict"].tolist() == ["explained"]


@pytest.mark.parametrize("width", [1280, 390])
def test_the_page_is_no_wider_than_the_screen_and_asks_no_other_machine(browser, review: Review, width: int) -> None:
    with browser.new_context(viewport={"width": width, "height": 844}) as context:
        page = context.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        enter(page, review)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert [url for url in asked if not url.startswith(review.home)] == []


EVIL = (
    "<script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">'\"&"
    '\u202e21\u202c =HYPERLINK("http://x") ' + "9" * 10_000
)


def test_hostile_text_of_an_article_is_shown_harmless(
    page: Page, tmp_path: Path, start: Callable[[Path, Path], Review]
) -> None:
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("dialog", lambda dialog: errors.append(dialog.message))
    review = start(*make_corpus(tmp_path, {"smith2021": 3}, hostile=EVIL))
    enter(page, review, "?item=F-smith2021-000")
    assert "owned" not in page.title()
    said = page.locator("article").inner_text()
    assert "<script>document.title='owned'</script>" in said
    assert "⟨U+202E⟩21⟨U+202C⟩" in said, "a text that turns its direction says so"
    assert page.locator("article script, article img[src=x]").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280
    assert page.locator(".long").first.bounding_box()["height"] < 300
    decide(page, "1")
    assert "owned" not in page.title()
    assert errors == []
    assert len(decisions_of(review.curated)) == 1
