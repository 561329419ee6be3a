"""Headings of running text and the section each line stands under.

Comes in: lines in reading order, with how they are set. Goes out: whether a line is a heading, and the section behind
it as "Results > Safety". Four habits are known: headings on a line of their own (bold, larger, numbered, or
letterspaced capitals), heads at the start of a paragraph that a colon or full stop ends ("Methods: …"), heads told only
by their font ("Findings We saw …"), and none at all. Sentences are sentences.py's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from auditable.layout import Line, Style, main_style

# Titles of the main parts of an article, a blank where one is printed.
_FRONT = (
    "abstract|summary|plain language summary|lay summary|synopsis|introduction|background|rationale"
    "|objectives?|aims?|purpose|aims? and objectives?|context|importance|highlights|key points"
    "|key messages|what is new.?|what are the clinical implications.?|what is already known.*"
    "|what this study adds.*|what this paper adds.*|research in context"
)
_MIDDLE = (
    "(?:patients|materials?|subjects|participants)(?: and |, ?| & )methods"
    "|methods?(?: and materials?)?|methods(?: and | & )(?:findings|results)|experimental design"
    "|study design|design|experimental procedures|case (?:report|presentation|description|series)s?"
    "|results?|results and discussion|findings|main results?|discussion|discussion and conclusions?"
    "|comment|conclusions?|concluding remarks|interpretation|limitations?|strengths and limitations"
)
_BACK = (
    "acknowledge?ments?|references|bibliography|literature cited|works cited|funding"
    "|sources? of funding|conflicts? of interests?|competing interests?"
    "|declarations?(?: of (?:competing )?interests?)?|disclosures?|data availability(?: statement)?"
    "|availability of data.*|ethics(?: approval| statement).*"
    "|supplementary (?:materials?|information|data)|supporting information"
    "|author(?:s.?|.s)? contributions?|contributors|article information|appendix(?: [a-z0-9])?"
    "|abbreviations|publisher.s note|additional information|online content|reporting summary"
)
_NUMBERING = r"(?:\d+(?:\.\d+)*\.?\s*[|.]?\s*)?"
MAJOR = re.compile(rf"^{_NUMBERING}({_FRONT}|{_MIDDLE}|{_BACK})\W*$", re.IGNORECASE)
_FRONT_TITLE = re.compile(rf"^{_NUMBERING}(?:{_FRONT})\W*$", re.IGNORECASE)
# R E S U L T S and M ethods: letters set apart
_TIGHT = re.compile(rf"^({f'{_FRONT}|{_MIDDLE}|{_BACK}'.replace(' ', '')})\W*$", re.IGNORECASE)
_LONE_LETTER = re.compile(r"(?:^|\s)[A-Za-z](?=\s|$)")
_NUMBERED = re.compile(r"^\d{1,2}(?:\.\d{1,2}){1,3}\.?\s+[A-Z][a-z]+")
_INLINE = (
    "Background|Introduction|Importance|Context|Objectives?|Aims?|Purpose|Methods?"
    "|Patients and methods|Materials and methods|Design|Study design|Setting|Participants|Patients"
    "|Interventions?|Exposures?|Main outcomes?(?: and measures)?|Measurements|Results?|Main results"
    "|Findings|Methods and results|Methods and findings|Discussion|Limitations?"
    "|Conclusions?(?: and relevance)?|Interpretation|Trial registration|Registration|Funding"
)
INLINE_HEAD = re.compile(rf"^({_INLINE})\s?[:.—|]\s+(?=[A-Z0-9(<>≥≤~])", re.IGNORECASE)
_BOLD_HEAD = re.compile(rf"^({_INLINE})\W*$", re.IGNORECASE)
_MINOR = re.compile(
    r"^(?:study design|design|experimental design|limitations?|strengths and limitations|objectives?|aims?|purpose"
    r"|findings|background|rationale)$",
    re.IGNORECASE,
)
_NO_HEADING = re.compile(r"https?:|www\.|doi\b|@|\bISRCTN|\bNCT\d|^\W*\d[\d\W]*$", re.IGNORECASE)
_RUN_IN = re.compile(r"^[A-Z].*[A-Za-z]{3}.*[.:—]$")

MAX_HEADING_WORDS = 14
MAX_RUN_IN_WORDS = 8
MAX_BOLD_LINES = 4
SMALLER_PT = 0.4
TITLE_RATIO = 1.25
"""A line this much larger than the running text, above the first main heading, is the article's title."""


