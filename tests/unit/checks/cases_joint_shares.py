"""A paper of one arm for the rule on shares of two things at once, right or wrong: test_run_checks.py runs it."""

from hand_made import HandMadePaper

COVERS = ("percent.joint",)
"""The rule passes in the right paper and fails in the wrong one."""


def write(paper: HandMadePaper, is_wrong: bool) -> None:
    """A paper that touches the rule."""
    paper.row("Remission", column="Surgery", arm="Surgery", pct="62.5")
    paper.row("Raised ferritin", column="Surgery", arm="Surgery", pct="30.0")
    paper.read(f"Remission with raised ferritin was seen in {'41.0' if is_wrong else '18.7'}%.")
