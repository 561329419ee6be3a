"""Statistics printed together: estimate and interval, centre and spread, count and percentage.

Comes in: the drafts of a sentence, in reading order. Goes out: the same drafts, those that stand in a group with
their statistic. The shape of a group and the label in it decide; numbers that stand alone are left to mentions.py.
"""

from __future__ import annotations

import re
from decimal import Decimal

from auditable.mention_drafts import (
    CENTRE,
    COUNT_TO_PERCENT,
    DASH,
    DOSE_UNIT,
    LABELS,
    OF,
    OPEN,
    RANGE_JOIN,
    SET_AGAINST,
    SLASH,
    Draft,
    are_joined,
    text_before,
)
from auditable.settled import RATIOS

DOSE = "dose"

_PAIR_JOIN = re.compile(rf"\s*(?:{DASH}|to|through|,|;|and)\s*", re.IGNORECASE)
_PLAIN_DASH = re.compile(rf"\s*{DASH}\s*")
_RATIO_LIST = re.compile(r"\b(?:[Hh]azard|[Oo]dds|[Rr]isk|[Rr]ate)\sratios\b|\b[as]?HRs\b|\ba?ORs\b|\ba?RRs\b")
_OPEN_OR_STOP = re.compile(r"\s*(?:[,;]\s*|[,;]?\s*[(\[]\s*)")
_INTERVAL = r"CIs?\b|CrIs?\b|C\.I\.|(?:confidence|credible|prediction)[-\s](?:intervals?|limits?)"
_LEVEL = re.compile(rf"\s*(?:(?:two|one)-sided\s)?(?:{_INTERVAL})", re.IGNORECASE)
_LEVEL_TO_LIMIT = re.compile(
    rf"\s*(?:(?:two|one)-sided\s)?(?:{_INTERVAL})?\s*(?:[(\[]\s*(?:CIs?|CrIs?)\s*[)\]])?"
    r"[\s,:;=(\[]*(?:was|of|from|is|ranged from)?\s*",
    re.IGNORECASE,
)
_LEVEL_IN_NAME = re.compile(rf"\s*(?:{_INTERVAL})\s*[)\]]\s*(?:[:=,]|was|of)?\s*", re.IGNORECASE)
_CI_LABEL = re.compile(r"\b(?:CI|CrI|(?:confidence|credible)[-\s]intervals?)(?:\s*[)\]])?[\s,:;=(\[]*$")
_QUARTILE_LABEL = re.compile(
    r"\b(?:IQRs?|inter-?quartile|quartiles?|Q1\s?[–-]\s?Q3|25th)\b[^\d;.]{0,40}$", re.IGNORECASE
)
_RANGE_LABEL = re.compile(
    r"\b(?:rang(?:e|es|ed|ing)|span(?:s|ned|ning)?|var(?:y|ied|ying)|extremes?|min(?:imum)?\b.*\bmax(?:imum)?)\b[^\d;.]{0,60}$"
    r"|\bbetween\s[^\d;.,]{0,12}$",
    re.IGNORECASE,
)
# "Ages ran from 51 to 77 years"; but "adults aged 18–85 years" is who was let in.
_AGE = re.compile(r"\bages?\b[^\d;]{0,30}$", re.IGNORECASE)
# "median (IQR) age 64 (50–70)" says beforehand what the brackets will hold.
_PROMISE = re.compile(
    r"\b(?P<centre>median|mean|average)s?\b[^.;\d]{0,40}?[(\[]\s*(?:±\s*)?"
    r"(?P<what>range|IQR|interquartile range|SD|standard deviation|SE|SEM|min[^)\]]*max|Q1[^)\]]*Q3)\s*[)\]]",
    re.IGNORECASE,
)
# … or in brackets at the end: "was 7.2% (0.9) at 26 weeks (mean [SD])"
_PROMISE_BEHIND = re.compile(
    r"[(\[]\s*(?P<centre>median|mean)s?\s*(?:[(\[]|±\s?)\s*(?P<what>range|IQR|interquartile range|SD|SEM?)\s*[)\]]",
    re.IGNORECASE,
)
_COUNT_PROMISE = re.compile(r"\b(?:n|N|[Nn]o\.|[Nn]umber)\s?,?\s?[(\[]\s?%\s?[)\]]")
_PLUS_MINUS = re.compile(r"\s*(?:\([^()\d]*\)\s*)?[(\[]?\s*(?:±|\+/-|\+/−)\s*(?:SD\s|SE\s)?", re.IGNORECASE)
# "5.4 mmol/L (SD 1.1)": a number with its deviation is a mean, said or not
_SD_BEHIND = re.compile(r"[\s,]*[(\[]\s*(?:±\s*)?(?:SD|standard\sdeviation)[\s,:=]*(?:of\s)?(?:±\s*)?", re.IGNORECASE)
# "88.1% ± 1.4%" of a rate over time is an estimate and its standard error
_RATE = re.compile(r"\b(?:survival|incidence|probability|(?:free|free-)\srates?|rate)\b", re.IGNORECASE)
_STANDARD_ERROR = re.compile(r"±\s*SEM?\b|\bSEM\b")
_WAS = (
    r"\s?(?:[(\[][A-Z]{1,4}[)\]]\s?)?"
    r"(?:(?:was|were|is|of|(?:in|of)\s[^.;\d,()]{1,40}?\s(?:was|were|of))\s)?$"
)
# "an adjusted difference of −2.4 points (−3.9 to −0.9)": what a model or a comparison gives has an interval, no range
_COMPARED = re.compile(
    r"(?:\b(?:mean|absolute|(?:un)?adjusted|treatment|risk|rate|group|between[- ]arm|estimated|standardi[sz]ed"
    r"|pooled|percentage[- ]point|relative|net|crude|weighted)\sdifferences?"
    r"|\b(?:geometric\smean|adjusted|treatment|prevalence|incidence|mortality)\sratios?|\bGMRs?|(?<=[,;]\s)an?\sratio"
    r"|\bratios?(?=\sof\s(?:(?!to\b)[^\s.;,()]+\s){1,6}(?:was|were|of)\s$))"
    rf"{_WAS}",
    re.IGNORECASE,
)
# An albumin/creatinine ratio and the difference of two partners' ages are measured in each: theirs may be a range. So a
# difference that nothing names is of a comparison where it may fall below zero.
_DIFFERENCE = re.compile(
    rf"(?:(?<!\w\s)|\b(?:the|an?|no|with|and|in|of|overall|significant)\s)\bdifferences?{_WAS}|(?<!to\s)\bdiffered\sby\s$",
    re.IGNORECASE,
)
# "decreased from 8.4% to 7.1%" is a change, no range
_CHANGED = re.compile(
    r"\b(?:decreas|increas|rais|rose|ris[ei]|fell|fall|declin|improv|reduc|chang|drop|went|climb|gr[eo]w|worsen|lower"
    r"|cut(?!a)|brought|bring|mov|shift|shr[aiu]nk|shorten|prolong|lengthen|slow|lift|push|doubl|halv|lessen|diminish|drove)\w*\b"
    r"[^;.\d]{0,60}\bfrom\s[^;.\d]{0,20}$"
    r"|\band\sfrom\s(?:an?\s)?(?:mean\s|median\s)?(?:of\s)?$",
    re.IGNORECASE,
)
_FROM = re.compile(r"\bfrom\s(?:an?\s)?$", re.IGNORECASE)
_PARTED = re.compile(r"[;%]|\.\s")
_SAID_OF_ANOTHER = re.compile(r"\b(?:was|were|is|are|had|has|have)\b", re.IGNORECASE)
"""A verb of its own parts a number from the difference told before it."""
# "11.2 months (95% CI 9.1–13.0) vs 7.4 months (": the interval of a comparison's second side needs no label
_GOES_ON = re.compile(
    rf"\s*[)\]]\s*(?:(?:in|with|for|on|among)\s[^.;\d()]{{1,60}}?)?[\s,]*(?:and|{SET_AGAINST})\s[^.;\d()]{{0,40}}|\s*[)\]],\s",
    re.IGNORECASE,
)
OF_WHOLE = re.compile(r"\s*[)\]]\s*(?:out\s)?of\s+(?:the\s|all\s)?")


