"""Seeded errors: one printed number (or one unit, label, word; or two numbers exchanged) of a true article is changed.

Comes in: an article and a class of errors. Goes out: a Seeded article that says what was changed and which relations
between the printed numbers that breaks. None broken: no arithmetic can find it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from random import Random

from tests.articles import errors_in_inference as inference
from tests.articles import errors_in_tables as tables
from tests.articles import errors_in_text as text
from tests.articles.bench import Bench, Texts
from tests.articles.document import Article

Maker = Callable[[Bench], Texts | None]


@dataclass(frozen=True)
class Seeded:
    """One article with one error. families: rule prefixes that may rightly name it; empty where undetectable.

    The family frame (a value that cannot be what it is read as) may name any error.
    """

    article: Article
    kind: str
    changed: Mapping[int, str]
    families: tuple[str, ...]
    relations: tuple[str, ...]

    @property
    def is_detectable(self) -> bool:
        return bool(self.relations)


CLASSES: dict[str, Maker] = {
    "count ±1": tables.count_off_by_one,
    "percentage, last digit": tables.pct_last_digit,
    "transposed digits": tables.transposed,
    "cells of a row exchanged": tables.swapped_cells,
    "row shifted": tables.shifted_row,
    "arms exchanged in a sentence": text.swapped_arms_in_text,
    "decimal point lost": tables.lost_point,
    "wrong unit": tables.wrong_unit,
    "bound dropped": tables.dropped_bound,
    "response is not its sum": tables.rollup_wrong,
    "category sum": tables.category_wrong,
    "nested count rises": tables.nested_rising,
    "median outside its range": inference.median_outside,
    "range begins above the median": inference.range_limit,
    "median in the wrong category": inference.median_in_wrong_category,
    "abstract differs": text.repeat_wrong("Abstract"),
    "results differ": text.repeat_wrong("Results"),
    "discussion differs": text.repeat_wrong("Discussion"),
    "limit past its estimate": inference.limit_past_estimate,
    "asymmetric limits": inference.limit_asymmetric,
    "p against limits": inference.p_against_limits,
    "limits of a proportion": inference.proportion_limit,
    "p of a test": inference.test_p,
    "survival rises": inference.survival_rises,
    "progression after death": inference.early_after_death,
    "severe above any grade": tables.severe_above_any,
    "term above its class": tables.term_above_class,
    "N in a head": tables.wrong_head,
    "N in the text": text.size_in_text,
    "denominator in a cell": tables.denominator_wrong,
    "flow of patients": text.flow_wrong,
    "summary of single patients": text.individual_summary,
    "value of one patient": tables.individual_cell,
    "one patient's times": tables.individual_order,
    "count of single patients": text.individual_count,
    "halves of a split exchanged": tables.swapped_halves,
    "abbreviation redefined": text.redefined,
    "conversion of units": text.conversion_wrong,
    "eligibility": text.eligibility_wrong,
    "approximate word": text.approximate_wrong,
}


def seed_error(article: Article, kind: str, seed: int) -> Seeded | None:
    """The article with one error of a class, or None where it holds nothing that this error could befall."""
    bench = Bench(article, Random(seed * 101 + len(kind)))
    changed = CLASSES[kind](bench)
    if not changed:
        return None
    wrong = article.with_texts(changed)
    broken = wrong.broken(list(changed))
    families = tuple(dict.fromkeys([f for r in broken for f in r.families] + (["frame."] if broken else [])))
    return Seeded(wrong, kind, changed, families, tuple(dict.fromkeys(r.name for r in broken)))


def seeded_articles(count: int, article_of: Callable[[int], Article], first: int = 0) -> Iterator[tuple[int, Seeded]]:
    """Seeded articles, the classes in turn; of articles that hold nothing for a class the next one is taken."""
    kinds = list(CLASSES)
    seed, made = first, 0
    while made < count:
        kind = kinds[made % len(kinds)]
        for attempt in range(60):
            seeded = seed_error(article_of(seed + attempt), kind, made)
            if seeded is not None:
                break
        else:
            raise AssertionError(f"no article can hold the error {kind!r}")
        yield seed + attempt, seeded
        seed, made = seed + 1, made + 1
