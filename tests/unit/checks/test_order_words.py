"""words.order: words that put two numbers in order are accused only where nothing else could be meant."""

import pytest
from hand_made import HandMadePaper

RULE = "words.order"


@pytest.mark.parametrize(
    "sentence",
    [
        "Relapse was less frequent after surgery than after casting (31.0% vs 12.5%).",
        "Median stay was longer in the brace group than in the cast group (4.0 days vs 6.5 days; p = 0.01).",
        "More women than men were smokers, and pain was higher in women than in men (3.1 versus 4.2).",
        "The rate of infection fell from 8.1% to 12.4% after the programme.",
        "Mean systolic pressure increased from 141 mmHg to 129 mmHg.",
        "The most common event was cough (22.0%), followed by rash (31.0%) and fever (11.0%).",
        "Events that occurred in at least 10% of patients were cough (22.0%), rash (12.0%) and fever (8.0%).",
    ],
)
def test_what_is_in_the_wrong_order_is_accused(paper: HandMadePaper, sentence: str) -> None:
    assert paper.read(sentence).verdicts(RULE).count("impossible") == 1


@pytest.mark.parametrize(
    "sentence",
    [
        "Relapse was less frequent after surgery than after casting (12.5% vs 31.0%).",
        "Relapse was as rare after surgery, and not higher than after casting (12.5% vs 10.0%).",
        "Relapse was lower after surgery than after casting (casting 31.0% vs surgery 12.5%).",
        "Relapse was higher in patients older than 60 years than in the young (12.5% vs 31.0%).",
        "Pain was lower after surgery than after casting (3.1 vs 3.1).",
        "Pain fell more after surgery than after casting and was greater before than after (−3.1 vs −1.2).",
        "Deaths decreased from 3 months to 12 months of follow-up.",
        "Deaths fell from 1990 to 2015.",
        "The dose was reduced from 2 g to 500 mg.",
        "Median pain fell from 5 (range 2 to 9) to 3 points.",
        "The most common event was cough (22.0%), followed by rash (22.0%); any event was seen in 61%.",
        "Events in at least 10% of patients were cough (22.0%) and rash (12.0%), with grade 3 rash in one (2.0%).",
        "Events in at least 10% of patients in either group were cough (8.0% vs 12.0%) and rash (12.0% vs 3.0%).",
    ],
)
def test_what_may_be_meant_otherwise_is_left_alone(paper: HandMadePaper, sentence: str) -> None:
    assert not {"impossible", "rounding"} & set(paper.read(sentence).verdicts(RULE))
