"""How templates become pages: everything printed is escaped, and signs that are not seen are made visible.

Comes in: nothing. Goes out: a Jinja environment for the report and the review page. What they show is left to them.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from auditable.unseen import tell_unseen

LONG_TEXT = 600
"""Characters from which a text is shown in a box of its own that scrolls."""


def make_environment() -> Environment:
    """Templates of review/templates with autoescape; a name that is not set is an error.

    Filters: share (0..1 → a percentage), say (a printed text, in a box of its own where it is long).
    """
    environment = Environment(
        loader=PackageLoader("auditable.review", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=show_unseen,
    )
    filters: dict[str, Callable[..., object]] = {"share": show_share, "say": say}
    environment.filters.update(filters)
    return environment


def show_unseen(value: object) -> object:
    """The value; in a text that is not yet HTML, each sign one cannot see is told by its number, as ⟨U+202E⟩."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return tell_unseen(value)
    return value


def say(text: str) -> str:
    """A printed text as HTML: as it is, or in a box that scrolls where it is longer than LONG_TEXT."""
    shown = Markup.escape(show_unseen(text))
    if len(text) <= LONG_TEXT:
        return shown
    return Markup('<span class="long" tabindex="0" role="group" aria-label="long text">{}</span>').format(shown)


def show_share(share: float | None) -> str:
    """A share as a percentage with one decimal, never rounded up to 100."""
    if share is None:
        return "–"
    return "100" if share == 1 else f"{int(share * 1000) / 10:.1f}"


def read_asset(name: str) -> Markup:
    """A style sheet or script of review/templates, to be put into a page as it is."""
    return Markup((files("auditable.review") / "templates" / name).read_text(encoding="utf-8"))
