"""Annotating a table of any size: plan, do what is missing, say what was done."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from textwright.batch.cluster import connected
from textwright.batch.cut import cut
from textwright.batch.engine import use_ray, use_this_machine
from textwright.batch.folder import Folder
from textwright.batch.ids import count_texts
from textwright.batch.layout import layout_of
from textwright.batch.libraries import require
from textwright.batch.model import described
from textwright.batch.plan import Data, Input, Model, Plan, Task, facts_of, key_of
from textwright.batch.run import Crew, OnProgress, Tell, do_missing
from textwright.batch.settings import Settings
from textwright.batch.sources import find_inputs
from textwright.batch.write import Answered, write_part
from textwright.errors import DataError
from textwright.predictor import Predictor
from textwright.references import open_model
from textwright.wrangle.counted import counted


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run left: rows with an answer, rows without, parts, and of all that how much was there before it.

    `seconds` are those of this run.
    """

    rows: int
    rejected: int
    parts: int
    before: int
    seconds: float


def annotate_table(
    model: str,
    source: str | Path,
    out: str | Path,
    *,
    settings: Settings = Settings(),  # noqa: B008 - frozen
    workers: int | None = None,
    ray: str | None = None,
    again: bool = False,
    on_progress: OnProgress | None = None,
    tell: Tell = lambda _: None,
) -> Summary:
    """Annotate a table of any size with the model of a reference, and write it in parts into a folder.

    `source` is a Parquet, CSV or JSON lines file (packed or not), a folder, a glob or an address that Daft reads.
    `workers` processes answer, as many as there are cores by default; with `ray` they are those of a
    cluster: `local`, `auto` or HOST:PORT. A run that was stopped goes on where it was; `again` begins anew.

    Raise `DataError` when input, output or settings cannot be used, or are not those of the run that is there,
    `MissingExtraError` when a library is not installed.
    """
    started = time.perf_counter()
    require(ray=ray is not None)
    folder = Folder(Path(out).expanduser())
    if workers is not None and workers < 1:
        raise DataError(f"{workers} workers: at least 1 is needed")
    folder.refuse_strange(again=again)
    inputs = _inputs(source, folder)
    predictor = open_model(model)
    facts = facts_of(described(model, predictor), settings, inputs)
    folder.prepare()
    with folder.locked():
        plan = _plan(folder, facts, inputs, predictor, settings, again=again)
        del predictor
        _tell_guesses(plan, tell)
        folder.clean()
        if lost := folder.forget_lost(plan.layout.kind):
            tell(f"made again: {counted(lost, 'part')} whose files are gone or cut short")
        before = len(folder.parts_done())
        if before < len(plan.tasks):
            with _crew(workers, ray) as crew:
                do_missing(folder, plan, key_of(facts), crew, on_progress=on_progress, tell=tell)
        return _finished(folder, plan, before, time.perf_counter() - started)


def _inputs(source: str | Path, folder: Folder) -> tuple[Input, ...]:
    """Find the input, without what this run writes itself."""
    own = folder.path.resolve()
    found = tuple(each for each in find_inputs(str(source)) if own not in Path(each.path).parents)
    if not found:
        raise DataError(f"{source}: holds nothing but the output. Name another folder with -o")
    return found


# --- the plan ---------------------------------------------------------------------------------


def _plan(
    folder: Folder, facts: Data, inputs: tuple[Input, ...], predictor: Predictor, settings: Settings, *, again: bool
) -> Plan:
    """Return the plan of the run that is there, if it is the same run; else make one."""
    known = None if again else folder.read_plan()
    if known is not None:
        plan, old = known
        _refuse_other(folder, old, facts)
        return plan
    if again:
        folder.begin_anew()
        folder.prepare()
    plan = make_plan(Model(**facts["model"]), inputs, predictor, settings)
    count_texts(plan, folder.ids)
    folder.write_plan(plan, facts)
    return plan


