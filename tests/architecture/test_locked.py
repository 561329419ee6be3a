"""What is installed is what was locked: every file of every package with its hash, from the package index alone."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
LOCK: dict[str, Any] = tomllib.loads((ROOT / "uv.lock").read_text("utf-8"))
INDEX = "https://pypi.org/simple"
OURS = "auditable"
PACKAGES = [package for package in LOCK["package"] if package["name"] != OURS]
SHA256 = re.compile(r"sha256:[0-9a-f]{64}")


@pytest.mark.parametrize("package", PACKAGES, ids=lambda p: p["name"])
def test_a_package_comes_from_the_index_and_has_hashes(package: dict[str, Any]) -> None:
    assert package["source"] == {"registry": INDEX}
    found = [*package.get("wheels", ()), *([package["sdist"]] if "sdist" in package else ())]
    assert found
    assert [f["url"] for f in found if not SHA256.fullmatch(f["hash"]) or not f["url"].startswith("https://")] == []


def test_the_environment_is_made_of_the_lock_alone() -> None:
    """Nothing is resolved anew, and uv itself is installed by its hash."""
    makefile = (ROOT / "Makefile").read_text("utf-8")
    installs = re.findall(r"(?:uv\" sync|pip install) [^;\n]*", makefile)
    assert len(installs) == 2
    assert [line for line in installs if "--frozen" not in line and "--require-hashes" not in line] == []
    pinned = (ROOT / "scripts" / "uv.txt").read_text("utf-8")
    assert re.findall(r"^[a-z].*==", pinned, re.MULTILINE) == ["uv=="]
    assert len(SHA256.findall(pinned)) > 10
