"""Ways to put a fault into a running process: change functions in place, or load the modules anew with it.

Comes in: a module's path and its new source. Goes out: nothing; the process is changed, and is one made to end soon.
"""

from __future__ import annotations

import ast
import functools
import gc
import importlib.abc
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from importlib.machinery import ModuleSpec, PathFinder
from pathlib import Path
from types import CodeType, FunctionType, ModuleType

from tests.mutants.packages import ROOT

Functions = Mapping[str, list[FunctionType]]


def find_functions() -> dict[str, list[FunctionType]]:
    """All functions of src/auditable that live in this process, by path in the repository."""
    found: dict[str, list[FunctionType]] = defaultdict(list)
    for thing in gc.get_objects():
        if isinstance(thing, FunctionType) and thing.__code__.co_filename.startswith(str(ROOT / "src")):
            found[Path(thing.__code__.co_filename).relative_to(ROOT).as_posix()].append(thing)
    return found


def find_caches() -> list[functools._lru_cache_wrapper[object]]:
    """What remembers results of src/auditable in this process: a fault must not be hidden by a result from before."""
    caches = (thing for thing in gc.get_objects() if isinstance(thing, functools._lru_cache_wrapper))
    return [c for c in caches if str(getattr(c, "__module__", "")).startswith("auditable")]


def forget(caches: Iterable[functools._lru_cache_wrapper[object]]) -> None:
    """Empties caches of answers, so that each test runs the lines it asks for.

    A cache with one entry holds a table that is read once, and is kept: reading it for every test takes minutes.
    """
    for cache in caches:
        if cache.cache_info().currsize > 1:
            cache.cache_clear()


def change_functions(functions: Functions, path: str, source: str) -> None:
    """Gives each living function of a module its code of the new source, which has the same functions in order."""
    file = str(ROOT / path)
    old = _codes(compile((ROOT / path).read_text(encoding="utf-8"), file, "exec"))
    new = _codes(compile(source, file, "exec"))
    for function in functions.get(path, ()):
        name = function.__code__.co_qualname
        same = [i for i, code in enumerate(old[name]) if code == function.__code__]
        if same and same[0] < len(new[name]):
            function.__code__ = new[name][same[0]]


def _codes(code: CodeType) -> dict[str, list[CodeType]]:
    found: dict[str, list[CodeType]] = defaultdict(list)
    queue = [code]
    while queue:
        one = queue.pop(0)
        found[one.co_qualname].append(one)
        queue += [c for c in one.co_consts if isinstance(c, CodeType)]
    return found


class ChangedSource(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Loads modules of src/auditable from given source or trees instead of their files."""

    def __init__(self, sources: Mapping[str, str | ast.Module]) -> None:
        self.sources = {str(ROOT / path): source for path, source in sources.items()}

    def install(self) -> None:
        """From now on imports of these modules come from here."""
        sys.meta_path.insert(0, self)

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None, /
    ) -> ModuleSpec | None:
        """The module's own spec with this loader, if its source is changed."""
        if not fullname.startswith("auditable"):
            return None
        spec = PathFinder.find_spec(fullname, path)
        if spec is not None and spec.origin in self.sources:
            spec.loader = self
            return spec
        return None

    def exec_module(self, module: ModuleType) -> None:
        """Runs the changed source in the module."""
        file = str(module.__file__)
        exec(compile(self.sources[file], file, "exec"), module.__dict__)
