"""Write spec/headlines.json: what is wrong with texts, and what repairs make of them, in Python and in JavaScript."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from textwright.formats.jsonl import annotation_data
from textwright.packs.job_titles import open_rules
from textwright.packs.job_titles.headline import RULES, headline_checks
from textwright.testing import HOSTILE_TEXTS
from textwright.types import Annotation, Span
from textwright.wrangle.checks import GENERIC, Finding, check, read_rules, repaired

SPEC = Path(__file__).parents[1] / "spec"
MIXED = 900
JOBS = (
    "Staff Nurse",
    "UX Designer",
    "JAVASCRIPT DEVELOPER",
    "head of ux",
    "Chef de Partie",
    "HGV Class 1 Driver",
    "CEO",
    "Café Manager",
)
PLACES = ("Leeds", "LONDON", "Bath", "hove", "Stratford-upon-Avon", "München", "ΑΘΗΝΑ", "Łódź")
SIGNS = (
    " - ",
    "  ",
    " – ",
    "- ",
    " -",
    ",",
    ", ",
    " | ",
    " / ",
    "/",
    " & ",
    " and ",
    ": ",
    ":",
    "\t",
    "\u00a0",
    " , ",
    " ",
    "\n",
    "",
)
# fmt: off
NOISE = (
    "!!", "!", "***", "£££", "£Competitive", "DOE", "££ neg", "up to £XXk", "****k", "£30k", "£13.50",
    "45k", "£40k-50k", "£180 a day", "URGENT", "immediate start", "APPLY NOW!!!", "ASAP", "Ref: 12345",
    "(JO-1811-12)", "#48213", "(2025)", "ISO-9001", "(nights", "nights)", "[band 5", '"The Ivy',
    '"The Ivy"', "()", "( days )", "www.example.com", "HTTPS://EXAMPLE.COM/JOBS", "jobs@example.com",
    "JOBS@EXAMPLE.COM", "07700 900123", "+44 20 7946 0000", "&amp;", "&amp;amp;ndash;", "&#163;30k",
    "&#x1F600;", "&#0;", "&eacute;", "Â£30k", "cafÃ©", "\u0096", "\u200b", "\u00ad", "\ufffd", "\ud800",
    "\x00", "<b>", "</b>", "<br/>", "<a href='x'>", "👩‍💻", "🇬🇧", "★", "👍🏽", "1️⃣",
    "🏴\U000e0067\U000e0062\U000e007f", "of of", "Leeds Leeds", "NHS", "PHP", "ASP.NET", "C++", ".NET",
    "KS1", "1ST LINE", "FULL-TIME", "part-time", "CHEF’S", "chef's", "Men’s", "STRASSE ẞ", "İSTANBUL",
    "ΣΑΣ", "Ǆemper", "𐐔𐐯𐑅", "e\u0301", "--", "...", "___", "->", "<-", "•", "1)", "12\"", "…", "?!?",
    "{0}", "$1", "$&",
)
# fmt: on


def texts() -> Iterator[str]:
    """Yield the rules' own examples, hostile texts, and mixtures of what headlines hold."""
    for rule in (*read_rules(RULES), *read_rules(GENERIC)):
        yield from rule.right
        yield from (text for text, _ in rule.wrong)
    yield from (text for text in HOSTILE_TEXTS if len(text) < 1000)
    yield from map(json.loads, (SPEC / "hostile.txt").read_text(encoding="utf-8").splitlines())
    yield from mixtures(MIXED, seed=7)
    yield from ("می\u200cخواهیم شروع کنیم", "क्\u200cष Nurse", "Senior\u200c Nurse")


def mixtures(count: int, *, seed: int) -> Iterator[str]:
    """Yield texts of jobs, places, signs and noise in any order."""
    rng = random.Random(seed)
    for _ in range(count):
        pieces = [rng.choice(JOBS)] if rng.random() < 0.8 else []
        for _ in range(rng.randint(1, 5)):
            pieces += [rng.choice(SIGNS), rng.choice((*PLACES, *NOISE, *NOISE, *NOISE))]
        yield "".join(pieces)


def random_spans(text: str, rng: random.Random) -> Annotation:
    """Mark some places of a text, as no model would."""
    marks = [sorted((rng.randint(0, len(text)), rng.randint(0, len(text)))) for _ in range(rng.randint(0, 5))]
    labels = ("JOBTITLE", "JOBTITLE", "LOCATION", "SALARY", "SENIORITY")
    return Annotation(tuple(Span(start, end, rng.choice(labels)) for start, end in marks if start < end))


def finding_data(finding: Finding) -> list[Any]:
    """Write a finding as `[start, end, rule, [[start, end, text, safe], ...]]`, in code points."""
    repairs = [[each.start, each.end, each.text, each.safe] for each in finding.repairs]
    return [finding.start, finding.end, finding.rule, repairs]


def vectors(found: Sequence[str]) -> Iterator[dict[str, Any]]:
    """Yield each text with its findings; spans come from the rules, for each third text from nowhere."""
    rng, checks = random.Random(7), headline_checks()
    for place, (text, marked) in enumerate(zip(found, open_rules().predict(found), strict=True)):
        annotation = random_spans(text, rng) if place % 3 == 0 else marked
        yield {
            "text": text,
            "spans": annotation_data(annotation)["spans"],
            "findings": [finding_data(each) for each in check(text, checks, annotation)],
            "repaired": repaired(text, checks).text,
        }


def main() -> None:
    """Write the vectors, a line each."""
    lines = [json.dumps(vector, ensure_ascii=True) for vector in vectors(list(dict.fromkeys(texts())))]
    (SPEC / "headlines.json").write_text('{"vectors": [\n' + ",\n".join(lines) + "\n]}\n", encoding="utf-8")
    print(f"{len(lines):,} texts")


if __name__ == "__main__":
    main()
