"""The year under which a paper is cited, and the journal it names: by running heads, dates, metadata.

Comes in: a FrontMatter. Goes out: two Facts. The year of an issue goes before that of the first appearance online,
since a paper is cited by it; the day on which a file was made says nothing and is never used.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from auditable.facts import Fact
from auditable.front_matter import LIST_ENTRY, FrontLine, FrontMatter, words_of

YEAR = r"(?<!\d)((?:19|20)\d\d)(?!\d)"
_NO_RANGE = r"(?!\s*[–‐-]\s*\d)"
"""Pages and years of a copyright come as ranges: "1995–2001" is no year."""
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_VOLUME = r"(?!(?:19|20)\d\d\b)\d{1,4}"
_CITED = re.compile(
    rf"{YEAR}\s*(?:{_MONTH}\.?\s*\d*\s*)?[;,:]\s*(?:vol\.?\s*)?{_VOLUME}\s*[:(,]\s*[a-z]?\d"  # 2010 November 1; 3(6)
    rf"|\({YEAR}\)\s*(?:vol\.?\s*)?{_VOLUME}\s*[:,(]\s*[e\d]"  # (2016) 16:113
    rf"|\b{_VOLUME}\s*\({YEAR}\)\s*[\de]"  # 7 (2005) 662–670
    rf"|{YEAR}\s*\|\s*vol"  # 2011 | vol. 13
    rf"|\bvol(?:ume|\.)?\s*\d+(?:(?!\bpp?\b|\bpages?\b)\D){{1,30}}{YEAR}{_NO_RANGE}"  # Volume 30 | May 2024
    rf"|\bpp?\.?\s*[a-z]?\d+\s*[–‐-]\s*[a-z]?\d+,?\s*\(?{YEAR}{_NO_RANGE}"  # Vol. 17, pp. 1995–2001, 1996
    rf"|\bvol(?:ume|\.)?\s*\d+,?\s*(?:issue|no\.?|number)\s*\d+,?\s*{YEAR}"
    rf"|\(\s*{YEAR}\s*\)\s*,?\s*pp?\."
    rf"|\b{_MONTH}\s*(?:\d{{1,2}},\s*)?{YEAR}\s+\d+$",  # March 2023 119, a page's foot
    re.IGNORECASE,
)
_ASKED_TO_CITE = re.compile(rf"^\W*(?:(?:how\s)?to\s|please\s)?(?:cite|citation)\b.*?\(?{YEAR}", re.IGNORECASE)
_PUBLISHED = re.compile(
    r"(?:^|[|;/.:]\s*)(?:First\s|[Tt]his\s[Vv]ersion\s)?(?:Published|PUBLISHED|[Pp]osted|Publication\s[Dd]ate|Available|Epub|Online)"
    rf"(?:\s(?:[Oo]nline|[Ff]irst|ahead\sof\sprint))*\s*:?\s*(?:on\s)?(?:\d{{1,2}}\s)?(?i:{_MONTH}\.?\s*(?:\d{{1,2}},?\s*)?)?{YEAR}"
)
_COPYRIGHT = re.compile(rf"(?:©|\(c\)|\bcopyright\b|\bthe author\(s\))\D{{0,60}}{YEAR}{_NO_RANGE}", re.IGNORECASE)
_ANY = re.compile(YEAR)
_OTHER_DATE = re.compile(r"download|access|receiv|accept|submit|revis|print|regist|licen|https?:|[@\[]", re.IGNORECASE)
"""Lines at a page's edge whose year is that of something else."""
_VOLUME_ALONE = re.compile(r"(?:^|[.:]\s)([A-Z][\w&]*(?:\s[\w&]+){0,5})\s\d{1,4}\(\d{1,3}\)\s?:\s?[a-z]?\d")
"""A journal and where in it, the year standing elsewhere: "Made One 10(12): e0144"."""
CITATION = "the citation printed on the first pages"
LINES_OF_A_DATE = 3
"""A date may run over so many lines: "Published Online", "September 21, 2015"."""
_NOT_A_JOURNAL = re.compile(
    r"^(?:doi|https?|www|published|received|accepted|downloaded|volume|copyright|©|page|cite|author)", re.I
)


