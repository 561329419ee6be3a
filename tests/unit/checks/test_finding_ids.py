"""Ids of findings: of what is said on which numbers, not of the place in a table or of the turn of rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

import pytest
from hand_made import HandMadePaper, sentence_of

from auditable import checks
from auditable.blocks import Study
from auditable.checks import run_checks
from auditable.checks.rule import Outcome, Quote, Rule
from tests.unit.tables_drawn import draw_table, observe_tables

HEAD = "Sex, n (%) > "


def made_rule(*messages: str, words: str = "") -> Rule:
    """A rule that says each of these on the first number of a study, or on these words of its text."""

    def run(study: Study) -> Iterator[Outcome]:
        sentence = next((s for s in study.text if words and words in s.text), None)
        start = sentence.text.index(words) if sentence else 0
        quotes = (Quote(sentence, start, start + len(words)),) if sentence else ()
        for message in messages:
            yield Outcome("impossible", () if quotes else study.observations[:1], message, "", "", "", quotes=quotes)

    return Rule("made.rule", "made", "error", run, "-", "-", "-")


def ids(
    monkeypatch: pytest.MonkeyPatch, rules: Iterable[Rule], paper: HandMadePaper, study_id: str = "s"
) -> dict[str, str]:
    """Message → id of what the rules find."""
    monkeypatch.setattr(checks, "RULES", {r.id: r for r in rules})
    found = run_checks(paper.frame().assign(study_id=study_id), {study_id: paper.sentences})
    return dict(zip(found["message"], found["finding_id"], strict=True))


@pytest.fixture
def paper() -> HandMadePaper:
    return HandMadePaper().row(f"{HEAD}Female", n="12", pct="37.5", total="32")


def test_two_findings_on_one_number_have_two_ids_in_any_order(
    monkeypatch: pytest.MonkeyPatch, paper: HandMadePaper
) -> None:
    first = ids(monkeypatch, [made_rule("More than 5.", "Less than 9.", "Less than 10.")], paper)
    second = ids(monkeypatch, [made_rule("Less than 10.", "More than 5.", "Less than 9.")], paper)
    assert first == second
    assert len(set(first.values())) == 3


def test_the_same_said_twice_is_one_finding(monkeypatch: pytest.MonkeyPatch, paper: HandMadePaper) -> None:
    assert len(ids(monkeypatch, [made_rule("More.", "More.")], paper)) == 1


def test_an_id_stays_when_values_or_words_of_the_message_change(
    monkeypatch: pytest.MonkeyPatch, paper: HandMadePaper
) -> None:
    first = ids(monkeypatch, [made_rule("More than 5.")], paper)
    second = ids(monkeypatch, [made_rule("It is above 6.")], paper)
    assert list(first.values()) == list(second.values())


def test_of_two_findings_on_one_number_each_keeps_its_id_when_a_value_changes(
    monkeypatch: pytest.MonkeyPatch, paper: HandMadePaper
) -> None:
    first = ids(monkeypatch, [made_rule("More than 5.", "Less than 9.")], paper)
    second = ids(monkeypatch, [made_rule("Less than 7.", "More than 4.")], paper)
    assert first["More than 5."] == second["More than 4."]


def test_words_of_two_papers_have_two_ids(monkeypatch: pytest.MonkeyPatch) -> None:
    words = HandMadePaper(sentences=[sentence_of("Haemoglobin was low.")]).row("Age", median="61")
    rules = [made_rule("A unit?", words="Haemoglobin")]
    assert ids(monkeypatch, rules, words, "a2001") != ids(monkeypatch, rules, words, "b2002")


def test_a_row_put_in_elsewhere_and_another_page_move_no_id() -> None:
    head, rows = [["", "All (n = 32)"]], [("Sex, n (%) > Female", ["12 (39.5)"]), ("Sex, n (%) > Male", ["20 (62.5)"])]
    before = run_checks(observe_tables(draw_table(head, rows)).observations)
    more = [("Smokers, n (%)", ["8 (25.0)"]), *rows, ("Drinkers, n (%)", ["4 (12.5)"])]
    longer = observe_tables(draw_table(head, more)).observations.assign(page=7)
    after = run_checks(longer)
    kept = before[before["rule"] == "percent.of_n"]
    assert len(kept) == 2
    assert set(kept["finding_id"]) <= set(after["finding_id"])


def test_a_finding_tells_where_its_further_words_stand(monkeypatch: pytest.MonkeyPatch, paper: HandMadePaper) -> None:
    told = sentence_of("Twelve of 32 were women, as said.")
    start = told.text.index("women")
    nowhere = replace(told, spans=())

    def run(study: Study) -> Iterator[Outcome]:
        quotes = tuple(Quote(s, start, start + 5) for s in (told, told, nowhere))
        yield Outcome("impossible", (), "Words.", "", "", "", quotes=quotes)
        yield Outcome("impossible", study.observations[:1], "Number.", "", "", "", quotes=quotes[:1])

    monkeypatch.setattr(checks, "RULES", {"made.rule": replace(made_rule(), function=run)})
    found = run_checks(paper.frame().assign(study_id="s"), {"s": [told]})
    page, box = told.boxes(start, start + 5)
    place = ":".join((str(page), *(f"{edge:.2f}" for edge in box.as_tuple())))
    assert found["places"].tolist() == [place, place]


def test_a_sentence_printed_on_two_pages_gives_two_findings(monkeypatch: pytest.MonkeyPatch) -> None:
    def run(study: Study) -> Iterator[Outcome]:
        for sentence in study.text:
            yield Outcome("consistent", (), "It is low.", "", "", "", quotes=(Quote(sentence, 0, 4),))

    monkeypatch.setattr(checks, "RULES", {"made.rule": Rule("made.rule", "made", "note", run, "-", "-", "-")})
    once = sentence_of("Haemoglobin was low.")
    again = replace(once, page=2, spans=tuple((a, b, 2, box) for a, b, _, box in once.spans))
    paper = HandMadePaper(sentences=[once, again]).row("Age", median="61")
    found = run_checks(paper.frame().assign(study_id="s"), {"s": paper.sentences})
    assert found["page"].tolist() == [1, 2]
    assert found["finding_id"].is_unique
