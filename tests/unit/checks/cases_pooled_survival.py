"""A paper that prints the survival of all patients and of the parts of three splits, right or wrong."""

from hand_made import HandMadePaper

COVERS = ("survival.pooled",)
AT_A_YEAR = {"timepoint": "12 months"}
SHORT = {"os": "OS", "pfs": "PFS", "disease_free_survival": "DFS"}


def write(paper: HandMadePaper, is_wrong: bool) -> None:
    """The 12-month survival of all is that of no part where it is wrong."""
    parts(paper, "Age (years)", (("< 65", "71.2"), ("≥ 65", "58.4")))
    parts(paper, "Albumin (g/L)", (("< 35", "49.9"), ("≥ 35", "73.0")))
    overall(paper, "84.6" if is_wrong else "64.8")


def parts(paper: HandMadePaper, split: str, shares: tuple[tuple[str, str], ...], variable: str = "os") -> None:
    """Rows of a table of survival: each part of a split with its share at a year."""
    for label, share in shares:
        of = {**AT_A_YEAR, "subgroup": f"{split}: {label}"}
        stub, column = f"{split} > {label}", f"12-month {SHORT[variable]} (%)"
        paper.row(stub, table="T2", table_type="outcome", column=column, variable=variable, of=of, pct=share)


def overall(paper: HandMadePaper, share: str, variable: str = "os") -> None:
    """The row of all patients."""
    column = f"12-month {SHORT[variable]} (%)"
    paper.row("All", table="T2", table_type="outcome", column=column, variable=variable, of=AT_A_YEAR, pct=share)
