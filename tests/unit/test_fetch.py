"""`fetch` against a server of this machine: what is taken, what is tried again, and each refusal with what to do."""

from __future__ import annotations

import json
import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from typer.testing import CliRunner

from auditable.cli import app
from auditable.fetch import Fetched, clean_doi, fetch_paper, name_licence
from auditable.fetch_http import check_address
from auditable.fetch_options import FetchOptions, Limits
from auditable.intake_source import read_source, write_source
from auditable.model import AuditableError
from tests.front_pages import article_pdf

PDF = article_pdf()
WHEN = "2031-02-03T04:05:06+00:00"
LIMITS = Limits(seconds=5.0, max_bytes=200_000, attempts=3, max_redirects=4)
GOOD = ("/good.pdf", "cc-by")


@dataclass
class Shelf:
    """What the server has: DOI → copies as (path, licence). asked: how often each path was asked for."""

    copies: dict[str, list[tuple[str, str | None]]] = field(default_factory=dict)
    asked: Counter[str] = field(default_factory=Counter)
    headers: list[str] = field(default_factory=list)
    address: str = ""


def handler_of(shelf: Shelf, release: threading.Event) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.0"

        def do_GET(self) -> None:
            path = self.path.split("?")[0]
            shelf.asked[path] += 1
            shelf.headers.append(f"{self.path} {self.headers['User-Agent']}")
            if path.startswith("/v2/"):
                return self.tell(path.removeprefix("/v2/"))
            kind, body, status, more = self.answer(path, shelf.asked[path])
            self.reply(status, kind, body, more)
            return None

        def tell(self, doi: str) -> None:
            if doi not in shelf.copies:
                return self.reply(404, "application/json", b'{"error": true}')
            if doi == "10.5555/not-json":
                return self.reply(200, "text/html", b"<html>maintenance</html>")
            if doi == "10.5555/refused":
                return self.reply(422, "application/json", b'{"error": true, "message": "your email is not valid"}')
            places = [{"url_for_pdf": shelf.address + p, "license": licence} for p, licence in shelf.copies[doi]]
            told = {"best_oa_location": places[0] if places else None, "oa_locations": places}
            return self.reply(200, "application/json", json.dumps(told).encode())

        def answer(self, path: str, n: int) -> tuple[str, bytes, int, dict[str, str]]:
            pdf = ("application/pdf", PDF, 200, {})
            match path:
                case "/good.pdf":
                    return pdf
                case "/healing.pdf":
                    return pdf if n == 3 else ("text/plain", b"", 503, {})
                case "/waiting.pdf":
                    return pdf if n == 2 else ("text/plain", b"", 429, {"Retry-After": "7"})
                case "/long-wait.pdf":
                    return "text/plain", b"", 429, {"Retry-After": "86400"}
                case "/down.pdf":
                    return "text/plain", b"", 502, {}
                case "/html.pdf":
                    return "text/html; charset=utf-8", b"<html>Sign in</html>", 200, {}
                case "/liar.pdf":
                    return "application/pdf", b"<html>Sign in</html>", 200, {}
                case "/closed.pdf":
                    return "text/html", b"no", 403, {}
                case "/large.pdf":
                    return "application/pdf", PDF + b"0" * 300_000, 200, {}
                case "/cut.pdf":
                    return "application/pdf", PDF[:-200], 200, {"Content-Length": str(len(PDF))}
                case "/cut-unsaid.pdf":
                    return "application/pdf", PDF[:-200], 200, {}
                case "/empty.pdf":
                    return "application/pdf", b"", 200, {}
                case "/badly-packed.pdf":
                    return "application/pdf", PDF, 200, {"Content-Encoding": "gzip"}
                case "/nowhere.pdf":
                    return "text/html", b"", 302, {"Location": "https://example.org:port/a.pdf"}
                case "/slow.pdf":
                    release.wait(20)
                    return pdf
                case "/moved.pdf":
                    return "text/html", b"", 302, {"Location": "/good.pdf"}
                case "/loop.pdf":
                    return "text/html", b"", 302, {"Location": "/loop-2.pdf"}
                case "/loop-2.pdf":
                    return "text/html", b"", 302, {"Location": "/loop.pdf"}
                case "/away.pdf":
                    return "text/html", b"", 302, {"Location": "ftp://example.org/a.pdf"}
            return "text/html", b"nothing here", 404, {}

        def reply(self, status: int, kind: str, body: bytes, more: dict[str, str] | None = None) -> None:
            self.send_response(status)
            for name, value in {"Content-Type": kind, **(more or {})}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            del format, args

    return Handler


@pytest.fixture(scope="module")
def shelf() -> Iterator[Shelf]:
    held, release = Shelf(), threading.Event()
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler_of(held, release))
    held.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield held
    release.set()
    server.shutdown()
    server.server_close()
    thread.join(10)


