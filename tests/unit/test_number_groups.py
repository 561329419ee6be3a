"""Numbers of a sentence that tell one thing together, and the words around them."""

import pytest

from auditable.asides import blank_asides, find_asides
from auditable.mentions import name_statistics
from auditable.number_groups import Group, find_groups, past_unit
from auditable.quantities import find_quantities


def groups(text: str) -> list[Group]:
    blanked = blank_asides(text, find_asides(text))
    return find_groups(blanked, name_statistics(blanked, find_quantities(blanked, text)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Median survival was 10.7 months (95% CI 8–19) in women; it was 9 months (95% CI 7–12) in men.",
            [
                ("Median survival was ", "10.7 months (95% CI 8–19)", " in women"),
                (" in women; it was ", "9 months (95% CI 7–12)", " in men."),
            ],
        ),
        (
            "Response was seen in 12 patients (30%), of whom 4 relapsed.",
            [("Response was seen in ", "12 patients (30%)", ""), (", of whom ", "4", " relapsed.")],
        ),
        (
            "Headache (12 patients [30%]) and nausea (8 [20%]) were common, whereas fever was rare.",
            [("Headache (", "12 patients [30%", "]"), ("]) and nausea (", "8 [20%", "]")],
        ),
        (
            "The mean age was 61.2 (9.4) years in A and lower in B.",
            [("The mean age was ", "61.2 (9.4) years", " in A ")],
        ),
        (
            "Death occurred in 34 (24%) cases and 12 (8%) controls.",
            [("Death occurred in ", "34 (24%) cases", " "), (" and ", "12 (8%) controls", ".")],
        ),
        (
            "The hazard ratio was 0.62 (95% CI 0.45 to 0.86; P = 0.003; see Fig 2), which held.",
            [("The hazard ratio was ", "0.62 (95% CI 0.45 to 0.86; P = 0.003; see Fig 2)", ", which held.")],
        ),
        (
            "Responses were 31%, which is more, and 20% with placebo versus 10% without.",
            [
                ("Responses were ", "31%", ", which is more"),
                (", which is more, and ", "20%", " with placebo "),
                (" with placebo versus ", "10%", " without."),
            ],
        ),
        (
            "Pain was reported by 5 patients in A, 7 in B: 3 were severe.",
            [
                ("Pain was reported by ", "5", " patients in A"),
                (" patients in A, ", "7", " in B"),
                (" in B: ", "3", " were severe."),
            ],
        ),
        ("It was lower (by 5 mg in all) in men.", [("It was lower (by ", "5", " mg in all")]),
        ("It was lower [by 5 mg in all] in men.", [("It was lower [by ", "5", " mg in all")]),
        (
            "(Of all) it was lower (in men) by 5 mg (at most) here.",
            [
                ("(Of all) it was lower (in men) by ", "5", " mg (at most) here."),
            ],
        ),
        ("a) 5 men, b) 7 men.", [("a) ", "5", " men"), (" men, b) ", "7", " men.")]),
        ("12% fell ill.", [("", "12%", " fell ill.")]),
        ("(12%) fell ill.", [("(", "12%", "")]),
        (
            "Patients aged ≥ 65 years had a response of 40%.",
            [
                ("Patients aged ≥ 65 years had a response of ", "40%", "."),
            ],
        ),
        (
            "Of the 40 patients, 12 responded.",
            [("Of the ", "40", " patients"), ("Of the 40 patients, ", "12", " responded.")],
        ),
    ],
)
def test_words_around_a_group_of_numbers(text: str, expected: list[tuple[str, str, str]]) -> None:
    found = [(text[g.before : g.start], text[g.start : g.end], text[g.end : g.behind]) for g in groups(text)]
    assert found == expected


@pytest.mark.parametrize(
    ("text", "opened"),
    [
        ("Headache (12 patients) was rare.", 9),
        ("(Headache) in 12 patients.", -1),
        ("(12 patients) had it.", 0),
        ("It fell (in [all] of 12 patients).", 8),
        ("It fell ([in 12 patients] or so).", 9),
        ("It fell in 12 (30%) patients.", -1),
    ],
)
def test_where_the_bracket_around_a_group_opens(text: str, opened: int) -> None:
    assert [g.opened for g in groups(text)] == [opened]


@pytest.mark.parametrize(
    ("text", "is_set"),
    [
        ("In 12 patients with anaemia, response was 30%.", [True, False]),
        ("Of the 40 patients, 12 responded (30%).", [True, False]),
        ("Among 40 patients with pain, 12 slept.", [True, False]),
        ("Among 40 patients with pain 12 pills a day helped.", [False, False]),
        ("Among 40 patients; response was 12%.", [False, False]),
        ("Among 40 sites, response was 12%.", [False, False]),
        ("The rate was 18% among 8,214 patients.", [False, True]),
        ("The rate was 18% and fell among 8,214 patients.", [False, False]),
        ("The count was 18 among 8,214 patients.", [False, False]),
        ("Fever was seen in 12 patients.", [False]),
        ("In 12 (30%) patients, response was seen in all.", [False]),
        ("Overall 12 patients responded and 3 died.", [False, False]),
    ],
)
def test_people_a_sentence_is_about_are_no_result(text: str, is_set: list[bool]) -> None:
    assert [g.is_set for g in groups(text)] == is_set


@pytest.mark.parametrize(
    ("text", "is_people"),
    [("12 patients died.", True), ("12 children died.", True), ("12 relapses were seen.", False), ("12% died.", False)],
)
def test_a_group_counts_people_by_its_noun(text: str, is_people: bool) -> None:
    assert [g.is_people for g in groups(text)] == [is_people]


@pytest.mark.parametrize(
    ("text", "end", "expected"),
    [
        ("61.2 (9.4) years in A", 10, 16),
        ("61.2 [9.4] years in A", 10, 16),
        ("61.2 (9.4)   years", 10, 18),
        ("61.2 (9.4) in years", 10, 10),
        ("61.2 years", 4, 4),
    ],
)
def test_a_unit_behind_brackets_belongs_to_the_number_before_them(text: str, end: int, expected: int) -> None:
    quantity = find_quantities("61.2 years", "61.2 years")[0]
    assert past_unit(text, end, quantity) == expected
    plain = find_quantities("61.2", "61.2")[0]
    assert past_unit(text, end, plain) == end
