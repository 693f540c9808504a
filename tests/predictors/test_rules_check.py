"""`check_folder` gathers all errors with their lines, and warns of what is surely not meant."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from textwright.predictors.rules.check import check_folder

WriteRules = Callable[..., Path]
EXAMPLE = Path(__file__).parents[2] / "src/textwright/predictors/rules/example"


def phase(*rules: str, name: str = "p", inside: str = "") -> str:
    return f'[[phases]]\nname = "{name}"\n{inside}\n' + "\n".join(rules)


def rule(name: str, match: str, extra: str = "") -> str:
    return f"[[phases.rules]]\nname = '{name}'\nmatch = '{match}'\n{extra}\n"


def test_example_rule_set_has_neither_errors_nor_warnings() -> None:
    findings = check_folder(EXAMPLE)
    assert findings.errors == findings.warnings == ()


def test_all_errors_are_gathered_with_file_and_line(write_rules: WriteRules) -> None:
    toml = '[lists]\nx = 3\ny = ["a"]\n[classes]\nc = "a b"\n'
    folder = write_rules(
        toml + phase(rule("one", "(a"), rule("two", "<c>"), rule("three", "{y} <no>"), rule("four", "a?"))
    )
    path = folder / "rules.toml"
    assert [error.split(": ")[0] for error in check_folder(folder).errors] == [
        f"{path}:{line}" for line in (3, 11, 6, 16, 21, 26)
    ]


def test_toml_that_cannot_be_read_is_one_error_with_the_parsers_line(write_rules: WriteRules) -> None:
    (error,) = check_folder(write_rules("x = \n")).errors
    assert error.endswith("Invalid value (at line 2, column 5)")


def test_folder_without_config_is_one_error(tmp_path: Path) -> None:
    (error,) = check_folder(tmp_path / "none").errors
    assert "there is no config.json in it" in error


def test_label_unknown_to_the_schema_is_an_error_in_rules_and_in_examples(write_rules: WriteRules) -> None:
    folder = write_rules("examples = ['[C: a]', '[D: a']\n" + phase(rule("one", "[A: a] [B: b]")))
    (folder / "config.json").write_text('{"rules": "rules.toml", "schema": {"labels": {"A": {}}}}', encoding="utf-8")
    path = folder / "rules.toml"
    assert check_folder(folder).errors == (
        f"{path}:7: phase 'p', rule 'one': marks 'B', which the schema does not know. Known labels: A",
        f"{path}: example 1: marks 'C', a label unknown here. Known labels: A",
        f"{path}: example 2: '[D: a': the mark [D: is not closed. A bracket of the text is written \\[",
    )


LOOKUP = '[[phases]]\nname = "l"\nlookup = "x"\n'
WARNINGS = [
    ('[lists]\nx = ["a"]\n' + phase(rule("r", "a")), "list 'x': no pattern uses it"),
    ("[classes]\nx = 'a'\n" + phase(rule("r", "a")), "class 'x': no pattern uses it"),
    ("[shapes]\nx = 'd'\n" + phase(rule("r", "a")), "shape 'x': no pattern uses it"),
    ("", "there is no phase, so nothing is marked"),
    ('[lists]\nx = ["a-b", "C", "A B", "c"]\n' + phase(rule("r", "{x}")), "list 'x': stands twice: 'a b', 'c'"),
    ('[lists]\nx = ["a", " "]\n' + LOOKUP, "list 'x': it has an entry without a word"),
    (phase(rule("r", "<t> a"), rule("s", "b", 'as = "t"')), "rule 'r', match: <t> is never there: no earlier phase"),
    (
        phase(rule("s", "[A: b]", 'as = "t"')) + phase(rule("r", "<t>"), name="q", inside='inside = "A"'),
        "phase 'q', rule 'r', match: <t> is never there: inside sees plain words",
    ),
    (phase(rule("r", "a"), inside='inside = "A"'), "phase 'p': no earlier phase marks 'A', so it finds nothing"),
]


@pytest.mark.parametrize(("toml", "warning"), WARNINGS)
def test_warning_of_what_is_not_meant(write_rules: WriteRules, toml: str, warning: str) -> None:
    findings = check_folder(write_rules(toml))
    assert findings.errors == ()
    assert any(warning in each for each in findings.warnings), findings.warnings


LIST = '[lists]\nx = ["a", "b", "c d"]\n'
HIDDEN = [
    ([("a b", ""), ("[A: a] b", "")], True),
    ([("a b", ""), ("a b", 'after = ","')], True),
    ([("a b", 'after = ","'), ("a b", "")], False),
    ([("a b", 'before = ","'), ("a b", 'before = ","')], True),
    ([("a", ""), ("a b", "")], True),
    ([("a b", ""), ("a", "")], False),
    ([("{x}", ""), ("(a | b) e", "")], True),
    ([("{x}", ""), ("c e", "")], False),
    ([("a | b", ""), ("{x}", "")], False),
    ([("<any>", ""), ("{x} e", "")], True),
    ([("<lower>", ""), ("a", "")], False),
    ([("a", 'before = "b"'), ("a b", "")], False),
    ([("a b?", ""), ("a c", "")], True),
    ([("b? a", ""), ("b a", "")], False),
    ([("~a", ""), ("a b", "")], False),
    ([("a", ""), ("<start> a", "")], False),
    ([("a", ""), ("b? a", "")], False),
    ([("a+", ""), ("~a b", "")], True),
]


@pytest.mark.parametrize(("rules", "hidden"), HIDDEN)
def test_rule_that_is_never_reached_is_told(
    write_rules: WriteRules, rules: list[tuple[str, str]], hidden: bool
) -> None:
    bodies = [rule(f"r{number}", match, extra) for number, (match, extra) in enumerate(rules)]
    warnings = check_folder(write_rules(LIST + phase(*bodies))).warnings
    told = [each for each in warnings if "rule 'r1': never reached: rule 'r0' above it takes the same words" in each]
    assert bool(told) == hidden


def test_inside_a_rule_hides_only_its_equal(write_rules: WriteRules) -> None:
    marks = phase(rule("a", "[A: a b]"))
    inside = phase(rule("r0", "a"), rule("r1", "a b"), rule("r2", "[B: a]"), name="q", inside='inside = "A"')
    told = [each for each in check_folder(write_rules(marks + inside)).warnings if "never reached" in each]
    assert [each.split("rule ")[1].split(":")[0] for each in told] == ["'r2'"]
