"""The rules predictor: lists and patterns that a person writes, read by one small language.

The language is described in docs/rules.md; TypeScript runs the same files.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from textwright.errors import ModelError, PredictionError
from textwright.predictor import InOneLine, refuse_one_text
from textwright.predictors.rules.compiler import Program, check_labels, compile_rules
from textwright.predictors.rules.engine import Explanation, explanations_of, spans_of
from textwright.predictors.rules.faults import raise_fault
from textwright.predictors.rules.folder import CONFIG, read_config, read_folder
from textwright.predictors.rules.ruleset import RuleSet
from textwright.schema import Schema, schema_of
from textwright.types import Annotation

__all__ = ["Explanation", "RulesPredictor"]

WRITTEN_ANEW = {CONFIG, "README.md", "parity.json"}


class RulesPredictor(InOneLine):
    """Marks what the rules of a folder say. It needs no training."""

    def __init__(self, rules: RuleSet, *, schema: Schema | None = None, folder: Path | None = None) -> None:
        """Compile the rules. Raise `ModelError` that names the phase and rule at fault."""
        self.rules = rules
        self.folder = folder
        self.program: Program = compile_rules(rules)
        self.schema = schema or schema_of(self.program.labels)
        check_labels(self.program, self.schema, report=raise_fault)

    @staticmethod
    def open(folder: str | Path) -> RulesPredictor:
        """Open a folder that holds `config.json` and the files that it names.

        Raise `ModelError` or `SchemaError` that names the file, and the phase and rule at fault.
        """
        path, rules, schema = read_folder(Path(folder))
        try:
            return RulesPredictor(rules, schema=schema, folder=Path(folder))
        except ModelError as error:
            raise ModelError(f"{path}: {error}") from error

    @property
    def name(self) -> str:
        """Return the name in `config.json`, else that of the folder; rules that were made in memory have none."""
        if self.folder is None:
            return ""
        return str(read_config(self.folder).get("name") or self.folder.resolve().name)

    @property
    def config(self) -> Mapping[str, Any]:
        """Return what `config.json` says, with the schema in it. Raise `ModelError` without a folder."""
        return {**read_config(self._folder()), "name": self.name, "schema": self.schema.to_data()}

    @property
    def files(self) -> Mapping[str, bytes]:
        """Return the files of the folder beside what an export writes anew. Raise `ModelError` without a folder."""
        folder = self._folder()
        paths = (path for path in sorted(folder.rglob("*")) if path.is_file())
        kept = {path.relative_to(folder).as_posix(): path for path in paths}
        return {name: path.read_bytes() for name, path in kept.items() if name not in WRITTEN_ANEW}

    def _folder(self) -> Path:
        if self.folder is None:
            raise ModelError("these rules were made in memory; those of a folder can be written to another")
        return self.folder

    @property
    def size_bytes(self) -> int:
        """Return the bytes of the folder's files, 0 for rules that were made in memory."""
        if self.folder is None:
            return 0
        return sum(path.stat().st_size for path in self.folder.rglob("*") if path.is_file())

    def predict(self, texts: Sequence[str]) -> list[Annotation]:
        """Annotate each text with spans, in code points of the text as it is.

        Raise `PredictionError` for a text over which these rules could take too long.
        """
        refuse_one_text(texts)
        found = list[Annotation]()
        try:
            for text in texts:
                found.append(Annotation(spans_of(self.program, text)))
        except PredictionError as error:
            raise PredictionError(len(found), error.reason) from None
        return found

    def explain(self, text: str) -> tuple[Explanation, ...]:
        """Say for each span which rule made it."""
        return explanations_of(self.program, text)
