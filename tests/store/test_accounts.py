from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from time import process_time
from typing import Any

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select, update

from textwright.errors import DataError
from textwright.store import accounts
from textwright.store.accounts import add_account, all_accounts, any_account, change_account, change_password, log_in
from textwright.store.audit import events
from textwright.store.database import Database
from textwright.store.sessions import InvitationError, begin_session, end_session, invite, join, session_account
from textwright.store.tables import ACCOUNTS, INVITATIONS, SESSIONS

PASSWORD = "correct horse"
LONG_AGO = "2020-01-01T00:00:00.000+00:00"


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(accounts, "HASHER", PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1))


@pytest.fixture
def owner(database: Database) -> Database:
    add_account(database, "ann", PASSWORD, "owner", by="test")
    return database


def kept(database: Database, column: object) -> list[str]:
    with database.read() as connection:
        return list(connection.scalars(select(column)))  # type: ignore[call-overload]


def test_password_is_kept_as_argon2_alone(owner: Database) -> None:
    [hashed] = kept(owner, ACCOUNTS.c.password)
    assert hashed.startswith("$argon2id$")
    assert PASSWORD not in hashed


@pytest.mark.parametrize(("name", "password"), [("ann", "wrong horse"), ("bob", PASSWORD), ("ANN", PASSWORD)])
def test_wrong_password_or_name_logs_nobody_in(owner: Database, name: str, password: str) -> None:
    assert log_in(owner, name, password) is None


def test_disabled_account_logs_in_no_more(owner: Database) -> None:
    add_account(owner, "bob", PASSWORD, "annotator", by="ann")
    change_account(owner, "bob", by="ann", disabled=True)
    assert log_in(owner, "bob", PASSWORD) is None


