"""Traps and true accusations of the rules on sums, responses, summaries beside categories and adverse events."""

import pytest
from hand_made import HandMadePaper

AES = "adverse events"


def rows(paper: HandMadePaper, group: str, labels: dict[str, str], variable: str = "", total: str = "51") -> None:
    for label, n in labels.items():
        paper.row(f"{group} > {label}", n=n, total=total, variable=variable, category=label)


@pytest.mark.parametrize(
    ("labels", "summary", "accused"),
    [
        ({"<70": "31", "≥70": "20"}, {"median": "67", "min": "48", "max": "81"}, 0),
        ({"<70": "31", "≥70": "20"}, {"median": "72", "min": "48", "max": "81"}, 1),
        ({"<70": "31", "≥70": "20"}, {"median": "70"}, 0),  # 69.6 prints as 70
        ({"<70": "26", "≥70": "25"}, {"median": "69"}, 0),
        ({"<70": "25", "≥70": "26"}, {"median": "69"}, 1),
        ({"<70": "25", "≥70": "25"}, {"median": "72"}, 0),  # the middle two lie on both sides
        ({"<70": "25", "≥70": "25"}, {"median": "66"}, 0),
        ({"≤65": "30", ">65": "20"}, {"median": "65"}, 0),
        ({"≤65": "20", ">65": "30"}, {"median": "65.0"}, 0),
        ({"<65": "8", "65–74": "14", "≥75": "10"}, {"median": "74"}, 0),
        ({"<65": "8", "65–74": "4", "≥75": "20"}, {"median": "74"}, 1),
        ({"<65": "8", "65–74": "4", "≥75": "20"}, {"median": "75"}, 0),
        ({"<65": "8", "65–74": "14", "≥75": "10"}, {"median": "70", "min": "66", "max": "74"}, 2),
        ({"<65": "0", "65–74": "14", "≥75": "10"}, {"min": "60", "max": "84"}, 1),
        ({"<70": "31", "≥70": "20"}, {"median": "67", "q1": "71", "q3": "80"}, 1),
        ({"<70": "13", "≥70": "38"}, {"q1": "71"}, 0),  # definitions of a quartile differ
        ({"2": "19", "3": "17", "≥4": "15"}, {"median": "3"}, 0),
        ({"2": "19", "3": "17", "≥4": "15"}, {"median": "4"}, 0),  # 3.5 prints as 4
        ({"2": "19", "3": "17", "≥4": "15"}, {"median": "5"}, 1),
        ({"2": "19", "3": "17", "Unknown": "15"}, {"median": "4"}, 0),  # neither end is open
    ],
)
def test_summaries_beside_categories(
    paper: HandMadePaper, labels: dict[str, str], summary: dict[str, str], accused: int
) -> None:
    paper.row("Age", variable="age", **summary)
    rows(paper, "Age", labels, "age")
    found = paper.verdicts("summary.vs_categories")
    assert found.count("impossible") == accused, found


def test_another_arm_or_unit_is_not_compared(paper: HandMadePaper) -> None:
    rows(paper, "Interval", {"<12 weeks": "31", "≥12 weeks": "20"}, "interval_between_therapies")
    paper.row("Interval, months", table="T2", median="20", unit="months", variable="interval_between_therapies")
    paper.row("Interval", table="T2", column="B", arm="B", median="20", variable="interval_between_therapies")
    assert paper.verdicts("summary.vs_categories") == []


@pytest.mark.parametrize(
    ("statistics", "accused"),
    [
        ({"mean": "62", "sd": "10", "min": "50", "max": "80"}, 0),
        ({"mean": "62", "sd": "31", "min": "50", "max": "80"}, 1),
        ({"mean": "52", "sd": "12", "min": "50", "max": "80"}, 1),  # so near its end a mean leaves less room
        ({"mean": "62", "median": "50", "sd": "10"}, 1),
        ({"mean": "62", "median": "53", "sd": "10"}, 0),
        ({"mean": "62", "sd": "90"}, 0),
    ],
)
def test_deviations(paper: HandMadePaper, statistics: dict[str, str], accused: int) -> None:
    paper.row("Weight", total="40", **statistics)
    assert len(paper.accused("summary.order")) == accused


