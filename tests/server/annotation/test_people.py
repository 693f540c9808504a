"""Who may do what, and how people log in."""

from __future__ import annotations

import time
import unicodedata
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from argon2 import PasswordHasher
from starlette.testclient import TestClient

from tests.server.annotation.conftest import MANY, PASSWORD, PEOPLE, Client, act, kind_of
from textwright.annotate.desk import Desk
from textwright.errors import TextwrightError
from textwright.server.annotation.guesses import Guesses
from textwright.server.annotation.limits import AnnotationLimits
from textwright.server.annotation.routes import ROUTES, Route
from textwright.server.annotation.trust import KNOWN_SECONDS, Proxy, Trust, check_reach, proxy_of
from textwright.server.gate import networks_of, place_of
from textwright.store import accounts
from textwright.store.accounts import RANK, add_account, all_accounts, change_account, change_password
from textwright.store.audit import events
from textwright.store.database import open_database
from textwright.store.sessions import begin_session, invite

SECRET = {"name": "ann", "password": PASSWORD}
JSON = {"Content-Type": "application/json"}

# Written down by hand, so that a change of the table is seen twice.
NEEDS = {
    ("GET", "/api/project"): None,
    ("POST", "/api/labels"): "owner",
    ("GET", "/api/queue"): "annotator",
    ("GET", "/api/over"): "annotator",
    ("GET", "/api/texts"): "annotator",
    ("GET", "/api/texts/{number}"): "annotator",
    ("GET", "/api/history"): "annotator",
    ("POST", "/api/acts"): "annotator",
    ("GET", "/api/progress"): "annotator",
    ("GET", "/api/notes"): "annotator",
    ("GET", "/api/agreement"): "reviewer",
    ("GET", "/api/disagreements"): "reviewer",
    ("POST", "/api/decisions"): "reviewer",
    ("GET", "/api/export"): "reviewer",
    ("POST", "/api/import"): "owner",
    ("POST", "/api/invitations"): "owner",
    ("GET", "/api/accounts"): "owner",
    ("PATCH", "/api/accounts/{name}"): "owner",
    ("GET", "/api/audit"): "owner",
    ("POST", "/api/session"): None,
    ("DELETE", "/api/session"): None,
    ("POST", "/api/accounts"): None,
    ("POST", "/api/password"): "annotator",
}


def ask(client: TestClient, route: Route) -> Any:
    path = route.path.format(number=1, name="nobody")
    media_type = "application/octet-stream" if route.takes_file else "application/json"
    return client.request(route.method, path, content=b"", headers={"Content-Type": media_type})


def test_table_of_roles_is_as_written() -> None:
    assert {(route.method, route.path): route.role for route in ROUTES} == NEEDS


@pytest.mark.parametrize("name", [None, *PEOPLE])
def test_role_decides(people: Desk, client_of: Client, name: str | None) -> None:
    client = client_of(people)
    for route in ROUTES:
        if name is not None:  # one of the routes logs out
            client.cookies.set("textwright_80", begin_session(people.database, name))
        answer = ask(client, route)
        assert is_as_the_role_says(answer, route, name), f"{route.method} {route.path}: {answer.status_code}"


def is_as_the_role_says(answer: Any, route: Route, name: str | None) -> bool:
    if route.role is None:
        return bool(answer.status_code != 403)
    if name is None:
        return (answer.status_code, kind_of(answer)) == (401, "log_in_first")
    if RANK[PEOPLE[name]] < RANK[route.role]:
        return (answer.status_code, kind_of(answer)) == (403, "role_not_enough")
    return answer.status_code not in (401, 403)


def test_stranger_learns_the_name_alone(people: Desk, client_of: Client) -> None:
    told = client_of(people).get("/api/project").json()
    assert (told["name"], told["login"], told["annotator"], told["role"]) == ("titles", True, None, None)
    assert "RANK" not in str(told)
    assert told["total"] == 0


@pytest.fixture
def stranger(people: Desk, client_of: Client) -> TestClient:
    return client_of(people)


def test_log_in_and_out(stranger: TestClient) -> None:
    answer = stranger.post("/api/session", json=SECRET)
    assert (answer.status_code, answer.content) == (204, b"")
    cookie = answer.headers["set-cookie"]
    assert all(part in cookie for part in ("HttpOnly", "SameSite=strict", "Path=/"))
    assert "Secure" not in cookie
    assert stranger.get("/api/project").json()["annotator"] == "ann"
    token = stranger.cookies["textwright_80"]
    assert stranger.delete("/api/session", headers=JSON).status_code == 204
    stranger.cookies.set("textwright_80", token)
    assert stranger.get("/api/queue").status_code == 401


