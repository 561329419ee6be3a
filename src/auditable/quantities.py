"""Numbers as they stand in a sentence: figure or word, with comparator, percent sign and unit.

Comes in: a sentence whose asides (citations, names, dates) are blanked. Goes out: quantities in reading order, exact
and with their printed decimals. What statistic each one is, mentions.py decides.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from auditable.comparators import SYMBOLS, find_comparator, read_symbol
from auditable.number_words import (
    CARDINAL,
    FRACTION,
    MULTIPLE,
    SCALES,
    SHARE,
    read_cardinal,
    read_fraction,
    read_multiple,
    read_share,
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """One number of a sentence.

    start, end: the stretch of comparator, number and percent sign; unit_end: where its unit ends (end, if it has none).
    value is "" when missing says why. unit is as printed, "%" for a percentage, or the noun that is counted.
    """

    start: int
    end: int
    unit_end: int
    value: str
    decimals: int = 0
    comparator: str = ""
    unit: str = ""
    counted: str = ""
    missing: str = ""
    is_word: bool = False

    @property
    def is_percent(self) -> bool:
        """Whether a percent sign or the word percent follows."""
        return self.unit == "%"

    @property
    def is_whole(self) -> bool:
        """Whether it is a printed whole number."""
        return bool(self.value) and self.decimals == 0


# "338 second fractures" are no seconds, "a 30 second rest" is
TIME_UNIT = (
    r"(?:decades?|years?|yrs?|months?|mos?\b|weeks?|wks?|days?|hours?|hrs?|h\b|minutes?|mins?\b|seconds"
    r"|second(?!\s[a-z-]{2,}s\b)|s\b)"
)
# People and happenings: how many of them there are is a count (n), whatever the field.
COUNTED = (
    r"(?:patients?|participants?|subjects?|people|persons?|individuals?|adults?|children|infants?|neonates?|women|woman|men|man|males?|females?"
    r"|girls?|boys?|cases?|controls?|responders?|non-?responders?|respondents?|volunteers?|survivors?|students?|smokers?|carriers?|recipients?"
    r"|donors?|twins?|pairs|eyes|knees|hips|teeth|tumou?rs|lesions|deaths?|events?|episodes?|[A-Z]*AEs?|TEAEs?|SAEs?|reactions|infections?"
    r"|hospitali[sz]ations?|admissions|relapses|recurrences|complications|cent(?:er|re)s|sites|hospitals|clinics|countries|trials?|stud(?:y|ies)"
    r"|groups|arms|reports?|records?|articles|samples|specimens|biopsies|pregnancies|births|households|schools)"
)
# Things each person has a number of: a count of them is a value of that person, not a number of people.
_PER_PERSON = (
    r"(?:lines?|cycles?|therap(?:y|ies)|treatments?|regimens?|doses?|infusions?|injections?|courses?|copies|sessions?"
    r"|visits?|classes|drugs?|points?|times|units?|cells?|metres|meters|steps|items|mg/kg)"
)
_MEASURE = (
    r"(?:percentage\spoints?|mm\s?Hg|cm\s?H[2₂]O|[µμmnk]?g|mcg|[µμmd]?[lL]|[µμmcn]?m(?:ol)?\b|Gy|m?IU|U|mEq|kcal|kJ|bpm|°C|kDa"
    r"|Hz|ms|mSv|kPa)"
)
_SLASH_UNIT = (
    r"/?[A-Za-zµμ]{1,8}(?:[·∙⋅•*][A-Za-zµμ]{1,4})?(?:\s?/\s?(?:[\dx.]+\s?)?[A-Za-zµμ]{1,8}[²³xX]?(?:\s?\^?[x23²³]\b)?){1,3}"
    r"(?:\sper\s[\dx][.·][\dx]{2}\s?m\s?[²x2])?|/[A-Za-z]{1,8}"
)
_POWER_UNIT = r"[×x]\s?[\dx]{2}\s?[\^]?\s?[\dx]{1,2}(?:\s?/\s?[A-Za-zμµ]+)?"

_RATE_UNIT = r"per\s[\dx,]*\s?(?:patient|person|woman|child|participant)[-\s](?:years?|months?|days?)"

_WORDS_BETWEEN = (
    r"(?:(?!(?:and|or|of|in|with|had|were|was|to|vs|versus|at|for|on|by|the|than"
    r"|who|that|which|received)\b)[A-Za-z][\w’'/+-]*,?\s+)"
)
_UNIT = re.compile(
    rf"\s?(?P<measure>{_RATE_UNIT}|{_POWER_UNIT}|{_SLASH_UNIT}|{TIME_UNIT}(?![\w-])|[-‑\s](?:years?|months?|weeks?|days?)(?=[-‑\s]old\b)|{_MEASURE}(?![\w]))"
    rf"|\s(?:of\s(?:the|these|our|all|those)\s)?{_WORDS_BETWEEN}{{0,4}}?(?:(?P<counted>{COUNTED})|(?P<per>{_PER_PERSON}))(?![\w-])"
)
_BRACKETS = re.compile(r"\s*(?:\([^()]{1,40}\)|\[[^\[\]]{1,40}\])")
_SPREAD_PERCENT = re.compile(r"\s*(?:\(\d[\d.·]*\s?[–−-]\s?\d[\d.·]*\)|\[\d[\d.·]*\s?[–−-]\s?\d[\d.·]*\])\s?%")
_PLURAL = re.compile(r"(?:s|people|women|men|children|mg/kg)$")
_PERCENT = re.compile(r"\s?(?:%|‰(?!)|(?:percent|per\s?cent|percentage)\b(?!\spoint))")

_MISSING = (
    r"neither\s[^.;,\d]{0,40}?\breached|not\s(?:yet\s)?(?:been\s)?(?:reached|estimable|evaluable|calculable)"
    r"|(?<=[–−\s(-])(?:NR|NE)"
)
PEOPLE = r"(?:patients|participants|people|individuals|adults|women|men|children|subjects|cases)"
_SIGN = r"(?:[−–‒-]\s?(?=[\d.]))?"
_NUMBER = re.compile(
    rf"""
    (?P<symbol>{SYMBOLS})
    (?P<figure>{_SIGN}(?:
        \d{{1,3}}(?:[ ]\d{{3}})+(?=\s{PEOPLE}\b)                        # 430 977 participants
      | (?<=[a-z][ ])\d{{1,3}}(?:[ ]\d{{3}})+(?=[ ][a-z-]{{2,}}s\b)       # a cohort of 9 124 runners
      | (?:(?<=[nN][ ]=[ ])|(?<=[nN]=))\d{{1,3}}(?:[ ]\d{{3}})+(?=\s?[);,])  # n = 25 511
      | \d{{1,3}}(?:[,\u2009\u202f\u00a0]\d{{3}})+(?!\d)(?:[.·]\d+)?   # 150,000 and 12 345 with a thin blank
      | 0,\d{{1,4}}(?!\d)                                              # 0,05: a decimal comma
      | \d+,\d{{1,2}}(?=\s?%|\s(?:months?|years?|weeks?|days?|g/d[lL]|kg|mg)\b)  # 37,5 %: a decimal comma before a unit
      | \d+(?:[.·∙⋅]\d+)?                                              # 12, 5.8 and 5·8
      | (?<![\d.])\.\d+                                                # .05
    ))(?![\d])
    | (?P<missing>\b(?:{_MISSING})\b)
    | (?P<share>\b{SHARE}\b)
    | (?P<fraction>\b{FRACTION}\b)
    | (?P<multiple>\b{MULTIPLE}\b)
    | (?P<word>\b{CARDINAL}\b)
    """,
    re.VERBOSE | re.IGNORECASE,
)
# "1.5 million adults", "2 to 3 million": the figure is of that many; a range has the word behind its end.
_SCALE = re.compile(
    r"(?P<behind>\s?(?:[–−-]|to\s)\s?\d+(?:[.·]\d+)?)?\s?\b(?P<scale>thousand|million|billion)\b", re.IGNORECASE
)
# "NR not reached" and "not reached (NR)" explain a short form; "NR–NR" are two values
_LONG_FORM_BEHIND = re.compile(r"\s*[,=:–-]?\s*not\s")
_LONG_FORM_BEFORE = re.compile(r"\bnot\s\w+\s\(\s*$")
_SHORT_FORM_BEHIND = re.compile(r"\s*\((?:NR|NE)\)")
_SHORT_FORM_BEFORE = re.compile(r"\b(?:NR|NE)\s*[,=:(–-]?\s*$")
_MAY_BE_MISSING = re.compile(r"\b(?:medians?|survival|duration|time|limit|CI|interval|OS|PFS)\b", re.IGNORECASE)
# a word, an abbreviation ("95 per cent c.i. −9.8") or a bracket that ends in a word ("(95% CI) −0.4")
_BEFORE_SIGN = re.compile(r"(?:^|[\s(\[])(?:[A-Za-z]+\]?|(?:[A-Za-z]\.){2,})$|\s[A-Za-z]+[)\]]$")
_NEAR = 120
"""So many characters before "not reached" something is named that may have no value."""
_OPENS_NUMBER = "([=:<>≤≥~≈∼≃⩽⩾"
_DURING = re.compile(r"\s?(?:a\b|the\b|" + TIME_UNIT + ")")


def find_quantities(text: str, printed: str) -> list[Quantity]:
    """The numbers of a sentence in reading order, without those of asides.

    text: the sentence with its asides blanked at unchanged offsets.
    printed: the sentence as it stands, from which units are taken.
    """
    found: list[Quantity] = []
    for match in _NUMBER.finditer(text):
        quantity = _read(text, match)
        if quantity is not None:
            found.append(_with_printed_unit(quantity, printed))
    return _share_units(text, found)


def _with_printed_unit(quantity: Quantity, printed: str) -> Quantity:
    """A unit such as mL/min/1.73 m2 holds a number that was blanked."""
    if "x" not in quantity.unit:
        return quantity
    return replace(quantity, unit=printed[quantity.unit_end - len(quantity.unit) : quantity.unit_end])


def _read(text: str, match: re.Match[str]) -> Quantity | None:
    start, end = match.span()
    if match["figure"] is not None:
        return _read_figure(text, match)
    if match["missing"] is not None:
        return _read_missing(text, match)
    if match["share"] is not None:
        number, unit, comparator = read_share(match[0]), "%", "~"
    elif match["fraction"] is not None:
        number, unit, comparator = read_fraction(match[0]), "%", "~"
    elif match["multiple"] is not None:
        number, unit, comparator = read_multiple(match[0]), "times", ""
    else:
        number, unit, comparator = read_cardinal(match[0]), "", ""
    if number is None:
        return None
    word = Quantity(start, end, end, format(number, "f"), comparator=comparator, unit=unit, is_word=True)
    percent = _PERCENT.match(text, end)
    if percent and not unit:
        word, unit = replace(word, unit="%", end=percent.end(), unit_end=percent.end()), "%"
    return _with_words(text, word if unit else _with_unit(text, word))


def _read_missing(text: str, match: re.Match[str]) -> Quantity | None:
    """A value that is said not to be there; not the abbreviation where it is explained ("NR not reached")."""
    word = match[0]
    is_abbreviation = word in ("NR", "NE")
    if not is_abbreviation and " " not in word:
        return None
    behind, before = (
        (_LONG_FORM_BEHIND, _LONG_FORM_BEFORE) if is_abbreviation else (_SHORT_FORM_BEHIND, _SHORT_FORM_BEFORE)
    )
    if behind.match(text, match.end()) or before.search(text[: match.start()]):
        return None
    if not word.lower().startswith("neither") and not _MAY_BE_MISSING.search(
        text, match.start() - _NEAR, match.start()
    ):
        return None
    return Quantity(
        match.start(), match.end(), match.end(), "", missing="NR" if "reached" in word or word == "NR" else "NE"
    )


def _read_figure(text: str, match: re.Match[str]) -> Quantity:
    figure = match["figure"]
    start, sign_start = match.start(), match.start("figure")
    negative = figure[0] in "−–‒-"
    if negative and not _is_sign(text, sign_start):
        negative = False
        start = sign_start + len(figure) - len(figure.lstrip("−–‒- "))
    digits = figure.lstrip("−–‒- ")
    number = Decimal(("-" if negative else "") + _plain(digits))
    scale = _SCALE.match(text, match.end())
    end = match.end()
    if scale:
        number *= SCALES[scale["scale"].lower()]
        end = scale.end() if not scale["behind"] else end
    exponent = number.as_tuple().exponent
    quantity = Quantity(
        start,
        end,
        end,
        format(number.normalize() if scale else number, "f"),
        decimals=max(0, -exponent) if isinstance(exponent, int) and not scale else 0,
        comparator=read_symbol(match["symbol"]),
    )
    percent = _PERCENT.match(text, end)
    spread = _SPREAD_PERCENT.match(text, end)
    if spread and not percent:
        # "27 [11–55]%": the sign behind the brackets is meant for the number before them
        quantity = replace(quantity, unit="%")
    elif percent:
        quantity = replace(quantity, unit="%", end=percent.end(), unit_end=percent.end())
    else:
        quantity = _with_unit(text, quantity)
    return _with_words(text, quantity)


def _plain(digits: str) -> str:
    """The figure with a decimal point and without thousands marks."""
    if re.fullmatch(r"0,\d+|\d+,\d{1,2}", digits):
        return digits.replace(",", ".")
    return re.sub(r"[,\s]", "", digits).replace("·", ".").replace("∙", ".").replace("⋅", ".")


def _is_sign(text: str, at: int) -> bool:
    """Whether the dash is a minus: behind a bracket, "=", a bound ("T-score ≤ −2.5"), or word and blank; between two
    numbers it parts a range.
    """
    before = text[:at]
    stripped = before.rstrip()
    if not stripped or stripped[-1] in _OPENS_NUMBER:
        return True
    return len(stripped) < len(before) and (stripped[-1] in ",;" or bool(_BEFORE_SIGN.search(stripped)))


def _with_unit(text: str, quantity: Quantity) -> Quantity:
    """The quantity with the unit or noun behind it, or behind its brackets ("7 (range, 2–14) lines")."""
    match = _UNIT.match(text, quantity.end)
    unit_end = match.end() if match else quantity.end
    if match is None:
        brackets = _BRACKETS.match(text, quantity.end)
        match = _UNIT.match(text, brackets.end()) if brackets else None
    if match is None:
        return quantity
    if quantity.value not in ("0", "1") and not match["measure"] and not _PLURAL.search(match[0]):
        # "two treatment arms": a singular noun is a word on the way to the plural one
        match = _UNIT.match(text, match.end())
        unit_end = match.end() if match else quantity.end
    if match is None:
        return quantity
    noun = match["counted"] or match["per"]
    if match["counted"]:
        return replace(quantity, counted=noun, unit_end=unit_end)
    return replace(quantity, unit=(match["measure"] or noun).strip(" -‑"), unit_end=unit_end)


def _with_words(text: str, quantity: Quantity) -> Quantity:
    """The quantity with the comparator that words before or behind it name."""
    if quantity.comparator and not (quantity.is_word and quantity.comparator == "~"):
        return quantity
    is_duration = bool(_DURING.match(text, quantity.end))
    sign, start = find_comparator(text, quantity.start, quantity.end, is_duration)
    return replace(quantity, comparator=sign, start=start) if sign else quantity


WHOLE = 100
_INTERVAL_BEHIND = re.compile(r"\s*(?:CIs?|CrI|confidence|credible)\b", re.IGNORECASE)
_PAST_BRACKETS = re.compile(
    r"\s*[(\[][^()\[\]]*[)\]]\s*(?:to|vs\.?|versus|and|compared\s(?:with|to))\s*", re.IGNORECASE
)
_ASSIGNED = re.compile(r"\b(?:assign|allocat|randomi[sz])\w*\b(?![^.;]*\bfrom\s[^.;]{0,12}$)[^.;]*$", re.IGNORECASE)
_SHARES = re.compile(r"-?\s*(?:[–−‒-]|to|through|,|,?\s?and|,?\s?or|vs\.?|versus|v|against|/|±|\+/-)\s*", re.IGNORECASE)


def _share_units(text: str, quantities: list[Quantity]) -> list[Quantity]:
    """The quantities with the unit handed back along a list: "31 and 23%", "41.4 versus 22.9%", "7 or 8 months"."""
    out = list(quantities)
    for i in reversed(range(len(out) - 1)):
        this, following = out[i], out[i + 1]
        joined = _SHARES.fullmatch(text, this.end, following.start)
        if joined and _may_share(
            text, this, following, joined[0].strip(" ,").lower(), is_shared=following is not quantities[i + 1]
        ):
            out[i] = replace(this, unit=following.unit)
    return [_share_past_brackets(text, out, i) for i in range(len(out))]


def _share_past_brackets(text: str, quantities: list[Quantity], i: int) -> Quantity:
    """The number with the unit of the one its own brackets lead to: "102 (84–131) to 148 (119–190) µmol/L"."""
    this, match = quantities[i], _PAST_BRACKETS.match(text, quantities[i].end)
    following = next((q for q in quantities if match and q.start == match.end()), None)
    if following is None or this.unit or this.missing or this.is_word:
        return this
    return replace(this, unit=following.unit) if following.unit and not following.is_percent else this


def _may_share(text: str, this: Quantity, following: Quantity, join: str, is_shared: bool) -> bool:
    """Whether the unit behind the second number is meant for the first too."""
    if not following.unit or this.unit or this.missing or this.is_word:
        return False
    if _INTERVAL_BEHIND.match(text, following.end):
        return False
    if following.is_percent and (join == "/" or text[: this.start].endswith("/") or Decimal(this.value) > WHOLE):
        # "63/212 versus 76.0%" is a count of a whole beside a percentage
        return False
    if join == "to" and _ASSIGNED.search(text[: this.start]):
        # "184 were assigned to placebo, 187 to 25 mg": how many, and to what
        return False
    if join in ("and", "or", ""):
        # "70 and 56.9%" are two things; a bare comma is a list only if the list goes on ("19, 20 and 30%").
        return (
            this.decimals == following.decimals
            and not (this.comparator or following.comparator)
            and (is_shared or bool(join))
        )
    return True
