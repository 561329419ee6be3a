"""The commands `auditable notify` and `auditable release …`: who is told of news, and what is published.

Arguments in, calls of the core and of the flows, words and an exit code out; no logic of its own. The clock is read
here, at the command's edge.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from auditable.cli_options import BROKEN_INPUT, CLEAN, CURATED, OPEN_ITEMS, Curated, StudyId
from auditable.model import AuditableError

release_app = typer.Typer(
    name="release", no_args_is_help=True, rich_markup_mode=None,
    help="Publish what is signed, as a folder that never changes again.",
)  # fmt: skip
Tag = Annotated[str, typer.Argument(metavar="TAG", help="The name of the release, such as 2026-11.")]
To = Annotated[Path | None, typer.Option("--to", help="Folder of the releases; curated/releases when left out.")]


def notify(
    url: Annotated[str, typer.Argument(metavar="URL", help="The webhook, http:// or https://.")],
    from_now: Annotated[
        bool, typer.Option("--from-now", help="Count what is open today as told; else the next run tells all of it.")
    ] = False,
    curated: Curated = CURATED,
) -> None:
    """Have the Prefect server post every new, changed or returned item to a webhook; once is enough."""
    from flows.embedded import given_server, use_embedded_api

    if not given_server():
        raise AuditableError(
            "a webhook needs a Prefect server that stays", where="PREFECT_API_URL", expected="the address of its API",
            found="nothing", remedy="Use `auditable serve --webhook URL`, or set PREFECT_API_URL to your server's API.",
        )  # fmt: skip
    use_embedded_api()
    from flows.announce import tell_from_now
    from flows.webhook import install

    print(f"Automation {install(url)} posts every new, changed or returned item to {url}.")
    if from_now:
        print(f"{tell_from_now(curated)} items of today count as told.")


@release_app.command(name="list")
def list_studies(curated: Curated = CURATED) -> None:
    """List the studies: who signed their present content, or why they would be left out."""
    from auditable.release_content import read_content
    from auditable.release_sign import list_standing, read_signatures

    standings = list_standing(read_content(curated), read_signatures(curated))
    for s in standings:
        signed = ", ".join(f"{g.who} ({g.when})" for g in s.signatures)
        print(f"{s.study.study_id}: {f'signed by {signed}' if signed else s.why_not}. Open: {len(s.study.opened)}.")
    raise typer.Exit(CLEAN if all(s.is_signed for s in standings) else OPEN_ITEMS)


@release_app.command()
def sign(
    study: StudyId,
    who: Annotated[str, typer.Option("--who", metavar="NAME", help="Who stands for the study.")],
    note: Annotated[str, typer.Option("--note", help="A word for those who read the release.")] = "",
    with_open: Annotated[
        bool, typer.Option("--with-open", help="Although grave items are open; --note says why.")
    ] = False,
    curated: Curated = CURATED,
) -> None:
    """Sign exactly the present content of a study; a change needs a new signature."""
    from datetime import UTC, datetime

    from auditable.release_sign import sign_study

    when = datetime.now(UTC).isoformat(timespec="seconds")
    made, is_new = sign_study(curated, study, who, when, note, with_open=with_open)
    print(f"{study} {'is' if is_new else 'was'} signed by {made.who}, {made.when}: content {made.content[:16]}.")


@release_app.command()
def make(tag: Tag, to: To = None, curated: Curated = CURATED) -> None:
    """Publish all studies that are signed; the others are left out, and named."""
    from auditable.release import make_release

    made = make_release(curated, tag, to)
    for study, why in made.left_out.items():
        print(f"Left out: {study}: {why}.")
    print(f"{made.folder}{'' if made.is_new else ', made before'}: {', '.join(made.studies)}.")
    print(f"SHA-256 of its manifest: {made.manifest_sha256}")


@release_app.command()
def verify(tag: Tag, to: To = None, curated: Curated = CURATED) -> None:
    """Recompute every hash of a release; exit code 2 when it is not what it was."""
    from auditable.release import release_folder
    from auditable.release_verify import verify_release

    found = verify_release(release_folder(curated, tag, to))
    for problem in found.problems:
        print(f"Problem: {problem}.")
    print(f"{tag}: {found.n_files} files, {len(found.problems)} problems. Manifest {found.manifest_sha256}")
    raise typer.Exit(BROKEN_INPUT if found.problems else CLEAN)


@release_app.command()
def answer(
    run: Annotated[str, typer.Argument(metavar="FLOW_RUN", help="The id of the paused run.")],
    who: Annotated[str, typer.Option("--who", metavar="NAME", help="Who answers; an approval signs in this name.")],
    approve: Annotated[bool, typer.Option("--approve/--reject", help="Whether the release is published.")],
    note: Annotated[str, typer.Option("--note", help="Why.")] = "",
) -> None:
    """Answer a flow that waits for the approval of a release; Prefect's page does the same."""
    from uuid import UUID

    from flows.embedded import use_embedded_api

    use_embedded_api()
    from flows.publish_release import answer

    try:
        run_id = UUID(run)
    except ValueError as error:
        raise typer.BadParameter("the id of a flow run, as Prefect's page shows it") from error
    answer(run_id, "approve" if approve else "reject", who, note)
    print(f"{'Approved' if approve else 'Rejected'} by {who}.")
