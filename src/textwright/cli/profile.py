"""`textwright profile`: what one wants to know of texts before starting."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from textwright.cli.convert import complete_format
from textwright.cli.options import Column
from textwright.cli.output import bytes_out, refuse_same
from textwright.cli.progress import progress
from textwright.cli.reading import Record
from textwright.cli.source import STDIN, check_places, opened
from textwright.cli.status import Status
from textwright.cli.telling import say, tell
from textwright.errors import DataError
from textwright.formats.base import Options
from textwright.wrangle.counted import counted

if TYPE_CHECKING:
    from textwright.types import Example
    from textwright.wrangle.profile import Profile, Unread


def profile(
    file: Annotated[
        Path, typer.Argument(metavar="[FILE|-]", help="Texts in any known format; - is standard input.")
    ] = STDIN,
    out: Annotated[
        Path | None, typer.Option("-o", "--out", metavar="OUT", help="Write the report as a page that stands alone.")
    ] = None,
    json_file: Annotated[Path | None, typer.Option("--json", metavar="FILE", help="Write all figures as JSON.")] = None,
    from_format: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="FORMAT",
            help="The format of FILE, if its content does not tell.",
            autocompletion=complete_format,
        ),
    ] = None,
    column: Column = "text",
    seed: Annotated[int, typer.Option(help="Chooses the samples for languages and near-same texts.")] = 0,
) -> None:
    """Say what texts are like before you start: lengths, languages, oddities, copies, labels, and what to do next.

    What it means stands in words on standard output, the report with pictures and examples in OUT. Texts stream
    by, a million in a minute or two. A record that cannot be read is counted and shown; the exit status is then 4.

    Example:
        textwright profile titles.txt -o report.html
        textwright profile jobs.csv --column headline --json profile.json
    """
    check_places(file, None, None)
    check_targets(file, out, json_file)
    started = time.perf_counter()
    found = look(file, from_format, column, seed)
    for target, write in ((out, found.to_html), (json_file, found.to_json)):
        if target is not None:
            with bytes_out(target) as opened:
                opened.write(write().encode())
    show(found)
    say(summary(found, time.perf_counter() - started, out))
    if found.unread:
        raise typer.Exit(Status.PARTLY)


def check_targets(file: Path, *targets: Path | None) -> None:
    """Refuse at once what could not be written at the end, or would be written over what is read."""
    for target in (each.resolve() for each in targets if each is not None):
        if not target.parent.is_dir():
            raise DataError(f"{target}: there is no folder {target.parent}")
    refuse_same(file, *targets)


def look(file: Path, from_format: str | None, column: str, seed: int) -> Profile:
    """Profile a file or standard input as it streams by."""
    from textwright.wrangle import profile as profile_of

    with opened(file, named=from_format) as source, progress(file) as advance:
        batches = source.batches(Options(column=column, on_warning=tell, on_progress=advance))
        name = "" if file == STDIN else str(file)
        return profile_of((_text_of(record) for batch in batches for record in batch), name=name, seed=seed)


def _text_of(record: Record) -> Example | Unread:
    from textwright.wrangle.profile.values import Unread

    return record.example or Unread(record.line, record.reason, record.raw[:500])


def show(found: Profile) -> None:
    """Print what the profile means, in words, with the commands that come next."""
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False, emoji=False)
    for finding in found.findings:
        line = Text(f"{MARKS[finding.weight]} ", style=STYLES[finding.weight]).append(finding.words, style="default")
        console.print(line, soft_wrap=not sys.stdout.isatty())
        if finding.command:
            console.print(Text(f"    {finding.command}", style="bold"), soft_wrap=True)


MARKS = {"act": "!", "look": "?", "note": "-"}
STYLES = {"act": "bold red", "look": "bold yellow", "note": "dim"}


def summary(found: Profile, seconds: float, out: Path | None) -> str:
    """Say how many texts were looked at, how fast, and where the report is."""
    speed = f"{counted(found.texts, 'text')} in {seconds:.1f} s"
    unread = f"; {found.unread:,} could not be read" if found.unread else ""
    return f"{speed}{unread}; {f'the report is {out}' if out else 'for the report with examples: -o report.html'}"
