"""How reading a document grows with its length: processor seconds a page and memory at 10, 100 and 1,000 pages.

Run with `python -m tests.scale.lengths`; with --pages 5 10 to try. It prints made documents into a scratch folder, two
pages of running text and one with a table by turns, and reads each with `auditable tables` and as the reading stage of
`auditable run` does. The seconds of a page are those beyond the shortest document, so that the start counts once. The
figures of docs/benchmarks.md.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from random import Random

from reportlab.pdfgen.canvas import Canvas

from tests.drawn_tables import PAGE, Drawn, Style, draw_page
from tests.scale.watching import Watched, watch

ROOT = Path(__file__).parents[2]
PERIOD_S = 0.1
EXIT_CODES = (0, 1, 2)
"""A document beyond the limit of pages is refused: its line shows the message."""
PAGES_PER_TABLE = 3
ROWS_PER_TABLE = 20
LINES_PER_PAGE = 56
HEAD = [[("Characteristic", 0, 0), ("Drug A (N = 80)", 1, 1), ("Drug B (N = 70)", 2, 2)]]
COMMANDS = {
    "auditable tables": ("from auditable.cli import main; main()", ("tables", "{pdf}", "--format", "json")),
    "reading of a run": (
        "import sys; from pathlib import Path; from auditable.settings import load_settings; "
        "from auditable.reading import read_isolated_text; "
        "print(len(read_isolated_text(Path(sys.argv[1]), 'made2001', load_settings())))",
        ("{pdf}",),
    ),
}
"""What is run on a PDF: a line of Python and its arguments."""


def make_document(path: Path, n_pages: int) -> Path:
    """A PDF of so many pages: the same bytes for the same number."""
    rng, canvas = Random(n_pages), Canvas(str(path), pagesize=PAGE, invariant=1)
    for number in range(1, n_pages + 1):
        if number % PAGES_PER_TABLE == 0:
            draw_page(canvas, _table(rng, number // PAGES_PER_TABLE))
        else:
            _draw_prose(canvas, rng)
        canvas.showPage()
    canvas.save()
    return path


def count_tables(n_pages: int) -> int:
    """How many tables a document of so many pages holds."""
    return n_pages // PAGES_PER_TABLE


def read_document(pdf: Path, name: str) -> Watched:
    """The run of one of COMMANDS on a PDF."""
    line, arguments = COMMANDS[name]
    return watch([sys.executable, "-c", line, *(a.format(pdf=pdf) for a in arguments)], ROOT, {}, PERIOD_S, EXIT_CODES)


def main() -> None:
    """Prints the figures."""
    given = _arguments()
    with tempfile.TemporaryDirectory(prefix="auditable-lengths-") as folder:
        pdfs = {n: make_document(Path(folder) / f"made-{n}.pdf", n) for n in sorted(given.pages)}
        print(
            "| read by | pages | seconds | processor | processor s a page | peak MB, in quarters of the time | told |"
        )
        print("|---|--:|--:|--:|--:|---|---|")
        for name in COMMANDS:
            first: tuple[int, float] | None = None
            for n, pdf in pdfs.items():
                run = read_document(pdf, name)
                _tell(name, n, run, first)
                first = first or (n, run.processor_s)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, nargs="+", default=[10, 100, 1000], help="lengths of the documents")
    return parser.parse_args()


def _tell(name: str, n: int, run: Watched, first: tuple[int, float] | None) -> None:
    memory = " · ".join(str(part) for part in run.parts_mb)
    is_read = run.output.startswith("{") or run.output.strip().isdigit()
    a_page = f"{(run.processor_s - first[1]) / (n - first[0]):.3f}" if first and is_read else ""
    told = "read" if is_read else (run.output.strip().splitlines() or ["nothing"])[-1][:200]
    print(f"| {name} | {n} | {run.seconds:.1f} | {run.processor_s:.1f} | {a_page} | {memory} | {told} |", flush=True)


def _table(rng: Random, number: int) -> Drawn:
    rows: list[tuple[int, str, list[str]]] = []
    for row in range(ROWS_PER_TABLE):
        a, b = rng.randint(1, 79), rng.randint(1, 69)
        cells = [f"{a} ({100 * a / 80:.1f})", f"{b} ({100 * b / 70:.1f})"]
        rows.append((0, f"Sign {row + 1} of visit {number}, n (%)", cells))
    return Drawn(HEAD, rows, Style(caption=f"Table {number}. Signs at visit {number}.", body=False))


def _draw_prose(canvas: Canvas, rng: Random) -> None:
    canvas.setFont("Times-Roman", 10)
    for line in range(LINES_PER_PAGE):
        n = rng.randint(1, 79)
        month = rng.randint(2, 40)
        text = f"With drug A {n} of 80 patients ({100 * n / 80:.1f}%) came back to the clinic in month {month}."
        canvas.drawString(60, PAGE[1] - 50 - 12 * line, text)


if __name__ == "__main__":
    main()
