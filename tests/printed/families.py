"""The kinds of clinical table: each makes a head, rows and the number of stub columns from a random source."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random

from tests.printed import words
from tests.printed.content import Node, PrintedCell, PrintedHead, PrintedRow, flatten
from tests.printed.numbers import Habits, Numbers, random_habits

Head = list[list[PrintedHead]]
Made = tuple[Head, list[PrintedRow], int]

COUNTED = ("n_pct", "n_pct", "fraction", "pct", "count")
MEASURED = ("mean_sd", "mean_brackets", "median_range", "median_range")
HOLE_SHARE, EMPTY_SHARE = 0.06, 0.25


class Maker:
    """Rows for one set of columns. kinds: "value" for a column with the row's own form, else a form of its own."""

    def __init__(self, rng: Random, kinds: list[str]) -> None:
        self.rng, self.kinds = rng, kinds
        self.habits: Habits = random_habits(rng)
        self.numbers = Numbers(rng, self.habits)
        self.counted = rng.choice(COUNTED)
        self.holes = rng.choice([0.0, 0.0, HOLE_SHARE])
        self.empties = rng.choice([0.0, 0.0, 0.0, EMPTY_SHARE])

    def cells(self, form: str, *, extras: bool = True) -> list[str]:
        """One row of values in a form; extras: whether the columns of other kinds (p, ratio) are filled."""
        out = []
        for kind in self.kinds:
            if kind != "value" and not extras:
                out.append("")
            elif self.rng.random() < self.holes:
                out.append(self.habits.missing)
            elif self.rng.random() < self.empties and len(self.kinds) > 2:
                out.append("")
            else:
                out.append(getattr(self.numbers, form if kind == "value" else kind)())
        if not any(out):
            out[0] = self.numbers.count()
        return out

    def blank(self) -> list[str]:
        """A row without values."""
        return [""] * len(self.kinds)

    def heading(self) -> list[str]:
        """A group's cells: blank, or only what is told once for the group, such as a p value."""
        if "p_value" in self.kinds and self.rng.random() < 0.5:
            return ["" if k != "p_value" else self.numbers.p_value() for k in self.kinds]
        return self.blank()

    def group(self, label: str, children: tuple[str, ...], form: str, *, summed: bool = False) -> Node:
        """A group with one row per child; summed: the group has values of its own."""
        head = self.cells(form) if summed else self.heading()
        kind = "data" if any(head) else "group"
        extras = not any(head) or summed
        return Node(label, head, kind, [Node(c, self.cells(form, extras=extras)) for c in children])


def arm_heads(rng: Random, n: int, start: int) -> list[PrintedHead]:
    """Labels of arms over n columns; most with their numbers of patients."""
    names = rng.sample(words.ARMS, n)
    form = rng.choice(["{a} (n = {n})", "{a} (N={n})", "{a}, n={n}", "{a}\n(N = {n})", "{a}\nn = {n}", "{a}"])
    return [PrintedHead(form.format(a=a, n=rng.randint(12, 900)), start + k, start + k) for k, a in enumerate(names)]


def _finish(rng: Random, levels: Head, nodes: list[Node]) -> Made:
    levels[-1].insert(0, PrintedHead(rng.choice(words.STUB_HEADS), 0, 0))
    return levels, flatten(nodes), 1


def _measure_node(rng: Random, make: Maker, label: str) -> Node:
    """A measure on one line, or as a group over the statistics of it."""
    if rng.random() < 0.35:
        rows = [
            Node(rng.choice(["Mean (SD)", "Mean"]), make.cells("mean_brackets")),
            Node(rng.choice(["Median (range)", "Median (IQR)"]), make.cells("median_range")),
        ]
        return Node(label, make.heading(), "group", rows)
    form = rng.choice(MEASURED)
    tail = {"mean_sd": ", mean ± SD", "mean_brackets": ", mean (SD)", "median_range": ", median (range)"}[form]
    return Node(label + rng.choice(["", tail]), make.cells(form))


def _fix_kinds(nodes: list[Node]) -> list[Node]:
    for node in nodes:
        if node.kind == "group" and any(node.cells):
            node.kind = "data"
        _fix_kinds(node.children)
    return nodes


def baseline(rng: Random) -> Made:
    """Characteristics at baseline: measures, yes-or-no rows, groups, perhaps groups within groups."""
    n = rng.randint(1, 4)
    kinds = ["value"] * n
    heads = arm_heads(rng, n, 1)
    if n > 1 and rng.random() < 0.4:
        heads.append(
            PrintedHead(rng.choice(["Total", "All patients", "Overall (N = 1204)"]), len(kinds) + 1, len(kinds) + 1)
        )
        kinds.append("value")
    if n > 1 and rng.random() < 0.5:
        heads.append(PrintedHead(rng.choice(["p value", "P", "P value"]), len(kinds) + 1, len(kinds) + 1))
        kinds.append("p_value")
    make = Maker(rng, kinds)
    singles = [_measure_node(rng, make, m) for m in rng.sample(words.MEASURES, rng.randint(1, 5))]
    singles += [Node(y, make.cells(make.counted)) for y in rng.sample(words.YES_NO, rng.randint(0, 4))]
    groups = [
        make.group(g + rng.choice(["", ", n (%)"]), c, make.counted)
        for g, c in rng.sample(words.GROUPS, rng.randint(0, 4))
    ]
    if rng.random() < 0.3:
        deep = rng.choice(words.DEEP_GROUPS)
        groups.append(Node(deep[0], make.blank(), "group", [make.group(g, c, make.counted) for g, c in deep[1]]))
    nodes = [s for s in singles if not s.children] + [s for s in singles if s.children] + groups
    if rng.random() < 0.4:
        rng.shuffle(nodes)
    if rng.random() < 0.25:
        nodes.append(Node("Total", make.cells("count"), "total"))
    levels = _under_spanner(rng, [heads], 1, n) if n > 1 else [heads]
    return _finish(rng, levels, _fix_kinds(nodes))


