"""Frames of many tests, held against their pandera models together: a model's own work is the same for ten rows and ten
thousand, and would be most of the time of a small paper.

Comes in: each frame that a test hands to a model, with the test's name. Goes out: nothing, or an error that names each
test whose frame the model refuses.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd
import pytest
from pandera.errors import SchemaErrors

from schemas.frames import Cells, Coverage, Findings, Frame, Observations, Rejected

KEYS: dict[type[Frame], str] = {
    Observations: "observation_id",
    Findings: "finding_id",
    Cells: "study_id",
    Coverage: "study_id",
    Rejected: "study_id",
}
"""Models whose frames are held together, each with the text that tells apart the rows of one frame: where a model wants
keys to differ, it wants so within one frame. All other models judge at once."""
_validate = Frame.validate.__func__  # type: ignore[attr-defined]
"""The judge itself, also where a test has put its models under hold_frames."""


@dataclass
class HeldFrames:
    """What the tests of a module handed to the models; each frame once, however often it is handed over."""

    frames: dict[type[Frame], list[tuple[str, pd.DataFrame, pd.DataFrame]]] = field(default_factory=dict)
    seen: set[int] = field(default_factory=set)

    def hold(self, model: type[Frame], frame: pd.DataFrame, test: str) -> None:
        """Keeps the frame: the very one, so that it is known again, and a copy as it is now."""
        if id(frame) not in self.seen:
            self.seen.add(id(frame))
            self.frames.setdefault(model, []).append((test, frame, frame.copy()))

    def judge(self) -> None:
        """Raises AssertionError with the tests whose frames are not what their models say."""
        said = [line for model, held in self.frames.items() for line in _judge(model, held)]
        assert not said, "frames that their models refuse:\n" + "\n".join(said)


def _judge(model: type[Frame], held: list[tuple[str, pd.DataFrame, pd.DataFrame]]) -> list[str]:
    # A column that one frame lacks must not be filled up by putting it below another.
    alike: dict[tuple[str, ...], list[tuple[str, pd.DataFrame]]] = {}
    for test, _, frame in held:
        alike.setdefault(tuple(frame.columns), []).append((test, frame))
    return [line for frames in alike.values() for line in _judge_alike(model, frames)]


def _judge_alike(model: type[Frame], frames: list[tuple[str, pd.DataFrame]]) -> list[str]:
    key = KEYS[model]
    parts = [
        frame.assign(**{key: [f"{at} {v}" if isinstance(v, str) else v for v in frame[key]]})
        if key in frame.columns
        else frame
        for at, (_, frame) in enumerate(frames)
    ]
    try:
        _validate(model, pd.concat(parts, ignore_index=True), lazy=True)
    except SchemaErrors:
        return [line for test, frame in frames for line in _refused(model, frame, test)]
    return []


def _refused(model: type[Frame], frame: pd.DataFrame, test: str) -> list[str]:
    try:
        _validate(model, frame, lazy=True)
    except SchemaErrors as error:
        cases = error.failure_cases[["column", "check", "failure_case"]].drop_duplicates()
        return [f"{test}: {model.__name__}: {column}: {check}: {case}" for column, check, case in cases.to_numpy()]
    return []


def hold_frames(patch: pytest.MonkeyPatch, held: HeldFrames, test: str) -> None:
    """Until the patch is undone, the models of KEYS keep frames for their judge instead of judging each by itself."""

    def validate(model: type[Frame], frame: pd.DataFrame, *args: object, **settings: object) -> pd.DataFrame:
        if model not in KEYS:
            return _validate(model, frame, *args, **settings)
        held.hold(model, frame, test)
        return frame

    patch.setattr(Frame, "validate", classmethod(validate))
