"""Profiling texts: time and peak memory for a million lines, and how often a short text's language is right.

    python bench/profiles.py [--lines 1000000] [--languages]

The lines are made from the job_titles pack's sample: beginnings and ends put together anew with numbers, a few
of them odd on purpose; two in five are copies. `textwright profile` runs in a process of its own and writes the report.
No peer is asked: profilers of tables (ydata-profiling, skrim) count a text column's lengths and values,
and look for none of the rest.

`--languages` asks for the languages of titles of our own in nine languages, alone and among English ones.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import textwright

SECONDS, GIGABYTES = 120, 2.0
SAMPLE = Path(textwright.__file__).parent / "packs" / "job_titles" / "sample.jsonl"
ODD = ("&amp; more", "<b>new</b>", "\u200bnow", "caf\u00c3\u00a9", "+44 20 7946 0958", "jobs@web.org", "  (two  gaps)")
TITLES = Path(__file__).with_name("profile_titles.json")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lines", type=int, default=1_000_000)
    parser.add_argument("--languages", action="store_true")
    chosen = parser.parse_args()
    if chosen.languages:
        show_languages()
        return
    with tempfile.TemporaryDirectory() as folder:
        show_run(Path(folder), chosen.lines)


def sample_texts() -> list[str]:
    return [json.loads(line)["text"] for line in SAMPLE.open(encoding="utf-8")]


# --- time and memory ------------------------------------------------------------------------


def show_run(folder: Path, lines: int) -> None:
    path, report = folder / "titles.txt", folder / "report.html"
    with path.open("w", encoding="utf-8") as file:
        file.writelines(f"{line}\n" for line in made_lines(lines))
    command = [sys.executable, "-m", "textwright", "profile", str(path), "-o", str(report)]
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds, gigabytes = time.perf_counter() - started, usage.ru_maxrss / 1024**2
    assert os.waitstatus_to_exitcode(status) == 0, "textwright profile failed"
    print(f"{lines:,} lines, {path.stat().st_size / 1e6:.0f} MB; the report has {report.stat().st_size / 1e3:.0f} kB")
    busy = usage.ru_utime + usage.ru_stime
    print(
        f"time    {seconds:8.1f} s    target {SECONDS} s: {verdict(seconds <= SECONDS)} ({busy:.1f} s of a processor)"
    )
    print(f"memory  {gigabytes:8.2f} GB   target {GIGABYTES} GB: {verdict(gigabytes <= GIGABYTES)}")


def verdict(met: bool) -> str:
    return "met" if met else "MISSED"


def made_lines(number: int, *, seed: int = 0) -> Iterator[str]:
    """Make lines like headlines: 60 % of them differ, 2 % are odd."""
    chance = random.Random(seed)
    parts = [part for text in sample_texts() for part in re.split(r" (?=[-–|(,])|(?<=,) ", text) if part]
    recent = ["Nurse"]
    for _ in range(number):
        if chance.random() < 0.4:
            yield chance.choice(recent)
            continue
        line = f"{chance.choice(parts)} {chance.choice(parts)} {chance.randrange(1000)}"
        if chance.random() < 0.02:
            line = f"{line} {chance.choice(ODD)}"
        if len(recent) < 50_000:
            recent.append(line)
        else:
            recent[chance.randrange(50_000)] = line
        yield line


# --- languages ------------------------------------------------------------------------------


def show_languages() -> None:
    """Compare what py3langid says of each text alone with what the profile says of all together."""
    own = [(code, text) for code, texts in json.loads(TITLES.read_text(encoding="utf-8")).items() for text in texts]
    english = [("en", text) for text in sample_texts() if text.isascii()]
    print(f"{'texts':<28} {'number':>6} {'alone':>7} {'named':>7} {'right':>7}   shares")
    show_language_row("nine languages alike", own)
    show_language_row("among English ones", own + english)
    show_language_row("English only", english)


def show_language_row(name: str, texts: Sequence[tuple[str, str]]) -> None:
    from textwright.wrangle.profile.languages import beliefs_of, languages_of

    alone, together = beliefs_of([text for _, text in texts])
    codes = [code for code, _ in texts]
    named = [(code, said) for code, (said, sure) in zip(codes, together, strict=True) if sure]
    right_alone = sum(code == said for code, (said, _) in zip(codes, alone, strict=True)) / len(texts)
    right = sum(code == said for code, said in named) / len(named)
    found = languages_of([text for _, text in texts])
    shares = ", ".join(f"{each.code} {each.share:.3f}" for each in found.found[:5]) if found else ""
    print(f"{name:<28} {len(texts):6} {right_alone:7.1%} {len(named) / len(texts):7.1%} {right:7.1%}   {shares}")


if __name__ == "__main__":
    main()
