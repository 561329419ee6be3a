"""A keyer's file, cell by cell beside the ink: what was keyed of one printed cell, checked with one key or corrected.

Comes in: a study, who keys, and what the person typed. Goes out: the cells of raw/<study_id>/gold/<keyer>.csv with the
places to picture, and that file with single rows checked or changed. The record itself is made by signing
(gold_sign.py), rows are changed by gold_entry.py, pages are left to desk_pages.py.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from auditable.gold_draft import draft_gold, read_signed, start_keyer
from auditable.gold_entry import check_row, edit_fields
from auditable.gold_files import check_name, keyer_path
from auditable.gold_record import GOLD_FILE, TYPED_COLUMNS, one_line, read_keyed
from auditable.model import AuditableError
from auditable.reconcile import reconcile
from auditable.review.desk_shelf import Material
from auditable.review.pictures import Place
from auditable.review.places import Atlas
from schemas.frames import Gold

PLACE = ("table_id", "stub_path", "spanner_path", "raw_text")
"""What rows of one printed cell share: "10 (55.6)" is keyed as a count and a percentage."""
TYPED = tuple(name for name in TYPED_COLUMNS if name != "raw_text")
"""What the page lets a person type; what was printed is what the cell is recognised by."""
Typed = Mapping[str, Mapping[str, str]]
"""What stands in the fields of the page: row key → column → text."""
RECORD, DRAFT = "record", "draft"
"""What a keyer's file may begin with: the signed gold record, or what we read."""


@dataclass(frozen=True)
class KeyedRow:
    """One row of the file: its key and what was typed."""

    key: str
    typed: Mapping[str, str]
    keyed_by: str
    is_checked: bool


@dataclass(frozen=True)
class KeyedCell:
    """The rows of one printed cell, or of one number of the text. number: its place among the cells, from 1."""

    number: int
    table_id: str
    stub_path: str
    spanner_path: str
    raw_text: str
    rows: tuple[KeyedRow, ...]

    @property
    def key(self) -> str:
        """The key of its first row."""
        return self.rows[0].key

    @property
    def is_checked(self) -> bool:
        """Whether a person compared all its rows with the page."""
        return all(row.is_checked for row in self.rows)

    @property
    def stamp(self) -> str:
        """Sixteen hexadecimal digits that change when any of its rows does."""
        return hashlib.sha256(repr(self.rows).encode()).hexdigest()[:16]


class CellChangedError(AuditableError):
    """The rows of the cell are not those that the page showed."""


def list_sources(study_folder: Path) -> list[str]:
    """What a new keyer's file may begin with."""
    return [RECORD, DRAFT] if (study_folder / GOLD_FILE).is_file() else [DRAFT]


def begin_file(material: Material, who: str, source: str) -> Path:
    """The keyer's new file; raises AuditableError where there is one, for another source, and for a name that no file
    can have."""
    folder = material.study_folder
    if source not in list_sources(folder):
        raise AuditableError(
            "a keyer's file cannot begin with this", where=str(folder), expected=" or ".join(list_sources(folder)),
            found=source or "nothing",
        )  # fmt: skip
    rows = read_signed(folder) if source == RECORD else draft_gold(material.frames.observations)
    return start_keyer(folder, check_name(who), rows)


def read_cells(study_folder: Path, who: str) -> list[KeyedCell] | None:
    """The cells of the keyer's file in its order; None where there is no file yet."""
    path = keyer_path(study_folder, who)
    if not path.is_file():
        return None
    rows = [{str(k): v for k, v in row.items()} for row in read_keyed(path).to_dict("records")]
    groups = [(place, list(found)) for place, found in groupby(rows, lambda r: tuple(str(r[name]) for name in PLACE))]
    return [KeyedCell(i, *place, rows=tuple(map(_row, found))) for i, (place, found) in enumerate(groups, 1)]


