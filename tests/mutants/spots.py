"""Source with counters in it: where a mutant's line runs, the counter of that mutant is called.

Comes in: mutants. Goes out: for each module the tree to load while the tests are asked once which line each of them
runs. A fault in a line of a function is met by the tests that run its statement. A fault in a line that runs at import,
a constant or a default, is met by the tests that run a function which uses what the line names, or uses a constant made
of that; names are followed through all modules.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from tests.mutants.packages import ROOT, SOURCE
from tests.mutants.places import Mutant

COUNTER = "__runs_mutants__"
"""A builtin while the tests are asked: takes the indices of mutants."""


def is_at_import(mutant: Mutant) -> bool:
    """Whether the line of a mutant runs when its module is imported: it lies in no function's body."""
    tree = ast.parse((ROOT / mutant.path).read_text(encoding="utf-8"))
    return _statement(tree, mutant.line)[1] is None


def counting_sources(mutants: Sequence[Mutant]) -> dict[str, ast.Module]:
    """Path of each module that can meet a mutant → its tree with counters."""
    trees = {p.relative_to(ROOT).as_posix(): ast.parse(p.read_text(encoding="utf-8")) for p in SOURCE.rglob("*.py")}
    spots: dict[str, dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
    for index, mutant in enumerate(mutants):
        statement, function = _statement(trees[mutant.path], mutant.line)
        if function is not None:
            spots[mutant.path][statement.lineno].add(index)
        else:
            for path, line in _users(trees, _names_bound(statement)):
                spots[path][line].add(index)
    return {path: _with_counters(trees[path], lines) for path, lines in spots.items()}


def _statement(tree: ast.Module, line: int) -> tuple[ast.stmt, ast.FunctionDef | None]:
    """The innermost statement around a line, and the function whose body it stands in."""
    best: tuple[ast.stmt, ast.FunctionDef | None] = (tree.body[0], None)
    queue: list[tuple[ast.stmt, ast.FunctionDef | None]] = [(s, None) for s in tree.body]
    while queue:
        statement, function = queue.pop()
        if not _first_line(statement) <= line <= (statement.end_lineno or 0):
            continue
        best = (statement, function)
        inside = statement if isinstance(statement, ast.FunctionDef) else function
        queue += [(s, inside) for s in ast.iter_child_nodes(statement) if isinstance(s, ast.stmt)]
        queue += [(s, inside) for h in ast.iter_child_nodes(statement) if _holds(h) for s in getattr(h, "body", [])]
        if isinstance(statement, ast.FunctionDef) and line < statement.body[0].lineno:
            return best
    return best


def _holds(node: ast.AST) -> bool:
    return isinstance(node, ast.ExceptHandler | ast.match_case)


def _first_line(statement: ast.stmt) -> int:
    return min([statement.lineno, *(d.lineno for d in getattr(statement, "decorator_list", ()))])


def _names_bound(statement: ast.stmt) -> set[str]:
    if isinstance(statement, ast.FunctionDef | ast.ClassDef):
        return {statement.name}
    targets = getattr(statement, "targets", None) or [getattr(statement, "target", statement)]
    return {n.id for t in targets for n in ast.walk(t) if isinstance(n, ast.Name)}


def _users(trees: Mapping[str, ast.Module], names: set[str]) -> set[tuple[str, int]]:
    """The functions that use a name, or a constant made of it: path and line of each."""
    names = set(names)
    found: set[tuple[str, int]] = set()
    while True:
        size = len(names)
        for path, tree in trees.items():
            for statement in tree.body:
                if names & _names_used(statement):
                    found |= {(path, f.lineno) for f in _functions(statement) if names & _names_used(f)}
                    names |= set() if isinstance(statement, ast.FunctionDef) else _names_bound(statement)
        if len(names) == size:
            return found


_USED: dict[ast.AST, frozenset[str]] = {}


def _names_used(node: ast.AST) -> frozenset[str]:
    """Names and attributes of a piece of code; a function's own name, too, for a fault in its head."""
    if node not in _USED:
        own = {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}
        own |= {n.attr for n in ast.walk(node) if isinstance(n, ast.Attribute)}
        own |= {n.name for n in ast.walk(node) if isinstance(n, ast.FunctionDef | ast.ClassDef)}
        _USED[node] = frozenset(own)
    return _USED[node]


def _functions(statement: ast.stmt) -> Iterable[ast.FunctionDef]:
    return [n for n in ast.walk(statement) if isinstance(n, ast.FunctionDef)]


def _with_counters(tree: ast.Module, lines: Mapping[int, set[int]]) -> ast.Module:
    return ast.fix_missing_locations(_Counting(lines).visit(tree))


class _Counting(ast.NodeTransformer):
    """Puts a call before each statement of a body that is met, and at the start of each function that is."""

    def __init__(self, lines: Mapping[int, set[int]]) -> None:
        self.lines = lines

    def generic_visit(self, node: ast.AST) -> ast.AST:
        super().generic_visit(node)
        for field in ("body", "orelse", "finalbody"):
            statements = getattr(node, field, None)
            if isinstance(statements, list) and not isinstance(node, ast.Module | ast.ClassDef):
                setattr(node, field, [s for old in statements for s in self._before(old)])
        if isinstance(node, ast.FunctionDef) and node.lineno in self.lines:
            node.body.insert(0, self._call(node.lineno))
        return node

    def _before(self, statement: ast.stmt) -> list[ast.stmt]:
        if statement.lineno not in self.lines or isinstance(statement, ast.FunctionDef):
            return [statement]
        return [self._call(statement.lineno), statement]

    def _call(self, line: int) -> ast.stmt:
        numbers = ", ".join(str(i) for i in sorted(self.lines[line]))
        return ast.parse(f"{COUNTER}({numbers})").body[0]
