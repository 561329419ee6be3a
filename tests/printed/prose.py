"""Running text for printed pages: invented sentences, paragraphs set in lines, justified or not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

OPENINGS = (
    "In this cohort",
    "After a median follow-up of 14.3 months",
    "Among 412 participants who were screened",
    "Compared with usual care",
    "At the end of the second year",
    "In the per-protocol analysis",
    "For reasons that remain unclear",
    "As in earlier trials,12",
    "Of those who were asked",
    "With few exceptions",
)
SUBJECTS = (
    "the proportion of patients with a response",
    "the risk of readmission",
    "adherence to the assigned regimen",
    "the mean change in systolic pressure",
    "the use of rescue medication",
    "quality of life",
    "every centre that took part",
    "the incidence of infection",
    "the difference between the groups",
    "the number of days in hospital",
)
VERBS = (
    "was lower than expected",
    "did not differ (P = 0.41)",
    "rose from 12.4% to 19.8%",
    "was similar in women and men",
    "remained stable until discharge",
    "fell by 3.2 points (95% CI, 1.1 to 5.3)",
    "could not be assessed in 27 of 180 patients",
    "was judged by two reviewers independently",
    "is shown in Table 1",
    "varied widely between regions",
)
TAILS = (
    "and no new concern was raised by the committee",
    "although the confidence interval was wide",
    "which agrees with what registries report",
    "when missing values were replaced by multiple imputation",
    "in line with the protocol",
    "and the same was seen in every subgroup",
    "so that the trial was continued as planned",
    "as judged by the investigators at each visit",
)


@dataclass(frozen=True)
class TextStyle:
    """How running text is set; lengths in points."""

    font: str = "Times-Roman"
    bold: str = "Times-Bold"
    size_pt: float = 9.5
    leading_pt: float = 11.5
    is_justified: bool = True


def sentence(rng: Random) -> str:
    """One sentence of 12 to 25 words."""
    parts = [rng.choice(OPENINGS) + ",", rng.choice(SUBJECTS), rng.choice(VERBS) + ",", rng.choice(TAILS) + "."]
    return " ".join(parts)


def paragraph(rng: Random) -> str:
    """Three to seven sentences; one now and then opens with a table's name, as running text does."""
    sentences = [sentence(rng) for _ in range(rng.randint(3, 7))]
    if rng.random() < 0.15:
        sentences.insert(1, f"Table {rng.randint(1, 3)} shows {rng.choice(SUBJECTS)} by group.")
    return " ".join(sentences)


def break_lines(text: str, width: float, font: str, size: float, first_indent: float = 0.0) -> list[list[str]]:
    """The words of a text in lines no wider than width."""
    lines: list[list[str]] = [[]]
    room = width - first_indent
    blank = stringWidth(" ", font, size)
    for word in text.split():
        wide = stringWidth(word, font, size)
        if lines[-1] and wide + blank > room:
            lines.append([])
            room = width
        room -= wide + (blank if lines[-1] else 0.0)
        lines[-1].append(word)
    return [line for line in lines if line]


def draw_line(
    canvas: Canvas, words: Sequence[str], x: float, base: float, width: float | None, font: str, size: float
) -> None:
    """Words on a base line counted from the page's top; spread over width where it is given."""
    y = float(canvas._pagesize[1]) - base
    canvas.setFont(font, size)
    if width is None or len(words) < 3:
        canvas.drawString(x, y, " ".join(words))
        return
    slack = width - sum(stringWidth(w, font, size) for w in words)
    gap = slack / (len(words) - 1)
    for word in words:
        canvas.drawString(x, y, word)
        x += stringWidth(word, font, size) + gap


def fill_with_prose(
    canvas: Canvas, rng: Random, style: TextStyle, x: float, top: float, width: float, bottom: float
) -> None:
    """Paragraphs, a heading now and then, from top down to bottom; the last one is cut off as a column's end does."""
    canvas.setFillColorRGB(0, 0, 0)
    y = top
    is_first = True
    while y + style.leading_pt <= bottom:
        if not is_first and rng.random() < 0.2 and y + 4 * style.leading_pt <= bottom:
            y += 0.8 * style.leading_pt
            draw_line(canvas, rng.choice(HEADINGS).split(), x, y + style.size_pt, None, style.bold, style.size_pt)
            y += 1.1 * style.leading_pt
        indent = 0.0 if is_first else style.size_pt
        lines = break_lines(paragraph(rng), width, style.font, style.size_pt, indent)
        for k, words in enumerate(lines):
            if y + style.leading_pt > bottom:
                return
            left = x + (indent if k == 0 else 0.0)
            spread = width - (left - x) if style.is_justified and k < len(lines) - 1 else None
            draw_line(canvas, words, left, y + style.size_pt, spread, style.font, style.size_pt)
            y += style.leading_pt
        is_first = False


HEADINGS = (
    "Statistical analysis",
    "Results",
    "Primary outcome",
    "Study design and participants",
    "Discussion",
    "Strengths and limitations",
    "Adverse events",
    "Outcomes and follow-up",
)
