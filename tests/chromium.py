"""A real browser for the tests: found on the machine, else installed; without one the tests fail."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@contextmanager
def open_browser() -> Iterator[Browser]:
    """Chromium without a window; it may not leave this machine."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_chromium(playwright),
            # Tests run as root in containers, where Chromium's own sandbox cannot start.
            args=["--no-sandbox", "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost"],
        )
        yield browser
        browser.close()


def find_chromium(playwright: Playwright) -> str:
    """Where a Chromium lies: $CHROMIUM, the system's, Playwright's own; else Playwright or apt-get installs one."""
    named = os.environ.get("CHROMIUM")
    found = named or next((path for name in NAMES if (path := shutil.which(name))), None)
    own = playwright.chromium.executable_path
    if found or Path(own).exists():
        return found or own
    done = subprocess.run(
        [sys.executable, "-m", "playwright", "install", "chromium"], capture_output=True, text=True, check=False
    )
    if not done.returncode and Path(own).exists():
        return own
    if os.geteuid() == 0 and shutil.which("apt-get"):
        subprocess.run(["apt-get", "install", "-y", "-q", "chromium"], capture_output=True, check=False)
    if packaged := shutil.which(NAMES[0]):
        return packaged
    pytest.fail(
        "No Chromium on this machine, and it could not be installed: set $CHROMIUM to one, or run "
        f"`playwright install chromium`. {done.stderr[-500:]}"
    )
