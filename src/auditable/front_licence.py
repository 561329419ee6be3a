"""The licence a paper prints of itself: Creative Commons by its words or its address, else unknown.

Comes in: a FrontMatter. Goes out: a Fact such as "CC BY 4.0". A dedication of the data to the public domain is not the
paper's licence; "open access" alone is none.
"""

from __future__ import annotations

import re

from auditable.facts import Fact
from auditable.front_matter import FrontMatter

OPEN_LICENCES = re.compile(r"^cc[ -]?(?:by\b|0|zero)|^public[ -]domain$|^pd$", re.IGNORECASE)
"""Names of licences under which a paper may be kept and passed on, with whatever conditions."""
_OF_ITSELF = re.compile(r"\bthis\s(?:is\san?\s)?(?:open[\s-]access\s)?(?:article|work|paper)\b.{0,400}", re.IGNORECASE)
_ADDRESS = re.compile(
    r"creativecommons\.\s?org/\s?(licenses|publicdomain)/\s?(by(?:-(?:nc|nd|sa))*|zero)/?\s?(\d\.\d)?", re.IGNORECASE
)
_SHORT = re.compile(r"\bCC[ -](BY(?:[ -](?:NC|ND|SA))*)(?:[ -]licen[sc]e)?\s*(\d\.\d)?", re.IGNORECASE)
_WORDS = re.compile(
    r"Creative\s*Commons\s*Attribution((?:[\s,–‐-]*(?:Non[\s‐-]*Commercial|No[\s‐-]*Deriv\w*|Share[\s‐-]*Alike))*)"
    r"(?:\D{0,40}?(\d\.\d))?",
    re.IGNORECASE,
)


def find_licence(front: FrontMatter) -> Fact:
    """The licence with where it was read."""
    for text in front.values("xmpRights:WebStatement", "prism:copyright", "dc:rights", "cc:license", "dc:publisher"):
        if name := read_licence(text):
            return Fact(name, "metadata")
    own = (line for line in front.lines if line.page == 1 or line.is_margin)
    page_text = " ".join(line.whole_text or line.text for line in own)
    if name := read_licence(page_text):
        return Fact(name, "printed on the first pages")
    # Behind page 1 a picture may have a licence of its own: only what is said of the article counts.
    for match in _OF_ITSELF.finditer(" ".join(front.text.split())):
        if name := read_licence(match[0]):
            return Fact(name, "printed in the paper")
    return Fact("", "no licence is printed")


def read_licence(text: str) -> str:
    """The Creative Commons licence a text names, such as "CC BY-NC-ND 4.0"; "" for none. The address goes first."""
    flat = " ".join(text.split())
    found = [(m[2], m[3]) for m in _ADDRESS.finditer(flat) if m[1].lower() == "licenses"]
    found += [(m[1].replace(" ", "-"), m[2]) for m in _SHORT.finditer(flat)]
    found += [(_by_words(m[1]), m[2]) for m in _WORDS.finditer(flat)]
    if not found:
        return ""
    kind = found[0][0].upper()
    version = next((v for k, v in found if v and k.upper() == kind), "")
    return f"CC {kind} {version}".strip()


def _by_words(text: str) -> str:
    plain = re.sub(r"[^a-z]", "", text.lower())
    parts = [
        "by",
        *(s for s, word in (("nc", "noncommercial"), ("nd", "noderiv"), ("sa", "sharealike")) if word in plain),
    ]
    return "-".join(parts)
