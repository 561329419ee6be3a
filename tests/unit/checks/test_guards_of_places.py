"""Guards of the rules on citations, curves, cut-offs, numbers at risk, short forms and control arms: either side."""

import pytest
from cases_across import LIST, quote
from cases_at_risk import block
from hand_made import HandMadePaper
from miniature import told

CITED = [
    ("In a trial 32 patients were treated [2].", "consistent"),
    ("In a trial 31 patients were treated [2].", "impossible"),
    ("In a trial 31 patients were treated [2–3].", ""),
    ("In a trial 31 patients were treated [1], and in another 32 patients were treated [2].", "consistent"),
    ("In a trial 31 patients were treated [2], and in another 40 patients were treated [1].", "impossible"),
    ("In a trial 31 patients were treated [2], and in another 32 patients were treated [2].",
     "impossible, consistent"),
    ("Berg et al. (2019) treated 33 patients.", "impossible"),
    ("Berg and colleagues treated 33 patients.", "impossible"),
    ("Berg treated 33 patients.", ""),
    ("Berg et al. (2018) treated 33 patients.", ""),
    ("Dahl et al. (2019) treated 33 patients.", ""),
    ("Berg et al. (2019) treated 33 patients, whereas our trial treated 51 patients.", "impossible"),
    ("Whereas our trial treated 51 patients, Berg et al. (2019) treated 33 patients.", "impossible"),
    ("In our trial, unlike in that of Berg et al. (2019), 51 patients were treated.", ""),
    ("Our trial treated 51 patients, whereas Berg et al. (2019) treated 33 patients.", "impossible"),
    ("Our trial treated 51 patients, Berg et al. (2019) treated 33 patients.", "impossible"),
    ("Our trial treated 51 patients; Berg et al. (2019) treated 33 patients.", "impossible"),
    ("Berg et al. (2019) reported a median OS of 10.7 months; here 51 patients were treated.", "consistent"),
    ("Berg et al. (2019) reported a median OS of 17.0 months.", "impossible"),
    ("Berg et al. (2019) reported a median PFS of 17.0 months.", "not testable"),
    ("In a trial of zandolimab 31 patients were treated [2].\nMedian OS was 17.0 months.\nNone responded [2].",
     "impossible, impossible"),
    ("In a trial of zandolimab 31 patients were treated [2].\nOur median OS was 17.0 months.\nNone responded [2].",
     "impossible"),
    ("In a trial of zandolimab 31 patients were treated [2].\nMedian OS was 17.0 months.\nNone responded [1].",
     "impossible"),
    ("In a trial of zandolimab 31 patients were treated [2].\nMedian OS was 17.0 months [3].\nNone responded [2].",
     "impossible"),
]  # fmt: skip
UNLISTED = [
    ("Berg et al. (2019) treated 33 patients.", "impossible"),
    ("Berg et al. gave it to 32 patients; 18 had SD.", "consistent, not testable"),
    ("Berg et al. gave it to 33 patients.", ""),
    ("A phase 2 trial gave zandolimab alone to 32 patients [7]; 1 patient had MR and 18 had SD.",
     "consistent, consistent, not testable"),
    ("A phase 3 trial gave zandolimab alone to 32 patients [7]; 1 patient had MR and 18 had SD.", ""),
    ("A phase 2 trial gave other drugs to 57 patients [7]; 18 had SD.", ""),
    ("A phase 2 trial gave zandolimab after orelimab to 57 patients [7]; 18 had SD.", ""),
]  # fmt: skip


def verdicts_of(text: str, references: tuple[str, ...]) -> str:
    found = quote(*text.split("\n"), references=references)
    return ", ".join(found["verdict"]) if len(found) else ""


@pytest.mark.parametrize(("text", "said"), CITED, ids=[f"citation.cross_study-{i}" for i in range(len(CITED))])
def test_what_a_listed_paper_is_quoted_for(text: str, said: str) -> None:
    assert verdicts_of(text, LIST) == said


