"""A paper for the rules on categories, responses, summaries and adverse events, right or wrong."""

from hand_made import HandMadePaper

COVERS = (
    "ae.logic", "ae.total", "categories.nested", "categories.sum", "response.sum", "summary.grim", "summary.grimmer",
    "summary.order", "summary.parity", "summary.pooled", "summary.vs_categories",
)  # fmt: skip
"""Rules that pass in the right paper and fail in the wrong one."""
COLUMNS = (("A (n = 20)", "A"), ("B (n = 24)", "B"), ("Total (n = 44)", ""))
ANY, SERIOUS, RELATED = "AEs > Any grade", "Serious AEs > All grades", "Related AEs > Any grade"


def write(paper: HandMadePaper, is_wrong: bool) -> None:
    """A paper that touches these rules; each choice names the right number first, then the wrong one."""

    def either(right: str, wrong: str) -> str:
        return wrong if is_wrong else right

    for label, n in (("<65", either("8", "9")), ("65–74", "14"), ("≥75", "10")):
        paper.row(f"Age (years) > {label}", n=n, total="32", variable="age", category=label)
    paper.row(
        "Age (years) > Median (range)", median=either("70.5", "76"), min=either("51", "80"), max="84", unit="years",
        variable="age",
    )  # fmt: skip
    paper.row("Lines of therapy > Median (range)", median=either("7.0", "7.3"), min="2", max="14")
    paper.row("Number of teeth lost > n", n="18").row(
        "Number of teeth lost > Mean (SD)", mean=either("3.44", "3.45"), sd="2.48"
    )
    paper.row("Number of visits > n", n="18").row(
        "Number of visits > Mean (SD)", mean="3.44", sd=either("2.48", "2.49")
    )
    paper.row("Interval > ≥12 weeks", n="10", pct="31.3", total="32")
    paper.row("Interval > ≥24 weeks", n=either("5", "12"), pct=either("15.6", "37.5"), total="32")
    for label, pct in (("ORR", either("60.9", "60.0")), ("CR", "5.2"), ("VGPR", "26.6"), ("PR", "29.2")):
        paper.row(label, table="T3", table_type="outcome", pct=pct, total="192")
    write_events(paper, either("3", "4"))
    write_arms(paper, either("61.5", "67.5"), either("44", "41"))


def write_arms(paper: HandMadePaper, median: str, lowest: str) -> None:
    """A table with a column for each of two arms and one for all, whose counts add up."""
    for label, counts in (("Hypertension", "9 12 21"), ("Asthma", "4 3 7"), ("Diabetes", "7 8 15"), ("Gout", "2 0 2")):
        for (column, arm), n in zip(COLUMNS, counts.split(), strict=True):
            paper.row(f"Comorbidity > {label}", table="T9", column=column, arm=arm, n=n)
    for (column, arm), median_, low in zip(COLUMNS, ("60", "63", median), ("44", "47", lowest), strict=True):
        paper.row(
            "Weight, median (range)", table="T9", column=column, arm=arm, unit="kg", variable="weight", median=median_,
            min=low, max="80",
        )  # fmt: skip


def write_events(paper: HandMadePaper, serious: str) -> None:
    """A table of adverse events with a count of events above its terms."""
    for column, kind, total in ((ANY, "", "7"), (SERIOUS, "serious", serious), (RELATED, "related", "5")):
        paper.row(
            "Any AE", table="T5", table_type="adverse events", column=column, n=total,
            variable="adverse_event", category="any", of={"grade": "any", "event_kind": kind},
        )  # fmt: skip
    severe = "8" if serious == "4" else "1"
    for term, counts in (("Anaemia", ("4", "2", "3")), ("Fatigue", ("3", "1", "2"))):
        for column, n in zip((ANY, SERIOUS, RELATED), counts, strict=True):
            paper.row(f"Disorders > {term}", table="T5", table_type="adverse events", column=column, n=n)
        paper.row(f"Disorders > {term}", table="T5", table_type="adverse events", column="AEs > Grade ≥ 3", n=severe)
