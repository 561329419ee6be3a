"""Results by key and digest: kept, found, and never believed when damaged; in a folder and in object storage."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditable.cache import Cache
from auditable.model import AuditableError, StorageError

KEY = "ab" * 16


@pytest.fixture(params=["folder", "memory://results"])
def cache(request: pytest.FixtureRequest, tmp_path: Path) -> Cache:
    return Cache(request.param if "://" in request.param else str(tmp_path))


@pytest.mark.parametrize("text", ["", '{"a":"≥ 3"}', "a lone surrogate \ud800 of a broken font"])
def test_a_text_comes_back_letter_by_letter(cache: Cache, text: str) -> None:
    digest = cache.keep("read", KEY, text)
    assert cache.find("read", KEY) == digest
    assert cache.load(digest) == text


def test_what_was_not_kept_is_not_found(cache: Cache) -> None:
    digest = cache.keep("read", KEY, "text")
    assert cache.find("check", KEY) == ""
    assert cache.find("read", "cd" * 16) == ""
    assert cache.load("0" * 64) is None
    cache.forget("read", KEY)
    assert cache.find("read", KEY) == ""
    assert cache.load(digest) == "text"


@pytest.mark.parametrize("damage", [b"", b"no gzip", None])
def test_a_damaged_text_is_not_believed_and_can_be_kept_again(tmp_path: Path, damage: bytes | None) -> None:
    cache = Cache(str(tmp_path))
    digest = cache.keep("read", KEY, "the text")
    other = cache.keep("read", "cd" * 16, "another text")
    [path] = tmp_path.glob(f"objects/*/{digest}.gz")
    [stranger] = tmp_path.glob(f"objects/*/{other}.gz")
    path.write_bytes(stranger.read_bytes() if damage is None else damage)
    assert cache.load(digest) is None
    assert cache.keep("read", KEY, "the text") == digest
    assert cache.load(digest) == "the text"


def test_a_damaged_record_counts_as_none(tmp_path: Path) -> None:
    cache = Cache(str(tmp_path))
    cache.keep("read", KEY, "the text")
    [record] = tmp_path.glob("stages/read/*/*")
    record.write_text("half a dig")
    assert cache.find("read", KEY) == ""


def test_an_address_nobody_knows_is_told() -> None:
    with pytest.raises(AuditableError, match="cache cannot be opened"):
        Cache("nowhere://bucket/cache").find("read", KEY)


def test_storage_that_fails_is_told_as_what_may_heal(tmp_path: Path) -> None:
    (tmp_path / "stages").write_text("a file where a folder must be")
    with pytest.raises(StorageError, match="cache cannot be used now"):
        Cache(str(tmp_path)).keep("read", KEY, "text")
