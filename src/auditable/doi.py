"""DOIs as they stand in print and in metadata, and the form in which two of them are compared.

Comes in: text. Goes out: DOIs, without the full stop or bracket behind them. Which DOI is the paper's own is left to
front_doi.py, that of a reference to references.py.
"""

from __future__ import annotations

import re

DOI = re.compile(r"\b10\.\d{4,9}/(?:\(SICI\)\S{10,80}?;2-[0-9A-Z#]|[^\s\"<>]+[^\s\"<>.,;)\]”’»])", re.IGNORECASE)
"""Old DOIs of the SICI kind hold "<", ">" and ";": 10.1000/(SICI)1000-0258(199808)17:15<16::AID-SIM9>3.0.CO;2-2."""
_CUT_SICI = re.compile(r"/\(SICI\)(?!.*;2-[0-9A-Z#]$)", re.IGNORECASE)
"""A line broke off such a DOI: what is left of it is shared by the papers of an issue."""
OPEN_DOI = re.compile(r"\b10\.\d{4,9}/(?:[^\s\"<>]*[./_(‐‑–-])?$")
"""A DOI that a line breaks off: it ends in a mark that ends no DOI."""
_HYPHENS = str.maketrans(dict.fromkeys("‐‑‒–−\u00ad", "-"))
_UNSEEN = re.compile("[\u200b-\u200f\u2060\ufeff]")


def find_dois(text: str) -> list[str]:
    """All DOIs of a text in printed order, each once; hyphens of any form as "-"."""
    plain = _UNSEEN.sub("", text.translate(_HYPHENS))
    found = (_without_loose_end(m[0]) for m in DOI.finditer(plain))
    whole = [doi for doi in found if not _CUT_SICI.search(doi)]
    return list({doi_key(doi): doi for doi in reversed(whole)}.values())[::-1]


def doi_key(doi: str) -> str:
    """The form in which two DOIs are compared: capitals are no difference."""
    return doi.translate(_HYPHENS).lower().strip()


def _without_loose_end(doi: str) -> str:
    """Without what begins behind a bracket that nothing opened: "10.1000/a)see" is 10.1000/a."""
    depth = 0
    for place, sign in enumerate(doi):
        depth += (sign == "(") - (sign == ")")
        if depth < 0:
            return doi[:place]
    return doi
