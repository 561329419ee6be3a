"""Whatever a cell prints and whatever stands around it: its numbers are all in its statistics, or it is rejected."""

import re
from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from auditable.printed_text import tidy
from tests.unit.tables_drawn import draw_table, observe_tables

NUMBERS = st.one_of(st.integers(0, 999).map(str), st.decimals(0, 999, places=1).map(str))
FORMS = (
    *("{}", "{}%", "{} ({})", "{} ({}%)", "{} ± {}", "{} ({}–{})", "{} ({}–{}), p = 0.{}", "n={}, {} ({})"),
    *("{} ({}) {}", "{} ({}) [{}]", "{} ({}, {}%)", "{}/{} ({})", "{}/{}", "{}/{}/{}", "{}:{}", "{}, {} ({}–{})"),
    *("{} ({}) [{}–{}]", "{} events in {} patients", "NR [{} ({}–{})]", "{} (–)", "< {}", "{} (<{})", "P = 0.{}"),
)
CELLS = st.builds(
    lambda template, numbers: template.format(*numbers),
    st.sampled_from(FORMS),
    st.lists(NUMBERS, min_size=5, max_size=5),
)
LABELS = st.sampled_from(
    ["Age, mean (SD)", "Age (years)", "n (%)", "Median (IQR)", "No, median (range)", "M/F", "HR (95% CI)", "Events", ""]
)
HEADS = st.sampled_from(["Drug (n = 40)", "n (%)", "n (%) [events]", "Mean", "P value", "β (95% CI)", "Drug", "SD"])
CAPTIONS = st.sampled_from(["", "Values are mean (SD) or n (%)", "Values are numbers, means (SD)", "Events (%)"])


@settings(max_examples=150, deadline=None)
@given(CELLS, LABELS, HEADS, CAPTIONS)
def test_numbers_of_a_cell_are_kept_or_the_cell_is_rejected(cell: str, label: str, head: str, caption: str) -> None:
    observed = observe_tables(draw_table([["", head]], [("Other", ["3 (7.5)"]), (label or "Row", [cell])], caption))
    rows = [o for o in observed.observations.to_dict("records") if o["row"] == 1]
    printed = Counter(re.findall(r"\d+(?:\.\d+)?", tidy(cell)))
    kept = Counter(n for o in rows for n in re.findall(r"\d+(?:\.\d+)?", tidy(str(o["value"]))))
    assert not kept - printed  # no number that is not printed
    is_rejected = not observed.rejected.empty and cell in observed.rejected["raw_text"].tolist()
    assert is_rejected or not printed - kept