def test_rows_of_other_variables_are_not_joined(paper: HandMadePaper) -> None:
    paper.row("Exercise > Minutes walked, mean (SD)", mean="12.2", sd="7.5").row("Exercise > Sessions", median="4")
    assert paper.accused("summary.order") == []


def test_a_number_of_another_group_is_no_median(paper: HandMadePaper) -> None:
    quote = "The median was lower in centre 1 than in centre 2 (34 [11–72]% against 40 [15–80]%)."
    numbers = (("median", "1"), ("n", "2"), ("pct", "34"), ("min", "11"), ("max", "72"))
    assert paper.say(quote, *numbers).accused("summary.order") == []


def test_the_range_holds_the_quartiles_of_another_place(paper: HandMadePaper) -> None:
    paper.row("Interval (IQR)", variable="follow_up", median="10", q1="5", q3="20", unit="months")
    paper.row("Interval (range)", table="T2", variable="follow_up", median="10", min="7", max="41", unit="months")
    paper.row("Interval (range)", table="T3", variable="follow_up", median="14", min="9", max="41", unit="months")
    assert len(paper.accused("summary.order")) == 1


@pytest.mark.parametrize(
    ("n", "median", "verdict"), [("18", "3.5", "consistent"), ("17", "3.5", "impossible"), ("17", "3.0", "consistent")]
)
def test_an_odd_number_has_a_whole_median(paper: HandMadePaper, n: str, median: str, verdict: str) -> None:
    paper.row("Number of lines > n", n=n).row("Number of lines > Median (range)", median=median, min="2", max="11")
    assert paper.verdicts("summary.parity") == [verdict]


def test_a_column_head_proves_no_number_of_values(paper: HandMadePaper) -> None:
    paper.row("Number of lines", median="3.5", min="2", max="11", total="17")
    paper.row("Number of visits", mean="3.45", sd="2.49", total="18")
    assert paper.verdicts("summary.parity") == ["consistent"]
    assert paper.verdicts("summary.grim") == []


@pytest.mark.parametrize(
    ("sentence", "verdicts"),
    [
        ("Of 51 patients, 29 (56.9%) responded: 3 had a stringent complete response (sCR), 4 a complete response (CR), "
         "7 a very good partial response (VGPR) and 15 a partial response (PR).", ["consistent"]),
        ("Of 51 patients, 29 (56.9%) responded: 3 had a stringent complete response (sCR), 4 a complete response (CR), "
         "7 a very good partial response (VGPR) and 14 a partial response (PR).", ["impossible"]),
        ("The overall response rate was 56.9%, with a stringent complete response in 3 patients.", []),
        ("An objective response was seen in 12 patients: 2 had a complete response and 10 a partial response.",
         ["consistent"]),
        ("An objective response was seen in 13 patients: 2 had a complete response and 10 a partial response.",
         ["impossible"]),
    ],
)  # fmt: skip
def test_responses_of_a_sentence(paper: HandMadePaper, sentence: str, verdicts: list[str]) -> None:
    assert paper.read(sentence).verdicts("response.sum") == verdicts


@pytest.mark.parametrize(
    ("labels", "verdict"),
    [
        ({"DCR": "70", "CR": "10", "PR": "30", "SD": "30"}, "consistent"),
        ({"DCR": "60", "CR": "10", "PR": "30", "SD": "30"}, "not testable"),  # SD may count from 8 weeks on
        ({"DCR": "80", "CR": "10", "PR": "30", "SD": "30"}, "impossible"),
        ({"CR/CRi": "40", "CR": "30", "CRi": "10"}, "consistent"),
        ({"CR/CRi": "45", "CR": "30", "CRi": "10"}, "impossible"),
        ({"ORR": "45", "CR": "10", "PR": "30", "PR with lymphocytosis": "5"}, "not testable"),
    ],
)
def test_other_diseases(paper: HandMadePaper, labels: dict[str, str], verdict: str) -> None:
    for label, pct in labels.items():
        paper.row(label, table_type="outcome", pct=pct)
    assert paper.verdicts("response.sum") == [verdict]


