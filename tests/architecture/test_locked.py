"""What is installed is what was locked: every file of every package with its hash, from the package index alone."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
LOCK: dict[str, Any] = tomllib.loads((ROOT / "uv.lock").read_text("utf-8"))
INDEX = "https://pypi.org/simple"
OURS = "auditable"
PACKAGES = [package for package in LOCK["package"] if package["name"] != OURS]
SHA256 = re.compile(r"sha256:[0-9a-f]{64}")


def test_every_package_comes_from_the_index_and_has_hashes() -> None:
    assert len(PACKAGES) > 100
    assert [p["name"] for p in PACKAGES if p["source"] != {"registry": INDEX} or not _files(p)] == []
    files = [f for p in PACKAGES for f in _files(p)]
    assert [f["url"] for f in files if not SHA256.fullmatch(f["hash"]) or not f["url"].startswith("https://")] == []


def _files(package: dict[str, Any]) -> list[dict[str, str]]:
    return [*package.get("wheels", ()), *([package["sdist"]] if "sdist" in package else ())]


def test_the_environment_is_made_of_the_lock_alone() -> None:
    """Nothing is resolved anew, and uv itself is installed by its hash."""
    makefile = (ROOT / "Makefile").read_text("utf-8")
    installs = re.findall(r"(?:uv\" sync|pip install) [^;\n]*", makefile)
    assert len(installs) == 2
    assert [line for line in installs if "--frozen" not in line and "--require-hashes" not in line] == []
    pinned = (ROOT / "scripts" / "uv.txt").read_text("utf-8")
    assert re.findall(r"^[a-z].*==", pinned, re.MULTILINE) == ["uv=="]
    assert len(SHA256.findall(pinned)) > 10
