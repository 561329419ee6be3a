"""What a run tells: an event per item that is new, changed or returned, and the artifacts of the run.

Comes in: what was published, the failures, and curated/. Goes out: events on the Prefect API, exactly one per piece of
news, and the record of what was told. The record lies where it is true: what a server was told in
curated/announced.csv, what the embedded API of a single run was told in that API's own home, since nobody listens
there. What is news is left to telling/news.py, sending to deliver.py, artifacts to artifacts.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

import pandas as pd
from prefect.context import FlowRunContext
from prefect.events.schemas.events import Event, RelatedResource, Resource
from prefect.logging.loggers import get_logger
from prefect.settings import get_current_settings

from auditable.fingerprint import combine
from auditable.locks import lock
from auditable.outcomes import StudyFailure
from auditable.publication import Publication
from auditable.review.environment import show_unseen
from auditable.store import read_corpus_file, write_corpus_file
from auditable.telling.news import News, find_news, mark_announced
from flows.artifacts import publish_artifacts
from flows.deliver import deliver
from flows.embedded import is_embedded

if TYPE_CHECKING:
    from auditable.telling.details import Detail

ANNOUNCED = "announced"
EVENT = "auditable.item"
WAIT_S = 300.0
"""How long a run waits for another one that tells."""
MAX_CHARACTERS = 2_000
"""Of one text in an event."""


def announce(
    publication: Publication,
    failures: Sequence[StudyFailure],
    curated: Path,
    raw: Path | None = None,
    corpus: str = "",
) -> None:
    """Nothing; the news are delivered as events, and the run's artifacts are stored.

    raw: where the PDFs lie on this machine, for the picture of a table; without it there is none. corpus: the address
    of curated/ where it lies on object storage.
    """
    tell_news(publication, curated, corpus)
    publish_artifacts(publication, failures, curated, raw)


def tell_news(publication: Publication, curated: Path, corpus: str = "") -> list[News]:
    """The news that were delivered; the record holds them then."""
    items = publication.decided.items
    with _record(curated) as (folder, announced):
        news = find_news(items, announced)
        events = _make_events(news, publication, curated, corpus)
        held = deliver(list(events.values())) if events else set()
        missing = [item_id for item_id, event in events.items() if event.id not in held]
        write_corpus_file(folder, ANNOUNCED, mark_announced(items, announced, missing))
    if missing:
        get_logger(__name__).warning("%d events are not confirmed; the next run asks for them.", len(missing))
    return [n for n in news if n.item_id not in missing]


def tell_from_now(curated: Path) -> int:
    """How many items were news: they count as told from now on, and nobody is told."""
    from auditable.desk import desk_of

    items = desk_of(curated).items
    with _record(curated) as (folder, announced):
        write_corpus_file(folder, ANNOUNCED, mark_announced(items, announced))
        return len(find_news(items, announced))


@contextmanager
def _record(curated: Path) -> Iterator[tuple[Path, pd.DataFrame]]:
    """The folder of the record and what it holds, while nobody else tells."""
    folder = record_folder(curated)
    with lock(folder / f".{ANNOUNCED}.lock", "the record of what was told", WAIT_S):
        yield folder, read_corpus_file(folder, ANNOUNCED)


def _make_events(news: Sequence[News], publication: Publication, curated: Path, corpus: str) -> dict[str, Event]:
    """The event of each piece of news, by item_id."""
    if not news:
        return {}
    from auditable.telling.details import read_details  # knows the rules: loaded where there is something to tell

    details = read_details(curated, {n.study_id for n in news})
    address = publication.report_path.resolve().as_uri()
    name = corpus if "://" in corpus else str(curated.resolve())
    return {n.item_id: make_event(n, n.event_id(name), details.get(n.item_id), address) for n in news}


def record_folder(curated: Path) -> Path:
    """The folder of announced.csv: curated/ for a server, the home of the embedded API for a run without one."""
    settings = get_current_settings()
    if settings.api.url and not is_embedded(settings.api.url):
        return curated
    return Path(settings.home) / "announced" / combine([str(curated.resolve())])


def make_event(news: News, event_id: UUID, detail: Detail | None, report_address: str) -> Event:
    """The event of one piece of news, with the payload that docs/notifications.md lists."""
    return Event(
        id=event_id,
        event=f"{EVENT}.{news.kind}",
        occurred=datetime.now(UTC),  # pyright: ignore[reportArgumentType]
        resource=Resource(
            {
                "prefect.resource.id": f"{EVENT}.{news.study_id}.{news.item_id}",
                "prefect.resource.name": f"{news.study_id} {news.item_id}",
                "auditable.study": news.study_id,
                "auditable.item": news.item_id,
            }
        ),
        related=_related(news),
        payload={name: _clip(value) for name, value in _payload(news, detail, report_address).items()},
    )


def _payload(news: News, detail: Detail | None, report_address: str) -> Mapping[str, str | int]:
    return {
        "study": news.study_id,
        "item": news.item_id,
        "news": news.kind,
        "rule": detail.rule if detail else "",
        "kind": detail.kind if detail else "",
        "severity": detail.severity if detail else "",
        "message": news.message,
        "place": detail.place if detail else "",
        "page": detail.page if detail else 0,
        "value_now": news.value_now,
        "value_before": news.value_before,
        "report": f"{report_address}#{news.item_id}",
    }


def _related(news: News) -> list[RelatedResource]:
    study = {"prefect.resource.id": f"auditable.study.{news.study_id}", "prefect.resource.role": "study"}
    found = [RelatedResource({**study, "prefect.resource.name": news.study_id})]
    run = FlowRunContext.get()
    if run and run.flow_run:
        about = {"prefect.resource.id": f"prefect.flow-run.{run.flow_run.id}", "prefect.resource.role": "flow-run"}
        found.append(RelatedResource({**about, "prefect.resource.name": run.flow_run.name}))
    return found


def _clip(value: str | int) -> str | int:
    """A text with signs that one cannot see made visible, and not longer than a message is read."""
    if not isinstance(value, str):
        return value
    shown = str(show_unseen(value))
    return shown[:MAX_CHARACTERS] + " …" if len(shown) > MAX_CHARACTERS else shown
