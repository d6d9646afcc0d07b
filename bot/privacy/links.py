"""Links: to somebody's page, to a shared file, to a report about somebody. Sites of public bodies are let through."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.privacy.model import Finding

_ENDINGS = (
    r"(?:co\.uk|org\.uk|gov\.uk|nhs\.uk|ac\.uk|sch\.uk|police\.uk|com|net|org|uk|io|me|ly|be|gg|tv|ee|to|app|page|site|"
    r"link|info|cc|gl|online|social|live|club|eu|ie|us|co|example|test)"
)
_REST = r"[^\s<>()\[\]\ue000]{1,300}"
_ADDRESS = re.compile(
    rf"(?<![\w@./-])(?:https?://|www\.)(?:[\w-]{{1,63}}[.@:]){{0,5}}[\w-]{{1,63}}(?::\d{{1,5}})?(?:[/?#]{_REST})?|"
    rf"(?<![\w@./-])(?:[\w-]{{1,63}}\.){{1,4}}{_ENDINGS}/{_REST}|"
    r"(?<![\w@./-])[\w-]{2,63}\.(?:wordpress|blogspot|tumblr|wixsite|weebly|substack|livejournal|carrd|linktr|"
    r"bandcamp|github|neocities|square|myspace)\.[a-z]{2,3}(?:\.uk)?(?!\w)"
)
_HOST = re.compile(r"(?:https?://)?(?:www\.)?(?P<host>[^/?#:]{1,255})(?P<path>.*)$", re.DOTALL)
_PERSONAL = re.compile(
    r"/(?:u|user|users|profile|profiles|people|members?|in|account|add|author)/|/[@~]|"
    r"[?&](?:id|user|uid|name|patient|child|case|client|ref)=|\d{5}"
)
# Bodies whose pages are written for everybody.
_PUBLIC = re.compile(
    r"(?:^|\.)(?:gov\.uk|nhs\.uk|nhs\.net|police\.uk|parliament\.uk|judiciary\.uk|gov\.wales|gov\.scot|org\.uk|"
    r"gov\.ie|ac\.uk|bailii\.org|gmc-uk\.org|procedures\.org|who\.int|unicef\.org|wikipedia\.org|kooth\.com|"
    r"bbc\.com|bbc\.co\.uk|"
    r"trixonline\.co\.uk|proceduresonline\.com|communitycare\.co\.uk|google\.com|google\.co\.uk|bing\.com|"
    r"disrespectnobody\.co\.uk|themix\.org|childrenscommissioner\.com|teams\.microsoft\.com|zoom\.us)$"
)
_PERSONAL_HOST = re.compile(
    r"(?:^|\.)(?:wordpress|blogspot|tumblr|wixsite|weebly|substack|livejournal|carrd|linktr|bandcamp|github|"
    r"neocities|square|myspace)\."
)
_DRIVE = re.compile(r"^(?:drive|docs|photos|forms)\.google\.")
_CLOSING = ".,;:!?'\""


def find(low: str) -> Iterator[Finding]:
    """Links in a text in lower case: linear in its length."""
    if "." not in low:
        return
    for hit in _ADDRESS.finditer(low):
        end = hit.end() - (len(hit.group()) - len(hit.group().rstrip(_CLOSING)))
        parts = _HOST.match(hit.group().rstrip(_CLOSING))
        if parts and _leads_to_somebody(parts.group("host"), parts.group("path").strip("/")):
            yield Finding(hit.start(), end, "link", "looks like a link to a person's page or file")


def public(low: str) -> list[tuple[int, int]]:
    """Where links to pages for everybody stand: no name is looked for inside."""
    if "." not in low:
        return []
    found = []
    for hit in _ADDRESS.finditer(low):
        parts = _HOST.match(hit.group().rstrip(_CLOSING))
        if parts and not _leads_to_somebody(parts.group("host"), parts.group("path").strip("/")):
            found.append(hit.span())
    return found


def _leads_to_somebody(host: str, path: str) -> bool:
    if _PERSONAL_HOST.search(host):
        return True
    if not path:
        return False
    if _DRIVE.match(host) or not _PUBLIC.search(host):
        return True
    return _PERSONAL.search(f"/{path}") is not None and not host.endswith(("gov.uk", "nhs.uk", "legislation.gov.uk"))
