"""A real server, a real listener, three runs: exactly one message per new discrepancy, none for unchanged ones."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from auditable.model import AuditableError
from auditable.store import read_corpus_file
from flows.server import own_server
from tests.papers_made import GOLD, make_study, sound_pdf
from tests.prefect_made import seed

HOSTILE = 'Sex ""quoted"" <b> {{ event.id }} \\ ünïcode'
"""A label of a gold row that no table has, as CSV writes it: it comes back in a message."""
WAIT_S = 30.0
QUIET_S = 3.0
MANY = 60


class Listener(ThreadingHTTPServer):
    """Keeps the body of every request."""

    def __init__(self) -> None:
        self.bodies: list[str] = []
        super().__init__(("127.0.0.1", 0), _Handler)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/hook"

    def wait_for(self, n: int) -> list[dict[str, object]]:
        """The messages, once there are n of them or the time is over; never fewer than came."""
        end = time.monotonic() + WAIT_S
        while len(self.bodies) < n and time.monotonic() < end:
            time.sleep(0.1)
        return [json.loads(body) for body in self.bodies]


class _Handler(BaseHTTPRequestHandler):
    server: Listener  # pyright: ignore[reportIncompatibleVariableOverride]

    def do_POST(self) -> None:
        self.server.bodies.append(self.rfile.read(int(self.headers["Content-Length"])).decode())
        self.send_response(204)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: the test's own messages are enough."""


@contextmanager
def listening() -> Iterator[Listener]:
    listener = Listener()
    thread = threading.Thread(target=listener.serve_forever)
    thread.start()
    try:
        yield listener
    finally:
        listener.shutdown()
        listener.server_close()
        thread.join()


def auditable(place: Path, api: str, *arguments: str) -> str:
    """Runs the command in place against the server; what it printed."""
    env = {**os.environ, "PREFECT_API_URL": api}
    command = [sys.executable, "-c", "from auditable.cli import main; main()", *arguments]
    done = subprocess.run(command, cwd=place, env=env, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stdout + done.stderr
    return done.stdout


def install_again(api: str, url: str) -> str:
    from prefect.settings import PREFECT_API_URL, temporary_settings

    from flows.webhook import install

    with temporary_settings({PREFECT_API_URL: api}):
        return install(url)


def find_automations(api: str) -> list[str]:
    """The ids of our automations on the server."""
    from prefect.client.orchestration import get_client
    from prefect.settings import PREFECT_API_URL, temporary_settings

    from flows.webhook import NAME

    with temporary_settings({PREFECT_API_URL: api}), get_client(sync_client=True) as client:
        return [str(a.id) for a in client.read_automations_by_name(NAME)]


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    cache = tmp_path_factory.mktemp("server")
    seed(cache / "server")
    with own_server(cache) as address:
        yield address


def test_one_message_per_new_discrepancy(tmp_path: Path, api: str) -> None:
    folder = make_study(tmp_path / "raw", "made2001", sound_pdf(), f'{GOLD}T1,"{HOSTILE}",Drug A (N = 40),n,3,,,3,A\n')
    with listening() as listener:
        told = auditable(tmp_path, api, "notify", listener.url)
        assert find_automations(api) == [install_again(api, listener.url)], "asked for twice, there once"
        assert find_automations(api)[0] in told

        auditable(tmp_path, api, "run")
        first = listener.wait_for(1)
        items = read_corpus_file(tmp_path / "curated", "items")
        assert [m["item"] for m in first] == list(items["item_id"])
        assert first[0]["news"] == "new"
        assert HOSTILE.replace('""', '"') in str(first[0]["message"])

        auditable(tmp_path, api, "run")

        gold = folder / "gold.csv"
        gold.write_text(gold.read_text("utf-8").replace(",n,10,", ",n,11,"), encoding="utf-8")
        auditable(tmp_path, api, "run")
        listener.wait_for(2)
        time.sleep(QUIET_S)
        messages = listener.wait_for(2)

    assert [m["news"] for m in messages] == ["new", "new"]
    last = messages[1]
    assert (last["study"], last["rule"], last["value_now"]) == ("made2001", "gold", "count 11 | count 10")
    assert str(last["place"]).startswith("page 1, T1, row Sex")
    assert str(last["report"]).endswith(f"#{last['item']}")
    assert len({m["id"] for m in messages}) == 2


def test_many_news_at_once_are_as_many_messages(api: str) -> None:
    from prefect.settings import PREFECT_API_URL, temporary_settings

    from auditable.telling.news import News
    from flows.announce import make_event
    from flows.deliver import deliver

    news = [News("new", f"i{n}", "many2002", "1 | 2", "", "m", 1) for n in range(MANY)]
    with listening() as listener:
        install_again(api, listener.url)
        assert len(find_automations(api)) == 1, "another address replaces the first"
        with temporary_settings({PREFECT_API_URL: api}):
            assert len(deliver([make_event(n, n.event_id("c"), None, "file:///report") for n in news])) == MANY
        listener.wait_for(MANY)
        time.sleep(QUIET_S)
        items = [m["item"] for m in listener.wait_for(MANY)]
    assert sorted(map(str, items)) == sorted(n.item_id for n in news)


@pytest.mark.parametrize("url", ["", "listener", "ftp://127.0.0.1/secret", "http://", "http://[half/secret"])
def test_only_an_address_of_the_web_is_taken(url: str) -> None:
    from flows.webhook import install

    with pytest.raises(AuditableError, match="no address of a webhook") as caught:
        install(url)
    assert "secret" not in str(caught.value)


def test_serve_names_the_host_of_a_webhook_and_no_secret(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The path of such an address is often its password, and the terminal of a service is a log that many read."""
    from auditable import cli_serve
    from flows import serve, webhook

    installed: list[str] = []
    monkeypatch.setattr(webhook, "install", installed.append)
    monkeypatch.setattr(serve, "serve", lambda *_given: None)
    plan = {"raw_dir": "raw", "curated_dir": "curated", "every_s": 60.0, "cron": "", "timezone": "UTC"}
    url = "https://ann:word@chat.example.org/hooks/secret"
    cli_serve._run_plan("http://127.0.0.1:9/api", True, {**plan, "inbox_every_s": 60.0}, url)
    told = capsys.readouterr().out
    assert installed == [url]
    assert "News: to https://chat.example.org\n" in told
    assert "word" not in told
    assert "secret" not in told
