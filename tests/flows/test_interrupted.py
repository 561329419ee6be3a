"""What may heal is tried again, what is broken is not; a killed run leaves whole studies, the next does the rest."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from auditable.model import AuditableError, StorageError
from auditable.store import FILES, TABLES_FILE, list_studies
from tests.papers_made import GOLD, make_study, sound_pdf
from tests.prefect_made import seed

STUDIES = ("first2001", "second2002", "third2003")
PROGRAM = """
from flows.embedded import use_embedded_api
use_embedded_api()
from flows.curate_corpus import curate_corpus
from flows.runners import find_runner
curate_corpus.with_options(task_runner=find_runner("threads", 1))("raw", "curated")
"""
WAIT_S = 300


@pytest.mark.parametrize(
    ("error", "n_tries"),
    [
        (ConnectionResetError("lost"), 3),
        (StorageError("The storage does not answer."), 3),
        (FileNotFoundError("no such file"), 1),
        (AuditableError("The PDF is cut off."), 1),
        (KeyError("a fault of ours"), 1),
    ],
)
def test_only_what_may_heal_is_tried_again(prefect_api: None, error: Exception, n_tries: int) -> None:
    from prefect import flow, task

    from flows.tasks import can_heal

    tries: list[int] = []

    @task(retries=2, retry_delay_seconds=0, retry_condition_fn=can_heal)
    def fail() -> None:
        tries.append(len(tries))
        raise error

    @flow
    def try_it() -> None:
        fail.submit().wait()

    try_it(return_state=True)
    assert len(tries) == n_tries


def test_a_killed_run_leaves_whole_studies_and_the_next_run_does_the_rest(workplace: Path, prefect_api: None) -> None:
    from flows.curate_corpus import curate_corpus

    for study in STUDIES:
        make_study(workplace / "raw", study, sound_pdf(), GOLD)
    seed(workplace / ".cache" / "auditable" / "prefect")
    whole = {TABLES_FILE, *(f"{name}.csv" for name in FILES)}
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    with subprocess.Popen([sys.executable, "-c", PROGRAM], env=environment, start_new_session=True) as run:
        deadline = time.monotonic() + WAIT_S
        while not list_studies(workplace / "curated") and time.monotonic() < deadline:
            assert run.poll() is None
            time.sleep(0.02)
        os.killpg(run.pid, signal.SIGKILL)
    left = list_studies(workplace / "curated")
    assert left
    assert all({p.name for p in (workplace / "curated" / study).iterdir()} == whole for study in left)
    assert set(left) < set(STUDIES)

    (workplace / "curated" / ".third2003.new-left").mkdir(exist_ok=True)  # as a run killed while writing leaves it
    again = curate_corpus("raw", "curated")
    assert set(again.cached) >= set(left)
    assert set(again.computed) | set(again.cached) == set(STUDIES)
    assert not again.failures
    assert not list((workplace / "curated").glob(".*.new-*"))
