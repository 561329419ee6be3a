"""The main flow with raw/ and curated/ on object storage: the bytes of a local run, and nothing done twice."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.object_store import ObjectStore
from tests.papers_made import GOLD, make_study, sound_pdf
from tests.storage_made import BUCKET, storage

STUDIES = ("made2001", "made2002")
RAW, CURATED = f"s3://{BUCKET}/raw", f"s3://{BUCKET}/curated"


@pytest.fixture
def stored(tmp_path: Path) -> Iterator[Path]:
    """raw/ on this machine, and the same in the bucket."""
    for study_id in STUDIES:
        make_study(tmp_path / "raw", study_id, sound_pdf(), GOLD)
    with storage():
        for name, content in files_under(tmp_path / "raw").items():
            ObjectStore(RAW).write(name, content)
        yield tmp_path


def files_under(folder: Path) -> dict[str, bytes]:
    """Files of a folder but for locks."""
    files = (p for p in sorted(folder.rglob("*")) if p.is_file() and not p.name.startswith("."))
    return {str(p.relative_to(folder)): p.read_bytes() for p in files}


def objects_under(address: str) -> dict[str, tuple[bytes, str]]:
    store = ObjectStore(address)
    return {n: there for n in store.list() if not n.startswith(".") and (there := store.read(n))}


def differing(one: dict[str, bytes], other: dict[str, bytes]) -> dict[str, tuple[bytes, bytes]]:
    """The names that do not hold the same bytes, each with what stands where the two begin to differ."""
    found = {}
    for name in sorted(one.keys() | other.keys()):
        a, b = one.get(name, b""), other.get(name, b"")
        at = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
        if a != b or (name in one) != (name in other):
            found[name] = (a[max(0, at - 60) : at + 60], b[max(0, at - 60) : at + 60])
    return found


def test_a_run_on_object_storage_gives_the_bytes_of_a_local_one(
    stored: Path, prefect_api: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    from flows.curate_corpus import curate_corpus

    monkeypatch.chdir(stored)
    local = curate_corpus("raw", "curated")
    remote = curate_corpus(RAW, CURATED)
    assert local.failures == remote.failures == ()
    there = objects_under(CURATED)
    assert differing({name: content for name, (content, _) in there.items()}, files_under(stored / "curated")) == {}
    assert {name for name in there if "/" not in name} >= {"run.json", "datapackage.json", "observations.parquet"}

    again = curate_corpus(RAW, CURATED)
    assert again.computed == ()
    assert objects_under(CURATED) == there
    assert objects_under(RAW).keys() == files_under(stored / "raw").keys(), "raw/ is only read"
