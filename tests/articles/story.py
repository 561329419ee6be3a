# ruff: noqa: E501
"""What one article is about: its patients, groups, habits of printing, and all that has been printed so far.

Comes in: a seed. Goes out: a Story, at whose Desk the tables and then the sentences are written. A quantity that was
printed in a table is known by a key; a sentence prints it again, and the two are bound.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from random import Random

import numpy as np

from tests.articles import relations as must
from tests.articles.diseases import DISEASES, Disease
from tests.articles.patients import Flags, Patients, simulate
from tests.articles.tokens import Desk, Habits, Mark

DESIGNS = ("two arms", "single arm", "case series", "cohort", "two arms", "three arms")


@dataclass(frozen=True)
class Group:
    """Patients who share a column: name as its head prints it, "" where it is all of them."""

    name: str
    mask: Flags
    is_total: bool = False
    population: str = ""

    @property
    def n(self) -> int:
        return int(self.mask.sum())


@dataclass
class Story:
    """An article in the making."""

    seed: int
    design: str
    rng: Random
    disease: Disease
    drug: str
    people: Patients
    groups: tuple[Group, ...]
    total: Group
    desk: Desk
    count_form: str
    n_form: str
    known: dict[str, Mark] = field(default_factory=dict)
    sizes: dict[str, Mark] = field(default_factory=dict)
    landmarks: tuple[int, ...] = (60, 120)
    cutoff: str = ""

    def pick(self, *options: str) -> str:
        """One of several wordings."""
        return self.rng.choice(options)

    @property
    def arms(self) -> tuple[Group, ...]:
        return tuple(g for g in self.groups if not g.is_total)

    def about(self, group: Group, **more: str) -> dict[str, str]:
        """Columns of the Observations model for a number of a group."""
        arm = "" if len(self.groups) == 1 or group.is_total else group.name
        return {"arm": arm, **more}

    def again(self, key: str, decimals: int | None = None, tags: str = "repeat") -> Mark:
        """A known quantity once more, with as many decimals or fewer."""
        first = self.desk.of(self.known[key])
        if first.exact is None or "," in first.text:
            mark = self.desk.put(first.text, first.statistic, None, tags, **first.about)
        else:
            places = len(first.text.partition(".")[2]) if decimals is None else decimals
            mark = self.desk.number(first.exact, places, first.statistic, tags, **first.about)
            if first.text[0] in "<>":
                mark = self.desk.put(first.text, first.statistic, first.exact, tags, **first.about)
        self.desk.must(must.same(self.known[key], mark, must.families_of_repeat(first.statistic)))
        return mark

    def size(self, group: Group) -> str:
        """N of a group, bound to the N in the head of the first table."""
        mark = self.desk.whole(group.n, "total", "size repeat", grouped=True, **self.about(group))
        if group.name in self.sizes:
            self.desk.must(
                must.same(self.sizes[group.name], mark, ("agreement.", "percent.", "flow.", "arm.", "frame."))
            )
        return mark

    def size_like(self, other: Mark) -> Mark:
        """The N of a column once more."""
        token = self.desk.of(other)
        mark = self.desk.put(token.text, "total", token.exact, "size repeat", **token.about)
        self.desk.must(must.same(other, mark, ("agreement.", "percent.", "flow.", "arm.", "frame.")))
        return mark

    def head(self, group: Group, first: bool = False) -> str:
        """The head of a group's column with its N."""
        mark = self.desk.whole(group.n, "total", "head", grouped=True, **self.about(group))
        key = f"safety {group.name}" if group.population else group.name
        if first or key not in self.sizes:
            self.sizes[key] = mark
        else:
            self.desk.must(must.same(self.sizes[key], mark, ("agreement.", "percent.", "flow.", "arm.", "frame.")))
        self.column_size[group.name] = mark
        name = group.name or self.pick("All patients", "Total")
        return f"{name} ({self.n_form.format(n=mark)})"

    column_size: dict[str, Mark] = field(default_factory=dict)
    individual: dict[str, list[object]] = field(default_factory=dict)
    interval: str = ""
    expansions: list[Mark] = field(default_factory=list)
    sizes_of: dict[str, Mark] = field(default_factory=dict)
    treated: tuple[Group, ...] = ()

    def counted(
        self,
        group: Group,
        flags: Flags,
        key: str,
        tags: str = "",
        total: Mark | None = None,
        of: Flags | None = None,
        **about: str,
    ) -> str:
        """A cell with a count and its share, bound to the N of its column (or to another total, with its patients)."""
        within = group.mask if of is None else group.mask & of
        whole = int(within.sum())
        count = int((flags & within).sum())
        held = self.about(group, denominator=f"@{(total or self.column_size[group.name]).id}", **about)
        n = self.desk.whole(count, "n", f"count {tags}", grouped=True, **held)
        self.known[f"{key} n {group.name}"] = n
        whole_mark = total or self.column_size[group.name]
        self.sizes_of[f"{key} n {group.name}"] = whole_mark
        if self.count_form == "n":
            return n
        pct = self.desk.number(
            Fraction(100 * count, whole), self.desk.habits.pct_decimals, "pct", f"pct {tags}", unit="%", **held
        )
        self.known[f"{key} pct {group.name}"] = pct
        self.desk.must(must.share(n, whole_mark, pct))
        if "/" in self.count_form:
            shown = self.desk.whole(whole, "total", "denominator", grouped=True, **held)
            self.desk.must(must.same(whole_mark, shown))
            self.desk.must(must.share(n, shown, pct))
            return self.count_form.format(n=n, N=shown, p=pct)
        return self.count_form.format(n=n, p=pct)