@dataclass(frozen=True, slots=True)
class Section:
    """Where the text stands: main part and subhead. style: how the main part's heading is set; known: it is one that
    every article has.
    """

    major: str = ""
    sub: str = ""
    style: Style = ("", 0.0)
    known: bool = False

    @property
    def path(self) -> str:
        """Main part and subhead as one text."""
        return f"{self.major} > {self.sub}" if self.major and self.sub else self.major or self.sub


def is_heading(line: Line, lines: Sequence[Line], k: int, body: Style) -> bool:
    """Whether line k of its block is a heading, by its words or by how it is set."""
    text = line.text
    if len(line.words) > MAX_HEADING_WORDS or re.search(r"[.;,]$", text):
        return bool(_major(text)) and (line.is_bold or main_style(line.words) != body or text.isupper())
    if _major(text) and (line.is_bold or main_style(line.words) != body or len(lines) == 1 or text.isupper()):
        return True
    if _NO_HEADING.search(text) or INLINE_HEAD.match(text):
        return False
    if _NUMBERED.match(text) and (line.is_italic or line.is_bold or len(lines) == 1 or k == 0):
        return len(line.words) > 1
    bigger = line.size_pt > body[1] + 0.4
    wrapped = k > 0 and lines[k - 1].is_bold and lines[k - 1].box.x1 > line.box.x1
    is_bold = line.is_bold and not _is_set_bold(lines)
    return (is_bold or bigger) and re.search(r"[A-Za-z]{3}", text) is not None and not (wrapped and text[0].islower())


def is_main(line: Line) -> bool:
    """Whether a line prints the title of a usual main part."""
    return bool(_major(line.text))


def _is_set_bold(lines: Sequence[Line]) -> bool:
    """Whether a block is bold throughout, so that bold print tells no heading."""
    return sum(x.is_bold for x in lines) > max(MAX_BOLD_LINES, len(lines) // 2)


def next_section(section: Section, line: Line, body: Style) -> Section:
    """The section that a heading opens.

    A heading that is none of the usual ones is a subhead, unless it is set as the heading of an introduction or
    abstract: such an article names its own main parts. The article's title opens no section.
    """
    style, major = main_style(line.words), _major(line.text)
    if major and not _is_part(section, major, style):
        return Section(major, "", style, True)
    title = _title(line.text)
    if not section.known:
        is_title = line.size_pt > TITLE_RATIO * body[1]
        return section if is_title else Section(title, "", style)
    is_front = bool(_FRONT_TITLE.match(section.major)) and section.known
    if is_front and style == section.style and not _NUMBERED.match(line.text):
        return Section(title, "", style, True)
    if style == section.style and not MAJOR.match(section.major):
        return replace(section, major=title, sub="")
    return replace(section, sub=title)


def _is_part(section: Section, title: str, style: Style) -> bool:
    """Whether a usual title is a subhead here: smaller than the heading of the main part it stands in ("Methods > Study
    design").
    """
    is_front = bool(_FRONT_TITLE.match(section.major))
    return section.known and not is_front and bool(_MINOR.match(title)) and style[1] < section.style[1] - SMALLER_PT


def _major(text: str) -> str:
    """The title of a main part a line prints, without its numbering, "" for any other line."""
    if MAJOR.match(text):
        return _title(text)
    if _LONE_LETTER.search(text):
        tight = re.sub(r"\s", "", _title(text))
        return tight.capitalize() if _TIGHT.match(tight) else ""
    return ""


def _title(text: str) -> str:
    return re.sub(rf"^{_NUMBERING}", "", text).strip(" |:")


def run_in_head(line: Line) -> str:
    """The head that opens a line and leads into its text: "Findings We saw …", "Outcomes. The primary …", or "".

    A usual head is told by its own font, any other one must be bold before plain text and end with a stop or colon.
    """
    first = line.words[0]
    same = next((i for i, w in enumerate(line.words) if w.font != first.font or w.is_bold != first.is_bold), 0)
    bold = next((i for i, w in enumerate(line.words) if not w.is_bold), 0)
    for count, pattern in ((same, _BOLD_HEAD), (bold, _RUN_IN)):
        words = " ".join(w.text for w in line.words[:count])
        if 0 < count <= MAX_RUN_IN_WORDS and pattern.match(words) and not _NO_HEADING.search(words):
            return words.strip(" .:—|")
    return ""