def find_year(front: FrontMatter) -> tuple[Fact, str]:
    """The year with where it was read, and a note or ""."""
    margin = [o for o in front.lines if o.is_margin]
    own = [o for o in front.on_page(1) if not LIST_ENTRY.search(o.text)]
    sources: list[tuple[str, Callable[[], Iterable[str]]]] = [
        (
            "metadata, date of the issue",
            lambda: _years(_ANY, front.values("prism:coverDate", "prism:coverDisplayDate")),
        ),
        (CITATION, lambda: _years(_CITED, (o.text for o in margin if not LIST_ENTRY.search(o.text)))),
        (CITATION, lambda: _years(_CITED, map(_text, own))),
        ("how page 1 asks to be cited", lambda: _years(_ASKED_TO_CITE, _runs(front, front.on_page(1), "cit"))),
        ("the date of publication printed on page 1", lambda: _years(_PUBLISHED, _runs(front, front.on_page(1), ""))),
        ("the copyright line of page 1", lambda: _years(_COPYRIGHT, map(_text, [*margin, *front.on_page(1)]))),
        ("metadata, the citation", lambda: _years(_ANY, map(_without_doi, front.values("Subject", "dc:description")))),
        ("metadata, date of the document", lambda: _years(_ANY, front.values("prism:publicationDate", "dc:date"))),
        (
            "running heads of the first pages",
            lambda: _years(_ANY, (o.text for o in margin if not _is_of_other(o, margin))),
        ),
    ]
    for name, find in sources:
        counts = Counter(find())
        (year, n), *rest = counts.most_common() or [("", 0)]
        if year and not (rest and rest[0][1] == n):
            note = f"Years printed there: {', '.join(sorted(counts))}." if rest else ""
            return Fact(year, name), note
    return Fact("", "no date of publication was found on the first pages"), ""


def find_journal(front: FrontMatter) -> Fact:
    """The journal with where it was read."""
    for name in front.values("prism:publicationName"):
        return Fact(" ".join(name.split()), "metadata")
    for text in front.values("Subject", "dc:description"):
        head = re.split(r",|\bdoi\b|\d", text, maxsplit=1)[0].strip(" ,;")
        if 1 <= len(words_of(head)) <= 8 and re.search(r"doi|\d{4}", text) and len(text) < 160:
            return Fact(head, "metadata, the citation")
    margin = [o for o in front.lines if o.is_margin]
    for line in (o for o in [*margin, *front.on_page(1)] if not LIST_ENTRY.search(o.text)):
        cited = _CITED.search(line.text)
        head = re.sub(r"[\s\d(]+$", "", line.text[: cited.start()]) if cited else ""
        head = re.sub(r"^.*\bet al\b\.?\s*|^\W*(?:to\s)?cite\b[^:]*:\s*", "", head, flags=re.IGNORECASE).strip(
            " .,;:|("
        )
        if 1 <= len(words_of(head)) <= 8 and head[:1].isupper() and not _NOT_A_JOURNAL.match(head):
            return Fact(head, CITATION)
    for line in front.on_page(1):
        if (cited := _VOLUME_ALONE.search(line.text)) and not _NOT_A_JOURNAL.match(cited[1]):
            return Fact(cited[1], CITATION)
    return Fact("", "not named beside a volume or in the metadata")


def _text(line: FrontLine) -> str:
    return line.text


def _years(pattern: re.Pattern[str], texts: Iterable[str]) -> list[str]:
    return [next(g for g in m.groups() if g) for text in texts for m in pattern.finditer(text)]


def _runs(front: FrontMatter, lines: Sequence[FrontLine], holding: str) -> Iterable[str]:
    """Each line with those below it, as far as a date may run."""
    for line in lines:
        if holding not in line.text.lower():
            continue
        text, at = line.text, line
        for _ in range(LINES_OF_A_DATE - 1):
            more = front.below(at)
            if more is None:
                break
            text, at = f"{text} {more.text}", more
        yield text


def _is_of_other(line: FrontLine, margin: Sequence[FrontLine]) -> bool:
    """Whether the year at a page's edge is that of something else, or may be the number of the page.

    A number alone is the year only where the numbers of other pages show that it is not counted on with them.
    """
    if not line.text.strip().isdecimal():
        return bool(_OTHER_DATE.search(line.text))
    alone = [o for o in margin if o.text.strip().isdecimal() and o.page != line.page]
    return not alone or any(int(o.text) - o.page == int(line.text) - line.page for o in alone)


def _without_doi(text: str) -> str:
    return re.sub(r"\bdoi\S*\s*\S+|10\.\d{4,9}/\S+", " ", text, flags=re.IGNORECASE)
