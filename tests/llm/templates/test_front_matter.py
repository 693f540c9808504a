from __future__ import annotations

import pytest

from textwright.errors import ModelError
from textwright.llm.prompts.front_matter import Variable, parse

BODY = "{% block user %}{{ text }}{% endblock %}\n"


def test_front_matter_and_body_are_parted() -> None:
    front = parse('+++\ntask = "spans"\nstop = "###"\n+++\n' + BODY, "t.md")
    assert (front.given, front.body, front.lines) == ({"task": "spans", "stop": ("###",)}, BODY, 4)


def test_a_file_without_fences_is_all_body() -> None:
    front = parse(BODY, "t.md")
    assert (front.given, front.body, front.lines) == ({}, BODY, 0)


@pytest.mark.parametrize("source", ['\ufeff+++\r\nname = "a"\r\n+++\r\nbody', '+++  \nname = "a"\n+++\t\nbody'])
def test_byte_order_mark_line_ends_and_blanks_do_no_harm(source: str) -> None:
    front = parse(source, "t.md")
    assert (front.given, front.body) == ({"name": "a"}, "body")


def test_a_variable_has_meaning_default_and_required() -> None:
    front = parse('+++\n[variables.a]\nmeaning = "A."\ndefault = 3\n[variables.b]\nrequired = true\n+++\n', "t.md")
    assert front.given["variables"] == {"a": Variable("A.", 3), "b": Variable(required=True)}


@pytest.mark.parametrize(
    ("toml", "line", "says"),
    [
        ("task = spans", 2, "no TOML"),
        ('name = "a"\n\ntask = "span"', 4, "task is 'span', expected one of spans, categories, answer"),
        ('name = "a"\nlabel = "x"', 3, "unknown key 'label'. Known: name, task"),
        ('stop = ["a", 3]', 2, "expected a text or a list of texts"),
        ('name = ""', 2, "name is '', expected a text"),
        ("parameters = 3", 2, "expected a table, [parameters]"),
        ("[parameters]\ntemprature = 0.2", 3, "unknown parameter 'temprature'. Known: temperature, max_tokens"),
        ("[parameters]\nmax_tokens = true", 3, "max_tokens is True, expected int"),
        ("[parameters]\nmax_tokens = 0", 3, "max_tokens is 0, must be at least 1"),
        ("[variables.a]\nmeening = 'x'", 3, "unknown key of the variable a: 'meening'"),
        ("[variables.a]\nrequired = true\ndefault = 'x'", 2, "would never be used"),
        ("[variables.a]\nmeaning = 3", 2, "meaning is a text"),
        ("[variables.text]\nmeaning = 'x'", 2, "is given to every template"),
        ('[variables."two words"]\nmeaning = "x"', 2, "is no name"),
        ("[answer]\ntype = 'array'", 2, 'not of type = "object"'),
        ("choice = 'three'", 2, "expected one of two, one, several"),
    ],
)
def test_what_is_wrong_is_said_with_file_and_line(toml: str, line: int, says: str) -> None:
    with pytest.raises(ModelError) as caught:
        parse(f"+++\n{toml}\n+++\n{BODY}", "t.md")
    assert str(caught.value).startswith(f"t.md:{line}: ")
    assert says in str(caught.value)


def test_a_fence_that_never_closes_is_an_error() -> None:
    with pytest.raises(ModelError, match=r"^t\.md:1: the front matter that begins with \+\+\+ has no second"):
        parse('+++\nname = "a"\n' + BODY, "t.md")
