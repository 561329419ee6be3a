"""Agreement of text and tables, and of text with itself: what must be told, and the traps that must stay silent."""

from fractions import Fraction

import pytest
from hand_made import HandMadePaper

from auditable.checks.matching import is_slip
from auditable.rounding import Printed

RULES = (
    "agreement.arm_size",
    "agreement.size",
    "agreement.tables",
    "agreement.text_table",
    "agreement.text_text",
    "agreement.total",
    "agreement.words",
)
Numbers = tuple[tuple[str, str], ...]


def accused(paper: HandMadePaper) -> list[str]:
    found = paper.findings()
    hot = found[found["rule"].isin(RULES) & found["verdict"].isin(["impossible", "rounding"])]
    return hot["printed"].tolist()


@pytest.mark.parametrize(
    ("sentence", "subject", "numbers", "expected"),
    [
        ("Nausea occurred in 12 patients (30.0%).", "Nausea", (("n", "12"), ("pct", "30.0")), []),
        ("Nausea occurred in 12 patients (30%).", "Nausea", (("n", "12"), ("pct", "30")), []),
        ("Nausea occurred in 13 patients (30.0%).", "Nausea", (("n", "13"), ("pct", "30.0")), ["13"]),
        ("Nausea occurred in 12 patients (33.0%).", "Nausea", (("n", "12"), ("pct", "33.0")), ["33.0"]),
        ("Nausea was reported by 31.0%.", "Nausea", (("pct", "31.0"),), ["31.0"]),
        # none of these speaks of the row alone
        ("Nausea was reported by 62.5% at night.", "Nausea", (("pct", "62.5"),), []),
        ("Among women, nausea occurred in 5 (25.0%).", "Nausea", (("n", "5"), ("pct", "25.0")), []),
        ("Nausea occurred in 13 patients (29.0%) [7].", "Nausea", (("n", "13"), ("pct", "30.0")), []),
        ("Severe nausea occurred in 4.", "severe nausea", (("n", "4"),), []),
        # what some were left out of is in no table
        ("Of 13 with nausea, one was excluded.", "nausea", (("n", "13"),), []),
    ],
)
def test_text_against_a_row(
    paper: HandMadePaper, sentence: str, subject: str, numbers: Numbers, expected: list[str]
) -> None:
    paper.row("Nausea", n="12", pct="30.0", total="40")
    cited = tuple((s, t) for s, t in numbers if t in sentence)
    paper.say(sentence, *cited, subject=subject)
    assert accused(paper) == expected


def test_a_stretch_of_categories_counts_nobody(paper: HandMadePaper) -> None:
    paper.row("ECOG performance status > 0", n="23", variable="ecog", category="0")
    paper.read("Patients had an ECOG performance status of 0 to 2.", section="Methods")
    assert accused(paper) == []


def test_limits_belong_to_the_value_right_before_them(paper: HandMadePaper) -> None:
    """−3.8 is the change of the arm; the limits are those of the difference."""
    paper.read("The mean change in migraine days was −3.8 days (difference −1.7 (−2.2 to −1.2)).", section="Abstract")
    paper.read("For migraine days the mean difference was −1.7 (−2.2 to −1.2) days.")
    assert accused(paper) == []


@pytest.mark.parametrize(
    ("arm", "said", "expected"),
    [("", "46.0", []), ("Placebo", "46.0", ["46.0"]), ("Placebo", "45.0", []), ("Drug", "60.0", [])],
)
def test_an_arm_must_be_named_before_its_number_is_accused(
    paper: HandMadePaper, arm: str, said: str, expected: list[str]
) -> None:
    paper.row("Relief of pain", column="Drug", arm="Drug", pct="60.0")
    paper.row("Relief of pain", column="Placebo", arm="Placebo", pct="45.0")
    paper.say(f"Relief of pain was reached by {said}%.", ("pct", said), subject="Relief of pain")
    paper.rows[-1]["arm"] = arm
    assert accused(paper) == expected


@pytest.mark.parametrize(
    ("second", "field", "value", "expected"),
    [
        ("Low albumin: HR 2.41 (95% CI 1.30–4.64).", "", "", ["4.64"]),
        ("Low albumin in the updated analysis: HR 2.41 (95% CI 1.30–4.64).", "", "", []),
        ("Low albumin: HR 2.41 (95% CI 1.30–4.64).", "subgroup", "women", []),
        ("Low albumin: HR 2.41 (95% CI 1.30–4.64).", "timepoint", "24 months", []),
        ("Low albumin: HR 2.41 (95% CI 1.30–4.64).", "population", "per protocol", []),
        ("Low albumin: HR 2.41 (95% CI 1.30–4.64).", "speaks_of", "another study", []),
    ],
)
def test_an_estimate_that_the_text_gives_twice(
    paper: HandMadePaper, second: str, field: str, value: str, expected: list[str]
) -> None:
    numbers = (("hr", "2.41"), ("ci_low", "1.30"))
    paper.say("Low albumin: HR 2.41 (95% CI 1.30–4.46).", *numbers, ("ci_high", "4.46"), subject="Low albumin")
    paper.say(second, *numbers, ("ci_high", "4.64"), subject="Low albumin")
    if field:
        for row in paper.rows[-3:]:
            row[field] = value
    assert accused(paper) == expected


