"""Rules of the house that a reader can rely on: who reads what, who writes where, how long a module is."""

from __future__ import annotations

import hashlib
import importlib
import io
import json
import re
import tokenize
from pathlib import Path

import pytest

from auditable.checks import RULES

ROOT = Path(__file__).parents[2]
SRC = ROOT / "src" / "auditable"
CODE = sorted(p for top in ("src", "flows", "schemas") for p in (ROOT / top).rglob("*.py"))
KNOWN_TO_CODE = sorted(
    p for top in ("src", "flows", "schemas") for p in (ROOT / top).rglob("*") if p.is_file() and p.suffix != ".pyc"
)
TEXTS = {p: p.read_text("utf-8") for p in CODE}
MAX_LINES = 400
RAW_SUMS = ROOT / "raw" / "SHA256SUMS"


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def code_without_text(path: Path) -> str:
    """The file without comments and strings."""
    tokens = tokenize.generate_tokens(io.StringIO(path.read_text("utf-8")).readline)
    return " ".join(t.string for t in tokens if t.type not in (tokenize.COMMENT, tokenize.STRING))


def test_nothing_knows_a_paper() -> None:
    studies = [p.name for p in (ROOT / "raw").iterdir() if p.is_dir()]
    assert studies
    # Whole ids only: a first author may be called Field, Page or Day.
    named = re.compile(rf"(?<![a-z0-9-])(?:{'|'.join(studies)})(?![a-z0-9])")
    assert [name_of(p) for p in KNOWN_TO_CODE if named.search(p.read_text("utf-8").lower())] == []


def test_modules_hold_one_idea() -> None:
    assert [name_of(p) for p, text in TEXTS.items() if len(text.splitlines()) > MAX_LINES] == []


def test_modules_say_what_they_are_for() -> None:
    assert [name_of(p) for p, text in TEXTS.items() if text and not text.startswith('"""')] == []


def test_printed_numbers_are_never_rounded() -> None:
    lines = [(name_of(p), line) for p, text in TEXTS.items() for line in text.splitlines()]
    assert [at for at in lines if re.search(r"\bround\(", at[1]) and "# geometry" not in at[1]] == []


def test_nothing_is_caught_to_carry_on() -> None:
    catching = re.compile(r"except\s*:|except\s+(Base)?Exception\b")
    assert [name_of(p) for p, text in TEXTS.items() if catching.search(text)] == []
    postponing = re.compile(r"\b(TO" + r"DO|FIX" + r"ME)\b")
    assert [name_of(p) for p, text in TEXTS.items() if postponing.search(text)] == []


def test_one_module_opens_the_gold_record() -> None:
    """papers.py may say where the file lies, gold_record.py alone reads it; the flows hash it."""
    readers = [name_of(p) for p in CODE if re.search(r"\bread_gold\b", code_without_text(p))]
    assert readers == ["src/auditable/comparing.py", "src/auditable/gold_record.py"]
    naming = [name_of(p) for p in CODE if re.search(r"[\"']gold\.csv", p.read_text("utf-8"))]
    assert set(naming) <= {"src/auditable/papers.py", "src/auditable/publish.py", "src/auditable/gold_record.py"}


MAY_WRITE = {
    "src/auditable/store.py": "curated/, by whole_files.py",
    "src/auditable/whole_files.py": "what store.py and others hand to it, as a whole",
    "src/auditable/locks.py": "the folder of a lock",
    "src/auditable/worker_process.py": "the temporary folder of its job",
    "src/auditable/release.py": "curated/releases/",
    "src/auditable/gold_sign.py": "copies that keyers left under a record no longer signed",
    "src/auditable/checks/documentation.py": "docs/",
    "src/auditable/review/findings_page.py": "docs/",
    "src/auditable/cli.py": "the picture that --out names, and text on the terminal",
    "flows/embedded.py": "the cache",
    "flows/inbox_files.py": "the list of studies to curate in raw/inbox; moves its PDFs",
    "flows/object_copies.py": "the local copy of object storage, in the cache",
    "flows/object_place.py": "the same",
    "flows/server.py": "the cache",
    "flows/server_start.py": "the log of a server, in the cache",
}


def test_only_the_store_writes_files() -> None:
    opening = re.compile(r"\bopen\s*\(\s*[\"'][wax]|\.(write_text|write_bytes|to_parquet|mkdir|unlink|rename)\s*\(")
    writers = {name_of(p) for p in CODE if opening.search(p.read_text("utf-8"))}
    assert writers <= set(MAY_WRITE), "say in MAY_WRITE what this module writes, or let store.py do it"


def test_every_check_is_documented() -> None:
    assert RULES
    for rule in RULES.values():
        assert rule.claim.strip(), f"{rule.id} has no one-line claim"


@pytest.mark.parametrize("path", sorted((SRC / "tables").glob("*.py")), ids=lambda p: p.name)
def test_every_table_type_is_documented(path: Path) -> None:
    module = importlib.import_module(f"auditable.tables.{path.stem}" if path.stem != "__init__" else "auditable.tables")
    assert module.__doc__
    assert len(module.__doc__) > 60


def test_inputs_are_never_edited() -> None:
    """raw/ holds the bytes that were given: every paper.pdf and gold.csv is in SHA256SUMS, and is still the same."""
    listed = dict(reversed(line.split("  ", 1)) for line in RAW_SUMS.read_text("utf-8").splitlines())
    found = {
        str(p.relative_to(RAW_SUMS.parent)): hashlib.sha256(p.read_bytes()).hexdigest()
        for pattern in ("*/paper.pdf", "*/gold.csv")
        for p in RAW_SUMS.parent.glob(pattern)
    }
    assert found == listed


def test_schemas_are_valid_json_schema() -> None:
    from jsonschema import Draft202012Validator

    found = sorted((ROOT / "schemas").glob("*.schema.json"))
    assert found
    for path in found:
        Draft202012Validator.check_schema(json.loads(path.read_text("utf-8")))
