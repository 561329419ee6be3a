"""A paper for the rules on numbers, right or wrong: test_run_checks.py runs every cases_*.py."""

from hand_made import HandMadePaper

COVERS = (
    "count.bounds", "frame.count_over_n", "frame.two_values", "frame.percent_range",
    "frame.statistic_range", "frame.statistic_of_kind", "frame.unknown_category", "glyph.integrity",
    "percent.of_n", "percent.reachable", "percent.subgroups",
)  # fmt: skip
"""Rules that pass in the right paper and fail in the wrong one."""


def write(paper: HandMadePaper, is_wrong: bool) -> None:
    """A paper that touches these rules; each choice names the right number first, then the wrong one."""

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

    paper.row("Dizziness", table="T10", table_type="outcome", variable="abstinence", pct=either("41.7", "417"))
    paper.say(f"Of those, {either('9', '91')} of 24 answered.", ("n", either("9", "91")), n9="24", n91="24")
    paper.row("PFS", table="T11", table_type="outcome", p=either("0.2", "2"))
    female = either("female", "N12")
    paper.row("Sex > Female", table="T13", variable="sex", category=female, n="4")
    paper.row("Sex > Male", table="T13", variable="sex", category="male", **{either("n", "mean"): "5"})
    paper.row("Other", table="T14", cell="a", n="5").row("Other", table="T14", cell="b", n=either("5", "13"))
