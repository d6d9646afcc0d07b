"""The keys of one log as its database knows them: by generation of the master key, and by entry for the seals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from sqlalchemy import Connection, select

from bot.decision_log.canonical import canonical
from bot.decision_log.errors import ChangedOutside, WrongKey
from bot.decision_log.keys import KeySource, MasterKey, SealingKey
from bot.decision_log.schema import about, sealing

FIRST_GENERATION = 1


@dataclass(frozen=True)
class Facts:
    """What a database says about itself. `next_key_check` is empty unless the master key is being rotated."""

    log_id: str
    schema_version: int
    generation: int
    key_check: str
    next_key_check: str = ""


@dataclass(frozen=True)
class _Keys:
    generation: int
    masters: Mapping[int, MasterKey]
    seals: tuple[tuple[int, SealingKey], ...]  # the first entry that each seals, and the key; oldest first


class Keyring:
    """Finds the key for a generation or an entry, and looks again where another program has rotated the master key."""

    def __init__(self, source: KeySource, log_id: str) -> None:
        self.source = source
        self.log_id = log_id
        self._keys = _Keys(0, {}, ())

    @property
    def generation(self) -> int:
        """The generation of the master key under which new rows are wrapped."""
        return self._keys.generation

    @property
    def master(self) -> MasterKey:
        """The master key that is in use."""
        return self._keys.masters[self._keys.generation]

    @property
    def newest_seal(self) -> SealingKey:
        """What seals the head and the next entry."""
        return self._keys.seals[-1][1]

    @property
    def seals(self) -> tuple[tuple[int, SealingKey], ...]:
        """The first entry that each sealing key seals, and the key; oldest first."""
        return self._keys.seals

    def seal_for(self, sequence: int) -> SealingKey:
        """What seals the entry `sequence`."""
        for first, key in reversed(self._keys.seals):
            if sequence >= first:
                return key
        return self._keys.seals[0][1]

    def master_of(self, generation: int, connection: Connection) -> MasterKey:
        """The master key of a generation. Raises WrongKey where it is not at hand."""
        if generation not in self._keys.masters:
            self.refresh(connection)
        key = self._keys.masters.get(generation)
        if key is None:
            raise WrongKey(
                "A part of the decision log is encrypted under a master key that is not at hand.",
                "Run `sharewell log rotate-key` again if it was interrupted. "
                "Otherwise restore the key from its backup.",
            )
        return key

    def refresh(self, connection: Connection) -> None:
        """Read anew which keys are in use. Raises KeyFileError, or WrongKey where none of those at hand fits."""
        self.use(connection, facts_of(connection))

    def use(self, connection: Connection, facts: Facts) -> None:
        """Take the keys that `facts` tell of. Raises KeyFileError, or WrongKey where none of those at hand fits."""
        wanted = {facts.key_check: facts.generation}
        if facts.next_key_check:
            wanted[facts.next_key_check] = facts.generation + 1
        masters: dict[int, MasterKey] = {}
        for key in self.source.at_hand():
            generation = wanted.get(key.check_value(facts.log_id))
            if generation is not None:
                masters[generation] = key
            if len(masters) == len(wanted):
                break
        if facts.generation not in masters:
            raise WrongKey(
                "The key file belongs to another decision log. Nothing was read or recorded.",
                "Put back the key file that was made with this database, or restart after a change of the key.",
            )
        self._keys = _Keys(facts.generation, masters, self._seals(connection, masters))

    def sealing_context(self, from_sequence: int) -> bytes:
        """What the wrapping of a sealing key is bound to."""
        return canonical([self.log_id, "sealing", from_sequence]).encode("utf-8")

    def _seals(
        self, connection: Connection, masters: Mapping[int, MasterKey]
    ) -> tuple[tuple[int, SealingKey], ...]:
        rows = connection.execute(select(sealing).order_by(sealing.c.from_sequence)).all()
        if not rows:
            return ((1, masters[FIRST_GENERATION].first_sealing_key),) if FIRST_GENERATION in masters else _no_seals()
        try:
            return tuple(
                (
                    row.from_sequence,
                    SealingKey(
                        masters[row.generation].unwrap(row.wrapped_key, self.sealing_context(row.from_sequence))
                    ),
                )
                for row in rows
            )
        except (InvalidTag, KeyError, TypeError, ValueError):
            raise ChangedOutside() from None


def _no_seals() -> tuple[tuple[int, SealingKey], ...]:
    raise ChangedOutside()


def facts_of(connection: Connection) -> Facts:
    """What the database says about itself. The caller has made sure that it is a log of the newest schema."""
    named = {row.name: row.value for row in connection.execute(select(about))}
    return Facts(
        log_id=named["log_id"],
        schema_version=int(named["schema_version"]),
        generation=int(named.get("generation", FIRST_GENERATION)),
        key_check=named["key_check"],
        next_key_check=named.get("next_key_check", ""),
    )
