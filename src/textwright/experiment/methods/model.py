"""A model that is there: a pack's, a folder, a served one. It is opened once, to see that it can be."""

from __future__ import annotations

from textwright.experiment.methods.work import Fitted, Work
from textwright.references import open_reference


def fit(work: Work) -> Fitted:
    """Keep the reference. Raise `ModelError` when it cannot be opened."""
    reference = str(work.method.settings["model"])
    model = open_reference(reference)
    return Fitted(reference, getattr(model, "size_bytes", None))
