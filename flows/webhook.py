"""A webhook that gets one message per piece of news: an automation on the Prefect server.

Comes in: the address to post to. Goes out: a block with that address and one automation, made or brought up to date; a
second call changes nothing. The server posts a JSON object per event of announce.py, and posts it itself: the run need
not know who listens.
"""

from __future__ import annotations

from urllib.parse import SplitResult, urlsplit

from prefect.blocks.notifications import CustomWebhookNotificationBlock
from prefect.client.orchestration import get_client
from prefect.events.actions import SendNotification
from prefect.events.schemas.automations import AutomationCore, EventTrigger, Posture

from auditable.model import AuditableError
from flows.announce import EVENT

NAME = "auditable-news"
FIELDS = (
    "study", "item", "news", "rule", "kind", "severity", "message", "place", "page", "value_now", "value_before",
    "report",
)  # fmt: skip
"""Of the payload of an event, in the order of the message."""


def install(url: str) -> str:
    """The id of the automation that posts every new, changed or returned item to the url; the only one of its name.

    Raises AuditableError for an address that is not http(s), and where no server is set.
    """
    if _split(url).scheme not in ("http", "https") or not _split(url).hostname:
        raise AuditableError(
            "this is no address of a webhook", where="--webhook", expected="http://… or https://…", found=name_host(url)
        )
    block_id = _block(url).save(NAME, overwrite=True, _sync=True)  # pyright: ignore[reportCallIssue]
    wanted = AutomationCore(
        name=NAME,
        description="Posts every new, changed or returned item. Made by auditable; another address replaces this one.",
        trigger=EventTrigger(expect={f"{EVENT}.*"}, posture=Posture.Reactive, threshold=1),
        actions=[SendNotification(block_document_id=block_id, subject=NAME, body=message_template())],
    )
    with get_client(sync_client=True) as client:
        found = client.read_automations_by_name(NAME)
        if not found:
            return str(client.create_automation(wanted))
        first, *others = found
        for other in others:
            client.delete_automation(other.id)
        if AutomationCore(**first.model_dump(exclude={"id"})) != wanted:
            client.update_automation(first.id, wanted)
        return str(first.id)


def name_host(url: str) -> str:
    """An address in words that may stand in a log: without its path or a password, which may be secret."""
    parts = _split(url)
    return f"{parts.scheme}://{parts.hostname or ''}" if parts.scheme else "no address of the web"


def _split(url: str) -> SplitResult:
    """The parts of an address; empty ones where it has none."""
    try:
        return urlsplit(url)
    except ValueError:
        return SplitResult("", "", "", "", "")


def _block(url: str) -> CustomWebhookNotificationBlock:
    """Where to post to. The address may hold a token, so it is kept as a secret.

    Not Prefect's Webhook block: all of these share one pool of connections, and the first that ends closes it under the
    others, so that of messages sent at the same time some are lost and some come twice (Prefect 3.8.8).
    """
    return CustomWebhookNotificationBlock(
        name=NAME,
        url="{{url}}",
        secrets={"url": url},  # pyright: ignore[reportArgumentType]
        form_data="{{body}}",
        headers={"Content-Type": "application/json"},
        cookies=None,
    )


def message_template() -> str:
    """The body of a message: a JSON object of strings (page: a number), whatever letters an article prints."""
    fields = [f'"{name}": {{{{ event.payload["{name}"] | tojson }}}}' for name in FIELDS]
    return '{"id": {{ event.id | string | tojson }}, ' + ", ".join(fields) + "}"
