"""run_checks as a whole: models at both borders, stable ids, every rule passes and fails, documentation is current."""

import importlib
from pathlib import Path
from types import ModuleType

import cases_numbers
import pandas as pd
import pytest
from hand_made import HandMadePaper

from auditable.checks import RULES, explain, run_checks
from auditable.checks.documentation import rules_as_markdown
from auditable.model import AuditableError
from schemas.frames import SEVERITIES, Findings, Observations, empty_frame

CASES = [importlib.import_module(path.stem) for path in sorted(Path(__file__).parent.glob("cases_*.py"))]
DOCS = Path(__file__).parents[3] / "docs" / "rules.md"


def test_no_observations_give_no_findings() -> None:
    assert Findings.validate(run_checks(empty_frame(Observations))).empty


def test_every_rule_has_a_case() -> None:
    """A rule that is gone from the registry, or that nobody tried both ways, is told here."""
    covered = [rule for case in CASES for rule in case.COVERS]
    assert sorted(covered) == sorted(RULES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.__name__)
def test_every_rule_passes_and_fails(case: ModuleType) -> None:
    passed, failed = found_in(case, is_wrong=False), found_in(case, is_wrong=True)
    assert failing(passed).empty
    assert set(case.COVERS) <= set(passed[passed["verdict"] == "consistent"]["rule"])
    assert set(case.COVERS) <= set(failing(failed)["rule"]) | doubting(failed)


def found_in(case: ModuleType, is_wrong: bool) -> pd.DataFrame:
    """The findings of a case: of the paper it writes, or of the several papers it compares."""
    if hasattr(case, "findings"):
        return case.findings(is_wrong)
    paper = HandMadePaper()
    case.write(paper, is_wrong)
    return paper.findings()


def failing(findings: pd.DataFrame) -> pd.DataFrame:
    """What accuses, or asks a question that only a reader can answer."""
    return findings[findings["verdict"].isin(["impossible", "rounding"]) | (findings["severity"] != "note")]


def doubting(findings: pd.DataFrame) -> set[str]:
    """Rules that never say more than a note, and say it here."""
    return {rule for rule in findings[findings["verdict"] != "consistent"]["rule"] if RULES[rule].severity == "note"}


def test_findings_keep_their_ids_when_values_change() -> None:
    first, second = HandMadePaper(), HandMadePaper()
    cases_numbers.write(first, is_wrong=False)
    cases_numbers.write(second, is_wrong=True)
    pairs = [p.findings("percent.of_n")["finding_id"].tolist() for p in (first, second)]
    assert pairs[0] == pairs[1]
    assert len(set(pairs[0])) == len(pairs[0])


def test_a_run_does_not_depend_on_the_run_before() -> None:
    paper = HandMadePaper()
    cases_numbers.write(paper, is_wrong=True)
    pd.testing.assert_frame_equal(paper.findings(), paper.findings())


@pytest.mark.parametrize("rule_id", sorted(RULES))
def test_rules_explain_themselves(rule_id: str) -> None:
    rule = RULES[rule_id]
    assert rule.severity in SEVERITIES
    assert all((rule.claim, rule.assumptions, rule.literature, rule.example))
    assert rule.claim in explain(rule_id)
    assert rule_id in rules_as_markdown()


def test_an_unknown_rule_is_refused_with_the_list() -> None:
    with pytest.raises(AuditableError, match=r"percent\.of_n"):
        explain("percent.off_n")


def test_the_documentation_is_current() -> None:
    assert DOCS.read_text(encoding="utf-8") == rules_as_markdown(), (
        "docs/rules.md is old; write it anew: python -m auditable.checks.documentation docs/rules.md"
    )