def name_groups(text: str, drafts: list[Draft]) -> None:
    """Names, in place, every draft that stands in a group."""
    for step in (_name_intervals, _name_spreads, _name_repeats, _name_ranges):
        step(text, drafts)


def name_parts(text: str, drafts: list[Draft]) -> None:
    """Names parts of a whole: 12/32 · 29 of 51 patients (56.9%) · n = 59 of 129 · 28 patients (87.5%)."""
    for i in range(len(drafts) - 1):
        first, second = drafts[i], drafts[i + 1]
        if (
            first.statistic not in ("", "n")
            or not second.is_open
            or not (first.is_plain_whole and second.is_plain_whole)
        ):
            continue
        is_slash = are_joined(text, drafts, i, SLASH) and not first.quantity.is_word
        if is_slash or are_joined(text, drafts, i, OF):
            first.statistic, second.statistic = "n", "total" if is_slash else "n"
            first.denominator = second.quantity.value
    for i in range(len(drafts) - 1):
        _name_count_and_percentage(text, drafts, i)


def _name_count_and_percentage(text: str, drafts: list[Draft], i: int) -> None:
    first, second = drafts[i], drafts[i + 1]
    if not (first.is_open and first.is_plain_whole and not first.quantity.comparator):
        return
    if not (second.is_open and second.quantity.is_percent):
        return
    if not COUNT_TO_PERCENT.fullmatch(text, first.quantity.end, second.quantity.start):
        return
    first.statistic, second.statistic = "n", "pct"
    # 90 [8%] of 1088: the whole is printed behind the percentage.
    whole = drafts[i + 2] if i + 2 < len(drafts) else None
    if whole is None or not (whole.is_open and whole.is_plain_whole):
        return
    if OF_WHOLE.fullmatch(text, second.quantity.end, whole.quantity.start):
        first.denominator, whole.statistic = whole.quantity.value, "n"


