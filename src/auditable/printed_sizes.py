"""The number of patients that a label prints: "Pd (n = 153)" → 153.

Comes in: a label. Goes out: its N, 0 where it prints none or several. Whose N it is, is left to group_sizes.py.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from auditable.printed_text import tidy

_SIZE = re.compile(r"\b[nN]\s?[=:]\s?(\d{1,3}(?:[, ]\d{3})+|\d+)\b(?!\s?[/%.])")


@dataclass(frozen=True, slots=True)
class GroupSize:
    """An N and the words that prove it ("boxhead: N = 32"); number 0 and no proof when none is printed."""

    number: int = 0
    proof: str = ""


NO_SIZE = GroupSize()


@lru_cache(maxsize=20_000)
def size_in(label: str) -> int:
    """The N a label prints ("Pd (n = 153)" → 153); 0 when it prints none, or several."""
    found = {int(m.replace(",", "").replace(" ", "")) for m in _SIZE.findall(tidy(label))}
    return found.pop() if len(found) == 1 else 0
