"""The code that a cached result rests on, beside what Python's own parser sees."""

import ast
from pathlib import Path

import pytest

from auditable import fingerprint

MODULES = sorted(path for root in fingerprint.ROOTS.values() for path in root.rglob("*.py"))


def imports_of(code: str) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return {name for name in found if name.split(".")[0] in fingerprint.ROOTS}


def data_of(code: str) -> set[str]:
    texts = (node.value for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Constant))
    return {t for t in texts if isinstance(t, str) and t.endswith(fingerprint.DATA_SUFFIXES) and Path(t).stem}


def test_no_import_and_no_data_file_of_any_module_is_overlooked():
    for path in MODULES:
        code, seen = path.read_text("utf-8"), fingerprint._source(path)
        assert imports_of(code) <= set(seen.imports), path
        names = {p.name for p in fingerprint.ROOTS["schemas"].iterdir()}
        assert data_of(code) & names <= seen.texts, path


@pytest.mark.parametrize(
    ("code", "module"),
    [
        ("from auditable.rows import build_rows  # why (so)\n", "auditable.rows"),
        ("def f():\n    from auditable.checks import (\n        a,  # so\n        b,\n    )\n", "auditable.checks.b"),
        ("import json, schemas.frames as frames\n", "schemas.frames"),
        ("from auditable import engine as e\n", "auditable.engine"),
    ],
)  # fmt: skip
def test_each_way_to_import_is_seen(tmp_path: Path, code: str, module: str):
    path = tmp_path / "some.py"
    path.write_text(code, "utf-8")
    assert module in imports_of(code)
    assert module in fingerprint._source(path).imports