def _under_spanner(rng: Random, levels: Head, first: int, n: int) -> Head:
    """Now and then one spanner over the arms."""
    if rng.random() < 0.7:
        return levels
    return [
        [PrintedHead(rng.choice(["Treatment group", "Study arm", "Randomised patients"]), first, first + n - 1)],
        *levels,
    ]


def adverse_events(rng: Random) -> Made:
    """Events by organ system; each arm may have columns by grade, arms may stand under a period."""
    n, per_arm = rng.choice([(1, 1), (2, 1), (3, 1), (2, 2), (3, 2), (4, 2), (2, 3), (3, 3)])
    make = Maker(rng, ["value"] * (n * per_arm))
    make.counted = rng.choice(["n_pct", "n_pct", "count", "pct"])
    arms = arm_heads(rng, n, 1)
    levels: Head = [arms]
    if per_arm > 1:
        grades = rng.sample(words.GRADES, per_arm)
        upper = [
            replace(a, text=a.text.replace("\n", " "), first=1 + k * per_arm, last=(k + 1) * per_arm)
            for k, a in enumerate(arms)
        ]
        lower = [
            PrintedHead(grades[j], 1 + k * per_arm + j, 1 + k * per_arm + j) for k in range(n) for j in range(per_arm)
        ]
        levels = [upper, lower]
        if n == 4:
            top = rng.sample(words.COHORTS, 2)
            levels.insert(0, [PrintedHead(top[0], 1, 4), PrintedHead(top[1], 5, 8)])
    summed = rng.random() < 0.5
    nodes = [Node("Any adverse event", make.cells(make.counted))] if rng.random() < 0.6 else []
    for system, terms in rng.sample(words.EVENTS, rng.randint(1, 6)):
        nodes.append(
            make.group(system, tuple(rng.sample(terms, rng.randint(1, len(terms)))), make.counted, summed=summed)
        )
    if rng.random() < 0.3:
        nodes = [Node(t, make.cells(make.counted)) for _, terms in rng.sample(words.EVENTS, 3) for t in terms]
    return _finish(rng, levels, nodes)


def outcome(rng: Random) -> Made:
    """Endpoints of two arms with an effect and a p value."""
    kinds = ["value", "value", "ratio"] + (["p_value"] if rng.random() < 0.7 else [])
    heads = [
        *arm_heads(rng, 2, 1),
        PrintedHead(rng.choice(["Hazard ratio (95% CI)", "HR [95% CI]", "Risk ratio (95% CI)"]), 3, 3),
    ]
    if len(kinds) == 4:
        heads.append(PrintedHead(rng.choice(["P value", "p", "p value"]), 4, 4))
    make = Maker(rng, kinds)
    names = rng.sample(words.ENDPOINTS, rng.randint(3, 9))
    form = rng.choice(["n_pct", "fraction", "median_range", "pair", "large"])
    nodes = [Node(name, make.cells(form)) for name in names]
    if rng.random() < 0.5:
        cut = rng.randint(1, len(nodes) - 1)
        nodes = [
            Node(rng.choice(["Primary endpoint", "Primary outcome"]), make.blank(), "group", nodes[:cut]),
            Node(rng.choice(["Secondary endpoints", "Other outcomes"]), make.blank(), "group", nodes[cut:]),
        ]
    return _finish(rng, _under_spanner(rng, [heads], 1, 2), nodes)


def laboratory(rng: Random) -> Made:
    """Measures at timepoints, perhaps under arms; the unit in a second stub column now and then."""
    n_times, n_arms = rng.choice([(2, 1), (3, 1), (5, 1), (7, 1), (2, 2), (3, 2), (4, 2), (3, 3)])
    n = n_times * n_arms
    make = Maker(rng, ["value"] * n)
    times = words.TIMES[:n_times]
    levels: Head = [
        [PrintedHead(t, 1 + a * n_times + k, 1 + a * n_times + k) for a in range(n_arms) for k, t in enumerate(times)]
    ]
    if n_arms > 1:
        arms = arm_heads(rng, n_arms, 1)
        levels.insert(
            0,
            [
                replace(h, text=h.text.replace("\n", " "), first=1 + a * n_times, last=(a + 1) * n_times)
                for a, h in enumerate(arms)
            ],
        )
    forms = MEASURED if n < 6 else ("mean_brackets", "change", "large")
    measures = rng.sample(words.MEASURES, rng.randint(3, 10))
    nodes = [Node(m, make.cells(rng.choice(forms))) for m in measures]
    if rng.random() < 0.3:
        nodes = [
            Node(
                m,
                make.blank(),
                "group",
                [Node("Observed", make.cells("mean_brackets")), Node("Change from baseline", make.cells("change"))],
            )
            for m in measures[:6]
        ]
    return _finish(rng, levels, nodes)


