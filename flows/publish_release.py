"""The gate: what is signed → a release; attended, a curator approves it first.

Comes in: the tag. Goes out: the folder of the release. Unattended, studies without a signature of their present content
are left out. Attended, the flow pauses and shows what would be published; whoever approves signs the studies that
nobody signed yet, for exactly the content that was shown. Nothing is published after a rejection, after the time is
over, or where a study changed meanwhile. Building is left to auditable.release.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, cast
from uuid import UUID

import httpx
from prefect import flow, pause_flow_run
from prefect.artifacts import create_markdown_artifact
from prefect.client.orchestration import get_client
from prefect.client.schemas.objects import State
from prefect.client.schemas.responses import SetStateStatus
from prefect.exceptions import FlowPauseTimeout, ObjectNotFound
from prefect.input import RunInput
from prefect.states import Cancelled
from pydantic import Field

from auditable.model import AuditableError
from auditable.release import Release, make_release, release_folder
from auditable.release_content import read_content
from auditable.release_sign import Standing, list_standing, read_signatures, sign_study
from auditable.telling.markdown import escape
from flows.embedded import CACHE_DIR
from flows.places import CORPUS, find_place
from flows.version import code_version

SECONDS_PER_MINUTE = 60


class Approval(RunInput):
    """What a curator answers. who: stands for the release by name."""

    verdict: Literal["approve", "reject"]
    who: str = Field(min_length=1)
    note: str = ""


@flow(name="publish-release", version=code_version(), flow_run_name="release {tag}", validate_parameters=False)
def publish_release(
    tag: str,
    curated_dir: str = "curated",
    to: str = "",
    is_attended: bool = False,
    wait_minutes: float = 24 * 60,
    ask_every_s: int = 10,
) -> str | State[str]:
    """The folder of the release; a rejected run ends as Cancelled.

    curated_dir: a folder, or an address such as s3://bucket/curated. to: the folder of releases, curated_dir/releases
    when empty. wait_minutes: how long an attended run waits for a curator. ask_every_s: how often it looks whether one
    answered.
    """
    if "://" in to:
        raise _no_folder(to)
    place, target = find_place(curated_dir, CACHE_DIR), Path(to) if to else None
    release_folder(place.path, tag, target)  # a tag that is none is told before anybody is asked
    shown: list[Standing] = []
    given: Approval | None = None
    if is_attended:
        place.pull()
        shown = _candidates(place.path)
        given = _ask(tag, shown, wait_minutes, ask_every_s)
        if given.verdict == "reject":
            return Cancelled(name="Rejected", message=f"{given.who} rejected the release. {given.note}".strip())
    with place.writing(CORPUS):  # no run publishes meanwhile
        place.pull()
        if given:
            _sign(place.path, shown, given)
        made = make_release(place.path, tag, target)
        place.push()
    _tell(tag, made)
    return str(made.folder)


def _no_folder(to: str) -> AuditableError:
    return AuditableError(
        "releases are made in a folder", where="to", expected="a folder of this machine", found=to,
        remedy="Leave it out: a release of curated/ at an address is published there.",
    )  # fmt: skip


def _candidates(curated: Path) -> list[Standing]:
    return list_standing(read_content(curated), read_signatures(curated))


def _ask(tag: str, shown: Sequence[Standing], wait_minutes: float, ask_every_s: int) -> Approval:
    text = describe(tag, shown)
    create_markdown_artifact(key="release-to-approve", markdown=text)
    try:
        given = pause_flow_run(
            wait_for_input=Approval.with_initial_data(description=text),
            timeout=int(wait_minutes * SECONDS_PER_MINUTE),
            poll_interval=ask_every_s,
        )
        return cast("Approval", given)
    except FlowPauseTimeout as error:
        raise AuditableError(
            "nobody approved the release in time", where=tag, expected=f"an answer within {wait_minutes:g} minutes",
            found="none", remedy="Start the flow again. Nothing was published.",
        ) from error  # fmt: skip


def describe(tag: str, shown: Sequence[Standing]) -> str:
    """What an approval would publish, in Markdown: each study, who signed it, what is open in it, what stays out."""
    lines = [f"# Release {escape(tag)}", "", "Approving signs, in your name, the studies that nobody signed yet.", ""]
    for s in shown:
        lines.append(f"- **{escape(s.study.study_id)}**: {escape(_fate(s))}. Open items: {len(s.study.opened)}")
        lines += [f"    - {'**grave** ' if i.is_grave else ''}{escape(i.message)}" for i in s.study.opened]
    return "\n".join(lines)


def _fate(standing: Standing) -> str:
    if standing.signatures:
        return "signed by " + ", ".join(f"{g.who} ({g.when})" for g in standing.signatures)
    return "signed by your approval" if is_signable(standing) else "LEFT OUT: " + standing.why_not


def is_signable(standing: Standing) -> bool:
    """Whether an approval signs the study: nobody did, and no grave item is open."""
    return not standing.is_signed and not standing.study.grave


def _sign(curated: Path, shown: Sequence[Standing], answer: Approval) -> None:
    """All that was shown is signed for the content it was shown with, or nothing is."""
    now = {s.study.study_id: s.study.content for s in _candidates(curated)}
    changed = [s.study.study_id for s in shown if now.get(s.study.study_id) != s.study.content]
    if changed:
        raise AuditableError(
            "studies changed after the release was shown", where=", ".join(changed), expected="what was approved",
            found="other content", remedy="Start the flow again. Nothing was published or signed.",
        )  # fmt: skip
    when = datetime.now(UTC).isoformat(timespec="seconds")
    for s in filter(is_signable, shown):
        sign_study(curated, s.study.study_id, answer.who, when, answer.note, content=s.study.content)


def _tell(tag: str, made: Release) -> None:
    lines = [
        f"# Release {escape(tag)}",
        "",
        f"`{made.folder}`",
        "",
        f"SHA-256 of its manifest: `{made.manifest_sha256}`",
    ]
    lines += ["", *(f"- {escape(study)}" for study in made.studies)]
    lines += [f"- left out: {escape(study)}: {escape(why)}" for study, why in made.left_out.items()]
    create_markdown_artifact(key="release", markdown="\n".join(lines))


def answer(run_id: UUID, verdict: str, who: str, note: str = "") -> None:
    """Nothing; the paused run goes on with this answer. Raises AuditableError when the server does not take it."""
    given = {"verdict": verdict, "who": who, "note": note}
    try:
        with get_client(sync_client=True) as client:
            result = client.resume_flow_run(run_id, run_input=given)
    except (httpx.HTTPError, ObjectNotFound) as error:
        raise _not_taken(run_id, str(error)) from error
    if result.status != SetStateStatus.ACCEPT:
        raise _not_taken(run_id, str(getattr(result.details, "reason", result.status)))


def _not_taken(run_id: UUID, found: str) -> AuditableError:
    return AuditableError(
        "the answer was not taken", where=f"flow run {run_id}", found=found,
        expected="a paused run that waits for an approval, and who answers",
        remedy="See in Prefect's page which run is paused, and name yourself.",
    )  # fmt: skip
