"""Gold rows and observations → Matches: what we read in the place of every hand-keyed statistic, and how much agrees.

Comes in: raw/<study_id>/gold.csv (this module alone opens it) and the observations of the study. Goes out: one row per
gold row with its kind and one plain sentence. Which observation answers which row is left to matching.py and
prose_matching.py, sameness of text to sameness.py, verdicts of the curator to decisions.py.
"""

from __future__ import annotations

import csv
import hashlib
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from auditable.matching import PROSE, Side, gold_side, match_tables, read_side
from auditable.model import AuditableError
from auditable.prose_matching import match_prose
from auditable.sameness import is_same_number
from schemas.frames import STATISTICS, Gold, Matches, Observations, empty_frame

SUMMARY_COLUMNS = (
    "study_id", "gold_rows", "equal", "share_equal", "wrong", "share_wrong", "missing", "label_only",
    "text_rows", "text_equal", "text_wrong", "text_missing",
)  # fmt: skip

STATISTIC_WORDS = {
    "n": "count", "pct": "percentage", "min": "minimum", "max": "maximum", "q1": "first quartile",
    "q3": "third quartile",
    "sd": "standard deviation", "se": "standard error", "ci_low": "lower confidence limit",
    "ci_high": "upper confidence limit", "ci_level": "confidence level", "hr": "hazard ratio", "or": "odds ratio",
    "rr": "risk ratio",
}  # fmt: skip
"""Plain words for statistics in sentences; the others are words already."""

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


def reconcile(study_id: str, observations: pd.DataFrame, gold: pd.DataFrame) -> pd.DataFrame:
    """One row per gold row: what we read in its place (Matches), in the order of the gold lines.

    observations: an Observations frame; rows of other studies are left aside.
    """
    Observations.validate(observations, lazy=True)
    if gold.empty:
        return empty_frame(Matches)
    own = observations[observations["study_id"] == study_id]
    keyed = [gold_side(row) for row in gold.to_dict("records")]
    read = [read_side(row) for row in own.sort_values(["page", "row", "col"], kind="stable").to_dict("records")]
    table_gold = [g for g in keyed if g.table_id != PROSE]
    pairs = match_tables(table_gold, [o for o in read if o.source == "table"])
    pairs |= match_prose([g for g in keyed if g.table_id == PROSE], [o for o in read if o.source != "table"])
    ids = _discrepancy_ids(study_id, keyed)
    rows = [_match_row(study_id, g, *pairs.get(g.index, (None, "missing")), ids[g.index]) for g in keyed]
    return Matches.validate(pd.DataFrame(rows), lazy=True)


def gold_summary(matches: pd.DataFrame) -> pd.DataFrame:
    """One row per study: gold rows that agree, are wrong (present but different) or missing; tables apart from text.

    "equal" counts rows whose value, statistic and unit are equal, thus also those of kind "label only"; label_only
    counts these again, and they stay listed as discrepancies. Shares are of the gold rows of tables, None where there
    are none.
    """
    rows = []
    for study_id, own in matches.groupby("study_id", sort=True):
        is_text = own["table_id"] == PROSE
        table, text = _counts(own.loc[~is_text, "kind"]), _counts(own.loc[is_text, "kind"])
        n = table["rows"]
        rows.append(
            {
                "study_id": str(study_id),
                "gold_rows": n,
                "equal": table["equal"],
                "share_equal": table["equal"] / n if n else None,
                "wrong": table["wrong"],
                "share_wrong": table["wrong"] / n if n else None,
                "missing": table["missing"],
                "label_only": table["label_only"],
                **{f"text_{name}": text[name] for name in ("rows", "equal", "wrong", "missing")},
            }
        )
    return pd.DataFrame(rows, columns=list(SUMMARY_COLUMNS))


