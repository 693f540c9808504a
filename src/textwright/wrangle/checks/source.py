"""Kinds of rules about what a text went through: HTML codes, wrong encodings, invisible characters.

What stands for what is the list by which `clean` repairs texts.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

from textwright.wrangle.checks.findings import Finding, Repair, Subject
from textwright.wrangle.checks.rules import Finder, Rule

NUMBER = re.compile("&(?:amp;)*#(?:([0-9]{1,7})|x([0-9a-f]{1,6}));")
UNKNOWN = re.compile("&[a-z]{2,8};")
# Controls that are no white space, halves of surrogate pairs, the sign for what could not be decoded.
BROKEN = re.compile("[\x00-\x08\x0e-\x1f\x7f\x81\x8d\x8f\x90\x9d\ud800-\udfff\ufffd]")
LAST = 0x10FFFF
# It belongs to the spelling of Persian and of many languages of India.
NON_JOINER, BEHIND_NONE_OF_ITS_LETTERS = "\u200c", "(?<![\u0600-\u1fff])"


@cache
def replacements() -> Mapping[str, str]:
    """Return what stands for what."""
    data = json.loads((files("textwright.wrangle") / "clean.json").read_text(encoding="utf-8"))
    return dict(data["replace"])


def entity(rule: Rule) -> Finder:
    """Find HTML codes for characters, also those that were coded several times over."""
    names = {code.removeprefix("&"): made for code, made in replacements().items() if code.startswith("&")}
    pattern = re.compile(f"&(?:amp;)*({'|'.join(map(re.escape, names))})")

    def find(subject: Subject) -> Iterator[Finding]:
        if "&" not in subject.text or ";" not in subject.text:
            return
        known = {match.span(): names[match[1]] for match in pattern.finditer(subject.text)}
        for match in NUMBER.finditer(subject.folded):
            known.setdefault(match.span(), _character(match))
        taken = {start for start, _ in known}
        for (start, end), made in known.items():
            yield rule.finding(start, end, *([Repair(start, end, made)] if made else []))
        for match in UNKNOWN.finditer(subject.folded):
            if match.start() not in taken:
                yield rule.finding(*match.span())

    return find


def _character(match: re.Match[str]) -> str:
    """Return the character of a number; nothing where there is none that one would write."""
    number = int(match[1]) if match[1] is not None else int(match[2], 16)
    is_written = 0x20 <= number < 0x7F or 0xA0 <= number < 0xD800 or 0xE000 <= number <= LAST
    return chr(number) if is_written else ""


def mojibake(rule: Rule) -> Finder:
    """Find characters that were read in the wrong encoding."""
    made = {code: made for code, made in replacements().items() if not code.startswith("&") and made}
    made |= _controls(rule.setting("cp1252"))
    pattern = re.compile("|".join(map(re.escape, sorted(made, key=len, reverse=True))))

    def find(subject: Subject) -> Iterator[Finding]:
        if subject.text.isascii():
            return
        for match in pattern.finditer(subject.text):
            yield rule.finding(*match.span(), Repair(*match.span(), made[match.group()]))

    return find


def _controls(table: str) -> Mapping[str, str]:
    """Return what the controls from 0x80 on stand for when Windows-1252 was read as Latin-1."""
    return {chr(code): char for code, char in enumerate(table, start=0x80) if chr(code) != char}


def invisible(rule: Rule) -> Finder:
    """Find characters that nobody sees or that stand for a broken one, but for the controls of `mojibake`."""
    gone = [code for code, made in replacements().items() if not made and code != NON_JOINER]
    pattern = re.compile("|".join([*map(re.escape, gone), BEHIND_NONE_OF_ITS_LETTERS + NON_JOINER, BROKEN.pattern]))

    def find(subject: Subject) -> Iterator[Finding]:
        for match in pattern.finditer(subject.text):
            yield rule.finding(*match.span(), Repair(*match.span(), ""))

    return find
