"""raw/ and curated/ on object storage: the same bytes back, old or new at every moment, one writer, nothing twice."""

from __future__ import annotations

import pickle
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path
from threading import Event, Lock
from typing import Any

import pytest

from auditable.cache import Cache
from auditable.model import AuditableError
from flows import leases, object_push
from flows.heads import Head, swap_head
from flows.object_place import ObjectPlace
from flows.object_store import ObjectStore, StorageError
from flows.places import CORPUS, find_place
from tests.storage_made import BUCKET, objects_under, storage

STUDY, OTHER = "made2001", "made2002"
OLD = {f"{STUDY}/a.csv": b"old a", f"{STUDY}/b.csv": b"same", f"{STUDY}/gone.csv": b"old"}
NEW = {f"{STUDY}/a.csv": b"new a", f"{STUDY}/b.csv": b"same", f"{STUDY}/deep/c.csv": b"new"}
addresses = (f"s3://{BUCKET}/{n}/curated" for n in count())


class StoppedError(Exception):
    """The program dies here."""


@dataclass(frozen=True)
class Watched(ObjectStore):
    """A store that counts what changes or fetches objects, and can die before or after one of these steps."""

    steps: list[tuple[str, str]] = field(default_factory=list)
    dies_at: int = -1
    is_done_first: bool = False
    turn: Lock = field(default_factory=Lock)

    def _call(self, verb: str, name: str, **arguments: Any) -> dict[str, Any]:
        return self._step(verb, name, lambda: super(Watched, self)._call(verb, name, **arguments))

    def read(self, name: str) -> tuple[bytes, str] | None:
        return self._step("get", name, lambda: super(Watched, self).read(name))

    def _step(self, verb: str, name: str, act: Callable[[], Any]) -> Any:
        with self.turn:
            n = len(self.steps)
            self.steps.append((verb, name))
        if 0 <= self.dies_at < n or (n == self.dies_at and not self.is_done_first):
            raise StoppedError
        done = act()
        if n == self.dies_at:
            raise StoppedError
        return done


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    with storage() as url:
        yield url


@pytest.fixture
def address(endpoint: str) -> str:
    return next(addresses)


@pytest.fixture
def machine(tmp_path: Path, address: str) -> Callable[..., ObjectPlace]:
    """A machine: a place with a copy of its own, whose waits for others are short."""

    def make(name: str, lease_s: float = 30.0, patience_s: float = 30.0, **watched: Any) -> ObjectPlace:
        place = find_place(address, tmp_path / name)
        assert isinstance(place, ObjectPlace)
        return replace(place, store=Watched(address, **watched), lease_s=lease_s, patience_s=patience_s)

    return make


