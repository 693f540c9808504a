"""`textwright experiment schema`: the shape of the experiment file."""

from __future__ import annotations


def schema() -> None:
    """Print the shape of the experiment file as JSON Schema, for editors.

    Example:
        textwright experiment schema > experiment.schema.json
    """
    from textwright.experiment.file.published import schema_text

    print(schema_text().rstrip())
