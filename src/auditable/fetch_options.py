"""The choices of `auditable fetch`: addresses, limits, whose e-mail; light, so that `--help` need not load the network.

Comes in: nothing. Goes out: FetchOptions and Limits with their defaults. Using them is left to fetch.py and
fetch_http.py.
"""

from __future__ import annotations

from dataclasses import dataclass

SERVICE = "https://api.unpaywall.org/v2"
EMAIL_VARIABLE = "AUDITABLE_EMAIL"


@dataclass(frozen=True)
class Limits:
    """seconds: for one answer; max_bytes: of its body; attempts: in all; max_redirects: in a row; pause_s: before
    the second attempt, doubled each time; longest_pause_s: a server that asks for more is not waited for.
    """

    seconds: float = 60.0
    max_bytes: int = 100_000_000
    attempts: int = 4
    max_redirects: int = 8
    pause_s: float = 1.0
    longest_pause_s: float = 60.0


@dataclass(frozen=True)
class FetchOptions:
    """email: services that cost nothing ask for one. service: where open copies are asked for. any_licence: take a
    copy whatever its licence.
    """

    email: str
    service: str = SERVICE
    any_licence: bool = False
    limits: Limits = Limits()
