"""`textwright annotate`: a page to annotate texts, with its server and its database, by one command."""

from __future__ import annotations

import getpass
from enum import StrEnum
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from textwright.cli.options import Column, NoBrowser, Port, complete_model
from textwright.errors import DataError, MissingExtraError


class Order(StrEnum):
    """The orders of work."""

    given = "given"
    random = "random"
    uncertain = "uncertain"
    disagree = "disagree"
    diverse = "diverse"


ORDER_HELP = (
    "given: as in the file. random: by the seed. uncertain: first what the model is least sure of. "
    "disagree: first what the models say differently. diverse: first what is least like the rest."
)


def annotate(
    data: Annotated[Path, typer.Argument(metavar="DATA", help="Texts of any known format; .txt: a line each.")],
    schema: Annotated[
        str | None,
        typer.Option(
            metavar="PACK_OR_FILE", help="Labels and rules; else those in DATA, a model's, or named in the page."
        ),
    ] = None,
    suggest: Annotated[
        list[str] | None,
        typer.Option(
            metavar="MODEL",
            help="A model whose suggestions are shown; further ones serve the order.",
            autocompletion=complete_model,
        ),
    ] = None,
    database: Annotated[
        str | None,
        typer.Option(metavar="URL", help="A file or postgresql://...; else DATA's name with .textwright.sqlite."),
    ] = None,
    host: Annotated[str, typer.Option(help="Address to listen on; any but this machine's own needs accounts.")] = (
        "127.0.0.1"
    ),
    port: Port = 8650,
    no_browser: NoBrowser = False,
    project: Annotated[str | None, typer.Option(metavar="NAME", help="The project; else DATA's name.")] = None,
    annotator: Annotated[
        str | None, typer.Option(metavar="NAME", help="Who annotates, where nobody logs in; else your login name.")
    ] = None,
    people: Annotated[int, typer.Option(help="How many annotate each text.", min=1)] = 1,
    order: Annotated[Order, typer.Option(help=ORDER_HELP)] = Order.given,
    seed: Annotated[int, typer.Option(help="Another seed gives another random order and choice.")] = 0,
    retrain: Annotated[
        int | None, typer.Option(metavar="N", help="Train a network after every N texts; it suggests then.", min=1)
    ] = None,
    blind_share: Annotated[
        float, typer.Option(help="Share of texts shown without suggestion, to measure the bias.", min=0, max=1)
    ] = 0.1,
    held_out_every: Annotated[
        int | None,
        typer.Option(metavar="N", help="Mix in, as one text in N, those with meta.held_out: not learned from.", min=2),
    ] = None,
    gold: Annotated[
        Path | None, typer.Option(metavar="DATA", help="Texts with known answers, mixed in as questions.")
    ] = None,
    column: Column = "text",
    public_url: Annotated[
        str | None, typer.Option(metavar="URL", help="Where people reach the page, behind a proxy.")
    ] = None,
    trust_header: Annotated[
        str | None, typer.Option(metavar="NAME", help="The header in which a trusted proxy names who asks.")
    ] = None,
    trust_from: Annotated[
        list[str] | None, typer.Option(metavar="ADDRESS", help="Where that proxy speaks from; else this machine.")
    ] = None,
    owner: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="Who is an owner without an account, behind a proxy.")
    ] = None,
    metrics: Annotated[bool, typer.Option("--metrics", help="Count requests for Prometheus at /metrics.")] = False,
) -> None:
    """Annotate texts in a page, alone or with others; everything is kept in one file.

    Started again, it goes on where it was. What the page shows as saved is on disk.

    Example:
        textwright annotate titles.txt --schema job_titles --suggest job_titles.rules
        textwright annotate titles.txt --schema job_titles --retrain 50 --order uncertain
        textwright annotate titles.jsonl --people 2 --host 0.0.0.0 --public-url https://annotate.example.org
    """
    try:
        from textwright.annotate.settings import Settings
        from textwright.cli.annotate_run import Proxy, Server, run
        from textwright.cli.annotate_texts import Work
    except ModuleNotFoundError as error:
        raise MissingExtraError(error.name or "sqlalchemy", "annotate") from error
    suggesters = tuple(dict.fromkeys(suggest or ()))
    if retrain is not None and find_spec("torch") is None:
        raise MissingExtraError("torch", "train")
    _check_order(order, suggesters, retrain)
    settings = Settings(people, order.value, seed, blind_share, retrain, suggesters, held_out_every=held_out_every)
    work = Work(data, column, schema, database, project, gold, settings)
    proxy = Proxy(public_url, trust_header, tuple(trust_from or ()), tuple(owner or ()))
    run(work, Server(host, port, annotator or _login_name(), proxy, metrics=metrics, no_browser=no_browser))


def _check_order(order: Order, suggesters: tuple[str, ...], retrain: int | None) -> None:
    """Refuse an order that nothing could make."""
    methods = len(suggesters) + (retrain is not None)
    if order is Order.uncertain and not methods:
        raise DataError("--order uncertain asks a model how sure it is: name one with --suggest, or give --retrain N")
    if order is Order.disagree and methods < 2:
        raise DataError("--order disagree compares models: name two with --suggest, or one and --retrain N")


def _login_name() -> str:
    """Return the name of whoever is logged in on this machine."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "me"
