"""Only what is signed for its present content is published, in a folder that never changes unnoticed."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from auditable import cli
from auditable.model import AuditableError
from auditable.release import make_release
from auditable.release_content import read_content
from auditable.release_sign import list_standing, read_signatures, sign_study
from auditable.release_verify import MANIFEST, verify_release
from auditable.store import list_studies, read_study
from tests.desk_made import write_findings
from tests.release_made import WHEN, decide_all, make_published, publish_again

FIRST, SECOND = "adams2001", "baker2002"
RUNNER = CliRunner()


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("published")
    make_published(folder, [FIRST])
    return folder


@pytest.fixture
def curated(published: Path, tmp_path: Path) -> Path:
    """All of FIRST is decided, of SECOND nothing."""
    shutil.copytree(published, tmp_path, dirs_exist_ok=True)
    return tmp_path / "curated"


def why_not(curated: Path) -> dict[str, str]:
    standings = list_standing(read_content(curated), read_signatures(curated))
    return {s.study.study_id: s.why_not for s in standings}


def change(curated: Path, study_id: str) -> None:
    """Another expected value: what a changed rule would leave."""
    write_findings(curated, study_id, 1, expected="27.0")
    publish_again(curated.parent / "raw", curated)


def manifest_of(folder: Path) -> dict[str, dict[str, object]]:
    return json.loads((folder / MANIFEST).read_text("utf-8"))


def test_what_nobody_signed_is_left_out(curated: Path) -> None:
    with pytest.raises(AuditableError, match="no study is signed"):
        make_release(curated, "v1")
    assert not list((curated / "releases").glob("*v1*"))

    sign_study(curated, FIRST, "ann", WHEN)
    made = make_release(curated, "v1")
    assert made.studies == (FIRST,)
    assert list(made.left_out) == [SECOND]
    assert made.left_out[SECOND].startswith("nobody signed it; 2 grave items are open")
    assert list_studies(made.folder) == [FIRST]
    assert read_study(made.folder, FIRST).observations["study_id"].unique().tolist() == [FIRST]
    for name in ("items.csv", "decisions.csv", "evidence.csv"):
        assert SECOND not in (made.folder / name).read_text("utf-8")
    manifest = manifest_of(made.folder)
    assert manifest["studies"][FIRST]["signatures"] == [{"who": "ann", "when": WHEN, "note": ""}]  # pyright: ignore
    for name, said in manifest["files"].items():
        assert said["sha256"] == hashlib.sha256((made.folder / name).read_bytes()).hexdigest()  # pyright: ignore


def test_the_same_content_gives_the_same_bytes_and_another_needs_another_tag(curated: Path) -> None:
    sign_study(curated, FIRST, "ann", WHEN)
    first = make_release(curated, "v1")
    again = make_release(curated, "v1")
    elsewhere = make_release(curated, "v1", curated.parent / "other")
    assert (first.is_new, again.is_new, elsewhere.is_new) == (True, False, True)
    assert first.manifest_sha256 == again.manifest_sha256 == elsewhere.manifest_sha256

    sign_study(curated, SECOND, "bob", WHEN, "seen, unclear", with_open=True)
    with pytest.raises(AuditableError, match="other content"):
        make_release(curated, "v1")
    assert manifest_of(first.folder)["left_out"], "it stands as it was"
    second = make_release(curated, "v2")
    assert second.studies == (FIRST, SECOND)
    grave = manifest_of(second.folder)["open_findings"][SECOND]
    assert [item["is_grave"] for item in grave] == [True, True]  # pyright: ignore
    assert "seen, unclear" in (second.folder / MANIFEST).read_text("utf-8")


def test_a_release_that_was_stopped_as_it_was_put_in_place_is_made_again(
    curated: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_study(curated, FIRST, "ann", WHEN)
    rename = Path.rename

    def stop_after(path: Path, target: Path) -> Path:
        rename(path, target)
        raise KeyboardInterrupt

    def stop_before(path: Path, target: Path) -> Path:
        raise KeyboardInterrupt

    for stop in (stop_before, stop_after):
        monkeypatch.setattr(Path, "rename", stop)
        with pytest.raises(KeyboardInterrupt):
            make_release(curated, "v1")
        monkeypatch.setattr(Path, "rename", rename)
    assert not make_release(curated, "v1").is_new
    assert verify_release(curated / "releases" / "v1").problems == ()


def test_a_signature_holds_for_exactly_the_content_that_was_signed(curated: Path) -> None:
    sign_study(curated, FIRST, "ann", WHEN)
    assert why_not(curated)[FIRST] == ""

    decide_all(curated, FIRST, "our reading is wrong")
    assert why_not(curated)[FIRST].startswith("it changed since ann signed it")
    sign_study(curated, FIRST, "ann", WHEN)
    change(curated, FIRST)
    assert why_not(curated)[FIRST] == "it changed since ann signed it; 2 grave items are open"
    with pytest.raises(AuditableError, match="no study is signed"):
        make_release(curated, "v1")


def test_a_change_of_another_study_takes_no_signature_away(curated: Path) -> None:
    sign_study(curated, FIRST, "ann", WHEN)
    change(curated, SECOND)
    assert why_not(curated)[FIRST] == ""


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ({}, "grave items are open"),
        ({"with_open": True}, "grave items are open"),
        ({"note": "because"}, "grave items are open"),
        ({"with_open": True, "note": "because", "who": " "}, "needs a name"),
        ({"with_open": True, "note": "because", "content": "0" * 64}, "changed after it was shown"),
    ],
)
def test_nobody_signs_blindly(curated: Path, arguments: dict[str, object], told: str) -> None:
    with pytest.raises(AuditableError, match=told):
        sign_study(curated, SECOND, **{"who": "ann", "when": WHEN, **arguments})  # pyright: ignore
    assert read_signatures(curated) == []


def test_signing_twice_is_one_line_and_two_people_are_two(curated: Path) -> None:
    assert sign_study(curated, FIRST, "ann", WHEN)[1]
    assert not sign_study(curated, FIRST, "ann", "2027-01-01T00:00:00+00:00")[1]
    assert sign_study(curated, FIRST, "bob", WHEN, "line one\nline two")[1]
    lines = (curated / "approvals.csv").read_text("utf-8").splitlines()
    assert len(lines) == 3

    # As git's union of two people's files leaves it: unsorted, one line twice.
    (curated / "approvals.csv").write_text("\n".join([lines[0], lines[2], lines[1], lines[2], ""]), "utf-8")
    assert [s.who for s in read_signatures(curated)] == ["bob", "ann"]


def test_a_conflict_in_the_signatures_publishes_nothing(curated: Path) -> None:
    sign_study(curated, FIRST, "ann", WHEN)
    path = curated / "approvals.csv"
    path.write_text(path.read_text("utf-8") + "<<<<<<< ours\n", "utf-8")
    with pytest.raises(AuditableError, match="signatures cannot be read"):
        make_release(curated, "v1")


@pytest.mark.parametrize("line", ["<<<<<<< ours", "{item},article's wrong,,bob,2026-01-03,{value}"])
def test_a_verdict_that_cannot_be_read_signs_and_publishes_nothing(curated: Path, line: str) -> None:
    """It may be the one that disagrees: without it the item would count as closed."""
    sign_study(curated, FIRST, "ann", WHEN)
    item = read_content(curated).decided.items.iloc[0]
    path = curated / "decisions.csv"
    written = line.format(item=item["item_id"], value=item["value_now"])
    path.write_text(f"{path.read_text('utf-8')}{written}\n", "utf-8")
    with pytest.raises(AuditableError, match="not every verdict can be read"):
        make_release(curated, "v1")
    with pytest.raises(AuditableError, match="line "):
        sign_study(curated, FIRST, "bob", WHEN)
    assert [s.who for s in read_signatures(curated)] == ["ann"]


def _add(folder: Path) -> None:
    (folder / "more.csv").write_text("a\n")


def _forge(folder: Path) -> None:
    """A value and its hash in the manifest."""
    (folder / "items.csv").write_text("forged\n")
    manifest = manifest_of(folder)
    content = (folder / "items.csv").read_bytes()
    manifest["files"]["items.csv"] = {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    (folder / MANIFEST).write_text(json.dumps(manifest))


@pytest.mark.parametrize(
    ("tamper", "problem"),
    [
        (lambda f: (f / "items.csv").write_text("x"), "items.csv was changed"),
        (lambda f: (f / FIRST / "cells.csv").unlink(), f"{FIRST}/cells.csv is missing"),
        (_add, "more.csv is not of this release"),
        (_forge, "manifest.json is not the one that v1.sha256 names"),
        (lambda f: (f / MANIFEST).write_text("[]"), "manifest.json is not what a release writes"),
        (lambda f: (f.parent / "v1.sha256").unlink(), "v1.sha256 is missing"),
    ],
)
def test_a_tampered_release_is_found(curated: Path, tamper: Callable[[Path], object], problem: str) -> None:
    sign_study(curated, FIRST, "ann", WHEN)
    folder = make_release(curated, "v1").folder
    assert verify_release(folder).problems == ()
    assert not any(p.stat().st_mode & 0o222 for p in [folder, *folder.rglob("*")]), "read-only"
    for path in [folder, *folder.rglob("*")]:
        path.chmod(0o755)
    tamper(folder)
    assert any(p.startswith(problem) for p in verify_release(folder).problems)


@pytest.mark.parametrize("tag", ["", ".", "..", "../out", "a/b", "-x", "v1.", "x" * 65, "a b"])
def test_a_tag_is_the_name_of_a_folder(curated: Path, tag: str) -> None:
    with pytest.raises(AuditableError, match="no tag"):
        make_release(curated, tag)


def test_a_file_changed_by_hand_is_neither_signed_nor_published(curated: Path) -> None:
    path = curated / FIRST / "observations.csv"
    path.write_text(path.read_text("utf-8").replace("20.5", "20.6"), "utf-8")
    with pytest.raises(AuditableError, match="not what the last run left"):
        sign_study(curated, FIRST, "ann", WHEN)


def test_the_commands_sign_make_and_verify(curated: Path) -> None:
    def auditable(*arguments: str, exit_code: int = 0) -> str:
        done = RUNNER.invoke(cli.app, [*arguments, "--curated", str(curated)])
        assert done.exit_code == exit_code, done.output
        return done.output

    assert f"{SECOND}: nobody signed it" in auditable("release", "list", exit_code=1)
    assert "is signed by ann" in auditable("release", "sign", FIRST, "--who", "ann")
    assert f"Left out: {SECOND}" in auditable("release", "make", "v1")
    assert "0 problems" in auditable("release", "verify", "v1")
    (curated / "releases" / "v1.sha256").write_text("0")
    assert "is not the one" in auditable("release", "verify", "v1", exit_code=2)
