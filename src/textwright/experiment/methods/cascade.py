"""Several methods one after the other: a text goes on where one finds nothing, or is not sure.

`below = "dev"` lets the dev set choose, for each step, the confidence that makes this step and what
follows right most often together; of equal ones that which passes the fewest texts on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from os.path import relpath
from pathlib import Path
from typing import Any

from textwright.experiment.methods.work import Fitted, Work
from textwright.formats.files import atomically
from textwright.llm.tuning.prompt_toml import toml_of
from textwright.predictor import Predictor, Scorer
from textwright.predictors.cascade import CascadePredictor, Step, open_cascade, refuse_other_labels
from textwright.references import open_reference
from textwright.runs.folder import MODEL

FILE = "cascade.toml"
# A confidence lies between these: the file takes no other.
LEAST, MOST = 1e-9, 1 - 1e-9
Rule = Mapping[str, Any]


def fit(work: Work) -> Fitted:
    """Write the cascade file beside the run, and open it. Raise `ModelError` when its models do not fit together."""
    folder = work.folder / MODEL
    folder.mkdir(parents=True, exist_ok=True)
    names = work.method.settings["cascade"]
    models = [work.open_needed(name) for name in names]
    refuse_other_labels(work.name, dict(zip(names, models, strict=True)))
    rules = _rules(work, models)
    steps = [{"model": _reference(work, name), **rule} for name, rule in _steps(work, rules)]
    text = "\n".join([f"{toml_of({'name': work.name})}", *(f"[[step]]\n{toml_of(step)}" for step in steps)])
    atomically(folder / FILE, lambda path: _write(path, text))
    made = open_cascade(folder / FILE, open_reference)
    return Fitted(f"cascade:{MODEL}/{FILE}", made.size_bytes)


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


def _steps(work: Work, rules: Sequence[Rule]) -> list[tuple[str, Rule]]:
    return list(zip(work.method.settings["cascade"], rules, strict=True))


def _reference(work: Work, name: str) -> str:
    """Name a step's run by its folder, seen from where the cascade's file will stand."""
    return f"run:{Path(relpath(work.needs[name], work.folder / MODEL)).as_posix()}"


def _rules(work: Work, models: Sequence[Predictor]) -> list[Rule]:
    """Say for each step when it passes a text on; the last keeps all."""
    settings = work.method.settings
    if settings.get("below") == "dev":
        return [*_chosen(work, models), {}]
    return [*(_rule(settings, model) for model in models[:-1]), {}]


def _rule(settings: Mapping[str, Any], model: Predictor) -> Rule:
    """Take what the file says; a step that knows no probabilities passes on what it finds nothing in."""
    if "below" in settings and isinstance(model, Scorer):
        return {"pass_on": "unsure", "below": float(settings["below"])}
    return {"pass_on": "empty"}


def _chosen(work: Work, models: Sequence[Predictor]) -> list[Rule]:
    """Choose the confidences on dev, from the last step but one to the first."""
    names = work.method.settings["cascade"]
    rules: list[Rule] = []
    rest = models[-1]
    for place in reversed(range(len(models) - 1)):
        model = models[place]
        rule: Rule = {"pass_on": "empty"}
        if isinstance(model, Scorer):
            rule = {"pass_on": "unsure", "below": _best(work, model, rest, names[place])}
        rules.insert(0, rule)
        first = Step(model, names[place], rule["pass_on"], rule.get("below", 0.0))
        rest = CascadePredictor(names[place], (first, Step(rest, "the rest")))
    return rules


def _best(work: Work, model: Predictor, rest: Predictor, name: str) -> float:
    """Find the confidence below which to pass on, so that both together are right most often."""
    from textwright.train.trade_off import trade_off

    points = trade_off(model, rest, work.dev).points
    measure = next(each for each in (work.experiment.measure, "whole_text", *points) if each in points)
    best = max(points[measure], key=lambda point: (round(point.exact, 9), -point.share))
    work.tell(f"{name} passes on below {best.below:.2f}, {best.share:.0%} of dev; {measure} {best.exact:.3f}")
    return LEAST if best.share == 0 else min(MOST, max(LEAST, best.below))
