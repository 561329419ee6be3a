"""The table of what came of it: responses and their roll-up with limits, survival at landmarks, medians, ratios, p."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np

from tests.articles import relations as must
from tests.articles.baseline import _exclusive, _tail, p_text
from tests.articles.document import Column, Row, TableOf
from tests.articles.patients import RESPONSES, Flags
from tests.articles.story import Group, Story
from tests.articles.survival import Curve, curve_of, hazard_of
from tests.articles.tokens import Mark

METHODS = {"beta": "the Clopper–Pearson method", "wilson": "the Wilson method"}


def write_outcome(story: Story) -> TableOf:
    """The outcome table, columns the arms."""
    columns = tuple(Column(story.head(g), about=story.about(g)) for g in story.groups)
    rows = _response_rows(story) if story.disease.kind == "oncology" else _success_rows(story)
    rows += _survival_rows(story)
    caption = story.pick("Efficacy outcomes", "Clinical outcomes", "Response and survival")
    notes = [("", "CI, confidence interval; " + "; ".join(f"{a}, {n}" for n, a, _ in _ends(story)) + ".")]
    if len(story.arms) == 2:
        notes.append(("", f"Ratios compare {story.arms[0].name} with {story.arms[1].name}."))
    return TableOf("outcome", caption, story.pick("Outcome", "Endpoint"), columns, tuple(rows), tuple(notes))


def _ends(story: Story) -> list[tuple[str, str, str]]:
    return [story.disease.early_event, ("overall survival", "OS", "os")]


def success_of(story: Story) -> Flags:
    """Who had the primary endpoint."""
    return story.people.response <= 1


def _response_rows(story: Story) -> list[Row]:
    found = story.people.response
    rows = [
        Row(0, story.pick("Best overall response", "Best response") + _tail(story), tuple("" for _ in story.groups))
    ]
    keys = []
    for k, (name, short) in enumerate(zip(RESPONSES, ("CR", "PR", "SD", "PD", "NE"), strict=True)):
        key = f"response {name}"
        keys.append(key)
        cells = tuple(
            story.counted(g, found == k, key, "exclusive response", variable="best_response", category=short)
            for g in story.groups
        )
        rows.append(Row(1, name, cells))
    _exclusive(story, keys, ("categories.", "percent.", "response."))
    label = story.pick("Overall response rate", "Objective response rate", "ORR (CR + PR)")
    rows.append(
        Row(
            0,
            label + _tail(story),
            tuple(story.counted(g, found <= 1, "orr", "rollup", variable="orr") for g in story.groups),
        )
    )
    rows.append(_limits_row(story, "orr"))
    if story.rng.random() < 0.6:
        cells = tuple(story.counted(g, found <= 2, "dcr", "rollup", variable="disease_control") for g in story.groups)
        rows.append(Row(0, story.pick("Disease control rate", "Disease control (CR + PR + SD)") + _tail(story), cells))
    for g in story.groups:
        for key, parts in (("orr", keys[:2]), ("dcr", keys[:3])):
            if f"{key} n {g.name}" in story.known:
                story.desk.must(
                    must.adds_up(
                        [story.known[f"{p} n {g.name}"] for p in parts],
                        story.known[f"{key} n {g.name}"],
                        ("response.", "categories.", "percent."),
                    )
                )
            if f"{key} pct {g.name}" in story.known:
                story.desk.must(
                    must.adds_up_pct(
                        [story.known[f"{p} pct {g.name}"] for p in parts],
                        story.known[f"{key} pct {g.name}"],
                        ("response.", "categories.", "percent."),
                    )
                )
    rows += _odds_rows(story, "orr", "orr")
    return rows


def _success_rows(story: Story) -> list[Row]:
    label, variable, _ = story.disease.success
    cells = tuple(story.counted(g, success_of(story), "success", "rollup", variable=variable) for g in story.groups)
    return [Row(0, label + _tail(story), cells), _limits_row(story, "success"), *_odds_rows(story, "success", variable)]


def _limits_row(story: Story, key: str) -> Row:
    """Exact or Wilson limits of a share in a row of their own."""
    from statsmodels.stats.proportion import proportion_confint

    method = story.rng.choice(["beta", "wilson"])
    story.interval = METHODS[method]
    cells = []
    for g in story.groups:
        n = int(story.desk.of(story.known[f"{key} n {g.name}"]).exact or 0)
        low, high = (100 * float(x) for x in proportion_confint(n, g.n, 0.05, method))
        low, high = (min(100.0, max(0.0, 0.0 if math.isnan(x) else x)) for x in (low, high))
        held = dict(story.desk.of(story.known[f"{key} n {g.name}"]).about) | {"unit": "%"}
        a = story.desk.limit(low, 1, "ci_low", "limit proportion", **held)
        b = story.desk.limit(high, 1, "ci_high", "limit proportion", **held)
        story.known[f"{key} low {g.name}"], story.known[f"{key} high {g.name}"] = a, b
        story.desk.must(must.proportion_limits(story.known[f"{key} n {g.name}"], story.column_size[g.name], a, b))
        if (pct := story.known.get(f"{key} pct {g.name}")) is not None:
            story.desk.must(must.never_falls([a, pct, b], ("ci.", "proportion.")))
        cells.append(f"{a}{story.desk.habits.dash}{b}")
    return Row(1, story.pick("95% CI", "95% confidence interval, %"), tuple(cells))


def _odds_rows(story: Story, key: str, variable: str) -> list[Row]:
    """Odds ratio with limits and Fisher's p for two arms, in rows of their own."""
    if len(story.arms) != 2:
        return []
    a, b = story.arms
    x, y = (int(story.desk.of(story.known[f"{key} n {g.name}"]).exact or 0) for g in (a, b))
    if min(x, y, a.n - x, b.n - y) == 0:
        return []
    from scipy.stats import fisher_exact

    log = math.log(x * (b.n - y) / (y * (a.n - x)))
    se = math.sqrt(1 / x + 1 / y + 1 / (a.n - x) + 1 / (b.n - y))
    p = float(fisher_exact([[x, a.n - x], [y, b.n - y]])[1])
    held = {"variable": variable, "arm": ""}
    marks = [
        story.desk.limit(math.exp(v), 2, s, f"ratio {s}", **held)
        for v, s in ((log, "or"), (log - 1.959964 * se, "ci_low"), (log + 1.959964 * se, "ci_high"))
    ]
    p_mark = story.desk.put(p_text(p), "p", Fraction(p), "p test", **held)
    story.known |= {f"{key} or": marks[0], f"{key} or low": marks[1], f"{key} or high": marks[2], f"{key} p": p_mark}
    desk = story.desk
    desk.must(must.never_falls([marks[1], marks[0], marks[2]], ("ci.",)))
    desk.must(must.geometric_middle(*marks, 0.3))
    desk.must(must.p_of_ratio(*marks, p_mark))
    desk.must(
        must.tested(
            story.known[f"{key} n {a.name}"],
            story.column_size[a.name],
            story.known[f"{key} n {b.name}"],
            story.column_size[b.name],
            p_mark,
        )
    )
    blank = tuple("" for _ in story.groups[1:])
    dash = desk.habits.dash
    return [
        Row(1, "Odds ratio (95% CI)", (f"{marks[0]} ({marks[1]}{dash}{marks[2]})", *blank)),
        Row(1, story.pick("P value (Fisher's exact test)", "p (Fisher's exact test)"), (p_mark, *blank)),
    ]


