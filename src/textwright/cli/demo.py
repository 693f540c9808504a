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
    names = [chosen.best, *(name for name in chosen.models if name != chosen.best)]
    reports = [evaluate(chosen.models[name](), sample, name=f"{pack}.{name}") for name in names]
    texts, report = _write(out, chosen, sample, reports[0])
    _show(chosen, sample, reports)
    for line in next_steps(chosen, texts, report):
        print(line)


def _write(out: Path, pack: Pack, sample: Dataset, report: Report) -> tuple[Path, Path]:
    """Write the sample as the best model annotates it, and the report on it."""
    out.mkdir(parents=True, exist_ok=True)
    texts, page = out / f"{pack.name.split('_')[-1]}.jsonl", out / "report.html"
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

    console = Console(highlight=False)
    console.print(f"\n[bold]{SHOWN} of the {len(sample)} texts of the sample, by {pack.name}.{pack.best}[/]\n")
    console.print(drawings(pack, annotated(pack, spread(list(sample), SHOWN)), console.width))
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
    from rich.table import Table

    found = [report.to_data() for report in reports]
    table = Table("", *(report.name for report in reports), box=None, header_style="dim", padding=(0, 4, 0, 2))
    for label in pack.schema.spans:
        table.add_row(label, *(share(each["exact"][label]) for each in found))
    table.add_row("texts a second", *(f"{each['speed']['texts_per_second']:,.0f}" for each in found), style="dim")
    return table


def share(exact: dict[str, Any]) -> str:
    """Write a share with its interval.

    >>> share({"accuracy": 0.912, "low": 0.88, "high": 0.936})
    '0.91  [0.88, 0.94]'
    """
    return f"{exact['accuracy']:.2f}  [{exact['low']:.2f}, {exact['high']:.2f}]"


def next_steps(pack: Pack, texts: Path, report: Path) -> list[str]:
    """Say where the files are and what to try next."""
    command = _shown(Path(sys.argv[0])) if Path(sys.argv[0]).name == "textwright" else "textwright"
    best, *others = [f"{pack.name}.{name}" for name in pack.models]
    return [
        f"\nWritten: {texts}, and {report} to open in a browser.\n",
        "Try next, with texts of your own:",
        f"  echo 'Senior UX Researcher, Edinburgh' | {command} predict {pack.name} -",
        f"  {command} predict {pack.name} table.csv --column title -o marked.csv",
        f"  {command} predict {best} lines.txt --explain -o lines.jsonl",
        f"  {command} compare {' '.join([best, *others])} --data {_shown(pack.sample)}",
        f"  {command} serve {best}            and open http://127.0.0.1:8660",
    ]


def _shown(path: Path) -> str:
    """Write a path as short as it can be used from here."""
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)
