"""From two keyed files to the signed record: what is refused, what is written, and what is never lost."""

import hashlib
import json
from pathlib import Path

import pytest

from auditable.gold_compare import compare_gold
from auditable.gold_entry import edit_row
from auditable.gold_record import DRAFT, read_gold, read_keyed
from auditable.gold_sign import Signing, find_compared, pick_keyers, sign_gold
from auditable.model import AuditableError
from tests.papers_made import GOLD_HEADER

ANN = """T1,Age > Median,All,median,70.5,years,,70.5 (51–84),ann
T1,Age > Median,All,min,51,years,,70.5 (51–84),ann: draft checked
T1,Sex > Female,All,n,8,,,8 (25.0),ann
T1,Sex > Female,All,pct,25.0,%,,,ann
"""
BOB = """T1,Age > Range,All,min,49,years,,,bob
T1,age > median,All,median,75.0,years,,70.5 (51–84),bob
T1,Sex > Female,All,n,8,,,8 (25.0),bob
T1,Sex > Female,All,pct,25.0,%,,8 (25.0),
T1,Sex > Male,All,n,24,,,24 (75.0),bob
"""


@pytest.fixture
def study(tmp_path: Path) -> Path:
    folder = tmp_path / "smith2021"
    (folder / "gold").mkdir(parents=True)
    for name, lines in (("ann", ANN), ("bob", BOB)):
        (folder / "gold" / f"{name}.csv").write_text(f"{GOLD_HEADER}\n{lines}", encoding="utf-8")
    return folder


def keyed(study: Path, name: str) -> Path:
    return study / "gold" / f"{name}.csv"


def choose(study: Path, **letters: str) -> dict[str, str]:
    """Choices by the kind and statistic of a difference, such as value_median="a"; all others "a"."""
    found = compare_gold(read_keyed(keyed(study, "ann")), read_keyed(keyed(study, "bob"))).differences
    keys = [f"{r['kind']}_{r['a_statistic'] or r['b_statistic']}".replace(" ", "_") for r in found.to_dict("records")]
    assert set(letters) <= set(keys)
    return {str(i): letters.get(key, "a") for i, key in zip(found["difference_id"], keys, strict=True)}


def sign(study: Path, choices: dict[str, str] | None = None, **more) -> Signing:
    chosen = choose(study) if choices is None else choices
    return sign_gold(study, "cleo", more.pop("when", "2026-01-02T03:04:05+00:00"), chosen, **more)


def files(study: Path) -> dict[str, bytes]:
    return {str(p.relative_to(study)): p.read_bytes() for p in study.rglob("*") if p.is_file() and p.name != ".lock"}


def test_the_record_holds_what_both_say_and_what_was_chosen(study: Path) -> None:
    signing = sign(study, choose(study, value_median="b", only_in_b_n="b"))
    assert (signing.is_new, signing.n_rows, signing.superseded) == (True, 5, None)
    assert (study / "gold.csv").read_text("utf-8") == (
        f"{GOLD_HEADER}\n"
        "T1,age > median,All,median,75.0,years,,70.5 (51–84),bob+cleo\n"
        "T1,Age > Median,All,min,51,years,,70.5 (51–84),ann+cleo\n"
        "T1,Sex > Female,All,n,8,,,8 (25.0),ann+bob\n"
        "T1,Sex > Female,All,pct,25.0,%,,8 (25.0),ann+bob\n"
        "T1,Sex > Male,All,n,24,,,24 (75.0),bob+cleo\n"
    )
    assert len(read_gold(study / "gold.csv")) == 5


def test_a_row_of_one_file_is_left_out_with_the_other_letter(study: Path) -> None:
    sign(study, choose(study, only_in_a_min="b", only_in_b_min="b"))
    rows = read_gold(study / "gold.csv")
    assert list(rows.loc[rows["statistic"] == "min", "value"]) == ["49"]
    assert rows["stub_path"].iloc[0] == "Age > Range"
    assert "Sex > Male" not in set(rows["stub_path"])


