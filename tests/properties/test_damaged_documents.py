"""A damaged PDF is read, told or stopped, whatever the damage: a sample of what `make fuzz` does at length."""

import os
import signal
import time
from pathlib import Path

import pytest

from tests.fuzz.documents import make_documents
from tests.fuzz.measure import make_case
from tests.fuzz.mutations import KEEPS_PRINT, MUTATIONS
from tests.fuzz.outcomes import FAILED, LIMIT, LIMITS, READ, judge, name_limits
from tests.unit.readers import hostile

SEED = 20


@pytest.fixture(scope="module")
def documents():
    return make_documents()[:3]


@pytest.mark.parametrize("number", range(len(MUTATIONS)))
def test_damage_never_becomes_a_failure(tmp_path: Path, documents, number: int) -> None:
    case = make_case(SEED, number, documents)
    path = tmp_path / "damaged.pdf"
    path.write_bytes(case.data)
    outcome = judge(path, case.undamaged, moves_print=case.kind not in KEEPS_PRINT, seconds=120, memory_mb=3000)
    assert outcome.kind != FAILED, f"{case.kind} of {case.document}: {outcome.message}"


def test_a_document_is_the_same_at_every_call(documents) -> None:
    again = make_documents()[: len(documents)]
    assert [d.data for d in again] == [d.data for d in documents]


@pytest.mark.parametrize(
    ("message", "limits"),
    [
        ("found more than 30 seconds, last lines: x", ("time",)),
        ("found 1612 MB of memory, of 1500 MB allowed", ("memory",)),
        ("expected at most 512 open files", ("open files",)),
        ("a file of more than 1024 MB written", ("written files",)),
        ("the PDF is too long for an article", ("pages",)),
        ("Page 1 was not read: it is a picture of 900 million pixels, more than 200 million.", ("pixels",)),
        ("its texts and drawing commands take more work than 32 MB of commands", ("commands",)),
        ("it holds 123456 characters, more than 100000", ("letters",)),
        ("it holds 90000 drawn lines and boxes, more than 80000", ("lines",)),
        ("it holds 9000 pictures, more than 5000", ("pictures",)),
        ("it holds 9000 words, more than 5000", ("words",)),
        ("2 tables, 17 observations", ()),
    ],
)
def test_a_limit_is_named(message: str, limits: tuple[str, ...]) -> None:
    assert name_limits(message) == limits
    assert set(limits) <= set(LIMITS)


def test_a_page_left_unread_names_its_limit(tmp_path: Path) -> None:
    path = hostile.one_page(tmp_path / "wide.pdf", b"q 9 0 0 9 0 0 cm /A Do Q", xobjects=b"/A 10 0 R",
                            others={10: hostile.form(b"/A Do", b"/XObject << /A 10 0 R >>")})  # fmt: skip
    outcome = judge(path, "", moves_print=False, seconds=120, memory_mb=3000)
    assert (outcome.kind, outcome.limits) == (READ, ("commands",)), outcome.message


def end_by_signal(path: Path) -> str:
    os.kill(os.getpid(), signal.SIGSEGV)
    return str(path)


def hang(path: Path) -> str:
    time.sleep(60)
    return str(path)


@pytest.mark.parametrize(("added", "kind", "limits"), [(end_by_signal, FAILED, ()), (hang, LIMIT, ("time",))])
def test_what_taking_in_does_counts_too(tmp_path: Path, monkeypatch, added, kind: str, limits: tuple[str, ...]) -> None:
    path = hostile.one_page(tmp_path / "table.pdf", hostile.small_table())
    monkeypatch.setattr("tests.fuzz.outcomes.dump_facts", added)
    outcome = judge(path, hostile.small_table().decode("latin-1"), moves_print=True, seconds=15, memory_mb=3000)
    assert (outcome.kind, outcome.limits) == (kind, limits), outcome.message
