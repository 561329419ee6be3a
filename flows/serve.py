"""The flows on a schedule, in one process: the whole corpus now and then, the inbox often.

Comes in: a Plan and the address of a Prefect API, set in the environment. Goes out: runs, each in a process of its own,
until the process is told to end; the schedules are paused then. The server itself is left to server.py, deployments for
the workers of a team to prefect.yaml.
"""

from __future__ import annotations

import asyncio
import signal
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from prefect import Flow
from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterState, FlowRunFilterStateType
from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy, StateType
from prefect.client.schemas.schedules import CronSchedule, IntervalSchedule
from prefect.deployments.runner import RunnerDeployment
from prefect.runner import Runner
from prefect.states import Crashed
from prefect.types.entrypoint import EntrypointType

from auditable.model import AuditableError
from flows.curate_corpus import curate_corpus
from flows.intake_inbox import intake_inbox
from flows.version import code_version

POLL_S = 2.0
"""How often the server is asked for runs that are due."""
RUNS_AT_ONCE = 1
"""Both flows write curated/: they take turns."""
TAGS = ["auditable"]
INBOX_NAME = "inbox"


@dataclass(frozen=True)
class Plan:
    """What is to run and when.

    every_s: seconds between two runs of the corpus; 0: cron (five fields) says when, in the timezone. inbox_every_s:
    seconds between two looks into the inbox.
    """

    raw_dir: str
    curated_dir: str
    every_s: float
    cron: str
    timezone: str
    inbox_every_s: float

    @property
    def has_inbox(self) -> bool:
        """Whether raw_dir is a folder of this machine, where people can drop files."""
        return "://" not in self.raw_dir

    @property
    def lines(self) -> tuple[str, ...]:
        """The plan in words, a line for each flow."""
        when = f"every {self.every_s:g} s" if self.every_s else f'at "{self.cron}" ({self.timezone})'
        corpus = f"corpus  {when}: {self.raw_dir} → {self.curated_dir}"
        inbox = f"inbox   now and every {self.inbox_every_s:g} s: {self.raw_dir}/inbox"
        return (corpus, inbox) if self.has_inbox else (corpus,)


def make_deployments(plan: Plan) -> list[RunnerDeployment]:
    """The deployments of the plan: the corpus, then the inbox.

    Raises AuditableError for a cron line or a timezone that means nothing.
    """
    corpus = IntervalSchedule(interval=timedelta(seconds=plan.every_s)) if plan.every_s else _cron_schedule(plan)
    deployments = [_deployment(curate_corpus, "corpus", plan, corpus)]
    if plan.has_inbox:
        inbox = IntervalSchedule(interval=timedelta(seconds=plan.inbox_every_s))
        deployments.append(_deployment(intake_inbox, INBOX_NAME, plan, inbox))
    return deployments


def serve(deployments: list[RunnerDeployment], is_own_server: bool) -> None:
    """Runs what is due until the process gets SIGINT (Ctrl-C) or SIGTERM; runs under way are ended then.

    is_own_server: nobody else runs flows on this server, so what it holds for running is left from an earlier end.
    """
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell that starts us with & has it ignored
    try:
        asyncio.run(_serve(deployments, is_own_server))
    except KeyboardInterrupt:
        return


class _EndingRunner(Runner):
    """Ends on SIGTERM as it ends on Ctrl-C: Prefect's own way calls from one event loop into another and may hang."""

    def handle_sigterm(self, *_args: Any, **_kwargs: Any) -> None:
        """Nothing; SIGINT is raised in its place."""
        signal.raise_signal(signal.SIGINT)


async def _serve(deployments: list[RunnerDeployment], is_own_server: bool) -> None:
    if is_own_server:
        await _close_left_runs()
    runner = _EndingRunner(name="auditable", query_seconds=POLL_S, limit=RUNS_AT_ONCE, pause_on_shutdown=True)
    known = {deployment.name: await runner.aadd_deployment(deployment) for deployment in deployments}
    if INBOX_NAME in known:
        async with get_client() as client:
            await client.create_flow_run_from_deployment(known[INBOX_NAME])  # at once: files may lie there already
    await runner.start()


async def _close_left_runs() -> None:
    """Runs that ended with an earlier server, unheard, are marked as crashed: else they count as under way."""
    under_way = FlowRunFilterStateType(any_=[StateType.PENDING, StateType.RUNNING, StateType.CANCELLING])
    async with get_client() as client:
        left = await client.read_flow_runs(flow_run_filter=FlowRunFilter(state=FlowRunFilterState(type=under_way)))
        for run in left:
            await client.set_flow_run_state(run.id, Crashed(message="`auditable serve` was ended during this run."))


def _deployment(flow: Flow[..., Any], name: str, plan: Plan, schedule: CronSchedule | IntervalSchedule):
    return RunnerDeployment.from_flow(
        flow, name, schedules=[schedule], paused=False, tags=TAGS, version=code_version(),
        parameters={"raw_dir": plan.raw_dir, "curated_dir": plan.curated_dir},
        # A run that is due while the last one is still under way is dropped: the next one does its work.
        concurrency_limit=ConcurrencyLimitConfig(limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW),
        entrypoint_type=EntrypointType.MODULE_PATH,
    )  # fmt: skip


def _cron_schedule(plan: Plan) -> CronSchedule:
    try:
        ZoneInfo(plan.timezone)
        return CronSchedule(cron=plan.cron, timezone=plan.timezone)
    except (ValueError, LookupError, OSError) as error:
        raise AuditableError(
            "this schedule means nothing", where=f'"{plan.cron}" in {plan.timezone}',
            expected='five fields, such as "0 6 * * 1" (Mondays at six), and a timezone such as Europe/Berlin',
            found=str(error).strip().splitlines()[-1], remedy="Correct --cron or --timezone.",
        ) from error  # fmt: skip
