"""A paper for the rules that only the other rows and columns of a table prove, right or wrong."""

from collections.abc import Sequence

from hand_made import HandMadePaper

COVERS = ("percent.of_column", "table.cumulative", "table.ratio", "table.sum")
"""Rules that pass in the right paper and fail in the wrong one."""


def write(paper: HandMadePaper, is_wrong: bool) -> None:
    """A paper that touches these rules; each choice names the right number first, then the wrong one."""

    def either(right: str, wrong: str) -> str:
        return wrong if is_wrong else right

    grid(paper, "T1", ("Ward", "Theatre", "Clinic"), [
        ("Salaries", "1412 2248 1190"), ("Drugs", f"2965 {either('3187', '3817')} 2714"), ("Total", "4377 5435 3904"),
    ])  # fmt: skip
    grid(paper, "T2", ("Falls", "Bed-days, thousands", "Quotient"), [
        ("North", "52 56.94 0.913"), ("South", f"41 51.02 {either('0.804', '0.840')}"), ("East", "63 60.11 1.048"),
        ("West", "38 47.30 0.803"),
    ])  # fmt: skip
    rows = [
        ("A", "730 73.0"),
        ("B", "3 0.3"),
        ("C", either("264 26.4", "246 26.4")),
        ("D", "213 21.3"),
        ("E", "15 1.5"),
    ]
    shares(paper, "T3", rows)
    grid(paper, "T4", ("≤1", "2", "4", "8", "16", "32", "≥64"), [
        ("Isolates", "441 28 19 14 18 15 26"),
        ("Cumulative isolates", f"441 469 488 {either('502', '512')} 520 535 561"),
    ])  # fmt: skip


def grid(
    paper: HandMadePaper, table: str, heads: Sequence[str], rows: Sequence[tuple[str, str]], statistic: str = "value"
) -> None:
    """A table of bare numbers: a row is its label and its numbers, one for each head; "-" leaves a cell empty."""
    for label, numbers in rows:
        for head, text in zip(heads, numbers.split(), strict=True):
            if text != "-":
                paper.row(label, table=table, table_type="outcome", column=head, of={}, **{statistic: text})


def shares(paper: HandMadePaper, table: str, rows: Sequence[tuple[str, str]]) -> None:
    """A table with counts in one column and their percentages in the next."""
    for label, numbers in rows:
        n, pct = numbers.split()
        paper.row(label, table=table, table_type="outcome", column="No.", value=n)
        paper.row(label, table=table, table_type="outcome", column="Per cent", pct=pct)
