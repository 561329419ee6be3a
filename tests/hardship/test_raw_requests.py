"""Requests that no browser sends, byte for byte, to a running review page: none gets in, none reaches a file."""

from __future__ import annotations

import shutil
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desk_made import make_corpus
from tests.desk_server import TOKEN, Review, start_review
from tests.hardship.workplace import contents

ANSWER_S = 20
SECRET = "a-secret-beside-the-corpus"


@pytest.fixture(scope="module")
def review(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Review]:
    folder = tmp_path_factory.mktemp("raw-requests")
    (folder / "secret.txt").write_text(SECRET)
    running = start_review(*make_corpus(folder, {"smith2021": 2}))
    yield running
    running.stop()


def ask(review: Review, request: str) -> str:
    """The whole answer to the bytes of a request; PORT and COOKIE in it are those of the page."""
    cookie = f"auditable-{review.port}={TOKEN}"
    text = request.replace("PORT", str(review.port)).replace("COOKIE", cookie)
    with socket.create_connection(("127.0.0.1", review.port), ANSWER_S) as connection:
        connection.sendall(text.encode("latin-1"))
        connection.shutdown(socket.SHUT_WR)
        parts = iter(lambda: connection.recv(65536), b"")
        return b"".join(parts).decode("latin-1")


GOOD = "Host: 127.0.0.1:PORT\r\nCookie: COOKIE\r\nConnection: close\r\n"
UPGRADE = (
    GOOD.replace("Connection: close", "Connection: Upgrade, close")
    + "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
)
FORM = "Content-Type: application/x-www-form-urlencoded\r\n"


@pytest.mark.parametrize(
    ("request_line", "headers", "statuses"),
    [
        ("GET /../../secret.txt HTTP/1.1", GOOD, {"404"}),
        ("GET //etc/passwd HTTP/1.1", GOOD, {"404"}),
        ("GET /%2e%2e/secret.txt HTTP/1.1", GOOD, {"404"}),
        ("GET /desk.css%00.txt HTTP/1.1", GOOD, {"404"}),
        ("GET /..%5c..%5csecret.txt HTTP/1.1", GOOD, {"404"}),
        ("GET /picture?item=../secret.txt&n=0 HTTP/1.1", GOOD, {"404"}),
        ("GET /page?study=..&n=1 HTTP/1.1", GOOD, {"404"}),
        ("GET /gold?study=/etc HTTP/1.1", GOOD, {"404"}),
        ("GET http://evil.example/ HTTP/1.1", GOOD.replace("127.0.0.1:PORT", "evil.example"), {"421"}),
        ("GET / HTTP/1.1", GOOD.replace("127.0.0.1", "127.0.0.1.evil.example"), {"421"}),
        ("GET / HTTP/1.1", GOOD.replace("127.0.0.1", "0.0.0.0"), {"421"}),
        ("GET / HTTP/1.1", "Host: evil.example\r\n" + GOOD, {"400", "421"}),
        ("GET / HTTP/1.0", "Cookie: COOKIE\r\n", {"421"}),
        ("GET / HTTP/1.1", GOOD.replace("COOKIE", "COOKIEx"), {"403"}),
        ("GET / HTTP/1.1", GOOD.replace("COOKIE", '"; a=COOKIE'), {"403"}),
        ("TRACE / HTTP/1.1", GOOD, {"403"}),
        ("OPTIONS /verdict HTTP/1.1", GOOD + "Origin: http://evil.example\r\n", {"403"}),
        ("PUT /decisions.csv HTTP/1.1", GOOD + "Content-Length: 0\r\n", {"403"}),
        ("POST /verdict HTTP/1.1", GOOD + FORM + "Origin: http://127.0.0.1:PORT.evil.example\r\nContent-Length: 0\r\n",
         {"403"}),
        ("POST /verdict HTTP/1.1", GOOD + FORM + "Origin: http://127.0.0.1:PORT\r\nTransfer-Encoding: chunked\r\n",
         {"413"}),
        ("POST /verdict HTTP/1.1", GOOD + FORM + "Origin: http://127.0.0.1:PORT\r\nContent-Length: 999999999\r\n",
         {"413"}),
        ("POST /verdict HTTP/1.1", GOOD + FORM + "Origin: http://127.0.0.1:PORT\r\nContent-Length: -1\r\n",
         {"400", "413"}),
        ("GET / HTTP/1.1", UPGRADE + "Origin: http://evil.example\r\n", {"403"}),
        ("GET / HTTP/1.1", UPGRADE + "Origin: http://127.0.0.1:PORT\r\n", {"403"}),
        ("GET / HTTP/1.1", UPGRADE.replace("Cookie: COOKIE\r\n", ""), {"403"}),
        ("GET / HTTP/1.1", UPGRADE.replace("127.0.0.1", "evil.example"), {"421"}),
        ("\x16\x03\x01\x02\x00", "", {"400"}),
    ],
)  # fmt: skip
def test_a_request_that_no_browser_sends_gets_nothing(
    review: Review, request_line: str, headers: str, statuses: set[str]
) -> None:
    before = contents(review.curated.parent)
    answer = ask(review, f"{request_line}\r\n{headers}\r\n")
    assert answer.split(" ")[1:2] and answer.split(" ")[1] in statuses, answer[:300]
    assert SECRET not in answer
    assert "Traceback" not in answer
    assert contents(review.curated.parent) == before


@pytest.mark.parametrize("name", ["raw/smith2021/paper.pdf", "raw/smith2021"])
def test_a_link_in_the_corpus_shows_no_other_file(tmp_path: Path, name: str) -> None:
    """A PDF or study that leads elsewhere is not the one whose checksum the corpus has: no picture is made of it."""
    raw, curated = make_corpus(tmp_path, {"smith2021": 2})
    elsewhere = tmp_path / "elsewhere"
    link = tmp_path / name
    if link.is_dir():
        shutil.copytree(link, elsewhere)
        shutil.rmtree(link)
        (elsewhere / "paper.pdf").write_text(SECRET)
    else:
        elsewhere.write_text(SECRET)
        link.unlink()
    link.symlink_to(elsewhere)
    running = start_review(raw, curated)
    try:
        answers = [ask(running, f"GET {path} HTTP/1.1\r\n{GOOD}\r\n") for path in ("/page?study=smith2021&n=1", "/")]
    finally:
        running.stop()
    assert [answer.split(" ")[1] for answer in answers] == ["404", "200"]
    assert SECRET not in "".join(answers)
