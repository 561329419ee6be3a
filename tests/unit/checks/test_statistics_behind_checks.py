"""The numbers that the rules on p values, levels, long forms and lists rest on, against worked or published values."""

from types import SimpleNamespace

import pytest
from hand_made import HandMadePaper, sentence_of
from scipy import stats

from auditable.blocks import read_studies
from auditable.checks.cited_numbers import _numbers
from auditable.checks.compared import ArmMean
from auditable.checks.count_listed import _count_items
from auditable.checks.long_forms import differing_words
from auditable.checks.p_words import declared_levels
from auditable.checks.short_forms import is_short_form
from auditable.checks.significance_tests import tests_of_counts as p_of_counts
from auditable.checks.significance_tests import tests_of_means as p_of_means
from auditable.checks.wald import p_range, quantile


def test_p_values_of_two_by_two_counts() -> None:
    """17 of 24 against 12 of 27: each test beside a second way to reckon it."""
    found = p_of_counts(((17, 12), (7, 15)))
    p1, p2 = 17 / 24, 12 / 27
    se = (p1 * (1 - p1) / 24 + p2 * (1 - p2) / 27) ** 0.5
    pooled = 29 / 51
    z = (p1 - p2) / (pooled * (1 - pooled) * (1 / 24 + 1 / 27)) ** 0.5
    assert found["z with unpooled variance"] == pytest.approx(2 * stats.norm.sf((p1 - p2) / se))
    assert found["χ²"] == pytest.approx(2 * stats.norm.sf(z))
    assert found["Fisher mid-p"] < found["Fisher"] < found["χ² with Yates's correction"] + 0.1
    assert found["Fisher, doubled one-sided"] >= found["Fisher"]


@pytest.mark.parametrize(
    ("rows", "tests"),
    [
        (((0, 0), (5, 7)), 0),  # nobody in one category
        (((5, 0), (7, 0)), 0),  # nobody in one arm
        (((5, 7, 9), (3, 2, 1)), 2),
        (((5, 7), (3, 2), (1, 1)), 2),
        (((5, 7), (3, 2)), 7),
        (((4000, 3000), (3000, 4000)), 4),  # exact tests are left out
        (((10, 10), (0, 0)), 0),
    ],
)
def test_which_tests_a_table_allows(rows: tuple[tuple[int, ...], ...], tests: int) -> None:
    found = p_of_counts(rows)
    assert len(found) == tests
    assert all(0 <= p <= 1 for p in found.values())


def test_equal_shares_of_all_are_no_difference() -> None:
    assert p_of_counts(((10, 10), (0, 0), (1, 1)))["χ²"] == pytest.approx(1)


def arms(*given: tuple[str, str, int], is_se: bool = False) -> list[ArmMean]:
    paper = HandMadePaper()
    for k, (mean, sd, _) in enumerate(given):
        paper.row("Age", column=f"Arm {k}", mean=mean, sd=sd)
    (study,) = read_studies(paper.frame(), {})
    return [
        ArmMean(cell.only("mean"), cell.only("sd"), n, is_se)
        for cell, (_, _, n) in zip(study.cells, given, strict=True)
    ]


def test_the_p_of_rounded_means_lies_in_the_range_that_their_rounding_allows() -> None:
    found = p_of_means(arms(("67.8", "8.3", 40), ("63.4", "9.1", 35)))
    low, high = found["t test"]
    exact = stats.ttest_ind_from_stats(67.8, 8.3, 40, 63.4, 9.1, 35).pvalue
    assert low < exact < high
    assert high < 1.3 * exact
    for means, sds in (((67.84, 63.36), (8.26, 9.06)), ((67.76, 63.44), (8.34, 9.14))):
        assert low <= stats.ttest_ind_from_stats(means[0], sds[0], 40, means[1], sds[1], 35).pvalue <= high


def test_means_that_may_be_the_same_allow_a_p_of_one() -> None:
    assert p_of_means(arms(("67.8", "8.3", 40), ("67.8", "9.1", 35)))["t test"][1] == pytest.approx(1)


