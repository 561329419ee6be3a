"""Guards of the rules on effects told in words and on numbers needed to treat: either side of each, in miniature."""

import pytest
from miniature import told

HR = "(hazard ratio, 0.70; 95% CI, 0.50 to 0.98)"
WORDS = [
    (f"The drug gave a 30% reduction in the risk of death {HR}.", "consistent"),
    (f"The drug gave a 40% reduction in the risk of death {HR}.", "impossible"),
    ("The drug gave a 30% increase in the risk of death (hazard ratio, 1.30).", "consistent"),
    ("The drug gave a 30% increase in the risk of death (hazard ratio, 1.60).", "impossible"),
    ("The drug gave a 30% reduction in the risk of death (hazard ratio, 1.43).", "consistent"),  # the other way round
    (f"The drug reduced the risk of death by 30% {HR}.", "consistent"),
    (f"The drug reduced the risk of death by 33% {HR}.", "impossible"),
    (f"The drug reduced the risk of death by about 33% {HR}.", "consistent"),
    (f"The drug reduced the risk of death by about 50% {HR}.", "impossible"),
    (f"The drug gave a more than 40% reduction in the risk of death {HR}.", ""),
    (f"A 40% reduction in the risk was assumed; death was rarer {HR}.", ""),
    (f"A 40% reduction in the risk of stroke was seen, but death was rarer {HR}.", ""),
    (f"In a previous study [7], the drug gave a 40% reduction in the risk of death {HR}.", ""),
    ("The drug gave a 40% reduction in the risk of death (hazard ratio, <0.70).", ""),
    ("The drug gave a 40% reduction in the risk of death.", ""),
    ("Smokers had a twofold risk of death (odds ratio, 2.10).", "consistent"),
    ("Smokers had a two-fold higher risk of death (odds ratio, 3.10).", "consistent"),
    ("Smokers had a three-fold risk of death (odds ratio, 2.10).", "impossible"),
    ("Smokers were twice as likely to die (odds ratio, 2.10).", "consistent"),
    ("Smokers were three times as likely to die (odds ratio, 2.10).", "impossible"),
    ("Smokers were 2.1 times as likely to die (odds ratio, 2.10).", "consistent"),
    ("Smokers were 2.3 times as likely to die (odds ratio, 2.10).", "impossible"),
    ("The drug halved the risk of death (hazard ratio, 0.52).", "consistent"),
    ("The drug halved the risk of death (hazard ratio, 0.72).", "impossible"),
    ("The drug doubled the risk of death (hazard ratio, 2.40).", "consistent"),
    ("The drug doubled the risk of death (hazard ratio, 3.10).", "impossible"),
    ("The drug tripled the risk of death (hazard ratio, 3.10).", "consistent"),
    ("The hazard ratio for death was 0.70, a 30% reduction in the risk.", "consistent"),
    ("The hazard ratio for death was 0.70, a 40% reduction in the risk.", "impossible"),
    ("The hazard ratio for death was 0.70, and a 40% reduction in the risk of stroke was seen.", ""),
]
NNT = [
    ("The absolute risk reduction was 10.0%, and the number needed to treat was 10.", "consistent"),
    ("The absolute risk reduction was 10.0%, and the number needed to treat was 20.", "impossible"),
    ("The absolute risk reduction was 10.0%, and the number needed to treat was 9.", "consistent"),
    ("The absolute risk reduction was 10.0%, and the number needed to treat was 8.", "impossible"),
    ("The absolute risk reduction was 10.0%, and the number needed to treat was 12.", "impossible"),
    ("The adjusted absolute risk reduction was 10.0%, and the number needed to treat was 20.", ""),
    ("Death occurred in 20.0% and 10.0% (number needed to treat, 10).", "consistent"),
    ("Death occurred in 20.0% and 10.0% (number needed to treat, 15).", "impossible"),
    ("Death occurred in 20.0% versus 10.0% (number needed to harm, 15).", "impossible"),
    ("Of the 20.0% with diabetes, 10.0% died (number needed to treat, 15).", ""),
    ("Death occurred in 20.0%, 15.0% and 10.0% (number needed to treat, 15).", ""),
    ("Death occurred in 20.0% and 10.0% (number needed to treat, 1).", ""),
    ("Death occurred in 20.0% and 10.0% (number needed to treat, >15).", ""),
    ("Death occurred in 10.0% and 10.0% (number needed to treat, 1500).", "consistent"),
    ("Death occurred in 10.0% and 10.0% (number needed to treat, 500).", "impossible"),
    ("Death occurred in 20.0% and 10.0%; 15 patients needed to be treated.", "impossible"),
    ("In a previous study [7], death occurred in 20.0% and 10.0% (number needed to treat, 15).", ""),
    ("| Death | A | n=20 total=100\n| Death | B | n=10 total=100\n"
     "The relative risk was 2.00 (95% CI 0.99 to 4.05; number needed to treat, 10).", "consistent"),
    ("| Death | A | n=20 total=100\n| Death | B | n=10 total=100\n"
     "The relative risk was 2.00 (95% CI 0.99 to 4.05; number needed to treat, 20).", "impossible"),
    ("| Death | A | n=20 total=100\n| Death | B | n=10 total=100\n"
     "The relative risk was 2.00 (95% CI 0.89 to 4.05; number needed to treat, 20).", ""),
]  # fmt: skip
STAY = "| Hospital stay | A | mean=8.4 unit=days\n| Hospital stay | B | mean=5.2 unit=days\n"
TOLD = [
    (STAY + "Hospital stay was shorter by 3.2 days with the drug.", "consistent"),
    (STAY + "Hospital stay was shorter by 3.3 days with the drug.", "consistent"),
    (STAY + "Hospital stay was shorter by 2.3 days with the drug.", "impossible"),
    (STAY + "Hospital stay was shorter by 7.7 days with the drug.", ""),
    (STAY + "Hospital stay was shorter by 5.2 days with the drug.", "consistent"),
    (STAY + "Hospital stay was shorter by more than 2.3 days with the drug.", ""),
    (STAY + "Hospital stay was shorter by 2.3 weeks with the drug.", ""),
    (STAY + "Stroke care was shorter by 2.3 days with the drug.", ""),
    (STAY + "The adjusted hospital stay was shorter by 2.3 days with the drug.", ""),
    (STAY + "In a previous study [7], hospital stay was shorter by 2.3 days with the drug.", ""),
    (STAY + "Means were compared by ANCOVA.\nHospital stay was shorter by 2.3 days with the drug.", ""),
    (STAY + "Hospital stay was 2.3 days shorter with the drug than with placebo.", "impossible"),
    (STAY + "Hospital stay was 8.4 days and was shorter by 2.3 days with the drug.", ""),
    (STAY.replace("Hospital stay", "Adjusted hospital stay") + "Hospital stay was shorter by 2.3 days.", ""),
    (STAY + "| Hospital stay | C | mean=9.4 unit=days\nHospital stay was shorter by 2.3 days with the drug.",
     "impossible"),
    (STAY + "| Hospital stay | C | mean=9.4 unit=days\n| Hospital stay | D | mean=6.4 unit=days\n"
     "Hospital stay was shorter by 2.3 days with the drug.", ""),
]  # fmt: skip
TABLE = [
    (rule, text, said)
    for rule, cases in (("effect.words", WORDS), ("effect.nnt", NNT), ("effect.told", TOLD))
    for text, said in cases
]


@pytest.mark.parametrize(("rule", "text", "said"), TABLE, ids=[f"{rule}-{i}" for i, (rule, _, _) in enumerate(TABLE)])
def test_sides_of_a_guard(rule: str, text: str, said: str) -> None:
    assert told(text, rule) == said
