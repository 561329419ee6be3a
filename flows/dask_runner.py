"""The tasks of a run on the workers of a Dask cluster.

Comes in: the address of a scheduler, or how many processes to start on this machine. Goes out: a task runner of Prefect
whose workers report to the same API as the run, and have the same code. A paper whose worker is lost is done again by
another worker; one that takes worker after worker with it is told as a failure, and the other papers go on. That a
paper is written once is left to places.py.
"""

from __future__ import annotations

import logging
from typing import Any, cast

import dask.config
from distributed import Client, KilledWorker, get_worker
from prefect.settings import PREFECT_API_URL, temporary_settings
from prefect.tasks import Task
from prefect_dask.task_runners import DaskTaskRunner, PrefectDaskFuture

from auditable.fingerprint import code_fingerprint
from auditable.model import AuditableError
from flows.embedded import is_embedded

CONNECT_S = 15
WORKERS_S = 60
"""How long a run waits for the first worker of a cluster."""
CODE = "auditable.study_work"
"""The stages whose code must be the same on all machines."""
OWN_CLUSTER = {
    "distributed.scheduler.worker-saturation": 1.0,
    "distributed.scheduler.allowed-failures": 2,
    "distributed.nanny.pre-spawn-environ.DASK_DISTRIBUTED__LOGGING__DISTRIBUTED": "error",
}
"""No paper waits at a worker that is at work: it would be blamed, with the one at work, for the worker's end."""
LOOPBACK = ("tcp://127.", "tcp://localhost", "tcp://[::1]")


def make_dask_runner(n_workers: int, address: str) -> DaskRunner:
    """The runner of a cluster, or of n_workers processes of one thread each on this machine where no address is given.

    Each paper is limited in time and memory by auditable itself, so Dask does not watch the workers' memory.
    """
    logging.getLogger("distributed").setLevel(logging.ERROR)
    if address:
        return DaskRunner(address=address, client_kwargs={"timeout": CONNECT_S})
    cluster = {"n_workers": n_workers, "threads_per_worker": 1, "processes": True, "dashboard_address": "127.0.0.1:0"}
    dask.config.set(OWN_CLUSTER)
    return DaskRunner(cluster_kwargs={**cluster, "memory_limit": None, "silence_logs": logging.ERROR})


class DaskFuture(PrefectDaskFuture[Any]):
    """A task's future result; a task whose workers were all lost has failed in words, as any other may."""

    def result(self, timeout: float | None = None, raise_on_failure: bool = True) -> Any:
        """The task's result; its error where it failed and raise_on_failure is False."""
        try:
            return super().result(timeout=timeout, raise_on_failure=raise_on_failure)
        except KilledWorker as error:
            failure = _lost(error)
            if raise_on_failure:
                raise failure from error
            return failure


class DaskRunner(DaskTaskRunner):
    """Prefect's runner for Dask, with one API for all, the same code everywhere, and lost workers in words."""

    def __enter__(self) -> DaskRunner:
        super().__enter__()
        if not _is_on_worker():
            self._exit_stack.enter_context(
                temporary_settings({PREFECT_API_URL: find_api(self.address or "", PREFECT_API_URL.value())})
            )
        return self

    @property
    def client(self) -> Any:
        """The cluster's client; raises AuditableError when it cannot be reached, has no worker or other code."""
        if self._client:
            return self._client
        try:
            client = super().client
        except OSError as error:
            raise _unreachable(self.address or "") from error
        _require_same_code(client)
        return client

    def submit(self, task: Task[Any, Any], parameters: dict[str, Any], *others: Any, **named: Any) -> DaskFuture:  # type: ignore[override]
        """The future result of the task."""
        future = super().submit(task, parameters, *others, **named)
        return DaskFuture(wrapped_future=future.wrapped_future, task_run_id=future.task_run_id)


def _is_on_worker() -> bool:
    try:
        get_worker()
    except ValueError:
        return False
    return True


def find_api(address: str, named: str | None) -> str:
    """The API that the workers of a scheduler report to: the one named, or the one embedded in this run.

    Workers that were told none would each start a server of their own, which takes a minute and knows of no run.
    Raises AuditableError when none is named and the workers may be on other machines.
    """
    is_near = not address or address.startswith(LOOPBACK)
    if named and (is_near or not is_embedded(named)):
        return named
    raise AuditableError(
        "The workers of a cluster cannot report to a server inside this run.",
        where=f"--dask-address {address}",
        expected="PREFECT_API_URL, the address of a Prefect server that all machines reach",
        found="none",
        remedy="Start one and set it, as docs/many-machines.md shows.",
    )


def _require_same_code(client: Client) -> None:
    """Nothing; raises AuditableError where a worker would make other numbers of the same paper."""
    try:
        client.wait_for_workers(1, timeout=WORKERS_S)
    except TimeoutError as error:
        raise AuditableError(
            "The cluster has no worker.",
            where=str(client.scheduler.address if client.scheduler else ""),
            expected=f"one within {WORKERS_S} seconds",
            found="none",
            remedy="Start some: dask worker ADDRESS --nthreads 1.",
        ) from error
    ours, theirs = _own_code(), cast("dict[str, str]", client.run(code_fingerprint, CODE))
    others = sorted(worker for worker, code in theirs.items() if code != ours)
    if others:
        raise AuditableError(
            "Some workers have another version of auditable, or of a library that reads or computes.",
            where=", ".join(others),
            expected=f"code {ours[:12]}, as here",
            found=", ".join(sorted({theirs[worker][:12] for worker in others})),
            remedy="Install the same version with the same lock file on all machines.",
        )


def _own_code() -> str:
    return code_fingerprint(CODE)


def _lost(error: KilledWorker) -> AuditableError:
    return AuditableError(
        "Each worker that took this paper was lost.",
        where=str(error.last_worker.address) if error.last_worker else "",
        expected="a worker that ends the paper",
        found=f"{error.allowed_failures + 1} lost, one after the other",
        remedy="See why in the workers' logs (memory, time, machine); the other papers are done. Run again.",
    )


def _unreachable(address: str) -> AuditableError:
    return AuditableError(
        "The scheduler of the cluster does not answer.",
        where=address,
        expected=f"an answer within {CONNECT_S} seconds",
        found="none",
        remedy="Start it with `dask scheduler`, or correct --dask-address.",
    )
