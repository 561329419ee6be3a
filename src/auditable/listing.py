"""Observations → lists a clinician can read: one line per value, table by table, then the text.

Comes in: the Observations frame of one study. Goes out: listings with a title and lines of plain words: what was
measured, of whom, which statistic, the value as printed, of how many, and where it stands. How wide the lines are
drawn is left to terminal.py. Nothing is computed or left out.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from auditable.model import PATH_SEPARATOR, AuditableError
from schemas.frames import STATISTICS

TEXT = "text"
"""What is asked for, in the place of a table, to see the numbers of sentences, captions and notes."""
STATISTIC_WORDS = {
    "n": "count", "pct": "percent", "sd": "SD", "se": "SE", "q1": "lower quartile", "q3": "upper quartile",
    "iqr": "IQR", "ci_low": "CI from", "ci_high": "CI to", "ci_level": "CI level", "hr": "HR", "or": "OR", "rr": "RR",
    "bound": "", "value": "", "text": "",
}  # fmt: skip
"""Statistics whose name in the data is no word of the clinic; the others are shown by their name."""
MISSING_WORDS = {
    "NR": "not reached or reported (NR)", "NE": "not estimable (NE)", "NA": "not available (NA)",
    "NK": "not known (NK)", "dash": "a dash", "blank": "nothing", "other": "no value",
}  # fmt: skip
SIGNS = {">=": "≥", "<=": "≤"}
CANONICAL = {name: k for k, name in enumerate(STATISTICS)}
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Line:
    """One printed place in words: statistics of one cell that speak of the same stand together.

    is_named: its variable is in the codebook, so `what` is not just the printed label. n: observations in the line.
    quote: the sentence, with the number in »these marks«, "" in tables.
    """

    what: str
    is_named: bool
    whom: str
    value: str
    of: str
    place: str
    quote: str = ""
    n: int = 1


@dataclass(frozen=True, slots=True)
class Listing:
    """The lines of one table, or of the text."""

    title: str
    lines: tuple[Line, ...]
    is_text: bool = False


def list_observations(observations: pd.DataFrame, table_id: str = "") -> list[Listing]:
    """The listings of a study, or the one named; raises AuditableError, with the names there are, for another."""
    groups: dict[str, list[Row]] = defaultdict(list)
    for record in observations.to_dict("records"):
        row = {str(k): v for k, v in record.items()}
        groups[str(row["table_id"]) if row["source"] == "table" else TEXT].append(row)
    names = sorted(groups, key=lambda name: (name == TEXT, table_order(name)))
    wanted = [name for name in names if table_id.upper() in ("", name.upper())]
    if table_id and not wanted:
        raise AuditableError(
            "There are no observations of that name.",
            expected=f"one of {', '.join(names) or 'none'}",
            found=table_id,
        )
    return [_listing(name, groups[name]) for name in wanted]


def pick_observations(observations: pd.DataFrame, table_id: str = "") -> pd.DataFrame:
    """The rows that list_observations lists."""
    list_observations(observations, table_id)
    name = observations["table_id"].where(observations["source"] == "table", TEXT)
    return observations[name.str.upper() == table_id.upper()] if table_id else observations


def table_order(table_id: str) -> tuple[str, tuple[int, ...], str]:
    """A key that sorts T2 before T10 and T4 before T4-2; no two names have the same."""
    return re.split(r"\d", table_id)[0], tuple(int(n) for n in re.findall(r"\d+", table_id)), table_id


def what_in_words(row: Row) -> str:
    """Variable and category with grade and kind of event; the printed label where the codebook knows no variable."""
    if not row["variable"]:
        return str(row["stub_path"] or row["subject"])
    name = str(row["variable"]).replace("_", " ")
    details = [f"grade {row['grade']}" if row["grade"] else "", str(row["event_kind"])]
    named = f"{name}: {row['category']}" if row["category"] else name
    return ", ".join([named, *(d for d in details if d)])


def whom_in_words(row: Row) -> str:
    """Arm, part of the patients, patient, population and time point, as far as they are known."""
    patient = f"patient {row['patient']}" if row["patient"] else ""
    other = f"another study {row['reference']}".strip() if row["speaks_of"] == "another study" else ""
    parts = (row["arm"], row["subgroup"], patient, row["population"], row["timepoint"], other)
    return " · ".join(str(p) for p in parts if p)


def _listing(name: str, rows: list[Row]) -> Listing:
    if name == TEXT:
        ordered = sorted(rows, key=lambda r: (int(r["page"]), float(r["top_pt"]), str(r["quote"]), int(r["start"])))
        by_sentence: dict[tuple[str, str], list[Row]] = defaultdict(list)
        for row in ordered:
            by_sentence[_place(row), str(row["quote"])].append(row)
        lines = [_line([r]) for said in by_sentence.values() for r in sorted(said, key=lambda r: int(r["start"]))]
        return Listing("Text, captions and notes", tuple(lines), is_text=True)
    cells: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in sorted(rows, key=lambda r: (int(r["row"]), int(r["col"]), CANONICAL[str(r["statistic"])])):
        cells[_place(row), what_in_words(row), whom_in_words(row), str(row["denominator"])].append(row)
    kind = str(rows[0]["table_type"])
    title = f"{name} · {kind if kind != 'unknown' else 'type not known'}"
    return Listing(title, tuple(map(_line, _join_counts(cells.values()))))


def _join_counts(cells: Iterable[list[Row]]) -> list[list[Row]]:
    """Cells whose statistics differ only in that some have no denominator, such as a total beside its count, as one."""
    out: list[list[Row]] = []
    for cell in cells:
        last = out[-1] if out else []
        is_same = bool(last) and all(f(last[0]) == f(cell[0]) for f in (_place, what_in_words, whom_in_words))
        if is_same and "" in (str(last[0]["denominator"]), str(cell[0]["denominator"])):
            out[-1] = sorted([*last, *cell], key=lambda r: CANONICAL[str(r["statistic"])])
        else:
            out.append(cell)
    return out


def _line(rows: Sequence[Row]) -> Line:
    row = rows[0]
    return Line(
        what=what_in_words(row),
        is_named=bool(row["variable"]),
        whom=whom_in_words(row),
        value=" · ".join(map(_value, rows)),
        of=next((str(r["denominator"]) for r in rows if r["denominator"]), ""),
        place=_place(row),
        quote=_quote(row) if row["source"] != "table" else "",
        n=len(rows),
    )


def _value(row: Row) -> str:
    name = STATISTIC_WORDS.get(str(row["statistic"]), str(row["statistic"]))
    if row["missing"]:
        return MISSING_WORDS[str(row["missing"])]
    sign = SIGNS.get(str(row["comparator"]), str(row["comparator"]))
    return f"{name} {sign}{row['value']} {row['unit']}".strip()


def _place(row: Row) -> str:
    if row["source"] == "table":
        return f"p. {row['page']}, row {int(row['row']) + 1}, col {int(row['col']) + 1}"
    section = str(row["section"]).rpartition(PATH_SEPARATOR)[2] if row["source"] == "prose" else str(row["source"])
    return f"p. {row['page']}, {section}".removesuffix(", ")


def _quote(row: Row) -> str:
    """The sentence with the number in »these marks«."""
    text, start, end = str(row["quote"]), int(row["start"]), int(row["end"])
    return f"{text[:start]}»{text[start:end]}«{text[end:]}"
