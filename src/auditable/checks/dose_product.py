"""dose.product: a total dose or length is the number of its parts times one part.

Comes in: a Study with its text. Goes out: one outcome for each total that a sentence prints beside its parts: radiation
by fractions, a daily dose by single doses, cycles by their length. Weeks, days and months of one time are
unit_convert.py's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from auditable.blocks import Study
from auditable.checks.rule import Outcome, Quote, Rule
from auditable.model import Sentence
from auditable.number_words import CARDINAL, whole_of
from auditable.references import is_literature
from auditable.rounding import Printed, decimal_text, read_printed

_FIGURE = r"(?<![\d.,·/–-])\d+(?:[.·]\d+)?"
_COUNT = rf"(?:\d{{1,3}}|{CARDINAL})"
_MASS = r"(?:mg|µg|mcg|g|mL|ml|IU|U|units)"
_TIMES = {"once": 1, "twice": 2, "b.i.d.": 2, "bid": 2, "bd": 2, "thrice": 3, "three times": 3, "t.i.d.": 3, "tid": 3,
          "tds": 3, "four times": 4, "q.i.d.": 4, "qid": 4}  # fmt: skip
_OFTEN = "|".join(re.escape(w).replace(r"\ ", r"\s") for w in sorted(_TIMES, key=len, reverse=True))
_DAILY = rf"(?P<often>{_OFTEN})(?:\s(?:daily|a day|per day|each day))?"
_PER_DAY = r"(?:\s?/\s?(?:day|d)\b|\s(?:per day|a day|daily|each day|in total per day)\b)"
_PATTERNS = (
    # 60 Gy in 30 fractions of 2 Gy, 60 Gy delivered in 30 daily 2-Gy fractions
    rf"(?P<total>{_FIGURE})\s?(?P<unit>c?Gy)\b[^.;()]{{0,25}}?\bin\s(?P<count>{_COUNT})\s(?:daily\s|equal\s|consecutive\s)?"
    rf"(?:fractions?\sof\s(?P<part>{_FIGURE})\s?(?P=unit)\b|(?P<part2>{_FIGURE})[\s-](?P=unit)\sfractions?\b)",
    # 30 fractions of 2 Gy (60 Gy), 30 × 2 Gy (total 60 Gy)
    rf"(?P<count>{_COUNT})\s?(?:fractions?\sof|×|x)\s?(?P<part>{_FIGURE})\s?(?P<unit>c?Gy|{_MASS})\b,?\s?(?:\(|"
    rf"=\s?|to a |for a )"
    rf"(?:total(?:\sdose)?(?:\sof|,|:)?\s)?(?P<total>{_FIGURE})\s?(?P=unit)\b(?!\s?/)",
    # 50 mg twice daily (100 mg/day; total daily dose 100 mg)
    rf"(?P<part>{_FIGURE})\s?(?P<unit>{_MASS})\s(?:orally\s)?{_DAILY}\s?\((?P<told>(?:(?:i\.e\.,?|"
    rf"total(?:\sdaily)?(?:\sdose)?,?(?:\sof)?|daily\sdose,?(?:\sof)?)\s)+)?(?P<total>{_FIGURE})\s?(?P=unit)"
    rf"(?(told)(?:{_PER_DAY})?|{_PER_DAY})\s?\)",
    # 100 mg/day (50 mg twice daily)
    rf"(?P<total>{_FIGURE})\s?(?P<unit>{_MASS}){_PER_DAY}\s?\(\s?(?P<part>{_FIGURE})\s?(?P=unit)\s{_DAILY}\s?\)",
    # a total of 100 mg in two divided doses of 50 mg
    rf"(?P<total>{_FIGURE})\s?(?P<unit>{_MASS}){_PER_DAY}?,?\s(?:given\s|administered\s|taken\s)?(?:in|as)\s(?P<count>{_COUNT})\s"
    rf"(?:divided|equal|single|separate)\sdoses\sof\s(?P<part>{_FIGURE})\s?(?P=unit)\b",
    # six 3-week cycles (18 weeks), 6 cycles of 21 days (126 days)
    rf"(?P<count>{_COUNT})\s(?:(?P<part>{_FIGURE})[\s-](?P<unit>day|week|month)s?\s(?:cycles|courses|blocks|periods)"
    rf"|(?:cycles|courses|blocks|periods)\sof\s(?P<part2>{_FIGURE})\s(?P<unit2>day|week|month)s?\b(?:\seach)?),?\s?"
    rf"\((?:i\.e\.,?\s|a\s)?(?:total(?:\sof)?[:,]?\s)?(?P<total>{_FIGURE})\s(?P<unit3>day|week|month)s?(?:\sin\s(?:all|total))?\s?\)",
)
_PRODUCTS = tuple(re.compile(p, re.IGNORECASE) for p in _PATTERNS)
_ROUGH = re.compile(r"\b(?:about|approximately|up to|maximum|at most|at least|around|nearly)\b|[≤≥<>~≈]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Product:
    """A total as printed, the number of its parts and one part as printed."""

    total: Printed
    count: int
    part: Printed
    unit: str

    @property
    def exact(self) -> Fraction:
        """The number of parts times one part."""
        return self.count * self.part.value

    @property
    def is_right(self) -> bool:
        """Whether the total may be that product: a part in whole numbers is a dose as it is given, one with decimals
        may be rounded.
        """
        of_part = self.count * self.part.unit / 2 if self.part.decimals else 0
        return abs(self.total.value - self.exact) <= self.total.unit / 2 + of_part


def test_products(study: Study) -> Iterator[Outcome]:
    """Each product once."""
    told = set[str]()
    for sentence in study.text:
        if is_literature(sentence):
            continue
        for pattern in _PRODUCTS:
            for found in pattern.finditer(sentence.text):
                product = _read(found)
                if product is not None and found[0] not in told and not _ROUGH.search(found[0]):
                    told.add(found[0])
                    yield _judge(product, found, sentence)


def _read(found: re.Match[str]) -> Product | None:
    named = found.groupdict()
    units = {u.lower(): u for key in ("unit", "unit2", "unit3") if (u := named.get(key))}
    often, count = named.get("often"), named.get("count")
    many = _TIMES[re.sub(r"\s+", " ", often.lower())] if often else whole_of(count or "")
    part = named.get("part") or named.get("part2")
    if len(units) != 1 or not many or not part:
        return None
    total, one = (read_printed(text.replace("·", ".")) for text in (found["total"], part))
    return Product(total, many, one, units.popitem()[1]) if total and one else None


def _judge(product: Product, found: re.Match[str], sentence: Sentence) -> Outcome:
    printed, part = (decimal_text(p.value, p.decimals) for p in (product.total, product.part))
    exact = decimal_text(product.exact, max(product.total.decimals, product.part.decimals))
    arithmetic = f"{product.count} × {part} = {exact}"
    quote = Quote(sentence, *found.span())
    if product.is_right:
        message = f"{product.count} times {part} {product.unit} are {printed} {product.unit}."
        return Outcome("consistent", (), message, arithmetic, printed, exact, quotes=(quote,))
    message = f"{product.count} times {part} {product.unit} are {exact} {product.unit}; {printed} is printed."
    return Outcome("impossible", (), message, f"{arithmetic}, not {printed}", printed, exact, quotes=(quote,))


RULES = (
    Rule(
        id="dose.product",
        claim="A total dose or length is the number of its parts times one part.",
        severity="error",
        function=test_products,
        assumptions="One phrase prints the total, the number of parts and one part, in one unit: radiation in "
        "fractions, a "
        "daily dose in single doses, cycles and their length in brackets; a dose in a bracket is called a total or a "
        "day's. Half a unit of the last digit of the total is allowed, and of the part where it has decimals.",
        literature="INSPECT-SR check 4 (internal consistency); CONSORT 2010, item 5 (interventions)",
        example="“54 Gy in 30 fractions of 2 Gy”: 30 × 2 Gy = 60 Gy.",
    ),
)
