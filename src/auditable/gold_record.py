"""Gold files, keyed by hand: the gold record raw/<study_id>/gold.csv, and each keyer's file of a double entry.

Comes in: a file. Goes out: its lines, or a Gold or Keyed frame, or an error that names the line. What agrees with gold
is left to reconcile.py, keying and signing to gold_entry.py and gold_sign.py.
"""

from __future__ import annotations

import csv
import hashlib
import io
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from auditable.model import AuditableError
from schemas.frames import STATISTICS, Gold, frame_of
from schemas.gold_frames import Keyed

GOLD_FILE = "gold.csv"
GOLD_COLUMNS = tuple(name for name in Gold.to_schema().columns if name != "gold_line")
PLACE_COLUMNS = ("table_id", "stub_path", "spanner_path", "statistic")
"""What says which number a line keys; the other columns say what it is."""
TYPED_COLUMNS = ("statistic", "value", "unit", "marks", "raw_text")
"""What a person types who looks at the page: a row's place and keyed_by are not looked up there."""
DRAFT = "draft: not reviewed"
"""keyed_by of a row that our reading filled in and nobody has checked against the page."""


@dataclass(frozen=True, slots=True)
class GoldLine:
    """One record of a gold file. line: where it begins, the header being 1; n_lines: it may hold line breaks."""

    line: int
    n_lines: int
    fields: dict[str, str]


def read_gold(path: Path) -> pd.DataFrame:
    """The gold record as a Gold frame, one row per line, in the order of the file.

    Raises AuditableError, naming file and line, for an unknown or lacking column, a ragged or repeated line, an unknown
    statistic, and for a row of a draft: what we read ourselves is no truth to compare our reading with.
    """
    lines = parse_lines(read_text(path), path)
    drafts = [one.line for one in lines if is_draft(one.fields["keyed_by"])]
    if drafts:
        raise AuditableError(
            "the gold record holds rows of a draft, which nobody checked against the page",
            where=f"{path}, line {drafts[0]}",
            expected="rows keyed by people",
            found=f"{len(drafts)} of {len(lines)} rows keyed by '{DRAFT}'",
            remedy="Check its rows in the folder gold/, and let `auditable gold sign` make the record.",
        )
    return frame_of([{"gold_line": one.line, **one.fields} for one in lines], Gold)


def read_keyed(path: Path) -> pd.DataFrame:
    """A file of a double entry as a Keyed frame, drafts included; raises as read_gold does."""
    return keyed_frame(parse_lines(read_text(path), path))


def keyed_frame(lines: list[GoldLine]) -> pd.DataFrame:
    """The lines as a Keyed frame, in their order."""
    rows = [
        {"gold_line": one.line, **one.fields, "line_key": key, "is_checked": not is_draft(one.fields["keyed_by"])}
        for one, key in zip(lines, line_keys(lines), strict=True)
    ]
    return frame_of(rows, Keyed)


def line_keys(lines: list[GoldLine]) -> list[str]:
    """An id per line that stays while values and units change: made of what it keys, not of what it says.

    Lines that key one place twice are told apart by their order: taking out the first gives the second its id.
    """
    met: Counter[tuple[str, ...]] = Counter()
    keys: list[str] = []
    for one in lines:
        place = tuple(one.fields[name] for name in PLACE_COLUMNS)
        keys.append("L-" + hashlib.sha256("\x1f".join((*place, str(met[place]))).encode()).hexdigest()[:12])
        met[place] += 1
    return keys


def is_draft(keyed_by: str) -> bool:
    """Whether a row is ours, and unchecked."""
    return keyed_by.strip().casefold().startswith("draft")


def read_text(path: Path) -> str:
    """The file's text, its byte order mark and line ends kept; raises AuditableError for what is not UTF-8."""
    try:
        return path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise AuditableError(
            "the gold record cannot be read",
            where=str(path),
            expected="a CSV file in UTF-8",
            found=str(error),
            remedy="Save the file again as CSV UTF-8.",
        ) from error


def parse_lines(text: str, path: Path) -> list[GoldLine]:
    """The records of a gold file in their order; raises AuditableError, naming file and line, for a broken one."""
    # Lines end at \n and \r alone: str.splitlines would also part a cell at signs that PDFs hold, such as U+2028.
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    header = next(reader, [])
    _check_header(header, path)
    found: list[GoldLine] = []
    seen: dict[tuple[str, ...], int] = {}
    last = reader.line_num
    try:
        for fields in reader:
            line, last = last + 1, reader.line_num
            if not any(fields):
                continue
            _check_line(fields, header, line, seen, path)
            seen[_said(fields, header)] = line
            found.append(GoldLine(line, last - line + 1, dict(zip(header, fields, strict=True))))
    except csv.Error as error:
        raise AuditableError(
            "a line of the gold record is no CSV",
            where=f"{path}, line {last + 1}",
            expected="fields parted by commas",
            found=str(error),
            remedy="Look for a double quote that is never closed.",
        ) from error
    return found


def one_line(text: str) -> str:
    """The text with runs of blanks, line ends and control characters as one blank: no cell of a PDF breaks a file."""
    return " ".join("".join(" " if unicodedata.category(c) == "Cc" else c for c in text).split())


def format_rows(
    rows: Sequence[Mapping[str, str]], header: tuple[str, ...] = GOLD_COLUMNS, *, with_header: bool = True
) -> str:
    """The rows as lines of a gold file, each field on one line and each line ending in LF."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    if with_header:
        writer.writerow(header)
    writer.writerows([one_line(str(row[name])) for name in header] for row in rows)
    return out.getvalue()


def _check_header(header: list[str], path: Path) -> None:
    unknown, lacking = [c for c in header if c not in GOLD_COLUMNS], [c for c in GOLD_COLUMNS if c not in header]
    if unknown or lacking or len(set(header)) != len(header):
        what = f"unknown column {', '.join(unknown)}" if unknown else f"column {', '.join(lacking)} is missing"
        what = what if unknown or lacking else "a column stands twice"
        raise AuditableError(
            f"{what} in the gold record",
            where=f"{path}, line 1",
            expected="the columns " + ", ".join(GOLD_COLUMNS),
            found=", ".join(header) or "an empty file",
            remedy="Correct the first line of the file.",
        )


def _check_line(fields: list[str], header: list[str], line: int, seen: dict[tuple[str, ...], int], path: Path) -> None:
    where = f"{path}, line {line}"
    if len(fields) != len(header):
        raise AuditableError(
            "a line of the gold record has another number of fields than the header",
            where=where,
            expected=f"{len(header)} fields",
            found=f"{len(fields)}: {', '.join(fields)}",
            remedy='Put a text with a comma between double quotes ("…"), and keep a comma for each empty field.',
        )
    statistic = fields[header.index("statistic")]
    if statistic not in STATISTICS:
        raise AuditableError(
            "unknown statistic in the gold record",
            where=where,
            expected="one of " + ", ".join(STATISTICS),
            found=statistic or "nothing",
            remedy="Correct the statistic of this line.",
        )
    if _said(fields, header) in seen:
        raise AuditableError(
            "a line of the gold record is repeated",
            where=where,
            expected="each statistic keyed once",
            found=f"the same as line {seen[_said(fields, header)]}",
            remedy="Delete one of the two lines.",
        )


def _said(fields: list[str], header: list[str]) -> tuple[str, ...]:
    """What a line says, whoever keyed it."""
    return tuple(text for name, text in zip(header, fields, strict=True) if name != "keyed_by")
