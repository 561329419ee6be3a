"""Which requests the review page answers, and what it gives away to none."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from auditable.publish import read_tables
from auditable.review.desk_session import Desk
from auditable.review.desk_shelf import Sources
from auditable.review.server import make_app
from tests.desk_made import decisions_of, make_corpus

TOKEN = "the-token-of-this-test"
HOME = "http://127.0.0.1:8321"
SAME = {"Origin": HOME, "Sec-Fetch-Site": "same-origin"}
FIRST = "F-smith2021-000"


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpus")
    make_corpus(folder, {"smith2021": 2})
    return folder


@pytest.fixture
def desk(corpus: Path, tmp_path: Path) -> Desk:
    shutil.copytree(corpus, tmp_path, dirs_exist_ok=True)
    return Desk(Sources(tmp_path / "raw", tmp_path / "curated", read_tables), "tester", lambda: "now")


@pytest.fixture(scope="module")
def still(corpus: Path) -> Desk:
    """A desk for tests that change nothing."""
    return Desk(Sources(corpus / "raw", corpus / "curated", read_tables), "tester", lambda: "now")


@pytest.fixture
def stranger(still: Desk) -> TestClient:
    return client(still)


@pytest.fixture
def reader(still: Desk) -> TestClient:
    return entered(client(still))


@pytest.fixture
def curator(desk: Desk) -> TestClient:
    return entered(client(desk))


def client(desk: Desk) -> TestClient:
    return TestClient(make_app(desk, TOKEN), HOME, follow_redirects=False)


def entered(found: TestClient) -> TestClient:
    assert found.get(f"/?token={TOKEN}").status_code == 200
    return found


def form(desk: Desk, **changes: str) -> dict[str, str]:
    """What the page sends for a verdict on the first finding."""
    look = desk.look()
    fields = {"item": FIRST, "verdict": "explained", "note": "", "seen": look.standings[FIRST].seen}
    return {**fields, "shown": look.by_id[FIRST].value_stamp, **changes}


@pytest.mark.parametrize("address", ["/", "/?token=other", "/picture?item=x", "/desk.js", "/?token=", "/nothing"])
def test_nobody_enters_without_the_token(stranger: TestClient, address: str) -> None:
    answer = stranger.get(address)
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers
    assert "smith2021" not in answer.text


def test_the_token_becomes_a_cookie_that_no_other_site_can_use(stranger: TestClient) -> None:
    cookie = stranger.get(f"/?token={TOKEN}").headers["set-cookie"]
    assert {"HttpOnly", "SameSite=strict", "Path=/"} <= set(cookie.split("; "))
    assert stranger.get("/").status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8321", "127.0.0.1", "127.0.0.1:80", ""])
def test_another_host_name_is_refused(reader: TestClient, host: str) -> None:
    assert reader.get("/", headers={"Host": host}).status_code == 421


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "null"},
        {"Origin": "http://evil.example"},
        {"Origin": "http://127.0.0.1:8322"},
        {"Origin": "https://127.0.0.1:8321"},
        {**SAME, "Sec-Fetch-Site": "cross-site"},
    ],
)
@pytest.mark.parametrize("path", ["/verdict", "/undo"])
def test_a_write_from_elsewhere_is_refused(curator: TestClient, desk: Desk, headers: dict[str, str], path: str) -> None:
    assert curator.post(path, data=form(desk), headers=headers).status_code == 403
    assert not desk.decisions_path.exists()


def test_a_write_is_no_link(curator: TestClient, desk: Desk) -> None:
    assert curator.get("/verdict", params=form(desk)).status_code == 405
    assert not desk.decisions_path.exists()


def test_a_verdict_is_saved_and_leads_on(curator: TestClient, desk: Desk) -> None:
    answer = curator.post("/verdict", data=form(desk, note="see 4", study="smith2021"), headers=SAME)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/?study=smith2021&item=")
    assert decisions_of(desk.sources.curated_dir).loc[FIRST, ["verdict", "note"]].tolist() == ["explained", "see 4"]


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"verdict": "perhaps"}, 400),
        ({"item": "F-nobody"}, 409),
        ({"item": "../../etc/passwd"}, 409),
        ({"seen": "x"}, 409),
        ({"shown": "x"}, 409),
    ],
)
def test_a_broken_form_changes_nothing(curator: TestClient, desk: Desk, changes: dict[str, str], status: int) -> None:
    answer = curator.post("/verdict", data=form(desk, note="my <note>", **changes), headers=SAME)
    assert answer.status_code == status
    assert "Not saved" in answer.text
    assert "my &lt;note&gt;" in answer.text, "what was typed is kept"
    assert ("my &lt;note&gt;</textarea>" in answer.text) == ("item" not in changes), "never in another item's field"
    assert not desk.decisions_path.exists()


@pytest.mark.parametrize("body", [b"\xff\xfe=1", b"a=1&" * 40, b""])
def test_a_body_that_is_no_form_changes_nothing(curator: TestClient, desk: Desk, body: bytes) -> None:
    assert curator.post("/verdict", content=body, headers=SAME).status_code == 409
    assert curator.post("/verdict", content=b"x" * 70_000, headers=SAME).status_code == 413
    assert not desk.decisions_path.exists()


def test_undo_takes_back_the_last_verdict_only(curator: TestClient, desk: Desk) -> None:
    curator.post("/verdict", data=form(desk), headers=SAME)
    assert curator.post("/undo", data={"step": "7"}, headers=SAME).status_code == 409
    assert curator.post("/undo", data={"step": "1"}, headers=SAME).headers["location"] == f"/?item={FIRST}"
    assert curator.post("/undo", data={"step": "1"}, headers=SAME).status_code == 409
    assert decisions_of(desk.sources.curated_dir).empty


@pytest.mark.parametrize(
    "address",
    [
        "/picture?item=../../raw/smith2021/paper.pdf",
        "/picture?item=F-smith2021-000&n=-1",
        "/picture?item=F-smith2021-000&n=99",
        "/picture?item=F-smith2021-000&n=x",
        "/page?study=../smith2021&n=1",
        "/page?study=smith2021&n=2",
        "/page?study=nobody2020&n=1",
        "/gold/picture?study=../smith2021&row=L-0",
        "/gold?study=../smith2021",
        "/../pyproject.toml",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/desk.html.j2",
        "/report.css",
    ],
)
def test_no_path_of_a_request_reaches_a_file(reader: TestClient, address: str) -> None:
    assert reader.get(address).status_code == 404


def test_pictures_are_png_of_the_cell_and_of_its_page(reader: TestClient) -> None:
    sizes = []
    for address in (f"/picture?item={FIRST}", f"/picture?item={FIRST}&page=1", "/page?study=smith2021&n=1"):
        answer = reader.get(address)
        assert answer.headers["content-type"] == "image/png"
        assert answer.content.startswith(b"\x89PNG")
        sizes.append(int.from_bytes(answer.content[20:24], "big"))
    assert sizes[1] > 5 * sizes[0], "the page is higher than the strip"
    assert sizes[2] == sizes[1]


@pytest.mark.parametrize("address", ["/", f"/?item={FIRST}", "/desk.js", "/desk.css", f"/picture?item={FIRST}", "/no"])
def test_every_answer_forbids_running_keeping_and_embedding(reader: TestClient, address: str) -> None:
    headers = reader.get(address).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    is_ours = address in ("/desk.js", "/desk.css")
    assert headers["cache-control"] == ("private, max-age=86400, immutable" if is_ours else "no-store")
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"


def test_the_page_has_no_script_or_style_of_its_own(reader: TestClient) -> None:
    html = reader.get("/").text
    assert "<style" not in html
    assert " style=" not in html
    assert " onclick" not in html
    assert html.count("<script") == 1


def test_a_broken_decisions_file_is_told_and_left_alone(curator: TestClient, desk: Desk) -> None:
    fields = form(desk)
    desk.decisions_path.write_text("nonsense\n", encoding="utf-8")
    for answer in (curator.get("/"), curator.post("/verdict", data=fields, headers=SAME)):
        assert answer.status_code == 503
        assert "the decisions cannot be read" in answer.text
    assert desk.decisions_path.read_text("utf-8") == "nonsense\n"


def test_a_study_whose_paper_changed_is_shown_without_pictures(curator: TestClient, desk: Desk) -> None:
    (desk.sources.raw_dir / "smith2021" / "paper.pdf").write_bytes(b"another file")
    html = curator.get(f"/?item={FIRST}").text
    assert "No picture: " in html
    assert curator.get(f"/picture?item={FIRST}").status_code == 404
