"""Identifying details planted on purpose, and a search for their bytes in every file that could have been written."""

from __future__ import annotations

import base64
import os
import unicodedata
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

CANARIES: dict[str, str] = {
    "name": "Thaddeus Quillfeather",
    "lower-case name": "marigold ashgrove-penn",
    "e-mail": "t.quillfeather1987@zanzibarmail.co.uk",
    "telephone": "07700 900461",
    "NHS number": "943 476 5919",
    "NINO": "QQ 12 34 56 C",
    "postcode": "ZE1 9QQ",
    "address": "417 Marmaduke Avenue",
    "date of birth": "17/09/2011",
    "registration": "ZX63 QKV",
    "passport": "passport 925665416",
    "bank": "sort code 20-11-47 account 81749265",
    "handle": "@quillfeather_thad",
    "profile": "https://www.facebook.com/thaddeus.quillfeather",
    "case reference": "case ref LCS/7719344",
    "school": "Saint Winnifreda's Primary School",
}
"""What no file may hold before it was confirmed. Each is invented."""

UNMASKED = "keeps ferrets in a lilac horsebox"
"""What the gate does not know for a detail. It is typed for an adviser only, where no file may hold it either."""

MESSAGES: tuple[str, ...] = (
    "spoke to {name} today, do i need consent",
    "told {lower-case name} her mum said no, can i share",
    "can i email {e-mail} or ring {telephone} about consent",
    "nhs number is {NHS number}, ni number {NINO}, can the gp have it",
    "she lives at {address}, {postcode}, should i tell the police",
    "dob {date of birth}, can a child consent",
    "car reg is {registration} and {passport}",
    "{bank} do they need it",
    "his insta is {handle} and {profile}",
    "{case reference}, goes to {school}",
    "{name} has just hit her, he is at {address} {postcode}, what do i do",
)


def planted(template: str) -> str:
    return template.format(**CANARIES)


def fragments() -> dict[str, bytes]:
    """The byte strings to look for: each canary whole, its words that are unlikely elsewhere, other spellings of it."""
    found: dict[str, bytes] = {}
    for kind, text in {**CANARIES, "unmasked": UNMASKED}.items():
        for form in {text, text.casefold(), text.replace(" ", ""), unicodedata.normalize("NFD", text)}:
            found[f"{kind}: {form}"] = form.encode()
        found[f"{kind}: base64"] = base64.b64encode(text.encode())[:-4]
        found[f"{kind}: utf-16"] = text.encode("utf-16-le")
    for word in ("lilac horsebox", "quillfeather", "Quillfeather", "marigold ashgrove", "zanzibarmail", "Winnifreda",
                 "7719344"):  # fmt: skip
        found[f"word: {word}"] = word.encode()
    return found


def search(paths: Iterable[Path], since: float) -> list[str]:
    """Where a fragment stands in a file changed after `since` (seconds since the epoch)."""
    wanted = fragments()
    return [
        f"{path}: {kind}"
        for path in files_changed(paths, since)
        for content in _contents(path)
        for kind, form in wanted.items()
        if form in content
    ]


def files_changed(roots: Iterable[Path], since: float) -> Iterator[Path]:
    for root in roots:
        # os.walk passes over folders that vanish meanwhile: other programs use the temporary folder too.
        for folder, _, names in os.walk(root):
            for path in (Path(folder) / name for name in names):
                with suppress(OSError):
                    if path.is_file() and not path.is_symlink() and path.stat().st_mtime >= since - 1:
                        yield path


def _contents(path: Path) -> Iterator[bytes]:
    try:
        raw = path.read_bytes()
    except OSError:
        return
    yield raw
    if raw[:2] == b"\x1f\x8b":
        yield zlib.decompress(raw, wbits=31)