def test_a_standard_error_is_made_a_deviation_first() -> None:
    given = (("67.8", "1.30", 40), ("63.4", "1.50", 35))
    low, high = p_of_means(arms(*given, is_se=True))["t test"]
    assert low < stats.ttest_ind_from_stats(67.8, 1.3 * 40**0.5, 40, 63.4, 1.5 * 35**0.5, 35).pvalue < high


@pytest.mark.parametrize("n_arms", [3, 6])
def test_several_arms_are_compared_by_an_analysis_of_variance(n_arms: int) -> None:
    given = [(str(60 + k), "9.0", 30) for k in range(n_arms)]
    low, high = p_of_means(arms(*given))["analysis of variance"]
    between = 30 * sum((k - (n_arms - 1) / 2) ** 2 for k in range(n_arms)) / (n_arms - 1)
    exact = stats.f.sf(between / 81, n_arms - 1, 29 * n_arms)
    assert 0 < low < exact < high < 1


@pytest.mark.parametrize(
    ("z", "sides", "expected"),
    [((1.96, 1.96), 2, (0.05, 0.05)), ((1.645, 2.576), 1, (0.005, 0.05)), ((0, 0), 2, (1, 1))],
)
def test_p_of_a_normal_deviate(z: tuple[float, float], sides: int, expected: tuple[float, float]) -> None:
    assert p_range(z, sides) == pytest.approx(expected, abs=1e-4)


@pytest.mark.parametrize(("level", "expected"), [(95, 1.95996), (90, 1.64485), (99, 2.57583)])
def test_the_quantile_of_a_level(level: float, expected: float) -> None:
    assert quantile(level) == pytest.approx(expected, abs=1e-5)


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("Age was compared.", (0.05, 0.05)),
        ("A two-sided significance level of 0.01 was used.", (0.01, 0.05)),
        ("P values below 0.1 were considered significant.", (0.05, 0.1)),
        ("The alpha was set at .025.", (0.025, 0.05)),
        ("An alpha of 0.9 was used.", (0.05, 0.05)),
    ],
)
def test_the_levels_that_a_paper_names(text: str, levels: tuple[float, float]) -> None:
    found = declared_levels(SimpleNamespace(text=[sentence_of(text)]))  # pyright: ignore[reportArgumentType]
    assert tuple(map(float, found)) == levels


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("tumour necrosis factor", "tumor necrosis factor", ((), ())),
        ("haemoglobin level", "hemoglobin level", ((), ())),
        ("randomised controlled trial", "randomized controlled trial", ((), ())),
        ("minor response", "minimal response", (("minor",), ("minimal",))),
    ],
)
def test_two_spellings_of_one_long_form_are_one(left: str, right: str, expected: tuple) -> None:
    assert differing_words(left, right, {}) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("DVd", True),
        ("sCR", True),
        ("Age", False),
        ("C", False),
        ("ICARIA-MM", True),
        ("ABCDEFGHIJKLMN", True),
        ("ABCDEFGHIJKLMNO", False),
        ("McGregor", True),
    ],
)
def test_what_looks_like_an_abbreviation(text: str, expected: bool) -> None:
    assert is_short_form(text) is expected


@pytest.mark.parametrize(
    ("listed", "expected"),
    [
        ("age, sex, and stage", (3, 3)),
        ("age, sex and stage", (3, 3)),
        ("age and stage", (1, 2)),
        ("age, sex", (0, 0)),
        ("age, head and neck cancer, and stage", (3, 4)),
    ],
)
def test_the_items_of_a_list(listed: str, expected: tuple[int, int]) -> None:
    assert _count_items(listed) == expected


@pytest.mark.parametrize(
    ("words", "expected"), [("[3]", [3]), ("[3–5, 8]", [3, 4, 5, 8]), ("[5–3]", []), ("[1,2]", [1, 2])]
)
def test_the_numbers_that_a_citation_names(words: str, expected: list[int]) -> None:
    assert list(_numbers(words)) == expected
