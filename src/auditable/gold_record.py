"""The gold record: raw/<study_id>/gold.csv, keyed by hand, read here and nowhere else.

Comes in: the file. Goes out: a Gold frame, or an error that names the line. What agrees with it is left to
reconcile.py.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd

from auditable.model import AuditableError
from schemas.frames import STATISTICS, Gold, empty_frame

_GOLD_COLUMNS = tuple(name for name in Gold.to_schema().columns if name != "gold_line")


def read_gold(path: Path) -> pd.DataFrame:
    """The gold record as a Gold frame, one row per line, in the order of the file.

    Raises AuditableError, naming file and line, for an unknown or lacking column, a ragged or repeated line, an unknown
    statistic.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise AuditableError(
            "the gold record cannot be read",
            where=str(path),
            expected="a CSV file in UTF-8",
            found=str(error),
            remedy="Save the file again as CSV UTF-8.",
        ) from error
    reader = csv.reader(text.splitlines(keepends=True))
    header = next(reader, [])
    _check_header(header, path)
    rows: list[dict[str, object]] = []
    seen: dict[tuple[str, ...], int] = {}
    last = reader.line_num
    for fields in reader:
        line, last = last + 1, reader.line_num
        if not any(fields):
            continue
        _check_line(fields, header, line, seen, path)
        seen[tuple(fields)] = line
        rows.append({"gold_line": line, **dict(zip(header, fields, strict=True))})
    if not rows:
        return empty_frame(Gold)
    return Gold.validate(pd.DataFrame(rows)[["gold_line", *_GOLD_COLUMNS]], lazy=True)


def _check_header(header: list[str], path: Path) -> None:
    unknown, lacking = [c for c in header if c not in _GOLD_COLUMNS], [c for c in _GOLD_COLUMNS if c not in header]
    if unknown or lacking or len(set(header)) != len(header):
        what = f"unknown column {', '.join(unknown)}" if unknown else f"column {', '.join(lacking)} is missing"
        what = what if unknown or lacking else "a column stands twice"
        raise AuditableError(
            f"{what} in the gold record",
            where=f"{path}, line 1",
            expected="the columns " + ", ".join(_GOLD_COLUMNS),
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
    if tuple(fields) in seen:
        raise AuditableError(
            "a line of the gold record is repeated",
            where=where,
            expected="each statistic keyed once",
            found=f"the same fields as line {seen[tuple(fields)]}",
            remedy="Delete one of the two lines.",
        )
