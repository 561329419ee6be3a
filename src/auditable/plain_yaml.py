"""YAML that people write → plain values: texts, numbers, lists, mappings, each written where it stands.

Comes in: the text of a file. Goes out: its values. What they must be is left to the caller. Names for values (&name)
and what repeats them (*name) are refused: ten lines of them unfold to more than a machine can hold, and a value that is
written elsewhere cannot be looked up in its line.
"""

from __future__ import annotations

from typing import Any

import yaml
from yaml.composer import ComposerError

MAX_DEPTH = 50
"""Lists within lists; ours have three or four."""


class _PlainLoader(yaml.SafeLoader):
    """YAML's safe loader without names for values, and without depths in which Python itself would end."""

    depth = 0

    def compose_node(self, parent: Any, index: Any) -> Any:
        """The node that comes next."""
        event: Any = self.peek_event()
        if getattr(event, "anchor", None):
            raise ComposerError(
                None, None, f"a name for a value ({event.anchor}); write the value itself in each place",
                event.start_mark,
            )  # fmt: skip
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise ComposerError(None, None, f"lists or mappings more than {MAX_DEPTH} deep", event.start_mark)
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node


def load_plain(text: str) -> Any:
    """The values of the text; raises yaml.YAMLError for what is no YAML, or uses names for values."""
    try:
        return yaml.load(text, Loader=_PlainLoader)
    except ValueError as error:  # a day or a number that YAML knows the form of, and that does not exist
        raise yaml.YAMLError(str(error)) from error
