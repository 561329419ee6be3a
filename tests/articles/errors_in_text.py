"""Errors of running text: numbers that differ from the tables, sums of a flow, words, conversions."""

from __future__ import annotations

from collections.abc import Callable

from tests.articles.bench import Bench, Texts, exchanged, first_of, moved, single
from tests.articles.relations import exact
from tests.articles.tokens import Token

Maker = Callable[[Bench], Texts | None]


def swapped_arms_in_text(b: Bench) -> Texts | None:
    """Two percentages, medians or rates of one sentence that name two arms change places."""
    groups: dict[str, list[Token]] = {}
    for kind in ("repeat_pct", "repeat_median", "repeat_rate"):
        for t in b.tokens(kind, where="prose"):
            groups.setdefault(b.place(t.id).text + kind, []).append(t)
    return first_of(
        b,
        [g for g in groups.values() if len(g) == 2 and g[0].about.get("arm") != g[1].about.get("arm")],
        lambda g: exchanged(g[:1], g[1:]),
    )


def repeat_wrong(where: str) -> Maker:
    def make(b: Bench) -> Texts | None:
        return single(
            b,
            b.tokens("repeat", where=where),
            lambda t: moved(t.text, b.rng.choice([-2, -1, 1, 2, 5, 10])) if exact(t.text) > 10 else moved(t.text, 1),
        )

    return make


def size_in_text(b: Bench) -> Texts | None:
    return single(b, b.tokens("size", where="prose"), lambda t: moved(t.text, b.rng.choice([-10, -1, 1, 2, 10])))


def flow_wrong(b: Bench) -> Texts | None:
    return single(b, b.tokens("flow"), lambda t: moved(t.text, b.rng.choice([1, 2, 5, 10])))


def individual_summary(b: Bench) -> Texts | None:
    return single(b, b.tokens("series"), lambda t: moved(t.text, b.rng.choice([-2, -1, 1, 2, 3])))


def individual_count(b: Bench) -> Texts | None:
    return single(b, b.tokens("series_count"), lambda t: moved(t.text, 1))


def redefined(b: Bench) -> Texts | None:
    return single(b, b.tokens("expansion"), lambda t: t.about["wrong"])


def conversion_wrong(b: Bench) -> Texts | None:
    tokens = [t for t in b.tokens("conversion") if t.id in b.related]
    return single(
        b,
        tokens,
        lambda t: moved(t.text, b.rng.choice([30, 60, -30]) if "." in t.text else b.rng.choice([15, 20, -12])),
    )


def eligibility_wrong(b: Bench) -> Texts | None:
    return single(b, b.tokens("eligibility"), lambda t: b.rng.choice(["65", "60", "70"]) if t.text == "18" else "12")


def approximate_wrong(b: Bench) -> Texts | None:
    return single(b, b.tokens("approximate"), lambda t: b.rng.choice(t.about["wrong"].split("|")))