@pytest.mark.parametrize(
    ("vgpr", "pr", "orr", "total", "verdict"),
    [
        ("9", "27", "35", "153", "rounding"),
        ("32", "29", "60", "154", "consistent"),
        ("9", "27", "35", "", "consistent"),
    ],
)
def test_whole_patients_behind_percentages(
    paper: HandMadePaper, vgpr: str, pr: str, orr: str, total: str, verdict: str
) -> None:
    for label, pct in (("ORR", orr), ("≥ VGPR", vgpr), ("PR", pr)):
        paper.row(label, table_type="outcome", pct=pct, total=total)
    assert paper.verdicts("response.sum") == [verdict]


@pytest.mark.parametrize(
    ("sentence", "verdicts"),
    [
        ("Of the 28 events, 19 (67.9%) arose early and nine (32.1%) later.", ["consistent"]),
        ("Of the 28 events, 18 (67.9%) arose early and nine (32.1%) later.", ["impossible"]),
        ("Anaemia was seen in 12 (40.0%) and fatigue in 9 (30.0%).", []),
        ("We enrolled 60 patients (35 men and 25 women).", ["consistent"]),
        ("We enrolled 60 patients (35 men and 24 women).", ["impossible"]),
        ("Of 80 patients screened, 60 patients (35 men and 25 women) were enrolled.", []),
        ("Of 32 patients, 14 received the drug and the remaining 18 received placebo.", ["consistent"]),
        ("Of 32 patients, 14 received the drug and the remaining 16 received placebo.", ["impossible"]),
        ("Women were 56.9% and men 43.1%.", ["consistent"]),
        ("Women were 56.9% and men 34.1%.", ["impossible"]),
    ],
)
def test_lists_of_a_sentence(paper: HandMadePaper, sentence: str, verdicts: list[str]) -> None:
    assert paper.read(sentence).verdicts("categories.sum") == verdicts


@pytest.mark.parametrize(
    ("before", "accused", "said"),
    [
        ("Nobody was lost.", "37", "with 16 in place of 37 they would, of 1119; of all 1140 they are 96.8 and 3.2 %"),
        (
            "Of all, 421 (18.5%) changed and 719 (31.6%) began treatment.",
            "98.6",
            "of all 1140, a group the paper names",
        ),
        ("In all, 1140 patients took the drug.", "98.6", "they would be 96.8 and 3.2 %"),
    ],
)
def test_a_list_whose_counts_stand_elsewhere_has_wrong_percentages(
    paper: HandMadePaper, before: str, accused: str, said: str
) -> None:
    paper.read(before, "Of these, 1103 (98.6%) took one tablet and 37 (1.4%) took two.")
    found = paper.findings("categories.sum")
    wrong = found[found["verdict"] == "impossible"]
    values = paper.frame().set_index("observation_id")["value"]
    assert [values[ids.split()[0]] for ids in wrong["observation_ids"]] == [accused]
    assert said in wrong["message"].iloc[0]


@pytest.mark.parametrize(
    ("text", "verdict"),
    [("16% had had ≥2 prior lines.", "consistent"), ("15% had had ≥2 prior lines.", "rounding"),
     ("51% had had ≥2 prior lines.", "impossible")],
)  # fmt: skip
def test_a_share_beyond_a_cut_off(paper: HandMadePaper, text: str, verdict: str) -> None:
    rows(paper, "Prior lines", {"1": "27", "2": "4", "3": "1"}, "prior_lines", total="32")
    found = paper.read(text).findings("categories.sum")
    assert found[found["table_id"] == ""]["verdict"].tolist() == [verdict]


@pytest.mark.parametrize(
    ("both", "verdicts"),
    [("24", ["consistent"]), ("22", ["impossible"]), ("27", ["impossible"]), ("26", ["consistent"])],
)
def test_both_of_two_rows(paper: HandMadePaper, both: str, verdicts: list[str]) -> None:
    labels = {"IMiD refractory": "29", "PI refractory": "26", "PI and IMiD refractory": both}
    rows(paper, "Refractory status", labels, total="32")
    assert paper.verdicts("categories.nested") == verdicts


def test_rows_of_one_thing_alone_and_of_both(paper: HandMadePaper) -> None:
    rows(paper, "Treatment", {"Surgery": "12", "Radiation": "9", "Surgery and radiation": "30"}, total="51")
    assert paper.verdicts("categories.nested") == []