def _survival_rows(story: Story) -> list[Row]:
    rows: list[Row] = []
    for kind, (name, short, variable) in zip(("early", "death"), _ends(story), strict=True):
        times = story.people.early_time if kind == "early" else story.people.death_time
        happened = story.people.had_early if kind == "early" else story.people.died
        label = story.pick(name.capitalize(), short)
        curves = [curve_of(times[g.mask], happened[g.mask]) for g in story.groups]
        events = [_event_count(story, g, happened, kind, variable) for g in story.groups]
        rows.append(Row(0, label, tuple("" for _ in story.groups)))
        rows.append(
            Row(
                1,
                story.pick("Events, n (%)", "No. of events (%)") if story.count_form != "n" else "Events, n",
                tuple(events),
            )
        )
        rows.append(
            Row(
                1,
                "Median, months (95% CI)",
                tuple(_median_cell(story, g, c, kind, variable) for g, c in zip(story.groups, curves, strict=True)),
            )
        )
        for time in story.landmarks:
            cells = tuple(
                _landmark_cell(story, g, c, kind, variable, time) for g, c in zip(story.groups, curves, strict=True)
            )
            rows.append(Row(1, f"{time // 10}-month rate, % (95% CI)", cells))
        _bind_curve(story, kind)
        rows += _hazard_rows(story, kind, variable, times, happened)
    _bind_ends(story)
    return rows


def _event_count(story: Story, g: Group, happened: Flags, kind: str, variable: str) -> str:
    return story.counted(g, happened, f"{kind} events", "events", variable=variable)


