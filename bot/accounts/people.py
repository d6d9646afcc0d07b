"""The accounts themselves: listing, finding, and changing them."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection
from dataclasses import replace

from sqlalchemy import Connection, delete, func, insert, select, update

from bot.accounts.database import Database
from bot.accounts.errors import InvalidAccount, NotChanged, OwnAccount, UnknownAccount
from bot.accounts.events import EventKind, Events
from bot.accounts.model import (
    COMMAND_LINE,
    Account,
    AccountState,
    Place,
    account_of,
    clean_name,
    clean_place,
    clean_roles,
    name_key,
)
from bot.accounts.permissions import Role
from bot.accounts.schema import account, account_role, device, invitation, passkey, session
from bot.accounts.tokens import new_id


class People:
    """Every change is an event. `by` is the id of the account that makes it, or COMMAND_LINE."""

    def __init__(self, database: Database, events: Events, clock: Callable[[], float]) -> None:
        self._database = database
        self._events = events
        self._clock = clock

    def anyone(self) -> bool:
        """Whether there is an account that somebody can sign in with."""
        with self._database.reading() as connection:
            active = select(account.c.id).where(account.c.state == AccountState.ACTIVE.value).limit(1)
            return connection.execute(active).first() is not None

    def all(self) -> tuple[Account, ...]:
        """Every account, by name; those without a name first."""
        with self._database.reading() as connection:
            roles: dict[str, list[str]] = {}
            for row in connection.execute(select(account_role)):
                roles.setdefault(row.account_id, []).append(row.role)
            rows = connection.execute(select(account).order_by(account.c.name_key, account.c.id))
            return tuple(account_of(row, roles.get(row.id, ())) for row in rows)

    def find(self, account_id: str) -> Account:
        """Raises UnknownAccount."""
        with self._database.reading() as connection:
            return required(connection, account_id)

    def names(self, account_ids: Collection[str]) -> dict[str, str]:
        """The names of accounts by their ids, for pages. An id of no account is left out."""
        with self._database.reading() as connection:
            rows = connection.execute(select(account.c.id, account.c.name).where(account.c.id.in_(set(account_ids))))
            return {row.id: row.name or row.id for row in rows}

    def colleagues(self, one: Account) -> frozenset[str]:
        """The ids of the accounts in the same team; nobody but `one` where they are in none."""
        if not one.team:
            return frozenset({one.id})
        with self._database.reading() as connection:
            rows = connection.execute(select(account.c.id).where(account.c.team == one.team))
            return frozenset({one.id, *(row.id for row in rows)})

    def rename(self, account_id: str, name: str) -> None:
        """Raises InvalidAccount where the name cannot be kept, or is another person's."""
        with self._database.writing() as connection:
            set_name(connection, account_id, name)
            self._events.add(connection, EventKind.NAME_CHANGED, account_id)

    def set_roles(self, account_id: str, roles: Collection[str], by: str = COMMAND_LINE) -> None:
        """Give an account these roles and no others. Its open sessions go on under new tokens."""
        wanted = clean_roles(roles)
        with self._database.writing() as connection:
            self._require_other(account_id, by)
            found = required(connection, account_id)
            if found.active and Role.ADMINISTRATOR not in wanted:
                self._require_another_administrator(connection, found)
            if wanted == found.roles:
                return
            put_roles(connection, account_id, wanted)
            self._events.add(connection, EventKind.ROLES_CHANGED, by, account_id)

    def set_place(self, account_id: str, place: Place, by: str = COMMAND_LINE) -> None:
        """Say for which team, area and subjects somebody is there."""
        clean = clean_place(place)
        with self._database.writing() as connection:
            required(connection, account_id)
            clean = placed(connection, clean, account_id)
            values = {"team": clean.team, "area": clean.area, "subjects": json.dumps(clean.subjects)}
            connection.execute(update(account).where(account.c.id == account_id).values(values))
            self._events.add(connection, EventKind.PLACE_CHANGED, by, account_id)

    def suspend(self, account_id: str, by: str = COMMAND_LINE) -> None:
        """Let nobody sign in with an account, and end its sessions and links. What it recorded stays."""
        with self._database.writing() as connection:
            self._require_other(account_id, by)
            found = required(connection, account_id)
            if found.active:
                self._require_another_administrator(connection, found)
            for table in (session, invitation, device):
                connection.execute(delete(table).where(table.c.account_id == account_id))
            _set_state(connection, account_id, AccountState.SUSPENDED)
            self._events.add(connection, EventKind.SUSPENDED, by, account_id)

    def restore(self, account_id: str, by: str = COMMAND_LINE) -> None:
        """Let a suspended person sign in again, in the ways that they had."""
        with self._database.writing() as connection:
            found = required(connection, account_id)
            if found.state is not AccountState.SUSPENDED:
                raise NotChanged("This account is not suspended.", "Look at the list of accounts again.")
            keys = connection.execute(select(passkey.c.id).where(passkey.c.account_id == account_id).limit(1)).first()
            can_sign_in = found.has_password or found.from_provider or keys is not None
            _set_state(connection, account_id, AccountState.ACTIVE if can_sign_in else AccountState.INVITED)
            self._events.add(connection, EventKind.RESTORED, by, account_id)

    def _require_other(self, account_id: str, by: str) -> None:
        if account_id == by:
            raise OwnAccount("Nobody changes their own roles or suspends themselves.", "Ask another administrator.")

    def _require_another_administrator(self, connection: Connection, found: Account) -> None:
        if Role.ADMINISTRATOR not in found.roles:
            return
        others = (
            select(func.count()).select_from(account.join(account_role, account.c.id == account_role.c.account_id))
            .where(
                account.c.state == AccountState.ACTIVE.value, account_role.c.role == Role.ADMINISTRATOR.value,
                account.c.id != found.id,
            )
        )  # fmt: skip
        if not connection.execute(others).scalar_one():
            raise NotChanged("This is the only administrator.", "Make somebody else an administrator first.")


