"""diagnostic.accuracy and summary.se: measures of one test, and errors of a mean."""

import pytest
from hand_made import HandMadePaper


@pytest.mark.parametrize(
    ("said", "n_wrong", "n_right"),
    [
        ("Sensitivity was 85.7% (30/35), specificity 90.0% (54/60), positive predictive value 83.3% (30/36) and "
         "negative predictive value 91.5% (54/59).", 0, 3),
        ("Sensitivity was 85.7% (30/35), specificity 90.0% (54/60), positive predictive value 83.8% (31/37) and "
         "negative predictive value 91.5% (54/59).", 1, 2),
        ("The sensitivity, specificity, PPV and NPV were 85%, 90%, 83% and 91%, respectively.", 0, 1),
        ("The sensitivity, specificity, PPV and NPV were 85%, 90%, 38% and 91%, respectively.", 1, 0),
        ("At this cut-off sensitivity was 86%, specificity 90%, PPV 83% and NPV 92%, with an accuracy of 88%.", 0, 2),
        ("Sensitivity was 85.7%, specificity 90.0% and accuracy 63.0%.", 1, 0),
        ("Sensitivity was 85.7%, specificity 90.0%, PPV 31.0% and balanced accuracy 87.9%.", 0, 0),
        ("The mean sensitivity, specificity, PPV and NPV were 85%, 90%, 38% and 91%, respectively.", 0, 0),
        ("It had a sensitivity of 85.7%, a specificity of 90.0%, and a negative likelihood ratio of 0.16.", 0, 1),
        ("It had a sensitivity of 85.7%, a specificity of 90.0%, and a negative likelihood ratio of 0.61.", 1, 0),
        ("Sensitivity was 85% and specificity 90% at 5 mm, and sensitivity was 70% at 8 mm.", 0, 0),
        ("At a prevalence of 5%, sensitivity was 86%, specificity 90%, PPV 31% and NPV 92%.", 0, 0),
        ("The pooled sensitivity was 86%, specificity 90%, PPV 63% and NPV 92%.", 0, 0),
        ("In a sensitivity analysis 85% slept, 90% ate and 63% walked.", 0, 0),
    ],
)  # fmt: skip
def test_measures_of_one_test(paper: HandMadePaper, said: str, n_wrong: int, n_right: int) -> None:
    verdicts = paper.read(said).verdicts("diagnostic.accuracy")
    assert (verdicts.count("impossible"), verdicts.count("consistent")) == (n_wrong, n_right)


def test_means_over_folds_fit_no_one_table(paper: HandMadePaper) -> None:
    paper.read("Models were tuned by ten-fold cross-validation.", section="Methods")
    paper.read("The sensitivity, specificity, PPV and NPV were 85%, 90%, 38% and 91%, respectively.")
    assert paper.verdicts("diagnostic.accuracy") == []


@pytest.mark.parametrize(("ppv", "verdict"), [("83.3", "consistent"), ("38.3", "impossible")])
def test_measures_of_a_column(paper: HandMadePaper, ppv: str, verdict: str) -> None:
    for label, pct in (("Sensitivity", "85.7"), ("Specificity", "90.0"), ("PPV", ppv), ("NPV", "91.5")):
        paper.row(label, column="Swab", table_type="outcome", pct=pct)
    assert paper.verdicts("diagnostic.accuracy") == [verdict]


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("Mean age was 54.2 years (SD 12.0; SE 1.2; n = 100).", [("consistent", "note")]),
        ("Mean age was 54.2 years (SD 12.0; SE 2.1; n = 100).", [("impossible", "error")]),
        ("Mean pain was 5.6 (n = 50; SD 2.1; 95% CI 5.0 to 6.2).", [("consistent", "note")]),
        ("Mean pain was 5.6 (n = 50; SD 2.1; 90% CI 5.0 to 6.2).", [("not testable", "definition")]),
        ("Mean pain was 5.6 (n = 50; SD 0.3; 95% CI 5.0 to 6.2).", [("not testable", "error")]),
        ("The adjusted mean was 5.6 (n = 50; SD 0.3; 95% CI 5.0 to 6.2).", []),
        ("Mean pain was 5.6 (SD 2.1; SE 0.9).", []),
        ("Of 50 men, 12 (24%) had pain, of a mean of 5.6 (SD 2.1; SE 0.3).", []),
    ],
)
def test_errors_of_a_mean(paper: HandMadePaper, said: str, found: list[tuple[str, str]]) -> None:
    findings = paper.read(said).findings("summary.se")
    assert list(zip(findings["verdict"], findings["severity"], strict=True)) == found


def test_an_error_of_measurement_is_none_of_the_mean(paper: HandMadePaper) -> None:
    paper.read("Mean speed was 1.30 m/s (n = 30; SD 0.20; SEM 0.08), the ICC 0.84.")
    assert paper.verdicts("summary.se") == []


def test_errors_of_a_table(paper: HandMadePaper) -> None:
    for label, n, sd, se in (("Age", "64", "12.0", "1.5"), ("Weight", "60", "15.5", "4.0")):
        for head, statistics in (("N", {"n": n}), ("Mean", {"mean": "54.2"}), ("SD", {"sd": sd}), ("SE", {"se": se})):
            paper.row(label, column=head, **statistics)
    assert paper.accused("summary.se") == ["Weight"]