def fill(place: ObjectPlace, files: dict[str, bytes]) -> None:
    """The place's folder holds these files and no others."""
    for path in sorted(place.path.rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    for name, content in files.items():
        path = place.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def steps_of(place: ObjectPlace) -> list[tuple[str, str]]:
    assert isinstance(place.store, Watched)
    return place.store.steps


def files_of(place: ObjectPlace) -> dict[str, bytes]:
    return {str(p.relative_to(place.path)): p.read_bytes() for p in sorted(place.path.rglob("*")) if p.is_file()}


def objects_of(place: ObjectPlace) -> dict[str, bytes]:
    return {name: content for name, (content, _) in objects_under(place.address).items()}


def test_the_same_bytes_come_back_and_lie_under_their_plain_names(machine: Callable[..., ObjectPlace]) -> None:
    here, there = machine("here"), machine("there")
    beside = {"run.json": b"{}", "report/index.html": b"<p>", "decisions.csv": b"id\n"}
    fill(here, OLD | {f"{OTHER}/a.csv": b"\x00\xff" * 70000} | beside)
    here.push(STUDY, OTHER)
    here.push()
    there.pull()
    assert files_of(there) == files_of(here) == objects_of(here)
    assert there.list_studies() == ["made2001", "made2002", "report"]

    fill(here, NEW | beside)
    here.push(STUDY, OTHER)
    there.pull(STUDY)
    assert (there.path / OTHER).is_dir(), "only what was asked for"
    there.pull()
    assert files_of(there) == files_of(here) == objects_of(here)


def test_nothing_is_fetched_twice(machine: Callable[..., ObjectPlace]) -> None:
    here, there = machine("here"), machine("there")
    fill(here, OLD | {"run.json": b"{}"})
    here.push(STUDY)
    here.push()
    there.pull()
    there.pull()
    steps_of(there).clear()
    there.pull()
    assert steps_of(there) == [], "two lists are enough"
    there.pull(STUDY)
    assert [name for _, name in steps_of(there) if name.startswith(STUDY)] == []
    steps_of(here).clear()
    here.pull()
    assert steps_of(here) == [], "what was published here need not be fetched"

    fill(here, OLD | {f"{STUDY}/a.csv": b"new a", "run.json": b"{}"})
    here.push(STUDY)
    there.pull(STUDY)
    assert [name for _, name in steps_of(there) if name.startswith(STUDY)] == [f"{STUDY}/a.csv"]


def test_a_copy_that_went_bad_is_fetched_again(machine: Callable[..., ObjectPlace]) -> None:
    here, there = machine("here"), machine("there")
    fill(here, OLD)
    here.push(STUDY)
    there.pull()
    (there.path / STUDY / "a.csv").write_bytes(b"old b")
    (there.path / STUDY / "stray.csv").write_bytes(b"stray")
    there.pull()
    assert files_of(there) == OLD


@pytest.mark.parametrize("record", ["", "[]", '{"files": {}, "of another version": 1}'])
def test_a_copy_whose_record_is_broken_is_fetched_again(machine: Callable[..., ObjectPlace], record: str) -> None:
    here, there = machine("here"), machine("there")
    fill(here, OLD)
    here.push(STUDY)
    there.pull()
    (there.path / STUDY / "a.csv").write_bytes(b"old b")
    (path,) = there.copy.home.glob(f"records/{STUDY}.json")
    path.write_text(record, encoding="utf-8")
    there.pull()
    assert files_of(there) == OLD


def test_a_pdf_that_its_paper_yaml_disowns_is_fetched_again(machine: Callable[..., ObjectPlace]) -> None:
    here, there = machine("here"), machine("there")
    fill(here, {f"{STUDY}/paper.yaml": b"sha256: " + b"0" * 64, f"{STUDY}/paper.pdf": b"%PDF"})
    here.push(STUDY)
    there.pull()
    steps_of(there).clear()
    there.pull(STUDY)
    assert [name for _, name in steps_of(there) if name.startswith(STUDY)] == [f"{STUDY}/paper.pdf"]


def test_a_copy_of_an_unfinished_publication_may_be_changed_and_published(
    machine: Callable[..., ObjectPlace], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The tags of staged objects say nothing of the plain ones; the bytes do."""

    def stop(*_given: object) -> None:
        raise StoppedError

    writer, reader = machine("writer"), machine("reader")
    fill(writer, OLD)
    writer.push(STUDY)
    fill(writer, NEW)
    with monkeypatch.context() as patch, pytest.raises(StoppedError):
        patch.setattr(object_push, "_replace", stop)
        writer.push(STUDY)
    assert objects_of(writer) == OLD
    reader.pull(STUDY)
    assert files_of(reader) == NEW
    fill(reader, {f"{STUDY}/a.csv": b"newer a"})
    reader.push(STUDY)
    assert objects_of(reader) == {f"{STUDY}/a.csv": b"newer a"}


@pytest.mark.parametrize("name", ["../stray.csv", "/tmp/stray.csv", f"{STUDY}/../../stray.csv"])
def test_a_forged_head_writes_nowhere_else(machine: Callable[..., ObjectPlace], name: str) -> None:
    here = machine("here")
    here.store.write("bytes", b"forged")
    swap_head(here.store, STUDY, Head(version=1, staged={name: "bytes"}), None)
    with pytest.raises(AuditableError, match="leads out of the study"):
        here.pull(STUDY)
    assert files_of(here) == {}


@pytest.mark.parametrize("kind", [StorageError, leases.LeaseLostError])
def test_errors_keep_their_words_on_the_way_from_a_worker(kind: type[AuditableError]) -> None:
    error = kind("It broke", where="s3://made", expected="this", found="that", remedy="Mend it.")
    back = pickle.loads(pickle.dumps(error))
    assert (type(back), str(back)) == (kind, str(error))


def test_what_people_change_there_is_fetched(machine: Callable[..., ObjectPlace]) -> None:
    here, there = machine("here"), machine("there")
    fill(here, OLD)
    here.push(STUDY)
    there.pull()
    here.store.write(f"{STUDY}/a.csv", b"by hand")
    here.store.remove(f"{STUDY}/b.csv")
    there.pull()
    assert files_of(there) == {f"{STUDY}/a.csv": b"by hand", f"{STUDY}/gone.csv": b"old"}
    for name in files_of(there):
        here.store.remove(name)
    there.pull()
    assert files_of(there) == {}, "a study that was deleted vanishes"
    assert not (there.path / STUDY).exists()


def test_a_change_on_both_sides_is_refused(machine: Callable[..., ObjectPlace]) -> None:
    here, there = machine("here"), machine("there")
    verdicts = {"decisions.csv": b"id\n", "run.json": b"{}"}
    fill(here, verdicts)
    here.push()
    there.pull()
    fill(here, verdicts | {"decisions.csv": b"id\n1\n"})
    here.push()
    fill(there, verdicts | {"run.json": b"{ }"})
    there.push()
    assert objects_of(there) == {"decisions.csv": b"id\n1\n", "run.json": b"{ }"}, "another file is no conflict"
    fill(there, verdicts | {"decisions.csv": b"id\n2\n"})
    with pytest.raises(AuditableError, match=r"decisions\.csv: This file was changed by somebody else"):
        there.push()
    assert objects_of(there)["decisions.csv"] == b"id\n1\n"


@pytest.mark.parametrize("is_done_first", [False, True], ids=["before the step", "after it, unanswered"])
def test_at_every_step_a_study_is_wholly_old_or_wholly_new(
    machine: Callable[..., ObjectPlace], is_done_first: bool
) -> None:
    """The writer dies at each of its steps in turn, until one run has none left to die at."""
    first = machine("first")
    seen: list[bool] = []
    for step in count():
        fill(first, OLD)
        first.pull(STUDY)
        fill(first, OLD)
        first.push(STUDY)
        writer = machine("writer", dies_at=10**6, is_done_first=is_done_first)
        writer.pull(STUDY)
        fill(writer, NEW)
        writer = machine("writer", dies_at=step, is_done_first=is_done_first)
        try:
            writer.push(STUDY)
            is_whole = True
        except StoppedError:
            is_whole = False
        reader = machine(f"reader {step}")
        reader.pull(STUDY)
        assert files_of(reader) in (OLD, NEW), steps_of(writer)[-3:]
        seen.append(files_of(reader) == NEW)

        mender = machine("mender", patience_s=0.05)
        mender.pull(STUDY)
        fill(mender, NEW)
        mender.push(STUDY)
        reader.pull(STUDY)
        assert files_of(reader) == NEW == objects_of(mender)
        assert [name for name in mender.store.list() if "staged" in name] == []
        if is_whole:
            break
    assert len(seen) > 12
    assert seen == sorted(seen), "once new, never old again"
    assert set(seen) == {False, True}


def test_a_living_writer_is_waited_for_and_then_told(machine: Callable[..., ObjectPlace]) -> None:
    here, there = machine("here", lease_s=0.8), machine("there", patience_s=1.0)
    with here.writing(STUDY):
        with there.writing(OTHER):
            pass
        with pytest.raises(AuditableError, match="another program is writing this study"), there.writing(STUDY):
            pass
    with there.writing(STUDY):
        pass


def test_two_writers_and_a_reader_at_once_see_whole_studies(machine: Callable[..., ObjectPlace]) -> None:
    """Each publication fills the study with files of one content, and of another number of files than the last."""
    writers, reader = [machine(f"writer {n}") for n in range(2)], machine("reader")
    is_over = Event()

    def write(number: int) -> None:
        for turn in range(4):
            place, content = writers[number], f"{number} {turn}".encode()
            with place.writing(STUDY):
                place.pull(STUDY)
                fill(place, {f"{STUDY}/{n}.csv": content for n in range(turn + 2 + number)})
                place.push(STUDY)

    def look() -> set[bytes]:
        seen: set[bytes] = set()
        while not is_over.is_set():
            reader.pull(STUDY)
            found = files_of(reader)
            for content in found.values():
                number, turn = map(int, content.split())
                assert found == {f"{STUDY}/{n}.csv": content for n in range(turn + 2 + number)}
                seen.add(content)
        return seen

    with ThreadPoolExecutor(3) as pool:
        looking = pool.submit(look)
        try:
            for writing in [pool.submit(write, number) for number in range(2)]:
                writing.result()
        finally:
            is_over.set()
        assert len(looking.result()) > 1, "several publications were seen"


def test_a_dead_process_of_this_machine_is_not_waited_for(machine: Callable[..., ObjectPlace]) -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    here = machine("here", patience_s=10**6)
    swap_head(here.store, STUDY, Head(serial=7, owner=f"{socket.gethostname()} process {ended.pid} token"), None)
    with here.writing(STUDY):
        fill(here, NEW)
        here.push(STUDY)
    assert objects_of(here) == NEW


def test_a_lost_writer_is_followed_and_its_late_publication_refused(
    machine: Callable[..., ObjectPlace], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first writer sleeps so long that its lease is taken over; it wakes between staging and publishing."""
    late, next_one = machine("late"), machine("next", lease_s=29.0, patience_s=0.05)
    fill(late, OLD)
    late.push(STUDY)
    fill(late, {f"{STUDY}/a.csv": b"late"})
    next_one.pull(STUDY)
    fill(next_one, NEW)
    stage = leases.Lease.check

    def sleep_then_check(lease: leases.Lease) -> None:
        if lease.lease_s == late.lease_s and not slept:
            slept.append(True)
            next_one.push(STUDY)
        stage(lease)

    slept: list[bool] = []
    monkeypatch.setattr(leases.Lease, "check", sleep_then_check)
    with pytest.raises(leases.LeaseLostError, match="has taken over"):
        late.push(STUDY)
    assert objects_of(late) == NEW


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("s3://nobody-made-it/raw", "There is no such bucket"),
        ("s3://", "no address of object storage"),
        ("s3://key:secret@made/raw", "with credentials"),
    ],
)
def test_an_address_that_cannot_be_is_told(tmp_path: Path, endpoint: str, address: str, told: str) -> None:
    with pytest.raises(AuditableError, match=told) as caught:
        find_place(address, tmp_path).pull()
    assert "secret" not in str(caught.value)


