"""Printed statistics in the habits of one journal, each with the numbers it holds: "61.2 ± 9.8" is a mean and an SD."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from random import Random

from tests.printed.meaning import Amount


@dataclass(frozen=True)
class Habits:
    """How one table prints its numbers."""

    dot: str
    thousands: str
    dash: str
    minus: str
    percent: str
    plus_minus: str
    brackets: str
    pct_decimals: int
    fraction: str


Form = tuple[str, tuple[Amount, ...]]


def random_habits(rng: Random) -> Habits:
    """Habits that hold for one table; a decimal comma never meets commas between limits or thousands."""
    dot = rng.choice([".", ".", ".", ".", ".", ".", ".", ".", "·", ","])
    return Habits(
        dot=dot,
        thousands=rng.choice(["", " ", "\u2009"] if dot == "," else [",", ",", "", "\u2009"]),
        dash=rng.choice(["–", "–", "-", " to "] if dot == "," else ["–", "–", "-", " to ", ", "]),
        minus=rng.choice(["−", "−", "-", "–"]),
        percent=rng.choice(["", "", "%"]),
        plus_minus=rng.choice([" ± ", "±"]),
        brackets=rng.choice(["()", "()", "()", "[]"]),
        pct_decimals=rng.choice([0, 1, 1, 1, 2]),
        fraction=rng.choice(["/", "/", " of "]),
    )


class Forms:
    """Prints numbers. Each method gives the text and its amounts in printed order."""

    def __init__(self, rng: Random, habits: Habits) -> None:
        self.rng, self.habits = rng, habits

    def number(self, value: Decimal) -> str:
        """A number with the table's signs; four figures and more with its thousands sign."""
        whole, _, part = f"{abs(value):f}".partition(".")
        if len(whole) > 3:
            groups = [whole[max(0, k - 3) : k] for k in range(len(whole), 0, -3)][::-1]
            whole = self.habits.thousands.join(groups)
        sign = self.habits.minus if value < 0 else ""
        return sign + whole + (self.habits.dot + part if part else "")

    def between(self, low: str | int | Decimal, high: str | int | Decimal, decimals: int) -> Decimal:
        """A random number with so many printed decimals."""
        scale = Decimal(10) ** decimals
        span = int(Decimal(low) * scale), int(Decimal(high) * scale)
        return (Decimal(self.rng.randint(*span)) / scale).quantize(Decimal(1).scaleb(-decimals))

    def share(self, n: int, whole: int) -> Decimal:
        """n of whole in per cent, rounded as the table does."""
        return (Decimal(100 * n) / Decimal(whole)).quantize(Decimal(1).scaleb(-self.habits.pct_decimals), ROUND_HALF_UP)

    def count(self, n: int) -> Form:
        """The form 1,204."""
        return self.number(Decimal(n)), (Amount("n", str(n), "*"),)

    def n_pct(self, n: int, whole: int) -> Form:
        """The form 12 (30.5)."""
        pct = self.share(n, whole)
        left, right = self.habits.brackets
        text = f"{self.number(Decimal(n))} {left}{self.number(pct)}{self.habits.percent}{right}"
        return text, (Amount("n", str(n), "*"), Amount("pct", str(pct), "%"))

    def fraction(self, n: int, whole: int) -> Form:
        """The form 12/40 (30)."""
        pct = self.share(n, whole)
        text = f"{self.number(Decimal(n))}{self.habits.fraction}{self.number(Decimal(whole))}"
        text += f" ({self.number(pct)}{self.habits.percent})"
        return text, (Amount("n", str(n), "*"), Amount("total|n", str(whole), "*"), Amount("pct", str(pct), "%"))

    def bare_fraction(self, n: int, whole: int) -> Form:
        """The form 12/40."""
        text = f"{self.number(Decimal(n))}/{self.number(Decimal(whole))}"
        return text, (Amount("n", str(n), "*"), Amount("total|n", str(whole), "*"))

    def pct(self, n: int, whole: int) -> Form:
        """The form 30.5."""
        pct = self.share(n, whole)
        return self.number(pct) + self.habits.percent, (Amount("pct", str(pct), "%"),)

    def single(self, statistic: str, value: Decimal, unit: str) -> Form:
        """One number whose statistic stands elsewhere."""
        return self.number(value), (Amount(statistic, str(value), unit),)

    def mean_sd(self, mean: Decimal, sd: Decimal, unit: str) -> Form:
        """The form 61.2 ± 9.8."""
        text = f"{self.number(mean)}{self.habits.plus_minus}{self.number(sd)}"
        return text, (Amount("mean", str(mean), unit), Amount("sd", str(sd), unit))

    def mean_brackets(self, mean: Decimal, sd: Decimal, unit: str, spread: str = "sd") -> Form:
        """The form 61.2 (9.8), an SD or an SE."""
        text = f"{self.number(mean)} ({self.number(sd)})"
        return text, (Amount("mean", str(mean), unit), Amount(spread, str(sd), unit))

    def limits(self, statistics: tuple[str, str, str], values: tuple[Decimal, Decimal, Decimal], unit: str) -> Form:
        """The form 64 (41–83): a median with range or quartiles, an estimate with its interval."""
        left, right = self.habits.brackets
        first, low, high = values
        dash = " to " if self.habits.dash.strip() in ("–", "-") and low < 0 else self.habits.dash
        text = f"{self.number(first)} {left}{self.number(low)}{dash}{self.number(high)}{right}"
        return text, tuple(Amount(s, str(v), unit) for s, v in zip(statistics, values, strict=True))

    def ratio(self, statistic: str) -> Form:
        """The form 0.71 (0.52–0.98)."""
        values = self.between("0.45", "1.60", 2), self.between("0.20", "0.44", 2), self.between("1.70", "2.90", 2)
        return self.limits((statistic, "ci_low", "ci_high"), values, "")

    def difference(self) -> Form:
        """The form −3.1 (−5.0 to −1.2)."""
        values = self.between("-4.0", "4.0", 1), self.between("-9.0", "-4.1", 1), self.between("4.1", "8.0", 1)
        return self.limits(("value|mean|pct", "ci_low", "ci_high"), values, "*")

    def p_value(self) -> Form:
        """The form 0.032, or <0.001."""
        if self.rng.random() < 0.25:
            sign = self.rng.choice(["<", "< "])
            return f"{sign}{self.number(Decimal('0.001'))}", (Amount("p", "0.001", "", "<"),)
        value = self.between("0.002", "0.990", self.rng.choice([2, 3]))
        return self.single("p", max(value, Decimal("0.01")), "")
