"""Every error of a rule set says the file and the list, class, or phase and rule, and what would have worked."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from textwright.errors import ModelError, SchemaError, TextwrightError
from textwright.predictors.rules import RulesPredictor

WriteRules = Callable[..., Path]


def rule(match: str, **parts: str) -> str:
    settings = "\n".join(f"{part} = {json.dumps(text)}" for part, text in parts.items())
    return f'[[phases]]\nname = "p"\n[[phases.rules]]\nname = "r"\nmatch = {json.dumps(match)}\n{settings}\n'


LISTS = '[lists]\nrank = ["senior", "team leader"]\n'
AT_RULE = "phase 'p', rule 'r'"
INSIDE = rule("[A: a]").replace('name = "p"', 'name = "p"\ninside = "A"')

FAULTS = [
    # patterns
    (rule("[A: a"), f"{AT_RULE}, match: pattern '[A: a', character 6: '[A:' is not closed by ']'"),
    (rule("(a"), f"{AT_RULE}, match: pattern '(a', character 3: '(' is not closed by ')'"),
    (rule("a)"), f"{AT_RULE}, match: pattern 'a)', character 2: ')' has no beginning"),
    (rule("a |"), f"{AT_RULE}, match: pattern 'a |', character 4: expected a word, {{list}}, <kind>, ( or ["),
    (rule("* a"), f"{AT_RULE}, match: pattern '* a', character 1: found '*', expected a word"),
    (rule('a "b'), f"{AT_RULE}, match: pattern 'a \"b', character 3: found '\"', expected a word"),
    (rule("a ~"), f"{AT_RULE}, match: pattern 'a ~', character 4: expected a single word after ~"),
    (rule("a ~(b c)"), "only a single word, {list} or <kind> may follow ~"),
    (rule('""'), f"{AT_RULE}, match: '' holds no word"),
    (rule("a-b-c-d-e-f-g"), f"{AT_RULE}, match: 'a-b-c-d-e-f-g' has more than 5 hyphens"),
    (rule("a?"), f"{AT_RULE}: match may find nothing at all; at least one word must be needed"),
    (rule("<start>"), f"{AT_RULE}: match may find nothing at all"),
    (rule("((a b)+)+"), f"{AT_RULE}: a repetition stands inside a repetition"),
    (rule("[A: a]+"), f"{AT_RULE}: a mark stands inside a repetition"),
    (rule("(a?)+ b"), f"{AT_RULE}: what is repeated may find nothing at all"),
    (rule("<town>"), f"{AT_RULE}: unknown kind <town>. Known kinds: Capital, UPPER, any"),
    (rule("{town}"), f"{AT_RULE}: unknown list {{town}}. Known lists: none"),
    (LISTS + rule("a ~{town}"), f"{AT_RULE}: unknown list {{town}}. Known lists: rank"),
    (rule("(" * 60 + "a" + ")" * 60), f"{AT_RULE}, match: pattern '{'(' * 60}a"),
    # contexts
    (rule("a", after="b c"), f"{AT_RULE}: expected a single word, a {{list}} or a <kind>"),
    (rule("a", not_after="[A: b]"), f"{AT_RULE}: expected a single word, a {{list}} or a <kind>"),
    (LISTS + rule("a", after="{rank}"), f"{AT_RULE}: list {{rank}} has entries of several words"),
    (rule("a", after="~<start>"), f"{AT_RULE}: <start> is no word"),
    (rule("a", before="(b"), f"{AT_RULE}, before: pattern '(b'"),
    (rule("a", not_before="[A: b]"), f"{AT_RULE}: before and not_before may not mark anything"),
    # classes
    ('[classes]\nx = "a b"\n', "class 'x': expected + or - before 'b'"),
    ('[classes]\nx = "a + - b"\n', "class 'x': found '-', expected a word, {list} or <kind>. The sign itself is \"-\""),
    ('[classes]\nx = "a +"\n', "class 'x': 'a +' ends where a word, {list} or <kind> was expected"),
    ('[classes]\nx = "part-time"\n', "class 'x': expected a single word, a {list} or a <kind>"),
    (
        '[classes]\nx = "<y>"\ny = "a"\n',
        "class 'x': class <y> cannot be used here: it is wrong, or stands further down",
    ),
    ('[classes]\nx = "{y}"\n', "class 'x': unknown list {y}"),
    ('[classes]\nx = "<start>"\n', "class 'x': <start> is no word"),
    ('[classes]\nword = "a"\n', "class 'word' has the name of a built-in kind"),
    ("[classes]\nx = 3\n", "class 'x': found a number, expected a text"),
    ('[classes]\nx = "a"\n' + rule("a", **{"as": "x"}), "a lookup or rule makes <x>, which is a class"),
    (rule("a", **{"as": "number"}), "a lookup or rule makes <number>, which is a built-in kind"),
    # shapes
    ("[shapes]\nx = 3\n", "shape 'x': found a number, expected a list"),
    ("[shapes]\nx = []\n", "shape 'x': an empty list is no shape; write one such as 'XX-ddd'"),
    ('[shapes]\nx = ["dd", "AX-d"]\n', "shape 'x': shape 'AX-d', character 1: found 'A': X is a capital letter"),
    ('[shapes]\nx = "X{2"\n', "shape 'x': shape 'X{2', character 2: found '{', expected X, x, d, [Xd] or a sign"),
    ('[shapes]\nx = "d{3,2}"\n', "shape 'd{3,2}', character 1: 3 to 2 characters are none; 1 is the least"),
    ('[shapes]\nx = "--"\n', "shape '--' has no letter and no digit: X, x or d"),
    ('[shapes]\nx = "d{61}"\n', "shape 'd{61}' is up to 61 characters long, at most 60 fit"),
    ('[shapes]\nx = "d[dX]"\n', "[d] and [Xd] stand side by side and cannot be told apart"),
    ('[shapes]\nx = "d"\n[classes]\nx = "a"\n', "shape 'x' has the name of a class"),
    ('[shapes]\nnumber = "d"\n', "shape 'number' has the name of a built-in kind"),
    ('[shapes]\nx = "d"\n' + rule("a", **{"as": "x"}), "a lookup or rule makes <x>, which is a shape"),
    ('[shapes]\nx = "d"\n' + rule("<y>"), "unknown kind <y>. Known kinds: Capital, UPPER, any, dash, end"),
    # lists
    ("lists = 3\n", "lists: found a number, expected a table"),
    ("[lists]\nx = true\n", "list 'x': found true or false, expected entries, a file's name or a table"),
    ("[lists]\nx = [3]\n", "list 'x': found a number, expected a text"),
    ('[lists]\nx = {entrys = ["a"]}\n', "list 'x': unknown key 'entrys'. Known keys: entries, except, file"),
    ('[lists]\nx = {entries = "a"}\n', "list 'x': found text, expected a list"),
    ('[lists]\nx = {entries = ["a"], except = ["y"]}\n', "list 'x', except: unknown list 'y'. Known lists: x"),
    ('[lists]\nx = "none.txt"\n', "list 'x': "),
    ('[lists]\nx = "../x.txt"\n', "list 'x': ../x.txt: outside the folder of the rule set"),
    ('[lists]\nx = [" "]\n' + rule("{x}"), "list 'x': ' ' holds no word"),
    ('[[phases]]\nname = "p"\nlookup = "x"\n', "phase 'p': unknown list {x}. Known lists: none"),
    # phases and rules
    ("phases = 3\n", "phases: found a number, expected a list"),
    ("phases = [3]\n", "phase 1: found a number, expected a table"),
    ('[[phases]]\nname = "p"\n', "phase 'p': needs either lookup or rules"),
    ("[[phases]]\nrules = []\nname = 3\n", "phase 3: found a number, expected a text"),
    ('[[phases]]\nname = "p"\nlookup = 3\n', "phase 'p': lookup is a number, expected a text"),
    ('[[phases]]\nname = "p"\nrules = []\nas = "x"\n', "phase 'p': as belongs to a lookup or to a rule"),
    ('[[phases]]\nname = "p"\nlookup = "x"\ninside = "A"\n', "phase 'p': inside goes with rules, not with lookup"),
    (rule("a").replace("match", "mach"), f"{AT_RULE}: unknown key 'mach'. Known keys: after, as, before"),
    ('[[phases]]\nname = "p"\n[[phases.rules]]\nmatch = "a"\n', "phase 'p', rule 1: needs name = a text"),
    ('[[phases]]\nname = "p"\n[[phases.rules]]\nname = "r"\n', f"{AT_RULE}: needs match = a text"),
    (rule("a").replace('"a"', '"a"\nafter = 3'), f"{AT_RULE}: after is a number, expected a text"),
    (INSIDE.replace("match", 'as = "x"\nmatch'), f"{AT_RULE}: as has no use in a phase with inside"),
    (rule("a") + rule("b"), "two rules are called 'r'"),
    # the file
    ("x = 3\n", "the rule set: unknown key 'x'. Known keys: classes, examples"),
    ('examples = "a"\n', "examples: found text, expected a list"),
    ("x = \n", "Invalid value (at line 2"),
]


@pytest.mark.parametrize(("toml", "message"), FAULTS)
def test_error_says_where_and_what(write_rules: WriteRules, toml: str, message: str) -> None:
    folder = write_rules(toml)
    with pytest.raises(ModelError) as raised:
        RulesPredictor.open(folder)
    assert str(raised.value).startswith(f"{folder / 'rules.toml'}: ")
    assert message in str(raised.value)


def test_error_of_a_list_file_names_its_line(write_rules: WriteRules) -> None:
    folder = write_rules('[lists]\nx = "x.txt"\n')
    (folder / "x.txt").write_bytes(b"a\nb\xff\n")
    with pytest.raises(ModelError, match=r"list 'x': .*x\.txt, line 2: not UTF-8"):
        RulesPredictor.open(folder)


@pytest.mark.parametrize("language", ["2", "true"])
def test_another_language_is_refused(write_rules: WriteRules, language: str) -> None:
    folder = write_rules("")
    (folder / "rules.toml").write_text(f"language = {language}\n", encoding="utf-8")
    with pytest.raises(ModelError, match=f"language = {language.capitalize()}, this version reads language = 1"):
        RulesPredictor.open(folder)


CONFIGS = [
    (None, ModelError, "there is no config.json in it"),
    ("{", ModelError, r"config\.json: Expecting"),
    ("[]", ModelError, "expected an object like"),
    ('{"rules": 3}', ModelError, "expected an object like"),
    ('{"kind": "network", "rules": "rules.toml"}', ModelError, '"kind" is \'network\', expected "rules"'),
    ('{"rules": "other.toml"}', ModelError, r"other\.toml: No such file"),
    ('{"rules": "rules.toml", "schema": 3}', ModelError, '"schema" is int'),
    ('{"rules": "rules.toml", "schema": "none.toml"}', SchemaError, r"none\.toml"),
    ('{"rules": "rules.toml", "schema": {"labels": {"B": {}}}}', ModelError, "rule 'r': marks 'A', which the schema"),
]


@pytest.mark.parametrize(("config", "kind", "message"), CONFIGS)
def test_config_that_cannot_be_used_is_named(
    write_rules: WriteRules, config: str | None, kind: type[TextwrightError], message: str
) -> None:
    folder = write_rules(rule("[A: a]"))
    (folder / "config.json").unlink()
    if config is not None:
        (folder / "config.json").write_text(config, encoding="utf-8")
    with pytest.raises(kind, match=message):
        RulesPredictor.open(folder)


def test_too_many_kinds_of_word_are_refused_with_advice(write_rules: WriteRules) -> None:
    pairs = json.dumps([f"w{chr(97 + i % 26)}{chr(97 + i // 26 % 26)}{chr(97 + i // 676)} x" for i in range(2000)])
    with pytest.raises(ModelError, match="Use a `lookup` phase"):
        RulesPredictor.open(write_rules(f"[lists]\nx = {pairs}\n" + rule("{x}")))


def test_byte_order_mark_and_windows_line_ends_are_read(write_rules: WriteRules) -> None:
    folder = write_rules('[lists]\nx = "x.txt"\n' + rule("[A: {x}]"))
    toml = (folder / "rules.toml").read_bytes().replace(b"\n", b"\r\n")
    (folder / "rules.toml").write_bytes(b"\xef\xbb\xbf" + toml)
    (folder / "x.txt").write_bytes(b"\xef\xbb\xbfnurse\r\ncook\r\n")
    assert [len(each.spans or ()) for each in RulesPredictor.open(folder).predict(["nurse", "cook"])] == [1, 1]
