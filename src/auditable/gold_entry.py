"""One row of a keyer's file at a time: typed anew, checked against the page, dropped or added.

Comes in: raw/<study_id>/gold/<keyer>.csv, the key of a row, and what a person saw and typed. Goes out: the file with
that one line changed and every other byte kept, or a GoldConflictError when the line is not what the person saw. Drafts
are left to gold_draft.py, what differs between keyers to gold_compare.py, the record itself to gold_sign.py.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from pathlib import Path

from auditable.gold_files import CHECKED, DRAFT_NAME, GOLD_FOLDER, check_name, gold_lock
from auditable.gold_record import (
    DRAFT,
    GOLD_COLUMNS,
    TYPED_COLUMNS,
    GoldLine,
    format_rows,
    is_draft,
    line_keys,
    one_line,
    parse_lines,
    read_text,
)
from auditable.model import AuditableError
from auditable.rounding import read_printed
from auditable.sameness import value_key
from auditable.store import write_text
from schemas.frames import STATISTICS

WITHOUT_VALUE = ("text", "missing")
"""Statistics whose value may be empty: an empty cell is what was printed."""
Fields = dict[str, str]


class GoldConflictError(AuditableError):
    """The row is not what the person saw: somebody changed it meanwhile. now: its fields by now; None if it is gone."""

    def __init__(self, where: str, expected: str, now: Mapping[str, str] | None) -> None:
        self.now = now
        super().__init__(
            "this row of the keyed file was changed meanwhile", where=where, expected=expected,
            found=_in_words(now) if now else "no such row", remedy="Look at the row again.",
        )  # fmt: skip


def edit_row(path: Path, line_key: str, value: str, who: str, *, seen: Mapping[str, str], column: str = "value") -> str:
    """As edit_fields, where one cell of the row is typed anew."""
    return edit_fields(path, line_key, {column: value}, who, seen=seen)


def edit_fields(path: Path, line_key: str, typed: Mapping[str, str], who: str, *, seen: Mapping[str, str]) -> str:
    """The row's key after cells of it were typed anew; from then on the row counts as keyed by this person.

    typed: text by column of TYPED_COLUMNS, all written at once or none; another statistic gives another key. seen:
    columns of the row as the person saw them.
    Raises GoldConflictError when the row is not so any more, AuditableError for an unknown statistic, for an empty
    value where something must be printed, and for a number that would be called missing.
    """
    name, cells = check_name(who), {column: one_line(text) for column, text in typed.items()}
    if unknown := [column for column in cells if column not in TYPED_COLUMNS]:
        raise AuditableError(
            "this column is not for keying", expected="one of " + ", ".join(TYPED_COLUMNS), found=unknown[0]
        )

    def change(fields: Fields) -> Fields:
        changed = {**fields, **cells}
        return _checked(fields, name) if changed == fields else {**changed, "keyed_by": name}

    return _change_row(path, line_key, seen, change)


def check_row(path: Path, line_key: str, who: str, *, seen: Mapping[str, str], is_checked: bool = True) -> str:
    """The row's key after this person found it as the page prints it; is_checked=False takes that back.

    A row that somebody keyed or checked before stays as it is. seen and errors: as in edit_row.
    """
    name = check_name(who)

    def change(fields: Fields) -> Fields:
        return _checked(fields, name) if is_checked else {**fields, "keyed_by": DRAFT}

    return _change_row(path, line_key, seen, change)


def drop_row(path: Path, line_key: str, *, seen: Mapping[str, str]) -> None:
    """Takes a row out of the keyer's file: the page prints no such number, or it is not one to key."""
    with gold_lock(_own(path).parent):
        text, lines = _read(path)
        _replace(path, text, lines[_find(lines, line_key, seen, path)], "")


