"""What killed writers left in curated/ → gone: files half written, folders in the making, folders replaced.

Comes in: curated/, whose corpus lock the caller holds. Goes out: curated/ with nothing hidden in it but locks. Each
thing is taken under the lock of those who write it, so that nobody's work of this moment is touched. What was replaced
half way is brought back by those who read it (whole_files.py).
"""

from __future__ import annotations

import re
from pathlib import Path

from auditable.locks import APPROVALS_LOCK, DECISIONS_LOCK, lock
from auditable.whole_files import NEW, clear_left, list_folder, recover_folder

STUDY_LEFT = re.compile(r"\.(?P<study_id>.+)\.(?:new-.+|old)")
WITH_LOCK = {"decisions.csv": DECISIONS_LOCK, "approvals.csv": APPROVALS_LOCK}
"""Files that others than a run write, and their locks."""


def sweep(curated_dir: Path) -> None:
    """Nothing; see above. Raises AuditableError when another program does not let go of its lock."""
    left = [path for path in list_folder(curated_dir) if path.name.startswith(".")]
    folders = {m["study_id"] for path in left if path.is_dir() and (m := STUDY_LEFT.fullmatch(path.name))}
    for study_id in sorted(folders):
        with lock(curated_dir / f".{study_id}.lock", study_id):
            recover_folder(curated_dir / study_id)
            clear_left(curated_dir / study_id, NEW)
    for path in [*list_folder(curated_dir), *list_folder(curated_dir / "report")]:
        if path.is_file() and not path.name.startswith(".") and path.name not in WITH_LOCK:
            clear_left(path)
    for name, held in WITH_LOCK.items():
        if any(path.name.startswith(f".{name}.") and path.name != held for path in left):
            with lock(curated_dir / held, name):
                clear_left(curated_dir / name)
