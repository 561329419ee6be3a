"""Each new, changed or returned item is told exactly once on a real API, also where a run was killed in between."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from auditable.decisions_file import Decision, record, stamp
from auditable.desk import DECISIONS_FILE
from auditable.publication import Publication
from auditable.publish import load_papers, publish
from auditable.settings import Settings
from tests.artifacts_asked import latest
from tests.desk_made import make_corpus, write_findings
from tests.papers_made import replace_pdf, sound_pdf

HOSTILE = '"<b>" [x](http://evil.example) {{ 1 }}'


class Corpus:
    """One made study: published and told as the flow does it, in steps that a kill may part."""

    def __init__(self, folder: Path, study_id: str) -> None:
        self.study_id = study_id
        self.raw, self.curated = make_corpus(folder, {study_id: 1}, HOSTILE)

    def publish(self) -> Publication:
        papers, failures = load_papers(self.raw, [self.study_id])
        return publish(self.curated, papers, failures, Settings())

    def tell(self) -> list[str]:
        """The kinds of the news that were delivered."""
        from flows.announce import tell_news

        return [n.kind for n in tell_news(self.publish(), self.curated)]

    def change(self, expected: str) -> None:
        write_findings(self.curated, self.study_id, 1, expected=expected, hostile=HOSTILE)

    def decide(self, item_id: str, value: str) -> None:
        made = Decision(item_id, "explained", "", "ann", "2026-01-02", value)
        record(self.curated / DECISIONS_FILE, made, stamp(()))

    def events(self) -> list[dict[str, Any]]:
        """All events of the study that the API holds."""
        from prefect.client.orchestration import get_client
        from prefect.events.filters import EventFilter, EventRelatedFilter

        wanted = EventFilter(related=EventRelatedFilter(id=[f"auditable.study.{self.study_id}"]))
        with get_client(sync_client=True) as client:
            body = {"filter": wanted.model_dump(mode="json"), "limit": 50}
            return client.request("POST", "/events/filter", json=body).json()["events"]


def test_new_once_changed_once_returned_once(tmp_path: Path, prefect_api: None) -> None:
    corpus = Corpus(tmp_path, "cole2003")
    assert corpus.tell() == ["new", "new"]
    assert corpus.tell() == []
    corpus.change("27.0")
    assert corpus.tell() == ["changed"]
    finding = "F-cole2003-000"
    items = corpus.publish().decided.items.set_index("item_id")
    corpus.decide(finding, str(items.loc[finding, "value_now"]))
    assert corpus.tell() == [], "a verdict is no news"
    corpus.change("28.0")
    assert corpus.tell() == ["returned"]

    events = corpus.events()
    assert sorted(e["event"] for e in events) == [
        "auditable.item.changed", "auditable.item.new", "auditable.item.new", "auditable.item.returned"
    ]  # fmt: skip
    returned = next(e for e in events if e["event"].endswith("returned"))
    assert returned["resource"]["prefect.resource.id"] == f"auditable.item.cole2003.{finding}"
    payload = returned["payload"]
    assert (payload["study"], payload["rule"], payload["severity"]) == ("cole2003", "percent.of_n", "error")
    assert HOSTILE in payload["message"]
    assert payload["value_now"].endswith("28.0")
    assert payload["value_before"].endswith("27.0")
    assert payload["place"].startswith("page 1, T1, row")
    assert payload["report"].endswith(f"report/index.html#{finding}")


def test_a_run_killed_before_it_told_is_made_good_by_the_next(tmp_path: Path, prefect_api: None) -> None:
    corpus = Corpus(tmp_path, "dean2004")
    corpus.publish()
    assert corpus.tell() == ["new", "new"]
    assert len(corpus.events()) == 2


def test_from_now_on_only_what_comes_is_told(tmp_path: Path, prefect_api: None) -> None:
    from flows.announce import tell_from_now

    corpus = Corpus(tmp_path, "hale2008")
    corpus.publish()
    assert tell_from_now(corpus.curated) == 2
    assert corpus.tell() == []
    corpus.change("27.0")
    assert corpus.tell() == ["changed"]
    assert len(corpus.events()) == 1


def test_a_run_killed_before_it_noted_what_it_told_does_not_tell_it_again(tmp_path: Path, prefect_api: None) -> None:
    corpus = Corpus(tmp_path, "ellis2005")
    corpus.tell()
    (corpus.curated / "announced.csv").unlink()
    corpus.tell()
    assert len(corpus.events()) == 2
    assert corpus.tell() == []


def test_a_server_that_cannot_be_reached_is_told_of_later(
    tmp_path: Path, prefect_api: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    from prefect.settings import PREFECT_API_URL, temporary_settings

    from auditable.model import AuditableError

    corpus = Corpus(tmp_path, "flynn2006")
    monkeypatch.setenv("PREFECT_CLIENT_MAX_RETRIES", "0")
    with (
        temporary_settings({PREFECT_API_URL: "http://127.0.0.1:9/api"}),
        pytest.raises(AuditableError, match="could not be delivered"),
    ):
        corpus.tell()
    assert not (corpus.curated / "announced.csv").exists()
    assert corpus.tell() == ["new", "new"]


def test_pages_of_studies_are_written_when_they_change(tmp_path: Path, prefect_api: None) -> None:
    from prefect import flow

    from flows.announce import announce

    corpus = Corpus(tmp_path, "gray2007")

    @flow(name="tell")
    def tell() -> None:
        announce(corpus.publish(), (), corpus.curated, corpus.raw)

    tell()
    first = latest("study-gray2007")
    picture = latest("study-gray2007-table")
    tell()
    again = latest("study-gray2007")
    corpus.change("27.0")
    tell()
    changed = latest("study-gray2007")
    assert first and again and changed and picture
    assert (first.id, first.id) == (again.id, again.id)
    assert changed.id != first.id
    assert "27\\.0" in str(changed.data)
    assert "](http" not in str(changed.data)
    assert str(picture.data).startswith("data:image/png;base64,")

    found = corpus.curated / "gray2007" / "findings.csv"
    rows = pd.read_csv(found, dtype=str, keep_default_na=False)
    rows.assign(stub_path="Another row").to_csv(found, index=False)
    tell()
    assert "Another row" in str(latest("study-gray2007").data), "the same values, found in another place"


@pytest.mark.parametrize(("study_id", "is_there"), [("irwin2009", True), ("jarvis2010", False)])
def test_a_study_whose_pdf_is_no_longer_the_one_it_was_read_from_has_a_page_without_a_picture(
    tmp_path: Path, prefect_api: None, study_id: str, is_there: bool
) -> None:
    from prefect import flow

    from flows.announce import announce

    corpus = Corpus(tmp_path, study_id)
    corpus.publish()
    if is_there:
        replace_pdf(corpus.raw / study_id, sound_pdf() + b"% another version")
    else:
        (corpus.raw / study_id / "paper.pdf").unlink()

    @flow(name="tell")
    def tell() -> None:
        announce(publish(corpus.curated, [], [], Settings()), (), corpus.curated, corpus.raw)

    tell()
    assert latest(f"study-{study_id}")
    assert latest(f"study-{study_id}-table") is None


@pytest.mark.parametrize("study_id", ["adams2001", "Adams_2001", "adams-2001", "ädams2001"])
def test_keys_are_such_as_prefect_takes_and_never_shared(study_id: str) -> None:
    import re

    from flows.artifacts import study_key

    assert re.fullmatch(r"[a-z0-9-]+", study_key(study_id))
    assert len({study_key(s) for s in ("adams2001", "Adams_2001", "adams-2001", "adams_2001", "ädams2001")}) == 5
