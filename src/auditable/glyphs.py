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

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from auditable.glyph_contexts import context_of, glyph_in
from auditable.glyph_verdicts import Verdict, claim_fits, judge_glyph
from auditable.model import UNREAD, Box, GlyphRepair, Page, Word
from auditable.readers.glyph_pictures import GlyphPlace, cut_glyphs
from auditable.readers.glyph_shapes import Shape, likeness
from auditable.readers.mute_words import read_mute_words
from auditable.readers.picture_reader import read_pictures
from auditable.suspects import CODE, Place, Suspect, characters, find_mute_fonts, find_suspects

FIRST_LOOK = 3
"""Places of a suspect that are drawn to see whether it looks like what it claims to be."""
MAX_PLACES = 300
"""Places of one suspect that are drawn when it does not; the rest follow where all these are of one shape."""
MAX_READINGS = 6
"""Places of one shape that are read as pictures."""
SAME_SHAPE = 0.80
MAX_SHAPES = 8
"""Shapes of one suspect that are judged: where there are more, its boxes and its ink do not belong together."""
MAX_MUTE_WORDS = 1500
"""Words of mute fonts that are read from their pictures, at about 50 a second."""
MAX_SUSPECTS = 200
"""Suspects that are judged, those with most places first; a paper with more is no article."""
MOST = 0.6
"""Share of its places at which a character with a meaning must show one shape to be given another meaning."""
BEHIND_BLANK_EM = 0.3


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
    pages, mute = _spell_out(pdf_path, pages)
    suspects = sorted(find_suspects(pages), key=lambda s: -len(s.places))
    doubtful = _drop_honest(pdf_path, pages, suspects[:MAX_SUSPECTS])
    if len(suspects) > MAX_SUSPECTS:
        mute = (
            *mute,
            f"Of {len(suspects)} glyphs in doubt only the {MAX_SUSPECTS} most frequent were compared with print.",
        )
    if not doubtful:
        return MendedPages(_without_codes(pages), problems=mute)
    groups = _cut(pdf_path, pages, doubtful)
    verdicts = _judge(pdf_path, pages, [g for some in groups for g in some], doubtful)
    texts: dict[Place, str] = {}
    lost: dict[Suspect, list[Place]] = {}
    for suspect, some in zip(doubtful, groups, strict=True):
        judged = [(group, next(verdicts)) for group in some]
        told = _told(suspect, judged)
        texts |= told
        lost[suspect] = _lost(suspect, judged, told)
    problems = (*mute, *(_sentence(pages, suspect, places) for suspect, places in lost.items() if places))
    return MendedPages(_without_codes(_written(pages, texts)), _repairs(pages, doubtful, texts), problems)


def _spell_out(pdf_path: Path, pages: Sequence[Page]) -> tuple[Sequence[Page], tuple[str, ...]]:
    """The pages with the words of mute fonts read from their pictures, and one sentence for each such font."""
    fonts = find_mute_fonts(pages)
    if not fonts:
        return pages, ()
    mute = [(page.number, page.turn_degrees, w) for page in pages for w in page.words if w.font in fonts]
    read = chain(read_mute_words(pdf_path, mute[:MAX_MUTE_WORDS]), ((w,) for _, _, w in mute[MAX_MUTE_WORDS:]))
    spelt = tuple(
        replace(page, words=tuple(v for w in page.words for v in (next(read) if w.font in fonts else (w,))))
        for page in pages
    )
    sentences = [
        f"{_where({n for n, _, w in mute if w.font == font})}: the letters of the font {font} have no meaning in the "
        "PDF; they were read from their pictures, as on a scan."
        for font in sorted(fonts)
    ]
    if len(mute) > MAX_MUTE_WORDS:
        sentences.append(f"Of {len(mute)} words without meaning only the first {MAX_MUTE_WORDS} were read so.")
    return spelt, tuple(sentences)


