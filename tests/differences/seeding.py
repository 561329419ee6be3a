"""One difference of a known class between a gold record and a reading that agreed with it before.

Comes in: the gold record of a study and the observations that answer it. Goes out: the changed reading (or gold
record), the class, and the gold lines that the one change touches. The classes are those a curator meets:
docs/reconciliation.md.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from itertools import pairwise

import pandas as pd

from auditable.matching import PROSE

COUNTS = ("n", "events", "total")


@dataclass(frozen=True)
class Base:
    """A study whose reading agrees with gold: the gold rows with the observation that answers each, and all else read.

    gold: a Gold frame with the column observation_id. read: an Observations frame. known: ids of the discrepancies
    between the two before anything is changed.
    """

    study_id: str
    gold: pd.DataFrame
    read: pd.DataFrame
    known: frozenset[str] = frozenset()

    def at(self, table_id: str, stub: str, spanner: str) -> pd.DataFrame:
        g = self.gold
        return g[(g["table_id"] == table_id) & (g["stub_path"] == stub) & (g["spanner_path"] == spanner)]


@dataclass(frozen=True)
class Seeded:
    """A base with one difference: its class, and the gold lines it touches (none for what gold does not hold)."""

    kind: str
    gold: pd.DataFrame
    read: pd.DataFrame
    lines: frozenset[int]
    what: str


Seeder = Callable[[Base, random.Random], "Seeded | None"]


def _with(base: Base, kind: str, ids: list[str], changes: list[dict[str, object]], what: str) -> Seeded:
    """The reading with columns of some observations changed."""
    read = base.read.copy()
    for one, change in zip(ids, changes, strict=True):
        for column, value in change.items():
            read.loc[read["observation_id"] == one, column] = value
    lines = frozenset(base.gold.loc[base.gold["observation_id"].isin(ids), "gold_line"])
    return Seeded(kind, base.gold, read, lines, what)


def _pick(base: Base, rng: random.Random, keep: Callable[[pd.Series], bool]) -> pd.Series | None:
    rows = [row for _, row in base.gold.iterrows() if keep(row) and not _is_repeated(base, row)]
    return rng.choice(rows) if rows else None


def _is_repeated(base: Base, row: pd.Series) -> bool:
    """Whether the text prints the number several times: gold does not say where, so another place still answers it."""
    text = base.read[base.read["source"] != "table"]
    return row["table_id"] == PROSE and int((text["value"] == row["value"]).sum()) > 1


def _decimals(text: str) -> int:
    return len(text.partition(".")[2])


def _is_number(row: pd.Series) -> bool:
    return row["value"].replace(".", "", 1).isdigit()


def _revalue(base: Base, kind: str, row: pd.Series, value: str) -> Seeded:
    change = {"value": value, "raw_text": value, "decimals": _decimals(value)}
    return _with(base, kind, [row["observation_id"]], [change], f"{row['stub_path']}: {row['value']} → {value}")


def coarser(base: Base, rng: random.Random) -> Seeded | None:
    row = _pick(base, rng, lambda r: _is_number(r) and _decimals(r["value"]) > 0 and r["statistic"] not in COUNTS)
    if row is None:
        return None
    digits = Decimal(1).scaleb(1 - _decimals(row["value"]))
    return _revalue(base, "coarser precision", row, str(Decimal(row["value"]).quantize(digits, ROUND_HALF_UP)))


def rounding(base: Base, rng: random.Random) -> Seeded | None:
    """Cut off instead of rounded, or one unit of the last digit up."""

    def is_cut(r: pd.Series) -> bool:
        return _is_number(r) and _decimals(r["value"]) > 0 and int(r["value"][-1]) > 5 and r["statistic"] not in COUNTS

    row = _pick(base, rng, is_cut)
    if row is None:
        return None
    value, places = Decimal(row["value"]), _decimals(row["value"])
    cut = str(value.quantize(Decimal(1).scaleb(1 - places), ROUND_DOWN))
    up = str(value + Decimal(1).scaleb(-places))
    return _revalue(base, "rounding", row, rng.choice([cut, up]))


def comparator(base: Base, rng: random.Random) -> Seeded | None:
    row = _pick(base, rng, lambda r: _is_number(r) and r["table_id"] != PROSE and float(r["value"]) > 0)
    if row is None:
        return None
    if rng.random() < 0.5:
        return _revalue(base, "sign or comparator", row, f"-{row['value']}")
    change = {"comparator": rng.choice(["<", ">"])}
    return _with(base, "sign or comparator", [row["observation_id"]], [change], f"{row['stub_path']}: {change}")


def _transpositions(text: str) -> list[str]:
    places = [i for i, c in enumerate(text) if c.isdigit()]
    found = []
    for a, b in pairwise(places):
        changed = list(text)
        changed[a], changed[b] = changed[b], changed[a]
        if changed[a] != changed[b] and changed[0] != "0":
            found.append("".join(changed))
    return found


def transposed(base: Base, rng: random.Random) -> Seeded | None:
    def has_far(r: pd.Series) -> bool:
        return _is_number(r) and any(_is_far(r, t) for t in _transpositions(r["value"]))

    row = _pick(base, rng, has_far)
    if row is None:
        return None
    return _revalue(
        base, "transposed digits", row, rng.choice([t for t in _transpositions(row["value"]) if _is_far(row, t)])
    )


def _is_far(row: pd.Series, text: str) -> bool:
    """Not to be taken for a rounding."""
    step = Decimal(1).scaleb(-_decimals(row["value"]))
    return abs(Decimal(text) - Decimal(row["value"])) > step or (row["statistic"] in COUNTS)


def point(base: Base, rng: random.Random) -> Seeded | None:
    row = _pick(base, rng, lambda r: _is_number(r) and _decimals(r["value"]) == 1 and float(r["value"]) >= 1)
    return None if row is None else _revalue(base, "decimal point", row, row["value"].replace(".", ""))


def other_value(base: Base, rng: random.Random) -> Seeded | None:
    row = _pick(base, rng, lambda r: _is_number(r) and len(r["value"]) >= 2 and float(r["value"]) >= 3)
    if row is None:
        return None
    head = str((int(row["value"][0]) + rng.choice([2, 3, 4])) % 9 + 1)
    value = head + row["value"][1:]
    return (
        None if value == row["value"] or value in _transpositions(row["value"]) else _revalue(base, "value", row, value)
    )


def statistic(base: Base, rng: random.Random) -> Seeded | None:
    other = {"median": "mean", "mean": "median", "min": "q1", "max": "q3"}
    row = _pick(base, rng, lambda r: r["statistic"] in other and r["table_id"] != PROSE)
    if row is None:
        return None
    wanted = ("min", "max") if row["statistic"] in ("min", "max") else (row["statistic"],)
    cell = base.at(row["table_id"], row["stub_path"], row["spanner_path"])
    rows = cell[cell["statistic"].isin(wanted)]
    if cell["statistic"].isin([other[s] for s in wanted]).any():
        return None
    changes = [{"statistic": other[s]} for s in rows["statistic"]]
    return _with(base, "statistic", list(rows["observation_id"]), changes, f"{row['stub_path']}: {wanted}")


def unit(base: Base, rng: random.Random) -> Seeded | None:
    row = _pick(base, rng, lambda r: r["unit"] not in ("", "%") and r["table_id"] != PROSE)
    if row is None:
        return None
    g = base.gold
    rows = g[(g["table_id"] == row["table_id"]) & (g["stub_path"] == row["stub_path"]) & (g["unit"] == row["unit"])]
    other = "weeks" if row["unit"] != "weeks" else "months"
    return _with(
        base, "unit", list(rows["observation_id"]), [{"unit": other}] * len(rows), f"{row['stub_path']}: {other}"
    )


def _columns(base: Base, table_id: str) -> list[str]:
    return list(dict.fromkeys(base.gold.loc[base.gold["table_id"] == table_id, "spanner_path"]))


def _stubs(base: Base, table_id: str) -> list[str]:
    return list(dict.fromkeys(base.gold.loc[base.gold["table_id"] == table_id, "stub_path"]))


def _content(cell: pd.DataFrame) -> dict[str, str]:
    return dict(zip(cell["statistic"], cell["value"], strict=True))


def _table(base: Base, rng: random.Random) -> str:
    return rng.choice(sorted(set(base.gold["table_id"]) - {PROSE}))


def _exchange(base: Base, kind: str, first: pd.DataFrame, second: pd.DataFrame, what: str) -> Seeded | None:
    """The observations of two sets of cells, each put under the other's labels; cells are given in the same order."""
    ids, changes = [], []
    for mine, theirs in ((first, second), (second, first)):
        places = theirs[["stub_path", "spanner_path"]].drop_duplicates().to_dict("records")
        own = mine[["stub_path", "spanner_path"]].drop_duplicates().to_dict("records")
        if len(places) != len(own):
            return None
        for here, there in zip(own, places, strict=True):
            cell = mine[(mine["stub_path"] == here["stub_path"]) & (mine["spanner_path"] == here["spanner_path"])]
            ids += list(cell["observation_id"])
            changes += [dict(there)] * len(cell)
    return _with(base, kind, ids, changes, what)


