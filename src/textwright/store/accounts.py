"""Accounts: a name, a role and a password, of which only the argon2 hash is kept.

Accounts are disabled, never removed: what they did stands in the project under their names. One owner that is
not disabled is always left.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import Connection, Row, delete, insert, select, update

from textwright.errors import DataError
from textwright.store.audit import note_in
from textwright.store.database import Database
from textwright.store.tables import ACCOUNTS, SESSIONS, now

Role = Literal["annotator", "reviewer", "owner"]
RANK: Mapping[Role, int] = {"annotator": 1, "reviewer": 2, "owner": 3}
SHORTEST_PASSWORD = 10
LONGEST_PASSWORD = 1_000
LONGEST_NAME = 100
# A name stands in paths, headers, files and logs: no control characters, no slashes, no white space around it.
_INSIDE = r"[^/\\\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]"
NAME = rf"(?!\s){_INSIDE}+(?<!\s)"
HASHER = PasswordHasher()


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who may log in, unless disabled."""

    name: str
    role: Role
    disabled: bool
    created_at: str


def any_account(database: Database) -> bool:
    """Say whether there is an account, so that people have to log in."""
    with database.read() as connection:
        return connection.scalar(select(ACCOUNTS.c.name).limit(1)) is not None


def all_accounts(database: Database) -> list[Account]:
    """List the accounts by name."""
    with database.read() as connection:
        return [_account(row) for row in connection.execute(select(ACCOUNTS).order_by(ACCOUNTS.c.name))]


def find_account(database: Database, name: str) -> Account | None:
    """Return the account called `name`, if there is one."""
    with database.read() as connection:
        row = connection.execute(select(ACCOUNTS).where(ACCOUNTS.c.name == name)).one_or_none()
    return None if row is None else _account(row)


def add_account(database: Database, name: str, password: str, role: Role, *, by: str) -> Account:
    """Add an account; return after the commit.

    Raise `DataError` at a name that cannot be one or is taken, and at a password that is too short.
    """
    hashed = hash_password(password)
    return database.write_people(lambda connection: insert_account(connection, name, hashed, role, by=by))


def insert_account(connection: Connection, name: str, hashed: str, role: Role, *, by: str) -> Account:
    """Add an account in a transaction that is under way."""
    name = unicodedata.normalize("NFC", name)
    _check_name(connection, name)
    account = Account(name, role, disabled=False, created_at=now())
    connection.execute(
        insert(ACCOUNTS).values(name=name, password=hashed, role=role, disabled=False, created_at=account.created_at)
    )
    note_in(connection, by, "account added", account=name, role=role)
    return account


def _check_name(connection: Connection, name: str) -> None:
    if not is_name(name):
        raise DataError(
            f"{name[:LONGEST_NAME]!r} cannot be a name. A name has 1 to {LONGEST_NAME} characters, no slash, no line "
            "break and no space at its ends"
        )
    taken = next((each for each in connection.scalars(select(ACCOUNTS.c.name)) if _sounds(each) == _sounds(name)), None)
    if taken is not None:
        raise DataError(f"the name {taken!r} is taken")


def is_name(name: str) -> bool:
    """Say whether somebody may be called this.

    >>> [is_name(each) for each in ("Ann", "Zoë K.", " Ann", "a/b", "")]
    [True, True, False, False, False]
    """
    return len(name) <= LONGEST_NAME and re.fullmatch(NAME, name) is not None


def _sounds(name: str) -> str:
    """Fold what a reader would take for the same name.

    >>> _sounds("Ann") == _sounds("ＡＮＮ")
    True
    """
    return unicodedata.normalize("NFKC", name).casefold()


def hash_password(password: str) -> str:
    """Return what is kept of a password. Raise `DataError` at one that is too short or too long."""
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise DataError(f"a password has at least {SHORTEST_PASSWORD} characters and at most {LONGEST_PASSWORD:,}")
    return HASHER.hash(_normal(password))


def _normal(password: str) -> str:
    """Fold what keyboards write differently for the same letters."""
    return unicodedata.normalize("NFKC", password)


@cache
def _nobodys_hash(hasher: PasswordHasher) -> str:
    return hasher.hash("nobody's password")


