"""`textwright experiment show`: all that is known of one run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from textwright.cli.experiment_run import in_words

if TYPE_CHECKING:
    from textwright.evaluate.tables import Table
    from textwright.runs import Judgement, Run

RUN_HELP = "A run by its id, or its folder."


def show(
    run: Annotated[str, typer.Argument(metavar="RUN", help=RUN_HELP)],
    json_file: Annotated[Path | None, typer.Option("--json", help="Write the run with its judgements as JSON.")] = None,
) -> None:
    """Show a run: settings, data, environment, commit, what it took, and its figures.

    Example:
        textwright experiment show network-0-1a2b3c4d
    """
    from textwright.cli.reports import check_folders, write_json
    from textwright.cli.reports import show as show_tables

    check_folders(json_file)
    found = open_run(run)
    show_tables(list(_lines(found)), list(_tables(found)))
    write_json(json_file, lambda: {**found.to_data(), "judgements": [each.to_data() for each in found.judgements]})


def open_run(name: str) -> Run:
    """Read a run by its id or its folder. Raise `ModelError` when there is none."""
    from textwright.errors import ModelError
    from textwright.runs import find_run, read_run
    from textwright.runs.folder import RUN

    plain = name.removeprefix("run:")
    folder = Path(plain).expanduser()
    if (folder / RUN).is_file():
        return read_run(folder.resolve())
    if folder.is_dir():
        raise ModelError(f"{name}: the folder holds no {RUN}, so it is no run")
    return read_run(find_run(plain, Path.cwd()))


def _lines(run: Run) -> Iterator[str]:
    yield f"{run.id}: the method {run.method!r} ({run.kind}) of the experiment {run.experiment!r}, seed {run.seed}."
    if run.failed is not None:
        yield f"It failed: {run.failed}"
    else:
        size = "" if run.size_bytes is None else f", {run.size_bytes / 1e6:.2f} MB"
        yield f"Its model is {run.model}{size}. To use it: textwright predict run:{run.id} FILE"
    took = f"{in_words(run.seconds)}, {in_words(run.cpu_seconds)} of the processor"
    yield f"Begun {run.began}; it took {took}. Commit: {run.commit or 'none, there was no git'}."


def _tables(run: Run) -> Iterator[Table]:
    from textwright.evaluate.tables import Table

    yield Table("Settings", ("setting", "value"), tuple(flat(run.settings)))
    if run.data:
        rows = [
            (role, each["name"], f"{each['examples']:,}", each["fingerprint"][:12]) for role, each in run.data.items()
        ]
        yield Table("Data", ("role", "set", "texts", "fingerprint"), tuple(rows))
    if run.needs:
        yield Table("Made of", ("method", "run"), tuple(run.needs.items()))
    yield Table("Environment", ("what", "value"), tuple(flat(run.environment)))
    if run.judgements:
        yield Table("Figures", *_figures(run))


def _figures(run: Run) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    from textwright.evaluate.tables import figure

    measures = list(dict.fromkeys(name for each in run.judgements for name in each.report.get("right", {})))
    rows = [(name, *(figure(_share(each, name)) for each in run.judgements)) for name in measures]
    fast = ("p50, ms", *(_latency(each) for each in run.judgements))
    return ("measure", *(f"{each.test}, {each.runtime}" for each in run.judgements)), (*rows, fast)


def _share(judgement: Judgement, measure: str) -> float | None:
    from textwright.experiment.running.judging import main_value

    return main_value(judgement, measure)


def _latency(judgement: Judgement) -> str:
    from textwright.evaluate.tables import NOTHING

    speed = judgement.report.get("speed")
    return NOTHING if speed is None else f"{speed['latency_ms_p50']:.2f}"


def flat(data: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, str]]:
    """Write plain data as lines of a name and a value, names of inner objects joined by dots.

    >>> list(flat({"tune": {"epochs": 2}, "seed": 0}))
    [('tune.epochs', '2'), ('seed', '0')]
    """
    for key, value in data.items():
        if isinstance(value, Mapping) and value:
            yield from flat(value, f"{before}{key}.")
        else:
            yield f"{before}{key}", ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
