import pytest

from auditable.reconcile import reconcile
from auditable.review.cell_states import cell_states
from auditable.store import StudyFrames
from tests.unit.frames_made import cells, findings, gold, no_matches, observations, rejected


def states(read: list[dict], keyed: list[dict] | None, printed: list[dict], found: list[dict] | None = None) -> dict:
    frame = observations(*read)
    matches = no_matches() if keyed is None else reconcile("smith2021", frame, gold(*keyed)).matches
    made = StudyFrames(cells(*printed), frame, findings(*(found or [])), matches, rejected())
    return {key: state.signs for key, state in cell_states(made).items()}


@pytest.mark.parametrize(
    ("read", "keyed", "signs"),
    [
        ([{}], [{}], ("agrees",)),
        ([{}], [{"value": "9"}], ("differs",)),
        ([{}], [{"unit": "months"}], ("differs",)),
        ([{"stub_path": "Age > Medlan"}], [{}], ("agrees",)),
        ([{}], [{"stub_path": "Sex"}], ("extra",)),
        ([{}], None, ("plain",)),
        ([], [{}], ("unread",)),
        ([], [{"stub_path": "Sex"}], ()),
        ([{}, {"statistic": "max", "value": "8"}], [{}, {"statistic": "max", "value": "9"}], ("differs",)),
        ([{}], [{}, {"statistic": "max", "value": "9"}], ("unread",)),
    ],
)
def test_what_gold_says_of_a_cell(read: list[dict], keyed: list[dict] | None, signs: tuple[str, ...]) -> None:
    assert states(read, keyed, [{}]) == {("T1", 0, 0): signs}


@pytest.mark.parametrize(
    ("cell", "signs"),
    [
        ({"agreement": "differs"}, ("agrees", "second")),
        ({"agreement": "not read twice", "ocr_confidence": 0.89}, ("agrees", "ocr")),
        ({"ocr_confidence": 0.9}, ("agrees",)),
        ({"agreement": "differs", "ocr_confidence": 0.1}, ("agrees", "second", "ocr")),
    ],
)
def test_what_the_reading_says_of_a_cell(cell: dict, signs: tuple[str, ...]) -> None:
    assert states([{}], [{}], [cell]) == {("T1", 0, 0): signs}


@pytest.mark.parametrize(
    ("finding", "signs"),
    [
        ({}, ("agrees", "finding")),
        ({"verdict": "rounding", "severity": "rounding"}, ("agrees", "finding")),
        ({"verdict": "consistent", "severity": "note"}, ("agrees",)),
        ({"observation_ids": "elsewhere"}, ("agrees",)),
    ],
)
def test_an_accused_cell_carries_a_sign(finding: dict, signs: tuple[str, ...]) -> None:
    assert states([{}], [{}], [{}], [finding]) == {("T1", 0, 0): signs}


def test_a_cell_without_a_number_has_no_state() -> None:
    assert states([{}], [{}], [{}, {"col": 1, "text": ""}])[("T1", 0, 1)] == ()
