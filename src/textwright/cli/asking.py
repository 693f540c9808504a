"""The options by which commands say what a language model is asked, which one, and at what cost."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from textwright import trust
from textwright.addresses import OPENAI
from textwright.cli.telling import tell


def named_model(model: str | None) -> str | None:
    """Let OpenAI be asked where a model is named and no address: that is whom the documents promise then."""
    if model:
        trust.name([OPENAI])
    return model


def confirmed(address: str | None) -> str | None:
    """Confirm the address of a server that was typed, and say so the first time."""
    if address and address.strip() and trust.confirm(address):
        tell(
            f"{address}: texts, and your key for it, may be sent there from now on; {trust.addresses_file()} lists such"
        )
    return address


ModelName = Annotated[
    str | None, typer.Option(help="The model's name at the server; local: the small one.", callback=named_model)
]
BaseUrl = Annotated[str | None, typer.Option(help="The address of an OpenAI-compatible server.", callback=confirmed)]
Weights = Annotated[Path | None, typer.Option(metavar="FILE", help="Run this file of weights here.")]
Concurrency = Annotated[int | None, typer.Option(min=1, help="How many texts are asked at once.")]
Offline = Annotated[bool, typer.Option("--offline", help="Answer from the cache alone.")]
Cache = Annotated[Path | None, typer.Option(metavar="FILE", help="The file of answers; else the usual one.")]

Meanings = Annotated[str | None, typer.Option(metavar="PACK_OR_FILE", help="Labels with their meanings.")]
OneTask = Annotated[str | None, typer.Option(help="The question whose labels are asked for.")]
Domain = Annotated[str | None, typer.Option(metavar="TEXT", help="What the texts are, in a few words.")]
Variables = Annotated[list[str] | None, typer.Option("--set", metavar="K=V", help="A variable of the template.")]


def given(options: Mapping[str, Any]) -> dict[str, Any]:
    """Keep the options that were given, those of parts too; paths and choices become plain words.

    >>> given({"model": None, "cache": Path("a.sqlite"), "parameters": {"seed": None}})
    {'cache': 'a.sqlite'}
    """
    parts = {key: _plain(value) for key, value in options.items()}
    return {key: value for key, value in parts.items() if value is not None and value != {}}


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return given(value)
    if isinstance(value, StrEnum):
        return value.value
    return str(value) if isinstance(value, Path) else value
