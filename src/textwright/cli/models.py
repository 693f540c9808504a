"""`textwright models`: what can stand where a command asks for a model."""

from __future__ import annotations

import inspect
from typing import Annotated

import typer

from textwright import packs
from textwright.cli.telling import tell
from textwright.packs import Pack

# Somebody waits for the list: twice is enough to tell a moment's fault from another.
ATTEMPTS = 2


def models(
    base_url: Annotated[
        str | None, typer.Option(help="List those of an OpenAI-compatible server instead: its address.")
    ] = None,
) -> None:
    """List the models of the installed packs, the best of each pack first.

    A model may also be a folder (anything with a path separator), http://HOST/v1/models/NAME,
    prompt:FILE.toml, cascade:FILE.toml, run:ID or python:module:name.

    Example:
        textwright models
        textwright models --base-url http://localhost:11434/v1
    """
    if base_url is not None:
        print_served(base_url)
        return
    for name in packs.installed():
        for line in lines_of(packs.open_pack(name)):
            print(line)


def print_served(address: str) -> None:
    """Print the names of a server's models."""
    from textwright.llm.client.client import Client
    from textwright.llm.client.keys import key_for

    with Client(address, key=key_for(address), attempts=ATTEMPTS, on_wait=_tell_wait, on_note=tell) as client:
        for name in client.models():
            print(name)


def _tell_wait(why: str, seconds: float) -> None:
    tell(f"{why}; asking again in {seconds:.1f} s")


def lines_of(pack: Pack) -> list[str]:
    """Say for each model what it is, and which one the pack's own name stands for.

    >>> from textwright.packs import open_pack
    >>> lines_of(open_pack("job_titles"))[0].split(maxsplit=1)
    ['job_titles', 'the same as job_titles.network']
    """
    names = [pack.best, *(name for name in pack.models if name != pack.best)]
    width = max(len(f"{pack.name}.{name}") for name in names)
    rows = [(f"{pack.name}.{name}", summary(pack, name)) for name in names]
    return [f"{name:{width}}  {what}" for name, what in [(pack.name, f"the same as {pack.name}.{pack.best}"), *rows]]


def summary(pack: Pack, model: str) -> str:
    """Return the first line of what the model's maker says of it."""
    return (inspect.getdoc(pack.models[model]) or "").split("\n")[0].removeprefix("Open ")
