import pytest

from auditable.model import Box, Reading, Sentence
from auditable.prose import find_mentions
from auditable.subjects import JOINT
from schemas.frames import Observations, Rejected

WORD_WIDTH_PT = 10.0


def sentence(text: str, source: str = "prose", section: str = "Results", page: int = 1) -> Sentence:
    """A sentence whose words stand side by side, each 10 points wide."""
    spans, start = [], 0
    for i, word in enumerate(text.split(" ")):
        spans.append((start, start + len(word), page, Box(i * WORD_WIDTH_PT, 5.0, (i + 1) * WORD_WIDTH_PT, 15.0)))
        start += len(word) + 1
    return Sentence(text, section, source, page, tuple(spans))


def reading(*sentences: Sentence) -> Reading:
    return Reading("smith2020", (), (), sentences)


def no_variable(label: str) -> str:
    return ""


def test_an_observation_points_at_its_ink_and_its_words() -> None:
    text = "Median survival was 10.7 months (95% CI 8–19)."
    observations, rejected = find_mentions(reading(sentence(text, page=3)), no_variable)
    assert list(observations["statistic"]) == ["median", "ci_level", "ci_low", "ci_high"]
    assert list(observations["unit"]) == ["months", "%", "months", "months"]
    median = observations.iloc[0]
    assert (median["page"], median["x0_pt"], median["x1_pt"]) == (3, 30.0, 40.0)
    assert [
        q[s:e] for q, s, e in zip(observations["quote"], observations["start"], observations["end"], strict=True)
    ] == [
        "10.7",
        "95%",
        "8",
        "19",
    ]
    assert set(observations["subject"]) == {"Median survival"}
    assert set(observations["statistic_from"]) == {"sentence"}
    assert rejected.empty


def test_the_subject_is_what_stands_around_the_number() -> None:
    text = "Fever affected 28 patients (87.5%), and grade 3 events 16 (50.0%)."
    observations, _ = find_mentions(reading(sentence(text)), no_variable)
    assert list(observations["subject"]) == [f"Fever{JOINT}patients"] * 2 + ["grade 3 events"] * 2


def test_words_in_a_bracket_speak_of_the_numbers_in_it() -> None:
    """The women are the 40, not the 21."""
    text = "Of 45 participants (40 [88.9%] women), 21 were assigned to placebo."
    observations, _ = find_mentions(reading(sentence(text)), no_variable)
    assert "women" not in observations["subject"].tolist()[-1]


def test_a_cut_off_in_the_clause_belongs_to_the_subject() -> None:
    observations, _ = find_mentions(reading(sentence("Response was 58.3% with a gap of ≥6 months.")), no_variable)
    response = observations[observations["statistic"] == "pct"].iloc[0]
    assert response["subject"].split(JOINT)[-1] == "≥6 months"


def test_a_time_point_belongs_to_its_own_estimate_only() -> None:
    text = "Survival had a median of 5.8 months and a 12-month probability of 30.6%."
    observations, rejected = find_mentions(reading(sentence(text)), no_variable)
    assert list(observations["timepoint"]) == ["", "12 months"]
    assert list(rejected["reason"]) == ["time point"]


def test_the_codebook_names_the_variable_by_the_parts_of_the_subject() -> None:
    def lookup(label: str) -> str:
        return "survival" if "survival" in label else ""

    observations, _ = find_mentions(reading(sentence("Median survival was 9 months in 12 mice.")), lookup)
    assert observations["variable"].iloc[0] == "survival"


def test_a_number_before_a_citation_is_marked_as_cited() -> None:
    observations, rejected = find_mentions(reading(sentence("Others saw 40% [12].")), no_variable)
    assert list(observations["speaks_of"]) == ["another study"]
    assert list(rejected["reason"]) == ["citation"]


@pytest.mark.parametrize(
    ("second", "speaks_of"),
    [
        ("Both treatment groups lost weight (1.0 kg).", "another study"),
        ("The control group lost 1.0 kg in our study.", "this study"),
        ("Weight fell by 1.0 kg in women.", "this study"),
    ],
)
def test_a_sentence_that_points_back_speaks_of_the_study_told_before(second: str, speaks_of: str) -> None:
    first = "Okoro et al. randomized students to control and two treatments [46]."
    found, _ = find_mentions(
        reading(sentence(first, section="Discussion"), sentence(second, section="Discussion")), no_variable
    )
    last = found[found["value"] == "1.0"].iloc[0]
    assert (last["speaks_of"], last["reference"]) == (speaks_of, "[46]" if speaks_of == "another study" else "")


def test_identifiers_do_not_depend_on_the_page_and_repeats_differ() -> None:
    first, _ = find_mentions(reading(sentence("It was 40%.", page=1)), no_variable)
    moved, _ = find_mentions(reading(sentence("It was 40%.", page=9)), no_variable)
    both, _ = find_mentions(reading(sentence("It was 40%."), sentence("It was 40%.")), no_variable)
    assert list(first["observation_id"]) == list(moved["observation_id"])
    assert both["observation_id"].is_unique
    assert both["observation_id"].iloc[0] == first["observation_id"].iloc[0]


def test_the_list_of_references_holds_no_results() -> None:
    observations, rejected = find_mentions(
        reading(sentence("Smith J. Response in 40% of 12 patients.", section="Back matter > References")), no_variable
    )
    assert observations.empty
    assert list(rejected["reason"]) == ["list of references"]


def test_a_paper_without_numbers_gives_two_empty_frames_of_the_models() -> None:
    observations, rejected = find_mentions(reading(sentence("Nothing was seen.")), no_variable)
    assert observations.empty and rejected.empty
    assert list(observations.columns) == list(Observations.to_schema().columns)
    assert list(rejected.columns) == list(Rejected.to_schema().columns)


def test_captions_and_notes_keep_their_source() -> None:
    observations, _ = find_mentions(
        reading(sentence("Baseline data of 40 patients.", source="caption"), sentence("12 were lost.", source="note")),
        no_variable,
    )
    assert list(observations["source"]) == ["caption", "note"]


@pytest.mark.parametrize(("article", "speaks_of"), [("the", "this study"), ("a", "another study")])
def test_the_registry_that_patients_are_taken_from_is_no_other_study(article: str, speaks_of: str) -> None:
    text = f"Of patients in {article} registry with complete data, 45% died."
    found, _ = find_mentions(reading(sentence(text, section="Results")), no_variable)
    assert list(found["speaks_of"]) == [speaks_of]
