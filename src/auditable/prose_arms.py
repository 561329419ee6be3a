"""The arms of a paper and where a sentence names them.

Comes in: the names that tables print over their columns and the sentences of the paper. Goes out: the known arms with
the other ways to print them (without dose, abbreviated, "the control group"), and the names found in one sentence.
Which number belongs to which name is left to dealing.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from auditable.arm_doses import dose_patterns, is_led
from auditable.estimates import Name
from auditable.model import PATH_SEPARATOR

_GROUP = (
    r"(?:groups?|arms?|cohorts?|patients?|participants?|recipients?|subjects?|regimens?|women|men|children"
    r"|individuals"
    r"|people|infants|volunteers|adults)"
)
_TRAILING = re.compile(rf"[\s-]*\b(?:{_GROUP}|only|therapy|treatment|alone)\s*$", re.IGNORECASE)
_BRACKET = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]")
_DOSE = re.compile(
    r",?\s*(?:\b\d[\d.,]*\s*(?:mg|µg|μg|mcg|g|IU|U|m[lL]|Gy)(?:/(?:kg|m2|m²|day|d))?\b|\b(?:QD|BID|TID|QW|Q\dW)\b).*$"
)
# Components of a column's path that part time or measure, never patients.
_NO_ARM = re.compile(
    r"^\W*(?:all|total|overall|both|entire|any|whole)\b|^\W*(?:baseline|final|change|difference|week|month|day"
    r"|year|visit|follow|post|pre"
    r"|after|before|index)\b|^\d+[-\s](?:week|month|day|year)|\b(?:effect|ratio|value|test|missing|p)\b|[=%]|^n$"
    r"|years\)"
    r"|mm ?hg|\bOR\b|\bCI\b|\bcomparison|\brecords\b",
    re.IGNORECASE,
)
_CONTROL = re.compile(
    r"\b(?:controls?|placebo|standard|usual|conventional|sham|comparator|wait(?:ing)?[-\s]?list"
    r"|untreated|no (?:treatment|intervention))\b",
    re.IGNORECASE,
)
# "41% among controls" names the arm; "than in healthy controls" others
_LEADS = r"\b(?:with|among|in|of|for|than|vs\.?|versus|and|the)\s"
_CONTROLS = re.compile(rf"{_LEADS}(?P<controls>controls)\b", re.IGNORECASE)
# "85% of cases and 83% of controls": of two arms the one that is not the controls
_CASES = re.compile(rf"{_LEADS}(?P<cases>cases)\b(?!\s(?:of|with|where)\b)", re.IGNORECASE)
_CONTROL_WORDS = r"(?:controls?|comparator|comparison|standard|usual[-\s]care)"
_ACTIVE_WORDS = (
    r"(?:intervention|treatment|treated|experimental|active|investigational|study|verum|vaccine|drug|study[-\s]drug"
    r"|active[-\s]treatment)"
)
ALL = re.compile(
    r"\b(?:both|all(?:\s(?:three|four|five|treatment|study))*|either|the\s(?:two|three|four))\s(?:treatment\s"
    r"|study\s)?(?:groups|arms|cohorts|trials)\b"
    r"|\boverall\b(?!\s(?:survival|response|quality|health|mortality|score|status|rate|clinical|incidence))"
    r"|\bin total\b"
    r"|\b(?:all|entire|whole|total)\s(?:of\sthe\s)?(?:study\s)?(?:patients|participants|subjects|cohort|population"
    r"|group|sample)\b",
    re.IGNORECASE,
)
# A drug or treatment that is spoken of as such, not as the group that got it.
_NOT_THE_ARM_BEFORE = re.compile(
    r"(?:\b(?:related|refractory|exposed|exposure|resistan\w+|sensitiv\w+|respon\w+|due|attribut\w+|adheren\w+"
    r"|allerg\w+|intoleran\w+|prior"
    r"|reactions?|hypersensitiv\w+|cross(?:ed|ing)?[-\s]?over|switch(?:ed|ing)?)\s(?:to\s)?"
    r"|\b(?:discontinu\w+|dos(?:e|es|ing)|cycles?|infusions?|concentrations?|clearance|withdrawal|half-life|use"
    r"|lines?|administration|initiation"
    r"|intensity|receipt|start|addition|stopp\w+|before|since|previous)\s(?:of\s|on\s"
    r"|with\s)?)(?:the\s)?$",
    re.IGNORECASE,
)
# "7% after surgery versus 3% after physiotherapy": of two that are set against each other each is an arm
_AFTER = re.compile(r"\b(?:after|following)\s(?:of\s|on\s|with\s)?(?:the\s)?$", re.IGNORECASE)
_NOT_THE_ARM_BEHIND = re.compile(
    r"\s?(?:[-–]\s?(?:refractory|exposed|na[iï]ve|related|induced|associated|based|containing|resistant|free)|\+"
    r"|plus\b|combin|in\scombination"
    r"|(?:exposure|discontinuation|dos(?:e|es|ing)|concentrations?|infusions?|clearance|refractor|withdrawal)\b)",
    re.IGNORECASE,
)
_GROUP_BEHIND = re.compile(
    rf"(?:[-–\s](?:treated|treatment|therapy|care|dose|intervention|allocated|assigned|only|alone))?[-\s]{_GROUP}\b",
    re.IGNORECASE,
)
_ABBREVIATED = re.compile(
    r"(?P<words>(?:[A-Za-z][\w/-]*[\s–+-]+){1,8})\((?:the\s)?[“\"‘']?(?P<short>[A-Z][\w/+–-]{1,14})[”"
    r"\"’']?(?:[;,][^()]*|\s(?:group|arm))?\)"
)
_ASSIGNED = re.compile(
    r"\b(?:randomi[sz]ed|randomly\s(?:assigned|allocated)|assigned|allocated)(?:\s\d:\d(?::\d)*"
    r"|\sin\sa\s[^.;,]{0,20}\sratio)?\s"
    r"(?:\([^()]*\)\s)?to\s(?:receive\s|undergo\s|either\s|the\s)*(?P<list>[^.;:]{3,160})",
    re.IGNORECASE,
)
_LIST_PART = re.compile(
    r"\s*(?:,\s*(?:and|or)\s|,\s|\s(?:or|and|versus|vs\.?)\s)(?:to\s|the\s|receive\s|a\s"
    r"|an\s)*(?:\d+\s(?:patients\s|participants\s)?(?:to|received)\s(?:the\s)?)?"
)
# "the apixaban and warfarin groups" of a text whose tables name no arms; words that tell of a part name none
_NAMED_GROUP = re.compile(
    r"\b(?:(?:in|of|for|with|to|and|versus|vs\.?|than)\s(?:the\s)?|the\s)(?P<list>(?!the\s)[\w+/-]+(?:\s(?!(?:and"
    r"|or|versus|vs)\b)[\w+/-]+){0,2}?"
    r"(?:(?:,\s(?:and\s)?|\sand\s|\sor\s|\sversus\s"
    r"|\svs\.?\s)(?:the\s)?[\w+/-]+(?:\s[\w+/-]+)?)*?)[\s-](?P<noun>groups?|arms?)\b",
)
_NO_GROUP_NAME = re.compile(
    r"\b(?:risk|age|aged|older|younger|elderly|high|low|intermediate|higher|lower|entire|whole|study|patient"
    r"|patients|same|other|first|second|third"
    r"|both|all|each|either|two|three|four|these|those|this|our|total|sub|diagnostic|peer|support|working|ethnic"
    r"|the|of|in|with|within|between|treatment"
    r"|across|among|any|no|single|independent|different|larger|large|small|one|a|an|diagnosis|disease|at|by|for"
    r"|were|was|than|to|is|had|after|before"
    r"|from|that|per|trial|parallel|multi|randomi[sz]ed|\d.*)\b|risk$",
    re.IGNORECASE,
)
_LETTERED = re.compile(
    r"\b(?P<noun>[Aa]rm|[Gg]roup|[Cc]ohort)s?\s(?P<list>[A-Z]\d?\b(?:(?:,\s(?:and\s)?|\sand\s|\svs\.?\s|\sversus\s"
    r"|\sor\s)[A-Z]\d?\b)*"
    r"|(?:\d|[IVX]{1,4})\b(?!\.\d)(?:(?:,\s(?:and\s)?|\sand\s|\svs\.?\s|\sversus\s|\sor\s)(?:\d"
    r"|[IVX]{1,4})\b(?![.%]\d|\s?%|\s\w))*)"
)
_OTHER_ONE = re.compile(
    r"\bthe\sother(?:\s(?:treatment|study))?\s(?:group|arm|regimen|drug|treatment)\b", re.IGNORECASE
)
MAX_DEFINED_WORDS = 5


@dataclass(frozen=True, slots=True)
class Arm:
    """An arm of the paper: its name as tables print it, and the patterns of all ways to print it in a sentence.

    needs_group: forms that name it only beside a word for a group ("intervention group"). doses: patterns of its dose.
    """

    name: str
    forms: tuple[str, ...]
    needs_group: tuple[str, ...] = ()
    doses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Arms:
    """All arms of a paper; studies: outer labels over several arms (the trials of a review)."""

    arms: tuple[Arm, ...]
    studies: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The names as tables print them."""
        return tuple(a.name for a in self.arms)


