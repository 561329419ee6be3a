"""Reading ↔ JSON text, without loss: how a reading leaves its worker process and rests in the cache.

Comes in: a Reading. Goes out: the same Reading after a trip through JSON; keys sorted, so equal readings give equal
bytes.
Files are left to store.py.
"""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from functools import cache
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from auditable.model import Reading


def dump_reading(reading: Reading) -> str:
    """The reading as one line of JSON."""
    return json.dumps(_plain(reading), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def load_reading(text: str) -> Reading:
    """The reading that dump_reading wrote; raises TypeError or KeyError when the text has another shape."""
    return _rebuild(Reading, json.loads(text))


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, tuple | list):
        return [_plain(v) for v in value]
    return value


@cache
def _hints(cls: type) -> dict[str, Any]:
    return get_type_hints(cls)


def _rebuild(kind: Any, value: Any) -> Any:
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        if value is None:
            return None
        return _rebuild(next(a for a in get_args(kind) if a is not type(None)), value)
    if origin is tuple:
        args = get_args(kind)
        inner = [args[0]] * len(value) if len(args) == 2 and args[1] is Ellipsis else list(args)
        return tuple(_rebuild(k, v) for k, v in zip(inner, value, strict=True))
    if is_dataclass(kind) and isinstance(kind, type):
        hints = _hints(kind)
        return kind(**{name: _rebuild(hints[name], item) for name, item in value.items()})
    if kind is float:
        return float(value)
    return value
