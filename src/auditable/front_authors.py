"""The first author of a paper: from the line under its title, its running heads, how it asks to be cited, its metadata.

Comes in: a FrontMatter and the lines of the title. Goes out: names and the first author's surname as a Fact. A surname
that only metadata gives must be printed somewhere in the paper; where two sources name different people, none is taken.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from auditable.facts import Fact
from auditable.front_matter import FrontLine, FrontMatter, letters_key
from auditable.person_names import GROUP, clean_name, fold_name, split_names, surname_of

BYLINE_REACH_EM = 9.0
"""How far below the title the authors' line may begin, in parts of the title's size."""
MAX_HEAD_LETTERS = 70
"""A running head is short; "et al" in a longer line is of a sentence."""
LEAST_NAMES = 0.45
"""Share of a line's letters that are names, in a line of authors: degrees and marks take the rest."""
_NAME = r"[^\W\d_a-z][^\W\d_]*(?:['’-][^\W\d_]+)*"
_ET_AL = re.compile(
    rf"((?:(?:van|von|de|di|da|del|der|den|la|le|el|Van|Von|De|Di|Da|Del)\s)*{_NAME}(?:\s{_NAME})?)\s*,?\s+(?i:et\s+al\b)"
)
_TWO_OF_HEAD = re.compile(rf"^({_NAME})\s+(?:and|&)\s+{_NAME}$")
_INVERTED = re.compile(
    rf"^((?:[a-z]+\s)*{_NAME}(?:[\s-]{_NAME}){{0,2}}),?\s+((?:[A-Z]\.?[\s-]?){{1,5}})(?=\s*[,;&(]|\s*$|\s+et\s)"
)
_ASKS = re.compile(
    r"^\W*(?:to cite|how to cite|cite this|please cite|citation)\b[^:]*:\s*|^\W*citation for published.*$", re.I
)


@dataclass(frozen=True)
class Byline:
    """The authors as read: names in order, and the surname of the first."""

    names: tuple[str, ...]
    surname: Fact


def find_authors(front: FrontMatter, title: Sequence[FrontLine]) -> Byline:
    """The authors; a surname "" with the reason where the first cannot be told."""
    heads, pairs = _running_heads(front, _ET_AL.search), _running_heads(front, _TWO_OF_HEAD.match)
    cited = _cited_as(front)
    printed = _under_title(front, title)
    named = _named(front)
    tails = [*heads, *pairs, *cited]
    found: list[tuple[str, str, tuple[str, ...]]] = []
    if printed:
        found.append((surname_of(printed[0], tails), "the line under the title", tuple(printed)))
    if cited:
        found.append((cited[0], "how page 1 asks to be cited", ()))
    if named and _is_printed(surname_of(named[0], tails), front):
        found.append((surname_of(named[0], tails), "metadata, and printed in the paper", tuple(named)))
    if heads:
        found.append((heads[0], "running heads", ()))
    # "Drugs and Aging" stands at a page's edge as "Poe and Roe" does: alone it names nobody.
    found += [(pair, "running heads", ()) for pair in pairs[:1] if any(_is_same(pair, name) for name, _, _ in found)]
    return _settle(found)


def _settle(found: Sequence[tuple[str, str, tuple[str, ...]]]) -> Byline:
    if not found:
        return Byline((), Fact("", "no line of names under the title, no running head and no metadata names one"))
    keys = {_key(surname) for surname, _, _ in found}
    names = next((names for _, _, names in found if names), ())
    first = found[0]
    if len(keys) > 1:
        agreed = [f for f in found if sum(_is_same(f[0], o[0]) for o in found) > 1]
        if not agreed:
            said = "; ".join(f"{where}: {surname}" for surname, where, _ in found)
            return Byline((), Fact("", f"sources differ ({said})"))
        first = agreed[0]
        names = next((n for s, _, n in agreed if n), ())
    sources = [where for surname, where, _ in found if _is_same(surname, first[0])]
    return Byline(names, Fact(first[0], " and ".join(sources[:2])))


def _is_same(one: str, other: str) -> bool:
    """Whether two sources mean one surname: one may leave out a particle or the second half of a double name."""
    a, b = _key(one), _key(other)
    return a == b or a.endswith(f"-{b}") or b.endswith(f"-{a}") or a.startswith(f"{b}-") or b.startswith(f"{a}-")


def _key(surname: str) -> str:
    """The plain form of a surname; its own letters where they are not Latin and have none."""
    return fold_name(surname) or letters_key(surname)


