"""Frames held together: a bad one among good ones is told with its test, and good ones of many tests do not collide."""

from __future__ import annotations

import pytest
from hand_made import HandMadePaper
from held_frames import HeldFrames, hold_frames

from schemas.frames import Observations


def held(*papers: HandMadePaper) -> HeldFrames:
    """The frames of several papers as tests named t0, t1 … hand them over."""
    held = HeldFrames()
    for at, paper in enumerate(papers):
        with pytest.MonkeyPatch.context() as patch:
            hold_frames(patch, held, f"t{at}")
            Observations.validate(paper.frame(), lazy=True)
    return held


def test_good_frames_with_the_same_ids_are_judged_together() -> None:
    held(*(HandMadePaper().row("Age", median="61") for _ in range(3))).judge()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"statistic": "medium"}, "medium"),
        ({"value": "about 61"}, "numbers_are_numbers"),
        ({"page": 0}, "greater_than_or_equal_to"),
        ({"decimals": None}, "decimals"),
        ({"colour": "red"}, "colour"),
        ({"observation_id": "o0"}, "observation_id"),
    ],
)
def test_a_bad_frame_among_good_ones_is_told_with_its_test(changes: dict[str, object], said: str) -> None:
    bad = HandMadePaper().row("Sex", n="3").row("Age", median="61").frame()
    for column, value in changes.items():
        bad[column] = [*bad.get(column, ["blue"] * 2)[:1], value]
    frames = held(HandMadePaper().row("Age", median="61"))
    frames.hold(Observations, bad, "the bad test")
    with pytest.raises(AssertionError, match=rf"the bad test: Observations: .*{said}") as raised:
        frames.judge()
    assert "t0" not in str(raised.value)


def test_a_frame_that_lacks_a_column_is_told() -> None:
    frames = held(HandMadePaper().row("Age", median="61"))
    frames.hold(Observations, HandMadePaper().row("Age", median="61").frame().drop(columns="value"), "the bad test")
    with pytest.raises(AssertionError, match="the bad test"):
        frames.judge()


@pytest.mark.parametrize("findings", [False, True])
def test_every_frame_of_a_hand_made_paper_is_held(held_frames: HeldFrames, findings: bool) -> None:
    paper = HandMadePaper().row("Sex, n (%) > Female", n="12", pct="37.5", total="32").read("Of 32 patients, 12 died.")
    frame = paper.findings() if findings else paper.frame()
    assert any(kept is frame for frames in held_frames.frames.values() for _, kept, _ in frames)
