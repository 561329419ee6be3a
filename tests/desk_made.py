"""A corpus made on the spot for the review page and the report: studies with findings, their ink on a small PDF.

What is drawn, read and found is made up, and agrees: each finding names a number that stands in its box.
"""

from __future__ import annotations

import io
from pathlib import Path

import pandas as pd
from reportlab.pdfgen.canvas import Canvas

from auditable.model import Box, PageSize, Piece, Reading, Table, TableCell, TableRow
from auditable.reconcile import reconcile
from auditable.store import StudyFrames, write_study
from tests.papers_made import GOLD_HEADER, make_study
from tests.unit.frames_made import cells, findings, gold, observations, rejected

WIDTH, HEIGHT = 595, 842
ROWS_PER_PAGE = 40
RULES = ("percent.of_n", "categories.sum", "summary.order")


def make_corpus(folder: Path, studies: dict[str, int], hostile: str = "") -> tuple[Path, Path]:
    """(raw, curated) with these studies and as many findings in each, and one difference from gold in each.

    hostile: text put into the label, the message and the cell of the first row of every study.
    """
    raw, curated = folder / "raw", folder / "curated"
    for study_id, n_findings in studies.items():
        make_study(raw, study_id, _pdf(n_findings), _gold_csv(n_findings))
        write_findings(curated, study_id, n_findings, hostile=hostile)
    return raw, curated


def write_findings(curated: Path, study_id: str, n_findings: int, expected: str = "25.0", hostile: str = "") -> None:
    """What a run would leave of one study. expected: what would have fitted in every finding."""
    values = [f"{20 + i}.5" for i in range(n_findings)]
    labels = [f"Row {i + 1}" for i in range(n_findings)]
    if hostile and labels:
        labels[0], values[0] = hostile, hostile
    own = [_own(study_id, i, label) for i, label in enumerate(labels)]
    read = observations(
        *(
            {
                **o,
                "observation_id": f"{study_id}o{i}",
                "row": i,
                "statistic": "pct",
                "value": f"{20 + i}.5",
                "unit": "%",
                "raw_text": v,
                "second_text": v,
            }
            for i, (o, v) in enumerate(zip(own, values, strict=True))
        )
    )
    keyed = gold(
        {"stub_path": labels[-1], "spanner_path": "All (N = 40)", "statistic": "pct", "value": "99.5", "unit": "%"}
    )
    result = reconcile(study_id, read, keyed)
    found = findings(
        *(
            {
                **o,
                "finding_id": f"F-{study_id}-{i:03}",
                "rule": RULES[i % 3],
                "severity": ("error", "rounding")[i % 5 == 4],
                "verdict": ("impossible", "rounding")[i % 5 == 4],
                "printed": v,
                "expected": expected,
                "observation_ids": f"{study_id}o{i}",
                "message": f"{v} % is printed in {label}, but {expected} % would fit.",
            }
            for i, (o, label, v) in enumerate(zip(own, labels, values, strict=True))
        )
    )
    table = _table(labels, values)
    pages = tuple(PageSize(p, WIDTH, HEIGHT, False) for p in range(1, (n_findings - 1) // ROWS_PER_PAGE + 2))
    frames = StudyFrames(
        cells(
            *({**o, "row": i, "text": v, "second_text": v} for i, (o, v) in enumerate(zip(own, values, strict=True)))
        ),
        read,
        found,
        result.matches,
        rejected(),
        result.discrepancies,
    )
    write_study(curated, study_id, Reading(study_id, pages, (table,), ()), frames)


def decisions_of(curated: Path) -> pd.DataFrame:
    """The lines of decisions.csv as they stand."""
    return pd.read_csv(curated / "decisions.csv", dtype=str, keep_default_na=False).set_index("item_id")


def _own(study_id: str, i: int, label: str) -> dict[str, object]:
    box = _box(i)
    return {
        "study_id": study_id, "stub_path": label, "spanner_path": "All (N = 40)", "page": i // ROWS_PER_PAGE + 1,
        "x0_pt": box.x0, "top_pt": box.top, "x1_pt": box.x1, "bottom_pt": box.bottom,
    }  # fmt: skip


def _box(i: int) -> Box:
    top = 80.0 + 18 * (i % ROWS_PER_PAGE)
    return Box(300.0, top, 330.0, top + 10)


def _table(labels: list[str], values: list[str]) -> Table:
    rows = tuple(
        TableRow(
            (label,),
            (TableCell(value, (), _box(i)),),
            i // ROWS_PER_PAGE + 1,
            Box(60, _box(i).top, 330, _box(i).bottom),
        )
        for i, (label, value) in enumerate(zip(labels, values, strict=True))
    )
    pieces = tuple(Piece(p, Box(50, 60, 400, 810)) for p in range(1, (len(labels) - 1) // ROWS_PER_PAGE + 2))
    return Table(
        "T1", "Table 1", "Patients of a made-up cohort", pieces, 1, (("Item", "All (N = 40)"),), (((), ()),), rows, ()
    )


def _pdf(n_findings: int) -> bytes:
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=(WIDTH, HEIGHT), invariant=1)
    for i in range(n_findings):
        box = _box(i)
        canvas.setFont("Helvetica", 10)
        canvas.drawString(60, HEIGHT - box.bottom + 2, f"Row {i + 1}")
        canvas.drawString(box.x0, HEIGHT - box.bottom + 2, f"{20 + i}.5")
        if i % ROWS_PER_PAGE == ROWS_PER_PAGE - 1:
            canvas.showPage()
    canvas.save()
    return stream.getvalue()


def _gold_csv(n_findings: int) -> str:
    return f"{GOLD_HEADER}\nT1,Row {n_findings},All (N = 40),pct,99.5,%,,99.5,A\n"
