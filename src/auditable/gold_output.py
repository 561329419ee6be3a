"""A comparison of two keyed files, for people or as data: text, JSON, or a CSV file to choose in.

Comes in: a GoldComparison and the names of the two keyers. Goes out: text. In the CSV file `take` is empty: filled with
a keyer's name or letter in each line it is what `auditable gold sign --choices` reads.
"""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pandas as pd

from auditable.gold_compare import GoldComparison, agreement
from auditable.gold_record import read_text
from auditable.model import AuditableError
from auditable.review.environment import show_unseen
from auditable.spreadsheet import guard_text
from schemas.gold_frames import GoldDifferences

ID, TAKE = "difference_id", "take"


def format_comparison(found: GoldComparison, pair: tuple[str, str], form: str) -> str:
    """The comparison as "text", "json" (an object: agreement and differences) or "csv" (one line per difference)."""
    if form == "json":
        rows = found.differences.to_dict("records")
        told = {"a": pair[0], "b": pair[1], "agreement": agreement(found), "differences": rows}
        return json.dumps(told, ensure_ascii=False, indent=1) + "\n"
    return _choices_file(found.differences) if form == "csv" else str(show_unseen(_text(found, pair)))


def read_choices(path: Path) -> dict[str, str]:
    """difference_id → what `take` says, lines without a choice left out; raises AuditableError for another file."""
    text = read_text(path).removeprefix("\ufeff")
    reader = csv.DictReader(io.StringIO(text, newline=""))
    if not {ID, TAKE} <= set(reader.fieldnames or ()):
        raise AuditableError(
            "this is no file of choices", where=f"{path}, line 1", expected=f"the columns {ID} and {TAKE}",
            found=", ".join(reader.fieldnames or ()) or "an empty file",
            remedy="Begin with `auditable gold compare STUDY --format csv`.",
        )  # fmt: skip
    choices: dict[str, str] = {}
    for row in reader:
        key, take = (row[ID] or "").strip(), (row[TAKE] or "").strip()
        if choices.get(key, take) != take:
            raise AuditableError(
                "a difference is decided twice", where=f"{path}, line {reader.line_num}", expected=choices[key],
                found=take, remedy="Keep the line that holds.",
            )  # fmt: skip
        if take:
            choices[key] = take
    return choices


def parse_takes(takes: list[str]) -> dict[str, str]:
    """difference_id → choice, of texts like "G-1a2b3c4d5e=a"; raises AuditableError for another shape."""
    choices: dict[str, str] = {}
    for take in takes:
        key, sign, choice = take.partition("=")
        if not (sign and key and choice) or choices.get(key, choice) != choice:
            raise AuditableError(
                "this choice cannot be read", expected="each difference once, as ID=a or ID=b", found=take,
                remedy="`auditable gold compare STUDY` shows the ids.",
            )  # fmt: skip
        choices[key] = choice
    return choices


def _choices_file(differences: pd.DataFrame) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    columns = list(GoldDifferences.to_schema().columns)
    writer.writerow([ID, TAKE, *columns[1:]])
    writer.writerows(
        [row[ID], "", *(guard_text(str(row[name])) for name in columns[1:])] for row in differences.to_dict("records")
    )
    return out.getvalue()


def _text(found: GoldComparison, pair: tuple[str, str]) -> str:
    a, b = pair
    only = found.differences["kind"].value_counts()
    n_differ = found.n_shared - found.n_equal
    lines = [
        f"a is {a} ({found.n_a} rows), b is {b} ({found.n_b} rows).",
        f"Numbers keyed by either: {found.n_places}. The same in both: {found.n_equal}{_percent(found)}; they differ: "
        f"{n_differ}; only in a: {only.get('only in a', 0)}; only in b: {only.get('only in b', 0)}.",
        f"Numbers of tables keyed by both: {found.n_in_tables}. The same value: {found.n_same_value}; Cohen's kappa "
        + (f"{found.kappa:.3f}." if found.kappa is not None else "has no meaning here."),
    ]
    for name, unchecked in ((a, found.unchecked_a), (b, found.unchecked_b)):
        lines += [f"{name}: {len(unchecked)} rows of the draft are not checked against the page."] if unchecked else []
    lines += ["", *(_line(row) for row in found.differences.to_dict("records"))] if len(found.differences) else []
    return "\n".join(lines) + "\n"


def _line(row: dict) -> str:
    places = [f"{letter} line {row[f'{letter}_line']}" for letter in "ab" if row[f"{letter}_line"]]
    return f"{row[ID]}  {row['differs']}: {row['message']} ({', '.join(places)})"


def _percent(found: GoldComparison) -> str:
    return f" ({found.percent_agreement:.1f} %)" if found.percent_agreement is not None else ""
