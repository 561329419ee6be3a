"""What the rows and columns of a table are about, for recognising its type: shares of baseline, outcome and event rows,
and what its heads compare or follow in time.

Comes in: a table. Goes out: counts made with the codebook's kinds, so that a new variable helps every type at once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from auditable.codebook import load_codebook
from auditable.events import SPEAKS_OF_EVENTS, grade_in, is_any_event, kinds_in
from auditable.label_roles import COMPARES, is_part_label, role_of
from auditable.labels import label_words
from auditable.model import Table
from auditable.printed_text import tidy
from auditable.timepoints import time_in
from auditable.wording import read_wordings

_RATIO = re.compile(
    r"\b(?:odds|hazards?|risk|rate|prevalence|incidence)[\s-]ratios?\b|\ba?(?:HR|OR|RR|IRR"
    r"|PR)s?\b(?=\W|$)|\brelative\srisks?\b"
)
_EFFECT = re.compile(
    r"\bdifferences?\b|\btreatment\seffects?\b|\beffect\ssizes?\b|\bbetween[\s-]groups?\b"
    r"|\brelative\s(?:change|effect)\b|(?<!\w)β(?!-)|\bcoefficients?\b|\bSE\sb\b|\bwald\b",
    re.IGNORECASE,
)
_SIMPLE_DIFFERENCE = re.compile(r"\bstandardi[sz]ed\b|\bSMD\b|\babsolute\sstandard", re.IGNORECASE)
# Terms of CTCAE and MedDRA that stand for themselves, and endings of clinical findings.
_EVENT = re.compile(
    r"\w(?:penia|emia|aemia|itis|algia|rrh(?:o?ea|age|agic)|uria|dynia|esthesia|aesthesia|geusia"
    r"|pepsia|opathy|ptysis|cardia)\b"
    r"|\b(?:nausea|vomiting|fatigue|headache|dizziness|rash|pruritus|pyrexia|fever|cough|dyspn\w+"
    r"|constipation|insomnia|infections?|pneumonia|sepsis|"
    r"asthenia|o?edema|bleeding|fall|fracture|injury|hypotension|hypertension|pain"
    r"|decreased\sappetite|alopecia|mucositis|stomatitis|neuropathy|"
    r"chills|syncope|palpitations|(?:infusion|injection)[\s-](?:site|related)\s?\w*|thrombosis"
    r"|embolism|stroke|cramps?|spasms?|tremor|anxiety|somnolence|sneezing|disorders|infestations"
    r"|(?:increased?|decreased?)$)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class RowKinds:
    """Shares, 0 to 1, of the data rows that are of a kind; and what the heads say.

    baseline: demography, measures, conditions, categories; outcome: rates and times to event; event: terms of adverse
    events; part: rows that part the patients; exposure: how long and how much was given, and why
    it was stopped. ratios, effects: columns of ratios, of differences; times: time points
    among the heads, a change counted as two, row_times: among the rows; measures: columns named after an outcome.
    """

    baseline: float = 0.0
    outcome: float = 0.0
    event: float = 0.0
    part: float = 0.0
    exposure: float = 0.0
    any_event: int = 0
    grades: int = 0
    ratios: int = 0
    effects: int = 0
    times: int = 0
    row_times: int = 0
    measures: int = 0


def row_kinds(table: Table) -> RowKinds:
    """The kinds of rows and heads of a table."""
    rows = [r for r in table.rows if r.kind == "data" and r.path]
    heads = [tidy(x) for c in range(table.n_columns) for x in table.column_path(c)[-1:]]
    levels = list(dict.fromkeys(tidy(x) for c in range(table.n_columns) for x in table.column_path(c)))
    kinds = [_kind(r.path) for r in rows]
    total = len(rows) or 1
    labels = [r.path[-1] for r in rows]
    return RowKinds(
        baseline=kinds.count("baseline") / total,
        outcome=kinds.count("outcome") / total,
        event=sum(bool(_EVENT.search(tidy(x))) for x in labels) / total,
        part=sum(is_part_label(role_of(x).name) for x in labels) / total,
        exposure=kinds.count("exposure") / total,
        any_event=sum(is_any_event(x) and bool(SPEAKS_OF_EVENTS.search(tidy(x))) for x in labels),
        grades=sum(bool(grade_in(x) or kinds_in(x)) for x in levels),
        ratios=sum(
            bool(_RATIO.search(x)) or any(w.centre in ("hr", "or", "rr") for w in read_wordings(x)) for x in heads
        ),
        effects=sum(bool(_EFFECT.search(x)) and not _SIMPLE_DIFFERENCE.search(x) for x in heads),
        times=sum(2 if t.startswith("change") else 1 for t in {time_in(x) for x in levels} - {""}),
        row_times=len({time_in(x) for r in rows for x in r.path} - {""}),
        measures=sum(_head_kind(x) == "outcome" for x in levels if role_of(x).kind != COMPARES),
    )


def _kind(path: tuple[str, ...]) -> str:
    codebook = load_codebook()
    variable = codebook.variables.get(codebook.name_row(path)[0])
    if variable is None or variable.name == "n_patients":
        return ""
    if variable.kind in ("rate", "time to event", "event") or variable.name in OUTCOMES:
        return "outcome"
    return "exposure" if variable.name in EXPOSURE else "baseline"


def _head_kind(label: str) -> str:
    return _kind((label,)) if label_words(label) else ""


OUTCOMES = ("best_response", "cause_of_death", "length_of_stay", "subsequent_therapy")
EXPOSURE = (
    "cycles_received", "treatment_duration", "relative_dose_intensity", "dose_reduction", "dose_delay",
    "discontinuation", "discontinuation_reason",
)  # fmt: skip
"""Variables whose kind in the codebook does not tell what a table of them is about."""
