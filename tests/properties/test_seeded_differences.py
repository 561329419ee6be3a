"""Seeded differences between gold and reading get their right name, as one discrepancy; none is called equal."""

from tests.differences.measure import judge, load_bases, seed

EACH, FIRST = 4, 700
LEAST_NAMED = 0.95


def test_seeded_differences_are_named_and_one_cause_is_one_discrepancy() -> None:
    judged = [judge(base, seeded) for base, seeded in seed(load_bases(), EACH, FIRST)]
    assert len(judged) >= 60
    assert [j.seeded.what for j in judged if j.is_equal] == []
    for holds in ([j.is_named for j in judged], [j.is_one for j in judged]):
        assert sum(holds) / len(judged) >= LEAST_NAMED
