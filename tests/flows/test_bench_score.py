"""The bench judges all finders of tables alike: grids become tables, the scorer's last line becomes shares."""

from flows.bench_score import read_shares, score_contenders
from flows.bench_tables import CONTENDERS, table_of_grid

SCORER = """
import argparse, pathlib
parser = argparse.ArgumentParser()
for name in ("--truth", "--pdfs", "--command"):
    parser.add_argument(name)
given = parser.parse_args()
names = sorted(p.name for p in pathlib.Path(given.truth).iterdir())
print("document table")
print(f"TOTAL found {len(names)}.0  cell 0.8125  wrong {'{pdf}' in given.command:.1f}  tables 3")
"""


def test_the_first_row_is_boxhead_and_the_first_column_stub() -> None:
    table = table_of_grid(3, [["", "Arm A"], ["Age", None], ["Sex", "12"]])
    assert table["boxhead"] == [["", "Arm A"]]
    assert table["rows"] == [
        {"path": ["Age"], "cells": [""], "page": 3},
        {"path": ["Sex"], "cells": ["12"], "page": 3},
    ]


def test_shares_are_read_by_name() -> None:
    assert read_shares("TOTAL found 0.9  cell 0.8125  extra rows 4") == {"found": 0.9, "cell": 0.8125}


def test_only_truth_of_the_pdfs_that_are_timed_counts(tmp_path) -> None:
    truth = tmp_path / "truth"
    truth.mkdir()
    for name in ("a", "b"):
        (truth / f"{name}.json").write_text(f'{{"pdf": "{name}.pdf", "tables": []}}')
    scorer, pdf = tmp_path / "scorer.py", tmp_path / "a.pdf"
    scorer.write_text(SCORER)
    pdf.write_bytes(b"%PDF-")
    scores = score_contenders(scorer, truth, [pdf])
    assert list(scores) == list(CONTENDERS)
    assert all(s == {"found": 2.0, "cell": 0.8125, "wrong": 1.0} for s in scores.values())
