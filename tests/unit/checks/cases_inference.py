"""A paper for the rules on intervals, p values, tests and survival, right or wrong."""

from collections.abc import Callable

from hand_made import HandMadePaper

COVERS = (
    "ci.contains", "ci.p", "ci.symmetric", "effect.recompute", "effect.words", "p.words", "proportion.ci",
    "survival.landmark", "test.recompute",
)  # fmt: skip


def write(paper: HandMadePaper, is_wrong: bool) -> None:
    """Each choice names the right number first, then the wrong one."""

    def either(right: str, wrong: str) -> str:
        return wrong if is_wrong else right

    paper.read(
        f"Relapse was rarer with the drug (HR 0.68, 95% CI {either('0.49', '0.95')}–0.94).",
        f"The drug cut the risk of falling by {either('32', '42')}% (HR 0.68, 95% CI 0.49–0.94).",
        f"Death was rarer as well (HR {either('0.68', '0.86')}, 95% CI 0.49–0.94).",
        f"Stroke was rarer (HR 0.68, 95% CI 0.49–0.94, p = {either('0.02', '0.0003')}).",
        f"Relief was reported by 12 of 32 patients (37.5%; 95% CI {either('21.1', '12.1')}–56.3).",
        f"Median PFS was 5.8 months, and the 12-month PFS rate was {either('30.6', '60.3')}%.",
        f"Itching was significantly rarer with the drug (p = {either('0.03', '0.31')}).",
    )
    compare_arms(paper, either)


def compare_arms(paper: HandMadePaper, either: Callable[[str, str], str]) -> None:
    """A table of two arms with p values and crude odds ratios."""
    for label, drug, control, p, ratio in (
        ("Fever", "17", "12", "0.168", "1.94"),
        ("Cough", "20", "9", either("0.0050", "0.31"), either("4.03", "1.31")),
        ("Rash", "8", "14", "0.169", "0.49"),
        ("Pain", "25", "22", "0.302", "1.65"),
    ):
        where = {"table": "T30", "table_type": "outcome"}
        paper.row(label, **where, column="Drug (n = 36)", arm="Drug", n=drug, total="36")
        paper.row(label, **where, column="Control (n = 38)", arm="Control", n=control, total="38")
        paper.row(label, **where, column="Odds ratio", **{"or": ratio})
        paper.row(label, **where, column="P", p=p)
