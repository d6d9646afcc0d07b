"""The decision log as the rest of the application uses it."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from pathlib import Path
from types import MappingProxyType

from bot.decision_log.checkpoints import CheckpointKeySource
from bot.decision_log.core import Policy
from bot.decision_log.fields import RecordFields
from bot.decision_log.keeping import Keeping
from bot.decision_log.keyring import Keyring
from bot.decision_log.keys import KeySource
from bot.decision_log.opening import open_existing_keys, open_keys, require_log
from bot.decision_log.reading import Reading
from bot.decision_log.recording import Recording
from bot.decision_log.retaining import Retaining
from bot.decision_log.store import Store, open_store

DEFAULT_LOCK_WAIT = 5.0  # seconds
NO_FIELDS: RecordFields = MappingProxyType({})
CHECKPOINT_KEY_NAME = "checkpoint.key"


class DecisionLog(Recording, Retaining, Reading, Keeping):
    """One log: its ledger, its vault and its keys. Safe for use by several threads and processes at once."""

    @classmethod
    def open(
        cls,
        url: str,
        key: Path | KeySource,
        fields: RecordFields = NO_FIELDS,
        lock_wait: float = DEFAULT_LOCK_WAIT,
        policy: Policy | None = None,
        signing: CheckpointKeySource | None = None,
    ) -> DecisionLog:
        """Open the log at `url`, or make it and its key file where there is nothing yet.

        `key` is where the master key comes from. `fields` is what a record may hold; without it the log can be read
        but no field confirmed. `lock_wait` is the longest wait for another writer, in seconds. `signing` is where the
        key of the checkpoints comes from; by default a file beside the master key. Raises KeyFileError, WrongKey,
        SchemaError, SchemaTooNew, SchemaTooOld or LogUnavailable.
        """
        return cls._opened(open_keys, url, key, fields, lock_wait, policy, signing)

    @classmethod
    def open_existing(
        cls,
        url: str,
        key: Path | KeySource,
        fields: RecordFields = NO_FIELDS,
        lock_wait: float = DEFAULT_LOCK_WAIT,
        policy: Policy | None = None,
        signing: CheckpointKeySource | None = None,
    ) -> DecisionLog:
        """The same for a log that must be there already: raises LogMissing, and makes neither log nor key."""
        require_log(url)
        return cls._opened(open_existing_keys, url, key, fields, lock_wait, policy, signing)

    def with_fields(self, fields: RecordFields) -> DecisionLog:
        """The same log over the same open database, for records that may hold `fields`. Closing one closes both."""
        other = copy(self)
        other._fields = fields
        return other

    def close(self) -> None:
        """Let go of the database."""
        self._store.close()

    @classmethod
    def _opened(
        cls, find_keys: Callable[[Store, KeySource], Keyring], url: str, key: Path | KeySource, fields: RecordFields,
        lock_wait: float, policy: Policy | None, signing: CheckpointKeySource | None,
    ) -> DecisionLog:  # fmt: skip
        source = key if isinstance(key, KeySource) else KeySource(key)
        store = open_store(url, lock_wait)
        try:
            keys = find_keys(store, source)
        except BaseException:
            store.close()
            raise
        beside = CheckpointKeySource(source.file.with_name(CHECKPOINT_KEY_NAME))
        return cls(store, keys, fields, policy or Policy(), signing or beside)
