"""Bring an answer that says the right thing in the wrong shape into the shape that its JSON Schema asks for.

Only where one reading is possible, and each marked: `list` (a bare list, or one item where a list is wanted), `keyed`
(`{"SENIORITY": "Senior"}`), `pairs` (`["SENIORITY", "Senior"]`), `keys` (another name or case of a key), `case` (of a
label), `number` (for a string, or the other way round), `null` (for an empty list), `extra` (keys that nobody asked
for), `merged` (two items in one object), `doubled` (a key that stands twice).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

from textwright.llm.answers.answer_words import problem_of

Json = Mapping[str, Any]
Shape = TypeVar("Shape")
# What an item names first and what it says of it.
PAIRS = (("label", "text"), ("task", "label"))
# Other names that models give to our keys, the surest first.
SYNONYMS: Mapping[str, tuple[str, ...]] = {
    "spans": ("entities", "mentions", "annotations", "labels", "results"),
    "categories": ("classifications", "classification", "category", "labels", "results"),
    "label": ("type", "entity_type", "tag", "class", "category", "entity"),
    "text": ("value", "word", "span", "mention", "phrase", "entity", "name"),
    "evidence": ("quote", "reason"),
}


def fitted(value: Any, answer: Json) -> tuple[Any, tuple[str, ...]]:
    """Return the value in the shape that is wanted, as far as that is safe, and what was done to it."""
    fit = _Fit()
    return fit.value(value, answer), tuple(dict.fromkeys(fit.marks))


def doubled(items: Sequence[tuple[str, Any]]) -> tuple[Any, tuple[str, ...]]:
    """Make an object of pairs in which a key may stand twice, without losing what the first one says.

    Lists are joined. `label, text, label, text` are two items. Other doubles keep the first where all say the same;
    where they differ the value is a list of them, which no schema takes for a string.

    >>> doubled([("label", "A"), ("text", "x"), ("label", "B"), ("text", "y")])
    ([{'label': 'A', 'text': 'x'}, {'label': 'B', 'text': 'y'}], ('merged',))
    """
    value = dict(items)
    if len(value) == len(items):
        return value, ()
    size = len(value)
    rounds = [dict(items[place : place + size]) for place in range(0, len(items), size)]
    if any(set(value) == set(pair) for pair in PAIRS) and all(set(each) == set(value) for each in rounds):
        return rounds, ("merged",)
    return {key: _together([each for name, each in items if name == key]) for key in value}, ("doubled",)


def _together(values: list[Any]) -> Any:
    if all(isinstance(each, list) for each in values):
        return [item for each in values for item in each]
    return values[0] if all(each == values[0] for each in values) else values


class _Fit:
    """One fitting, with the marks that it leaves."""

    def __init__(self) -> None:
        self.marks: list[str] = []

    def value(self, value: Any, schema: Json) -> Any:
        for variant in _variants(schema):
            trial = _Fit()
            found = trial._one(value, variant)
            if len(_variants(schema)) == 1 or problem_of(found, variant) is None:
                self.marks += trial.marks
                return found
        return value

    def _one(self, value: Any, schema: Json) -> Any:
        if "properties" in schema:
            return self._object(value, schema)
        if "items" in schema:
            return self._list(value, schema["items"])
        return self._scalar(value, schema)

    def _marked(self, mark: str, value: Shape) -> Shape:
        self.marks.append(mark)
        return value

    # --- objects ----------------------------------------------------------------------------

    def _object(self, value: Any, schema: Json) -> Any:
        lists = _lists(schema)
        if isinstance(value, list) and len(lists) == 1:
            value = self._marked("list", {lists[0]: self._unwrapped(value, lists[0])})
        if not isinstance(value, dict):
            return value
        named = self._completed(self._named(value, schema), schema)
        if len(lists) == 1 and lists[0] not in named:
            items = self._items_of(value, schema["properties"][lists[0]]["items"])
            named = named if items is None else {lists[0]: items}
        wanted = {key: each for key, each in named.items() if key in schema["properties"]}
        if len(wanted) < len(named) and schema.get("additionalProperties") is False and _has_all(wanted, schema):
            named = self._marked("extra", wanted)
        return {key: self._property(key, each, schema) for key, each in named.items()}

    def _property(self, key: str, value: Any, schema: Json) -> Any:
        return self.value(value, schema["properties"][key]) if key in schema["properties"] else value

    def _unwrapped(self, value: list[Any], name: str) -> list[Any]:
        """Take the one object out of a list around it: `[{"spans": [...]}]`."""
        inner = value[0].get(name) if len(value) == 1 and isinstance(value[0], dict) else None
        return inner if isinstance(inner, list) else value

    def _named(self, value: Mapping[str, Any], schema: Json) -> dict[str, Any]:
        """Give the keys the names that are wanted; each name is given once."""
        renamed = dict(value)
        for name in schema["properties"]:
            other = None if name in renamed else _other_name(name, renamed, schema)
            if other is not None:
                renamed = self._marked("keys", {name if key == other else key: each for key, each in renamed.items()})
        return renamed

    def _completed(self, value: dict[str, Any], schema: Json) -> dict[str, Any]:
        """Add what can only be one thing: the task, where there is one."""
        only = {name: _choices(schema, name) for name in schema.get("required", ()) if name not in value}
        if not value or len(only) != 1 or any(len(each) != 1 for each in only.values()):
            return value
        return self._marked("keyed", {name: each[0] for name, each in only.items()} | value)

    # --- lists ------------------------------------------------------------------------------

    def _list(self, value: Any, item: Json) -> Any:
        if value is None:
            return self._marked("null", [])
        if isinstance(value, dict):
            value = self._items_of(value, item) or value
        if not isinstance(value, list):
            return value
        return [self.value(each, item) for part in value for each in self._parts(part, item)]

    def _parts(self, part: Any, item: Json) -> Iterable[Any]:
        """Say which items stand in one place of a list: mostly one."""
        if isinstance(part, list):
            return part if self._are_merged(part) else [self._pair(part, item)]
        if isinstance(part, dict):
            return self._keyed(part, item) or [part]
        return [part] if not isinstance(part, str) else [self._alone(part, item)]

    def _are_merged(self, part: list[Any]) -> bool:
        return bool(part) and all(isinstance(each, dict) and set(each) in map(set, PAIRS) for each in part)

    def _items_of(self, value: Mapping[str, Any], item: Json) -> list[Any] | None:
        """Read an object where a list of items is wanted: one item, or items by their labels."""
        pair = _pair_of(item)
        if pair is None:
            return None
        for variant in _variants(item):
            trial = _Fit()
            if _has_all(trial._completed(trial._named(value, variant), variant), variant):
                return self._marked("list", [value])
        return self._keyed(value, item)

    def _keyed(self, value: Mapping[str, Any], item: Json) -> list[Any] | None:
        """Read `{"SENIORITY": "Senior", "SKILL": ["Java", "SQL"]}`; without known labels any label will do."""
        pair = _pair_of(item)
        if pair is None or not value or not all(_says(each) for each in value.values()):
            return None
        known = _choices(item, pair[0])
        names = {key: _same(key, known) for key in value} if known else {key: key for key in value}
        if None in names.values() or set(value) & {"label", "text", "task", *_properties(item)}:
            return None
        found = [{pair[0]: names[key], pair[1]: each} for key, said in value.items() for each in _each(said)]
        # Without known labels `{"sorry": null}` says nothing, not that nothing is there.
        return self._marked("keyed", found) if found or known else None

    def _pair(self, part: list[Any], item: Json) -> Any:
        """Read `["SENIORITY", "Senior"]`, and the other way round, where the labels are known."""
        pair = _pair_of(item)
        if pair is None or len(part) != 2 or not all(isinstance(each, str) for each in part):
            return part
        for name, said in (part, part[::-1]):
            found = _same(name, _choices(item, pair[0]))
            if found is not None:
                return self._marked("pairs", {pair[0]: found, pair[1]: said})
        return part

    def _alone(self, part: str, item: Json) -> Any:
        """Read a label alone where the task that it answers is plain."""
        if _pair_of(item) != ("task", "label"):
            return part
        tasks = [each for each in _variants(item) if _same(part, _choices(each, "label")) is not None]
        if len(tasks) != 1 or len(_choices(tasks[0], "task")) != 1:
            return part
        return self._marked("keyed", {"task": _choices(tasks[0], "task")[0], "label": part})

    # --- strings and numbers ----------------------------------------------------------------

    def _scalar(self, value: Any, schema: Json) -> Any:
        kinds = _kinds(schema)
        if "string" in kinds and _is_number(value) and not {"integer", "number"} & kinds:
            return self._marked("number", str(value))
        if "integer" in kinds and "string" not in kinds and isinstance(value, str) and _is_small(value):
            return self._marked("number", int(value))
        known = tuple(schema.get("enum", ()))
        if isinstance(value, str) and known and value not in known:
            found = _same(value, known)
            return value if found is None else self._marked("case", found)
        return value


def _variants(schema: Json) -> Sequence[Json]:
    return schema.get("anyOf") or schema.get("oneOf") or (schema,)


def _kinds(schema: Json) -> set[str]:
    kinds = schema.get("type", ())
    return {kinds} if isinstance(kinds, str) else set(kinds)


def _lists(schema: Json) -> list[str]:
    return [name for name, each in schema["properties"].items() if isinstance(each, Mapping) and "items" in each]


def _properties(item: Json) -> set[str]:
    return {name for each in _variants(item) for name in each.get("properties", ())}


def _has_all(value: Mapping[str, Any], schema: Json) -> bool:
    return bool(schema.get("required")) and all(name in value for name in schema["required"])


def _pair_of(item: Json) -> tuple[str, str] | None:
    """Name the two keys that an item's meaning is made of."""
    needed = [set(each.get("required", ())) for each in _variants(item)]
    return next((pair for pair in PAIRS if all(each == set(pair) for each in needed)), None)


