"""Object storage → this machine's copy: only what changed is fetched, and each unit as one publication left it.

Comes in: a store, a copy, the units wanted. Goes out: files of the copy. A unit is read between two looks at its head:
when a publication came in between, it is read again. A file whose tag did not change is fetched again when the copy's
bytes are not those that were fetched, or a PDF is not the one that its paper.yaml speaks of.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import yaml

from auditable.model import AuditableError
from auditable.plain_yaml import load_plain
from flows.heads import CORPUS_UNIT, HEADS, Head, head_name, read_head
from flows.object_copies import Copy, Kept, Record, hash_bytes, is_hidden, is_study, unit_of
from flows.object_push import list_unit
from flows.object_store import N_TRANSFERS, ObjectStore

MAX_LOOKS = 50
"""Publications that may come in between, one after the other, before a reader gives up."""
PAUSE_S = 0.2
PDF, ABOUT = "paper.pdf", "paper.yaml"


class _ChangedMeanwhileError(Exception):
    """A publication came in between; never leaves this module."""


@dataclass(frozen=True)
class _Source:
    """Where a file's bytes lie: the object, and the tag by which a copy of it is told to be the same."""

    name: str
    tag: str


def pull_unit(store: ObjectStore, copy: Copy, unit: str) -> None:
    """Nothing; the copy holds the unit as one publication left it. Raises AuditableError when no look succeeds."""
    for _ in range(MAX_LOOKS):
        try:
            return _pull_once(store, copy, unit)
        except _ChangedMeanwhileError:
            time.sleep(PAUSE_S)
    raise AuditableError(
        "This study is being published again and again.",
        where=f"{store.address}, {unit}",
        expected="a moment in which it stays as it is",
        found=f"another publication at each of {MAX_LOOKS} looks",
        remedy="Try again when the other programs have ended.",
    )


def list_changed_units(store: ObjectStore, copy: Copy) -> list[str]:
    """The units of which the copy is not known to be up to date, and those that are gone, in order.

    Few requests for any number of studies: the names of all objects in the order of pages, then those of all heads, so
    that a publication that came in between is seen.
    """
    objects = {name: tag for name, tag in store.list().items() if not is_hidden(name)}
    heads = store.list(HEADS)
    tags: dict[str, dict[str, str]] = {}
    for name, tag in objects.items():
        tags.setdefault(unit_of(name), {})[name] = tag
    published = {name.rpartition("/")[2].removesuffix(".json") for name in heads}
    units = {CORPUS_UNIT, *tags, *published, *(u for u in copy.list_units() if is_study(u))}
    return sorted(u for u in units if not _is_current(copy, u, tags.get(u, {}), heads.get(head_name(u))))


def pull_all(units: Iterable[str], pull: Callable[[str], None]) -> None:
    """Pulls several units at once; the first error is raised when all have ended."""
    with ThreadPoolExecutor(N_TRANSFERS) as pool:
        list(pool.map(pull, units))


def _is_current(copy: Copy, unit: str, tags: Mapping[str, str], head_tag: str | None) -> bool:
    record = copy.read_record(unit)
    is_same = record.is_settled and record.head_tag == head_tag
    is_same = is_same and {name: kept.tag for name, kept in record.files.items()} == tags
    if not is_same:
        return False
    here = copy.list_files(unit)
    return not _distrusted(copy, unit, record, here) and set(here) <= set(tags)


def _pull_once(store: ObjectStore, copy: Copy, unit: str) -> None:
    head, head_tag = read_head(store, unit)
    sources = _find_sources(store, unit, head)
    record = copy.read_record(unit)
    here = copy.list_files(unit)
    doubted = _distrusted(copy, unit, record, here)
    same = {n: k for n, k in record.files.items() if n in sources and k.tag == sources[n].tag and n not in doubted}
    contents = _fetch(store, {name: source for name, source in sources.items() if name not in same})
    later, _ = read_head(store, unit)
    if later.state != head.state:
        raise _ChangedMeanwhileError
    if not sources:
        copy.remove_unit(unit)
    copy.put({name: content for name, (content, _) in contents.items()}, set(here) - set(sources))
    fetched = {name: Kept(tag, hash_bytes(content)) for name, (content, tag) in contents.items()}
    if sources or unit == CORPUS_UNIT or head_tag:
        copy.write_record(unit, Record(dict(sorted((same | fetched).items())), head_tag, head.version, head.is_settled))


def _find_sources(store: ObjectStore, unit: str, head: Head) -> dict[str, _Source]:
    """Where each file of the unit lies: under its plain name, or staged while a publication is not yet finished."""
    plain = {name: _Source(name, tag) for name, tag in list_unit(store, unit).items() if name not in head.removed}
    return plain | {name: _Source(staged, staged) for name, staged in head.staged.items()}


def _fetch(store: ObjectStore, sources: Mapping[str, _Source]) -> dict[str, tuple[bytes, str]]:
    """Bytes and tags by name; of a staged object its name is the tag, which no plain object has."""
    if not sources:
        return {}
    with ThreadPoolExecutor(N_TRANSFERS) as pool:
        found = list(pool.map(store.read, [source.name for source in sources.values()]))
    contents: dict[str, tuple[bytes, str]] = {}
    for (name, source), there in zip(sources.items(), found, strict=True):
        if there is None:
            raise _ChangedMeanwhileError
        contents[name] = (there[0], source.tag if source.name != name else there[1])
    return contents


def _distrusted(copy: Copy, unit: str, record: Record, here: Mapping[str, str]) -> set[str]:
    """Files of the record that the copy does not hold as they were fetched, and a PDF that its paper.yaml disowns."""
    doubted = {name for name, kept in record.files.items() if here.get(name) != kept.sha256}
    pdf = f"{unit}/{PDF}"
    if pdf in here and here[pdf] != _sha256_named(copy, unit, here[pdf]):
        doubted.add(pdf)
    return doubted


def _sha256_named(copy: Copy, unit: str, otherwise: str) -> str:
    """The checksum that the study's paper.yaml gives; a broken one is told by papers.py when it is loaded."""
    path = copy.path / unit / ABOUT
    if not path.is_file():
        return otherwise
    try:
        about = load_plain(path.read_text("utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError):
        return otherwise
    return str(about.get("sha256", otherwise)) if isinstance(about, dict) else otherwise
