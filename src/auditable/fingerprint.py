"""Fingerprints of code: what a cached result depends on besides its inputs.

Comes in: the name of one of our modules. Goes out: one hash over the source of that module and of every module of ours
it imports, however far, over schemas/, and over the versions of the libraries that read PDFs. A result is taken from
the cache only where the fingerprint is the same; a change of the report does not make a paper be read again.
"""

from __future__ import annotations

import ast
import hashlib
import sys
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.metadata import version
from pathlib import Path

import schemas

PACKAGE = "auditable"
SOURCE = Path(__file__).parent
SCHEMAS = Path(schemas.__path__[0])
LIBRARIES = (
    "camelot-py", "matplotlib", "numpy", "onnxruntime", "opencv-python-headless", "pandas", "pdfplumber", "pillow",
    "pypdfium2", "rapidocr", "scipy", "statsmodels",
)  # fmt: skip
"""Libraries whose behaviour shows in what is read and computed."""


@cache
def code_fingerprint(module: str) -> str:
    """The hash of a module of ours, such as "auditable.engine", with all it rests on."""
    parts = [f"python {sys.version_info.major}.{sys.version_info.minor}"]
    parts += [f"{name} {number}" for name, number in library_versions().items()]
    parts += [f"{path.name} {_hash(path)}" for path in sorted(_schema_files())]
    parts += [f"{name} {_hash(path)}" for name, path in sorted(find_imports(module).items())]
    return combine(parts)


def library_versions() -> dict[str, str]:
    """The installed versions of LIBRARIES."""
    return {name: version(name) for name in LIBRARIES}


def combine(parts: Sequence[str]) -> str:
    """One short hash of several texts, order counting."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:32]


def find_imports(module: str) -> dict[str, Path]:
    """Our modules that this one rests on, itself included, by name; imports inside functions count, and packages bring
    all they hold.
    """
    found: dict[str, Path] = {}
    seen: set[str] = set()
    waiting = [module]
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        for inner, path in _files_of(name):
            found[inner] = path
            waiting.extend(_imported_names(path))
    return found


def _files_of(name: str) -> list[tuple[str, Path]]:
    """The file of a module; for a package all its files, since a package may collect its modules from the folder."""
    place = SOURCE.joinpath(*name.split(".")[1:])
    if name == PACKAGE:
        return [(name, SOURCE / "__init__.py")]
    if place.with_suffix(".py").is_file():
        return [(name, place.with_suffix(".py"))]
    if place.is_dir():
        return [
            (".".join((PACKAGE, *p.relative_to(SOURCE).with_suffix("").parts)), p) for p in sorted(place.rglob("*.py"))
        ]
    return []


def _imported_names(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.split(".")[0] == PACKAGE)
        elif isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == PACKAGE:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _schema_files() -> Iterator[Path]:
    return (p for p in SCHEMAS.iterdir() if p.suffix in (".py", ".yaml", ".json"))


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
