"""Hold reports against a gate."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from textwright.evaluate.gate.budgets import judge_budget
from textwright.evaluate.gate.judged import Extras, Judged, Reports, judged_by, known, read_baseline, refuse_other_texts
from textwright.evaluate.gate.margins import judge_margin
from textwright.evaluate.gate.rules import Budget, NotWorse, Rule, Rules, Threshold
from textwright.evaluate.gate.thresholds import judge_threshold
from textwright.evaluate.gate.verdict import Verdict, Verdicts

NOTHING: Extras = {}


def gate(reports: Reports, rules: Rules, *, extras: Extras = NOTHING) -> Verdicts:
    """Say of each rule whether it was passed, missed, or cannot be decided by these data.

    `reports` holds by the model's name the JSON of its report (`Report.to_data`), or one for each seed: thresholds
    and budgets then hold for the worst, margins for the mean. The first is judged where a rule names no model. `extras`
    holds by model and runtime what is known beside (`Judgement.to_data`): `sources`, `parts`, `memory_bytes` and so on.

    Raise `DataError` when a rule names a model, label, slice or file that there is not, or reports of other texts.
    """
    check_models(rules, reports)
    judged = judged_by(reports, extras)
    verdicts = [verdict for rule in rules.rules for verdict in _verdicts(rule, judged)]
    return Verdicts(rules.path, tuple(verdicts))


def check_models(rules: Rules, names: Iterable[str]) -> None:
    """Raise `DataError` when a rule names a model that is not among `names`: before any model is asked."""
    by_name = dict.fromkeys(names)
    for rule in rules.rules:
        if rule.model is not None:
            known(f"{rules.path}: {_place(rule)}: no model is named {{}}", rule.model, by_name)
        if isinstance(rule, NotWorse) and rule.than is not None and rule.baseline is None:
            known(f"{rules.path}: {_place(rule)}: no model is named {{}}", rule.than, by_name)


def _place(rule: Rule) -> str:
    return f"line {rule.line}" if rule.line else "a rule"


def _verdicts(rule: Rule, judged: Mapping[str, Judged]) -> Iterator[Verdict]:
    model = judged[rule.model or next(iter(judged))]
    match rule:
        case Threshold():
            yield judge_threshold(rule, model)
        case NotWorse():
            yield judge_margin(rule, model, _other(rule, model, judged))
        case Budget():
            yield from judge_budget(rule, model)


def _other(rule: NotWorse, model: Judged, judged: Mapping[str, Judged]) -> Judged:
    if rule.baseline is None:
        return judged[str(rule.than)]
    baseline = read_baseline(rule.baseline, than=rule.than, model=model.name)
    refuse_other_texts(str(rule.baseline), baseline.first, model)
    return baseline
