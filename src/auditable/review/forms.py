"""The body of a request → the fields of a form.

Comes in: a request, its size already judged by desk_guard.py. Goes out: fields by name. What they mean is left to those
who ask.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import parse_qsl

from starlette.requests import Request

MAX_FIELDS = 200
"""Fields of a form of ours, a cell with many rows included; more are a mistake or an attack."""


async def read_form(request: Request) -> Mapping[str, str]:
    """The fields of a form; a broken one has none."""
    try:
        body = (await request.body()).decode("utf-8")
        return dict(parse_qsl(body, keep_blank_values=True, max_num_fields=MAX_FIELDS))
    except ValueError:
        return {}


def read_number(text: str) -> int | None:
    """A small whole number of a request, or None for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 7 else None
