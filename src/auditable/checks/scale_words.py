"""words.scale: a scale is told in its own steps: performance status has no stages.

Comes in: the text of a Study. Goes out: one outcome for each place that names a scale of performance status together
with a word for its steps. A stage beside a performance status is the word of another scale, and then the numbers may be
those of the other scale too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditable.blocks import Study
from auditable.checks.rule import Outcome, Quote, Rule

_SCALE = re.compile(
    r"\b(?:ECOG|Eastern Cooperative Oncology Group|Karnofsky|Zubrod|Lansky)\b(?:\s?\([A-Z/ -]+\))?"
    r"(?:\s(?:PS|performance))?\s(?P<word>stages?|status|scores?|scale|grades?|index)\b",
    re.IGNORECASE,
)


def test_scales(study: Study) -> Iterator[Outcome]:
    """One outcome for each scale of performance status with a word for its steps."""
    for sentence in study.text:
        for m in _SCALE.finditer(sentence.text):
            yield _judge(Quote(sentence, m.start(), m.end()), m["word"].lower())


def _judge(quote: Quote, word: str) -> Outcome:
    if not word.startswith("stage"):
        message = f"“{quote.words}” is told in steps of its own."
        return Outcome("consistent", (), message, word, quote.words, quote.words, quotes=(quote,))
    message = (
        f"“{quote.words}”: performance status is scored, it has no stages. The word belongs to another scale; the "
        "numbers beside it may be those of the other scale too."
    )
    return Outcome("not testable", (), message, "stage ≠ status", quote.words, "status", "definition", (quote,))


RULES = (
    Rule(
        id="words.scale",
        claim="A performance status is told as status, score or grade, not as a stage.",
        severity="definition",
        function=test_scales,
        assumptions="The scale is named (ECOG, Zubrod, Karnofsky, Lansky) and the word for its steps is right behind.",
        literature="Oken et al. 1982 (Am J Clin Oncol 5:649)",
        example="“an ECOG stage of I or II in most patients”.",
    ),
)