def know_arms(printed: Iterable[str], texts: Sequence[str]) -> Arms:
    """The arms of a paper.

    printed: arms of the observations of its tables, levels joined as PATH_SEPARATOR does. texts: all its sentences.
    """
    paths = _arm_paths(printed)
    if not paths:
        paths = [(name,) for name in _assigned_arms(texts)]
    shorts = _abbreviations(texts)
    inner = [p[-1] for p in paths]
    arms: list[Arm] = []
    for path in paths:
        others = [x for x in inner if x != path[-1]]
        doses = dose_patterns(path[-1], others, _GROUP)
        arms.append(Arm(PATH_SEPARATOR.join(path), _forms(path[-1], others, shorts), doses=doses))
    outer = dict.fromkeys(p[0] for p in paths if len(p) > 1)
    return Arms(_with_roles(arms), tuple(outer))


def _arm_paths(printed: Iterable[str]) -> list[tuple[str, ...]]:
    """Paths of arms without levels that part time or measures, each once."""
    paths: dict[tuple[str, ...], None] = {}
    for arm in printed:
        path = tuple(x.strip() for x in arm.split(PATH_SEPARATOR) if x.strip() and not _NO_ARM.search(x))
        if path and re.search(r"[A-Za-z]{2}|^[A-Z]$", path[-1]):
            paths[path] = None
    same: dict[str, tuple[str, ...]] = {}
    for path in paths:
        key = PATH_SEPARATOR.join(_core(x).casefold() for x in path)
        same.setdefault(key, path)
    return list(same.values())


