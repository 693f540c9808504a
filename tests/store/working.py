"""Annotators at work, for tests that kill them: `python -m tests.store.working WHERE [hasty]`."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, select
from sqlalchemy.exc import DBAPIError

from textwright.store.acts import Act, Kind, record
from textwright.store.database import Database, open_database
from textwright.store.projects import Project, find_project
from textwright.store.tables import ACTS, ANNOTATIONS, LABELS, TEXTS

ROOT = Path(__file__).parents[2]
ANNOTATORS = 4
TEXTS_EACH = 3
KINDS: tuple[Kind, ...] = ("edit", "accept", "reopen", "skip")
HASTE_SECONDS = 1.0


def state(*spans: tuple[int, int, str], note: str = "", flagged: bool = False) -> dict[str, Any]:
    return {
        "spans": [{"start": start, "end": end, "label": label} for start, end, label in spans],
        "categories": [],
        "proposed": {"spans": [], "categories": []},
        "note": note,
        "flagged": flagged,
    }


class Hasty(Database):
    """What must not be: a database that answers before it commits."""

    def write(self, step: Callable[[Connection], Any]) -> Any:
        connection = self.engine.connect().execution_options(writes=True)
        transaction = connection.begin()
        found = step(connection)

        def later() -> None:
            time.sleep(HASTE_SECONDS)
            try:
                transaction.commit()
            except DBAPIError:
                connection.invalidate()
            connection.close()

        threading.Thread(target=later, name="hasty").start()
        return found


def main(where: str, hasty: bool) -> None:
    """Record acts as fast as it goes; write each to standard output when it was answered."""
    database = open_database(where)
    project = find_project(database, "titles")
    assert project is not None
    chosen = Hasty(database.engine) if hasty else database
    numbers = [row.number for row in _numbers(database)][:TEXTS_EACH]
    for number in range(ANNOTATORS):
        name = f"ann{number} of {os.getpid()} {uuid4().hex[:8]}"
        threading.Thread(target=_work, args=(chosen, project, name, numbers)).start()


def _numbers(database: Database) -> Sequence[Any]:
    with database.read() as connection:
        return connection.execute(select(TEXTS.c.number).order_by(TEXTS.c.number)).all()


def _work(database: Database, project: Project, name: str, numbers: Sequence[int]) -> None:
    versions = dict.fromkeys(numbers, 0)
    while True:
        number, key = random.choice(numbers), uuid4().hex
        act = Act(key, number, versions[number], random.choice(KINDS), state((0, 4, "RANK"), note=key), None, 1.0)
        [outcome] = record(database, project, name, [act])
        if outcome.problem is not None:
            raise AssertionError(outcome)
        versions[number] = outcome.version
        line = json.dumps({"key": key, "text": number, "annotator": name, "version": outcome.version})
        os.write(1, line.encode() + b"\n")


def killed_at_work(where: str, seconds: float, *, hasty: bool = False) -> list[dict[str, Any]]:
    """Let annotators work in a process of their own, kill it, and return the acts that it had said to be kept."""
    line = [sys.executable, "-m", "tests.store.working", where, *(["hasty"] if hasty else [])]
    process = subprocess.Popen(line, cwd=ROOT, stdout=subprocess.PIPE)
    assert process.stdout is not None
    said = process.stdout.readline()  # from here on it is at work
    killer = threading.Timer(seconds, process.kill)
    killer.start()
    said += process.stdout.read()
    killer.join()
    assert process.wait() == -9, "the process ended before it was killed"
    return [json.loads(each) for each in said.splitlines(keepends=True) if each.endswith(b"\n")]


def lost(where: str, said: Sequence[dict[str, Any]]) -> list[str]:
    """List which of the acts that were said to be kept are not, and where the tables contradict each other."""
    database = open_database(where)
    try:
        with database.read() as connection:
            return [*_missing(connection, said), *_contradictions(connection)]
    finally:
        database.close()


def _missing(connection: Connection, said: Sequence[dict[str, Any]]) -> list[str]:
    kept = {row.key: row for row in connection.execute(select(ACTS))}
    facts = ("text", "annotator", "version")
    return [
        f"act {each['key']} is lost"
        for each in said
        if each["key"] not in kept
        or any(getattr(kept[each["key"]], fact) != each[fact] for fact in facts)
        or kept[each["key"]].state["note"] != each["key"]
    ]


def _contradictions(connection: Connection) -> list[str]:
    latest = {(row.text, row.annotator): row for row in connection.execute(select(ACTS).order_by(ACTS.c.version))}
    rows = connection.execute(select(ANNOTATIONS)).all()
    labels = {(row.text, row.annotator) for row in connection.execute(select(LABELS))}
    wrong = [
        f"annotation {row.text} {row.annotator} is not what the last act says"
        for row in rows
        if (row.version, row.state) != (latest[row.text, row.annotator].version, latest[row.text, row.annotator].state)
        or (row.text, row.annotator) not in labels
    ]
    done = [row.text for row in rows if row.status == "done"]
    taken = [row.text for row in rows]
    for text in connection.execute(select(TEXTS)):
        if (text.handed_in, text.takers) != (done.count(text.number), taken.count(text.number)):
            wrong.append(f"text {text.number} counts {text.handed_in} of {done.count(text.number)} handed in")
    return wrong


if __name__ == "__main__":
    main(sys.argv[1], "hasty" in sys.argv)
