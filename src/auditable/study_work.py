"""One study through its stages, each computed only where the cache does not know its result.

Comes in: a paper, the cache. Goes out: the files of curated/<study_id>, and which stages were computed.
The keys are left to stages.py, limits of time and memory to isolation.py, several studies to flows/.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from functools import cached_property

from auditable.cache import Cache
from auditable.checking import Checked, check_study
from auditable.comparing import Compared, compare_study, load_gold
from auditable.curate import join_stages
from auditable.frame_text import dump_frames, load_frames
from auditable.model import AuditableError, Paper, Reading
from auditable.observing import Seen, observe_study
from auditable.papers import hash_file, load_paper
from auditable.pdf_reading import dump_pdf
from auditable.serial import load_reading
from auditable.stages import ABOUT, PDF, STAGES, Made, Stage, hash_inputs, stage_key
from auditable.store import render_study


def make_study(paper: Paper, cache: Cache, on_step: Callable[[str], None] = lambda _: None) -> Made:
    """What the stages make of a paper, in this process; raises AuditableError for broken inputs."""
    computed: list[str] = []
    while True:
        try:
            return _Work(paper, cache, on_step, computed).make()
        except _DamagedError as damaged:
            # Made anew; what follows is looked up again, for the new text may not be the old one.
            cache.forget(damaged.stage, damaged.key)


class _DamagedError(Exception):
    """The text of a result that the cache should have is gone, or not what its digest says."""

    def __init__(self, stage: str, key: str) -> None:
        super().__init__(stage)
        self.stage, self.key = stage, key


class _Work:
    """One way through the stages. Every result goes through its text, so that a study made from the cache and one made
    afresh are the same.
    """

    def __init__(self, paper: Paper, cache: Cache, on_step: Callable[[str], None], computed: list[str]) -> None:
        self._paper, self._cache, self._on_step, self._computed = paper, cache, on_step, computed
        self._inputs = hash_inputs(paper)
        self._keys: dict[str, str] = {}
        self._digests: dict[str, str] = {}
        self._texts: dict[str, str] = {}
        self._gold = load_gold(paper.gold_path)  # first: a broken one is told at once, not after the reading

    def make(self) -> Made:
        """The files of the study, all stages known to the cache."""
        makers = {"read": self._read, "observe": self._observe, "check": self._check, "compare": self._compare}
        for stage in STAGES[:-1]:
            self._settle(stage, makers[stage.name])
        frames = join_stages(self._seen, self._checked, self._compared)
        files = render_study(self._reading, frames)
        self._settle(STAGES[-1], lambda: _dump_manifest(files))
        return Made(files, tuple(dict.fromkeys(self._computed)))

    def _settle(self, stage: Stage, make: Callable[[], str]) -> None:
        """Looks the stage up, or computes and keeps it."""
        key = stage_key(self._paper, stage, self._inputs, self._digests)
        digest = self._cache.find(stage.name, key)
        is_last = stage is STAGES[-1]
        if not digest or (is_last and self._cache.load(digest) is None):
            text = make()
            self._refuse_changed_inputs(stage)
            digest = self._cache.keep(stage.name, key, text)
            self._texts[stage.name] = text
            self._computed.append(stage.name)
        self._keys[stage.name], self._digests[stage.name] = key, digest

    def _refuse_changed_inputs(self, stage: Stage) -> None:
        """A result is not kept under the hash of a file that was edited meanwhile."""
        now = hash_inputs(self._paper) | {PDF: hash_file(self._paper.pdf_path)}
        changed = [name for name in stage.inputs if now[name] != self._inputs[name]]
        if ABOUT in stage.inputs and not changed and load_paper(self._paper.folder) != self._paper:
            changed = [ABOUT]  # edited after the paper was loaded, before its file was hashed
        if changed:
            raise AuditableError(
                "a file of the study was changed while it was read",
                where=str(self._paper.folder),
                expected="the same content before and after",
                found=f"another {', '.join(changed)}",
                remedy="Run it again.",
            )

    def _text(self, stage: str) -> str:
        if stage not in self._texts:
            text = self._cache.load(self._digests[stage])
            if text is None:
                raise _DamagedError(stage, self._keys[stage])
            self._texts[stage] = text
        return self._texts[stage]

    @cached_property
    def _reading(self) -> Reading:
        return load_reading(self._text("read"))

    @cached_property
    def _seen(self) -> Seen:
        return load_frames(self._text("observe"), Seen)

    @cached_property
    def _checked(self) -> Checked:
        return load_frames(self._text("check"), Checked)

    @cached_property
    def _compared(self) -> Compared:
        return load_frames(self._text("compare"), Compared)

    def _read(self) -> str:
        self._on_step("reading")
        return dump_pdf(self._paper.pdf_path, self._paper.study_id)

    def _observe(self) -> str:
        self._on_step("checking")
        return dump_frames(observe_study(self._reading, self._paper))

    def _check(self) -> str:
        self._on_step("checking")
        return dump_frames(check_study(self._reading, self._seen.observations))

    def _compare(self) -> str:
        return dump_frames(compare_study(self._paper.study_id, self._seen.observations, self._gold))


def _dump_manifest(files: Mapping[str, bytes]) -> str:
    return json.dumps({name: hashlib.sha256(content).hexdigest() for name, content in files.items()}, sort_keys=True)
