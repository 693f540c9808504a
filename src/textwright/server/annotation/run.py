"""Run the annotation server on a port until a signal says stop."""

from __future__ import annotations

import socket
from collections.abc import Callable, Sequence

from textwright.annotate.desk import Desk
from textwright.server.annotation.app import create_annotation_app
from textwright.server.annotation.limits import AnnotationLimits
from textwright.server.annotation.trust import check_reach, proxy_of
from textwright.server.gate import Network, Place, is_loopback, networks_of, place_of
from textwright.server.keys import new_token
from textwright.server.run import address, run_until_stopped
from textwright.store.accounts import any_account

STOP_SECONDS = 2


def run_annotation(
    desk: Desk,
    listening: socket.socket,
    *,
    annotator: str = "me",
    public_url: str | None = None,
    trust_header: str | None = None,
    trust_from: Sequence[str] = (),
    owners: Sequence[str] = (),
    limits: AnnotationLimits | None = None,
    metrics: bool = False,
    say: Callable[[str], None],
    show: Callable[[str], None] = lambda _: None,
) -> None:
    """Serve a project until SIGINT or SIGTERM, then finish what was begun and close the desk.

    Where nobody logs in, only who has the token of this run comes in; it stands in the address that is said. `show` is
    given an address for a browser, which opens once.

    Raise `TextwrightError` when other machines could reach it and nobody logs in: there must be accounts, or
    `trust_header`, the header in which a proxy names who asks; the proxy is believed when it speaks from
    `trust_from`, or, where nothing is named there, from this machine. `owners` are owners there without an account.
    """
    host, port = listening.getsockname()[:2]
    networks = networks_of(trust_from)
    proxy = proxy_of(trust_header, networks, owners)
    place = place_of(host, port, public_url=public_url)
    check_reach([host, place.public_host], desk.database, proxy)
    url = place.public_url if place.is_public else address(listening)
    token = None if proxy is not None or any_account(desk.database) else new_token()
    app = create_annotation_app(
        desk,
        annotator=annotator,
        place=place,
        token=token,
        proxy=proxy,
        trust_from=networks,
        limits=limits,
        metrics=metrics,
    )
    where = url if token is None else token.in_address(url)
    warnings = warnings_of(place, host, networks, logs_in=proxy is None)
    greeting = "\n".join([f"Annotating {desk.project.name} at {where} (Ctrl+C stops)", *warnings])
    show(url if token is None else token.for_browser(url, port))
    try:
        run_until_stopped(app, listening, STOP_SECONDS, ready=lambda: say(greeting))
    finally:
        desk.close()


def warnings_of(place: Place, host: str, networks: Sequence[Network], *, logs_in: bool = True) -> list[str]:
    """Warn where all would go about readable, and where tries to log in, if people do that, come from one address."""
    if not is_loopback(host) and not place.secure:
        return [
            "Other machines reach this page without encryption. Put a proxy with TLS before it, and give its address: "
            "--public-url https://..."
        ]
    if logs_in and place.secure and not networks:  # whoever ends TLS stands before us
        name = "127.0.0.1" if is_loopback(host) else "ADDRESS"
        return [
            "All people seem to come from the proxy's own address, so that one who guesses at passwords uses up "
            f"everybody's tries to log in. Name the proxy: --trust-from {name}"
        ]
    return []
