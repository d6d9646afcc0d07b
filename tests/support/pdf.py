"""Reads the words of a PDF in the order in which they stand in it: what a screen reader or a copy would take."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

_OBJECT = re.compile(rb"(\d+) 0 obj\b(.*?)\bendobj", re.DOTALL)
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_FONT = re.compile(rb"/(\w+)\s+(\d+) 0 R")
_TOKEN = re.compile(rb"\s*(?:(?P<hex><[0-9a-fA-F]*>)|(?P<open>\()|(?P<word>/?[^\s()<>\[\]/]+|[\[\]<>]))", re.DOTALL)
_IN_TEXT = re.compile(rb"\\[0-7]{1,3}|\\.|[()]", re.DOTALL)
_ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def inside(data: bytes) -> bytes:
    """The whole file, and after it every compressed part of it as it is when taken out."""
    return data + b"".join(_taken_out(found[1]) for found in _STREAM.finditer(data))


def words_of(data: bytes) -> str:
    """Every word that the pages show, with single spaces. Gaps within a line count as they are set."""
    objects = {int(found[1]): found[2] for found in _OBJECT.finditer(data)}
    fonts = {number: _codes_of(body, objects) for number, body in objects.items() if b"/Type/Font" in _tight(body)}
    pages = [body for body in objects.values() if re.search(rb"/Type\s*/Page\b", body)]
    return " ".join(" ".join(_shown_on(page, objects, fonts) for page in pages).split())


def _tight(body: bytes) -> bytes:
    return re.sub(rb"\s+/", b"/", body)


def _taken_out(raw: bytes) -> bytes:
    try:
        # Not zlib.decompress: a stream may end in a carriage return, which is then taken for the end of its line.
        return zlib.decompressobj().decompress(raw)
    except zlib.error:
        return raw


def _stream_of(body: bytes) -> bytes:
    found = _STREAM.search(body)
    return _taken_out(found[1]) if found else b""


def _codes_of(font: bytes, objects: dict[int, bytes]) -> dict[bytes, str]:
    """What each two-byte code of a font stands for."""
    named = re.search(rb"/ToUnicode (\d+) 0 R", font)
    codes: dict[bytes, str] = {}
    if named is None:
        return codes
    table = _stream_of(objects[int(named[1])])
    for block in re.findall(rb"beginbfchar(.*?)endbfchar", table, re.DOTALL):
        for code, text in re.findall(rb"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>", block):
            codes[bytes.fromhex(code.decode())] = bytes.fromhex(text.decode()).decode("utf-16-be")
    for block in re.findall(rb"beginbfrange(.*?)endbfrange", table, re.DOTALL):
        for first, last, text in re.findall(rb"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>", block):
            start = int.from_bytes(bytes.fromhex(text.decode()), "big")
            for offset in range(int(last, 16) - int(first, 16) + 1):
                codes[(int(first, 16) + offset).to_bytes(2, "big")] = chr(start + offset)
    return codes


def _shown_on(page: bytes, objects: dict[int, bytes], fonts: dict[int, dict[bytes, str]]) -> str:
    named = {name: int(number) for name, number in _FONT.findall(_resources_of(page, objects)) if int(number) in fonts}
    content = re.search(rb"/Contents (\d+) 0 R", page)
    assert content is not None, "a page without contents"
    codes: dict[bytes, str] = {}
    shown: list[str] = []
    pending: list[bytes] = []
    last_name = b""
    for kind, token in _tokens(_stream_of(objects[int(content[1])])):
        if kind == "text":
            pending.append(token)
        elif token.startswith(b"/"):
            last_name = token[1:]
        elif token == b"Tf":
            codes = fonts.get(named.get(last_name, -1), {})
        elif token in (b"TJ", b"Tj"):
            shown.extend(_decoded(b"".join(pending), codes))
        elif token == b"ET":
            shown.append(" ")
        if kind == "word" and token.isalpha():
            pending = []
    return "".join(shown)


def _tokens(content: bytes) -> Iterator[tuple[str, bytes]]:
    """The strings (text, as bytes) and the other words of a page's contents, in order."""
    place = 0
    while (found := _TOKEN.match(content, place)) is not None:
        place = found.end()
        if found["hex"]:
            yield "text", bytes.fromhex(found["hex"][1:-1].decode())
        elif found["open"]:
            end = _end_of(content, place)
            yield "text", _unescaped(content[place:end])
            place = end + 1
        else:
            yield "word", found["word"]


def _end_of(content: bytes, start: int) -> int:
    """Where the string that begins at `start` ends: parentheses within it come in pairs, or escaped."""
    depth = 1
    for found in _IN_TEXT.finditer(content, start):
        depth += {b"(": 1, b")": -1}.get(found[0], 0)
        if depth == 0:
            return found.start()
    raise AssertionError("a string of the page does not end")


def _resources_of(page: bytes, objects: dict[int, bytes]) -> bytes:
    """The resources of a page, with those that they refer to."""
    body = page
    for number in re.findall(rb"/(?:Resources|Font) (\d+) 0 R", page):
        body += objects[int(number)]
    for number in re.findall(rb"/Font (\d+) 0 R", body):
        body += objects[int(number)]
    return body


def _decoded(raw: bytes, codes: dict[bytes, str]) -> Iterator[str]:
    for place in range(0, len(raw), 2):
        yield codes.get(raw[place : place + 2], "\N{REPLACEMENT CHARACTER}")


def _unescaped(text: bytes) -> bytes:
    def plain(found: re.Match[bytes]) -> bytes:
        sign = found[1]
        return bytes([int(sign, 8)]) if sign[:1].isdigit() else _ESCAPES.get(sign, sign)

    return re.sub(rb"\\([0-7]{1,3}|.)", plain, text, flags=re.DOTALL)