def fetch(
    shelf: Shelf, folder: Path, *copies: tuple[str, str | None], doi: str = "10.5555/made.1", limits: Limits = LIMITS,
    any_licence: bool = False, pauses: list[float] | None = None,
) -> Fetched:  # fmt: skip
    shelf.copies = {"10.5555/made.1": list(copies), "10.5555/not-json": [], "10.5555/refused": []}
    shelf.asked.clear()
    options = FetchOptions("ann@example.org", f"{shelf.address}/v2", any_licence, limits)
    waits = pauses if pauses is not None else []
    return fetch_paper(doi, folder, options, when=WHEN, wait=waits.append)


def test_an_open_copy_is_put_there_with_its_licence(shelf: Shelf, tmp_path: Path) -> None:
    fetched = fetch(shelf, tmp_path / "inbox", GOOD, doi="https://doi.org/10.5555/made.1")
    assert fetched.pdf_path == tmp_path / "inbox" / "10.5555_made.1.pdf"
    assert fetched.pdf_path.read_bytes() == PDF
    assert fetched.is_new
    assert read_source(fetched.pdf_path) == {
        "doi": "10.5555/made.1",
        "licence": "CC BY",
        "licence_said": "cc-by",
        "url": f"{shelf.address}/good.pdf",
        "asked": f"{shelf.address}/v2/10.5555/made.1",
        "fetched": WHEN,
    }
    assert any("email=ann" in h and "auditable/" in h and "mailto:ann@example.org" in h for h in shelf.headers)
    assert not fetch(shelf, tmp_path / "inbox", GOOD).is_new


@pytest.mark.parametrize(
    ("path", "n_asked", "pauses"),
    [("/healing.pdf", 3, [1.0, 2.0]), ("/waiting.pdf", 2, [7.0]), ("/moved.pdf", 1, [])],
)
def test_what_heals_is_tried_again(shelf: Shelf, tmp_path: Path, path: str, n_asked: int, pauses: list[float]) -> None:
    waited: list[float] = []
    fetched = fetch(shelf, tmp_path, (path, "cc-by-nc"), pauses=waited)
    assert fetched.pdf_path.read_bytes() == PDF
    assert (shelf.asked[path], waited) == (n_asked, pauses)
    assert fetched.licence == "CC BY-NC"


@pytest.mark.parametrize(
    ("copies", "words", "remedy"),
    [
        pytest.param([], "no open PDF is known", "auditable add", id="no open copy"),
        pytest.param([("/html.pdf", "cc-by")], "something else than a PDF.*text/html", "browser", id="html"),
        pytest.param([("/liar.pdf", "cc-by")], "something else than a PDF.*<html", "browser", id="html called pdf"),
        pytest.param([("/cut.pdf", "cc-by")], "the answer broke off", "later", id="shorter than said"),
        pytest.param([("/cut-unsaid.pdf", "cc-by")], "came cut off.*no end mark", "later", id="cut off"),
        pytest.param([("/empty.pdf", "cc-by")], "an empty file.*0 bytes", "browser", id="empty"),
        pytest.param([("/badly-packed.pdf", "cc-by")], "cannot be unpacked", "later", id="no gzip, called so"),
        pytest.param([("/nowhere.pdf", "cc-by")], "means nothing.*location", "later", id="redirect to no address"),
        pytest.param([("/closed.pdf", "cc-by")], "status 403", "browser", id="forbidden"),
        pytest.param([("/gone.pdf", "cc-by")], "status 404", "browser", id="gone"),
        pytest.param([("/large.pdf", "cc-by")], "too large", "--max-mb", id="too large"),
        pytest.param([("/down.pdf", "cc-by")], "status 502; status 502; status 502", "later", id="down for good"),
        pytest.param([("/long-wait.pdf", "cc-by")], "asks to wait 86400 s", "later", id="told to come tomorrow"),
        pytest.param([("/loop.pdf", "cc-by")], "redirects do not end", "browser", id="redirect loop"),
        pytest.param([("/away.pdf", "cc-by")], "not asked.*ftp", "browser", id="redirect to another protocol"),
        pytest.param([("/good.pdf", None)], "licence is not open.*no licence", "--any-licence", id="no licence"),
        pytest.param([("/good.pdf", "publisher-specific-oa")], "publisher-specific-oa", "--any-licence", id="closed"),
        pytest.param([("/html.pdf", "cc-by"), ("/gone.pdf", "cc0")], "none of the open.*404", "library", id="all"),
    ],
)  # fmt: skip
def test_refusals_say_what_to_do_and_leave_nothing(
    shelf: Shelf, tmp_path: Path, copies: list[tuple[str, str | None]], words: str, remedy: str
) -> None:
    with pytest.raises(AuditableError, match=words) as caught:
        fetch(shelf, tmp_path, *copies)
    assert remedy in caught.value.remedy
    assert list(tmp_path.iterdir()) == []


def test_a_pdf_that_cannot_be_written_leaves_no_note(shelf: Shelf, tmp_path: Path) -> None:
    (tmp_path / "10.5555_made.1.pdf").mkdir()
    with pytest.raises((AuditableError, OSError)):
        fetch(shelf, tmp_path, GOOD)
    assert [p.name for p in tmp_path.iterdir()] == ["10.5555_made.1.pdf"]


