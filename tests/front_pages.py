"""First pages made on the spot: lines for the finders of facts, and whole small articles as PDF."""

from __future__ import annotations

import io
from collections.abc import Sequence

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from auditable.front_matter import FrontLine, FrontMatter
from tests.papers_made import PROSE, ROWS, draw_table

TITLE = "Fenobrine against placebo in adults with chronic hives: a randomised trial"
BYLINE = "Ines Ødegård-Smith, MD, Jan van der Berg, PhD, and Kei Ito"
CITATION = "Annals of Made Trials 2021;14:101–9. doi:10.5555/amt.2021.014"


def front(*lines: tuple[str, float] | FrontLine, text: str = "", **metadata: str | tuple[str, ...]) -> FrontMatter:
    """Lines one below the other on page 1, as (text, size) or ready made; metadata by name, "__" for ":"."""
    made, top = [], 60.0
    for line in lines:
        if isinstance(line, FrontLine):
            made.append(line)
            continue
        words, size = line
        made.append(FrontLine(words, size, 1, 50.0, top, 50.0 + 0.5 * size * len(words), top + size))
        top += 1.2 * size
    values = {k.replace("__", ":"): (v,) if isinstance(v, str) else v for k, v in metadata.items()}
    return FrontMatter(tuple(made), values, text or "\n".join(o.text for o in made))


def running_head(text: str, page: int = 2) -> FrontLine:
    """A line at the top edge of a page."""
    return FrontLine(text, 8.0, page, 50.0, 30.0, 50.0 + 4 * len(text), 38.0, is_margin=True)


def article_pdf(
    title: str = TITLE,
    byline: str = BYLINE,
    citation: str = CITATION,
    licence: str = "This is an open access article under the CC BY 4.0 licence.",
    rows: Sequence[Sequence[str]] = ROWS,
    prose: str = PROSE,
    metadata: tuple[str, str] = ("", ""),
) -> bytes:
    """One page: citation at its head, title, authors, a sentence, a table, a licence. metadata: title, author."""
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=A4, invariant=1)
    canvas.setTitle(metadata[0])
    canvas.setAuthor(metadata[1])
    for font, size, y, text in (
        ("Helvetica", 8, 815, citation),
        ("Helvetica-Bold", 14, 780, title),
        ("Helvetica", 11, 755, byline),
        ("Helvetica", 10, 715, prose),
        ("Helvetica", 10, 680, "Table 1. Baseline characteristics of the patients."),
        ("Helvetica", 8, 30, licence),
    ):
        canvas.setFont(font, size)
        canvas.drawString(72, y, text)
    draw_table(canvas, 660.0, rows)
    canvas.showPage()
    canvas.save()
    return stream.getvalue()
