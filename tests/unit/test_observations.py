"""Cells → observations: paths, arms, denominators with their proof, ids, conservation."""

import pytest
from tables_drawn import draw_table, observe_tables, spell

TWO_ARMS = [["", "TRIAL-A [1, 2]", "TRIAL-A [1, 2]"], ["", "Drug (n = 40)", "Control (n = 80)"]]


def test_arm_drops_n_and_the_trial_over_it_is_the_reference() -> None:
    rows = observe_tables(draw_table(TWO_ARMS, [("Male, n (%)", ["10 (25)", "20 (25)"])])).observations
    assert rows["arm"].tolist() == ["Drug"] * 2 + ["Control"] * 2
    assert set(rows["arm_from"]) == {"boxhead"}
    assert set(rows["reference"]) == {"TRIAL-A"}
    assert rows["spanner_path"].tolist()[0] == "TRIAL-A [1, 2] > Drug (n = 40)"


def test_denominator_is_the_n_nearest_with_its_words() -> None:
    rows = [("Male, n (%)", ["10 (25)", "20 (25)"]), ("Cytogenetics (n = 28), n (%) > High", ["7 (25)", "14 (50)"])]
    told = observe_tables(draw_table(TWO_ARMS, rows)).observations
    assert told["denominator"].tolist() == ["40", "40", "80", "80", "28", "28", "28", "28"]
    assert told["denominator_proof"].tolist()[::4] == ["boxhead: N = 40", "row group: n = 28"]


def test_total_row_proves_the_denominator() -> None:
    rows = [("Sex > Male", ["8 (44.4)"]), ("Total number of patients", ["18 (100.0)"])]
    told = observe_tables(draw_table([["", "N (%)"]], rows)).observations
    assert set(told["denominator"]) == {"18"}
    assert set(told["denominator_proof"]) == {"total row: 18 (100.0)"}


def test_rows_of_100_percent_prove_the_denominator_only_if_it_explains_the_others() -> None:
    rows = [("Refractory", ["51 (100)"]), ("Male", ["22 (43.1)"]), ("Female", ["29 (56.9)"])]
    told = observe_tables(draw_table([["", "No. (%)"]], rows)).observations
    assert set(told["denominator"]) == {"51"}
    assert "explains 2 of 2" in told["denominator_proof"][0]
    other = [("Refractory", ["51 (100)"]), ("Male", ["22 (33.1)"]), ("Female", ["29 (76.9)"])]
    assert set(observe_tables(draw_table([["", "No. (%)"]], other)).observations["denominator"]) == {""}


def test_n_of_n_in_the_cell_proves_itself() -> None:
    told = observe_tables(draw_table(TWO_ARMS, [("ORR", ["12/34 (35.3)", ""])])).observations
    assert told["denominator"].tolist() == ["34", "", "34"]
    assert told["denominator_proof"][0] == "n/N in cell: 12/34 (35.3)"


def test_measured_statistics_have_no_denominator() -> None:
    told = observe_tables(draw_table(TWO_ARMS, [("Age (years), median (range)", ["67 (48–81)", ""])])).observations
    assert set(told["denominator"]) == {""}


def test_p_column_belongs_to_the_measure_before_it() -> None:
    heads = [["Features", "ORR (%)", "p", "12-month PFS probability (%)", "p"]]
    rows = [("Interval (months) > ≥ 6 vs. < 6", ["62.9/43.8", "0.2", "33.1/24.7", "0.35"])]
    told = observe_tables(draw_table(heads, rows)).observations
    assert told["spanner_path"].tolist() == [
        "ORR (%) > ≥ 6",
        "ORR (%) > < 6",
        "ORR (%) > p",
        "12-month PFS probability (%) > ≥ 6",
        "12-month PFS probability (%) > < 6",
        "12-month PFS probability (%) > p",
    ]
    assert told["statistic"].tolist() == ["pct", "pct", "p"] * 2
    assert told["variable"].tolist() == ["orr"] * 3 + ["pfs"] * 3
    assert told["timepoint"].tolist() == [""] * 3 + ["12 months"] * 3


def test_p_column_behind_arms_keeps_its_own_name() -> None:
    heads = [["", "Drug (n = 40)", "Control (n = 80)", "P value"]]
    told = observe_tables(draw_table(heads, [("Male, n (%)", ["10 (25)", "20 (25)", "1.0"])])).observations
    assert told["spanner_path"].tolist()[-1] == "P value"
    assert told["arm"].tolist()[-1] == ""


