"""The printed forms of numbers that are no results: one commented pattern per habit.

Comes in: nothing. Goes out: PATTERNS, in the order in which they may claim a stretch of a sentence; asides.py applies
them. Citations in brackets need their surroundings and the habit of the paper, and are asides.py's own.
"""

from __future__ import annotations

import re

from auditable.number_words import CARDINAL, DIGIT_WORDS

CITATION = "citation"
REFERENCE = "reference to table/figure/section"
REGISTRY = "trial or registry number"
ADDRESS = "web address, DOI or journal reference"
DATE = "date"
NAME = "name"
HEADING = "heading number"
PAGE_NUMBER = "page number"
TIME_POINT = "time point"
SCHEDULE = "schedule"
UNIT_PART = "part of a unit"
RATIO = "ratio of parts"
FREEDOM = "degrees of freedom"
FACTOR = "factor of a study design"
PRONOUN = "one as a pronoun"
DESIGN = "assumption of the design"
SIGNIFICANCE = "level of significance"
VAGUE = "vague amount"
UNREADABLE = "number that cannot be read"

_MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?|Sept?(?:ember|\.)?"
    r"|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_YEAR = r"(?:19|20)\d{2}"
_TIME = r"(?:years?|yrs?|months?|mo|weeks?|wks?|days?|hours?|hrs?|h|minutes?|min)"
_JOIN = r"\s*(?:,\s*and|,|and|&|or|to|through|[–\-−‒/])\s*"
_REGISTERS = (
    r"NCT|ISRCTN|ACTRN|ChiCTR|UMIN|DRKS|CTRI|JPRN|CRD|NTR|jRCT|EUCTR|PACTR|IRCT|KCT|SLCTR|TCTR|RBR"
)  # fmt: skip
_PLACE = (
    r"(?:(?:supplementa(?:ry|l)|suppl?\.?|extended data|online|additional)\s+)?(?:tables?|figs?\.?|figures?|sects?\.?"
    r"|sections?|appendix|appendices|eqs?\.?|equations?|chapters?|panels?|box(?:es)?|refs?\.?|references?|files?"
    r"|videos?|algorithms?|annex)"
)
_PLACE_NUMBER = r"[A-Z]?\d+(?:\.\d+)*[A-Za-z]?\b"

# Words behind which a number is a label in an order or a choice: always, or unless it counts or measures something.
_ALWAYS_LABELLED = (
    r"(?:grades?|stages?|phases?|types?|class(?:es)?|categor(?:y|ies)|versions?|tiers?|stratum|criteri(?:on|a)|domains?"
    r"|chromosomes?|exons?|codons?|serotypes?|genotypes?|quartiles?|tertiles?|quintiles?|deciles?|hypothes[ie]s)"
)
_OFTEN_LABELLED = (
    r"(?:cycles?|days?|weeks?|month|year|levels?|parts?|groups?|arms?|cohorts?|patients?|cases?|models?|steps?"
    r"|visits?|scores? of|line(?=\s\d)|aims?|experiments?|stud(?:y|ies)|sites?|questions?|items?|infusions?|rounds?"
    r"|waves?|periods?|schedules?|treatment(?=\s(?:one|two|three|four)\b)|ECOG(?: PS| performance status)?)"
)
_SIGN = r"(?:numbers?\s|no\.\s|level\s|[≥>≤<]\s?)?"
_LABEL = rf"(?:\d+(?:\.\d+)?[a-zA-Z]?\b(?![.·]\d)|(?:{CARDINAL})\b|[IVX]+\b)"
_OWN_UNIT = (
    r"\s*(?:%|percent|[.,·]\d|of\b|[µμmkn]?g\b|m?[lL]\b|\w{1,4}/\w|years?|months?|weeks?|days?|hours?|patients|women|men"
    r"|participants|cases|subjects|[a-z]+\s*\(\s*\d|\(\s*(?:range|IQR|SD|\d[\d.]*\s*%))"
)
# A list of labels goes on ("days 1, 8, 15 and 22") until a number with its own percent sign, decimals, unit or noun.
_NEXT_LABEL = rf"(?:\d+[a-zA-Z]?\b|(?:{CARDINAL})\b|[IVX]+\b)(?!{_OWN_UNIT}"
_MORE_LABELS = rf"(?:\s+or\s+{_NEXT_LABEL})|{_JOIN}{_NEXT_LABEL}|\s(?:were|had|was)\b))*"

