"""One verdict → curated/decisions.csv: the only code that writes into the file that people write.

Comes in: a decision, and a stamp of the lines of its item that the person saw. Goes out: the file with that one item
changed and every other line kept. What cannot be understood stands below, in its order: the parts of a note with a line
break stay together. Two people at once never lose a verdict: the file is read again under a lock, and an item whose
lines are not those that were seen is a conflict. What the verdicts mean for the items of a run is left to decisions.py.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import pandas as pd

from auditable.decisions import COLUMNS, read_lines
from auditable.gold_record import one_line
from auditable.locks import lock
from auditable.model import AuditableError
from auditable.whole_files import clear_left, write_text
from schemas.desk_frames import DECISIONS

MAX_NOTE = 4_000
"""Characters of a note that are kept: a page of text."""


@dataclass(frozen=True)
class Decision:
    """One line of the file: what a person said of an item, and the values it was said of."""

    item_id: str
    verdict: str
    note: str
    who: str
    when: str
    value_then: str


class ConflictError(AuditableError):
    """Somebody decided on the item after the page was drawn. present: the lines of the item as they stand now."""

    def __init__(self, item_id: str, present: Sequence[Decision]) -> None:
        self.item_id, self.present = item_id, tuple(present)
        super().__init__(
            "the item was decided by somebody else meanwhile",
            where=item_id,
            expected="the verdict that was shown",
            found=", ".join(f"{d.verdict} ({d.who})" for d in present) or "no verdict",
            remedy="Look at the verdict that stands now, then decide again.",
        )


def lines_of(decisions: pd.DataFrame) -> dict[str, tuple[Decision, ...]]:
    """The lines of each item. decisions: the frame of read_decisions, which holds equal lines once."""
    rows = decisions.to_dict("records")
    return _group(Decision(**{str(name): str(text) for name, text in row.items()}) for row in rows)


def stamp(decisions: Sequence[Decision]) -> str:
    """Sixteen hexadecimal digits that change when any of the lines of an item does; also for no lines."""
    content = json.dumps([asdict(d) for d in decisions], ensure_ascii=False)
    return hashlib.sha256(content.encode()).hexdigest()[:16]


def record(path: Path, decision: Decision, seen: str) -> tuple[Decision, ...]:
    """The lines that stood there before: the decision now stands alone in their place, which settles a dispute too.

    seen: the stamp of the item's lines as the person saw them. Line ends and other control characters in a text become
    blanks, so that a line of the file is one decision. Raises ConflictError for other lines, AuditableError for an
    unknown verdict, a file that cannot be read, a lock that another program holds; the file is then untouched.
    """
    if decision.verdict not in DECISIONS:
        raise AuditableError(
            "unknown verdict",
            where=decision.item_id,
            expected="one of " + ", ".join(DECISIONS),
            found=decision.verdict or "nothing",
        )
    clean = {name: one_line(text) for name, text in asdict(decision).items()}
    return put_back(path, decision.item_id, [Decision(**{**clean, "note": clean["note"][:MAX_NOTE]})], seen)


def withdraw(path: Path, item_id: str, seen: str) -> tuple[Decision, ...]:
    """The lines that stood there before: the item has none now. Raises as record does."""
    return put_back(path, item_id, (), seen)


def put_back(path: Path, item_id: str, decisions: Sequence[Decision], seen: str) -> tuple[Decision, ...]:
    """The lines that stood there before: these stand in their place, as an undo needs them. Raises as record does."""
    return put_all(path, {item_id: (decisions, seen)})[item_id]


def put_all(path: Path, changes: Mapping[str, tuple[Sequence[Decision], str]]) -> dict[str, tuple[Decision, ...]]:
    """As put_back for many items at once: item_id → its new lines and the stamp that was seen; all are written or none.

    Returns the lines that stood there before, by item. Raises as record does.
    """
    with lock(path.with_name(f".{path.name}.lock"), "the decisions"):
        lines = read_lines(path) if path.exists() else []
        understood = [Decision(**line.fields) for line in lines if not line.problem]
        by_item = _group(understood)
        present = {item_id: by_item.get(item_id, ()) for item_id in changes}
        for item_id, (_, seen) in changes.items():
            if stamp(present[item_id]) != seen:
                raise ConflictError(item_id, present[item_id])
        kept = [d for d in understood if d.item_id not in changes]
        new = [d for decisions, _ in changes.values() for d in decisions]
        broken = [line.text for line in lines if line.problem]
        clear_left(path)
        write_text(path, "\n".join([",".join(COLUMNS), *sorted(map(_as_csv, [*kept, *new])), *broken, ""]))
    return present


def _group(decisions: Iterable[Decision]) -> dict[str, tuple[Decision, ...]]:
    """The different lines of each item, in their order."""
    found: dict[str, dict[Decision, None]] = {}
    for decision in decisions:
        found.setdefault(decision.item_id, {})[decision] = None
    return {item_id: tuple(lines) for item_id, lines in found.items()}


def _as_csv(decision: Decision) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow([asdict(decision)[name] for name in COLUMNS])
    return out.getvalue()
