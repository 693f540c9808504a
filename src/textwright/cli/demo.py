"""`textwright demo`: what a pack does on its own sample, in a minute of reading."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from textwright import packs
from textwright.dataset import Dataset
from textwright.packs import Pack
from textwright.types import Example

if TYPE_CHECKING:
    from rich.table import Table

    from textwright.evaluate import Report

SHOWN = 12
LABELS_SHOWN = 5


def demo(
    pack: Annotated[str, typer.Argument(help="The pack to try.")] = "job_titles",
    out: Annotated[Path, typer.Option("-o", "--out", metavar="FOLDER", help="Where to write.")] = Path("out/demo"),
) -> None:
    """Try a pack on the sample that ships with it: draw some texts, score its models, write a report.

    Writes the annotated sample and a report that opens in any browser.

    Example:
        textwright demo
    """
    from textwright.evaluate import evaluate

    chosen = packs.open_pack(pack)
    sample = Dataset.read(chosen.sample, schema=chosen.schema)
    names = [chosen.best, *(name for name in chosen.models if name != chosen.best)]
    reports = [evaluate(chosen.models[name](), sample, name=f"{pack}.{name}") for name in names]
    texts, report = _write(out, chosen, sample, reports[0])
    _show(chosen, sample, reports)
    for line in next_steps(pack, texts, report):
        print(line)


def _write(out: Path, pack: Pack, sample: Dataset, report: Report) -> tuple[Path, Path]:
    """Write the sample as the best model annotates it, and the report on it."""
    out.mkdir(parents=True, exist_ok=True)
    texts, page = out / f"{pack.name.removeprefix('job_')}.jsonl", out / "report.html"
    sample.with_examples(annotated(pack, list(sample))).write(texts)
    page.write_text(report.to_html(), encoding="utf-8")
    return texts, page


def annotated(pack: Pack, examples: list[Example]) -> list[Example]:
    """Return the examples as the pack's best model annotates them."""
    found = pack.models[pack.best]().predict([example.text for example in examples])
    return [
        Example(example.id, example.text, annotation, example.meta)
        for example, annotation in zip(examples, found, strict=True)
    ]


def _show(pack: Pack, sample: Dataset, reports: list[Report]) -> None:
    from rich.console import Console

    console = Console()
    console.print(f"\n[bold]{SHOWN} of the {len(sample)} texts of the sample, by {pack.name}.{pack.best}[/]\n")
    console.print(drawings(pack, annotated(pack, spread(list(sample), SHOWN)), console.width))
    console.print(f"\n[bold]Right on the whole sample[/], with the 95 % interval: every {' '}span of the label exact")
    console.print(scores(pack, reports))


def spread(examples: list[Example], count: int) -> list[Example]:
    """Choose some examples from everywhere.

    >>> [e.id for e in spread([Example(str(i), "") for i in range(9)], 3)]
    ['0', '3', '6']
    """
    step = max(1, len(examples) // count)
    return examples[::step][:count]


def drawings(pack: Pack, examples: list[Example], width: int) -> Table:
    """Draw examples with their spans, one under another."""
    from rich.table import Table

    from textwright.draw import draw_text

    table = Table.grid(padding=(0, 0, 1, 2))
    for example in examples:
        table.add_row(draw_text(example.text, example.gold, pack.schema, width=width - 4))
    return table


def scores(pack: Pack, reports: list[Report]) -> Table:
    """Put the models side by side: the share of texts that are right, and the speed."""
    from rich.table import Table

    labels = pack.schema.spans[:LABELS_SHOWN]
    table = Table("model", *labels, "texts a second", box=None, header_style="dim", padding=(0, 2, 0, 0))
    for report in reports:
        data = report.to_data()
        cells = [share(data["exact"][label]) for label in labels]
        table.add_row(report.name, *cells, f"{data['speed']['texts_per_second']:,.0f}")
    return table


def share(exact: dict[str, Any]) -> str:
    """Write a share with its interval.

    >>> share({"accuracy": 0.912, "low": 0.88, "high": 0.936})
    '0.91 [0.88, 0.94]'
    """
    return f"{exact['accuracy']:.2f} [{exact['low']:.2f}, {exact['high']:.2f}]"


def next_steps(pack: str, texts: Path, report: Path) -> list[str]:
    """Say where the files are and what to try next."""
    command = Path(sys.argv[0]) if Path(sys.argv[0]).name == "textwright" else Path("textwright")
    shown = command.relative_to(Path.cwd()) if command.is_relative_to(Path.cwd()) else command
    return [
        f"\nWritten: {texts} and {report} (open it in a browser)\n",
        "Try next:",
        f"  echo 'Senior UX Researcher, Edinburgh' | {shown} predict {pack} -     your own titles, a line each",
        f"  {shown} predict {pack} titles.csv --column title -o marked.csv       or a column of a table",
        f"  {shown} evaluate {pack} {texts}",
        f"  {shown} serve {pack}.rules                                           a page at http://127.0.0.1:8660",
        f"  {shown} --help",
    ]
