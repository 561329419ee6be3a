"""What statistic each number of a sentence is: count, percentage, median, limit of an interval, hazard ratio, p value …

Comes in: the quantities of a sentence and its text with asides blanked. Goes out: one mention per quantity, or a
rejected quantity with its reason. Rules look only at the words around a number, never at the field the article comes
from. Groups of statistics come first (mention_groups.py), then labels, then medians and means, then units and nouns.
Whom a number speaks of is left to subjects.py.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from auditable.aside_patterns import PRONOUN, RATIO
from auditable.doses import DOSE_UNIT, is_dosed
from auditable.mention_drafts import (
    CENTRE,
    COUNT_TO_PERCENT,
    DASH,
    LABELS,
    OF,
    OPEN,
    SLASH,
    VERSUS,
    Draft,
    are_joined,
    text_before,
)
from auditable.mention_groups import DOSE, OF_WHOLE, name_groups, name_parts
from auditable.quantities import Quantity
from auditable.settled import BOUNDS, RATIOS

CATEGORY_LABEL = "label of a category"
REFERS_BACK = "number word that refers back"
ELIGIBILITY = "criterion of eligibility"
LONE_LIMIT = "range without two limits"
QUALIFIERS = ("ci_level", "ci_low", "ci_high", "min", "max", "q1", "q3", "iqr", "sd", "se", "p", "total")
"""Statistics that say something about an estimate or a count that stands before them."""


@dataclass(frozen=True, slots=True)
class Mention:
    """One statistic of a sentence.

    head: index of the mention whose estimate this one qualifies; its own index for an estimate.
    """

    quantity: Quantity
    statistic: str
    head: int
    denominator: str = ""
    reason: str = ""


_CENTRE_DIRECT = re.compile(
    r"\b(?:(?P<median>medians?)|(?P<mean>means?|averaged?s?))\s*(?:\([^()]*\)\s*)?(?:number\s|value\s)?"
    r"(?:of|was|were|is|:|=|,|\()?\s*$",
    re.IGNORECASE,
)
_CENTRE_BEHIND = re.compile(
    r"[^;.()\d]{0,40}?(?:\bin (?:the )?|[(\[]\s*)(?P<statistic>median|mean)\s*(?:[)\]]|[(\[,;.]|$)", re.IGNORECASE
)
_PERCENT_CENTRE = re.compile(r"\b(?:medians?|means?)\b[^,;()]{0,90}\b(?:was|were|of)\s*$", re.IGNORECASE)
# "median age with Dulamitide 10 mg was 55 years": a dose that is part of a name
_NAME_OF_DOSE = re.compile(
    r"\b(?:with|in|to|for|of|on|by|than|the|and|or|plus|versus|vs\.?|receiv\w+|given|took)\s[A-Z][\w-]{3,}\s$"
)
# "12% had an ECOG performance status of 2"
_SCALE_VALUE = re.compile(r"\bperformance\sstatus\s(?:score\s)?(?:of|was|=)\s$", re.IGNORECASE)
_TO_LABEL = re.compile(rf"\s?(?:{DASH}|to|or|and)\s?", re.IGNORECASE)
# "at least one adverse event occurred in 66 patients"
_ANY_EVENT = re.compile(r"\s(?:[\w-]+\s){0,3}?(?:[A-Z]*AEs?\b|events?\b|reactions?\b|complications?\b)", re.IGNORECASE)
_DIFFERENCE_BEFORE = re.compile(
    r"\b(?:by|difference(?: of| was|:|,)?|another|additional|every|each|within|for|after|once)\s*[(]?\s*$",
    re.IGNORECASE,
)
_DIFFERENCE_BEHIND = re.compile(
    r"\s*(?:longer|shorter|older|younger|higher|lower|more|fewer|less|earlier|later|apart|ago)\b", re.IGNORECASE
)
# "Median X was longer in A than in B (10.7 vs 3.9 months)", "was not reached in A and was 5 months in B"
_COMPARED = re.compile(
    r"\b(?:longer|shorter|higher|lower|older|younger|greater|better|worse|smaller|larger|similar|comparable|differ\w*|than)\b"
    r"[^;()\d]*[(\[]\s*$",
    re.IGNORECASE,
)
_AND_WAS = re.compile(r"\b(?:and|but|while|whereas|versus|vs\.?|compared\swith)\b[^;\d]*$", re.IGNORECASE)
_ELIGIBLE = re.compile(
    r"\b(?:(?:is|was|were|are)\s(?:not\s)?eligible|eligible\s(?:patients|participants|adults|women|men|subjects|if)"
    r"|(?:inclusion|exclusion|eligibility)\scriteri(?:a|on)|(?:excluded|included)\sif)\b",
    re.IGNORECASE,
)
# Between two ratios of one list; another thing named there has its own label.
_NEXT_BEHIND_INTERVAL = re.compile(r"\s*[)\]][^;()]{0,60}?(?:\band|,|\bversus|\bvs\.?)\s(?:of\s)?")
_NEXT_OF_LIST = re.compile(r"\s(?:in|for|with|among|at)\s[^;()\d.]{1,40}(?:,\s(?:and\s)?|\sand\s)")
_ANOTHER = re.compile(
    r"\b(?:differences?|rates?|ratios?|means?|medians?|reduction|score|AUC|index|correlation|coefficient|[A-Z]?HR|OR|RR|was"
    r"|were|had|p)\b|\.\s",
    re.IGNORECASE,
)
# "the gain in median survival of 5.4 months", "the difference in mean weight was 2 kg"; but "the gain in median
# survival from 6.2 to 12.4 months" tells two medians
_CHANGE_OF_CENTRE = re.compile(
    r"\b(?:gains?|differences?|increases?|improvements?|reductions?|prolongations?|benefits?|decreases?)\s(?:in|of)\s(?:the\s)?"
    r"(?:medians?|means?)\b(?![^,;()]*\b(?:from|to)\s)[^,;()]*$",
    re.IGNORECASE,
)
# "the lower limit of the confidence interval, 51.4%": a limit, not the share itself
_LONE_CI_LIMIT = re.compile(
    r"\b(?:lower|upper)\s(?:confidence\s)?(?:limit|bound)\b(?=[^;()]*\b(?:CI|interval)\b)[^;().]{0,70}(?:,|\bwas|\bof|\bat|=)\s$"
)
# "the 50% responder rate": the share that makes a responder
_CUT_OF_RESPONSE = re.compile(r"\sresponders?\b(?!\srates?\s(?:was|were|of)\s\d)")
_CUTS_OF_RESPONSE = ("20", "25", "30", "50", "70", "75", "90")
_THRESHOLD = re.compile(r"\b(?:above|below|cut|cut-?off|threshold|scale)\b", re.IGNORECASE)
_BACK = re.compile(r"\b(?:the|these|those)\s*$", re.IGNORECASE)
_LIST = re.compile(r"(?:\bin|,|;|:|\band)\s*$")
_IN = re.compile(r"\s+in\s+")
_TO = re.compile(r"\bto\s*$")
_RANGE = re.compile(r"\brange\s*[:,]?\s*$")
_ONE_THAT_COUNTS = re.compile(r",\san?\s|\s+(?:of\b|had\b|has\b|was\b|patient|[(\[]\s*\d)|\s*[(\[]", re.IGNORECASE)
_NEW_CLAUSE = re.compile(r";\s*(?=\w{4,})")
_ESTIMATES = ("median", "mean", *RATIOS, "pct", "value", "rate", "n", "missing")


def name_statistics(text: str, quantities: list[Quantity]) -> list[Mention]:
    """One mention per quantity, in order; those that turn out to be no result carry a reason and no statistic."""
    drafts = [Draft(q) for q in quantities]
    for step in (name_groups, _name_labelled, name_parts, _name_centres, _name_rest, _find_heads):
        step(text, drafts)
    return [Mention(d.quantity, d.statistic, d.head, d.denominator, d.reason) for d in drafts]


def _name_labelled(text: str, drafts: list[Draft]) -> None:
    """HR 0.98 · p = 0.2 · n = 154 · SD 3.1: the label stands right in front; a list goes on ("p = 0.2 and 0.4")."""
    for i, draft in enumerate(drafts):
        if not draft.is_open or draft.quantity.is_word:
            continue
        before = text_before(text, drafts, i)
        draft.statistic = next((s for s, p in LABELS if p.search(before) and _may_be(s, draft.quantity)), "")
        goes_on = i > 0 and drafts[i - 1].statistic in ("p", "n", *RATIOS) and are_joined(text, drafts, i - 1, VERSUS)
        draft.statistic = draft.statistic or _next_ratio(text, drafts, i)
        if (
            goes_on
            and not draft.statistic
            and not draft.quantity.unit
            and _may_be(drafts[i - 1].statistic, draft.quantity)
        ):
            draft.statistic = drafts[i - 1].statistic


def _next_ratio(text: str, drafts: list[Draft], i: int) -> str:
    """The ratio a number goes on with: "odds ratios of 1.78 (95% CI 1.11–2.86) and 2.73 (…", "hazard ratio 2.31 in
    model 1, 1.78 in model 2"; "" where it is none.
    """
    quantity = drafts[i].quantity
    ratios = [k for k in range(i) if drafts[k].statistic in RATIOS]
    if not ratios or quantity.unit or quantity.counted or quantity.missing or not quantity.decimals:
        return ""
    last = drafts[ratios[-1]].quantity
    limits = [k for k in range(ratios[-1] + 1, i) if drafts[k].statistic == "ci_high"]
    end = drafts[limits[-1]].quantity.end if limits else last.end
    is_like = last.decimals == quantity.decimals and (not limits or _has_interval(text, drafts, i))
    goes_on = (_NEXT_BEHIND_INTERVAL if limits else _NEXT_OF_LIST).fullmatch(text, end, quantity.start)
    return drafts[ratios[-1]].statistic if is_like and goes_on and not _ANOTHER.search(goes_on[0]) else ""


def _has_interval(text: str, drafts: list[Draft], i: int) -> bool:
    following = drafts[i + 1] if i + 1 < len(drafts) else None
    is_limit = following is not None and following.statistic in ("ci_level", "ci_low")
    return is_limit and bool(OPEN.fullmatch(text_before(text, drafts, i + 1)))


def _may_be(statistic: str, quantity: Quantity) -> bool:
    """Whether a number behind the label can be its value: no p above 1, no ratio in per cent."""
    if quantity.missing or (quantity.is_percent and statistic != "sd"):
        return False
    return statistic != "p" or Decimal(quantity.value) <= 1


def _name_centres(text: str, drafts: list[Draft]) -> None:
    """Medians and means, and numbers that go on with them: "22 months …; below it, 4.6 months", "median 3 vs. 7"."""
    current, unit = "", ""
    for i, draft in enumerate(drafts):
        before = _words_before(text, drafts, i)
        labels = list(CENTRE.finditer(before))
        if labels:
            current, unit = labels[-1].lastgroup or "", ""
        if draft.is_open:
            direct, behind = _CENTRE_DIRECT.search(before), _CENTRE_BEHIND.match(text, draft.quantity.end)
            if direct and not draft.quantity.missing and not _CHANGE_OF_CENTRE.search(before):
                draft.statistic = direct.lastgroup or ""
            elif behind and not draft.quantity.is_percent:
                draft.statistic = behind["statistic"].lower()
            elif current and _goes_on(text, drafts, i, unit):
                draft.statistic = current
        if draft.statistic in ("median", "mean"):
            current, unit = draft.statistic, draft.quantity.unit


def _goes_on(text: str, drafts: list[Draft], i: int, unit: str) -> bool:
    """Whether a number without a label right in front is a median or mean its sentence speaks of.

    unit: of the last number that was one, "" when the label still waits for its first number.
    """
    quantity, before = drafts[i].quantity, _words_before(text, drafts, i)
    if _cannot_be_centre(text, quantity, before):
        return False
    is_labelled = bool(CENTRE.search(before))
    if quantity.is_percent and not (unit == "%" and are_joined(text, drafts, i - 1, VERSUS)):
        return is_labelled and bool(_PERCENT_CENTRE.search(before))
    if is_labelled:
        return not _THRESHOLD.search(before)
    if are_joined(text, drafts, i - 1, VERSUS) and drafts[i - 1].statistic in ("median", "mean"):
        return True
    has_spread = i + 1 < len(drafts) and drafts[i + 1].statistic in ("min", "q1", "ci_level", "ci_low", "sd")
    if has_spread and OPEN.match(text, quantity.unit_end):
        return True
    if unit == "" and quantity.unit and _COMPARED.search(before) and before.rstrip().endswith(("(", "[")):
        return True
    was_missing = i > 0 and bool(drafts[i - 1].quantity.missing)
    if was_missing and quantity.unit and _AND_WAS.search(before):
        return True
    is_first = not unit and bool(_TO.search(before))
    return bool(quantity.unit) and (quantity.unit == unit or is_first)


def _words_before(text: str, drafts: list[Draft], i: int) -> str:
    """The text between the number before and this one; a dose that is part of a name parts nothing."""
    if i and _is_name(text, drafts[i - 1].quantity):
        return _words_before(text, drafts, i - 1) + text[drafts[i - 1].quantity.start : drafts[i].quantity.start]
    return text_before(text, drafts, i)


def _is_name(text: str, quantity: Quantity) -> bool:
    return bool(DOSE_UNIT.fullmatch(quantity.unit) and _NAME_OF_DOSE.search(text, 0, quantity.start))


def _cannot_be_centre(text: str, quantity: Quantity, before: str) -> bool:
    """Counts of people, bounds, bare number words, and differences ("by 7 months", "2 years longer")."""
    if quantity.counted or quantity.missing or quantity.comparator in BOUNDS:
        return True
    if quantity.is_word and not quantity.unit:
        return True
    if _is_name(text, quantity):
        return True
    if _CHANGE_OF_CENTRE.search(before):
        return True
    return bool(_DIFFERENCE_BEFORE.search(before) or _DIFFERENCE_BEHIND.match(text, quantity.unit_end))


def _name_rest(text: str, drafts: list[Draft]) -> None:
    """What is left, by its own shape: percentage, missing, bound, dose, count, value; or the reason why it is none."""
    for i, draft in enumerate(drafts):
        if draft.is_open:
            draft.reason = _find_reason(text, drafts, i)
            is_followed = i + 1 < len(drafts) and drafts[i + 1].statistic in ("min", "q1")
            has_spread = is_followed and text_before(text, drafts, i + 1).lstrip().startswith(("(", "["))
            draft.statistic = "" if draft.reason else _own_shape(draft.quantity)
            if draft.statistic == "pct" and _LONE_CI_LIMIT.search(text, 0, draft.quantity.start):
                draft.statistic = "value"
            is_measured = draft.statistic == "pct" or (draft.statistic == "n" and not draft.quantity.counted)
            if is_measured and has_spread:
                draft.statistic = "value"
    if _ELIGIBLE.search(text):
        for draft in drafts:
            if draft.statistic == "bound":
                draft.statistic, draft.reason = "", ELIGIBILITY


def _own_shape(quantity: Quantity) -> str:
    if quantity.missing:
        return "missing"
    if quantity.is_percent or quantity.unit.startswith("per "):
        return "pct" if quantity.is_percent else "rate"
    if quantity.comparator in BOUNDS and not (quantity.counted and quantity.is_word):
        return "bound"
    is_count = quantity.is_whole and not quantity.unit and not quantity.value.startswith("-")
    return "n" if is_count else "value"


def _find_reason(text: str, drafts: list[Draft], i: int) -> str:
    """Why the number is no result, "" if it is one."""
    quantity, before = drafts[i].quantity, text_before(text, drafts, i)
    if quantity.value in _CUTS_OF_RESPONSE and quantity.is_percent and _CUT_OF_RESPONSE.match(text, quantity.end):
        return CATEGORY_LABEL
    if quantity.missing or quantity.is_percent:
        return ""
    if _is_category_label(text, drafts, i):
        return CATEGORY_LABEL
    if _RANGE.search(before):
        return LONE_LIMIT
    is_least = (quantity.is_word, quantity.value, quantity.comparator) == (True, "1", ">=")
    if is_least and _ANY_EVENT.match(text, quantity.end):
        return PRONOUN
    if quantity.comparator in BOUNDS or quantity.unit:
        is_dose = quantity.comparator not in BOUNDS and is_dosed(text, drafts, i)
        return DOSE if is_dose else ""
    if quantity.is_word and not quantity.counted:
        return _find_word_reason(text, drafts, i)
    return ""


def _find_word_reason(text: str, drafts: list[Draft], i: int) -> str:
    """Number words that count nothing: "one" as a pronoun, "the two", "two in five"."""
    quantity, before = drafts[i].quantity, text_before(text, drafts, i)
    pairs = [(j, j + 1) for j in (i - 1, i) if are_joined(text, drafts, j, _IN)]
    if any(drafts[j].quantity.is_word and drafts[k].quantity.is_word for j, k in pairs):
        return RATIO
    if quantity.value == "1" and not _ONE_THAT_COUNTS.match(text, quantity.end):
        # "one" is a count beside other counts of its sentence ("high in two and unknown in one").
        near = drafts[max(0, i - 2) : i] + drafts[i + 1 : i + 3]
        in_list = any(d.quantity.is_whole and d.statistic in ("", "n") for d in near) and _LIST.search(before)
        return "" if in_list else PRONOUN
    return REFERS_BACK if _BACK.search(before) and not OPEN.match(text, quantity.end) else ""


def _is_category_label(text: str, drafts: list[Draft], i: int) -> bool:
    """Whether the number names a category: "1 in 44%, 2 in 33%", "earlier lines (2 or > 2)"."""
    quantity = drafts[i].quantity
    if drafts[i].is_plain_whole and _SCALE_VALUE.search(text, 0, quantity.start):
        return True
    if i and drafts[i - 1].reason == CATEGORY_LABEL and are_joined(text, drafts, i - 1, _TO_LABEL):
        return drafts[i].is_plain_whole and bool(_SCALE_VALUE.search(text, 0, drafts[i - 1].quantity.start))
    if i + 1 >= len(drafts) or quantity.counted or quantity.is_word or not drafts[i].is_plain_whole:
        return False
    following = drafts[i + 1]
    if following.quantity.comparator in BOUNDS and not following.quantity.is_percent:
        return are_joined(text, drafts, i, VERSUS)
    return are_joined(text, drafts, i, _IN) and (following.quantity.is_percent or following.statistic == "n")


def _find_heads(text: str, drafts: list[Draft]) -> None:
    """Points each qualifier at the estimate before it in its clause, and each part of a whole at the first part."""
    head = -1
    for i, draft in enumerate(drafts):
        draft.head = i
        if draft.statistic in QUALIFIERS and head >= 0 and not _NEW_CLAUSE.search(text_before(text, drafts, i)):
            draft.head = head
        elif i and _is_part_of(text, drafts, i):
            draft.head = drafts[i - 1].head
        if draft.head == i and draft.statistic in _ESTIMATES:
            head = i


def _is_part_of(text: str, drafts: list[Draft], i: int) -> bool:
    """Whether counts, wholes and percentages i - 1 and i tell one thing: 12/32, 28 patients (87.5%), half (50%)."""
    pair = (drafts[i - 1].statistic, drafts[i].statistic)
    if not set(pair) <= {"n", "total", "pct"}:
        return False
    before = text_before(text, drafts, i)
    if pair == ("pct", "n") and OF_WHOLE.fullmatch(before):
        return True
    if pair == ("pct", "pct"):
        return bool(OPEN.fullmatch(before))
    # "51 patients (24 men" counts others in the bracket
    shapes = (COUNT_TO_PERCENT, OF, SLASH) if "pct" in pair else (OF, SLASH)
    return any(pattern.fullmatch(before) for pattern in shapes)
