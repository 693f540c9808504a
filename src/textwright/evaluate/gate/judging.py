"""Hold reports against a gate."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from textwright.errors import DataError
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
    check_rules(rules, list(reports))
    judged = judged_by(reports, extras)
    return Verdicts(rules.path, tuple(verdict for rule in rules.rules for verdict in _placed(rules, rule, judged)))


def check_rules(rules: Rules, names: Sequence[str]) -> None:
    """Raise `DataError` when a rule names a model that is not among `names`, or a baseline that cannot be read.

    Before any model is asked: answers may cost money.
    """
    if not names:
        raise DataError("there is no report to hold against the gate")
    by_name = dict.fromkeys(names)
    for rule in rules.rules:
        with _naming(rules, rule):
            known("no model is named {}", rule.model or names[0], by_name)
            if isinstance(rule, NotWorse):
                _check_other(rule, rule.model or names[0], by_name)


def _check_other(rule: NotWorse, model: str, names: Mapping[str, None]) -> None:
    if rule.baseline is not None:
        read_baseline(rule.baseline, than=rule.than, model=model)
        return
    known("no model is named {}", str(rule.than), names)
    if rule.than == model:
        raise DataError(f"not_worse compares {model} with itself: name another model")


@contextmanager
def _naming(rules: Rules, rule: Rule) -> Iterator[None]:
    """Put the rule's place before what is wrong with it."""
    try:
        yield
    except DataError as error:
        raise DataError(f"{rules.path}:{f'{rule.line}:' if rule.line else ''} {error}") from error


def _placed(rules: Rules, rule: Rule, judged: Mapping[str, Judged]) -> list[Verdict]:
    with _naming(rules, rule):
        return list(_verdicts(rule, judged))


def _verdicts(rule: Rule, judged: Mapping[str, Judged]) -> Iterator[Verdict]:
    model = _of(rule.model or next(iter(judged)), judged)
    match rule:
        case Threshold():
            yield judge_threshold(rule, model)
        case NotWorse():
            yield judge_margin(rule, model, _other(rule, model, judged))
        case Budget():
            yield from judge_budget(rule, model)


def _of(name: str, judged: Mapping[str, Judged]) -> Judged:
    if name not in judged:
        raise DataError(f"{name} has no report: it failed, or was not run yet")
    return judged[name]


def _other(rule: NotWorse, model: Judged, judged: Mapping[str, Judged]) -> Judged:
    if rule.baseline is None:
        return _of(str(rule.than), judged)
    baseline = read_baseline(rule.baseline, than=rule.than, model=model.name)
    refuse_other_texts(str(rule.baseline), baseline.first, model)
    return baseline
