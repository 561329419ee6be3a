"""One made article as a PDF, for the tutorial: `python -m tests.articles.print_one 3 article.pdf [--misprint]`.

The seed alone decides what is printed. With --misprint the first count of Table 1 that has a percentage beside it is
printed wrong, as an article may have it before its erratum.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from tests.articles.compose import article_of
from tests.articles.document import Article
from tests.articles.printing import print_article
from tests.articles.tokens import PLACEHOLDER

WRONG_BY = 4
"""So far off is the misprint that no rounding of the percentage explains it."""


def misprinted(article: Article) -> Article:
    """The article with one count of its first table printed too large."""
    cells = (cell for row in article.tables[0].rows for cell in row.cells)
    tokens = (article.tokens[int(number)] for cell in cells for number in PLACEHOLDER.findall(cell))
    count = next(t for t in tokens if t.statistic == "n")
    return article.with_texts({count.id: str(int(count.text) + WRONG_BY)})


def main() -> None:
    """Prints the article and says where it lies."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("seed", type=int)
    parser.add_argument("path", type=Path)
    parser.add_argument("--misprint", action="store_true")
    given = parser.parse_args()
    article = article_of(given.seed)
    print_article(misprinted(article) if given.misprint else article, given.path)
    print(f"{given.path}: {article.title}")


if __name__ == "__main__":
    main()
