"""Studies in any order give the same bytes; an unrelated paper changes nothing in the files and findings of others."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from reportlab.pdfgen.canvas import Canvas

from auditable.curate import StudyResult, curate_study
from auditable.model import Box, Reading, Sentence
from auditable.papers import load_paper
from auditable.publish import publish
from auditable.settings import Settings
from auditable.store import write_study
from tests.articles.compose import article_of
from tests.articles.made_reading import made_reading
from tests.papers_made import GOLD, make_study

SEEDS = {"adler2001": 8, "berger2001": 1, "corvin2001": 14}
"""Made articles, small ones; the first cites the second, and nobody the third."""
CITING = "Of the patients of Berger et al. (2001), 999 were treated and 12.5% responded."
UNRELATED = "corvin2001"


@pytest.fixture(scope="module")
def studies(tmp_path_factory: pytest.TempPathFactory) -> dict[str, StudyResult]:
    raw = tmp_path_factory.mktemp("order") / "raw"
    return {study_id: _curate(raw, study_id, seed) for study_id, seed in SEEDS.items()}


@pytest.fixture(scope="module")
def published(studies: Mapping[str, StudyResult], tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _publish(tmp_path_factory.mktemp("all") / "curated", list(studies.values()))


def _curate(raw: Path, study_id: str, seed: int) -> StudyResult:
    reading = replace(made_reading(article_of(seed)), study_id=study_id)
    folder = make_study(raw, study_id, _pdf(reading), GOLD)
    about = folder / "paper.yaml"
    about.write_text(about.read_text("utf-8").replace("Maker A.", f"{study_id[:-4].title()} A."), encoding="utf-8")
    if seed == SEEDS["adler2001"]:
        reading = _citing(reading)
    return curate_study(load_paper(folder), reading)


def _pdf(reading: Reading) -> bytes:
    """Empty pages of the sizes that the reading has."""
    stream = io.BytesIO()
    canvas = Canvas(stream, invariant=1)
    for page in reading.pages:
        canvas.setPageSize((page.width_pt, page.height_pt))
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def _citing(reading: Reading) -> Reading:
    spans = ((0, len(CITING), 1, Box(10, 700, 500, 709)),)
    return replace(reading, sentences=(*reading.sentences, Sentence(CITING, "Discussion", "prose", 1, spans)))


def _publish(curated: Path, results: Sequence[StudyResult]) -> Path:
    for result in results:
        write_study(curated, result.paper.study_id, result.reading, result.frames)
    publish(curated, [r.paper for r in results], (), Settings())
    return curated


def _files(curated: Path) -> dict[str, bytes]:
    return {str(p.relative_to(curated)): p.read_bytes() for p in sorted(curated.rglob("*")) if p.is_file()}


def test_studies_in_any_order_give_the_same_bytes(
    studies: Mapping[str, StudyResult], published: Path, tmp_path: Path
) -> None:
    first, second = _files(published), _files(_publish(tmp_path / "curated", list(studies.values())[::-1]))
    assert len(first) > 3 * 5
    assert first.keys() == second.keys()
    assert [name for name in first if first[name] != second[name]] == []


def test_an_unrelated_paper_changes_nothing_in_the_others(
    studies: Mapping[str, StudyResult], published: Path, tmp_path: Path
) -> None:
    others = [r for study_id, r in studies.items() if study_id != UNRELATED]
    without = _publish(tmp_path / "curated", others)
    first, second = _files(without), _files(published)
    own = {name for name in first if name.partition("/")[0] in studies}
    assert own == {name for name in second if name.partition("/")[0] in studies and UNRELATED not in name}
    assert [name for name in own if first[name] != second[name]] == []
    for name in ("findings_across.csv", "items.csv", "evidence.csv"):
        assert not _rows(without / name).empty
        pd.testing.assert_frame_equal(_rows(without / name), _rows(published / name))
    pd.testing.assert_frame_equal(_kept(without), _kept(published))
    records = [json.loads((folder / "run.json").read_text("utf-8")) for folder in (without, published)]
    for part in ("inputs", "counts"):
        assert records[0][part] == {k: v for k, v in records[1][part].items() if k != UNRELATED}


def _rows(path: Path) -> pd.DataFrame:
    """The rows of all studies but the unrelated one, as text."""
    rows = pd.read_csv(path, dtype=str, keep_default_na=False)
    return rows[rows["study_id"] != UNRELATED].reset_index(drop=True)


def _kept(curated: Path) -> pd.DataFrame:
    rows = pd.read_parquet(curated / "observations.parquet")
    return rows[rows["study_id"] != UNRELATED].reset_index(drop=True)
