"""individual.logic: two cells of one patient that cannot both be right.

Comes in: a Study. Goes out: for each pair of rows with a relation one consistent outcome where it holds for every
patient, and one outcome for each patient for whom it does not. Where it fails for many the rows mean something else
than their labels say, and nobody is accused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from auditable.blocks import Study
from auditable.checks.individual_words import telling_words
from auditable.checks.roster import Roster, Trait, find_rosters
from auditable.checks.rule import Outcome, Rule

WHOLE_TIMES = ("follow_up", "os")
PART_TIMES = (
    "pfs", "time_to_progression", "time_to_response", "time_to_best_response", "duration_of_response",
    "event_free_survival", "disease_free_survival",
)  # fmt: skip
"""Times that end while the patient is followed."""
MIN_RIGHT_TIMES = 2
MOST_FAILING = 3
"""A relation that fails for one patient in three, or more, is not what the rows mean."""
OTHER_START = re.compile(
    r"\b(?:diagnosis|birth|onset|first\s(?:line|treatment|therapy)|after\s(?:progression|relapse)|post[- ]?relapse)\b",
    re.IGNORECASE,
)
"""Words of a label that count a time from elsewhere than the start of treatment."""
SEVERE = re.compile(
    r"(?:≥|>=|⩾)\s?G?(?:rade)?\s?[2345]|\b(?:severe|serious|SAEs?)\b|\bgrade\s?(?:3|4|3[-–/]\s?[45])", re.IGNORECASE
)
_OPPOSITE = re.compile(r"^non[- ]?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Relation:
    """What must hold between two rows. holds: None where the print does not decide. says: the claim in words.

    min_right: other patients for whom it must hold before one is accused: they show that the rows mean it.
    """

    left: Trait
    right: Trait
    holds: Callable[[str], bool | None]
    says: str
    min_right: int = 0


def test_logic(study: Study) -> Iterator[Outcome]:
    """The outcomes of every relation between the rows of a roster."""
    for roster in find_rosters(study):
        for relation in _relations(roster):
            yield from _test(relation, roster)


def _relations(roster: Roster) -> Iterator[Relation]:
    yield from _times(roster)
    yield from _severe_events(roster)
    yield from _only_with(roster)
    yield from _events_counted(roster)


def _test(relation: Relation, roster: Roster) -> Iterator[Outcome]:
    judged = {p: relation.holds(p) for p in roster.patients}
    tested = [p for p, holds in judged.items() if holds is not None]
    failing = [p for p in tested if judged[p] is False]
    left, right = relation.left, relation.right
    is_meant = len(tested) - len(failing) >= relation.min_right
    if failing and (not is_meant or len(failing) * MOST_FAILING >= max(len(tested), MOST_FAILING + 1)):
        message = f"The rows “{left.label}” and “{right.label}” do not relate as their labels suggest."
        cells = (left.first, right.first)
        yield Outcome("not testable", cells, message, f"{len(failing)} of {len(tested)} fail", "", relation.says)
    elif tested and not failing:
        message = f"For each of {len(tested)} patients {relation.says}."
        cells = (left.first, right.first)
        n = str(len(tested))
        yield Outcome("consistent", cells, message, f"{n} of {n} hold", n, n)
    else:
        for p in failing:
            yield _contradiction(relation, p)


def _contradiction(relation: Relation, patient: str) -> Outcome:
    left, right = relation.left, relation.right
    cells = (*left.values.get(patient, ()), *right.values.get(patient, ()))
    shown = [f"{t.label}: {_shown(t, patient)}" for t in (left, right)]
    message = f"Patient {patient}: {'; '.join(shown)}. One of them is wrong: {relation.says}."
    return Outcome(
        "impossible",
        cells,
        message,
        "; ".join(shown),
        ", ".join(_shown(t, patient) for t in (left, right)),
        relation.says,
    )


def _shown(trait: Trait, patient: str) -> str:
    found = trait.values.get(patient, ())
    return ", ".join(str(o.number) if o.number is not None else o.value or "–" for o in found) or "–"


def _times(roster: Roster) -> Iterator[Relation]:
    """Parts of the follow-up are no longer than it; progression-free no longer than overall survival."""
    for whole in roster.of(*WHOLE_TIMES):
        for part in (t for t in roster.traits if t.variable in PART_TIMES or t.variable.endswith("_free_survival")):
            is_same = whole.unit == part.unit != "" and not any(OTHER_START.search(t.label) for t in (whole, part))
            if is_same and whole.n_numbers and part.n_numbers:
                says = f"“{part.label}” is no longer than “{whole.label}”"
                yield Relation(part, whole, _at_most(part, whole), says, MIN_RIGHT_TIMES)


def _at_most(part: Trait, whole: Trait) -> Callable[[str], bool | None]:
    """By their faces where both print as many decimals: one paper rounds one time one way."""

    def holds(patient: str) -> bool | None:
        (left,), (right,) = (t.values.get(patient, (None,))[:1] for t in (part, whole))
        if left is None or right is None or left.number is None or right.number is None:
            return None
        if left.number.comparator or right.number.comparator:
            return None
        if left.number.value <= right.number.value:
            return True
        low, high = left.number.ordinary.low, right.number.ordinary.high
        is_alike = left.number.decimals == right.number.decimals
        return not is_alike and low is not None and high is not None and low < high

    return holds


def _severe_events(roster: Roster) -> Iterator[Relation]:
    """Severe events are no more than all events: two counts of one heading, the one with a grade."""
    counts = [t for t in roster.traits if t.variable == "adverse_event_count" and t.n_numbers]
    for severe in counts:
        for every in counts:
            is_pair = SEVERE.search(severe.label) and not SEVERE.search(every.label) and severe.group == every.group
            if is_pair and telling_words(every.name) <= telling_words(severe.name):
                says = f"“{severe.label}” is no more than “{every.label}”"
                yield Relation(severe, every, _at_most(severe, every), says)


def _only_with(roster: Roster) -> Iterator[Relation]:
    """A cause of death only with a death, a reason for stopping only with a stop."""
    pairs = (
        ("cause_of_death", "death", "a cause of death is printed for those who died, and for them only"),
        ("discontinuation_reason", "discontinuation", "a reason is printed for those who stopped, and for them only"),
    )
    for what, event, says in pairs:
        reasons, events = roster.of(what), [t for t in roster.of(event) if t.is_yes_no]
        if len(reasons) == len(events) == 1:
            yield Relation(reasons[0], events[0], _with_event(reasons[0], events[0]), says)


def _with_event(reason: Trait, event: Trait) -> Callable[[str], bool | None]:
    is_told_apart = bool(reason.inapplicable)

    def holds(patient: str) -> bool | None:
        has_reason = bool(reason.code(patient))
        if patient in event.no:
            return not has_reason if is_told_apart or has_reason else None
        if patient in event.yes and is_told_apart:
            return patient not in reason.inapplicable
        return None

    return holds


def _events_counted(roster: Roster) -> Iterator[Relation]:
    """A patient without an adverse event has none of any kind; one with both of two opposites has two or more."""
    for count in roster.of("adverse_event_count"):
        if SEVERE.search(count.label) or count.n_numbers < 1:
            continue
        kinds = [t for t in roster.of("adverse_event") if t.is_yes_no and t.group == count.group and t.group]
        for kind in kinds:
            says = f"“{kind.label}” is yes only where “{count.label}” is 1 or more"
            yield Relation(kind, count, _none_without(kind, count), says)
        yield from _opposites(count, kinds)


def _none_without(kind: Trait, count: Trait) -> Callable[[str], bool | None]:
    def holds(patient: str) -> bool | None:
        high = count.face(patient).high
        return None if high is None or patient not in kind.yes else high >= 1

    return holds


def _opposites(count: Trait, kinds: Sequence[Trait]) -> Iterator[Relation]:
    """Kinds that leave nothing out: "Haem AEs" and "Non-haem AEs"."""
    for one in kinds:
        for other in kinds:
            is_opposite = _OPPOSITE.sub("", other.name).casefold() == one.name.casefold() and one is not other
            if is_opposite:
                says = f"“{count.label}” is at least the number of kinds with a yes, and 0 only where all are no"
                yield Relation(count, other, _adds_up(count, one, other), says)


def _adds_up(count: Trait, one: Trait, other: Trait) -> Callable[[str], bool | None]:
    def holds(patient: str) -> bool | None:
        low, high = count.face(patient).low, count.face(patient).high
        if low is None or high is None or not all(patient in t.yes | t.no for t in (one, other)):
            return None
        n_kinds = sum(patient in t.yes for t in (one, other))
        return high >= n_kinds and not (n_kinds == 0 and low > 0)

    return holds


RULES = (
    Rule(
        id="individual.logic",
        claim="Cells of one patient agree: times end within follow-up, severe events are among all events, a cause "
        "goes with a death, a reason with a stop, a kind of event with an event.",
        severity="error",
        function=test_logic,
        assumptions="The rows are known variables of one list of patients, in one unit, counted from one start; the "
        "relation holds for most other patients, which shows that the rows mean it.",
        literature="INSPECT-SR check 4 (internal consistency); CTCAE v5",
        example="Time to relapse 9.3 months, follow-up 3.4 months.",
    ),
)
