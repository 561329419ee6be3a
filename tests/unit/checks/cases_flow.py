"""A paper for the rules on flows, dates, lists, doses and references; test_run_checks.py runs every cases_*.py."""

from hand_made import HandMadePaper

COVERS = (
    "count.listed",
    "date.period",
    "date.span",
    "dose.half_life",
    "dose.product",
    "flow.reasons",
    "reference.exists",
    "reference.item",
    "reference.style",
)
"""Rules that pass in the right paper and fail in the wrong one."""
LAST = 10
"""Number of the last reference."""


def write(paper: HandMadePaper, is_wrong: bool) -> None:
    """A paper that touches these rules; each choice names the right number first, then the wrong one."""

    def either(right: str, wrong: str) -> str:
        return wrong if is_wrong else right

    paper.read(
        f"The scale has {either('four', 'five')} domains (pain, sleep, mood and fatigue).",
        f"It took {either('19', '9')} months (from October 2010 to May 2012).",
        "Patients were recruited between May 2018 and June 2019.",
        f"Recruitment ran from May 2018 to {either('June', 'July')} 2019.",
        f"The half-life is 28 days, and 99% is gone {either('6', '2')} months after the last dose.",
        f"They were given {either('60', '54')} Gy in 30 fractions of 2 Gy.",
        section="Methods",
    )
    _write_stops(paper, either("One patient", "Six patients"))
    for number in range(1, LAST + 1):
        paper.read(f"So it has been shown before [{number}].", section="Discussion")
        paper.read(f"{number}. Smith A. A title. Journal {2000 + number}.", section="References")
    paper.read("Others disagree [9].", f"As they say {either('[7]', '(Miller 2009)')}.", section="Discussion")
    if is_wrong:
        paper.read("Some found more [47].", section="Discussion")
    paper.read("Table 1. Baseline", section="Table 1", source="caption")
    paper.read(f"All are listed here (Table {either('1', '3')}).")


def _write_stops(paper: HandMadePaper, who: str) -> None:
    """Six who stopped, one of them for a reason that may be an adverse event."""
    reason = {"table": "T1", "table_type": "exposure", "variable": "discontinuation_reason"}
    paper.row("Stopped early", table="T1", table_type="exposure", variable="discontinuation", n="6")
    paper.row("Reason > Progression", category="disease progression", n="3", **reason)
    paper.row("Reason > Death", category="death", n="2", **reason)
    paper.row("Reason > Other", category="Other", n="1", **reason)
    paper.read(f"{who} stopped treatment because of adverse events (Table 1).")
