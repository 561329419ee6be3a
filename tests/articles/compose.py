"""One whole article of a seed: tables first, then the text that repeats them."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import cast

from tests.articles.baseline import write_baseline
from tests.articles.discussion import write_discussion, write_ending
from tests.articles.document import Article, TableOf
from tests.articles.events import write_events, write_exposure, write_subgroups
from tests.articles.front import write_abstract, write_introduction, write_methods, write_title
from tests.articles.individuals import write_individuals
from tests.articles.outcome import write_outcome
from tests.articles.places import place_tokens
from tests.articles.relations import Relation
from tests.articles.results import write_results
from tests.articles.story import Story, begin


@cache
def article_of(seed: int) -> Article:
    """The article of a seed; its printed numbers hold all its relations."""
    story = begin(seed)
    tables = _series_tables(story) if story.design == "case series" else _trial_tables(story)
    methods, results, discussion = write_methods(story), write_results(story), write_discussion(story)
    abstract = write_abstract(story)  # written last, it repeats what the results print
    sections = (*abstract, write_introduction(story), *methods, *results, discussion, *write_ending(story))
    tokens = {t.id: t for t in story.desk.tokens}
    relations = tuple(cast("list[Relation]", story.desk.relations))
    whole = Article(
        seed, story.design, write_title(story), sections, tuple(tables), tokens, relations, story.desk.habits
    )
    return _of_printed(whole)


def _of_printed(article: Article) -> Article:
    """The article with the tokens that stand on its pages, and the relations among these alone.

    Of several wordings one is printed: the numbers of the others bind nothing.
    """
    stands = set(place_tokens(article))
    tokens = {i: t for i, t in article.tokens.items() if i in stands}
    return replace(article, tokens=tokens, relations=tuple(r for r in article.relations if set(r.ids) <= stands))


def _series_tables(story: Story) -> list[TableOf]:
    story.sizes[""] = story.desk.whole(story.people.n, "total", "size")
    return [write_individuals(story)]


def _trial_tables(story: Story) -> list[TableOf]:
    tables = [write_baseline(story), write_outcome(story)]
    if len(story.arms) > 1 or story.rng.random() < 0.5:
        subgroups = write_subgroups(story)
        tables += [subgroups] if subgroups else []
    if story.design != "cohort" or story.rng.random() < 0.5:
        tables.append(write_events(story))
        if story.rng.random() < 0.7:
            tables.append(write_exposure(story))
    return tables
