"""Guards of the rules that hold text and tables against each other: what lies on either side, in miniature papers."""

import pytest
from miniature import told

NAUSEA = "| Nausea | All | n=12 pct=30.0 total=40\n| Vomiting | All | n=9 pct=22.5 total=40\n"
TEXT = [
    (NAUSEA + "Nausea occurred in 12 patients (30.0%).", "consistent"),
    (NAUSEA + "Nausea occurred in 12 patients (30.5%).", "impossible"),
    (NAUSEA + "Nausea occurred in 21 patients (30.0%).", "impossible"),
    (NAUSEA + "Nausea occurred in 12 patients (30%).", "consistent"),
    (NAUSEA + "Nausea occurred in 35.0% of the patients in the elderly subgroup.", ""),
    (NAUSEA + "In a previous study [7], nausea occurred in 12 patients (30.5%).", ""),
    (NAUSEA + "Headache occurred in 12 patients (31.5%).", ""),
    (NAUSEA + "Severe nausea occurred in 12 patients (31.5%).", ""),
    (NAUSEA + "At month 6, nausea occurred in 12 patients (31.5%).", ""),
    (NAUSEA + "Of 42 patients with nausea, two were excluded.", ""),
    (NAUSEA.replace("All", "A").replace("n=", "arm=A n=") + "Nausea occurred in 12 patients (30.5%).", "impossible"),
]
TOTALS = [
    (NAUSEA + "Nausea occurred in 12 of 40 patients (30.0%).", "consistent"),
    (NAUSEA + "Nausea occurred in 12 of 42 patients (30.0%).", "impossible"),
    (NAUSEA + "Nausea occurred in 12 of 42 patients.", "impossible"),
    (NAUSEA + "Nausea occurred in 12 of 42 patients.\nOf 42 patients, two were excluded.", ""),
    (NAUSEA + "Nausea occurred in 13 of 42 patients (30.0%).", ""),
    (NAUSEA + "Severe nausea occurred in 12 of 42 patients (30.0%).", ""),
    (NAUSEA + "In a previous study [7], nausea occurred in 12 of 42 patients (30.0%).", ""),
    (NAUSEA.replace(" pct=30.0", "") + "Nausea occurred in 12 of 42 patients.", ""),
    (NAUSEA.replace("30.0", "31.0") + "Nausea occurred in 12 of 42 patients.", ""),
]
ROW = "| Relief | A | pct=11.5 arm=A\n| Relief | B | pct=62.0 arm=B\n| Relief | C | pct=75.6 arm=C\n"
ROWS = [
    (ROW + "Relief was seen in 11.5%, 62.0% and 75.6%, respectively.", "consistent"),
    (ROW + "Relief was seen in 11.5%, 26.0% and 75.6%, respectively.", "impossible"),
    (ROW + "Relief was seen in 11.5%, 26.0% and 57.6%, respectively.", ""),
    (ROW + "Nausea was seen in 11.5%, 26.0% and 75.6%, respectively.", ""),
    (ROW + "Relief was seen in 11.5%, 26% and 75.6%, respectively.", ""),
    (
        ROW
        + ROW.replace("Relief", "Relief of pain").replace("62.0", "26.0").replace("75.6", "80.1")
        + "Relief was seen in 11.5%, 26.0% and 75.6%, respectively.",
        "",
    ),
    (ROW + "In a previous study [7], relief was seen in 11.5%, 26.0% and 75.6%, respectively.", ""),
    (ROW + "In the per-protocol analysis, relief was seen in 11.5%, 26.0% and 75.6%, respectively.", ""),
]
SUM = (
    "| Reoperations | A | n=3 arm=A total=170\n| Reoperations | B | n=5 arm=B total=170\n"
    "| Reoperations | C | n=6 arm=C total=177\n"
)
SUMS = [
    (SUM + "Reoperations were needed in 14 patients (2.7%) in all.", "consistent"),
    (SUM + "Reoperations were needed in 15 patients (2.7%) in all.", "impossible"),
    (SUM + "Reoperations were needed in 15 patients (2.9%) in all.", ""),
    (SUM + "Reoperations were needed in 15 patients in all.", "impossible"),
    (SUM + "Reoperations were needed in 15 patients.", ""),
    (SUM + "Reoperations were needed in 5 patients (2.7%) in all.", ""),
    (SUM + "Reoperations were needed in 29 patients in all.", ""),
    (SUM + "Among women, reoperations were needed in 15 patients (2.7%) in all.", ""),
    (SUM + "| Reoperations | All | n=14 total=517\nReoperations were needed in 15 patients (2.7%) in all.", ""),
    (SUM + "In a previous study [7], reoperations were needed in 15 patients (2.7%) in all.", ""),
    (SUM + "Rare infections occurred in 15 patients (2.7%) in all.", ""),
]
PAIRED = (
    "| Nausea | All | n=12 pct=30.0 total=40\n| Headache | All | n=7 pct=17.5 total=40\n"
    "| Vomiting | All | n=9 pct=22.5 total=40\n"
)


