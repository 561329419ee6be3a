"""percent.subgroups: passes, fails with exactly this cell, does not apply."""

import pytest
from hand_made import HandMadePaper

RULE = "percent.subgroups"
SPLITS = (("≥ 6", "< 6", "62.9", "43.8"), ("≥ 12", "< 12", "70.8", "44.4"), ("0", "≥ 1", "56.4", "58.3"))


def outcome_table(
    paper: HandMadePaper, splits: tuple[tuple[str, str, str, str], ...], head: str, group: str = ""
) -> HandMadePaper:
    """A paper of 51 patients (22/35 and 7/16, 17/24 and 12/27, 22/39 and 7/12), and its table of splits."""
    for label, n, pct in (("Male", "22", "43.1"), ("Female", "29", "56.9")):
        paper.row(f"Sex > {label}", n=n, pct=pct, total="51")
    for label, n, pct in (("Yes", "12", "23.5"), ("No", "39", "76.5")):
        paper.row(f"Last therapy > {label}", n=n, pct=pct, total="51")
    for left, right, *shares in splits:
        for side, pct in zip((left, right), shares, strict=True):
            paper.row(
                f"{group}{left} vs. {right}",
                table="T2",
                table_type="subgroup",
                column=f"{head} > {side}",
                cell=head,
                pct=pct,
            )
    return paper


def test_right_splits_pass_and_their_sizes_are_looked_up(paper: HandMadePaper) -> None:
    found = outcome_table(paper, SPLITS, "ORR (%)").findings(RULE)
    assert found["verdict"].tolist() == ["consistent", "consistent", "not testable"]
    assert found["severity"].tolist() == ["note", "note", "definition"]
    assert found["arithmetic"].tolist() == ["22/35 and 7/16", "17/24 and 12/27", "22/39 and 7/12"]
    assert '"0" has 39 patients' in found["message"][2]
    assert '"Yes" 12 and "No" 39' in found["message"][2]


@pytest.mark.parametrize("wrong", ["62.8", "92.6", "26.9"])
def test_one_wrong_percentage_is_named(paper: HandMadePaper, wrong: str) -> None:
    splits = (("≥ 6", "< 6", wrong, "43.8"), *SPLITS[1:])
    found = outcome_table(paper, splits, "ORR (%)").findings(RULE)
    assert found["verdict"].tolist() == ["impossible", "consistent", "not testable"]


def test_one_split_alone_is_not_accused(paper: HandMadePaper) -> None:
    splits = (("≥ 6", "< 6", "62.8", "43.8"),)
    assert outcome_table(paper, splits, "ORR (%)").verdicts(RULE) == ["not testable"]


def test_estimates_over_time_are_left_out(paper: HandMadePaper) -> None:
    assert outcome_table(paper, SPLITS, "12-month PFS probability (%)").verdicts(RULE) == []


@pytest.mark.parametrize(("short", "long", "verdict"), [("16", "35", "consistent"), ("35", "16", "impossible")])
def test_sizes_under_the_same_labels_must_agree_side_for_side(
    paper: HandMadePaper, short: str, long: str, verdict: str
) -> None:
    for label, n in (("<6 months", short), ("≥6 months", long)):
        paper.row(f"Interval since treatment > {label}", n=n, total="51")
    splits = (("≥ 6", "< 6", "62.9", "43.8"), *SPLITS[1:])
    found = outcome_table(paper, splits, "ORR (%)", group="Treatment interval > ").findings(RULE)
    assert found["verdict"].tolist() == [verdict, "consistent", "not testable"]


@pytest.mark.parametrize(
    ("young", "old", "counted", "accused"),
    [
        (("4", "8"), ("18", "37"), "8", 0),
        (("4", "17"), ("18", "37"), "8", 1),  # 37 + 8 are the 45
        (("4", "8"), ("18", "35"), "8", 0),  # two without the trait: values may be missing
        (("4", "8"), ("18", "37"), "26", 1),  # the baseline rows are exchanged: 8 stands in the next one
        (("4", "8"), ("18", "37"), "9", 0),  # nothing tells which is right
    ],
)
def test_a_part_and_the_count_of_the_baseline_table(
    paper: HandMadePaper, young: tuple[str, str], old: tuple[str, str], counted: str, accused: int
) -> None:
    for label, (x, size) in {"Overall": ("22", "45"), "Age > <60 years": young, "Age > ≥60 years": old}.items():
        paper.row(label, table="T3", table_type="subgroup", column="A", n=x, beside=size)
    for label, n in (("<60", counted), ("60–69", "8" if counted == "26" else "26"), ("≥70", "11")):
        paper.row(f"Age group > {label}", table="T1", column="A", n=n, total="45")
    assert paper.verdicts("percent.split_sizes").count("impossible") == accused
