"""Errors of tables: counts, shares, cells that changed places, heads, units, rows of single patients."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from tests.articles.bench import Bench, Texts, cells, exchanged, first_of, moved, other_digit, single
from tests.articles.relations import exact
from tests.articles.tokens import Token


def count_off_by_one(b: Bench) -> Texts | None:
    return single(
        b, b.tokens("count", where="cell"), lambda t: moved(t.text, 1 if exact(t.text) < 1 else b.rng.choice([1, -1]))
    )


def pct_last_digit(b: Bench) -> Texts | None:
    return single(b, b.tokens("pct", where="cell"), lambda t: other_digit(t.text, b.rng))


def transposed(b: Bench) -> Texts | None:
    def change(t: Token) -> str | None:
        digits = [i for i, c in enumerate(t.text) if c.isdigit()]
        pairs = [
            (i, j)
            for i, j in pairwise(digits)
            if t.text[i] != t.text[j] and j == i + 1 and not (i == 0 and t.text[j] == "0")
        ]
        if not pairs:
            return None
        i, j = b.rng.choice(pairs)
        return t.text[:i] + t.text[j] + t.text[i] + t.text[j + 1 :]

    return single(b, [*b.tokens("count", where="cell"), *b.tokens("pct", where="cell")], change)


def swapped_cells(b: Bench) -> Texts | None:
    return _pairs(b, lambda k: (k[0], k[1], k[2] + 1))


def shifted_row(b: Bench) -> Texts | None:
    return _pairs(b, lambda k: (k[0], k[1] + 1, k[2]))


def _pairs(b: Bench, beside: Callable[[tuple[int, int, int]], tuple[int, int, int]]) -> Texts | None:
    found = {
        k: v
        for k, v in cells(b).items()
        if b.article.tables[k[0]].kind in ("baseline", "adverse events", "outcome", "subgroup")
    }
    keys = list(found)
    b.rng.shuffle(keys)
    for key in keys:
        other = found.get(beside(key))
        if other and len(found[key]) > 1 and (texts := exchanged(found[key], other)):
            return texts
    return None


def lost_point(b: Bench) -> Texts | None:
    numbers = [t for t in b.article.tokens.values() if "." in t.text and t.statistic != "word" and t.id in b.places]
    return single(b, numbers, lambda t: t.text.replace(".", "").lstrip("0") or None)


def wrong_unit(b: Bench) -> Texts | None:
    return single(b, b.tokens("unit"), lambda t: b.rng.choice(t.about["wrong"].split("|")) or None)


def dropped_bound(b: Bench) -> Texts | None:
    bounded = [t for t in b.article.tokens.values() if t.text[0] in "<>" and t.id in b.places and t.statistic != "word"]
    return single(b, bounded, lambda t: t.text[1:])


def rollup_wrong(b: Bench) -> Texts | None:
    return single(
        b,
        b.tokens("rollup", where="cell"),
        lambda t: moved(t.text, b.rng.choice([2, 3, 10]) if "pct" in t.tags else b.rng.choice([1, 2, 3])),
    )


def category_wrong(b: Bench) -> Texts | None:
    return single(b, b.tokens("exclusive", "count", where="cell"), lambda t: moved(t.text, b.rng.choice([1, 2, 5])))


def nested_rising(b: Bench) -> Texts | None:
    tokens = b.tokens("nested", "count", where="cell")
    return single(b, tokens, lambda t: moved(t.text, int(exact(t.text)) // 2 + b.rng.randint(8, 30)))


def wrong_head(b: Bench) -> Texts | None:
    return single(b, b.tokens("head"), lambda t: moved(t.text, b.rng.choice([-10, -3, -1, 1, 2, 10])))


def denominator_wrong(b: Bench) -> Texts | None:
    return single(b, b.tokens("denominator", where="cell"), lambda t: moved(t.text, b.rng.choice([-10, -2, 2, 10])))


def swapped_halves(b: Bench) -> Texts | None:
    found = {k: v for k, v in cells(b).items() if b.article.tables[k[0]].kind == "subgroup" and len(v) == 3}
    keys = [k for k in found if (k[0], k[1] + 1, k[2]) in found]
    return first_of(b, keys, lambda k: exchanged(found[tuple(k)], found[(k[0], k[1] + 1, k[2])]))


def individual_cell(b: Bench) -> Texts | None:
    return single(
        b,
        b.tokens("age", where="cell") + b.tokens("patient", where="cell"),
        lambda t: moved(t.text, b.rng.choice([30, 40, 50])),
    )


def severe_above_any(b: Bench) -> Texts | None:
    def change(ids: Sequence[int]) -> Texts | None:
        severe, any_grade = (b.article.tokens[i] for i in ids)
        if severe.about.get("grade") != ">=3" or any_grade.about.get("grade") != "any":
            return None
        return {severe.id: moved(any_grade.text, b.rng.randint(1, 5))}

    return first_of(b, [ids for ids in b.of_relation("order") if len(ids) == 2], change)


def term_above_class(b: Bench) -> Texts | None:
    def change(ids: Sequence[int]) -> Texts | None:
        term, above = (b.article.tokens[i] for i in ids)
        if (
            "harm" not in term.tags
            or term.about.get("grade") != above.about.get("grade")
            or term.about.get("category") == above.about.get("category")
        ):
            return None
        return {term.id: moved(above.text, b.rng.randint(1, 4))}

    return first_of(b, [ids for ids in b.of_relation("order") if len(ids) == 2], change)


def individual_order(b: Bench) -> Texts | None:
    def change(ids: Sequence[int]) -> Texts | None:
        early, death = (b.article.tokens[i] for i in ids)
        return {early.id: moved(death.text, b.rng.randint(3, 50))} if "early" in early.tags else None

    return first_of(b, [ids for ids in b.of_relation("order") if len(ids) == 2], change)
