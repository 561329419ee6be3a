"""A paper whose printed numbers imply others, right or wrong."""

from hand_made import HandMadePaper

COVERS = (
    "diagnostic.accuracy", "effect.change", "effect.difference", "effect.told", "rate.base", "rate.person_time",
    "summary.se", "test.effect_size", "test.reported",
)  # fmt: skip


def write(paper: HandMadePaper, is_wrong: bool) -> None:
    """Each choice names the right number first, then the wrong one."""

    def either(right: str, wrong: str) -> str:
        return wrong if is_wrong else right

    paper.read(
        f"Sleep was longer in the trained group, t(58) = 2.45, p = {either('.017', '.17')}.",
        f"Training changed mood over time, F(1, 58) = 6.38, p = .014, partial η² = {either('.10', '.31')}.",
        f"Relief was reported by 45.2% with the drug and 32.1% with placebo (difference, "
        f"{either('13.1', '18.1')} percentage points).",
        f"The number of attacks fell from 82 to 61 (a {either('26', '36')}% reduction).",
        f"There were 34 strokes in 812 person-years ({either('4.19', '4.91')} per 100 person-years).",
        f"The swab had a sensitivity of 85.7% and a specificity of 90.0%, with a positive likelihood ratio of "
        f"{either('8.57', '5.87')}.",
        f"Mean age was 54.2 years (SD 12.0; SE {either('1.2', '2.1')}; n = 100).",
    )
    for arm, median in (("Drug", "7.9"), ("Placebo", "3.5")):
        paper.row("Stay in hospital, days", table="T2", table_type="outcome", column=arm, arm=arm, unit="days",
                  median=median)  # fmt: skip
    paper.read(f"The drug shortened the median stay in hospital by {either('4.4', '5.4')} days.", section="Discussion")
    for arm, rate in (("Drug", "4.2"), ("Placebo", "14.0")):
        paper.row(
            "Fractures", table="T3", table_type="outcome", column=f"{arm} > Per 1000 person-yr", arm=arm, rate=rate
        )
    paper.read(f"Fractures were fewer (4.2 vs. 14.0 per {either('1000', '100')} person-years).")
