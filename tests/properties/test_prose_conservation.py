"""Every figure of a sentence is in a mention or in an aside, once, and no number is invented."""

import re
from decimal import Decimal
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from auditable.asides import blank_asides, find_asides
from auditable.mentions import name_statistics
from auditable.quantities import find_quantities

FIGURES = st.builds(
    lambda whole, part, mark: f"{whole}{part}{mark}",
    st.integers(0, 9999).map(str),
    st.sampled_from(["", ".5", ".04", "·7"]),
    st.sampled_from(["", "%", " %", " months", " patients", " mg/kg", "-year", "/40"]),
)
LABELS = [
    "median",
    "of",
    "was",
    "and",
    "vs",
    "95% CI",
    "HR",
    "p =",
    "grade",
    "Table",
    "to",
    "range",
    "CD",
    "in",
    "March",
]
MARKS = ["(", ")", "[", "]", "–", ",", ";", "<", "≥", "±", "n ="]
WORDS = ["three", "half", "at least", "respectively", "mean", "one"]
SENTENCES = st.lists(st.one_of(FIGURES, st.sampled_from([*LABELS, *MARKS, *WORDS])), min_size=1, max_size=12).map(
    " ".join
)
FIGURE = re.compile(r"\d+(?:[.·]\d+)?")


@settings(max_examples=100, deadline=None)
@given(SENTENCES)
def test_counts_in_are_counts_out(text: str) -> None:
    asides = find_asides(text)
    blanked = blank_asides(text, asides)
    outside = [
        q for q in find_quantities(blanked, text) if not any(q.start < a.end and q.end > a.start for a in asides)
    ]
    mentions = name_statistics(blanked, outside)
    assert all(bool(m.statistic) != bool(m.reason) for m in mentions)
    spans = sorted([(m.quantity.start, m.quantity.end) for m in mentions] + [(a.start, a.end) for a in asides])
    assert all(first[1] <= second[0] for first, second in pairwise(spans))
    for match in FIGURE.finditer(text):
        assert any(start <= match.start() and match.end() <= end for start, end in spans), match[0]


@settings(max_examples=100, deadline=None)
@given(st.decimals(min_value=0, max_value=999, places=2), st.sampled_from(["Median age was {} years.", "It was {}%."]))
def test_a_printed_number_is_read_back(number: Decimal, frame: str) -> None:
    text = frame.format(number)
    assert [(q.value, q.decimals) for q in find_quantities(text, text)] == [(str(number), 2)]