def _assigned_arms(texts: Sequence[str]) -> list[str]:
    """Arms that the text itself names, where no table does: what patients were assigned to, "the placebo group"."""
    for text in texts:
        match = _ASSIGNED.search(text)
        names = [_core(x) for x in _LIST_PART.split(_cut_clause(match["list"]))] if match else []
        if len(names) > 1 and all(x and len(x.split()) <= MAX_DEFINED_WORDS for x in names):
            return names
    found = dict.fromkeys(name for text in texts for name in _named_groups(text))
    return list(found)


def _named_groups(text: str) -> Iterator[str]:
    """Names of groups as the text prints them: "the placebo group", "the apixaban and warfarin groups"."""
    for match in _NAMED_GROUP.finditer(text):
        names = re.split(r",\s(?:and\s)?|\s(?:and|or|versus|vs\.?)\s(?:the\s)?", match["list"])
        if len(names) == 1 or match["noun"].endswith("s"):
            yield from (n for n in names if not _NO_GROUP_NAME.search(n))


def _cut_clause(text: str) -> str:
    """The list of arms without what follows it ("for 12 weeks", "and were followed")."""
    bare = _BRACKET.sub("", text)
    bare = re.split(
        r",?\s(?:for|once|twice|every|in\sa|in\saddition|as\s|who|which|between|from|with\sa|at\s|by\s|stratified"
        r"|using|and\s(?:were|was|followed)|until|within)\b",
        bare,
    )[0]
    return bare.strip(" ,")


