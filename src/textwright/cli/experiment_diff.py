"""`textwright experiment diff`: what differs between two runs, and whether their figures do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from textwright.cli.experiment_show import RUN_HELP, open_run

if TYPE_CHECKING:
    from textwright.evaluate.tables import Table
    from textwright.experiment.running.comparing import Compared, Differs
    from textwright.runs import Run

# Longer values would push the other column off the screen.
WIDTH = 60


def diff(
    a: Annotated[str, typer.Argument(metavar="RUN", help=RUN_HELP)],
    b: Annotated[str, typer.Argument(metavar="RUN", help=RUN_HELP)],
    json_file: Annotated[Path | None, typer.Option("--json", help="Write the differences as JSON.")] = None,
) -> None:
    """Say what differs between two runs: settings, data, environment, and figures on the same texts.

    The difference is the first run's share of right texts less the second's, with its 95 % interval and p value.

    Example:
        textwright experiment diff network-0-1a2b3c4d network-1-5e6f7a8b
    """
    from textwright.cli.reports import check_folders, show, write_json
    from textwright.experiment.running.comparing import comparisons, differences

    check_folders(json_file)
    one, other = open_run(a), open_run(b)
    places, figures = differences(one, other), comparisons(one, other)
    show(list(_lines(one, other, places, figures)), list(_tables(one, other, places, figures)))
    write_json(json_file, lambda: _data(one, other, places, figures))


def _lines(a: Run, b: Run, places: Sequence[Differs], figures: Sequence[Compared]) -> Iterator[str]:
    yield f"a: {a.id}" + (f", which failed: {a.failed}" if a.failed else "")
    yield f"b: {b.id}" + (f", which failed: {b.failed}" if b.failed else "")
    if not places:
        yield "They were made of the same, in the same way."
    if not figures:
        yield "They share no test on the same texts, so their figures cannot be compared."


def _tables(a: Run, b: Run, places: Sequence[Differs], figures: Sequence[Compared]) -> Iterator[Table]:
    from textwright.evaluate.tables import Table, between, chance, figure

    if places:
        rows = tuple((each.place, _cut(each.a), _cut(each.b)) for each in places)
        yield Table("What differs", ("", "a", "b"), rows)
    if figures:
        head = ("measure", "test", "a", "b", "a - b", "95 % interval", "only a", "only b", "p")
        yield Table("Figures", head, tuple(_row(each, figure, between, chance) for each in figures))
        yield Table("What they took", ("", "a", "b"), tuple(_taken(a, b)))


def _row(found: Compared, figure: Any, between: Any, chance: Any) -> tuple[str, ...]:
    told, place = found.paired, found.test if found.runtime == "python" else f"{found.test}, {found.runtime}"
    counts = (str(told.only_a), str(told.only_b), chance(told.p_value))
    shares = (figure(found.a), figure(found.b), f"{told.difference:+.3f}", between(told.interval))
    return (found.measure, place, *shares, *counts)


def _taken(a: Run, b: Run) -> Iterator[tuple[str, str, str]]:
    from textwright.cli.experiment_run import in_words

    yield "fit", in_words(a.seconds), in_words(b.seconds)
    for judged in a.judgements:
        other = b.judged(judged.test, judged.runtime)
        if other is not None and judged.report and other.report:
            yield f"p50 on {judged.test}, {judged.runtime}, ms", _latency(judged.report), _latency(other.report)


def _latency(report: Any) -> str:
    return f"{report['speed']['latency_ms_p50']:.2f}"


def _cut(value: Any) -> str:
    said = "–" if value is None else " ".join(str(value).split())
    return said if len(said) <= WIDTH else f"{said[: WIDTH - 1]}…"


def _data(a: Run, b: Run, places: Sequence[Differs], figures: Sequence[Compared]) -> dict[str, Any]:
    differs = [{"place": each.place, "a": each.a, "b": each.b} for each in places]
    return {"a": a.id, "b": b.id, "differs": differs, "figures": [each.to_data() for each in figures]}
