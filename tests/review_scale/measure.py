"""How long Chromium takes to show the report: the corpus as it is, and 200 studies with 10,000 items made of it.

Run with `python -m tests.review_scale.measure`; --studies and --items ask for other sizes, --out keeps the pages. Only
the first --pictured studies have a PDF: to draw the same five again and again says nothing about the page.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from dataclasses import dataclass, replace
from pathlib import Path

from playwright.sync_api import Page

from auditable.review.report import ReportInput, write_report
from tests.chromium import open_browser
from tests.review_scale.copies import copy_corpus

READY = """() => {
  const [timing] = performance.getEntriesByType("navigation");
  return [timing.domInteractive, timing.domContentLoadedEventEnd, timing.loadEventEnd].map(Math.round);
}"""
ANSWER = """([name, place]) => new Promise((done) => {
  const start = performance.now();
  const choice = document.querySelector(`.filters [name=${name}]`);
  choice.selectedIndex = place;
  choice.dispatchEvent(new Event("input", { bubbles: true }));
  requestAnimationFrame(() => setTimeout(() => done(Math.round(performance.now() - start))));
})"""
OPEN = """() => new Promise((done) => {
  const start = performance.now();
  const study = [...document.querySelectorAll("details.study")].at(-1);
  study.open = true;
  study.scrollIntoView();
  requestAnimationFrame(() => setTimeout(() => done(Math.round(performance.now() - start)), 50));
})"""


@dataclass(frozen=True)
class Times:
    """One report in one browser, in milliseconds: until its document was built, until its scripts had run and it was
    loaded, until a filter answered, until a study was open.
    """

    built_ms: int
    ready_ms: int
    loaded_ms: int
    filter_ms: int
    study_ms: int
    n_elements: int


def time_report(page: Page, path: Path) -> Times:
    """The times of one load of the file."""
    page.goto(path.resolve().as_uri(), wait_until="load")
    page.wait_for_function("performance.getEntriesByType('navigation')[0].loadEventEnd > 0")
    built, ready, loaded = page.evaluate(READY)
    elements = page.evaluate("document.querySelectorAll('*').length")
    return Times(built, ready, loaded, page.evaluate(ANSWER, ["study", 2]), page.evaluate(OPEN), elements)


def main() -> None:
    """Prints one line per corpus."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--studies", type=int, default=200)
    arguments.add_argument("--items", type=int, default=10_000)
    arguments.add_argument("--pictured", type=int, default=24)
    arguments.add_argument("--out", type=Path)
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder, open_browser() as browser:
        for n_studies, n_items in ((5, 0), (given.studies, given.items)):
            content = _without_pdfs(copy_corpus(Path("raw"), Path("curated"), n_studies, n_items), given.pictured)
            path = (given.out or Path(folder)) / f"report-{n_studies}.html"
            print(_line(browser.new_page(), path, content), flush=True)


def _without_pdfs(content: ReportInput, n_kept: int) -> ReportInput:
    studies = (s if k < n_kept else replace(s, pdf_path=None) for k, s in enumerate(content.studies))
    return replace(content, studies=tuple(studies))


def _line(page: Page, path: Path, content: ReportInput) -> str:
    """One report, loaded three times; the second time of three, in order, is told."""
    start = time.perf_counter()
    write_report(path, content)
    made = time.perf_counter() - start
    times = sorted((time_report(page, path) for _ in range(3)), key=lambda t: t.ready_ms)[1]
    n_items = len(content.decided.items)
    size = path.stat().st_size / 1e6
    return f"{len(content.studies)} studies, {n_items} items, {size:.1f} MB, made in {made:.0f} s: {times}"


if __name__ == "__main__":
    main()
