"""`textwright serve`: models over HTTP, and a page to try them."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.util import find_spec
from typing import Annotated

import typer

from textwright.errors import MissingExtraError

DEFAULT_MODELS = ("job_titles", "job_titles.rules", "job_adverts", "emotion")


def serve(
    models: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[MODEL]...",
            help=f"Models to serve; without one, {', '.join(DEFAULT_MODELS)}.",
            show_default=False,
        ),
    ] = None,
    host: Annotated[str, typer.Option(help="Address to listen on; 0.0.0.0 lets other machines in.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on; 0 takes any free one.", min=0, max=65535)] = 8660,
    max_texts: Annotated[int, typer.Option(help="Most texts in one request.", min=1)] = 1_000,
    max_length: Annotated[int, typer.Option(help="Most characters in one text.", min=1)] = 20_000,
    max_body: Annotated[int, typer.Option(help="Most bytes in one request.", min=1)] = 16 * 1024 * 1024,
) -> None:
    """Serve models over HTTP, with a page at / that runs them in the browser.

    Example:
        textwright serve job_titles ./my-model --port 8660
    """
    try:
        from textwright.server import run
        from textwright.server.hosted import open_hosted
        from textwright.server.limits import Limits
    except ModuleNotFoundError as error:
        raise MissingExtraError(error.name or "fastapi", "serve") from error
    limits = Limits(texts=max_texts, length=max_length, body=max_body)
    with run.bind(host, port) as listening:
        opened = open_hosted(models or _installed(DEFAULT_MODELS))
        run.serve(opened, listening, limits=limits, say=_say)


def _installed(models: Sequence[str]) -> list[str]:
    """Leave out, and say so, what needs a package that the server can do without."""
    known = [name for name in models if name != "emotion" or find_spec("tokenizers")]
    if len(known) < len(models):
        _say("emotion is left out; it needs: pip install 'textwright[transformer]'")
    return known


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
