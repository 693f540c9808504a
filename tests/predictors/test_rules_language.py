"""What each piece of the rule language finds; docs/rules.md says it in words."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from textwright.predictors.rules import RulesPredictor
from textwright.predictors.rules.examples import write_marked

OpenRules = Callable[..., RulesPredictor]

LISTS = """
[lists]
rank = ["senior", "junior", "team leader", "team", "team leader of people"]
time = ["part-time", "9-5"]
empty = []
"""


def one_rule(match: str, **parts: str) -> str:
    settings = "\n".join(f"{part} = {json.dumps(text)}" for part, text in parts.items())
    return f"""{LISTS}
[[phases]]
name = "p"
[[phases.rules]]
name = "r"
match = {json.dumps(match)}
{settings}
"""


def marked(predictor: RulesPredictor, text: str) -> str:
    return write_marked(text, predictor.predict([text])[0].spans or ())


PATTERNS = [
    ("[A: nurse]", "Senior NURSE", "Senior [A: NURSE]"),
    ("[A: nurse]", "nurses", "nurses"),
    ("[A: o'neil]", "O’Neil", "[A: O’Neil]"),
    ("[A: part-time]", "part-time, part time, parttime", "[A: part-time], [A: part time], [A: parttime]"),
    ("[A: part-time]", "part - time", "part - time"),
    ("[A: <number> - <number>]", "30-40", "[A: 30-40]"),
    ("[A: <number> - <number>]", "30 - 40", "30 - 40"),
    ("[A: <number> <dash> <number>]", "30 - 40, 30–40", "[A: 30 - 40], [A: 30–40]"),
    ('[A: "("]', "a (b", "a [A: (]b"),
    ('[A: "in house"]', "In  house; in house", "In  house; [A: in house]"),
    ("[A: {rank}]", "team leader", "[A: team leader]"),
    ("[A: {rank}]", "team leader of a team", "[A: team leader] of a [A: team]"),
    ("[A: {rank}] leader", "team leader", "[A: team] leader"),
    ("[A: {time}]", "9 5", "[A: 9 5]"),
    ("[A: {empty}]", "a", "a"),
    ("[A: <word>]", "x 1 - Y", "[A: x] 1 - [A: Y]"),
    ("[A: <lower>]", "ux Ux UX uX x X", "[A: ux] Ux UX uX [A: x] X"),
    ("[A: <Capital>]", "ux Ux UX uX x X", "ux [A: Ux] UX uX x [A: X]"),
    ("[A: <UPPER>]", "ux Ux UX O'NEIL uX X", "ux Ux [A: UX] [A: O'NEIL] uX X"),
    ("[A: <mixed>]", "ux Ux UX uX iOS", "ux Ux UX [A: uX] [A: iOS]"),
    ("[A: <letter>]", "x X xx 1", "[A: x] [A: X] xx 1"),
    ("[A: <number>]", "35,000 1.5 7 1.", "[A: 35,000] [A: 1.5] [A: 7] [A: 1]."),
    ("[A: <number:4>]", "2024 20245 2,024 202", "[A: 2024] 20245 2,024 202"),
    ("[A: <symbol>]", "a ** - b!", "a [A: **] [A: -] b[A: !]"),
    ("[A: b] <gap>", "a b  b", "a [A: b]  b"),
    ("[A: <any>] <end>", "a ! ?", "a ! [A: ?]"),
    ("<start> [A: <any>]", "  a b", "  [A: a] b"),
    ("[A: a b]", "a b, A B, a  b, a\tb", "[A: a b], [A: A B], a  b, a\tb"),
    ("[A: <number> ~k]", "50k 50 k", "[A: 50k] 50 k"),
    ("[A: <number> ~{rank}]", "5team 5team leader 5senior 5 team", "[A: 5team] [A: 5team leader] [A: 5senior] 5 team"),
    ("[A: a | a b]", "a b", "[A: a] b"),
    ("[A: (a b | a) c]", "a b c a c", "[A: a b c] [A: a c]"),
    ("[A: a b? c]", "a b c a c", "[A: a b c] [A: a c]"),
    ("[A: a b* c]", "a b b c a c", "[A: a b b c] [A: a c]"),
    ("[A: a b+ c]", "a b c a c", "[A: a b c] a c"),
    ("[A: a+]", " ".join("a" * 31), "[A: " + " ".join("a" * 30) + "] [A: a]"),
    ("[A: [B: a] b]", "a b", "[A: [B: a] b]"),
    ("[A: ([B: a])? b]", "b a b", "[A: b] [A: [B: a] b]"),
    ("[A: a] | [B: b]", "b a", "[B: b] [A: a]"),
    ("[A: <gap> a <gap>]", "b  a  b", "b  [A: a]  b"),
    ("[A: <gap>] b", "a  b", "a  b"),
    ("[A: <start> a <end>]", "a", "[A: a]"),
    ("[A: C#] | [A: .net]", "C# .NET", "[A: C#] [A: .NET]"),
]


@pytest.mark.parametrize(("match", "text", "expected"), PATTERNS)
def test_pattern_finds(open_rules: OpenRules, match: str, text: str, expected: str) -> None:
    assert marked(open_rules(one_rule(match)), text) == expected


CONTEXTS = [
    ({"after": "<start> | ,"}, "a b, a a", "[A: a] b, [A: a] a"),
    ({"after": "{empty}"}, "a b a", "a b a"),
    ({"not_after": "b"}, "a b a", "[A: a] b a"),
    ({"not_after": "{empty}"}, "a b a", "[A: a] b [A: a]"),
    ({"before": "b+ <end>"}, "a b c a b b", "a b c [A: a] b b"),
    ({"not_before": "{rank} | ~!"}, "a senior a a! a !", "a senior [A: a] a! [A: a] !"),
]


@pytest.mark.parametrize(("parts", "text", "expected"), CONTEXTS)
def test_context_holds(open_rules: OpenRules, parts: dict[str, str], text: str, expected: str) -> None:
    assert marked(open_rules(one_rule("[A: a]", **parts)), text) == expected


CLASSES = [
    ("<word> - {rank}", "senior nurse", "senior [A: nurse]"),
    ('nurse + & + "-" + "+" + "("', "nurse-a & + (", "[A: nurse][A: -]a [A: &] [A: +] [A: (]"),
    ("<any> - <symbol> + !", "a, b!", "[A: a], [A: b][A: !]"),
    ("<part> - b", "a b c", "[A: a] b [A: c]"),
]


@pytest.mark.parametrize(("kinds", "text", "expected"), CLASSES)
def test_class_is_counted_from_left_to_right(open_rules: OpenRules, kinds: str, text: str, expected: str) -> None:
    toml = one_rule("[A: <tested>]").replace(
        "[[phases]]", f"[classes]\npart = '<word>'\ntested = '{kinds}'\n[[phases]]", 1
    )
    assert marked(open_rules(toml), text) == expected


def phases(*bodies: str) -> str:
    made = [f'[[phases]]\nname = "p{number}"\n{body}' for number, body in enumerate(bodies)]
    return LISTS + "\n".join(made)


def rule(name: str, match: str, extra: str = "") -> str:
    return f"[[phases.rules]]\nname = {name!r}\nmatch = {match!r}\n{extra}\n"


def test_first_rule_that_fits_takes_the_words(open_rules: OpenRules) -> None:
    predictor = open_rules(phases(rule("one", "[A: a]") + rule("two", "[B: a b]")))
    assert marked(predictor, "a b") == "[A: a] b"


def test_words_of_as_are_one_word_for_later_phases(open_rules: OpenRules) -> None:
    predictor = open_rules(phases(rule("length", "<number> days", 'as = "length"'), rule("all", "[A: a <length> b]")))
    assert marked(predictor, "a 3 days b") == "[A: a 3 days b]"


def test_as_at_the_ends_of_the_text_holds_words_alone(open_rules: OpenRules) -> None:
    predictor = open_rules(
        phases(rule("all", "<start> a b <end>", 'as = "ab"'), rule("again", "[A: <start> <ab> <end>]"))
    )
    assert marked(predictor, "a b") == "[A: a b]"


def test_lookup_finds_the_longest_entry_whatever_its_hyphens(open_rules: OpenRules) -> None:
    toml = phases('lookup = "town"', rule("town", "[T: <town>]")).replace("[lists]", '[lists]\ntown = "towns.txt"')
    predictor = open_rules(toml, towns="# towns\nStoke on Trent\nStoke\n\n#\nNewcastle-upon-Tyne\n")
    text = "Stoke-on-Trent, stoke, newcastle upon tyne"
    assert marked(predictor, text) == "[T: Stoke-on-Trent], [T: stoke], [T: newcastle upon tyne]"


def test_lookup_leaves_words_of_earlier_phases_alone(open_rules: OpenRules) -> None:
    toml = phases(rule("x", "stoke", 'as = "x"'), 'lookup = "town"\nas = "place"', rule("town", "[T: <place>]"))
    predictor = open_rules(toml.replace("[lists]", '[lists]\ntown = ["stoke", "york"]'))
    assert marked(predictor, "stoke york") == "stoke [T: york]"


def test_empty_lookup_finds_nothing(open_rules: OpenRules) -> None:
    assert marked(open_rules(phases('lookup = "empty"', rule("x", "[A: <empty>] | [B: b]"))), "a b") == "a [B: b]"


INSIDE = [
    ("{rank}* [C: <any>+]", "senior nurse", "[J: senior [C: nurse]]"),
    ("[C: <any>]", "senior nurse", "[J: senior nurse]"),
    ("<start> {rank} [C: nurse] <end>", "senior nurse", "[J: senior [C: nurse]]"),
    ("{rank} [C: nurse]", "x senior nurse x", "x [J: senior [C: nurse]] x"),
]


@pytest.mark.parametrize(("match", "text", "expected"), INSIDE)
def test_inside_must_fit_the_whole_span(open_rules: OpenRules, match: str, text: str, expected: str) -> None:
    toml = phases(rule("job", "[J: {rank} nurse]", 'as = "job"'), 'inside = "J"\n' + rule("core", match))
    assert marked(open_rules(toml), text) == expected


def test_gap_at_the_end_of_a_mark_is_no_part_of_it(open_rules: OpenRules) -> None:
    predictor = open_rules(phases(rule("job", "[J: <gap> a <gap>]"), 'inside = "J"\n' + rule("core", "[C: a]")))
    assert marked(predictor, "b  a  b") == "b  [C: [J: a]]  b"


def test_inside_takes_the_first_rule_that_fits(open_rules: OpenRules) -> None:
    rules = rule("one", "[B: nurse]", 'after = "{first}"') + rule("two", "a [C: <any>]") + rule("three", "[D: <any>+]")
    toml = phases(rule("job", "[J: a nurse]"), 'inside = "J"\n' + rules).replace("[lists]", '[lists]\nfirst = ["a"]')
    assert marked(open_rules(toml), "a nurse") == "[J: a [C: nurse]]"


def test_except_takes_entries_of_other_lists_away(open_rules: OpenRules) -> None:
    toml = one_rule("[A: {tested}]").replace(
        "[lists]", '[lists]\ntested = {entries = ["Senior", "nurse"], except = ["rank"]}'
    )
    assert marked(open_rules(toml), "senior nurse") == "senior [A: nurse]"


def test_span_is_given_in_the_text_as_it_was(open_rules: OpenRules) -> None:
    text = "R&amp;D \u200bLead\u00ad, \u00c2£30k"
    spans = open_rules(one_rule("[A: r & d lead] | [B: £ <number> k]")).predict([text])[0].spans
    assert spans is not None
    assert [text[span.start : span.end] for span in spans] == ["R&amp;D \u200bLead", "\u00c2£30k"]


def test_explain_names_the_first_rule_that_made_a_span(open_rules: OpenRules) -> None:
    predictor = open_rules(phases(rule("one", "[A: a] b"), rule("two", "[A: a]")))
    (explanation,) = predictor.explain("a b")
    assert (explanation.phase, explanation.rule, explanation.start, explanation.end) == ("p0", "one", 0, 3)
