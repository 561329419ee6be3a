"""Shared by all tests: nothing of a test run leaves the machine or touches the user's own Prefect."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from flows.embedded import use_embedded_api

# Before anything imports Prefect: its home is a folder of this test process.
os.environ.pop("PREFECT_API_URL", None)
use_embedded_api(Path(tempfile.mkdtemp(prefix="auditable-tests-")))
