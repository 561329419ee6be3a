"""Names of people as journals print them → surname, and the letters of a study id.

Comes in: the text of a name, or a list of names. Goes out: names without degrees, the surname with its particles, and
its plain form. Which name of a page is the first author is left to front_authors.py.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

PARTICLES = frozenset(
    (
        "van",
        "von",
        "der",
        "den",
        "de",
        "del",
        "della",
        "di",
        "da",
        "dos",
        "das",
        "du",
        "la",
        "le",
        "el",
        "al",
        "bin",
        "ibn",
        "ben",
        "ter",
        "ten",
        "te",
        "zu",
        "zum",
        "zur",
        "af",
        "av",
        "st",
        "op",
        "d",
    )
)
_TITLES = re.compile(r"^(?:prof(?:essor)?|dr|mr|mrs|ms|sir|assoc|asst|pd|priv-?doz)\b\.?\s*", re.IGNORECASE)
_DEGREE = re.compile(
    r"^(?:[A-Z]\.?(?:[A-Z]\.?){1,5}|(?:MB|M|B|D|Ph|Pharm|Dr|F|R|Ed|Psy|Sc|Eng|Lic|Mag|Dipl)\.?(?:[A-Z][A-Za-z]{0,5}\.?){1,3}|DPhil|MPhil|FMedSci"
    r"|Jr\.?|Sr\.?|II|III|PhD|cand\.?|med\.?)(?:[-/][A-Za-z]+)?$"
)
_DEGREES_IN_CAPITALS = frozenset(
    (
        "PHD",
        "MPH",
        "MSC",
        "BSC",
        "MBA",
        "DSC",
        "DVM",
        "FRCP",
        "FACC",
        "MBBS",
        "MBCHB",
        "MHS",
        "MHSC",
        "PHARMD",
        "SCD",
        "FAHA",
    )
)
INITIALS = re.compile(r"^(?:[A-Z]\.?-?){1,4}$")
_NAME_TOKEN = re.compile(r"^[^\W\d_](?:[^\W\d_]|['’.-])*$")
_PART_ENDS = re.compile(r"\s*(?:[,;•·|]|\s&\s|\band\b)\s*")
GROUP = re.compile(
    r"\b(?:group|investigators?|collaborat\w+|consortium|committee|network|society|registry|behalf|members?|study|trial"
    r"|association|foundation|team|institute|university|department|hospital|school|college|cent(?:er|re)|division)\b",
    re.IGNORECASE,
)
_NO_NAME = re.compile(
    r"^(?:abstract|summary|introduction|background|objectives?|methods?|results?|conclusions?|keywords?|article|research|original|open|access"
    r"|review|received|accepted|published|from|by|the|of|in|for|with|on|to|an|aims?|purpose|correspondence|editorial|contents"
    r"|lists?|available|check|updates?|free|full|text|clinical|medical|unknown|anonymous|anon|admin|user|author|version|journal|vol|plain|language|dear|editors?|sirs?|colleagues?|author)$",
    re.IGNORECASE,
)
_FOLDED = str.maketrans(
    {
        "ø": "o",
        "Ø": "o",
        "ł": "l",
        "Ł": "l",
        "đ": "d",
        "Đ": "d",
        "ð": "d",
        "þ": "th",
        "ß": "ss",
        "æ": "ae",
        "Æ": "ae",
        "œ": "oe",
        "ı": "i",
    }
)


def split_names(text: str) -> list[str]:
    """The names of a list, first to last, without degrees, titles, groups and what is no name.

    "A. Smith, MD, and B. Jones" and "Smith, A.; Jones, B." both come as people are called: given name first.
    """
    parts = text.split(";")
    inverted = [halves for p in parts if len(halves := [h.strip() for h in p.split(",", 1)]) == 2]
    has_surnames = 2 * sum(len(surname.split()) == 1 for surname, _ in inverted) > len(inverted)
    if len(parts) > 1 and 2 * len(inverted) >= len(parts) and has_surnames:
        turned = (f"{given} {surname}" for surname, given in inverted)
        return [n for n in (clean_name(t) for t in turned) if n]
    return [n for n in (clean_name(p) for p in _PART_ENDS.split(text)) if n]


def clean_name(text: str) -> str:
    """The name without title, degrees and marks; "" when it is no name of a person."""
    text = _TITLES.sub("", " ".join(re.sub(r"[*†‡§¶#\d^]+", " ", text).split()).strip(" .,;"))
    text = _TITLES.sub("", text)
    text = re.sub(r"\([^)]*\)", " ", re.sub(r"-\s+(?=[A-Z])", "-", text))
    tokens = _as_written(text.split())
    while len(tokens) > 1 and _is_degree(tokens):
        tokens.pop()
    # An icon or a mark set close behind a name reads as capitals: no name ends so.
    tokens = [re.sub(r"(?<=[^\W\d_A-Z])[A-Z]{1,2}$", "", t) for t in tokens]
    return " ".join(tokens) if _is_name(tokens) else ""


def surname_of(name: str, others: Sequence[str] = ()) -> str:
    """The surname with its particles: "van Iersel" of "Mattheus van Iersel".

    others: surnames as the paper prints them elsewhere ("González Campos", "Lee"); one that ends the name is it.
    "Smith AB", surname and initials, is turned round.
    """
    tokens = name.split()
    if len(tokens) > 1 and INITIALS.match(tokens[-1]) and not INITIALS.match(tokens[0]):
        tokens = [*tokens[-1:], *tokens[:-1]]
        return " ".join(tokens[1:])
    for other in sorted(others, key=len, reverse=True):
        if _ends_with(tokens, other.split()):
            return " ".join(tokens[-len(other.split()) :])
    start = len(tokens) - 1
    while start > 1 and tokens[start - 1].lower() in PARTICLES:
        start -= 1
    return " ".join(tokens[start:])


def fold_name(surname: str) -> str:
    """The surname as it stands in a study id: small plain letters, blanks and hyphens as "-", apostrophes dropped."""
    plain = unicodedata.normalize("NFKD", surname.translate(_FOLDED)).casefold()
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    parts = re.split(r"[\s‐‑–-]+", re.sub(r"['’.]", "", letters))
    return "-".join(kept for p in parts if (kept := re.sub(r"[^a-z]", "", p)))


def _as_written(tokens: Sequence[str]) -> list[str]:
    """A name set all in capitals as it is written; degrees and initials with full stops stay."""
    words = [t for t in tokens if len(t) > 2 and t.isalpha() and t not in _DEGREES_IN_CAPITALS]
    if len(words) < 2 or not all(t.isupper() for t in words):
        return list(tokens)
    return [t.title() if t in words or (len(t) > 3 and re.search(r"['’-]", t)) else t for t in tokens]


def _is_degree(tokens: Sequence[str]) -> bool:
    """Whether the last token is a degree. Initials behind a surname alone ("Smith AB") are none."""
    last = tokens[-1].strip(".,")
    if len(tokens) == 2 and INITIALS.match(last) and len(last) <= 3:
        return False
    return last in ("Jr", "Sr") or (bool(_DEGREE.match(last)) and not re.match(r"^[A-Z][a-z]+$", last))


def _is_name(tokens: Sequence[str]) -> bool:
    if not 2 <= len(tokens) <= 6 or GROUP.search(" ".join(tokens)):
        return False
    full = [t for t in tokens if len(t.strip(".")) > 1 and not INITIALS.match(t)]
    return bool(full) and all(
        _NAME_TOKEN.match(t) and not _NO_NAME.match(t) and (t[0].isupper() or t.lower() in PARTICLES) for t in tokens
    )


def _ends_with(tokens: Sequence[str], tail: Sequence[str]) -> bool:
    return 0 < len(tail) < len(tokens) and [fold_name(t) for t in tokens[-len(tail) :]] == [fold_name(t) for t in tail]
