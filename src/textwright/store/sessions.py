"""Sessions and invitations: random tokens of 256 bits, of which only the SHA-256 is kept."""

from __future__ import annotations

import hashlib
import secrets
from datetime import UTC, datetime, timedelta
from typing import cast

from sqlalchemy import Connection, CursorResult, delete, insert, select, update

from textwright.errors import DataError
from textwright.store.accounts import Account, Role, hash_password, insert_account
from textwright.store.audit import note_in
from textwright.store.database import Database
from textwright.store.tables import ACCOUNTS, INVITATIONS, SESSIONS, now

SESSION_DAYS = 30


def _after_days(days: float) -> str:
    return (datetime.now(UTC) + timedelta(days=days)).isoformat(timespec="milliseconds")


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def begin_session(database: Database, name: str) -> str:
    """Begin a session and return its token, which is nowhere else. Sessions that ran out are cleared away."""
    token = secrets.token_urlsafe(32)
    values = {"account": name, "created_at": now(), "expires_at": _after_days(SESSION_DAYS)}

    def step(connection: Connection) -> None:
        connection.execute(delete(SESSIONS).where(SESSIONS.c.expires_at <= now()))
        connection.execute(insert(SESSIONS).values(token=_hashed(token), **values))

    database.write_people(step)
    return token


def session_account(database: Database, token: str) -> Account | None:
    """Return whose session it is, unless it ran out or the account is disabled.

    A session that is used goes on: its end is moved, at most once a day.
    """
    chosen = (
        select(ACCOUNTS, SESSIONS.c.expires_at)
        .join(SESSIONS, SESSIONS.c.account == ACCOUNTS.c.name)
        .where(SESSIONS.c.token == _hashed(token), SESSIONS.c.expires_at > now(), ACCOUNTS.c.disabled.is_(False))
    )
    with database.read() as connection:
        row = connection.execute(chosen).one_or_none()
    if row is None:
        return None
    if row.expires_at < _after_days(SESSION_DAYS - 1):
        _move_end(database, token)
    return Account(row.name, row.role, row.disabled, row.created_at)


def _move_end(database: Database, token: str) -> None:
    moved = update(SESSIONS).where(SESSIONS.c.token == _hashed(token)).values(expires_at=_after_days(SESSION_DAYS))
    database.write_people(lambda connection: connection.execute(moved))


def end_session(database: Database, token: str) -> None:
    """End a session; one that is not there is no error."""
    ended = delete(SESSIONS).where(SESSIONS.c.token == _hashed(token))
    database.write_people(lambda connection: connection.execute(ended))


def invite(database: Database, role: Role, *, days: int, by: str) -> tuple[str, str]:
    """Make an invitation for one person; return its token, which is nowhere else, and when it ends."""
    token, end = secrets.token_urlsafe(32), _after_days(days)
    values = {"role": role, "by": by, "created_at": now(), "expires_at": end}

    def step(connection: Connection) -> None:
        connection.execute(insert(INVITATIONS).values(token=_hashed(token), **values))
        note_in(connection, by, "invited", role=role, expires=end)

    database.write_people(step)
    return token, end


def join(database: Database, token: str, name: str, password: str) -> Account:
    """Use an invitation up and add the account that it is for; return after the commit.

    Raise `DataError` when the invitation was used, ran out or never was, and as `add_account` does; then the
    invitation is as it was.
    """
    if not _is_open(database, token):
        raise InvitationError("this invitation was used, or it ran out. Ask for a new one")
    hashed = hash_password(password)

    def step(connection: Connection) -> Account:
        open_one = (
            INVITATIONS.c.token == _hashed(token),
            INVITATIONS.c.used_by.is_(None),
            INVITATIONS.c.expires_at > now(),
        )
        taken = cast(
            "CursorResult[object]", connection.execute(update(INVITATIONS).where(*open_one).values(used_by=name))
        )
        if taken.rowcount != 1:
            raise InvitationError("this invitation was used, or it ran out. Ask for a new one")
        role = connection.scalar(select(INVITATIONS.c.role).where(INVITATIONS.c.token == _hashed(token)))
        return insert_account(connection, name, hashed, cast("Role", role), by=name)

    return database.write_people(step)


class InvitationError(DataError):
    """An invitation that does not hold."""


def _is_open(database: Database, token: str) -> bool:
    """Look before the password is hashed, so that a stranger with any token cannot make us work."""
    chosen = select(INVITATIONS.c.token).where(
        INVITATIONS.c.token == _hashed(token), INVITATIONS.c.used_by.is_(None), INVITATIONS.c.expires_at > now()
    )
    with database.read() as connection:
        return connection.scalar(chosen) is not None
