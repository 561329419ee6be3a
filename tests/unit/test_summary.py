import pytest

from auditable.reconcile import reconcile
from auditable.store import StudyFrames
from auditable.summary import StudyFigures, study_figures, verdict_line
from tests.unit.frames_made import cells, findings, gold, no_matches, observations, rejected


def figures(**changes: object) -> StudyFigures:
    read = observations({}, {"stub_path": "B"}, {"source": "caption"})
    made = {
        "cells": cells(
            {},
            {"row": 1, "agreement": "differs", "ocr_confidence": 0.5},
            {"row": 2, "text": "", "agreement": "not found"},
            {"row": 3, "row_kind": "subheader", "agreement": "differs"},
        ),
        "observations": read,
        "findings": findings({}, {"finding_id": "F-2", "verdict": "consistent", "severity": "note"}),
        "matches": reconcile(
            "smith2021", read, gold({}, {"stub_path": "B", "value": "1"}, {"stub_path": "C", "value": "3"})
        ).matches,
        "rejected": rejected({}),
    }
    return study_figures("smith2021", StudyFrames(**{**made, **changes}))


def test_figures_of_a_study() -> None:
    made = figures()
    assert (made.n_tables, made.n_cells, made.n_observations, made.n_mentions, made.n_rejected) == (1, 2, 2, 1, 1)
    assert (made.gold_rows, made.gold_equal, made.gold_wrong, made.gold_missing) == (3, 1, 1, 1)
    assert (made.share_equal, made.share_wrong) == (1 / 3, 1 / 3)
    assert (made.n_impossible, made.n_rounding, made.n_consistent, made.n_not_testable) == (1, 0, 1, 0)
    assert (made.second_same, made.second_differs, made.second_not_found) == (1, 1, 0)
    assert (made.n_ocr, made.n_low_ocr) == (1, 1)


def test_a_study_without_gold_has_no_share() -> None:
    made = figures(matches=no_matches())
    assert (made.gold_rows, made.share_equal, made.share_wrong) == (0, None, None)


@pytest.mark.parametrize(
    ("n_studies", "n_broken", "n_open", "line"),
    [
        (1, 0, 2, "1 study read, 1 of 3 gold rows agree, 2 items to decide."),
        (2, 1, 1, "2 studies read, 1 input broken, 2 of 6 gold rows agree, 1 item to decide."),
        (1, 0, 0, "1 study read, 1 of 3 gold rows agree, nothing to decide."),
        (0, 2, 0, "0 studies read, 2 inputs broken, no gold record to compare with, nothing to decide."),
    ],
)
def test_the_verdict_is_one_sentence(n_studies: int, n_broken: int, n_open: int, line: str) -> None:
    assert verdict_line([figures()] * n_studies, n_broken, n_open) == line
