"""Observations → Findings: every rule of this folder on every study.

Comes in: a frame of the Observations model, and the sentences of the studies. Goes out: a frame of the Findings model,
all four verdicts, sorted by study, rule and place. A rule is added by adding a module here that holds RULES; nothing
else is touched.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

import pandas as pd

from auditable.blocks import Study, read_studies
from auditable.checks.rule import Rule, finding_row, hash_parts
from auditable.model import AuditableError, Sentence
from schemas.frames import Findings, Observations, empty_frame

DIGITS = re.compile(r"\d+")


def _collect_rules() -> dict[str, Rule]:
    found: dict[str, Rule] = {}
    for module in sorted(m.name for m in pkgutil.iter_modules(__path__)):
        for rule in getattr(importlib.import_module(f"{__name__}.{module}"), "RULES", ()):
            if rule.id in found:
                raise AuditableError("two rules have one id", where=f"checks/{module}.py", found=rule.id)
            found[rule.id] = rule
    return dict(sorted(found.items()))


RULES: MappingProxyType[str, Rule] = MappingProxyType(_collect_rules())
"""Every rule by id."""


def run_checks(observations: pd.DataFrame, text: Mapping[str, Sequence[Sentence]] | None = None) -> pd.DataFrame:
    """One row per test of a rule; key finding_id. Consistent and not testable ones are rows too.

    text: the sentences of each study, which the rules on definitions and units read; without it they are silent.
    """
    checked = Observations.validate(observations, lazy=True)
    rows = [row for study in read_studies(checked, text) for row in _run_on_study(study, RULES.values())]
    return Findings.validate(pd.DataFrame(rows), lazy=True) if rows else empty_frame(Findings)


def explain(rule_id: str) -> str:
    """What a rule claims, when it may not accuse, an example and its source, as plain text."""
    if rule_id not in RULES:
        raise AuditableError("unknown rule", expected=f"one of {', '.join(RULES)}", found=rule_id)
    rule = RULES[rule_id]
    return "\n".join(
        (
            f"{rule.id} ({rule.severity})",
            f"Must hold: {rule.claim}",
            f"Assumes: {rule.assumptions}",
            f"Example: {rule.example}",
            f"Source: {rule.literature}",
        )
    )


def compare_studies(studies: Sequence[Study]) -> pd.DataFrame:
    """What one study says of another: the rules that need a corpus, run on each study with all the others beside it."""
    rows = [
        row
        for study in studies
        for row in _run_on_study(
            replace(study, corpus=tuple(s for s in studies if s is not study)),
            [rule for rule in RULES.values() if rule.needs_corpus],
        )
    ]
    return Findings.validate(pd.DataFrame(rows), lazy=True) if rows else empty_frame(Findings)


def _run_on_study(study: Study, rules: Iterable[Rule]) -> list[dict[str, object]]:
    groups: dict[str, list[dict[str, object]]] = {}
    for rule in rules:
        for outcome in rule.function(study):
            row = finding_row(rule, study.study_id, outcome)
            same = groups.setdefault(str(row["finding_id"]), [])
            # numbers reached on two ways: the same verdict is kept once
            if row not in same:
                same.append(row)
    return [row for group in groups.values() for row in _told_apart(group)]


def _where(row: dict[str, object]) -> str:
    """All that a finding holds besides its sentence, its place above all."""
    return " ".join(str(value) for value in row.values())


def _told_apart(group: list[dict[str, object]]) -> list[dict[str, object]]:
    """Findings of one rule on the same numbers, each with an id of its own: made of what it says, not of its turn.

    The digits are left out, so that the id stays when a value is put right; only findings that differ in nothing else
    are named with them, and only those that say the very same (of a sentence printed twice) with their places.
    """
    if len(group) == 1:
        return group
    said = [" ".join(str(row[part]) for part in ("message", "arithmetic")) for row in group]
    plain = [DIGITS.sub("#", text) for text in said]
    names = [text if plain.count(bare) > 1 else bare for text, bare in zip(said, plain, strict=True)]
    names = [f"{name} {_where(row)}" if names.count(name) > 1 else name for name, row in zip(names, group, strict=True)]
    return [
        {**row, "finding_id": hash_parts(str(row["finding_id"]), name)} for row, name in zip(group, names, strict=True)
    ]
