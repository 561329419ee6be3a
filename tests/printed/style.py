"""How a table is printed: one frozen style, and a random one that a human could still read without doubt."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from random import Random

import matplotlib
import reportlab
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from tests.printed.content import PrintedTable

MPL = Path(matplotlib.__file__).parent / "mpl-data" / "fonts" / "ttf"
RL = Path(reportlab.__file__).parent / "fonts"
FILES = {
    "DejaVuSans": (MPL, "DejaVuSans", "DejaVuSans-Bold", "DejaVuSans-Oblique"),
    "DejaVuSerif": (MPL, "DejaVuSerif", "DejaVuSerif-Bold", "DejaVuSerif-Italic"),
    "STIXGeneral": (MPL, "STIXGeneral", "STIXGeneralBol", "STIXGeneralItalic"),
    "Vera": (RL, "Vera", "VeraBd", "VeraIt"),
}
FAMILIES = ("Helvetica", "Helvetica", "Times", *FILES)


@dataclass(frozen=True)
class InkStyle:
    """Lengths in ems of the type size unless named _pt; colours as #rrggbb, "" for none."""

    family: str = "Helvetica"
    size_pt: float = 8.0
    leading: float = 1.2  # base line to base line within a cell
    row_gap: float = 0.3  # white added between rows
    rules: str = "booktabs"  # booktabs | none | grid | rows | columns
    rule_ink: str = "lines"  # lines | rects | by cell
    spanner_rules: bool = True
    group_rules: bool = False  # a rule over each group of a table with two stub columns
    zebra: str = ""
    head_tint: str = ""
    group_tint: str = ""
    cue: str = "indent"  # see CUES
    indent: float = 1.2
    hang: float = 0.0  # how far the second line of a label is set in
    hyphenate: bool = False
    valign: str = "top"  # top | middle | bottom
    align: str = "centre"  # left | centre | right | decimal
    head_align: str = "centre"  # left | centre
    head_valign: str = "bottom"  # top | bottom
    head_bold: bool = True
    head_gap: float = 0.4  # white under the head
    column_gap: float = 1.2  # least white between two columns
    stub_share: float = 0.45  # the stub may take so much of the width before its labels wrap
    fill: str = "columns"  # columns | stub | narrow: who takes the white that is left
    raise_symbols: bool = True
    raised_as_glyph: bool = False  # ² ³ as characters of the font
    note_scale: float = 0.85
    run_notes: bool = False
    ligatures: bool = False
    span_groups: bool = False  # labels of rows without values run over the columns beside them
    merge_stub: bool = False  # a first stub label centred over its rows

    def font(self, weight: str = "") -> str:
        """Name of the font; weight: "" | bold | italic."""
        if self.family == "Helvetica":
            return {"": "Helvetica", "bold": "Helvetica-Bold", "italic": "Helvetica-Oblique"}[weight]
        if self.family == "Times":
            return {"": "Times-Roman", "bold": "Times-Bold", "italic": "Times-Italic"}[weight]
        folder, *names = FILES[self.family]
        name = names[("", "bold", "italic").index(weight)]
        if name not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(name, str(folder / f"{name}.ttf")))
        return name


CUES = {
    "indent": "children set in",
    "indent, bold": "children set in, groups bold",
    "bold": "groups bold, nothing set in",
    "italic": "groups italic, nothing set in",
    "white": "white over each group, nothing set in",
    "tint": "groups tinted, nothing set in",
    "blank": "groups have no values, nothing set in",
    "bold, italic": "outer groups bold, inner ones italic, nothing set in",
    "bold, indent": "outer groups bold and their rows not set in, inner ones by indentation",
    "bold tops": "every row of the outermost level bold",
}


def clear_cues(table: PrintedTable) -> list[str]:
    """Cues under which a human reads the table's groups without doubt."""
    if table.deepest == 0 or table.n_stub > 1:
        return ["indent"]
    loose, deepest, valued = table.loose_depths(), table.deepest, table.has_valued_parents()
    cues = ["indent", "indent, bold"]
    if deepest == 1 and not valued and not loose:
        cues += ["bold", "italic", "white", "tint", "blank"]
    if deepest == 1 and not valued:
        cues.append("bold tops")
    if deepest == 2 and not valued and not loose & {0, 1}:
        cues.append("bold, italic")
    if deepest >= 1 and 0 not in loose and not _has_valued_tops(table):
        cues.append("bold, indent")
    return cues


