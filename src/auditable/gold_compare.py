"""Two keyed files of one study → where they differ, and how far they agree.

Comes in: two Keyed frames, of two people or of a draft. Goes out: a GoldComparison: pairs of rows that key the same
number, one GoldDifferences row per disagreement, and measures of agreement. Which of two is right is left to people;
their choice is left to gold_sign.py. How gold differs from our reading is left to reconcile.py.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from statsmodels.stats.inter_rater import cohens_kappa

from auditable.differences import name_value_difference
from auditable.gold_pairs import has_same_unit, keyed_value, match_keyed
from auditable.gold_record import TYPED_COLUMNS
from auditable.matching import PROSE, Side, gold_side, has_same_value
from auditable.printed_forms import MARK_SIGNS
from auditable.reconcile import place_in_words, say_value
from auditable.sameness import label_key, value_key
from schemas.frames import frame_of
from schemas.gold_frames import GOLD_DIFFERENCE_KINDS, GoldDifferences, Keyed

ONLY_A, ONLY_B = "only in a", "only in b"


@dataclass(frozen=True)
class GoldComparison:
    """Two keyed files beside each other.

    differences: a GoldDifferences frame in the order of file a, then of b. pairs: line of a → line of b, for all rows
    that key the same number. n_equal: pairs that differ in nothing. n_in_tables: pairs in tables, n_same_value: those
    of them with one value, kappa: Cohen's, of their values; None where it has no meaning (no pair, or one value
    throughout). Numbers of the text are left out of these three: they are paired by their value, so they would always
    agree. unchecked_a, unchecked_b: lines nobody compared with the page.
    """

    differences: pd.DataFrame
    pairs: dict[int, int]
    n_a: int
    n_b: int
    n_equal: int
    n_in_tables: int
    n_same_value: int
    kappa: float | None
    unchecked_a: tuple[int, ...]
    unchecked_b: tuple[int, ...]

    @property
    def n_shared(self) -> int:
        """Numbers that both files key."""
        return len(self.pairs)

    @property
    def n_places(self) -> int:
        """Numbers that either file keys."""
        return self.n_a + self.n_b - self.n_shared

    @property
    def percent_agreement(self) -> float | None:
        """Of all numbers that either keys, how many both key alike, in percent."""
        return 100 * self.n_equal / self.n_places if self.n_places else None


def compare_gold(a: pd.DataFrame, b: pd.DataFrame) -> GoldComparison:
    """The comparison of two Keyed frames of one study.

    Forms of dashes and bounds, thousands marks, capitals of labels and the order of marks are no difference; nor is a
    unit of a number of the text, or a printed text, that only one of two fills in.
    """
    mine, theirs = _sides(a), _sides(b)
    pairs = match_keyed(mine, theirs)
    rows = [_difference(x, pairs[x.index][0] if x.index in pairs else None) for x in mine]
    answered = {y.index for y, _ in pairs.values()}
    rows += [_difference(None, y) for y in theirs if y.index not in answered]
    found = [row for row in rows if row is not None]
    both = [(x, pairs[x.index][0]) for x in mine if x.index in pairs]
    placed = [(x, y) for x, y in both if x.table_id != PROSE]
    return GoldComparison(
        differences=frame_of(found, GoldDifferences),
        pairs={x.index: y.index for x, y in both},
        n_a=len(mine),
        n_b=len(theirs),
        n_equal=len(both) - sum(row["kind"] not in (ONLY_A, ONLY_B) for row in found),
        n_in_tables=len(placed),
        n_same_value=sum(has_same_value(x, y) for x, y in placed),
        kappa=kappa_of([(keyed_value(x), keyed_value(y)) for x, y in placed]),
        unchecked_a=_unchecked(a),
        unchecked_b=_unchecked(b),
    )


def agreement(found: GoldComparison) -> dict[str, object]:
    """The measures for a file: counts, percent of all numbers keyed by either with one decimal, kappa with three."""
    percent, kappa = found.percent_agreement, found.kappa
    return {
        "n_a": found.n_a,
        "n_b": found.n_b,
        "n_places": found.n_places,
        "n_shared": found.n_shared,
        "n_equal": found.n_equal,
        "n_shared_in_tables": found.n_in_tables,
        "n_same_value_in_tables": found.n_same_value,
        "percent_agreement": None if percent is None else float(f"{percent:.1f}"),
        "kappa": None if kappa is None else float(f"{kappa:.3f}"),
        "n_unchecked_a": len(found.unchecked_a),
        "n_unchecked_b": len(found.unchecked_b),
    }


def kappa_of(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Cohen's kappa of two raters, every value being a category of its own; None where chance alone gives agreement.

    Source: Cohen J. A coefficient of agreement for nominal scales. Educ Psychol Meas 1960;20:37–46.
    """
    values = sorted({value for pair in pairs for value in pair})
    if len(values) < 2:
        return None
    place = {value: k for k, value in enumerate(values)}
    table = np.zeros((len(values), len(values)))
    for first, second in pairs:
        table[place[first], place[second]] += 1
    return float(np.asarray(cohens_kappa(table, return_results=False)))


