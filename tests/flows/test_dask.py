"""A run on a Dask cluster with both addresses on object storage: a worker is killed while it writes; nothing shows."""

from __future__ import annotations

import json
import os
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from distributed import LocalCluster
from prefect import flow, task
from prefect.settings import PREFECT_API_URL

from auditable.model import AuditableError
from flows.heads import HEADS
from flows.object_store import ObjectStore
from flows.runners import find_runner
from tests.papers_made import GOLD, make_study, sound_pdf
from tests.storage_made import BUCKET, files_under, objects_under, storage, upload

STUDIES = ("made2001", "made2002")
RAW, CURATED = f"s3://{BUCKET}/raw", f"s3://{BUCKET}/curated"


@pytest.fixture(scope="module")
def workplace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """raw/ on this machine, and the same in the bucket."""
    place = tmp_path_factory.mktemp("dask")
    for number, study_id in enumerate(STUDIES):
        make_study(place / "raw", study_id, sound_pdf() + b"%%%d\n" % number, GOLD)
    with storage(), pytest.MonkeyPatch.context() as patch:
        patch.chdir(place)
        upload(place / "raw", RAW)
        yield place


@pytest.fixture(scope="module")
def cluster(workplace: Path) -> Iterator[LocalCluster]:
    made = LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address="127.0.0.1:0", memory_limit=None, silence_logs=50
    )
    with made:
        yield made


def kill_the_first_writer(store: ObjectStore, told: list[int], is_over: threading.Event) -> None:
    """Waits until a worker holds the lease of a study and kills it with no time to say good-bye."""
    while not told and not is_over.is_set():
        for name in store.list(HEADS):
            head = store.read(name)
            owner = json.loads(head[0])["owner"] if head and "made" in name else ""
            if owner and not told:
                pid = int(owner.split()[-2])
                os.kill(pid, signal.SIGKILL)
                told.append(pid)
        time.sleep(0.01)


def test_a_worker_killed_while_it_writes_changes_nothing(
    workplace: Path, cluster: LocalCluster, prefect_api: None
) -> None:
    from flows.curate_corpus import curate_corpus

    killed: list[int] = []
    is_over = threading.Event()
    killer = threading.Thread(target=kill_the_first_writer, args=(ObjectStore(CURATED), killed, is_over))
    killer.start()
    on_cluster = curate_corpus.with_options(task_runner=find_runner("dask", 2, cluster.scheduler_address))
    try:
        run = on_cluster(RAW, CURATED)
    finally:
        is_over.set()
        killer.join()

    assert killed, "a worker died"
    assert run.failures == ()
    assert run.publication.tallies[0].figures.gold_equal == 3
    assert [tally.figures.study_id for tally in run.publication.tallies] == list(STUDIES)

    store = ObjectStore(CURATED)
    heads = [json.loads(there[0]) for name in store.list(HEADS) if (there := store.read(name)) and "made" in name]
    assert [(head["version"], head["owner"], head["staged"]) for head in heads] == [(1, "", {})] * 2, "published once"

    curate_corpus("raw", "curated")
    assert {name: content for name, (content, _) in objects_under(CURATED).items()} == files_under(
        workplace / "curated"
    )


@task(persist_result=False)
def say_where(number: int) -> tuple[int, int, str | None]:
    if number == 13:
        os.kill(os.getpid(), signal.SIGKILL)
    return number, os.getpid(), PREFECT_API_URL.value()


@flow(validate_parameters=False)
def ask_where(numbers: list[int]) -> list[Any]:
    futures = [say_where.submit(number) for number in numbers]
    return [future.result(raise_on_failure=False) for future in futures]


def test_workers_report_to_the_api_of_the_run_and_a_fatal_paper_stops_no_other(
    prefect_api: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The cluster is started for the run; one paper kills each worker that takes it."""
    from flows.dask_runner import OWN_CLUSTER

    monkeypatch.setitem(OWN_CLUSTER, "distributed.scheduler.allowed-failures", 1)
    answers = ask_where.with_options(task_runner=find_runner("dask", 1))([1, 13, 2])
    assert isinstance(answers[1], AuditableError)
    assert "Each worker that took this paper was lost" in str(answers[1])
    (first, pid, api), (second, _, _) = answers[0], answers[2]
    assert (first, second) == (1, 2)
    assert pid != os.getpid()
    assert api == PREFECT_API_URL.value() is not None


def test_workers_with_other_code_are_refused(
    cluster: LocalCluster, prefect_api: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    from flows import dask_runner

    monkeypatch.setattr(dask_runner, "_own_code", lambda: "0" * 32)
    with pytest.raises(AuditableError, match="Some workers have another version of auditable"):
        ask_where.with_options(task_runner=find_runner("dask", 2, cluster.scheduler_address))([1])


def test_a_scheduler_that_does_not_answer_is_told(prefect_api: None, monkeypatch: pytest.MonkeyPatch) -> None:
    from flows import dask_runner

    monkeypatch.setattr(dask_runner, "CONNECT_S", 1)
    with pytest.raises(AuditableError, match=r"tcp://127\.0\.0\.1:9: The scheduler of the cluster does not answer"):
        ask_where.with_options(task_runner=find_runner("dask", 2, "tcp://127.0.0.1:9"))([1])


def test_far_workers_need_an_api_that_they_reach() -> None:
    from flows.dask_runner import find_api

    with pytest.raises(AuditableError, match="cannot report to a server inside this run"):
        find_api("tcp://10.0.0.5:8786", None)
    assert find_api("tcp://10.0.0.5:8786", "http://10.0.0.4:4200/api") == "http://10.0.0.4:4200/api"


def test_another_runner_is_refused() -> None:
    with pytest.raises(AuditableError, match="threads or dask"):
        find_runner("ray", 2)