def _take_limits(text: str, drafts: list[Draft], i: int, names: tuple[str, str]) -> bool:
    """Names quantities i and i + 1 as the two limits, if they are joined as a pair."""
    if not are_joined(text, drafts, i, _PAIR_JOIN):
        return False
    drafts[i].statistic, drafts[i + 1].statistic = names
    return True


def _name_intervals(text: str, drafts: list[Draft]) -> None:
    """95% CI 8–19 · 95% confidence interval (CI), −8.2 to 2.2 · CI 1.5 to 8.4."""
    for i, draft in enumerate(drafts):
        if draft.quantity.is_percent and _LEVEL.match(text, draft.quantity.end):
            draft.statistic = "ci_level"
            following = drafts[i + 1].quantity.start if i + 1 < len(drafts) else -1
            if following >= 0 and _LEVEL_TO_LIMIT.fullmatch(text, draft.quantity.end, following):
                _take_limits(text, drafts, i + 1, ("ci_low", "ci_high"))
            elif following >= 0 and _LEVEL_IN_NAME.fullmatch(text, draft.quantity.end, following):
                _name_estimate(text, drafts, i)
        elif draft.is_open and _CI_LABEL.search(text_before(text, drafts, i)):
            _take_limits(text, drafts, i, ("ci_low", "ci_high"))


def _name_estimate(text: str, drafts: list[Draft], i: int) -> None:
    """Relative risk (95% CI) 0.62 (0.42–0.91): the level belongs to the name, the limits stand behind the estimate."""
    named = text[: drafts[i].quantity.start].rstrip(" ([")
    statistic = next((s for s, p in LABELS if s in RATIOS and p.search(named)), "")
    is_shown = statistic and i + 3 < len(drafts) and drafts[i + 1].is_open and are_joined(text, drafts, i + 1, OPEN)
    if is_shown and _take_limits(text, drafts, i + 2, ("ci_low", "ci_high")):
        drafts[i + 1].statistic = statistic


def _name_spreads(text: str, drafts: list[Draft]) -> None:
    """64.2 ± 9.1 · median (IQR) age 64 (50–70) · mean (SD) 61.3 (10.2) · n (%) 12 (30)."""
    for i in range(1, len(drafts)):
        if not (drafts[i].is_open and drafts[i - 1].is_open):
            continue
        if are_joined(text, drafts, i - 1, _PLUS_MINUS):
            is_rate = drafts[i - 1].quantity.is_percent and bool(_RATE.search(text, 0, drafts[i].quantity.start))
            drafts[i - 1].statistic = "pct" if is_rate else "mean"
            drafts[i].statistic = "se" if is_rate or _STANDARD_ERROR.search(text) else "sd"
        elif _SD_BEHIND.fullmatch(text, drafts[i - 1].quantity.unit_end, drafts[i].quantity.start):
            drafts[i - 1].statistic, drafts[i].statistic = "mean", "sd"
        elif are_joined(text, drafts, i - 1, OPEN):
            _keep_promise(text, drafts, i)
            _take_deviation(text, drafts, i)