def required(connection: Connection, account_id: str) -> Account:
    """The account with an id. Raises UnknownAccount."""
    row = connection.execute(select(account).where(account.c.id == account_id)).first()
    if row is None:
        raise UnknownAccount()
    roles = connection.execute(select(account_role.c.role).where(account_role.c.account_id == account_id))
    return account_of(row, roles.scalars())


def add_account(
    connection: Connection, roles: frozenset[Role], name: str, place: Place, state: AccountState, now: int
) -> str:
    """Add an account and return its id. An empty `name` is chosen later."""
    account_id = new_id()
    place = placed(connection, place)
    values = {
        "id": account_id, "name": "", "name_key": None, "state": state.value, "team": place.team, "area": place.area,
        "subjects": json.dumps(place.subjects), "created_at": now,
    }  # fmt: skip
    connection.execute(insert(account).values(values))
    if name:
        set_name(connection, account_id, name)
    put_roles(connection, account_id, roles)
    return account_id


def placed(connection: Connection, place: Place, account_id: str = "") -> Place:
    """`place` with the team as the others of it have it written: North and north are one team."""
    others = select(account.c.team).where(account.c.team != "", account.c.id != account_id).distinct()
    written = {name_key(team): team for team in connection.execute(others).scalars()}
    return replace(place, team=written.get(name_key(place.team), place.team))


def free_name(connection: Connection, account_id: str, name: str) -> str:
    """`name` as it would be kept. Raises InvalidAccount where it cannot be kept, or is another person's."""
    clean = clean_name(name)
    other = select(account.c.id).where(account.c.name_key == name_key(clean), account.c.id != account_id)
    if connection.execute(other).first() is not None:
        raise InvalidAccount("name", "Somebody else here has this name.", "Add your team or a second name.")
    return clean


def set_name(connection: Connection, account_id: str, name: str) -> None:
    """Keep the name of an account. Raises InvalidAccount as `free_name` does."""
    clean = free_name(connection, account_id, name)
    values = {"name": clean, "name_key": name_key(clean)}
    connection.execute(update(account).where(account.c.id == account_id).values(values))


def put_roles(connection: Connection, account_id: str, roles: frozenset[Role]) -> None:
    """Replace the roles of an account; its sessions then get new tokens."""
    connection.execute(delete(account_role).where(account_role.c.account_id == account_id))
    if roles:
        rows = [{"account_id": account_id, "role": role.value} for role in sorted(roles)]
        connection.execute(insert(account_role), rows)
    connection.execute(update(session).where(session.c.account_id == account_id).values(rotate=1))


def _set_state(connection: Connection, account_id: str, state: AccountState) -> None:
    connection.execute(update(account).where(account.c.id == account_id).values(state=state.value))