@pytest.mark.parametrize(
    ("sentence", "verdicts"),
    [
        ("Patients were resistant to ozanib in 83%, a steroid in 66%, both in 61% and the last drug in 98%.",
         ["consistent"]),
        ("Asthma was seen in 60.0%, eczema in 70.0% and both in 64.0%.", ["impossible"]),
        ("Asthma was seen in 24 (60.0%), eczema in 28 (70.0%) and both in 10 (25.0%) of the patients.", ["impossible"]),
        ("Asthma was seen in 20%, eczema in 15% and both in 40%.", []),  # asthma alone, eczema alone, both
        ("Asthma was seen in 60%, eczema in 70% and both in 64% of those with fever.", []),
        ("Relapse was seen in 60%, in the other arm in 70% and both in 80%.", []),
        ("Asthma was seen in 60%, eczema in 70% and both arms had 64%.", []),
    ],
)  # fmt: skip
def test_both_in_a_sentence(paper: HandMadePaper, sentence: str, verdicts: list[str]) -> None:
    assert paper.read(sentence).verdicts("categories.nested") == verdicts


@pytest.mark.parametrize(
    ("counts", "verdicts"),
    [(("18", "13", "6", "3"), ["consistent"]), (("18", "13", "14", "3"), ["impossible"]), (("8", "6", "4", "0"), [])],
)
def test_cycles_hold_each_other(paper: HandMadePaper, counts: tuple[str, ...], verdicts: list[str]) -> None:
    labels = {str(i + 1): n for i, n in enumerate(counts)}
    rows(paper, "Number of cycles", labels, "cycles_received", total="18")
    assert paper.verdicts("categories.nested") == verdicts


def event_table(paper: HandMadePaper, totals: tuple[str, ...], has_percentages: bool = False) -> HandMadePaper:
    columns = ("All", "Serious", "Related", "Late")
    for column, total in zip(columns, totals, strict=True):
        kind = {"All": "", "Serious": "serious", "Related": "related", "Late": "late"}[column]
        share = {"pct": "50.0"} if has_percentages else {}
        paper.row(
            "Any AE", table_type=AES, column=column, n=total, variable="adverse_event", category="any",
            of={"grade": "any", "event_kind": kind}, **share,
        )  # fmt: skip
    for term, counts in (("Anaemia", (4, 2, 3, 1)), ("Fatigue", (3, 1, 2, 1))):
        for column, n in zip(columns, counts, strict=True):
            paper.row(
                f"Class > {term}", table_type=AES, column=column, n=str(n), variable="adverse_event", category=term
            )
    return paper


@pytest.mark.parametrize(
    ("totals", "accused"),
    [
        (("7", "3", "5", "2"), 0),
        (("7", "4", "5", "2"), 1),
        (("9", "4", "6", "3"), 0),  # not all events are listed, anywhere
        (("7", "4", "6", "2"), 2),
        (("9", "3", "5", "2"), 0),  # of all events, some may have come twice
        (("6", "3", "5", "2"), 1),  # fewer events than listed
    ],
)
def test_totals_of_events(paper: HandMadePaper, totals: tuple[str, ...], accused: int) -> None:
    assert len(event_table(paper, totals).accused("ae.total")) == accused


def test_patients_with_an_event_are_never_summed(paper: HandMadePaper) -> None:
    assert event_table(paper, ("7", "4", "5", "2"), has_percentages=True).verdicts("ae.total") == []


@pytest.mark.parametrize(
    ("sentence", "verdicts"),
    [
        ("Adverse events occurred in 28 patients (87.5%), and grade ≥3 adverse events in 16 patients (50.0%).",
         ["consistent", "consistent"]),
        ("Adverse events occurred in 16 patients (50.0%), and grade ≥3 adverse events in 28 patients (87.5%).",
         ["impossible", "impossible"]),
        ("Serious adverse events affected 61.8% against 33.3%, and any adverse events 61.1% against 99.3%.", []),
    ],
)  # fmt: skip
def test_events_of_a_sentence(paper: HandMadePaper, sentence: str, verdicts: list[str]) -> None:
    assert paper.read(sentence).verdicts("ae.logic") == verdicts


def test_a_term_is_at_most_the_row_of_all(paper: HandMadePaper) -> None:
    for path, n, pct, category in (
        ("Any TEAE", "10", "50.0", "any"),
        ("Blood > Anaemia", "12", "60.0", "anaemia"),
        ("Deaths", "14", "70.0", "death"),  # deaths need not be such events
    ):
        paper.row(path, table_type=AES, variable="adverse_event", category=category, n=n, pct=pct)
    assert paper.accused("ae.logic") == ["Blood > Anaemia"]


