"""One GET over the network, with everything that can go wrong told: the only module that uses it.

Comes in: an address and limits. Goes out: an Answer whose status is final and whose body is whole. Time-outs, 5xx and
429 are tried again with growing pauses; redirects are followed one by one, each held to the same rules; a body beyond
the limit is dropped while it streams. What is asked, and what the answer must be, is left to fetch.py.
"""

from __future__ import annotations

import ipaddress
import time
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import parsedate_to_datetime

import httpx

from auditable.fetch_options import Limits
from auditable.model import AuditableError

TRY_AGAIN = (408, 425, 429, 500, 502, 503, 504)
LOOPBACK_NAMES = ("localhost", "ip6-localhost")
Wait = Callable[[float], None]


@dataclass(frozen=True)
class Answer:
    """A final answer. url: where it came from after all redirects; content_type without its parameters."""

    status: int
    url: str
    content_type: str
    body: bytes


class _FailedForNowError(Exception):
    """An attempt that failed in a way that can heal. pause_s: what the server asks for, 0 for nothing."""

    def __init__(self, reason: str, pause_s: float = 0.0) -> None:
        self.reason, self.pause_s = reason, pause_s
        super().__init__(reason)


def get(url: str, limits: Limits, *, agent: str, accept: str, allow_loopback: bool, wait: Wait) -> Answer:
    """The answer to GET url; any status but those of TRY_AGAIN is an answer.

    agent: how we name ourselves. allow_loopback: http to this machine is allowed, for a server of one's own.
    wait: sleeps so many seconds. Raises AuditableError for an address that is not https, too many redirects, too large
    a body, and when the last attempt failed too.
    """
    reasons: list[str] = []
    headers = {"User-Agent": agent, "Accept": accept}
    with httpx.Client(headers=headers, timeout=limits.seconds, follow_redirects=False, trust_env=True) as client:
        for attempt in range(limits.attempts):
            try:
                return _follow(client, url, limits, allow_loopback)
            except _FailedForNowError as failed:
                reasons.append(failed.reason)
                if failed.pause_s > limits.longest_pause_s:
                    break
                if attempt + 1 < limits.attempts:
                    wait(max(failed.pause_s, limits.pause_s * 2**attempt))
    raise AuditableError(
        "the server did not answer", where=url, expected=f"an answer within {limits.attempts} attempts",
        found="; ".join(reasons), remedy="Try again later, or fetch the PDF with a browser and add it by hand.",
    )  # fmt: skip


def is_loopback(url: str) -> bool:
    """Whether the address is of this machine."""
    host = httpx.URL(url).host
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host in LOOPBACK_NAMES


def check_address(url: str, allow_loopback: bool) -> str:
    """The address; raises AuditableError for one that is not https, or is of this machine and must not be."""
    try:
        address = httpx.URL(url)
        is_own = is_loopback(url)
    except (httpx.InvalidURL, TypeError) as error:
        raise AuditableError(
            "this is no address", where=str(url), expected="https://…", found=str(error),
            remedy="Open the paper's page in a browser, and add its PDF by hand.",
        ) from error  # fmt: skip
    if is_own and allow_loopback and address.scheme in ("http", "https"):
        return url
    if is_own or address.scheme != "https" or not address.host:
        raise AuditableError(
            "this address is not asked", where=url, expected="https:// and another machine",
            found=f"{address.scheme or 'nothing'}://{address.host}",
            remedy="Fetch the PDF with a browser and add it by hand.",
        )  # fmt: skip
    return url


def _follow(client: httpx.Client, url: str, limits: Limits, allow_loopback: bool) -> Answer:
    """The answer at the end of the redirects."""
    deadline = time.monotonic() + limits.seconds
    seen = [check_address(url, allow_loopback)]
    while True:
        answer, location = _ask(client, seen[-1], limits, deadline)
        if not location:
            return answer
        target = check_address(str(httpx.URL(seen[-1]).join(location)), allow_loopback)
        if target in seen or len(seen) > limits.max_redirects:
            raise AuditableError(
                "the redirects do not end", where=url, expected=f"at most {limits.max_redirects} of them",
                found=f"a loop at {target}" if target in seen else f"{len(seen)} of them",
                remedy="The server may ask for cookies: fetch the PDF with a browser and add it by hand.",
            )  # fmt: skip
        seen.append(target)


def _ask(client: httpx.Client, url: str, limits: Limits, deadline: float) -> tuple[Answer, str]:
    """One answer, and where it redirects to or ""."""
    try:
        with client.stream("GET", url) as response:
            if response.status_code in TRY_AGAIN:
                pause = _asked_pause(response)
                raise _FailedForNowError(
                    f"status {response.status_code}{f', asks to wait {pause:g} s' if pause else ''}", pause
                )
            kind = response.headers.get("content-type", "").split(";")[0].strip().lower()
            location = response.headers.get("location", "") if response.is_redirect else ""
            body = b"" if location else _read_body(response, url, limits, deadline)
            return Answer(response.status_code, url, kind, body), location
    except httpx.TimeoutException as error:
        raise _FailedForNowError(f"no answer in {limits.seconds:g} seconds") from error
    except httpx.RemoteProtocolError as error:
        raise _FailedForNowError(f"the answer broke off or means nothing: {error}") from error
    except httpx.DecodingError as error:
        raise _FailedForNowError(f"the answer cannot be unpacked: {error}") from error
    except httpx.TransportError as error:
        raise _FailedForNowError(f"no connection: {error}") from error


def _read_body(response: httpx.Response, url: str, limits: Limits, deadline: float) -> bytes:
    body = bytearray()
    said = response.headers.get("content-length", "")
    if said.isdigit() and int(said) > limits.max_bytes:
        raise _too_large(url, limits, f"{said} bytes")
    for part in response.iter_bytes():
        body += part
        if len(body) > limits.max_bytes:
            raise _too_large(url, limits, "more")
        if time.monotonic() > deadline:
            raise _FailedForNowError(f"not whole in {limits.seconds:g} seconds")
    return bytes(body)


def _too_large(url: str, limits: Limits, found: str) -> AuditableError:
    return AuditableError(
        "the answer is too large", where=url, expected=f"at most {limits.max_bytes} bytes", found=found,
        remedy="Raise the limit with --max-mb, if this is an article.",
    )  # fmt: skip


def _asked_pause(response: httpx.Response) -> float:
    """Seconds that Retry-After asks for, as a number or as a date, which is held against the answer's own date."""
    asked = response.headers.get("retry-after", "").strip()
    if asked.isdigit():
        return float(asked)
    try:
        now = parsedate_to_datetime(response.headers.get("date", ""))
        return max(0.0, (parsedate_to_datetime(asked) - now).total_seconds())
    except (ValueError, TypeError):
        return 0.0
