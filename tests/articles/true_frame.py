"""The Observations of an article made from its truth, no reading between: every number with its true meaning."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pandas as pd

from schemas.frames import Observations
from tests.articles.document import Article
from tests.articles.places import Place, place_tokens
from tests.articles.tokens import Token

COLUMNS = list(Observations.to_schema().columns)
FIELDS = (
    "variable",
    "category",
    "arm",
    "unit",
    "timepoint",
    "grade",
    "event_kind",
    "subgroup",
    "patient",
    "population",
)


def true_observations(article: Article) -> pd.DataFrame:
    """One row per printed number that is a result; observation_id is "t" and the token's number."""
    rows = []
    units = _printed_units(article)
    for number, places in place_tokens(article).items():
        token = article.tokens[number]
        for place in places:
            if (
                place.kind in ("cell", "prose", "caption", "note")
                and token.statistic != "word"
                and "head" not in token.tags
            ):
                rows.append(_row(article, token, place, units))
    rows += list(_texts(article))
    return Observations.validate(pd.DataFrame(rows, columns=COLUMNS), lazy=True)


def _row(article: Article, token: Token, place: Place, units: Units) -> dict[str, object]:
    mark = re.match(r"^([<>≥≤]?)(.*)$", token.text)
    comparator, value = (mark[1], mark[2]) if mark else ("", token.text)
    value = value.replace(",", "").replace("−", "-")
    in_table = place.kind == "cell"
    out: dict[str, object] = {
        **_base(article, place),
        "observation_id": f"t{token.id}",
        "statistic": "n" if token.statistic == "total" and not in_table else token.statistic,
        "statistic_from": "cell" if in_table else "sentence",
        "value": value,
        "decimals": len(value.partition(".")[2]),
        "comparator": {"≥": ">=", "≤": "<="}.get(comparator, comparator),
        "raw_text": place.text if in_table else place.text[place.start : place.end],
        "start": -1 if in_table else place.start,
        "end": -1 if in_table else place.end,
    }
    out |= {name: token.about.get(name, "") for name in FIELDS}
    out["unit"] = units.get((str(out["variable"]), *_beside(place)), out["unit"])
    out["arm_from"] = ("boxhead" if in_table else "sentence") if out["arm"] else ""
    denominator = _denominator(article, token, place)
    if denominator and token.statistic in ("n", "pct"):
        out |= {"denominator": denominator, "denominator_proof": "column head" if in_table else "sentence"}
    return out


Units = dict[tuple[str, str, str], str]
"""Each unit that is printed: variable, and label of the row or sentence → the unit's text."""


def _printed_units(article: Article) -> Units:
    out: Units = {}
    for number, places in place_tokens(article).items():
        token = article.tokens[number]
        for place in places if "unit" in token.tags else ():
            out[token.about["variable"], *_beside(place)] = token.text
    return out


def _beside(place: Place) -> tuple[str, str]:
    """What names the row of a table, or the sentence."""
    return (f"T{place.table}", str(place.row)) if place.kind in ("cell", "label") else (place.kind, place.text)


def _denominator(article: Article, token: Token, place: Place) -> str:
    """The N as printed in the head of the column, in the cell, or behind "of" in the sentence."""
    if place.kind != "cell":
        behind = re.match(r"(?: of |/)([\d,]+)", place.text[place.end :])
        return behind[1].rstrip(",").replace(",", "") if behind and token.statistic == "n" else ""
    told = token.about.get("denominator", "")
    if told.startswith("@"):
        return article.tokens[int(told[1:])].text.replace(",", "")
    return told


def _base(article: Article, place: Place) -> dict[str, object]:
    in_table = place.kind == "cell"
    table_id = f"T{place.table + 1}" if in_table else ""
    return {
        **dict.fromkeys(COLUMNS, ""),
        "study_id": f"made{article.seed}",
        "source": "table" if in_table else place.kind,
        "table_id": table_id,
        "table_type": article.tables[place.table].kind if in_table else "",
        "row": place.row,
        "col": place.col,
        "stub_path": " > ".join(place.stub_path),
        "spanner_path": " > ".join(place.spanner_path),
        "section": place.section,
        "speaks_of": "this study",
        "quote": "" if in_table else place.text,
        "page": place.table + 2 if place.table >= 0 else 1,
        "x0_pt": 200.0 + 60 * place.col if in_table else 10.0,
        "top_pt": 60.0 + 12 * place.row if in_table else 10.0,
        "x1_pt": 250.0 + 60 * place.col if in_table else 20.0,
        "bottom_pt": 70.0 + 12 * place.row if in_table else 20.0,
        "reader": "pdfplumber",
        "agreement": "same" if in_table else "not read twice",
        "ocr_confidence": float("nan"),
    }


def _texts(article: Article) -> Iterator[dict[str, object]]:
    """Words in cells of single patients (sex, response, status), as a reader gives them: statistic "text"."""
    for number, places in place_tokens(article).items():
        token = article.tokens[number]
        for place in places:
            if place.kind == "cell" and token.statistic == "word":
                yield {
                    **_base(article, place),
                    "observation_id": f"t{number}",
                    "statistic": "text",
                    "statistic_from": "cell",
                    "value": token.text,
                    "decimals": 0,
                    "raw_text": token.text,
                    "patient": token.about.get("patient", ""),
                    "variable": token.about.get("variable", ""),
                    "start": -1,
                    "end": -1,
                }
