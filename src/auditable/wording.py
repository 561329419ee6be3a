"""What a label says about the statistics of its cells: "Median (range)", "n (%)", "mean (SD) or n (%)", "HR (95 % CI)".

Comes in: the text of a label, caption or note, or the words inside a cell. Goes out: the wordings in it, in printed
order: the central statistic and the one that follows it. Whether a wording fits the form of a cell is left to
statistics_of.py.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from auditable.printed_text import tidy


@dataclass(frozen=True, slots=True)
class Wording:
    """One statistic named by a label, and the one named behind it.

    centre: n, pct, median, mean, gmean (geometric mean), hr, or, rr, difference, estimate (β, Z, prevalence ratio …),
    p, rate, events, total, sd, se, or "" where only the second is named. spread: pct, n, total, range, iqr, sd, se, cv,
    ci, or "". sign: "±" where it is printed between the two. level: of a confidence interval, as printed ("95").
    """

    centre: str = ""
    spread: str = ""
    level: str = ""
    sign: str = ""


_PEOPLE = (
    r"(?:patients?|subjects?|participants?|cases?|pts|people|persons?|individuals?|wom[ae]n|m[ae]n|children|infants?|adults?|controls?|"
    r"deaths?|studies|records?|articles?|reports?|respondents?|survivors?|responders?|recipients?|eyes|tumou?rs|lesions|samples?)"
)
_COUNT = r"(?:n|no\.?|nos\.?|nr\.?|num\.?|numbers?|counts?|freq(?:uency|uencies)?\.?|\#)"
_PERCENT = r"(?:%|per\s?cent(?:ages?)?(?!ile)|pct\.?|proportions?\b)"

_OF_TIME = r"[-\s](?:years?|yrs?|months?|weeks?|days?)\b"
"""Behind "events / patient": the time at risk, no number of patients."""

_TOKENS = re.compile(
    rf"""
      (?P<ci>(?:\b(?P<level>80|90|95|97\.5|99|99\.9)\s?%[\s-]*)(?:two-sided\ )?
          (?:CIs?\b|CL\b|C\.I\.|conf(?:idence|\.)\s(?:interval|limit)s?
          |credible\sintervals?|CrI\b) | \b(?:CI|IC)\s?\(?(?P<level_behind>80|90|95|97\.5|99|99\.9)\s?%
          | \b(?:CIs?|IC)\b(?!\s?\d)|\bconfidence\sintervals?)
    | (?P<iqr>\bIQRs?\b|\bi\.\s?q\.\s?r\.?|\binter-?\s?quartile(?:\sranges?)?|\bQ1\W{{1,4}}Q3\b|\bQ1\sto\sQ3\b
          |\bP?25(?:th)?\s?%?\W{{1,3}}(?:to\s|and\s)?P?75(?:th)?
          |\b(?:first|lower)\squartile\W{{1,3}}(?:to\s|and\s)?(?:third|upper)\squartile
          |\bquartiles?\b|\blower\W+upper\squartile)
    | (?P<range>\branges?\b|\bmin(?:imum)?\.?\W{{1,3}}(?:to\s|and\s)?max(?:imum)?\b)
    | (?P<min>\bminimum\b|^min\b\.?(?!/)(?=$|\W*(?:value|n\b)))
    | (?P<max>\bmaximum\b|\bmax\b\.?(?!/))
    | (?P<q1>\bQ1\b|\b25th\spercentile|\b(?:first|lower)\squartile)
    | (?P<q3>\bQ3\b|\b75th\spercentile|\b(?:third|upper)\squartile)
    | (?P<sd>\bs\.?d\.?(?![\w])|\bSDs\b|\bstd\.?\s?dev\w*\.?|\bstandard\sdeviations?
          |(?<=x̄±)s\b|(?<=x̄\ ±\ )s\b)
    | (?P<se>\bs\.?e\.?m?\.?(?![\w-])|\bstandard\serrors?(?:\sof\sthe\smean)?)
    | (?P<cv>\b(?:geometric\s)?(?:CV|coefficient\sof\svariation)(?:\s?%)?)
    | (?P<gmean>\bgeometric\smeans?\b(?!\sratio)|\bGMs?\b(?=\s?[(\[,])|\b(?-i:GM[TC]s?)\b)
    | (?P<difference>\b(?:mean|median|risk|rate|treatment|standardi[sz]ed|least[\s-]squares|LS|between-group
          |absolute)?\s?(?:mean\s)?differences?\b|\bS?MDs?\b(?=\W+(?:95|CI))|\bSMDs?\b|^diff\b\.?$|^[Δ∆]$)
    | (?P<estimate>[βΒ](?=\W*(?:$|\(|\[|95|coeff))|\bbeta(?=\W*(?:$|\(|\[|95|coeff))
          |\b(?:regression\s)?coefficients?(?!\sof)
          |\bprevalence\sratios?|\bPR(?:adj)?(?=\W+95)|\bgeometric\smean\sratios?|\bratio\sof\s(?:geometric\s)?means
          |\b(?:positive\s|negative\s)?likelihood\sratios?|\befficacy(?=\W+95)|\beffect\ssizes?\b|\bCohen'?s?\sd\b|\brelative\schange
          |^(?:(?-i:[tzZrb]|R²)|d\.?f\.?|(?:.*\s)?χ\s?[2²]|chi-?squared?|Wald(?:\s[zχ][2²]?)?|estimate|ICC
              |[FtzZ]\W(?:value|score|test|statistic)s?|(?:test\s)?statistics?)(?:\s?\([\d,.\s]+\))?$)
    | (?P<median>\bmedians?\b)
    | (?P<mean>\b(?:arithmetic\s|least[\s-]squares\s|LS\s)?means?\b(?!\s(?:that|they|it|the)\b)
          |\baverage\b|\bM(?=\s?[(±,]?\s?SD\b)|x̄)
    | (?P<hr>\bhazards?\sratios?|\ba?HR(?:s|adj)?\b(?=\s?(?:[(\[,;]|$|for|vs|95|with)))
    | (?P<or>\bodds\sratios?|\ba?OR(?:s|adj)?\b(?=\s?(?:[(\[,;]|$|95|with))
          |\b(?-i:a?OR)\b(?=\s(?:for|vs|per)\b))
    | (?P<rr>\b(?:risk|rate|incidence\srate)\sratios?|\brelative\srisks?
          |\ba?(?:RR|IRR)(?:s|adj)?\b(?=\s?(?:[(\[,;]|$|for|vs|95|with)))
    | (?P<p>(?<![\w.])p(?:\W?\s?values?|\W?levels?)?(?=\W*(?:$|for|(?:un)?adjusted|trend|[<=,;(\[]))
          | \bp\W?\s?values?\b)
    | (?P<rate>(?:\bper\s|/\s?)1?[\d\s,]*
              (?:(?:person|patient|participant|subject)\W?(?:years?|yrs?|months?|days?)\b|P-?Y\b)
          |\bincidence\srates?\b
          |\b(?:events?|cases)\sper\b)
    | (?P<total>\b{_COUNT}(?:\s(?:of\s)?{_PEOPLE})?(?:\swith\s(?:an?\s)?events?)?\s?/\s?(?:total|N|{_PEOPLE})\b
              (?!{_OF_TIME})
              (?:\s{_COUNT}(?!\w)(?:\sof\s{_PEOPLE}\b)?)?
          |\b(?:outcomes?|events?|cases|responders)\s?/\s?(?:{_PEOPLE}|N|total)\b(?!{_OF_TIME}))
    | (?P<events>\b{_COUNT}\s(?:of\s)?(?:[\w-]+\s)?events?\b|^events?$|^events?(?=\s?[,(\[-])
          |(?<=%[)\]])\s?,?\s?[(\[]?\s?(?:e|events?|episodes?|m)\s?[)\]]?$)
    | (?P<n>(?<![\w.])(?:{_COUNT}\sof\s(?:[\w-]+\s)?{_PEOPLE}|{_COUNT}\s{_PEOPLE})(?![\w-])
          |(?<![\w.])(?:{_COUNT}|{_PEOPLE})(?=\W{{1,3}}{_PERCENT})
          |(?:^(?!no\b[^.])(?!no$)|[,;:(\[-]\s?|\bare\s)(?:{_COUNT})(?=\s?(?:$|[,;:)\]]))
          |^n\s?=$|^no(?=,\s(?:mean|median))
          |{_PERCENT}\s?[(\[]\s?(?P<n_behind>{_COUNT})\s?[)\]])
    | (?P<pct>(?<![\d.]\ )(?<![\d.,]){_PERCENT}(?!\s?(?:CI|conf)))
    """,
    re.IGNORECASE | re.VERBOSE,
)
_CENTRES = (
    "n",
    "pct",
    "median",
    "mean",
    "hr",
    "or",
    "rr",
    "difference",
    "p",
    "rate",
    "events",
    "min",
    "max",
    "q1",
    "q3",
    "estimate",
    "gmean",
)
_SPREADS = ("ci", "iqr", "range", "sd", "se", "pct", "n", "cv")
_LABEL_MARKS = re.compile(r"(?<=[\w)\]%])[*†‡§¶∥‖]+(?!\w)|(?<=[,;])[*†‡§¶∥‖]+(?=\s)")
_SIZE = re.compile(r"[(\[]?\s?\b[nN]\s?[=:]\s?\d[\d, ]*(?:\s?(?:patients?|pts|subjects?|participants?))?\s?[)\]]?")


@lru_cache(maxsize=20_000)
def read_wordings(label: str) -> tuple[Wording, ...]:
    """The wordings of a label in printed order: "n (%) or mean (SD)" has two, "Age (years)" none."""
    text = _plain(label).strip()
    found = _bracketed(text)
    text = _IN_BRACKETS.sub(" ", text) if found else text
    end = 0
    for match in _TOKENS.finditer(text):
        sign = "±" if "±" in text[end : match.start()] else ""
        end = match.end()
        kind = match.lastgroup or ""
        kind = next(k for k, v in match.groupdict().items() if v and k not in ("level", "level_behind", "n_behind"))
        if match["n_behind"]:
            found.append(Wording("pct", "n"))
        elif kind == "total":
            found.append(Wording("n", "total"))
        else:
            _add(found, kind, match["level"] or match["level_behind"] or "", sign)
    return tuple(dict.fromkeys(found))


def _plain(label: str) -> str:
    return _SIZE.sub(" ", _LABEL_MARKS.sub("", tidy(label)))


def _bracketed(text: str) -> list[Wording]:
    """What a sentence says of the numbers in brackets: a percentage stands behind a count, an SD behind a mean."""
    match = _IN_BRACKETS.search(text)
    kind = (
        next((k for k in ("pct", "sd", "se", "iqr", "range", "ci") if match[k] or match[f"{k}_2"]), "") if match else ""
    )
    return [Wording(_BEFORE_BRACKETS.get(kind, ""), kind)] if kind else []


_KINDS = (
    r"(?:(?P<pct>per\s?cent(?:ages?)?|%)|(?P<sd>SDs?|standard\sdeviations?)|(?P<se>SEM?s?|standard\serrors?)"
    r"|(?P<iqr>IQRs?|inter-?quartile\sranges?)|(?P<range>ranges?)|(?P<ci>(?:95\s?%\s)?(?:CIs?|confidence\sintervals?)))"
)
_BRACKET_WORD = r"(?:parenthes[ei]s|(?:square\s|round\s)?brackets)"
_IN_BRACKETS = re.compile(
    rf"\bin\s{_BRACKET_WORD}\s(?:[a-z]+\s){{1,4}}?{_KINDS}(?!\w)|"
    + re.sub(r"\?P<(\w+)>", r"?P<\1_2>", rf"\b{_KINDS}\s(?:[a-z]+\s){{0,2}}in\s{_BRACKET_WORD}"),
    re.IGNORECASE,
)
_BEFORE_BRACKETS = {"pct": "n", "sd": "mean", "se": "mean"}


def _add(found: list[Wording], kind: str, level: str, sign: str) -> None:
    """Joins a word to the wording before it when it can only follow, otherwise opens a new one."""
    last = found[-1] if found else None
    if kind in _SPREADS and last and not last.spread and last.centre and _may_follow(last.centre, kind):
        found[-1] = Wording(last.centre, kind, level, sign)
    elif kind in _CENTRES:
        found.append(Wording(kind))
    else:
        found.append(Wording("", kind, level))


def _may_follow(centre: str, spread: str) -> bool:
    match spread:
        case "pct":
            return centre in ("n", "events")
        case "n":
            return centre == "pct"
        case "sd" | "se" | "range" | "iqr":
            return centre in ("mean", "median", "difference", "rate", "estimate", "gmean")
        case "cv":
            return centre in ("mean", "gmean")
        case _:
            return centre not in ("p",)


def strip_wording(label: str) -> str:
    """The label without words about statistics and group sizes, for comparing it with the names of variables."""
    text = _TOKENS.sub(" ", _SIZE.sub(" ", tidy(label)))
    text = re.sub(r"[±+/]*\s*[(\[][\s,;:/±%.-]*[)\]]", " ", text)
    return re.sub(r"\s+([,;:])", r"\1", " ".join(text.split())).strip(" ,;:-–—±/")
