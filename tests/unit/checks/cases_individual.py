"""Papers that list their patients one by one, right or wrong: test_run_checks.py runs every cases_*.py."""

from collections.abc import Sequence

from hand_made import HandMadePaper

COVERS = (
    "individual.code", "individual.count", "individual.derived", "individual.limit", "individual.listed",
    "individual.logic", "individual.progression", "individual.recompute", "individual.responders", "individual.value",
    "individual.who",
)  # fmt: skip


def list_patients(
    paper: HandMadePaper,
    label: str,
    values: Sequence[str],
    *,
    names: Sequence[str] = ("I", "II", "III", "IV", "V"),
    head: str = "Patients (n = 5)",
    table: str = "T1",
    unit: str = "",
    variable: str = "",
    grade: str = "",
    in_rows: bool = False,
) -> None:
    """One variable of listed patients, who stand in columns or in rows: a number, a bound, a word or nothing each."""
    for name, text in zip(names, values, strict=True):
        is_number = text.strip("<>").replace(".", "").isdecimal()
        statistic = ("bound" if text[0] in "<>" else "value") if is_number else "text"
        stub, column = (f"Patient > {name}", label) if in_rows else (label, f"{head} > {name}")
        of = {"patient": name, "grade": grade, "missing": {"N/A": "NA", "NK": "NK"}.get(text, "")}
        paper.row(
            stub, table=table, table_type="individual", column=column, unit=unit if is_number else "",
            variable=variable, of=of, **{statistic: text},
        )  # fmt: skip


def write(paper: HandMadePaper, is_wrong: bool) -> None:
    """Five patients with a valve operation or a tumour; each choice names the right number first."""

    def either(right: str, wrong: str) -> str:
        return wrong if is_wrong else right

    head = f"Patients (n = {either('5', '6')})"
    list_patients(paper, "Age (years)", ("73", "62", "77", "52", "51"), unit="years", variable="age", head=head)
    list_patients(paper, "Sex (M/F)", ("M", "F", "M", "F", "F"), variable="sex", head=head)
    list_patients(paper, "Fever (Y/N)", ("Y", "N", either("Y", "M"), "N", "N"), head=head)
    list_patients(
        paper, "Best response", ("SD", "PD", "PR", "PD", "CR"), variable="best_response", head=head,
    )  # fmt: skip
    list_patients(
        paper, "Time to relapse (months)", ("2.3", "0.9", "N/A", "1.6", "N/A"), unit="months",
        variable="time_to_progression", head=head,
    )  # fmt: skip
    said = either("62", "64")
    paper.say(f"Median age was {said} years.", ("median", said), subject="Median age", unit="years")
    paper.read(
        f"The age was over 70 years in {either('two', 'three')} patients.",
        f"{either('Two', 'Four')} patients were male.",
        f"Response was partial or better (≥ PR) in {either('two', 'three')} patients.",
        f"{either('Two', 'Three')} patients responded.",
        f"By last follow-up {either('three', 'two')} patients had relapsed.",
        f"Fever was seen in {either('two', 'three')} patients (I, III).",
        f"Patient II was a {either('62', '26')}-year-old woman.",
    )
    write_second_table(paper, is_wrong)


def write_second_table(paper: HandMadePaper, is_wrong: bool) -> None:
    """The same patients in rows: what is computed from other columns, and what cannot be longer than another."""

    def add(label: str, values: Sequence[str], unit: str, variable: str = "") -> None:
        list_patients(paper, label, values, table="T2", unit=unit, variable=variable, in_rows=True)

    add("Gradient before (mmHg)", ("54", "61", "48", "70", "66"), "mmHg")
    add("Gradient after (mmHg)", ("14", "22", "18", "25", "19"), "mmHg")
    add("Change (mmHg)", ("40", "93" if is_wrong else "39", "30", "45", "47"), "mmHg")
    add("Follow-up (months)", ("9.5", "8.0", "12.1", "7.3", "10.2"), "months", "follow_up")
    add("PFS (months)", ("2.3", "0.9", "21.1" if is_wrong else "12.1", "1.6", "10.2"), "months", "pfs")
