"""The drawing commands of a page → the calls that carry them out: pdfminer's own, with a faster way to read the text.

Comes in: the content streams of a page. Goes out: the same objects that pdfminer's parser makes of them, in the same
order. Numbers, names, plain strings and arrays of them, nearly all there is, are taken from the buffer by one pattern;
at anything else (inline pictures, dictionaries, comments, nested brackets, broken tokens, the end of a buffer) pdfminer
itself goes on from the same place. What a command draws is left to page_objects.py.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Sequence
from typing import Any

from pdfminer.pdfinterp import PDFContentParser, PDFPageInterpreter
from pdfminer.pdftypes import stream_value
from pdfminer.psexceptions import PSEOF
from pdfminer.psparser import KWD, LIT, PSKeyword, keyword_name

_TOKEN = re.compile(
    rb"""[\s\x00]*+(?:
      ([-+]?\d{1,18}+)(?![\d.])                                    # 1 a whole number
    | ([-+]?(?:\d{1,18}+\.\d{0,18}+|\.\d{1,18}+))(?!\d)            # 2 a number with a point
    | ([A-Za-z][^\#/%\[\]()<>{}\s]*+)                              # 3 a command
    | /([^\#/%\[\]()<>{}\s]*+)(?!\#)                               # 4 a name
    | \((                                                          # 5 a string, with escapes
        (?:[^()\\]++|\\(?:[nrtbf()\\]|[0-7]{1,3}+))*+
      )\)
    | <([0-9A-Fa-f\s]*+)>(?!>)                                     # 6 a string in hexadecimal
    | (\[) | (\])                                                  # 7, 8 ends of an array
    | (['"])                                                       # 9 a command of one sign
    )(?=.)                                                         # whole: the buffer goes on behind it""",
    re.VERBOSE | re.DOTALL,
)
_WHOLE, _POINT, _COMMAND, _NAME, _STRING, _HEX, _OPEN, _CLOSE, _SIGN = range(1, 10)
_ESCAPE = re.compile(rb"\\([nrtbf()\\]|[0-7]{1,3})")
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"(": b"(", b")": b")", b"\\": b"\\"}
_SPACE = re.compile(rb"\s")
_LEFT_TO_PDFMINER = frozenset((b"BI", b"ID"))
"""Behind these stands a picture, which is no text."""
_TRUTHS = {b"true": True, b"false": False}
_AHEAD = 500
"""Objects that are read ahead at a time."""


class ContentParser(PDFContentParser):
    """pdfminer's parser of drawing commands, faster where they are plain."""

    BUFSIZ = 2**16

    def __init__(self, streams: Sequence[object]) -> None:
        self._ahead: deque[tuple[int, Any]] = deque()
        super().__init__(streams)

    def nextobject(self) -> Any:
        """Place and value of the next number, name, string, array, dictionary or command; raises PSEOF at the end."""
        if not self._ahead and self._is_between_objects():
            self._read_ahead()
        return self._ahead.popleft() if self._ahead else super().nextobject()

    def _is_between_objects(self) -> bool:
        is_idle = not (self._tokens or self.results or self.context or self.curstack)
        return is_idle and self._parse1 == self._parse_main

    def _read_ahead(self) -> None:
        """Takes the plain objects that come next; stops before the first that is not plain."""
        data, place, ahead = self.buf, self.charpos, self._ahead
        array: list[Any] | None = None
        while len(ahead) < _AHEAD:
            match = _TOKEN.match(data, place)
            if match is None:
                break
            kind = match.lastindex
            if kind == _OPEN:
                if array is not None:
                    break
                array, place = [], match.end()
                continue
            if kind == _CLOSE:
                if array is None:
                    break
                value, array = array, None
            else:
                value = _read_value(match, kind)
                if value is None or (array is not None and (kind in (_COMMAND, _SIGN))):
                    break
            place = match.end()
            if array is None:
                ahead.append((self.bufpos + match.start(), value))
                self.charpos = place
            else:
                array.append(value)


def _read_value(match: re.Match[bytes], kind: int | None) -> Any:
    """What a token stands for; None where pdfminer is to read it."""
    text: bytes = match[kind or 0]
    if kind == _WHOLE:
        return int(text)
    if kind == _POINT:
        return float(text)
    if kind == _STRING:
        return _unescape(text) if b"\\" in text else text
    if kind == _COMMAND:
        return None if text in _LEFT_TO_PDFMINER else _TRUTHS.get(text, KWD(text))
    if kind == _NAME:
        try:
            return LIT(text.decode())
        except UnicodeDecodeError:
            return LIT(text)
    if kind == _HEX:
        digits = _SPACE.sub(b"", text)
        return None if len(digits) % 2 else bytes.fromhex(digits.decode())
    return KWD(text)


def _unescape(text: bytes) -> bytes | None:
    """The string without its escapes; None where one stands for no byte."""

    def meant(match: re.Match[bytes]) -> bytes:
        return _ESCAPED.get(match[1]) or bytes((int(match[1], 8),))

    try:
        return _ESCAPE.sub(meant, text)
    except ValueError:  # an octal code beyond 255
        return None


class PageInterpreter(PDFPageInterpreter):
    """pdfminer's interpreter of a page, on the faster parser."""

    def execute(self, streams: Sequence[object]) -> None:
        """Carries out the commands; streams that are being carried out already are left out, as pdfminer does it."""
        self.stream_ids.clear()
        wanted = []
        for stream in map(stream_value, streams):
            if stream.objid is not None and stream.objid not in self.parent_stream_ids:
                wanted.append(stream)
                self.stream_ids.add(stream.objid)
        try:
            parser = ContentParser(wanted)
        except PSEOF:
            return  # an empty page
        known: dict[PSKeyword, tuple[Callable[..., None], int] | None] = {}
        while True:
            try:
                _, value = parser.nextobject()
            except PSEOF:
                return
            if not isinstance(value, PSKeyword):
                self.argstack.append(value)
                continue
            if value not in known:
                known[value] = self._command(value)
            command = known[value]
            if command is not None:
                self._carry_out(*command)

    def _carry_out(self, do: Callable[..., None], n_arguments: int) -> None:
        if not n_arguments:
            do()
            return
        arguments = self.pop(n_arguments)
        if len(arguments) == n_arguments:
            do(*arguments)

    def _command(self, keyword: PSKeyword) -> tuple[Callable[..., None], int] | None:
        """The method that carries out a command, and how many arguments it takes."""
        name = keyword_name(keyword).replace("*", "_a").replace('"', "_w").replace("'", "_q")
        do = getattr(self, f"do_{name}", None)
        return None if do is None else (do, do.__func__.__code__.co_argcount - 1)
