"""The curator's desk: what there is to decide, where it stands, and the verdicts as they are given.

Comes in: the folders of the studies, and the curator's verdicts one by one. Goes out: entries and their cards, and
lines in decisions.csv. Nothing is kept that the files do not hold, save the verdicts that can be undone: whatever a run
or another person writes is seen at the next look. Pages are left to desk_pages.py, requests to server.py.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from auditable.decisions import apply_decisions, read_decisions
from auditable.decisions_file import Decision, lines_of, put_back, record, stamp, withdraw
from auditable.desk import ITEMS, decide
from auditable.items import ITEM_COLUMNS
from auditable.model import DECISIONS_FILE, AuditableError
from auditable.review.cards import Card
from auditable.review.desk_queue import Entry, make_entries
from auditable.review.desk_shelf import ACROSS, Material, Shelf, Sources
from auditable.store import TABLES_FILE, StudyFrames, list_studies, read_all_studies, read_corpus_file
from schemas.desk_frames import Items
from schemas.frames import Cells, Matches, Observations, Rejected, empty_frame

QUEUE_FILES = ("findings", "discrepancies")


@dataclass(frozen=True)
class Standing:
    """What holds for one item now. lines: those of decisions.csv, two where it is disputed."""

    state: str = "new"
    value_before: str = ""
    lines: tuple[Decision, ...] = ()

    @property
    def seen(self) -> str:
        """The stamp of the lines, which a verdict must name."""
        return stamp(self.lines)


@dataclass(frozen=True)
class Look:
    """The desk at one moment: entries in their order, and the standing of each."""

    entries: tuple[Entry, ...]
    by_id: Mapping[str, Entry]
    standings: Mapping[str, Standing]
    unknown_ids: tuple[str, ...]
    problems: tuple[str, ...]

    def state(self, item_id: str) -> str:
        """The state of one item."""
        return self.standings[item_id].state


@dataclass(frozen=True)
class _Queue:
    """What a run left: entries, the items of list_items, how they differ from the run before, and problems of that."""

    entries: tuple[Entry, ...]
    items: pd.DataFrame
    compared: pd.DataFrame
    problems: tuple[str, ...]


@dataclass(frozen=True)
class Step:
    """One verdict of this session, to be undone: the lines before and after it."""

    number: int
    item_id: str
    title: str
    before: tuple[Decision, ...]
    after: tuple[Decision, ...]


class ChangedError(AuditableError):
    """The values of the item are no longer those that the page showed."""

    def __init__(self, entry: Entry) -> None:
        super().__init__(
            "a new run changed the values of this item while it was open",
            where=entry.item_id,
            expected="the values that were shown",
            found=entry.value_now,
            remedy="Look at the new values, then decide.",
        )


class Desk:
    """All the review page knows. who: the name in the lines it writes; now: the time for them, as text."""

    def __init__(self, sources: Sources, who: str, now: Callable[[], str]) -> None:
        self.sources, self.who, self._now = sources, who, now
        self.shelf = Shelf(sources)
        self.steps: list[Step] = []
        self._n_steps = 0
        self._signature: object = None
        self._look: Look | None = None
        self._queue: _Queue | None = None
        self._queue_signature: object = None

    @property
    def decisions_path(self) -> Path:
        """The file that the verdicts go to."""
        return self.sources.curated_dir / DECISIONS_FILE

    def look(self) -> Look:
        """The desk now: read again where a file changed."""
        run = _stamps([*self._run_files(), self.sources.curated_dir / f"{ITEMS}.csv"])
        if self._queue is None or run != self._queue_signature:
            self._queue, self._queue_signature = self._read_queue(), run
            self.shelf.clear()
        signature = (run, _stamps([self.decisions_path]))
        if self._look is None or signature != self._signature:
            self._look, self._signature = self._read_standings(self._queue), signature
        return self._look

    def open(self) -> int:
        """How many items there are; what the first page needs is read."""
        entries = self.look().entries
        if entries:
            self.shelf.material(entries[0].study_id)
        return len(entries)

    def material(self, study_id: str) -> Material | None:
        """One study as it is now; None where there is none of this name."""
        self.look()  # what a run changed is read anew
        return self.shelf.material(study_id) if study_id in list_studies(self.sources.curated_dir) else None

    def card(self, entry: Entry, standing: Standing) -> Card:
        """The card of an item, with the state that it has now."""
        line = standing.lines[0] if standing.lines else None
        card = self.shelf.material(entry.study_id).cards[entry.item_id]
        return replace(card, state=standing.state, verdict=line.verdict if line else "", note=line.note if line else "")

    def picture(self, entry: Entry, number: int, is_page: bool) -> bytes | None:
        """PNG of one of the item's places: of the strip around it, or of its whole page; None where there is none."""
        material = self.shelf.material(entry.study_id)
        places = material.cards[entry.item_id].places
        return self.shelf.picture(material, places[number], is_page) if 0 <= number < len(places) else None

    def decide(self, entry: Entry, verdict: str, note: str, seen: str, shown: str) -> None:
        """Writes a verdict, or opens the item again for "".

        seen, shown: stamps of the lines and of the values that the page showed.
        Raises ConflictError when somebody decided meanwhile, ChangedError when a run changed the values.
        """
        if shown != entry.value_stamp:
            raise ChangedError(entry)
        if verdict:
            decision = Decision(entry.item_id, verdict, note, self.who, self._now(), entry.value_now)
            before = record(self.decisions_path, decision, seen)
        else:
            before = withdraw(self.decisions_path, entry.item_id, seen)
        after = lines_of(read_decisions(self.decisions_path).frame).get(entry.item_id, ())
        self._n_steps += 1
        self.steps.append(Step(self._n_steps, entry.item_id, f"{entry.study_id}, {entry.title}", before, after))

    def undo(self, number: int) -> Step | None:
        """The step taken back: the last one, if it is the one named. Raises ConflictError when it was overwritten."""
        if not self.steps or self.steps[-1].number != number:
            return None
        step = self.steps[-1]
        put_back(self.decisions_path, step.item_id, step.before, stamp(step.after))
        return self.steps.pop()

    def _run_files(self) -> list[Path]:
        curated = self.sources.curated_dir
        names = (TABLES_FILE, *(f"{name}.csv" for name in QUEUE_FILES))
        return [curated / f"{ACROSS}.csv", *(curated / s / name for s in list_studies(curated) for name in names)]

    def _read_queue(self) -> _Queue:
        """The findings and discrepancies of all studies, as if they were one study's, and what they make."""
        curated = self.sources.curated_dir
        own, discrepancies = (read_all_studies(curated, name) for name in QUEUE_FILES)
        across = read_corpus_file(curated, ACROSS)
        findings = pd.concat([own, across], ignore_index=True) if len(across) else own
        frames = StudyFrames(
            empty_frame(Cells), empty_frame(Observations), findings, empty_frame(Matches), empty_frame(Rejected),
            discrepancies,
        )  # fmt: skip
        decided = decide(curated, [frames])
        columns = list(Items.to_schema().columns)
        compared = pd.concat([decided.items[columns], decided.gone], ignore_index=True)
        own_problems = read_decisions(self.decisions_path).problems
        problems = tuple(p for p in decided.problems if p not in own_problems)
        entries = tuple(make_entries(findings, discrepancies))
        return _Queue(entries, decided.items[list(ITEM_COLUMNS)], compared, problems)

    def _read_standings(self, queue: _Queue) -> Look:
        decided = apply_decisions(queue.items, queue.compared, read_decisions(self.decisions_path))
        lines = lines_of(decided.lines)
        found = zip(*(decided.items[name].tolist() for name in ("item_id", "state", "value_before")), strict=True)
        standings = {item_id: Standing(state, before, lines.get(item_id, ())) for item_id, state, before in found}
        by_id = {e.item_id: e for e in queue.entries}
        return Look(queue.entries, by_id, standings, decided.unknown_ids, (*decided.problems, *queue.problems))


def _stamps(paths: list[Path]) -> tuple[tuple[str, int, int], ...]:
    """What tells a file from the one that was read: its name, its time of writing and its size."""
    stats = [(path, path.stat()) for path in paths if path.exists()]
    return tuple((str(path), stat.st_mtime_ns, stat.st_size) for path, stat in stats)
