from itertools import pairwise

import pytest

from auditable.asides import blank_asides, find_asides
from auditable.mentions import Mention, name_statistics
from auditable.quantities import find_quantities


def name(text: str) -> list[Mention]:
    blanked = blank_asides(text, find_asides(text))
    return name_statistics(blanked, find_quantities(blanked, text))


def statistics(text: str) -> str:
    return " ".join(
        f"{m.statistic}={m.quantity.comparator}{m.quantity.value or m.quantity.missing}"
        for m in name(text)
        if m.statistic
    )


INTERVAL = "ci_level=95 ci_low=8 ci_high=19"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # medians and means with their spread
        ("Median survival was 10.7 months (95 % CI 8–19).", f"median=10.7 {INTERVAL}"),
        ("Median survival was 10.7 months (95% confidence interval [CI], 8 to 19).", f"median=10.7 {INTERVAL}"),
        ("a median of 7 (range 2–14)", "median=7 min=2 max=14"),
        ("median 7 prior lines (range, 2-14)", "median=7 min=2 max=14"),
        ("A median of 2 courses (1–4) was given.", "median=2 min=1 max=4"),
        ("Earlier lines numbered three in the median (range: 2-11).", "median=3 min=2 max=11"),
        ("over a median of 16.8 months (IQR 10.5–23.2)", "median=16.8 q1=10.5 q3=23.2"),
        ("The median (IQR) weight was 70 (61–82) kg.", "median=70 q1=61 q3=82"),
        ("The mean (SD) age was 61.3 (10.2) years.", "mean=61.3 sd=10.2"),
        ("The mean age was 64.2 ± 9.1 years.", "mean=64.2 sd=9.1"),
        ("a mean (± SD) age of 62.7 (±13.2) years", "mean=62.7 sd=13.2"),
        ("The median age with Sorvatinib 10 mg was 55 years (40–73).", "median=55 min=40 max=73"),
        ("The mean haemoglobin in the Sorvatinib 10 mg group was 11.5 g/dL.", "mean=11.5"),
        ("The median dose was 10 mg.", "median=10"),
        ("12% had an ECOG performance status of 2.", "pct=12"),
        ("They had a performance status of 0 to 2.", ""),
        ("At least one adverse event was reported in 66 patients (97.1%).", "n=66 pct=97.1"),
        ("Median doses were 1 (0–3) in all and 1 (0–2) in men.", "median=1 min=0 max=3 median=1 min=0 max=2"),
        ("Median survival was 22 months; below it, 4.6 months.", "median=22 median=4.6"),
        ("fewer courses (median 3 vs. 7)", "median=3 median=7"),
        ("It prolonged median survival by 7 months, to 24 months from 17 months.", "value=7 median=24 median=17"),
        ("Ages spanned 51–77 years.", "min=51 max=77"),
        ("Rates ranged from 73% to 97%.", "min=73 max=97"),
        ("Median survival was not reached (95% CI 21.3–NR).", "missing=NR ci_level=95 ci_low=21.3 ci_high=NR"),
        ("Median survival was not reached in A and was 55.7 months in B.", "missing=NR median=55.7"),
        ("Median survival was longer in A than in B (10.7 vs 3.9 months).", "median=10.7 median=3.9"),
        ("Total cholesterol was 5·4 mmol/L (SD 1·1).", "mean=5.4 sd=1.1"),
        ("HbA1c was 7.2% (0.9) at 26 weeks (mean [SD]).", "mean=7.2 sd=0.9"),
        ("Survival was 88.1% ± 1.4%.", "pct=88.1 se=1.4"),
        ("Lung volume averaged 58.9% of that predicted.", "mean=58.9"),
        ("It rose from 102 (IQR 84–131) to 148 (119–190).", "value=102 q1=84 q3=131 value=148 q1=119 q3=190"),
        ("It affects approximately 2–3% of adults.", "min=~2 max=3"),
        ("The groups differed, and members attended 82% and 75% of the sessions.", "pct=82 pct=75"),
        # ratios and p values
        (
            "Odds ratios for A, B and C were 2.6 (1.5–4.8), 2.5 (1.4–4.3) and 1.7 (1.0–2.9), respectively.",
            "or=2.6 ci_low=1.5 ci_high=4.8 or=2.5 ci_low=1.4 ci_high=4.3 or=1.7 ci_low=1.0 ci_high=2.9",
        ),
        ("The odds ratio was 1.5 (1.1–2.0) in smokers.", "or=1.5 ci_low=1.1 ci_high=2.0"),
        # differences and ratios have an interval, named or not, and go on in a list
        ("The ratio of titres was 1.70 (1.42–2.03).", "value=1.70 ci_low=1.42 ci_high=2.03"),
        (
            "The mean titre was 347 against 204, a ratio of 1.70 (1.42–2.03).",
            "mean=347 mean=204 value=1.70 ci_low=1.42 ci_high=2.03",
        ),
        ("The geometric mean ratio was 1.05 (0.98–1.12).", "value=1.05 ci_low=0.98 ci_high=1.12"),
        ("(difference −0.4 [−0.7 to −0.2])", "value=-0.4 ci_low=-0.7 ci_high=-0.2"),
        # a ratio or a difference within each person has a range
        ("The albumin/creatinine ratio was 30 (20–90) mg/g.", "value=30 min=20 max=90"),
        ("The ratio of neutrophils to lymphocytes was 3.2 (1.5–6.8).", "value=3.2 min=1.5 max=6.8"),
        ("The age difference was 4 (1–9) years.", "value=4 min=1 max=9"),
        ("The difference in ages was 4 (1–9) years.", "value=4 min=1 max=9"),
        ("Scores differed by −0.4 points (−0.7 to −0.2).", "value=-0.4 ci_low=-0.7 ci_high=-0.2"),
        (
            "The mean difference was −0.9 (−1.5 to −0.4) days for A and −1.7 (−2.2 to −1.2) days for B.",
            "value=-0.9 ci_low=-1.5 ci_high=-0.4 value=-1.7 ci_low=-2.2 ci_high=-1.2",
        ),
        (
            "The difference was −0.9 (−1.5 to −0.4) points and the score was 2 (1–9).",
            "value=-0.9 ci_low=-1.5 ci_high=-0.4 value=2 min=1 max=9",
        ),
        (
            "with odds ratios of 1.78 (95% CI 1.11–2.86) and 2.73 (95% CI 1.71–4.36)",
            "or=1.78 ci_level=95 ci_low=1.11 ci_high=2.86 or=2.73 ci_level=95 ci_low=1.71 ci_high=4.36",
        ),
        ("The hazard ratio was 2.31 in model 1, 1.78 in model 2, and 1.70 in model 3.", "hr=2.31 hr=1.78 hr=1.70"),
        ("The odds ratio was 1.78 in women, and the AUC was 0.84.", "or=1.78 value=0.84"),
        ("The HR for death was 0.63.", "hr=0.63"),
        ("The gain in median survival of 5.4 months was bought with rash.", "value=5.4"),
        ("The gain in median survival from 6.2 to 12.4 months was clear.", "median=6.2 median=12.4"),
        (
            "The difference was 0.2 points, 95 per cent c.i. −9.8 to 10.1.",
            "value=0.2 ci_level=95 ci_low=-9.8 ci_high=10.1",
        ),
        ("The lower limit of the confidence interval, 51.4%, met the criterion.", "value=51.4"),
        # a hyphen lost at the end of a line
        ("Of these, twentytwo were lost and fiftythree remained.", "n=22 n=53"),
        # "v" sets two numbers against each other
        ("It was commoner (23% v 12%).", "pct=23 pct=12"),
        ("Median survival was 12.2 months v 6.8 months.", "median=12.2 median=6.8"),
        # how many were assigned to which dose
        ("184 were assigned to placebo, 187 to 25 mg and 181 to 75 mg.", "n=184 n=187 n=181"),
        ("We excluded 338 second fractures.", "n=338"),
        ("After a 30 second rest it was 12 mm.", "value=30 value=12"),
        ("One in 10 patients died.", "pct=~10"),
        ("The share of people who met the target rose; the 50% responder rate was low.", ""),
        # amounts measured, and doses given
        ("The volume decreased by 7.9 mL/m².", "value=7.9"),
        ("a difference of −6.0 mL/m² (95% CI, −10.8 to −1.2)", "value=-6.0 ci_level=95 ci_low=-10.8 ci_high=-1.2"),
        ("Blood loss was 350 mL.", "value=350"),
        ("Patients received 20 mg/kg weekly with 40 mg of steroid.", ""),
        ("An infusion of 500 mL was given.", ""),
        # shares in words; people of an age; thousands parted by a blank
        ("One in five patients and two in three adults smoked.", "pct=~20 pct=~67"),
        ("A 68-year-old woman was seen.", "value=68"),
        ("We included 430 977 participants.", "n=430977"),
        (
            "It was rarer in A than in B (29.7%, 63/212 versus 76.0%, 158/208).",
            "pct=29.7 n=63 total=212 pct=76.0 n=158 total=208",
        ),
        (
            "It was lower (27 [11–55]% vs 40 [15–80]%, p=0.005).",
            "value=27 min=11 max=55 value=40 min=15 max=80 p=0.005",
        ),
        ("We excluded some (n = 25 511).", "n=25511"),
        # conditions are no results
        ("Adults aged 18–85 years with at least two prior lines were eligible.", ""),
        ("HR 0.98, 95% CI 0.95–1.0, p = 0.2", "hr=0.98 ci_level=95 ci_low=0.95 ci_high=1.0 p=0.2"),
        ("(HR, 3.5; 95% CI, 1.5-8.4)", "hr=3.5 ci_level=95 ci_low=1.5 ci_high=8.4"),
        ("hazard ratio (HR) 0.596 [95% CI 0.436–0.814]", "hr=0.596 ci_level=95 ci_low=0.436 ci_high=0.814"),
        ("relative risk (95%CI) 0.62 (0.42–0.91)", "ci_level=95 rr=0.62 ci_low=0.42 ci_high=0.91"),
        ("The hazard ratio (95% CI) was 0.62 [0.42, 0.91].", "ci_level=95 hr=0.62 ci_low=0.42 ci_high=0.91"),
        ("OR 2.795, 95% CI 1.75–4.56; p < 0.0001", "or=2.795 ci_level=95 ci_low=1.75 ci_high=4.56 p=<0.0001"),
        ("relative risk [RR] 1·06, 95% CI 0·89–1·27", "rr=1.06 ci_level=95 ci_low=0.89 ci_high=1.27"),
        (
            "RR 1.36, 95% CI 1.00–1.86, p=0.04; other outcome 1.32, 1.03–1.68",
            "rr=1.36 ci_level=95 ci_low=1.00 ci_high=1.86 p=0.04 rr=1.32 ci_low=1.03 ci_high=1.68",
        ),
        ("a difference of −2.9 points (95% CI, −8.2 to 2.2)", "value=-2.9 ci_level=95 ci_low=-8.2 ci_high=2.2"),
        ("p≤0.05", "p=<=0.05"),
        ("p=0.2 and 0.4", "p=0.2 p=0.4"),
        ("p=0.61 and 222 [18%] vs 232 [19%] patients", "p=0.61 n=222 pct=18 n=232 pct=19"),
        ("P<.001", "p=<0.001"),
        # counts and percentages
        ("It affected 28 patients (87.5%).", "n=28 pct=87.5"),
        ("17 (53.1%) were stable.", "n=17 pct=53.1"),
        ("It was 37.5% (12/32).", "pct=37.5 n=12 total=32"),
        ("in 3/13 [23.1%]", "n=3 total=13 pct=23.1"),
        ("29 of 51 patients (56.9%)", "n=29 n=51 pct=56.9"),
        ("90 [8%] of 1088", "n=90 pct=8 n=1088"),
        ("7 (of 47) patients", "n=7 n=47"),
        ("Two of nine had improved.", "n=2 n=9"),
        ("41.4% vs 22.9%", "pct=41.4 pct=22.9"),
        ("31 and 23%, respectively", "pct=31 pct=23"),
        ("Three quarters (75%) were women.", "pct=~75 pct=75"),
        ("more than 98% tested positive", "pct=>98"),
        ("arm A (n = 154) and arm B (n = 153) of all (N = 307)", "n=154 n=153 total=307"),
        ("Risk was high in two and unknown in one.", "n=2 n=1"),
        ("The rate was 3.2 vs 1.1 per 100 patient-years.", "rate=3.2 rate=1.1"),
        # bounds and plain values
        ("in those ≥70 years with haemoglobin < 11.8 g/L", "bound=>=70 bound=<11.8"),
        ("after 1–3 lines", "bound=1 bound=3"),
        ("Treatment lasted 74 weeks.", "value=74"),
        ("The threshold was 0.25 g/dL.", "value=0.25"),
        ("It was twice the rate.", "value=2"),
    ],
)
def test_printed_form(text: str, expected: str) -> None:
    assert statistics(text) == expected


