"""What many rules read of heads, labels and sentences: sizes of groups, dates, kinds of units, ways of rounding."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hand_made import sentence_of

from auditable.checks.named_dates import DATE, day_of, may_be_one_day
from auditable.checks.printed_tests import find_reported_tests
from auditable.checks.roster import patient_key
from auditable.checks.rounding_ways import way_of
from auditable.checks.short_forms import is_short_form, spells
from auditable.checks.study_facts import phases_in, sizes_in
from auditable.checks.survival_pooled import split_of
from auditable.checks.table_heads import head_size, is_of_table, without_size
from auditable.checks.table_lines import digits_of
from auditable.checks.unit_convert import sizes_of
from auditable.checks.unit_dimension import family_of
from auditable.checks.words import plain, without_counts
from auditable.rounding import Printed


@pytest.mark.parametrize(
    ("head", "size", "bare"),
    [
        ("Ozanib (N = 72)", 72, "Ozanib"), ("Ozanib (N = 72) > Any grade", 72, "Ozanib"), ("n=1,204", 1204, ""),
        ("All (n = 40) > Women (n = 12)", 12, ""), ("Women (n = 12) vs men (n = 20)", None, ""), ("Ozanib", None, ""),
        ("Dose (n = 1.5)", None, ""),
    ],
)  # fmt: skip
def test_the_n_of_a_head(head: str, size: int | None, bare: str) -> None:
    """As percent.head, percent.denominator and table.sum read it: the innermost head that prints one N."""
    assert head_size(head) == size
    assert not bare or without_size(head).split(" >")[0].strip() == bare


@pytest.mark.parametrize(
    ("section", "table", "belongs"),
    [("Table 2", "T2", True), ("Table 2", "T12", False), ("Notes", "T2", True), ("Table 2", "appendix", True)],
)
def test_notes_belong_to_a_table(section: str, table: str, belongs: bool) -> None:
    """As unit.missing and count.bounds ask."""
    assert is_of_table(section, table) is belongs


@pytest.mark.parametrize(
    ("text", "sizes", "phases"),
    [
        ("In 32 heavily pretreated patients of a phase 1/2 trial", {32}, {1, 2}),
        ("1,204 women in phase III", {1204}, {3}),
        ("32.5 patients, 12–14 men, 5 of 7 cases in phase IIb", {5}, {2}),
        ("32 lesions in phase 5", set[int](), set[int]()),
        ("12 adults and 14 very old and frail people", {12, 14}, set[int]()),
    ],
)  # fmt: skip
def test_sizes_and_phases_that_a_sentence_names(text: str, sizes: set[int], phases: set[int]) -> None:
    """As words.largest, citation.cross_study and agreement.design read them."""
    assert sizes_in(text) == sizes
    assert phases_in(text) == phases


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("3 May 2019", "May 3, 2019", True), ("3 May 2019", "May 2019", True), ("3 May 2019", "4 May 2019", False),
        ("May 2019", "May 2018", False), ("Sept 2019", "September 2019", True),
        ("1st of Dec 2019", "Dec 1, 2019", True),
        ("May 2019", "June 2019", False), ("May 2019", "2 May 2019", True),
    ],
)  # fmt: skip
def test_two_dates_may_be_one_day(left: str, right: str, same: bool) -> None:
    """As agreement.definition, date.span and date.period compare them."""
    one, other = (DATE.search(text) for text in (left, right))
    assert one is not None
    assert other is not None
    assert may_be_one_day(day_of(one), day_of(other)) is may_be_one_day(day_of(other), day_of(one)) is same


@pytest.mark.parametrize(
    ("label", "key"),
    [("Patient 3", "3"), ("3.", "3"), ("pt no. 4", "4"), ("UPN 12", "12"), ("iv", "IV"), ("5 (female)", "5"),
        ("#7", "7")],
)  # fmt: skip
def test_the_bare_name_of_a_patient(label: str, key: str) -> None:
    """As individual.who, individual.value and individual.listed name patients."""
    assert patient_key(label) == key


@pytest.mark.parametrize(
    ("exact", "value", "decimals", "words", "custom"),
    [
        ("43.75", "43.7", 1, "which is an exact half rounded down", True),
        ("0.045", "0.1", 1, "the smallest share that is not 0.0", True),
        ("36.496", "37", 0, "which is rounded twice (by way of 36.5) instead of once", False),
        ("36.8", "36", 0, "which is cut off instead of rounded", False),
        ("36.2", "37", 0, "which is rounded up instead of down", False),
        ("0.13", "0.2", 1, "which is rounded up instead of down", False),
    ],
)
def test_how_a_percentage_was_rounded(exact: str, value: str, decimals: int, words: str, custom: bool) -> None:
    """As percent.of_n tells it."""
    way = way_of(Fraction(exact), Printed(Fraction(value), decimals))
    assert (way.words, way.is_custom) == (words, custom)


@pytest.mark.parametrize(
    ("unit", "family"),
    [
        ("kg", "mass"), ("cm", "length"), ("mmHg", "pressure"), ("bpm", "rate"), ("kg/m2", "mass per area"),
        ("%", "share"),
        ("mmol/L", "concentration"), ("10^9/L", "count per volume"), ("/uL", "count per volume"), ("cells/uL",
        "count per volume"), ("g/dL", "concentration"), ("mg/kg", ""), ("L", "volume"), ("points", ""), ("g/h", ""),
    ],
)  # fmt: skip
def test_what_a_unit_measures(unit: str, family: str) -> None:
    """As unit.dimension asks."""
    assert family_of(unit) == family


@pytest.mark.parametrize(
    ("unit", "dimension", "size"),
    [
        ("kg", "mass", 1000), ("weeks", "time", 7), ("mL/h", "volume per time", 24), ("mg/kg", None, 0),
        ("°C", "temperature",
        None), ("months", "time", 30), ("furlongs", None, 0), ("inch", "length", 2.54), ("mg/furlong", None, 0),
        ("feet", "length", 30.48), ("mL/min/kg", None, 0),
    ],
)  # fmt: skip
def test_the_size_of_a_unit(unit: str, dimension: str | None, size: float | None) -> None:
    """As unit.convert and unit.dimension turn one into another."""
    found = sizes_of(unit)
    assert (found[1] if found else None) == dimension
    if found and size is not None:
        assert float(next(iter(found[2].values()))) == pytest.approx(size)


@pytest.mark.parametrize(
    ("label", "bare"),
    [
        ("Age, n (%)", "age"), ("Women (%)", "women"), ("Women, no. (%)*", "women"), ("Age (years)", "age (years)"),
        ("Ozanib (n = 40)", "ozanib"), ("All† n/N (%)", "all"), ("%", ""),
    ],
)  # fmt: skip
def test_a_label_without_its_counts(label: str, bare: str) -> None:
    """As summary.vs_categories, categories.sum and percent.splits compare labels."""
    assert plain(label) == bare
    assert without_counts(label).lower() == bare


@pytest.mark.parametrize(
    ("subgroup", "split"),
    [
        ("Age: ≥65 years", ("age", "≥65 years")), ("Age <65", ("age", "<65")), ("Sex: male", ("sex", "male")),
        ("Age 65–74", ("age", "65–74")), ("male", ("", "male")),
    ],
)  # fmt: skip
def test_the_trait_that_tells_a_part(subgroup: str, split: tuple[str, str]) -> None:
    """As survival.pooled joins the parts of one trait."""
    assert split_of(subgroup) == split


@pytest.mark.parametrize(
    ("short", "words", "is_short", "spelt"),
    [
        ("PFS", "progression free survival", True, True), ("OS", "overall survival", True, True), ("sCR",
        "stringent complete response", True, True), ("Os", "overall survival", False, False),
        ("PFS", "free survival", True,
        False), ("AEs", "adverse events", True, True), ("BMI", "body weight", True, False),
        ("QoL", "quality of life", True,
        True), ("MRI", "magnetic imaging", True, False), ("VERYLONGSHORTFORM", "very", False, False),
    ],
)  # fmt: skip
def test_short_forms_and_what_they_stand_for(short: str, words: str, is_short: bool, spelt: bool) -> None:
    """As agreement.definition finds them."""
    assert is_short_form(short) is is_short
    assert spells(short, words.split()) is spelt


@pytest.mark.parametrize(
    ("size", "window", "digits"), [(100, 1, 2), (100, 0.1, 3), (0.5, 1, 0), (0, 1, 0), (5, 0, 0), (10, 10, 0)]
)
def test_digits_that_an_accident_must_get_right(size: float, window: float, digits: float) -> None:
    """As table.sum and table.ratio weigh a proof."""
    assert digits_of(size, window) == pytest.approx(digits)


@pytest.mark.parametrize(
    ("text", "shown", "says"),
    [
        ("t(58) = −2.45, p = .017", "t(58) = -2.45", "p = 0.017"),
        ("F(2, 58) = 3.1; p < .05", "F(2, 58) = 3.1", "p < 0.05"),
        ("(F = 4.5; df = 1.87; p = .02)", "F(1, 87) = 4.5", "p = 0.02"), ("χ²(1, N = 214) = 4.28, p ≤ .04",
        "χ²(1) = 4.28", "p <= 0.04"), ("Z = 1.44, P value = 0·15", "z = 1.44", "p = 0.15"), ("t = 2, df = 8, p > .5",
        "t(8) = 2", "p > 0.5"),
    ],
)  # fmt: skip
def test_a_test_as_it_is_shown(text: str, shown: str, says: str) -> None:
    """As test.reported and test.effect_size read it."""
    (found,) = find_reported_tests((sentence_of(f"Mood differed, {text}."),))
    assert (found.shown, found.says) == (shown, says)
    assert found.is_df_sure is ("1.87" not in text)
    assert found.sentence.text[found.p_start : found.p_end].strip(".0·") in text
