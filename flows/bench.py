"""How long a run takes: cold (nothing cached) and warm (nothing changed), and whether the second gives the same bytes.

Comes in: raw/. Goes out: three lines on the terminal. All is written to a scratch folder; curated/ and the cache stay.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

COMMAND = "from auditable.cli import main; main()"


def main() -> None:
    """Prints the seconds of a cold and of a warm run of all studies in raw/."""
    raw = Path("raw").resolve()
    with tempfile.TemporaryDirectory(prefix="auditable-bench-") as scratch:
        place = Path(scratch)
        for name in ("cold", "warm"):
            seconds, tail = _time_run(raw, place / name, place)
            print(f"{name}: {seconds:.1f} s · {tail}", flush=True)
        print("same bytes" if same_files(place / "cold", place / "warm") else "DIFFERENT BYTES")


def same_files(first: Path, second: Path) -> bool:
    """Whether two folders hold the same files with the same bytes."""
    return _contents(first) == _contents(second)


def _contents(folder: Path) -> dict[Path, bytes]:
    return {p.relative_to(folder): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def _time_run(raw: Path, curated: Path, place: Path) -> tuple[float, str]:
    start = time.perf_counter()
    command = [sys.executable, "-c", COMMAND, "run", "--raw", str(raw), "--curated", str(curated)]
    done = subprocess.run(command, cwd=place, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        sys.exit(done.stdout + done.stderr)
    told = [line for line in done.stdout.splitlines() if line.startswith("Studies:")]
    return time.perf_counter() - start, told[-1] if told else "no verdict"


if __name__ == "__main__":
    main()
