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
SAFE_LOADERS = {"_Loader", "_PlainLoader"}
"""Classes of entries.py and plain_yaml.py: safe ones that refuse a key that stands twice, or a name for a value."""
OF_YAML = {"YAMLError", "SafeLoader", "MappingNode", "ScalarNode", "safe_dump", "load"}
"""All that is used of yaml, under its own name; whatever else is made of it could hide what loads objects."""
FROM_YAML = {("ComposerError", None), ("SafeLoader", "_SafeLoader")}


def unsafe(tree: ast.AST) -> Iterator[str]:
    """What should not be there, with its line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield from _imports_of_yaml(node)
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module or ""]
            yield from (f"{node.lineno}: import {name}" for name in names if name.split(".")[0] in MODULES)
        elif isinstance(node, ast.Call):
            yield from (f"{node.lineno}: {said}" for said in _calls(node))
    yield from _uses_of_yaml(tree)


def _imports_of_yaml(node: ast.Import | ast.ImportFrom) -> Iterator[str]:
    for alias in node.names:
        is_from = isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "yaml"
        is_other = isinstance(node, ast.Import) and alias.name.startswith("yaml.")
        is_other |= isinstance(node, ast.Import) and alias.name == "yaml" and alias.asname is not None
        if is_other or (is_from and (alias.name, alias.asname) not in FROM_YAML):
            yield f"{node.lineno}: {alias.name} of yaml"


def _uses_of_yaml(tree: ast.AST) -> Iterator[str]:
    """Every use of yaml but those of OF_YAML; yaml.load only where it is called, with a safe loader."""
    parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id == "yaml":
            yield from (f"{node.lineno}: {said}" for said in _use(parents[node], parents))
        is_loader = isinstance(node, ast.Name) and node.id in SAFE_LOADERS and isinstance(node.ctx, ast.Store)
        if is_loader or (isinstance(node, ast.arg) and node.arg in SAFE_LOADERS):
            yield f"{node.lineno}: another loader under the name of a safe one"
        bases = [ast.unparse(base) for base in getattr(node, "bases", ())]
        if getattr(node, "name", "") in SAFE_LOADERS and bases not in (["yaml.SafeLoader"], ["_SafeLoader"]):
            yield f"{node.lineno}: a loader that is not a safe one"


def _use(use: ast.AST, parents: dict[ast.AST, ast.AST]) -> Iterator[str]:
    call = parents.get(use)
    if isinstance(use, ast.Attribute) and use.attr in OF_YAML:
        if use.attr == "load" and not (isinstance(call, ast.Call) and call.func is use and _is_safe(call)):
            yield "yaml.load without a safe loader"
    elif ast.unparse(use) != "getattr(yaml, 'CSafeLoader', yaml.SafeLoader)":
        yield ast.unparse(use)


def _is_safe(call: ast.Call) -> bool:
    given = {keyword.arg: keyword.value for keyword in call.keywords}
    return len(call.args) == 1 and getattr(given.get("Loader"), "id", "") in SAFE_LOADERS


def _calls(node: ast.Call) -> Iterator[str]:
    owner, _, method = ast.unparse(node.func).rpartition(".")
    name = "" if owner else method
    given = {keyword.arg: keyword.value for keyword in node.keywords}
    if name in NAMES or (method in METHODS and owner != "yaml"):
        yield method
    words = {arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)}
    if method == "getattr" and words & (NAMES | METHODS):
        yield f"getattr of {', '.join(words)}"
    if method == "import_module" and {word.split(".")[0] for word in words} & (MODULES | {"yaml"}):
        yield f"import_module of {', '.join(words)}"
    for risky, value in ((name, given[name]) for name in ("shell", "allow_pickle") if name in given):
        if not (isinstance(value, ast.Constant) and value.value is False):
            yield f"{risky}="
    if method == "create_subprocess_shell":
        yield method


def test_nothing_runs_data() -> None:
    found = {str(p.relative_to(ROOT)): list(unsafe(ast.parse(p.read_text("utf-8")))) for p in CODE}
    assert len(found) > 100
    assert {path: said for path, said in found.items() if said} == {}


@pytest.mark.parametrize(
    "line",
    [
        "import pickle", "from cloudpickle import loads", "import pandas as pd; pd.read_pickle(x)", "eval(text)",
        "yaml.load(text)", "yaml.load(text, Loader=yaml.CLoader)", "yaml.unsafe_load(text)", "os.system(text)",
        "yaml.load(text, Loader=loader)", "yaml.load(text, loader)", "yaml.full_load(text)", "yaml.safe_load(text)",
        "yaml.load_all(text)", "from yaml import load", "from yaml import unsafe_load as safe", "import yaml as y",
        "from yaml.loader import UnsafeLoader", "import yaml.loader", "from yaml import *", "getattr(yaml, name)(text)",
        "getattr(yaml, 'UnsafeLoader')", "read = yaml.load", "loader = yaml.UnsafeLoader", "vars(yaml)['load'](text)",
        "yaml.__dict__['load'](text)", "_Loader = Loader", "class _PlainLoader(Loader): pass", "read(yaml)",
        "def read(text, _Loader): return yaml.load(text, Loader=_Loader)", "import_module('yaml').load(text)",
        "importlib.import_module('pickle')", "getattr(pd, 'read_pickle')(path)",
        "subprocess.run(text, shell=True)", "np.load(path, allow_pickle=flag)", "Environment().from_string(text)",
    ],
)  # fmt: skip
def test_what_is_looked_for_is_found(line: str) -> None:
    assert list(unsafe(ast.parse(line)))


def test_what_is_safe_is_let_through() -> None:
    lines = (
        "import yaml", "from yaml.composer import ComposerError", "yaml.load(text, Loader=_PlainLoader)",
        "yaml.safe_dump(x)", "_SafeLoader = getattr(yaml, 'CSafeLoader', yaml.SafeLoader)", "json.load(file)",
        "class _PlainLoader(yaml.SafeLoader): pass",
    )  # fmt: skip
    assert [said for line in lines for said in unsafe(ast.parse(line))] == []


@pytest.mark.parametrize("name", ["entries._Loader", "plain_yaml._PlainLoader"])
def test_the_safe_loaders_are_safe(name: str) -> None:
    import importlib

    import yaml

    loader = getattr(importlib.import_module(f"auditable.{name.split('.', maxsplit=1)[0]}"), name.split(".")[1])
    assert issubclass(loader, yaml.SafeLoader | getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    with pytest.raises(yaml.YAMLError):
        yaml.load("!!python/object/apply:os.getcwd []", Loader=loader)
