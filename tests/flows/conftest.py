"""One embedded Prefect API for all tests of the flows, and a folder of their own to work in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import mkdtemp

import pytest

from tests.prefect_made import seed


@pytest.fixture(scope="session")
def prefect_api() -> Iterator[None]:
    from prefect.testing.utilities import prefect_test_harness

    with pytest.MonkeyPatch.context() as patch:
        # The harness makes its database here, under this name: it finds the tables made.
        patch.setattr("prefect.testing.utilities.mkdtemp", lambda: str(seed(Path(mkdtemp()), "prefect-test.db")))
        with prefect_test_harness(server_startup_timeout=120):
            yield


@pytest.fixture
def workplace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path
