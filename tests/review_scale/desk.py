"""How quickly the review page answers: the studies of curated/ as they are, or many copies of them.

    python -m tests.review_scale.desk                  # the corpus itself
    python -m tests.review_scale.desk 200 10000        # 200 studies, 10,000 items

Comes in: curated/ and raw/; both are copied first, since verdicts are given. Goes out: printed medians of ten items:
until the page can be used (its script has run), and from a verdict's key to the next page that can be used.
"""

from __future__ import annotations

import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Page

from auditable.model import Reading
from auditable.store import write_study
from tests.chromium import open_browser
from tests.desk_server import DEAF_MS, start_review
from tests.review_scale.copies import copy_corpus

N_ITEMS = 10
INTERACTIVE = "performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd"


def measure(raw: Path, curated: Path) -> None:
    """Prints how long the start, a page and a verdict take."""
    began = time.perf_counter()
    review = start_review(raw, curated)
    print(f"start: {time.perf_counter() - began:.1f} s")
    with open_browser() as browser:
        page = browser.new_page()
        page.goto(review.address)
        page.wait_for_url(review.home)
        print("items:", page.locator(".progress label").inner_text())
        timed = [_decide(page) for _ in range(N_ITEMS)]
        pages, verdicts = zip(*timed, strict=True)
        print(f"page interactive: median {statistics.median(pages):.0f} ms, most {max(pages):.0f} ms")
        print(f"verdict to next page: median {statistics.median(verdicts):.0f} ms, most {max(verdicts):.0f} ms")
    review.stop()


def _decide(page: Page) -> tuple[float, float]:
    """Milliseconds until the next page can be used: from its request, and from the key."""
    page.wait_for_timeout(DEAF_MS)
    began = time.perf_counter()
    with page.expect_navigation(wait_until="domcontentloaded"):
        page.keyboard.press("4")
    passed = (time.perf_counter() - began) * 1000
    page.wait_for_load_state()
    return float(page.evaluate(INTERACTIVE)), passed


def write_copies(raw: Path, curated: Path, target: Path, n_studies: int, n_items: int) -> None:
    """A curated folder with many studies; the copies have no PDF, so their pages have no pictures."""
    for study in copy_corpus(raw, curated, n_studies, n_items).studies:
        if study.frames is not None:
            reading = Reading(study.study_id, study.pages, study.tables, (), study.problems)
            write_study(target, study.study_id, reading, study.frames)


if __name__ == "__main__":
    raw, curated, sizes = Path("raw"), Path("curated"), [int(size) for size in sys.argv[1:]]
    with tempfile.TemporaryDirectory() as folder:
        copied = Path(folder) / "curated"
        if sizes:
            write_copies(raw, curated, copied, *sizes)
            measure(Path(folder), copied)
        else:
            shutil.copytree(curated, copied)
            measure(raw, copied)