def _sides(rows: pd.DataFrame) -> list[Side]:
    return [gold_side({**row, "missing": row["value"]}) for row in Keyed.validate(rows, lazy=True).to_dict("records")]


def _unchecked(rows: pd.DataFrame) -> tuple[int, ...]:
    return tuple(int(line) for line in rows.loc[~rows["is_checked"].astype(bool), "gold_line"])


def _differences(x: Side, y: Side) -> list[str]:
    """What differs between two rows that key the same number, the gravest first."""
    texts = _printed(x), _printed(y)
    same = {
        "value": has_same_value(x, y),
        "statistic": x.statistic == y.statistic,
        "unit": has_same_unit(x, y),
        "label": _labels(x) == _labels(y),
        "marks": sorted(x.text("marks").split()) == sorted(y.text("marks").split()),
        "printed text": "" in texts or texts[0] == texts[1],
    }
    return [kind for kind in GOLD_DIFFERENCE_KINDS if not same.get(kind, True)]


def _printed(side: Side) -> str:
    """The printed text without its marks, which have a column of their own."""
    return value_key(MARK_SIGNS.sub("", side.text("raw_text")))


def _labels(side: Side) -> tuple[str, ...]:
    """Where the row says it stands; matching may have put it under the other file's number of the table."""
    return tuple(label_key(side.text(name)) for name in ("table_id", "stub_path", "spanner_path"))


def _difference(x: Side | None, y: Side | None) -> dict[str, object] | None:
    """The row of a difference, or none where two rows say the same."""
    one = x or y
    assert one is not None
    differs = _differences(x, y) if x and y else [ONLY_A if x else ONLY_B]
    if not differs:
        return None
    texts = {
        f"{letter}_{name}": side.text(name) if side else ""
        for letter, side in (("a", x), ("b", y))
        for name in TYPED_COLUMNS
    }
    place = {"table_id": one.table_id, "stub_path": one.stub, "spanner_path": one.spanner}
    other = _labels(y) if x and y else ()
    key = "\x1f".join((*map(str, place.values()), *other, *texts.values(), ",".join(differs)))
    return {
        "difference_id": "G-" + hashlib.sha256(key.encode()).hexdigest()[:10],
        "kind": differs[0],
        "differs": ", ".join(differs),
        **place,
        "a_line": x.index if x else 0,
        "b_line": y.index if y else 0,
        **texts,
        "message": f"{place_in_words(one.table_id, one.stub, one.spanner)}: {_in_words(x, y, differs)}.",
    }


def _in_words(x: Side | None, y: Side | None, differs: Sequence[str]) -> str:
    if x is None or y is None:
        return f"only {'a' if x else 'b'} says {_said(x or y)}"
    said = f"a says {_said(x)}, b says {_said(y)}"
    if differs[0] == "value":
        kind = name_value_difference(x.value, y.value, x.statistic)
        return said if kind == "value" else f"{said}: {kind}"
    if differs[0] == "label":
        label = " | ".join(p for p in (y.text("table_id"), y.stub, y.spanner) if p)
        return f"both say {_said(x)}, but b under the label '{label}'"
    if differs[0] in ("marks", "printed text"):
        column = "marks" if differs[0] == "marks" else "raw_text"
        return f"both say {_said(x)}, but {differs[0]} '{x.text(column)}' in a, '{y.text(column)}' in b"
    return said


def _said(side: Side | None) -> str:
    return say_value(side.statistic, side.value, side.unit) if side else "nothing"
