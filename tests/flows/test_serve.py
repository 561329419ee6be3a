"""`auditable serve`, as a curator starts it: a PDF dropped into the inbox is curated, a bad one is told, and nothing is
left running."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from tests.flows.test_own_server import wait_until
from tests.front_pages import article_pdf
from tests.papers_made import BROKEN_PDFS
from tests.prefect_made import seed

COMMAND = "from auditable.cli import main; main()"
LIMIT_S = 240
"""For a busy machine; on an idle one a PDF is curated some 25 s after it was dropped."""


def start_serve(place: Path, *options: str) -> subprocess.Popen[bytes]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    with (place / "serve.log").open("wb") as log:
        return subprocess.Popen(
            [sys.executable, "-c", COMMAND, "serve", *options],
            cwd=place, stdout=log, stderr=subprocess.STDOUT, env=environment,
        )  # fmt: skip


def read_log(place: Path) -> str:
    return (place / "serve.log").read_text("utf-8", errors="replace")


def test_a_pdf_dropped_into_the_inbox_is_curated_and_a_bad_one_is_told(tmp_path: Path) -> None:
    inbox, quarantine = tmp_path / "raw" / "inbox", tmp_path / "raw" / "quarantine"
    inbox.mkdir(parents=True)
    seed(tmp_path / ".cache" / "auditable" / "server")
    serve = start_serve(tmp_path, "--every", "3600", "--inbox-every", "5")
    try:
        assert wait_until(lambda: "End with Ctrl-C" in read_log(tmp_path), LIMIT_S), read_log(tmp_path)
        assert "Server: http://127.0.0.1:" in read_log(tmp_path)
        (inbox / "Maker 2001.PDF").write_bytes(article_pdf())
        (inbox / "locked.pdf").write_bytes(BROKEN_PDFS["locked2004"])

        curated = tmp_path / "curated"
        assert wait_until(lambda: bool(list(curated.glob("*/cells.csv"))), LIMIT_S), read_log(tmp_path)
        assert wait_until((curated / "report" / "index.html").is_file, LIMIT_S)
        assert wait_until((quarantine / "locked.pdf").is_file, LIMIT_S)
        assert "locked by a password" in (quarantine / "locked.reason.txt").read_text("utf-8")
        assert not list(inbox.glob("*.[pP][dD][fF]"))
        [study] = list((tmp_path / "raw").glob("*/paper.pdf"))
        assert study.read_bytes() == article_pdf()
    finally:
        everyone = [psutil.Process(serve.pid), *psutil.Process(serve.pid).children(recursive=True)]
        serve.send_signal(signal.SIGTERM)
        _gone, left = psutil.wait_procs(everyone, timeout=60)
        for process in left:
            process.kill()
    assert [p.cmdline() for p in left] == []
    assert serve.wait() == 0


def told_at_start(place: Path, *options: str) -> str:
    (place / "raw").mkdir()
    serve = start_serve(place, *options)
    try:
        assert serve.wait(LIMIT_S) == 2
    finally:
        serve.kill()
    [line] = read_log(place).splitlines()
    return line


def test_a_schedule_that_means_nothing_is_told_in_one_line(tmp_path: Path) -> None:
    assert "this schedule means nothing" in told_at_start(tmp_path, "--cron", "sometimes")


def test_a_busy_port_is_told_in_one_line(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        port = str(other.getsockname()[1])
        assert f"127.0.0.1:{port}" in told_at_start(tmp_path, "--port", port)


def test_a_folder_that_is_not_there_is_told_in_one_line(tmp_path: Path) -> None:
    assert "There is no such folder" in told_at_start(tmp_path, "--raw", "rwa")


def test_a_server_that_does_not_answer_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from auditable.cli_serve import serve
    from auditable.model import AuditableError

    monkeypatch.setenv("PREFECT_API_URL", "http://127.0.0.1:9/api")
    with pytest.raises(AuditableError, match="no Prefect server answers"):
        serve(raw=str(tmp_path))
