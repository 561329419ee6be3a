"""Units of measurement as printed: found in a label or behind a number, and their normal form.

Comes in: the text of a label or cell. Goes out: the unit as printed, or "". The lexicon is data (schemas/units.yaml);
compound units are read from their parts. Which label a value takes its unit from is left to observations.py.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from pathlib import Path

from auditable.model import AuditableError
from auditable.plain_yaml import load_plain

LEXICON_PATH = Path(str(files("schemas"))) / "units.yaml"

_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−﹣－", "-"))
_COMPOUND = re.compile(r"[/·⋅∙*×\s]+|(?<=[a-z])\.(?=[a-z])|per\s")
_POWER = re.compile(r"\^?-?\d$")
_AREA = re.compile(r"1[.·]73\s?m\s?\^?2")
_SPELLED_OUT = re.compile(r"[A-Za-z]{4,}")
TIMES = ("years", "months", "weeks", "days", "hours", "minutes")
_BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_SPLIT = re.compile(r"\s*(?:[,;:]|\s[-–—−]\s?|[—])\s*")


@cache
def load_lexicon() -> tuple[dict[str, str], frozenset[str], frozenset[str]]:
    """Printed form → normal form, the joining factors, and short forms that need brackets or a comma before them."""
    where = str(LEXICON_PATH)
    data = load_plain(LEXICON_PATH.read_text(encoding="utf-8"))
    if not isinstance(data, dict) or set(data) != {"units", "factors", "short"}:
        raise AuditableError(
            "the lexicon of units has another shape",
            where=where,
            expected="the keys units, factors and short",
            found=", ".join(map(str, data)) if isinstance(data, dict) else type(data).__name__,
        )
    forms: dict[str, str] = {_plain(normal): normal for normal in data["units"]}
    for normal, printed in data["units"].items():
        for form in printed:
            key = _plain(form)
            if forms.get(key, normal) != normal:
                raise AuditableError(
                    f"the form {form!r} belongs to two units", where=where, found=f"{forms[key]} and {normal}"
                )
            forms[key] = normal
    return forms, frozenset(_plain(f) for f in data["factors"]), frozenset(_plain(s) for s in data["short"])


def is_unit(text: str) -> bool:
    """Whether the whole text is a unit: one of the lexicon, or a compound of such."""
    return normal_unit(text) != ""


def normal_unit(text: str) -> str:
    """The normal form of a printed unit ("gr/L" → "g/L"), "" when it is none."""
    forms, factors, _ = load_lexicon()
    key = _plain(text)
    if key in forms:
        return forms[key]
    if _SPELLED_OUT.fullmatch(key) and key.casefold() in forms:
        return forms[key.casefold()]  # "Age (Years)": capitals tell units apart only where they are short ("g", "G")
    text = _AREA.sub("1.73m2", text.translate(_RAISED).translate(_DASHES))
    text = re.sub(r"(?<=10)(?=[369]\b|12\b)(?<!\d10)", "^", re.sub(r"\bx\s?(?=10)", "×", text))
    parts = [p for p in _COMPOUND.split(text.strip()) if p]
    if len(parts) < 2 and not text.strip().startswith("/"):
        return ""
    out: list[str] = []
    for part in parts:
        bare = _plain(part)
        base = _POWER.sub("", bare)
        if bare in forms:
            out.append(forms[bare])
        elif bare in factors:
            out.append(bare.replace("×", "x"))
        elif base in forms:
            out.append(forms[base] + bare[len(base) :])
        else:
            return ""
    if not any(_POWER.sub("", _plain(p)) in forms for p in parts):
        return ""
    return ("/" if text.strip().startswith("/") else "") + "/".join(out)


def find_unit(label: str) -> str:
    """The unit a label names, as printed; "" when it names none.

    Read in this order: a bracket that is a unit as a whole ("Age (years)"); a part after a comma or dash ("Age — yr",
    "Age, mean (SD), y"); "in years"; a compound or unmistakable unit at the end of a part ("Hb gr/L, median").
    """
    for inside in _BRACKETS.findall(label):
        pieces = [inside, *_SPLIT.split(inside)]
        for piece in pieces:
            if is_unit(piece):
                return piece.strip()
    parts = [p.strip() for p in _SPLIT.split(_BRACKETS.sub(" ", label)) if p.strip()]
    for part in reversed(parts[1:]):
        if is_unit(part):
            return part
    if parts and is_unit(parts[0]) and ("/" in parts[0] or normal_unit(parts[0]) in TIMES):
        return parts[0]  # "g/dL, mean (SD)", "Months": a column that says nothing but the unit
    for part in parts:
        found = _unit_at_end(part)
        if found:
            return found
    return ""


def _unit_at_end(part: str) -> str:
    """The unit that ends one part of a label: "Age in years", "Hb gr/L", "Platelets ×10⁹/L", "Median months"."""
    _, _, short = load_lexicon()
    words = part.split()
    for length in (3, 2, 1):
        tail = " ".join(words[-length:])
        if len(words) < length or words[-length] == "a" or not is_unit(tail):
            continue  # "within a year" names no unit
        before = words[-length - 1].casefold() if len(words) > length else ""
        if before in ("in", "median", "mean"):
            return tail
        if before and ("/" in tail or _plain(tail) not in short) and not _reads_as_word(tail, before):
            return tail
    return ""


def _reads_as_word(tail: str, before: str) -> bool:
    """Whether a time or share word ends a phrase instead of naming the unit: "survival at 5 years", "last 3 months",
    "≥ 20 %".
    """
    return any(c.isdigit() for c in before) or (tail.isalpha() and len(tail) > 3) or tail == "%"


def _plain(text: str) -> str:
    key = text.translate(_RAISED).translate(_DASHES).replace("μ", "µ").replace("·", ".")
    return "".join(key.split())


def strip_units(label: str) -> str:
    """The label without the unit find_unit saw and the brackets it stood in."""
    unit = find_unit(label)
    if not unit:
        return label
    pattern = re.compile(r"\s*[,;—–-]?\s*(?:\bin\s+)?[(\[]?\s*" + re.escape(unit) + r"\s*[)\]]?(?=\W|$)")
    return " ".join(pattern.sub(" ", label, count=1).split())
