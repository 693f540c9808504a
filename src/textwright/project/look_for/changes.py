"""Changes of what is looked for, each a new schema and what becomes of the marks that are there already."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from textwright.annotate.labels import free_key
from textwright.errors import SchemaError
from textwright.schema import Label, Rule, Schema, Task
from textwright.store.relabelling import Relabelling

LONGEST_NAME = 60
# Signs that mean something in the rule language, and so stand in no label's name.
NO_NAME = '[]:"{}<>'


@dataclass(frozen=True, slots=True)
class Change:
    """Another schema, and what becomes of what is marked."""

    schema: Schema
    relabelling: Relabelling = field(default_factory=Relabelling)


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer to a question as somebody wants it; `was` is its name so far, None for a new one."""

    name: str
    meaning: str = ""
    was: str | None = None


# --- labels for parts of a text -------------------------------------------------------------------------------------


def add_label(schema: Schema, label: Label) -> Change:
    """Add a label, under a free key where it names none. Raise `SchemaError` when it cannot be."""
    label = _tidy(label)
    _refuse_taken("label", label.name, schema.spans)
    _refuse_taken("question", label.name, _questions(schema))
    keyed = label if label.key else replace(label, key=free_key(schema, label.name))
    return Change(_with_labels(schema, (*schema.labels, keyed)))


def change_label(schema: Schema, name: str, label: Label) -> Change:
    """Put another label in the place of one; marks, rules and the labels inside it follow its name.

    Raise `SchemaError` when it cannot be.
    """
    schema.label(name)
    label = _tidy(label)
    _refuse_taken("label", label.name, [each for each in schema.spans if each != name])
    _refuse_taken("question", label.name, _questions(schema))
    names = {name: label.name}
    labels = tuple(label if each.name == name else _moved(each, names) for each in schema.labels)
    rules = tuple(_followed(rule, names) for rule in schema.rules)
    changed = _with_labels(replace(schema, rules=()), labels, rules)
    return Change(changed, Relabelling(spans=names) if name != label.name else Relabelling())


def remove_label(schema: Schema, name: str) -> Change:
    """Take a label away with its marks and rules; what lay inside it lies inside its parent. Raise `SchemaError`."""
    parent = schema.label(name).parent
    kept = [each for each in schema.labels if each.name != name]
    labels = tuple(replace(each, parent=parent) if each.parent == name else each for each in kept)
    rules = tuple(rule for rule in schema.rules if name not in (rule.outer, rule.inner, rule.label))
    return Change(replace(schema, labels=labels, rules=rules), Relabelling(spans={name: None}))


def _moved(label: Label, names: Mapping[str, str]) -> Label:
    return label if label.parent is None else replace(label, parent=names.get(label.parent, label.parent))


def _followed(rule: Rule, names: Mapping[str, str]) -> Rule:
    outer, inner, label = (
        None if each is None else names.get(each, each) for each in (rule.outer, rule.inner, rule.label)
    )
    return replace(rule, outer=outer, inner=inner, label=label)


def _tidy(label: Label) -> Label:
    """Fold white space, and take a key in lower case."""
    name, meaning = _markable(tidy_name("label", label.name)), " ".join(label.meaning.split())
    key = (label.key or "").strip().lower() or None
    if key is not None and not (len(key) == 1 and key.isalpha()):
        raise SchemaError(f"label {name}: the key {label.key!r} is not one letter")
    return replace(label, name=name, meaning=meaning, key=key, parent=label.parent or None)


def _markable(name: str) -> str:
    """Join the words of a label's name: rules, and many files, hold a name without white space and brackets."""
    wrong = next((sign for sign in name if sign in NO_NAME), None)
    if wrong is not None:
        raise SchemaError(f"the name {name} has the sign {wrong}, which rules cannot mark; leave it out")
    return "_".join(name.split())


def tidy_name(what: str, name: str) -> str:
    """Fold the white space of a name. Raise `SchemaError` when nothing is left, or too much."""
    folded = " ".join(name.split())
    if not folded or not folded.isprintable():
        raise SchemaError(f"a {what} needs a name")
    if len(folded) > LONGEST_NAME:
        raise SchemaError(f"the name of a {what} has {len(folded)} characters, at most {LONGEST_NAME} fit")
    return folded


