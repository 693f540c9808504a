from __future__ import annotations

import sys
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher

from textwright.store import accounts
from textwright.store.accounts import all_accounts, log_in
from textwright.store.database import open_database
from textwright.store.sessions import join

from .conftest import Run

PASSWORD = "correct horse"
QUICK = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1)


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(accounts, "HASHER", QUICK)


@pytest.fixture
def where(tmp_path: Path) -> str:
    return str(tmp_path / "work.sqlite")


def typed(monkeypatch: pytest.MonkeyPatch, line: str) -> None:
    monkeypatch.setattr("sys.stdin", StringIO(line))


@pytest.fixture
def added(run: Run, where: str, monkeypatch: pytest.MonkeyPatch) -> str:
    typed(monkeypatch, f"{PASSWORD}\n")
    assert run("accounts", "add", "ann", "--role", "owner", "--database", where).status == 0
    return where


def in_database(where: str, look: Any) -> Any:
    opened = open_database(where)
    try:
        return look(opened)
    finally:
        opened.close()


def test_added_account_logs_in(added: str) -> None:
    assert in_database(added, lambda database: log_in(database, "ann", PASSWORD)).role == "owner"


@pytest.mark.skipif(sys.platform == "win32", reason="only POSIX has modes of files")
def test_database_that_everybody_can_read_is_told(run: Run, added: str) -> None:
    assert "chmod" not in run("accounts", "list", "--database", added).err
    for path, mode in ((Path(added).parent, 0o755), (Path(added), 0o644)):
        path.chmod(mode)
    assert run("accounts", "list", "--database", added).err.count(f"chmod 600 {added}") == 1


def test_list_shows_accounts_and_no_password(run: Run, added: str) -> None:
    out = run("accounts", "list", "--database", added).out
    assert out.startswith("ann\towner\t")
    assert "argon2" not in out


@pytest.mark.parametrize("line", ["short\n", "", "\n"])
def test_short_password_is_refused(run: Run, where: str, monkeypatch: pytest.MonkeyPatch, line: str) -> None:
    typed(monkeypatch, line)
    ran = run("accounts", "add", "ann", "--database", where)
    assert ran.status == 2
    assert "at least 10 characters" in ran.err


def test_unknown_role_names_the_roles(run: Run, where: str) -> None:
    ran = run("accounts", "add", "ann", "--role", "king", "--database", where)
    assert ran.status == 2
    assert "Roles: annotator, reviewer, owner" in ran.err


def test_password_that_is_typed_differently_twice_changes_nothing(
    run: Run, where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter(["first password", "other password"])
    terminal = StringIO()
    monkeypatch.setattr(terminal, "isatty", lambda: True)
    monkeypatch.setattr("sys.stdin", terminal)
    monkeypatch.setattr("textwright.cli.accounts.getpass", lambda _: next(answers))
    ran = run("accounts", "add", "ann", "--database", where)
    assert ran.status == 2
    assert in_database(where, all_accounts) == []


def test_database_that_is_not_there_is_not_made_by_looking(run: Run, where: str) -> None:
    ran = run("accounts", "list", "--database", where)
    assert ran.status == 2
    assert f"{where}: no such database" in ran.err
    assert not Path(where).exists()


def test_invitation_lets_one_person_in(run: Run, added: str) -> None:
    asked = ["--role", "reviewer", "--database", added, "--url", "https://work.example.org"]
    link = run("accounts", "invite", *asked).out.strip()
    address, _, token = link.partition("/#/join/")
    assert address == "https://work.example.org"
    assert in_database(added, lambda database: join(database, token, "bob", PASSWORD)).role == "reviewer"


def test_last_owner_is_not_disabled(run: Run, added: str) -> None:
    ran = run("accounts", "disable", "ann", "--database", added)
    assert ran.status == 2
    assert "last owner" in ran.err


def test_role_and_disabling_change_an_account(run: Run, added: str, monkeypatch: pytest.MonkeyPatch) -> None:
    typed(monkeypatch, f"{PASSWORD}\n")
    run("accounts", "add", "bob", "--database", added)
    assert run("accounts", "role", "bob", "reviewer", "--database", added).status == 0
    assert run("accounts", "disable", "bob", "--database", added).status == 0
    _, bob = in_database(added, all_accounts)
    assert (bob.role, bob.disabled) == ("reviewer", True)
    assert run("accounts", "enable", "bob", "--database", added).status == 0


def test_new_password_replaces_the_old(run: Run, added: str, monkeypatch: pytest.MonkeyPatch) -> None:
    typed(monkeypatch, "another password\n")
    assert run("accounts", "password", "ann", "--database", added).status == 0
    assert in_database(added, lambda database: log_in(database, "ann", PASSWORD)) is None
    assert in_database(added, lambda database: log_in(database, "ann", "another password")) is not None


@pytest.mark.parametrize(
    "words",
    [
        ("add", "ann"),
        ("list",),
        ("invite",),
        ("disable", "ann"),
        ("enable", "ann"),
        ("role", "ann", "owner"),
        ("password", "ann"),
    ],
)
@pytest.mark.parametrize("package", ["argon2", "sqlalchemy"])
def test_a_missing_package_is_named_with_the_line_that_brings_it(
    run: Run, where: str, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], package: str
) -> None:
    for name in ("accounts", "sessions", "database"):
        monkeypatch.delitem(sys.modules, f"textwright.store.{name}", raising=False)
    monkeypatch.setitem(sys.modules, package, None)
    done = run("accounts", *words, "--database", where)
    assert done.status == 2
    assert done.err == f"textwright: {package} is not installed. Install it with: pip install 'textwright[annotate]'\n"
