"""Whom a Prefect server of ours answers: nobody who asks for it by another name, and no page of another origin."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from flows.embedded import NO_ORIGIN
from flows.server import own_server

EVIL = "http://evil.example"


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with own_server(tmp_path_factory.mktemp("server")) as address:
        yield address


@pytest.mark.parametrize("host", ["evil.example", "evil.example:4200", "127.0.0.1.evil.example", ""])
def test_another_host_name_is_refused(api: str, host: str) -> None:
    """A name of theirs that leads to this machine (DNS rebinding)."""
    answer = httpx.post(f"{api}/flows/filter", headers={"Host": host}, json={}, trust_env=False)
    assert answer.status_code == 400


def test_a_page_of_another_origin_may_not_ask(api: str) -> None:
    asked = {"Origin": EVIL, "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}
    before = httpx.options(f"{api}/flow_runs/", headers=asked, trust_env=False)
    assert before.status_code == 400
    read = httpx.get(f"{api}/health", headers={"Origin": EVIL}, trust_env=False)
    assert "access-control-allow-origin" not in {**before.headers, **read.headers}


def test_a_form_of_another_page_starts_nothing(api: str) -> None:
    """What a page may send unasked is no JSON by its own word, and is not taken for it."""
    headers = {"Origin": EVIL, "Content-Type": "text/plain"}
    assert httpx.post(f"{api}/flows/", headers=headers, content='{"name": "x"}', trust_env=False).status_code == 422
    assert httpx.post(f"{api}/flows/filter", json={}, trust_env=False).json() == []


def test_the_api_of_a_run_allows_no_origin() -> None:
    from prefect.settings import PREFECT_SERVER_CORS_ALLOWED_ORIGINS

    assert PREFECT_SERVER_CORS_ALLOWED_ORIGINS.value() == NO_ORIGIN


def test_results_are_never_stored_by_prefect() -> None:
    """So that none is ever unpickled: they are in our own cache, as text under its hash."""
    from prefect.settings import get_current_settings

    from flows.curate_corpus import curate_corpus
    from flows.tasks import curate

    assert get_current_settings().results.persist_by_default is False
    assert (curate.persist_result, curate_corpus.persist_result) == (False, None)
