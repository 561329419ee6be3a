"""The gate on a real API: a curator approves or rejects a paused flow, or nobody comes."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from uuid import UUID

import pytest
from prefect.client.schemas.objects import State

from auditable.model import AuditableError
from auditable.release_sign import read_signatures, sign_study
from tests.artifacts_asked import latest
from tests.desk_made import write_findings
from tests.release_made import WHEN, make_published, publish_again

HOSTILE = "<img src=x> [click](http://evil.example)"
WAIT_S = 60.0
WAIT_MINUTES = 2.0


def find_paused() -> UUID:
    """The flow run that waits for an answer."""
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterState, FlowRunFilterStateName

    wanted = FlowRunFilter(state=FlowRunFilterState(name=FlowRunFilterStateName(any_=["Paused"])))
    end = time.monotonic() + WAIT_S
    with get_client(sync_client=True) as client:
        while time.monotonic() < end:
            found = client.read_flow_runs(flow_run_filter=wanted)
            if found:
                return found[0].id
            time.sleep(0.2)
    raise AssertionError("no flow paused")


def attend(curated: Path, act: Callable[[UUID], object]) -> Future[str | State[str]]:
    """The attended flow, ended: somebody acted on its run while it was paused."""
    from flows.publish_release import publish_release

    with ThreadPoolExecutor(1) as pool:
        future = pool.submit(
            publish_release, "v1", str(curated), is_attended=True, wait_minutes=WAIT_MINUTES, ask_every_s=1
        )
        act(find_paused())
        future.exception(WAIT_S)
    return future


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("published")
    make_published(folder, ["adams2001"], HOSTILE)
    return folder


@pytest.fixture
def curated(published: Path, tmp_path: Path) -> Path:
    """adams2001 is decided, and nobody signed it; baker2002 has grave open items."""
    shutil.copytree(published, tmp_path, dirs_exist_ok=True)
    return tmp_path / "curated"


def shown() -> str:
    """What the curator was shown."""
    return str(latest("release-to-approve").data)


def test_who_approves_signs_what_was_shown_and_it_is_published(curated: Path, prefect_api: None) -> None:
    from flows.publish_release import answer

    done = attend(curated, lambda run: answer(run, "approve", "ann", "looked at all"))
    assert done.result() == str(curated / "releases" / "v1")
    assert [(s.study_id, s.who, s.note) for s in read_signatures(curated)] == [("adams2001", "ann", "looked at all")]
    text = shown()
    assert "**adams2001**: signed by your approval" in text
    assert "**baker2002**: LEFT OUT" in text
    assert "<img" not in text
    assert "](http" not in text


def test_a_rejection_publishes_and_signs_nothing(curated: Path, prefect_api: None) -> None:
    from prefect.exceptions import CancelledRun

    from flows.publish_release import answer

    done = attend(curated, lambda run: answer(run, "reject", "ann"))
    assert isinstance(done.exception(), CancelledRun)
    assert "ann rejected" in str(done.exception())
    assert not (curated / "releases").exists()
    assert read_signatures(curated) == []


def test_what_changed_while_it_was_shown_is_not_published(curated: Path, prefect_api: None) -> None:
    from flows.publish_release import answer

    def change_and_approve(run: UUID) -> None:
        write_findings(curated, "adams2001", 1, expected="27.0")
        publish_again(curated.parent / "raw", curated)
        answer(run, "approve", "ann")

    done = attend(curated, change_and_approve)
    assert isinstance(done.exception(), AuditableError)
    assert "changed after the release was shown" in str(done.exception())
    assert not (curated / "releases").exists()
    assert read_signatures(curated) == []


def test_an_answer_without_a_name_is_refused(curated: Path, prefect_api: None) -> None:
    from flows.publish_release import answer

    def answer_twice(run: UUID) -> None:
        with pytest.raises(AuditableError, match="not taken"):
            answer(run, "approve", "")
        answer(run, "reject", "ann")

    assert attend(curated, answer_twice).exception() is not None
    assert not (curated / "releases").exists()


def test_when_nobody_comes_nothing_is_published(curated: Path, prefect_api: None) -> None:
    from flows.publish_release import publish_release

    with pytest.raises(AuditableError, match="nobody approved"):
        publish_release("v1", str(curated), is_attended=True, wait_minutes=0.05, ask_every_s=1)
    assert not (curated / "releases").exists()


def test_an_address_is_no_folder_of_releases(curated: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from flows.publish_release import publish_release

    monkeypatch.chdir(curated)
    sign_study(curated, "adams2001", "ann", WHEN)
    with pytest.raises(AuditableError, match="releases are made in a folder"):
        publish_release.fn("v1", str(curated), to="s3://reviews/releases")
    assert not (curated / "s3:").exists()


def test_unattended_publishes_what_is_signed_alone(curated: Path, prefect_api: None) -> None:
    from flows.publish_release import publish_release

    with pytest.raises(AuditableError, match="no study is signed"):
        publish_release("v1", str(curated))
    sign_study(curated, "adams2001", "ann", WHEN)
    folder = Path(str(publish_release("v1", str(curated))))
    assert sorted(p.name for p in folder.iterdir() if p.is_dir()) == ["adams2001"]
