"""frame.*: each rule passes, fails with exactly these values, and does not speak of what it cannot judge."""

from __future__ import annotations

import pandas as pd
import pytest
from hand_made import HandMadePaper
from pandera.config import config_context
from pandera.errors import SchemaErrors

from auditable.checks.judged_frames import variable_rule
from auditable.codebook import load_codebook
from auditable.table_types import collect_types
from schemas.frames import STATISTICS
from schemas.table_frames import JUDGED_COLUMNS, VariableRule, build_model, expect


def failing(paper: HandMadePaper, rule: str) -> list[str]:
    """The values printed of each failure of a rule."""
    found = paper.findings(f"frame.{rule}")
    return found[found["verdict"] != "consistent"]["printed"].tolist()


def passes(paper: HandMadePaper, rule: str) -> bool:
    return paper.verdicts(f"frame.{rule}") == ["consistent"]


def test_percentages_lie_between_0_and_100_unless_they_are_changes(paper: HandMadePaper) -> None:
    paper.row("Response", pct="105", variable="orr").row("Relapse", pct="95").row("Recovery", pct="103")
    paper.row("Change from baseline", pct="105")
    assert paper.accused("frame.percent_range") == ["Response"]
    assert passes(HandMadePaper().row("Response", pct="100"), "percent_range")
    assert paper.row("Over", pct=">100").accused("frame.percent_range") == ["Response"]


def test_a_setting_of_pandera_silences_nothing(paper: HandMadePaper) -> None:
    with config_context(validation_enabled=False):
        assert paper.row("Response", pct="105", variable="orr").accused("frame.percent_range") == ["Response"]


def test_a_percentage_of_the_text_beyond_100_is_a_question(paper: HandMadePaper) -> None:
    paper.say("Response was seen in 158 of 212% of them.", ("pct", "212"))
    paper.say("It rose by 120%.", ("pct", "120"))
    found = paper.findings("frame.percent_range")
    assert found[["verdict", "severity", "printed"]].to_numpy().tolist() == [["not testable", "definition", "212"]]


def test_a_signed_percentage_of_the_text_is_a_note(paper: HandMadePaper) -> None:
    paper.read("The margin of non-inferiority was −12%.", section="Methods")
    severities = paper.findings("frame.percent_range")["severity"].tolist()
    assert set(severities) <= {"note"}


def test_a_count_is_not_more_than_the_n_beside_it(paper: HandMadePaper) -> None:
    paper.say("Of note, 34 of 32 patients responded.", ("n", "34"), ("n", "32"), n34="32")
    paper.say("Men and women were 176/136 in number.", ("n", "176"), ("n", "136"), n176="136")
    assert failing(paper, "count_over_n") == ["34"]
    paper.say("We found 5 small trials of 3 drugs.", ("n", "5"), ("n", "3"), n5="3")
    assert failing(paper, "count_over_n") == ["34"]
    right = HandMadePaper().say("So 30 of the 32 patients responded.", ("n", "30"), ("n", "32"), n30="32")
    assert passes(right, "count_over_n")


def test_a_count_and_total_of_one_cell(paper: HandMadePaper) -> None:
    paper.row("Responders", n="34", total="32").row("Infusions", n="40", total="32")
    for row in paper.rows:
        row["denominator_proof"] = "n/N in cell: 34/32"
    assert failing(paper, "count_over_n") == ["34"]


@pytest.mark.parametrize(
    ("statistic", "good", "bad"),
    [("p", "1", "1.37"), ("p", "0", "-0.2"), ("hr", "0.68", "-0.3"), ("or", "999", "1462055"), ("rr", "1", "0")],
)
def test_p_values_and_ratios_have_their_ranges(statistic: str, good: str, bad: str) -> None:
    assert failing(HandMadePaper().row("PFS", table_type="outcome", **{statistic: bad}), "statistic_range") == [bad]
    assert passes(HandMadePaper().row("PFS", table_type="outcome", **{statistic: good}), "statistic_range")