@pytest.mark.parametrize(("text", "said"), UNLISTED, ids=[f"citation.cross_study-{i}" for i in range(len(UNLISTED))])
def test_what_a_paper_without_a_list_is_quoted_for(text: str, said: str) -> None:
    assert verdicts_of(text, ()) == said


AT_RISK = [
    (("Month 0 6 12 18", "Active 241 143 143 26"), "consistent"),
    (("Month 0 6 12 18", "Active 241 143 144 26"), "impossible"),
    (("Month 0 6 12 18", "Active 241 143 144 145"), ""),
    (("Month 0 6 12 18", "Active 241 143 144 241"), ""),
    (("Month 0 6 12 18", "Active 241 242 144 26"), ""),
    (("Month 0 6", "Active 241 143"), ""),
    (("Month 0 6 12", "Active 241 143 144"), "impossible"),
    (("Month 0 6 6 18", "Active 241 143 144 26"), ""),
    (("Month 0 6 12 18", "Active 241 14.5 15.5 2.5"), ""),
    (("Month 0 6 12 18", "Active 241 143 (n) 144 26"), ""),
    (("Active 241 143 144 26", "Month 0 6 12 18"), "impossible"),
]


@pytest.mark.parametrize(("rows", "said"), AT_RISK, ids=[f"survival.at_risk-{i}" for i in range(len(AT_RISK))])
def test_numbers_under_their_times(rows: tuple[str, ...], said: str) -> None:
    paper = HandMadePaper().read("Number at risk", source="caption")
    paper.sentences.append(block(*rows))
    assert ", ".join(paper.verdicts("survival.at_risk")) == said


def pfs(*at: tuple[str, str], more: str = "") -> str:
    return "\n".join(
        f'| PFS > {time} rate | {more or "All"} | pct={share} variable=pfs category=rate timepoint="{time}" '
        f'table_type=outcome arm="{more}"'
        for time, share in at
    )


MEDIAN = "\n| Median PFS | All | median={} unit={} variable=pfs table_type=outcome"
SURVIVAL = [
    (pfs(("6 months", "55.8"), ("12 months", "26.4")), "consistent"),
    (pfs(("6 months", "55.8"), ("12 months", "57.8")), "impossible"),
    (pfs(("6 months", "55.8"), ("1 year", "57.8")), "impossible"),
    (pfs(("26 weeks", "55.8"), ("1 year", "57.8")), "impossible"),
    (pfs(("180 days", "55.8"), ("1 year", "57.8")), "impossible"),
    (pfs(("6 months", "55.8"), ("then", "57.8")), ""),
    (pfs(("6 months", "55.8")) + "\n" + pfs(("12 months", "57.8"), more="A"), ""),
    (pfs(("6 months", "55.8"), ("12 months", "57.8")).replace("pfs", "ttp"), ""),
    (pfs(("6 months", "55.8"), ("12 months", "57.8")).replace("rate |", "events |"), ""),
    (pfs(("6 months", "55.8")) + MEDIAN.format("7.0", "months"), "consistent"),
    (pfs(("6 months", "45.8")) + MEDIAN.format("7.0", "months"), "impossible"),
    (pfs(("6 months", "45.8")) + MEDIAN.format("5.0", "months"), "consistent"),
    (pfs(("6 months", "55.8")) + MEDIAN.format("5.0", "months"), "impossible"),
    (pfs(("6 months", "55.8")) + MEDIAN.format("5.8", "months"), ""),  # too near to tell
    (pfs(("6 months", "55.8")) + MEDIAN.format("22", "weeks"), "impossible"),
    (pfs(("6 months", "55.8")) + MEDIAN.format("5.0", "cycles"), ""),
    (pfs(("6 months", "45.8")) + MEDIAN.format("7.0", "months").replace("Median PFS", "Median follow-up"), ""),
    (pfs(("6 months", "55.8")) + MEDIAN.format("5.0", "months") + MEDIAN.format("5", "months"), "impossible"),
    (pfs(("6 months", "45.8")) + MEDIAN.format("5.0", "months") + MEDIAN.format("9.0", "months"), ""),
    (pfs(("6 months", "55.8")) + "\n" + pfs(("6 months", "50.8")).replace("pfs", "os").replace("PFS", "OS"),
     "impossible"),
    (pfs(("6 months", "45.8")) + "\n" + pfs(("6 months", "50.8")).replace("pfs", "os").replace("PFS", "OS"),
     "consistent"),
]  # fmt: skip
PARTED = '| Age > <65 years | All | n=8 total=32 variable=age category="<65"\n' \
    '| Age > ≥65 years | All | n=24 total=32 variable=age category="≥65"\n'  # fmt: skip
