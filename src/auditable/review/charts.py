"""Charts of the report as SVG: agreement of each study, findings by family, the runs so far, a forest plot.

Comes in: figures, findings, history, intervals. Goes out: SVG to be put into a page: the same bytes for the same input,
text as text, colours those of the page's style sheet, light and dark. What is drawn is left to summary.py and
evidence_view.py.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
import pandas as pd
from markupsafe import Markup
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.ticker import FormatStrFormatter, MaxNLocator

from auditable.findings_output import pick_told, say_verdict
from auditable.review.environment import show_unseen
from auditable.review.evidence_view import ForestGroup
from auditable.summary import StudyFigures

if TYPE_CHECKING:
    from matplotlib.typing import RcKeyType

COLOURS = {
    "#010101": "--ink", "#020202": "--soft", "#030303": "--line", "#040404": "--ok-ink", "#050505": "--bad-ink",
    "#060606": "--warn-ink", "#070707": "--cool-ink", "#080808": "--card",
}  # fmt: skip
"""Colours that are drawn, each standing for a colour of the style sheet."""
INK, SOFT, LINE, OK, BAD, WARN, COOL, CARD = COLOURS
WIDTH_IN, ROW_IN, EDGE_IN = 7.6, 0.25, 0.7
MAX_ROWS = 30
"""Rows of one chart: of more studies those that agree least, of more intervals the first; the title then says so."""
MAX_LABEL = 46
"""Characters of a label in a chart."""
STYLE: dict[RcKeyType, Any] = {
    "svg.fonttype": "none", "font.family": ["DejaVu Sans"], "font.size": 9, "text.color": INK, "axes.edgecolor": LINE,
    "axes.labelcolor": SOFT, "xtick.color": SOFT, "ytick.color": INK, "axes.spines.top": False,
    "axes.spines.right": False, "axes.facecolor": "none", "hatch.linewidth": 0.8, "text.parse_math": False,
}  # fmt: skip


@dataclass(frozen=True)
class Part:
    """One colour of a chart of bars: its word and how it is drawn. The hatch tells it from others without colour."""

    word: str
    colour: str
    hatch: str = ""


AGREEMENT = (Part("agree", OK), Part("wrong", BAD, "xxx"), Part("missing", WARN, "///"))
VERDICTS = (Part("impossible", BAD, "xxx"), Part("rounding", WARN, "///"), Part("question", COOL))
FAMILY_WORDS = {
    "ae": "adverse events", "ci": "intervals", "p": "p values", "individual": "listed patients",
    "arm": "arms", "flow": "flow of patients", "citation": "other studies", "reference": "references",
}  # fmt: skip
"""What the id of a family says too shortly."""


@mpl.rc_context(STYLE)
def draw_agreement(figures: Sequence[StudyFigures]) -> Markup:
    """Share of each study's gold rows, of tables and text, that agree, are wrong or missing; "" without gold."""
    keyed = [f for f in figures if f.gold_rows + f.text_rows]
    if not keyed:
        return Markup("")
    worst = sorted(keyed, key=lambda f: ((f.gold_equal + f.text_equal) / (f.gold_rows + f.text_rows), f.study_id))
    shown = sorted(worst[:MAX_ROWS], key=lambda f: f.study_id)
    rows = {}
    for f in shown:
        counts = (f.gold_equal + f.text_equal, f.gold_wrong + f.text_wrong, f.gold_missing + f.text_missing)
        total = f.gold_rows + f.text_rows
        rows[f.study_id] = ([100 * n / total for n in counts], f"{counts[0]} of {total}")
    return _bars("agreement", rows, AGREEMENT, "% of gold rows")


@mpl.rc_context(STYLE)
def draw_families(findings: pd.DataFrame) -> Markup:
    """Items of each family of rules, by verdict, with the number of its tests; "" where nothing is told."""
    family = findings["rule"].str.split(".").str[0]
    told = pick_told(findings)
    verdicts = told["verdict"].map(say_verdict)
    counts = pd.crosstab(family[told.index], verdicts) if len(told) else pd.DataFrame()
    tests = family.value_counts()
    rows = {}
    for name in sorted(counts.index, key=lambda n: (-int(counts.loc[n].sum()), str(n))):
        values = [float(counts.loc[name].get(part.word, 0)) for part in VERDICTS]
        rows[FAMILY_WORDS.get(str(name), str(name))] = (values, f"{int(sum(values))} of {int(tests[name])} tests")
    return _bars("families", rows, VERDICTS, "items") if rows else Markup("")


