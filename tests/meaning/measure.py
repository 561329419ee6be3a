"""Prints how much of the gold record is read with its meaning right, and whether a study's prints agree.

Run by `make measure`. Reads the PDFs itself, or takes readings from --readings (raw__<study>.json and
layouts__<study>.<style>.json, as auditable.serial writes them), or the figures of the last run from curated/ with
--curated.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from auditable.curate import curate_study, read_study
from auditable.model import Paper, Reading
from auditable.papers import list_studies, load_paper
from auditable.serial import load_reading
from auditable.settings import Settings
from auditable.store import StudyFrames
from auditable.store import read_study as read_curated
from tests.meaning.keyed import FOLDER, WHOM_FIELDS, read_truth
from tests.meaning.layouts import Agreement, compare_prints, differing_fields, pair_up
from tests.meaning.scores import Scored, field_order, score_study, shares

ROOT = Path(__file__).parents[2]
RAW, CURATED = ROOT / "raw", ROOT / "curated"
MAX_LISTED = 12
"""Differences of one table that are listed."""


def main() -> None:
    """Meaning of the gold rows, study by study; with --layouts, agreement of the prints too."""
    given = _arguments()
    studies = given.study or [s for s in list_studies(RAW) if (FOLDER / f"{s}.csv").is_file()]
    frames = {study: _frames(study, given) for study in studies}
    scored = {study: score_study(f.matches, f.observations, read_truth(study)) for study, f in frames.items()}
    _print_tables(scored)
    _print_prose(scored)
    if given.misses:
        for rows in scored.values():
            _print_misses(rows)
    if given.layouts:
        for study, own in frames.items():
            _print_layouts(study, own, given)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make measure ARGS=", description=main.__doc__)
    parser.add_argument("--study", action="append", help="only this study; may be given again")
    parser.add_argument("--misses", action="store_true", help="list every gold row that is not wholly right")
    parser.add_argument("--readings", type=Path, help="folder of readings, to spare reading the PDFs")
    parser.add_argument("--curated", action="store_true", help="take what the last run left in curated/")
    parser.add_argument("--layouts", type=Path, help="folder of other prints, <study>.<style>.pdf")
    parser.add_argument("--all", action="store_true", help="list all differences of the prints, not the first ones")
    return parser.parse_args()


def _frames(study: str, given: argparse.Namespace) -> StudyFrames:
    if given.curated:
        return read_curated(CURATED, study)
    paper = load_paper(RAW / study)
    return curate_study(paper, _reading(paper, "raw", study, given.readings)).frames


def _reading(paper: Paper, group: str, stem: str, readings: Path | None) -> Reading:
    if readings is None:
        return read_study(paper, Settings())
    return load_reading((readings / f"{group}__{stem}.json").read_text("utf-8"))


def _print_tables(scored: dict[str, list[Scored]]) -> None:
    print("\ntables: rows · all right (value, statistic, unit, variable, whom) · read · wrong · share of rows right in")
    for study, rows in _with_total(scored):
        own = shares([r for r in rows if not r.is_prose])
        fields = " · ".join(f"{name} {own.of(own.n_field[name]):.3f}" for name in field_order())
        print(f"  {study:15} {own.n_rows:4} · {own.right:.3f} · {own.read:.3f} · {own.wrong:.4f} · {fields}")


def _print_prose(scored: dict[str, list[Scored]]) -> None:
    print("\ntext: rows · found (value, statistic, unit) · bound to the right variable and arm or subgroup · right in")
    for study, rows in _with_total(scored):
        own = shares([r for r in rows if r.is_prose])
        whom = sum(r.has(*WHOM_FIELDS) for r in rows if r.is_prose)
        fields = " · ".join(f"{name} {own.of(own.n_field[name]):.3f}" for name in field_order())
        head = f"{own.n_rows:4} · {own.read:.3f} · {own.right:.3f}"
        print(f"  {study:15} {head} · arm, subgroup and patient {own.of(whom):.3f} · {fields}")


def _with_total(scored: dict[str, list[Scored]]) -> Iterator[tuple[str, list[Scored]]]:
    yield from scored.items()
    if len(scored) > 1:
        yield "all", [row for rows in scored.values() for row in rows]


def _print_misses(rows: list[Scored]) -> None:
    for row in rows:
        if row.is_right and row.has(*field_order()):
            continue
        where = f"{row.study_id} line {row.gold_line} {' ¦ '.join(row.place)} {row.statistic}={row.value}"
        if not row.is_read:
            print(f"{where}: {row.kind}")
            continue
        for name in field_order():
            if not row.right[name]:
                wanted = "' or '".join(dict.fromkeys(way[name] for way in row.wanted))
                print(f"{where}: {name} '{row.found[name]}', keyed '{wanted}'")


def _print_layouts(study: str, own: StudyFrames, given: argparse.Namespace) -> None:
    for pdf in sorted(given.layouts.glob(f"{study}.*.pdf")):
        paper = replace(load_paper(RAW / study), pdf_path=pdf, gold_path=None)
        reading = replace(_reading(paper, "layouts", pdf.stem, given.readings), study_id=study)
        for agreement in compare_prints(own.observations, curate_study(paper, reading).frames.observations):
            print(f"{pdf.stem} {agreement.table_id}: {agreement.share:.4f} ({agreement.n_same} of {agreement.n_all})")
            _print_differences(agreement, None if given.all else MAX_LISTED)


def _print_differences(agreement: Agreement, limit: int | None) -> None:
    for one, other in pair_up(agreement)[:limit]:
        if one is None or other is None:
            print(f"    only in {'this' if one is None else 'raw'}: {' ¦ '.join(one or other or ())}")
        else:
            differing = differing_fields(one, other)
            said = ", ".join(f"{name} '{x}' → '{y}'" for name, (x, y) in differing.items())
            print(f"    {one[0]} ¦ {one[1]} ¦ {one[3]}: {said}")


if __name__ == "__main__":
    main()
