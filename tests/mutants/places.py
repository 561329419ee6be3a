"""Source → mutants: the same source with one small fault, made by the operators of cosmic-ray.

Comes in: a module's file. Goes out: its places, and for a chosen place one mutant. A place is one node of the syntax
tree that an operator can change: a comparison, an arithmetic operator, a number, a condition, True or False, `and` or
`or`, a loop, a handler. Every place is as likely as any other, then every fault of it: a comparison with six
other signs counts once. Left out is what no run can show: annotations, which are never evaluated; decorators, which
remember or forbid; the promise of zip that its sides are as long; `is` beside `==`, one thing for constants that are
compared here. What runs a mutant is left to running.py.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

import parso
from cosmic_ray.ast import ast_nodes
from cosmic_ray.operators.operator import Operator
from cosmic_ray.plugins import get_operator, operator_names
from parso.tree import BaseNode, NodeOrLeaf

from tests.mutants.packages import ROOT, Package

WITH_ARGUMENTS = ("VariableReplacer", "VariableInserter")
"""Operators that ask for the name of a variable: they are made for studies of one quantity."""
ONE_THING = ("Eq_Is", "NotEq_IsNot", "Is_Eq", "IsNot_NotEq")
TREES = frozenset(
    ["comparison", "for_stmt", "if_stmt", "while_stmt", "assert_stmt", "test", "except_clause", "factor", "not_test"]
)
LEAVES = frozenset(
    ["+", "-", "*", "/", "//", "%", "**", ">>", "<<", "|", "&", "^", "True", "False", "and", "or", "break", "continue"]
)


@dataclass(frozen=True)
class Mutant:
    """One fault: the module's path in the repository, its line, the text before and after, and the whole source."""

    path: str
    line: int
    before: str
    after: str
    source: str

    @property
    def key(self) -> tuple[str, str, str]:
        """What names this fault as long as its line is not rewritten."""
        return self.path, self.before, self.after


@dataclass(frozen=True)
class Place:
    """The index of a node in its module's syntax tree, root first."""

    file: Path
    index: int


def draw_mutants(package: Package, count: int, seed: int) -> list[Mutant]:
    """Mutants at `count` places of a package drawn at random, fewer where it has fewer. Two calls draw the same."""
    random = Random(seed)
    places = [place for file in package.files() for place in _places(file)]
    random.shuffle(places)
    drawn = (mutant for place in places if (mutant := _mutant(place, random)) is not None)
    chosen: dict[tuple[str, str, str], Mutant] = {}
    for mutant in drawn:
        if len(chosen) == count:
            break
        chosen.setdefault(mutant.key, mutant)
    return sorted(chosen.values(), key=lambda m: (m.path, m.line, m.after))


@cache
def _operators() -> tuple[Operator, ...]:
    names = [n for n in operator_names() if not n.endswith(WITH_ARGUMENTS + ONE_THING)]
    return tuple(get_operator(name)() for name in sorted(names))


@cache
def _text(file: Path) -> str:
    return file.read_text(encoding="utf-8")


def _places(file: Path) -> Iterator[Place]:
    silent = _silent_spans(_text(file))
    for index, node in enumerate(ast_nodes(parso.parse(_text(file)))):
        if _may_change(node) and not any(start <= node.start_pos < end for start, end in silent):
            yield Place(file, index)


def _may_change(node: NodeOrLeaf) -> bool:
    if isinstance(node, BaseNode):
        return node.type in TREES
    return node.type == "number" or getattr(node, "value", "") in LEAVES


def _silent_spans(source: str) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Where the annotations, the decorators and the promises of a module stand: (line, column) of start and end."""
    found: list[ast.expr | None] = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.arg | ast.AnnAssign):
            found.append(node.annotation)
        elif isinstance(node, ast.FunctionDef):
            found += [node.returns, *node.decorator_list]
        elif isinstance(node, ast.ClassDef):
            found += node.decorator_list
        elif isinstance(node, ast.keyword) and node.arg == "strict":
            found.append(node.value)
    return [((a.lineno, a.col_offset), (a.end_lineno or 0, a.end_col_offset or 0)) for a in found if a is not None]


def _mutant(place: Place, random: Random) -> Mutant | None:
    """One fault at this place; None where no operator applies, or where the result is no Python."""
    tree = parso.parse(_text(place.file))
    node = next(n for i, n in enumerate(ast_nodes(tree)) if i == place.index)
    faults = [(o, i) for o in _operators() for i, _ in enumerate(o.mutation_positions(node) or ())]
    if not faults:
        return None
    operator, index = random.choice(faults)
    _change(node, operator, index)
    source = tree.get_code()
    return _told(place.file, source) if _compiles(source) else None


def _change(node: NodeOrLeaf, operator: Operator, index: int) -> None:
    parent = node.parent
    changed = operator.mutate(node, index)
    if changed is node or parent is None:
        return
    parent.children = [changed if child is node else child for child in parent.children]
    if changed is None:
        parent.children = [child for child in parent.children if child is not None]


def _compiles(source: str) -> bool:
    try:
        compile(source, "mutant", "exec")
    except SyntaxError:
        return False
    return True


def _told(file: Path, source: str) -> Mutant:
    old, new = _text(file).splitlines(), source.splitlines()
    line = next((i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), 0)
    tail = next((i for i, (a, b) in enumerate(zip(old[::-1], new[::-1], strict=False)) if a != b), 0)
    before, after = old[line : len(old) - tail], new[line : len(new) - tail]
    path = file.relative_to(ROOT).as_posix()
    return Mutant(path, line + 1, " ".join(x.strip() for x in before), " ".join(x.strip() for x in after), source)