def test_cookie_is_secure_where_people_come_by_https(people: Desk, client_of: Client) -> None:
    place = place_of("127.0.0.1", 8661, public_url="https://work.example.org/")
    client = client_of(people, place=place, base="https://work.example.org")
    cookie = client.post("/api/session", json=SECRET).headers["set-cookie"]
    assert cookie.startswith("__Host-textwright=")
    assert "; Secure" in cookie
    assert "Domain" not in cookie
    assert client.get("/api/project").json()["annotator"] == "ann"


def test_log_in_begins_a_new_session_and_ends_the_one_that_came(stranger: TestClient) -> None:
    def log_in_with(token: str) -> str:
        stranger.cookies.clear()
        stranger.cookies.set("textwright_80", token)
        cookie = stranger.post("/api/session", json=SECRET).headers["set-cookie"]
        return cookie.partition(";")[0].partition("=")[2]

    first = log_in_with("a-token-that-somebody-planted")
    assert first != "a-token-that-somebody-planted"
    assert log_in_with(first) != first
    stranger.cookies.clear()
    stranger.cookies.set("textwright_80", first)
    assert stranger.get("/api/queue").status_code == 401


@pytest.mark.parametrize(
    "secret",
    [{"name": "ann", "password": "wrong"}, {"name": "nobody", "password": PASSWORD}, {"name": "a\nb", "password": ""}],
)
def test_wrong_name_and_wrong_password_are_answered_alike(stranger: TestClient, secret: dict[str, str]) -> None:
    answer = stranger.post("/api/session", json=secret)
    assert (answer.status_code, answer.json()["detail"]) == (401, "the name or the password is wrong")
    assert "set-cookie" not in answer.headers


def test_session_ends_when_the_account_changes(logged_in: Callable[[str], TestClient], people: Desk) -> None:
    bob, rev = logged_in("bob"), logged_in("rev")
    assert bob.get("/api/queue").status_code == rev.get("/api/queue").status_code == 200
    change_password(people.database, "bob", "another password", by="test")
    change_account(people.database, "rev", by="test", disabled=True)
    assert bob.get("/api/queue").status_code == rev.get("/api/queue").status_code == 401


def test_role_that_is_taken_away_is_gone_at_once(logged_in: Callable[[str], TestClient], people: Desk) -> None:
    rev = logged_in("rev")
    change_account(people.database, "rev", by="test", role="annotator")
    assert rev.get("/api/export").status_code == 403


def test_accounts_that_are_added_while_it_runs_ask_for_a_log_in(desk: Desk, client_of: Client) -> None:
    client = client_of(desk)
    assert client.get("/api/project").json()["role"] == "owner"
    add_account(desk.database, "ann", PASSWORD, "owner", by="test")
    client.app.state.service.trust._looked = float("-inf")  # type: ignore[attr-defined]  # a second later
    assert client.get("/api/queue").status_code == 401


def test_nobody_logs_in_without_accounts(client: TestClient) -> None:
    answer = client.post("/api/session", json=SECRET)
    assert (answer.status_code, kind_of(answer)) == (409, "no_log_in")


# --- guessing -----------------------------------------------------------------------------------


def guess(client: TestClient, name: str = "ann", password: str = "wrong password") -> Any:
    return client.post("/api/session", json={"name": name, "password": password})


LIMITS = AnnotationLimits()
FREELY = AnnotationLimits(stranger_requests_burst=MANY)


def test_of_a_thousand_guesses_at_a_name_from_everywhere_few_are_looked_at(people: Desk, client_of: Client) -> None:
    client = client_of(people, trust_from=networks_of(["127.0.0.1"]), limits=FREELY)
    codes: Counter[int] = Counter()
    begun = time.monotonic()
    for i in range(1_000):
        client.headers["X-Forwarded-For"] = f"9.9.{i // 250}.{i % 250}"
        codes[guess(client, password=f"guess {i} of many").status_code] += 1
    most = LIMITS.name_burst + (time.monotonic() - begun) / LIMITS.name_seconds + 1
    assert codes[401] + codes[429] == 1_000
    assert LIMITS.name_burst <= codes[401] <= most
    assert 1 <= int(guess(client).headers["retry-after"]) <= LIMITS.name_seconds
    assert guess(client, password=PASSWORD).status_code == 429
    failed = [event for event in events(people.database, limit=1_000) if event.what == "log-in failed"]
    assert len(failed) == codes[401]


