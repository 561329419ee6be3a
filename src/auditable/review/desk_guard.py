"""Every request of the review page is judged here, before any other code sees it.

Comes in: a request. Goes out: a refusal, or the answer with headers that keep a browser from running, caching or
embedding anything. Who holds the address that the command printed may enter: its token is turned into a cookie. Other
pages in the same browser have neither: they are told apart by the cookie (SameSite=Strict), by Origin on every write
and by Host on every request (a name of theirs that leads to this machine is refused).
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from http.cookies import CookieError, SimpleCookie

from starlette.datastructures import Headers, MutableHeaders, QueryParams
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK_NAMES = ("127.0.0.1", "localhost", "[::1]")
MAX_BODY = 64 * 1024
"""Bytes of a request: a verdict and a long note need less."""
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
    "Referrer-Policy": "same-origin",  # with "no-referrer" a browser sends "Origin: null", and no write could be judged
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
ENTER = """<!doctype html><html lang="en"><meta charset="utf-8"><meta http-equiv="refresh" content="0;url=/">
<title>auditable: review</title><p><a href="/">Open the review page</a></p></html>"""
"""Sent with the cookie. The page leads on by itself: a redirect could count as another site's, and lose the cookie."""


class Guard:
    """The application behind it, reached only by requests that may. host: the address that the server listens on."""

    def __init__(self, app: ASGIApp, token: str, host: str) -> None:
        self.app, self.token = app, token
        self.names = {*LOOPBACK_NAMES, f"[{host}]" if ":" in host else host}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request; the page speaks plain HTTP alone, and knows no websockets."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, text in HEADERS.items():
                    headers.setdefault(name, text)
            await send(message)

        answer = self._refuse(scope) or self._enter(scope)
        await (answer or self.app)(scope, receive, send_guarded)

    def _refuse(self, scope: Scope) -> Response | None:
        """The refusal of a request that comes from elsewhere, or None."""
        headers, port = Headers(scope=scope), scope["server"][1]
        hosts = {f"{name}:{port}" for name in self.names} | (self.names if port == 80 else set())
        host = headers.get("host", "")
        if host not in hosts:
            return _told(421, "Ask for this page by its own address only: the one that `auditable review` printed.")
        if "websocket" in headers.get("upgrade", "").lower():
            # A browser lets any page open one, and asks no leave first.
            return _told(403, "This page has no websockets.")
        if scope["method"] not in ("GET", "HEAD"):
            is_same = headers.get("origin") == f"http://{host}"
            if not is_same or headers.get("sec-fetch-site", "same-origin") != "same-origin":
                return _told(403, "Verdicts are taken from the review page itself only.")
            if not headers.get("content-length", "").isdecimal() or int(headers["content-length"]) > MAX_BODY:
                return _told(413, "The form is too long.")
        return None

    def _enter(self, scope: Scope) -> Response | None:
        """The way in for the token, nothing for who is in, and a refusal for all others."""
        cookie = f"auditable-{scope['server'][1]}"
        given = QueryParams(scope["query_string"]).get("token", "")
        if scope["path"] == "/" and scope["method"] == "GET" and self._is_token(given):
            answer = HTMLResponse(ENTER)
            answer.set_cookie(cookie, self.token, httponly=True, samesite="strict", path="/")
            return answer
        if self._is_token(_cookies(Headers(scope=scope)).get(cookie, "")):
            return None
        return _told(403, "Open the whole address that `auditable review` printed, with its token.")

    def _is_token(self, text: str) -> bool:
        return secrets.compare_digest(text.encode(), self.token.encode())


def _told(status: int, words: str) -> Response:
    return PlainTextResponse(words + "\n", status)


def _cookies(headers: Headers) -> Mapping[str, str]:
    try:
        return {name: morsel.value for name, morsel in SimpleCookie(headers.get("cookie", "")).items()}
    except CookieError:
        return {}
