"""A paper for the rules on words that say something of a number, right or wrong: test_run_checks.py runs it."""

from hand_made import HandMadePaper

COVERS = (
    "arm.control",
    "effect.direction",
    "p.table",
    "words.largest",
    "words.order",
    "words.scale",
)
"""Rules that pass in the right paper and fail in the wrong one."""


def write(paper: HandMadePaper, is_wrong: bool) -> None:
    """A paper that touches these rules; each choice names the right number first, then the wrong one."""

    def either(right: str, wrong: str) -> str:
        return wrong if is_wrong else right

    paper.read(f"Relapse was less frequent after surgery than after casting (12.5% vs {either('31.0', '3.1')}%).")
    for trial, arms in (("ALPHA", ("N-Ab", "Ab")), ("BETA", ("N-Cd", "Cd"))):
        for arm in arms:
            paper.row("Relief (%)", table="T32", column=f"{trial} > {arm}", arm=arm, pct="40.0")
    paper.read(f"Infection occurred in 2.6% on N-Ab (vs 5.4% on {either('Ab', 'Cd')}).")
    paper.read(
        f"Early surgery prolonged survival (HR {either('0.58', '1.72')}; 95% CI {either('0.41–0.82', '1.22–2.43')})."
    )
    paper.read("A score of 2 was the ECOG performance status of most.", section="Methods")
    paper.read(f"An ECOG {either('status', 'stage')} of III was rare.")
    paper.row("Women", table="T33", n="31", total="51")
    paper.row("Smokers", table="T33", n="20", total="51")
    paper.read("We know of no larger series of children with the syndrome.", section="Discussion")
    paper.read(
        f"In an earlier study, Smith et al. followed {either('44', '56')} children with the syndrome [9].",
        section="Discussion",
    )
    paper.row("Nausea", table="T34", column="Surgery", arm="Surgery", n="12")
    paper.row("Nausea", table="T34", column="P", p=either("0.003", "0.32"))
    paper.read("Nausea was significantly more frequent after surgery (Table 34).")
