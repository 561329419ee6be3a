"""The review page in a real browser: a server of its own for each test, one browser for all."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page

from tests.chromium import open_browser
from tests.desk_made import make_corpus
from tests.desk_server import DEAF_MS, Review, start_review


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with open_browser() as chromium:
        yield chromium


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    with browser.new_context(viewport={"width": 1280, "height": 900}) as fresh:
        fresh.set_default_timeout(10_000)
        yield fresh


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture
def start() -> Iterator[Callable[[Path, Path], Review]]:
    """Starts the review page on two folders; a second call is a restart on another port."""
    started: list[Review] = []

    def start_on(raw: Path, curated: Path) -> Review:
        started.append(start_review(raw, curated))
        return started[-1]

    yield start_on
    for review in started:
        review.stop()


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two studies with ten findings in all, and one difference from gold in each; copied for each test."""
    folder = tmp_path_factory.mktemp("corpus")
    make_corpus(folder, {"smith2021": 5, "jones2020": 5})
    return folder


@pytest.fixture
def review(tmp_path: Path, corpus: Path, start: Callable[[Path, Path], Review]) -> Review:
    shutil.copytree(corpus, tmp_path, dirs_exist_ok=True)
    return start(tmp_path / "raw", tmp_path / "curated")


def enter(page: Page, review: Review, query: str = "") -> None:
    """Opens the address with the token, then the page that the query asks for."""
    page.goto(review.address)
    page.wait_for_url(review.home)
    if query:
        page.goto(review.home + query)


def press(page: Page, key: str) -> None:
    """Presses a key once the page listens to those that write, and waits for the page it leads to."""
    page.wait_for_timeout(DEAF_MS)
    with page.expect_navigation():
        page.keyboard.press(key)


def width_of(image: Locator) -> int:
    """Width of a picture in its own pixels, once it is there."""
    image.evaluate("image => image.decode()")
    return int(image.evaluate("image => image.naturalWidth"))
