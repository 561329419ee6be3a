"""compose.yaml: images by version, no secret, loopback only, nothing sent to anyone, every service watched; the
password reaches its readers as a file."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]


def environment(service: dict[str, Any]) -> dict[str, str]:
    return service.get("environment", {})


@pytest.mark.parametrize("name", SERVICES)
def test_every_service_is_pinned_watched_and_on_loopback(name: str) -> None:
    service = SERVICES[name]
    assert re.search(r":\d+\.\d+", service["image"])
    assert service["healthcheck"]["test"]
    assert all(port.startswith("127.0.0.1:") for port in service.get("ports", []))
    assert all(d["condition"] == "service_healthy" for d in service.get("depends_on", {}).values())
    assert not [key for key in environment(service) if key.endswith("PASSWORD")]


@pytest.mark.parametrize("name", ["server", "worker"])
def test_prefect_tells_nobody_and_is_the_one_of_the_lock_file(name: str) -> None:
    service = SERVICES[name]
    assert environment(service)["PREFECT_SERVER_ANALYTICS_ENABLED"] == "false"
    assert environment(service)["DO_NOT_TRACK"] == "1"
    recipe = service["build"]["dockerfile_inline"]
    assert "uv sync --frozen" in recipe
    assert all(re.search(r"FROM \S+:\d+\.\d+\.\d+", line) for line in recipe.splitlines() if line.startswith("FROM"))
    copied = [word for line in re.findall(r"^COPY (.+) \S+$", recipe, re.MULTILINE) for word in line.split()]
    assert [name for name in copied if "[" not in name and not (ROOT / name).exists()] == []


def test_the_password_is_the_file_that_the_scripts_make() -> None:
    [secret] = COMPOSE["secrets"].values()
    assert (ROOT / secret["file"]).parent == ROOT / ".cache" / "team"
    assert ".cache/" in (ROOT / ".gitignore").read_text("utf-8").splitlines()
    assert "postgres.password" in (ROOT / "scripts" / "team-start.sh").read_text("utf-8")
    users = [name for name, service in SERVICES.items() if "postgres_password" in service.get("secrets", [])]
    assert users == ["database", "server"]
