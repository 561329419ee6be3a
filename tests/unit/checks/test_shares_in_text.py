"""percent.reachable in running text, and rows of a table with an N of their own."""

import pytest
from hand_made import HandMadePaper


def one_group(paper: HandMadePaper) -> HandMadePaper:
    """A table of 32 patients."""
    for label, n, pct in (("<65", "8", "25.0"), ("65–74", "14", "43.8"), ("≥75", "10", "31.3")):
        paper.row(f"Age (years) > {label}", n=n, pct=pct, total="32")
    return paper


@pytest.mark.parametrize(
    ("said", "pct", "verdicts"),
    [
        ("Of the patients, 26.4% had a response.", "26.4", ["impossible"]),  # no group of up to 32 gives it
        ("Of the patients, 26.3% had a response.", "26.3", []),  # 5 of 19
        ("Serum sodium fell by 26.4%.", "26.4", []),
        ("The lower limit of its interval, 26.4%, was above that of other patients.", "26.4", []),
        ("The mean change in patients was 26.4%.", "26.4", []),
        ("At 12 months survival was 26.4% of patients.", "26.4", []),
    ],
)
def test_a_share_needs_a_group(paper: HandMadePaper, said: str, pct: str, verdicts: list[str]) -> None:
    found = one_group(paper).say(said, ("pct", pct), subject="patients").findings("percent.reachable")
    assert found[found["verdict"] != "not testable"]["verdict"].tolist() == verdicts


def test_a_row_with_its_own_n_in_two_columns_is_not_accused(paper: HandMadePaper) -> None:
    for label, a, b in (("x", ("24", "25.0"), ("54", "25.0")), ("y", ("12", "12.5"), ("27", "12.5")),
                        ("z", ("48", "50.0"), ("108", "50.0")), ("u", ("6", "6.3"), ("30", "13.9"))):  # fmt: skip
        for arm, (n, pct), size in (("A", a, "96"), ("B", b, "216")):
            paper.row(f"History > {label}", column=arm, arm=arm, total=size, n=n, pct=pct)
    for arm, n, pct, size in (("A", "24", "25.5", "96"), ("B", "37", "23.7", "216")):  # of 94 and of 156
        paper.row("History > valve", column=arm, arm=arm, total=size, n=n, pct=pct)
    assert paper.accused("percent.of_n") == []
