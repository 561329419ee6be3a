"""Guards of the rules on adverse events and on arms: what lies on either side of each, in miniature papers."""

import pytest
from miniature import told

AE = 'table_type="adverse events"'


def events(*rows: str) -> str:
    """Rows of a table of adverse events: "Nausea | Any grade | n=3"."""
    return "\n".join(f"| {row} {AE}" for row in rows)


LOGIC = [
    # severe ones are some of all
    (events("Nausea | AEs > Any grade | n=9 pct=22.5", "Nausea | AEs > Grade ≥3 | n=3 pct=7.5"), "consistent"),
    (events("Nausea | AEs > Any grade | n=3 pct=7.5", "Nausea | AEs > Grade ≥3 | n=9 pct=22.5"), "impossible"),
    (events("Nausea | AEs > Any grade | n=9", "Nausea | AEs > Grade ≥3 | n=9"), "consistent"),
    (events("Nausea | AEs > Any grade | n=3", "Rash | AEs > Grade ≥3 | n=9"), ""),
    (events("Nausea | AEs > Any grade | n=3", "Nausea | AEs > Grade 1–2 | n=9"), ""),
    (events("Nausea | AEs > Any grade | n=3 arm=A", "Nausea | AEs > Grade ≥3 | n=9 arm=B"), ""),
    (events("Nausea | AEs > Any grade | n=3 pct=7.5", "Nausea | AEs > Grade ≥3 | n=9"), ""),  # of events, perhaps
    (events("Nausea | AEs > Any grade | pct=7.5", "Nausea | AEs > Grade ≥3 | pct=22.5"), "impossible"),
    (events("Nausea | AEs > Any grade | pct=7.5", "Nausea | AEs > Grade ≥3 | pct=7.6"), "consistent"),
    (events("Nausea | AEs > Any grade | pct=7.5", "Nausea | AEs > Grade ≥3 | pct=7.7"), "impossible"),
    (events("Nausea | AEs > Any grade | n=<3", "Nausea | AEs > Grade ≥3 | n=9"), ""),
    (events("Nausea | A > Any grade | n=3", "Nausea | B > Grade ≥3 | n=9"), ""),
    (events("Nausea | All AEs > Any grade | n=3", "Nausea | Serious AEs > Any grade | n=9"), "impossible"),
    (events("Nausea | Serious AEs > Any grade | n=3", "Nausea | Serious AEs > Grade ≥3 | n=9"), "impossible"),
    # a percentage breaks what the counts keep
    (events("Nausea | AEs > Any grade | n=9 pct=2.5 total=40", "Nausea | AEs > Grade ≥3 | n=3 pct=7.5 total=40"),
     "consistent, impossible"),
    # a term is one of its class, and of all events
    (events("Blood | All | n=9", "Blood > Anaemia | All | n=3"), "consistent"),
    (events("Blood | All | n=3", "Blood > Anaemia | All | n=9"), "impossible"),
    (events("Blood | All | n=3 arm=A", "Blood > Anaemia | All | n=9 arm=B"), ""),
    ("| Blood | All | n=3\n| Blood > Anaemia | All | n=9", ""),
    (events("Any AE | All | n=9", "Nausea | All | n=3"), "consistent"),
    (events("Any AE | All | n=3", "Nausea | All | n=9"), "impossible"),
    (events("Any AE | All | n=3 pct=7.5", "Nausea | All | n=9"), ""),
    (events("Any AE | All | n=30", "Nausea | All | n=9 pct=22.5"), "consistent"),  # all events, and patients
    (events("Any AE | All | n=3", "Any adverse event | All | n=4", "Nausea | All | n=9"), ""),
    (events("Any AE | All | n=3", "Deaths | All | n=9"), ""),
    (events("Any AE | All | n=3", "Serious AEs | All | n=9"), "impossible"),
    (events("Any AE | All | n=9", "Serious AEs | All | n=3", "Grade ≥3 AEs | All | n=4"), "consistent, consistent"),
    (events("Any AE | A | n=3", "Serious AEs | B | n=9"), ""),
    # one sentence
    ("Adverse events occurred in 28 patients (87.5%), and were of grade ≥3 in 16 (50.0%).", "consistent, consistent"),
    ("Adverse events occurred in 16 patients (50.0%), and were of grade ≥3 in 28 (87.5%).", "impossible, impossible"),
    ("Adverse events occurred in <16 patients, and were of grade ≥3 in 28.", ""),
]  # fmt: skip
ADDING = (
    events("Total | A | n=7", "Nausea | A | n=3", "Rash | A | n=4")
    + "\n"
    + events("Total | B | n=9", "Nausea | B | n=5", "Rash | B | n=4")
    + "\n"
)
TOTALS = [
    (ADDING + events("Total | C | n=6", "Nausea | C | n=5", "Rash | C | n=4"), "consistent, consistent, impossible"),
    (ADDING + events("Total | C | n=9", "Nausea | C | n=5", "Rash | C | n=4"), "consistent, consistent, consistent"),
    (ADDING + events("Total | C | n=12", "Nausea | C | n=5", "Rash | C | n=4"), "consistent, consistent, not testable"),
    (events("Total | A | n=7", "Nausea | A | n=3", "Rash | A | n=4", "Total | C | n=6", "Nausea | C | n=5",
            "Rash | C | n=4"), "consistent, not testable"),
    (ADDING.replace("n=7", "n=2").replace("n=9", "n=3").replace("n=3 ", "n=1 ").replace("n=4", "n=1")
     .replace("n=5", "n=2"), "consistent, not testable"),
    (events("Total | A | n=6 pct=20.0", "Nausea | A | n=5", "Rash | A | n=4"), ""),
    (events("Total | A | n=6", "Nausea | A | n=5"), ""),
    (ADDING + events("Total | C | n=6", "Nausea | C | n=5", "Rash | C | n=<3"), "consistent, consistent"),
    (ADDING + events("Total | C | n=<6", "Nausea | C | n=5", "Rash | C | n=3"), "consistent, consistent"),
    (events("Skin > Total | A | n=6", "Nausea | A | n=5", "Rash | A | n=4"), ""),
    (events("Total | A | events=6", "Nausea | A | events=2", "Rash | A | events=4"), "consistent"),
    (events("Total | A | n=9", "Skin | A | n=9", "Skin > Itch | A | n=5", "Skin > Rash | A | n=4"), "consistent"),
    ("| Total | A | n=6\n| Nausea | A | n=5\n| Rash | A | n=4", ""),
]  # fmt: skip
ADD_UP = (
    "| Gout | A | n=2 arm=A\n| Gout | B | n=1 arm=B\n| Gout | Total | n=3\n"
    "| Rash | A | n=4 arm=A\n| Rash | B | n=3 arm=B\n| Rash | Total | n=7\n"
    "| Pain | A | n=5 arm=A\n| Pain | B | n=8 arm=B\n| Pain | Total | n=13\n"
)
FEVER = "| Fever | A | n=6 arm=A\n| Fever | B | n=6 arm=B\n| Fever | Total | n=13"
SUMS = [
    (ADD_UP, "consistent, consistent, consistent"),
    (ADD_UP + FEVER, "consistent, consistent, consistent, impossible"),
    (ADD_UP.split("| Rash", maxsplit=1)[0] + FEVER, "consistent"),
    (ADD_UP + FEVER.replace("Total", "C"), "consistent, consistent, consistent"),
    (ADD_UP + FEVER.replace("arm=B", "arm=A"), "consistent, consistent, consistent"),
    (ADD_UP + FEVER.replace("n=", "unit=events n="), "consistent, consistent, consistent"),
    (ADD_UP + FEVER + "\n| Fever | Overall | n=12", "consistent, consistent, consistent"),
]
A48, B50 = "A (n = 48) | n={} pct={} total=48 arm=A", "B (n = 50) | n={} pct={} total=50 arm=B"
PROVED = "\n".join(
    f"| {label} | {A48.format(*a)}\n| {label} | {B50.format(*b)}"
    for label, a, b in (
        ("Gout", (7, "14.6"), (9, "18.0")), ("Rash", (11, "22.9"), (13, "26.0")), ("Pain", (17, "35.4"), (19, "38.0")),
        ("Itch", (5, "10.4"), (7, "14.0")),
    )
) + "\n"  # fmt: skip
TURNED = "\n".join(
    f"| {label} | {A48.format(*a)}\n| {label} | {B50.format(*b)}"
    for label, a, b in (
        ("Gout", (9, "18.0"), (7, "14.6")), ("Rash", (13, "26.0"), (11, "22.9")), ("Pain", (19, "38.0"), (17, "35.4")),
    )
)  # fmt: skip
FITS = ", ".join(["consistent"] * 4)
RELIEF = "| Relief | Drug | pct=45.2 arm=Drug\n| Relief | Placebo | pct=32.1 arm=Placebo\n"
LABELS = [
    (PROVED, FITS),
    (PROVED + f"| Fever | {A48.format(12, '24.0')}\n| Fever | {B50.format(15, '31.3')}", f"{FITS}, impossible"),
    (PROVED + f"| Fever | {A48.format(12, '25.0')}\n| Fever | {B50.format(15, '31.3')}", FITS),
    (PROVED + f"| Fever | {A48.format(24, '50.0')}\n| Fever | {B50.format(25, '50.0')}", f"{FITS}, consistent"),
    (TURNED, "impossible"),
    ("\n".join(TURNED.splitlines()[:4]), ""),
    (RELIEF + "Relief was seen in 45.2% with Drug and 32.1% with Placebo.", "consistent"),
    (RELIEF + "Relief was seen in 32.1% with Drug and 45.2% with Placebo.", "impossible"),
    (RELIEF + "Compared with Placebo, Drug gave relief in 32.1% and 45.2%.", ""),
    (RELIEF + "Relapse was seen in 32.1% with Drug and 45.2% with Placebo.", ""),
    (RELIEF + "In a previous study [7], relief was seen in 32.1% with Drug and 45.2% with Placebo.", ""),
    (RELIEF + "Relief was seen in 32.1% with Drug, 40.0% with neither and 45.2% with Placebo.", ""),
    (RELIEF + "Drug was safe: relief was seen in 32.1% with Drug and 45.2% with Placebo.", ""),
    (RELIEF + "| Relief | Placebo | pct=45.2 arm=Placebo table=T2\n| Relief | Drug | pct=32.1 arm=Drug table=T2\n"
     "Relief was seen in 32.1% with Drug and 45.2% with Placebo.", "consistent"),
]  # fmt: skip


