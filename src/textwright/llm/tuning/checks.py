"""What is wrong with examples to tune on, before they cost anything.

Some of it is left out and counted; what only a person can decide is refused: the same text twice, the
same text with two answers, and texts that the model is to be judged on.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from textwright.errors import DataError
from textwright.leakage import leaks
from textwright.llm.prompts.template import TemplateTask
from textwright.schema import Schema
from textwright.types import NOTHING, Annotation, Example, Problem

LEAST = 10
NAMED = 5
NOTHING_THERE = "nothing"
SPOILT = ("offset", "label", "task")
Gold = tuple[frozenset[tuple[int, int, str]], frozenset[tuple[str, str]], str]


@dataclass(frozen=True, slots=True)
class Checked:
    """The examples to tune on, with what is to be said of them.

    `left_out` holds the ids by the reason, `not_asked` counts the labels of the data that the schema does
    not know, `broken` names the examples that break a rule of the schema, `near` counts the texts of the
    test sets that have a near-same one here.
    """

    examples: tuple[Example, ...]
    left_out: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: NOTHING)
    not_asked: Mapping[str, int] = field(default_factory=lambda: NOTHING)
    broken: tuple[tuple[str, Problem], ...] = ()
    near: int = 0


@dataclass(frozen=True, slots=True)
class HeldOut:
    """A set of texts that the model is to be judged on."""

    name: str
    examples: Sequence[Example]


def check(
    examples: Iterable[Example],
    schema: Schema,
    task: TemplateTask,
    *,
    tests: Sequence[HeldOut] = (),
    drop_duplicates: bool = False,
    drop_leaks: bool = False,
) -> Checked:
    """Choose the examples that can be learned from.

    Raise `DataError` that names texts which stand twice or in a test set, unless they are to be dropped,
    and when too few are left.
    """
    left_out: dict[str, list[str]] = defaultdict(list)
    everything = list(examples)
    fit = [each for each in (as_asked(one, schema) for one in everything) if _fits(each, schema, task, left_out)]
    once = _without_doubles(fit, left_out, drop=drop_duplicates)
    apart, near = _without_leaks(once, tests, left_out, drop=drop_leaks)
    require_enough(len(apart), left_out)
    return Checked(
        examples=tuple(apart),
        left_out={reason: tuple(ids) for reason, ids in left_out.items()},
        not_asked=_not_asked(everything, schema),
        broken=tuple((each.id, problem) for each in apart for problem in schema.problems(each.text, each.gold)),
        near=near,
    )


# --- what is asked --------------------------------------------------------------------------


def as_asked(example: Example, schema: Schema) -> Example:
    """Return the example with the labels and tasks of the schema alone: the model is asked for no others.

    A label that a known task does not have stays, so that it is found and told.
    """
    if schema.open:
        return example
    spans, categories = example.gold.spans, example.gold.categories
    tasks = {task.name for task in schema.tasks}
    kept = Annotation(
        None if spans is None else tuple(span for span in spans if span.label in schema.spans),
        None if categories is None else tuple(each for each in categories if each.task in tasks),
    )
    return replace(example, gold=kept)


def _not_asked(examples: Iterable[Example], schema: Schema) -> Mapping[str, int]:
    """Count the labels and tasks that the data has and the schema does not."""
    found: Counter[str] = Counter()
    if schema.open:
        return found
    tasks = {task.name for task in schema.tasks}
    for example in examples:
        if schema.labels:
            found.update(span.label for span in example.gold.spans or () if span.label not in schema.spans)
        if schema.tasks:
            found.update(each.task for each in example.gold.categories or () if each.task not in tasks)
    return dict(sorted(found.items()))


def _fits(example: Example, schema: Schema, task: TemplateTask, left_out: dict[str, list[str]]) -> bool:
    """Say whether an example can be learned from; else note it under the reason."""
    reason = _unfit(example, schema, task)
    if reason is not None:
        left_out[reason].append(example.id)
    return reason is None


def _unfit(example: Example, schema: Schema, task: TemplateTask) -> str | None:
    if not example.text.strip():
        return "empty text"
    if not has_gold(example, task):
        return "not annotated for this task"
    if any(problem.kind in SPOILT for problem in schema.problems(example.text, example.gold)):
        return "annotation that does not fit the text or the schema"
    if task == "categories" and _unanswered(example, schema):
        return "not annotated for this task"
    return None


def has_gold(example: Example, task: TemplateTask) -> bool:
    """Say whether an example was annotated for a task; an empty annotation is one."""
    if task == "spans":
        return example.gold.spans is not None
    if task == "categories":
        return example.gold.categories is not None
    return "answer" in example.extra


def _unanswered(example: Example, schema: Schema) -> bool:
    """Say whether a question that has exactly one answer has none."""
    answered = {each.task for each in example.gold.categories or ()}
    return any(not task.multiple and task.name not in answered for task in schema.tasks)


# --- twice, and in a test set ---------------------------------------------------------------


def _without_doubles(examples: Sequence[Example], left_out: dict[str, list[str]], *, drop: bool) -> list[Example]:
    """Keep the first of equal examples, and none of those that answer the same text differently."""
    groups: dict[str, list[Example]] = defaultdict(list)
    for example in examples:
        groups[example.text.strip()].append(example)
    at_odds = [group for group in groups.values() if len({_gold(each) for each in group}) > 1]
    same = [group for group in groups.values() if len(group) > 1 and group not in at_odds]
    if (at_odds or same) and not drop:
        raise DataError(_doubled(at_odds, same))
    for group in at_odds:
        left_out["same text with different answers"] += [each.id for each in group]
    for group in same:
        left_out["same text twice"] += [each.id for each in group[1:]]
    return [group[0] for group in groups.values() if group not in at_odds]


def _gold(example: Example) -> Gold:
    spans = frozenset((span.start, span.end, span.label) for span in example.gold.spans or ())
    categories = frozenset((each.task, each.label) for each in example.gold.categories or ())
    return spans, categories, repr(example.extra.get("answer"))


def _doubled(at_odds: Sequence[Sequence[Example]], same: Sequence[Sequence[Example]]) -> str:
    parts = []
    if at_odds:
        named = _named([_of_group(group) for group in at_odds])
        parts.append(f"{len(at_odds)} texts stand there with different answers: {named}")
    if same:
        named = _named([_of_group(group) for group in same])
        parts.append(f"{len(same)} texts stand there several times: {named}")
    help_ = "--drop-duplicates keeps one of equal examples, and none of a text that has different answers"
    return f"{'; '.join(parts)}. {help_}"


def _of_group(group: Sequence[Example]) -> str:
    return f"{' and '.join(each.id for each in group[:3])} {group[0].text[:40]!r}"


def _without_leaks(
    examples: Sequence[Example], tests: Sequence[HeldOut], left_out: dict[str, list[str]], *, drop: bool
) -> tuple[list[Example], int]:
    """Keep the examples whose texts are in no test set, and count the near-same ones among them."""
    same: dict[str, str] = {}
    near: set[tuple[str, str]] = set()
    for test in tests:
        for leak in leaks(examples, test.examples):
            if leak.kind == "same":
                same.setdefault(leak.id_a, f"{leak.id_a} (in {test.name}: {leak.id_b})")
            else:
                near.add((test.name, leak.id_b))
    if same and not drop:
        raise DataError(
            f"{len(same)} texts are in a test set, which would then judge what the model learned by heart: "
            f"{_named(list(same.values()))}. --drop-leaks leaves them out; textwright leaks lists them"
        )
    if same:
        left_out["in a test set"] += list(same)
    return [each for each in examples if each.id not in same], len(near)


def _named(names: Sequence[str]) -> str:
    return ", ".join(names[:NAMED]) + (f" and {len(names) - NAMED} more" if len(names) > NAMED else "")


def require_enough(count: int, left_out: Mapping[str, Sequence[str]]) -> None:
    """Raise `DataError` when too few examples are left to tune on."""
    if count >= LEAST:
        return
    reasons = ", ".join(f"{len(ids)} {reason}" for reason, ids in left_out.items() if ids)
    because = f" (left out: {reasons})" if reasons else ""
    raise DataError(f"{count} examples are too few to tune on{because}: {LEAST} are the least, 50 to 100 a good start")


# --- balance --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Share:
    """In how many of the examples a label occurs; "nothing" are the examples without any."""

    label: str
    examples: int
    share: float


def balance(examples: Sequence[Example], schema: Schema, task: TemplateTask) -> list[Share]:
    """Count in how many examples each label occurs, those of the schema that never do included."""
    if task == "answer":
        return []
    found: Counter[str] = Counter(dict.fromkeys(_known_labels(schema, task), 0))
    for example in examples:
        found.update(_labels(example, task) or {NOTHING_THERE})
    return [Share(label, count, count / len(examples)) for label, count in found.items()]


def _known_labels(schema: Schema, task: TemplateTask) -> list[str]:
    if task == "spans":
        return list(schema.spans)
    return [f"{each.name}={label.name}" for each in schema.tasks for label in each.labels]


def _labels(example: Example, task: TemplateTask) -> set[str]:
    if task == "spans":
        return {span.label for span in example.gold.spans or ()}
    return {f"{each.task}={each.label}" for each in example.gold.categories or ()}


def warnings(shares: Sequence[Share]) -> list[str]:
    """Say which labels are too rare to be learned."""
    never = [each.label for each in shares if not each.examples]
    rare = [
        f"{each.label} ({each.examples})" for each in shares if 0 < each.examples < LEAST and each.label != "nothing"
    ]
    said = [f"never occurs, so that the model learns never to answer it: {', '.join(never)}"] if never else []
    return said + ([f"occurs in fewer than {LEAST} examples: {', '.join(rare)}"] if rare else [])