@mpl.rc_context(STYLE)
def draw_history(history: pd.DataFrame) -> Markup:
    """Items, those left to decide, and the share of gold rows that agree, run by run; "" before the second run."""
    if len(history) < 2:
        return Markup("")
    runs = history["run"].astype(int)
    figure, (items, gold) = _figure(2.4, 2)
    items.plot(runs, history["n_items"], color=SOFT, marker="s", linestyle="--", label="items")
    items.plot(runs, history["n_items"] - history["n_closed"], color=BAD, marker="o", label="to decide")
    items.set_ylim(bottom=0)
    items.legend(frameon=False, loc="best")
    share = 100 * history["gold_equal"] / history["gold_rows"].where(history["gold_rows"] > 0)
    gold.plot(runs, share, color=OK, marker="o")
    gold.set_ylabel("% of gold rows that agree")
    for axes in (items, gold):
        axes.set_xlabel("run")
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))
        axes.set_box_aspect(0.5)
    return _svg(figure, "history")


@mpl.rc_context(STYLE)
def draw_forest(group: ForestGroup, number: int) -> Markup:
    """One printed estimate per row with its printed interval; ratios on a logarithmic scale with a line at 1.

    number: makes the ids of this plot differ from those of the others on its page.
    """
    shown = group.intervals[:MAX_ROWS]
    figure, (axes,) = _figure(EDGE_IN + ROW_IN * len(shown), 1)
    places = range(len(shown))
    for place, interval in zip(places, shown, strict=True):
        axes.plot([float(interval.low), float(interval.high)], [place, place], color=INK, linewidth=1.4)
        axes.plot([float(interval.estimate)], [place], color=COOL, marker="s", markersize=6)
        _right(axes, place, interval.said)
    if group.is_ratio:
        axes.set_xscale("log")
        axes.axvline(1, color=SOFT, linestyle=":", linewidth=1)
        axes.xaxis.set_major_formatter(FormatStrFormatter("%g"))
        axes.xaxis.set_minor_formatter(FormatStrFormatter("%g"))
    _label_rows(axes, [i.label for i in shown])
    axes.set_xlabel(f"{group.measure}, logarithmic scale" if group.is_ratio else group.measure)
    return _svg(figure, f"forest-{number}")


def _bars(name: str, rows: Mapping[str, tuple[Sequence[float], str]], parts: Sequence[Part], axis: str) -> Markup:
    """Bars lying on each other from left to right, one row per label, with words at their right."""
    figure, (axes,) = _figure(EDGE_IN + 0.3 + ROW_IN * len(rows), 1)
    left = [0.0] * len(rows)
    for k, part in enumerate(parts):
        values = [row[0][k] for row in rows.values()]
        if any(values):
            axes.barh(
                range(len(rows)), values, 0.62, left, color=part.colour, hatch=part.hatch, edgecolor=CARD,
                linewidth=0.8, label=part.word,
            )  # fmt: skip
        left = [a + b for a, b in zip(left, values, strict=True)]
    for place, (_, words) in enumerate(rows.values()):
        _right(axes, place, words)
    _label_rows(axes, list(rows))
    axes.set_xlabel(axis)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True, min_n_ticks=1))
    axes.legend(frameon=False, ncols=len(parts), loc="lower left", bbox_to_anchor=(0, 1), borderaxespad=0)
    return _svg(figure, name)


def _figure(height_in: float, n_axes: int) -> tuple[Figure, Sequence[Axes]]:
    figure = Figure(figsize=(WIDTH_IN, height_in), layout="constrained")
    FigureCanvasSVG(figure)
    return figure, [figure.add_subplot(1, n_axes, k + 1) for k in range(n_axes)]


def _label_rows(axes: Axes, labels: Sequence[str]) -> None:
    """The first label at the top, none of them read as a formula."""
    short = [text if len(text) <= MAX_LABEL else text[: MAX_LABEL - 1] + "…" for text in labels]
    axes.set_yticks(range(len(labels)), [str(show_unseen(text)) for text in short])
    axes.tick_params(axis="y", length=0)
    axes.set_ylim(len(labels) - 0.5, -0.5)


def _right(axes: Axes, place: int, words: str) -> None:
    axes.annotate(words, (1.01, place), xycoords=("axes fraction", "data"), va="center", color=SOFT)


def _svg(figure: Figure, name: str) -> Markup:
    """The figure as an SVG element without size, date and style rules of its own."""
    out = io.StringIO()
    with mpl.rc_context({"svg.hashsalt": name}), warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph", UserWarning)  # the reader's browser has fonts for other scripts
        figure.savefig(out, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
    svg = out.getvalue()
    svg = re.sub(r'\b(?:width|height)="[\d.]+pt"', "", svg[svg.index("<svg") :], count=2)
    svg = re.sub(r"<metadata>.*?</metadata>|<style.*?</style>|\sxmlns(:xlink)?=\"[^\"]*\"", "", svg, flags=re.DOTALL)
    svg = re.sub(r'(id="|url\(#|href="#)(?=[^"]*")', rf"\g<1>{name}-", svg)
    for drawn, meant in COLOURS.items():
        svg = svg.replace(drawn, f"var({meant})")
    return Markup(svg.replace("'DejaVu Sans'", "inherit").replace("xlink:href", "href"))
