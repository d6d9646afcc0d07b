"""Keys: the master key wraps one key for each thread; that key encrypts what stands in the thread, and nothing else.

What is encrypted is bound to where it stands. A thread's key is bound to the thread's id, reference, code and place, so
that a code opens its own thread even where rows of the database were exchanged. A message is bound to its thread, its
position, its side and its hour, so that a reply is read where it was written or not at all.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import Callable, Iterable
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import Connection, Row, delete, insert, select, update

from bot.consultations.errors import ThreadDamaged, WrongAdviceKey
from bot.consultations.schema import about, thread

KEY_BYTES = 32
NONCE_BYTES = 12  # what AES-GCM is made for

FACTS = frozenset({"advice_id", "key_check", "locator_key"})
"""What the database says about its key."""

KeysAtHand = Callable[[], Iterable[bytes]]
"""Every master key that can be found, 32 bytes each; the one in use first. Asked again when a key was changed."""


class Box:
    """Encrypts and opens under one key. Everything is bound to a context: what and where it is."""

    def __init__(self, key: bytes) -> None:
        self._cipher = AESGCM(key)

    def seal(self, content: bytes, *context: object) -> bytes:
        nonce = secrets.token_bytes(NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, content, _bound(context))

    def open(self, sealed: bytes, *context: object) -> bytes:
        """What `seal` encrypted. Raises ThreadDamaged where content or context was changed."""
        try:
            return self._cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], _bound(context))
        except (InvalidTag, ValueError):
            raise ThreadDamaged() from None

    def seal_json(self, content: object, *context: object) -> bytes:
        return self.seal(json.dumps(content, ensure_ascii=False).encode("utf-8", "surrogatepass"), *context)

    def open_json(self, sealed: bytes, *context: object) -> Any:
        """Raises ThreadDamaged."""
        return json.loads(self.open(sealed, *context).decode("utf-8", "surrogatepass"))


class _Master:
    """What is derived from one master key."""

    def __init__(self, secret: bytes) -> None:
        self.box = Box(_derived(secret, b"sharewell advice: wrap keys"))
        self._checking = _derived(secret, b"sharewell advice: recognise the key")

    def check_value(self, advice_id: str) -> str:
        """Kept in the database, to tell whether a key belongs to it. It gives nothing of the key away."""
        return hmac.new(self._checking, advice_id.encode(), hashlib.sha256).hexdigest()


class Keyring:
    """Finds the key under which the database stands, and follows where another program has changed it."""

    def __init__(self, at_hand: KeysAtHand) -> None:
        self._at_hand = at_hand
        self._advice_id = ""
        self._check = ""
        self._box = Box(bytes(KEY_BYTES))  # until `refresh`
        self.locator_key = b""

    def begin(self) -> dict[str, str]:
        """What an empty database keeps of the key that it will stand under. Raises WrongAdviceKey without one."""
        advice_id = secrets.token_hex(16)
        master = self._first()
        locator_key = master.box.seal(secrets.token_bytes(KEY_BYTES), "locator", advice_id)
        return {"advice_id": advice_id, "key_check": master.check_value(advice_id), "locator_key": locator_key.hex()}

    def refresh(self, connection: Connection) -> None:
        """Take the key that the database stands under. Raises WrongAdviceKey where it is not at hand."""
        facts = {row.name: row.value for row in connection.execute(select(about))}
        for secret in self._at_hand():
            master = _Master(secret)
            if master.check_value(facts["advice_id"]) == facts["key_check"]:
                self._take(master, facts)
                return
        raise WrongAdviceKey()

    def hold(self, connection: Connection) -> None:
        """Before something is written: the key stays the one in use until the transaction ends."""
        wanted = select(about.c.value).where(about.c.name == "key_check").with_for_update(read=True)
        if connection.execute(wanted).scalar_one() != self._check:
            self.refresh(connection)

    def outdated(self) -> bool:
        """Whether another master key has come into use."""
        return self._first().check_value(self._advice_id) != self._check

    def renew(self, connection: Connection) -> None:
        """Wrap everything under the master key that is in use now, in one transaction that writes."""
        connection.execute(select(about).where(about.c.name == "key_check").with_for_update()).all()
        self.refresh(connection)
        master, old = self._first(), self._box
        for row in connection.execute(select(thread)).all():
            try:
                key = old.open(row.wrapped_key, *_place(self._advice_id, row))
            except ThreadDamaged:
                continue  # it stays what it is: unreadable
            wrapped = master.box.seal(key, *_place(self._advice_id, row))
            connection.execute(update(thread).where(thread.c.id == row.id).values(wrapped_key=wrapped))
        locator_key = master.box.seal(self.locator_key, "locator", self._advice_id)
        facts = {"key_check": master.check_value(self._advice_id), "locator_key": locator_key.hex()}
        connection.execute(delete(about).where(about.c.name.in_(facts)))
        connection.execute(insert(about), [{"name": name, "value": value} for name, value in facts.items()])

    def wrapped(self, key: bytes, row: Any) -> bytes:
        """The key of a thread, encrypted and bound to what the thread's row says."""
        return self._box.seal(key, *_place(self._advice_id, row))

    def box_of(self, connection: Connection, row: Row[Any]) -> Box:
        """What opens the content of a thread. Raises ThreadDamaged where its row was changed."""
        place = _place(self._advice_id, row)
        try:
            return Box(self._box.open(row.wrapped_key, *place))
        except ThreadDamaged:
            self.refresh(connection)  # another program may have changed the master key meanwhile
            return Box(self._box.open(row.wrapped_key, *place))

    def _first(self) -> _Master:
        for secret in self._at_hand():
            return _Master(secret)
        raise WrongAdviceKey()

    def _take(self, master: _Master, facts: dict[str, str]) -> None:
        try:
            locator_key = master.box.open(bytes.fromhex(facts["locator_key"]), "locator", facts["advice_id"])
        except (ThreadDamaged, ValueError):
            raise WrongAdviceKey() from None
        self._box, self.locator_key = master.box, locator_key
        self._advice_id, self._check = facts["advice_id"], facts["key_check"]


def new_key() -> bytes:
    return secrets.token_bytes(KEY_BYTES)


def _place(advice_id: str, row: Any) -> tuple[object, ...]:
    """What of a thread never changes."""
    return (
        "thread", advice_id, row.id, row.reference, row.locator, row.code_hash, row.area, row.subject, row.urgency
    )  # fmt: skip


def _bound(context: tuple[object, ...]) -> bytes:
    return json.dumps(context, separators=(",", ":")).encode()


def _derived(secret: bytes, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=purpose).derive(secret)
