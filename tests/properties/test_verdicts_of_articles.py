"""How often each rule gives each verdict on made articles with one error each: verdicts_of_articles.csv.

The measure of the checker says whether an error is found; this says that nothing else became of an article than before.
`python -m tests.properties.test_verdicts_of_articles` writes the file anew, and its diff is looked at. The last column
stands for all that is said: where it alone differs, `… test_verdicts_of_articles 3 ae.logic` prints what that rule says
of article 3.
"""

from __future__ import annotations

import csv
import hashlib
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice
from pathlib import Path

import pytest

from auditable.blocks import read_studies
from auditable.checks import RULES
from auditable.checks.rule import Outcome, Rule
from tests.articles.compose import article_of
from tests.articles.made_reading import made_reading
from tests.articles.seeding import Seeded, seeded_articles
from tests.articles.true_frame import true_observations

KEPT = Path(__file__).parent / "verdicts_of_articles.csv"
N_ARTICLES = 16
COLUMNS = ("article", "rule", "verdict", "severity", "times", "said")
Row = tuple[str, str, str, str, str, str]


def count_verdicts(number: int) -> list[Row]:
    """One row per rule, verdict and severity of an article, sorted."""
    said: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for rule, outcome in _outcomes(number):
        said[rule.id, outcome.verdict, outcome.severity].append(say(outcome))
    return sorted((str(number), *key, str(len(lines)), _short(lines)) for key, lines in said.items())


def say(outcome: Outcome) -> str:
    """All that an outcome says, and the numbers it says it of."""
    of = " ".join(o.observation_id for o in outcome.observations)
    return " | ".join((outcome.message, outcome.arithmetic, outcome.printed, outcome.expected, of))


def _short(lines: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()[:8]


def _outcomes(number: int) -> Iterator[tuple[Rule, Outcome]]:
    article = _seeded(number).article
    reading = made_reading(article)
    (study,) = read_studies(true_observations(article), {reading.study_id: reading.sentences})
    return ((rule, o) for rule in RULES.values() for o in rule.function(study))


@cache
def _seeded(number: int) -> Seeded:
    """The article of a number; those before it are made once."""
    return next(seeded for _, seeded in islice(seeded_articles(N_ARTICLES, article_of), number, None))


@cache
def _kept() -> list[Row]:
    with KEPT.open(encoding="utf-8", newline="") as file:
        return [(r[0], r[1], r[2], r[3], r[4], r[5]) for r in list(csv.reader(file))[1:]]


@pytest.mark.parametrize("number", range(N_ARTICLES))
def test_every_rule_gives_the_verdicts_it_gave_before(number: int) -> None:
    assert count_verdicts(number) == [row for row in _kept() if row[0] == str(number)]


def _write() -> None:
    with KEPT.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out, lineterminator="\n").writerows(
            [COLUMNS, *(row for k in range(N_ARTICLES) for row in count_verdicts(k))]
        )


if __name__ == "__main__":
    if sys.argv[1:]:
        print("\n".join(sorted(say(o) for rule, o in _outcomes(int(sys.argv[1])) if rule.id == sys.argv[2])))
    else:
        _write()
