"""The rules predictor: lists and patterns that a person writes, read by one small language.

The language is described in docs/rules.md; TypeScript runs the same files.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from textwright.errors import ModelError
from textwright.predictors.rules.compiler import Program, compile_rules
from textwright.predictors.rules.engine import Explanation, explanations_of, spans_of
from textwright.predictors.rules.ruleset import RuleSet, read_rule_set
from textwright.schema import Schema, schema_of
from textwright.types import Annotation

__all__ = ["Explanation", "RulesPredictor"]


class RulesPredictor:
    """Marks what the rules of a folder say. It never fails for a text, and needs no training."""

    def __init__(self, rules: RuleSet, *, schema: Schema | None = None, folder: Path | None = None) -> None:
        """Compile the rules. Raise `ModelError` that names the phase and rule at fault."""
        self.rules = rules
        self.folder = folder
        self.program: Program = compile_rules(rules)
        self.schema = schema or schema_of(self.program.labels)
        unknown = sorted(set(self.program.labels) - set(self.schema.spans))
        if unknown and not self.schema.open:
            known = ", ".join(self.schema.spans)
            raise ModelError(f"the rules mark {unknown[0]!r}, which the schema does not know. Known labels: {known}")

    @staticmethod
    def open(folder: str | Path) -> RulesPredictor:
        """Open a folder that holds `config.json` and the files that it names."""
        config_path = Path(folder) / "config.json"
        try:
            config = json.loads(config_path.read_text(encoding="utf-8"))
            rules_name, schema = config["rules"], config.get("schema")
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ModelError(f"{config_path}: no rule set: {error!r}") from error
        if isinstance(schema, str):
            schema = Schema.read(Path(folder) / schema)
        elif schema is not None:
            schema = Schema.from_data(schema)
        return RulesPredictor(read_rule_set(Path(folder) / rules_name), schema=schema, folder=Path(folder))

    @property
    def size_bytes(self) -> int:
        """Return the bytes of the folder's files, 0 for rules that were made in memory."""
        if self.folder is None:
            return 0
        return sum(path.stat().st_size for path in self.folder.rglob("*") if path.is_file())

    def predict(self, texts: Sequence[str]) -> list[Annotation]:
        """Annotate each text with spans, in code points of the text as it is."""
        return [Annotation(spans_of(self.program, text)) for text in texts]

    def explain(self, text: str) -> tuple[Explanation, ...]:
        """Say for each span which rule made it."""
        return explanations_of(self.program, text)
