"""The corpus flow, only where something changed: cheap enough to be asked every few minutes, or by every push.

Comes in: the folders. Goes out: the run of the corpus, or nothing. Names, sizes and times of the files are compared, so
that nothing is opened for a corpus at rest; what a change means is left to curate_corpus, which compares contents.
"""

from __future__ import annotations

from pathlib import Path

import fsspec.core
from prefect import flow, get_run_logger

from auditable.desk import DECISIONS_FILE
from auditable.fingerprint import combine
from auditable.papers import NOT_STUDIES
from auditable.publication import CorpusRun
from auditable.store import write_text
from flows.curate_corpus import curate_corpus
from flows.embedded import CACHE_DIR
from flows.version import code_version

SETTINGS_FILE = "auditable.toml"
MARKS = ("ETag", "mtime", "LastModified")
"""What tells a changed file in a listing: of object storage, of a disk."""


@flow(name="curate-changed", version=code_version(), validate_parameters=False)
def curate_changed(raw_dir: str = "raw", curated_dir: str = "curated", seen_dir: str = "") -> CorpusRun | None:
    """The run over all papers; None when papers, decisions, settings and code are as the last such run found them.

    seen_dir: where it is kept what was found; in the cache when left out. A run that fails is tried again.
    """
    seen = Path(seen_dir or CACHE_DIR / "seen") / f"{combine([raw_dir, curated_dir])}.txt"
    state = describe(raw_dir, curated_dir)
    if seen.is_file() and seen.read_text("utf-8").strip() == state:
        get_run_logger().info("Nothing changed in %s.", raw_dir)
        return None
    run = curate_corpus(raw_dir, curated_dir)
    write_text(seen, state + "\n")
    return run


def describe(raw_dir: str, curated_dir: str) -> str:
    """A hash over the listing of raw/, of the decisions and the settings, and the version of the code."""
    lines = [
        code_version(),
        *_list(raw_dir),
        *_list(f"{curated_dir.rstrip('/')}/{DECISIONS_FILE}"),
        *_list(SETTINGS_FILE),
    ]
    return combine(lines)


def _list(address: str) -> list[str]:
    """A line for each file below the address, or the address itself; none when nothing is there."""
    files, root = fsspec.core.url_to_fs(address)
    found = files.find(root, detail=True)
    inside = {path.removeprefix(root).lstrip("/"): info for path, info in found.items()}
    return [
        f"{name} {info.get('size')} {' '.join(str(info[mark]) for mark in MARKS if mark in info)}"
        for name, info in sorted(inside.items())
        if name.split("/")[0] not in NOT_STUDIES and not any(part.startswith(".") for part in name.split("/"))
    ]
