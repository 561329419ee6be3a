"""A damaged PDF is read, told or stopped, whatever the damage: a sample of what `make fuzz` does at length."""

from pathlib import Path

import pytest

from tests.fuzz.documents import make_documents
from tests.fuzz.measure import make_case
from tests.fuzz.mutations import KEEPS_PRINT, MUTATIONS
from tests.fuzz.outcomes import FAILED, judge

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
