"""Data is never run: no pickle, no objects from YAML, no shell, no code made of text."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CODE = sorted(p for top in ("src", "flows", "schemas") for p in (ROOT / top).rglob("*.py"))
MODULES = {"pickle", "cPickle", "_pickle", "cloudpickle", "dill", "joblib", "marshal", "shelve", "jsonpickle", "pty"}
"""Modules that make objects of bytes, or hand words to a shell."""
NAMES = {"eval", "exec", "compile", "__import__"}
METHODS = {
    "read_pickle", "to_pickle", "read_hdf", "unsafe_load", "full_load", "load_all", "system", "popen", "getoutput",
    "getstatusoutput", "from_string",
}  # fmt: skip
"""Of pandas, yaml, os, subprocess and jinja2: each makes objects, commands or templates of text."""
SAFE_LOADERS = {"SafeLoader", "CSafeLoader", "_Loader"}
"""_Loader: of entries.py, a safe one that refuses a key that stands twice."""


def unsafe(tree: ast.AST) -> Iterator[str]:
    """What should not be there, with its line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module or ""]
            yield from (f"{node.lineno}: import {name}" for name in names if name.split(".")[0] in MODULES)
        elif isinstance(node, ast.Call):
            yield from (f"{node.lineno}: {said}" for said in _calls(node))


def _calls(node: ast.Call) -> Iterator[str]:
    owner, _, method = ast.unparse(node.func).rpartition(".")
    name = "" if owner else method
    given = {keyword.arg: keyword.value for keyword in node.keywords}
    if name in NAMES or method in METHODS:
        yield method
    if owner == "yaml" and method == "load" and getattr(given.get("Loader"), "id", "") not in SAFE_LOADERS:
        yield "yaml.load without a safe loader"
    for risky, value in ((name, given[name]) for name in ("shell", "allow_pickle") if name in given):
        if not (isinstance(value, ast.Constant) and value.value is False):
            yield f"{risky}="
    if method == "create_subprocess_shell":
        yield method


@pytest.mark.parametrize("path", CODE, ids=lambda p: str(p.relative_to(ROOT)))
def test_nothing_runs_data(path: Path) -> None:
    assert list(unsafe(ast.parse(path.read_text("utf-8")))) == []


@pytest.mark.parametrize(
    "line",
    [
        "import pickle", "from cloudpickle import loads", "import pandas as pd; pd.read_pickle(x)", "eval(text)",
        "yaml.load(text)", "yaml.load(text, Loader=yaml.Loader)", "yaml.unsafe_load(text)", "os.system(text)",
        "subprocess.run(text, shell=True)", "np.load(path, allow_pickle=flag)", "Environment().from_string(text)",
    ],
)  # fmt: skip
def test_what_is_looked_for_is_found(line: str) -> None:
    assert len(list(unsafe(ast.parse(line)))) == 1


def test_the_safe_loader_of_the_codebook_is_one() -> None:
    import yaml

    from auditable.entries import _Loader

    assert issubclass(_Loader, yaml.SafeLoader | getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    with pytest.raises(yaml.YAMLError):
        yaml.load("!!python/object/apply:os.getcwd []", Loader=_Loader)