def _told(suspect: Suspect, judged: Sequence[tuple[_Group, Verdict]]) -> dict[Place, str]:
    """What is printed at the places of a suspect, as far as it can be told and differs from the text layer."""
    n_places = sum(len(group.places) for group, _ in judged)
    told = {
        place: verdict.text
        for group, verdict in judged
        if verdict.text and not verdict.is_claim and (suspect.is_unknown or len(group.places) >= MOST * n_places)
        for place in group.places
    }
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
    return [p for group, verdict in judged if verdict.refutes_claim for p in group.places if p not in told]


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
        if home is not None:
            home.append((place, shape))
        elif len(groups) < MAX_SHAPES:
            groups.append([(place, shape)])
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
    n_groups = Counter(group.suspect for group in groups)
    for group, some in zip(groups, contexts, strict=True):
        readings = [r for r in [glyph_in(context, next(read)) for context in some] if r is not None]
        claim = "" if group.suspect.is_unknown else group.suspect.text
        yield judge_glyph(claim, group.shapes, readings, is_only_shape=n_groups[group.suspect] == 1)


def _spread(places: Sequence[Place]) -> list[Place]:
    """Some places, from the first to the last page."""
    step = max(1, -(-len(places) // MAX_READINGS))
    return list(places[::step])


def _written(pages: Sequence[Page], texts: Mapping[Place, str]) -> tuple[Page, ...]:
    """The pages with the printed signs in their words; a word of blanks alone is none."""
    changed: dict[int, dict[int, dict[int, str]]] = defaultdict(lambda: defaultdict(dict))
    for place, text in texts.items():
        changed[place.page][place.word][place.at] = text
    return tuple(_page_written(page, changed[p]) if p in changed else page for p, page in enumerate(pages))


def _without_codes(pages: Sequence[Page]) -> tuple[Page, ...]:
    """The pages with one sign in the place of each reader's code that is left: "(cid:181)" would be read as 181."""
    return tuple(replace(page, words=tuple(map(_without_code, page.words))) for page in pages)


def _without_code(word: Word) -> Word:
    text = CODE.sub(UNREAD, word.text) if "(cid:" in word.text else word.text
    if text == word.text:
        return word
    return replace(word, text=text, layer_text=word.text if word.layer_text is None else word.layer_text)


def _page_written(page: Page, changed: Mapping[int, Mapping[int, str]]) -> Page:
    words = [_word_written(word, changed[w]) if w in changed else word for w, word in enumerate(page.words)]
    blanks = [word.box for word in words if not word.text]
    return replace(
        page,
        words=tuple(
            replace(word, joins_previous=False)
            if word.joins_previous and any(_follows(word, blank) for blank in blanks)
            else word
            for word in words
            if word.text
        ),
    )


def _word_written(word: Word, signs: Mapping[int, str]) -> Word:
    text = "".join(signs.get(at, char) for at, char in enumerate(characters(word.text)))
    return replace(word, text=text, layer_text=word.text)


def _follows(word: Word, blank: Box) -> bool:
    """Whether the word stands right behind a blank, which parts it from the word before."""
    return abs(word.box.x0 - blank.x1) < BEHIND_BLANK_EM * word.size_pt and blank.top <= word.box.y_mid <= blank.bottom


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
    where = _where({pages[place.page].number for place in lost})
    times = f"{len(lost)} place{'s' if len(lost) > 1 else ''}"
    if suspect.is_unknown:
        return (
            f"{where}: a sign of the font {suspect.font} ({times}) has no meaning in the PDF, and its picture could "
            f"not be read; {CODE.sub(UNREAD, suspect.text)!a} stands for it."
        )
    return (
        f"{where}: the font {suspect.font} prints something else than {suspect.text!a} ({times}), and its picture "
        "could not be read; the text layer's character stands."
    )


def _where(numbers: Set[int]) -> str:
    return f"Page{'s' if len(numbers) > 1 else ''} {', '.join(map(str, sorted(numbers)))}"
