"""A paper for the rules on lists of numbers against rows, right or wrong: test_run_checks.py runs every cases_*.py."""

from hand_made import HandMadePaper

COVERS = ("agreement.row", "agreement.row_sum", "flow.left")
"""Rules that pass in the right paper and fail in the wrong one."""
ARMS = ("Placebo", "Orlimab 100 mg", "Orlimab 200 mg")


def write_row(paper: HandMadePaper, stub: str, *cells: tuple[str, str], total: str = "200") -> None:
    """A row with n (%) in each arm."""
    for arm, (n, pct) in zip(ARMS, cells, strict=True):
        paper.row(stub, column=f"{arm} (N = {total})", arm=arm, n=n, pct=pct, total=total)


def write(paper: HandMadePaper, is_wrong: bool) -> None:
    """A paper that touches these rules; each choice names the right number first, then the wrong one."""

    def either(right: str, wrong: str) -> str:
        return wrong if is_wrong else right

    write_row(paper, "Complete clearance", ("23", "11.5"), ("124", "62.0"), ("151", "75.5"))
    write_row(paper, "Fungal infection", ("3", "1.5"), ("5", "2.5"), ("8", "4.0"))
    shares = either("62.0% and 75.5%", "75.5% and 62.0%")
    paper.read(
        f"Complete clearance was seen in 11.5%, {shares} with placebo, 100 mg and 200 mg, respectively.",
        f"Fungal infection occurred in {either('16', '17')} patients (2.7%) in all.",
        f"Of 688 eligible, {either('61', '16')} declined and 27 were lost before the first visit.",
    )