@pytest.mark.parametrize(
    ("second", "number", "expected"),
    [
        ("We enrolled 60 patients.", "60", []),
        ("We enrolled 61 patients.", "61", ["61"]),
        ("Of these, we enrolled 20 patients.", "20", []),
        ("We treated 59 patients.", "59", []),
    ],
)
def test_the_size_of_a_study(paper: HandMadePaper, second: str, number: str, expected: list[str]) -> None:
    paper.say("We enrolled 60 adult patients.", ("n", "60"), subject="patients")
    paper.say(second, ("n", number), subject="patients")
    assert accused(paper) == expected


def test_tables_of_two_outcomes_with_the_same_rows_are_not_compared(paper: HandMadePaper) -> None:
    for label, first, second in (("Women", "3.4", "3.9"), ("Men", "2.8", "2.2"), ("Smokers", "1.7", "1.9")):
        paper.row(label, table="T1", n="35", mean=first)
        paper.row(label, table="T2", n="35", mean=second)
    assert accused(paper) == []


@pytest.mark.parametrize(
    ("stands", "said", "expected"),
    [
        # 39.5 was rounded itself: 39.46 prints as 39, 39.54 as 40
        ("39.5", "39", []),
        ("39.5", "40", []),
        ("39.6", "39", ["39"]),
        ("37.8", "48", ["48"]),
        ("37.8", "38", []),
    ],
)
def test_a_coarser_print(paper: HandMadePaper, stands: str, said: str, expected: list[str]) -> None:
    paper.row("Relief of pain", pct=stands, total="200")
    paper.say(f"Relief of pain was reached by {said}%.", ("pct", said), subject="Relief of pain")
    assert accused(paper) == expected


@pytest.mark.parametrize(("said", "expected"), [("<0.001", []), ("0.001", ["0.001"]), ("0.0004", [])])
def test_a_bound_that_is_lost(paper: HandMadePaper, said: str, expected: list[str]) -> None:
    paper.row("Low albumin", hr="2.41", ci_low="1.30", ci_high="4.46")
    paper.row("Low albumin", column="p", p="<0.001")
    numbers = (("hr", "2.41"), ("ci_low", "1.30"), ("ci_high", "4.46"), ("p", said))
    sign = "" if said.startswith("<") else "= "
    quote = f"Low albumin: HR 2.41 (95% CI 1.30–4.46), p {sign}{said}."
    paper.say(quote.replace("<", ""), *((s, t.lstrip("<")) for s, t in numbers), subject="Low albumin")
    paper.rows[-1]["comparator"] = "<" if said.startswith("<") else ""
    assert accused(paper) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("About a third of the patients had nausea.", []),
        ("Nearly half of the patients had nausea.", ["Nearly half"]),
        ("Less than half of the patients had nausea.", []),
        ("More than half of all patients experienced nausea.", ["More than half"]),
        ("Most patients had nausea.", ["Most"]),
        # other patients, other grades, other studies, another quantity
        ("Half of the women had nausea.", []),
        ("Half of the patients had severe nausea.", []),
        ("In an earlier trial half of the patients had nausea.", []),
        ("Half of the patients with nausea vomited.", []),
        ("Nausea was the most common event.", []),
    ],
)
def test_shares_in_words(paper: HandMadePaper, sentence: str, expected: list[str]) -> None:
    paper.row("Nausea", n="12", pct="30.0", total="40")
    paper.read(sentence, section="Discussion")
    assert [t for t in accused(paper) if t in sentence] == expected


@pytest.mark.parametrize(
    ("out_of", "other", "expected"),
    [
        ("40", "", []),
        ("42", "", ["42"]),
        # the paper says elsewhere that 38 could be assessed
        ("38", "Of the patients, 38 could be assessed.", []),
    ],
)
def test_the_n_that_a_count_is_out_of(paper: HandMadePaper, out_of: str, other: str, expected: list[str]) -> None:
    paper.row("Nausea", n="12", pct="30.0", total="40")
    quote = f"Nausea occurred in 12 of {out_of} patients (30.0%)."
    paper.say(quote, ("n", "12"), ("pct", "30.0"), subject="Nausea", n12=out_of)
    if other:
        paper.read(other)
    assert accused(paper) == expected