def place_in_words(table_id: str, stub_path: str, spanner_path: str) -> str:
    """Where a gold row stands, as every message begins: "Table 1, 'Age > Median' under 'All patients'"."""
    where = f"{'Text' if table_id == PROSE else table_name(table_id)}, '{stub_path}'"
    return where + (f" under '{spanner_path}'" if spanner_path else "")


def table_name(table_id: str) -> str:
    """The name a reader knows: "Table 1" for T1."""
    return f"Table {table_id[1:]}" if table_id[:1] == "T" and table_id[1:].isdigit() else f"Table {table_id}"


def say_value(statistic: str, value: str, unit: str) -> str:
    """A statistic with its value and unit in words: "median 70.5 years", "no value ('NR')"."""
    if statistic == "missing":
        return f"no value ('{value}')"
    after = "" if not unit else "%" if unit == "%" else f" {unit}"
    return f"{STATISTIC_WORDS.get(statistic, statistic)} {value or 'nothing'}{after}"


def _counts(kinds: pd.Series) -> dict[str, int]:
    return {
        "rows": len(kinds),
        "equal": int(kinds.isin(("equal", "label only")).sum()),
        "wrong": int(kinds.isin(("value", "statistic", "unit")).sum()),
        "missing": int((kinds == "missing").sum()),
        "label_only": int((kinds == "label only").sum()),
    }


def _discrepancy_ids(study_id: str, gold: Sequence[Side]) -> dict[int, str]:
    """A short id per gold row that does not change when lines are added or moved; a repeated place is numbered."""
    count: dict[str, int] = defaultdict(int)
    ids: dict[int, str] = {}
    for g in gold:
        key = "\x1f".join((study_id, g.table_id, g.stub, g.spanner, g.statistic))
        digest = hashlib.sha256(key.encode()).hexdigest()[:10]
        ids[g.index] = f"D-{digest}" + (f"-{count[key] + 1}" if count[key] else "")
        count[key] += 1
    return ids


def _match_row(study_id: str, gold: Side, read: Side | None, kind: str, item_id: str) -> dict[str, object]:
    box = {c: read.row[c] if read else None for c in ("x0_pt", "top_pt", "x1_pt", "bottom_pt")}
    return {
        "discrepancy_id": "" if kind == "equal" else item_id,
        "study_id": study_id,
        "kind": kind,
        "gold_line": gold.index,
        "table_id": gold.table_id,
        "stub_path": gold.stub,
        "spanner_path": gold.spanner,
        "statistic": gold.statistic,
        "gold_value": gold.value,
        "gold_unit": gold.unit,
        "read_statistic": read.statistic if read else "",
        "read_value": read.value if read else "",
        "read_unit": read.unit if read else "",
        "observation_id": read.text("observation_id") if read else "",
        "message": _message(gold, read, kind),
        "page": read.row["page"] if read else 0,
        **box,
    }


def _message(gold: Side, read: Side | None, kind: str) -> str:
    where = place_in_words(gold.table_id, gold.stub, gold.spanner)
    says = f"gold says {_said(gold)}"
    if read is None:
        return f"{where}: {says}, we read nothing there."
    if kind == "equal":
        return f"{where}: gold and our reading both say {_said(gold)}."
    if kind == "label only":
        return f"{where}: both say {_said(gold)}, but we read the label as '{_label(read)}'."
    if kind == "value" and is_same_number(gold.value, read.value):
        return f"{where}: {says}, we read {read.value}: the same number, other printed decimals."
    if kind == "value" and gold.statistic == read.statistic:
        label = "" if read.place == gold.place else f" under the label '{_label(read)}'"
        return f"{where}: {says}, we read {read.value or 'an empty cell'}{label}."
    return f"{where}: {says}, we read {_said(read)}."


def _said(side: Side) -> str:
    return say_value(side.statistic, side.value, side.unit)


def _label(side: Side) -> str:
    own = side.text("table_id")
    table = table_name(own) if own not in ("", side.table_id) else ""
    return " | ".join(p for p in (table, side.stub, side.spanner) if p)


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