def _choices(item: Json, name: str) -> tuple[str, ...]:
    """List the values that a key of an item may have; nothing when any will do."""
    found = [each.get("properties", {}).get(name, {}) for each in _variants(item)]
    listed = [value for each in found for value in each.get("enum", [each["const"]] if "const" in each else [])]
    return tuple(dict.fromkeys(value for value in listed if isinstance(value, str)))


def _other_name(name: str, value: Mapping[str, Any], schema: Json) -> str | None:
    free = [key for key in value if key not in schema["properties"]]
    same = [key for key in free if _folded(key) == _folded(name)]
    others = [key for each in SYNONYMS.get(name, ()) for key in free if key.casefold() == each]
    return next(iter(same if len(same) == 1 else others), None)


def _same(name: str, known: Sequence[str]) -> str | None:
    """Find the one known name that differs in case, spaces and dashes alone.

    >>> _same("job title", ["JOBTITLE", "LOCATION"])
    'JOBTITLE'
    """
    found = [each for each in known if _folded(each) == _folded(name)]
    exact = [each for each in known if each == name]
    return exact[0] if exact else found[0] if len(found) == 1 else None


def _folded(name: str) -> str:
    return "".join(each for each in name.casefold() if each.isalnum())


def _says(value: Any) -> bool:
    """Say whether a value can be what an object keyed by labels says of a label."""
    if isinstance(value, list):
        return all(isinstance(each, str) or _is_number(each) for each in value)
    return value is None or isinstance(value, str) or _is_number(value)


def _each(said: Any) -> list[Any]:
    values = said if isinstance(said, list) else [said]
    return [each for each in values if each is not None and each != ""]


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_small(value: str) -> bool:
    return value.isascii() and value.isdigit() and len(value) < 10
