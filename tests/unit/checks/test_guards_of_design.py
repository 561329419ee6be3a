"""Guards of the rules on dates, doses, lists, conditions of entry and changes: either side of each, in miniature."""

import pytest
from miniature import told

ORDER = [
    ("Patients were enrolled between 3 May 2019 and 30 June 2021.", "consistent"),
    ("Patients were enrolled between 3 May 2021 and 30 June 2019.", "impossible"),
    ("Patients were enrolled between 3 May 2021 and 2 May 2021.", "impossible"),
    ("Patients were enrolled between 3 May 2021 and May 2021.", "consistent"),
    ("Patients were enrolled from June 2021 to May 2021.", "impossible"),
    ("Patients were seen on 3 May 2021 and 30 June 2019.", ""),
    ("The two groups were enrolled between 3 May 2021 and 30 June 2019, respectively.", ""),
    ("Patients enrolled between 3 May 2021 and death before 30 June 2019 were counted.", ""),
]
PERIOD = [
    ("We enrolled patients from May 2018 to June 2019.\nPatients were enrolled from May 2018 to June 2019.",
     "consistent"),
    ("We enrolled patients from May 2018 to June 2019.\nPatients were enrolled from May 2018 to July 2019.",
     "not testable"),
    ("We enrolled patients from May 2018 to June 2019.\nPatients were enrolled from April 2018 to July 2019.", ""),
    ("We enrolled patients from May 2018 to June 2019.\nPatients were screened from May 2018 to July 2019.", ""),
    ("We enrolled patients from May 2018 to June 2019.\nPatients of the first phase were enrolled from May 2018 to "
     "July 2019.", ""),
    ("We enrolled patients from May 2018 to June 2019.", ""),
    ("We enrolled patients from May 2018 to June 2019.\nPatients were enrolled from May 2018 to July 2019.\n"
     "Patients were enrolled from May 2018 to August 2019.", ""),
]  # fmt: skip
SPAN = [
    ("The study ran over a 12-month period (from January 2018 to December 2018).", "consistent"),
    ("The study ran over a 24-month period (from January 2018 to December 2018).", "impossible"),
    ("The study ran over an approximately 13-month period (from January 2018 to December 2018).", "consistent"),
    ("The study ran over an approximately 20-month period (from January 2018 to December 2018).", "impossible"),
    ("The study ran from 1 January 2018 to 10 January 2018 (10 days).", "consistent"),
    ("The study ran from 1 January 2018 to 10 January 2018 (9 days).", "consistent"),
    ("The study ran from 1 January 2018 to 10 January 2018 (12 days).", "impossible"),
    ("The study ran from 1 January 2018 to 10 January 2018 (7 days).", "impossible"),
    ("The study ran from January 2018 to December 2019 (two years).", "consistent"),
    ("The study ran from January 2018 to December 2019 (three years).", "impossible"),
    ("The study ran from December 2019 to January 2018 (two years).", ""),
    ("The study ran from 31 February 2018 to 1 January 2019 (two years).", ""),
    ("The study ran from 1 January 2015 to 31 December 2017 (1,095 days).", "consistent"),
    ("The study ran from 1 January 2015 to 31 December 2017 (1,195 days).", "impossible"),
    ("The study ran from January 2018 to June 2019 (1.5 years).", "consistent"),
    ("The study ran from January 2018 to June 2019 (2.5 years).", "impossible"),
    ("Median follow-up was 30 months (from May 2010 to June 2019).", ""),
    ("Patients took it for 6 months from May 2010 to June 2019.", ""),
    ("It took 52 weeks (from 1 January 2018 to 31 December 2018).", "consistent"),
    ("It took 60 weeks (from 1 January 2018 to 31 December 2018).", "impossible"),
]
LISTED = [
    ("The scale has three domains (pain, function and mood).", "consistent"),
    ("The scale has four domains (pain, function and mood).", "not testable"),
    ("The scale has at least four domains (pain, function and mood).", ""),
    ("The scale has four domains (pain, function or mood).", ""),
    ("The scale has four domains (pain, function, mood).", ""),
    ("The scale has four domains (pain, function, mood, etc., and others).", ""),
    ("The scale has four domains (pain in 3, function and mood).", ""),
    ("The scale has one domains (pain, function and mood).", ""),
    ("We used 25 criteria (pain, function and mood).", ""),
    ("The scale has four domains: pain, function and mood.", "not testable"),
    ("The scale has three domains (pain, gait and balance, and mood).", "consistent"),
    ("The scale has four domains (pain, gait and balance, and mood).", "consistent"),
    ("The scale has five domains (pain, gait and balance, and mood).", "not testable"),
    ("There were three aims: (1) to treat, (2) to heal and (3) to comfort.", "consistent"),
    ("There were four aims: (1) to treat, (2) to heal and (3) to comfort.", "not testable"),
    ("There were four aims: (1) to treat, (2) to heal, (3) to comfort.", ""),
    ("There were four aims: (1) to treat, (3) to heal and (4) to comfort.", ""),
    ("Three patients (A, B and C) relapsed.", "consistent"),
    ("Four patients (A, B and C) relapsed.", "not testable"),
    ("In all, 11 participants (5, 3 and 3) relapsed.", ""),
    ("Four patients (1, 2 and 5) relapsed.", "not testable"),
    ("Eight patients (1, 2 and 5) relapsed.", ""),
]
HALF_LIVES = [
    ("With a half-life of 10 hours, 75% is eliminated after 20 hours.", "consistent"),
    ("With a half-life of 10 hours, 75% is eliminated after 11 hours.", "consistent"),
    ("With a half-life of 10 hours, 75% is eliminated after 8 hours.", "not testable"),
    ("With a half-life of 10 hours, 75% is eliminated after 39 hours.", "consistent"),
    ("With a half-life of 10 hours, 75% is eliminated after 50 hours.", ""),
    ("With a half-life of 10 hours, 100% is eliminated after 8 hours.", ""),
    ("With a half-life of 2 days, 75% is eliminated after 8 hours.", "not testable"),
    ("With a half-life of 2 days, 75% is eliminated after 4 days.", "consistent"),
    ("With a half-life of 10 hours or a half-life of 20 hours, 75% is eliminated after 8 hours.", ""),
    ("With a half-life of 10 hours, the drug is given after 8 hours.", ""),
]
PRODUCTS = [
    ("They received 60 Gy in 30 fractions of 2 Gy.", "consistent"),
    ("They received 54 Gy in 30 fractions of 2 Gy.", "impossible"),
    ("They received 54 Gy in 30 fractions of 1.8 Gy.", "consistent"),
    ("They received 54 Gy in thirty 2-Gy fractions.", "impossible"),
    ("They received about 57 Gy in 30 fractions of 2 Gy.", "impossible"),
    ("They received 54 Gy in approximately 30 fractions of 2 Gy.", ""),
    ("They received 30 fractions of 2 Gy (60 Gy).", "consistent"),
    ("They received 30 fractions of 2 Gy (total 54 Gy).", "impossible"),
    ("They took 50 mg twice daily (100 mg/day).", "consistent"),
    ("They took 50 mg twice daily (150 mg/day).", "impossible"),
    ("They took 50 mg three times daily (total daily dose of 150 mg).", "consistent"),
    ("They took 50 mg twice daily (150 mg).", ""),
    ("They took 100 mg/day (50 mg twice daily).", "consistent"),
    ("They took 150 mg/day (50 mg twice daily).", "impossible"),
    ("They took 100 mg in two divided doses of 50 mg.", "consistent"),
    ("They took 100 mg in three divided doses of 50 mg.", "impossible"),
    ("They had six 3-week cycles (18 weeks).", "consistent"),
    ("They had six 3-week cycles (24 weeks).", "impossible"),
    ("They had 6 cycles of 21 days (126 days).", "consistent"),
    ("They had 6 cycles of 21 days (120 days).", "impossible"),
    ("They had 6 cycles of 21 days (18 weeks).", ""),
    ("They received 51.3 Gy in 30 fractions of 1.7 Gy.", "consistent"),
    ("They received 52.6 Gy in 30 fractions of 1.7 Gy.", "impossible"),
]
ACCOUNT = "".join(
    f"[Methods] {text}\n"
    for text in (
        "Randomisation was done by computer.", "Patients gave consent in writing.", "Nurses kept the diaries.",
        "Blood was drawn in the morning.", "Sera were frozen at once.", "Forms were read by two clerks.",
        "Scans were read by two readers.", "Data were kept at the university.", "Tests were done in R.",
    )
)  # fmt: skip
"""A full account of methods, without a number."""


