"""`textwright dedupe`: one of the texts that are the same, or near so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import gettempdir
from typing import TYPE_CHECKING, Annotated, Any

import typer

from textwright import formats
from textwright.cli.options import Column, Out, RawCells
from textwright.cli.output import bytes_out, refuse_same, write_lines
from textwright.cli.reports import check_folders, write_json
from textwright.cli.telling import say
from textwright.cli.texts import Data, Texts, texts_of
from textwright.formats.base import Options
from textwright.formats.files import again
from textwright.types import Example
from textwright.wrangle.counted import counted

if TYPE_CHECKING:
    from textwright.wrangle import Deduped

BATCH = 1024
NEAR_HELP = "Least similarity of texts of which one is kept; 1 takes only the same ones out."


def dedupe(
    data: Data,
    out: Out = None,
    near: Annotated[float, typer.Option(metavar="SIMILARITY", help=NEAR_HELP)] = 0.8,
    json_file: Annotated[
        Path | None, typer.Option("--json", metavar="REPORT", help="Write what was taken out, and with whom.")
    ] = None,
    column: Column = "text",
    raw_cells: RawCells = False,
) -> None:
    """Keep one of the texts that are the same, or near so: the first annotated one, else the first.

    The same are texts of equal letters and digits, case aside; near are those that share most of
    their short stretches. OUT's ending names its format; without OUT, lines come out of lines and
    JSON lines of everything else.

    Example:
        textwright dedupe titles.txt -o different.txt
        textwright dedupe train.jsonl -o clean.jsonl --near 0.9 --json taken.json
    """
    check_folders(out, json_file)
    refuse_same(data, out, json_file)
    with (
        texts_of(data, column, out=out, raw_cells=raw_cells) as texts,
        again(iter(texts), Path(gettempdir())) as examples,
    ):
        listed = _Listed.of(examples)
        done = listed.without_duplicates(near)
        options = Options(column=column, raw_cells=raw_cells)
        _write(out, texts, _chosen(examples, done), texts.source.as_it_came(options, out))
    write_json(json_file, lambda: listed.report(done, near))
    say(_summary(done))
    texts.end()


@dataclass(frozen=True, slots=True)
class _Listed:
    """What is kept in memory of the examples."""

    ids: list[str]
    texts: list[str]
    annotated: list[bool]

    @staticmethod
    def of(examples: Iterable[Example]) -> _Listed:
        listed = _Listed([], [], [])
        for each in examples:
            listed.ids.append(each.id)
            listed.texts.append(each.text)
            listed.annotated.append(each.gold.spans is not None or each.gold.categories is not None)
        return listed

    def without_duplicates(self, near: float) -> Deduped:
        from textwright.wrangle import dedupe as dedupe_texts

        return dedupe_texts(self.texts, near=near, prefer=self.annotated if any(self.annotated) else ())

    def report(self, done: Deduped, near: float) -> dict[str, Any]:
        """Say of each text that was taken out which one is kept instead."""
        taken = [
            {
                "id": self.ids[each.place],
                "text": self.texts[each.place],
                "kept_id": self.ids[each.kept],
                "kept_text": self.texts[each.kept],
                "similarity": round(each.similarity, 4),
            }
            for each in done.taken
        ]
        return {"texts": len(self.texts), "kept": len(done.kept), "near": near, "taken": taken}


def _chosen(examples: Iterable[Example], done: Deduped) -> Iterator[Example]:
    gone = {each.place for each in done.taken}
    return (each for place, each in enumerate(examples) if place not in gone)


def _write(out: Path | None, texts: Texts, kept: Iterator[Example], options: Options) -> None:
    if out is not None:
        formats.write(out, kept, options=options)
    elif texts.source.format.name == "lines":
        _print_lines(kept)
    else:
        write_lines(None, ([each] for each in kept))


def _print_lines(kept: Iterator[Example]) -> None:
    with bytes_out(None) as file:
        for each in kept:
            file.write(each.text.encode("utf-8", "surrogatepass") + b"\n")


def _summary(done: Deduped) -> str:
    same = sum(each.similarity == 1 for each in done.taken)
    texts = counted(len(done.kept) + len(done.taken), "text")
    return f"kept {len(done.kept):,} of {texts}; took out {same:,} the same and {len(done.taken) - same:,} near"