@pytest.mark.parametrize(
    ("group", "table_type", "variable", "subgroup", "rows"),
    [
        ("Sex", "subgroup", "orr", "", (("Female", "8"), ("Male", "7"))),  # those of each sex who responded
        ("Sex", "outcome", "orr", "", (("Female", "8"), ("Male", "7"))),
        ("Age (years)", "outcome", "", "by age", (("<65", "10"), ("≥65", "5"))),
        ("Previous lines", "baseline", "prior_lines", "", (("≥2", "25"), ("≥3", "17"), ("≥4", "9"))),
    ],
)
def test_rows_that_do_not_part_the_patients(
    paper: HandMadePaper, group: str, table_type: str, variable: str, subgroup: str, rows: tuple[tuple[str, str], ...]
) -> None:
    for label, n in rows:
        paper.row(
            f"{group} > {label}", table_type=table_type, variable=variable, category=label, n=n, total="31",
            of={"subgroup": subgroup},
        )  # fmt: skip
    assert paper.accused("categories.sum") == []


def test_a_unit_beside_the_word_for_shares(paper: HandMadePaper) -> None:
    paper.row("Age (years), median", median="80.5", unit="years", variable="age")
    for label, n in (("<65", "35"), ("65–74", "25"), ("≥75", "18")):
        paper.row(f"Age group, years, n/N (%) > {label}", n=n, total="78", variable="age", category=label)
    assert paper.accused("summary.vs_categories") != []


@pytest.mark.parametrize(
    ("label", "counts", "summary", "accused"),
    [
        ("Weight, median (range)", "21 7 15", ("61.5", "44", "80"), 0),
        ("Weight, median (range)", "21 7 15", ("64.5", "44", "80"), 1),
        ("Weight, median (range)", "21 7 15", ("61.5", "46", "80"), 1),
        ("Weight, median (range)", "21 7 15", ("61.5", "46", "78"), 0),  # quartiles, perhaps: both ends differ
        ("Weight, median (range)", "25 9 19", ("64.5", "44", "80"), 0),  # other patients beside the two arms
        ("Overall survival, median (range)", "21 7 15", ("64.5", "44", "80"), 0),  # estimated
    ],
)
def test_summaries_of_all_patients(
    paper: HandMadePaper, label: str, counts: str, summary: tuple[str, str, str], accused: int
) -> None:
    columns = (("A", "A"), ("B", "B"), ("Total", ""))
    of_arms = (("9", "12"), ("4", "3"), ("7", "8"))
    for name, (left, right), total in zip(("Asthma", "Gout", "Angina"), of_arms, counts.split(), strict=True):
        for (column, arm), n in zip(columns, (left, right, total), strict=True):
            paper.row(name, column=column, arm=arm, n=n)
    for (column, arm), found in zip(columns, (("60", "44", "80"), ("63", "47", "79"), summary), strict=True):
        median, low, high = found
        paper.row(label, column=column, arm=arm, unit="kg", median=median, min=low, max=high)
    assert len(paper.accused("summary.pooled")) == accused


@pytest.mark.parametrize(
    ("mean", "label", "accused"),
    [("63.8", "Score", 0), ("66.4", "Score", 1), ("63.6", "Score", 0), ("66.4", "Least-squares mean score", 0)],
)
def test_the_mean_of_all_is_where_the_sizes_of_the_arms_put_it(
    paper: HandMadePaper, mean: str, label: str, accused: int
) -> None:
    columns = (("A (n = 184)", "A"), ("B (n = 187)", "B"), ("C (n = 181)", "C"), ("All (n = 552)", ""))
    for name, counts in (("Asthma", "9 12 5 26"), ("Gout", "4 3 1 8"), ("Angina", "7 8 8 23")):
        for (column, arm), n in zip(columns, counts.split(), strict=True):
            paper.row(name, column=column, arm=arm, n=n)
    for (column, arm), found in zip(columns, ("63.8", mean, "63.2", "63.5"), strict=True):
        paper.row(label, column=column, arm=arm, mean=found)
    assert len(paper.accused("summary.pooled")) == accused