@pytest.mark.parametrize("addresses", [["9.9.9.9"], [f"2001:db8:0:1::{i:x}" for i in range(1_000)]])
def test_of_a_thousand_guesses_from_one_place_few_are_looked_at_and_nobody_else_waits(
    people: Desk, client_of: Client, addresses: list[str]
) -> None:
    """One place is an address, or a network of version 6 that one household gets."""
    client = client_of(people, trust_from=networks_of(["127.0.0.1"]), limits=FREELY)
    codes: Counter[int] = Counter()
    begun = time.monotonic()
    for i in range(1_000):
        client.headers["X-Forwarded-For"] = addresses[i % len(addresses)]
        codes[guess(client, ("ann", "bob", f"name {i}")[i % 3]).status_code] += 1
    most = LIMITS.log_in_burst + (time.monotonic() - begun) / LIMITS.log_in_seconds + 1
    assert LIMITS.log_in_burst <= codes[401] <= most
    client.headers["X-Forwarded-For"] = "10.0.0.1"
    assert guess(client, password=PASSWORD).status_code == 204


def test_no_single_place_locks_anybody_out_and_nobody_does_for_good() -> None:
    now = 0.0
    guesses = Guesses(LIMITS, known=[("ann", "10.0.0.1")], clock=lambda: now)
    for second in range(3_600):
        now = float(second)
        guesses.begin("ann", "9.9.9.9")
        if second % 60 == 59:  # ann, at a place where she never was
            assert guesses.begin("ann", f"10.0.1.{second // 60}") == 0
    for second in range(3_600, 7_200):
        now = float(second)
        for i in range(40):
            guesses.begin("ann", f"9.9.{second % 250}.{i}")
        if second % 60 == 59:  # at one where she was
            assert guesses.begin("ann", "10.0.0.1") == 0
            guesses.succeeded("ann", "10.0.0.1")
    assert guesses.begin("ann", "10.0.2.1") > 0
    now += LIMITS.name_seconds
    assert guesses.begin("ann", "10.0.2.1") == 0


def test_one_name_that_is_written_in_two_ways_is_one(people: Desk, client_of: Client) -> None:
    guesses = Guesses(LIMITS, clock=lambda: 0.0)
    waits = [guesses.begin(unicodedata.normalize("NFD" if i % 2 else "NFC", "Zoë"), f"9.9.9.{i}") for i in range(40)]
    assert waits.count(0) == LIMITS.name_burst


def test_guessing_from_an_address_is_slowed_for_all_names(stranger: TestClient) -> None:
    assert [guess(stranger, f"name {i}").status_code for i in range(12)] == [401] * 10 + [429] * 2


def test_who_logged_in_before_is_not_locked_out_by_a_stranger(people: Desk, client_of: Client) -> None:
    client = client_of(people, trust_from=networks_of(["127.0.0.1"]))
    client.headers["X-Forwarded-For"] = "10.0.0.1"
    assert guess(client, password=PASSWORD).status_code == 204
    for i in range(40):
        client.headers["X-Forwarded-For"] = f"9.9.9.{i}"
        guess(client)
    client.headers["X-Forwarded-For"] = "10.0.0.2"
    assert guess(client, password=PASSWORD).status_code == 429
    client.headers["X-Forwarded-For"] = "10.0.0.1"
    assert guess(client, password=PASSWORD).status_code == 204


def test_where_somebody_logged_in_is_known_to_the_next_server_too(people: Desk, client_of: Client) -> None:
    before = client_of(people, trust_from=networks_of(["127.0.0.1"]))
    before.headers["X-Forwarded-For"] = "10.0.0.1"
    assert guess(before, password=PASSWORD).status_code == 204
    client = client_of(people, trust_from=networks_of(["127.0.0.1"]))
    for i in range(40):
        client.headers["X-Forwarded-For"] = f"9.9.9.{i}"
        guess(client)
    client.headers["X-Forwarded-For"] = "10.0.0.1"
    assert guess(client, password=PASSWORD).status_code == 204


def test_address_that_a_stranger_makes_up_does_not_help(stranger: TestClient) -> None:
    codes = []
    for i in range(12):
        stranger.headers["X-Forwarded-For"] = f"9.9.9.{i}"
        codes.append(guess(stranger, f"name {i}").status_code)
    assert codes[-2:] == [429, 429]


