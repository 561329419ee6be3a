"""Estimates, differences, changes, rates and tests as correct papers of many fields print them: nothing is accused."""

import pytest
from hand_made import HandMadePaper

MODELLED = (
    "The mean score was 12.4 with therapy and 15.9 with control; the adjusted mean difference was −2.9 (95% "
    "CI −4.1 to −1.7).",
    "In the mixed model for repeated measures the score was 8.1 in the active and 10.2 in the sham group "
    "(difference −2.4; 95% CI −3.8 to −1.0; P = 0.001).",
    "Least-squares mean change was −1.42% with drug and −0.61% with placebo (difference, −0.80 percentage "
    "points; 95% CI, −0.95 to −0.65).",
    "Pain fell by 18.2 mm (95% CI 12.1 to 24.3) more in the exercise group than in the control group.",
    "Pain fell more with exercise (mean difference 6.0 mm, 95% CI −10.8 to −1.2).",
    "The reduction in systolic pressure was 7.3 mm Hg greater with visits (95% CI −8.8 to −5.8).",
    "Geometric mean titres were 412 and 208, a ratio of 1.98 (95% CI 1.61 to 2.44).",
    "The geometric mean ratio of AUC was 92.1% (90% CI 85.4 to 99.4).",
    "Bioequivalence was shown for Cmax (ratio 104.2%, 90% CI 97.8% to 111.0%).",
    "The posterior median odds ratio was 0.71 (95% credible interval 0.48 to 1.12).",
    "The hazard ratio for death was 1.42 (95% CI 0.98 to 2.06) when the reference was the older group.",
    "Survival was longer with the drug (hazard ratio for placebo versus drug 1.61; 95% CI 1.22 to 2.13).",
    "The Hodges–Lehmann median difference was 2 days (95% CI 0 to 7).",
    "Median stay was 6 days and 9 days (difference −2; 95% CI −4 to −1).",
    "By bootstrapping, the incremental cost was 412 (95% CI −120 to 1,240).",
    "Cure was reached by 82.1% and 84.0% (difference −1.6 percentage points after stratification by centre, "
    "95% CI −7.4 to 4.2), which met the margin of −10 points.",
    "The per-protocol analysis gave a difference of 0.8 percentage points (95% CI −4.4 to 6.0).",
    "In the intention-to-treat analysis the difference was −0.4 percentage points (95% CI −5.1 to 4.4); per "
    "protocol it was −0.4 percentage points (95% CI −5.1 to 4.2).",
    "The upper limit of the one-sided 97.5% confidence interval of the difference (1.2%) was 3.9%.",
    "With cluster-robust errors the difference was 3.1 points (95% CI −0.2 to 6.4; P = 0.064).",
    "The age-standardised rate was 41.2 per 100,000 person-years (95% CI 38.0 to 44.6).",
    "There were 512 deaths during 11,204 person-years, an age-standardised rate of 51.3 per 1000 person-years.",
    "The unadjusted odds ratio was 2.41 (1.60–3.63) and the adjusted odds ratio 1.87 (1.19–2.94).",
    "Vaccine efficacy was 72.4% (95% CI 51.8 to 84.9).",
    "The relative risk reduction was 31% (95% CI 12 to 46).",
    "The risk difference was −6.2 percentage points (95% CI −11.9 to −0.8; Newcombe).",
    "None of 24 and 3 of 25 patients relapsed (risk difference −12.0 percentage points; 95% CI −30.0 to 4.4).",
    "Exact conditional estimates gave an odds ratio of 7.2 (95% CI 1.4 to 72.8).",
    "The number needed to treat was 12 (95% CI 8 to 31).",
    "A difference of 2.8 points (95% CI 1.1 to 4.5) favoured the device.",
)
CHANGES = (
    "HbA1c fell from 8.4% to 7.1% (adjusted reduction 1.1 percentage points).",
    "Median weight rose from 61 kg to 64 kg (median increase 2 kg).",
    "Mean weight fell from 92.4 kg to 86.1 kg (a mean change of −6.9 kg in completers).",
    "The score decreased from 24.1 ± 5.2 to 15.3 ± 6.1 (P < 0.001).",
    "Admissions dropped from 412 to 298 per year (a 28% reduction).",
    "The share of smokers fell from 24.0% to 18.0%, a relative reduction of 25%.",
    "The share of smokers fell from 24.0% to 18.0%, a reduction of 6.0 percentage points.",
    "FEV1 rose from 1.42 L to 1.58 L (an increase of 0.16 L).",
    "Creatinine rose from 88 to 96 µmol/L over the first 12 months and then fell from 96 to 90.",
    "Uptake increased from 9 to 12 months after the campaign.",
    "The dose was reduced from 20 mg to 10 mg in 14 patients and from 10 mg to 5 mg in 3.",
    "Prevalence was lower in women than in men (11.2% vs 14.9%).",
    "Prevalence was not lower in women than in men (15.2% vs 14.9%).",
    "Scores, where lower is better, were higher in the control than in the active group (21.0 vs 17.4).",
    "The decline in eGFR was smaller with drug than with placebo (−2.1 vs −3.9 ml/min).",
)
RATES = (
    "There were 41 events in 1,204 person-years (3.4 per 100 person-years).",
    "There were 41 first events in 1,204 person-years (3.41 per 100 person-years; 95% CI 2.44 to 4.62).",
    "The adjusted rate was 2.9 per 100 person-years with 41 events in 1,204 person-years.",
    "Falls numbered 212 among 140 residents over 12 months, a rate of 1.6 per person-year.",
    "Infection occurred in 12 patients, 2.3 per 1000 catheter-days.",
)
TESTS = (
    "The groups did not differ (t(48) = 1.42, p = .16).",
    "The interaction was significant (F(2, 96) = 4.11, p = .019, partial η² = .08).",
    "The groups differed (χ²(3, N = 210) = 8.02, p = .046).",
    "With the Greenhouse–Geisser correction the effect remained, F(1.62, 77.8) = 3.91, p = .032.",
    "Age correlated with the score (r = .31, n = 62, p = .014).",
    "By Welch's test the difference held, t(37.4) = 2.11, p = .042.",
    "The Wilcoxon signed-rank test gave z = −2.20, p = .028.",
)

