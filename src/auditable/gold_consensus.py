"""Two keyed files and a choice for each difference → the rows of the record.

Comes in: two Keyed frames, their comparison, and choices. Goes out: rows of a gold file with the names of those who
stand for each; or an error that says what is still open. Files and signatures are left to gold_sign.py.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from auditable.gold_compare import GoldComparison
from auditable.gold_files import names_of, sort_key
from auditable.gold_record import GOLD_COLUMNS
from auditable.model import AuditableError

SHOWN = 3
"""Differences and lines that a refusal names; the rest are counted."""


def consensus(
    a: pd.DataFrame, b: pd.DataFrame, found: GoldComparison, taken: Mapping[str, str], who: str
) -> list[dict[str, str]]:
    """The rows of the record in the order of file a; rows of b alone follow the row they follow there.

    taken: "a" or "b" for every difference.
    """
    mine, theirs = _by_line(a), _by_line(b)
    by_line_a, by_line_b = {}, {}
    for row in found.differences.to_dict("records"):
        choice = taken[str(row["difference_id"])]
        by_line_a[int(row["a_line"])] = choice
        by_line_b[int(row["b_line"])] = choice
    after: dict[int, list[dict[str, str]]] = {}
    last, a_of = 0, {line_b: line_a for line_a, line_b in found.pairs.items()}
    for line, row in theirs.items():
        if line in a_of:
            last = a_of[line]
        elif by_line_b[line] == "b":
            after.setdefault(last, []).append(_stood_for(row, who))
    rows = list(after.get(0, []))
    for line, row in mine.items():
        other = theirs.get(found.pairs.get(line, 0))
        rows += _settled(row, other, by_line_a.get(line, ""), who) + after.get(line, [])
    return rows


def refuse_unchecked(found: GoldComparison, paths: Sequence[Path]) -> None:
    """Raises AuditableError, naming file and lines, when a row of either file is still a draft's."""
    for path, lines in zip(paths, (found.unchecked_a, found.unchecked_b), strict=True):
        if lines:
            raise AuditableError(
                "rows of the draft were not checked against the page", where=f"{path}, {_some('line', lines)}",
                expected="every row keyed or checked by a person", found=f"{len(lines)} unchecked",
                remedy="Check them in `auditable review`, or put the name of who did into keyed_by.",
            )  # fmt: skip


def settle(found: GoldComparison, choices: Mapping[str, str], pair: tuple[str, str], where: Path) -> dict[str, str]:
    """ "a" or "b" for every difference; raises AuditableError for one without, and for a choice of another one."""
    ids = list(map(str, found.differences["difference_id"]))
    unknown = sorted(set(choices) - set(ids))
    if unknown:
        raise AuditableError(
            "a choice of a difference that is not there (any more)", where=str(where),
            expected=_some("one of", ids) if ids else "no choice: the files do not differ", found=_some("", unknown),
            remedy="Compare again: a difference has another id once one of its sides was changed.",
        )  # fmt: skip
    open_ids = [i for i in ids if not choices.get(i)]
    if open_ids:
        raise AuditableError(
            "differences between the keyers are not decided", where=str(where),
            expected=f"a choice for each of {len(ids)}", found=f"{len(open_ids)} without: {_some('', open_ids)}",
            remedy="`auditable gold compare STUDY` shows them; choose with --take ID=a or ID=b, or --choices FILE.csv.",
        )  # fmt: skip
    return {i: _letter(choices[i], pair) for i in ids}


def _letter(choice: str, pair: tuple[str, str]) -> str:
    """ "a" or "b" for a letter or a keyer's name; gold_files.sort_key sees to it that the two never contradict."""
    letters = {"a": "a", "b": "b"} | dict(zip(pair, "ab", strict=True))
    if choice in letters:
        return letters[choice]
    raise AuditableError(
        "this choice names none of the two keyers", expected="one of " + ", ".join(letters), found=repr(choice),
        remedy="Take one of these.",
    )  # fmt: skip


def _some(word: str, items: Sequence[object]) -> str:
    shown = ", ".join(map(str, items[:SHOWN]))
    more = f" and {len(items) - SHOWN} more" if len(items) > SHOWN else ""
    return f"{word} {shown}{more}".strip()


def _settled(
    row: dict[str, str], other: dict[str, str] | None, choice: str, who: str
) -> list[dict[str, str]]:  # fmt: skip
    if other is None:
        return [_stood_for(row, who)] if choice == "a" else []
    if choice:
        return [_stood_for(row if choice == "a" else other, who)]
    # Both say the same: where one left a field empty, what the other typed is kept.
    joined = {name: row[name] or other[name] for name in GOLD_COLUMNS}
    return [{**joined, "keyed_by": _join_names([*names_of(row["keyed_by"]), *names_of(other["keyed_by"])])}]


def _stood_for(row: dict[str, str], who: str) -> dict[str, str]:
    return {**row, "keyed_by": _join_names([*names_of(row["keyed_by"]), who])}


def _join_names(names: Sequence[str]) -> str:
    return "+".join(sorted(dict.fromkeys(names), key=sort_key))


def _by_line(rows: pd.DataFrame) -> dict[int, dict[str, str]]:
    return {
        int(row["gold_line"]): {name: str(row[name]) for name in GOLD_COLUMNS} for row in rows.to_dict("records")
    }  # fmt: skip