@pytest.mark.verify
def test_unknown_name_takes_as_long_as_a_wrong_password(owner: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(accounts, "HASHER", PasswordHasher(time_cost=2, memory_cost=8192, parallelism=1))
    change_password(owner, "ann", PASSWORD, by="test")

    def seconds(name: str) -> float:
        begun = process_time()
        log_in(owner, name, "wrong password")
        return process_time() - begun

    seconds("nobody")
    known, unknown = zip(*((seconds("ann"), seconds("nobody")) for _ in range(9)), strict=True)
    assert 0.5 < min(known) / min(unknown) < 2


def test_hash_with_older_parameters_is_renewed(owner: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    [before] = kept(owner, ACCOUNTS.c.password)
    monkeypatch.setattr(accounts, "HASHER", PasswordHasher(time_cost=2, memory_cost=2048, parallelism=1))
    assert log_in(owner, "ann", PASSWORD) is not None
    [after] = kept(owner, ACCOUNTS.c.password)
    assert "m=1024" in before
    assert "m=2048" in after
    assert log_in(owner, "ann", PASSWORD) is not None


BAD_NAMES = [
    "",
    " ann2",
    "ann2 ",
    "a/b",
    "a\\b",
    "a\nb",
    "a\x00b",
    "a\r\nSet-Cookie: x",
    "x" * 101,
    "a\u202eb",
    "ann",
    "ANN",
]


@pytest.mark.parametrize("name", BAD_NAMES)
def test_name_that_is_taken_or_no_name_is_refused(owner: Database, name: str) -> None:
    with pytest.raises(DataError, match=r"cannot be a name|is taken"):
        add_account(owner, name, PASSWORD, "annotator", by="ann")
    assert len(all_accounts(owner)) == 1


@pytest.mark.parametrize("name", ["Zoë", "李明", "o'neil", "<b>ann", "a b", "x" * 100])
def test_names_of_all_kinds_can_log_in(owner: Database, name: str) -> None:
    add_account(owner, name, PASSWORD, "annotator", by="ann")
    assert log_in(owner, name, PASSWORD) is not None


@pytest.mark.parametrize("change", [{"role": "reviewer"}, {"disabled": True}])
def test_last_owner_stays(owner: Database, change: dict[str, object]) -> None:
    add_account(owner, "bob", PASSWORD, "owner", by="ann")
    change_account(owner, "bob", by="ann", disabled=True)
    with pytest.raises(DataError, match="last owner"):
        change_account(owner, "ann", by="bob", **change)  # type: ignore[arg-type]
    assert all_accounts(owner)[0].role == "owner"


def test_two_owners_who_demote_each_other_at_once_leave_one(owner: Database) -> None:
    add_account(owner, "bob", PASSWORD, "owner", by="ann")
    together = threading.Barrier(2)

    def demote(name: str) -> None:
        together.wait()
        try:
            change_account(owner, name, by="test", role="annotator")
        except DataError:
            return

    threads = [threading.Thread(target=demote, args=(name,)) for name in ("ann", "bob")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(each.role for each in all_accounts(owner)) == ["annotator", "owner"]


def test_session_token_is_kept_as_a_hash_alone(owner: Database) -> None:
    token = begin_session(owner, "ann")
    assert len(token) >= 43
    assert kept(owner, SESSIONS.c.token) != [token]
    account = session_account(owner, token)
    assert account is not None
    assert account.name == "ann"


def test_session_ends_with_log_out_password_disabling_and_time(owner: Database) -> None:
    add_account(owner, "bob", PASSWORD, "annotator", by="ann")
    ends = (
        lambda token: end_session(owner, token),
        lambda _: change_password(owner, "bob", "another password", by="ann"),
        lambda _: change_account(owner, "bob", by="ann", disabled=True),
    )
    for end in ends:
        token = begin_session(owner, "bob")
        end(token)
        assert session_account(owner, token) is None
    token = begin_session(owner, "ann")
    owner.write(lambda connection: connection.execute(update(SESSIONS).values(expires_at=LONG_AGO)))
    assert session_account(owner, token) is None


def test_enabled_again_does_not_bring_sessions_back(owner: Database) -> None:
    add_account(owner, "bob", PASSWORD, "annotator", by="ann")
    token = begin_session(owner, "bob")
    change_account(owner, "bob", by="ann", disabled=True)
    change_account(owner, "bob", by="ann", disabled=False)
    assert session_account(owner, token) is None


def test_session_that_is_used_goes_on(owner: Database) -> None:
    token = begin_session(owner, "ann")
    [first] = kept(owner, SESSIONS.c.expires_at)
    session_account(owner, token)
    assert kept(owner, SESSIONS.c.expires_at) == [first]
    soon = (datetime.now(UTC) + timedelta(days=2)).isoformat(timespec="milliseconds")
    owner.write(lambda connection: connection.execute(update(SESSIONS).values(expires_at=soon)))
    session_account(owner, token)
    [moved] = kept(owner, SESSIONS.c.expires_at)
    assert moved >= first


def test_session_lasts_thirty_days_from_when_it_was_last_used_and_no_longer(
    owner: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = datetime.now(UTC)

    class Clock(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> Any:
            return clock.astimezone(tz)

    monkeypatch.setattr("textwright.store.sessions.datetime", Clock)
    monkeypatch.setattr("textwright.store.tables.datetime", Clock)
    token = begin_session(owner, "ann")
    for _ in range(3):  # it slides
        clock += timedelta(days=29, hours=23)
        assert session_account(owner, token) is not None
    clock += timedelta(days=30, seconds=1)
    assert session_account(owner, token) is None


def test_invitation_holds_once(owner: Database) -> None:
    token, _ = invite(owner, "reviewer", days=7, by="ann")
    assert token not in kept(owner, INVITATIONS.c.token)
    assert join(owner, token, "bob", PASSWORD).role == "reviewer"
    with pytest.raises(InvitationError):
        join(owner, token, "cat", PASSWORD)


def test_invitation_that_fails_can_be_used_again(owner: Database) -> None:
    token, _ = invite(owner, "annotator", days=7, by="ann")
    for name, password in (("ann", PASSWORD), ("bob", "short")):
        with pytest.raises(DataError):
            join(owner, token, name, password)
    assert join(owner, token, "bob", PASSWORD).name == "bob"


def test_invitation_that_ran_out_or_never_was_lets_nobody_in(owner: Database) -> None:
    token, _ = invite(owner, "annotator", days=7, by="ann")
    owner.write(lambda connection: connection.execute(update(INVITATIONS).values(expires_at=LONG_AGO)))
    for each in (token, "never"):
        with pytest.raises(InvitationError):
            join(owner, each, "bob", PASSWORD)
    assert [each.name for each in all_accounts(owner)] == ["ann"]


def test_two_who_use_an_invitation_at_once_are_one(owner: Database) -> None:
    token, _ = invite(owner, "annotator", days=7, by="ann")
    together, joined = threading.Barrier(4), []

    def use(name: str) -> None:
        together.wait()
        try:
            joined.append(join(owner, token, name, PASSWORD).name)
        except InvitationError:
            return

    threads = [threading.Thread(target=use, args=(f"p{i}",)) for i in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(joined) == 1
    assert len(all_accounts(owner)) == 2


def test_audit_tells_what_happened_and_no_secret(owner: Database) -> None:
    token, _ = invite(owner, "annotator", days=7, by="ann")
    join(owner, token, "bob", "another password")
    change_account(owner, "bob", by="ann", role="reviewer", disabled=True)
    change_password(owner, "bob", "third password", by="ann")
    told = events(owner)
    assert [each.what for each in told] == [
        "account added", "invited", "account added", "role changed", "account disabled", "password changed",
    ]  # fmt: skip
    said = str(told)
    assert not any(secret in said for secret in (token, PASSWORD, "another password", "third password", "argon2"))


def test_without_accounts_nobody_logs_in(database: Database) -> None:
    assert not any_account(database)
    assert log_in(database, "ann", PASSWORD) is None
