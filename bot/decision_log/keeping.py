"""Looking after the log: verification, checkpoints, the lists made anew, and a clock that was wrong."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.decision_log import projection
from bot.decision_log.canonical import utc_text
from bot.decision_log.checkpoints import Checkpoint, signed
from bot.decision_log.core import LogCore, require_account
from bot.decision_log.errors import ChangedOutside
from bot.decision_log.ledger import Entry, EntryKind, NewEntry
from bot.decision_log.references import new_request_id
from bot.decision_log.rotation import Rotation, rotate
from bot.decision_log.verification import Verification, verify


class Keeping(LogCore):
    """What the person who looks after the log does. Every method may raise LogUnavailable."""

    def verify(self, checkpoints: Sequence[Checkpoint] = ()) -> Verification:
        """Read the whole log and name the first bad entry. See `bot.decision_log.verification` for what is found.

        `checkpoints` come from `read_checkpoints`, which has looked at their signatures.
        """
        with self._store.reading() as connection:
            self._keys.refresh(connection)  # another program may have rotated the master key
            return verify(connection, self._ledger, self._vault, checkpoints)

    def checkpoint(self, now: datetime) -> Checkpoint:
        """A signed checkpoint of the log as it stands. Raises KeyFileError, or ChangedOutside for a cut tail."""
        key = self._signing.key()
        with self._store.reading() as connection:
            last = self._ledger.last(connection)
        return signed(key, self._keys.log_id, last.sequence, last.hash, utc_text(now))

    def checkpoint_after(self, entry: Entry, now: datetime) -> Checkpoint:
        """A signed checkpoint of the log as it stood when `entry` had just been added: an export carries one.

        Raises KeyFileError, or ChangedOutside where the log does not hold that entry.
        """
        key = self._signing.key()
        with self._store.reading() as connection:
            found = self._ledger.page(connection, entry.sequence - 1, 1)
        if not found or found[0].hash != entry.hash:
            raise ChangedOutside()
        return signed(key, self._keys.log_id, entry.sequence, entry.hash, utc_text(now))

    def public_key(self) -> str:
        """The key in base 64 with which anybody can verify the checkpoints of this log. Raises KeyFileError."""
        self._signing.key()
        return self._signing.public_text()

    def rotate_key(self, by: str, now: datetime) -> Rotation:
        """Put a new master key in the place of the present one; goes on where an interrupted rotation stopped.

        Raises KeyFileError, WrongKey, ChangedOutside or LogUnavailable; run it again then.
        """
        return rotate(self._store, self._keys, self._ledger, self._vault, require_account(by), now)

    def rebuild(self) -> int:
        """Make the lists of records anew from the ledger, unverified. Returns how many records there are.

        Raises ChangedOutside where an entry cannot be read; then the lists stay as they were.
        """
        with self._store.writing() as connection:
            return projection.rebuild(connection, self._ledger)

    def accept_clock(self, by: str, now: datetime) -> Entry:
        """Write down that `now` is right although the last entry is later: its clock was wrong.

        Raises InvalidDraft or ChangedOutside; then nothing was recorded.
        """
        body = {"by": require_account(by)}
        with self._store.writing() as connection:
            new = NewEntry(EntryKind.CLOCK, "", new_request_id(), utc_text(now), body)
            return self._append(connection, new, {})
