"""The command `auditable serve`: a server, the schedules, words; no logic of its own.

With cli.py and its like the outermost layer, which may import flows/. What runs is left to flows/serve.py.
"""

from __future__ import annotations

import os
from contextlib import nullcontext
from pathlib import Path
from typing import Annotated, Any

import typer

from auditable.cli_run import ADDRESS

WEEKLY = "0 6 * * 1"


def serve(
    raw: Annotated[str, typer.Option("--raw", help="Folder with one folder per study, or s3:// address; an inbox is "
                                     "looked into only in a folder.")] = "raw",
    curated: Annotated[str, typer.Option("--curated", help="Folder for the results, or s3:// address.")] = "curated",
    every: Annotated[float, typer.Option("--every", min=0, help="Seconds between two runs of the corpus; --cron when "
                                         "left out.")] = 0,
    cron: Annotated[str, typer.Option("--cron", help="When the corpus runs, as a cron line.")] = WEEKLY,
    timezone: Annotated[str, typer.Option("--timezone", help="Of --cron, such as Europe/Berlin.")] = "UTC",
    inbox_every: Annotated[float, typer.Option("--inbox-every", min=1, help="Seconds between two looks into "
                                               "raw/inbox.")] = 300,
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="Of the server; any free one when left "
                                      "out.")] = 0,
    webhook: Annotated[str, typer.Option("--webhook", help="Address that gets a message for each new, changed or "
                                         "returned item.")] = "",
) -> None:  # fmt: skip
    """Run the corpus and the inbox on a schedule until Ctrl-C; starts a server, or uses the one of PREFECT_API_URL."""
    from auditable.papers import list_studies
    from flows.embedded import CACHE_DIR, require_given_server, use_embedded_api
    from flows.server import own_server

    if ADDRESS not in raw:
        list_studies(Path(raw))  # a folder that is not there is told now, not by every run
    use_embedded_api()
    given = require_given_server()
    places = {"raw_dir": _address(raw), "curated_dir": _address(curated)}
    times = {"every_s": every, "cron": cron, "timezone": timezone, "inbox_every_s": inbox_every}
    with nullcontext(given) if given else own_server(CACHE_DIR, port) as api:
        os.environ["PREFECT_API_URL"] = api
        _run_plan(api, not given, {**places, **times}, webhook)


def _address(place: str) -> str:
    """Whole, since a run may start in another folder."""
    return place if ADDRESS in place else str(Path(place).resolve())


def _run_plan(api: str, is_own_server: bool, fields: dict[str, Any], webhook: str) -> None:
    """Prefect is imported here, when the address of its server is known."""
    from flows.serve import Plan, make_deployments
    from flows.serve import serve as serve_plan

    plan = Plan(**fields)
    deployments = make_deployments(plan)
    print(f"Server: {api.removesuffix('/api')} (its page shows every run)")
    print("\n".join(plan.lines))
    if webhook:
        from flows.webhook import install, name_host

        install(webhook)
        print(f"News: to {name_host(webhook)}")
    print("End with Ctrl-C.", flush=True)
    serve_plan(deployments, is_own_server)
