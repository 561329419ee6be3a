"""reference.style: a paper that cites by number does not cite one work by author and year.

Comes in: a Study with its text. Goes out: one outcome for each "(Smith 2019)" in a paper whose other citations are all
numbers: a question, since the work is then in no place of the list. Names of software, statutes, registries and
scales may bear a year and are left alone, and so are authors whose number stands beside them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditable.blocks import Study
from auditable.checks.cited_numbers import find_citations
from auditable.checks.named_dates import MONTH
from auditable.checks.rule import Outcome, Quote, Rule
from auditable.references import is_literature

SEVERITY = "citation"
FEWEST_NUMBERS = 5
MOST_NAMES = 2
"""More citations by author are a habit of the paper and no slip."""
_NAME = r"[A-ZÄÖÜÉØÅ][a-zà-ÿ’'-]{2,}(?:-[A-Z][a-zà-ÿ]+)?"
_BY_AUTHOR = re.compile(rf"\(({_NAME})(?:(?:\set\sal\.?|\s(?:and|&)\s{_NAME})?,?)\s(?:19|20)\d\d[a-z]?\)(?!\s?[\[(]\d)")
_DATED = (
    r"declaration|version|edition|software|criteria|guidelines?|consensus|classification|scale|scor\w+|questionnaire|"
    r"index|manual|census|act|directive|regulation|protocol|statement|checklist"
)
"""Things that are named after a place or a firm, and by their year."""
_NO_AUTHOR = re.compile(
    rf"\b(?:{_DATED}|helsinki|inc|corp|ltd|gmbh|university|revised|revision|report|since|from|until|till|before|after|in|"
    rf"{MONTH}|spring|summer|autumn|winter|assembly|congress|meeting|annual|table|figure|appendix)\b",
    re.IGNORECASE,
)
_LEADS_TO_PLACE = re.compile(
    rf"\b(?:held|meeting|congress|presented|conference|assembly|amended|revised)\b[^.]*$|\b(?:{_DATED})\s$",
    re.IGNORECASE,
)


def test_style(study: Study) -> Iterator[Outcome]:
    """One outcome for each citation by author and year."""
    citations = find_citations(study)
    numbers = len(citations.places)
    if numbers < FEWEST_NUMBERS:
        return
    found = [
        Quote(s, *m.span())
        for s in study.text
        if s.source == "prose" and not is_literature(s)
        for m in _BY_AUTHOR.finditer(s.text)
        if not _NO_AUTHOR.search(m[0]) and not _LEADS_TO_PLACE.search(s.text[: m.start()])
    ]
    if not found:
        first = citations.places[min(citations.places)][0]
        message = "All works are cited by number."
        yield Outcome("consistent", (), message, f"{numbers} numbers cited", first.words, first.words, quotes=(first,))
    elif len({q.words for q in found}) <= MOST_NAMES:
        yield from (_ask(quote, numbers) for quote in {q.words: q for q in found}.values())


def _ask(quote: Quote, numbers: int) -> Outcome:
    message = (
        f"{quote.words} is cited by author and year, while all other works are cited by number ({numbers} of them): "
        "its number is missing, and it may not be in the list of references."
    )
    arithmetic = f"{quote.words} among citations by number"
    return Outcome("not testable", (), message, arithmetic, quote.words, "a number of the list", SEVERITY, (quote,))


RULES = (
    Rule(
        id="reference.style",
        claim="A paper that cites by number cites no work by author and year.",
        severity=SEVERITY,
        function=test_style,
        assumptions="Five numbers or more are cited in brackets, and at most two works by author and year in round "
        "brackets, with no number behind them. Names with a year that are no authors (declarations, software, scales) "
        "are left alone. A question.",
        literature="ICMJE recommendations on references (numbered in the order of their mention)",
        example="“(Smith 2019)” in a paper that cites [1] to [30].",
    ),
)
