# ruff: noqa: E501
"""The table of a case series: one row per patient, and what its summaries in the text must be."""

from __future__ import annotations

from tests.articles import relations as must
from tests.articles.document import Column, Row, TableOf
from tests.articles.patients import RESPONSES
from tests.articles.story import Story

SHORT = {
    "Complete response": "CR",
    "Partial response": "PR",
    "Stable disease": "SD",
    "Progressive disease": "PD",
    "Not evaluable": "NE",
}


def write_individuals(story: Story) -> TableOf:
    """Age, sex, lines, cycles, best response, times, status of each patient."""
    people, desk = story.people, story.desk
    is_cancer = story.disease.kind == "oncology"
    heads = ["Age, years", "Sex", story.disease.measures[0].labels[0] + ", " + story.disease.measures[0].unit]
    heads += ["Cycles" if is_cancer else "Doses", "Best response" if is_cancer else story.disease.success[0]]
    short = story.disease.early_event[1]
    heads += [f"{short}, months", "OS, months", "Status"]
    rows = []
    marks: dict[str, list[object]] = {
        k: [] for k in ("age", "sex", "measure", "cycles", "response", "early", "death", "status")
    }
    m = story.disease.measures[0]
    for i in range(people.n):
        held = {"patient": str(i + 1)}
        value = people.measures[0][i]
        cells = {
            "age": desk.whole(int(people.age[i]), "value", "patient age", variable="age", unit="years", **held),
            "sex": desk.word("M" if people.male[i] else "F", "sex", **held),
            "measure": "NA"
            if value != value
            else desk.number(
                _tenth(int(value), m.decimals), m.decimals, "value", "patient", variable=m.variable, unit=m.unit, **held
            ),
            "cycles": desk.whole(int(people.cycles[i]), "value", "patient", variable="cycles_received", **held),
            "response": desk.word(_response(story, i), "response", **held),
            "early": desk.number(
                _tenth(int(people.early_time[i]), 1),
                1,
                "value",
                "patient early",
                variable=story.disease.early_event[2],
                unit="months",
                **held,
            ),
            "death": desk.number(
                _tenth(int(people.death_time[i]), 1), 1, "value", "patient death", variable="os", unit="months", **held
            ),
            "status": desk.word("Dead" if people.died[i] else "Alive", "status", **held),
        }
        for name, mark in cells.items():
            marks[name].append(mark)
        desk.must(must.never_falls([cells["early"], cells["death"]], ("individual.", "survival.")))
        rows.append(Row(0, str(i + 1), tuple(str(c) for c in cells.values())))
    story.individual = marks
    columns = tuple(Column(h) for h in heads)
    caption = story.pick(
        "Characteristics and outcome of each patient", "Individual patients: characteristics and outcomes"
    )
    notes = (
        (
            "",
            "F, female; M, male; NA, not available; OS, overall survival"
            + (
                "; CR, complete response; PR, partial response; SD, stable disease; PD, progressive disease; NE, not evaluable."
                if is_cancer
                else "."
            ),
        ),
    )
    return TableOf("individual", caption, story.pick("Patient", "Patient no.", "Case"), columns, tuple(rows), notes)


def _tenth(value: int, decimals: int):
    from fractions import Fraction

    return Fraction(value, 10**decimals)


def _response(story: Story, i: int) -> str:
    name = RESPONSES[int(story.people.response[i])]
    return SHORT[name] if story.disease.kind == "oncology" else ("Yes" if story.people.response[i] <= 1 else "No")
