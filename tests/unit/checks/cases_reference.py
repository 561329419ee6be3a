"""A trial of doses that prints each difference from placebo, right or wrong."""

from hand_made import HandMadePaper

COVERS = ("effect.nnt", "effect.reference")
CHANGES = (("Placebo", "-0.7", ""), ("5 mg", "-7.9", "-7.2"), ("15 mg", "-8.8", "-8.1"), ("30 mg", "-12.9", "-12.2"))


def write(paper: HandMadePaper, is_wrong: bool) -> None:
    """The change with the highest dose does not give its difference where it is wrong."""
    doses(paper, "-14.9" if is_wrong else "-11.9")
    paper.read(f"Relief came in 45.2% and 32.1%, number needed to treat {'14' if is_wrong else '8'}.")


def doses(paper: HandMadePaper, last: str, last_difference: str = "-11.2") -> None:
    """Arms in columns, changes in one row and differences in the other."""
    for arm, change, difference in (*CHANGES, ("60 mg", last, last_difference)):
        where = {"table_type": "outcome", "column": arm, "arm": arm}
        paper.row("LS mean change", **where, of={}, mean=change)
        if difference:
            paper.row("Difference from placebo", **where, of={}, value=difference)