def headed(table: str, oral: int, nasal: int, n: str) -> str:
    return (
        f"| Death | Oral (n = {oral}) | n={n} arm=Oral total={oral} table={table}\n"
        f"| Death | Nasal (n = {nasal}) | n=4 arm=Nasal total={nasal} table={table}\n"
    )


OTHERS = headed("T1", 50, 46, "5") + headed("T2", 50, 46, "6")
WHOLE = "| Death | Total (n = 96) | n=9 total=96 table=T3\n"
HEADS = [
    (OTHERS, "consistent, consistent, consistent, consistent"),
    (OTHERS + headed("T3", 50, 46, "7"), ", ".join(["consistent"] * 6)),
    (OTHERS + headed("T3", 50, 48, "7"), ", ".join([*["consistent"] * 5, "not testable"])),
    (OTHERS + headed("T3", 50, 44, "7"), ", ".join(["consistent"] * 5)),
    (OTHERS + headed("T3", 50, 90, "7"), ", ".join(["consistent"] * 5)),
    (OTHERS + headed("T3", 52, 48, "7"), ", ".join(["consistent"] * 4)),
    (OTHERS + headed("T3", 50, 48, "7") + "There were 48 patients in the nasal group.", ", ".join(["consistent"] * 5)),
    (OTHERS + headed("T3", 50, 48, "7") + WHOLE, ", ".join([*["consistent"] * 5, "impossible"])),
]
TABLE = [
    (rule, text, said)
    for rule, cases in (
        ("ae.logic", LOGIC), ("ae.total", TOTALS), ("arm.sum", SUMS), ("arm.label", LABELS), ("arm.heads", HEADS),
    )
    for text, said in cases
]  # fmt: skip


@pytest.mark.parametrize(("rule", "text", "said"), TABLE, ids=[f"{rule}-{i}" for i, (rule, _, _) in enumerate(TABLE)])
def test_sides_of_a_guard(rule: str, text: str, said: str) -> None:
    assert told(text, rule) == said
