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

    centre: n, pct, median, mean, hr, or, rr, difference, p, rate, events, total, sd, se, or "" where only the second
    is named. spread: pct, n, total, range, iqr, sd, se, ci, or "". level: of a confidence interval, as printed ("95").
    """

    centre: str = ""
    spread: str = ""
    level: str = ""


_PEOPLE = (
    r"(?:patients?|subjects?|participants?|cases?|pts|people|persons?|individuals?|wom[ae]n|m[ae]n|children|infants?|adults?|controls?|"
    r"deaths?|studies|records?|articles?|reports?|respondents?|survivors?|responders?|recipients?|eyes|tumou?rs|lesions|samples?)"
)
_COUNT = r"(?:n|no\.?|nos\.?|nr\.?|num\.?|numbers?|counts?|freq(?:uency|uencies)?\.?|\#)"
_PERCENT = r"(?:%|per\s?cent(?:ages?)?|pct\.?|proportions?)"

_TOKENS = re.compile(
    rf"""
      (?P<ci>(?:\(?\b(?P<level>80|90|95|97\.5|99|99\.9)\s?%[\s-]*)(?:two-sided\ )?
          (?:CIs?\b|CL\b|C\.I\.|conf(?:idence|\.)\s(?:interval|limit)s?
          |credible\sintervals?|CrI\b) | \bCIs?\b|\bconfidence\sintervals?)
    | (?P<iqr>\bIQRs?\b|\binter-?\s?quartile(?:\sranges?)?|\bQ1\W{{1,4}}Q3\b|\bQ1\sto\sQ3\b
          |\bP?25(?:th)?\s?%?\W{{1,3}}(?:to\s|and\s)?P?75(?:th)?
          |\bquartiles?\b|\blower\W+upper\squartile)
    | (?P<range>\branges?\b|\bmin(?:imum)?\.?\W{{1,3}}(?:to\s|and\s)?max(?:imum)?\b)
    | (?P<min>\bminimum\b|\bmin\b\.?(?!/))
    | (?P<max>\bmaximum\b|\bmax\b\.?(?!/))
    | (?P<q1>\bQ1\b|\b25th\spercentile|\b(?:first|lower)\squartile)
    | (?P<q3>\bQ3\b|\b75th\spercentile|\b(?:third|upper)\squartile)
    | (?P<sd>\bs\.?d\.?(?![\w])|\bSDs\b|\bstd\.?\s?dev\w*\.?|\bstandard\sdeviations?)
    | (?P<se>\bs\.?e\.?m?\.?(?![\w-])|\bstandard\serrors?(?:\sof\sthe\smean)?)
    | (?P<difference>\b(?:mean|median|risk|treatment|least[\s-]squares)?\s?difference\b|\bMD\b(?=\W+(?:95|CI)))
    | (?P<median>\bmedians?\b)
    | (?P<mean>\b(?:geometric\s|arithmetic\s|least[\s-]squares\s|LS\s)?means?\b|\baverage\b|\bM(?=\s?[(±]\s?SD)|x̄)
    | (?P<hr>\bhazards?\sratios?|\ba?HRs?\b(?=\s?(?:[(\[,;]|$|for|vs|95|with)))
    | (?P<or>\bodds\sratios?|\ba?ORs?\b(?=\s?(?:[(\[,;]|$|95|with)))
    | (?P<rr>\b(?:risk|rate|incidence\srate)\sratios?|\brelative\srisks?|\ba?(?:RR|IRR)s?\b(?=\s?(?:[(\[,;]|$|95|with)))
    | (?P<p>(?<![\w.])p(?:\W?\s?values?|\W?levels?)?(?=\W*(?:$|for|[<=,;(\[])) | \bp\W?\s?values?\b)
    | (?P<rate>\bper\s1?[\d\s,]*(?:person|patient)\W?(?:years?|months?|days?)|\bincidence\srates?\b
          |\b(?:events?|cases)\sper\b)
    | (?P<total>\b{_COUNT}\s?/\s?(?:N|total|{_PEOPLE})\b|\b(?:events?|cases|responders)\s?/\s?(?:{_PEOPLE}|N|total)\b)
    | (?P<events>\b{_COUNT}\s(?:of\s)?(?:[\w-]+\s)?events?\b|^events?$|^events?(?=\s?[,(\[-]))
    | (?P<n>(?<![\w.])(?:{_COUNT}\sof\s(?:[\w-]+\s)?{_PEOPLE}|{_COUNT}\s{_PEOPLE})(?![\w-])
          |(?<![\w.])(?:{_COUNT}|{_PEOPLE})(?=\W{{1,3}}{_PERCENT})
          |(?:^(?!no\b[^.])(?!no$)|[,;:(\[-]\s?)(?:{_COUNT})(?=\s?(?:$|[,;:)\]]))
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
)
_SPREADS = ("ci", "iqr", "range", "sd", "se", "pct", "n")
_SIZE = re.compile(r"[(\[]?\s?\b[nN]\s?[=:]\s?\d[\d, ]*(?:\s?(?:patients?|pts|subjects?|participants?))?\s?[)\]]?")


@lru_cache(maxsize=20_000)
def read_wordings(label: str) -> tuple[Wording, ...]:
    """The wordings of a label in printed order: "n (%) or mean (SD)" has two, "Age (years)" none."""
    text = _SIZE.sub(" ", tidy(label)).strip()
    found: list[Wording] = []
    for match in _TOKENS.finditer(text):
        kind = match.lastgroup or ""
        kind = next(k for k, v in match.groupdict().items() if v and k not in ("level", "n_behind"))
        if match["n_behind"]:
            found.append(Wording("pct", "n"))
        elif kind == "total":
            found.append(Wording("n", "total"))
        else:
            _add(found, kind, match["level"] or "")
    return tuple(dict.fromkeys(found))


def _add(found: list[Wording], kind: str, level: str) -> None:
    """Joins a word to the wording before it when it can only follow, otherwise opens a new one."""
    last = found[-1] if found else None
    if kind in _SPREADS and last and not last.spread and last.centre and _may_follow(last.centre, kind):
        found[-1] = Wording(last.centre, kind, level)
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
            return centre in ("mean", "median", "difference", "rate")
        case _:
            return centre not in ("p",)


def strip_wording(label: str) -> str:
    """The label without words about statistics and group sizes, for comparing it with the names of variables."""
    text = _SIZE.sub(" ", tidy(label))
    text = _TOKENS.sub(" ", text)
    text = re.sub(r"[±+/]*\s*[(\[][\s,;:/±%.-]*[)\]]", " ", text)
    return re.sub(r"\s+([,;:])", r"\1", " ".join(text.split())).strip(" ,;:-–—±/")
