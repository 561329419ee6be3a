"""One verdict → curated/decisions.csv: the only code that writes into the file that people write.

Comes in: a decision, and a stamp of the lines of its item that the person saw. Goes out: the file with that one item
changed, every other line kept, also one that cannot be understood. Two people at once never lose a verdict: the file is
read again under a lock, and an item whose lines are not those that were seen is a conflict. What the verdicts mean for
the items of a run is left to decisions.py.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import pandas as pd

from auditable.decisions import COLUMNS, DecisionLine, read_lines
from auditable.gold_record import one_line
from auditable.locks import lock
from auditable.model import AuditableError
from auditable.store import write_text
from schemas.frames import DECISIONS

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
    lines: dict[str, list[Decision]] = {}
    for row in decisions.to_dict("records"):
        decision = Decision(**{str(name): str(text) for name, text in row.items()})
        lines.setdefault(decision.item_id, []).append(decision)
    return {item_id: tuple(found) for item_id, found in lines.items()}


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
    with lock(path.with_name(f".{path.name}.lock"), "the decisions"):
        lines = read_lines(path) if path.exists() else []
        present = tuple(dict.fromkeys(Decision(**line.fields) for line in lines if _speaks_of(line, item_id)))
        if stamp(present) != seen:
            raise ConflictError(item_id, present)
        others = [_as_written(line) for line in lines if not _speaks_of(line, item_id)]
        write_text(path, "\n".join([",".join(COLUMNS), *sorted([*others, *map(_as_csv, decisions)]), ""]))
    return present


def _speaks_of(line: DecisionLine, item_id: str) -> bool:
    return not line.problem and line.fields["item_id"] == item_id


def _as_written(line: DecisionLine) -> str:
    """A line to keep: in our order of columns, or as it is where it cannot be understood."""
    return line.text.rstrip("\r") if line.problem else _as_csv(Decision(**line.fields))


def _as_csv(decision: Decision) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow([asdict(decision)[name] for name in COLUMNS])
    return out.getvalue()
