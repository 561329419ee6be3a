"""Kill -9 before every single change that a command makes: the same command again gives the same, nothing is lost."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import nullcontext, suppress
from pathlib import Path

from auditable.decisions import read_decisions
from auditable.decisions_file import Decision, put_back, record, stamp
from auditable.gold_sign import sign_gold
from auditable.intake import take_in
from auditable.model import AuditableError
from auditable.release import make_release
from auditable.release_sign import read_signatures, sign_study
from auditable.release_verify import verify_release
from auditable.settings import Settings
from auditable.store import list_studies, read_study
from auditable.sweeping import sweep
from tests.desk_made import make_corpus, write_findings
from tests.hardship.moments import every_stop
from tests.hardship.workplace import contents, differences, left_behind
from tests.papers_made import GOLD_HEADER, sound_pdf
from tests.release_made import WHEN, make_published, publish_again
from tests.unit.test_gold_sign import ANN, BOB, choose

GIVEN = Decision("F-1", "explained", "looked", "ann", WHEN, "1 | 2")
NEW = Decision("F-2", "gold is wrong", "", "bob", WHEN, "3 | 4")
FIRST = "adams2001"
TAG = "v1"


def right_after(folder: Path, work: Callable[[Path], object]) -> dict[str, str]:
    """What undisturbed work leaves of a copy of the folder."""
    copy = Path(shutil.copytree(folder, folder.with_name("undisturbed") / folder.name))
    work(copy)
    return contents(copy)


def test_a_verdict_is_there_or_not_and_none_is_lost(tmp_path: Path) -> None:
    folder = tmp_path / "curated"
    folder.mkdir()
    path = folder / "decisions.csv"
    record(path, GIVEN, stamp(()))
    broken = "F-3,perhaps,,,,"
    path.write_text(path.read_text("utf-8") + broken + "\n", "utf-8")
    stops = 0
    for stops in every_stop(folder, lambda: record(path, NEW, stamp(()))):
        ids = list(read_decisions(path).frame["item_id"])
        assert ids in (["F-1"], ["F-1", "F-2"]), stops
        assert broken in path.read_text("utf-8"), stops
        put_back(path, "F-2", [NEW], stamp([NEW] if "F-2" in ids else ()))
        assert list(read_decisions(path).frame["item_id"]) == ["F-1", "F-2"]
        assert left_behind(folder) == [], stops
    assert stops >= 3


def test_a_study_is_the_old_one_or_the_new_one(tmp_path: Path) -> None:
    _, curated = make_corpus(tmp_path, {FIRST: 2})

    def work(folder: Path) -> None:
        write_findings(folder, FIRST, 2, expected="26.0")

    old, new, stops = contents(curated), right_after(curated, work), 0
    for stops in every_stop(curated, lambda: work(curated), step=11):
        assert list_studies(curated) == [FIRST]
        assert contents(curated) in (old, new), stops
        assert len(read_study(curated, FIRST).findings) == 2
        work(curated)
        assert (contents(curated), left_behind(curated)) == (new, []), stops
    assert stops


def test_what_stopped_writers_left_is_swept_and_nothing_else(tmp_path: Path) -> None:
    _, curated = make_corpus(tmp_path, {FIRST: 2})
    right = contents(curated)
    for stop in every_stop(curated, lambda: write_findings(curated, FIRST, 2, expected="26.0"), step=15):
        (curated / ".notes").write_text("mine")
        sweep(curated)
        assert left_behind(curated) == [".notes"], stop
        assert set(contents(curated)) == set(right), stop


def test_a_publication_is_the_same_after_a_stop(tmp_path: Path) -> None:
    """The runs so far and their news among them: a stop between two files makes no run twice, and none unheard."""
    raw, curated = make_corpus(tmp_path, {FIRST: 2})
    publish_again(raw, curated)
    write_findings(curated, FIRST, 3, expected="26.0")
    right, stops = right_after(curated, lambda folder: publish_again(raw, folder)), 0
    for stops in every_stop(curated, lambda: publish_again(raw, curated), step=23):
        sweep(curated)
        publish_again(raw, curated)
        assert (differences(contents(curated), right), left_behind(curated)) == ([], []), stops
    assert stops


def test_a_record_is_signed_after_a_stop_and_the_one_before_is_kept(tmp_path: Path) -> None:
    study = tmp_path / "smith2021"
    (study / "gold").mkdir(parents=True)
    for name, lines in (("ann", ANN), ("bob", BOB)):
        (study / "gold" / f"{name}.csv").write_text(f"{GOLD_HEADER}\n{lines}", encoding="utf-8")
    (study / "gold.csv").write_text(f"{GOLD_HEADER}\nT1,Age,All,median,70,,,70,old\n", encoding="utf-8")
    chosen = choose(study)

    def work(folder: Path) -> None:
        sign_gold(folder, "cleo", WHEN, chosen, again=True)

    keyed = {name: digest for name, digest in contents(study).items() if name.startswith("gold/")}
    right, stops = right_after(study, work), 0
    for stops in every_stop(study, lambda: work(study)):
        assert keyed.items() <= contents(study).items(), stops
        work(study)
        assert differences(contents(study), right) == [], stops
    assert stops


def test_a_signature_and_a_release_are_whole_or_not_there(tmp_path: Path) -> None:
    curated = make_published(tmp_path, [FIRST])

    def work(folder: Path) -> None:
        sign_study(folder, FIRST, "cleo", WHEN)
        make_release(folder, TAG)

    right, stops = right_after(curated, work), 0
    for stops in every_stop(curated, lambda: work(curated), step=70):
        assert len(read_signatures(curated)) <= 1
        if (curated / "releases" / TAG).exists():
            assert verify_release(curated / "releases" / TAG).problems == (), stops
        work(curated)
        assert differences(contents(curated), right) == [], stops
        assert left_behind(curated) == [], stops
    assert stops


def test_a_paper_is_taken_in_after_a_stop(tmp_path: Path) -> None:
    pdf, raw = tmp_path / "paper.pdf", tmp_path / "raw"
    pdf.write_bytes(sound_pdf())
    raw.mkdir()

    def work(folder: Path) -> None:
        take_in(pdf, folder, Settings(), when="2026-01-02", study_id="smith2021")

    right = right_after(raw, work)
    for stop in every_stop(raw, lambda: work(raw), step=8):
        with suppress(AuditableError) if (raw / "smith2021" / "paper.yaml").is_file() else nullcontext():
            work(raw)  # told as "there already" where only a checksum was missing
        assert differences(contents(raw), right) == [], stop
