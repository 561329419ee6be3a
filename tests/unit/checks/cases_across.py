"""Two papers of which one quotes the other, right or wrong: the rule that needs a corpus."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
from hand_made import HandMadePaper

from auditable.blocks import About, Study, read_studies
from auditable.checks import compare_studies
from auditable.model import PageSize, Reading, Sentence
from auditable.passages import list_passages, read_passages
from auditable.prose import find_mentions
from auditable.references import list_references, read_references

COVERS = ("citation.cross_study",)
QUOTED = About(
    "Zandolimab alone after failure of orelimab in plasma cell leukaemia: a phase 2 trial", "Berg A, et al. 2019."
)
LIST = (
    "1. Adler C, Lind P. Outcomes of leukaemia in the north. J Made Up 2001;1:2-9.",
    "2. Berg A, Holm B, Dahl C, et al. Zandolimab alone after failure of orelimab in plasma cell leukaemia: a phase 2 "
    "trial. J Made Up 2019;4:11-20.",
    "3. Crane D. A history of antibodies. J Made Up 2003;9:1-3.",
)


def findings(is_wrong: bool) -> pd.DataFrame:
    """What is found in a paper that quotes another by its number in the list of references."""
    return quote(
        f"In an earlier trial of zandolimab, {'23' if is_wrong else '32'} patients received it alone [2].",
        references=LIST,
    )


def quote(
    *texts: str, references: tuple[str, ...] = (), title: str = "Twelve patients given zandolimab"
) -> pd.DataFrame:
    """The findings in a paper of 2021 with these sentences, beside the paper of Berg 2019."""
    return compare_studies([quoted_study(), citing_study(*texts, references=references, title=title)])


def citing_study(*texts: str, references: tuple[str, ...] = (), title: str = "", study_id: str = "crane2021") -> Study:
    """A paper with a discussion and perhaps a list of references, as a run keeps it."""
    paper = HandMadePaper().read(*texts, section="Discussion")
    listed = HandMadePaper().read(*references, section="References").sentences
    reading = Reading(study_id, (PageSize(1, 600, 800, False),), (), (*paper.sentences, *listed))
    return study_of(reading, About(title, "Crane D. 2021."), find_mentions(reading)[0])


def quoted_study(study_id: str = "berg2019", about: About = QUOTED, size: str = "32") -> Study:
    """The paper that is quoted: one group of patients, with ages, responses and survival."""
    paper = HandMadePaper()
    for stub, n, pct in (("Sex > Female", "12", "37.5"), ("Sex > Male", "20", "62.5"), ("Stage > I", "8", "25.0")):
        paper.row(stub, n=n, pct=pct, total=size)
    paper.row("Previous lines > Median (range)", median="7.0", min="2", max="14")
    paper.row("Median OS", table="T2", table_type="outcome", median="10.7", unit="months", variable="os")
    paper.row("MR", table="T2", table_type="outcome", n="1", total=size, variable="best_response", category="MR")
    paper.row("SD", table="T2", table_type="outcome", n="17", total=size, variable="best_response", category="SD")
    frame = paper.frame().assign(study_id=study_id)
    frame["observation_id"] = study_id + frame["observation_id"]
    return replace(read_studies(frame)[0], about=about)


def study_of(reading: Reading, about: About, observations: pd.DataFrame) -> Study:
    """A study as the corpus holds it: its text and its list of references went through the frames that are stored."""
    text: dict[str, tuple[Sentence, ...]] = {reading.study_id: read_passages(list_passages(reading))}
    references = read_references(list_references(reading))
    return replace(read_studies(observations, text)[0], about=about, references=references)
