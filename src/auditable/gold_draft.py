"""Observations → a draft of a gold file, in the shape in which people key: every row marked as not reviewed.

Comes in: the observations of one study. Goes out: rows of a gold file, the tables first, then the sentences; or the
file of one keyer, begun with them. A draft is never compared with as truth (gold_record.py refuses it), and it holds
the errors of our reading: it saves typing, not looking. Checking its rows is left to gold_entry.py.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from auditable.gold_files import draft_path, gold_lock, keyer_path
from auditable.gold_record import (
    DRAFT,
    GOLD_COLUMNS,
    GOLD_FILE,
    GoldLine,
    format_rows,
    keyed_frame,
    line_keys,
    one_line,
    read_keyed,
)
from auditable.listing import CANONICAL, SIGNS, Row, table_order, what_in_words, whom_in_words
from auditable.matching import PROSE
from auditable.model import PATH_SEPARATOR, AuditableError
from auditable.store import write_text
from schemas.frames import Observations

SPELLED = ("NR", "NE", "NA", "NK")
"""Reasons for a missing value that people key by their short form, whatever else the cell prints."""
WORDS_BEFORE = 6
"""Words of the sentence before a number that nothing else names."""


def draft_gold(observations: pd.DataFrame) -> pd.DataFrame:
    """A Keyed frame of what was read of one study, no row checked; the lines are those of the file to be written.

    Tables row by row, then the sentences in the order printed. Left out, as people do not key them: numbers of
    sentences that speak of other studies, confidence levels, and what a note says of a cell that does not print it.
    What is printed twice under one label is one row. The label of a number of the text is made of what we hold it for,
    and of the words around it.
    """
    return keyed_frame([line for line, _ in _lines(observations)])


def draft_origins(observations: pd.DataFrame) -> dict[str, str]:
    """line_key → observation_id of the rows of draft_gold: where a row was read, also where the text has it twice."""
    lines = _lines(observations)
    return dict(zip(line_keys([line for line, _ in lines]), (origin for _, origin in lines), strict=True))


def write_draft(study_folder: Path, rows: pd.DataFrame) -> Path:
    """gold/draft.csv, made anew of these rows; raises AuditableError when somebody keyed in the one that is there."""
    path = draft_path(study_folder)
    with gold_lock(path.parent):
        n_keyed = int(read_keyed(path)["is_checked"].sum()) if path.is_file() else 0
        if n_keyed:
            raise AuditableError(
                "somebody keyed in the draft", where=str(path), expected="no row but ours",
                found=f"{n_keyed} rows keyed by people", remedy="Give the file the keyer's name, then draft again.",
            )  # fmt: skip
        write_text(path, _as_file(rows))
    return path


def start_keyer(study_folder: Path, keyer: str, rows: pd.DataFrame) -> Path:
    """The keyer's file, begun with these rows; raises AuditableError when there is one: no work is overwritten."""
    path = keyer_path(study_folder, keyer)
    with gold_lock(path.parent):
        taken = [p.name for p in path.parent.glob("*.csv") if p.stem.casefold() == keyer.casefold()]
        if taken:
            raise AuditableError(
                "this keyer has a file already", where=str(path.parent), expected="a name without a file",
                found=taken[0], remedy="Go on with it, or take another name.",
            )  # fmt: skip
        write_text(path, _as_file(rows))
    return path


def read_signed(study_folder: Path) -> pd.DataFrame:
    """The rows of the gold record itself, so that keyers can mend one that was signed; raises when there is none."""
    return read_keyed(study_folder / GOLD_FILE)


def _as_file(rows: pd.DataFrame) -> str:
    return format_rows([{str(k): str(v) for k, v in row.items()} for row in rows.to_dict("records")])


def _lines(observations: pd.DataFrame) -> list[tuple[GoldLine, str]]:
    """The lines of the draft, each with the observation it was made of."""
    read = Observations.validate(observations, lazy=True).to_dict("records")
    rows: list[Row] = [row for r in read if _is_keyed(row := {str(k): v for k, v in r.items()})]
    tables = sorted((r for r in rows if r["source"] == "table"), key=_place)
    text = [r for r in rows if r["source"] != "table"]
    text.sort(key=lambda r: (r["page"], r["top_pt"], r["quote"], r["start"], CANONICAL[r["statistic"]]))
    unique: dict[tuple[str, ...], tuple[dict[str, str], str]] = {}
    for row in [*tables, *text]:
        drafted = _row(row)
        unique.setdefault(tuple(drafted.values()), (drafted, str(row["observation_id"])))
    return [(GoldLine(line, 1, drafted), origin) for line, (drafted, origin) in enumerate(unique.values(), 2)]


def _is_keyed(row: Row) -> bool:
    if row["statistic"] == "ci_level":
        return False
    if row["source"] == "table":
        return row["statistic_from"] != "note" or str(row["value"]) in str(row["raw_text"])
    return row["source"] == "prose" and row["speaks_of"] == "this study"


def _place(row: Row) -> tuple[object, ...]:
    return (table_order(row["table_id"]), row["row"], row["col"], CANONICAL[row["statistic"]], row["observation_id"])


def _row(row: Row) -> dict[str, str]:
    """One observation as people key it."""
    is_table = row["source"] == "table"
    printed = {
        "table_id": row["table_id"] if is_table else PROSE,
        "stub_path": row["stub_path"] if is_table else _label(row),
        "spanner_path": row["spanner_path"] if is_table else "",
        "statistic": "missing" if row["missing"] and not row["value"] else row["statistic"],
        "value": _value(row),
        "unit": row["unit"],
        "marks": row["marks"],
        "raw_text": row["raw_text"],
        "keyed_by": DRAFT,
    }
    return {name: one_line(str(printed[name])) for name in GOLD_COLUMNS}


def _value(row: Row) -> str:
    if row["value"]:
        return SIGNS.get(row["comparator"], row["comparator"]) + row["value"]
    return row["missing"] if row["missing"] in SPELLED else row["raw_text"]


def _label(row: Row) -> str:
    """Whom and what a number of the text speaks of, with its own words; those before it where nothing is known."""
    subject = str(row["subject"]).replace(" | ", ", ")
    what = what_in_words(row) if row["variable"] else ""
    parts = [whom_in_words(row), what, subject]
    before = str(row["quote"])[: int(row["start"])].split()[-WORDS_BEFORE:]
    return PATH_SEPARATOR.join(p for p in parts if p) or " ".join(before) or str(row["section"])