def _differing(base: Base, pairs: list[tuple[pd.DataFrame, pd.DataFrame]]) -> list[tuple[pd.DataFrame, pd.DataFrame]]:
    return [(a, b) for a, b in pairs if len(a) and len(b) and _content(a) != _content(b)]


def swapped_columns(base: Base, rng: random.Random) -> Seeded | None:
    table = _table(base, rng)
    columns = _columns(base, table)
    if len(columns) < 2:
        return None
    a, b = rng.sample(columns, 2)
    both = _differing(base, [(base.at(table, s, a), base.at(table, s, b)) for s in _stubs(base, table)])
    if len(both) < 2:
        return None
    return _exchange(
        base, "swapped columns", pd.concat(x for x, _ in both), pd.concat(y for _, y in both), f"{a} | {b}"
    )


def swapped_rows(base: Base, rng: random.Random) -> Seeded | None:
    table = _table(base, rng)
    a, b = rng.sample(_stubs(base, table), 2)
    both = _differing(base, [(base.at(table, a, c), base.at(table, b, c)) for c in _columns(base, table)])
    if len(both) < 2:
        return None
    return _exchange(base, "swapped rows", pd.concat(x for x, _ in both), pd.concat(y for _, y in both), f"{a} | {b}")


def swapped_cells(base: Base, rng: random.Random) -> Seeded | None:
    table = _table(base, rng)
    columns, stubs = _columns(base, table), _stubs(base, table)
    if rng.random() < 0.5 and len(columns) > 1:
        stub, (a, b) = rng.choice(stubs), rng.sample(columns, 2)
        cells = (base.at(table, stub, a), base.at(table, stub, b))
    else:
        column, (a, b) = rng.choice(columns), rng.sample(stubs, 2)
        cells = (base.at(table, a, column), base.at(table, b, column))
    both = _differing(base, [cells])
    if not both or set(_content(cells[0])) != set(_content(cells[1])):
        return None
    return _exchange(base, "swapped cells", *both[0], f"{a} | {b}")


