"""Where every printed number went: into an observation, into what was left out with a reason, or nowhere.

Comes in: a reading, and the observations and rejected texts that were made of it. Goes out: the Coverage frame, counts
per table and per part of the text. Numbers are found anew, by figures and number words alone, so that nothing that
finds values can hide what it overlooked. A number of a table is held against the values of its own cell, a number of
a sentence against the stretches that were read or left out. Labels of tables are no values and are not counted.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from auditable.model import PATH_SEPARATOR, Reading, Sentence, Table
from schemas.frames import Coverage, Rejected, empty_frame

OBSERVED, LEFT_OUT, UNACCOUNTED = "observation", "left out", "unaccounted"
TEXT_PARTS = (
    ("abstract", re.compile(r"^\W*(?:structured |plain language )?(?:abstract|summary|synopsis)\b", re.IGNORECASE)),
    ("results", re.compile(r"^[\W\d]*(?:results?|findings)\b", re.IGNORECASE)),
    ("discussion", re.compile(r"^[\W\d]*(?:discussion|conclusions?|interpretation|comment)\b", re.IGNORECASE)),
)
"""Parts of the text, by the headings a sentence stands under, outermost first; all else is OTHER_TEXT."""
OTHER_TEXT, CAPTIONS = "other text", "captions and notes"
IN_NO_PART = "printed inside the table, but part of no cell, label, note or caption"
EXAMPLE_REACH = 40
"""Characters shown on each side of a number that is in no list."""
ORDER = ("abstract", "results", "discussion", OTHER_TEXT, CAPTIONS)
_FIGURES = re.compile(r"\d+(?:[.,·⋅∙‧٫'’]\d+)*")
_SPACES = r"[\s.,·⋅∙‧٫'’]*"
"""What may stand between the figures of one number."""
_SCALE = r"(?:hundred|thousand|million|billion)"
_CARDINAL = (
    r"(?:zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen"
    r"|(?:twen|thir|for|fif|six|seven|eigh|nine)ty(?:[-\s](?:one|two|three|four|five|six|seven|eight|nine)\b)?)"
)
_SCALED = re.compile(rf"{_FIGURES.pattern}\s{_SCALE}\b", re.IGNORECASE)
"""Figures and a word that multiplies them are one number: who takes "1.5" of "1.5 million" has not read it."""
_WORDS = re.compile(
    rf"\b(?:{_CARDINAL}(?:\s{_SCALE}(?:\s(?:and\s)?{_CARDINAL})?)?|half(?!-)|thirds|quarters|fifths|twice|thrice)\b",
    re.IGNORECASE,
)
_Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Count:
    """One printed number: the part it stands in, what became of it and why, and whether its variable is known."""

    part: str
    outcome: str
    reason: str
    is_known: bool
    text: str


def account(reading: Reading, observations: pd.DataFrame, rejected: pd.DataFrame) -> pd.DataFrame:
    """The Coverage frame of one study: key (study_id, part, outcome, reason)."""
    counts = [*_of_tables(reading.tables, observations, rejected), *_of_text(reading.sentences, observations, rejected)]
    rows: dict[tuple[str, str, str], list[_Count]] = defaultdict(list)
    for count in counts:
        rows[count.part, count.outcome, count.reason].append(count)
    made = [
        {
            "study_id": reading.study_id,
            "part": part,
            "outcome": outcome,
            "reason": reason,
            "n_numbers": len(found),
            "n_known": sum(c.is_known for c in found),
            "first_text": found[0].text if outcome == UNACCOUNTED else "",
        }
        for (part, outcome, reason), found in rows.items()
    ]
    return Coverage.validate(pd.DataFrame(made), lazy=True) if made else empty_frame(Coverage)


def reject_left_over(reading: Reading) -> pd.DataFrame:
    """The Rejected frame of what is printed inside tables and belongs to no part of them; row and col are -1."""
    rows = [
        {
            "study_id": reading.study_id,
            "source": "table",
            "table_id": table.table_id,
            "row": -1,
            "col": -1,
            "raw_text": left.text,
            "start": -1,
            "reason": IN_NO_PART,
            "page": left.page,
        }
        for table in reading.tables
        for left in table.left_over
    ]
    return Rejected.validate(pd.DataFrame(rows), lazy=True) if rows else empty_frame(Rejected)


def find_numbers(text: str) -> list[tuple[int, int]]:
    """Start and end of every number printed in a text: figures with their decimals, and number words."""
    found: list[tuple[int, int]] = []
    for pattern in (_SCALED, _WORDS, _FIGURES):
        spans = [m.span() for m in pattern.finditer(text)]
        found += [(a, b) for a, b in spans if not any(a < d and c < b for c, d in found)]
    return sorted(found)


def part_of(sentence: Sentence) -> str:
    """The part of the article a sentence stands in."""
    if sentence.source != "prose":
        return CAPTIONS
    heads = sentence.section.split(PATH_SEPARATOR)
    return next((name for head in heads for name, pattern in TEXT_PARTS if pattern.match(head.strip())), OTHER_TEXT)


def _of_tables(tables: Sequence[Table], observations: pd.DataFrame, rejected: pd.DataFrame) -> Iterator[_Count]:
    seen = rows_by(observations[observations["source"] == "table"], "table_id", "row", "col")
    reasons = rows_by(rejected[rejected["source"] == "table"], "table_id", "row", "col")
    for table in tables:
        for r, row in enumerate(table.rows):
            for c, cell in enumerate(row.cells):
                if row.kind == "data" and cell.text:
                    key = (table.table_id, r, c)
                    yield from _of_cell(table.table_id, cell.text, seen.get(key, []), reasons.get(key, []))
        for left in table.left_over:
            why = [x for x in reasons.get((table.table_id, -1, -1), []) if x["raw_text"] == left.text]
            yield from _of_cell(table.table_id, left.text, [], why)


def explain_numbers(text: str, seen: Sequence[_Row]) -> Iterator[tuple[re.Match[str], _Row | None]]:
    """The numbers of a cell, each with the value that explains it or None: each value explains one number."""
    pool: Counter[str] = Counter()
    holder: dict[str, _Row] = {}
    for row in seen:
        for number in _figures_of(row):
            pool[number] += 1
            if row["variable"] or number not in holder:
                holder[number] = row
    for found in _FIGURES.finditer(text):
        number = _bare(found[0])
        wholes = (p for p in pool if number != p and number in p and _is_spaced(p, text, found))
        name = next((k for k in (number, *wholes) if pool[k] > 0), None)
        if name is not None:
            pool[name] -= name == number
        yield found, None if name is None else holder[name]


def _is_spaced(whole: str, text: str, found: re.Match[str]) -> bool:
    """Whether figures are a part of a number that is printed with blanks: the 234 of "1 234"."""
    printed = re.finditer(_SPACES.join(whole), text)
    return any(m.start() <= found.start() and found.end() <= m.end() for m in printed)


def _of_cell(part: str, text: str, seen: Sequence[_Row], why: Sequence[_Row]) -> Iterator[_Count]:
    """What became of the numbers of one cell: each value of the cell explains one, a rejected row one or all."""
    for found, holder in explain_numbers(text, seen):
        reasons = [str(x["reason"]) for x in why if x["start"] in (-1, found.start())]
        if holder is not None:
            yield _Count(part, OBSERVED, "", bool(holder["variable"]), found[0])
        elif reasons:
            yield _Count(part, LEFT_OUT, reasons[0], False, found[0])
        else:
            yield _Count(part, UNACCOUNTED, "", False, f"{found[0]} in {text}")


def _figures_of(row: _Row) -> Iterator[str]:
    for column in ("value", "unit"):
        for found in _FIGURES.finditer(str(row[column])):
            yield _bare(found[0])


def _bare(figures: str) -> str:
    """The figures without decimal points and thousands marks: how they are set is not the question here."""
    return re.sub(r"\D", "", figures)


def _of_text(sentences: Sequence[Sentence], observations: pd.DataFrame, rejected: pd.DataFrame) -> Iterator[_Count]:
    seen = rows_by(observations[observations["source"] != "table"], "source", "quote")
    unspent = rows_by(rejected[rejected["source"] != "table"], "source", "page")
    for sentence in sentences:
        part, text = part_of(sentence), sentence.text
        inside = seen.get((sentence.source, text), [])
        left_out = _spend(sentence, inside, unspent)
        for start, end in find_numbers(text):
            holders = [o for o in inside if o["start"] < end and start < o["end"] and _holds_scale(o, text, end)]
            reason = next((r for a, b, r in left_out if a < end and start < b), "")
            if holders:
                yield _Count(part, OBSERVED, "", any(o["variable"] for o in holders), text[start:end])
            elif reason:
                yield _Count(part, LEFT_OUT, reason, False, text[start:end])
            else:
                yield _Count(part, UNACCOUNTED, "", False, _around(text, start, end))


def _holds_scale(row: _Row, text: str, end: int) -> bool:
    """Whether an observation took a word such as "million" that ends its number, in its stretch or in its unit."""
    scale = re.search(rf"{_SCALE}$", text[:end], re.IGNORECASE)
    return scale is None or row["end"] >= end or scale[0].lower() in str(row["unit"]).lower()


def _spend(
    sentence: Sentence, inside: Sequence[_Row], unspent: Mapping[tuple[Any, ...], list[_Row]]
) -> list[tuple[int, int, str]]:
    """The stretches of a sentence that were left out, with their reasons; each rejected text is used once.

    A rejected text names its page and offset but not its sentence: it belongs where these letters stand and hold a
    number that no observation has.
    """
    read = [(o["start"], o["end"]) for o in inside]
    open_numbers = [(a, b) for a, b in find_numbers(sentence.text) if not any(a < d and c < b for c, d in read)]
    found: list[tuple[int, int, str]] = []
    for page in sorted({span[2] for span in sentence.spans}):
        waiting = unspent.get((sentence.source, page), [])
        # Long texts first: "CD38+" holds the letters of "CD38", which was left out of another sentence.
        for row in sorted(waiting, key=lambda r: -len(r["raw_text"])):
            start, end = row["start"], row["start"] + len(row["raw_text"])
            is_needed = any(start < b and a < end for a, b in open_numbers)
            is_free = not any(start < b and a < end for a, b, _ in found)
            if (
                is_needed
                and is_free
                and sentence.text[start:end] == row["raw_text"]
                and sentence.boxes(start, end)[0] == page
            ):
                found.append((start, end, str(row["reason"])))
                waiting.remove(row)
    return found


def _around(text: str, start: int, end: int) -> str:
    """The number with a few words around it."""
    return text[max(0, start - EXAMPLE_REACH) : end + EXAMPLE_REACH]


def rows_by(frame: pd.DataFrame, *columns: str) -> dict[tuple[Any, ...], list[_Row]]:
    """The rows of a frame by the values of some columns."""
    out: dict[tuple[Any, ...], list[_Row]] = defaultdict(list)
    for row in frame.to_dict("records"):
        out[tuple(row[c] for c in columns)].append({str(k): v for k, v in row.items()})
    return dict(out)
