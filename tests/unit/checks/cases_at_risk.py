"""A figure with the numbers at risk below its curves, right or wrong."""

from hand_made import HandMadePaper

from auditable.model import Box, Sentence

COVERS = ("survival.at_risk",)


def block(*rows: str, step: float = 60.0) -> Sentence:
    """Rows of a label and numbers as one sentence, each number under the one above."""
    text, spans = " ".join(rows), list[tuple[int, int, int, Box]]()
    start = 0
    for line, row in enumerate(rows):
        for column, word in enumerate(row.split()):
            x0, top = step * column, 500.0 + 15 * line
            spans.append((start, start + len(word), 1, Box(x0, top, x0 + 12, top + 8)))
            start += len(word) + 1
    return Sentence(text, "Results", "prose", 1, tuple(spans))


def write(paper: HandMadePaper, is_wrong: bool) -> None:
    """The third number is right first, then above the second one."""
    paper.read("Number at risk by month:", source="caption")
    third = "153" if is_wrong else "59"
    paper.sentences.append(block("Month 0 6 12 18", f"Active 241 143 {third} 26", "Placebo 119 35 8 2"))
