"""decisions.csv edited by hand into nonsense: the rest holds, nothing is lost, no verdict is taken that nobody gave."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from auditable.decisions import apply_decisions, read_decisions, read_lines
from auditable.decisions_file import Decision, record, stamp
from auditable.items import compare_items, list_items
from auditable.model import AuditableError
from schemas.desk_frames import DECISIONS, Items
from schemas.frames import Discrepancies, empty_frame
from tests.unit.frames_made import findings

WHEN = "2026-01-02T03:04:05+00:00"
VALUE = "26.0 | 25.0"
IDS = tuple(f"F-{n}" for n in range(1, 5))
ITEMS = list_items(findings(*({"finding_id": i} for i in IDS)), empty_frame(Discrepancies))
COMPARED = compare_items(ITEMS, empty_frame(Items))
GIVEN = [
    Decision(item_id, verdict, note, "ann", WHEN, VALUE)
    for item_id, verdict, note in zip(
        IDS, DECISIONS, ('one, "two"', "", "explained", "F-4,gold is wrong,,,,"), strict=False
    )
]
LATER = Decision("F-9", "explained", "", "bob", WHEN, "1 | 2")


def write_sound(path: Path) -> str:
    path.unlink(missing_ok=True)
    for decision in GIVEN:
        record(path, decision, stamp(()))
    return path.read_text("utf-8")


def verdicts(path: Path) -> dict[str, str]:
    """What holds now, by item."""
    items = apply_decisions(ITEMS, COMPARED, read_decisions(path)).items
    closed = items[items["state"] == "closed"]
    return dict(zip(closed["item_id"], closed["verdict"], strict=True))


ALL = {decision.item_id: decision.verdict for decision in GIVEN}


@pytest.mark.parametrize(
    ("change", "holding"),
    [
        (lambda text: text.replace("\n", "\r\n"), ALL),
        (lambda text: "\ufeff" + text, ALL),
        (lambda text: text + text.partition("\n")[2], ALL),
        (lambda text: text.replace(WHEN, "02.01.2026 03:04"), ALL),
        (lambda text: "\n".join([*text.split("\n")[:1], *reversed(text.split("\n")[1:])]), ALL),
        (lambda text: text.replace(VALUE, "26 | 25"), {}),
        (lambda text: text.replace(VALUE, "26.0 | 25,0"), {}),
        (lambda text: text.replace(f",{WHEN},{VALUE}", f",{VALUE},{WHEN}"), {}),
        (lambda text: text.replace("F-1,", "f-1,").replace("F-2,", "F–2,"), {i: ALL[i] for i in IDS[2:]}),
        (lambda text: text.replace("\nF-3,", "\nF-3,\x00"), {i: ALL[i] for i in IDS if i != "F-3"}),
        (lambda text: text.replace("\nF-2,", '\n"F-2,'), {i: ALL[i] for i in IDS if i != "F-2"}),
        (lambda text: text.replace("\nF-2,", "\n=======\n>>>>>>> theirs\nF-2,"), ALL),
    ],
)
def test_what_is_not_what_was_given_does_not_hold(
    tmp_path: Path, change: Callable[[str], str], holding: dict[str, str]
) -> None:
    path = tmp_path / "decisions.csv"
    changed = change(write_sound(path))
    path.write_bytes(changed.encode())
    assert verdicts(path) == holding
    keeps_all(path)
    assert verdicts(path) == holding


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace(",", ";").encode(),
        lambda text: text.replace(",", "\t").encode(),
        lambda text: text.encode("utf-16"),
        lambda text: text.encode()[:40] + b"\xff\xfe" + text.encode()[40:],
        lambda text: text.partition("\n")[2].encode(),
        lambda text: text.replace("verdict", "Verdict").encode(),
        lambda text: b"PK\x03\x04" + text.encode(),
        lambda text: b"\x00" * 4096,
    ],
)
def test_a_file_of_another_kind_is_refused_and_left_alone(tmp_path: Path, change: Callable[[str], bytes]) -> None:
    path = tmp_path / "decisions.csv"
    nonsense = change(write_sound(path))
    path.write_bytes(nonsense)
    for use in (lambda: read_decisions(path), lambda: record(path, LATER, stamp(()))):
        with pytest.raises(AuditableError, match="the decisions cannot be read"):
            use()
    assert path.read_bytes() == nonsense


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_file_cut_off_or_damaged_anywhere_closes_nothing_else(tmp_path: Path, data: st.DataObject) -> None:
    path = tmp_path / "decisions.csv"
    sound = write_sound(path).encode()
    at = data.draw(st.integers(0, len(sound) - 1))
    path.write_bytes(
        data.draw(st.sampled_from((sound[:at], sound[:at] + sound[at + 1 :], sound[:at] + b"\n" + sound[at:])))
    )
    try:
        held = verdicts(path)
    except AuditableError:
        return
    assert held.items() <= ALL.items()
    keeps_all(path)
    assert verdicts(path) == held


def keeps_all(path: Path) -> None:
    """A verdict given now leaves every line that was there, read or not."""
    before = read_decisions(path).frame.to_dict("records")
    broken = [line.text for line in read_lines(path) if line.problem]
    record(path, LATER, stamp(()))
    after = read_decisions(path).frame.to_dict("records")
    assert [row for row in before if row not in after] == []
    assert [line.text for line in read_lines(path) if line.problem] == broken
