"""The comparison with the keyed truth forgives typesetting and nothing else."""

from __future__ import annotations

import pandas as pd
import pytest

from tests.meaning.keyed import FIELDS, is_same, right_fields
from tests.meaning.layouts import COMPARED, compare_prints, differing_fields, pair_up


@pytest.mark.parametrize(
    ("name", "wanted", "found"),
    [
        ("category", "≥ 65", "≥65"),
        ("category", "65–74 years", "65-74 years"),
        ("category", "Anemia", "anaemia"),
        ("arm", "Drug A 20 mg", "Drug A 20 mg (n = 31)"),
        ("arm", "TRIAL Drug A", "TRIAL > Drug A"),
        ("arm", "none | Drug A", ""),
        ("subgroup", "washout ≥6 months", "patients with a washout of ≥ 6 months"),
        ("subgroup", "* VGPR", "at least VGPR after 3 cycles"),
        ("event_kind", "serious; related to drug", "related to drug; serious"),
        ("patient", "III", "patient III"),
        ("variable", "pfs | os", "os"),
        ("timepoint", "*", "week 12"),
    ],
)
def test_said_in_another_way(name: str, wanted: str, found: str) -> None:
    assert is_same(name, wanted, found)


@pytest.mark.parametrize(
    ("name", "wanted", "found"),
    [
        ("category", "≥ 65", "> 65"),
        ("category", "<65", "≥65"),
        ("category", "", "female"),
        ("category", "female", ""),
        ("arm", "Drug A 20 mg", "Drug A 10 mg"),
        ("arm", "none | Drug A", "Drug B"),
        ("subgroup", "washout ≥6 months", "washout < 6 months"),
        ("subgroup", "≥6 vs < 6", "≥ 6"),
        ("subgroup", "frail", "frail, aged ≥ 75"),
        ("subgroup", "", "frail"),
        ("event_kind", "serious", "serious; fatal"),
        ("patient", "II", "III"),
        ("grade", ">=3", "3-4"),
    ],
)
def test_said_wrongly(name: str, wanted: str, found: str) -> None:
    assert not is_same(name, wanted, found)


def test_a_place_may_be_said_in_either_way_but_not_half_in_each() -> None:
    blank = dict.fromkeys(FIELDS, "")
    ways = [
        blank | {"variable": "refractory_status", "category": "drug A"},
        blank | {"variable": "drug_a_refractory", "category": "yes"},
    ]
    assert all(right_fields(ways, blank | {"variable": "drug_a_refractory", "category": "yes"}).values())
    mixed = right_fields(ways, blank | {"variable": "drug_a_refractory", "category": "drug A"})
    assert [name for name, right in mixed.items() if not right] in (["variable"], ["category"])


def test_prints_agree_on_what_both_say_and_every_difference_is_told() -> None:
    row = dict.fromkeys(COMPARED, "") | {"source": "table", "table_id": "T1", "stub_path": "Age", "value": "67"}
    other = row | {"stub_path": "Sex"}
    first, second = pd.DataFrame([row, row, other]), pd.DataFrame([row, row | {"value": "68"}, other])
    (agreement,) = compare_prints(first, second)
    assert (agreement.n_same, agreement.n_all) == (2, 3)
    ((one, two),) = pair_up(agreement)
    assert one is not None
    assert two is not None
    assert differing_fields(one, two) == {"value": ("67", "68")}