def _running_heads(front: FrontMatter, find: Callable[[str], re.Match[str] | None]) -> list[str]:
    """Surnames found in short lines of the margins, the one printed most often first."""
    found: list[str] = []
    for line in front.lines:
        text = line.text.strip()
        if not line.is_margin or len(text) > MAX_HEAD_LETTERS:
            continue
        if match := find(text):
            found.append(_as_name(match[1]))
    return sorted(dict.fromkeys(found), key=lambda s: -found.count(s))


def _as_name(text: str) -> str:
    """A surname set in capitals as a name."""
    return text.title() if text.isupper() else text


def _cited_as(front: FrontMatter) -> list[str]:
    """The first surname of the citation that page 1 prints of itself."""
    lines = front.on_page(1)
    for line in lines:
        asks = _ASKS.match(line.text)
        if not asks:
            continue
        rest = line.text[asks.end() :].strip()
        below = front.below(line)
        text = rest or (below.text if below else "")
        inverted = _INVERTED.match(text)
        if inverted and not re.search(r"\b(?:and|&)\b", inverted[1]):
            return [inverted[1]]
        names = split_names(text)
        if names:
            return [surname_of(names[0])]
    return []


def _under_title(front: FrontMatter, title: Sequence[FrontLine]) -> list[str]:
    """The names of the first run of lines under the title that holds names of people and little else."""
    if not title:
        return []
    last = max(title, key=lambda o: o.bottom)
    reach = last.bottom + BYLINE_REACH_EM * last.size_pt
    below = [o for o in front.on_page(last.page) if last.top + 1 < o.top < reach and o not in title]
    for start in sorted(below, key=lambda o: (o.top, o.x0)):
        if split_names(_row_text(start, below)):
            # The list begins here or nowhere: further down it would begin with another than the first author.
            return _names_from(start, below)
    return []


def _names_from(start: FrontLine, below: Sequence[FrontLine]) -> list[str]:
    """The names of a line and of those that go on with the list; none unless most of the text is names."""
    text, at = _row_text(start, below), start
    while more := _next_row(at, below):
        row = _row_text(more, below)
        longer = f"{text}{' ' if _is_one(at, below) else ', '}{row}"
        if _n_letters(split_names(longer)) - _n_letters(split_names(text)) < LEAST_NAMES * len(letters_key(row)):
            break
        text, at = longer, more
    names = split_names(text)
    return names if names and _is_mostly(names, text) and _begins_with(text, names[0]) else []


def _row(line: FrontLine, below: Sequence[FrontLine]) -> list[FrontLine]:
    """The line and what stands beside it in its size, left to right."""
    beside = (o for o in below if o is line or abs(o.top - line.top) < 0.5 * line.size_pt)
    return sorted((o for o in beside if abs(o.size_pt - line.size_pt) < 1), key=lambda o: o.x0)


def _row_text(line: FrontLine, below: Sequence[FrontLine]) -> str:
    row = [(o.listed_text or o.text).strip() for o in _row(line, below)]
    return ", ".join(text.strip(" ,|&") for text in row) + ("," if row[-1].endswith((",", "&", "|")) else "")


def _is_one(line: FrontLine, below: Sequence[FrontLine]) -> bool:
    """Whether the row is one run of text, which may break within a name; names set apart never do."""
    return len(_row(line, below)) == 1


def _next_row(line: FrontLine, below: Sequence[FrontLine]) -> FrontLine | None:
    near = (o for o in below if line.top + 1 < o.top < line.bottom + line.size_pt and abs(o.size_pt - line.size_pt) < 1)
    return min(near, key=lambda o: (o.top, o.x0), default=None)


def _is_mostly(names: Sequence[str], text: str) -> bool:
    """Whether the names are most of the text: the rest is degrees and marks."""
    rest = [part for part in re.split(r"[,;]", text) if not GROUP.search(part)]
    return _n_letters(names) >= LEAST_NAMES * _n_letters(rest)


def _n_letters(names: Iterable[str]) -> int:
    return sum(len(letters_key(n)) for n in names)


def _begins_with(text: str, name: str) -> bool:
    """Whether the name opens the line: what stands before it would be another author, or a group."""
    first = re.split(r"[,;•·|]|\band\b|&", text, maxsplit=1)[0]
    surname = letters_key(name.rsplit(maxsplit=1)[-1])
    return surname in letters_key(first) or bool(clean_name(first)) or text.find(";") > 0


def _named(front: FrontMatter) -> list[str]:
    """People whom the metadata names as authors."""
    for values in ((front.values("dc:creator")), (front.values("Author")), (front.values("pdfx:Author"))):
        names = list(_people(values))
        if names:
            return names
    return []


def _people(values: Iterable[str]) -> Iterator[str]:
    for value in values:
        yield from split_names(value)


def _is_printed(surname: str, front: FrontMatter) -> bool:
    return len(fold_name(surname)) > 1 and letters_key(surname) in letters_key(front.text)
