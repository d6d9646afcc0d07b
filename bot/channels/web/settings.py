"""What an organisation may set about its web chat."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from bot.errors import SettingsError

SECRET_BYTES = 32
_EVERYWHERE = frozenset({"", "0.0.0.0", "::"})
_PLAIN_URL = re.compile(r"[!-~]+")


@dataclass(frozen=True)
class WebSettings:
    """Settings of the web chat. Raises SettingsError when one of them cannot work.

    `secret` signs form tokens; give every process the same one. `allowed_hosts` are the names under which the chat is
    reached, without ports; `bound_host` is added to them. `secure` says that browsers reach it by https. `exit_url`
    is where the quick exit leads. Rates are messages a minute.
    """

    secret: bytes = field(default_factory=lambda: secrets.token_bytes(SECRET_BYTES), repr=False)
    allowed_hosts: tuple[str, ...] = ("localhost", "127.0.0.1", "::1")
    bound_host: str = "127.0.0.1"
    secure: bool = False
    exit_url: str = "https://www.bbc.co.uk/weather"
    idle_minutes: int = 30
    most_chats: int = 2_000
    most_turns: int = 30
    chat_rate: int = 30
    address_rate: int = 120

    def __post_init__(self) -> None:
        if len(self.secret) < SECRET_BYTES:
            raise SettingsError(
                f"The web secret has {len(self.secret)} bytes.", f"Use at least {SECRET_BYTES} random bytes."
            )
        for name in ("idle_minutes", "most_chats", "most_turns", "chat_rate", "address_rate"):
            if getattr(self, name) < 1:
                raise SettingsError(f"The web setting {name} is below 1.", "Set a whole number of 1 or more.")
        parts = urlsplit(self.exit_url)
        if parts.scheme not in ("https", "http") or not parts.hostname or not _PLAIN_URL.fullmatch(self.exit_url):
            raise SettingsError(
                "The web setting exit_url is not a web address.", "Give a full address that begins with https://."
            )
        if any(sign in self.exit_url for sign in "\"';,"):
            raise SettingsError("The web setting exit_url holds quotes, a comma or a semicolon.", "Leave them out.")

    @property
    def hosts(self) -> frozenset[str]:
        """Every host name that a request may ask for, in lower case."""
        bound = () if self.bound_host in _EVERYWHERE else (self.bound_host,)
        return frozenset(host.strip("[]").casefold() for host in (*self.allowed_hosts, *bound))

    @property
    def exit_origin(self) -> str:
        """Scheme, host and port of `exit_url`: the one foreign place to which a form may lead."""
        parts = urlsplit(self.exit_url)
        return f"{parts.scheme}://{parts.netloc}"

    @property
    def cookie_name(self) -> str:
        """The browser holds a name that begins with __Host- to https, this host alone and the path /."""
        return "__Host-sharewell" if self.secure else "sharewell"

    @property
    def idle_seconds(self) -> float:
        return self.idle_minutes * 60.0
