"""`textwright accounts`: who may log in to the annotation page of a database."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from getpass import getpass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from textwright.cli.telling import say, tell
from textwright.errors import DataError, MissingExtraError

if TYPE_CHECKING:
    from textwright.store.accounts import Role
    from textwright.store.database import Database

app = typer.Typer(rich_markup_mode=None, add_completion=False, no_args_is_help=True)
BY = "command line"
Name = Annotated[str, typer.Argument(help="How the person is called.")]
Where = Annotated[
    str, typer.Option("--database", metavar="URL", help="The database: a file, or postgresql://USER@HOST/NAME.")
]
RoleName = Annotated[str, typer.Option("--role", help="What the person may do: annotator, reviewer or owner.")]


@app.callback()
def accounts() -> None:
    """Say who may log in to the annotation page, and as what.

    Once there is an account, everybody has to log in.

    Example:
        textwright accounts add ann --role owner --database titles.sqlite
        textwright accounts invite --role annotator --database titles.sqlite --url https://annotate.example.org
        textwright accounts list --database titles.sqlite
    """


@app.command("add")
def add(name: Name, database: Where, role: RoleName = "annotator") -> None:
    """Add an account.

    The password is asked twice, or read as one line from standard input.

    Example:
        textwright accounts add ann --role owner --database titles.sqlite
    """
    chosen = _role(role)
    with _opened(database, make=True) as opened:
        from textwright.store.accounts import add_account

        made = add_account(opened, name, _password(), chosen, by=BY)
    say(f"{made.name} may log in as {made.role}")


@app.command("list")
def show(database: Where) -> None:
    """List the accounts: name, role, since when, and whether they are disabled.

    Example:
        textwright accounts list --database titles.sqlite
    """
    with _opened(database) as opened:
        from textwright.store.accounts import all_accounts

        for each in all_accounts(opened):
            print(f"{each.name}\t{each.role}\t{each.created_at[:10]}{chr(9) + 'disabled' if each.disabled else ''}")


@app.command("invite")
def invite(
    database: Where,
    role: RoleName = "annotator",
    days: Annotated[int, typer.Option(help="For how many days the link holds.", min=1, max=90)] = 7,
    url: Annotated[str, typer.Option(help="Where people find the page.")] = "http://127.0.0.1:8650/",
) -> None:
    """Print a link with which one person makes an account, once.

    Example:
        textwright accounts invite --role annotator --database titles.sqlite --url https://annotate.example.org
    """
    chosen = _role(role)
    with _opened(database) as opened:
        from textwright.store.sessions import invite as make

        token, expires = make(opened, chosen, days=days, by=BY)
    print(f"{url.rstrip('/')}/#/join/{token}")
    say(f"for one {chosen}, until {expires[:16].replace('T', ' ')} UTC")


@app.command("disable")
def disable(name: Name, database: Where) -> None:
    """Let somebody in no more; what he did stays. His sessions end at once.

    Example:
        textwright accounts disable bob --database titles.sqlite
    """
    with _opened(database) as opened:
        from textwright.store.accounts import change_account

        change_account(opened, name, by=BY, disabled=True)
    say(f"{name} is disabled")


@app.command("enable")
def enable(name: Name, database: Where) -> None:
    """Let somebody in again.

    Example:
        textwright accounts enable bob --database titles.sqlite
    """
    with _opened(database) as opened:
        from textwright.store.accounts import change_account

        change_account(opened, name, by=BY, disabled=False)
    say(f"{name} may log in again")


@app.command("role")
def role(
    name: Name, role: Annotated[str, typer.Argument(help="annotator, reviewer or owner.")], database: Where
) -> None:
    """Change what somebody may do.

    Example:
        textwright accounts role bob reviewer --database titles.sqlite
    """
    chosen = _role(role)
    with _opened(database) as opened:
        from textwright.store.accounts import change_account

        change_account(opened, name, by=BY, role=chosen)
    say(f"{name} is {chosen}")


@app.command("password")
def password(name: Name, database: Where) -> None:
    """Set a new password; all sessions of the account end.

    It is asked twice, or read as one line from standard input.

    Example:
        textwright accounts password ann --database titles.sqlite
    """
    with _opened(database) as opened:
        from textwright.store.accounts import change_password

        change_password(opened, name, _password(), by=BY)
    say(f"{name} has a new password")


@contextmanager
def _opened(where: str, *, make: bool = False) -> Iterator[Database]:
    """Open a database; a file is only made where an account is to stand in it."""
    try:
        from textwright.store.accounts import HASHER  # noqa: F401 - finds out whether argon2 is installed
        from textwright.store.database import open_database
    except ModuleNotFoundError as error:
        raise MissingExtraError(error.name or "sqlalchemy", "annotate") from error
    if not (make or "://" in where or Path(where).exists()):
        raise DataError(f"{where}: no such database. `textwright annotate` and `textwright accounts add` make one")
    opened = open_database(where)
    if opened.exposed:
        tell(opened.exposed)
    try:
        yield opened
    finally:
        opened.close()


def _role(name: str) -> Role:
    try:
        from textwright.store.accounts import RANK
    except ModuleNotFoundError as error:
        raise MissingExtraError(error.name or "sqlalchemy", "annotate") from error
    found = next((role for role in RANK if role == name), None)
    if found is None:
        raise DataError(f"there is no role {name!r}. Roles: {', '.join(RANK)}")
    return found


def _password() -> str:
    """Ask for a password twice on a terminal, else read a line."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    first = getpass("Password: ")
    if getpass("Again: ") != first:
        raise DataError("the two passwords differ. Nothing was changed")
    return first
