"""The inbox flow on made papers: good ones become curated studies, bad ones lie in quarantine, none is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditable.locks import lock
from auditable.model import AuditableError
from flows.inbox_files import inbox_lock
from tests.front_pages import article_pdf
from tests.papers_made import BROKEN_PDFS

OTHER = article_pdf(
    "Gavolimus in elderly patients with warts", "Maria Lindqvist, MD", "Made Journal of Skin 2019;3:1–9."
)


def test_good_papers_are_curated_and_bad_ones_lie_in_quarantine(workplace: Path, prefect_api: None) -> None:
    from flows.intake_inbox import intake_inbox

    inbox = workplace / "raw" / "inbox"
    (inbox / "from ann").mkdir(parents=True)
    (inbox / "A paper, with spaces.PDF").write_bytes(article_pdf())
    (inbox / "from ann" / "gavolimus.pdf").write_bytes(OTHER)
    (inbox / "from ann" / "zz the same again.pdf").write_bytes(article_pdf())
    (inbox / "from ann" / "zz corrected.pdf").write_bytes(article_pdf(prose="Corrected."))
    (inbox / "locked.pdf").write_bytes(BROKEN_PDFS["locked2004"])
    (inbox / "arriving.pdf").write_bytes(OTHER[:900])
    (inbox / "supplement.docx").write_bytes(b"words")
    run = intake_inbox()

    studies = [intake.study_id for intake in run.taken]
    assert len(studies) == 2
    assert run.failures == ()
    assert {(Path("raw") / s / "paper.pdf").read_bytes() for s in studies} == {article_pdf(), OTHER}
    assert all((Path("curated") / s / "cells.csv").is_file() for s in studies)
    assert (run.waiting, run.others) == ((Path("raw/inbox/arriving.pdf"),), (Path("raw/inbox/supplement.docx"),))
    assert sorted(p.name for p in inbox.rglob("*") if p.is_file()) == ["arriving.pdf", "supplement.docx"]
    told = {path.name: path.with_suffix(".reason.txt").read_text("utf-8") for path, _ in run.quarantined}
    assert set(told) == {"locked.pdf", "zz corrected.pdf", "zz the same again.pdf"}
    assert f"auditable add 'raw/quarantine/zz corrected.pdf' --id {studies[0]}" in told["zz corrected.pdf"]
    assert "locked by a password" in told["locked.pdf"]
    assert studies[0] in told["zz the same again.pdf"]

    # The same bad file again, and a look while another run is at the inbox.
    (inbox / "locked.pdf").write_bytes(BROKEN_PDFS["locked2004"])
    with inbox_lock(Path("raw")):
        assert intake_inbox().is_busy
    assert (inbox / "locked.pdf").is_file()
    again = intake_inbox()
    assert (again.taken, [path.name for path, _ in again.quarantined]) == ((), ["locked-2.pdf"])


def test_papers_wait_while_somebody_else_takes_one_in(
    workplace: Path, prefect_api: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    from flows import intake_inbox as module

    inbox = workplace / "raw" / "inbox"
    inbox.mkdir(parents=True)
    (inbox / "a.pdf").write_bytes(article_pdf())
    (inbox / "b.pdf").write_bytes(OTHER)
    monkeypatch.setattr(module, "LOCK_WAIT_S", 0.5)
    with lock(workplace / "raw" / ".intake.lock", "papers that are taken in"):
        run = module.intake_inbox()
    assert (run.taken, run.quarantined) == ((), ())
    assert run.waiting == (Path("raw/inbox/a.pdf"), Path("raw/inbox/b.pdf"))
    assert (inbox / "a.pdf").is_file()


def test_a_file_that_cannot_leave_the_inbox_keeps_no_other_waiting(workplace: Path, prefect_api: None) -> None:
    from flows.intake_inbox import intake_inbox

    inbox = workplace / "raw" / "inbox"
    inbox.mkdir(parents=True)
    (inbox / "bad.pdf").write_bytes(BROKEN_PDFS["locked2004"])
    (inbox / "good.pdf").write_bytes(OTHER)
    (workplace / "raw" / "quarantine").write_text("a file where the folder should be")
    with pytest.raises(AuditableError, match=r"stay there.*bad\.pdf"):
        intake_inbox()
    assert [p.name for p in inbox.iterdir() if not p.name.startswith(".")] == ["bad.pdf"]
    assert list((workplace / "curated").glob("*/cells.csv"))