def _median_cell(story: Story, g: Group, curve: Curve, kind: str, variable: str) -> str:
    held = story.about(g, variable=variable, unit="months")
    if curve.median is None:
        return story.pick("NR", "Not reached")
    median = story.desk.number(Fraction(curve.median, 10), 1, "median", "survival median", **held)
    story.known[f"{kind} median {g.name}"] = median
    limits: list[str] = []
    chain = [median]
    for value, name in ((curve.low, "ci_low"), (curve.high, "ci_high")):
        if value is None:
            limits.append("NR")
            continue
        mark = story.desk.number(Fraction(value, 10), 1, name, "limit survival", **held)
        story.known[f"{kind} {name} {g.name}"] = mark
        limits.append(mark)
        chain = [mark, *chain] if name == "ci_low" else [*chain, mark]
    if len(chain) > 1:
        story.desk.must(must.never_falls(chain, ("ci.", "survival.")))
    return f"{median} ({limits[0]}{story.desk.habits.dash}{limits[1]})"


def _landmark_cell(story: Story, g: Group, curve: Curve, kind: str, variable: str, time: int) -> str:
    share, low, high = curve.at(time)
    held = story.about(g, variable=variable, category="rate", unit="%", timepoint=f"{time // 10} months")
    marks = [
        story.desk.limit(100 * v, 1, s, f"landmark {s}", **held)
        for v, s in ((share, "pct"), (low, "ci_low"), (high, "ci_high"))
    ]
    story.known[f"{kind} at {time} {g.name}"] = marks[0]
    story.desk.must(must.never_falls([marks[1], marks[0], marks[2]], ("ci.", "survival.")))
    return f"{marks[0]} ({marks[1]}{story.desk.habits.dash}{marks[2]})"


def _bind_curve(story: Story, kind: str) -> None:
    """Survival falls with time, and is at most one half behind the median."""
    for g in story.groups:
        rates = [story.known[f"{kind} at {t} {g.name}"] for t in reversed(story.landmarks)]
        story.desk.must(must.never_falls(rates, ("survival.",)))
        median = story.known.get(f"{kind} median {g.name}")
        for time in story.landmarks:
            rate = story.known[f"{kind} at {time} {g.name}"]
            if median is None:
                story.desk.must(must.separated([rate], ("survival.",), lambda t: must.span(t[0])[1] >= 50))
            else:
                story.desk.must(must.separated([median, rate], ("survival.",), _median_agrees(Fraction(time, 10))))


def _median_agrees(time: Fraction) -> object:
    def test(t: object) -> bool:
        low, high = must.span(t[0])  # type: ignore[index]
        rate = must.span(t[1])  # type: ignore[index]
        return not (high < time and rate[0] > 50) and not (low > time and rate[1] < 50)

    return test


def _bind_ends(story: Story) -> None:
    """The earlier endpoint comes no later than death."""
    for g in story.groups:
        pairs = [(f"early median {g.name}", f"death median {g.name}")]
        pairs += [(f"early at {t} {g.name}", f"death at {t} {g.name}") for t in story.landmarks]
        for first, second in pairs:
            if first in story.known and second in story.known:
                story.desk.must(must.never_falls([story.known[first], story.known[second]], ("survival.",)))


def _hazard_rows(story: Story, kind: str, variable: str, times: np.ndarray, happened: Flags) -> list[Row]:
    if len(story.arms) != 2:
        return []
    a, _ = story.arms
    if min(int(happened[g.mask].sum()) for g in story.arms) < 4:
        return []
    found = hazard_of(times, happened, a.mask)
    held = {"variable": variable, "arm": ""}
    marks = [
        story.desk.limit(v, 2, s, f"ratio {s}", **held)
        for v, s in ((found.ratio, "hr"), (found.low, "ci_low"), (found.high, "ci_high"))
    ]
    p = story.desk.put(p_text(found.p), "p", Fraction(found.p), "p hazard", **held)
    story.known |= {f"{kind} hr": marks[0], f"{kind} hr low": marks[1], f"{kind} hr high": marks[2], f"{kind} p": p}
    story.desk.must(must.never_falls([marks[1], marks[0], marks[2]], ("ci.",)))
    story.desk.must(must.geometric_middle(*marks, 0.2))
    story.desk.must(must.p_of_ratio(*marks, p))
    blank = tuple("" for _ in story.groups[1:])
    dash = story.desk.habits.dash
    return [
        Row(1, "Hazard ratio (95% CI)", (f"{marks[0]} ({marks[1]}{dash}{marks[2]})", *blank)),
        Row(1, story.pick("P value", "p value"), (p, *blank)),
    ]


def known(story: Story, key: str) -> Mark | None:
    """A printed quantity, or None."""
    return story.known.get(key)
