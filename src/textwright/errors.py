"""Every error that textwright raises on purpose.

All of them derive from `TextwrightError`: a caller that catches it has caught each fault that a
user can mend. Anything else is a bug of ours and is left to crash.
"""

from __future__ import annotations


class TextwrightError(Exception):
    """Base of every error that a user's input, settings or environment can cause."""


class DataError(TextwrightError):
    """A file or a value in it is not what was promised: where, what was found, what would do."""


class LossError(DataError):
    """A format cannot hold what it was asked to hold; nothing was written."""


class SchemaError(TextwrightError):
    """A schema contradicts itself, or an annotation uses what its schema does not know."""


class ModelError(TextwrightError):
    """A model reference, folder or rule file cannot be used."""


class PredictionError(TextwrightError):
    """A text has no answer. `index` is its place in the batch, `reason` says why."""

    def __init__(self, index: int, reason: str) -> None:
        """Say which text of the batch failed and why."""
        super().__init__(index, reason)
        self.index = index
        self.reason = reason

    def __str__(self) -> str:
        """Name the text and the reason."""
        return f"text {self.index}: {self.reason}"


class MissingExtraError(TextwrightError):
    """A command needs a package that the core does not install; the message has the pip line."""

    def __init__(self, package: str, extra: str) -> None:
        """Name the missing package and the extra that brings it."""
        super().__init__(package, extra)
        self.package = package
        self.extra = extra

    def __str__(self) -> str:
        """Say what is missing, and the line that brings it."""
        return f"{self.package} is not installed. Install it with: pip install 'textwright[{self.extra}]'"


class CallError(TextwrightError):
    """A language model, or a server that holds a model, did not answer.

    `kind` is a short stable word; `final` says that no other text would fare better, as with a wrong
    key, an unknown model or a spent budget. `calls` counts what was sent, or tried to be, before it failed.
    """

    def __init__(self, kind: str, reason: str, *, final: bool = False, calls: int = 0) -> None:
        """Say what kind of failure it is and why."""
        super().__init__(kind, reason)
        self.kind = kind
        self.reason = reason
        self.final = final
        self.calls = calls

    def __str__(self) -> str:
        """Say why there is no answer."""
        return self.reason


class StoreError(TextwrightError):
    """A database that cannot be opened, read or written."""