def _keep_promise(text: str, drafts: list[Draft], i: int) -> None:
    """Names a number and the one in brackets behind it as the words before them promised."""
    outer, inner = drafts[i - 1], drafts[i]
    if _COUNT_PROMISE.search(text, 0, outer.quantity.start) and outer.quantity.is_whole:
        outer.statistic, inner.statistic = "n", "pct"
        return
    promises = list(_PROMISE.finditer(text, 0, outer.quantity.start)) or list(_PROMISE_BEHIND.finditer(text))
    if not promises or inner.quantity.is_percent:
        return
    centre = "median" if promises[-1]["centre"].lower() == "median" else "mean"
    what = promises[-1]["what"].lower()
    if what.startswith(("sd", "standard", "se")):
        outer.statistic, inner.statistic = centre, "se" if what.startswith("se") else "sd"
        return
    quartiles = what.startswith(("iqr", "inter", "q1"))
    if _take_limits(text, drafts, i, ("q1", "q3") if quartiles else ("min", "max")):
        outer.statistic = centre
    elif quartiles:
        outer.statistic, inner.statistic = centre, "iqr"


def _take_deviation(text: str, drafts: list[Draft], i: int) -> None:
    """Names a number alone in brackets behind a mean its deviation: "mean age was 61.2 (9.4) years"; a whole number
    behind a whole one may be a citation.
    """
    outer, inner = drafts[i - 1], drafts[i]
    quantity = inner.quantity
    is_lone = text[quantity.end : quantity.end + 1] in (")", "]") and not quantity.is_word and not quantity.comparator
    if not (outer.is_open and inner.is_open and is_lone) or quantity.unit or not quantity.decimals:
        return
    centres = list(CENTRE.finditer(text, 0, outer.quantity.start))
    if centres and centres[-1]["mean"] and not _PARTED.search(text, centres[-1].end(), outer.quantity.start):
        outer.statistic, inner.statistic = "mean", "sd"


def _name_repeats(text: str, drafts: list[Draft]) -> None:
    """RR 1.36, 95% CI 1.00–1.86 …; other outcome 1.32, 1.03–1.68: the labels are printed once, the shape repeats."""
    statistic = ""
    for i in range(len(drafts) - 2):
        group = drafts[i : i + 3]
        if group[1].statistic in ("ci_level", "ci_low"):
            before = text_before(text, drafts, i)
            statistic = next((s for s, p in LABELS if s in RATIOS and p.search(before)), statistic)
        elif (statistic := statistic or _listed_ratio(text, drafts, i)) and all(
            d.is_open and d.quantity.value for d in group
        ):
            estimate, low, high = (Decimal(d.quantity.value) for d in group)
            is_apart = bool(_OPEN_OR_STOP.fullmatch(text, group[0].quantity.end, group[1].quantity.start))
            if is_apart and low <= estimate <= high and are_joined(text, drafts, i + 1, RANGE_JOIN):
                group[0].statistic, group[1].statistic, group[2].statistic = statistic, "ci_low", "ci_high"


def _listed_ratio(text: str, drafts: list[Draft], i: int) -> str:
    """The ratio a list is of whose label opens it ("Odds ratios for A and B were 2.6 (1.5–4.8) and 2.5 (1.4–4.3)")."""
    label = _RATIO_LIST.search(text, 0, drafts[i].quantity.start)
    named = next((s for s, p in LABELS if s in RATIOS and label and p.search(label[0].rstrip("s"))), "")
    return named if label and not CENTRE.search(text, label.end(), drafts[i].quantity.start) else ""


def _name_ranges(text: str, drafts: list[Draft]) -> None:
    """(range 2–14) · IQR 10.5–23.2 · ages 51–77 years · 1 (0–3); any other a–b is a pair of bounds or doses."""
    for i in range(len(drafts) - 1):
        first, second = drafts[i], drafts[i + 1]
        if not (first.is_open and second.is_open):
            continue
        before = text_before(text, drafts, i)
        if _QUARTILE_LABEL.search(before) and _take_limits(text, drafts, i, ("q1", "q3")):
            continue
        if _RANGE_LABEL.search(before) and _take_limits(text, drafts, i, ("min", "max")):
            continue
        if not are_joined(text, drafts, i, RANGE_JOIN) or _CHANGED.search(before) or _falls(before, first, second):
            continue
        if _follows_estimate(text, drafts, i) or _goes_on_with_intervals(text, drafts, i):
            first.statistic, second.statistic = "ci_low", "ci_high"
            _call_compared(text, drafts, i)
        elif _qualifies(text, drafts, i):
            first.statistic, second.statistic = _limits_before(drafts, i)
        elif _AGE.search(before) or (first.quantity.is_percent and second.quantity.is_percent):
            first.statistic, second.statistic = "min", "max"
        elif _PLAIN_DASH.fullmatch(text, first.quantity.end, second.quantity.start):
            if DOSE_UNIT.fullmatch(second.quantity.unit):
                first.reason = second.reason = DOSE
            else:
                first.statistic, second.statistic = "bound", "bound"


