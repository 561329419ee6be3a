"""Whether a number of a sentence is this paper's own or that of another study, and of which.

Comes in: a sentence, its section, its citations and the names of the trials the paper itself is about. Goes out: for
each number "this study" or "another study" with the reference as printed. A clause speaks of others when it says so
("others reported", "in a previous trial", "Smith et al.") or when, outside methods and results, a citation stands
behind its number; a clause that says "our" or "we" never does. A sentence that points back to the groups or authors of
the study told of right before it speaks of that study still.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile

from auditable.aside_patterns import CITATION
from auditable.asides import Aside
from auditable.model import PATH_SEPARATOR

OWN, OTHER = "this study", "another study"

_AUTHOR = r"[A-ZÄÖÜÉ][\w’'-]+"
_YEAR = r"(?:19|20)\d{2}[a-z]?"
NAMED_CITATION = re.compile(
    rf"\((?:e\.g\.,?\s|see\s|cf\.\s|reviewed\sin\s)?{_AUTHOR}(?:,?\s(?:et\sal\.?|and"
    rf"|&)(?:\s{_AUTHOR})?)*,?\s{_YEAR}(?:;[^()]*)?\)"
    rf"|\b{_AUTHOR}(?:\s(?:and|&)\s{_AUTHOR})?\s(?:et\sal\.?,?\s?|and\s(?:colleagues|coworkers"
    rf"|co-workers)\s?)?\({_YEAR}\)"
    rf"|\b{_AUTHOR}\s(?:et\sal\b\.?|and\s(?:colleagues|co-?workers|associates)\b)",
)
_AUTHOR_AND_YEAR = re.compile(rf"{_AUTHOR}\s\({_YEAR}\)")
_WORD_BEFORE = re.compile(r"([A-Z][\w-]+)\s$")
_LEADS_AUTHOR = re.compile(
    r"In|By|As|Like|Following|See|From|Since|While|Although|However|Unlike|And|But|Also|Then|Thus|To|Per|For|When|Where|Whereas"
    r"|Recently|Similarly|Both|Von|Van|De|Di|Le|La|Dr|Professor|Only|With"
)
TRIAL = re.compile(
    r"\b(?=[\w-]*[A-Z]{3})(?![IVX]+\b)(?P<name>[A-Z][A-Za-z]*[A-Z\d][\w-]*(?:\s?\d)?)(?=\s(?:trials?|stud(?:y|ies)"
    r"|registry"
    r"|cohort)\b)"
)
_OWN_WORDS = re.compile(
    r"\b(?:our|ours|we|us|herein)\b|\b(?:present|current|this)\s(?:[\w-]+\s){0,3}?(?:study|trial|analysis|series"
    r"|cohort"
    r"|report|work|investigation|population|survey)\b"
    r"|\bin\sthis\s(?:real-world\s)?(?:study|trial|analysis|cohort)\b",
    re.IGNORECASE,
)
_OTHER_WORDS = re.compile(
    r"(?<!this\s)(?<!our\s)(?<!present\s)\b(?:previous|prior|earlier|other|recent|historical|published|pivotal"
    r"|landmark|similar|another|larger?"
    r"|smaller|retrospective|registration)"
    r"\s(?:(?!(?:was|were|had|has|is)\b)\w+[\s-]){0,3}?(?:stud(?:y|ies)|trials?|reports?|series|cohorts?"
    r"|analys[ie]s|investigations?|data|authors|investigators)\b"
    r"|\b(?:previously|earlier)\s(?:reported|published|shown|described)\b"
    r"|\b(?:meta-analys[ei]s|systematic\sreviews?|literature|historical\scontrols?)\b|\b(?:reported|described"
    r"|observed|published|found|shown|seen)\s(?:by\s(?:others|(?:the\s)?(?:\w+\s)?(?:investigators|authors|group)"
    r"|(?-i:[A-Z]))|elsewhere|in\sthe\sliterature|previously)"
    r"|\b[Oo]thers\s(?:have\s)?(?:reported|found|saw|described|observed|showed)\b|\b(?:that|those|these)\s(?:study"
    r"|studies|trials?|authors)\b"
    r"|\bin\s(?:(?:a|an|one|two|three|the)\s(?:[\w-]+\s){0,6}?(?:study|trial|meta-analysis|series|cohort)"
    r"|(?:a|an|one|two|three)\s(?:[\w-]+\s){0,6}?(?:registry|register|survey|database))\s(?:of|by"
    r"|from|in|with|conducted|that|which|comparing|\[)"
    r"|\bthe\s[\d.·]+\s?%\s(?:of|in|from)\s(?:the\s|an?\s)?(?:inter-?national|national|nationwide|worldwide"
    r"|multi-?cent(?:er|re))\s(?:cohort|series|survey|trial|registry|register|network|sample)\b"
    r"|\b(?:in|from)\s(?:reviews|meta-analyses)\b",
    re.IGNORECASE,
)
_BACKGROUND = re.compile(
    r"^\W*(?:[\d.]+\W*)?(?:introduction|background|context|rationale|what is (?:already )?known|evidence before)",
    re.IGNORECASE,
)
_OWN_SECTION = re.compile(
    r"\b(?:results?|findings|methods?|abstract|summary|patients|statistical analysis|design|efficacy|safety"
    r"|outcomes?)"
    r"\b",
    re.IGNORECASE,
)
# Where a sentence turns from one study to another.
_TURN = re.compile(
    r";|\.\s|,?\s\b(?:whereas|while|but|although|though|unlike|compar(?:es|ed|able)\s(?:with|to)"
    r"|in\scontrast(?:\sto|\swith)?|as\sopposed\sto|similar\sto"
    r"|in\s(?:keeping|agreement|accord(?:ance)?)\swith|in\sline\swith|consistent\swith|versus|vs\.?|than|higher\sthan|lower\sthan|against|and\s(?=in\sthe\s))\b"
    r"|,(?=\s(?:an?|which|as)\s)",
    re.IGNORECASE,
)
_POINTS_BACK = re.compile(
    r"\b(?:the|both|all|each|either|these|those)\s(?:[\w-]+\s){0,2}?(?:groups?|arms?|authors|"
    r"investigators)\b|\b(?:they|their)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Speech:
    """Whom a number speaks of and the reference as printed."""

    speaks_of: str = OWN
    reference: str = ""


@dataclass(frozen=True, slots=True)
class _Clause:
    start: int
    end: int
    is_own: bool
    says_other: bool
    is_aside: bool
    citations: tuple[tuple[int, str], ...]


def find_speech(
    text: str,
    places: Sequence[int],
    asides: Sequence[Aside],
    kind: str,
    own_trials: Collection[str],
    told: str = "",
) -> list[Speech]:
    """Whom each number (by its place in the text) speaks of.

    kind: of the section, as section_kind tells it. own_trials: trials whose results are this paper's own subject.
    told: the one study of others that the sentence before told of.
    """
    clauses = _find_clauses(text, asides, own_trials)
    if told and kind != "own" and _goes_on(text, clauses):
        return [Speech(OTHER, told) for _ in places]
    return [_judge(place, clauses, kind) for place in places]


def told_study(text: str, asides: Sequence[Aside], own_trials: Collection[str], before: str = "") -> str:
    """The one study of others that a sentence tells of, as cited; "" where it is this paper, none, or several.

    before: the one the sentence before told of; a sentence that points back goes on with it.
    """
    clauses = _find_clauses(text, asides, own_trials)
    if before and _goes_on(text, clauses):
        return before
    if any(c.is_own for c in clauses) or not any(c.says_other for c in clauses):
        return ""
    by_number = {a.start for a in asides if a.reason == CITATION}
    cited = [c for clause in clauses for c in clause.citations]
    numbers = [text for start, text in cited if start in by_number]
    names = [text for start, text in cited if start not in by_number]
    if len(numbers) > 1 or len(names) > 1:
        return ""
    return next(iter((*numbers, *names)), "")


def _goes_on(text: str, clauses: Sequence[_Clause]) -> bool:
    return bool(_POINTS_BACK.search(text)) and not any(c.is_own or c.citations for c in clauses)


def section_kind(section: str, is_review: bool = False) -> str:
    """background · own · open, of the innermost heading that tells; in a review only its own heading tells."""
    headings = section.split(PATH_SEPARATOR)
    for heading in headings[-1:] if is_review else reversed(headings):
        if _BACKGROUND.search(heading):
            return "background"
        if _OWN_SECTION.search(heading):
            return "own"
    return "open"


def find_own_trials(texts: Sequence[str], sections: Sequence[str]) -> frozenset[str]:
    """Trials named where the paper tells of itself: with "our", "this", or in its methods and results."""
    found: set[str] = set()
    for text, section in zip(texts, sections, strict=True):
        if section_kind(section) == "own" or _OWN_WORDS.search(text):
            found |= {m["name"] for m in TRIAL.finditer(text)}
    return frozenset(found)


def named_citations(text: str) -> Iterator[re.Match[str]]:
    """Citations by author; a year behind several capitalised words ends a title ("Sleep Apnoea (2016)")."""
    for match in NAMED_CITATION.finditer(text):
        before = _WORD_BEFORE.search(text[: match.start()])
        is_title = bool(before and not _LEADS_AUTHOR.fullmatch(before[1])) and bool(
            _AUTHOR_AND_YEAR.fullmatch(match[0])
        )
        if not is_title:
            yield match


def _find_clauses(text: str, asides: Sequence[Aside], own_trials: Collection[str]) -> list[_Clause]:
    cuts = [0, *(m.start() for m in _TURN.finditer(text)), len(text)]
    citations = [(a.start, text[a.start : a.end]) for a in asides if a.reason == CITATION]
    citations += [(m.start(), m[0]) for m in named_citations(text)]
    clauses: list[_Clause] = []
    for start, end in pairwise(cuts):
        part = text[start:end]
        trials = [m["name"] for m in TRIAL.finditer(part)]
        others = [t for t in trials if t not in own_trials]
        inside = [c for c in citations if start <= c[0] < end] + [(start + part.find(t), t) for t in others]
        is_own = bool(_OWN_WORDS.search(part)) or any(re.search(rf"\b{re.escape(t)}\b", part) for t in own_trials)
        says_other = bool(_OTHER_WORDS.search(part) or others or any(named_citations(part)))
        clauses.append(_Clause(start, end, is_own, says_other, part.startswith(","), tuple(sorted(inside))))
    return clauses


def _judge(place: int, clauses: Sequence[_Clause], kind: str) -> Speech:
    """The verdict on one number: its own clause decides, then the sentence, then the section."""
    index = next((i for i, c in enumerate(clauses) if c.start <= place < c.end), len(clauses) - 1)
    clause = clauses[index]
    reference = _reference(place, clauses, index)
    if clause.is_own and not clause.says_other:
        return Speech()
    if clause.says_other:
        return Speech(OTHER, reference)
    if kind == "own":
        return Speech()
    if clause.citations and clause.citations[-1][0] > place:
        return Speech(OTHER, reference)
    if any(c.is_own for c in clauses):
        return Speech()
    if kind == "background" or any(c.says_other for c in clauses[:index]):
        return Speech(OTHER, reference)
    rest = list(takewhile(lambda c: c is clause or not c.is_aside, clauses[index:]))
    behind = [c for later in rest for c in later.citations if c[0] > place]
    return Speech(OTHER, behind[-1][1]) if behind else Speech()


def _reference(place: int, clauses: Sequence[_Clause], index: int) -> str:
    """The citation nearest behind the number, else the one before it, in its clause, else the sentence's only one."""
    behind = [text for start, text in clauses[index].citations if start >= place]
    before = [text for start, text in clauses[index].citations if start < place]
    if behind or before:
        return (behind or before[-1:])[0]
    everywhere = [text for c in clauses for _, text in c.citations]
    return everywhere[0] if len(everywhere) == 1 else ""
