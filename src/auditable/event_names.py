"""Where a sentence speaks of adverse events without saying so, and which of them a general word means.

Comes in: a sentence, its heading, and the words of a name. Goes out: whether terms such as "fatigue" count events in
it, and the category of a general word ("adverse events" are any, "haematological AEs" those of one organ). Which number
counts them is left to prose_variables.py.
"""

from __future__ import annotations

import re

# What is said of events and hardly of what patients brought with them.
_OCCURS = re.compile(
    r"\b(?:was|were)\s(?:also\s|most\s|more\s|less\s|only\s)*(?:often\s|commonly\s|frequently\s)?(?:reported|observed|noted|recorded|seen|experienced)\s(?:by|in|for|among)\b"
    r"|\b(?:occurred|developed|arose)\s(?:\w+\s){0,2}(?:in|among|during)\b"
    r"|\b(?:was|were)\s(?:more|less|equally|similarly|most)\s(?:frequent|common)\b"
    r"|\b(?:led|leading)\sto\s(?:\w+\s){0,2}(?:discontinuation|withdrawal|dose|treatment)\b"
    r"|\b(?:common|frequent|main)\s(?:complaints?|symptoms?)\b",
    re.IGNORECASE,
)
_BROUGHT_ALONG = re.compile(
    r"\b(?:baseline|histor(?:y|ies)|enrol\w*|entry|inclusion|at\s(?:presentation|diagnosis|admission)|prior|previous\w*|comorbid\w*|pre-?existing"
    r"|present(?:ed|ing)|underlying|initial|prevalence|chronic)\b",
    re.IGNORECASE,
)
_OTHER_SECTION = re.compile(
    r"\b(?:methods?|design|background|introduction|baseline|demograph\w*|characteristics|patients|participants|population|efficacy)\b",
    re.IGNORECASE,
)
_ORGAN = re.compile(
    r"\b(?P<organ>(?:non-?)?(?:ha?ematologic(?:al)?|ha?em)|gastrointestinal|cardiac|cardiovascular|neurologic(?:al)?|psychiatric|respiratory"
    r"|pulmonary|hepatic|renal|ocular|cutaneous|dermatologic(?:al)?|skin|infectious|metabolic|endocrine|musculoskeletal|vascular"
    r"|immune-related|immune-mediated|laboratory|local|systemic|sexual|urinary|other)\s$",
    re.IGNORECASE,
)
_ORGAN_FIRST = re.compile(_ORGAN.pattern.removesuffix("$"), re.IGNORECASE)
# Words in front of "adverse events" that leave them all of their kind; what kind it is, prose_events.py says.
_NO_NARROWING = re.compile(
    r"(?:^|[\d.,;:()\[\]%+*]|\b(?:an?|any|all|the|these|those|of|no|and|or|with|had|have|has|by|in|for|to|as|from|treatment|emergent"
    r"|treatment-(?:emergent|related)|drug-related|related|serious|severe|fatal|grade|higher|worse|above|more|one|least|experienced"
    r"|reported|developed|causing|were|was|total|most|common|frequent|overall|those|such|many|few|further|their|isolated"
    r"|two|three|four|five|six|seven|eight|nine|ten|\w+teen|\w+ty|median|mean))\W*$",
    re.IGNORECASE,
)
ANY = "any"


def tells_events(text: str, section: str) -> bool:
    """Whether the sentence says of complaints that they occurred, so that they are adverse events."""
    return bool(_OCCURS.search(text)) and not _BROUGHT_ALONG.search(text) and not _OTHER_SECTION.search(section)


def scope_of(text: str, start: int, end: int) -> str:
    """The category of a general word for events that stands at a place: "any", an organ as printed, or ""."""
    before = text[:start]
    organ = _ORGAN.search(before) or _ORGAN_FIRST.match(text, start, end)
    if organ:
        return organ["organ"].lower()
    return ANY if _NO_NARROWING.search(before.rstrip()) else ""