def test_no_credentials_and_no_network_are_told(tmp_path: Path, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    with pytest.raises(StorageError, match="cannot be reached"):
        find_place(address, tmp_path).list_studies()
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    monkeypatch.setenv("HOME", str(tmp_path))
    with pytest.raises(AuditableError, match="no credentials"):
        find_place(address, tmp_path).pull(STUDY)


def test_a_storage_without_conditions_is_refused(machine: Callable[..., ObjectPlace]) -> None:
    from flows.object_store import require_swaps

    @dataclass(frozen=True)
    class Careless(ObjectStore):
        def _call(self, verb: str, name: str, **arguments: Any) -> dict[str, Any]:
            return super()._call(verb, name, **{k: v for k, v in arguments.items() if not k.startswith("If")})

    with pytest.raises(AuditableError, match="cannot promise"):
        require_swaps(Careless(machine("here").address))
    require_swaps(machine("here").store)


def test_a_cache_on_object_storage_serves_all_machines(endpoint: str) -> None:
    address = f"s3://{BUCKET}/cache"
    digest = Cache(address).keep("read", "ab12", "what was read")
    assert Cache(address).load(Cache(address).find("read", "ab12")) == "what was read"
    assert Cache(address).find("read", "cd34") == ""
    for name in ObjectStore(address).list("objects"):
        ObjectStore(address).write(name, b"damaged")
    assert Cache(address).load(digest) is None


def test_corpus_files_have_one_writer_too(machine: Callable[..., ObjectPlace]) -> None:
    here, there = machine("here", lease_s=0.8), machine("there", patience_s=1.0)
    with here.writing(CORPUS):
        fill(here, {"run.json": b"{}"})
        with pytest.raises(AuditableError, match="another program is writing"):
            there.push()
        here.push()
    there.pull()
    assert files_of(there) == {"run.json": b"{}"}
