"""Fingerprints of code: what a cached result depends on besides its inputs.

Comes in: the name of one of our modules. Goes out: one hash over the source of that module and of every module of ours
it imports, however far, schemas/ included, over the data files of schemas/ that these name, and over the versions of
the libraries that read PDFs and match texts. A result is taken from the cache only where the fingerprint is the same;
a change of the report, or of a rule, does not make a paper be read again.
"""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path

import schemas

SOURCE = Path(__file__).parent
ROOTS = {"auditable": SOURCE, "schemas": Path(schemas.__path__[0])}
"""Our packages, and where they lie."""
DATA_SUFFIXES = (".yaml", ".json")
IMPORT = re.compile(
    r"""^[ \t]*(?:
        from[ ]((?:auditable|schemas)[\w.]*)[ ]import[ ]  # the module,
        (\([^)]*\)|[^\n]*)                               # and what is taken of it, over several lines in brackets
      | import[ ]([^\n]*)
    )""",
    re.MULTILINE | re.VERBOSE,
)
"""An import as the formatter sets it. Parsing every module of ours would take a second of each run."""
NAME = re.compile(r"[A-Za-z_][\w.]*")
DATA_NAME = re.compile(r'"([\w.-]+\.(?:yaml|json))"')
LIBRARIES = (
    "camelot-py", "matplotlib", "numpy", "onnxruntime", "opencv-python-headless", "pandas", "pdfplumber", "pillow",
    "pypdfium2", "rapidocr", "scipy", "statsmodels",
)  # fmt: skip
"""Libraries whose behaviour shows in what is read and computed; run.json records their versions."""
HELPERS = ("pandera", "pdfminer.six", "playa-pdf", "pyclipper", "pyyaml", "rapidfuzz", "shapely")
"""What these and our stages rest on: another version may read or match otherwise, so nothing cached holds for it."""


@cache
def code_fingerprint(module: str) -> str:
    """The hash of a module of ours, such as "auditable.engine", with all it rests on."""
    files = find_imports(module)
    parts = [f"python {sys.version_info.major}.{sys.version_info.minor}"]
    parts += _library_parts()
    parts += [f"{path.name} {_hash(path)}" for path in find_data(files.values())]
    parts += [f"{name} {_hash(path)}" for name, path in sorted(files.items())]
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
            waiting.extend(_source(path).imports)
    return found


def find_data(modules: Iterable[Path]) -> list[Path]:
    """The data files of schemas/ that these modules name in their code, sorted."""
    named = {text for path in modules for text in _source(path).texts}
    return sorted(p for p in ROOTS["schemas"].iterdir() if p.suffix in DATA_SUFFIXES and p.name in named)


@dataclass(frozen=True)
class _Source:
    """What a module imports of ours, and which of its texts may be the name of a data file."""

    imports: tuple[str, ...]
    texts: frozenset[str]


@cache
def _source(path: Path) -> _Source:
    code = path.read_text("utf-8")
    return _Source(tuple(_imported_names(code)), frozenset(DATA_NAME.findall(code)))


def _files_of(name: str) -> list[tuple[str, Path]]:
    """The file of a module; for a package all its files, since a package may collect its modules from the folder."""
    top, *inner = name.split(".")
    if not inner:
        return [(name, ROOTS[top] / "__init__.py")]
    place = ROOTS[top].joinpath(*inner)
    if place.with_suffix(".py").is_file():
        return [(name, place.with_suffix(".py"))]
    if place.is_dir():
        return [
            (".".join((top, *p.relative_to(ROOTS[top]).with_suffix("").parts)), p) for p in sorted(place.rglob("*.py"))
        ]
    return []


def _imported_names(code: str) -> Iterator[str]:
    """Names that may be modules of ours; one that is none has no file."""
    for module, names, plain in IMPORT.findall(code):
        if module:
            yield module
            yield from (f"{module}.{name}" for name in NAME.findall(names))
        else:
            yield from (name for name in NAME.findall(plain) if name.split(".")[0] in ROOTS)


@cache
def _library_parts() -> tuple[str, ...]:
    return tuple(f"{name} {version(name)}" for name in (*LIBRARIES, *HELPERS))


@cache
def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
