"""A whole PDF → a damaged one, in each of the ways that files go wrong or are made to.

Comes in: a random source, a Document, another one. Goes out: bytes. Structure is changed object by object, so that the
damage lies behind an intact table of objects, and each layer of a reader is reached. Reading is left to outcomes.py.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

from tests.fuzz.documents import Document, close_stream, open_stream
from tests.unit.readers import hostile

HUGE_NUMBERS = (
    b"-1", b"0", b"1", b"65535", b"2147483647", b"-2147483648", b"4294967296", b"9" * 30, b"1" + b"0" * 400, b"1e308",
    b"0.0000000000001", b"-0.5", b"nan", b"--3", b"1.2.3", b"", b"true", b"null", b"(text)", b"[]", b"<<>>", b"/Name",
)  # fmt: skip
NAMES = (
    b"/Type",
    b"/Page",
    b"/Font",
    b"/Form",
    b"/Image",
    b"/",
    b"/#00",
    b"/\xff\xfe",
    b"/A" * 300,
    b"/Subtype",
    b"null",
)
STRINGS = (
    b"()",
    b"(\xfe\xff\xd8\x00)",
    b"(" * 200 + b")" * 200,
    b"<4>",
    b"<zz>",
    b"(\\777\\0)",
    b"(" + b"\x00" * 999 + b")",
)
FILTERS = (
    b"/LZWDecode", b"/ASCII85Decode", b"/ASCIIHexDecode", b"/RunLengthDecode", b"/JBIG2Decode", b"/JPXDecode",
    b"/DCTDecode", b"/CCITTFaxDecode", b"/Crypt", b"/Unknown", b"[/FlateDecode/FlateDecode]",
    b"[/ASCII85Decode/LZWDecode/FlateDecode]", b"[" + b"/ASCIIHexDecode" * 500 + b"]", b"null", b"7",
    b"[[/FlateDecode]]",
)  # fmt: skip
OPERATORS = (
    b"q ", b"Q ", b"BT ", b"ET ", b"Tj ", b"TJ ", b"Tf ", b"cm ", b"re f ", b"W n ", b"BI ", b"ID ", b"EI ", b"BDC ",
    b"EMC ", b"/X Do ", b"sh ", b"gs ", b"SCN ", b"d ", b"\" ", b"' ", b"T* ", b"[ ", b"] ", b"<< ", b">> ", b"( ",
    b") ", b"% ", b"0 0 0 0 0 0 Tm ", b"0 Tz ", b"9e9 Tc ", b"-9999 TL ", b"3 Tr ", b"7 Tr ",
    b"1 0 0 0 0 0 cm ", b"\x00\xff",
)  # fmt: skip
ENCRYPTIONS = (
    b"/Encrypt << /Filter /Standard /V 5 /R 6 /Length 256 /P -1 /O (x) /U (y) >> ",
    b"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O (" + b"o" * 32 + b") /U (" + b"u" * 32 + b") >> /ID [(a) (b)] ",
    b"/Encrypt << /Filter /Unknown /V 99 >> ", b"/Encrypt 1 0 R ", b"/Encrypt null ", b"/Encrypt [] ",
)  # fmt: skip
XREF_KINDS = (
    "places off",
    "start beyond",
    "start missing",
    "loop",
    "table gone",
    "entries cut",
    "size wrong",
    "root wrong",
)
_NUMBER = re.compile(rb"(?<![\w.#-])-?\d+(?:\.\d+)?(?![\w.]| \d+ R)")
_REFERENCE = re.compile(rb"\d+ 0 R")
_NAME = re.compile(rb"/[A-Za-z][\w+-]*")
_STRING = re.compile(rb"\([^()]*\)|<[0-9A-Fa-f]+>")
_LENGTH = re.compile(rb"/Length \d+")
_FILTER = re.compile(rb"/Filter\s*(?:/\w+|\[[^\]]*\])")
BOMB_BYTES = 40 * 2**20

Mutation = Callable[[Random, Document, Document], bytes]


def flip_bytes(rng: Random, document: Document, _: Document) -> bytes:
    """Bytes anywhere changed."""
    return _flipped(rng, document.data, rng.choice((1, 5, 40, 300)))


def flip_in_stream(rng: Random, document: Document, _: Document) -> bytes:
    """Bytes of one packed stream changed."""
    objects = dict(document.objects)
    number = rng.choice(document.streams)
    head, _sep, data = objects[number].partition(b"stream")
    objects[number] = head + b"stream" + _flipped(rng, data, rng.choice((1, 4, 30)))
    return hostile.render(objects)


def flip_unpacked(rng: Random, document: Document, _: Document) -> bytes:
    """Bytes of one stream changed under its packing: commands, fonts, character maps."""
    return _with_stream(rng, document, lambda data: _flipped(rng, data, rng.choice((1, 10, 100))))


def cut_off(rng: Random, document: Document, _: Document) -> bytes:
    """The end missing, with or without an end mark."""
    end = rng.choice((b"", b"\n%%EOF", b"\ntrailer << /Root 1 0 R >>\nstartxref\n0\n%%EOF"))
    return document.data[: rng.randrange(20, len(document.data))] + end


def lose_stretch(rng: Random, document: Document, _: Document) -> bytes:
    """A stretch in the middle missing, doubled, or zeroed."""
    data, a = document.data, rng.randrange(len(document.data))
    b = min(len(data), a + rng.choice((1, 17, 512, 4096, 20_000)))
    return data[:a] + rng.choice((b"", data[a:b] * 2, bytes(b - a))) + data[b:]


def splice(rng: Random, document: Document, other: Document) -> bytes:
    """The head of one file and the tail of another."""
    return document.data[: rng.randrange(len(document.data))] + other.data[rng.randrange(len(other.data)) :]


def splice_objects(rng: Random, document: Document, other: Document) -> bytes:
    """Objects of another file under the numbers of this one."""
    objects = dict(document.objects)
    for number in _some(rng, list(objects), 4):
        objects[number] = rng.choice(list(other.objects.values()))
    return hostile.render(objects)


def swap_objects(rng: Random, document: Document, _: Document) -> bytes:
    """Objects exchanged, or gone."""
    objects = dict(document.objects)
    for _k in range(rng.randint(1, 3)):
        a, b = rng.choice(list(objects)), rng.choice(list(objects))
        objects[a], objects[b] = objects[b], objects[a] if rng.random() < 0.7 else b"null"
    return hostile.render(objects)


def turn_references(rng: Random, document: Document, _: Document) -> bytes:
    """References that lead elsewhere: into nothing, to the wrong kind, in circles."""
    wild = [*document.objects, max(document.objects) + 9, 0, 99_999_999]
    return _with_heads(rng, document, _REFERENCE, lambda: b"%d 0 R" % rng.choice(wild))


def break_xref(rng: Random, document: Document, _: Document) -> bytes:
    """A table of objects that is wrong, in a loop, or gone."""
    data, kind = document.data, rng.choice(XREF_KINDS)
    start = int(data[data.rindex(b"startxref") :].split()[1])
    table, tail = data[start : data.rindex(b"trailer")], data[data.rindex(b"trailer") :]
    if kind == "places off":
        table = re.sub(rb"\d{10}(?= \d{5} n)", lambda m: b"%010d" % max(0, int(m[0]) + rng.randint(-30, 30)), table)
    elif kind == "entries cut":
        table = table[: rng.randrange(len(table))]
    elif kind == "table gone":
        table = b""
    elif kind == "start beyond":
        tail = re.sub(rb"startxref\s+\d+", b"startxref\n%d" % (rng.choice((1, 3)) * len(data)), tail)
    elif kind == "start missing":
        tail = tail.replace(b"startxref", b"")
    elif kind == "loop":
        tail = tail.replace(b">>", b"/Prev %d /XRefStm %d >>" % (start, start), 1)
    elif kind == "size wrong":
        tail = re.sub(rb"/Size \d+", b"/Size " + rng.choice(HUGE_NUMBERS), tail)
    else:
        tail = re.sub(rb"/Root \d+", b"/Root %d" % rng.choice([*document.objects, 0, 10**9]), tail)
    return data[:start] + table + tail


def bomb_stream(rng: Random, document: Document, _: Document) -> bytes:
    """A small stream that unpacks to far more than any page holds, once or twice over."""
    head, number = b"<< /Filter /FlateDecode /Length 0 >>", rng.choice(document.streams)
    unit = rng.choice(
        (b" ", b"q ", b"(a) Tj ", b"0 0 m 9 9 l S ", b"\x00", b"/A Do ", b"[", b"<<", b"<41> <41> <41>\n")
    )
    old, _data = open_stream(document.objects[number])
    kept = old if b"/FlateDecode" in old and b"/DecodeParms" not in old and rng.random() < 0.7 else head
    bomb = close_stream(kept, unit * (BOMB_BYTES // len(unit)))
    return hostile.render({**document.objects, number: bomb})


def change_numbers(rng: Random, document: Document, _: Document) -> bytes:
    """Numbers of dictionaries made huge, negative, or no numbers."""
    return _with_heads(rng, document, _NUMBER, lambda: rng.choice(HUGE_NUMBERS))


def change_drawn_numbers(rng: Random, document: Document, _: Document) -> bytes:
    """The same in the commands that draw, in fonts and in maps."""
    return _with_stream(rng, document, lambda data: _replaced(rng, data, _NUMBER, lambda: rng.choice(HUGE_NUMBERS)))


def change_names(rng: Random, document: Document, _: Document) -> bytes:
    """Names that mean nothing, or something else."""
    return _with_heads(rng, document, _NAME, lambda: rng.choice(NAMES))


def change_strings(rng: Random, document: Document, _: Document) -> bytes:
    """Strings of nonsense, in dictionaries or drawn."""
    if rng.random() < 0.5:
        return _with_heads(rng, document, _STRING, lambda: rng.choice(STRINGS))
    return _with_stream(rng, document, lambda data: _replaced(rng, data, _STRING, lambda: rng.choice(STRINGS)))


def change_cmaps(rng: Random, document: Document, _: Document) -> bytes:
    """What fonts say of their letters made wild; a font without such a map is given one."""
    objects = dict(document.objects)
    maps = [n for n in document.streams if b"begincmap" in open_stream(objects[n])[1]]
    wild = b"/CIDInit begincmap 1 begincodespacerange <00> <FFFF> endcodespacerange 1 beginbfrange " + rng.choice(
        (b"<00> <FFFFFFFF> <0000>", b"<0000> <FFFF> [<D800>]", b"<00> <7F> <0030>", b"<41> <40> <0041>", b"<> <> <>")
    )
    wild += b" endbfrange 3 beginbfchar <30> <> <31> <D800> <32> <" + b"0041" * 5000 + b"> endbfchar endcmap"
    if maps and rng.random() < 0.7:
        head, data = open_stream(objects[number := rng.choice(maps)])
        changed = _replaced(rng, data, _STRING, lambda: b"<%x>" % rng.choice((0, 0x30, 0xD800, 0xFFFF, 10**30)))
        objects[number] = close_stream(head, rng.choice((changed, wild)))
        return hostile.render(objects)
    number = max(objects) + 1
    objects[number] = close_stream(b"<< /Length 0 >>", wild)
    fonts = [n for n, body in objects.items() if b"/BaseFont" in body]
    for font in fonts:
        objects[font] = objects[font].replace(b"/BaseFont", b"/ToUnicode %d 0 R /BaseFont" % number, 1)
    return hostile.render(objects)


def lie_about_length(rng: Random, document: Document, _: Document) -> bytes:
    """Streams longer or shorter than they say."""
    return _with_heads(rng, document, _LENGTH, lambda: b"/Length " + rng.choice(HUGE_NUMBERS))


def change_filters(rng: Random, document: Document, _: Document) -> bytes:
    """Streams packed in another way than they say."""
    return _with_heads(rng, document, _FILTER, lambda: b"/Filter " + rng.choice(FILTERS))


def change_commands(rng: Random, document: Document, _: Document) -> bytes:
    """Commands of a page put in where they make no sense."""

    def changed(data: bytes) -> bytes:
        for _k in range(rng.choice((1, 5, 60))):
            at = rng.randrange(len(data) + 1)
            data = data[:at] + b" " + rng.choice(OPERATORS) + data[at:]
        return data

    return _with_stream(rng, document, changed)


def encrypt(rng: Random, document: Document, _: Document) -> bytes:
    """An encryption that cannot be."""
    return hostile.render(document.objects, rng.choice(ENCRYPTIONS))


MUTATIONS: dict[str, Mutation] = {
    function.__name__.replace("_", " "): function
    for function in (
        flip_bytes, flip_in_stream, flip_unpacked, cut_off, lose_stretch, splice, splice_objects, swap_objects,
        turn_references, break_xref, bomb_stream, change_numbers, change_drawn_numbers, change_names, change_strings,
        change_cmaps, lie_about_length, change_filters, change_commands, encrypt,
    )
}  # fmt: skip
"""By name, in the order in which they take turns."""


KEEPS_PRINT = {
    "break xref", "bomb stream", "change names", "change cmaps", "lie about length", "change filters",
    "encrypt", "cut off", "turn references",
}  # fmt: skip
"""Damage after which what is printed stands side by side as before: a number found that stands nowhere is our error."""


def _flipped(rng: Random, data: bytes, n: int) -> bytes:
    out = bytearray(data)
    for _k in range(n if out else 0):
        out[rng.randrange(len(out))] = rng.randrange(256)
    return bytes(out)


def _some(rng: Random, things: list[int], most: int) -> list[int]:
    return rng.sample(things, min(len(things), rng.randint(1, most)))


def _replaced(rng: Random, data: bytes, pattern: re.Pattern[bytes], make: Callable[[], bytes]) -> bytes:
    """The data with a few of the places that match, or all of them, made anew."""
    share = rng.choice((0.02, 0.2, 1.0))
    return pattern.sub(lambda m: make() if rng.random() < share else m[0], data)


def _with_stream(rng: Random, document: Document, change: Callable[[bytes], bytes]) -> bytes:
    number = rng.choice(document.streams)
    head, data = open_stream(document.objects[number])
    return hostile.render({**document.objects, number: close_stream(head, change(data))})


def _with_heads(rng: Random, document: Document, pattern: re.Pattern[bytes], make: Callable[[], bytes]) -> bytes:
    """The document with places in the dictionaries of some objects changed: at least one."""
    objects = dict(document.objects)
    parts = {n: body.partition(b"stream") for n, body in objects.items()}
    holding = [n for n, (head, _sep, _data) in parts.items() if pattern.search(head)]
    for number in _some(rng, holding, 3) if holding else []:
        head, sep, data = parts[number]
        hit = rng.choice(list(pattern.finditer(head)))
        head = head[: hit.start()] + make() + head[hit.end() :]
        objects[number] = _replaced(rng, head, pattern, make) + sep + data if rng.random() < 0.2 else head + sep + data
    return hostile.render(objects)
