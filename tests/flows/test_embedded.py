"""A run keeps to its own folders and tells nobody: settings of the embedded API, deployments, listeners."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest
import yaml

from auditable.model import AuditableError
from flows.embedded import given_server, require_given_server, use_embedded_api
from flows.progress import Step, listen, tell
from flows.version import code_version

ROOT = Path(__file__).parents[2]


def test_prefect_keeps_to_the_cache_and_sends_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PREFECT_HOME", "PREFECT_SERVER_ANALYTICS_ENABLED", "PREFECT_LOCAL_STORAGE_PATH", "DO_NOT_TRACK"):
        monkeypatch.delenv(name, raising=False)
    use_embedded_api(tmp_path)
    import os

    assert Path(os.environ["PREFECT_HOME"]).is_relative_to(tmp_path)
    assert Path(os.environ["PREFECT_LOCAL_STORAGE_PATH"]).is_relative_to(tmp_path)
    assert os.environ["PREFECT_SERVER_ANALYTICS_ENABLED"] == "false"
    assert os.environ["DO_NOT_TRACK"] == "1"


def test_a_broken_database_is_told_before_prefect_starts(tmp_path: Path) -> None:
    (tmp_path / "prefect").mkdir()
    (tmp_path / "prefect" / "prefect.db").write_bytes(b"no database" * 99)
    with pytest.raises(AuditableError, match="database is broken"):
        use_embedded_api(tmp_path)


def test_a_team_server_is_left_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import os

    monkeypatch.setenv("PREFECT_API_URL", "http://127.0.0.1:4200/api")
    monkeypatch.delenv("PREFECT_HOME")
    use_embedded_api(tmp_path)
    assert "PREFECT_HOME" not in os.environ
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("given", ["", " "])
def test_an_empty_address_of_a_server_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    import os

    monkeypatch.setenv("PREFECT_API_URL", given)
    monkeypatch.delenv("PREFECT_HOME")
    use_embedded_api(tmp_path)
    assert os.environ["PREFECT_HOME"].startswith(str(tmp_path))
    assert "PREFECT_API_URL" not in os.environ
    monkeypatch.setenv("PREFECT_API_URL", given)
    assert (given_server(), require_given_server()) == ("", "")


def test_every_deployment_names_a_flow_and_its_parameters() -> None:
    from prefect import Flow

    deployments = yaml.safe_load((ROOT / "prefect.yaml").read_text("utf-8"))["deployments"]
    assert {d["name"] for d in deployments} == {"weekly", "inbox", "on-change", "one-paper", "release"}
    for deployment in deployments:
        path, name = deployment["entrypoint"].split(":")
        flow = getattr(importlib.import_module(path.removesuffix(".py").replace("/", ".")), name)
        assert isinstance(flow, Flow)
        assert set(deployment["parameters"]) <= set(flow.parameters.properties)
        assert deployment["concurrency_limit"]["limit"] == 1
        assert flow.version == code_version()
        assert deployment["version_type"] == "prefect:simple", "else the commit takes the place of the flow's version"


def test_listeners_hear_every_step_and_only_while_they_listen() -> None:
    heard: list[Step] = []
    with listen(heard.append):
        tell("made2001", "reading")
    tell("made2001", "done")
    assert heard == [Step("made2001", "reading")]