def shifted(base: Base, rng: random.Random) -> Seeded | None:
    """Three to five rows of a table slip down by one: the first is left empty, the last one's values are lost."""
    table = _table(base, rng)
    stubs, column = _stubs(base, table), rng.choice(_columns(base, table))
    size = rng.randint(3, 5)
    if len(stubs) <= size:
        return None
    start = rng.randrange(len(stubs) - size)
    cells = [base.at(table, s, column) for s in stubs[start : start + size]]
    contents = [_content(c) for c in cells]
    if not all(contents) or any(x == y for x, y in pairwise(contents)):
        return None
    ids, changes = [], []
    for cell, below in zip(cells, stubs[start + 1 : start + size], strict=False):
        ids += list(cell["observation_id"])
        changes += [{"stub_path": below}] * len(cell)
    seeded = _with(base, "shifted row", ids, changes, f"{stubs[start]} … under {column}")
    lost = list(cells[-1]["observation_id"])
    lines = seeded.lines | set(cells[-1]["gold_line"])
    return replace(seeded, read=seeded.read[~seeded.read["observation_id"].isin(lost)], lines=lines)


def denominator(base: Base, rng: random.Random) -> Seeded | None:
    """The percentages of a whole column are taken of another column's N."""
    sizes = sorted({int(d) for d in base.read["denominator"] if d.isdigit()})
    rows = [r for _, r in base.gold.iterrows() if r["statistic"] == "pct" and r["table_id"] != PROSE]
    if not rows or len(sizes) < 2:
        return None
    row = rng.choice(rows)
    n = _content(base.at(row["table_id"], row["stub_path"], row["spanner_path"])).get("n", "")
    if not n.isdigit() or n == "0":
        return None
    own = {s for s in sizes if _share(int(n), s, _decimals(row["value"])) == row["value"]}
    others = [s for s in sizes if s not in own and s >= int(n)]
    in_table = set(base.read.loc[base.read["table_id"] == row["table_id"], "denominator"])
    others = [s for s in others if str(s) in in_table]
    if not others or not own:
        return None
    value = _share(int(n), rng.choice(others), _decimals(row["value"]))
    return None if value == row["value"] else _revalue(base, "wrong denominator", row, value)


