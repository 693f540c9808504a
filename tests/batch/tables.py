"""Doing a run without processes, and reading what it left."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Generator, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from textwright import trust
from textwright.batch import Summary, annotate_table
from textwright.batch.engine import Desk, Outcome, outcome_from
from textwright.batch.plan import Model, Plan
from textwright.batch.read import Reader, Record
from textwright.batch.settings import Settings
from textwright.batch.sources import find_inputs
from textwright.batch.table import make_plan
from textwright.cli import main
from textwright.references import open_model

FIRST = "python:tests.batch.models:First"


def in_this_process(parts: Sequence[int], folder: Path, key: str, *, workers: int, on_ray: bool) -> Generator[Outcome]:
    """Do what workers would, one task after the other."""
    desk = Desk(str(folder), key, str(Path.cwd()), sorted(trust.named()))
    yield from (outcome_from(desk.outcome(part)) for part in parts)


def planned(source: Path | str, model: str = FIRST, **settings: Any) -> Plan:
    return make_plan(Model(model, "", None), find_inputs(str(source)), open_model(model), Settings(**settings))


def records_of(plan: Plan) -> list[Record]:
    reader = Reader(plan)
    return [record for task in plan.tasks for record in reader.read(task).records]


def rows_of(folder: Path) -> list[dict[str, Any]]:
    """Read all parts in their order, as plain rows."""
    return [row for part in sorted(folder.glob("part-*")) for row in rows_of_part(part)]


def rows_of_part(part: Path) -> list[dict[str, Any]]:
    if part.suffix == ".parquet":
        rows: list[dict[str, Any]] = pq.read_table(part).to_pylist()
        return rows
    if part.suffix == ".jsonl":
        return rejects_in(part)
    return list(csv.DictReader(io.StringIO(part.read_text(encoding="utf-8"), newline="")))


def rejects_in(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


def rejects_of(folder: Path) -> list[dict[str, Any]]:
    return [line for path in sorted((folder / "rejects").glob("*")) for line in rejects_in(path)]


def files_of(folder: Path) -> dict[str, bytes]:
    """Return parts and rejects, byte for byte."""
    paths = [*folder.glob("part-*"), *(folder / "rejects").glob("*")]
    return {str(path.relative_to(folder)): path.read_bytes() for path in paths}


def annotated(
    source: Path | str,
    out: Path,
    model: str = FIRST,
    again: bool = False,
    tell: Callable[[str], None] = lambda _: None,
    **settings: Any,
) -> Summary:
    return annotate_table(model, source, out, settings=Settings(**settings), workers=1, again=again, tell=tell)


def written(path: Path, **columns: list[Any]) -> Path:
    """Write a table of the kind that the ending names."""
    rows = [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]
    if path.suffix == ".parquet":
        pq.write_table(pa.table(columns), path)
    elif path.suffix == ".jsonl":
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    else:
        from textwright.formats.csv import write_rows

        write_rows(path, list(columns), [list(row.values()) for row in rows])
    return path


def by_predict(source: Path, out: Path) -> Path:
    """Let `predict` write the same into one file in a folder."""
    out.mkdir()
    status = main(
        ["predict", FIRST, str(source), "-o", str(out / f"part-0{source.suffix}"), "--reject", str(out / "no")]
    )
    assert status in {0, 4}
    return out
