"""Words whose text layer lies → the words as printed: where the text layer and the picture disagree, the picture wins.

Comes in: a PDF and its Pages of words. Goes out: the pages with the printed sign in the place of the wrong one, what
was put right (GlyphRepairs), and one sentence for each glyph that stays unreadable. Word.layer_text keeps what the
text layer said. Which glyphs are looked at is said in suspects.py, how a sign is judged in glyph_verdicts.py.

One font, one character, one shape: all places of a suspect are cut out of the page; where their shapes are not one,
each shape is judged alone. A shape that looks like what the text layer claims settles the matter. Where it does not,
the sign is replaced only if two witnesses agree who know nothing of each other: the likeness to ordinary faces, and
the recogniser that reads the glyph among its neighbours, at several places.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from auditable.glyph_contexts import context_of, glyph_in
from auditable.glyph_verdicts import Verdict, claim_fits, judge_glyph
from auditable.model import GlyphRepair, Page, Word
from auditable.readers.glyph_pictures import GlyphPlace, cut_glyphs
from auditable.readers.glyph_shapes import Shape, likeness
from auditable.readers.picture_reader import read_pictures
from auditable.suspects import Place, Suspect, characters, find_suspects

FIRST_LOOK = 3
"""Places of a suspect that are drawn to see whether it looks like what it claims to be."""
MAX_PLACES = 300
"""Places of one suspect that are drawn when it does not; the rest follow where all these are of one shape."""
MAX_READINGS = 6
"""Places of one shape that are read as pictures."""
SAME_SHAPE = 0.80


@dataclass(frozen=True, slots=True)
class MendedPages:
    """The pages as printed, what was put right, and what stays unreadable in plain sentences."""

    pages: tuple[Page, ...]
    repairs: tuple[GlyphRepair, ...] = ()
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Group:
    """Places of one suspect where the same shape is printed."""

    suspect: Suspect
    places: tuple[Place, ...]
    shapes: tuple[Shape, ...]


def mend_glyphs(pdf_path: Path, pages: Sequence[Page]) -> MendedPages:
    """The pages with every sign as it is printed, as far as that can be told.

    pages: read from the text layer; a paper without suspect glyphs comes back as it is, and no picture is drawn.
    Raises AuditableError when the PDF cannot be opened.
    """
    doubtful = _drop_honest(pdf_path, pages, find_suspects(pages))
    if not doubtful:
        return MendedPages(tuple(pages))
    groups = _cut(pdf_path, pages, doubtful)
    verdicts = _judge(pdf_path, pages, [g for some in groups for g in some], doubtful)
    texts: dict[Place, str] = {}
    problems: list[str] = []
    for suspect, some in zip(doubtful, groups, strict=True):
        judged = [(group, next(verdicts)) for group in some]
        told = _told(suspect, judged)
        texts |= told
        lost = _lost(suspect, judged, told)
        if lost:
            problems.append(_sentence(pages, suspect, lost))
    return MendedPages(_written(pages, texts), _repairs(pages, doubtful, texts), tuple(problems))


def _told(suspect: Suspect, judged: Sequence[tuple[_Group, Verdict]]) -> dict[Place, str]:
    """What is printed at the places of a suspect, as far as it can be told and differs from the text layer."""
    told = {p: v.text for group, v in judged if v.text and not v.is_claim for p in group.places}
    if len(judged) == 1 and told:  # one shape: what could not be cut out by itself is the same sign
        return dict.fromkeys(suspect.places, judged[0][1].text)
    if not judged and suspect.is_unknown and all(place.n_characters == 1 for place in suspect.places):
        return dict.fromkeys(suspect.places, "")  # nothing is printed: a blank
    return told


def _lost(suspect: Suspect, judged: Sequence[tuple[_Group, Verdict]], told: Mapping[Place, str]) -> list[Place]:
    """Places where nobody can say what is printed. A claim that held at some places is not doubted at the others: their
    ink was not cut out well."""
    if suspect.is_unknown:
        return [place for place in suspect.places if place not in told]
    if any(verdict.is_claim for _, verdict in judged):
        return []
    return [p for group, verdict in judged if not verdict.text and verdict.refutes_claim for p in group.places]


def _cut(pdf_path: Path, pages: Sequence[Page], suspects: Sequence[Suspect]) -> list[list[_Group]]:
    """For each suspect its places, parted by what is printed there."""
    drawn = [s.places[:MAX_PLACES] for s in suspects]
    shapes = iter(cut_glyphs(pdf_path, [_on_paper(pages, place) for some in drawn for place in some]))
    return [_group(s, [(place, next(shapes)) for place in some]) for s, some in zip(suspects, drawn, strict=True)]


def _drop_honest(pdf_path: Path, pages: Sequence[Page], suspects: Sequence[Suspect]) -> list[Suspect]:
    """The suspects without meaning, and those whose first places do not look like what they claim to be."""
    claims = [s for s in suspects if not s.is_unknown]
    some = [s.places[:FIRST_LOOK] for s in claims]
    shapes = iter(cut_glyphs(pdf_path, [_on_paper(pages, place) for places in some for place in places]))
    lying: set[tuple[str, str]] = set()
    for suspect, places in zip(claims, some, strict=True):
        seen = [shape for shape in [next(shapes) for _ in places] if shape is not None]
        if not claim_fits(suspect.text, seen):
            lying.add((suspect.font, suspect.text))
    return [s for s in suspects if s.is_unknown or (s.font, s.text) in lying]


def _on_paper(pages: Sequence[Page], place: Place) -> GlyphPlace:
    page = pages[place.page]
    word = page.words[place.word]
    return GlyphPlace(page.number, page.turn_degrees, word.box, word.size_pt, place.at, place.n_characters)


def _group(suspect: Suspect, seen: Sequence[tuple[Place, Shape | None]]) -> list[_Group]:
    """The places parted by what is printed there, the first shape of each group being its measure."""
    groups: list[list[tuple[Place, Shape]]] = []
    for place, shape in seen:
        if shape is None:
            continue
        home = next((g for g in groups if likeness(g[0][1], shape) >= SAME_SHAPE), None)
        if home is None:
            groups.append([(place, shape)])
        else:
            home.append((place, shape))
    return [_Group(suspect, tuple(p for p, _ in g), tuple(s for _, s in g)) for g in groups]


def _judge(
    pdf_path: Path, pages: Sequence[Page], groups: Sequence[_Group], doubtful: Sequence[Suspect]
) -> Iterator[Verdict]:
    """One verdict per group; all pictures are read in one go."""
    in_doubt = {(s.font, s.text) for s in doubtful}
    contexts = [
        [context_of(pages[p.page], p, lambda font, char: (font, char) in in_doubt) for p in _spread(g.places)]
        for g in groups
    ]
    read = iter(read_pictures(pdf_path, [(c.page, c.turn_degrees, c.box) for some in contexts for c in some]))
    for group, some in zip(groups, contexts, strict=True):
        readings = [r for r in [glyph_in(context, next(read)) for context in some] if r is not None]
        claim = "" if group.suspect.is_unknown else group.suspect.text
        yield judge_glyph(claim, group.shapes, readings)


def _spread(places: Sequence[Place]) -> list[Place]:
    """Some places, from the first to the last page."""
    step = max(1, -(-len(places) // MAX_READINGS))
    return list(places[::step])


def _written(pages: Sequence[Page], texts: Mapping[Place, str]) -> tuple[Page, ...]:
    """The pages with the printed signs in their words; a word of blanks alone is none."""
    changed: dict[tuple[int, int], dict[int, str]] = defaultdict(dict)
    for place, text in texts.items():
        changed[place.page, place.word][place.at] = text
    touched = {p for p, _ in changed}
    out = []
    for p, page in enumerate(pages):
        words: list[Word] = []
        after_blank = False
        for w, word in enumerate(page.words) if p in touched else ():
            signs = changed.get((p, w), {})
            text = "".join(signs.get(i, c) for i, c in enumerate(characters(word.text))) if signs else word.text
            if not text:
                after_blank = True
                continue
            mended = replace(word, text=text, layer_text=word.text) if signs else word
            words.append(replace(mended, joins_previous=False) if after_blank else mended)
            after_blank = False
        out.append(replace(page, words=tuple(words)) if p in touched else page)
    return tuple(out)


def _repairs(pages: Sequence[Page], suspects: Sequence[Suspect], texts: Mapping[Place, str]) -> tuple[GlyphRepair, ...]:
    found: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for suspect in suspects:
        for place in suspect.places:
            if place in texts:
                found[suspect.font, suspect.text, texts[place]].append(pages[place.page].number)
    return tuple(
        GlyphRepair(font, layer, printed, len(numbers), tuple(sorted(set(numbers))))
        for (font, layer, printed), numbers in found.items()
    )


def _sentence(pages: Sequence[Page], suspect: Suspect, lost: Sequence[Place]) -> str:
    numbers = sorted({pages[place.page].number for place in lost})
    where = f"Page{'s' if len(numbers) > 1 else ''} {', '.join(map(str, numbers))}"
    times = f"{len(lost)} place{'s' if len(lost) > 1 else ''}"
    if suspect.is_unknown:
        return (
            f"{where}: a sign of the font {suspect.font} ({times}) has no meaning in the PDF, and its picture could "
            f"not be read; {suspect.text!a} stands for it."
        )
    return (
        f"{where}: the font {suspect.font} prints something else than {suspect.text!a} ({times}), and its picture "
        "could not be read; the text layer's character stands."
    )
