"""The description of curated/ as a Frictionless Data Package v2: any tool can read its types and check its bytes.

Comes in: names, contents and models of the files. Goes out: the content of datapackage.json. Writing it is left to
store.py.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from pandera.pandas import DataFrameModel

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
FIELD_TYPES = {"int64": "integer", "float64": "number"}
"""Frictionless types of measured columns; all printed text, numbers included, stays a string."""


def describe_package(title: str, resources: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The descriptor of the whole package."""
    return {
        "$schema": PROFILE,
        "name": "auditable-curated",
        "title": title or "Published numbers, each traced to its place on the page",
        "resources": list(resources),
    }


def describe_resource(
    name: str,
    path: str,
    content: bytes,
    model: type[DataFrameModel] | Sequence[str],
    key: Sequence[str] = (),
) -> dict[str, Any]:
    """The descriptor of one file: path, hash, size and columns.

    model: the pandera model of its rows, or its column names when all are text.
    """
    is_parquet = path.endswith(".parquet")
    resource: dict[str, Any] = {
        "name": name.lower(),
        "path": path,
        "format": "parquet" if is_parquet else "csv",
        "mediatype": "application/vnd.apache.parquet" if is_parquet else "text/csv",
        "bytes": len(content),
        "hash": "sha256:" + hashlib.sha256(content).hexdigest(),
        "schema": {"fields": _fields(model)},
    }
    if not is_parquet:
        resource |= {"type": "table", "encoding": "utf-8", "dialect": {"delimiter": ",", "lineTerminator": "\n"}}
    if key:
        resource["schema"]["primaryKey"] = list(key)
    return resource


def _fields(model: type[DataFrameModel] | Sequence[str]) -> list[dict[str, Any]]:
    if isinstance(model, Sequence):
        return [{"name": name, "type": "string"} for name in model]
    columns = model.to_schema().columns
    return [{"name": name, "type": FIELD_TYPES.get(str(c.dtype), "string")} for name, c in columns.items()]
