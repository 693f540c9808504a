"""Write a model as a folder that Python and the browser open, with a card and proof of its answers.

The folder holds `config.json` (what to do with a text, and the SHA-256 of every other file),
the graph, `README.md` (the card) and `parity.json` (texts with the answers given here: any
runtime that reads the folder must give the same).
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, cast

from textwright.errors import ModelError
from textwright.parity import PARITY, parity_of
from textwright.predictor import Exportable, InOneLine, Predictor
from textwright.predictors.folder import facts_of
from textwright.schema import Schema
from textwright.types import NOTHING, Annotation

CARD = "README.md"
# The texts that a card names: learned from, chosen by, learned from after that, and read without annotations.
PARTS = ("train", "dev", "refit", "pool")


@dataclass(frozen=True, slots=True)
class Card:
    """What a person must know before using a model.

    `figures` is Markdown: how exact the model is, on which texts, with intervals. `made_with` is
    the command that makes it again.
    """

    summary: str = ""
    licence: str = ""
    language: str = ""
    figures: str = ""
    limits: Sequence[str] = ()
    not_for: Sequence[str] = ()
    made_with: str = ""


def exportable(predictor: Predictor, reference: str) -> Exportable:
    """Take a model that can be written to a folder. Raise `ModelError` that says why another cannot."""
    missing = [part for part in ("name", "config", "files", "size_bytes", "open") if part not in dir(predictor)]
    if missing:
        raise ModelError(
            f"{reference}: a {type(predictor).__name__} cannot be written to a folder, it has no {', '.join(missing)}. "
            "What textwright train made can, and so can rule sets and model folders"
        )
    return cast(Exportable, predictor)


def export(
    predictor: Exportable,
    folder: str | Path,
    *,
    samples: Iterable[str] = (),
    card: Card | None = None,
    extra: Mapping[str, bytes] = NOTHING,
    check: Callable[[Path], None] = lambda _: None,
) -> None:
    """Write a model folder; `samples` are the texts of `parity.json`, `extra` other files by name.

    The folder appears whole or not at all, and only when `check` raises nothing for it. One that holds a model is
    replaced; raise `ModelError` when it holds anything else.
    """
    target = Path(folder)
    refuse_other_content(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=f".{target.name}-") as made:
        _write(predictor, Path(made), list(dict.fromkeys(samples)), card or card_in(predictor.config), extra)
        new = Path(made) / "model"
        check(new)
        if target.exists():
            target.rename(Path(made) / "old")
        new.rename(target)


def reopened(
    predictor: Exportable, *, config: Mapping[str, Any] | None = None, files: Mapping[str, bytes] | None = None
) -> Exportable:
    """Open a model again with another configuration or other files, without leaving a folder anywhere."""
    with tempfile.TemporaryDirectory(prefix="textwright-") as made:
        content = dict(predictor.files if files is None else files)
        _write_files(Path(made), predictor.config if config is None else config, content)
        opened: Exportable = type(predictor).open(made)  # type: ignore[attr-defined]  # each kind has it
        return opened


@dataclass(frozen=True, slots=True, repr=False)
class Renamed(InOneLine):
    """A model under another name, to be written to a folder."""

    model: Exportable
    name: str

    @property
    def schema(self) -> Schema:
        """Return the model's schema."""
        return self.model.schema

    @property
    def config(self) -> Mapping[str, Any]:
        """Return the model's configuration with the other name."""
        return {**self.model.config, "name": self.name}

    @property
    def files(self) -> Mapping[str, bytes]:
        """Return the model's files."""
        return self.model.files

    @property
    def size_bytes(self) -> int:
        """Return the model's size."""
        return self.model.size_bytes

    def predict(self, texts: Sequence[str]) -> list[Annotation]:
        """Annotate each text as the model does."""
        return self.model.predict(texts)


