"""Every number of printed tables and of random sentences is in an observation or was left out with a reason."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditable.accounting import UNACCOUNTED, account, reject_left_over
from auditable.engine import read_tables
from auditable.model import Box, PageSize, Paper, Reading, Sentence
from auditable.observations import observe
from auditable.prose import find_mentions
from auditable.readers.pdfplumber_reader import read_pages
from tests.printed.printing import print_tables, random_print

N_TABLES = 12
BOX = Box(10, 20, 30, 40)
PARTS = [
    "the median was", "of", "patients", "versus", "hazard ratio", "(95% CI", "to", "p =", "mg daily", "months", "and",
    "CD38", "grade 3", "Table 2", "in 2019", "twice a week", "respectively", "(", ")", ",", "[12]", "at week 24",
]  # fmt: skip
NUMBERS = st.one_of(
    st.integers(0, 2000).map(str),
    st.decimals(0, 100, places=1).map(str),
    st.sampled_from(["three", "twenty-one", "12.5%", "<0.001", "0·7", "1,234", "≥ 6", "8/32"]),
)
SENTENCES = st.lists(st.one_of(NUMBERS, st.sampled_from(PARTS)), min_size=2, max_size=12).map(" ".join)


def unaccounted(reading: Reading) -> list[str]:
    paper = Paper(reading.study_id, *([__file__] * 2), "", "")  # type: ignore[arg-type]
    observed = observe(reading, paper)
    mentions, left_out = find_mentions(reading)
    rejected = [observed.rejected, left_out, reject_left_over(reading)]
    found = account(reading, pd.concat([observed.observations, mentions]), pd.concat(rejected))
    return found[found["outcome"] == UNACCOUNTED]["first_text"].tolist()


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    path = tmp_path_factory.mktemp("printed") / "tables.pdf"
    print_tables(path, [random_print(seed) for seed in range(N_TABLES)])
    return read_pages(path, list(range(1, N_TABLES + 1)))


def test_no_number_of_printed_tables_is_lost(pages) -> None:
    lost = {}
    for page in pages:
        tables = tuple(read_tables([page])[0])
        reading = Reading("s", (PageSize(page.number, page.width_pt, page.height_pt, False),), tables, ())
        if found := unaccounted(reading):
            lost[page.number - 1] = found
    assert lost == {}


@settings(max_examples=60, deadline=None)
@given(SENTENCES)
def test_no_number_of_a_sentence_is_lost(text: str) -> None:
    sentence = Sentence(text, "Results", "prose", 1, ((0, len(text), 1, BOX),))
    assert unaccounted(Reading("s", (PageSize(1, 595, 842, False),), (), (sentence,))) == []
