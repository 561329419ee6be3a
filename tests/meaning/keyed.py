"""The keyed truth of meaning, and whether what was read says the same.

Comes in: tests/resources/meaning/<study>.csv (its README says how it was keyed). Goes out: per place of the gold record
the ways to say it rightly, and a comparison of one field that forgives typesetting and nothing else. Counting is left
to scores.py.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

from auditable.model import PATH_SEPARATOR

FOLDER = Path(__file__).parents[1] / "resources" / "meaning"
VARIABLE_FIELDS = ("variable", "category", "grade", "event_kind")
WHOM_FIELDS = ("arm", "subgroup", "patient")
ASIDE_FIELDS = ("timepoint", "speaks_of")
FIELDS = (*VARIABLE_FIELDS, *WHOM_FIELDS, *ASIDE_FIELDS)
Place = tuple[str, str, str]

OR = " | "
ANYTHING = "*"
NOTHING = "none"

_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-"))
_BOUNDS = (("≥", ">="), ("≤", "<="), ("≧", ">="), ("≦", "<="))
_ARM_SIZE = re.compile(r"\(\s*n\s*=\s*[\d,]+\s*\)|\[[\d,\s-]+\]")
_TOKEN = re.compile(r"(?:[<>]=?\s*)?\d+(?:[.,]\d+)*|[a-zα-ω]+")


def read_truth(study_id: str, folder: Path = FOLDER) -> dict[Place, list[dict[str, str]]]:
    """The ways to say each place's meaning; a place on several lines may be said in each of them."""
    truth: dict[Place, list[dict[str, str]]] = defaultdict(list)
    with (folder / f"{study_id}.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            place = (row["table_id"], row["stub_path"], row["spanner_path"])
            truth[place].append({name: row[name] for name in FIELDS})
    return dict(truth)


def right_fields(ways: list[dict[str, str]], found: Mapping[str, str]) -> dict[str, bool]:
    """Which fields are right, by the way of saying it that what was found comes nearest to."""
    verdicts = [{name: is_same(name, way[name], found[name]) for name in FIELDS} for way in ways]
    return max(verdicts, key=lambda verdict: sum(verdict.values()))


def is_same(name: str, wanted: str, found: str) -> bool:
    """Whether a field says what was keyed; the key may hold several ways, joined by " | "."""
    return any(_fits(name, way.strip(), found) for way in wanted.split(OR))


def _fits(name: str, wanted: str, found: str) -> bool:
    if wanted == ANYTHING:
        return True
    if wanted in ("", NOTHING):
        return not found
    if wanted.startswith(f"{ANYTHING} "):
        return _words(wanted) <= _words(found)
    if name == "subgroup":
        # As printed, more or less of the sentence around it: all words keyed, and no number that was not.
        return _words(wanted) <= _words(found) and _numbers(found) <= _numbers(wanted)
    if name == "event_kind":
        return {_key(part) for part in wanted.split(";")} == {_key(part) for part in found.split(";")}
    if name == "patient":
        return _key(wanted) == _key(re.sub(r"(?i)^patients?\b", "", found))
    if name == "arm":
        return _key(wanted) == _key(_ARM_SIZE.sub(" ", found.replace(PATH_SEPARATOR, " ")))
    return _key(wanted) == _key(found)


def _plain(text: str) -> str:
    """Without what typesetting changes: capitals, dashes, kinds of blanks and bounds, British or American vowels."""
    text = unicodedata.normalize("NFKC", text).translate(_DASHES).casefold()
    for printed, plain in _BOUNDS:
        text = text.replace(printed, plain)
    return text.replace("ae", "e").replace("oe", "e").replace("tumour", "tumor")


def _key(text: str) -> str:
    return re.sub(r"[^\w<>=%/.+]", "", _plain(text)).strip(".")


def _words(text: str) -> set[str]:
    plain = re.sub(r"(?<=\d),(?=\d{3}\b)", "", _plain(text))
    return {re.sub(r"\s", "", token).removesuffix("s") for token in _TOKEN.findall(plain)}


def _numbers(text: str) -> set[str]:
    return {word for word in _words(text) if any(c.isdigit() for c in word)}