def test_pair_is_named_by_its_row() -> None:
    told = observe_tables(draw_table([["", "Drug (n = 40)"]], [("Male/female, n", ["12/28"])])).observations
    assert told[["spanner_path", "statistic", "value"]].values.tolist() == [
        ["Drug (n = 40) > Male", "n", "12"],
        ["Drug (n = 40) > female", "n", "28"],
    ]


def test_sub_header_takes_the_place_of_a_head_that_only_says_how() -> None:
    rows = [
        ("Sex > Male", ["8 (44.4)"]),
        ("=Measurements", ["Median (Min, Max)"]),
        ("Measurements > Age (years)", ["67 (47, 78)"]),
    ]
    told = observe_tables(draw_table([["", "N (%)"]], rows)).observations
    assert told["spanner_path"].tolist() == ["N (%)"] * 2 + ["Median (Min, Max)"] * 3
    assert told["statistic_from"].tolist() == ["boxhead"] * 2 + ["sub-header"] * 3


def test_sub_header_stands_under_a_head_that_names_an_arm() -> None:
    rows = [("=", ["M (SD)", "M (SD)"]), ("Age", ["48.5 (10.9)", "48.4 (10.0)"])]
    told = observe_tables(draw_table([["", "Drug (n = 35)", "Control (n = 35)"]], rows)).observations
    assert told["spanner_path"].tolist()[::2] == ["Drug (n = 35) > M (SD)", "Control (n = 35) > M (SD)"]
    assert told["arm"].tolist()[::2] == ["Drug", "Control"]


def test_test_statistic_and_its_p_value_are_two_observations() -> None:
    told = observe_tables(draw_table([["", "Statistic"]], [("Age (years)", ["Z = -0.07, p = .94"])]))
    assert spell(told) == [("value -0.07", "cell"), ("p .94", "cell")]
    assert told.observations["spanner_path"].tolist() == ["Statistic > Z", "Statistic"]


def test_population_is_named_by_the_caption() -> None:
    table = draw_table([["", "Drug (n = 40)"]], [("ORR, %", ["60"])], "Response in the intent-to-treat population")
    assert observe_tables(table).observations["population"].tolist() == ["intention to treat"]


def test_every_filled_cell_is_observed_or_rejected_and_empty_ones_are_neither() -> None:
    rows = [("Age", ["1.2 (0.4)", ""]), ("Sex", ["F", "?!"]), ("Male, n (%)", ["8 (20)", "–"])]
    observed = observe_tables(draw_table([["", "A", "B"]], rows))
    seen = {(o["row"], o["col"]) for f in (observed.observations, observed.rejected) for o in f.to_dict("records")}
    filled = {(c["row"], c["col"]) for c in observed.cells.to_dict("records") if c["text"]}
    assert seen == filled
    assert len(observed.cells) == 6


def test_ids_do_not_move_when_a_row_is_put_in_front() -> None:
    row = ("Male, n (%)", ["10 (25)", "20 (25)"])
    alone = observe_tables(draw_table(TWO_ARMS, [row])).observations
    behind = observe_tables(draw_table(TWO_ARMS, [("Age, mean (SD)", ["60 (9)", "61 (8)"]), row])).observations
    assert set(alone["observation_id"]) < set(behind["observation_id"])


def test_repeated_labels_get_different_ids() -> None:
    row = ("Yes, n (%)", ["10 (25)", "20 (25)"])
    told = observe_tables(draw_table(TWO_ARMS, [row, row])).observations
    assert told["observation_id"].is_unique


@pytest.mark.parametrize("label", ["Age  (years)", "Age\u00a0(years)"])
def test_white_space_noise_is_left_out_of_paths(label: str) -> None:
    told = observe_tables(draw_table([["", "A"]], [(label, ["60"])])).observations
    assert told["stub_path"].tolist() == ["Age (years)"]


def test_bound_keeps_its_comparator_beside_the_number() -> None:
    told = observe_tables(draw_table([["", "A"]], [("ORR (%)", ["≥ 8.0"])])).observations
    assert told[["statistic", "comparator", "value", "decimals", "unit"]].values.tolist() == [
        ["bound", ">=", "8.0", 1, "%"]
    ]


def test_no_table_gives_three_empty_frames() -> None:
    observed = observe_tables()
    assert observed.cells.empty
    assert observed.observations.empty
    assert observed.rejected.empty
