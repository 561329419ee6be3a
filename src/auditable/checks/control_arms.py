"""arm.control: in a paper on several trials an arm is set against the arm of its own trial.

Comes in: a Study with a table that puts the arms of two trials or more side by side. Goes out: one outcome for each
place in the text that sets a number of one arm against a number of another ("5% on A (vs 8% on B)"). An arm of another
trial is asked about, unless the sentence says that trials are compared.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

from auditable.blocks import Study
from auditable.checks.named_trials import TRIAL_NAME
from auditable.checks.rule import Outcome, Quote, Rule
from auditable.checks.short_forms import read_list
from auditable.checks.table_heads import without_size
from auditable.mention_drafts import SET_AGAINST
from auditable.model import PATH_SEPARATOR, Sentence

_ACROSS = re.compile(
    r"\b(?:indirect\w*|network|match\w*|cross[- ]trial|across|between (?:the )?(?:two )?trials|meta-?analys\w*"
    r"|pooled)\b",
    re.I,
)
_IS_TRIAL = re.compile(rf"{TRIAL_NAME}|\b[Tt]rial\b|\[\d")
_DASH = r"[\s‐‑–—-]+(?:and\s|plus\s|with\s)?"
_PARTS = r"([a-z]{5,}(?:(?:,\s|\s(?:and|plus|with)\s|[‐‑–—-])[a-z]{5,})+)"
_NUMBER = r"\d[\d.,]*\s?%?"
_ON = r"(?:\sp(?:atients|ts))?\s(?:on|with|in|for|among|given)\s(?:the\s)?"


def test_controls(study: Study) -> Iterator[Outcome]:
    """One outcome for each pair of numbers that the text sets against each other by the names of two arms."""
    trials = _trials(study)
    if len(trials) < 2:
        return
    names = _names(study, {arm for arms in trials.values() for arm in arms})
    trial_of = {arm: trial for trial, arms in trials.items() for arm in arms}
    any_name = "|".join(sorted((p for patterns in names.values() for p in patterns), key=len, reverse=True))
    pair = re.compile(
        rf"{_NUMBER}{_ON}(?P<one>{any_name})(?!\w)\s?[(\[]?,?\s?{SET_AGAINST}\s{_NUMBER}{_ON}(?P<two>{any_name})(?!\w)"
    )
    for sentence in study.text:
        if sentence.source == "prose" and not _ACROSS.search(sentence.text):
            for m in pair.finditer(sentence.text):
                one, two = _named(m["one"], names), _named(m["two"], names)
                if one and two and one != two:
                    yield _judge(sentence, m, (one, two), trials, trial_of)


def _trials(study: Study) -> dict[str, tuple[str, ...]]:
    """Trial → its arms, from tables whose head puts trials over arms; an arm that two trials share tells none apart.

    A head is a trial where it bears the name of one, or a citation: "Active" and "Control" have arms of one trial.
    """
    found: dict[str, set[str]] = defaultdict(set)
    for o in study.observations:
        path = o.spanner_path.split(PATH_SEPARATOR)
        if o.source == "table" and len(path) == 2 and o.arm and _IS_TRIAL.search(path[0]):
            found[path[0]].add(without_size(o.arm).strip())
    shared = {a for k, arms in found.items() for a in arms if any(a in other for j, other in found.items() if j != k)}
    kept = {trial: tuple(sorted(arms - shared)) for trial, arms in found.items()}
    return {trial: arms for trial, arms in kept.items() if len(arms) > 1}


def _names(study: Study, arms: set[str]) -> dict[str, list[str]]:
    """Patterns by which the text may name each arm: its short form, and the parts of its long form joined by dashes."""
    out = {arm: [re.escape(arm)] for arm in arms}
    for arm in arms:
        said = re.compile(rf"(?<![\w-]){re.escape(arm)}[,:=]?\s{_PARTS}(?=[,;.]|\s[A-Z]|$)")
        found = next((m[1] for s in study.text if s.source != "prose" and (m := said.search(s.text))), "")
        if parts := read_list(found):
            out[arm].append(_DASH.join(map(re.escape, parts)))
    return out


def _named(words: str, names: Mapping[str, list[str]]) -> str:
    return next((arm for arm, patterns in names.items() if any(re.fullmatch(p, words) for p in patterns)), "")


def _judge(
    sentence: Sentence,
    m: re.Match[str],
    pair: tuple[str, str],
    trials: Mapping[str, tuple[str, ...]],
    trial_of: Mapping[str, str],
) -> Outcome:
    one, two = pair
    own = trial_of[one]
    quote = Quote(sentence, m.start("two"), m.end("two"))
    others = " or ".join(a for a in trials[own] if a != one)
    if trial_of[two] == own:
        message = f"{one} is set against {two}, an arm of its own trial."
        return Outcome("consistent", (), message, f"{own}: {', '.join(trials[own])}", m["two"], others, quotes=(quote,))
    message = (
        f"{one} is set against “{m['two']}”, an arm of another trial; in its own trial the other arm is {others}. "
        "Either the name is wrong, or two trials are compared, which the sentence does not say."
    )
    arithmetic = f"{own}: {', '.join(trials[own])}; {trial_of[two]}: {', '.join(trials[trial_of[two]])}"
    return Outcome("not testable", (), message, arithmetic, m["two"], others, "error", (quote,))


RULES = (
    Rule(
        id="arm.control",
        claim="In a paper on several trials an arm is set against an arm of its own trial.",
        severity="error",
        function=test_controls,
        assumptions="A table puts the arms of two named trials or more side by side; the sentence sets two numbers "
        "against each other by the names of their arms, and does not speak of trials compared. A question.",
        literature="Cochrane Handbook 5 (data are extracted by arm); INSPECT-SR check 4",
        example="“2.6% on A (vs 5.4% on D)”, where the first trial compares A with B and the second C with D.",
    ),
)