def other_table(nausea: str, more: str = "table=T2") -> str:
    return PAIRED + PAIRED.replace("n=12 pct=30.0", nausea).replace("total=40", f"total=40 {more}")


TABLES = [
    (other_table("n=12 pct=30.0"), "consistent, consistent, consistent"),
    (other_table("n=13 pct=30.0"), "impossible, consistent, consistent"),
    (other_table("n=12 pct=30.5"), "consistent, consistent"),  # the size of a group alone is no proof
    (other_table("n=32 pct=80.0"), "consistent, consistent"),
    (other_table("n=13 pct=30.0", "table=T2 subgroup=women"), ""),
    (other_table("n=13 pct=30.0", "table=T2 timepoint=day_3"), ""),
    (PAIRED + "| Nausea | All | n=13 pct=30.0 total=40 table=T2", ""),
]
SIZES = [
    ("We enrolled 40 patients.\nA total of 40 patients were enrolled.", "consistent"),
    ("We enrolled 40 patients.\nA total of 41 patients were enrolled.", "impossible"),
    ("We enrolled 40 patients.\nA total of 41 patients were screened.", ""),
    ("We enrolled 40 patients.\nA total of 41 patients were enrolled in each centre.", ""),
    ("We enrolled 40 patients.\nIn a previous study [7], 41 patients were enrolled.", ""),
    ("We enrolled 40 patients.\nAnother 41 other patients were enrolled.", ""),
]
HEADS = "| Death | Oral (n = 50) | n=5 arm=Oral total=50\n| Death | Nasal (n = 46) | n=4 arm=Nasal total=46\n"
ARM_SIZES = [
    (HEADS + "We randomly assigned 50 patients to Oral and 46 to Nasal.", "consistent"),
    (HEADS + "We randomly assigned 50 patients to Oral and 48 to Nasal.", "not testable"),
    (HEADS + "We randomly assigned 96 patients, 50 to Oral and 48 to Nasal.", "impossible"),
    (HEADS + "We randomly assigned 50 patients to Oral and 48 to Nasal; 48 patients were screened.", ""),
    (HEADS + "We randomly assigned 50 patients to Oral and 48 to Nasal.\nTwo patients withdrew from Nasal.", ""),
    (HEADS + "We randomly assigned 50 patients to Oral and 26 to Nasal.", ""),
    (HEADS + "Excluded were 50 patients of the Oral group and 48 of the Nasal group.", ""),
]
WORDS = [
    (NAUSEA + "About a third of the patients had nausea.", "consistent"),
    (NAUSEA + "About two thirds of the patients had nausea.", "impossible"),
    (NAUSEA + "More than half of the patients had nausea.", "impossible"),
    (NAUSEA + "Less than half of the patients had nausea.", "consistent"),
    (NAUSEA + "Most patients had nausea.", "impossible"),
    (NAUSEA + "Nearly all patients had nausea.", "impossible"),
    (NAUSEA + "About two thirds of the patients had severe nausea.", ""),
    (NAUSEA + "About two thirds of the patients had nausea, and half of the patients had vomiting.", ""),
    (NAUSEA + "In other studies about two thirds of the patients had nausea.", ""),
    (NAUSEA.replace(" pct=30.0", "") + "About two thirds of the patients had nausea.", "impossible"),
    ("About half of the patients (52.0%) had pain.", "consistent"),
    ("About half of the patients (72.0%) had pain.", "impossible"),
    ("About half of the patients (<72.0%) had pain.", ""),
    ("Two thirds (57%) had pain.", "consistent"),
    ("Two thirds (56%) had pain.", "impossible"),
    ("More than half (47%) had pain.", "consistent"),
    ("More than half (46%) had pain.", "impossible"),
    ("Less than half (53%) had pain.", "consistent"),
    ("Less than half (54%) had pain.", "impossible"),
    ("The majority (46%) had pain.", "impossible"),
    ("The majority (46%) had pain, followed by fever.", ""),
    ("Almost all patients (74%) had pain.", "impossible"),
    ("Almost all patients (75%) had pain.", "consistent"),
    ("One quarter (32%) had pain.", "consistent"),
    ("One quarter (33%) had pain.", "impossible"),
    ("One fifth (14%) had pain.", "consistent"),
    ("One tenth (16%) had pain.", "impossible"),
    ("Three quarters (64%) had pain.", "impossible"),
    ("A third (25%) had pain.", "consistent"),
    ("A third (43%) had pain.", "impossible"),
]
SURVIVED = "Median overall survival was {} months (95% CI {} to {})."
TWICE = [
    ("\n".join((SURVIVED.format("10.7", "3.0", "37.9"), "In the end m" + SURVIVED.format("10.7", "3.0", "37.9")[1:])),
     "consistent"),
    ("\n".join((SURVIVED.format("10.7", "3.0", "37.9"), "In the end m" + SURVIVED.format("10.7", "3.0", "39.7")[1:])),
     "impossible"),
    ("\n".join((SURVIVED.format("10.7", "3.0", "37.9"), "In the end m" + SURVIVED.format("17.0", "3.1", "39.7")[1:])),
     ""),
    ("Median overall survival was 10.7 months.\nMedian overall survival was 17.0 months in the end.", "impossible"),
    ("Median overall survival was 10.7 months.\nMedian overall survival was 23.4 months in the end.", ""),
    ("Median overall survival was 10.7 months.\nMedian overall survival was 17.0 months in women.", ""),
    ("Median overall survival was 10.7 months.\nIn a previous study [7], median overall survival was 17.0 months.",
     ""),
    ("Nausea occurred in 12 patients (30.0%).\nIn the end nausea occurred in 12 patients (30.5%).", "impossible"),
    ("Nausea occurred in 12 patients (30.0%).\nIn the end nausea occurred in 12 patients (30%).", "consistent"),
    ("Nausea occurred in 12 of 40 patients.\nIn the end nausea occurred in 21 of 50 patients.", ""),
]  # fmt: skip
TABLE = [
    (rule, text, said)
    for rule, cases in (
        ("agreement.text_table", TEXT), ("agreement.total", TOTALS), ("agreement.row", ROWS),
        ("agreement.row_sum", SUMS), ("agreement.tables", TABLES), ("agreement.size", SIZES),
        ("agreement.arm_size", ARM_SIZES), ("agreement.words", WORDS),
        ("agreement.text_text", TWICE),
    )
    for text, said in cases
]  # fmt: skip


@pytest.mark.parametrize(("rule", "text", "said"), TABLE, ids=[f"{rule}-{i}" for i, (rule, _, _) in enumerate(TABLE)])
def test_sides_of_a_guard(rule: str, text: str, said: str) -> None:
    assert told(text, rule) == said
