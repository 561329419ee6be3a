"""A paper for the rule on the heads of several tables, right or wrong: test_run_checks.py runs every cases_*.py."""

from hand_made import HandMadePaper

COVERS = ("arm.heads",)
"""Rules that pass in the right paper and fail in the wrong one."""


def write(paper: HandMadePaper, is_wrong: bool) -> None:
    """Three tables of two arms and all patients; in the wrong paper one of them has another N over all."""
    for table, stub, counts in (("H1", "Women", (20, 24)), ("H2", "Ulcer", (5, 8)), ("H3", "Cough", (4, 6))):
        whole = 94 if is_wrong and table == "H3" else 92
        for name, arm, n, size in (
            ("Ozanib", "Ozanib", counts[0], 45),
            ("Placebo", "Placebo", counts[1], 47),
            ("Total", "", sum(counts), whole),
        ):
            paper.row(stub, table=table, column=f"{name} (N = {size})", arm=arm, total=str(size), n=str(n))
