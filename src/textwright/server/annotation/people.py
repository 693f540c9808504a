"""The routes for people: log in and out, invitations, accounts, the audit log."""

from __future__ import annotations

from http import HTTPStatus

from fastapi import Response

from textwright.errors import DataError
from textwright.server.annotation.data import Json, answer
from textwright.server.annotation.service import Asked, Service, too_often
from textwright.server.problems import HttpProblem
from textwright.store.accounts import (
    Account,
    UnknownAccountError,
    all_accounts,
    change_account,
    change_password,
    find_account,
    log_in,
)
from textwright.store.audit import Event, events
from textwright.store.sessions import InvitationError, begin_session, end_session, invite, join

# The longest that browsers keep a cookie; whether a session goes on is the database's to say.
COOKIE_SECONDS = 400 * 24 * 3600


def enter(service: Service, asked: Asked) -> Response:
    """Log in. A wrong password and an unknown name are answered alike, and as slowly."""
    _check_accounts(service)
    name = asked.body.name
    _take_guess(service, asked, name)
    account = log_in(service.database, name, asked.body.password)
    if account is None:
        # What is no account's name may be a password that somebody typed into the wrong field: it is not kept.
        known = find_account(service.database, name) is not None
        service.note(name if known else "", "log-in failed", address=asked.address)
        raise HttpProblem(HTTPStatus.UNAUTHORIZED, "wrong_password", "the name or the password is wrong")
    service.guesses.succeeded(name, asked.address)
    return _logged_in(service, asked, account)


def _take_guess(service: Service, asked: Asked, name: str) -> None:
    wait = service.guesses.begin(name, asked.address)
    if wait:
        raise too_often("too many tries to log in", wait)


def _check_accounts(service: Service) -> None:
    if not service.trust.needs_log_in():
        raise HttpProblem(HTTPStatus.CONFLICT, "no_log_in", "nobody logs in here: there are no accounts")


def _logged_in(service: Service, asked: Asked, account: Account) -> Response:
    """Begin a session under a new token; the one that came with the request ends."""
    service.note(account.name, "log-in", address=asked.address)
    return _begun(service, asked, account)


def _begun(service: Service, asked: Asked, account: Account) -> Response:
    if asked.token:
        end_session(service.database, asked.token)
    token = begin_session(service.database, account.name)
    response = Response(status_code=HTTPStatus.NO_CONTENT)
    _set_cookie(service, response, token, COOKIE_SECONDS)
    return response


def _set_cookie(service: Service, response: Response, token: str, seconds: int) -> None:
    secure = service.place.secure
    response.set_cookie(
        service.cookie, token, max_age=seconds, path="/", secure=secure, httponly=True, samesite="strict"
    )


def leave(service: Service, asked: Asked) -> Response:
    """Log out: the session ends, not only the cookie."""
    if asked.token:
        end_session(service.database, asked.token)
    if asked.person is not None and asked.token:
        service.note(asked.person.name, "log-out", address=asked.address)
    response = Response(status_code=HTTPStatus.NO_CONTENT)
    _set_cookie(service, response, "", 0)
    return response


def new_password(service: Service, asked: Asked) -> Response:
    """Change one's own password. All other sessions end; the one that asks goes on under a new token."""
    _check_accounts(service)
    name, wanted = asked.known.name, asked.body
    _take_guess(service, asked, name)
    account = log_in(service.database, name, wanted.current)
    if account is None:
        service.note(name, "password change failed", address=asked.address)
        raise HttpProblem(HTTPStatus.FORBIDDEN, "wrong_current_password", "the current password is wrong")
    service.guesses.succeeded(name, asked.address)
    if wanted.new == wanted.current:
        raise HttpProblem(HTTPStatus.UNPROCESSABLE_ENTITY, "not_accepted", "the new password is the one that you have")
    try:
        change_password(service.database, name, wanted.new, by=name)
    except DataError as error:
        raise HttpProblem(HTTPStatus.UNPROCESSABLE_ENTITY, "not_accepted", str(error)) from None
    return _begun(service, asked, account)


def make_invitation(service: Service, asked: Asked) -> Response:
    """Make a link for one new person. Its token stands behind the #, which browsers send to no server."""
    token, expires = invite(service.database, asked.body.role, days=asked.body.days, by=asked.known.name)
    return answer({"url": f"{service.place.public_url}#/join/{token}", "expires": expires})


def accept_invitation(service: Service, asked: Asked) -> Response:
    """Use an invitation up, add the account and log in."""
    try:
        account = join(service.database, asked.body.invitation, asked.body.name, asked.body.password)
    except InvitationError as error:
        raise HttpProblem(HTTPStatus.GONE, "invitation_over", str(error)) from None
    except DataError as error:
        raise HttpProblem(HTTPStatus.UNPROCESSABLE_ENTITY, "not_accepted", str(error)) from None
    return _logged_in(service, asked, account)


def accounts(service: Service, asked: Asked) -> Response:
    """List the accounts."""
    del asked
    return answer({"accounts": [_account_data(each) for each in all_accounts(service.database)]})


def change(service: Service, asked: Asked) -> Response:
    """Change an account's role, or disable it, which ends its sessions."""
    by, name, wanted = asked.known.name, asked.path.name, asked.body
    try:
        changed = change_account(service.database, name, by=by, role=wanted.role, disabled=wanted.disabled)
    except UnknownAccountError as error:
        raise HttpProblem(HTTPStatus.NOT_FOUND, "no_such_account", str(error)) from None
    except DataError as error:
        raise HttpProblem(HTTPStatus.CONFLICT, "last_owner", str(error)) from None
    return answer(_account_data(changed))


def _account_data(account: Account) -> Json:
    return {
        "name": account.name,
        "role": account.role,
        "created": account.created_at,
        "disabled": account.disabled,
    }


def audit(service: Service, asked: Asked) -> Response:
    """List what happened, in order."""
    found = events(service.database, after=asked.query.after, limit=asked.query.limit, newest=asked.query.newest)
    return answer({"entries": [_event_data(each) for each in found]})


def _event_data(event: Event) -> Json:
    return {"id": event.number, "at": event.at, "who": event.who, "what": event.what, "detail": dict(event.detail)}