def _core(name: str) -> str:
    """A name without bracket, trailing "group" and blanks."""
    core, before = _BRACKET.sub("", name).strip(" ,;:"), ""
    while core != before:
        before, core = core, _TRAILING.sub("", core).strip(" ,;:")
    return core or name.strip()


def _forms(name: str, others: Sequence[str], shorts: dict[str, str]) -> tuple[str, ...]:
    """All printed forms of one arm, longest first: whole, core, without dose, long and short form, initials."""
    core = _core(name)
    forms = dict.fromkeys((_BRACKET.sub("", name).strip(), core))
    forms |= dict.fromkeys(m[1] for m in _BRACKET.finditer(name) if re.fullmatch(r"[A-Za-z][\w/+-]+", m[1]))
    undosed = _DOSE.sub("", core).strip(" ,")
    if undosed and undosed.casefold() not in {_DOSE.sub("", _core(x)).strip(" ,").casefold() for x in others}:
        forms[undosed] = None
    for form in list(forms):
        key = form.casefold()
        forms |= dict.fromkeys(long for short, long in shorts.items() if short.casefold() == key)
        forms |= dict.fromkeys(short for short, long in shorts.items() if long.casefold() == key)
    taken = {_core(x).casefold() for x in others}
    return tuple(sorted((f for f in forms if len(f) > 1 and f.casefold() not in taken), key=len, reverse=True))


def _abbreviations(texts: Iterable[str]) -> dict[str, str]:
    """Short form → long form, as the text defines them: "standard of care (SOC)"."""
    found: dict[str, str] = {}
    for text in texts:
        for match in _ABBREVIATED.finditer(text):
            long = _long_form(match["words"], match["short"])
            if long:
                found.setdefault(match["short"], long)
    return found


def _long_form(words: str, short: str) -> str:
    """The words before a bracket that the letters in it abbreviate, "" if none do: the fewest that hold the letters."""
    letters = [c.casefold() for c in short if c.isalpha()]
    parts = re.findall(r"[A-Za-z][\w/]*", words)
    for k in range(1, len(parts) + 1):
        tail = parts[-k:]
        if tail[0][0].casefold() == letters[0] and _holds("".join(tail).casefold(), letters):
            start = words.rfind(tail[0]) if k == 1 else _start_of(words, len(parts) - k)
            return words[start:].strip(" -–+")
    return ""


def _start_of(words: str, n: int) -> int:
    return [m.start() for m in re.finditer(r"[A-Za-z][\w/]*", words)][n]


def _holds(text: str, letters: Sequence[str]) -> bool:
    position = 0
    for letter in letters:
        position = text.find(letter, position) + 1
        if position == 0:
            return False
    return True


def _with_roles(arms: Sequence[Arm]) -> tuple[Arm, ...]:
    """The arms, of two the control and the other also as "the control group" and "the intervention group"."""
    controls = [i for i, a in enumerate(arms) if _CONTROL.search(a.name)]
    if len(arms) != 2 or len(controls) != 1:
        return tuple(arms)
    words = {controls[0]: _CONTROL_WORDS, 1 - controls[0]: _ACTIVE_WORDS}
    return tuple(replace(a, needs_group=(words[i],)) for i, a in enumerate(arms))


def find_arms(text: str, known: Arms, studies: Sequence[str] = ()) -> list[Name]:
    """The arms a sentence names, in order, without overlap; "" stands for all of them ("both groups").

    studies: the trials the sentence speaks of; they settle which arm is meant where several have one name.
    """
    found = [Name(*m.span(), "") for m in ALL.finditer(text)]
    found += _lettered(text, known)
    for start, end, name in sorted(_hits(text, known, studies), key=lambda h: (h[0] - h[1], h[0])):
        if not any(start < n.end and end > n.start for n in found):
            found.append(Name(start, end, name))
    found = _without_occasions(text, [n for n in found if n.text != "\0"])
    return sorted([*found, *_other_ones(text, known, found)], key=lambda n: n.start)