def begin(seed: int) -> Story:
    """The story of a seed: its design, disease, patients and habits."""
    rng = Random(seed * 7919 + 13)
    design = DESIGNS[seed % len(DESIGNS)]
    disease = DISEASES[(seed // len(DESIGNS) + seed) % len(DISEASES)]
    habits = Habits(
        half_even=rng.random() < 0.3,
        pct_decimals=rng.choice([1, 1, 1, 0, 2]),
        point=rng.choice([".", ".", ".", ".", "·"]),
        dash=rng.choice(["–", "–", "-", " to "]),
        pct_sign=rng.choice(["%", "%", " %"]),
        p_sign=rng.choice(["p", "P"]),
    )
    sizes = _sizes(rng, design)
    generator = np.random.default_rng(seed)
    people = simulate(generator, disease, sizes, rng.choice([1.0, 1.3, 1.7, 2.1]))
    drug = rng.choice(disease.drugs)
    names = _names(rng, design, drug, disease)
    groups = [Group(name, people.arm == k) for k, name in enumerate(names)]
    total = Group("Total" if len(groups) > 1 else "", np.ones(people.n, dtype=bool), len(groups) > 1)
    if len(groups) == 1:
        groups = [Group("", total.mask)]
        total = groups[0]
    if len(groups) == 2 and rng.random() < 0.4:
        groups.append(Group("Total", total.mask, True))
    percent = rng.choice(["", "", "%"]) if habits.pct_sign == "%" else ""
    form = rng.choice(["{n} ({p}" + percent + ")"] * 4 + ["{n}/{N} ({p}" + percent + ")"])
    treated = _treated(rng, design, tuple(groups), people)
    return Story(
        seed, design, rng, disease, drug, people, tuple(groups), total, Desk(habits), form,
        rng.choice(["n = {n}", "n={n}", "N = {n}", "N={n}"]),
        landmarks=rng.choice([(60, 120), (120, 180), (60, 120, 180)]),
        cutoff=f"{rng.randint(2, 28)} {rng.choice(['March', 'June', 'September', 'December'])} {rng.randint(2018, 2024)}",
        treated=treated,
    )  # fmt: skip


def _treated(rng: Random, design: str, groups: tuple[Group, ...], people: Patients) -> tuple[Group, ...]:
    """The groups that the tables of harms are of: all patients, or those who were treated."""
    arms = tuple(g for g in groups if not g.is_total)
    if design not in ("two arms", "three arms") or rng.random() < 0.6:
        return arms
    dosed = np.ones(people.n, dtype=bool)
    for g in arms[: rng.randint(1, len(arms))]:
        dosed[np.flatnonzero(g.mask)[: rng.randint(1, 3)]] = False
    return tuple(replace(g, mask=g.mask & dosed, population="safety") for g in arms)


def _sizes(rng: Random, design: str) -> tuple[int, ...]:
    if design == "case series":
        return (rng.randint(7, 14),)
    if design == "single arm":
        return (rng.randint(24, 160),)
    if design == "three arms":
        return tuple(rng.randint(40, 130) for _ in range(3))
    if design == "cohort" and rng.random() < 0.3:
        return rng.randint(800, 1400), rng.randint(700, 1500)
    first = rng.randint(36, 260)
    return first, first + rng.randint(-9, 9)


def _names(rng: Random, design: str, drug: str, disease: Disease) -> Sequence[str]:
    if design in ("single arm", "case series"):
        return ("",)
    if design == "three arms":
        return (f"{drug} {rng.choice([10, 20])} mg", f"{drug} 5 mg", disease.control[0])
    if design == "cohort":
        return (drug, rng.choice(disease.control[:1] if "Placebo" not in disease.control[:1] else disease.control[1:]))
    return (drug, rng.choice(disease.control))
