"""glyph.integrity: a character that has no meaning in the PDF is a finding about our reading.

Comes in: a Study. Goes out: one outcome for each page of a table or text, naming the numbers whose cell, label or
phrase holds an unknown glyph. Signs that could be read from their pictures have been put right before (glyphs.py): what
is found here, nobody could read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from auditable.blocks import Observation, Study
from auditable.checks.rule import Outcome, Rule
from auditable.suspects import UNKNOWN


def test_glyphs(study: Study) -> Iterator[Outcome]:
    """One outcome for each page of a table or text: a font that hides one character hides it everywhere."""
    places: dict[tuple[str, str, int], list[Observation]] = defaultdict(list)
    for o in study.observations:
        places[(o.source, o.table_id, o.page)].append(o)
    for (source, table_id, _page), found in places.items():
        damaged = [o for o in found if UNKNOWN.search(_printed(o))]
        if damaged:
            message = (
                f"A character beside {len(damaged)} of the {len(found)} numbers here has no meaning in the PDF: a "
                "comparator, a minus or a digit may be lost. Doubt our reading."
            )
            yield Outcome(
                "impossible", tuple(damaged), message, "", ascii(_printed(damaged[0])).strip("'"), "readable characters"
            )
        else:
            where = table_id or source
            yield Outcome(
                "consistent",
                (found[0],),
                f"All {len(found)} numbers of {where} are printed in known characters.",
                "",
                "",
                "",
            )


def _printed(o: Observation) -> str:
    return f"{o.raw_text} {o.value} {o.stub_path}"


RULES = (
    Rule(
        id="glyph.integrity",
        claim="Every character of a printed number has a meaning in the PDF.",
        severity="error",
        function=test_glyphs,
        assumptions="None: a private or unknown glyph is always a doubt about our reading, never about the paper.",
        literature="Unicode Standard 23 (special areas); PDF 32000-1, 9.10 (extraction of text)",
        example="(cid:3)12 may be −12 or >12.",
    ),
)