ORDERS = (
    "Mortality was higher in winter than in summer, when fewer patients were admitted (9.1% vs 7.0%).",
    "Younger women had fewer complications than older women (4.1% vs 9.9%).",
    "The more severe the disease, the longer the stay than in the mild group (12 vs 8 days).",
    "Fewer patients in the drug group than in the control group had no relapse (31% vs 44%).",
    "Fewer patients relapsed with the drug than with placebo, with relapse-free shares of 81% and 64%.",
    "Time to response was shorter with the combination than with monotherapy (HR 1.62; 1.9 vs 3.4 months).",
    "Adherence fell from 91% at 3 months to 84% at 12 months.",
    "Pain decreased from baseline to week 12 by 21.4 points.",
    "Platelets fell from 210 to 45 by day 14 and rose from 45 to 180 by day 28.",
    "The most common event was headache (21%), followed by nausea (18%) and rash (18%).",
    "The commonest grade 3 or worse event was neutropenia (21%), followed by anaemia (9%; any grade 44%).",
    "Events in at least 10% of patients were fatigue (31%), nausea (22%) and cough (9% and 12%).",
    "Deaths were less frequent with surgery than with drugs (odds ratio 0.61; 12 of 204 vs 19 of 201).",
    "Women were older than men (mean 64.1 vs 61.8 years).",
    "The Z score was lower in cases than in controls (−1.8 vs −0.4).",
)
DIRECTIONS = (
    "Progression-free survival was prolonged with the doublet (hazard ratio 0.61, 95% CI 0.49 to 0.76).",
    "Treatment improved recovery (rate ratio 1.29, 95% CI 1.12 to 1.49).",
    "Response was more likely with the drug (odds ratio 2.4, 95% CI 1.5 to 3.8).",
    "Older age predicted a shorter survival (HR 1.31 per 10 years, 95% CI 1.12 to 1.53).",
    "Each 5-point rise mattered (OR 1.22 for each 5-point increase, 95% CI 1.08 to 1.38).",
    "Weight rose with age (β 0.41 kg per 10 years, 95% CI 0.18 to 0.64).",
    "Smoking doubled the risk of stroke (RR 1.94, 95% CI 1.61 to 2.34).",
    "The drug cut the risk of death by 28% (HR 0.72, 95% CI 0.59 to 0.88).",
    "Failure was half as likely with the long course (OR 0.48, 95% CI 0.29 to 0.80).",
    "Time to discharge was shortened (hazard ratio for discharge 1.34, 95% CI 1.11 to 1.62).",
    "The odds of cure rose by 60% (OR 1.60, 95% CI 1.10 to 2.33).",
    "Risk fell by a third (HR 0.66; 99% CI 0.50 to 0.87).",
    "The effect was not significant (HR 0.84, 95% CI 0.66 to 1.07; P = 0.16).",
    "The difference in the primary outcome was significant (HR 0.79; 95.2% CI 0.63 to 0.99; P = 0.04).",
    "Non-inferiority was met (HR 1.04, 95% CI 0.88 to 1.23; P for non-inferiority = 0.002).",
    "No interaction with sex was seen (HR 0.70, 95% CI 0.52 to 0.94 in men; P for interaction = 0.61).",
    "The log-rank P was 0.021 (HR 0.74, 95% CI 0.57 to 0.96).",
    "Penalised regression gave an odds ratio of 6.1 (95% CI 1.1 to 61.0).",
)
SURVIVAL = (
    "Overall survival was 84% at 1 year and 61% at 3 years; relapse-free survival was 71% and 48%.",
    "Median survival was 14.2 months (95% CI 12.1 to 19.8), and 56% were alive at 12 months.",
    "Median survival was not reached; survival at 24 months was 58%.",
    "The cumulative incidence of relapse was 12% at 1 year and 24% at 3 years.",
    "Survival at 12 months was 71% in responders and 44% in others; at 24 months it was 62% and 21%.",
    "Five-year survival rose from 48% in the first to 63% in the second decade.",
)


