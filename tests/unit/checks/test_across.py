"""What one paper says of another: how the other is known, what is compared, and where nothing may be said."""

from dataclasses import replace

import pandas as pd
import pytest
from cases_across import LIST, QUOTED, citing_study, quote, quoted_study
from hand_made import HandMadePaper

from auditable.blocks import About
from auditable.checks import compare_studies, run_checks

ALONE = "A phase 2 trial gave zandolimab alone to {} patients [7]; 1 patient had MR and 17 had SD."
LINES = "In a phase 2 trial, {} patients after a median of {} lines (range {}–{}) received it [7]."
FEW = "A phase 2 trial gave it to {} patients [7]; {} had stable disease."
WRONG, ASKED = [("impossible", "citation")], [("not testable", "citation")]


def told(found: pd.DataFrame) -> list[tuple[str, str]]:
    """Verdict and severity of every finding that is no consistent one or note."""
    return [(r["verdict"], r["severity"]) for r in found.to_dict("records") if r["severity"] != "note"]


@pytest.mark.parametrize(
    ("text", "references", "expected"),
    [
        pytest.param("In one trial 32 patients were treated [2].", LIST, [], id="right N"),
        pytest.param("In one trial 31 patients were treated [2].", LIST, WRONG, id="wrong N"),
        pytest.param("In one trial 31 patients were treated [1].", LIST, [], id="another reference"),
        pytest.param("In one trial 31 patients were treated [1, 2].", LIST, [], id="two references at once"),
        pytest.param("In one trial 12 patients were treated [2].", LIST, [], id="a count the other prints"),
        pytest.param("In one trial about 30 patients were treated [2].", LIST, [], id="about"),
        pytest.param("Unlike our 51 patients, those of Berg had no response [2].", LIST, [], id="our own N"),
        pytest.param("Berg et al. (2019) treated 33 patients.", (), WRONG, id="author and year"),
        pytest.param("Berg et al. (2011) treated 33 patients.", (), [], id="another year"),
        pytest.param("Berg et al. treated 33 patients.", LIST, WRONG, id="author, one in the list"),
        pytest.param("Median OS was 10.7 months in one trial [2].", LIST, [], id="right OS"),
        pytest.param("Median OS was 11 months in one trial [2].", LIST, [], id="coarser OS"),
        pytest.param("Median OS was 17.0 months in one trial [2].", LIST, WRONG, id="wrong OS"),
        pytest.param("Median PFS was 17.0 months in one trial [2].", LIST, [], id="not printed there"),
        pytest.param("In one trial 53.1% had stable disease [2].", LIST, [], id="share of a printed count"),
        pytest.param("In one trial 35.1% had stable disease [2].", LIST, WRONG, id="wrong share"),
        pytest.param("After a median of 7 lines (range 2–14) [2], none responded.", LIST, [], id="right range"),
        pytest.param(
            "After a median of 7 lines (range 2–41) [2], none responded.", LIST, WRONG, id="range"
        ),
    ],
)  # fmt: skip
def test_a_paper_known_by_name_or_list(text: str, references: tuple[str, ...], expected: list) -> None:
    assert told(quote(text, references=references)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(ALONE.format(32), [], id="all right"),
        pytest.param(ALONE.format(23), ASKED, id="N wrong, so the paper is less sure"),
        pytest.param(ALONE.format(32).replace("17", "18"), ASKED, id="a count wrong"),
        pytest.param(ALONE.format(32).replace("phase 2", "phase 3"), [], id="another phase"),
        pytest.param(LINES.format(32, 7, 2, 41), WRONG, id="range wrong"),
        pytest.param(FEW.format(32, 17), [], id="few facts, all right"),
        pytest.param(FEW.format(32, 71), ASKED, id="few facts, one wrong"),
        pytest.param("A phase 2 trial gave it to 57 patients [7].", [], id="only the phase fits"),
    ],
)
def test_a_paper_known_by_what_is_said_of_it(text: str, expected: list) -> None:
    assert told(quote(text)) == expected


def test_facts_that_fit_two_papers_name_neither() -> None:
    twin = quoted_study("holm2018", About(QUOTED.title.replace("Zandolimab", "Perolimab"), "Holm B. 2018."))
    found = compare_studies([quoted_study(), twin, citing_study(LINES.format(32, 7, 2, 41))])
    assert told(found) == []


def test_a_later_paper_is_not_what_an_earlier_one_quotes() -> None:
    later = quoted_study("berg2023", replace(QUOTED, citation="Berg A, et al. 2023."))
    assert told(compare_studies([later, citing_study(LINES.format(32, 7, 2, 41))])) == []


def test_a_sentence_between_two_that_cite_speaks_of_the_same_paper() -> None:
    texts = ("One trial is telling [2].", "Median OS was 17.0 months.", "No patient responded [2].")
    assert told(quote(*texts, references=LIST)) == WRONG
    assert told(quote(*texts[:2], "Others disagree [3].", references=LIST)) == []


@pytest.mark.parametrize(
    ("here", "there", "n_questions"),
    [
        ("ORION-MM, a German study, is under way.", "The ORION-MM trial, multinational, is under way.", 1),
        ("ORION-MM, a German study, is under way.", "The ORION-MM trial, a German one, is under way.", 0),
        ("ORION-MM and a German registry are known.", "The ORION-MM trial, multinational, is under way.", 0),
        ("ORION-MM, a global study, is under way.", "The ORION-MM trial, multinational, is under way.", 0),
    ],
)
def test_two_papers_say_where_a_third_trial_ran(here: str, there: str, n_questions: int) -> None:
    pair = [citing_study(here, study_id="adler2020"), citing_study(there)]
    found = compare_studies(pair)
    assert len(told(found)) == n_questions
    assert set(found["study_id"]) <= {"adler2020"}, "told once, where it stands first"


def test_one_paper_alone_is_silent() -> None:
    alone = HandMadePaper().read("In one trial 31 patients were treated [2].", section="Discussion").frame()
    assert compare_studies([quoted_study()]).empty
    assert "citation.cross_study" not in set(run_checks(alone)["rule"])


def test_the_order_of_the_studies_does_not_matter() -> None:
    one, two = quoted_study(), citing_study("In one trial 31 patients were treated [2].", references=LIST)
    first, second = compare_studies([one, two]), compare_studies([two, one])
    assert first["finding_id"].tolist() == second["finding_id"].tolist()
