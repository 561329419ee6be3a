"""How right the tables of each contender are: the same scorer, the same truth, the same files.

Comes in: a scorer (a program that takes --truth, --pdfs and --command, and ends with a line TOTAL), its truth, the PDFs
that are timed. Goes out: for each contender its shares. How a contender's tables are brought into the scorer's form is
left to bench_tables.py.
"""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from flows.bench_tables import CONTENDERS

SHARE = re.compile(r"([a-z]+) (\d+\.\d+)")


def score_contenders(scorer: Path, truth: Path, pdfs: Sequence[Path]) -> dict[str, Mapping[str, float]]:
    """For each contender the shares of the scorer's last line by name; only truth of the given PDFs counts."""
    with tempfile.TemporaryDirectory(prefix="auditable-bench-") as scratch:
        place = Path(scratch)
        _link_truth(truth, pdfs, place)
        return {name: _score(scorer, name, place) for name in CONTENDERS}


def _link_truth(truth: Path, pdfs: Sequence[Path], place: Path) -> None:
    """Puts the PDFs that have truth, and their truth, into one folder."""
    by_name = {pdf.name: pdf.resolve() for pdf in pdfs}
    for file in sorted(truth.glob("*.json")):
        name = json.loads(file.read_text("utf-8"))["pdf"]
        if name in by_name:
            (place / file.name).symlink_to(file.resolve())
            if not (place / name).exists():
                (place / name).symlink_to(by_name[name])


def _score(scorer: Path, name: str, place: Path) -> Mapping[str, float]:
    command = f"{shlex.quote(sys.executable)} -m flows.bench_tables {shlex.quote(name)} {{pdf}}"
    done = subprocess.run(
        [sys.executable, str(scorer), "--truth", str(place), "--pdfs", str(place), "--command", command],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    total = [line for line in done.stdout.splitlines() if line.startswith("TOTAL")]
    if done.returncode or not total:
        sys.exit(done.stdout + done.stderr)
    return read_shares(total[-1])


def read_shares(line: str) -> dict[str, float]:
    """The shares in the scorer's last line, by name."""
    return {name: float(share) for name, share in SHARE.findall(line)}
