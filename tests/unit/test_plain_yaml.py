"""YAML that people write: plain values, and what would unfold without end is refused at once, in words."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from auditable.intake_source import read_source
from auditable.model import AuditableError
from auditable.papers import load_paper
from auditable.plain_yaml import load_plain
from tests.papers_made import make_study

LAUGHS = "a0: &a0 [x, x]\n" + "".join(f"a{k}: &a{k} [{', '.join([f'*a{k - 1}'] * 9)}]\n" for k in range(1, 12))
"""Some 60 billion values when unfolded."""


def test_plain_values_come_as_they_are() -> None:
    text = "title: Tom & Jerry *\nyear: 2021\nlist: [a, {b: 1.5}]\nnone:\n"
    assert load_plain(text) == {"title": "Tom & Jerry *", "year": 2021, "list": ["a", {"b": 1.5}], "none": None}
    assert load_plain("") is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param(LAUGHS, "a name for a value", id="billion laughs"),
        pytest.param("a: &x 1\n", "a name for a value", id="a name alone"),
        pytest.param("a: *x\n", "a name for a value", id="nothing of this name"),
        pytest.param("a: {<<: &x {b: 1}}\n", "a name for a value", id="a name in a merge"),
        pytest.param("a: &x [*x]\n", "a name for a value", id="a list that holds itself"),
        pytest.param("[" * 5000, "deep", id="too deep"),
        pytest.param("a: 2021-13-45\n", "month", id="no such day"),
        pytest.param("a: !!python/name:os.system\n", "tag", id="an object"),
        pytest.param("a: [1\n", "expected", id="no YAML"),
    ],
)
def test_what_is_not_plain_is_refused(text: str, said: str) -> None:
    with pytest.raises(yaml.YAMLError, match=said):
        load_plain(text)


def test_a_paper_yaml_that_unfolds_without_end_is_told(tmp_path: Path) -> None:
    folder = make_study(tmp_path, "smith2021", b"%PDF-1.4 a stand-in")
    about = folder / "paper.yaml"
    about.write_text(about.read_text("utf-8") + LAUGHS, "utf-8")
    with pytest.raises(AuditableError, match=r"paper\.yaml.*in line \d+: a name for a value \(a0\)"):
        load_paper(folder)


def test_a_note_of_fetch_that_unfolds_without_end_is_told(tmp_path: Path) -> None:
    (tmp_path / "paper.source.yaml").write_text(LAUGHS, "utf-8")
    with pytest.raises(AuditableError, match="a name for a value"):
        read_source(tmp_path / "paper.pdf")
