"""The command itself: it says where the page is, saves under the name given, and ends in order."""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Page

from tests.desk_made import decisions_of

COMMAND = "from auditable.cli import main; main()"


def test_the_command_prints_an_address_that_lets_in(page: Page, corpus: Path, tmp_path: Path) -> None:
    curated = shutil.copytree(corpus / "curated", tmp_path / "curated")
    arguments = ("review", "--raw", str(corpus / "raw"), "--curated", str(curated), "--who", "ann")
    process = subprocess.Popen([sys.executable, "-c", COMMAND, *arguments], stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        address = re.search(r"http://127\.0\.0\.1:\d+/\?token=[\w-]{32}", process.stdout.readline())
        assert address is not None
        page.goto(address.group())
        page.wait_for_url(address.group().partition("?")[0])
        page.get_by_role("button", name="Explained").click()
        page.wait_for_url("**item=*")
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 0
    finally:
        process.kill()
        process.wait()
    assert decisions_of(curated)["who"].tolist() == ["ann"]
