"""One sentence with the names and number groups in it, and which name a number can be of at all.

Comes in: a sentence, its mentions, the variables of the codebook, the names found and the groups. Goes out: a Clause
that other modules ask. Which name a number is of, prose_variables.py decides.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from auditable.clause_names import Name, Named, together
from auditable.codebook import Variable
from auditable.mentions import Mention
from auditable.number_groups import Group
from auditable.prose_fits import fits


@dataclass(frozen=True, slots=True)
class Clause:
    """The names and groups of one sentence."""

    text: str
    mentions: Sequence[Mention]
    variables: Mapping[str, Variable]
    names: Sequence[Name]
    groups: Sequence[Group]

    def fitting(self, group: Group, start: int, end: int, behind: bool = False) -> list[Name]:
        """The names of a stretch that the group's number can be of."""
        names = [n for n in self.names if start <= n.start and (n.start < end if behind else n.end <= end)]
        return [n for n in names if self.may_be(group.head, n.named[0], bool(n.named[1]) or self._is_limited(n))]

    def _is_limited(self, name: Name) -> bool:
        return any(m.statistic == "bound" and 0 <= m.quantity.start - name.end <= len(" of ") for m in self.mentions)

    def may_be(self, mention: Mention, variable: str, has_category: bool) -> bool:
        """Whether a number can be one of the variable; what the codebook does not list fits all."""
        entry = self.variables.get(variable)
        return entry is None or fits(mention, entry, has_category)

    def is_over_time(self, named: Named) -> bool:
        """Whether a variable is a time to an event."""
        entry = self.variables.get(named[0])
        return entry is not None and entry.kind == "time to event"

    def with_limit(self, names: Sequence[Name], group: Group) -> Named:
        """The names' variable with the limit printed behind it as its category ("aged ≥ 65 years")."""
        variable, category = together(names)
        entry = self.variables.get(variable)
        if category or entry is None or entry.kind != "continuous" or group.head.statistic not in ("n", "pct"):
            return variable, category
        for mention in self.mentions:
            quantity = mention.quantity
            if mention.statistic == "bound" and 0 <= quantity.start - names[-1].end <= len(" of "):
                return variable, self.text[quantity.start : quantity.end].strip()
        return variable, category
