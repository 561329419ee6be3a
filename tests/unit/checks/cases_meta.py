"""A meta-analysis with events, totals, weights and relative risks, right or wrong."""

from hand_made import HandMadePaper

COVERS = ("meta.weights",)
TRIALS = (
    ("Adams 2001", ("11", "120", "25", "118"), ("0.22", "0.84")),
    ("Brown 2005", ("28", "176", "47", "174"), ("0.39", "0.89")),
    ("Clark 2010", ("17", "101", "24", "99"), ("0.40", "1.21")),
)


def write(paper: HandMadePaper, is_wrong: bool) -> None:
    """The last weight is wrong."""
    pool(paper, "29.3" if is_wrong else "20.3")


def pool(paper: HandMadePaper, last_weight: str = "20.3", second_ratio: str = "0.59", total: str = "100") -> None:
    """A table of three trials and their total; one weight and one ratio may be given anew."""
    heads = ("Drug > Events", "Drug > Total", "Placebo > Events", "Placebo > Total")
    weights, ratios = ("40.1", "39.6", last_weight), ("0.43", second_ratio, "0.69")
    for (trial, counts, (low, high)), weight, ratio in zip(TRIALS, weights, ratios, strict=True):
        for head, count in zip(heads, counts, strict=True):
            paper.row(trial, table_type="outcome", column=head, arm=head.split(" > ")[0], value=count)
        paper.row(trial, table_type="outcome", column="Weight", pct=weight)
        paper.row(trial, table_type="outcome", column="Risk ratio", rr=ratio, ci_low=low, ci_high=high)
    paper.row("Total", table_type="outcome", column="Weight", pct=total)
    paper.row("Total", table_type="outcome", column="Risk ratio", rr="0.57", ci_low="0.43", ci_high="0.76")
