"""A running review page for the tests: a server of its own in a thread, on a port of its own."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from pathlib import Path

import uvicorn

from auditable.publish import read_tables
from auditable.review.desk_session import Desk
from auditable.review.desk_shelf import Sources
from auditable.review.server import configure, make_app, page_address

TOKEN = "the-token-of-this-test"
DEAF_MS = 320
"""The page does not listen to keys that write for the first moment: a key that bounces writes nothing."""


@dataclass
class Review:
    """A running review page and the folders it works on."""

    raw: Path
    curated: Path
    port: int
    server: uvicorn.Server
    thread: threading.Thread

    @property
    def address(self) -> str:
        """The address that lets in."""
        return page_address("127.0.0.1", self.port, TOKEN)

    @property
    def home(self) -> str:
        """The address for those who are in."""
        return f"http://127.0.0.1:{self.port}/"

    def stop(self) -> None:
        """Ends the server."""
        self.server.should_exit = True
        self.thread.join(10)


def start_review(raw: Path, curated: Path) -> Review:
    """The review page on two folders, ready to answer."""
    desk = Desk(Sources(raw, curated, read_tables), "tester", lambda: "2026-01-02T03:04:05+00:00")
    desk.open()
    server = uvicorn.Server(configure(make_app(desk, TOKEN)))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started and thread.is_alive():
        time.sleep(0.01)
    return Review(raw, curated, int(server.servers[0].sockets[0].getsockname()[1]), server, thread)
