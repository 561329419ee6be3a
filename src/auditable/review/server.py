"""The review page as a small server: requests in, pages, pictures and saved verdicts out.

Comes in: a desk. Goes out: an application, and a server for it on this machine. It holds no logic of its own: which
requests may pass is desk_guard.py, what is shown desk_pages.py, what is saved desk_session.py. Every id of a request
is looked up in what the desk has loaded; none becomes part of a path. Requests are answered one after the other, never
in threads: the library that draws the pictures allows no other way.
"""

from __future__ import annotations

import socket
from collections.abc import Callable
from contextlib import suppress

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from auditable.decisions_file import ConflictError
from auditable.model import AuditableError
from auditable.review.desk_guard import Guard
from auditable.review.desk_pages import Told, asset, render_desk, render_problem
from auditable.review.desk_queue import Filters, find_spot, pick_entries
from auditable.review.desk_session import ChangedError, Desk
from auditable.review.forms import read_form, read_number
from auditable.review.gold_routes import gold_routes
from schemas.desk_frames import DECISIONS

KEPT = "private, max-age=86400, immutable"
"""Our own style and script may be kept: their addresses change with them. Nothing else may."""
ASSETS = {"desk.css": "text/css", "desk.js": "text/javascript"}


def make_app(desk: Desk, token: str, host: str = "127.0.0.1") -> ASGIApp:
    """The application, behind its guard."""
    routes = [
        Route("/", _bound(desk, _show)),
        Route("/picture", _bound(desk, _picture)),
        Route("/page", _bound(desk, _page)),
        Route("/verdict", _bound(desk, _verdict), methods=["POST"]),
        Route("/undo", _bound(desk, _undo), methods=["POST"]),
        Route("/favicon.ico", _no_icon),
        *gold_routes(desk),
        *(Route(f"/{name}", _asset(name, kind)) for name, kind in ASSETS.items()),
    ]
    return Guard(Starlette(routes=routes, exception_handlers={AuditableError: _tell_problem}), token, host)


def serve(app: ASGIApp, host: str, port: int, started: Callable[[int], None]) -> None:
    """Answers requests until it is interrupted. port: 0 for any free one; started is called with the one taken.

    Raises AuditableError when the port is taken.
    """
    listener = _listen(host, port)
    started(listener.getsockname()[1])
    with suppress(KeyboardInterrupt):  # uvicorn ends in order, then raises the signal again
        uvicorn.Server(configure(app)).run(sockets=[listener])


def configure(app: ASGIApp, port: int = 0) -> uvicorn.Config:
    """How the page is served: silent, unnamed, and without websockets, which a browser lets any page open."""
    return uvicorn.Config(
        app, port=port, log_level="warning", access_log=False, server_header=False, date_header=False, ws="none"
    )


def page_address(host: str, port: int, token: str) -> str:
    """The address that lets a person in."""
    name = f"[{host}]" if ":" in host else host
    return f"http://{name}:{port}/?token={token}"


def _listen(host: str, port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen()  # the address is told before the server runs: who is quick waits, and is not refused
    except OSError as error:
        listener.close()
        raise AuditableError(
            "the review page cannot listen there",
            where=f"{host}:{port}",
            expected="a free port of this machine",
            found=str(error),
            remedy="Name another one with --port, or none to take any free one.",
        ) from error
    return listener


def _bound(desk: Desk, answer: Callable) -> Callable:
    async def endpoint(request: Request) -> Response:
        return await answer(desk, request)

    return endpoint


def _asset(name: str, kind: str) -> Callable:
    async def endpoint(request: Request) -> Response:
        del request
        return Response(asset(name), media_type=kind, headers={"Cache-Control": KEPT})

    return endpoint


async def _no_icon(request: Request) -> Response:
    del request
    return Response(status_code=204)


async def _show(desk: Desk, request: Request) -> Response:
    query = request.query_params
    return HTMLResponse(render_desk(desk, Filters.of(query), query.get("item", "")))


async def _picture(desk: Desk, request: Request) -> Response:
    query = request.query_params
    entry, number = desk.look().by_id.get(query.get("item", "")), read_number(query.get("n", "0"))
    png = desk.picture(entry, number, "page" in query) if entry and number is not None else None
    return Response(png, media_type="image/png") if png else PlainTextResponse("No such picture.\n", 404)


async def _page(desk: Desk, request: Request) -> Response:
    query = request.query_params
    material, number = desk.material(query.get("study", "")), read_number(query.get("n", ""))
    png = desk.shelf.page(material, number) if material and number is not None else None
    return Response(png, media_type="image/png") if png else PlainTextResponse("No such page.\n", 404)


async def _verdict(desk: Desk, request: Request) -> Response:
    """Saves a verdict and leads on to the next item; what was decided or changed meanwhile is shown, with the note."""
    form = await read_form(request)
    filters, look = Filters.of(form), desk.look()
    entry, verdict, note = look.by_id.get(form.get("item", "")), form.get("verdict", ""), form.get("note", "")
    if entry is None:  # another item is shown: the note is told, not put into its field
        words = "Not saved: there is no such item any more." + (f" Your note was: “{note}”" if note else "")
        return HTMLResponse(render_desk(desk, filters, "", Told(words)), 409)
    if verdict not in ("", *DECISIONS):
        told = Told("Not saved: there is no such verdict.", note)
        return HTMLResponse(render_desk(desk, filters, entry.item_id, told), 400)
    after = find_spot(pick_entries(look.entries, filters, look.state), entry).after
    try:
        desk.decide(entry, verdict, note, form.get("seen", ""), form.get("shown", ""))
    except (ConflictError, ChangedError) as error:
        told = Told(_say_conflict(error, verdict), note)
        return HTMLResponse(render_desk(desk, filters, entry.item_id, told), 409)
    return _lead_to(filters, after.item_id if after else "")


async def _undo(desk: Desk, request: Request) -> Response:
    form = await read_form(request)
    filters, number = Filters.of(form), read_number(form.get("step", ""))
    try:
        step = desk.undo(number) if number is not None else None
    except ConflictError as error:
        told = Told(f"Not undone: somebody decided on this item since. {_say_lines(error)}")
        return HTMLResponse(render_desk(desk, filters, error.item_id, told), 409)
    if step is None:
        told = Told("Not undone: this was not the last verdict. Look at what stands now.")
        return HTMLResponse(render_desk(desk, filters, form.get("item", ""), told), 409)
    return _lead_to(filters, step.item_id)


def _say_conflict(error: ConflictError | ChangedError, verdict: str) -> str:
    yours = f"Your verdict was “{verdict}”" if verdict else "You opened it again"
    if isinstance(error, ChangedError):
        return f"Not saved: a new run changed the values of this item. {yours}; your note is kept. Look, then decide."
    return (
        f"Not saved: somebody decided on this item while it was open here. {_say_lines(error)} "
        f"{yours}; your note is kept. Press the number again to put yours in the place of theirs."
    )


def _say_lines(error: ConflictError) -> str:
    said = " and ".join(f"{d.who or 'somebody'} says “{d.verdict}”" for d in error.present)
    return f"Now {said}." if said else "Now it has no verdict."


def _lead_to(filters: Filters, item_id: str) -> Response:
    return RedirectResponse("/" + (filters.query(item=item_id) if item_id else filters.query()), 303)


async def _tell_problem(request: Request, error: Exception) -> Response:
    del request
    return HTMLResponse(render_problem(str(error)), 503)
