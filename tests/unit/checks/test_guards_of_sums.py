"""Guards of the rules on lists, categories and counts: what lies on either side of each, in miniature papers."""

import pytest
from miniature import told

LISTS = [
    # percentages that add up to 100: their counts have one N
    ("Tumours were left-sided in 12 (40.0%), right-sided in 9 (30.0%) and midline in 9 (30.0%).", "consistent"),
    ("Tumours were left-sided in 12 (40.0%), right-sided in 9 (30.0%) and midline in 8 (30.0%).", "impossible"),
    ("Tumours were left-sided in 12 (40%), right-sided in 9 (30%) and midline in 8 (30%).", ""),
    ("Tumours were left-sided in 12 (40.0%), right-sided in 9 (30.0%) and midline in 12 (40.0%).", ""),
    ("Tumours were left-sided in 14 (40.3%), right-sided in 9 (29.1%) and midline in 8 (30.6%).", "not testable"),
    ("In a previous study [7], tumours were left-sided in 12 (40.0%), midline in 9 (30.0%) and both in 8 (30.0%).",
     ""),
    ("Lesions were single in 20 (40.0%) and multiple in 30 (60.0%); margins were free in 35 (70.0%) and involved in 15 "
     "(30.0%).", "consistent, consistent"),
    ("We enrolled 60 patients.\nGraft failure occurred in 12 (20.0%), rejection in 18 (30.0%) and neither in 30 "
     "(55.0%).", ""),
    ("We saw 50 patients.\nLesions were single in 22 (40.0%) and multiple in 28 (60.0%).", "impossible"),
]  # fmt: skip
SEXES = [
    ("The study included 40 patients, 22 women and 18 men.", "consistent"),
    ("The study included 40 patients, 22 women and 17 men.", "impossible"),
    ("The study included 40 patients in 3 centres, 22 women and 17 men.", ""),
    ("There were 55% women and 45% men.", "consistent"),
    ("There were 55% women and 46% men.", "consistent"),
    ("There were 55.0% women and 46.0% men.", "impossible"),
    ("There were 55.0% women and 44.0% men.", "impossible"),
]
REMAINING = [
    ("Of the 32 patients, 14 had a fever and the remaining 18 patients did not.", "consistent"),
    ("Of the 32 patients, 14 had a fever and the remaining 17 patients did not.", "impossible"),
    ("After 32 months, 14 had a fever and the remaining 17 patients did not.", ""),
    ("Of the 12 patients, 14 had a fever and the remaining 17 patients did not.", ""),
    ("Of the 32 patients, 14 had a fever and 17 patients did not.", ""),
    ("Of the 32 patients, 14 had a fever, 3 a rash and the remaining 17 patients neither.", ""),
]
ROWS = [
    # two sexes, ages and stages cover everyone
    ("| Sex > Women | A | n=21 total=40\n| Sex > Men | A | n=19 total=40", "consistent"),
    ("| Sex > Women | A | n=21 total=40\n| Sex > Men | A | n=18 total=40", "impossible"),
    ("| Sex > Women | A | n=21 total=40\n| Sex > Men | A | n=20 total=40", "impossible"),
    ("| Sex > Women | A | n=21 total=40\n| Sex > Men | A | n=18 total=40\n| Sex > Unknown | A | n=1 total=40",
     "consistent"),
    ("| Sex > Women | A | n=21 total=40\n| Sex > Men | A | n=18 total=41", ""),
    ("| Sex > Women | A | n=21 total=40\n| Sex > Men | A | n=18 total=40\n| Sex > Total | A | n=39 total=40",
     "impossible"),
    ("| Women | A | n=21 total=40\n| Men | A | n=18 total=40", ""),
    ("| Sex > Women | A | n=21 total=40 table_type=\"adverse events\"\n"
     "| Sex > Men | A | n=18 total=40 table_type=\"adverse events\"", ""),
    ("| Side > Yes | A | n=21 total=40\n| Side > No | A | n=18 total=40", "not testable"),
    ("| Side > Yes | A | n=21 total=40\n| Side > No | A | n=20 total=40", "impossible"),
    ("| Stage > I | A | n=11 total=40\n| Stage > II | A | n=18 total=40\n| Stage > III | A | n=12 total=40",
     "impossible"),
    ("| Stage > I | A | n=11 total=40\n| Stage > II | A | n=18 total=40\n| Stage > III | A | n=10 total=40",
     "not testable"),
    ("| Age > <65 | A | n=21 total=40\n| Age > ≥65 | A | n=18 total=40", "impossible"),
    ("| Tumour size > <2 cm | A | n=21 total=40\n| Tumour size > ≥2 cm | A | n=18 total=40", "not testable"),
    ("| Tumour size > <2 cm | A | n=21 total=40\n| Tumour size > ≥2 cm | A | n=20 total=40", "impossible"),
    ("| Lines > ≥2 | A | n=31 total=40\n| Lines > ≥3 | A | n=18 total=40", "not testable"),
    ("| Prior drugs > Aspirin | A | n=31 total=40\n| Prior drugs > Statin | A | n=18 total=40", "not testable"),
    # a percentage names the row that is wrong
    ("| Sex > Women | A | n=21 pct=52.5 total=40\n| Sex > Men | A | n=18 pct=47.5 total=40", "impossible"),
]  # fmt: skip
BY_BOOK = "| Sex > {} | A | n={} total=40 variable=sex category={}\n"
ROWS += [
    (BY_BOOK.format("Female", 21, "female") + BY_BOOK.format("Male", 19, "male"), "consistent"),
    (BY_BOOK.format("Female", 21, "female") + BY_BOOK.format("Male", 18, "male"), "impossible"),
    (BY_BOOK.format("Female", 21, "female") + BY_BOOK.format("Male", 22, "male"), "impossible"),
    (BY_BOOK.format("Female", 21, "female") + BY_BOOK.format("Male", 22, "female"), "impossible"),
    # pieces of a scale, and rows that other columns show to part everyone
    ("| Score > 0–3 | A | n=21 total=40\n| Score > 4–6 | A | n=19 total=40\n"
     "| Score > 0–3 | B | n=12 total=30\n| Score > 4–6 | B | n=17 total=30", "consistent, not testable"),
    ("| Score > 0–3 | A | n=21 total=40\n| Score > 4–6 | A | n=19 total=40\n"
     "| Score > 0–3 | B | n=12 total=30\n| Score > 4–6 | B | n=19 total=30", "consistent, impossible"),
    ("| Score > 0–3 | B | n=12 total=30\n| Score > 4–6 | B | n=19 total=30", "not testable"),
    ("| Site > Head | A | n=21 total=40\n| Site > Neck | A | n=9 total=40\n| Site > Arm | A | n=10 total=40\n"
     "| Site > Head | B | n=12 total=30\n| Site > Neck | B | n=9 total=30\n| Site > Arm | B | n=9 total=30\n"
     "| Site > Head | C | n=12 total=30\n| Site > Neck | C | n=9 total=30\n| Site > Arm | C | n=12 total=30",
     "consistent, consistent, impossible"),
    ("| Site > Head | B | n=12 total=30\n| Site > Neck | B | n=9 total=30\n| Site > Arm | B | n=9 total=30\n"
     "| Site > Head | C | n=12 total=30\n| Site > Neck | C | n=9 total=30\n| Site > Arm | C | n=12 total=30",
     "consistent, not testable"),
]  # fmt: skip
SHARES = [
    ("| Sex > Women | A | pct=52.5 total=40\n| Sex > Men | A | pct=47.5 total=40", "consistent"),
    ("| Sex > Women | A | pct=52.5 total=40\n| Sex > Men | A | pct=45.5 total=40", ""),
    (
        "| Sex > Women | A | pct=52.5\n| Sex > Men | A | pct=47.5\n| Sex > Women | B | pct=52.5\n"
        "| Sex > Men | B | pct=45.5",
        "consistent, impossible",
    ),
    (
        "| Sex > Women | A | pct=52.5\n| Sex > Men | A | pct=47.5\n| Sex > Women | B | pct=52.5\n"
        "| Sex > Men | B | pct=49.5",
        "consistent, impossible",
    ),
    (
        "| Tumour size > <2 cm | A | pct=50.0 total=40\n| Tumour size > ≥2 cm | A | pct=50.0 total=40\n"
        "| Tumour size > <2 cm | B | pct=50.0 total=40\n| Tumour size > ≥2 cm | B | pct=47.5 total=40",
        "consistent",
    ),
    (
        "| Tumour size > <2 cm | A | pct=50.0 total=40\n| Tumour size > ≥2 cm | A | pct=50.0 total=40\n"
        "| Tumour size > <2 cm | B | pct=50.0 total=14\n| Tumour size > ≥2 cm | B | pct=48.0 total=14",
        "consistent",
    ),
    (
        "| Tumour size > <2 cm | A | pct=50 total=40\n| Tumour size > ≥2 cm | A | pct=50 total=40\n"
        "| Tumour size > <2 cm | B | pct=50 total=14\n| Tumour size > ≥2 cm | B | pct=43 total=14",
        "consistent",
    ),
    (
        "| Tumour size > <2 cm | A | pct=50.0 total=40\n| Tumour size > ≥2 cm | A | pct=50.0 total=40\n"
        "| Tumour size > <2 cm | B | pct=50.0 total=14\n| Tumour size > ≥2 cm | B | pct=52.0 total=14",
        "consistent, impossible",
    ),
]
NESTED = [
    ("| Interval > ≥12 weeks | A | n=10 total=32\n| Interval > ≥24 weeks | A | n=5 total=32", "consistent"),
    ("| Interval > ≥12 weeks | A | n=10 total=32\n| Interval > ≥24 weeks | A | n=11 total=32", "impossible"),
    ("| Interval > ≥12 weeks | A | n=10 total=32\n| Interval > ≥24 weeks | A | n=10 total=32", "consistent"),
    ("| Interval > ≥12 weeks | A | n=10 total=32\n| Interval > ≥24 weeks | B | n=11 total=32", ""),
    ("| Interval > ≤12 weeks | A | n=10 total=32\n| Interval > ≤24 weeks | A | n=9 total=32", "impossible"),
    ("| Interval > ≤12 weeks | A | n=10 total=32\n| Interval > ≥24 weeks | A | n=11 total=32", ""),
]  # fmt: skip
ACR = "| Response > ACR{0} | A | pct={1} total=40 variable=acr_response category=ACR{0}\n"
CYCLES = "| Cycles > {0} | A | n={1} total=40 variable=cycles_received\n"
NESTED += [
    # levels that the codebook calls nested, and cycles of which each holds the next
    (ACR.format(20, "60.0") + ACR.format(50, "40.0") + ACR.format(70, "20.0"), "consistent"),
    (ACR.format(20, "60.0") + ACR.format(50, "40.0") + ACR.format(70, "45.0"), "impossible"),
    (ACR.format(50, "40.0") + ACR.format(20, "60.0") + ACR.format(70, "20.0"), "consistent"),
    (ACR.format(20, "60.0") + ACR.format(50, "40.0") + ACR.format(80, "45.0"), ""),
    (ACR.format(20, "60.0") + ACR.format(50, "40.0") + ACR.format(70, "45.0").replace("acr_response", "os"), ""),
    (CYCLES.format(1, 40) + CYCLES.format(2, 30) + CYCLES.format(3, 20), "consistent"),
    (CYCLES.format(1, 40) + CYCLES.format(2, 20) + CYCLES.format(3, 30), "impossible"),
    (CYCLES.format(1, 10) + CYCLES.format(2, 20) + CYCLES.format(3, 10), ""),  # each patient once
]
BOUNDS = [
    ("| Death | A | n=32 total=32", "consistent"),
    ("| Death | A | n=33 total=32", "not testable"),
    ("| Death | A | n=33", ""),
    ("| Death | A | n=0 total=32", "consistent"),
    ("| Death | A | n=-2", "impossible"),
    ("| Death | A | n=-2 pct=4.0 total=50", "impossible"),
    ("| Death | A | n=2 pct=4.0 total=50", ""),
    ("| Platelets, change from baseline | A | n=-2 total=50", "not testable"),
    ("| Platelets, change from baseline | A | n=2 total=50", "consistent"),
]
BOTH = [
    # a row of both beside the rows of either
    ("| Refractory > Drug A | All | n=20 total=40\n| Refractory > Drug B | All | n=12 total=40\n"
     "| Refractory > Drug A and drug B | All | n=9 total=40", "consistent"),
    ("| Refractory > Drug A | All | n=30 total=40\n| Refractory > Drug B | All | n=24 total=40\n"
     "| Refractory > Drug A and drug B | All | n=13 total=40", "impossible"),
    ("| Refractory > Drug A | All | n=30 total=40\n| Refractory > Drug B | All | n=24 total=40\n"
     "| Refractory > Drug A and drug B | All | n=14 total=40", "consistent"),
    ("| Refractory > Drug A | All | n=30 total=40\n| Refractory > Drug B | All | n=24 total=40\n"
     "| Refractory > Drug A and drug B | All | n=24 total=40", "consistent"),
    ("| Refractory > Drug A | All | n=30 total=40\n| Refractory > Drug B | All | n=24 total=40\n"
     "| Refractory > Drug A and drug B | All | n=25 total=40", "impossible"),
    ("| Refractory > Drug A | All | n=10 total=40\n| Refractory > Drug B | All | n=4 total=40\n"
     "| Refractory > Drug A and drug B | All | n=5 total=40", ""),  # either alone, and both
    ("| Refractory > Drug A | All | n=30\n| Refractory > Drug B | All | n=24\n"
     "| Refractory > Drug A and drug B | All | n=25", ""),
    ("| Refractory > Drug A | All | n=30 total=40\n| Refractory > Drug B | All | n=24 total=40\n"
     "| Refractory > Drug C | All | n=2 total=40\n| Refractory > Drug A and drug B | All | n=25 total=40",
     "impossible"),
    # three percentages of a sentence
    ("Hypertension was present in 80.0%, diabetes in 70.0%, and both in 55.0%.", "consistent"),
    ("Hypertension was present in 80.0%, diabetes in 70.0%, and both in 45.0%.", "impossible"),
    ("Hypertension was present in 80.0%, diabetes in 70.0%, and both in 75.0%.", "impossible"),
    ("Hypertension was present in 80 (80.0%), diabetes in 70 (70.0%), and both in 75 (75.0%).", "impossible"),
    ("Hypertension was present in 80.0%, diabetes in 70.0%, and gout in 75.0%.", ""),
    ("Hypertension was present in <80.0%, diabetes in 70.0%, and both in 75.0%.", ""),
    ("Hypertension was present in 80.0%; diabetes in 70.0% of those alone, and both in 75.0%.", ""),
    ("Hypertension was present in 20.0%, diabetes in 10.0%, and both in 15.0%.", ""),
]  # fmt: skip
TABLE = [
    *(("categories.sum", text, said) for text, said in (*LISTS, *SEXES, *REMAINING, *ROWS, *SHARES)),
    *(("categories.nested", text, said) for text, said in (*NESTED, *BOTH)),
    *(("count.bounds", text, said) for text, said in BOUNDS),
]


@pytest.mark.parametrize(("rule", "text", "said"), TABLE, ids=[f"{rule}-{i}" for i, (rule, _, _) in enumerate(TABLE)])
def test_sides_of_a_guard(rule: str, text: str, said: str) -> None:
    assert told(text, rule) == said