CUT_OFFS = [
    (PARTED + "In all, 75.0% were aged ≥65 years.", "consistent, consistent"),
    (PARTED + "In all, 57.0% were aged ≥65 years.", "consistent, impossible"),
    (PARTED + "In all, 25.0% were aged <65 years.", "consistent, consistent"),
    (PARTED + "In all, 52.0% were aged <65 years.", "consistent, impossible"),
    (PARTED + "In all, 52.0% were aged <60 years.", "consistent"),
    (PARTED + "In all, 52.0% were aged ≤65 years.", "consistent"),
    (PARTED + "In all, 52.0% were aged >65 years.", "consistent"),
    (PARTED + "In a previous study [7], 52.0% were aged <65 years.", "consistent"),
    (PARTED.replace("variable=age", "variable=age subgroup=women") + "In all, 52.0% were aged <65 years.", ""),
]  # fmt: skip
DEFINED = [
    (PARTED + "Patients aged ≤65 years did well.", "not testable"),
    (PARTED + "Patients aged <65 years did well.", "consistent"),
    (PARTED + "Patients aged ≤60 years did well.", ""),
    (PARTED + "Eligible patients aged ≤65 years were enrolled.", ""),
    (PARTED.split("\n", maxsplit=1)[0] + "\nPatients aged ≤65 years did well.", ""),
    ("Overall survival (OS) was long.\nMedian overall survival (OS) was 3 months.", "consistent"),
    ("Objective sarcopenia (OS) was rare.\nMedian overall survival (OS) was 3 months.", "not testable"),
    ("They took melphalan, prednisone and thalidomide (MPT).\nMelphalan, prednisone and bortezomib (MPT) failed.",
     "impossible"),
]  # fmt: skip
TRIALS = (
    "| Fever | ORION trial > Active | n=3 arm=Active\n| Fever | ORION trial > Sham | n=4 arm=Sham\n"
    "| Fever | LYRA trial > Early | n=3 arm=Early\n| Fever | LYRA trial > Late | n=4 arm=Late\n"
)
CONTROLS = [
    (TRIALS + "Fever was seen in 2.6% on Active (vs 5.4% on Sham).", "consistent"),
    (TRIALS + "Fever was seen in 2.6% on Active (vs 5.4% on Late).", "not testable"),
    (TRIALS + "Fever was seen in 2.6% on Active (vs 5.4% on Active).", ""),
    (TRIALS + "In an indirect comparison fever was seen in 2.6% on Active (vs 5.4% on Late).", ""),
    (
        TRIALS.replace("ORION trial", "Old").replace("LYRA trial", "New")
        + "Fever was seen in 2.6% on Active (vs 5.4% on Late).",
        "",
    ),
    (TRIALS.replace("LYRA", "ORION") + "Fever was seen in 2.6% on Active (vs 5.4% on Late).", ""),
    (TRIALS.replace("Late", "Sham") + "Fever was seen in 2.6% on Active (vs 5.4% on Early).", ""),
]
TABLE = [
    (rule, text, said)
    for rule, cases in (
        ("survival.landmark", SURVIVAL), ("categories.sum", CUT_OFFS), ("agreement.definition", DEFINED),
        ("arm.control", CONTROLS),
    )
    for text, said in cases
]  # fmt: skip


@pytest.mark.parametrize(("rule", "text", "said"), TABLE, ids=[f"{rule}-{i}" for i, (rule, _, _) in enumerate(TABLE)])
def test_sides_of_a_guard(rule: str, text: str, said: str) -> None:
    assert told(text, rule) == said
