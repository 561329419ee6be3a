"""News → events on the Prefect API, delivered before the run ends.

Comes in: events with ids of their own. Goes out: the ids that the API holds. `emit_event` hands events to a thread that
may still be sending as the process ends, and says nothing of what was lost; here they are posted, and the API is asked
until it has written them down. An event that it holds already is not sent again: a run that was killed between sending
and noting so does not repeat itself.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING, TypeVar
from uuid import UUID

import httpx
from prefect.client.orchestration import get_client
from prefect.events.filters import EventFilter, EventIDFilter
from prefect.events.schemas.events import Event

from auditable.model import AuditableError

if TYPE_CHECKING:
    from prefect.client.orchestration import SyncPrefectClient

Part = TypeVar("Part")
AT_ONCE = 50
"""Events in one request: as many as the API gives in one answer."""
CONFIRM_S = 30.0
"""How long the API may write down no event at all; it does so every 5 s."""
ASK_AGAIN_S = 0.25


def deliver(events: Sequence[Event]) -> set[UUID]:
    """The ids of those events that the API holds now, sent by this call or before.

    Raises AuditableError when the API cannot be reached or refuses them.
    """
    try:
        with get_client(sync_client=True) as client:
            held = _held(client, [event.id for event in events])
            sent = [event for event in events if event.id not in held]
            for part in _parts(sent):
                body = [event.model_dump(mode="json") for event in part]
                client.request("POST", "/events", json=body).raise_for_status()
            return held | _await(client, [event.id for event in sent])
    except httpx.HTTPError as error:
        raise AuditableError(
            "the events of the run could not be delivered", where="the Prefect server", expected="an answer",
            found=str(error) or type(error).__name__,
            remedy="See whether the server runs. The results are written; the next run tells what is new.",
        ) from error  # fmt: skip


def _held(client: SyncPrefectClient, ids: Collection[UUID]) -> set[UUID]:
    """Those of the ids that the API holds an event of."""
    held: set[UUID] = set()
    for part in _parts(list(ids)):
        wanted = EventFilter(id=EventIDFilter(id=list(part)))
        body = {"filter": wanted.model_dump(mode="json"), "limit": len(part)}
        found = client.request("POST", "/events/filter", json=body).raise_for_status().json()["events"]
        held |= {UUID(event["id"]) for event in found}
    return held


def _await(client: SyncPrefectClient, ids: Collection[UUID]) -> set[UUID]:
    """As _held, once all are there or none came for CONFIRM_S.

    The API is asked for one part after the other, so that it has time to write.
    """
    held: set[UUID] = set()
    waiting = list(ids)
    last = time.monotonic()
    while waiting and time.monotonic() - last < CONFIRM_S:
        found = _held(client, waiting[:AT_ONCE])
        if found:
            last = time.monotonic()
            held |= found
            waiting = [event_id for event_id in waiting if event_id not in found]
        else:
            time.sleep(ASK_AGAIN_S)
    return held


def _parts(things: Sequence[Part]) -> Iterator[Sequence[Part]]:
    return (things[i : i + AT_ONCE] for i in range(0, len(things), AT_ONCE))