def test_the_originals_are_kept_byte_for_byte_with_their_hashes(study: Path) -> None:
    before = {name: keyed(study, name).read_bytes() for name in ("ann", "bob")}
    sign(study)
    record = json.loads((study / "gold" / "signed.json").read_text("utf-8"))
    for original in record["originals"]:
        kept = (study / "gold" / original["file"]).read_bytes()
        assert kept == before[original["keyer"]] == keyed(study, original["keyer"]).read_bytes()
        assert original["sha256"] == hashlib.sha256(kept).hexdigest()
    assert [o["n_from_draft"] for o in record["originals"]] == [1, 0]
    assert record["result"]["sha256"] == hashlib.sha256((study / "gold.csv").read_bytes()).hexdigest()
    assert (record["signed_by"], record["when"]) == ("cleo", "2026-01-02T03:04:05+00:00")
    assert {c["taken"] for c in record["choices"]} == {"ann"}
    assert record["agreement"]["n_equal"] == 2


def test_signing_the_same_again_changes_nothing(study: Path) -> None:
    sign(study)
    before = files(study)
    assert sign(study, when="2027-01-01T00:00:00+00:00").is_new is False
    assert files(study) == before


@pytest.mark.parametrize("name", ["ann", "bob"])
def test_an_unchecked_row_is_refused(study: Path, name: str) -> None:
    path = keyed(study, name)
    path.write_text(path.read_text("utf-8").replace(",n,8,,,8 (25.0)," + name, f",n,8,,,8 (25.0),{DRAFT}"), "utf-8")
    with pytest.raises(AuditableError, match=rf"{name}\.csv, line 4.*1 unchecked"):
        sign(study)
    assert not (study / "gold.csv").exists()


def test_an_open_difference_is_refused(study: Path) -> None:
    choices = choose(study)
    left = choices.popitem()[0]
    with pytest.raises(AuditableError, match=f"not decided.*1 without: {left}"):
        sign(study, choices)
    assert not (study / "gold.csv").exists()


@pytest.mark.parametrize(
    ("choices", "said"),
    [({"G-0000000000": "a"}, "not there"), ({"": "c"}, "not there"), (None, "names none of the two keyers")],
)
def test_a_choice_that_means_nothing_is_refused(study: Path, choices: dict | None, said: str) -> None:
    own = choose(study)
    with pytest.raises(AuditableError, match=said):
        sign(study, own | choices if choices else dict.fromkeys(own, "cleo"))


def test_a_choice_does_not_outlive_an_edit(study: Path) -> None:
    choices = choose(study)
    rows = read_keyed(keyed(study, "bob"))
    key = str(rows.loc[rows["statistic"] == "median", "line_key"].iloc[0])
    edit_row(keyed(study, "bob"), key, "75.1", "bob", seen={"value": "75.0"})
    with pytest.raises(AuditableError, match="not there"):
        sign(study, choices)


def test_another_record_is_replaced_only_when_asked_and_is_kept(study: Path) -> None:
    sign(study)
    first = {name: content for name, content in files(study).items() if not name.endswith(("/ann.csv", "/bob.csv"))}
    other = choose(study, value_median="b")
    with pytest.raises(AuditableError, match=r"signed by cleo, 2026-01-02.*--again"):
        sign(study, other)
    signing = sign(study, other, again=True)
    assert signing.superseded == study / "gold" / "superseded" / "1"
    kept = files(study / "gold" / "superseded" / "1")
    assert kept["gold.csv"] == first["gold.csv"]
    assert kept["signed.json"] == first["gold/signed.json"]
    assert {"signed/ann.csv", "signed/bob.csv"} <= set(kept)
    assert sign(study, choose(study), again=True).superseded == study / "gold" / "superseded" / "2"
    assert (study / "gold.csv").read_bytes() == first["gold.csv"]


def test_originals_of_other_keyers_go_with_the_record_they_were_signed_for(study: Path) -> None:
    sign(study)
    keyed(study, "dora").write_bytes(keyed(study, "ann").read_bytes())
    found = compare_gold(read_keyed(keyed(study, "bob")), read_keyed(keyed(study, "dora"))).differences
    signing = sign(study, dict.fromkeys(found["difference_id"], "bob"), keyers=("bob", "dora"), again=True)
    assert signing.superseded is not None
    assert sorted(p.name for p in (study / "gold" / "signed").iterdir()) == ["bob.csv", "dora.csv"]
    assert sorted(p.name for p in (signing.superseded / "signed").iterdir()) == ["ann.csv", "bob.csv"]