def test_a_slow_server_is_given_up(shelf: Shelf, tmp_path: Path) -> None:
    with pytest.raises(AuditableError, match=r"no answer in 0.3 seconds; no answer"):
        fetch(shelf, tmp_path, ("/slow.pdf", "cc-by"), limits=Limits(seconds=0.3, attempts=2))
    assert list(tmp_path.iterdir()) == []


def test_the_next_copy_is_taken_when_one_is_no_pdf(shelf: Shelf, tmp_path: Path) -> None:
    fetched = fetch(shelf, tmp_path, ("/html.pdf", "cc-by"), ("/closed-licence.pdf", None), ("/good.pdf", "cc0"))
    assert (fetched.licence, shelf.asked["/closed-licence.pdf"]) == ("CC0", 0)


def test_any_licence_is_taken_when_asked_for_and_told_as_it_is(shelf: Shelf, tmp_path: Path) -> None:
    assert fetch(shelf, tmp_path, ("/good.pdf", None), any_licence=True).licence == "unknown"


def test_the_command_says_where_it_lies_and_what_comes_next(shelf: Shelf, tmp_path: Path) -> None:
    shelf.copies = {"10.5555/made.1": [GOOD]}
    options = ["--to", str(tmp_path), "--service", f"{shelf.address}/v2"]
    told = CliRunner().invoke(app, ["fetch", "10.5555/made.1", *options], env={"AUDITABLE_EMAIL": "ann@example.org"})
    path = tmp_path / "10.5555_made.1.pdf"
    assert told.exit_code == 0
    assert told.output == f"{path}: CC BY, from {shelf.address}/good.pdf\nNext: auditable add {path}\n"
    assert path.read_bytes() == PDF


def test_a_pdf_of_another_doi_is_not_overwritten(shelf: Shelf, tmp_path: Path) -> None:
    first = fetch(shelf, tmp_path, GOOD)
    first.pdf_path.write_bytes(b"%PDF-another")
    write_source(first.pdf_path, {**read_source(first.pdf_path), "doi": "10.5555_made/1"})
    with pytest.raises(AuditableError, match="another paper"):
        fetch(shelf, tmp_path, GOOD)
    assert first.pdf_path.read_bytes() == b"%PDF-another"
    assert read_source(first.pdf_path)["doi"] == "10.5555_made/1"


def test_a_doi_that_nobody_knows(shelf: Shelf, tmp_path: Path) -> None:
    with pytest.raises(AuditableError, match="nobody knows this DOI"):
        fetch(shelf, tmp_path, GOOD, doi="10.5555/other")
    with pytest.raises(AuditableError, match=r"cannot be read.*maintenance"):
        fetch(shelf, tmp_path, GOOD, doi="10.5555/not-json")
    with pytest.raises(AuditableError, match=r"cannot be read.*status 422.*your email is not valid"):
        fetch(shelf, tmp_path, GOOD, doi="10.5555/refused")
    with pytest.raises(AuditableError, match="no DOI"):
        fetch(shelf, tmp_path, GOOD, doi="made.1")


def test_a_server_that_is_not_there(tmp_path: Path) -> None:
    options = FetchOptions("ann@example.org", "http://127.0.0.1:9/v2", limits=LIMITS)
    with pytest.raises(AuditableError, match="no connection"):
        fetch_paper("10.5555/made.1", tmp_path, options, when=WHEN, wait=[].append)


@pytest.mark.parametrize("email", ["", "ann", "ann@", "ann@example.org, bob@example.org"])
def test_an_email_is_asked_for_before_the_network_is(tmp_path: Path, email: str) -> None:
    with pytest.raises(AuditableError, match="AUDITABLE_EMAIL"):
        fetch_paper("10.5555/made.1", tmp_path, FetchOptions(email), when=WHEN, wait=[].append)


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/a.pdf",
        "file:///etc/passwd",
        "https://127.0.0.1/a",
        "http://localhost/a",
        "https://[::1]/",
        "a",
    ],
)
def test_addresses_that_are_not_asked(url: str) -> None:
    with pytest.raises(AuditableError):
        check_address(url, allow_loopback=False)


def test_https_and_a_server_of_ones_own_are_asked() -> None:
    assert check_address("https://example.org/a.pdf", allow_loopback=False)
    assert check_address("http://localhost:8080/a.pdf", allow_loopback=True)
    with pytest.raises(AuditableError):
        check_address("http://example.org/a.pdf", allow_loopback=True)


@pytest.mark.parametrize(
    ("said", "licence"),
    [("cc-by", "CC BY"), ("cc-by-nc-nd", "CC BY-NC-ND"),
     ("cc-by-4.0", "CC BY 4.0"), ("cc0", "CC0"), ("pd", "public domain"),
     ("other-oa", "other-oa"), ("", "unknown")],
)  # fmt: skip
def test_names_of_licences(said: str, licence: str) -> None:
    assert name_licence(said) == licence


@pytest.mark.parametrize("before", ["", " doi:", "doi: ", "https://doi.org/", "http://dx.doi.org/"])
def test_dois_are_taken_in_every_usual_form(before: str) -> None:
    assert clean_doi(f"{before}10.5555/X.1") == "10.5555/X.1"
