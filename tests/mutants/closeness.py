"""Which tests speak of a module: those that name one of its rules, in their own lines or in their file; of a module
that knows no rules those of the file named after it.

Comes in: the path of a module and the id of a test. Goes out: a rank; the tests of the lowest rank are asked first. The
rules of a module that holds none are those of the modules that import it, however far. Only the order of the tests
hangs on it, and so how many faults are noticed before the time of a mutant is over.
"""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

from tests.mutants.packages import ROOT, SOURCE

_RULE = re.compile(r'\bid="([\w.]+)"')
_CHECK = re.compile(r"^from auditable\.checks\.(\w+) import", re.MULTILINE)
_CASE = re.compile(r"\bcases_[a-z_]+")
OWN_LINES, OWN_FILE, OTHER = range(3)
EVERY_RULE = (
    "tests/properties/test_verdicts_of_articles.py",
    "tests/snapshots/test_made_again.py",
    "tests/unit/checks/test_cases_changed.py",
    "tests/unit/checks/test_cases_said.py",
    "tests/unit/checks/test_run_checks.py",
)
"""Files that run every rule and ask what it says."""


def rank(test: str, path: str) -> int:
    """How far a test is from a module: its own lines name a rule of it; its file does, or runs every rule; neither."""
    rules = rules_of(path)
    file, _, name = test.partition("::")
    if not rules:
        return OWN_FILE if Path(file).stem == f"test_{Path(path).stem}" else OTHER
    if any(rule in name or rule in _function(file, name.partition("[")[0]) for rule in rules):
        return OWN_LINES
    if file in EVERY_RULE and any(rule in _text(case) for case in _cases_named(name) for rule in rules):
        return OWN_LINES
    return OWN_FILE if file in EVERY_RULE or any(rule in _text(file) for rule in rules) else OTHER


@cache
def rules_of(path: str) -> frozenset[str]:
    """The ids of the rules that a module holds or serves; none for a module outside checks/."""
    if Path(path).parent.name != "checks":
        return frozenset()
    waiting, seen = [Path(path).stem], set[str]()
    own = frozenset(_RULE.findall(_text(path)))
    while waiting and not own:
        one = waiting.pop()
        seen.add(one)
        waiting += [m for m, used in _imports().items() if one in used and m not in seen]
    served = frozenset(rule for m in seen for rule in _RULE.findall((SOURCE / "checks" / f"{m}.py").read_text("utf-8")))
    return own or served


@cache
def _imports() -> dict[str, frozenset[str]]:
    return {p.stem: frozenset(_CHECK.findall(p.read_text("utf-8"))) for p in (SOURCE / "checks").glob("*.py")}


def _cases_named(name: str) -> list[str]:
    """The modules with papers written by hand that the id of a test names."""
    return [f"tests/unit/checks/{case}.py" for case in _CASE.findall(name)]


@cache
def _text(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


@cache
def _function(file: str, name: str) -> str:
    """The source of a test function, decorators too."""
    for node in ast.parse(_text(file)).body:
        if isinstance(node, ast.FunctionDef) and node.name == name:
            first = min([node.lineno, *(d.lineno for d in node.decorator_list)])
            return "\n".join(_text(file).splitlines()[first - 1 : node.end_lineno])
    return ""
