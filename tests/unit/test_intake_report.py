"""The first report of a paper that came in: how sure each type is, and what is left for a human, with its command."""

from __future__ import annotations

from pathlib import Path

from auditable.curate import curate_study, read_study
from auditable.decisions import read_decisions
from auditable.desk import decide
from auditable.facts import Fact, PaperFacts
from auditable.intake_about import write_about
from auditable.intake_report import Places, list_todos, type_tables
from auditable.papers import hash_file, load_paper
from auditable.settings import Settings
from auditable.store import write_study
from tests.front_pages import TITLE, article_pdf
from tests.papers_made import GOLD

FACTS = PaperFacts(title=Fact(TITLE, "page 1"), surname=Fact("Poe", "page 1"), year=Fact("", "no date"))


def test_the_closing_list_names_every_command_with_the_folders_in_use(tmp_path: Path) -> None:
    raw, curated = tmp_path / "my raw", tmp_path / "curated"
    folder = raw / "poe2021"
    folder.mkdir(parents=True)
    wrong = article_pdf(
        rows=[("Sex, n (%)", "", ""), ("  Female", "17 (25.0)", "5 (25.0)"), ("  Male", "30 (75.0)", "15 (75.0)")]
    )
    (folder / "paper.pdf").write_bytes(wrong)
    (folder / "paper.yaml").write_text(
        write_about(FACTS, hash_file(folder / "paper.pdf"), "then", {}), encoding="utf-8"
    )
    paper = load_paper(folder)
    result = curate_study(paper, read_study(paper, Settings()))
    write_study(curated, "poe2021", result.reading, result.frames)
    assert read_decisions(curated / "decisions.csv") is not None
    decided = decide(curated, [result.frames])
    places = Places(raw, curated, "poe2021")

    (table,) = type_tables(result.reading, result.frames, {})
    assert (table.table_id, table.type_name, table.is_clear, table.n_observations) == ("T1", "baseline", True, 8)
    assert table.why.startswith("100 % of rows describe patients")
    (named,) = type_tables(result.reading, result.frames, {"T1": "flow"})
    assert (named.type_name, named.score) == ("flow", 100)

    todos = list_todos(places, result.reading, result.frames, decided, folder / "gold" / "draft.csv", None)
    said = {t.what: t.how for t in todos}
    assert said["fill in what the PDF does not say: year, doi, journal, licence"] == str(folder / "paper.yaml")
    assert said["compare with page 1: title, authors"] == str(folder / "paper.yaml")
    n = len(decided.items)
    assert n
    options = f"--raw '{raw}' --curated {curated}"
    assert said[f"decide on {n} item{'s' if n > 1 else ''}"] == f"auditable review --who NAME {options}"
    assert any(t.how == f"auditable gold draft poe2021 --keyer NAME {options}" for t in todos)

    (folder / "gold.csv").write_text(GOLD)
    later = list_todos(places, result.reading, result.frames, decided, None, tmp_path / "changes.csv")
    assert not any("gold" in t.what for t in later)
    assert any(t.how == str(tmp_path / "changes.csv") for t in later)
