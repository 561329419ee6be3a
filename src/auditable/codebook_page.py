"""The codebook as a page for readers: docs/codebook.md.

Comes in: nothing but the codebook. Goes out: Markdown. `auditable codebook > docs/codebook.md` writes it anew; a test
fails while the page in the repository differs.
"""

from __future__ import annotations

from fractions import Fraction

from auditable.codebook import load_codebook
from auditable.entries import Conversion, Variable

HEAD = """# Codebook

Written by `auditable codebook > docs/codebook.md` from `schemas/variables.yaml`; do not edit by hand.

Every number that is read becomes an observation; its variable is one of these, or empty where no entry explains the
label. A value outside its plausible range is not wrong, but someone should look. Categories are exclusive (they part
the patients), nested (each holds the next) or overlapping (a patient may be in several).
"""
SHOWN_LABELS = 8
"""Printed labels shown of each variable; the file lists all of them."""


def codebook_as_markdown() -> str:
    """The page: a list of all variables, then one section per variable, in the order of the file."""
    variables = load_codebook().variables
    contents = " · ".join(f"[{name}](#{name})" for name in variables)
    return "\n".join((HEAD, f"{len(variables)} variables: {contents}\n", *map(_section, variables.values())))


def _section(variable: Variable) -> str:
    lines = [f"- Kind: {variable.kind}", *_measure(variable)]
    shown = list(dict.fromkeys(variable.printed))
    more = f" … and {len(shown) - SHOWN_LABELS} more" if len(shown) > SHOWN_LABELS else ""
    lines.append(f"- Printed as: {'; '.join(_quote(p) for p in shown[:SHOWN_LABELS])}{more}")
    if variable.categories:
        lines.append(f"- Categories ({variable.relation}): {'; '.join(map(_quote, variable.categories))}")
    return f"## {variable.name}\n\n{variable.meaning}\n\n" + "\n".join(lines) + "\n"


def _measure(variable: Variable) -> list[str]:
    """The lines on unit, conversions and plausible range, as far as the entry has them."""
    lines: list[str] = []
    if variable.unit:
        others = "; ".join(f"{unit} {_how(how)}" for unit, how in variable.accepted_units.items())
        lines.append(f"- Unit: {_quote(variable.unit)}" + (f"; also {others}" if others else ""))
    if variable.low is not None:
        lines.append(f"- Plausible: {variable.low} to {variable.high}")
    return lines


def _how(conversion: Conversion) -> str:
    offset = conversion.offset
    if not offset:
        return f"(× {_number(conversion.factor)})"
    return f"(× {_number(conversion.factor)} {'+' if offset > 0 else '−'} {_number(abs(offset))})"


def _number(number: Fraction) -> str:
    """The number as a decimal where that is short, else as a fraction."""
    for digits in range(7):
        scaled = number * 10**digits
        if scaled.denominator == 1:
            whole, rest = divmod(scaled.numerator, 10**digits)
            return f"{whole}.{rest:0{digits}d}" if digits else str(whole)
    return str(number)


def _quote(text: str) -> str:
    return f"`{text}`"
