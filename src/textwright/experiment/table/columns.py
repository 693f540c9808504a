"""The columns of the table: what each is called, where its figure stands in a judgement, how it is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from textwright.evaluate.figure import Figure
from textwright.evaluate.tables import figure as share
from textwright.evaluate.tables import size_of, time_of
from textwright.runs.record import Judgement, Run, Runtime

Group = Literal["exactness", "answers", "speed", "size", "training", "money"]
Source = Callable[[Run, Judgement], Figure | None]
GROUPS: dict[Group, str] = {
    "exactness": "How exact",
    "answers": "What else the answers are like",
    "speed": "How fast",
    "size": "How large",
    "training": "What training takes",
    "money": "What 1,000 texts take",
}
RUNTIME_NAMES: dict[Runtime, str] = {"python": "Python", "node": "Node", "chromium": "Chromium"}


@dataclass(frozen=True, slots=True)
class Column:
    """One figure of every method. `more` says whether more of it is better; None: neither is."""

    key: str
    title: str
    group: Group
    figure: Source
    write: Callable[[float], str]
    more: bool | None = False
    runtime: Runtime = "python"


def measure_title(measure: str) -> str:
    """Call a measure what people call it.

    >>> measure_title("exact:TOWN"), measure_title("whole_text"), measure_title("category:tone")
    ('TOWN exact', 'whole text', 'tone exact')
    """
    kind, _, name = measure.partition(":")
    return f"{name} exact" if name else kind.replace("_", " ")


def measure_figure(report: Any, measure: str) -> Figure | None:
    """Find the share of texts that are right by a measure, in the JSON of a report or of a slice."""
    kind, _, name = measure.partition(":")
    place = {"exact": report.get("exact", {}).get(name), "category": report.get("categories", {}).get(name)}
    found = place.get(kind, report.get(kind))
    return None if not found else Figure(found["accuracy"], found["low"], found["high"])


def has_answers(judgement: Judgement) -> bool:
    """Say whether any text was answered: how fast a method fails, and what that takes, is no figure of it."""
    failed: int = judgement.report["failed"]
    return failed < len(judgement.report["ids"])


def columns_of(judged: Sequence[tuple[Run, Judgement]], measures: Sequence[str]) -> list[Column]:
    """Return the columns that hold at least one figure."""
    runtimes = list(dict.fromkeys(judgement.runtime for _, judgement in judged))
    columns = [*_exactness(measures), *_answers(judged), *_speeds(runtimes), *_size(), *_training(), *_money()]
    return [each for each in columns if _holds_any(each, judged)]


def _holds_any(column: Column, judged: Iterable[tuple[Run, Judgement]]) -> bool:
    fits = (pair for pair in judged if pair[1].runtime == column.runtime)
    return any((found := column.figure(*pair)) is not None and found.value is not None for pair in fits)


# --- what stands where ----------------------------------------------------------------------


def _exactness(measures: Sequence[str]) -> Iterator[Column]:
    for measure in measures:
        yield Column(measure, measure_title(measure), "exactness", _share_of(measure), share, more=True)
    yield Column("span_f1", "span F1, micro", "exactness", _span_f1, share, more=True)
    for task in (measure.removeprefix("category:") for measure in measures if measure.startswith("category:")):
        for average in ("micro", "macro"):
            key, title = f"{average}_f1:{task}", f"{task} F1, {average}"
            yield Column(key, title, "exactness", _task_f1(task, f"{average}_f1"), share, more=True)


def _share_of(measure: str) -> Source:
    return lambda _run, judgement: measure_figure(judgement.report, measure)


def _span_f1(_run: Run, judgement: Judgement) -> Figure | None:
    micro = judgement.report.get("spans", {}).get("micro")
    return None if not micro else Figure(micro["f1"], micro.get("f1_low"), micro.get("f1_high"))


def _task_f1(task: str, key: str) -> Source:
    def figure(_run: Run, judgement: Judgement) -> Figure | None:
        found = judgement.report.get("categories", {}).get(task)
        return None if not found else _with_ends(found, key)

    return figure


def _answers(judged: Sequence[tuple[Run, Judgement]]) -> Iterator[Column]:
    yield Column("failed", "no answer", "answers", _failed, _count)
    layers = dict.fromkeys(layer for _, judgement in judged for layer in judgement.calibration or {})
    for layer in layers:
        title = "calibration error" if len(layers) == 1 else f"calibration error, {layer}"
        yield Column(f"calibration:{layer}", title, "answers", _calibration(layer), share)


def _failed(_run: Run, judgement: Judgement) -> Figure:
    return Figure(judgement.report["failed"])


def _calibration(layer: str) -> Source:
    def figure(_run: Run, judgement: Judgement) -> Figure | None:
        found = (judgement.calibration or {}).get(layer)
        return None if not found else _with_ends(found, "error")

    return figure


def _with_ends(found: Any, key: str) -> Figure:
    return Figure(found[key], found.get(f"{key}_low"), found.get(f"{key}_high"))


def _speeds(runtimes: Sequence[Runtime]) -> Iterator[Column]:
    for runtime in runtimes:
        for key, title, source, write, more in SPEEDS:
            own = key if runtime == "python" else f"{key}:{runtime}"
            yield Column(own, title, "speed", source, write, more, runtime)


def _speed(key: str) -> Source:
    def figure(_run: Run, judgement: Judgement) -> Figure | None:
        value = judgement.report.get("speed", {}).get(key) if has_answers(judgement) else None
        return None if value is None else Figure(value)

    return figure


def _of(key: str) -> Source:
    """Read a field of the judgement."""

    def figure(_run: Run, judgement: Judgement) -> Figure | None:
        value = getattr(judgement, key)
        return None if value is None else Figure(value)

    return figure


def _size() -> Iterator[Column]:
    yield Column("size_bytes", "size", "size", _model_size, _size_in_words)


def _model_size(run: Run, judgement: Judgement) -> Figure | None:
    size = run.size_bytes if run.size_bytes is not None else judgement.report["model"]["size_bytes"]
    return None if size is None else Figure(size)


def _training() -> Iterator[Column]:
    yield Column("training_seconds", "training time", "training", _spent("seconds"), _seconds)
    yield Column("training_cpu_seconds", "training, processor", "training", _spent("cpu_seconds"), _seconds)


def _spent(key: str) -> Source:
    """Read what a fit took: by the clock, or of the processor, which waits for nobody."""

    def figure(run: Run, _judgement: Judgement) -> Figure | None:
        return Figure(getattr(run, key)) if run.kind in ("recipe", "tune", "fit", "quantise") else None

    return figure


def _money() -> Iterator[Column]:
    for key, title in (("prompt_tokens", "tokens asked"), ("completion_tokens", "tokens answered")):
        yield Column(f"{key}_per_1000", title, "money", _per_thousand(key), _count)
    yield Column("cost_per_1000", "money", "money", _per_thousand("cost"), _dollars)


def _per_thousand(key: str) -> Source:
    def figure(_run: Run, judgement: Judgement) -> Figure | None:
        usage, texts = judgement.report.get("usage"), judgement.report["dataset"]["examples"]
        if key == "cost" and judgement.report.get("priced") is False:
            return None
        return Figure(1000 * usage[key] / texts) if usage and texts else None

    return figure


# --- how it is written ----------------------------------------------------------------------


def _count(value: float) -> str:
    return f"{value:,.0f}"


def _seconds(value: float) -> str:
    """Write seconds as long times are said.

    >>> _seconds(2.1), _seconds(75), _seconds(600), _seconds(7200)
    ('2.1 s', '75 s', '10 min', '2.0 h')
    """
    if value < 90:
        return time_of(1000 * value) if value < 10 else f"{value:.0f} s"
    return f"{value / 60:.0f} min" if value < 5400 else f"{value / 3600:.1f} h"


def _size_in_words(value: float) -> str:
    return size_of(round(value))


def _dollars(value: float) -> str:
    """Write dollars with the digits that say something.

    >>> _dollars(0), _dollars(0.0042), _dollars(3.5)
    ('$0', '$0.0042', '$3.50')
    """
    return "$0" if value == 0 else f"${value:.2g}" if value < 1 else f"${value:,.2f}"


SPEEDS: tuple[tuple[str, str, Source, Callable[[float], str], bool | None], ...] = (
    ("latency_ms_p50", "one text, median", _speed("latency_ms_p50"), time_of, False),
    ("latency_ms_p95", "one text, 95 %", _speed("latency_ms_p95"), time_of, False),
    ("texts_per_second", "texts a second", _speed("texts_per_second"), _count, True),
    ("opening_seconds", "opening", _of("opening_seconds"), _seconds, False),
    ("memory_bytes", "memory", _of("memory_bytes"), _size_in_words, False),
    ("download_bytes", "download", _of("download_bytes"), _size_in_words, False),
    ("other_answers", "not as in Python", _of("other_answers"), _count, False),
)
