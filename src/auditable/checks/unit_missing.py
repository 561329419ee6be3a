"""unit.missing: a measured quantity is printed with its unit, at least once where a reader of its row can find it.

Comes in: a Study. Goes out: for each variable whose numbers stand in a table, consistent where a unit is printed in
row, head, caption or note of the table; a question where the table names none. Ages are taken in years, and what
everybody reads in one unit (body mass index, shares, scores) needs none.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from auditable.blocks import Study
from auditable.checks.measured import Measured, find_measured, units_of
from auditable.checks.rule import Outcome, Rule
from auditable.checks.table_heads import is_of_table
from auditable.units import TIMES, load_lexicon, normal_unit

SEVERITY = "unit"
NEEDS_NONE = re.compile(r"(?:^|_)age(?:_|$)|^(?:bmi|education)|_per_|index|score|ratio|pack_years|(?:^|_)ph$")
"""Variables that are read in one unit wherever it is not printed."""
PERSON_TIME = {"person-years"}
"""Units of the time that all people were followed together."""
SHORTEST_WORD = 4
"""A unit of so many letters is one with a capital too ("Years"); "M" and "D" are no months and days."""
_PIECE = re.compile(r"[^\s,;()\[\]]+(?:\s?/\s?[^\s,;()\[\]]+)*")
_OF_SURFACE = re.compile(r"/1\.73$")
"""What is left of "/1.73 m²" where the raised 2 was lost: the unit before it is named all the same."""


def test_missing(study: Study) -> Iterator[Outcome]:
    """Each variable of each table."""
    by_place: dict[tuple[str, str], list[Measured]] = defaultdict(list)
    named: dict[str, Measured] = {}
    for m in find_measured(study):
        if m.unit:
            named.setdefault(m.variable.name, m)
        if m.observation.source == "table" and not NEEDS_NONE.search(m.variable.name) and not m.is_cut:
            by_place[m.observation.table_id, m.variable.name].append(m)
    for (table, name), found in by_place.items():
        yield _judge(study, table, found, named.get(name))


def _judge(study: Study, table: str, found: Sequence[Measured], named: Measured | None) -> Outcome:
    first = found[0]
    called = first.variable.name.replace("_", " ")
    if any(m.observation.unit for m in found) or _is_unit_named(study, table, found):
        unit = next((m.observation.unit for m in found if m.observation.unit), "a unit of its table")
        message = f"{table} prints {called} in {unit}."
        return Outcome("consistent", (first.observation,), message, unit, unit, unit)
    elsewhere = (
        f" Elsewhere the paper prints {named.observation.unit} (page {named.observation.page})."
        if named
        else " The paper names none anywhere."
    )
    message = (
        f"{table} prints {called} ({first.observation.label}) as {first.number} without a unit: none stands in its "
        f"row, head, caption or notes.{elsewhere}"
    )
    usual = ", ".join(units_of(first.variable))
    return Outcome(
        "not testable", tuple(m.observation for m in found), message, f"{first.number} without a unit",
        f"{first.number}", usual, SEVERITY,
    )  # fmt: skip


def _is_unit_named(study: Study, table: str, found: Sequence[Measured]) -> bool:
    """Whether a label, caption or note prints a unit of the variable: any of its table, but for times, of which a
    table holds several, one of its own rows and columns."""
    variable = found[0].variable
    rows = {m.observation.stub_path for m in found}
    is_own = variable.unit in TIMES
    near = (o for o in study.observations if o.table_id == table and (not is_own or o.stub_path in rows))
    texts = {text for o in near for text in (o.stub_path, o.spanner_path, o.unit)}
    texts |= {s.text for s in study.text if s.source in ("caption", "note") and is_of_table(s.section, table)}
    known = set(units_of(variable)) | (PERSON_TIME if is_own else set())
    return any(normal_unit(piece) in known for text in texts for piece in _pieces(text))


def _pieces(text: str) -> Iterator[str]:
    """Stretches of a text that may be units."""
    forms, _, _ = load_lexicon()
    for found in _PIECE.findall(text):
        piece = _OF_SURFACE.sub("", found.rstrip("."))
        if piece not in forms and len(piece) >= SHORTEST_WORD and piece.casefold() in forms:
            piece = piece.casefold()
        if piece in forms or "/" in piece:
            yield piece


RULES = (
    Rule(
        id="unit.missing",
        claim="A measured quantity in a table has a unit in its row, head, caption or notes.",
        severity=SEVERITY,
        function=test_missing,
        assumptions="The codebook gives the variable a unit; ages, body mass index, scores, indices and ratios need "
        "none. A question, never an accusation: our reading may have lost the unit.",
        literature="SAMPL guidelines (report units of all measurements); CONSORT 2010, item 15",
        example="Creatinine, median (range): 1.1 (0.4–9.8), with no mg/dL or µmol/L in the table.",
    ),
)
