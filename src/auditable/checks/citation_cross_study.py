"""citation.cross_study: what one paper says of another of the corpus is what that one prints.

Comes in: a Study with the other studies of the corpus. Goes out: one outcome for each number that speaks of another
study (cited_studies.py): a number of patients, a median with its range, or a statistic of a variable that both know.
Where the other paper prints nothing to compare with, nothing is tested. Alone a study has nothing to compare: the rule
is silent.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auditable.blocks import Observation, Study
from auditable.checks.cited_studies import Quoted, find_quoted, printed_together
from auditable.checks.named_trials import compare_trials
from auditable.checks.partners import COMPARED, Partner, find_partners
from auditable.checks.rule import Outcome, Rule
from auditable.checks.study_facts import name_of


def test_citations(study: Study) -> Iterator[Outcome]:
    """One outcome for each number that another study of the corpus prints too, or should, and for each trial that both
    name.
    """
    if not study.corpus:
        return
    groups = printed_together(study)
    for q in find_quoted(study):
        if q.number.number is not None and q.number.statistic in COMPARED:
            yield _judge(q, find_partners(q.number, groups.get(q.number.observation_id, ()), q.study))
    yield from compare_trials(study)


def _judge(q: Quoted, partners: Sequence[Partner]) -> Outcome:
    o, said = q.number, f"The text quotes {_said(q.number)} from {name_of(q.study)}"
    if not partners:
        return Outcome("not testable", (o,), f"{said}, which prints no such quantity.", "", o.raw_text, "")
    nearest = next((p for p in partners if p.agrees(o)), None) or min(partners, key=lambda p: p.distance(o))
    printed, both = nearest.said_for(o), (o, nearest.place)
    shown = f"quoted {o.number}, printed {printed}"
    if nearest.agrees(o):
        return Outcome("consistent", both, f"{said}, as that paper prints it.", shown, str(o.number), printed)
    message = f"{said}, known by {q.how}; but that paper prints {printed} ({nearest.place.place})."
    if q.is_sure:
        return Outcome("impossible", both, message, shown, str(o.number), printed)
    ask = f"{message} Is the same study meant?"
    return Outcome("not testable", both, ask, shown, str(o.number), printed, "citation")


def _said(o: Observation) -> str:
    called = (o.category or o.variable).replace("_", " ") or o.unit.strip("%") or o.statistic
    return f"{o.number}{' %' if o.statistic == 'pct' else ''} ({called})"


RULES = (
    Rule(
        id="citation.cross_study",
        claim="What one paper says of another is what that one prints.",
        severity="citation",
        function=test_citations,
        assumptions="Both papers are in the corpus, and the one quoted is known by a list of references, by author "
        "and year, or by facts that no other paper shares; where the latter are few, it asks. A quantity is compared "
        "where both papers print it for the whole study: the number of patients, statistics printed together, a "
        "variable of the codebook. Coarser printing and approximate words widen; a number the other paper does not "
        "print is not judged. Numbers of a trial that two papers name are compared only where they do not change with "
        "follow-up.",
        literature="de Lacey 1985, BMJ 291:884; Jergas & Baethge 2015, PeerJ 3:e1364 (errors of quotation)",
        example="A review says that none of 23 patients responded; the paper it cites treated 32.",
        needs_corpus=True,
    ),
)