def make_plan(model: Model, inputs: tuple[Input, ...], predictor: Predictor, settings: Settings) -> Plan:
    """Look through the input, and cut it into tasks."""
    looked = [cut(given, settings) for given in inputs]
    known = tuple(given for given, _ in looked)
    layout = layout_of(known, predictor.schema, settings)
    tasks: list[Task] = []
    for index, (_, cuts) in enumerate(looked):
        for each in cuts:
            tasks.append(Task(len(tasks), index, each.start, each.stop, each.first, each.rows))
    return Plan(model, settings, known, tuple(tasks), layout)


def _refuse_other(folder: Folder, old: Data, new: Data) -> None:
    """Raise `DataError` when the run that is there is another, with what differs and what to do."""
    changed = list(_differences(old, new))
    if changed:
        raise DataError(
            f"{folder.path}: holds a run that differs: {'; '.join(changed)}. "
            "Name another folder with -o, or begin anew with --again, which takes its parts away"
        )


def _differences(old: Data, new: Data) -> Iterator[str]:
    if old["version"] != new["version"]:
        yield "it is of another version of textwright"
    if old["model"] != new["model"]:
        was, now = old["model"]["reference"], new["model"]["reference"]
        yield f"the model was {was}, now {now}" if was != now else f"the model {now} was changed since"
    for name, value in new["settings"].items():
        if old["settings"].get(name) != value:
            yield f"{name} was {old['settings'].get(name)!r}, now {value!r}"
    yield from _changed_inputs(old["inputs"], new["inputs"])


def _changed_inputs(old: Iterable[list[object]], new: Iterable[list[object]]) -> Iterator[str]:
    was, now = ({str(each[0]): list(each[1:]) for each in side} for side in (old, new))
    different = [path for path in {**was, **now} if was.get(path) != now.get(path)]
    if different:
        path = different[0]
        what = "is new" if path not in was else "is gone" if path not in now else "was changed"
        more = f" (and {len(different) - 1} more files differ)" if len(different) > 1 else ""
        yield f"{path} {what}{more}"


# --- who does it, and what it gave ------------------------------------------------------------


@contextmanager
def _crew(workers: int | None, ray: str | None) -> Iterator[Crew]:
    """Have workers for the time of a run."""
    if ray is None:
        use_this_machine()
        yield Crew(workers or os.cpu_count() or 1)
        return
    with connected(ray, workers) as count:
        use_ray()
        yield Crew(count, on_ray=True)


def _finished(folder: Folder, plan: Plan, before: int, seconds: float) -> Summary:
    """Add up what was done, and write it into the manifest."""
    done = [folder.read_done(task.part) for task in plan.tasks]
    rejected = sum(each.rejected for each in done)
    summary = Summary(sum(each.rows for each in done), rejected, len(done), before, seconds)
    if not summary.rows:
        # A table without rows still has columns, and readers of all parts find one.
        empty = Answered([])
        write_part(folder.part(0, plan.layout.kind), empty, plan.layout, plan.settings)
    if before < len(done) or not folder.manifest.is_file():
        folder.write_manifest(_manifest(plan, summary, sum(each.processor_seconds for each in done)))
    return summary


def _tell_guesses(plan: Plan, tell: Tell) -> None:
    """Name the files whose encoding nothing speaks for."""
    for given in plan.inputs:
        if given.encoding == "cp1252":
            tell(f"{given.path}: not UTF-8: read as Windows-1252; save it as UTF-8 if letters are wrong")


def _manifest(plan: Plan, summary: Summary, processor_seconds: float) -> Data:
    rows = [sum(task.rows for task in plan.tasks if task.input == i) for i in range(len(plan.inputs))]
    inputs = [
        {"path": each.path, "size": each.size, "changed": each.changed, "encoding": each.encoding, "rows": count}
        for each, count in zip(plan.inputs, rows, strict=True)
    ]
    return {
        "textwright": version("textwright"),
        "finished": datetime.now(UTC).isoformat(timespec="seconds"),
        "model": asdict(plan.model),
        "settings": dict(replace(plan.settings, format=plan.layout.kind).to_data()),
        "inputs": inputs,
        "columns": list(plan.layout.columns),
        "parts": summary.parts,
        "rows": summary.rows,
        "rejected": summary.rejected,
        "seconds": round(summary.seconds, 3),
        "processor_seconds": round(processor_seconds, 3),
    }
