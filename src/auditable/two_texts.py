"""Two libraries read the text layer of each page; where they see different figures, nobody should trust the page.

Comes in: the facts of pdfium's look at each page, and the pages as pdfminer read them. Goes out: a sentence for each
page on which the two differ. The second reader reads tables alone, and its library descends from pdfminer: pdfium can
notice what both take wrongly, and what is wrong in running text, such as a figure whose glyph the font names by a
number. On sound PDFs the two see the same figures to the last one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from auditable.model import Page
from auditable.readers.pdfium_reader import PageFacts


def tell_unlike_figures(facts: Iterable[PageFacts], pages: Iterable[Page]) -> list[str]:
    """One sentence for each page whose figures the two libraries read differently, in the order of pages."""
    read = {page.number: page.figures for page in pages if not page.is_scan}
    return [
        f"Page {p.number}: two PDF libraries read different figures from its text layer ({apart}); "
        "compare its numbers with the picture."
        for p in facts
        if p.number in read and (apart := _apart(p.figures, read[p.number]))
    ]


def _apart(pdfium: str, pdfminer: str) -> str:
    """How many figures only one of them sees, as "3 only by pdfium, 2 only by pdfminer"; "" where they agree."""
    theirs, ours = Counter(pdfium), Counter(pdfminer)
    only = ((theirs - ours).total(), "pdfium"), ((ours - theirs).total(), "pdfminer")
    return ", ".join(f"{n} only by {name}" for n, name in only if n)
