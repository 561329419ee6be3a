"""Imports run one way: flows → src → schemas; inside src a stage never reaches a later one, not even through others."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SRC = ROOT / "src" / "auditable"
STAGES = (
    "model", "settings", "papers", "isolation", "readers", "layout", "limits", "regions", "engine", "reading",
    "values", "codebook", "observations", "prose", "observing", "checks", "checking", "reconcile", "comparing", "items",
    "decisions", "store", "desk", "curate", "stages", "study_work", "study_job",
    "evidence", "summary", "review", "tally", "publish", "telling", "release", "terminal", "cli",
)  # fmt: skip
"""The way of the data. Every other module is part of the stages that import it."""


def module_of(path: Path) -> str:
    parts = list(path.relative_to(SRC).with_suffix("").parts)
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def imported(path: Path) -> set[str]:
    """Every module named in an import of the file, also inside functions; relative imports are refused."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            names |= {node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names


MODULES = {module_of(p): p for p in sorted(SRC.rglob("*.py"))}


@cache
def direct(module: str) -> set[str]:
    """The modules of ours that this one imports."""
    return {n.removeprefix("auditable.") for n in imported(MODULES[module])} & set(MODULES) - {module, ""}


def reached(stage: str) -> set[str]:
    """All modules that a stage rests on, however far; a package counts with all its modules."""
    waiting = [m for m in MODULES if m == stage or m.startswith(f"{stage}.")]
    seen: set[str] = set()
    while waiting:
        module = waiting.pop()
        if module not in seen:
            seen.add(module)
            waiting.extend(direct(module))
    return seen


def stage_of(module: str) -> str:
    return next((s for s in STAGES if module == s or module.startswith(f"{s}.")), "")


@pytest.mark.parametrize("stage", STAGES)
def test_a_stage_never_reaches_a_later_one(stage: str) -> None:
    assert stage in MODULES
    later = STAGES[STAGES.index(stage) + 1 :]
    assert {m for m in reached(stage) if stage_of(m) in later} == set()


def test_no_module_is_left_over() -> None:
    """Nothing reaches such a module: it is dead, or a stage not in STAGES; packages collect their own modules."""
    known = set().union(*(reached(s) for s in STAGES))
    assert [m for m in MODULES if m and m not in known and m.rpartition(".")[0] not in known] == []


def test_no_imports_run_in_a_circle() -> None:
    circles = []
    for module in MODULES:
        waiting, seen = list(direct(module)), set()
        while waiting:
            inner = waiting.pop()
            if inner not in seen:
                seen.add(inner)
                waiting.extend(direct(inner))
        if module in seen:
            circles.append(module)
    assert circles == []


def importing(wanted: set[str]) -> set[str]:
    """The modules that import one of these, or of what lies in them."""
    names = {m: {".".join(n.split(".")[:k]) for n in imported(p) for k in (1, 2)} for m, p in MODULES.items()}
    return {module for module, named in names.items() if named & wanted}


def test_only_the_commands_know_flows_and_prefect() -> None:
    knowing = importing({"flows", "prefect", "tests"})
    assert "cli_run" in knowing
    assert {m for m in knowing if not re.fullmatch(r"cli(_\w+)?", m)} == set()


def test_one_module_uses_the_network() -> None:
    web = {"httpx", "requests", "urllib3", "aiohttp", "urllib.request", "http.client", "ftplib"}
    assert importing(web) == {"fetch_http"}


@pytest.mark.parametrize("path", sorted((ROOT / "schemas").glob("*.py")), ids=lambda p: p.name)
def test_schemas_import_nothing_of_ours(path: Path) -> None:
    assert {name.split(".")[0] for name in imported(path)} & {"auditable", "flows", "tests"} == set()


@pytest.mark.parametrize("path", sorted((ROOT / "flows").glob("*.py")), ids=lambda p: p.name)
def test_flows_do_not_import_the_command_or_tests(path: Path) -> None:
    names = imported(path)
    assert not any(n.startswith("auditable.cli") for n in names)
    assert not any(n.split(".")[0] == "tests" for n in names)
