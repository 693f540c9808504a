"""The model of another method with its weights in fewer bits, as `textwright export --precision` makes it."""

from __future__ import annotations

from textwright.errors import ModelError
from textwright.experiment.methods.recipe import exact_weights
from textwright.experiment.methods.work import Fitted, Work, as_exportable, kept
from textwright.predictor import Exportable
from textwright.references import open_reference


def fit(work: Work) -> Fitted:
    """Round the exact weights of the other method's model. Raise `ModelError` when it has none."""
    from textwright.train.price import in_precision

    source, precision = work.method.settings["quantise"], work.method.settings["precision"]
    return kept(work, in_precision(_exact(work, source), precision))


def _exact(work: Work, source: str) -> Exportable:
    exact = exact_weights(work.needs[source])
    model = as_exportable(open_reference(f"{exact}/") if exact else work.open_needed(source))
    if model is None or not any(name.endswith(".onnx") for name in model.files):
        raise ModelError(f"{work.name}: the model of {source!r} has no weights that could be rounded")
    return model
