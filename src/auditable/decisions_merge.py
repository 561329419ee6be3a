"""Another person's decisions.csv → ours, line by line, for people who do not share a git repository.

Comes in: two files. Goes out: ours with the lines it did not hold, and a word on each item. No line of ours is changed
or dropped: where verdicts differ, both stay and the item is disputed. Writing is left to decisions_file.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from auditable.decisions import read_decisions
from auditable.decisions_file import Decision, lines_of, put_all, stamp


@dataclass(frozen=True)
class Merged:
    """What became of another person's lines, by item, sorted.

    added: ids of items that got a line; equal: those whose lines we had; disputed: those of either kind whose lines now
    say different things of the same values, with these lines. problems: lines that were not taken, one message each.
    """

    added: tuple[str, ...]
    equal: tuple[str, ...]
    disputed: tuple[tuple[str, tuple[Decision, ...]], ...]
    problems: tuple[str, ...]


def merge_decisions(path: Path, other: Path) -> Merged:
    """What became of the lines of other, which now stand in path too.

    Raises AuditableError for a file that is no CSV of decisions, and where somebody decides on one of its items at the
    same time: then nothing is written.
    """
    read = read_decisions(other)
    ours = lines_of(read_decisions(path).frame)
    theirs = sorted(lines_of(read.frame).items())
    joined = {item_id: tuple(dict.fromkeys((*ours.get(item_id, ()), *lines))) for item_id, lines in theirs}
    added = {i: (lines, stamp(ours.get(i, ()))) for i, lines in joined.items() if lines != ours.get(i)}
    if added:
        put_all(path, added)
    return Merged(
        added=tuple(added),
        equal=tuple(item_id for item_id in joined if item_id not in added),
        disputed=tuple((item_id, lines) for item_id, lines in joined.items() if _is_disputed(lines)),
        problems=read.problems,
    )


def _is_disputed(lines: Sequence[Decision]) -> bool:
    verdicts: dict[str, set[str]] = {}
    for line in lines:
        verdicts.setdefault(line.value_then, set()).add(line.verdict)
    return any(len(said) > 1 for said in verdicts.values())
