"""Sentences as clinical articles print them, with the truth of each number in tests/resources/sentences.csv.

One row per number. statistic "": the number is no result (a date, a dose, a citation, a timepoint) and must not
become an observation. "a|b" accepts either, "*" is not asked, a
variable "?" is one the codebook need not know; arms: the heads of the tables, known beside it.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import groupby
from pathlib import Path

from auditable.model import Box, PageSize, Piece, Reading, Sentence, Table, TableCell, TableRow
from tests.printed.meaning_score import plain_unit

SENTENCES = Path(__file__).parents[1] / "resources" / "sentences.csv"
FIELDS = (
    "statistic", "value", "comparator", "unit", "variable", "category", "arm", "subgroup", "patient", "timepoint",
    "grade", "event_kind", "speaks_of", "denominator",
)  # fmt: skip
FILLERS = re.compile(
    r"\b(the|a|an|groups?|arm|patients?|in|with|of|aged|at|after|within|by|from|for|over|until|to|children|through)\b"
)
NUMBER_WORDS = {"one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "thirty": "30"}
BOX = Box(10, 10, 20, 20)

Row = Mapping[str, str]


def read_sentences(path: Path = SENTENCES) -> list[list[Row]]:
    """For each sentence the rows of its numbers in printed order."""
    with path.open(newline="", encoding="utf-8") as lines:
        rows: list[Row] = list(csv.DictReader(lines))
    return [list(of_one) for _, of_one in groupby(rows, key=lambda r: r["sentence_id"])]


def readings(sentences: Sequence[Sequence[Row]]) -> Iterator[tuple[Reading, list[Sequence[Row]]]]:
    """Papers of these sentences: one of all that know no arms, one of each that does."""
    armless = [rows for rows in sentences if not _arms(rows)]
    pages = (PageSize(1, 600, 800, False),)
    yield Reading("made2020", pages, (), tuple(_sentence(rows) for rows in armless)), armless
    for rows in sentences:
        if arms := _arms(rows):
            yield Reading("made2020", pages, (_arms_table(arms),), (_sentence(rows),)), [rows]


def _arms(rows: Sequence[Row]) -> list[str]:
    return next((r["arms"].split("|") for r in rows if r["arms"]), [])


def _sentence(rows: Sequence[Row]) -> Sentence:
    text, section = rows[0]["sentence"], rows[0]["section"]
    source = {"Note": "note", "Caption": "caption"}.get(section, "prose")
    spans = tuple((m.start(), m.end(), 1, BOX) for m in re.finditer(r"\S+", text))
    place = section if source == "prose" and section != "Letter" else ""
    return Sentence(text, place, source, 1, spans)


def _arms_table(arms: Sequence[str]) -> Table:
    head = ("Characteristic", *arms)
    told = (("Age, median (range), years", "61 (30–88)"), ("Female, n (%)", "20 (50)"))
    rows = tuple(TableRow((label,), tuple(TableCell(text, (), BOX) for _ in arms), 1, BOX) for label, text in told)
    no_marks = (tuple(() for _ in head),)
    return Table("T1", "Table 1", "Baseline characteristics", (Piece(1, BOX),), 1, (head,), no_marks, rows, ())


def judge_sentence(
    rows: Sequence[Row], mentions: Sequence[Mapping[str, object]]
) -> Iterator[tuple[str, str, Row, str]]:
    """(field, verdict, truth, what was read) for each number; verdicts as in meaning_score.Verdict.

    Field "found": the number is observed; "no result": it is rightly not observed.
    """
    text = rows[0]["sentence"]
    unused = [m for m in mentions if m["source"] != "table" and m["quote"] == text]
    known = _known_variables()
    for row in rows:
        start, end = _span(text, row)
        over = [m for m in unused if int(str(m["start"])) < end and start < int(str(m["end"]))]
        if not row["statistic"]:
            wide = end + len(" mm Hg, and more")
            wrong = [m for m in over if start <= int(str(m["start"])) and int(str(m["end"])) <= wide]
            yield "no result", "wrong" if wrong else "right", row, str(wrong[0]["statistic"]) if wrong else ""
            continue
        if not over:
            yield "found", "right" if "" in row["statistic"].split("|") else "blank", row, ""
            continue
        unused.remove(over[0])
        yield "found", "right", row, row["raw_text"]
        for field in FIELDS:
            if row[field] != "*":
                got = str(over[0][field])
                yield field, _verdict(field, row[field], got, known), row, got


def _span(text: str, row: Row) -> tuple[int, int]:
    start = -1
    for _ in range(int(row["occurrence"])):
        start = text.find(row["raw_text"], start + 1)
    return start, start + len(row["raw_text"])


@cache
def _known_variables() -> frozenset[str]:
    """What some sentence means: naming one of these for another quantity is wrong."""
    named = {v for rows in read_sentences() for row in rows for v in row["variable"].split("|")}
    return frozenset(named - {"", "*", "?"})


def _verdict(field: str, want: str, got: str, known: frozenset[str]) -> str:
    if any(
        _is(field, one, got) or (field == "variable" and one == "?" and got not in known) for one in want.split("|")
    ):
        return "right" if got else "empty"
    return "blank" if not got else "invented" if not want else "wrong"


def _is(field: str, want: str, got: str) -> bool:
    if field == "value":
        return want == got or want.rstrip("0").rstrip(".") == got.rstrip("0").rstrip(".")
    if field == "unit":
        return _unit(want) == _unit(got)
    if field == "timepoint":
        return sorted(_words(want)) == sorted(_words(got))
    if field in ("category", "arm", "subgroup", "patient", "event_kind"):
        a, b = _words(want), _words(got)
        return a == b or (field in ("subgroup", "event_kind") and bool(a) and set(a) <= set(b) and len(b) <= len(a) + 4)
    return want == got


def _unit(text: str) -> str:
    singular = {"month": "months", "week": "weeks", "day": "days", "year": "years", "breath/min": "breaths/min"}
    text = plain_unit(text.replace(" per ", "/").replace("percentage points", "%"))
    return "/".join(singular.get(part, part) for part in text.split("/"))


def _words(text: str) -> list[str]:
    text = text.casefold().replace("≥", ">=").replace("≤", "<=").replace("–", "-").replace("−", "-")
    text = FILLERS.sub(" ", text.replace("aem", "em").replace("oea", "ea"))
    found = re.findall(r"[<>]=?|[a-zβ]+|\d+(?:\.\d+)?", text)
    return [re.sub(r"(?<=[a-z]{2})s$", "", NUMBER_WORDS.get(w, w)) for w in found]
