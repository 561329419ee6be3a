"""Whether all that was published still holds: then a run publishes nothing anew.

Comes in: curated/, what a run knows of its studies. Goes out: the Publication of an earlier run that saw the very same:
the same files of all studies, decisions, items, history, settings and code, and left the very files that lie there
now. Publishing is left to publish.py.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Any

from auditable.cache import Cache
from auditable.fingerprint import SOURCE, code_fingerprint, combine
from auditable.model import DECISIONS_FILE, Paper
from auditable.outcomes import StudyFailure
from auditable.papers import hash_file
from auditable.publication import Publication, dump_publication, load_publication
from auditable.settings import TEXTS, Settings
from auditable.store import list_studies
from auditable.sweeping import sweep

STAGE = "publish"
REPORT = Path("report") / "index.html"
NOT_PUBLISHED = ("announced.csv", "approvals.csv")
"""Files beside those of the corpus that no publication reads or writes."""
TEMPLATES = SOURCE / "review" / "templates"


def publish_once(
    curated_dir: Path,
    papers: Sequence[Paper],
    failures: Sequence[StudyFailure],
    settings: Settings,
    cache: Cache,
    make: Callable[[], Publication],
) -> Publication:
    """What make publishes, or what it published when all was as it is now; no file is touched then.

    make: publishes the same papers, failures and settings into curated_dir. Publishing twice must change nothing the
    second time: the publication is known by what lies there after it. The caller holds the lock of the corpus: what
    killed writers left is taken away first.
    """
    sweep(curated_dir)
    known = cache.find(STAGE, _state(curated_dir, papers, failures, settings))
    text = cache.load(known) if known else None
    if text is not None:
        return load_publication(text, curated_dir / REPORT)
    given = _given(curated_dir)
    publication = make()
    # A problem told once need not be there the second time; a verdict that came while it was made is not in it.
    if not publication.decided.problems and _given(curated_dir) == given:
        cache.keep(STAGE, _state(curated_dir, papers, failures, settings), dump_publication(publication))
    return publication


def _state(curated_dir: Path, papers: Sequence[Paper], failures: Sequence[StudyFailure], settings: Settings) -> str:
    """A key of all that goes into a publication and comes out of it."""
    run = {
        "curated": str(curated_dir),
        "papers": {p.study_id: [_said(p), hash_file(p.folder / "paper.yaml"), _gold(p)] for p in papers},
        "failures": sorted((f.study_id, f.message) for f in failures),
        "settings": {name: value for name, value in asdict(settings).items() if name not in TEXTS},
        "code": code_fingerprint("auditable.publish"),
        "jinja2": version("jinja2"),
        "templates": {path.name: hash_file(path) for path in TEMPLATES.iterdir() if path.is_file()},
        "files": {str(path.relative_to(curated_dir)): hash_file(path) for path in _files(curated_dir)},
    }
    return combine([json.dumps(run, sort_keys=True)])


def _given(curated_dir: Path) -> dict[str, str]:
    """The hashes of what others leave in curated/ for a publication: verdicts, and the files of the studies."""
    decisions = curated_dir / DECISIONS_FILE
    paths = [
        p for p in _files(curated_dir) if p == decisions or p.parent not in (curated_dir, (curated_dir / REPORT).parent)
    ]
    return {str(path): hash_file(path) for path in paths}


def _said(paper: Paper) -> dict[str, Any]:
    """The paper as this run loaded it: paper.yaml may have been edited since."""
    return {name: value if isinstance(value, dict) else str(value) for name, value in asdict(paper).items()}


def _gold(paper: Paper) -> str:
    return hash_file(paper.gold_path) if paper.gold_path else ""


def _files(curated_dir: Path) -> Iterator[Path]:
    """The files of the studies, of the corpus and of the report."""
    if not curated_dir.is_dir():
        return
    folders = [curated_dir, curated_dir / REPORT.parent, *(curated_dir / study for study in list_studies(curated_dir))]
    for folder in folders:
        for path in folder.iterdir() if folder.is_dir() else ():
            if path.is_file() and not path.name.startswith(".") and path.name not in NOT_PUBLISHED:
                yield path
