"""A tutorial's commands and their output: read from its Markdown, run, and put back.

A block ```console holds lines "$ command", each with what it prints below; exit codes other than 0 follow as "exit N".
What differs from machine to machine (times, checksums, the folder) is written as … on both sides.
`python -m tests.tutorial docs/adding-a-paper.md` runs all commands and writes their output into the page.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

BLOCK = re.compile(r"(?<=```console\n).*?(?=```)", re.DOTALL)
VARYING = (
    (re.compile(r"\d{4}-\d\d-\d\dT[\d:]+(?:[+-]\d\d:\d\d|Z)?"), "…"),
    (re.compile(r"\b[0-9a-f]{64}\b"), "…"),
    (re.compile(r"\b[0-9a-f]{12}\b"), "…"),
    (re.compile(r"file://\S*?(?=/curated/)"), "file://…"),
)
SECONDS = 600


@dataclass(frozen=True)
class Step:
    """One command of a tutorial and what it prints, exit code included."""

    command: str
    output: str


def read_steps(page: str) -> list[Step]:
    """The commands of a page, in order."""
    parts = [p for block in BLOCK.findall(page) for p in re.split(r"^\$ ", block, flags=re.MULTILINE) if p.strip()]
    return [Step(command, output.rstrip()) for command, _, output in (p.partition("\n") for p in parts)]


def run_step(command: str, folder: Path) -> Step:
    """The command, run by a shell in the folder, with what it printed."""
    done = subprocess.run(
        ["bash", "-c", command.replace(".venv/bin/", f"{Path(sys.executable).parent}/")],
        cwd=folder,
        env={k: v for k, v in os.environ.items() if k not in ("COLUMNS", "PYTEST_CURRENT_TEST")},
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    printed = "\n".join(line.rstrip() for line in (done.stdout + done.stderr).splitlines())
    ending = f"\nexit {done.returncode}" if done.returncode else ""
    return Step(command, level(printed, folder).rstrip() + ending)


def level(text: str, folder: Path) -> str:
    """The text with what differs from run to run written as …"""
    for pattern, instead in VARYING:
        text = pattern.sub(instead, text)
    return text.replace(f"{folder}/", "")


def rewrite(page: str, folder: Path) -> str:
    """The page with the output of its commands as they print it now."""

    def run_block(match: re.Match[str]) -> str:
        steps = [run_step(step.command, folder) for step in read_steps(f"```console\n{match[0]}```")]
        return "".join(f"$ {step.command}\n{step.output}\n" if step.output else f"$ {step.command}\n" for step in steps)

    return BLOCK.sub(run_block, page)


if __name__ == "__main__":
    path = Path(sys.argv[1])
    with tempfile.TemporaryDirectory() as place:
        path.write_text(rewrite(path.read_text("utf-8"), Path(place)), encoding="utf-8")
