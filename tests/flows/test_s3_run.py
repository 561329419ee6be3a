"""The main flow with raw/ and curated/ on object storage: the bytes of a local run, and nothing done twice."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from flows.object_store import ObjectStore
from flows.on_change import describe
from tests.papers_made import GOLD, make_study, sound_pdf
from tests.storage_made import BUCKET, files_under, objects_under, storage, upload

STUDIES = ("made2001", "made2002")
RAW, CURATED = f"s3://{BUCKET}/raw", f"s3://{BUCKET}/curated"


@pytest.fixture
def stored(tmp_path: Path) -> Iterator[Path]:
    """raw/ on this machine, and the same in the bucket."""
    for study_id in STUDIES:
        make_study(tmp_path / "raw", study_id, sound_pdf(), GOLD)
    with storage():
        upload(tmp_path / "raw", RAW)
        yield tmp_path


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


def test_the_storage_of_one_test_is_empty_for_the_next() -> None:
    for _ in range(2):
        with storage():
            assert objects_under(CURATED) == {}
            ObjectStore(CURATED).write("history.csv", b"a run of another test\n")


def test_what_counts_as_a_change_on_object_storage() -> None:
    with storage():
        seen = [describe(RAW, CURATED)]
        for address, name in (
            (RAW, "made2001/paper.yaml"),
            (RAW, "inbox/new.pdf"),
            (CURATED, "decisions.csv"),
            (CURATED, "run.json"),
        ):
            ObjectStore(address).write(name, b"new")
            seen.append(describe(RAW, CURATED))
    changes = [before != now for before, now in pairwise(seen)]
    assert changes == [True, False, True, False], "neither the inbox nor what runs write asks for a run"