def add_row(path: Path, row: Mapping[str, str], who: str) -> str:
    """The key of a row put at the end of the keyer's file; raises AuditableError when the file has the same row."""
    fields = {**{name: row.get(name, "") for name in GOLD_COLUMNS}, "keyed_by": check_name(who)}
    _check(fields, path)
    with gold_lock(_own(path).parent):
        text, _ = _read(path)
        end = "" if text.endswith("\n") else "\n"
        return _write(path, text + end + format_rows([fields], _header(text), with_header=False))[-1]


def _change_row(path: Path, line_key: str, seen: Mapping[str, str], change: Callable[[Fields], Fields]) -> str:
    with gold_lock(_own(path).parent):
        text, lines = _read(path)
        place = _find(lines, line_key, seen, path)
        changed = change(lines[place].fields)
        if changed == lines[place].fields:
            return line_key
        _check(changed, path)
        printed = format_rows([changed], _header(text), with_header=False)
        return _replace(path, text, lines[place], printed)[place]


def _checked(fields: Fields, name: str) -> Fields:
    return {**fields, "keyed_by": name + CHECKED} if is_draft(fields["keyed_by"]) else fields


def _own(path: Path) -> Path:
    """The path, if it is a keyer's file: the record is made by signing alone, and the draft is ours."""
    if path.parent.name != GOLD_FOLDER or path.stem.casefold() == DRAFT_NAME or not path.is_file():
        raise AuditableError(
            "this file is not keyed in", where=str(path), expected="a keyer's own file in the folder gold/",
            found=path.name, remedy="Begin one: `auditable gold draft STUDY --keyer NAME`.",
        )  # fmt: skip
    return path


def _read(path: Path) -> tuple[str, list[GoldLine]]:
    text = read_text(path)
    return text, parse_lines(text, path)


def _header(text: str) -> tuple[str, ...]:
    """The columns in the order of this file."""
    return tuple(text.removeprefix("\ufeff").splitlines()[0].replace('"', "").split(","))


def _find(lines: list[GoldLine], line_key: str, seen: Mapping[str, str], path: Path) -> int:
    places = [place for place, key in enumerate(line_keys(lines)) if key == line_key]
    now = lines[places[0]].fields if places else None
    if now is None or any(now.get(name) != text for name, text in seen.items()):
        where = f"{path}, line {lines[places[0]].line}" if places else str(path)
        raise GoldConflictError(where, _in_words(seen) or line_key, now)
    return places[0]


def _check(fields: Fields, path: Path) -> None:
    statistic = fields["statistic"]
    if statistic not in STATISTICS:
        raise AuditableError(
            "unknown statistic", where=str(path), expected="one of " + ", ".join(STATISTICS),
            found=statistic or "nothing", remedy="Take one of these.",
        )  # fmt: skip
    if not fields["value"] and statistic not in WITHOUT_VALUE:
        raise AuditableError(
            "a row without a value", where=str(path), expected=f"what is printed as {statistic}", found="nothing",
            remedy="Key the statistic 'missing' where no value is printed, or drop the row.",
        )  # fmt: skip
    if statistic == "missing" and read_printed(value_key(fields["value"])):
        raise AuditableError(
            "a number under the statistic 'missing'", where=str(path), expected="a reason, such as NR",
            found=fields["value"], remedy="Key which statistic the number is, or why no value is printed.",
        )  # fmt: skip


def _replace(path: Path, text: str, line: GoldLine, printed: str) -> list[str]:
    """The file with the line replaced, its line end kept; "" takes the line out."""
    physical = list(io.StringIO(text, newline=""))
    start, end = line.line - 1, line.line - 1 + line.n_lines
    last = physical[end - 1]
    line_end = last[len(last.rstrip("\r\n")) :]
    new = [printed.rstrip("\n") + line_end] if printed else []
    return _write(path, "".join([*physical[:start], *new, *physical[end:]]))


def _write(path: Path, text: str) -> list[str]:
    """The keys of the rows of the new text, which is read before it is written: nothing broken gets into the file."""
    keys = line_keys(parse_lines(text, path))
    write_text(path, text)
    return keys


def _in_words(fields: Mapping[str, str]) -> str:
    return ", ".join(f"{name} '{text}'" for name, text in fields.items() if text)
