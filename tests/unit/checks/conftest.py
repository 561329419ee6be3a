"""Shared by the tests of rules: an empty paper, and the models that judge every frame a test uses."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hand_made import HandMadePaper
from held_frames import HeldFrames, hold_frames


@pytest.fixture(scope="module")
def held_frames() -> Iterator[HeldFrames]:
    """The frames of a module, judged when its last test is done."""
    held = HeldFrames()
    yield held
    held.judge()


@pytest.fixture(autouse=True)
def frames_are_held(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, held_frames: HeldFrames) -> None:
    """No test uses a frame that its model would refuse: told at the end of the module, with the name of the test."""
    hold_frames(monkeypatch, held_frames, request.node.name)


@pytest.fixture
def paper() -> HandMadePaper:
    """An empty paper."""
    return HandMadePaper()
