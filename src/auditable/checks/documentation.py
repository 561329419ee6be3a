"""The rules as a page for readers: docs/rules.md.

Comes in: nothing but the rules. Goes out: Markdown. Written anew by
`python -m auditable.checks.documentation docs/rules.md`; a test fails while the page in the repository differs.
"""

from __future__ import annotations

import sys
from pathlib import Path

from auditable import checks

HEAD = """# What is checked

Written by `python -m auditable.checks.documentation docs/rules.md` from the rules themselves; do not edit by hand.

Every test of a rule ends in one of four verdicts, each a row of `findings.csv`:

- **consistent**: the numbers agree under an ordinary rounding (half up, half even, half away from zero);
- **rounding**: they agree only if digits were cut off or always rounded up; a note where that is a custom of printing;
- **impossible**: no rounding gives them;
- **not testable**: the paper does not say enough; the message says what is missing. Where its
  severity is above "note" it is a question that only a reader can answer.

An impossible finding does not say who is wrong: the paper, our reading of it, or neither. Where the two readers of a
cell disagree, the message says so.
"""


def rules_as_markdown() -> str:
    """The page: one section per rule, by id."""
    sections = [
        f"## {rule.id}\n\n{rule.claim}\n\n- Severity of a breach: {rule.severity}\n- Assumes: {rule.assumptions}\n"
        f"- Example: {rule.example}\n- Source: {rule.literature}\n"
        for rule in checks.RULES.values()
    ]
    return "\n".join((HEAD, *sections))


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(rules_as_markdown(), encoding="utf-8")
