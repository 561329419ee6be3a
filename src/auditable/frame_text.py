"""Frames ↔ JSON text, without loss: how the results of the stages rest in the cache.

Comes in: a dataclass whose fields are frames. Goes out: the same frames after a trip through JSON, validated again;
keys sorted, so equal frames give equal text. Readings are left to serial.py, files to store.py.
"""

from __future__ import annotations

import json
from dataclasses import fields
from typing import Any, TypeVar

import pandas as pd
from pandera.pandas import DataFrameModel

from schemas.cited_frames import Passages, References
from schemas.frames import (
    Cells,
    Coverage,
    Discrepancies,
    Findings,
    Matches,
    Observations,
    Rejected,
    UnknownLabels,
    empty_frame,
)

MODELS: dict[str, type[DataFrameModel]] = {
    "cells": Cells, "observations": Observations, "findings": Findings, "matches": Matches,
    "discrepancies": Discrepancies, "rejected": Rejected, "coverage": Coverage, "unknown_labels": UnknownLabels,
    "references": References, "passages": Passages,
}  # fmt: skip
"""The model of each frame of a study, by its name."""

Frames = TypeVar("Frames")


def dump_frames(frames: Any) -> str:
    """The frames of a dataclass, whose fields are named as in MODELS, as one line of JSON."""
    plain = {f.name: plain_of_frame(getattr(frames, f.name)) for f in fields(frames)}
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def load_frames(text: str, kind: type[Frames]) -> Frames:
    """The dataclass that dump_frames wrote, its frames validated again."""
    plain = json.loads(text)
    return kind(**{f.name: frame_of_plain(plain[f.name], MODELS[f.name]) for f in fields(kind)})  # pyright: ignore[reportArgumentType]


def plain_of_frame(frame: pd.DataFrame) -> dict[str, list]:
    """The columns and rows of a frame, of JSON types; what is missing is None."""
    rows = frame.astype(object).where(frame.notna(), None)
    return {"columns": list(frame.columns), "rows": rows.to_numpy().tolist()}


def frame_of_plain(plain: dict[str, list], model: type[DataFrameModel]) -> pd.DataFrame:
    """The frame that plain_of_frame took apart, validated by its model."""
    if not plain["rows"]:
        return empty_frame(model)
    frame = pd.DataFrame(plain["rows"], columns=plain["columns"])
    for name, column in model.to_schema().columns.items():
        if str(column.dtype).startswith("float"):
            frame[name] = pd.to_numeric(frame[name])
    return model.validate(frame, lazy=True)