@pytest.mark.parametrize(
    ("text", "stretch", "reason"),
    [
        ("Women took 20 mg/kg.", "20", "dose"),
        ("They took a tablet (650–1000 mg) before.", "650", "dose"),
        ("Lines were 1 in 44% and 2 in 33%.", "1", "label of a category"),
        ("earlier lines (2 or > 2)", "2", "label of a category"),
        ("One is enough.", "One", "one as a pronoun"),
        ("The two cannot be compared.", "two", "number word that refers back"),
        ("Two in five relapsed.", "five", "ratio of parts"),
        ("a median of 2 (range: 19)", "19", "range without two limits"),
    ],
)
def test_a_number_that_is_no_result_is_rejected(text: str, stretch: str, reason: str) -> None:
    assert (stretch, reason) in [(text[m.quantity.start : m.quantity.end], m.reason) for m in name(text)]


def test_a_part_carries_its_whole_as_denominator() -> None:
    assert [m.denominator for m in name("in 3/13 [23.1%] and 8 of 11 patients")] == ["13", "", "", "11", ""]


def test_qualifiers_point_at_their_estimate() -> None:
    text = "Risk fell (HR 0.7, 95% CI 0.5–0.9, p = 0.01) and 12 patients (40%) improved."
    assert [m.head for m in name(text)] == [0, 0, 0, 0, 0, 5, 5]


def test_no_stretch_is_named_twice() -> None:
    text = "Median age was 61 years (range, 30–82); 12 of 40 (30%) were men (HR 1.2; 95% CI 0.8–1.9; p = 0.3)."
    spans = [(m.quantity.start, m.quantity.end) for m in name(text)]
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
