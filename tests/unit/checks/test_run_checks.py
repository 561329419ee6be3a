"""run_checks as a whole: models at both borders, stable ids, every rule passes and fails, documentation is current."""

from pathlib import Path

import pandas as pd
import pytest
from conftest import HandMadePaper

from auditable.checks import RULES, explain, run_checks
from auditable.checks.documentation import rules_as_markdown
from auditable.model import AuditableError
from schemas.frames import SEVERITIES, Findings, Observations, empty_frame

DOCS = Path(__file__).parents[3] / "docs" / "rules.md"


def test_no_observations_give_no_findings() -> None:
    assert Findings.validate(run_checks(empty_frame(Observations))).empty


def test_every_rule_passes_and_fails_somewhere() -> None:
    good, bad = HandMadePaper(), HandMadePaper()
    write_paper(good, is_wrong=False)
    write_paper(bad, is_wrong=True)
    passed, failed = good.findings(), bad.findings()
    assert not passed["verdict"].isin(["impossible", "rounding"]).any()
    assert set(passed[passed["verdict"] == "consistent"]["rule"]) == set(RULES)
    # A rule that never accuses asks instead: its failure is a question that only a reader can answer.
    asked = (failed["verdict"] == "not testable") & (failed["severity"] != "note")
    assert set(failed[(failed["verdict"] == "impossible") | asked]["rule"]) == set(RULES)


def write_paper(paper: HandMadePaper, is_wrong: bool) -> None:
    """A paper that touches every rule; each choice names the right number first, then the wrong one."""

    def either(right: str, wrong: str) -> str:
        return wrong if is_wrong else right

    age = either("8", "9")
    for label, n, pct in (("<65", age, "25.0"), ("65–74", "14", "43.8"), ("≥75", "10", "31.3")):
        paper.row(f"Age (years) > {label}", n=n, pct=pct, total="32")
    paper.row("Age (years) > Median (range)", median="70.5", min=either("51", "72"), max="84", unit="years")
    paper.row("Lines of therapy > Median (range)", median=either("7.0", "7.3"), min="2", max="14")
    paper.row("Interval > ≥12 weeks", n="10", pct="31.3", total="32")
    paper.row("Interval > ≥24 weeks", n=either("5", "12"), pct=either("15.6", "37.5"), total="32")
    paper.row("Visits", n=either("3", "-3"), total="32", table="T2")
    for label, pct in (("ORR", either("60.9", "60.0")), ("CR", "5.2"), ("VGPR", "26.6"), ("PR", "29.2")):
        paper.row(label, table="T3", table_type="outcome", pct=pct, total="192")
    for label, pct in (("A", "31.3"), ("B", either("46.9", "46.0")), ("C", "9.4"), ("D", "18.8")):
        paper.row(f"Refractory > {label}", table="T4", pct=pct, total="32")
    paper.row("Anaemia", table="T5", table_type="adverse events", column="Any grade", n="2", pct="6.3", total="32")
    n, pct = either("1", "3"), either("3.1", "9.4")
    paper.row("Anaemia", table="T5", table_type="adverse events", column="Grade ≥ 3", n=n, pct=pct, total="32")
    for patient, months in (("I", "8.3"), ("II", "2"), ("III", "5.3")):
        paper.row(
            "Washout (months)",
            table="T6",
            table_type="individual",
            column=f"{'P' * len(patient)} {patient}",
            value=months,
        )
    paper.say(
        f"The washout was a median of {either('5.3', '5.8')} months (2–8.3).",
        ("median", either("5.3", "5.8")), ("min", "2"), ("max", "8.3"), subject="washout", unit="months",
    )  # fmt: skip
    low = either("0.49", "0.95")
    paper.say(
        f"PFS: HR 0.68 (95% CI {low}–0.94).", ("hr", "0.68"), ("ci_level", "95"), ("ci_low", low), ("ci_high", "0.94")
    )
    ratio, p = either("0.68", "0.80"), either("0.02", "0.9")
    paper.say(
        f"OS: HR {ratio} (95% CI 0.49–0.94, p = {p}).",
        ("hr", ratio), ("ci_level", "95"), ("ci_low", "0.49"), ("ci_high", "0.94"), ("p", p),
    )  # fmt: skip
    said = either("76.5", "75.6")
    paper.row("Creatinine clearance", table="T7", median="76.5", min="30", max="120", unit="mL/min")
    paper.say(
        f"Creatinine clearance was {said} mL/min.", ("median", said), subject="Creatinine clearance", unit="mL/min"
    )
    for cut, left, right in (("6", "62.5", "43.8"), ("12", "70.6", "33.3"), ("24", either("54.8", "54.7"), "0.0")):
        paper.row(
            f"≥ {cut} vs. < {cut}", table="T9", table_type="subgroup", column=f"ORR > ≥ {cut}", cell="c", pct=left
        )
        paper.row(
            f"≥ {cut} vs. < {cut}", table="T9", table_type="subgroup", column=f"ORR > < {cut}", cell="c", pct=right
        )
    paper.row(f"Platelets {either('<', chr(0xFFFD))}50", table="T8", n="4")
    write_frames(paper, is_wrong)


def write_frames(paper: HandMadePaper, is_wrong: bool) -> None:
    """What the models of tables look at: ranges, kinds, categories, one value per place."""

    def either(right: str, wrong: str) -> str:
        return wrong if is_wrong else right

    paper.row("Dizziness", table="T10", table_type="outcome", pct=either("41.7", "417"))
    paper.say(f"Of those, {either('9', '91')} of 24 answered.", ("n", either("9", "91")), n9="24", n91="24")
    paper.row("PFS", table="T11", table_type="outcome", p=either("0.2", "2"))
    paper.row("Height (cm)", table="T12", unit="cm", variable="height", mean=either("168.5", "1.685"))
    female = either("female", "N12")
    paper.row("Sex > Female", table="T13", variable="sex", category=female, n="4")
    paper.row("Sex > Male", table="T13", variable="sex", category="male", **{either("n", "mean"): "5"})
    paper.row("Other", table="T14", cell="a", n="5").row("Other", table="T14", cell="b", n=either("5", "13"))


def test_findings_keep_their_ids_when_values_change() -> None:
    first, second = HandMadePaper(), HandMadePaper()
    write_paper(first, is_wrong=False)
    write_paper(second, is_wrong=True)
    pairs = [p.findings("percent.of_n")["finding_id"].tolist() for p in (first, second)]
    assert pairs[0] == pairs[1]
    assert len(set(pairs[0])) == len(pairs[0])


def test_a_run_does_not_depend_on_the_run_before() -> None:
    paper = HandMadePaper()
    write_paper(paper, is_wrong=True)
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
