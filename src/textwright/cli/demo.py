"""`textwright demo`: what a pack does on its own sample, in a minute of reading."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from shutil import which
from typing import TYPE_CHECKING, Annotated, Any

import typer

from textwright import packs
from textwright.cli.answering import Explains
from textwright.dataset import Dataset
from textwright.packs import Pack
from textwright.predictor import Predictor
from textwright.types import Example

if TYPE_CHECKING:
    from rich.console import Group
    from rich.table import Table

    from textwright.evaluate import Report

SHOWN = 12


def demo(
    pack: Annotated[str, typer.Argument(help="The pack to try.")] = "job_titles",
    out: Annotated[Path, typer.Option("-o", "--out", metavar="FOLDER", help="Where to write.")] = Path("out/demo"),
) -> None:
    """Try a pack on the sample that ships with it, and write a report.

    Draws some of the texts, scores the pack's models, and writes the annotated sample and a report
    that opens in any browser.

    Example:
        textwright demo
    """
    from textwright.evaluate import evaluate

    chosen = packs.open_pack(pack)
    sample = Dataset.read(chosen.sample, schema=chosen.schema)
    models = opened(chosen)
    marked = annotated(models[f"{pack}.{chosen.best}"], sample)
    reports = [evaluate(model, sample, name=name) for name, model in models.items()]
    texts, report = _write(out, chosen, marked, reports[0])
    _show(chosen, marked, reports)
    for line in next_steps(chosen, models, texts, report):
        print(line)


def opened(pack: Pack) -> dict[str, Predictor]:
    """Open the models of a pack, the best first."""
    names = [pack.best, *(name for name in pack.models if name != pack.best)]
    return {f"{pack.name}.{name}": pack.models[name]() for name in names}


def _write(out: Path, pack: Pack, marked: Dataset, report: Report) -> tuple[Path, Path]:
    """Write the sample as the best model annotates it, and the report on it."""
    out.mkdir(parents=True, exist_ok=True)
    texts, page = out / f"{pack.name.split('_')[-1]}.jsonl", out / "report.html"
    marked.write(texts)
    page.write_text(report.to_html(), encoding="utf-8")
    return texts, page


def annotated(model: Predictor, sample: Dataset) -> Dataset:
    """Return the sample as a model annotates it."""
    found = zip(sample, model.predict(sample.texts), strict=True)
    return sample.with_examples(Example(each.id, each.text, answer, each.meta) for each, answer in found)


def _show(pack: Pack, marked: Dataset, reports: list[Report]) -> None:
    from rich.console import Console

    console = Console(highlight=False, emoji=False)
    console.print(f"\n[bold]{SHOWN} of the {len(marked)} texts of the sample, by {pack.name}.{pack.best}[/]\n")
    console.print(drawings(pack, spread(list(marked), SHOWN), console.width))
    console.print("[bold]The share of texts with every span of the label right[/], and its 95 % interval\n")
    console.print(scores(pack, reports))


def spread(examples: list[Example], count: int) -> list[Example]:
    """Choose some examples from everywhere.

    >>> [e.id for e in spread([Example(str(i), "") for i in range(9)], 3)]
    ['0', '3', '6']
    """
    step = max(1, len(examples) // count)
    return examples[::step][:count]


def drawings(pack: Pack, examples: list[Example], width: int) -> Group:
    """Draw examples with their spans, one under another."""
    from rich.console import Group
    from rich.padding import Padding

    from textwright.draw import draw_text

    drawn = (draw_text(each.text, each.gold, pack.schema, width=width - 2) for each in examples)
    return Group(*(Padding(each, (0, 0, 1, 2)) for each in drawn))


def scores(pack: Pack, reports: list[Report]) -> Table:
    """Put the models side by side: for each label the share of texts that are right, and the speed."""
    from rich.table import Column, Table

    found = [report.to_data() for report in reports]
    names = [report.name.removeprefix(f"{pack.name}.") for report in reports]
    columns = [Column(name, no_wrap=True) for name in ("", *names)]
    table = Table(*columns, box=None, header_style="dim", padding=(0, 0, 0, 2))
    for label in pack.schema.spans:
        table.add_row(label, *(share(each["exact"][label]) for each in found))
    table.add_row("texts a second", *(f"{each['speed']['texts_per_second']:,.0f}" for each in found), style="dim")
    return table


def share(exact: dict[str, Any]) -> str:
    """Write a share with its interval.

    >>> share({"accuracy": 0.912, "low": 0.88, "high": 0.936})
    '0.91 [0.88, 0.94]'
    """
    return f"{exact['accuracy']:.2f} [{exact['low']:.2f}, {exact['high']:.2f}]"


def next_steps(pack: Pack, models: Mapping[str, Predictor], texts: Path, report: Path) -> list[str]:
    """Say where the files are and what to try next."""
    command = called(Path(sys.argv[0]))
    explaining = [name for name, model in models.items() if isinstance(model, Explains)]
    return [
        f"\nWritten: {texts}, and {report} to open in a browser.\n",
        "Try next, with texts of your own:",
        f"  echo 'Senior UX Researcher, Edinburgh' | {command} predict {pack.name} -",
        f"  {command} predict {pack.name} table.csv --column title -o marked.csv",
        *(f"  {command} predict {name} lines.txt --explain -o lines.jsonl" for name in explaining),
        f"  {command} compare {' '.join(models)} --data {_shown(pack.sample)}",
        f"  {command} serve {' '.join(models)}   # and open the address that it prints",
        "\nWith lines of your own, from nothing to a model in your page:",
        f"  {command} start",
    ]


def called(program: Path) -> str:
    """Write the command as it can be typed here: by its name where the shell finds it, else by its path."""
    found = which("textwright")
    by_name = program.name != "textwright" or (found is not None and Path(found).resolve() == program.resolve())
    return "textwright" if by_name else _shown(program)


def _shown(path: Path) -> str:
    """Write a path as short as it can be used from here."""
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)