def _falls(before: str, first: Draft, second: Draft) -> bool:
    """Whether "from 30% to 22%" goes down: without the word range it is a change, whatever its verb."""
    values = first.quantity.value, second.quantity.value
    return bool(_FROM.search(before)) and all(values) and Decimal(values[0]) > Decimal(values[1])


def _limits_before(drafts: list[Draft], i: int) -> tuple[str, str]:
    """What the last labelled pair of the sentence was: "102 (IQR 84–131) … 148 (119–190)" goes on with quartiles."""
    before = [d.statistic for d in drafts[:i]]
    pair = ("q1", "q3")
    return pair if pair[0] in before and "min" not in before[before.index(pair[0]) :] else ("min", "max")


def _follows_estimate(text: str, drafts: list[Draft], i: int) -> bool:
    """Whether a pair in brackets stands behind a ratio or a compared difference, whose interval it is ("OR 1.5
    (1.1–2.0)").
    """
    if not i:
        return False
    outer, before = drafts[i - 1].quantity, text_before(text, drafts, i - 1)
    is_bracketed = bool(OPEN.fullmatch(text, outer.unit_end, drafts[i].quantity.start))
    if is_bracketed and (_is_compared(text, drafts, i) or _is_next_difference(text, drafts, i)):
        return True
    if not OPEN.fullmatch(text, outer.end, drafts[i].quantity.start):
        return False
    return any(p.search(before) for s, p in LABELS if s in RATIOS)


def _is_next_difference(text: str, drafts: list[Draft], i: int) -> bool:
    """Whether the number before pair i is one more difference of its sentence: "the difference was −0.9 (−1.5 to −0.4)
    for the low and −1.7 (−2.2 to −1.2) for the high dose".
    """
    outer, low, high = (d.quantity for d in drafts[i - 1 : i + 2])
    before = [k for k in range(1, i - 1) if drafts[k + 1].statistic == "ci_high" and _is_compared(text, drafts, k)]
    if not before or outer.counted or not (outer.value and low.value and high.value):
        return False
    between = text[drafts[before[-1] + 1].quantity.end : outer.start]
    is_inside = Decimal(low.value) <= Decimal(outer.value) <= Decimal(high.value)
    return is_inside and not any(p.search(between) for p in (_PARTED, _SAID_OF_ANOTHER, CENTRE))


def _is_compared(text: str, drafts: list[Draft], i: int) -> bool:
    before = text_before(text, drafts, i - 1)
    is_below_zero = drafts[i].quantity.value.startswith("-")
    return bool(_COMPARED.search(before) or (is_below_zero and _DIFFERENCE.search(before)))


def _call_compared(text: str, drafts: list[Draft], i: int) -> None:
    """Calls the number before interval i a value where it is a difference or a ratio, though a mean is told before."""
    is_ours = _is_compared(text, drafts, i) or _is_next_difference(text, drafts, i)
    is_labelled = any(p.search(text_before(text, drafts, i - 1)) for s, p in LABELS if s in RATIOS)
    if drafts[i - 1].is_open and is_ours and not is_labelled:
        drafts[i - 1].statistic = "value"


def _goes_on_with_intervals(text: str, drafts: list[Draft], i: int) -> bool:
    """Whether a pair in brackets stands behind the second side of a comparison whose first side has an interval."""
    if i < 2 or drafts[i - 2].statistic != "ci_high" or not drafts[i - 1].is_open:
        return False
    outer = drafts[i - 1].quantity
    between = text[drafts[i - 2].quantity.end : outer.start]
    is_bracketed = bool(OPEN.fullmatch(text, outer.unit_end, drafts[i].quantity.start))
    return is_bracketed and bool(_GOES_ON.fullmatch(between)) and not CENTRE.search(between)


def _qualifies(text: str, drafts: list[Draft], i: int) -> bool:
    """Whether a pair in brackets is the range of the number before it ("1 (0–3)", "median of 2 cycles (1–4)")."""
    if not i or not text_before(text, drafts, i).rstrip().endswith(("(", "[")):
        return False
    before = drafts[i - 1].quantity
    if CENTRE.search(text, 0, drafts[i].quantity.start):
        return True
    return bool(OPEN.fullmatch(text, before.unit_end, drafts[i].quantity.start)) and not (
        # "36% (25–48)" may be an interval; "27 [11–55]%" is a range like any other
        before.is_percent and not text[before.start : before.end][-1].isdigit()
    )