def accusations(paper: HandMadePaper) -> list[tuple[str, str]]:
    """Rule and message of every finding above a note."""
    found = paper.findings()
    hot = found[found["verdict"].isin(["impossible", "rounding"]) | (found["severity"] != "note")]
    return list(zip(hot["rule"], hot["message"], strict=True))


@pytest.mark.parametrize("said", [*MODELLED, *CHANGES, *RATES, *TESTS, *ORDERS, *DIRECTIONS, *SURVIVAL])
def test_a_correct_sentence_is_not_accused(paper: HandMadePaper, said: str) -> None:
    assert accusations(paper.read(said)) == []


def test_correct_sentences_together_are_not_accused(paper: HandMadePaper) -> None:
    assert accusations(paper.read(*MODELLED)) == []


@pytest.mark.parametrize(
    ("rows", "heads"),
    [
        # adjusted differences beside crude means
        ((("12.4", "5.1", "15.9", "5.3", "-2.9", "-4.1", "-1.7"),), ("Adjusted difference (95% CI)",)),
        # change scores: the difference of the changes, not of the ends
        ((("12.4", "5.1", "15.9", "5.3", "-2.0", "-3.2", "-0.8"),), ("Difference in change (95% CI)",)),
        # ANCOVA of one column, four rows
        (
            (
                ("12.4", "5.1", "15.9", "5.3", "-3.3", "-4.5", "-2.1"),
                ("10.1", "4.1", "13.0", "4.6", "-2.7", "-3.7", "-1.7"),
                ("9.0", "4.0", "11.1", "4.2", "-2.0", "-3.0", "-1.0"),
            ),
            ("Mean difference (95% CI), ANCOVA",),
        ),
    ],
)
def test_modelled_differences_of_tables_are_not_accused(
    paper: HandMadePaper, rows: tuple[tuple[str, ...], ...], heads: tuple[str]
) -> None:
    for i, (a, sd, b, sd2, d, low, high) in enumerate(rows):
        stub = f"Score at {3 * (i + 1)} months"
        paper.row(stub, column="Exercise (n=70)", mean=a, sd=sd, arm="Exercise")
        paper.row(stub, column="Control (n=72)", mean=b, sd=sd2, arm="Control")
        paper.row(stub, column=heads[0], value=d, ci_low=low, ci_high=high)
    paper.read("We randomised 142 adults.", section="Methods")
    assert accusations(paper) == []
