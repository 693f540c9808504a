"""What `textwright annotate` does: opens the project, serves the page, and says where all is kept."""

from __future__ import annotations

import threading
import webbrowser
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from socket import socket

from textwright import formats, packs
from textwright.annotate.desk import Desk
from textwright.annotate.settings import Settings
from textwright.cli.annotate_texts import Rest, Texts, Work
from textwright.cli.telling import say, tell
from textwright.dataset import occurring_schema
from textwright.errors import DataError, StoreError
from textwright.formats import Options
from textwright.references import find_schema, open_model, open_reference
from textwright.schema import Schema
from textwright.server.annotation.run import run_annotation
from textwright.server.run import bind
from textwright.store.accounts import any_account
from textwright.store.database import Database, open_database
from textwright.store.projects import Project, find_project, open_project
from textwright.store.used import used_labels


@dataclass(frozen=True, slots=True)
class Proxy:
    """What stands before the server, if anything: its address, and the header in which it names who asks."""

    public_url: str | None = None
    trust_header: str | None = None
    trust_from: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Server:
    """Where the page is served, and to whom."""

    host: str
    port: int
    annotator: str
    proxy: Proxy
    metrics: bool
    no_browser: bool


def run(work: Work, server: Server) -> None:
    """Serve the page until it is stopped; then say where everything is."""
    _check(work)
    texts = Texts(work)
    with bind(server.host, server.port) as listening, _opened(work) as database:
        project = _project(database, work)
        alone = server.proxy.trust_header is None and not any_account(database)
        settings = replace(work.settings, alone=alone)
        desk = Desk(database, project, settings, opener=open_reference, folder=work.models, say=tell)
        if not (project.schema.labels or project.schema.tasks):
            say(f"No label is known yet: name the first one in the page, or give --schema PACK_OR_FILE. {_packs()}")
        rest = Rest(desk, work, texts)
        rest.begin()
        try:
            _serve(desk, listening, server)
        finally:
            desk.close()
            rest.stop()
        say(f"All is kept in {work.where}. The same command goes on; the page, or GET /api/export, writes it to a file")


def _serve(desk: Desk, listening: socket, server: Server) -> None:
    run_annotation(
        desk,
        listening,
        annotator=server.annotator,
        public_url=server.proxy.public_url,
        trust_header=server.proxy.trust_header,
        trust_from=server.proxy.trust_from,
        owners=server.proxy.owners,
        metrics=server.metrics,
        say=say,
        show=(lambda _: None) if server.no_browser else _open_page,
    )


def _open_page(url: str) -> None:
    """Open the page in the browser; where there is none, the printed address must do."""
    threading.Thread(target=webbrowser.open, args=(url,), daemon=True).start()


def _check(work: Work) -> None:
    """Refuse at once what could only fail later."""
    if not work.name.strip():
        raise DataError("a project needs a name: give one with --project NAME")
    for path in filter(None, (work.data, work.gold)):
        formats.find_format(path)
    if work.schema is not None:
        _named_schema(work.schema)
    for reference in work.settings.suggesters:
        _check_model(reference)


def _check_model(reference: str) -> None:
    """Raise `ModelError` when a model cannot be what it is called; a pack's is opened later."""
    pack, _, model = reference.partition(".")
    known = pack in packs.installed() and (not model or model in packs.open_pack(pack).models)
    if not known:
        open_model(reference)


# --- the project ------------------------------------------------------------------------------


@contextmanager
def _opened(work: Work) -> Iterator[Database]:
    """Open the database; say what to do where its file cannot be made."""
    try:
        database = open_database(work.where)
    except StoreError as error:
        if work.database is not None:
            raise
        raise StoreError(f"{error}. Name a file that can be written with --database FILE") from error
    if database.exposed:
        tell(database.exposed)
    try:
        yield database
    finally:
        database.close()


def _project(database: Database, work: Work) -> Project:
    known = find_project(database, work.name)
    schema = _schema(work, known)
    if known is not None:
        _refuse_lost_labels(database, known, schema)
    return open_project(database, work.name, schema, _facts(work.settings))


def _facts(settings: Settings) -> Mapping[str, object]:
    return {"people": settings.people, "order": settings.order, "seed": settings.seed}


def _schema(work: Work, known: Project | None) -> Schema:
    """Take the schema that is named, else the project's own, else the labels that occur in the file, else a model's.

    Without any, the schema is empty: labels are named in the page.
    """
    if work.schema is not None:
        return _named_schema(work.schema)
    if known is not None:
        return known.schema
    options = Options(column=work.column, on_reject=lambda _: None, on_warning=lambda _: None)
    found = occurring_schema(formats.read(work.data, options=options))
    if not (found.labels or found.tasks) and work.settings.suggesters:
        found = open_model(work.settings.suggesters[0]).schema
    return replace(found, name=found.name or work.name)


def _packs() -> str:
    return f"Packs: {', '.join(packs.installed())}"


def _named_schema(name: str) -> Schema:
    """Return the schema of a pack or of a file. Raise `DataError` when it is empty."""
    schema = find_schema(name)
    if not (schema.labels or schema.tasks or schema.open):
        raise DataError(f"{name}: the schema has neither labels nor tasks, so there is nothing to annotate")
    return schema


def _refuse_lost_labels(database: Database, known: Project, schema: Schema) -> None:
    """Refuse a schema that lost labels which annotators have used."""
    names = {*schema.spans, *(label.name for task in schema.tasks for label in task.labels)}
    lost = [] if schema.open else sorted(used_labels(database, known) - names)
    if lost:
        raise DataError(
            f"the schema has lost labels that are in use in {known.name}: {', '.join(lost)}. "
            "Put them back, or begin another project with --project NAME"
        )
