"""`textwright serve`: models over HTTP, and a page to try them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from enum import StrEnum
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from textwright import trust
from textwright.cli.options import Port, complete_model
from textwright.cli.telling import say
from textwright.errors import MissingExtraError, TextwrightError

DEFAULT_MODELS = ("job_titles", "job_titles.rules", "job_adverts", "emotion")
MIB = 1024 * 1024


class Form(StrEnum):
    """The forms of a log."""

    off = "off"
    text = "text"
    json = "json"


def serve(
    models: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[MODEL...]",
            help=f"Models to serve; without one, {', '.join(DEFAULT_MODELS)}.",
            show_default=False,
            autocompletion=complete_model,
        ),
    ] = None,
    host: Annotated[str, typer.Option(help="Address to listen on; 0.0.0.0 lets other machines in.")] = "127.0.0.1",
    port: Port = 8660,
    workers: Annotated[int, typer.Option(help="Processes that serve; each holds all models.", min=1, max=256)] = 1,
    max_texts: Annotated[int, typer.Option(help="Most texts in one request.", min=1)] = 1_000,
    max_length: Annotated[int, typer.Option(help="Most characters in one text.", min=1)] = 20_000,
    max_body: Annotated[int, typer.Option(help="Most bytes in one request.", min=1)] = 16 * MIB,
    max_waiting: Annotated[int, typer.Option(help="Most requests that wait for one model.", min=1)] = 256,
    max_held: Annotated[int, typer.Option(help="Most bytes of all requests being answered.", min=1)] = 64 * MIB,
    max_seconds: Annotated[float, typer.Option(help="Longest time until an answer.", min=0.001)] = 30.0,
    max_body_seconds: Annotated[float, typer.Option(help="Longest time until a body has come.", min=0.001)] = 30.0,
    cors: Annotated[
        list[str] | None,
        typer.Option(metavar="ORIGIN", help="A site whose pages may ask, or '*'; may be repeated.", show_default=False),
    ] = None,
    allow_host: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME", help="A further name under which it is reached; may be repeated.", show_default=False
        ),
    ] = None,
    api_key_file: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Keys, one a line: who has none may not ask models.")
    ] = None,
    no_token: Annotated[
        bool, typer.Option("--no-token", help="Let every user and program of this machine in, without a token.")
    ] = False,
    log: Annotated[Form, typer.Option(help="A line for each request on standard error; never a text.")] = Form.off,
) -> None:
    """Serve models over HTTP, with pages at / that run them in the browser.

    Example:
        textwright serve job_titles ./my-model --port 8660
    """
    try:
        from textwright.server import run
        from textwright.server.gate import is_loopback, place_of
        from textwright.server.hosted import open_hosted
        from textwright.server.keys import new_token, read_keys
        from textwright.server.limits import Limits
        from textwright.server.memory import give_memory_back
        from textwright.server.workers import serve_with_workers
    except ModuleNotFoundError as error:
        raise MissingExtraError(error.name or "fastapi", "serve") from error
    limits = Limits(
        texts=max_texts,
        length=max_length,
        body=max_body,
        waiting=max_waiting,
        held=max_held,
        seconds=max_seconds,
        body_seconds=max_body_seconds,
    )
    keys = read_keys(api_key_file, os.environ)
    place_of(host, port, allow=allow_host or ())  # a name that is none is told before models are opened
    settings = run.Settings(
        limits=limits,
        cors=origins(cors or ()),
        keys=keys,
        token=None if no_token or keys else new_token(),
        names=tuple(allow_host or ()),
        log=log.value,
    )
    give_memory_back()
    names = models or _installed(DEFAULT_MODELS)
    trust.name(names)
    with run.bind(host, port) as listening:
        own = listening.getsockname()[0]
        if no_token and not is_loopback(own):
            raise TextwrightError(
                f"--no-token lets in whoever reaches the port, and at {own} other machines do. Leave it out, "
                "or give keys instead: --api-key-file FILE"
            )
        if workers > 1:
            serve_with_workers(names, listening, workers, settings=settings, say=say)
        else:
            run.serve(open_hosted(names), listening, settings=settings, say=say)


def origins(values: Iterable[str]) -> tuple[str, ...]:
    """Check origins as browsers send them. Raise `TextwrightError` for anything else."""
    for value in values:
        if value != "*" and not re.fullmatch(r"https?://[^/\s?#@*]+", value):
            raise TextwrightError(f"--cors {value}: expected an origin without path, as https://example.org, or '*'")
    return tuple(values)


def _installed(models: Sequence[str]) -> list[str]:
    """Leave out, and say so, what needs a package that the server can do without."""
    known = [name for name in models if name != "emotion" or find_spec("tokenizers")]
    if len(known) < len(models):
        say("emotion is left out; it needs: pip install 'textwright[transformer]'")
    return known
