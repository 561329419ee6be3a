"""flow.left: whoever was found and not left out is in the study.

Comes in: a Study. Goes out: one outcome for each sentence that names a whole and all who were taken from it ("From
1502 records we removed 33 second entries and 10 without consent", "Of 288 eligible, 17 declined and 14 were lost"). Who
was left is told by the same sentence, by the next one, or by the heads of the tables; a sum that misses the size of the
tables is accused only where one slip of the pen mends it. Lists that the words leave open are not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from auditable.blocks import Study
from auditable.checks.flow_words import OPEN, Template, join, read_template
from auditable.checks.matching import is_slip
from auditable.checks.rule import Outcome, Rule
from auditable.checks.table_heads import ALL, sized_heads
from auditable.rounding import Printed

LARGE = 50
"""A study of fewer patients is met by too many sums."""
TEN = 10
TWICE = 2
"""Where more than half were left out, the heads of a table may count others again."""
_YEAR = re.compile(r"(?<=\bin\s)#(\d+)#")
YEARS = range(1950, 2050)
_LOST = re.compile(
    r"excluded|removed|discarded|left out|declined|refused|withdrew|were lost|did not|were not|was not|ineligible"
    r"|not eligible|died before|moved away",
    re.IGNORECASE,
)
_WHOLE = re.compile(
    r"^(?:[A-Z][\w ]{0,30}:\s)?(?:of|from|among)\s(?:the\s|all\s|an?\s)?#0#(?:\s[^#.;:,]{1,60})?,?\s(?:we\s)?"
    r"(?=#|excluded|removed)",
    re.IGNORECASE,
)
_ASKED = re.compile(
    r"^(?:we|[^#.;:]{3,30})\s(?:approached|identified|screened|invited|retrieved|recorded)\s#0#\s[^#.;:,]{3,40}[;,:]\s",
    re.IGNORECASE,
)
_SCREENED = re.compile(r"#(?P<whole>\d+)#\s[^#.;:]{3,60}\b(?:were|was)\sscreened[,;]?\sand\s(?=#)", re.IGNORECASE)
_TOKEN = re.compile(r"#(\d+)#")
_LEFT = re.compile(
    r"(?:,?\s(?:thus\s)?(?:leaving|which\sleft|so(?:\sthat)?|and\sthe\s(?:remaining|other))|[.]\s(?:the\s)?(?:remaining|other))"
    r"\s#(\d+)#|[.]\s(?:of|among)\s(?:the\s|these\s)?(?:remaining\s)?#(\d+)#\s(?:full|remaining)",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"\s?\((?!\s?[nN]\s?=)[^()]*\)")
_PART = re.compile(r"\b(?:of (?:these|those|them|whom|which)|respectively|each|per|later|also)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Loss:
    """A whole, those who were taken from it and, if the text says so, those who were left: tokens of a template."""

    template: Template
    whole: int
    lost: tuple[int, ...]
    left: int | None

    @property
    def rest(self) -> int:
        """Who should be left."""
        return self.template.value(self.whole) - sum(self.template.value(t) for t in self.lost)


def test_left(study: Study) -> Iterator[Outcome]:
    """One outcome for each sentence that takes patients away from a whole."""
    sentences = [m for m in study.sentences if m[0].source == "prose" and m[0].speaks_of != "another study"]
    templates = [read_template(mentions) for mentions in sentences]
    sizes = _sizes(study)
    for i, template in enumerate(templates):
        is_next = i + 1 < len(templates) and sentences[i + 1][0].section == sentences[i][0].section
        loss = _read(template, templates[i + 1] if is_next else None)
        if loss is not None:
            yield from _judge(loss, sizes)


def _sizes(study: Study) -> set[int]:
    """Numbers of patients of the whole study that stand over the columns of a table: one head, or the sum of the
    arms.
    """
    found: set[int] = set()
    for arms in sized_heads(study).values():
        own = [h.size for arm, h in arms.items() if arm != ALL]
        found |= {arms[ALL].size} if ALL in arms else {sum(own)} if len(own) > 1 else set()
    return {n for n in found if n >= LARGE}


def _read(template: Template, behind: Template | None) -> Loss | None:
    text = _plain(template)
    m = _WHOLE.match(text) or _ASKED.match(text) or _SCREENED.search(text)
    if m is None:
        return None
    whole = int(m.groupdict().get("whole") or 0)
    both = join([template, behind]) if behind is not None else template
    rest = _plain(both)[m.end() :]
    own = text[m.end() :]
    left = _LEFT.search(own)
    listed = own[: left.start()] if left else own
    far = None if left else _LEFT.search(" " + rest[len(own.rstrip(".")) :])
    lost = tuple(int(t) for t in _TOKEN.findall(listed))
    is_lost = _LOST.search(text, m.start())
    if (
        not lost
        or not is_lost
        or OPEN.search(listed)
        or _PART.search(listed)
        or re.search(r"\.\s|\d(?!#)(?!\d*#)", listed)
    ):
        return None
    found = left or far
    return Loss(both, whole, lost, int(next(g for g in found.groups() if g)) if found else None)


def _plain(template: Template) -> str:
    """The text without what stands in brackets, unless it is a count, and without years."""
    text = _ASIDE.sub("", template.text)
    return _YEAR.sub(lambda m: "…" if template.value(m[1]) in YEARS else m[0], text)


def _judge(loss: Loss, sizes: set[int]) -> Iterator[Outcome]:
    template = loss.template
    whole, lost = template.value(loss.whole), [template.value(t) for t in loss.lost]
    arithmetic = f"{whole} − {' − '.join(map(str, lost))} = {loss.rest}"
    tokens = (loss.whole, *loss.lost, *(() if loss.left is None else (loss.left,)))
    observations = template.observations(tokens)
    if not observations or loss.rest <= 0:
        return
    left = {template.value(loss.left)} if loss.left is not None else {n for n in sizes if n < whole < TWICE * loss.rest}
    if loss.rest in left:
        message = f"Whoever was not left out is in the study ({loss.rest})."
        yield Outcome("consistent", observations, message, arithmetic, str(loss.rest), str(loss.rest))
        return
    mended = {n: _mends(n - loss.rest, whole, lost) for n in left}
    found = [n for n, mends in mended.items() if mends]
    if len(found) != 1:
        return
    (n,) = found
    where = "the text says" if loss.left is not None else "the heads of the tables say"
    message = f"Of {whole}, {' and '.join(map(str, lost))} were left out: {loss.rest} are left, but {where} {n}."
    message += f" {' or '.join(mended[n])} would fit."
    yield Outcome("impossible", observations, message, f"{arithmetic}, not {n}", str(loss.rest), str(n))


def _mends(missing: int, whole: int, lost: Sequence[int]) -> list[str]:
    """What, in place of one of the numbers, would leave that many more; only what a slip of the pen may have changed,
    and more than its last digit.
    """
    mends = [(whole, whole + missing), *((x, x - missing) for x in lost)]
    return [
        f"{right} instead of {said}"
        for said, right in mends
        if right > 0 and abs(missing) >= TEN - 1 and is_slip(_printed(said), _printed(right), 2)
    ]


def _printed(n: int) -> Printed:
    return Printed(Fraction(n), 0)


RULES = (
    Rule(
        id="flow.left",
        claim="Whoever was found and not left out is in the study.",
        severity="error",
        function=test_left,
        assumptions="One sentence names the whole and all who were taken from it, in a closed list. Who was left is "
        "told in words, or is the one size over the columns of a table that a slip of the pen in one of the numbers "
        "(other than of its last digit) leads to.",
        literature="CONSORT 2010 item 13; STROBE item 13; INSPECT-SR check 4",
        example='"Of 288 eligible, 27 declined and 14 were lost", where the tables count 257: 17 would fit.',
    ),
)
