"""The parts of the code that are mutated, and the narrow tests that stand for each.

Goes out: PACKAGES. A part names its modules by pattern; its tests are files or folders that run in seconds and start no
server. A fault that only a slow test notices counts as unnoticed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "auditable"


@dataclass(frozen=True)
class Package:
    """One part: modules under src/auditable, tests under tests/, and how many mutants one measurement draws."""

    modules: tuple[str, ...]
    tests: tuple[str, ...]
    sample: int

    def files(self) -> list[Path]:
        """Its modules in the order of their names."""
        return sorted({path for pattern in self.modules for path in SOURCE.glob(pattern)})


PACKAGES: Mapping[str, Package] = {
    "values": Package(
        modules=(
            "values.py",
            "quantities.py",
            "number_*.py",
            "units.py",
            "rounding.py",
            "conversions.py",
            "printed_*.py",
            "marks.py",
            "cell_forms.py",
            "cell_statistics.py",
            "statistics_of.py",
            "settled.py",
        ),
        tests=(
            "unit/test_values.py",
            "unit/test_quantities.py",
            "unit/test_units.py",
            "unit/test_number_words.py",
            "unit/test_conversions.py",
            "unit/test_marks.py",
            "unit/test_statistics_of.py",
            "unit/test_cells.py",
            "unit/test_denominator_choice.py",
            "unit/test_meaning.py",
            "unit/test_mentions.py",
            "unit/test_prose.py",
            "unit/test_prose_binding.py",
            "unit/test_prose_variables.py",
            "unit/checks/test_percent_of_n.py",
            "spec/test_printed_forms.py",
            "spec/test_printed_habits.py",
            "spec/test_prose_sentences.py",
            "properties/test_printed_values.py",
            "properties/test_rounding.py",
            "unit/test_intervals.py",
            "unit/test_cell_forms.py",
            "unit/test_settled.py",
            "unit/test_cell_statistics.py",
            "unit/test_number_groups.py",
            "snapshots/test_made_again.py",
        ),
        sample=250,
    ),
    "checks": Package(
        modules=("checks/*.py",),
        tests=("unit/checks", "snapshots/test_made_again.py", "properties/test_verdicts_of_articles.py"),
        sample=350,
    ),
    "reconcile": Package(
        modules=(
            "reconcile.py",
            "gold_pairs.py",
            "gold_compare.py",
            "gold_record.py",
            "gold_consensus.py",
            "comparing.py",
            "sameness.py",
            "matching.py",
            "agreement.py",
            "differences.py",
        ),
        tests=(
            "unit/test_reconcile.py",
            "unit/test_gold_compare.py",
            "unit/test_gold_record.py",
            "unit/test_gold_consensus.py",
            "unit/test_sameness.py",
            "unit/test_agreement.py",
            "unit/test_gold_commands.py",
            "unit/test_gold_sign.py",
            "unit/test_gold_entry.py",
            "unit/test_gold_pairs.py",
            "unit/test_typed_differences.py",
            "unit/test_prose_matching.py",
            "snapshots/test_made_again.py",
        ),
        sample=150,
    ),
}