def _has_valued_tops(table: PrintedTable) -> bool:
    return any(a.kind == "data" and a.depth == 0 and b.depth > 0 for a, b in pairwise(table.rows))


def random_style(rng: Random, table: PrintedTable | None = None) -> InkStyle:
    """A style; with a table, one that shows the table's groups clearly, else one that shows any table's."""
    cue = rng.choice(clear_cues(table)) if table else rng.choice(["indent", "indent, bold"])
    rules = rng.choice(["booktabs", "booktabs", "booktabs", "none", "none", "grid", "rows", "columns"])
    tint = rng.choice(["#e6e6e6", "#dce6f1", "#f2efe6", "#fde9d9"])
    align = rng.choice(["left", "left", "centre", "centre", "right", "decimal"])
    style = InkStyle(
        family=rng.choice(FAMILIES),
        size_pt=rng.choice([6.0, 7.0, 7.5, 8.0, 8.5, 9.0, 10.0]),
        leading=rng.choice([1.05, 1.1, 1.2, 1.3]),
        row_gap=rng.choice([0.0, 0.15, 0.3, 0.6]),
        rules=rules,
        rule_ink=rng.choice(["lines", "rects", "by cell"]),
        spanner_rules=rng.random() < 0.75,
        group_rules=rng.random() < 0.5,
        zebra=tint if rng.random() < 0.15 else "",
        head_tint=rng.choice(["#d0d8e4", "#eeeeee", "#1f4e79"]) if rng.random() < 0.25 else "",
        group_tint=tint if cue == "tint" or rng.random() < 0.05 else "",
        cue=cue,
        indent=rng.choice([0.6, 0.8, 1.0, 1.5, 2.0]),
        hang=rng.choice([0.0, 0.0, 0.5, 1.0]),
        hyphenate=rng.random() < 0.4,
        valign=rng.choice(["top", "top", "middle", "bottom"]),
        align=align,
        head_align=rng.choice(["left", "centre"]) if align in ("left", "centre") else "centre",
        head_valign=rng.choice(["top", "bottom"]),
        head_bold=rng.random() < 0.7,
        column_gap=rng.choice([0.8, 1.0, 1.5, 2.5]),
        stub_share=rng.choice([0.2, 0.3, 0.4, 0.6]),
        fill=rng.choice(["columns", "columns", "stub", "narrow"]),
        raise_symbols=rng.random() < 0.6,
        raised_as_glyph=rng.random() < 0.3,
        note_scale=rng.choice([0.8, 0.85, 0.9, 1.0]),
        run_notes=rng.random() < 0.35,
        ligatures=rng.random() < 0.3,
        span_groups=rng.random() < 0.3,
        merge_stub=rng.random() < 0.5,
    )
    return _made_clear(style, table)


def _made_clear(style: InkStyle, table: PrintedTable | None) -> InkStyle:
    """The style with what would leave a human in doubt taken out."""
    if style.rules == "none" and not style.head_tint and not style.head_bold:
        style = replace(style, head_gap=1.0)
    if style.zebra and (style.cue == "tint" or style.group_tint):
        style = replace(style, zebra="", group_tint="" if style.cue != "tint" else style.group_tint)
    if style.cue == "white":
        style = replace(style, row_gap=min(style.row_gap, 0.3))
    if style.merge_stub and style.rules not in ("grid", "rows"):
        style = replace(style, group_rules=True)
    # A label that wraps without being set in needs the white between rows to show where the next row begins.
    if style.hang == 0.0 and style.rules not in ("grid", "rows") and not style.zebra:
        style = replace(style, row_gap=max(style.row_gap, 0.3))
    if style.hang and style.cue.startswith("indent") and abs(style.hang - style.indent) < 0.3:
        style = replace(style, hang=0.0, row_gap=max(style.row_gap, 0.3))  # set in by two reasons alike
    if style.valign == "middle" and style.rules not in ("grid", "rows"):
        style = replace(style, row_gap=max(style.row_gap, 0.3))
    if table is not None and table.n_stub > 1:
        style = replace(style, zebra="")
    return style
