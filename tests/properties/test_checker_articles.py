"""Whole articles that are true by construction, and errors seeded in them: the fast part of the measure of the checker.

The whole runs by `make checker` and is written down in docs/checker.md.
"""

import pytest

from tests.articles.compose import article_of
from tests.articles.measure import clean_jobs, measure, seeded_jobs
from tests.articles.places import place_tokens
from tests.articles.seeding import CLASSES, seed_error, seeded_articles

SEEDS = range(12)
SILENT = range(1, 5)
"""True articles whose silence is tested here."""
N_SEEDED = 14
"""Articles with an error, one of each of the first classes."""
LEAST_FOUND_PCT = 90
"""Share of the detectable errors that must be found; docs/checker.md has the figures of the whole measure."""


@pytest.mark.parametrize("seed", SEEDS)
def test_an_article_is_true(seed: int) -> None:
    """Everything it prints agrees with everything else it prints."""
    article = article_of(seed)
    assert not article.broken()
    assert set(place_tokens(article)) == set(article.tokens)


def test_a_seed_always_writes_the_same_article() -> None:
    first = article_of(3)
    article_of.cache_clear()
    assert {i: t.text for i, t in article_of(3).tokens.items()} == {i: t.text for i, t in first.tokens.items()}


def test_each_class_of_errors_changes_an_article() -> None:
    seeded = list(seeded_articles(len(CLASSES), article_of))
    assert {s.kind for _, s in seeded} == set(CLASSES)
    assert all(s.changed for _, s in seeded)


def test_an_error_that_breaks_nothing_is_told_as_undetectable() -> None:
    found = [s for k in range(60) if (s := seed_error(article_of(k % 12), "decimal point lost", k))]
    assert {s.is_detectable for s in found} == {True, False}


def test_true_articles_are_not_accused() -> None:
    """On true observations; none of these articles may have a finding above note."""
    results = measure(clean_jobs(len(SILENT), "truth", first=SILENT[0]), n_processes=1)
    assert [(r.seed, r.told) for r in results if r.told] == []


def test_most_seeded_errors_are_found() -> None:
    """On true observations, one article for each of the first classes."""
    able = [r for r in measure(seeded_jobs(N_SEEDED, "truth"), n_processes=1) if r.is_detectable]
    missed = [f"seed {r.seed}, {r.kind}: {r.change}" for r in able if not r.is_found]
    assert 100 * (len(able) - len(missed)) >= LEAST_FOUND_PCT * len(able), missed