def test_right_password_costs_nothing(stranger: TestClient) -> None:
    assert {guess(stranger, password=PASSWORD).status_code for _ in range(15)} == {204}


def test_unknown_name_costs_as_much_work_as_a_wrong_password(
    stranger: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Count the work, not the time: a busy machine would decide."""
    checked: list[str] = []

    class Counting(PasswordHasher):
        def verify(self, hash: str | bytes, password: str | bytes) -> Any:  # noqa: A002 - the base class's name
            checked.append(str(hash).rpartition("$")[0].rpartition("$")[0])
            return super().verify(hash, password)

    monkeypatch.setattr(accounts, "HASHER", Counting(time_cost=1, memory_cost=1024, parallelism=1))
    assert guess(stranger, "ann").status_code == guess(stranger, "nobody").status_code == 401
    assert len(checked) == 2
    assert len(set(checked)) == 1


def test_audit_tells_of_log_ins_and_no_secret(stranger: TestClient, people: Desk) -> None:
    guess(stranger)
    guess(stranger, name="my secret password, typed into the wrong field")
    guess(stranger, password=PASSWORD)
    token = stranger.cookies["textwright_80"]
    told = [event for event in events(people.database) if event.what.startswith("log-in")]
    assert [(each.who, each.what) for each in told] == [
        ("ann", "log-in failed"),
        ("", "log-in failed"),
        ("ann", "log-in"),
    ]
    said = str(events(people.database))
    assert not any(secret in said for secret in ("my secret", PASSWORD, "wrong password", token))
    entries = stranger.get("/api/audit").json()["entries"]
    assert entries[-1]["who"] == "ann"
    assert stranger.get(f"/api/audit?after={entries[-1]['id']}").json()["entries"] == []


def test_audit_tells_from_where_and_shows_the_newest(people: Desk, client_of: Client) -> None:
    client = client_of(people, trust_from=networks_of(["127.0.0.1"]))
    client.headers["X-Forwarded-For"] = "10.0.0.1"
    guess(client)
    guess(client, password=PASSWORD)
    assert client.delete("/api/session", headers=JSON).status_code == 204
    guess(client, password=PASSWORD)
    told = client.get("/api/audit?newest=true&limit=4").json()["entries"]
    assert [(each["who"], each["what"], each["detail"]) for each in told] == [
        ("ann", what, {"address": "10.0.0.1"}) for what in ("log-in failed", "log-in", "log-out", "log-in")
    ]


# --- one's own password -------------------------------------------------------------------------

NEW = {"current": PASSWORD, "new": "a better password"}


def test_own_password_is_changed_and_every_other_session_ends(
    logged_in: Callable[[str], TestClient], people: Desk
) -> None:
    here, elsewhere, rev = logged_in("bob"), logged_in("bob"), logged_in("rev")
    token = here.cookies["textwright_80"]
    answer = here.post("/api/password", json=NEW)
    assert (answer.status_code, answer.content) == (204, b"")
    assert here.get("/api/queue").status_code == rev.get("/api/queue").status_code == 200
    assert elsewhere.get("/api/queue").status_code == 401
    elsewhere.cookies.set("textwright_80", token)
    assert elsewhere.get("/api/queue").status_code == 401
    assert guess(elsewhere, "bob", PASSWORD).status_code == 401
    assert guess(elsewhere, "bob", NEW["new"]).status_code == 204
    told = [(each.who, each.what, each.detail) for each in events(people.database) if "password" in each.what]
    assert told == [("bob", "password changed", {"account": "bob"})]


@pytest.mark.parametrize(
    ("body", "status", "kind"),
    [
        ({**NEW, "current": "wrong password"}, 403, "wrong_current_password"),
        ({**NEW, "new": "short"}, 422, "not_accepted"),
        ({**NEW, "new": PASSWORD}, 422, "not_accepted"),
        ({"new": NEW["new"]}, 422, "wrong_shape"),
        ({**NEW, "name": "ann"}, 422, "wrong_shape"),
    ],
)
def test_password_that_is_not_changed_leaves_all_as_it_was(
    logged_in: Callable[[str], TestClient], body: dict[str, str], status: int, kind: str
) -> None:
    bob, elsewhere = logged_in("bob"), logged_in("bob")
    answer = bob.post("/api/password", json=body)
    assert (answer.status_code, kind_of(answer)) == (status, kind)
    assert bob.get("/api/queue").status_code == elsewhere.get("/api/queue").status_code == 200
    assert bob.post("/api/session", json={"name": "bob", "password": PASSWORD}).status_code == 204


def test_whoever_has_a_session_alone_guesses_no_password(logged_in: Callable[[str], TestClient], people: Desk) -> None:
    bob = logged_in("bob")
    codes = [bob.post("/api/password", json={**NEW, "current": f"guess {i}"}).status_code for i in range(12)]
    assert codes == [403] * 10 + [429] * 2
    told = [each.detail for each in events(people.database) if each.what == "password change failed"]
    assert told == [{"address": "127.0.0.1"}] * 10


def test_without_accounts_there_is_no_password(client: TestClient) -> None:
    answer = client.post("/api/password", json=NEW)
    assert (answer.status_code, kind_of(answer)) == (409, "no_log_in")


# --- invitations and accounts -------------------------------------------------------------------


def test_invitation_makes_one_account(logged_in: Callable[[str], TestClient], people: Desk, client_of: Client) -> None:
    made = logged_in("ann").post("/api/invitations", json={"role": "reviewer", "days": 3}).json()
    address, _, token = made["url"].partition("#/join/")
    assert address == "http://127.0.0.1:80/"
    new = {"invitation": token, "name": "Zoë <b>", "password": PASSWORD}
    guest = client_of(people)
    assert guest.post("/api/accounts", json={**new, "password": "short"}).status_code == 422
    assert guest.post("/api/accounts", json={**new, "name": "ann"}).status_code == 422
    assert guest.post("/api/accounts", json=new).status_code == 204
    told = guest.get("/api/project").json()
    assert (told["annotator"], told["role"]) == ("Zoë <b>", "reviewer")
    again = client_of(people).post("/api/accounts", json={**new, "name": "other"})
    assert (again.status_code, kind_of(again)) == (410, "invitation_over")


def test_invitation_never_raises_its_own_role(people: Desk, client_of: Client) -> None:
    token, _ = invite(people.database, "annotator", days=1, by="test")
    body = {"invitation": token, "name": "eve", "password": PASSWORD, "role": "owner"}
    assert client_of(people).post("/api/accounts", json=body).status_code == 422
    assert "eve" not in [each.name for each in all_accounts(people.database)]


def test_owner_changes_accounts(logged_in: Callable[[str], TestClient]) -> None:
    ann = logged_in("ann")
    assert ann.patch("/api/accounts/bob", json={"role": "reviewer"}).json()["role"] == "reviewer"
    assert ann.patch("/api/accounts/bob", json={"disabled": True}).json()["disabled"] is True
    assert ann.patch("/api/accounts/nobody", json={"disabled": True}).status_code == 404
    last = ann.patch("/api/accounts/ann", json={"role": "annotator"})
    assert (last.status_code, kind_of(last)) == (409, "last_owner")
    listed = ann.get("/api/accounts")
    assert {each["name"] for each in listed.json()["accounts"]} == set(PEOPLE)
    assert "argon2" not in listed.text


# --- a proxy that logs people in ----------------------------------------------------------------

PROXY = Proxy(header="X-Forwarded-User", networks=networks_of(["10.0.0.0/24"]), owners=("boss",))


def by_proxy(client: TestClient, *names: str) -> Any:
    return client.get("/api/project", headers=[(b"X-Forwarded-User", name.encode()) for name in names]).json()


ON_THIS_MACHINE = Proxy(header="X-Forwarded-User", owners=("boss",))
NAMED_LOOPBACK = Proxy(header="X-Forwarded-User", networks=networks_of(["127.0.0.1"]), owners=("boss",))


@pytest.mark.parametrize(
    ("proxy", "peer"),
    [(ON_THIS_MACHINE, "127.0.0.1"), (ON_THIS_MACHINE, "::1"), (PROXY, "10.0.0.9"), (NAMED_LOOPBACK, "127.0.0.1")],
)
def test_proxy_names_who_asks(people: Desk, client_of: Client, proxy: Proxy, peer: str) -> None:
    client = client_of(people, proxy=proxy, peer=peer)
    roles = {name: by_proxy(client, name)["role"] for name in ("ann", "rev", "newcomer", "boss", "Zoë")}
    assert roles == {"ann": "owner", "rev": "reviewer", "newcomer": "annotator", "boss": "owner", "Zoë": "annotator"}


@pytest.mark.parametrize(
    ("proxy", "peer"),
    [
        *((PROXY, peer) for peer in ("10.0.1.9", "8.8.8.8", "testclient", "", "127.0.0.1", "::1", "::ffff:127.0.0.1")),
        (NAMED_LOOPBACK, "::1"),
        (ON_THIS_MACHINE, "10.0.0.9"),
    ],
)
def test_others_cannot_name_themselves(people: Desk, client_of: Client, proxy: Proxy, peer: str) -> None:
    """Where networks are named they alone are believed: any user of this machine reaches loopback."""
    client = client_of(people, proxy=proxy, peer=peer)
    assert by_proxy(client, "ann")["annotator"] is None
    assert client.get("/api/queue", headers={"X-Forwarded-User": "ann"}).status_code == 401


@pytest.mark.parametrize("names", [(), ("",), ("ann", "bob"), ("a/b",), ("x" * 101,)])
def test_proxy_that_names_nobody_or_two_lets_nobody_in(people: Desk, client_of: Client, names: tuple[str, ...]) -> None:
    assert by_proxy(client_of(people, proxy=ON_THIS_MACHINE), *names)["annotator"] is None


def test_disabled_account_does_not_come_in_by_the_proxy(people: Desk, client_of: Client) -> None:
    change_account(people.database, "bob", by="test", disabled=True)
    assert by_proxy(client_of(people, proxy=ON_THIS_MACHINE), "bob")["annotator"] is None


def test_without_a_proxy_its_header_says_nothing(people: Desk, client_of: Client) -> None:
    assert by_proxy(client_of(people), "ann")["annotator"] is None


def test_header_that_is_none_is_refused() -> None:
    with pytest.raises(TextwrightError, match="X-Forwarded-User"):
        proxy_of("X Forwarded: User", (), ())


@pytest.mark.parametrize(
    "hosts",
    [["0.0.0.0"], ["::"], ["192.168.1.5", "192.168.1.5"], ["127.0.0.1", "work.example.org"], ["::1", "10.0.0.1"]],
)
def test_other_machines_are_not_let_in_without_log_in(desk: Desk, hosts: list[str]) -> None:
    with pytest.raises(TextwrightError) as refused:
        check_reach(hosts, desk.database, None)
    command = f"textwright accounts add NAME --role owner --database {desk.database.engine.url.database}"
    assert command in str(refused.value)
    assert "--trust-header X-Forwarded-User" in str(refused.value)
    check_reach(hosts, desk.database, PROXY)
    add_account(desk.database, "ann", PASSWORD, "owner", by="test")
    check_reach(hosts, desk.database, None)


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost", "127.0.0.5"])
def test_this_machine_is_let_in_without_log_in(desk: Desk, host: str) -> None:
    check_reach([host, place_of(host, 8650).public_host], desk.database, None)


def test_acts_are_the_logged_in_person_s(logged_in: Callable[[str], TestClient]) -> None:
    logged_in("bob").post("/api/acts", json={"acts": [act("a")]})
    [kept] = logged_in("ann").get("/api/history?text=1").json()["acts"] or [{"annotator": "bob"}]
    assert kept["annotator"] == "bob"
    assert logged_in("rev").get("/api/texts/1").json()["version"] == 0


def test_whom_another_process_disabled_is_known_for_a_moment_only(
    people: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    trust = Trust(people.database, annotator="me", proxy=Proxy(header="X-User"))
    other = open_database(people.database.where)

    def who() -> object:
        asked = (lambda _: ["bob"]), "127.0.0.1", None
        return trust.known(*asked) or trust.who(*asked)

    assert who() is not None
    change_account(other, "bob", by="test", disabled=True)
    assert who() is not None
    later = time.monotonic() + KNOWN_SECONDS
    monkeypatch.setattr("textwright.server.annotation.trust.time.monotonic", lambda: later)
    assert who() is None
    other.close()


def test_whom_this_process_disabled_is_known_no_more(people: Desk) -> None:
    trust = Trust(people.database, annotator="me", proxy=Proxy(header="X-User"))
    asked = (lambda _: ["bob"]), "127.0.0.1", None
    assert trust.who(*asked) is not None
    assert trust.known(*asked) is not None
    change_account(people.database, "bob", by="test", disabled=True)
    assert trust.known(*asked) is None
    assert trust.who(*asked) is None
