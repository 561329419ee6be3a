"""A damaged PDF → what became of it: read, told in plain words, stopped at a limit, or one of our failures.

Comes in: the path of a PDF, the text of the undamaged one. Goes out: an Outcome. What `auditable tables` and the
stages of `auditable run` do with a PDF, and what `auditable add` reads of it first, is done here, in a process with
limits.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from auditable.intake_reading import dump_facts
from auditable.isolation import run_isolated
from auditable.model import AuditableError, Paper, Reading

MAX_SECONDS, MAX_MEMORY_MB = 30, 1500
START_SECONDS = 300
"""For loading the libraries, which on a busy machine takes longer than any page."""
READ, TOLD, LIMIT, FAILED = "read", "told", "limit", "failure"
CLASSES = (READ, TOLD, LIMIT, FAILED)
_NUMBER = re.compile(r"\d+(?:[.,·]\d+)*")
_TRACEBACK = re.compile(r"Traceback|File \"|error of the program", re.IGNORECASE)
LIMITS = {
    "time": r"more than [\d.]+ seconds",
    "memory": r"MB of memory",
    "open files": r"open files",
    "written files": r"MB written",
    "pages": r"too long for an article",
    "pixels": r"million pixels, more than",
    "commands": r"drawing commands take more work|forms draw themselves",
    "letters": r"\d characters, more than",
    "lines": r"(?:drawn lines and boxes|ruling lines|heights with ruling lines[^.,]*|shaded boxes), more than",
    "pictures": r"\d pictures, more than",
    "words": r"words(?: that may open a caption)?, more than",
}
"""The limits that a document may meet, by the words that tell of them."""


@dataclass(frozen=True)
class Outcome:
    """One of CLASSES, the sentence that tells it, the seconds it took, and the limits it met, by their names."""

    kind: str
    message: str
    seconds: float
    limits: tuple[str, ...] = ()


def judge(
    path: Path, undamaged: str, *, moves_print: bool, seconds: float = MAX_SECONDS, memory_mb: int = MAX_MEMORY_MB
) -> Outcome:
    """What became of a PDF. undamaged: the text before the damage, whose numbers may be found too.

    moves_print: the damage may print figures over each other, so that only each single figure can be looked for.
    """
    run_isolated(load_libraries, (), seconds=START_SECONDS, memory_mb=memory_mb)
    begun = time.monotonic()
    added, words = READ, ""
    try:
        run_isolated(dump_facts, (path,), seconds=seconds, memory_mb=memory_mb)
    except AuditableError as error:
        added, words = _class_of(error)
    if added == FAILED:
        return Outcome(FAILED, f"taking it in: {words}", time.monotonic() - begun)
    outcome = _judge_reading(path, undamaged, moves_print, seconds, memory_mb)
    met = (*outcome.limits, *name_limits(words))
    kind, message = (LIMIT, words) if added == LIMIT and outcome.kind != FAILED else (outcome.kind, outcome.message)
    return Outcome(kind, message, time.monotonic() - begun, tuple(name for name in LIMITS if name in met))


def name_limits(message: str) -> tuple[str, ...]:
    """The limits that a message tells of."""
    return tuple(name for name, words in LIMITS.items() if re.search(words, message))


def _judge_reading(path: Path, undamaged: str, moves_print: bool, seconds: float, memory_mb: int) -> Outcome:
    """What became of it in a run."""
    begun = time.monotonic()
    try:
        told = json.loads(run_isolated(read_wholly, (path,), seconds=seconds, memory_mb=memory_mb))
    except AuditableError as error:
        return Outcome(*_class_of(error), time.monotonic() - begun, name_limits(str(error)))
    text = _squeezed(undamaged) + told["text"]
    unfounded = [n for n in told["numbers"] if (set(n) - set(text) if moves_print else n not in text)]
    kind = FAILED if unfounded else READ
    message = f"numbers that stand nowhere: {unfounded[:9]}" if unfounded else _plural(told)
    return Outcome(kind, message, time.monotonic() - begun, name_limits(" ".join(told["problems"])))


def _plural(told: dict[str, int]) -> str:
    return f"{told['tables']} tables, {told['observations']} observations"


def _class_of(error: AuditableError) -> tuple[str, str]:
    """What an error is: every field filled and no word of a program's inside means that it was told."""
    message = str(error)
    fields = (error.what, error.where, error.expected, error.found, error.remedy)
    if error.what == "the work was stopped at its limit":
        return LIMIT, message
    if "crashed" in error.what or not all(fields) or _TRACEBACK.search(message):
        return FAILED, message
    return TOLD, message


def load_libraries() -> str:
    """Nothing; a process that has done this begins with the next document at once."""
    import auditable.checking
    import auditable.engine
    import auditable.observing
    import auditable.readers.front_reader

    return ", ".join(module.__name__ for module in (auditable.checking, auditable.engine, auditable.observing))


def read_wholly(path: Path) -> str:
    """The tables in all forms, and all stages of a run; as JSON how much was found and every number in it."""
    from auditable.checking import check_study
    from auditable.observing import observe_study
    from auditable.pdf_reading import dump_pdf
    from auditable.serial import load_reading
    from auditable.tables_output import format_tables
    from tests.fuzz.documents import text_of

    reading = load_reading(dump_pdf(path, "paper1"))
    for form in ("md", "csv", "json", "html"):
        format_tables(reading, form).encode("utf-8", errors="surrogatepass")
    seen = observe_study(reading, Paper("paper1", path.parent, path, "0" * 64, ""))
    check_study(reading, seen.observations)
    is_plain = not reading.repairs and not any(page.is_scan for page in reading.pages)
    numbers = sorted(set(_numbers_of(reading))) if is_plain else []
    text = _squeezed(text_of(path.read_bytes())) if numbers else ""
    told = {"tables": len(reading.tables), "observations": len(seen.observations), "numbers": numbers, "text": text}
    told["problems"] = list(reading.problems)
    return json.dumps(told)


def _numbers_of(reading: Reading) -> Iterator[str]:
    """Every number of a table's cells, as the pieces of figures that it is printed with."""
    texts: Iterable[str] = (cell.text for table in reading.tables for row in table.rows for cell in row.cells)
    for text in texts:
        yield from _NUMBER.findall(text)


def _squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)
