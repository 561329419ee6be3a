"""Types of tables, recognised from the table itself."""

import pytest
from tables_drawn import draw_table, observe_tables

from auditable.model import AuditableError, Table
from auditable.table_types import collect_types, recognise_type

BASELINE = draw_table(
    [["Characteristic", "All (N = 70)"]],
    [("Age, years", ["61 (9)"]), ("Male sex", ["40 (57)"]), ("Hypertension", ["30 (43)"])],
    "Baseline characteristics",
)
PATIENT_COLUMNS = draw_table(
    [["", "Patient 1", "Patient 2", "Patient 3"]], [("Age (years)", ["61", "72", "55"]), ("Sex", ["F", "M", "F"])]
)
PATIENT_ROWS = draw_table(
    [["Case", "Age (years)", "Sex", "Outcome"]], [("1", ["61", "F", "alive"]), ("2", ["72", "M", "died"])]
)
NUMBERED_PEOPLE = draw_table(
    [["No.", "Age", "Sex", "Diagnosis"]],
    [("1", ["61", "F", "sarcoma"]), ("2", ["72", "M", "lymphoma"]), ("3", ["55", "F", "sarcoma"])],
)
NUMBERED_REPORTS = draw_table(
    [["No.", "Author", "Age", "Sex"]],
    [("1", ["Weiss", "61", "F"]), ("2", ["Tan", "72", "M"]), ("3", ["Lind", "55", "F"])],
)
OUTCOME = draw_table(
    [["Endpoint", "Drug (n = 40)", "Control (n = 41)"]],
    [("Overall response rate, %", ["60", "35"]), ("Median progression-free survival, months", ["11.5", "6.5"])],
    "Efficacy outcomes",
)
SUBGROUP = draw_table(
    [["Features", "ORR (%)", "p"]],
    [("Age > ≥ 65 vs. < 65", ["62.9/43.8", "0.2"]), ("Lines > 0 vs. ≥ 1", ["56.4/58.3", "0.9"])],
)
ADVERSE = draw_table(
    [["Adverse event", "Any grade", "Grade ≥ 3"]],
    [("Neutropenia", ["10 (25)", "4 (10)"]), ("Fatigue", ["12 (30)", "0 (0)"])],
    "Treatment-emergent adverse events, n (%)",
)
EXPOSURE = draw_table(
    [["", "N (%)"]],
    [("Reason for discontinuation > Death", ["2 (5)"]), ("Number of cycles received > 1", ["40 (100)"])],
    "Exposure to treatment",
)
FLOW = draw_table(
    [["", "Records"]],
    [("Records identified", ["254"]), ("Duplicates removed", ["44"]), ("Articles included", ["62"])],
)
UNKNOWN = draw_table([["Word", "Meaning"]], [("alpha", ["first letter"]), ("beta", ["second letter"])])


@pytest.mark.parametrize(
    ("table", "name"),
    [
        (BASELINE, "baseline"),
        (PATIENT_COLUMNS, "individual"),
        (PATIENT_ROWS, "individual"),
        (NUMBERED_PEOPLE, "individual"),
        (OUTCOME, "outcome"),
        (SUBGROUP, "subgroup"),
        (ADVERSE, "adverse events"),
        (EXPOSURE, "exposure"),
        (FLOW, "flow"),
        (UNKNOWN, "unknown"),
    ],
)
def test_type_of_a_table(table: Table, name: str) -> None:
    assert recognise_type(table).name == name


def test_cases_of_other_papers_are_no_patients_of_this_one() -> None:
    assert recognise_type(NUMBERED_REPORTS).name != "individual"


def test_each_type_has_a_name_of_its_own() -> None:
    names = [t.name for t in collect_types()]
    assert len(set(names)) == len(names)
    assert all(names)


def test_paper_overrules_the_type() -> None:
    observed = observe_tables(BASELINE, table_types={"T1": "outcome"})
    assert set(observed.cells["table_type"]) == {"outcome"}


@pytest.mark.parametrize(
    ("types", "complaint"), [({"T1": "basline"}, "unknown table type"), ({"T9": "baseline"}, "T9")]
)
def test_wrong_table_type_in_paper_yaml_is_refused(types: dict[str, str], complaint: str) -> None:
    with pytest.raises(AuditableError, match=complaint):
        observe_tables(BASELINE, table_types=types)


def test_single_patients_have_values_texts_and_a_subject() -> None:
    rows = observe_tables(PATIENT_ROWS).observations
    told = rows[["patient", "variable", "statistic", "value", "unit"]].values.tolist()
    assert told[:2] == [["1", "age", "value", "61", "years"], ["1", "sex", "text", "F", ""]]


def test_rows_of_adverse_events_are_categories_of_one_variable() -> None:
    rows = observe_tables(ADVERSE).observations
    assert set(rows["variable"]) == {"adverse_event"}
    assert rows["category"].tolist()[:2] == ["Neutropenia", "Neutropenia"]


def test_numbers_of_a_flow_are_counts() -> None:
    rows = observe_tables(FLOW).observations
    assert rows[["statistic", "value"]].values.tolist() == [["n", "254"], ["n", "44"], ["n", "62"]]
