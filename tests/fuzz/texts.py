"""Texts nobody would print → what the grammar of numbers makes of them: no exception, no number of its own.

Comes in: texts that hypothesis draws: any Unicode, print put together wrongly, figures of all scripts. Goes out:
nothing, or the smallest text that breaks a rule. Few are tried in tests/properties, many by
`python -m tests.fuzz.texts`.
"""

from __future__ import annotations

import argparse
import re
import unicodedata

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from auditable.model import Box, Reading, Sentence
from auditable.printed_text import COMMA, POINT, tidy
from auditable.prose import find_mentions
from auditable.values import parse_cell

N_TEXTS = 4000
SIGNS = "0123456789.,·()[]<>≤≥±+-–−%/:;=*†‡§×^ NRnpaesdkgmoCI\u2009\u00a0\u202f⁰¹²³⁴⁻₂½⅔'’"
FIGURES = st.characters(categories=("Nd", "No", "Nl", "Sm", "Cf"))
PIECES = (
    "12 (38.7) 0.48 <0.001 95% CI HR 1.2–3.4 ±5.6 1,234 1.234,5 1·2 10/31 n=45 p = .05 NR NE – median (range) to vs. "
    "mg/m² ×10⁻³ 1e-5 twenty-two half of a third patients were 3/4 1st Table 2 [14] 1–3 x 10 ^ -5 per 100 000"
)
PRINTED = st.sampled_from(PIECES.split())
TEXTS = st.one_of(
    st.text(max_size=60),
    st.text(alphabet=SIGNS, max_size=40),
    st.text(alphabet=st.one_of(st.sampled_from(SIGNS), FIGURES), max_size=30),
    st.lists(st.one_of(PRINTED, st.text(max_size=4)), max_size=14).map(" ".join),
    st.lists(PRINTED, max_size=10).map("".join),
)
_POWER = re.compile(r"10|e", re.IGNORECASE)


def check_cell(text: str) -> None:
    """Every reading of the text as a cell has only amounts that stand in it, in printed order, with their figures."""
    for marks in (POINT, COMMA):
        for printed in parse_cell(text, marks):
            start = 0
            for amount in printed.amounts:
                found = tidy(text).find(amount.text, start)
                assert found >= 0, (text, amount)
                start = found + len(amount.text)
                if _POWER.search(amount.text):
                    continue  # a power of ten moves the point: test_powers_of_ten_come_back
                of_number = amount.text[: len(amount.text) - len(amount.unit)]
                assert _figures(amount.digits) == _figures(of_number), (text, amount)
                assert not amount.digits.startswith("-") or any(c in of_number for c in "-−–"), (text, amount)


def check_sentences(texts: list[str]) -> None:
    """Every number found in sentences stands in its sentence, with its figures, or is a word there."""
    observations, rejected = find_mentions(_reading(texts))
    assert set(rejected["raw_text"]) <= {part for part in rejected["raw_text"] if any(part in t for t in texts)}
    for value, raw in zip(observations["value"], observations["raw_text"], strict=True):
        assert any(raw in text for text in texts), (texts, raw)
        if value and any(c.isdigit() for c in raw) and not _POWER.search(raw):
            assert _figures(value).strip("0") in _figures(raw), (texts, raw, value)


def _figures(text: str) -> str:
    return "".join(str(unicodedata.digit(c)) for c in text if c.isdecimal())


def _reading(texts: list[str]) -> Reading:
    """A paper of these sentences, each word 50 points wide."""
    sentences = []
    for row, text in enumerate(texts):
        words = [(m.start(), m.end()) for m in re.finditer(r"\S+", text)]
        spans = [(a, b, 1, Box(50.0 * k, 12.0 * row, 50.0 * k + 49, 12.0 * row + 10)) for k, (a, b) in enumerate(words)]
        if spans:
            sentences.append(Sentence(text, "Results", ("prose", "caption", "note")[row % 3], 1, tuple(spans)))
    return Reading("paper1", (), (), tuple(sentences))


def main() -> None:
    """Tries many texts; the first that breaks a rule ends it with the smallest like it."""
    parser = argparse.ArgumentParser(description="The grammar of numbers on texts nobody would print.")
    parser.add_argument("--texts", type=int, default=N_TEXTS)
    n = parser.parse_args().texts
    many = settings(max_examples=n, deadline=None, suppress_health_check=[HealthCheck.too_slow], database=None)
    many(given(TEXTS)(check_cell))()
    print(f"{n} texts read as cells")
    many(given(st.lists(TEXTS, max_size=4))(check_sentences))()
    print(f"{n} times up to four texts read as sentences")


if __name__ == "__main__":
    main()
