"""A paper for the rules on agreement, right or wrong: test_run_checks.py runs every cases_*.py."""

from hand_made import HandMadePaper

COVERS = (
    "agreement.arm_size",
    "agreement.size",
    "agreement.tables",
    "agreement.text_table",
    "agreement.text_text",
    "agreement.total",
    "agreement.words",
)
"""Rules that pass in the right paper and fail in the wrong one."""


def write(paper: HandMadePaper, is_wrong: bool) -> None:
    """A paper that touches these rules; each choice names the right number first, then the wrong one."""

    def either(right: str, wrong: str) -> str:
        return wrong if is_wrong else right

    paper.row("Creatinine clearance", table="T7", median="76.5", min="30", max="120", unit="mL/min")
    said = either("76.5", "75.6")
    paper.say(
        f"Creatinine clearance was {said} mL/min.", ("median", said), subject="Creatinine clearance", unit="mL/min"
    )
    for stub, n, pct in (("Nausea", "12", "30.0"), ("Vomiting", "9", "22.5"), ("Headache", "7", "17.5")):
        paper.row(stub, table="T8", n=n, pct=pct, total="40")
        paper.row(stub, table="T9", n=either(n, "8") if stub == "Headache" else n, pct=pct, total="40")
    high = either("37.9", "39.7")
    paper.say(
        "Low albumin predicted death (HR 10.7, 95% CI 3.0–37.9).",
        ("hr", "10.7"), ("ci_low", "3.0"), ("ci_high", "37.9"), subject="albumin | death",
    )  # fmt: skip
    paper.say(
        f"Death was predicted by low albumin (HR 10.7, 95% CI 3.0–{high}).",
        ("hr", "10.7"), ("ci_low", "3.0"), ("ci_high", high), subject="death | albumin",
    )  # fmt: skip
    paper.say("Between May and July 40 patients were enrolled.", ("n", "40"), subject="patients enrolled")
    size = either("40", "41")
    paper.say(f"We enrolled {size} consecutive patients.", ("n", size), subject="patients")
    out_of = either("40", "42")
    paper.say(
        f"Nausea occurred in 12 of {out_of} patients (30.0%).",
        ("n", "12"),
        ("pct", "30.0"),
        subject="Nausea",
        n12=out_of,
    )
    for stub, n, pct in (("Dizziness", ("10", "8"), ("20.0", "17.4")), ("Fatigue", ("15", "12"), ("30.0", "26.1"))):
        paper.row(stub, table="T10", column="Oral", arm="Oral", n=n[0], pct=pct[0], total="50")
        paper.row(stub, table="T10", column="Nasal", arm="Nasal", n=n[1], pct=pct[1], total="46")
    nasal = either("46", "47")
    paper.say(f"Of them, 50 were assigned to Oral and {nasal} to Nasal.", ("n", "50"), ("n", nasal), subject="patients")
    paper.rows[-2]["arm"], paper.rows[-1]["arm"] = "Oral", "Nasal"
    share = either("about one in five", "nearly two thirds")
    paper.read(f"In the Oral group, {share} of the patients had dizziness.", section="Discussion")