def regression(rng: Random) -> Made:
    """Ratios with intervals and p values, univariable and multivariable."""
    both = rng.random() < 0.6
    kinds = ["ratio", "p_value"] * (2 if both else 1)
    name = rng.choice(["OR (95% CI)", "HR (95% CI)", "Odds ratio (95% CI)"])
    lower = [PrintedHead(name if k % 2 == 0 else "p value", k + 1, k + 1) for k in range(len(kinds))]
    levels: Head = [lower]
    if both:
        levels.insert(
            0,
            [
                PrintedHead(rng.choice(["Univariable analysis", "Unadjusted"]), 1, 2),
                PrintedHead(rng.choice(["Multivariable analysis", "Adjusted"]), 3, 4),
            ],
        )
    make = Maker(rng, kinds)
    nodes = [Node(m, make.cells("ratio")) for m in rng.sample(words.MEASURES + words.YES_NO, rng.randint(2, 7))]
    for label, children in rng.sample(words.GROUPS, rng.randint(0, 4)):
        node = make.group(label, children, "ratio")
        node.children[0].cells = [
            rng.choice(["1", "1 (reference)", "Reference"]) if k == "ratio" else "" for k in kinds
        ]
        nodes.append(node)
    return _finish(rng, levels, nodes)


def subheads(rng: Random) -> Made:
    """A table whose columns change their meaning: "Median (Min, Max)" in the place of "n (%)"."""
    n = rng.randint(1, 3)
    make = Maker(rng, ["value"] * n)
    counted = rng.choice(["n (%)", "N (%)", "No. (%)"])
    measured = rng.choice(
        [
            ("Median (Min, Max)", "median_range"),
            ("Mean (SD)", "mean_brackets"),
            ("Median (IQR)", "median_range"),
            ("Mean ± SD", "mean_sd"),
        ]
    )
    nodes = []
    pool = rng.sample(words.GROUPS, 3)
    for k in range(rng.randint(2, 4)):
        if k % 2:
            rows = [Node(m, make.cells(measured[1])) for m in rng.sample(words.MEASURES, rng.randint(2, 4))]
            nodes.append(
                Node(
                    rng.choice(["Measurements", "Disease history", "Laboratory"]), [measured[0]] * n, "subheader", rows
                )
            )
        else:
            label, children = pool[k // 2]
            nodes.append(Node(label, [counted] * n, "subheader", [Node(c, make.cells("n_pct")) for c in children]))
    return _finish(rng, [arm_heads(rng, n, 1)], nodes)


def two_stubs(rng: Random) -> Made:
    """Two stub columns: the first names a group, printed on its first row only, the second its rows."""
    n = rng.randint(1, 5)
    make = Maker(rng, ["value"] * n)
    rows = []
    for label, children in rng.sample(words.GROUPS, rng.randint(2, 5)):
        for k, child in enumerate(children):
            cells = tuple(PrintedCell(c) for c in make.cells(make.counted))
            labels = (PrintedCell(label if k == 0 else ""), PrintedCell(child))
            rows.append(PrintedRow(0, labels, cells, (label, child)))
    heads = [
        PrintedHead(rng.choice(["Domain", "Characteristic"]), 0, 0),
        PrintedHead(rng.choice(["Category", "Level"]), 1, 1),
    ]
    return [[*heads, *arm_heads(rng, n, 2)]], rows, 2


def patients(rng: Random) -> Made:
    """One row per patient, with words in the cells."""
    n_words = rng.randint(1, 3)
    heads = ["Age, years", "Sex", *rng.sample(words.REMARK_HEADS, n_words), "Follow-up, months"]
    levels = [[PrintedHead(t, k + 1, k + 1) for k, t in enumerate(heads)]]
    make = Maker(rng, [])
    nodes = []
    for k in range(rng.randint(3, 12)):
        remarks = [rng.choice(words.DIAGNOSES if h == "Diagnosis" else words.REMARKS) for h in heads[2:-1]]
        cells = [str(rng.randint(18, 90)), rng.choice("FM"), *remarks, make.numbers.real(0, 60)]
        nodes.append(Node(f"Patient {k + 1}", cells))
    levels[-1].insert(0, PrintedHead(rng.choice(["Patient", "Case", "No."]), 0, 0))
    return levels, flatten(nodes), 1


FAMILIES: tuple[Callable[[Random], Made], ...] = (
    baseline,
    baseline,
    baseline,
    adverse_events,
    adverse_events,
    outcome,
    laboratory,
    laboratory,
    regression,
    subheads,
    two_stubs,
    patients,
)