@pytest.mark.parametrize(
    ("sentence", "said", "more", "expected"),
    [
        ("50 were assigned to Oral and 46 to Nasal.", "46", "", 0),
        ("50 were assigned to Oral and 47 to Nasal.", "47", "", 1),
        # the paper tells where the difference went, or what the other number is
        ("50 were assigned to Oral and 47 to Nasal.", "47", "One patient was excluded.", 0),
        ("50 were assigned to Oral and 48 to Nasal.", "48", "Follow-up was complete in 48.", 0),
        # another question
        ("50 responded to Oral and 47 to Nasal.", "47", "", 0),
    ],
)
def test_the_sizes_of_arms(paper: HandMadePaper, sentence: str, said: str, more: str, expected: int) -> None:
    paper.row("Dizziness", column="Oral", arm="Oral", n="10", pct="20.0", total="50")
    paper.row("Dizziness", column="Nasal", arm="Nasal", n="8", pct="17.4", total="46")
    paper.say(sentence, ("n", "50"), ("n", said), subject="patients")
    paper.rows[-2]["arm"], paper.rows[-1]["arm"] = "Oral", "Nasal"
    if more:
        paper.read(more)
    found = paper.findings("agreement.arm_size")
    assert (found["severity"] != "note").sum() == expected


@pytest.mark.parametrize(("said", "verdicts"), [("46", ["consistent"]), ("48", ["impossible"])])
def test_arms_and_their_sum_in_one_sentence(paper: HandMadePaper, said: str, verdicts: list[str]) -> None:
    paper.row("Dizziness", column="Oral", arm="Oral", n="10", pct="20.0", total="50")
    paper.row("Dizziness", column="Nasal", arm="Nasal", n="8", pct="17.4", total="46")
    quote = f"Of 96 patients, 50 received Oral and {said} received Nasal."
    paper.say(quote, ("n", "96"), ("n", "50"), ("n", said), subject="patients")
    paper.rows[-2]["arm"], paper.rows[-1]["arm"] = "Oral", "Nasal"
    paper.read("Follow-up was complete in 48 patients.")
    assert paper.verdicts("agreement.arm_size") == verdicts


@pytest.mark.parametrize(
    ("sentence", "accused_"),
    [
        ("Median age with Oral was 61 years (range 24–88).", ["61"]),
        ("Median age was 61 years (range 24–88).", []),  # it may be of the other arm
    ],
)
def test_another_arm_does_not_answer_for_the_one_named(
    paper: HandMadePaper, sentence: str, accused_: list[str]
) -> None:
    for arm, median in (("Oral", "51"), ("Nasal", "61")):
        paper.row("Age, median (range)", column=arm, arm=arm, median=median, min="24", max="88", variable="age")
    paper.say(sentence, ("median", "61"), ("min", "24"), ("max", "88"), subject="Median age")
    for row in paper.rows[-3:]:
        row["variable"], row["arm"] = "age", "Oral" if "Oral" in sentence else ""
    assert accused(paper) == accused_


@pytest.mark.parametrize(
    "sentence",
    [
        "12% had an ECOG performance status of 2.",
        "Of our cohort, 4 of 33 patients had an ECOG performance status of 2.",
    ],
)
def test_the_name_of_a_category_counts_nobody(paper: HandMadePaper, sentence: str) -> None:
    for stub, n, pct in (("0", "12", "36"), ("1", "17", "52"), ("2", "4", "12")):
        paper.row(f"ECOG performance status > {stub}", n=n, pct=pct, total="33", variable="ecog", category=stub)
    paper.read(sentence)
    assert accused(paper) == []


def test_a_row_named_in_general_words_is_not_another_variable(paper: HandMadePaper) -> None:
    paper.row("OS > No. of events (%)", variable="os", events="31", pct="52.5", total="59")
    paper.read("A quarter of the patients had thrombocytopenia as an adverse event, about 25%.")
    assert accused(paper) == []


@pytest.mark.parametrize(("a", "b", "expected"), [("33", "933", True), ("~33", "933", False), ("933", "~33", False)])
def test_an_approximate_number_is_no_slip_of_the_pen(a: str, b: str, expected: bool) -> None:
    numbers = [Printed(Fraction(x.lstrip("~")), 0, "~" if x.startswith("~") else "") for x in (a, b)]
    assert is_slip(*numbers, fewest=1) == expected
