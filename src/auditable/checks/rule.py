"""What a check is and what it says: Rule, Outcome, and the row of the Findings frame an Outcome becomes.

Comes in: an Outcome of a rule on named observations. Goes out: one row of the Findings model with a stable id. What
must hold is left to the modules beside this one, one family each.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from auditable.blocks import Observation, Study
from auditable.model import Sentence
from auditable.rounding import Verdict

LOW_OCR_CONFIDENCE = 0.9
"""Below this a number read from a picture is first a doubt about our reading."""


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of the text that a finding speaks of: the characters start..end of a sentence."""

    sentence: Sentence
    start: int
    end: int

    @property
    def words(self) -> str:
        """The words themselves."""
        return self.sentence.text[self.start : self.end]

    @property
    def has_ink(self) -> bool:
        """Whether a printed word of the sentence lies in the stretch."""
        return any(start < self.end and end > self.start for start, end, _, _ in self.sentence.spans)


@dataclass(frozen=True, slots=True)
class Outcome:
    """One test of a rule, on observations, on words of the text, or on both; at least one of either.

    severity "" takes the rule's own where the verdict is impossible; "note" makes a rounding a custom of printing.
    """

    verdict: Verdict
    observations: tuple[Observation, ...]
    message: str
    arithmetic: str
    printed: str
    expected: str
    severity: str = ""
    quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """A check: id ("family.rule"), one-line claim, severity of a breach, and the function that tests it on a study.

    assumptions: when it may not accuse; literature: source of the method; example: one line a clinician can follow.
    needs_corpus: it compares studies, and is silent where one alone is at hand.
    """

    id: str
    claim: str
    severity: str
    function: Callable[[Study], Iterable[Outcome]]
    assumptions: str
    literature: str
    example: str
    needs_corpus: bool = False


def finding_row(rule: Rule, study_id: str, outcome: Outcome) -> dict[str, object]:
    """One row of the Findings frame. It stands where its first observation does, else where its first words do."""
    ids = " ".join(o.observation_id for o in outcome.observations)
    accuses = outcome.verdict in ("impossible", "rounding")
    doubt = reading_doubt(outcome.observations) if accuses else ""
    return {
        "finding_id": hash_parts(f"{rule.id} {ids}", *_words(study_id, outcome.quotes)),
        "study_id": study_id,
        "rule": rule.id,
        "verdict": outcome.verdict,
        "severity": severity_of(rule, outcome),
        "message": f"{outcome.message} {doubt}".strip(),
        "arithmetic": outcome.arithmetic,
        "printed": outcome.printed,
        "expected": outcome.expected,
        "observation_ids": ids,
        **_place(outcome),
        "readers_agree": readers_agree(outcome.observations),
        "places": _further_places(outcome),
    }


def hash_parts(*parts: str) -> str:
    """A name made of the parts: the same for the same parts, wherever and whenever it is made."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:12]


def _words(study_id: str, quotes: tuple[Quote, ...]) -> list[str]:
    """What names the words of a finding. Numbers name their study themselves, words do not."""
    return [f"{study_id} {q.sentence.source} {q.sentence.text} {q.start}" for q in quotes]


def _place(outcome: Outcome) -> dict[str, object]:
    if outcome.observations:
        first = outcome.observations[0]
        return {
            "table_id": first.table_id,
            "stub_path": first.stub_path,
            "spanner_path": first.spanner_path,
            "page": first.page,
            "x0_pt": first.x0_pt,
            "top_pt": first.top_pt,
            "x1_pt": first.x1_pt,
            "bottom_pt": first.bottom_pt,
        }
    quote = outcome.quotes[0]
    page, box = quote.sentence.boxes(quote.start, quote.end)
    return {
        "table_id": "",
        "stub_path": "",
        "spanner_path": "",
        "page": page,
        "x0_pt": box.x0,
        "top_pt": box.top,
        "x1_pt": box.x1,
        "bottom_pt": box.bottom,
    }


def _further_places(outcome: Outcome) -> str:
    """Where the words stand that _place does not tell, as the Findings frame holds places."""
    further = outcome.quotes if outcome.observations else outcome.quotes[1:]
    found = [q.sentence.boxes(q.start, q.end) for q in further if q.has_ink]
    return " ".join(":".join((str(page), *(f"{edge:.2f}" for edge in box.as_tuple()))) for page, box in found)


def severity_of(rule: Rule, outcome: Outcome) -> str:
    """Severity of an outcome: its own or the rule's for a breach, its own or "rounding" for the weaker tier, else
    "note".

    What cannot be tested may name a severity of its own: a question that only a reader can answer.
    """
    if outcome.verdict == "impossible":
        return outcome.severity or rule.severity
    if outcome.verdict == "not testable":
        return outcome.severity or "note"
    return outcome.severity or "rounding" if outcome.verdict == "rounding" else "note"


def readers_agree(observations: Iterable[Observation]) -> str:
    """ "no" if the second reader differs on any, "yes" if it saw the same on all, else "read once"."""
    seen = {o.agreement for o in observations}
    if "differs" in seen:
        return "no"
    return "yes" if seen == {"same"} else "read once"


def reading_doubt(observations: Iterable[Observation]) -> str:
    """The sentence that warns of our own reading, or ""."""
    found = tuple(observations)
    if any(o.agreement == "differs" for o in found):
        return "The two readers disagree here: doubt our reading first."
    if any(o.ocr_confidence is not None and o.ocr_confidence < LOW_OCR_CONFIDENCE for o in found):
        return "The picture was hard to read here: doubt our reading first."
    return ""