def refuse_other_content(folder: Path) -> None:
    """Raise `ModelError` when a model folder cannot stand there; ask before a long training."""
    if folder.is_dir() and any(folder.iterdir()) and not (folder / "config.json").is_file():
        raise ModelError(f"{folder} holds something that is no model; name a new or an empty folder")
    if folder.exists() and not folder.is_dir():
        raise ModelError(f"{folder} is a file; name a folder")


def _write(predictor: Exportable, made: Path, samples: Sequence[str], card: Card, extra: Mapping[str, bytes]) -> None:
    content = {
        **extra,
        **predictor.files,
        PARITY: parity_of(predictor, samples).encode(),
        CARD: card_of(predictor, card).encode(),
    }
    told = {} if card == Card() else {"card": asdict(card)}
    _write_files(made / "model", {**predictor.config, **told}, content)


def card_in(config: Mapping[str, Any]) -> Card:
    """Read the card that a model was written with, so that it can be written again."""
    kept = config.get("card", {})
    known = Card.__dataclass_fields__
    return Card(**{key: value for key, value in kept.items() if key in known}) if isinstance(kept, Mapping) else Card()


def _write_files(folder: Path, config: Mapping[str, Any], content: Mapping[str, bytes]) -> None:
    """Write files with the configuration that names the size and SHA-256 of each."""
    whole = json.dumps({**config, "files": facts_of(content)}, indent=1, ensure_ascii=False) + "\n"
    for name, data in {**content, "config.json": whole.encode()}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def card_of(predictor: Exportable, card: Card) -> str:
    """Write the README of a model folder: a YAML head that model hubs read, then what a person must know."""
    data = predictor.config.get("trained", {})
    parts = [
        _head(predictor, card),
        f"# {predictor.name}\n\n{card.summary}".rstrip(),
        f"{_answers(predictor.schema)} Size: {predictor.size_bytes / 1e6:.2f} MB.",
        _section("Data", "\n".join(_described(part, data[part]) for part in PARTS if part in data)),
        _section("Figures", card.figures),
        _section("Calibration", _calibration(predictor.config.get("calibration", {}))),
        _section("Limits", _bullets(card.limits)),
        _section("Not to be used for", _bullets(card.not_for)),
        _section("Licence", card.licence),
        _section("Made with", f"```\n{card.made_with}\n```" if card.made_with else ""),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _head(predictor: Exportable, card: Card) -> str:
    """Write the YAML head; JSON strings are YAML too."""
    values = {
        "license": card.licence.lower() or "unknown",
        "language": card.language or "und",
        "library_name": "textwright",
        "pipeline_tag": "token-classification" if predictor.schema.labels else "text-classification",
        "tags": ["textwright", "onnx", *predictor.schema.spans, *(task.name for task in predictor.schema.tasks)],
    }
    return "---\n" + "".join(f"{key}: {json.dumps(value)}\n" for key, value in values.items()) + "---"


def _answers(schema: Schema) -> str:
    """Say which spans and categories a model gives."""
    spans = [f"Spans: {', '.join(schema.spans)}."] if schema.labels else []
    tasks = [f"Categories of {task.name}: {', '.join(each.name for each in task.labels)}." for task in schema.tasks]
    return " ".join([*spans, *tasks])


def _described(part: str, data: Mapping[str, Any]) -> str:
    return f"- {part}: {data['examples']:,} texts ({data['name'] or 'unnamed'}), SHA-256 `{data['fingerprint']}`"


def _calibration(errors: Mapping[str, Mapping[str, float]]) -> str:
    """Say how far probabilities are off; nothing when nobody measured."""
    if not errors:
        return ""
    rows = [f"| {layer} | {each['before']:.4f} | {each['after']:.4f} |" for layer, each in errors.items()]
    told = "Expected calibration error of the probabilities on the dev set, which chose the temperatures:"
    return "\n".join([told, "", "| of | before | after |", "| --- | --- | --- |", *rows])


def _section(title: str, body: str) -> str:
    return f"## {title}\n\n{body}" if body else ""


def _bullets(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)
