"""Where the tasks of a run are done: threads of this process, or the workers of a Dask cluster.

Comes in: a name, how many papers at once, the address of a cluster's scheduler. Goes out: a task runner of Prefect.
What is particular to Dask is left to dask_runner.py.
"""

from __future__ import annotations

from typing import Any, cast

from prefect.futures import PrefectFuture
from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner

from auditable.model import AuditableError

RUNNERS = ("threads", "dask")


def find_runner(name: str, n_workers: int, address: str = "") -> TaskRunner[PrefectFuture[Any]]:
    """The task runner called "threads" or "dask".

    n_workers: papers at once; with an address the cluster decides. address: of a scheduler, such as
    tcp://10.0.0.5:8786; without one, dask starts n_workers processes on this machine for the time of the run. Raises
    AuditableError for another name, and when the packages for a cluster are not installed.
    """
    if name == "threads":
        return cast("TaskRunner[PrefectFuture[Any]]", ThreadPoolTaskRunner(max_workers=n_workers))
    if name != "dask":
        raise AuditableError(
            "There is no such runner.",
            where="--runner",
            expected=" or ".join(RUNNERS),
            found=repr(name),
            remedy="Name one of these.",
        )
    try:
        from flows.dask_runner import make_dask_runner
    except ModuleNotFoundError as error:
        raise AuditableError(
            "prefect-dask is not installed.",
            where="--runner dask",
            expected="the packages for a cluster",
            found=f"no {error.name}",
            remedy="Install them: pip install 'auditable[cluster]'.",
        ) from error
    return cast("TaskRunner[PrefectFuture[Any]]", make_dask_runner(n_workers, address))