def stated(methods: str, *, before: str = "", behind: str = "") -> str:
    """Sentences of abstract, methods and results."""
    parts = [("Abstract", before), ("Methods", methods), ("Results", behind)]
    lines = [f"[{part}] {text.strip()}.\n" for part, texts in parts for text in texts.split(".") if text.strip()]
    return "".join(x for x in lines if x.startswith("[A")) + ACCOUNT + "".join(x for x in lines if x[1] != "A")


SOTALOL, AGED = "Patients received {} mg of sotalol.", "We included adults aged 18 to {} years."
DAILY = "Patients received {} mg of sotalol daily."
DESIGN = [
    (stated(SOTALOL.format(20), behind=SOTALOL.format(20)), "consistent"),
    (stated(SOTALOL.format(20), before=SOTALOL.format(30)), "not testable"),
    (stated(SOTALOL.format(20), behind=SOTALOL.format(30)), ""),  # what was given may be another dose
    (stated(SOTALOL.format(20), before="All p" + SOTALOL.format(20)[1:], behind=SOTALOL.format(30)), "not testable"),
    (stated(SOTALOL.format(20), before=SOTALOL.format(40)), ""),  # two tablets
    (stated(DAILY.format(20), before=DAILY.format(40)), "not testable"),
    (stated(SOTALOL.format(20), before=SOTALOL.format(30).replace("sotalol", "sotalol daily")), "not testable"),
    (stated(SOTALOL.format(20), before=SOTALOL.format(40).replace("sotalol", "sotalol daily")), ""),
    (stated(SOTALOL.format(20).replace("sotalol", "sotalol weekly"),
            before=SOTALOL.format(30).replace("sotalol", "sotalol daily")), ""),
    (stated(SOTALOL.format(20), before=SOTALOL.format(30).replace("sotalol", "placebo")), ""),
    (stated(SOTALOL.format(20) + "The dose was 30 mg later.", before=SOTALOL.format(30)), ""),
    (stated(SOTALOL.format(20).replace("received", "received up to"), before=SOTALOL.format(30)), ""),
    (stated(SOTALOL.format(20), before=SOTALOL.format(30)).replace(ACCOUNT, ""), ""),
    (stated(SOTALOL.format(20), before=SOTALOL.format(30)) + "| Sotalol 30 mg | All | n=3", ""),
    (stated(AGED.format(75), before=AGED.format(75)), "consistent, consistent"),
    (stated(AGED.format(75), before=AGED.format(70)), "consistent, not testable"),
    (stated(AGED.format(75), before=AGED.format(70).replace("included", "excluded")), ""),
    (stated(AGED.format(75), before=AGED.format(70).replace("adults", "adults as in other trials")), ""),
]  # fmt: skip
ADULTS = "Eligible patients were aged at least 18 years.\n"
ENTRY = [
    (ADULTS + "| Age | All | median=60 min=19 max=80 variable=age unit=years", "consistent, consistent"),
    (ADULTS + "| Age | All | median=60 min=18 max=80 variable=age unit=years", "consistent, consistent"),
    (ADULTS + "| Age | All | median=60 min=17 max=80 variable=age unit=years", "not testable, consistent"),
    (ADULTS + "| Age | All | median=60 min=17 max=80 variable=age unit=years subgroup=women", ""),
    (ADULTS + "| Age | All | median=60 min=17 max=80 variable=weight unit=kg", ""),
    (ADULTS + "| Age | All | median=60 min=17 max=80 variable=age timepoint=week_4", ""),
    ("Eligible patients were aged 18 to 75 years.\n| Age | All | min=19 max=80 variable=age",
     "consistent, not testable"),
    ("Eligible patients were aged 18 to 75 years.\n| Age | All | min=80 max=75 variable=age", "consistent, consistent"),
    ("Patients who were not eligible were aged at least 18 years.\n| Age | All | min=17 variable=age", ""),
    (ADULTS + "Eligible patients were aged at least 16 years.\n| Age | All | min=17 variable=age", ""),
    ("Eligible patients had an ECOG performance status of 0 to 2.\n| ECOG > 3 | All | n=2 variable=ecog category=3",
     "not testable"),
    ("Eligible patients had an ECOG performance status of 0 to 2.\n| ECOG > 3 | All | n=1 variable=ecog category=3",
     "not testable"),
    ("Eligible patients had an ECOG performance status of 0 to 2.\n| ECOG > 3 | All | n=0 variable=ecog category=3",
     ""),
    ("Eligible patients had an ECOG performance status of 0 to 2.\n| ECOG > 2 | All | n=2 variable=ecog category=2",
     "consistent"),
    ("Eligible patients had had one to three prior lines.\n| Lines | All | min=1 max=4 variable=prior_lines",
     "consistent, not testable"),
    ("Eligible patients had had two or more prior lines.\n| Lines | All | min=1 max=4 variable=prior_lines",
     "not testable, consistent"),
    ("Patients had to have received lenalidomide and bortezomib, as was required to enter.\n"
     "| Prior therapy > Lenalidomide | All | pct=100 variable=prior_therapy\n"
     "| Prior therapy > Bortezomib | All | pct=90.0 variable=prior_therapy", "consistent, not testable"),
    ("Patients had to have received lenalidomide and bortezomib, as was required to enter.\n"
     "| Prior therapy > Lenalidomide or thalidomide | All | pct=90.0 variable=prior_therapy", ""),
]  # fmt: skip
CHANGED = [
    ("Attacks fell from 45.2% to 32.1% (a decrease of 13.1%).", "consistent"),
    ("Attacks fell from 45.2% to 32.1% (a decrease of 29.0%).", "consistent"),  # of the value before
    ("Attacks fell from 45.2% to 32.1% (a decrease of 21.0%).", "impossible"),
    ("Attacks fell from about 45.2% to 32.1% (a decrease of 21.0%).", ""),
    ("Attacks fell from 45.2% to <32.1% (a decrease of 21.0%).", ""),
    ("In a previous study [7], attacks fell from 45.2% to 32.1% (a decrease of 21.0%).", ""),
    ("Weight fell from 80.0 kg to 60.0 kg (a decrease of 20.0 kg).", "consistent"),
    ("Weight fell from 80.0 kg to 60.0 kg (a decrease of 35.0 kg).", "not testable"),
    ("Weight fell from 0 kg to 60.0 kg (a 35% reduction).", ""),
    ("Attacks fell by 13.1%, from 45.2% to 32.1%.", "consistent"),
    ("Attacks fell by 21.0%, from 45.2% to 32.1%.", "impossible"),
    ("Attacks fell from 80 events to 60 events (a 25% reduction).", "consistent"),
    ("Attacks fell from 80 events to 60 events (a 35% reduction).", "impossible"),
    ("Attacks fell from 80 events to 60 events (a 35% reduction per year).", "not testable"),
]
DIRECTION = [
    ("The drug reduced the risk (hazard ratio, 0.70; 95% CI, 0.50 to 0.98).", "consistent"),
    ("The drug reduced the risk (hazard ratio, 1.70; 95% CI, 1.50 to 1.98).", "not testable"),
    ("The drug increased the risk (hazard ratio, 1.70).", "consistent"),
    ("The drug increased the risk (hazard ratio, 0.70).", "not testable"),
    ("The drug increased the risk (hazard ratio, 1.00).", "consistent"),
    ("The drug prolonged overall survival (hazard ratio, 0.70).", "consistent"),
    ("The drug prolonged overall survival (hazard ratio, 1.70).", "not testable"),
    ("The drug gave shorter overall survival (hazard ratio, 1.70).", "consistent"),
    ("The drug gave shorter overall survival (hazard ratio, 0.70).", "not testable"),
    ("The drug did not reduce the risk (hazard ratio, 1.70).", ""),
    ("The drug never reduced the risk (hazard ratio, 1.70).", ""),
    ("Lower risk patients did well (hazard ratio, 1.70).", ""),
    ("The drug reduced the risk, but not of stroke (hazard ratio, 1.70).", ""),
    ("The drug reduced the risk (placebo: hazard ratio, 1.70).", ""),
    ("The drug reduced the risk in 20 centres (hazard ratio, 1.70).", ""),
    ("In 20 centres the drug reduced the risk (hazard ratio, 1.70).", ""),
    ("The drug reduced the risk (hazard ratios, 1.70 and 0.80).", ""),
    ("The drug reduced the risk; the hazard ratio was 1.70.", ""),
    ("In a previous study [7], the drug reduced the risk (hazard ratio, 1.70).", ""),
]
DOSES = (
    "| Change, kg | Placebo | mean=-1.0\n| Change, kg | 5 mg | mean=-3.0\n| Change, kg | 10 mg | mean=-4.5\n"
    "| Change, kg | 20 mg | mean=-6.0\n| Difference from placebo | 5 mg | mean=-2.0\n"
)
REFERENCE = [
    (DOSES + "| Difference from placebo | 10 mg | mean=-3.5\n| Difference from placebo | 20 mg | mean=-5.0",
     "consistent, consistent, consistent"),
    (DOSES + "| Difference from placebo | 10 mg | mean=-3.5\n| Difference from placebo | 20 mg | mean=-4.0",
     "impossible"),
    (DOSES + "| Difference from placebo | 10 mg | mean=-3.5\n| Difference from placebo | 20 mg | mean=-5.2",
     ""),
    (DOSES + "| Difference from placebo | 10 mg | mean=-3.5", ""),
    (DOSES.replace("Difference", "Ratio") + "| Ratio from placebo | 10 mg | mean=-3.5\n"
     "| Ratio from placebo | 20 mg | mean=-4.0", ""),
]  # fmt: skip
TABLE = [
    (rule, text, said)
    for rule, cases in (
        ("date.order", ORDER), ("date.period", PERIOD), ("date.span", SPAN), ("count.listed", LISTED),
        ("dose.half_life", HALF_LIVES), ("dose.product", PRODUCTS), ("agreement.design", DESIGN),
        ("eligibility.vs_baseline", ENTRY), ("effect.change", CHANGED), ("effect.direction", DIRECTION),
        ("effect.reference", REFERENCE),
    )
    for text, said in cases
]  # fmt: skip


@pytest.mark.parametrize(("rule", "text", "said"), TABLE, ids=[f"{rule}-{i}" for i, (rule, _, _) in enumerate(TABLE)])
def test_sides_of_a_guard(rule: str, text: str, said: str) -> None:
    assert told(text, rule) == said
