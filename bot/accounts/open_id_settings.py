"""What an organisation sets about its own sign-in, read from plain values."""

from __future__ import annotations

import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from bot.accounts.permissions import Role
from bot.errors import SettingsError

_LOOPBACK = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True)
class OpenIdSettings:
    """The organisation's sign-in: who provides it, who we are there, and which value of a claim gives which roles."""

    issuer: str
    client_id: str
    secret: str = field(repr=False)
    role_claim: str
    roles: Mapping[str, frozenset[Role]]


def read_open_id(
    issuer: str, client_id: str, secret_file: Path | None, role_claim: str, roles: str
) -> OpenIdSettings | None:
    """The settings of the organisation's sign-in, or None where none is set.

    `roles` is such as "safeguarding-leads=manager,adviser; all-staff=practitioner". Raises SettingsError naming the
    variable that is wrong.
    """
    given = {
        "SHAREWELL_OIDC_ISSUER": issuer, "SHAREWELL_OIDC_CLIENT_ID": client_id,
        "SHAREWELL_OIDC_CLIENT_SECRET_FILE": secret_file, "SHAREWELL_OIDC_ROLE_CLAIM": role_claim,
        "SHAREWELL_OIDC_ROLES": roles,
    }  # fmt: skip
    if not any(given.values()):
        return None
    missing = [name for name, value in given.items() if not value]
    if missing or secret_file is None:
        raise SettingsError(
            f"Signing in through your organisation needs {' and '.join(missing)} too.",
            "Set all five that begin so, or none of them.",
        )
    parts = urlsplit(issuer)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _LOOPBACK):
        raise SettingsError(
            "SHAREWELL_OIDC_ISSUER is not an https address.", "Give it as your provider writes it, from https:// on."
        )
    return OpenIdSettings(issuer, client_id, _secret(secret_file), role_claim, _mapping(roles))


def _secret(path: Path) -> str:
    try:
        mode = path.stat().st_mode
        text = path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        raise SettingsError(
            "The file of SHAREWELL_OIDC_CLIENT_SECRET_FILE cannot be read.", "Give a file with the secret on one line."
        ) from None
    if stat.S_IMODE(mode) & 0o077:
        raise SettingsError(
            f"Other accounts of this machine may use the file {path}.", f"Close it: chmod 600 {path}"
        )
    if not text or len(text.split()) != 1:
        raise SettingsError("The file of SHAREWELL_OIDC_CLIENT_SECRET_FILE holds no secret.", "Put it on one line.")
    return text


def _mapping(text: str) -> dict[str, frozenset[Role]]:
    found: dict[str, frozenset[Role]] = {}
    for pair in filter(str.strip, text.split(";")):
        value, _, names = pair.rpartition("=")  # a value may hold "=" itself, as names in a directory do
        try:
            roles = frozenset(Role(name.strip()) for name in names.split(","))
        except ValueError:
            roles = frozenset()
        if not value.strip() or not roles:
            raise SettingsError(
                "SHAREWELL_OIDC_ROLES cannot be read.",
                f"Write VALUE=ROLE,ROLE; VALUE=ROLE. The roles are: {', '.join(Role)}.",
            )
        found[value.strip()] = found.get(value.strip(), frozenset()) | roles
    return found
