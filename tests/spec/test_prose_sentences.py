"""A paragraph of results in, the table of its numbers out: what a reader would write down from each sentence."""

import pytest

from auditable.model import Box, Reading, Sentence
from auditable.prose import find_mentions

PARAGRAPH = {
    "Of 84 screened women, 60 (71.4%) were enrolled at 5 centres.": [
        ("n", "84", "women", "84"),
        ("n", "60", "", "60"),
        ("pct", "71.4", "%", "71.4%"),
        ("n", "5", "centres", "5"),
    ],
    "Their median age was 47 years (range, 21–79), and one third were smokers.": [
        ("median", "47", "years", "47"),
        ("min", "21", "years", "21"),
        ("max", "79", "years", "79"),
        ("pct", "33", "%", "one third"),
    ],
    "Relapse was rarer with the vaccine (12/30 vs 21/30; odds ratio 0.29, 95% CI 0.10–0.83; p = 0.02).": [
        ("n", "12", "", "12"),
        ("total", "30", "", "30"),
        ("n", "21", "", "21"),
        ("total", "30", "", "30"),
        ("or", "0.29", "", "0.29"),
        ("ci_level", "95", "%", "95%"),
        ("ci_low", "0.10", "", "0.10"),
        ("ci_high", "0.83", "", "0.83"),
        ("p", "0.02", "", "0.02"),
    ],
    "Mean weight fell by 3.7 kg (95% CI −6.1 to −1.3) in those ≥65 years (Table 2).": [
        ("value", "3.7", "kg", "3.7"),
        ("ci_level", "95", "%", "95%"),
        ("ci_low", "-6.1", "kg", "−6.1"),
        ("ci_high", "-1.3", "kg", "−1.3"),
        ("bound", "65", "years", "≥65"),
    ],
    "Median survival was not reached with grade 3 disease [14].": [("missing", "", "", "not reached")],
}


@pytest.mark.parametrize("text", PARAGRAPH)
def test_sentence(text: str) -> None:
    spans = ((0, len(text), 1, Box(0, 0, 100, 10)),)
    observations, _ = find_mentions(Reading("smith2020", (), (), (Sentence(text, "Results", "prose", 1, spans),)))
    columns = ["statistic", "value", "unit", "raw_text"]
    assert list(observations[columns].itertuples(index=False, name=None)) == PARAGRAPH[text]
