"""A small paper written by hand: rows of tables and sentences as observations, for tests of single rules."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from auditable.checks import run_checks
from auditable.model import Box, PageSize, Reading, Sentence
from auditable.prose import find_mentions
from schemas.frames import Observations

BLANK = dict.fromkeys(Observations.to_schema().columns, "")
TEXT_UNIT = {"pct": "%"}


def _decimals(text: str) -> int:
    return len(text.split(".")[1]) if "." in text else 0


def sentence_of(text: str, section: str = "", source: str = "prose") -> Sentence:
    """A sentence whose words stand in one line, ten points a letter."""
    spans = tuple(
        (m.start(), m.end(), 1, Box(10.0 * m.start(), 100, 10.0 * m.end(), 110)) for m in re.finditer(r"\S+", text)
    )
    return Sentence(text, section, source, 1, spans)


@dataclass
class HandMadePaper:
    """Observations in the making; statistics are given as printed text, a comparator may stand in front."""

    rows: list[dict[str, object]] = field(default_factory=list)
    seen: dict[tuple[str, str], int] = field(default_factory=dict)
    sentences: list[Sentence] = field(default_factory=list)

    def row(
        self,
        stub: str,
        *,
        table: str = "T1",
        column: str = "All",
        cell: str = "",
        table_type: str = "baseline",
        total: str = "",
        beside: str = "",
        unit: str = "",
        marks: str = "",
        variable: str = "",
        category: str = "",
        agreement: str = "same",
        arm: str = "",
        of: Mapping[str, str] | None = None,
        **statistics: str,
    ) -> HandMadePaper:
        """One body cell: stub path, column, and its statistics; cell: a name that several halves of one cell share;
        beside: the N printed in the cell itself (8/32).

        of: further columns of the Observations model (subgroup, patient, grade, timepoint …).
        """
        line = self.seen.setdefault((table, stub), len(self.seen))
        for statistic, text in (statistics | ({"total": beside} if beside else {})).items():
            self._add(
                statistic,
                text,
                source="table",
                table_id=table,
                table_type=table_type,
                row=line,
                col=self.seen.setdefault((table, f"column {cell or column}"), len(self.seen)),
                stub_path=stub,
                spanner_path=column,
                arm=arm,
                marks=marks,
                variable=variable,
                category=category,
                agreement=agreement,
                denominator=total,
                denominator_proof=f"boxhead: N = {total}" if total else "",
                unit=TEXT_UNIT.get(statistic, unit),
                raw_text=" ".join(statistics.values()),
                start=-1,
                end=-1,
                **(of or {}),
            )
        return self

    def read(self, *texts: str, section: str = "Results", source: str = "prose") -> HandMadePaper:
        """Sentences as a reader gives them; their numbers become observations as those of a PDF do, by frame()."""
        self.sentences += [sentence_of(text, section, source) for text in texts]
        return self

    def say(self, quote: str, *numbers: tuple[str, str], subject: str = "", unit: str = "", **of: str) -> HandMadePaper:
        """One sentence: its numbers in order as (statistic, printed text); of: denominators by printed text."""
        at = 0
        for statistic, text in numbers:
            at = quote.index(text, at)
            self._add(
                statistic,
                text,
                source="prose",
                page=2,
                quote=quote,
                subject=subject,
                start=at,
                end=at + len(text),
                raw_text=text,
                row=-1,
                col=-1,
                denominator=of.get(f"n{text}", ""),
                denominator_proof="sentence" if of.get(f"n{text}") else "",
                agreement="not read twice",
                unit=TEXT_UNIT.get(statistic, unit),
            )
            at += len(text)
        return self

    def _add(self, statistic: str, text: str, **columns: object) -> None:
        mark = re.match(r"^([<>~]=?)?(.*)$", text)
        comparator, value = (mark[1] or "", mark[2]) if mark else ("", text)
        missing = "NR" if text == "NR" else ""
        base: dict[str, object] = {
            **BLANK,
            "observation_id": f"o{len(self.rows)}",
            "study_id": "s",
            "speaks_of": "this study",
            "statistic": statistic,
            "statistic_from": "cell",
            "value": "" if missing else value,
            "decimals": _decimals(value),
            "comparator": comparator,
            "missing": missing,
            "page": 1,
            "x0_pt": 0.0,
            "top_pt": 0.0,
            "x1_pt": 1.0,
            "bottom_pt": 1.0,
            "reader": "pdfplumber",
            "ocr_confidence": float("nan"),
        }
        self.rows.append({**base, **columns})

    def frame(self) -> pd.DataFrame:
        """The paper as a frame of the Observations model: what was written here, and what the sentences hold."""
        own = pd.DataFrame(self.rows, columns=list(BLANK))
        reading = Reading("s", (PageSize(1, 600, 800, False),), (), tuple(self.sentences))
        tables = Observations.validate(own, lazy=True) if self.rows else None
        found, _ = find_mentions(reading, tables=tables)
        whole = pd.concat([f for f in (own, found) if not f.empty], ignore_index=True) if self.rows else found
        return Observations.validate(whole, lazy=True)

    def findings(self, rule: str = "") -> pd.DataFrame:
        """All findings, or those of one rule."""
        found = run_checks(self.frame(), {"s": self.sentences})
        return found[found["rule"] == rule].reset_index(drop=True) if rule else found

    def verdicts(self, rule: str) -> list[str]:
        """The verdicts of one rule in order."""
        return self.findings(rule)["verdict"].tolist()

    def accused(self, rule: str) -> list[str]:
        """Stub paths of the findings of one rule that are impossible or rounded wrongly."""
        found = self.findings(rule)
        return found[found["verdict"].isin(["impossible", "rounding"])]["stub_path"].tolist()

    def accused_numbers(self, rule: str) -> list[str]:
        """The numbers that the impossible findings of one rule print."""
        found = self.findings(rule)
        return found[found["verdict"] == "impossible"]["printed"].tolist()
