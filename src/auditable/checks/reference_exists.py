"""reference.exists: a number by which a paper cites is one of its list of references.

Comes in: a Study with its text. Goes out: one outcome for all citations that the list holds, one for each that it does
not: beyond the end of the list, or, where no list was read, far beyond a series of numbers without a gap; and one where
the paper counts the articles it cites. A number that is never cited is a note.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditable.blocks import Observation, Study
from auditable.checks.cited_numbers import Citations, find_citations
from auditable.checks.rule import Outcome, Rule

SEVERITY = "citation"
FEWEST = 8
"""A list, or a series of citations, shorter than this says little of where it ends."""
FAR = 3
"""Without a list, a number so far behind the last of the series is no next reference whose neighbours went unread."""
_CITED_ARTICLES = re.compile(
    r"\bcited\b(?=.*\b(?:articles?|papers?|references?|publications?|records?|stud(?:y|ies))\b)", re.I
)
_NOT_CITED = re.compile(r"\b(?:not cited|uncited|excluded|identified|retrieved)\b", re.IGNORECASE)


def test_numbers(study: Study) -> Iterator[Outcome]:
    """Numbers of citations against the list; once for each number."""
    citations = find_citations(study)
    if len(citations.places) < FEWEST:
        return
    last = _last_number(citations)
    beyond = [n for n in sorted(citations.places) if last and _is_beyond(n, last, citations)]
    for number in beyond:
        yield _accuse(number, last, citations)
    if last and not beyond:
        yield _pass(last, citations)
    yield from _test_counted(study, citations)


def _last_number(citations: Citations) -> int:
    """The last number of the list, else of a series of citations that one number at most goes beyond; 0 where neither
    is long and whole enough.
    """
    listed = citations.listed
    if listed:
        is_whole = listed[0] == 1 and len(listed) >= max(FEWEST, listed[-1] - 1)
        return listed[-1] if is_whole else 0
    others = sorted(citations.every)[:-1]
    is_whole = citations.reach >= FEWEST and citations.reach >= max(others)
    return citations.reach if is_whole else 0


def _is_beyond(number: int, last: int, citations: Citations) -> bool:
    """Whether a number is past the end, and not the next one of a list whose end was not read."""
    step = 2 if citations.listed else FAR
    is_lone = number - 1 not in citations.every and number + 1 not in citations.every
    return number >= last + step and is_lone and len(citations.places[number]) == 1


def _accuse(number: int, last: int, citations: Citations) -> Outcome:
    quote = citations.places[number][0]
    if citations.listed:
        message = f"Reference {number} is cited, but the list ends with {last}."
        return Outcome("impossible", (), message, f"{number} > {last}", str(number), f"1 to {last}", quotes=(quote,))
    message = (
        f"Reference {number} is cited, but all other numbers run from 1 to {last} without a gap: it may be misprinted."
    )
    expected = f"1 to {last}"
    return Outcome("not testable", (), message, f"{number} > {last}", str(number), expected, SEVERITY, (quote,))


def _pass(last: int, citations: Citations) -> Outcome:
    never = [n for n in range(1, last + 1) if n not in citations.every]
    quote = citations.places[min(citations.places)][0]
    message = f"All citations are numbers from 1 to {last}."
    if never and citations.listed:
        message += f" Not seen in the text: {', '.join(map(str, never))}."
    return Outcome("consistent", (), message, f"{len(citations.places)} numbers cited", "", "", quotes=(quote,))


def _test_counted(study: Study, citations: Citations) -> Iterator[Outcome]:
    """Rows that count the articles a review cites, against the last number of its references."""
    rows = [o for o in study.observations if o.source == "table" and _counts_cited(o)]
    last = citations.listed[-1] if citations.listed else citations.reach
    if not rows or len({o.table_id for o in rows}) > 1 or last != max(citations.every):
        return
    counts = [o.whole or 0 for o in rows]
    total = sum(counts)
    if total > last and (last in counts or (len(counts) > 2 and 2 * max(counts) == total)):
        return  # one row holds the others
    arithmetic = f"{' + '.join(o.value for o in rows)} = {total}; references 1 to {last}"
    if total == last:
        message = f"{total} articles are counted as cited, and the references run to {last}."
        yield Outcome("consistent", tuple(rows), message, arithmetic, str(total), str(last))
    elif total > last:
        message = (
            f"{total} articles are counted as cited, but the references that are cited run from 1 to {last}. "
            f"Either some "
            "are missing from the text, or the count is wrong."
        )
        yield Outcome("not testable", tuple(rows), message, arithmetic, str(total), str(last), SEVERITY)


def _counts_cited(o: Observation) -> bool:
    return (
        o.statistic == "n"
        and o.whole is not None
        and bool(_CITED_ARTICLES.search(o.stub_path))
        and not _NOT_CITED.search(o.stub_path)
    )


RULES = (
    Rule(
        id="reference.exists",
        claim="A reference that is cited by number is in the list, and as many are cited as the paper says.",
        severity=SEVERITY,
        function=test_numbers,
        assumptions="Numbers in brackets only. The list was read from 1 on without a gap, or there is none and "
        "the numbers "
        "cited run on without a gap; the number stands alone, far enough behind the last for no entry to have been "
        "lost on the way. Articles counted as cited are compared where the last reference is also the last cited.",
        literature="ICMJE recommendations on references; Jergas & Baethge 2015, PeerJ 3:e1364 (errors of citation)",
        example="“as others have shown [85]”, where the list of references ends with 58.",
    ),
)