def _without_occasions(text: str, found: Sequence[Name]) -> list[Name]:
    """The names without "after A" where no other arm is named: a time then, not whom."""
    if len({n.text for n in found if n.text}) > 1:
        return list(found)
    return [n for n in found if not _AFTER.search(text, 0, n.start) or _GROUP_BEHIND.match(text, n.end)]


def _other_ones(text: str, known: Arms, found: Sequence[Name]) -> Iterator[Name]:
    """ "the other group", where the paper knows two arms and the sentence has named one of them before."""
    for match in _OTHER_ONE.finditer(text):
        before = {n.text for n in found if n.end <= match.start() and n.text}
        rest = [name for name in known.names if name not in before]
        if len(known.names) == 2 and len(before) == len(rest) == 1:
            yield Name(*match.span(), rest[0])


def _lettered(text: str, known: Arms) -> list[Name]:
    """ "groups A, B and C": each letter a name, as tables print it where they do."""
    found: list[Name] = []
    for match in _LETTERED.finditer(text):
        for k, letter in enumerate(
            re.finditer(r"\w+", re.sub(r"\b(?:and|vs|versus|or)\b", lambda m: " " * len(m[0]), match["list"]))
        ):
            start = match.start() if k == 0 else match.start("list") + letter.start()
            printed = next((n for n in known.names if re.search(rf"(?:^|\s){letter[0]}$", _BRACKET.sub("", n))), "")
            found.append(Name(start, match.start("list") + letter.end(), printed or f"{match['noun']} {letter[0]}"))
    return found


def _hits(text: str, known: Arms, studies: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Each printed form of each arm; "\\0" for one that is spoken of as a drug: no shorter form is found in it."""
    meant = {a.name for a in known.arms if any(a.name.startswith(s + PATH_SEPARATOR) for s in studies)}
    for arm in known.arms:
        doubles = [a for a in known.arms if a.name != arm.name and set(a.forms) & set(arm.forms)]
        if doubles and arm.name in meant:
            doubles = [a for a in doubles if a.name in meant]
        elif any(a.name in meant for a in doubles):
            continue
        for form in arm.forms:
            for match in _pattern(form).finditer(text):
                is_arm = _is_arm(text, match, len(known.arms) > 1) and not doubles
                yield match.start(), match.end(), arm.name if is_arm else "\0"
        for dose in arm.doses:
            yield from (
                (*m.span(), arm.name) for m in re.finditer(dose, text, re.IGNORECASE) if is_led(text, m.start())
            )
        for form in arm.needs_group:
            for match in re.finditer(rf"\b(?<!\w-){form}(?=[-\s]{_GROUP}\b)", text, re.IGNORECASE):
                yield match.start(), match.end(), arm.name
            for match in _CONTROLS.finditer(text) if form == _CONTROL_WORDS else ():
                yield *match.span("controls"), arm.name
            for match in _CASES.finditer(text) if form == _ACTIVE_WORDS and _CONTROLS.search(text) else ():
                yield *match.span("cases"), arm.name


def _pattern(form: str) -> re.Pattern[str]:
    """The printed form with any dash or blank where it has one; a form in capitals only in capitals."""
    words = re.split(r"[\s–‑-]+", form)
    joined = r"[\s–‑-]+".join(re.escape(w).replace(r"\+", r"\s?\+\s?") for w in words)
    is_short = len(form) <= 3 or (form.isupper() and len(form) <= 6)
    return re.compile(rf"(?<![\w–‑/+-]){joined}(?:[’']s)?(?![\w/+])", 0 if is_short else re.IGNORECASE)


def _is_arm(text: str, match: re.Match[str], has_many: bool) -> bool:
    """Whether a printed form names the group that got it: beside "group", or where no drug as such is meant."""
    if _GROUP_BEHIND.match(text, match.end()):
        return True
    if not has_many or re.match(r"[-–‑]", text[match.end() :]):
        return False
    before = text[max(0, match.start() - 40) : match.start()]
    return not _NOT_THE_ARM_BEFORE.search(before) and not _NOT_THE_ARM_BEHIND.match(text, match.end())
