"""Sentences of correct papers that look like errors to a hasty reader: no rule may say more than a note of any."""

from __future__ import annotations

import pytest
from hand_made import HandMadePaper

ORDER = (
    "Pain was less severe with A than with B (mean score 3.1 vs 4.2).",
    "Time to healing was shorter with A than with B (HR 1.45 vs 1.10).",
    "Mortality was higher in the elderly than in the young (12% vs 30% survived).",
    "Quality of life was higher with A than with B (mean score 31 vs 42; lower scores are better).",
    "Patients in the intervention group were younger than those in the control group (median age, 54 vs 61 years).",
    "The number needed to treat was lower with A than with B (8 vs 12).",
    "Survival was longer with A than with B (24% vs 36% had died).",
    "Adherence was lower in women than in men (26.1% vs 18.3% missed doses).",
    "The risk was lower with A than with B (HR, 0.75 vs 0.60).",
    "Costs were higher with A than with B (€ 1,200 vs € 900).",
    "Scores fell from 12 at baseline to 8.",
    "The share of non-users fell from 30% to 22% and that of users rose from 70% to 78%.",
    "The score improved from 24 to 12.",
    "HbA1c decreased from 8.4% to 7.1%.",
    "Blood pressure was reduced from week 4 to week 12.",
    "The interval was increased from 4 to 8 weeks.",
    "The dose was reduced from 20 to 10 mg in 12 patients.",
    "The dose was increased from 10 mg twice daily to 15 mg once daily.",
    "Participation declined from 1990 to 2010.",
    "Enrolment fell from March 3 to May 2.",
    "The sample was reduced from 1:1 to 2:1.",
    "The most common event was nausea (31%), followed by rash (grade 1 in 40% of the 12 patients with any).",
    "The most common adverse event was nausea (12 patients), followed by headache (15 events in 9 patients).",
    "The most frequent serious events were pneumonia (2.1%) with A and sepsis (3.0%) with B, followed by falls "
    "(2.5% with B).",
    "Most common was fatigue (45% vs 30%), followed by anaemia (42% vs 35%).",
    "Adverse events in at least 10% of patients in either group were nausea (12% vs 8%) and rash (9% vs 11%).",
    "Events reported by more than 20% of patients were nausea (22%), rash (20.4%), and headache (21%).",
    "An adherence of at least 80% was reached by 31 of 62 patients (50.0%).",
    "Three in four isolates (77.4%) were resistant.",
    "One in three nurses (35.2%) had left.",
    "The lower limit of the ratio, 108.40%, was above 80%.",
)
EFFECT = (
    "Early surgery reduced the risk of death (HR for late versus early surgery 1.9).",
    "Compared with placebo, A reduced mortality (odds ratio for survival, 1.4).",
    "Smoking was associated with increased mortality (HR 1.8).",
    "Higher adherence lowered the risk (HR 0.7 per 10%).",
    "Treatment was associated with improved survival (HR for placebo 1.5).",
    "Patients had a lower risk of relapse when young (OR 1.9 for age above 60).",
    "A prolonged overall survival (time ratio 1.3).",
    "A improved survival (rate ratio of being alive at 5 years 1.2).",
    "Lower risk patients benefited most (HR 1.3).",
    "The probability of remission increased (OR 1.6).",
    "A lower probability of remission was seen with B (OR 0.6).",
    "Increasing risk scores predicted longer survival less often (HR 1.7).",
    "The likelihood of response was higher with A (OR, 2.1).",
    "Reduced mortality at hospitals of high volume was seen (OR for low volume 1.4).",
)
TIME = (
    "Patients were enrolled over 24 months (from January 2015 to December 2016).",
    "The study ran for two years (January 2015 to January 2017).",
    "During a three-year period from 2015 to 2017 patients were seen.",
    "Data were collected over 12 weeks (from 3 May to 26 July 2019).",
    "Recruitment lasted 18 months (between July 2016 and December 2017).",
    "The median follow-up was 30 months (from May 2010 to June 2019 patients were enrolled).",
    "Follow-up ended after 6 months (from May 2010 to June 2011, patients were recruited).",
    "The survey took place from March 2018 to May 2018 (three months).",
    "From June 2012 to May 2015 (36 months), 120 patients were enrolled.",
    "Surgery was done between 2 March 2019 and 30 March 2019 (4 weeks).",
    "Between October 2010 and May 2012, a 6-month pilot phase was run.",
    "Patients were seen from October 2010 to May 2012 (a 12-month follow-up).",
    "Patients recruited from October 2010 to May 2012, followed for 12 months, were included.",
    "From October 2010 to May 2012 (median follow-up 7 months) all were treated.",
)
DOSE = (
    "Radiotherapy of 50 Gy in 25 fractions with a boost of 16 Gy in 8 fractions was given.",
    "Patients received 50.4 Gy in 28 fractions of 1.8 Gy.",
    "Patients received 40 Gy in 15 fractions (2.67 Gy each).",
    "Patients received 45 Gy in 30 fractions of 1.5 Gy twice daily.",
    "They took 500 mg twice daily (1 g per day).",
    "They took 250 mg twice daily (week 1) and 500 mg twice daily thereafter.",
    "They took 100 mg twice daily (200 mg twice daily in severe disease).",
    "They took 100 mg twice daily (300 mg daily from week 4).",
    "They took 75 mg twice daily (150 mg on the first day).",
    "Doses were 50 mg twice daily (25 mg in the elderly).",
    "They took 60 mg/day (20 mg three times daily).",
    "Six 3-week cycles (18 weeks) were given.",
    "Four cycles of 21 days (12 weeks) were given.",
    "Six cycles of 28 days (6 months) were planned.",
    "The half-life is 12 hours and 94% is eliminated within 48 hours.",
    "The half-life is about 24 h, and 90% of the dose is excreted in urine within 7 days.",
    "With a half-life of 20 h, 60% is excreted in urine within 72 h.",
)
LISTS = (
    "Three outcomes (pain, sleep and fatigue, and mood) were rated.",
    "We rated five domains (mobility, self-care, usual activities, pain/discomfort, and anxiety/depression).",
    "Four centres (Oslo, Bergen, Turku and Lund) took part.",
    "The two groups (active and placebo) did not differ.",
    "Three groups (A plus B, A alone, and B alone) were compared.",
    "Two patients (aged 34 and 56, and both women) died.",
    "Six sites (two in Norway, three in Sweden and one in Denmark) took part.",
    "Ten items (such as pain, sleep, and mood) were rated.",
    "Seven patients died: four of sepsis and three of stroke.",
    "Four visits (weeks 2, 4, 8, and 12) were planned.",
    "Five visits (baseline, weeks 2, 4, 8, and 12) were planned.",
    "Three doses (day 1, 8 and 15) were given.",
    "Two coprimary outcomes were used: pain at 12 weeks, and function at 12 and 24 weeks.",
    "Most patients (52.3%) were men.",
    "Nearly all patients (91%) were followed.",
    "About one third of patients (38%) improved.",
    "More than half of patients (49.6%, or 51% of those assessed) came back.",
    "The majority of patients (68%) were women.",
    "Less than half of the patients (44%) came back.",
)
SIGNIFICANCE = (
    "A significant difference was seen in pain (P=0.04) but not in sleep (P=0.07).",
    "There was no significant difference in pain (P=0.04 for interaction).",
    "Neither pain (P=0.21) nor sleep (P=0.33) differed significantly.",
    "Pain was significantly lower (P=0.03), and sleep was unchanged (P=0.44).",
    "Differences were not significant after correction (P=0.03).",
    "The difference was significant only in women (P=0.01) and not in men (P=0.20).",
    "Significant heterogeneity was absent (P=0.31).",
    "No significant heterogeneity was found (I²=12%, P=0.33).",
    "Non-inferiority was shown (P=0.002) but superiority was not significant (P=0.11).",
    "The groups were similar at baseline, with no significant differences (all P>0.05).",
    "Significant predictors in the univariable model were age (P=0.01) and sex (P=0.06 in the multivariable model).",
    "With significance set at P<0.10 for interaction, sex mattered (P=0.08).",
    "A trend without statistical significance was seen (P=0.051).",
    "This is the largest trial of early surgery in adults with appendicitis to date.",
    "To our knowledge, this is the largest cohort of children with the syndrome in Europe; a registry in the US "
    "had 412 children with the syndrome [3].",
)


@pytest.mark.parametrize("sentences", [ORDER, EFFECT, TIME, DOSE, LISTS, SIGNIFICANCE])
def test_no_sentence_of_a_correct_paper_is_accused(sentences: tuple[str, ...]) -> None:
    paper = HandMadePaper().read(*sentences)
    found = paper.findings()
    loud = found[found["verdict"].isin(["impossible", "rounding"]) | (found["severity"] != "note")]
    assert loud["message"].tolist() == []
