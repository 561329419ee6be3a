"""Publishing what did not change: no file is touched, and the verdicts are the same; any change publishes anew."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from auditable.cache import Cache
from auditable.curate import curate_study
from auditable.desk import desk_of
from auditable.model import Box, PageSize, Piece, Reading, Table, TableCell, TableRow
from auditable.outcomes import StudyFailure
from auditable.papers import load_paper
from auditable.publication import Publication
from auditable.publish import publish
from auditable.published import publish_once
from auditable.settings import Settings
from auditable.store import write_study
from auditable.tally import verdict_rows
from tests.papers_made import GOLD, make_study, sound_pdf

STUDY = "made2001"
BOX = Box(60, 100, 300, 110)


def a_reading() -> Reading:
    rows = tuple(
        TableRow(("Sex, n (%)", label), (TableCell(text, box=BOX), TableCell(other, box=BOX)), 1, BOX)
        for label, text, other in (("Female", "11 (25.0)", "5 (25.0)"), ("Male", "30 (75.0)", "15 (75.0)"))
    )
    head = (("Characteristic", "Drug A (N = 40)", "Drug B (N = 20)"),)
    table = Table("T1", "Table 1", "Traits", (Piece(1, BOX),), 1, head, (((), (), ()),), rows)
    return Reading(STUDY, (PageSize(1, 595, 842, False),), (table,), ())


class Desk:
    """A corpus of one study, and how often it was really published."""

    def __init__(self, folder: Path) -> None:
        self.curated, self.cache = folder / "curated", Cache(str(folder / "cache"))
        self.paper = load_paper(make_study(folder / "raw", STUDY, sound_pdf(), GOLD))
        write_study(self.curated, STUDY, a_reading(), curate_study(self.paper, a_reading()).frames)
        self.n_made = 0

    def run(
        self,
        *failures: StudyFailure,
        settings: Settings = Settings(),  # noqa: B008
        meanwhile: Callable[[], object] = lambda: None,
    ) -> Publication:
        """meanwhile: what others do after the publication has read curated/, before it is kept."""

        def make() -> Publication:
            self.n_made += 1
            made = publish(self.curated, [self.paper], failures, settings)
            meanwhile()
            return made

        return publish_once(self.curated, [self.paper], failures, settings, self.cache, make)

    def times(self) -> dict[Path, int]:
        return {p: p.stat().st_mtime_ns for p in self.curated.rglob("*") if p.is_file()}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_the_second_time_nothing_is_made_and_the_verdicts_are_the_same(desk: Desk) -> None:
    first, times = desk.run(), desk.times()
    second = desk.run()
    assert (desk.n_made, desk.times()) == (1, times)
    assert verdict_rows(second.tallies) == verdict_rows(first.tallies)
    assert (second.open_items, second.report_path) == (first.open_items, first.report_path)
    assert first.open_items > 0
    pd.testing.assert_frame_equal(second.decided.items, first.decided.items)
    pd.testing.assert_frame_equal(second.discrepancies, first.discrepancies)


def decide(desk: Desk) -> None:
    item = desk_of(desk.curated).items.iloc[0]
    text = "item_id,verdict,note,who,when,value_then\n"
    text += f'{item["item_id"]},article is wrong,,A,2026-01-01,"{item["value_now"]}"\n'
    (desk.curated / "decisions.csv").write_text(text, encoding="utf-8")


def spoil(desk: Desk, name: str) -> None:
    path = desk.curated / name
    path.write_bytes(path.read_bytes() + b"\n")


@pytest.mark.parametrize(
    "change",
    [
        decide,
        lambda desk: spoil(desk, "report/index.html"),
        lambda desk: (desk.curated / "evidence.csv").unlink(),
        lambda desk: spoil(desk, f"{STUDY}/tables.json"),
    ],
    ids=["a decision", "an edited report", "a lost file", "a changed study"],
)
def test_any_change_publishes_anew_and_the_next_run_rests(desk: Desk, change: Callable[[Desk], None]) -> None:
    desk.run()
    change(desk)
    changed = desk.run()
    assert desk.n_made == 2
    assert desk.run().open_items == changed.open_items
    assert desk.n_made == 2


def test_a_verdict_given_while_a_run_publishes_is_in_the_next_run(desk: Desk) -> None:
    first = desk.run(meanwhile=lambda: decide(desk))
    n_made = desk.n_made
    assert desk.run().open_items == first.open_items - 1
    assert desk.n_made == n_made + 1


def test_a_paper_yaml_edited_after_it_was_loaded_is_published_by_the_next_run(desk: Desk) -> None:
    about = desk.paper.folder / "paper.yaml"
    old, text = desk.paper, about.read_text("utf-8")
    about.write_text(text.replace(f"title: {old.title}" if old.title else "title: unknown", "title: Another"), "utf-8")
    desk.run()
    desk.paper = load_paper(old.folder)
    assert desk.paper.title == "Another"
    desk.run()
    assert desk.n_made == 2


def test_a_study_that_broke_and_other_settings_publish_anew(desk: Desk) -> None:
    desk.run()
    desk.run(StudyFailure("broken2002", "The PDF is cut off."))
    desk.run(settings=Settings(max_open_items=3))
    assert desk.n_made == 3
    desk.run(settings=Settings(cache="another/place", max_open_items=3))
    assert desk.n_made == 3


def test_a_problem_that_is_told_is_told_again(desk: Desk) -> None:
    desk.run()
    (desk.curated / "decisions.csv").write_text("item_id,verdict,note,who,when,value_then\nx,perhaps,,A,,\n", "utf-8")
    assert "unknown verdict" in desk.run().decided.problems[0]
    assert "unknown verdict" in desk.run().decided.problems[0]