def find_cell(cells: Sequence[KeyedCell], key: str) -> KeyedCell | None:
    """The cell that holds the row with this key."""
    return next((c for c in cells if any(row.key == key for row in c.rows)), None)


def find_inks(material: Material, who: str) -> dict[str, Place]:
    """Where each row of the keyer's file is printed, by its key, as far as we read something there."""
    keyed = read_keyed(keyer_path(material.study_folder, who))
    atlas = Atlas(material.frames, material.reading.tables, material.reading.pages)
    gold = keyed[list(Gold.to_schema().columns)]
    matched = reconcile(material.study_id, material.frames.observations, gold).matches
    observed = dict(zip(matched["gold_line"], matched["observation_id"], strict=True))
    inks: dict[str, Place] = {}
    for row in keyed.to_dict("records"):
        labels = (str(row["table_id"]), str(row["stub_path"]), str(row["spanner_path"]))
        ink = atlas.observations.get(str(observed.get(row["gold_line"], ""))) or atlas.cell(*labels)
        place = atlas.place(ink) if ink else None
        if place is not None:
            inks[str(row["line_key"])] = place
    return inks


def check_cell(study_folder: Path, who: str, cell: KeyedCell, seen: str, typed: Typed) -> None:
    """Marks every row of the cell as compared with the page by this person.

    seen: the stamp that the page showed; raises CellChangedError for another one. typed: what stood in the fields;
    raises AuditableError where it is not what is keyed: the row must not count as checked with another value.
    """
    _same(cell, seen)
    for row in cell.rows:
        for column, text in _changes(row, typed).items():
            raise AuditableError(
                "a field was typed anew", where=f"{column} of {cell.stub_path}, {cell.spanner_path}",
                expected=row.typed[column], found=text, remedy="Save what was typed, or go back to what is keyed.",
            )  # fmt: skip
    for row in cell.rows:
        check_row(keyer_path(study_folder, who), row.key, who, seen=row.typed)


def save_cell(study_folder: Path, who: str, cell: KeyedCell, seen: str, typed: Typed) -> None:
    """Writes what was typed anew; the cell counts as checked by this person.

    Raises CellChangedError as check_cell does, AuditableError for what cannot be keyed.
    """
    _same(cell, seen)
    path = keyer_path(study_folder, who)
    for row in cell.rows:
        key, anew = row.key, _changes(row, typed)
        if anew:
            key = edit_fields(path, key, anew, who, seen={column: row.typed[column] for column in anew})
        check_row(path, key, who, seen={})


def _changes(row: KeyedRow, typed: Typed) -> dict[str, str]:
    """The fields of the row that hold something else than what is keyed."""
    texts = typed.get(row.key, {})
    return {c: texts[c] for c in TYPED if c in texts and one_line(texts[c]) != one_line(row.typed[c])}


def _same(cell: KeyedCell, seen: str) -> None:
    if cell.stamp != seen:
        raise CellChangedError(
            "the rows of this cell were changed meanwhile", where=f"{cell.stub_path}, {cell.spanner_path}",
            expected="the rows that were shown", found="others", remedy="Look at the cell again.",
        )  # fmt: skip


def _row(row: Mapping[str, object]) -> KeyedRow:
    typed = {name: str(row[name]) for name in TYPED}
    return KeyedRow(str(row["line_key"]), typed, str(row["keyed_by"]), bool(row["is_checked"]))


class InkCache:
    """Where the rows of keyers' files are printed, found once for each set of rows."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[object, dict[str, Place]]] = {}

    def place(self, material: Material, who: str, cells: Sequence[KeyedCell], cell: KeyedCell) -> Place | None:
        """The place of a cell, the same for all its rows, or None where we read nothing."""
        state = (material.number, tuple(row.key for c in cells for row in c.rows))
        kept = self._kept.get(material.study_id)
        if kept is None or kept[0] != state:
            kept = self._kept[material.study_id] = (state, find_inks(material, who))
        return next((kept[1][row.key] for row in cell.rows if row.key in kept[1]), None)