# Labels of statistics that may be glued to their number ("HR0.98") and so are no names.
_STATISTICS = (
    r"(?:[as]?HRs?|a?ORs?|I?RRs?|CI|CrI|IQR|SD|SEM?|N|P|M|ARR|S?MD|WMD|NNT|AUC|Median|Mean|Range|Ratio|Of|And|To|Vs)"
)
_UNITS = (
    r"(?:mg|kg|g|ng|mcg|ml|mL|L|l|dL|mm|cm|m|km|h|hr|hrs|min|s|d|wk|wks|mo|mos|months?|years?|yrs?|yr|y|days?|weeks?"
    r"|hours?|Gy|IU|U|mmHg|mmol|mol|kcal|kDa|kb|bp|Hz|ms|W|V|x|fold|patients?)"
)
_CAPITAL_WORD = r"[A-Z][a-z]+"
_PEOPLE = r"(?:Patients|Participants|Women|Men|Adverse|Grade|Subjects|Deaths)"

# Sample sizes and what was assumed for them: power and the effect looked for are no results.
PLANNED = re.compile(
    r"\b(?:(?:statistical\s)?power\b|sample\ssize|type\s(?:I|II|1|2)\serror)(?=.*\b(?:detect|reject|assum\w+|required|needed|calculat\w+|necessary"
    r"|would|provid\w+|effect\ssize|at\sleast)\b)"
    r"|\b(?:detect|assum\w+|required|needed|calculat\w+|designed|provid\w+|would)\b(?=.*[.·]\d+\s(?:statistical\s)?power\b|.*\bpower\sof\s\d)"
    # "80% power to reject", "with 82 per cent power", "power exceeded 90%"
    r"|\d\s?(?:%|per\s?cent)\s(?:statistical\s)?power\b(?!\s(?:output|loss|gain))|\bpower\sexceeded\s\d",
    re.IGNORECASE,
)
TAKEN_IN = re.compile(r"\b(?:were|was)\s(?:enrolled|randomi[sz]ed|recruited|included|assigned)\b", re.IGNORECASE)

PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (reason, re.compile(pattern))
    for reason, pattern in (
        # 0.512.4: a dash was lost; 22.06.2016 is a date all the same
        (UNREADABLE, r"(?<![\d.])\d+\.\d+\.\d+(?:\.\d+)*(?![\d.]*\s*\|)(?!\s+[A-Z])"),
        (ADDRESS, r"(?i:https?://|www\.|doi\s?:\s?|doi\.org/)\S+|\b10\.\d{4,9}/\S+|\S+@\S+\.\w+"),
        # volume and pages: "2018;378:1-10", "380;16", "Vol. 30", "PMID: 123"
        (ADDRESS, rf"\b{_YEAR}\s?;[\s\u200b]?\d[\w();:\u200b–-]*|(?<![\w(;])\d{{1,4}};\d{{1,4}}(?![\w;)])"),
        (ADDRESS, r"\b(?i:vol(?:ume)?\.?|no\.|issue|pmid|isbn|issn|pp?\.)\s?:?\s?\d[\d–-]*(?=[\s|,.;)]|$)"),
        (REGISTRY, rf"\b(?:{_REGISTERS})[-\s:]?[\w/-]*\d[\w/-]*|\bEudraCT(?:\s(?:number|no\.?))?[\s:]*[\d-]+"),
        (PAGE_NUMBER, r"^\s*(?:page\s)?\d{1,4}(?:\s+of\s+\d{1,4})?\s*$"),
        # Tables S4 and S5, Figure 2A, Sect. 4.1; the list goes on only if the next number ends there
        (
            REFERENCE,
            rf"(?i:\b{_PLACE})\s*{_PLACE_NUMBER}(?:{_JOIN}{_PLACE_NUMBER}"
            r"(?=\s*[).,;\]]|\s+(?:show|list|give|summar|present|report|are)))*",
        ),
        # a lone "8." or "(3)" numbers an item of a list
        (HEADING, r"^\s*\(?\d{1,3}[.)]\s*$"),
        (HEADING, r"(?:^|(?<=[.\s]))\d{1,2}(?:\.\d{1,2}){0,3}\.?\s*\|"),
        (HEADING, rf"^\s*\d{{1,2}}(?:\.\d{{1,2}}){{0,3}}\.?\s+(?={_CAPITAL_WORD}\b|[A-Z]{{5,}}\b)(?!{_PEOPLE})"),
        # 2.2 Statistical Analysis, met inside a sentence whose stop was lost
        (HEADING, rf"(?<=[.\s])\d{{1,2}}(?:\.\d{{1,2}}){{1,3}}\.?\s+(?={_CAPITAL_WORD} (?:{_CAPITAL_WORD}|and|of)\b)"),
        (DATE, rf"\b{_DAY}\s+(?:of\s+)?{_MONTH}\s*,?\s*(?:{_YEAR})?\b|\b{_MONTH}\s+{_DAY}\s*,?\s+{_YEAR}\b"),
        (DATE, rf"\b{_MONTH}\s+{_YEAR}\b|\b{_MONTH}\s+\d{{1,2}}(?![\d.%])\b"),
        (DATE, rf"\b\d{{1,2}}[-/.]\d{{1,2}}[-/.]{_YEAR}\b|\b\d{{1,2}}[-/]{_YEAR}\b|\b{_YEAR}-\d{{2}}(?:-\d{{2}})?\b"),
        # A bare year: not behind a comparator, not followed by a thing that is counted, a decimal or a percent sign
        (
            DATE,
            rf"(?<![\d.,$€£=<>≤≥])(?<![=<>≤≥] )\b{_YEAR}\b(?:\s?[–-]\s?(?:{_YEAR}|\d{{2}})\b)?(?![,.·]?\d)"
            r"(?!\s*(?:%|/|mg|ml|mL|g\b|patients|participants|women|men|people|cases))",
        ),
        # "P < 0.05 was considered significant", "at a significance level of 0.05", "a two-sided alpha of 5%"
        (
            SIGNIFICANCE,
            r"\b[pP](?:[\s-]?[vV]alues?)?\s?(?:of\s|less\sthan\s|below\s)?[<≤=]?\s?0?[.·]\d+(?:\s\((?:two|one)-\w+\))?"
            r"\s(?:was|were|is|being)?\s?(?:considered|regarded|defined|taken|deemed|set|accepted|judged|indicative|used)\b",
        ),
        (
            SIGNIFICANCE,
            r"(?i)\b(?:significance|alpha|α)(?:\s(?:level|threshold|error|was|set|at|defined|as|accepted|of|is|level\sof))*\s?"
            r"(?:[p<≤=]\s?)*0?[.·]\d+\b",
        ),
        (
            SIGNIFICANCE,
            r"(?i)\bsignifican(?:t|ce)\s(?:was\s)?(?:at|if|when|set\sat)\s(?:the\s)?(?:[p<≤=]\s?)*0?[.·]\d+\b",
        ),
        # a sensitivity of 10^-5
        (NAME, r"\b10\s?(?:\^\s?)?[−–⁻]\s?[\d⁴⁵⁶]\b|\b10\s?\^\s?-\s?\d\b"),
        # Trials named by a word in capitals and a number: "RACE 7 trial"
        (NAME, r"\b[A-Z]{3,}(?:-[A-Z]+)?\s\d{1,2}(?=\s(?:[A-Z]{3,}\b|(?i:trials?|study|studies|investigators)\b))"),
        # grants and protocols: "MR/P023398/1"
        (NAME, r"\b[A-Z]{1,5}/[A-Z]*\d\w*(?:/\w+)*"),
        # "(behaviour 1)", "(aim 2)": a name and its number, alone in brackets
        (
            NAME,
            r"(?<=\()(?!(?:median|mean|range|total|about|over|under|only|all|nearly|maximum|minimum|max|min|score|scores|age|aged)\b)"
            r"[A-Za-z][a-z]{3,}\s\d(?=\))",
        ),
        # Percentages that add up
        (NAME, r"(?i)\b(?:total|sum(?:\sup)?\sto|add(?:\sup)?\sto)\s100(?:\s?%)?(?=[\s.,;]|$)"),
        # Chromosomal changes: del17p, t(4;14), del (17p), inv(16)
        (NAME, r"\b(?:del|inv|dup|gain|amp)\s?\d{1,2}[pq]?[\d.]*\b"),
        (NAME, r"\b(?:del|inv|dup|add|ins|gain|amp|der|i|(?:tri|mono)somy)\s?\(\s?[\dXY][\d;,\spqXY.]*\)"),
        (NAME, r"\bt\s?\(\s?[\dXY]+(?:\s?;\s?[\dXY]+)+[\dpq;.\s]*\)"),
        # mL/min per 1.73 m2, mg/24 h, × 10⁹/L, kg/m2, per 100 patient-years
        (UNIT_PART, r"(?:/|\bper\s)\s?1[.·]73\s?m(?:\s?2|²)?"),
        (UNIT_PART, r"(?<=[A-Za-z)]/)\s?\d+\s?(?=h\b|hours?\b|mL\b|ml\b|L\b|kg\b|g\b|days?\b|min\b|μL\b|mm3?\b)"),
        (UNIT_PART, r"(?:×|x)\s?10\s?[\^]?\s?[−–-]?\s?\d{1,2}\s?/|(?:×|x)\s?10\s?\^?\s?[−–-]?\d{1,2}\b"),
        (UNIT_PART, r"\b(?:c?m|k?g|mg|dm|mm)[/ ]?m?\s?[23]\b(?=[\s,.;)\]]|$)"),
        (
            UNIT_PART,
            r"\bper\s+\d[\d,]*\s+(?=(?:patient|person|woman|child|population|live|birth|procedure|admission|people)[\w-]*)",
        ),
        # "about one pupil in 16 was lost", "roughly one infant in ten had been"
        (
            RATIO,
            rf"(?i)\b(?:one|1)\s[a-z]+\sin\s(?:\d{{1,3}}|{CARDINAL})\b(?=\s(?:was|had|is|has|did|died|will|may)\b|\s?[.,;)]|$)",
        ),
        (RATIO, r"\b\d{1,2}(?:\s?:\s?\d{1,2}){1,2}\b(?!\s?%)"),
        # twice a week, three times daily, every 2 weeks
        (
            SCHEDULE,
            rf"(?i)\b(?:once|twice|thrice|(?:\d+|{CARDINAL})\stimes)[-\s](?:an?|per|every|each|(?:dai|week|month|year)ly)\b",
        ),
        (SCHEDULE, rf"(?i)\b(?:every|each)\s(?:other\s)?(?:\d+|{CARDINAL})(?:\s?[–-]\s?\d+)?\s{_TIME}\b"),
        # t(28), F(1, 23), χ2(1, N = 80)
        (FREEDOM, r"\b[tFrQz]\s?\(\s?\d[\d.,\s]*\)|χ\s?[2²]?\s?\(\s?\d+|\bχ\s?2\b|\bdf\s?=\s?\d+"),
        (FREEDOM, rf"(?i)\b(?:\d+|{CARDINAL})\sdegrees?\sof\sfreedom\b"),
        # 2 × 2, 2 (time) × 3
        (FACTOR, r"\b\d{1,2}\s*(?:\([^()]{1,60}\)\s*)?×(?!\s?10\b)|(?<=×\s)\d{1,2}(?![\d.])|(?<=×)\d{1,2}(?![\d.])"),
        # Order labels: grade 3, phase 1/2, days 1, 8, 15 and 22, cycle two, grade ≥ 3
        (
            NAME,
            rf"(?i:\b{_ALWAYS_LABELLED})\s*{_SIGN}{_LABEL}(?!\s*(?:%|percent)){_MORE_LABELS}"
            rf"|(?i:\b{_OFTEN_LABELLED})\s*{_SIGN}{_LABEL}(?!{_OWN_UNIT}|\s*\(\s*\d){_MORE_LABELS}",
        ),
        # Scales and molecules: letters then digits (CD38, IL-6, COVID-19, QLQ-C30); not labels of statistics
        (
            NAME,
            rf"\b(?!{_STATISTICS}\d+[.·]\d)(?=[\w/'’-]*[A-Z])[A-Za-zα-ω]+(?:[-–‑/][A-Za-zα-ω]+)*[-–‑/]?\d[\w-]*"
            r"(?:[–,]\d{1,3}\b(?![.·%]))*(?:\([a-z\d]+\))?[+−]?",
        ),
        # "v3.1", "Stata v 17 was"; but "23% v 12%" and "9 with Drug v 12 with" set two numbers against each other
        (
            NAME,
            r"\b[vV]\.?\d+(?:\.\d+)*\b|[α-ωΑ-Ω]-?\d\b"
            r"|\b[A-Z]\w+,?\s\(?[vV]\.?\s\d+(?:\.\d+)*\b(?=\s?[.,;:)\]]|\s?\([A-Z]|\s(?:was|were|is|and|or|software)\b|$)",
        ),
        # criteria and dictionaries go by their edition: "RECIST 1.1", "CTCAE 4.03"
        (NAME, r"\b(?:[im]?RECIST|CTCAE|MedDRA),?\s\d+(?:\.\d+)?\b"),
        # "orexin-2", "log10", "day-28 blood": small letters and a number in one word
        (
            NAME,
            r"\b(?!(?:median|mean|range|change|difference|from|with|and|was|were)\b)[a-z]{3,}[-‑]\d{1,2}\b(?![.·]?\d|\s?%)|\blog\d+\b",
        ),
        # Digits then letters (1q21, 17p, 2A), but not a number with its unit (20mg, 12month)
        (NAME, rf"(?<![\d.,])\b(?!\d+{_UNITS}\b)\d+[A-Za-z]+\d*\b"),
        # Raised citations that became plain digits: "trials8,9", "cells.2,3 Next", "(OS)4"
        (CITATION, r"(?<=[a-z]{3})\d{1,3}(?:[,–-]\d{1,3})*(?=[\s.,;:)\]]|$)"),
        (CITATION, r"(?<=[a-z)”\"’][.,;:])\d{1,3}(?:[,–-]\s?\d{1,3})*(?=\s|$)"),
        (CITATION, r"(?<=[a-z]\))\d{1,3}(?:[,–-]\d{1,3})*(?=[\s.,;:]|$)"),
        # 12-month, 12month, at 6 months
        (
            TIME_POINT,
            rf"(?i)\b(?:\d+(?:\.\d+)?|{CARDINAL})(?:[-‑–](?={_TIME}\b)|(?=(?:month|year|week|day)\b)){_TIME}\b(?![-\s]old\b)",
        ),
        (TIME_POINT, rf"\b(?:[Aa]t|By)\s+(?:\d+|{CARDINAL})\s+{_TIME}\b(?!\s*[(\[](?!mean|median))"),
        (
            TIME_POINT,
            rf"\b(?:[Ww]ithin|[Aa]fter|[Dd]uring)\s(?:the\s)?(?:(?:first|last|next|previous|preceding|past|initial)\s)?"
            rf"(?:\d+|{CARDINAL})(?:\s?[–-]\s?\d+)?\s{_TIME}\b(?!\s*[(\[])",
        ),
        # a 4-cm incision, a 5-mm port: the size of a thing
        (NAME, r"\b\d+(?:\.\d+)?[-‑](?:cm|mm|µm|μm|mL|ml|kg|mg|Gy|MHz|kHz|Hz|T)\b"),
        # number-hyphen-word is an adjective: two-sided, 5-point scale, three-arm; folds are quantities
        (
            NAME,
            rf"(?i)\b(?:\d+|{CARDINAL})[-‑](?!fold|(?:{DIGIT_WORDS})\b|(?:years?|months?|weeks?|days?)[-\s]old\b)[a-z]{{3,}}(?:-[a-z]+)*\b",
        ),
        (NAME, r"(?i)\b(?:one|two)\s(?:sided|tailed)\b|\b\d+(?:st|nd|rd|th)\b"),
        # "half as many" compares with another number, "half a day" measures loosely, "the other half" is what is left
        (VAGUE, r"(?i)\bhalf(?=\s(?:as|an?)\s)|\bother\shalf\b(?!\s(?:of|were|had|was|received)\b|\s*\()"),
        # "one" that stands for a noun or is an article
        (PRONOUN, r"(?i)\b(?:an?|the|this|that|each|another)\s[\w-]+\sone\b(?!\s(?:of|patient|hundred|third|half))"),
        (PRONOUN, r"(?i)\b(?:one another|at one\b|one or more|one by one|no one|this one|the one|which one)\b"),
        (PRONOUN, r"(?i)\bone(?=\s+(?:can|may|must|should|could|would|might|such)\b)"),
    )
)
"""Order matters: the first pattern to claim a stretch keeps it."""
