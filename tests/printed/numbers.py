"""Random printed values: the habits of one journal, kept through one table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random


@dataclass(frozen=True)
class Habits:
    """How a journal prints numbers."""

    dot: str
    thousands: str
    dash: str
    minus: str
    percent: str
    plus_minus: str
    missing: str
    brackets: str
    decimals: int


def random_habits(rng: Random) -> Habits:
    """Habits that hold for one table."""
    return Habits(
        dot=rng.choice([".", ".", ".", "·"]),
        thousands=rng.choice([",", " ", ""]),
        dash=rng.choice(["–", "–", "-", " to ", ", "]),
        minus=rng.choice(["−", "−", "-", "–"]),
        percent=rng.choice(["", "", "%"]),
        plus_minus=rng.choice([" ± ", "±"]),
        missing=rng.choice(["–", "—", "NR", "NA", "NE", "N/A", "-"]),
        brackets=rng.choice(["()", "()", "[]"]),
        decimals=rng.choice([0, 1, 1, 2]),
    )


class Numbers:
    """Makes printed values in the habits of a table."""

    def __init__(self, rng: Random, habits: Habits) -> None:
        self.rng, self.habits = rng, habits

    def real(self, low: float, high: float, decimals: int | None = None) -> str:
        """A number with the table's decimal sign; a minus where it is below zero."""
        value = self.rng.uniform(low, high)
        text = f"{abs(value):.{self.habits.decimals if decimals is None else decimals}f}".replace(".", self.habits.dot)
        return (self.habits.minus if value < 0 else "") + text

    def count(self, high: int = 400) -> str:
        """A whole number."""
        return str(self.rng.randint(0, high))

    def n_pct(self) -> str:
        """The form 12 (30.5)."""
        return f"{self.count()} ({self.real(0, 99)}{self.habits.percent})"

    def pct(self) -> str:
        """The form 30.5% or 30.5."""
        return self.real(0, 99) + self.habits.percent

    def fraction(self) -> str:
        """The form 12/40 (30)."""
        whole = self.rng.randint(20, 300)
        return f"{self.rng.randint(0, whole)}/{whole} ({self.real(0, 99, 0)}{self.habits.percent})"

    def pair(self) -> str:
        """The form 12/9."""
        return f"{self.count(60)}/{self.count(60)}"

    def large(self) -> str:
        """A count with a thousands sign."""
        value = self.rng.randint(1000, 480000)
        return f"{value:,}".replace(",", self.habits.thousands)

    def mean_sd(self) -> str:
        """The form 61.2 ± 9.8."""
        return f"{self.real(5, 90, 1)}{self.habits.plus_minus}{self.real(1, 20, 1)}"

    def mean_brackets(self) -> str:
        """The form 61.2 (9.8)."""
        return f"{self.real(5, 90, 1)} ({self.real(1, 20, 1)})"

    def median_range(self) -> str:
        """The form 64 (41–83)."""
        inner = f"{self.real(1, 30)}{self.habits.dash}{self.real(60, 99)}"
        return f"{self.real(31, 59)} {self.habits.brackets[0]}{inner}{self.habits.brackets[1]}"

    def ratio(self) -> str:
        """The form 0.71 [0.52–0.98]."""
        inner = f"{self.real(0.2, 0.8, 2)}{self.habits.dash}{self.real(1.1, 3, 2)}"
        return f"{self.real(0.4, 1.6, 2)} {self.habits.brackets[0]}{inner}{self.habits.brackets[1]}"

    def change(self) -> str:
        """A change from baseline, with its sign."""
        return self.real(-20, 9, 1)

    def p_value(self) -> str:
        """The form 0.032 or <0.001."""
        if self.rng.random() < 0.3:
            return self.rng.choice(["<", "< "]) + f"0{self.habits.dot}001"
        return self.real(0.001, 0.99, self.rng.choice([2, 3]))

    def maker(self, names: tuple[str, ...]) -> Callable[[], str]:
        """One of the named forms, for a whole row."""
        return getattr(self, self.rng.choice(names))
