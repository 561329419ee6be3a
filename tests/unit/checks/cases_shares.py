"""A paper for the rules on counts, shares, arms and flows, right or wrong: test_run_checks.py runs every cases_*.py."""

from decimal import ROUND_HALF_UP, Decimal

from hand_made import HandMadePaper

COVERS = (
    "arm.label",
    "arm.sum",
    "flow.sum",
    "percent.denominator",
    "percent.head",
    "percent.split_sizes",
    "percent.splits",
)
"""Rules that pass in the right paper and fail in the wrong one."""


def write(paper: HandMadePaper, is_wrong: bool) -> None:
    """A paper that touches these rules; each choice names the right number first, then the wrong one."""

    def either(right: str, wrong: str) -> str:
        return wrong if is_wrong else right

    paper.read(f"In all, 100 patients were randomised: 50 to ozanib and {either('50', '51')} to placebo.")
    write_arms(paper, is_wrong)
    write_subgroups(paper, is_wrong)
    write_heads(paper, is_wrong)


def write_arms(paper: HandMadePaper, is_wrong: bool) -> None:
    """Two arms of 48 and 50 patients and a column for all."""
    rows = (("Women", 24, 21), ("Diabetes", 12, 15), ("Smokers", 9, 11), ("Asthma", 5, 8), ("Gout", 3, 4))
    for label, a, b in rows:
        left, right = (b, a) if is_wrong and label == "Diabetes" else (a, b)
        total = a + b + (1 if is_wrong and label == "Gout" else 0)
        for arm, n, size in (("Ozanib", left, 48), ("Placebo", right, 50), ("", total, 98)):
            own = size if n != (b if arm == "Ozanib" else a) or not is_wrong else 98 - size
            pct = f"{Decimal(100 * n / own).quantize(Decimal('0.1'), ROUND_HALF_UP)}"
            paper.row(
                label, table="A1", column=f"{arm or 'All'} (N={size})", arm=arm, total=str(size), n=str(n), pct=pct
            )


def write_subgroups(paper: HandMadePaper, is_wrong: bool) -> None:
    """Responders of 74 patients by three traits, and the baseline count of one of them."""
    rows = [
        ("Overall", 34, 74),
        ("Age > <65 years", 20, 40),
        ("Age > ≥65 years", 14, 34),
        ("Diabetes > Yes", 10, 21),
        ("Diabetes > No", 24, 53),
        ("Region > East", 11, 30),
        ("Region > West", 24 if is_wrong else 23, 44),
    ]
    if is_wrong:
        rows[1:3] = [("Age > <65 years", 14, 34), ("Age > ≥65 years", 20, 40)]
    for label, x, size in rows:
        paper.row(label, table="S1", table_type="subgroup", column="Ozanib", n=str(x), beside=str(size))
    paper.row("<65 years", table="S0", column="Ozanib", total="74", n="40", pct="54.1")


def write_heads(paper: HandMadePaper, is_wrong: bool) -> None:
    """A head whose N all rows are of, and a table that prints its N in each cell."""
    head = 60 if is_wrong else 59
    for label, n, pct in (("Nausea", 12, "20.3"), ("Rash", 31, "52.5"), ("Pain", 7, "11.9"), ("Fever", 25, "42.4")):
        paper.row(label, table="H1", column=f"Ozanib (N = {head})", total=str(head), n=str(n), pct=pct)
    for label, grades in (("Nausea", 40), ("Rash", 40), ("Pain", 40), ("Fever", 40), ("Cough", 38 if is_wrong else 40)):
        for column, grade, n, size in (("Any grade", "any", 9, 40), ("Grade ≥3", ">=3", 2, grades)):
            head = f"Ozanib (N = 40) > {column}"
            of = {"grade": grade}
            paper.row(
                label,
                table="H2",
                table_type="adverse events",
                column=head,
                arm="Ozanib",
                n=str(n),
                beside=str(size),
                of=of,
            )