def test_a_file_among_the_originals_that_is_not_the_one_signed_is_kept_too(study: Path) -> None:
    sign(study)
    (study / "gold" / "signed" / "ann.csv").write_bytes(b"mended by hand after it was signed")
    (study / "gold" / "signed" / "eve.csv").write_bytes(b"put there by hand")
    signing = sign(study, choose(study, value_median="b"), again=True)
    assert signing.superseded is not None
    kept = files(signing.superseded)
    assert {b"mended by hand after it was signed", b"put there by hand"} <= set(kept.values())
    assert sorted(p.name for p in (study / "gold" / "signed").iterdir()) == ["ann.csv", "bob.csv"]


@pytest.mark.parametrize("again", [False, True])
def test_the_signature_of_a_record_that_was_taken_away_is_kept(study: Path, again: bool) -> None:
    sign(study)
    signature = (study / "gold" / "signed.json").read_bytes()
    (study / "gold.csv").unlink()
    signing = sign(study, choose(study, value_median="b"), again=again)
    assert signing.superseded is not None
    assert files(signing.superseded)["signed.json"] == signature


def test_a_second_signing_that_broke_off_loses_nothing_of_the_first(study: Path, monkeypatch) -> None:
    sign(study)
    first = files(study)
    keyed(study, "ann").write_text(keyed(study, "ann").read_text("utf-8").replace("70.5,years", "70.6,years"), "utf-8")
    new = choose(study)

    def break_off(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("auditable.gold_sign.write_text", break_off)
    with pytest.raises(KeyboardInterrupt):
        sign(study, new, again=True)
    monkeypatch.undo()
    assert sign(study, new, again=True).superseded == study / "gold" / "superseded" / "1"
    kept = files(study / "gold" / "superseded" / "1")
    assert kept == {
        name.removeprefix("gold/"): c for name, c in first.items() if not name.startswith(("gold/ann", "gold/bob"))
    }


def test_a_record_from_elsewhere_is_kept_too(study: Path) -> None:
    (study / "gold.csv").write_bytes(b"keyed long ago")
    with pytest.raises(AuditableError, match="not signed here"):
        sign(study)
    signing = sign(study, again=True)
    assert signing.superseded is not None
    assert (signing.superseded / "gold.csv").read_bytes() == b"keyed long ago"


def test_a_signing_that_broke_off_is_finished_by_the_same_command(study: Path) -> None:
    sign(study)
    whole = files(study)
    (study / "gold" / "signed.json").unlink()
    assert sign(study).is_new is True
    assert files(study) == whole


def test_an_unreadable_signature_is_told(study: Path) -> None:
    sign(study)
    (study / "gold" / "signed.json").write_text("[1, 2", encoding="utf-8")
    with pytest.raises(AuditableError, match="signature"):
        sign(study)


@pytest.mark.parametrize(
    ("names", "picked"),
    [
        ((), ("ann", "bob")),
        (("bob", "ann"), ("ann", "bob")),
        (("B", "Zoe"), ("Zoe", "B")),
        (("ann", "A"), ("A", "ann")),
    ],
)
def test_the_order_of_keyers_does_not_depend_on_how_they_are_named(study: Path, names: tuple, picked: tuple) -> None:
    for name in set(names) - {"ann", "bob"}:
        keyed(study, name).write_bytes(keyed(study, "ann").read_bytes())
    assert pick_keyers(study, names) == picked


@pytest.mark.parametrize("names", [("ann",), ("ann", "ann"), ("ann", "cleo"), ("ann", "bob", "cleo")])
def test_two_keyers_are_needed(study: Path, names: tuple) -> None:
    with pytest.raises(AuditableError, match="two keyers"):
        pick_keyers(study, names)


def test_more_than_two_keyers_must_be_named(study: Path) -> None:
    keyed(study, "cleo").write_bytes(keyed(study, "ann").read_bytes())
    with pytest.raises(AuditableError, match="two names of ann, bob, cleo"):
        pick_keyers(study)


def test_draft_and_record_are_compared_but_never_signed(study: Path) -> None:
    keyed(study, "draft").write_bytes(keyed(study, "ann").read_bytes())
    (a, path_a), (b, path_b) = find_compared(study, ("gold", "draft"))
    assert (a, path_a, b, path_b) == ("gold", study / "gold.csv", "draft", keyed(study, "draft"))
    with pytest.raises(AuditableError, match="two keyers"):
        sign(study, keyers=("ann", "draft"))
