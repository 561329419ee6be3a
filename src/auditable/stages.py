"""The stages of one study and the keys of their results: read → observe → check → compare → write.

Comes in: a paper, the cache. Goes out: whether curated/<study_id> is what the stages would make today, at the price of
some hashes. A stage's result is known by a key: the digests of its inputs and of the stages before it, and the
fingerprint of its own code. So a changed rule computes the checks anew and reads nothing, and a stage whose result
comes out the same ends the work there. Computing is left to study_work.py.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from auditable.cache import Cache
from auditable.fingerprint import code_fingerprint, combine
from auditable.model import Paper
from auditable.papers import hash_file

KEY_FORMAT = "1"
"""To be raised when study_work.py hands other things to a stage, which no fingerprint of the stage's code shows."""
PDF, ABOUT, GOLD = "paper", "about", "gold"
"""Inputs of a study: its PDF, paper.yaml, its gold record."""


@dataclass(frozen=True)
class Stage:
    """One step: its name, the modules whose code shapes its result, the stages and the inputs it takes."""

    name: str
    modules: tuple[str, ...]
    after: tuple[str, ...] = ()
    inputs: tuple[str, ...] = ()

    @property
    def code(self) -> str:
        """The fingerprint of the stage's code."""
        return combine([code_fingerprint(f"auditable.{module}") for module in self.modules])


STAGES = (
    Stage("read", ("pdf_reading",), inputs=(PDF,)),
    Stage("observe", ("observing", "serial", "frame_text"), ("read",), (ABOUT,)),
    Stage("check", ("checking", "serial", "frame_text"), ("read", "observe")),
    Stage("compare", ("comparing", "frame_text"), ("observe",), (GOLD,)),
    Stage("write", ("store", "serial", "frame_text"), ("read", "observe", "check", "compare")),
)


@dataclass(frozen=True)
class Made:
    """The files of curated/<study_id> by name, and the stages that were computed for them."""

    files: Mapping[str, bytes]
    computed: tuple[str, ...]


def is_current(paper: Paper, folder: Path, cache: Cache) -> bool:
    """Whether curated/<study_id> holds what the stages would make of the paper today; hashes and small files only."""
    manifest = cache.load(_find_manifest(paper, cache))
    if manifest is None:
        return False
    wanted: dict[str, str] = json.loads(manifest)
    return all((folder / name).is_file() and hash_file(folder / name) == digest for name, digest in wanted.items())


def hash_inputs(paper: Paper) -> dict[str, str]:
    """The hash of each input of a study; the PDF's as papers.py verified it."""
    return {
        PDF: paper.sha256,
        ABOUT: hash_file(paper.folder / "paper.yaml"),
        GOLD: hash_file(paper.gold_path) if paper.gold_path else "none",
    }


def stage_key(paper: Paper, stage: Stage, inputs: Mapping[str, str], digests: Mapping[str, str]) -> str:
    """The key of a stage's result. inputs: of hash_inputs; digests: of the results of the stages before, by name."""
    made_of = [*(inputs[name] for name in stage.inputs), *(digests[name] for name in stage.after)]
    return combine([KEY_FORMAT, stage.name, paper.study_id, stage.code, *made_of])


def _find_manifest(paper: Paper, cache: Cache) -> str:
    """The digest of the last stage's result; "" where any stage is not known."""
    inputs, digests = hash_inputs(paper), dict[str, str]()
    for stage in STAGES:
        digests[stage.name] = cache.find(stage.name, stage_key(paper, stage, inputs, digests))
        if not digests[stage.name]:
            return ""
    return digests[STAGES[-1].name]
