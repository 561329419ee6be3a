"""Labels that no entry explains: counted once each, with the nearest entries; known labels are not listed."""

from auditable.unknown_labels import list_unknown_labels
from tests.unit.frames_made import observations


def test_labels_without_a_variable_are_listed_with_what_is_near() -> None:
    read = observations(
        {"observation_id": "1", "stub_path": "Blood > Haemoglobinn", "variable": ""},
        {"observation_id": "2", "stub_path": "Blood > Haemoglobinn", "variable": ""},
        {"observation_id": "3", "stub_path": "Age", "variable": "age"},
    )
    listed = list_unknown_labels(read)
    assert list(listed["label"]) == ["Blood > Haemoglobinn"]
    assert list(listed["n_observations"]) == [2]
    assert "hemoglobin" in listed["nearest"].iloc[0]


def test_nothing_unknown_gives_an_empty_frame() -> None:
    assert list_unknown_labels(observations({"stub_path": "Age", "variable": "age"})).empty
