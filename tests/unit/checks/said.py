"""What a rule says of a small paper, in lines that a reader can check by hand."""

from __future__ import annotations

from hand_made import HandMadePaper

SIGNS = {"consistent": "=", "rounding": "~", "impossible": "≠", "not testable": "?"}


def said(paper: HandMadePaper, rule: str) -> list[str]:
    """Each finding of a rule as "printed sign expected", the sign that of the verdict; with its message where it does
    not simply agree. Sorted.
    """
    found = paper.findings(rule)
    rows = found[["printed", "verdict", "expected", "message"]].itertuples(index=False, name=None)
    return sorted(
        " ".join(f"{printed} {SIGNS[verdict]} {expected}".split())
        + ("" if verdict == "consistent" else f" | {message}")
        for printed, verdict, expected, message in rows
    )