@pytest.mark.parametrize(
    ("changes", "values", "is_odd"),
    [
        ({"variable": "sex", "category": "female"}, {"n": "3", "pct": "30"}, False),
        ({"variable": "sex", "category": "female"}, {"mean": "52.1"}, True),
        ({"variable": "sex"}, {"se": "0.3"}, False),
        ({"variable": "ecog"}, {"median": "1"}, False),
        ({"variable": "ecog", "category": "1"}, {"median": "3"}, True),
        ({"variable": "adverse_event", "category": "nausea"}, {"median": "3"}, True),
        ({"variable": "age"}, {"median": "61"}, False),
        ({"variable": ""}, {"median": "61"}, False),
        ({"variable": "", "table_type": "individual"}, {"median": "61"}, True),
        ({"variable": "", "table_type": "individual"}, {"value": "61"}, False),
    ],
)
def test_what_is_counted_has_no_median(changes: dict[str, str], values: dict[str, str], is_odd: bool) -> None:
    paper = HandMadePaper().row("Row", **changes, **values)  # type: ignore[arg-type]
    assert failing(paper, "statistic_of_kind") == (list(values.values()) if is_odd else [])


def test_a_complete_list_has_no_other_category(paper: HandMadePaper) -> None:
    for category in ("female", "male", "Unknown", "N12", "N13"):
        paper.row(f"Sex > {category}", variable="sex", category=category, n="3")
    found = paper.findings("frame.unknown_category")
    assert found["verdict"].tolist() == ["not testable"]
    assert found["message"].tolist()[0].startswith("“N12”, “N13” is no category of sex (female, male, nonbinary)")
    open_list = HandMadePaper().row("Region > Asia", variable="region", category="Asia", n="3")
    assert open_list.findings("frame.unknown_category").empty


def test_one_place_has_one_value(paper: HandMadePaper) -> None:
    paper.row("Other", cell="a", n="5").row("Other", cell="b", n="13").row("Other", table="T2", n="7")
    found = paper.findings("frame.two_values")
    assert found[["table_id", "verdict", "printed"]].to_numpy().tolist() == [
        ["T1", "not testable", "5, 13"], ["T2", "consistent", "1"]
    ]  # fmt: skip
    same = HandMadePaper().row("Other", cell="a", n="5").row("Other", cell="b", n="5").row("Other", column="B", n="6")
    assert passes(same, "two_values")


def test_numbers_of_the_text_are_not_held_for_one_place(paper: HandMadePaper) -> None:
    paper.say("Of 40 patients 3 had it, and 4 the other.", ("n", "40"), ("n", "3"), ("n", "4"))
    assert paper.findings("frame.two_values").empty


def test_questions_accuse_nobody(paper: HandMadePaper) -> None:
    paper.row("PFS", p="3").row("OS", hr="-1")
    found = paper.findings()
    asked = found[found["rule"].str.startswith("frame.") & (found["verdict"] != "consistent")]
    assert len(asked) == 2
    assert set(asked["severity"]) == {"definition"}
    assert not asked["verdict"].isin(["impossible", "rounding"]).any()


def test_a_frame_of_another_shape_is_a_fault_and_raises() -> None:
    model = build_model(expect({"baseline": frozenset()}, {}))
    frame = pd.DataFrame({name: pd.Series(dtype=object) for name in (*JUDGED_COLUMNS, "more")})
    with pytest.raises(SchemaErrors, match="more"):
        model.validate(frame, lazy=True)


@pytest.mark.parametrize("kind", collect_types(), ids=lambda k: k.name)
def test_every_table_type_has_a_model_and_names_statistics_there_are(kind) -> None:
    assert set(kind.statistics) <= set(STATISTICS)
    paper = HandMadePaper().row("Row", table_type=kind.name, n="3") if kind.name != "individual" else HandMadePaper()
    paper.row("Other", table_type=kind.name, **({"value": "4"} if kind.name == "individual" else {"pct": "40"}))
    assert set(paper.findings()["verdict"]) <= {"consistent", "not testable"}


def test_the_models_know_what_the_codebook_says() -> None:
    variables = {name: variable_rule(v) for name, v in load_codebook().variables.items()}
    assert variables["sex"] == VariableRule(
        "sex", "category", categories=frozenset({"female", "male", "nonbinary"}), is_ranked=False, is_closed=True
    )
    assert variables["iss_stage"].is_ranked
    low, high = variables["age"].low, variables["age"].high
    assert low is not None
    assert high is not None
    assert low < 50 < high
