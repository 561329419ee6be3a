"""axe-core finds nothing serious on the report and on the review page, in light and in dark."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from auditable.gold_draft import read_signed, start_keyer
from auditable.publish import republish
from auditable.settings import load_settings
from tests.browser.conftest import enter
from tests.desk_server import Review

PAGES = ("", "?item=D-", "?q=nothing", "gold?study=jones2020", "gold?study=smith2021")
GRAVE = ("serious", "critical")


def grave_violations(page: Page) -> list[str]:
    """Each serious violation with the first elements it was found at."""
    found = Axe().run(page).response["violations"]
    return [f"{v['id']}: {[n['html'][:120] for n in v['nodes'][:3]]}" for v in found if v["impact"] in GRAVE]


@pytest.fixture
def report(review: Review) -> Path:
    return republish(review.raw, review.curated, load_settings()).report_path


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_grave_violation(browser: Browser, review: Review, report: Path, scheme: str) -> None:
    start_keyer(review.raw / "smith2021", "tester", read_signed(review.raw / "smith2021"))
    found: dict[str, list[str]] = {}
    with browser.new_context(color_scheme=scheme, bypass_csp=True) as context:  # axe is put into the page as a script
        page = context.new_page()
        enter(page, review)
        page.get_by_role("button", name="Explained").click()
        page.wait_for_url("**item=*")
        for address in (*(review.home + query for query in PAGES), report.as_uri()):
            page.goto(address)
            found[address.removeprefix(review.home)] = grave_violations(page)
    assert {address: problems for address, problems in found.items() if problems} == {}