def _refuse_taken(what: str, name: str, names: Sequence[str]) -> None:
    same = next((each for each in names if each.casefold() == name.casefold()), None)
    if same is not None:
        raise SchemaError(f"there is a {what} {same} already; choose another name")


def _questions(schema: Schema) -> list[str]:
    return [task.name for task in schema.tasks]


def refuse_shared(schema: Schema) -> None:
    """Raise `SchemaError` where a label and a question have one name: they are judged side by side, by name."""
    for label in schema.spans:
        _refuse_taken("question", label, _questions(schema))


def _with_labels(schema: Schema, labels: tuple[Label, ...], rules: tuple[Rule, ...] = ()) -> Schema:
    """Refuse two labels under one key, and a label that lies inside itself, in words of the page."""
    keys: dict[str, str] = {}
    for label in labels:
        if label.key is not None and keys.setdefault(label.key, label.name) != label.name:
            raise SchemaError(f"the key {label.key} is that of {keys[label.key]} already; choose another one")
    parents = {label.name: label.parent for label in labels}
    for label in labels:
        _refuse_circle(label, parents)
    return replace(schema, labels=labels, rules=(*schema.rules, *rules))


def _refuse_circle(label: Label, parents: Mapping[str, str | None]) -> None:
    above, seen = label.parent, {label.name}
    while above is not None:
        if above in seen:
            raise SchemaError(f"{label.name} would lie inside itself; choose another label around it")
        seen.add(above)
        above = parents.get(above)


# --- questions about a whole text -----------------------------------------------------------------------------------


def add_task(schema: Schema, task: Task) -> Change:
    """Add a question with its answers. Raise `SchemaError` when it cannot be."""
    name = tidy_name("question", task.name)
    _refuse_taken("question", name, _questions(schema))
    _refuse_taken("label", name, schema.spans)
    labels = tuple(replace(each, name=tidy_name("answer", each.name)) for each in task.labels)
    _refuse_few(name, [each.name for each in labels])
    made = replace(task, name=name, labels=labels, meaning=" ".join(task.meaning.split()))
    return Change(replace(schema, tasks=(*schema.tasks, made)))


def change_task(
    schema: Schema, name: str, *, to: str, meaning: str, multiple: bool, answers: Sequence[Answer]
) -> Change:
    """Change a question and its answers; what was answered follows the names. Raise `SchemaError` when it cannot be."""
    before, new = schema.task(name), tidy_name("question", to)
    _refuse_taken("question", new, [each for each in _questions(schema) if each != name])
    _refuse_taken("label", new, schema.spans)
    known = {each.name: each for each in before.labels}
    labels = tuple(
        replace(
            known.get(each.was or "", Label("")),
            name=tidy_name("answer", each.name),
            meaning=" ".join(each.meaning.split()),
        )
        for each in answers
    )
    _refuse_few(new, [each.name for each in labels])
    after = Task(new, labels, multiple, " ".join(meaning.split()))
    tasks = tuple(after if each.name == name else each for each in schema.tasks)
    now = {each.was: label.name for each, label in zip(answers, labels, strict=True) if each.was is not None}
    single = frozenset({name}) if before.multiple and not multiple else frozenset[str]()
    return Change(replace(schema, tasks=tasks), Relabelling(categories=_answers_now(before, new, now), single=single))


def _answers_now(before: Task, new: str, now: Mapping[str, str]) -> dict[tuple[str, str], tuple[str, str] | None]:
    """Say what becomes of the answers that are other than they were."""
    after = {(before.name, each.name): (new, now[each.name]) if each.name in now else None for each in before.labels}
    return {was: answer for was, answer in after.items() if was != answer}


def remove_task(schema: Schema, name: str) -> Change:
    """Take a question away with all that was answered. Raise `SchemaError` when there is none of that name."""
    task = schema.task(name)
    kept = tuple(each for each in schema.tasks if each.name != name)
    gone = {(name, each.name): None for each in task.labels}
    return Change(replace(schema, tasks=kept), Relabelling(categories=gone))


def _refuse_few(name: str, answers: Sequence[str]) -> None:
    if len(answers) < 2:
        raise SchemaError(f"the question {name} needs two answers or more, with a comma between")
    for place, answer in enumerate(answers):
        _refuse_taken(f"answer to {name}", answer, answers[:place])
