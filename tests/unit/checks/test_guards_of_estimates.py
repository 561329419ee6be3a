"""Guards of the rules on intervals, ratios, differences and diagnostic tests: either side of each, in miniature."""

import pytest
from miniature import told

CONTAINS = [
    ("The odds ratio was 2.10 (95% CI 1.20 to 3.67).", "consistent"),
    ("The odds ratio was 4.10 (95% CI 1.20 to 3.67).", "impossible"),
    ("The odds ratio was 1.10 (95% CI 1.20 to 3.67).", "impossible"),
    ("The odds ratio was 2.10 (95% CI 3.67 to 1.20).", "impossible"),
    ("The odds ratio was 3.68 (95% CI 1.20 to 3.67).", "rounding"),
    ("The odds ratio was 1.19 (95% CI 1.20 to 3.67).", "rounding"),
    ("The odds ratio was 3.69 (95% CI 1.20 to 3.67).", "impossible"),
    ("The odds ratio was 3.7 (95% CI 1.20 to 3.67).", "consistent"),
    ("The odds ratio was 3.67 (95% CI 1.20 to 3.67).", "consistent"),
    ("In a previous study [7], the odds ratio was 4.10 (95% CI 1.20 to 3.67).", ""),
    ("The odds ratio was >4.10 (95% CI 1.20 to 3.67).", ""),
    # words carry the sign in a sentence, nothing does in a table
    ("Pain fell by 6.0 (95% CI −10.8 to −1.2).", "not testable"),
    ("Pain fell by 12.0 (95% CI −10.8 to −1.2).", "impossible"),
    ("Pain fell by 0.5 (95% CI −10.8 to −1.2).", "impossible"),
    ("| Pain | Difference | value=6.0 ci_low=-10.8 ci_high=-1.2", "impossible"),
    ("The mean difference was −6.0 (95% CI −10.8 to −1.2).\nThe mean difference was 6.0 (95% CI −10.8 to −1.2).",
     "consistent, impossible"),
    ("The mean difference was −6.0 (95% CI −10.8 to −1.2).\nThe mean fell by 6.0 (95% CI −10.8 to −1.2).",
     "consistent, not testable"),
]  # fmt: skip
CONTAINS += [
    # a percentage whose count stands between it and its limits, and a step that is passed over
    ("Response was 61.2% (74 of 121 patients; 95% CI, 52.3 to 69.9).", "consistent"),
    ("Response was 51.2% (62 of 121 patients; 95% CI, 52.3 to 69.9).", "impossible"),
    ("The hazard ratio was 1.30 per 10 years (95% CI, 0.99 to 1.71).", "consistent"),
    ("The hazard ratio was 2.30 per 10 years (95% CI, 0.99 to 1.71).", "impossible"),
    ("The odds ratios were 2.10 (95% CI, 1.20 to 3.67) and 4.10 (95% CI, 1.20 to 3.67).", "consistent, impossible"),
    ("The odds ratio was 4.10; in all others it was said to lie in a range (95% CI, 1.20 to 3.67).", ""),
]
IN_COLUMN = (
    "| Age | OR | or=2.10 ci_low=1.20 ci_high=3.67\n| Sex | OR | or=1.50 ci_low=1.00 ci_high=2.25\n"
    "| Gout | OR | or=2.00 ci_low=1.00 ci_high=4.00\n| Asthma | OR | or=1.20 ci_low=0.90 ci_high=1.60\n"
)
"""Four estimates in the middle of their limits on the log scale."""
SYMMETRIC = [
    ("The odds ratio was 2.10 (95% CI 1.20 to 3.67).", "consistent"),
    ("The odds ratio was 2.40 (95% CI 1.20 to 3.67).", "consistent"),
    ("The odds ratio was 2.60 (95% CI 1.20 to 3.67).", "impossible"),
    ("The odds ratio was 1.70 (95% CI 1.20 to 3.67).", "impossible"),
    ("The odds ratio was 4.10 (95% CI 1.20 to 3.67).", ""),  # told by ci.contains
    ("The hazard ratio was 0.70 (95% CI 0.50 to 0.98).", "consistent"),
    ("The hazard ratio was 0.75 (95% CI 0.50 to 0.98).", "impossible"),
    ("The hazard ratio was 0.91 (95% CI 0.85 to 0.95).", "consistent"),
    ("The hazard ratio was 0.93 (95% CI 0.85 to 0.95).", "impossible"),
    ("The hazard ratio was 2.90 (95% CI 0.50 to 6.00).", "consistent"),  # few events
    ("The hazard ratio was 3.60 (95% CI 0.50 to 6.00).", "impossible"),
    ("The mean difference was 6.0 (95% CI 1.2 to 10.8).", "consistent"),
    ("The mean difference was 7.0 (95% CI 1.2 to 10.8).", "consistent"),
    ("The mean difference was 8.0 (95% CI 1.2 to 10.8).", "impossible"),
    ("The median difference was 9.0 (95% CI 1.2 to 10.8).", ""),
    ("The bootstrapped mean difference was 9.0 (95% CI 1.2 to 10.8).", ""),
    (IN_COLUMN + "| Stroke | OR | or=2.40 ci_low=1.20 ci_high=3.67", ", ".join([*["consistent"] * 4, "impossible"])),
    (IN_COLUMN + "| Stroke | OR | or=2.40 ci_low=1.20 ci_high=3.67 marks=a", ", ".join(["consistent"] * 5)),
    (IN_COLUMN.split("\n", 1)[1] + "| Stroke | OR | or=2.40 ci_low=1.20 ci_high=3.67", ", ".join(["consistent"] * 4)),
    ("The odds ratio was 2.40 (95% CI 1.20 to 4.80).\nThe odds ratio was 2.40 (95% CI 1.20 to 3.67).",
     "consistent, impossible"),
    ("The odds ratio was 2.40 (95% CI 1.20 to 4.80).\nThe odds ratio was 2.40 (95% CI 1.30 to 3.67).",
     "consistent, consistent"),
    ("The odds ratio was 2.4 (95% CI 1.2 to 4.8).\nThe odds ratio was 2.4 (95% CI 1.2 to 3.7).",
     "consistent, consistent"),
    ("| Titre | Geometric mean ratio | value=2.10 ci_low=1.20 ci_high=3.67", "consistent"),
    ("| Titre | Positive likelihood ratio | value=2.10 ci_low=1.20 ci_high=3.67", "consistent"),
    ("| Titre | Positive likelihood ratio | value=2.80 ci_low=1.20 ci_high=3.67", "impossible"),
    ("| Titre | Estimate | value=2.80 ci_low=1.20 ci_high=3.67", ""),
]  # fmt: skip
SYMMETRIC += [
    ("| AUC | Moderate / normal | pct=210 ci_low=120 ci_high=367", "consistent"),
    ("| AUC | Moderate / normal | pct=280 ci_low=120 ci_high=367", "impossible"),
    ("| AUC | Moderate / normal | pct=81 ci_low=52 ci_high=93", ""),
    ("| AUC | Moderate and normal | pct=280 ci_low=120 ci_high=367", ""),
    ("| Titre | Negative likelihood ratio | value=0.30 ci_low=-0.20 ci_high=0.37", ""),
]
P = [
    ("Fewer died (p = 0.40) [hazard ratio, 0.70; 95% CI, 0.50 to 0.98].", "impossible"),
    ("Fewer died (p = 0.04) [hazard ratio, 0.70; 95% CI, 0.50 to 0.98].", "consistent"),
    ("| Death | HR A | hr=0.70 ci_low=0.50 ci_high=0.98\n| Death | HR B | hr=0.70 ci_low=0.50 ci_high=0.98\n"
     "| Death | P | p=0.40", "impossible"),
    ("| Death | Mean | mean=6.0 ci_low=1.2 ci_high=10.8\n| Death | P | p=0.40", ""),
    ("The hazard ratio was 0.70 (95% CI 0.50 to 0.98; p = 0.04).", "consistent"),
    ("The hazard ratio was 0.70 (95% CI 0.50 to 0.98; p < 0.05).", "consistent"),
    ("The hazard ratio was 0.70 (95% CI 0.50 to 0.98; p = 0.40).", "impossible"),
    ("The hazard ratio was 0.70 (95% CI 0.50 to 0.98; p < 0.0001).", "impossible"),
    ("The hazard ratio was 0.70 (95% CI 0.50 to 0.98; p for interaction = 0.40).", ""),
    ("The hazard ratio was 0.70 (95% CI 0.50 to 0.98).", ""),
    ("The hazard ratio was 0.72 (95% CI 0.51 to 1.02; p = 0.06).", "consistent"),
    ("The hazard ratio was 0.72 (95% CI 0.51 to 1.02; p = 0.03).", "not testable"),
    ("The hazard ratio was 0.72 (95% CI 0.51 to 1.02; one-sided p = 0.03).", "consistent"),
    ("The mean difference was 6.0 (95% CI 1.2 to 10.8; p = 0.014).", "consistent"),
    ("The mean difference was 6.0 (95% CI 1.2 to 10.8; p = 0.41).", "impossible"),
    ("The hazard ratio was 0.95 (95% CI 0.50 to 0.98; p = 0.04).", ""),  # told by ci.symmetric
    ("| Death | HR | hr=0.70 ci_low=0.50 ci_high=0.98 p=0.04", "consistent"),
    ("| Death | HR | hr=0.70 ci_low=0.50 ci_high=0.98 p=0.40", "impossible"),
    ("| Death | HR | hr=0.70 ci_low=0.50 ci_high=0.98\n| Death | P value | p=0.40", "impossible"),
    ("| Death | HR | hr=0.70 ci_low=0.50 ci_high=0.98\n| Death | P for trend | p=0.40", ""),
    ("| Death | HR (90% CI) | hr=0.70 ci_low=0.53 ci_high=0.93 p=0.04", "consistent"),
    ("| Death | HR (95% CI) | hr=0.70 ci_low=0.60 ci_high=0.82 p=0.01", "impossible"),
]  # fmt: skip
ARMS = "| Death | A | n=26 total=36\n| Death | B | n=4 total=38\n"
PROVING = (
    "| Gout | A | n=10 total=36\n| Gout | B | n=5 total=38\n| Gout | RR | rr=2.11\n"
    "| Rash | A | n=6 total=36\n| Rash | B | n=5 total=38\n| Rash | RR | rr=1.27\n"
)
SMOKING = (
    "| Smoking > Never | Cases | n=10 total=50\n| Smoking > Never | Controls | n=40 total=100\n"
    "| Smoking > Never | Crude OR | or=1.00{}\n"
    "| Smoking > Past | Cases | n=15 total=50\n| Smoking > Past | Controls | n=30 total=100\n"
    "| Smoking > Past | Crude OR | or={}\n"
)
RECOMPUTED = [
    # the odds of a row against those of the row at 1
    (SMOKING.format("", "2.00"), "consistent"),
    (SMOKING.format("", "3.00"), "impossible"),
    (SMOKING.format(" ci_low=0.80 ci_high=1.25", "2.00"), "impossible, impossible"),
    (SMOKING.format("", "2.00").replace("Smoking > Never", "Habit > Never"), "consistent"),
    (SMOKING.format("", "2.00").replace("| Smoking > Never | Crude OR | or=1.00\n", ""), "consistent"),
    (ARMS + "| Death | RR | rr=6.86", "consistent"),
    (ARMS + "| Death | RR | rr=0.15", "consistent"),  # the other way round
    (ARMS + "| Death | RR | rr=8.66", "not testable"),
    (ARMS + "| Death | Crude RR | rr=8.66", "impossible"),
    (ARMS + "| Death | Crude RR | rr=7.00", "not testable"),
    (ARMS + "| Death | Adjusted RR | rr=8.66", ""),
    (ARMS + "| Death | RR | rr=8.66 marks=†", ""),
    (ARMS + "| Death | OR | or=22.1", "consistent"),
    (ARMS + "| Death | Crude OR | or=12.1", "impossible"),
    (PROVING + ARMS + "| Death | RR | rr=8.66", "consistent, consistent, impossible"),
    (PROVING.split("| Rash", maxsplit=1)[0] + ARMS + "| Death | RR | rr=8.66", "consistent, not testable"),
    ("| Death | A | n=0 total=36\n| Death | B | n=4 total=38\n| Death | Crude RR | rr=8.66", ""),
    ("| Death | A | n=36 total=36\n| Death | B | n=4 total=38\n| Death | Crude RR | rr=9.50", "consistent"),
    ("| Death | A | n=36 total=36\n| Death | B | n=4 total=38\n| Death | Crude OR | or=9.50", ""),
    # against a reference row
    ("| Smoking > Never | Deaths | n=10 pct=10.0 total=100\n| Smoking > Ever | Deaths | n=20 pct=20.0 total=100\n"
     "| Smoking > Ever | Crude RR | rr=2.00", "consistent"),
    ("| Smoking > Never | Deaths | n=10 pct=10.0 total=100\n| Smoking > Ever | Deaths | n=20 pct=20.0 total=100\n"
     "| Smoking > Ever | Crude RR | rr=3.00", "impossible"),
    ("| Smoking > Never | Deaths | n=10 pct=10.5 total=100\n| Smoking > Ever | Deaths | n=20 pct=20.0 total=100\n"
     "| Smoking > Ever | Crude RR | rr=3.00", ""),
    ("| Age > Old | Deaths | n=10 pct=10.0 total=100\n| Smoking > Ever | Deaths | n=20 pct=20.0 total=100\n"
     "| Smoking > Ever | Crude RR | rr=3.00", ""),
    ("| Lund 2010 | A > Events | value=10\n| Lund 2010 | A > Total | value=50\n| Lund 2010 | B > Events | value=5\n"
     "| Lund 2010 | B > Total | value=50\n| Lund 2010 | Crude RR | rr=2.00", "consistent"),
    ("| Lund 2010 | A > Events | value=10\n| Lund 2010 | A > Total | value=50\n| Lund 2010 | B > Events | value=5\n"
     "| Lund 2010 | B > Total | value=50\n| Lund 2010 | Crude RR | rr=3.00", "impossible"),
    ("| Pooled | A > Events | value=10\n| Pooled | A > Total | value=50\n| Pooled | B > Events | value=5\n"
     "| Pooled | B > Total | value=50\n| Pooled | Crude RR | rr=3.00", ""),
    # two percentages of a sentence
    ("Death occurred in 20.0% and 10.0% (relative risk, 2.00).", "consistent"),
    ("Death occurred in 20.0% and 10.0% (relative risk, 4.00).", "not testable"),
    ("Death occurred in 20.0% and 10.0% (crude relative risk, 4.00).", "impossible"),
    ("Death occurred in 20.0% and 10.0% (adjusted relative risk, 4.00).", ""),
    ("Death occurred in 20.0% and 10.0% (hazard ratio, 4.00).", ""),
    ("Death occurred in 20.0%, 15.0% and 10.0% (crude relative risk, 4.00).", ""),
    ("Death occurred in 20.0% and 10.0% (odds ratio, 2.25).", "consistent"),
    ("Death occurred in 100% and 10.0% (crude odds ratio, 2.25).", ""),
    ("In a previous study [7], death occurred in 20.0% and 10.0% (crude relative risk, 4.00).", ""),
]  # fmt: skip
SHARES = "| Response | A | pct=45.2\n| Response | B | pct=32.1\n"
SIGNED = (
    "| Relief | A | pct=20.0\n| Relief | B | pct=10.0\n| Relief | Difference | value=10.0\n"
    "| Cure | A | pct=30.0\n| Cure | B | pct=25.0\n| Cure | Difference | value=5.0\n"
)
LOST = "| Relapse | A | pct=10.0\n| Relapse | B | pct=30.0\n| Relapse | Difference | value=20.0\n"
DIFFERENCES = [
    (SHARES + "| Response | Difference | value=13.1", "consistent"),
    (SHARES + "| Response | Difference | value=-13.1", "consistent"),
    (SHARES + "| Response | Difference | value=13.2", "consistent"),
    (SHARES + "| Response | Difference | value=13.3", "not testable"),
    (SHARES + "| Response | Difference | value=31.1", "impossible"),
    ("Differences were adjusted for age.\n" + SHARES + "| Response | Difference | value=31.1", "not testable"),
    (SHARES + "| Response | Adjusted difference | value=31.1", ""),
    (SHARES + "| Response | C | pct=32.1\n| Response | Difference | value=31.1", ""),
    (SHARES.replace("pct=", "subgroup=women pct=") + "| Response | Difference | value=31.1", ""),
    (SHARES.replace("B | pct", "B | mean") + "| Response | Difference | value=31.1", ""),
    ("| Response | A | n=38 pct=45.2 total=84\n| Response | B | n=27 pct=32.1 total=84\n"
     "| Response | Difference | value=13.2", "not testable"),
    ("| Response | A | n=38 pct=45.2 total=84\n| Response | B | n=27 pct=32.1 total=84\n"
     "| Response | Difference | value=13.1", "consistent"),
    (SIGNED + LOST, "consistent, consistent, impossible"),
    (SIGNED.split("| Cure", maxsplit=1)[0] + LOST, "consistent, consistent"),
    (SIGNED + LOST.replace("20.0", "-20.0"), "consistent, consistent, consistent"),
    ("Response was 45.2% with A and 32.1% with B (absolute difference, 13.1 percentage points).", "consistent"),
    ("Response was 45.2% with A and 32.1% with B (absolute difference, 31.1 percentage points).", "impossible"),
    ("Response was 45.2% with A and 32.1% with B; at 12 weeks the difference was 31.1 percentage points.", ""),
    ("Response fell from 45.2% with A to 32.1% with B (absolute difference, 31.1 percentage points).", ""),
    ("Response was 45.2%; relapse was 32.1% (absolute difference, 31.1 percentage points).", ""),
    ("Response was 45.2%, 20.0% and 32.1% (absolute difference, 31.1 percentage points).", ""),
    ("In a previous study [7], response was 45.2% and 32.1% (absolute difference, 31.1 percentage points).", ""),
    ("Adjusted response was 45.2% and 32.1% (absolute difference, 31.1 percentage points).", ""),
]  # fmt: skip
FIVE = "Sensitivity was {}%, specificity was {}%, PPV was {}%, NPV was {}% and accuracy was {}%."
COUNTED = "Sensitivity was 85.7% (30 of 35), specificity was 90.0% (45 of 50) and PPV was {}."
DIAGNOSTIC = [
    ("Sensitivity was 85.7%, specificity was 90.0% and the positive likelihood ratio was 8.57.", "consistent"),
    ("Sensitivity was 85.7%, specificity was 90.0% and the positive likelihood ratio was 5.87.", "impossible"),
    ("Sensitivity was 85.7%, specificity was 90.0% and the positive likelihood ratio was 9.87.", "impossible"),
    ("Sensitivity was 85.7%, specificity was 90.0% and the negative likelihood ratio was 0.16.", "consistent"),
    ("Sensitivity was 85.7%, specificity was 90.0% and the negative likelihood ratio was 0.61.", "impossible"),
    ("Sensitivity was 0.857, specificity was 0.900 and the negative likelihood ratio was 0.61.", "impossible"),
    ("Sensitivity was 85.7%, specificity was 100% and the positive likelihood ratio was 5.87.", "impossible"),
    (FIVE.format("80.0", "90.0", "88.9", "81.8", "85.0"), "consistent, consistent, consistent, consistent"),
    (FIVE.format("80.0", "90.0", "88.9", "61.8", "85.0"), "impossible, consistent, impossible, consistent"),
    (FIVE.format("90.0", "80.0", "81.8", "88.9", "85.0"), "consistent, consistent, consistent, consistent"),
    (FIVE.format("90.0", "80.0", "81.8", "88.9", "88.0"), "consistent, impossible, impossible, consistent"),
    ("Sensitivity was 80.0%, specificity was 90.0% and accuracy was 90.0%.", "consistent"),
    ("Sensitivity was 80.0%, specificity was 90.0% and accuracy was 95.0%.", "impossible"),
    ("Sensitivity was 80.0%, specificity was 90.0% and accuracy was 75.0%.", "impossible"),
    ("Sensitivity was 80.0% and accuracy was 95.0%.", ""),
    ("Pooled sensitivity was 80.0%, specificity was 90.0% and accuracy was 95.0%.", ""),
    ("We used tenfold cross-validation.\nSensitivity was 80.0%, specificity was 90.0% and accuracy was 95.0%.", ""),
    ("In a previous study [7], sensitivity was 80.0%, specificity was 90.0% and accuracy was 95.0%.", ""),
    ("Sensitivity was 80.0%, specificity was 90.0%, sensitivity was 81.0% and accuracy was 95.0%.", ""),
    ("The sensitivity, specificity and accuracy were 80.0%, 90.0% and 85.0%.", "consistent"),
    ("The sensitivity, specificity and accuracy were 80.0%, 90.0% and 95.0%.", "impossible"),
    (COUNTED.format("85.7% (30 of 35)"), "consistent"),
    (COUNTED.format("86.1% (31 of 36)"), "impossible"),
    ("We used tenfold cross-validation.\n" + COUNTED.format("86.1% (31 of 36)"), "impossible"),
    (COUNTED.format("86.1%"), ""),
    ("| Sensitivity | CT | pct=80.0\n| Specificity | CT | pct=90.0\n| Accuracy | CT | pct=95.0", "impossible"),
    ("| Sensitivity | CT | pct=80.0\n| Specificity | CT | pct=90.0\n| Accuracy | MRI | pct=95.0", ""),
    ("| CT | Sensitivity | pct=80.0\n| CT | Specificity | pct=90.0\n| CT | Accuracy | pct=95.0", "impossible"),
    ("| CT | Sensitivity | pct=80.0\n| CT | Specificity | pct=90.0\n| MRI | Accuracy | pct=95.0", ""),
]  # fmt: skip
TABLE = [
    (rule, text, said)
    for rule, cases in (
        ("ci.contains", CONTAINS), ("ci.symmetric", SYMMETRIC), ("ci.p", P), ("effect.recompute", RECOMPUTED),
        ("effect.difference", DIFFERENCES), ("diagnostic.accuracy", DIAGNOSTIC),
    )
    for text, said in cases
]  # fmt: skip


@pytest.mark.parametrize(("rule", "text", "said"), TABLE, ids=[f"{rule}-{i}" for i, (rule, _, _) in enumerate(TABLE)])
def test_sides_of_a_guard(rule: str, text: str, said: str) -> None:
    assert told(text, rule) == said
