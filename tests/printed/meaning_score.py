"""What was observed in a table held against the truth of its numbers: a verdict for each number and field."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal, InvalidOperation
from random import Random

from tests.printed import meaning_effects, meaning_tables
from tests.printed import meaning_words as words
from tests.printed.meaning import Fact, Meant

FIELDS = (
    "statistic", "value", "comparator", "unit", "variable", "category", "arm", "subgroup", "patient", "timepoint",
    "grade", "event_kind", "denominator",
)  # fmt: skip
FAMILIES = (
    meaning_tables.baseline, meaning_tables.baseline, meaning_tables.baseline, meaning_tables.split_columns,
    meaning_tables.statistic_columns, meaning_tables.over_time, meaning_tables.exposure, meaning_tables.flow,
    meaning_tables.individual, meaning_tables.subheads, meaning_effects.outcome, meaning_effects.outcome,
    meaning_effects.subgroup,    meaning_effects.regression, meaning_effects.adverse_events,
    meaning_effects.adverse_events,
)  # fmt: skip
KNOWN = frozenset(
    name
    for told in (
        *(m.variable for m in words.MEASURES), *(s[1] for s in words.SINGLES), *(g[1] for g in words.GROUPS),
        *(s[1] for s in words.SURVIVALS), *(r[1] for r in words.RATES), *(e[1] for e in words.EVENT_SUMMARY),
        "n_patients|best_response|age|treatment_duration|cycles_received|follow_up|prior_lines",
    )
    for name in told.split("|")
    if name not in ("?", "")
)  # fmt: skip
"""Variables that some label of ours means: naming one of them for another label is wrong."""


@dataclass(frozen=True)
class Verdict:
    """right: as the truth has it; empty: rightly nothing; blank: nothing where something is meant; wrong; invented."""

    table_type: str
    family: str
    fact: Fact
    field: str
    kind: str
    want: str
    got: str
    path: str


def meant_table(seed: int) -> tuple[str, Meant]:
    """The table of a seed and the name of its family; families take turns."""
    make = FAMILIES[seed % len(FAMILIES)]
    return make.__name__, make(Random(seed))


def judge(family: str, meant: Meant, observed: Sequence[Mapping[str, object]]) -> Iterator[Verdict]:
    """A verdict for each number and field; field "found" for the number itself, "table_type" once."""
    first = str(observed[0]["table_type"]) if observed else ""
    kind = "right" if first in meant.table_type.split("|") else "blank" if first in ("", "unknown") else "wrong"
    if meant.facts:
        yield Verdict(
            meant.table_type, family, meant.facts[0], "table_type", kind, meant.table_type, first, meant.table.caption
        )
    unused = list(observed)
    for fact in meant.facts:
        at = [o for o in unused if (o["row"], o["col"]) == (fact.row, fact.col)]
        found = next((o for o in at if _same("value", fact.amount.value, str(o["value"]))), at[0] if at else None)
        path = " > ".join(meant.table.rows[fact.row].path) + " | " + " > ".join(meant.table.column_path(fact.col))
        if found is None:
            yield Verdict(meant.table_type, family, fact, "found", "blank", fact.printed, "", path)
            continue
        unused.remove(found)
        yield Verdict(meant.table_type, family, fact, "found", "right", fact.printed, fact.printed, path)
        wanted: dict[str, str] = {**asdict(fact.amount), **asdict(fact.meaning)}
        for field in FIELDS:
            want, got = wanted[field], str(found[field])
            if want != "*":
                yield Verdict(meant.table_type, family, fact, field, _kind(field, want, got), want, got, path)


def _kind(field: str, want: str, got: str) -> str:
    if _same(field, want, got):
        return "right" if got else "empty"
    return "blank" if not got else "invented" if not want else "wrong"


def _same(field: str, want: str, got: str) -> bool:
    return any(one == "*" or _is(field, one, got) for one in want.split("|"))


def _is(field: str, want: str, got: str) -> bool:
    if field == "value":
        return _number(want) == _number(got)
    if field == "variable":
        return want == got or (want == "?" and got not in KNOWN)
    if field == "unit":
        return plain_unit(want) == plain_unit(got)
    if field == "timepoint":
        return sorted(_plain(want).split()) == sorted(_plain(got).split())
    if field in ("category", "arm", "subgroup", "patient", "event_kind"):
        a, b = _plain(want), _plain(got)
        return a == b or (field in ("subgroup", "event_kind") and bool(a) and a in b)
    return want == got


def _number(text: str) -> Decimal | str:
    try:
        return Decimal(text)
    except InvalidOperation:
        return text


def _plain(text: str) -> str:
    """Words and figures without capitals, plural s, British vowels and kinds of dash."""
    text = text.casefold().replace("≥", ">=").replace("≤", "<=").replace("–", "-").replace("−", "-")
    text = (
        text.replace("aem", "em")
        .replace("oea", "ea")
        .replace("oed", "ed")
        .replace("caes", "ces")
        .replace("aemi", "emi")
    )
    words_found = re.findall(r"[<>]=?|[a-zβ]+|\d+(?:\.\d+)?", text)
    return " ".join(re.sub(r"(?<=[a-z]{3})s$", "", w) for w in words_found)


def plain_unit(text: str) -> str:
    """A unit in one spelling: whether the normal form or the print is kept is not asked."""
    for old, new in (
        (" ", ""), ("µ", "u"), ("μ", "u"), ("°", "deg"), ("²", "2"), ("³", "3"), ("⁹", "9"), ("×", ""), ("^", ""),
        ("ml", "mL"), ("minutes", "min"), ("yr", "years"), ("beats/min", "bpm"), ("wk", "weeks"),
        ("/l", "/L"), ("IU/", "U/"),
    ):  # fmt: skip
        text = text.replace(old, new)
    return "years" if text == "y" else text
