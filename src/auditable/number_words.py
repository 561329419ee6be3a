"""Numbers printed as words: "three", "twenty-one", "two thirds", "twice", "tenfold".

Comes in: a word or a run of words. Goes out: its exact number and what kind of word it is. What the number counts is
left to mentions.py. Ordinals ("third line") are names of places in an order, not quantities, and are left out; so are
fractions whose words could be an ordinal ("a third patient").
"""

from __future__ import annotations

import re
from decimal import Decimal

_ONES = dict(
    zip(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ],
        range(20),
        strict=True,
    )
)
_TENS = dict(
    zip(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], range(20, 100, 10), strict=True)
)
_FRACTIONS = {
    "half": "50",
    "one half": "50",
    "a third": "33",
    "one third": "33",
    "two thirds": "67",
    "a quarter": "25",
    "one quarter": "25",
    "three quarters": "75",
    "a fifth": "20",
    "one fifth": "20",
    "two fifths": "40",
    "three fifths": "60",
    "four fifths": "80",
}
_MULTIPLES = {"twice": 2, "thrice": 3, "doubled": 2, "tripled": 3}

_GLUED = re.compile(rf"^({'|'.join(_TENS)})({'|'.join(w for w, n in _ONES.items() if 1 <= n <= 9)})$")
_SMALL = "|".join(sorted([*_ONES, *_TENS], key=len, reverse=True))
DIGIT_WORDS = "|".join(w for w, n in _ONES.items() if 1 <= n <= 9)
_BELOW_HUNDRED = rf"(?:(?:{'|'.join(_TENS)})[-\s]?(?:{DIGIT_WORDS})|{_SMALL})"
_SCALE_WORDS = "hundred|thousand|million|billion"
CARDINAL = (
    rf"(?:(?:{DIGIT_WORDS})\s(?:hundred|thousand|million|billion)(?:\s(?:and\s)?{_BELOW_HUNDRED}\b)?|{_BELOW_HUNDRED})"
)
# "a third patient" is an ordinal; a fraction is followed by "of", by a verb, or by the figure in brackets.
FRACTION = (
    r"(?:(?:two|three|four)[-\s](?:thirds|quarters|fifths)|(?:one[-\s])?half(?!-)(?=\s+(?:of|the|were|had|was|received)\b|\s*\()"
    r"|(?:an?|one)[-\s](?:third|quarter|fifth)(?=\s+(?:of|were|had|was|received)\b|\s*\())"
)
MULTIPLE = rf"(?:{'|'.join(_MULTIPLES)}|(?:{CARDINAL})[-\s]?fold)"

# "one in five patients", "two in three of them"; "one in the treatment group" is a count
_WHOLES = r"two|three|four|five|six|seven|eight|nine|ten|twenty|fifty|hundred|[2-9]|[1-9]\d"
SHARE = (
    rf"(?:{DIGIT_WORDS})\sin\s(?:every\s)?(?:{_WHOLES})(?=\s(?:of\b|patients|participants|women|men|people|adults|children"
    r"|individuals|subjects|cases|persons))"
)

SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_LARGE = re.compile(rf"(?P<many>{DIGIT_WORDS})\s(?P<scale>{_SCALE_WORDS})(?:\s(?:and\s)?(?P<rest>.+))?")
_ANY = re.compile(rf"\d|\b(?:{CARDINAL}|half|{'|'.join(_MULTIPLES)})\b", re.IGNORECASE)
_FOLD = re.compile(rf"({CARDINAL})[-\s]?fold", re.IGNORECASE)


def holds_number(text: str) -> bool:
    """Whether a figure or a number word stands in the text."""
    return bool(_ANY.search(text))


def whole_of(text: str) -> int:
    """The whole number that figures or words print; 0 where they print none."""
    return int(text) if text.isdecimal() else int(read_cardinal(text) or 0)


def read_cardinal(words: str) -> Decimal | None:
    """The number the words name ("twenty-one" → 21, "two hundred and six" → 206), None if they are no cardinal."""
    large = _LARGE.fullmatch(words.strip().lower())
    if large:
        rest = read_cardinal(large["rest"]) if large["rest"] else Decimal(0)
        return None if rest is None else _ONES[large["many"]] * SCALES[large["scale"]] + rest
    # "twentytwo": the hyphen stood at the end of a line and went with it
    parts = re.split(r"[-\s]+", _GLUED.sub(r"\1-\2", words.strip().lower()))
    if len(parts) == 1 and parts[0] in _ONES:
        return Decimal(_ONES[parts[0]])
    if parts[0] not in _TENS or len(parts) > 2:
        return None
    if len(parts) == 1:
        return Decimal(_TENS[parts[0]])
    ones = _ONES.get(parts[1], 0)
    return Decimal(_TENS[parts[0]] + ones) if 1 <= ones <= 9 else None


def read_fraction(words: str) -> Decimal | None:
    """The whole percentage nearest to the fraction ("two thirds" → 67): always to be marked as approximate."""
    found = _FRACTIONS.get(re.sub(r"[-\s]+", " ", words.strip().lower()))
    return Decimal(found) if found else None


def read_share(words: str) -> Decimal | None:
    """The whole percentage nearest to a share in words ("one in five" → 20), None if it is more than all."""
    part, _, whole = re.sub(r"\severy\s", " ", words.strip().lower()).partition(" in ")
    many, of = read_cardinal(part), Decimal(100 if whole == "hundred" else whole_of(whole))
    if many is None or many >= of:
        return None
    return (many * 100 / of).quantize(Decimal(1))


def read_multiple(words: str) -> Decimal | None:
    """How many times ("twice" → 2, "tenfold" → 10), None if the words name no multiple."""
    text = words.strip().lower()
    if text in _MULTIPLES:
        return Decimal(_MULTIPLES[text])
    fold = _FOLD.fullmatch(text)
    return read_cardinal(fold[1]) if fold else None
