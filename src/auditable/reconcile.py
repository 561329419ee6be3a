"""Gold rows and observations → what agrees, and the discrepancies: one per cause, however many rows it explains.

Comes in: the gold record and the observations of one study. Goes out: a Reconciliation: one match per gold row with its
kind and one plain sentence, and the discrepancies. Which observation answers which row is left to matching.py and
prose_matching.py, what the differences have in common to causes.py, verdicts of the curator to decisions.py.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from auditable.causes import find_causes, find_extras
from auditable.exchanges import Cause
from auditable.matching import PROSE, Pairs, Side, gold_side, match_tables, read_side
from auditable.prose_matching import match_prose
from auditable.sameness import is_same_number
from schemas.frames import BOX_COLUMNS, Discrepancies, Matches, Observations, empty_frame, frame_of

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

SAME_VALUE = ("equal", "label only")
"""Kinds of gold rows whose value, statistic and unit are equal."""


@dataclass(frozen=True)
class Reconciliation:
    """What became of the gold record: one match per gold row (Matches), and the Discrepancies."""

    matches: pd.DataFrame
    discrepancies: pd.DataFrame


def reconcile(study_id: str, observations: pd.DataFrame, gold: pd.DataFrame) -> Reconciliation:
    """The gold record of one study against its observations; matches in the order of the gold lines.

    observations: an Observations frame; rows of other studies are left aside.
    """
    Observations.validate(observations, lazy=True)
    if gold.empty:
        return Reconciliation(empty_frame(Matches), empty_frame(Discrepancies))
    own = observations[observations["study_id"] == study_id]
    keyed = [gold_side(row) for row in gold.to_dict("records")]
    read = [read_side(row) for row in own.sort_values(["page", "row", "col"], kind="stable").to_dict("records")]
    table_gold = [g for g in keyed if g.table_id != PROSE]
    pairs = match_tables(table_gold, [o for o in read if o.source == "table"])
    pairs |= match_prose([g for g in keyed if g.table_id == PROSE], [o for o in read if o.source != "table"])
    causes = find_causes(keyed, read, pairs)
    of_line = {line: cause for cause in causes for line in cause.gold_lines}
    matches = [_match_row(study_id, g, pairs, of_line.get(g.index)) for g in keyed]
    by_line = {g.index: g for g in keyed}
    found = [_discrepancy_row(study_id, c, [by_line[i] for i in c.gold_lines], pairs) for c in causes]
    found += [_extra_row(study_id, sides) for sides in find_extras(keyed, read, pairs, causes)]
    return Reconciliation(
        Matches.validate(pd.DataFrame(matches), lazy=True),
        frame_of(sorted(found, key=lambda row: str(row["discrepancy_id"])), Discrepancies),
    )


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
    where = "Text" if table_id == PROSE else table_name(table_id)
    where += f", '{stub_path}'" if stub_path else ""
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
    equal, missing = int(kinds.isin(SAME_VALUE).sum()), int((kinds == "missing").sum())
    label_only = int((kinds == "label only").sum())
    wrong = len(kinds) - equal - missing
    return {"rows": len(kinds), "equal": equal, "wrong": wrong, "missing": missing, "label_only": label_only}


def _id(study_id: str, key: str) -> str:
    """A short id that does not change with the values, nor when lines of gold are added or moved."""
    return "D-" + hashlib.sha256(f"{study_id}\x1f{key}".encode()).hexdigest()[:10]


def _match_row(study_id: str, gold: Side, pairs: Pairs, cause: Cause | None) -> dict[str, object]:
    read, paired = pairs.get(gold.index, (None, "missing"))
    return {
        "discrepancy_id": _id(study_id, cause.key) if cause else "",
        "study_id": study_id,
        "kind": cause.kind if cause else "equal",
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
        "message": _message(gold, read, paired if cause else "equal"),
        **_spot(read),
    }


def _spot(read: Side | None) -> dict[str, object]:
    return {"page": read.row["page"] if read else 0, **{c: read.row[c] if read else None for c in BOX_COLUMNS}}


def _discrepancy_row(study_id: str, cause: Cause, gold: Sequence[Side], pairs: Pairs) -> dict[str, object]:
    read = [pairs[g.index][0] for g in gold if g.index in pairs]
    stub, spanner = _shared([g.stub for g in gold]), _shared([g.spanner for g in gold])
    where = place_in_words(gold[0].table_id, stub, spanner)
    rows = f"{len(gold)} gold rows" if len(gold) > 1 else "1 gold row"
    told = (
        f"{cause.words} ({rows})"
        if cause.words
        else "; ".join(_difference(g, *pairs.get(g.index, (None, "missing"))) for g in gold)
    )
    return {
        "discrepancy_id": _id(study_id, cause.key),
        "study_id": study_id,
        "kind": cause.kind,
        "table_id": gold[0].table_id,
        "stub_path": stub,
        "spanner_path": spanner,
        "gold_lines": " ".join(str(g.index) for g in gold),
        "observation_ids": " ".join(o.text("observation_id") for o in read),
        "gold_said": _said_of(gold),
        "read_said": _said_of(read),
        "message": f"{where}: {told}.",
        **_spot(read[0] if read else None),
    }


def _extra_row(study_id: str, read: Sequence[Side]) -> dict[str, object]:
    first = read[0]
    where = place_in_words(first.table_id, first.stub, first.spanner)
    return {
        "discrepancy_id": _id(study_id, "\x1f".join(("extra", *first.place))),
        "study_id": study_id,
        "kind": "extra",
        "table_id": first.table_id,
        "stub_path": first.stub,
        "spanner_path": first.spanner,
        "gold_lines": "",
        "observation_ids": " ".join(o.text("observation_id") for o in read),
        "gold_said": "",
        "read_said": _said_of(read),
        "message": f"{where}: gold says nothing here, we read {_said_of(read)}.",
        **_spot(first),
    }


def _shared(labels: Sequence[str]) -> str:
    return labels[0] if len(set(labels)) == 1 else ""


def _said_of(sides: Sequence[Side]) -> str:
    return " · ".join(_said(side) for side in sides)


def _message(gold: Side, read: Side | None, kind: str) -> str:
    return f"{place_in_words(gold.table_id, gold.stub, gold.spanner)}: {_difference(gold, read, kind)}."


def _difference(gold: Side, read: Side | None, kind: str) -> str:
    """What gold says and what we read, as a sentence without its place."""
    says = f"gold says {_said(gold)}"
    if read is None:
        return f"{says}, we read nothing there"
    if kind == "equal":
        return f"gold and our reading both say {_said(gold)}"
    if kind == "label only":
        return f"both say {_said(gold)}, but we read the label as '{_label(read)}'"
    if kind == "value" and is_same_number(gold.value, read.value):
        return f"{says}, we read {read.value}: the same number, other printed decimals"
    if kind == "value" and gold.statistic == read.statistic:
        is_elsewhere = gold.table_id != PROSE and read.place != gold.place
        label = f" under the label '{_label(read)}'" if is_elsewhere else ""
        return f"{says}, we read {read.value or 'an empty cell'}{label}"
    return f"{says}, we read {_said(read)}"


def _said(side: Side) -> str:
    return say_value(side.statistic, side.value, side.unit)


def _label(side: Side) -> str:
    own = side.text("table_id")
    table = table_name(own) if own not in ("", side.table_id) else ""
    return " | ".join(p for p in (table, side.stub, side.spanner) if p)