def _share(n: int, size: int, decimals: int) -> str:
    return str((Decimal(100 * n) / size).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP))


def missing(base: Base, rng: random.Random) -> Seeded | None:
    """A cell, a whole row or a whole column is not read."""
    table = _table(base, rng)
    g = base.gold[base.gold["table_id"] == table]
    row = g.iloc[rng.randrange(len(g))]
    own = rng.choice(
        [
            g[g["stub_path"] == row["stub_path"]],
            g[g["spanner_path"] == row["spanner_path"]],
            base.at(table, row["stub_path"], row["spanner_path"]),
        ]
    )
    read = base.read[~base.read["observation_id"].isin(own["observation_id"])]
    return Seeded("missing", base.gold, read, frozenset(own["gold_line"]), f"{len(own)} rows from {row['stub_path']}")


def extra(base: Base, rng: random.Random) -> Seeded | None:
    """Gold lacks a cell whose row and column it keyed."""
    row = _pick(base, rng, lambda r: r["table_id"] != PROSE and _is_number(r))
    if row is None:
        return None
    g, cell = base.gold, base.at(row["table_id"], row["stub_path"], row["spanner_path"])
    rest = g[~g["gold_line"].isin(cell["gold_line"])]
    own = rest[rest["table_id"] == row["table_id"]]
    if row["stub_path"] not in set(own["stub_path"]) or row["spanner_path"] not in set(own["spanner_path"]):
        return None
    return Seeded("extra", rest, base.read, frozenset(), row["stub_path"])


def label(base: Base, rng: random.Random) -> Seeded | None:
    """One level of the row labels is misread wherever it stands in the table."""
    table = _table(base, rng)
    levels = sorted({p for s in _stubs(base, table) for p in s.split(" > ") if sum(map(str.isalpha, p)) >= 8})
    if not levels:
        return None
    level = rng.choice(levels)
    places = [i for i, c in enumerate(level) if c.isalpha() and c.islower()]
    place = rng.choice(places)
    other = level[:place] + ("c" if level[place] != "c" else "e") + level[place + 1 :]
    own = base.gold[base.gold["table_id"] == table]
    own = own[own["stub_path"].map(lambda s: level in s.split(" > "))]
    changes = [{"stub_path": " > ".join(other if p == level else p for p in s.split(" > "))} for s in own["stub_path"]]
    return _with(base, "label only", list(own["observation_id"]), changes, f"{level} → {other}")


SEEDERS: tuple[Seeder, ...] = (
    coarser, rounding, comparator, transposed, point, other_value, statistic, unit, swapped_columns, swapped_rows,
    swapped_cells, shifted, denominator, missing, extra, label,
)  # fmt: skip
