"""The deployments of the team's server, with other folders than the project's."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
import yaml

LIBRARY = Path(__file__).parents[2] / "scripts" / "team-lib.sh"


@pytest.mark.parametrize("folder", ["raw", "/mnt/R&D/raw", r"/mnt/a|b\c", "/mnt/Ann's: raw #2", "s3://reviews/raw"])
def test_a_folder_of_any_name_reaches_every_deployment(folder: str) -> None:
    command = f'. "{LIBRARY}"; deployments_for "$1" "$2"'
    told = subprocess.run(
        ["bash", "-euc", command, "bash", folder, f"{folder}/curated"], capture_output=True, text=True, check=True
    )
    deployments = yaml.safe_load(told.stdout)["deployments"]
    given = [d["parameters"] for d in deployments]
    assert {p["raw_dir"] for p in given if "raw_dir" in p} == {folder}
    assert {p["curated_dir"] for p in given} == {f"{folder}/curated"}