def log_in(database: Database, name: str, password: str) -> Account | None:
    """Return the account when the password is right and it is not disabled.

    An unknown name takes as long as a wrong password. A hash with older parameters is renewed.
    """
    name = unicodedata.normalize("NFC", name)
    with database.read() as connection:
        row = connection.execute(select(ACCOUNTS).where(ACCOUNTS.c.name == name)).one_or_none()
    right = _is_right(_nobodys_hash(HASHER) if row is None else row.password, password)
    if row is None or not right or row.disabled:
        return None
    if HASHER.check_needs_rehash(row.password):
        _set_password(database, name, HASHER.hash(_normal(password)), expected=row.password)
    return _account(row)


def _is_right(hashed: str, password: str) -> bool:
    try:
        return HASHER.verify(hashed, _normal(password))
    except (VerificationError, InvalidHashError):
        return False


def _set_password(database: Database, name: str, hashed: str, *, expected: str) -> None:
    """Renew a hash, unless the password was changed meanwhile."""
    changed = update(ACCOUNTS).where(ACCOUNTS.c.name == name, ACCOUNTS.c.password == expected).values(password=hashed)
    database.write_people(lambda connection: connection.execute(changed))


def change_password(database: Database, name: str, password: str, *, by: str) -> None:
    """Set a new password and end all sessions of the account. Raise `DataError` when there is none."""
    hashed = hash_password(password)

    def step(connection: Connection) -> None:
        _known(connection, name)
        connection.execute(update(ACCOUNTS).where(ACCOUNTS.c.name == name).values(password=hashed))
        _end_sessions(connection, name)
        note_in(connection, by, "password changed", account=name)

    database.write_people(step)


def change_account(
    database: Database, name: str, *, by: str, role: Role | None = None, disabled: bool | None = None
) -> Account:
    """Change what is given; return after the commit. Disabling ends the account's sessions.

    Raise `DataError` when there is no such account, or when no owner would be left.
    """

    def step(connection: Connection) -> Account:
        before = _known(connection, name)
        after = Account(name, role or before.role, before.disabled if disabled is None else disabled, before.created_at)
        if _is_owner(before) and not _is_owner(after):
            _check_another_owner(connection, name)
        _change(connection, before, after, by)
        return after

    return database.write_people(step)


def _change(connection: Connection, before: Account, after: Account, by: str) -> None:
    values = {"role": after.role, "disabled": after.disabled}
    connection.execute(update(ACCOUNTS).where(ACCOUNTS.c.name == after.name).values(**values))
    if after.role != before.role:
        note_in(connection, by, "role changed", account=after.name, role=after.role, before=before.role)
    if after.disabled != before.disabled:
        note_in(connection, by, "account disabled" if after.disabled else "account enabled", account=after.name)
    if after.disabled:
        _end_sessions(connection, after.name)


def _known(connection: Connection, name: str) -> Account:
    """Return an account; all owners' rows are locked, so that two changes at once cannot remove the last two."""
    rows = connection.execute(
        select(ACCOUNTS)
        .where((ACCOUNTS.c.name == name) | (ACCOUNTS.c.role == "owner"))
        .order_by(ACCOUNTS.c.name)
        .with_for_update()
    ).all()
    found = next((_account(row) for row in rows if row.name == name), None)
    if found is None:
        raise UnknownAccountError(f"there is no account called {name!r}")
    return found


class UnknownAccountError(DataError):
    """No account has this name."""


def _is_owner(account: Account) -> bool:
    return account.role == "owner" and not account.disabled


def _check_another_owner(connection: Connection, name: str) -> None:
    others = select(ACCOUNTS.c.name).where(
        ACCOUNTS.c.role == "owner", ACCOUNTS.c.disabled.is_(False), ACCOUNTS.c.name != name
    )
    if connection.scalar(others.limit(1)) is None:
        raise DataError(f"{name!r} is the last owner. Make somebody else an owner first")


def _end_sessions(connection: Connection, name: str) -> None:
    connection.execute(delete(SESSIONS).where(SESSIONS.c.account == name))


def _account(row: Row[Any]) -> Account:
    return Account(row.name, row.role, row.disabled, row.created_at)
