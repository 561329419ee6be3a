"""The corpus flow, only where something changed: cheap enough to be asked every few minutes, or by every push.

Comes in: the folders. Goes out: the run of the corpus, or nothing. Names, sizes and times of files are compared, or
tags of objects, so that nothing is opened for a corpus at rest; what a change means is left to curate_corpus, which
compares contents.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import fsspec.core
from prefect import flow, get_run_logger

from auditable.desk import DECISIONS_FILE
from auditable.fingerprint import combine
from auditable.papers import NOT_STUDIES
from auditable.publication import CorpusRun
from auditable.settings import SETTINGS_FILE
from auditable.store import write_text
from flows.curate_corpus import curate_corpus
from flows.embedded import CACHE_DIR
from flows.object_copies import is_hidden
from flows.object_store import ObjectStore
from flows.version import code_version


@flow(name="curate-changed", version=code_version(), validate_parameters=False)
def curate_changed(raw_dir: str = "raw", curated_dir: str = "curated", seen_dir: str = "") -> CorpusRun | None:
    """The run over all papers; None when papers, decisions, settings and code are as the last such run found them.

    seen_dir: where it is kept what was found; in the cache when left out. A run that fails is tried again, and one in
    which a study failed for a disk or a network.
    """
    seen = Path(seen_dir or CACHE_DIR / "seen") / f"{combine([raw_dir, curated_dir])}.txt"
    state = describe(raw_dir, curated_dir)
    if seen.is_file() and seen.read_text("utf-8").strip() == state:
        get_run_logger().info("Nothing changed in %s.", raw_dir)
        return None
    run = curate_corpus(raw_dir, curated_dir)
    if not any(failure.may_heal for failure in run.failures):
        write_text(seen, state + "\n")
    return run


def describe(raw_dir: str, curated_dir: str) -> str:
    """A hash over the listing of raw/, of the decisions and the settings, and the version of the code."""
    lines = [
        code_version(),
        *_list(raw_dir),
        *_list(curated_dir, DECISIONS_FILE),
        *_list(SETTINGS_FILE),
    ]
    return combine(lines)


def _list(folder: str, only: str = "") -> list[str]:
    """A line for each file below the folder, or for the only one asked for; none when nothing is there."""
    marks = _list_objects(folder, only) if folder.startswith("s3://") else _list_files(folder, only)
    return [
        f"{name} {mark}"
        for name, mark in sorted(marks.items())
        if name.split("/")[0] not in NOT_STUDIES and not is_hidden(name)
    ]


def _list_objects(address: str, only: str) -> Mapping[str, str]:
    """Names → tags."""
    store = ObjectStore(address)
    found = store.list_top()[1] if only else store.list()
    return {name: tag for name, tag in found.items() if only in ("", name)}


def _list_files(folder: str, only: str) -> Mapping[str, str]:
    """Names → size and time of the last change; the name of a single file is empty."""
    files, root = fsspec.core.url_to_fs(f"{folder.rstrip('/')}/{only}".rstrip("/"))
    found = files.find(root, detail=True)
    return {path.removeprefix(root).lstrip("/"): f"{info['size']} {info['mtime']}" for path, info in found.items()}
