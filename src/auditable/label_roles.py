"""What one label over, beside or within a table can be: a group of patients, a part of them, a time, a measure, a
comparison, a word on statistics, or nothing but "all".

Comes in: a label as printed. Goes out: its Role: the name left when N, citations, statistics, times and grades are
taken away, and what that name looks like by itself. Which of a table's labels name its arms is settled by arms.py, from
all labels together.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from auditable.codebook import load_codebook
from auditable.events import SPEAKS_OF_EVENTS, grade_in, kinds_in, strip_event_words
from auditable.labels import is_category_label, label_words
from auditable.printed_sizes import size_in
from auditable.printed_text import tidy
from auditable.timepoints import is_time, strip_time, time_in
from auditable.units import find_unit
from auditable.wording import read_wordings, strip_wording

ARM, PART, TIME, MEASURE, COMPARES, WORDING, TOTAL, EVENT, TRIAL, NAME = (
    "arm", "part", "time", "measure", "compares", "wording", "total", "event", "trial", "name",
)  # fmt: skip
"""Kinds of a role. name: a name that could be anything."""

_CITATION = re.compile(r"\s*\[\s*\d[\d,;\s–-]*\]|\s*\(\s*(?:ref(?:s|erence)?\.?\s)\d[\d,\s–-]*\)")
_LEFT_OVER = re.compile(r"\s*[*†‡§¶#‖¹²³⁴⁵]+(?!\w)|(?:^|\s+)(?:or|and)$")
_EMPTY_BRACKETS = re.compile(r"\s*[(\[]\s*[,;]?\s*[)\]]")
_PEOPLE_ALONE = (
    r"(?:patients?|participants?|subjects?|individuals?|pts|population|sample|cohort|group|children"
    r"|adults|infants|people|persons|respondents)"
)
_TOTAL = re.compile(
    rf"^(?:(?:all|total|overall|whole|entire|pooled|combined|full|complete|both"
    rf"|study(?!\s(?:group|arm|drug)))\b[\s-]*)+(?:(?:study|treated|enrolled|included|evaluable|randomi[sz]ed|cohorts?|arms?"
    rf"|groups?|treatment|trial|analysis)\s?)*(?:{_PEOPLE_ALONE}(?:\s(?:taking|receiving|treated|with"
    rf"|in|on)\b.*)?)?(?:\s(?:combined|together))?$"
    rf"|^{_PEOPLE_ALONE}$",
    re.IGNORECASE,
)
_SAYS_NOTHING = re.compile(
    r"^(?:values?|results?|data|numbers?|counts?|frequency|frequencies|records?|articles?|studies"
    r"|statistics?|estimates?|findings?|score|scores|parameters?|outcomes?|variables?|characteristics?|"
    r"details?|descriptions?|comments?|(?:study|treatment|intervention|randomi[sz]ation|randomi[sz]ed"
    r"|allocation|dose|therapy)?\s?(?:groups|arms|cohorts|allocation|assignment|conditions?)"
    r"|treatment|group|arm|cohort|category|level|units?|range|definition|measure|measurements?|"
    r"(?:incidence|occurrence|event)(?:\srates?)?(?:\sof)?|events?|e|rates?|events?\s?/\s?\d.*"
    r"|\(?(?:no\.?|events?)\s?/.*|(?:incidence|event)\srates?\b.*)$",
    re.IGNORECASE,
)
_COMPARES = re.compile(
    r"\bvs\.?(?=\s|$)|\bversus\b|\bdifferences?\b|\bbetween[\s-]groups?\b|\beffect\ssizes?\b"
    r"|\bcohen\b|\bhedges\b|\bsmd\b|χ|\bchi[\s-]?squared?\b|(?<!\w)β(?![-\w])(?!\s?block)|\bwald\b|^b$|^[ztf]$"
    r"|\b(?:treatment|intervention|adjusted|relative)\s(?:effects?|changes?|reductions?)\b"
    r"|\binteraction\b|\bheterogeneity\b|\bsignifican(?:ce|t)\b|\bt[\s-]tests?\b|\bp[\s-]?(?:values?"
    r"|trend|adj\w*|unadj\w*)\b|^p\b(?!\w)|^sig\.?$"
    r"|\b(?:prevalence|rate|risk|odds|hazards?|incidence|mean|response|relative)[\s-]ratios?\b"
    r"|\bPR\s?adj|\bA?PRs?\b|\bNNT\b|\bdelta\b|\bregression\b|\bcoefficients?\b|\btest\sstatistics?\b"
    r"|^statistics?\b.*\bp\b|\bcorrelation\b",
    re.IGNORECASE,
)
_RATIOS = ("p", "hr", "or", "rr", "difference")
_ARM_WORD = re.compile(
    r"\b(?:placebo|sham|controls?|usual\scare|standard\s(?:of\s)?(?:care|therapy|treatment)"
    r"|best\ssupportive\scare|comparator|vehicle|(?:no|without)\s(?:treatment|intervention)"
    r"|arm|interventions?|investigational|experimental|treated|untreated|treatment\sgroup"
    r"|wait(?:ing)?[\s-]?list|monotherapy|combination|active\s(?:treatment|drug|comparator)"
    r"|chemotherapy|surgery|surgical|conventional|observation|vaccine|"
    r"(?:study|treatment|intervention|control|exercise|training|drug|therapy|care|comparison)\sgroup"
    r"|group\s(?:[a-h]|[0-9]|i{1,3}v?)|(?:cohort|part|wave|regimen|sequence|arm)\s(?:[a-h]|[0-9]|i{1,3}v?)(?![a-z]))\b"
    r"|\b\d+(?:\.\d+)?\s?(?:mg|µg|μg|mcg|g/d|ml/kg|iu|units?|gy|ppm)\b|\bq\d?[wd]\b|\b(?:bid|tid|qd"
    r"|qw|q2w|q3w|twice\sdaily|once\sdaily|daily|weekly)\b",
    re.IGNORECASE,
)
# Stems of international non-proprietary names (WHO), long enough to be no ending of an ordinary word.
_DRUG = re.compile(
    r"\b\w{2,}(?:mab|tinib|ciclib|parib|zomib|lisib|rafenib|degib|domide|platin|taxel|rubicin"
    r"|gliflozin|gliptin|glutide|glitazone|sartan|statin|xaban|gatran|"
    r"olol|dipine|prazole|triptan|setron|lukast|floxacin|cycline|cillin|thromycin|conazole|fungin"
    r"|dronate|kalant|vudine|buvir|previr|asvir|navir|tegravir|sone|"
    r"solone|oxetine|azepam|peridone|apine|caine|fentanil|semide|thiazide|renone|lactone|formin"
    r"|ase\salfa|poetin|grastim|kinra|cept|parin|osin|profen|coxib|amab|imod|trexate|azosin|xian)\b",
    re.IGNORECASE,
)
_PART = re.compile(
    r"^(?:low(?:er)?|high(?:er)?|younger|older|elderly|men|women|male|males|female|females|boys|girls"
    r"|(?:non-?|never\s|former\s|current\s)?smokers?|frail|fit|yes$|no$|with(?:out)?\s.*|absent|present"
    r"|positive|negative|"
    r"mutated|wild[\s-]?type|normal|abnormal)\b(?!.*\b(?:doses?|dosage|intensity|arm|treatment|group|mg)\b)"
    r"(?![\s-](?:flow|fat|carb\w*|calori\w*|salt|oxygen|pressure\s(?:support|ventilation))\b)(?!.*\b(?:diets?|training|exercise|therapy)$)",
    re.IGNORECASE,
)
_COUNTS = re.compile(
    r"^(?:numbers?|no\.|percentages?|proportions?|rates?|incidence|prevalence|frequency)\b", re.IGNORECASE
)
_PEOPLE_FIRST = re.compile(
    r"^(?:healthy\s|other\s)?(?:patients?|participants?|subjects?|women|men|children|persons?|people"
    r"|those|volunteers?|donors?)\b",
    re.IGNORECASE,
)
_TRIAL = re.compile(
    r"\bNCT\d{6,}\b|\bet\sal\b|^[A-Z][\w'’-]+(?:\s(?:and|&)\s[A-Z][\w'’-]+)?,?\s\(?(?:19"
    r"|20)\d\d[a-z]?\)?$|\b(?:trial|study)\b(?!\s(?:group|arm|drug|treatment|population|patients"
    r"|entry|visit|participants))"
)
_ACRONYM = re.compile(r"^[A-Z][A-Z]{2,}(?:-[A-Z0-9][\w]*)*$")


@dataclass(frozen=True, slots=True)
class Role:
    """What a label can be. name: what is left of it; kind: one of the kinds above; cited: it carries a citation."""

    label: str
    name: str
    kind: str
    size: int = 0
    time: str = ""
    cited: bool = False
    is_dose: bool = False


@lru_cache(maxsize=20_000)
def role_of(label: str) -> Role:
    """The role of one label, seen alone."""
    text = " ".join(label.split())
    size, time, cited = size_in(text), time_in(text), bool(_CITATION.search(text))
    name = bare_name(text)
    kind = _kind(text, name, size, time, cited)
    return Role(text, name, kind, size, time, cited, bool(_DRUG.search(name)))


def bare_name(label: str) -> str:
    """The label without N, citations, words on statistics, time and grade, as printed otherwise."""
    text = strip_wording(_CITATION.sub("", label))
    if time_in(text) or grade_in(text) or kinds_in(text):
        text = strip_event_words(strip_time(text))
    return clean_name(text)


def clean_name(label: str) -> str:
    """The label without empty brackets, marks and joints left over."""
    text = _EMPTY_BRACKETS.sub("", _CITATION.sub("", label))
    if text.count("(") != text.count(")"):
        text = re.sub(r"[()]", " ", text)
    text = " ".join(text.split())
    return _LEFT_OVER.sub("", text).strip(" ,;:—–-=")


def _kind(text: str, name: str, size: int, time: str, cited: bool) -> str:
    wordings = read_wordings(text)
    if _COMPARES.search(tidy(text)) or any(w.centre in _RATIOS for w in wordings):
        return COMPARES
    if time and is_time(text):
        return TIME
    if not re.search(r"[^\W_]", name) or _SAYS_NOTHING.match(name):
        return WORDING
    if _TOTAL.match(name):
        return TOTAL
    if SPEAKS_OF_EVENTS.search(name) and not size:
        return EVENT
    if _TRIAL.search(name) or (cited and not size):
        return TRIAL
    if _ARM_WORD.search(name):
        return ARM
    if is_part_label(name):
        return PART
    if _COUNTS.match(name):
        return MEASURE
    return NAME if size or _PEOPLE_FIRST.match(name) or not is_measure(text) else MEASURE


def is_part_label(name: str) -> bool:
    """Whether a name is a part of the patients by itself: "Male", "≥ 65 years", "Low income", "Stage III"."""
    return (
        bool(_PART.match(name))
        or is_category_label(name)
        or (len(name) > 3 and label_words(name) in load_codebook().alone)
    )


def is_measure(label: str) -> bool:
    """Whether a label names a quantity: one of the codebook, one with a unit, or one said to be a mean or a rate."""
    wordings = read_wordings(label)
    if any(w.centre not in ("n", "pct", "p") and (w.centre or w.spread) for w in wordings) or find_unit(label) not in (
        "",
        "%",
    ):
        return True
    # "Hypertension" may head a group of patients as well as a count of them; "Overall survival" may not.
    codebook = load_codebook()
    variable = codebook.variables.get(codebook.name_label(label))
    if variable is None or variable.name == "n_patients":
        return False
    return bool(wordings) or variable.kind not in ("count of patients", "category")


def is_trial_name(role: Role) -> bool:
    """Whether a role is the name of a trial: cited, "Smith 2019", or an acronym over the names of arms."""
    return role.kind == TRIAL or bool(_ACRONYM.match(role.name) and "-" in role.name)
