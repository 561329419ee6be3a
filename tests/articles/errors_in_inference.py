"""Errors of summaries and inference: medians, limits, p values, survival."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from tests.articles.bench import Bench, Texts, first_of, moved
from tests.articles.relations import exact


def median_outside(b: Bench) -> Texts | None:
    def change(ids: Sequence[int]) -> Texts | None:
        low, median, high = (b.article.tokens[i] for i in ids)
        if median.statistic != "median":
            return None
        beyond = high if b.rng.random() < 0.5 else low
        return {median.id: moved(beyond.text, b.rng.randint(1, 4) * (1 if beyond is high else -1))}

    return first_of(b, [ids for ids in b.of_relation("order") if len(ids) == 3], change)


def range_limit(b: Bench) -> Texts | None:
    def change(ids: Sequence[int]) -> Texts | None:
        low, median, _ = (b.article.tokens[i] for i in ids)
        if median.statistic != "median" or low.statistic not in ("min", "q1"):
            return None
        return {low.id: moved(median.text, b.rng.randint(2, 9))}

    return first_of(b, [ids for ids in b.of_relation("order") if len(ids) == 3], change)


def median_in_wrong_category(b: Bench) -> Texts | None:
    def change(ids: Sequence[int]) -> Texts | None:
        median = b.article.tokens[ids[0]]
        return {
            median.id: moved(
                median.text, b.rng.choice([8, 10, 12, -8, -10, -12]) * 10 ** len(median.text.partition(".")[2])
            )
        }

    return first_of(b, list(b.of_relation("median in category")), change)


def limit_past_estimate(b: Bench) -> Texts | None:
    def change(ids: Sequence[int]) -> Texts | None:
        low, middle, high = (b.article.tokens[i] for i in ids)
        if low.statistic != "ci_low" or high.statistic != "ci_high":
            return None
        wide = max(1, int((exact(high.text) - exact(low.text)) * 10 ** len(middle.text.partition(".")[2])) // 4)
        if b.rng.random() < 0.5:
            return {low.id: moved(middle.text, wide)}
        return {high.id: moved(middle.text, -wide)}

    return first_of(b, [ids for ids in b.of_relation("order") if len(ids) == 3], change)


def limit_asymmetric(b: Bench) -> Texts | None:
    def change(ids: Sequence[int]) -> Texts | None:
        ratio, low, high = (b.article.tokens[i] for i in ids)
        if b.rng.random() < 0.5:
            return {
                high.id: moved(high.text, int((exact(high.text) - exact(ratio.text)) * 100 * b.rng.choice([1, 2])) + 5)
            }
        return {
            low.id: moved(
                low.text,
                max(
                    1, int((exact(ratio.text) - exact(low.text)) * 100 * b.rng.choice([Fraction(1, 2), Fraction(3, 4)]))
                ),
            )
        }

    return first_of(b, list(b.of_relation("symmetry")), change)


def p_against_limits(b: Bench) -> Texts | None:
    def change(ids: Sequence[int]) -> Texts | None:
        p = b.article.tokens[ids[3]]
        value = float(exact(p.text))
        return {
            p.id: b.rng.choice(["0.41", "0.62", "0.78"]) if value < 0.05 else b.rng.choice(["0.001", "0.003", "0.008"])
        }

    return first_of(b, list(b.of_relation("p of ratio")), change)


def proportion_limit(b: Bench) -> Texts | None:
    def change(ids: Sequence[int]) -> Texts | None:
        t = b.article.tokens[b.rng.choice(ids[2:])]
        return {t.id: moved(t.text, b.rng.choice([-31, -18, 18, 27, 42]))} if exact(t.text) > 5 else None

    return first_of(b, list(b.of_relation("proportion limits")), change)


def test_p(b: Bench) -> Texts | None:
    def change(ids: Sequence[int]) -> Texts | None:
        t = b.article.tokens[ids[4]]
        value = float(exact(t.text))
        return {
            t.id: b.rng.choice(["0.33", "0.47", "0.71"]) if value < 0.1 else b.rng.choice(["0.004", "0.021", "0.038"])
        }

    return first_of(b, list(b.of_relation("tested")), change)


def survival_rises(b: Bench) -> Texts | None:
    def change(ids: Sequence[int]) -> Texts | None:
        late, early = (b.article.tokens[i] for i in ids[:2])
        return {late.id: moved(early.text, b.rng.randint(5, 60))} if {"landmark"} <= late.tags else None

    return first_of(
        b,
        [
            ids
            for ids in b.of_relation("order")
            if "landmark" in b.article.tokens[ids[0]].tags and b.article.tokens[ids[0]].statistic == "pct"
        ],
        change,
    )


def early_after_death(b: Bench) -> Texts | None:
    def change(ids: Sequence[int]) -> Texts | None:
        first, second = (b.article.tokens[i] for i in ids)
        return {first.id: moved(second.text, b.rng.randint(4, 40))}

    pairs = [
        ids
        for ids in b.of_relation("order")
        if len(ids) == 2
        and b.article.tokens[ids[1]].about.get("variable") == "os"
        and "patient" not in b.article.tokens[ids[0]].tags
    ]
    return first_of(b, pairs, change)
