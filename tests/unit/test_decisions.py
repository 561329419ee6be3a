from pathlib import Path

import pandas as pd
import pytest

from auditable.decisions import apply_decisions, list_items, read_decisions
from auditable.model import AuditableError
from auditable.reconcile import reconcile
from schemas.frames import Discrepancies, empty_frame
from tests.unit.frames_made import findings, gold, observations

HEADER = "item_id,verdict,note,who,when,value_then\n"


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "decisions.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_no_file_means_no_decisions(tmp_path: Path) -> None:
    assert read_decisions(tmp_path / "decisions.csv").empty


def test_decisions_are_read_as_they_were_written(tmp_path: Path) -> None:
    path = write(tmp_path, HEADER + 'F-1,explained,"one patient, lost",MK,2026-01-02,26.0 | 25.0\n')
    assert read_decisions(path).iloc[0].to_dict() == {
        "item_id": "F-1", "verdict": "explained", "note": "one patient, lost", "who": "MK", "when": "2026-01-02",
        "value_then": "26.0 | 25.0",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("nonsense", ["line 1", "item_id, verdict"]),
        ("", ["cannot be read", "item_id"]),
        (HEADER + "F-1,perhaps,,,,\n", ["F-1", "perhaps", "article is wrong", "won't fix"]),
        (HEADER + "F-1,,,,,\n", ["F-1", "nothing"]),
        (HEADER + "F-1,explained,,,,\n" * 1 + "F-1,explained,again,,,\n", ["F-1", "one line per item"]),
        (HEADER + "F-1,explained,a,b,c,d,e,f\n", ["decisions"]),
    ],
)
def test_nonsense_in_decisions_is_refused(tmp_path: Path, text: str, said: list[str]) -> None:
    with pytest.raises(AuditableError) as error:
        read_decisions(write(tmp_path, text))
    assert [part for part in said if part not in str(error.value)] == []


def test_items_are_discrepancies_and_accusing_findings() -> None:
    result = reconcile("smith2021", observations({"value": "9"}, {"stub_path": "B"}), gold({}, {"stub_path": "B"}))
    found = findings(
        {},
        {"finding_id": "F-2", "verdict": "rounding", "severity": "rounding"},
        {"finding_id": "F-3", "verdict": "consistent", "severity": "note"},
        {"finding_id": "F-4", "verdict": "not testable", "severity": "note"},
    )
    items = list_items(found, result.discrepancies)
    assert list(items["item_id"]) == [result.discrepancies["discrepancy_id"].iloc[0], "F-1", "F-2"]


def test_states_of_items(tmp_path: Path) -> None:
    found = findings({}, {"finding_id": "F-2"}, {"finding_id": "F-3"})
    lines = "F-1,explained,,,,26.0 | 25.0\nF-2,explained,,,,27.0 | 25.0\nF-gone,won't fix,,,,x\n"
    decided = apply_decisions(
        list_items(found, empty_frame(Discrepancies)), read_decisions(write(tmp_path, HEADER + lines))
    )
    assert list(decided.items["state"]) == ["decided", "returned", "open"]
    assert decided.unknown_ids == ("F-gone",)


def test_a_decided_discrepancy_returns_when_our_reading_changes(tmp_path: Path) -> None:
    def item(value: str) -> pd.DataFrame:
        return list_items(findings(), reconcile("smith2021", observations({"value": value}), gold({})).discrepancies)

    then = item("75.0").iloc[0]
    decisions = read_decisions(
        write(tmp_path, HEADER + f"{then['item_id']},our reading is wrong,,,,{then['value_now']}\n")
    )
    assert list(apply_decisions(item("75.0"), decisions).items["state"]) == ["decided"]
    assert list(apply_decisions(item("76.0"), decisions).items["state"]) == ["returned"]
