"""Compile `sample_titles.txt`, the marked-up headlines, into the sample that the job-title pack ships.

Run it after every change of the text file: `python tools/sample_titles.py`.
"""

import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MARKED = ROOT / "tools" / "sample_titles.txt"
SAMPLE = ROOT / "src" / "textwright" / "packs" / "job_titles" / "sample.jsonl"

LABELS = (
    "JOBTITLE",
    "COREJOBTITLE",
    "SENIORITY",
    "EMPLOYMENT_TYPE",
    "DURATION",
    "LOCATION",
    "REMOTE_OPTION",
    "SALARY",
    "COMPANY",
)
DOMAINS = ("ux", "general")
SOURCES = ("uk_board", "us_board", "intern_list", "agency_feed", "company_site", "classifieds")

MARK = re.compile(r"⟦(?P<label>[A-Z]+(?:_[A-Z]+)*) |⟦|⟧")


class MarkupError(ValueError):
    """The text file breaks a rule of its markup or of the guideline."""


@dataclass(frozen=True, slots=True)
class Span:
    """A labelled stretch of a headline, in code points, its end exclusive."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class Headline:
    """A headline freed of its marks, and where it belongs."""

    text: str
    spans: tuple[Span, ...]
    domain: str
    source: str


def parse_marks(marked: str) -> tuple[str, tuple[Span, ...]]:
    """Split a marked headline into its text and its spans.

    >>> parse_marks("⟦SENIORITY Lead⟧ role")
    ('Lead role', (Span(start=0, end=4, label='SENIORITY'),))
    """
    text, done = "", 0
    opened: list[tuple[int, str]] = []
    spans: list[Span] = []
    for mark in MARK.finditer(marked):
        text += marked[done : mark.start()]
        done = mark.end()
        if mark[0] != "⟧":
            opened.append((len(text), known_label(mark["label"])))
            continue
        if not opened:
            raise MarkupError("a ⟧ closes nothing. Remove it, or open its span with ⟦LABEL")
        start, label = opened.pop()
        spans.append(Span(start, len(text), label))
    if opened:
        raise MarkupError(f"the span {opened[-1][1]} is not closed. Write ⟧ where it ends")
    return text + marked[done:], tuple(sorted(spans, key=span_order))


def known_label(label: str | None) -> str:
    """Return the label, or say which ones there are."""
    if label not in LABELS:
        raise MarkupError(f"⟦ is followed by {label or 'no label'}. Known labels: {', '.join(LABELS)}")
    return label


def span_order(span: Span) -> tuple[int, int, str]:
    """Sort by start, the longer span first, then by label."""
    return (span.start, -span.end, span.label)


def check_edges(text: str, spans: Iterable[Span]) -> None:
    """Refuse a span that is empty or has white space at an edge."""
    for span in spans:
        inside = text[span.start : span.end]
        if not inside or inside != inside.strip():
            raise MarkupError(f"{span.label} {inside!r} is empty or has white space at an edge. Move its marks")


def check_cores(text: str, spans: Sequence[Span]) -> None:
    """Refuse a title without exactly one core inside it, and a core outside every title."""
    titles = [span for span in spans if span.label == "JOBTITLE"]
    cores = [span for span in spans if span.label == "COREJOBTITLE"]
    for title in titles:
        count = sum(title.start <= core.start and core.end <= title.end for core in cores)
        if count != 1:
            name = text[title.start : title.end]
            raise MarkupError(f"JOBTITLE {name!r} holds {count} COREJOBTITLE spans. Mark exactly one")
    if len(cores) != len(titles):
        raise MarkupError(f"{len(cores)} COREJOBTITLE spans, {len(titles)} JOBTITLE spans. Mark one core in each title")


def parse_headline(marked: str, heading: tuple[str, str] | None) -> Headline:
    """Read one marked headline and check it."""
    if heading is None:
        raise MarkupError("a headline stands before the first heading. Write ## DOMAIN SOURCE above it")
    text, spans = parse_marks(marked)
    check_edges(text, spans)
    check_cores(text, spans)
    return Headline(text, spans, *heading)


def parse_heading(line: str) -> tuple[str, str]:
    """Read the domain and the source off a line such as `## ux uk_board`."""
    match line.removeprefix("##").split():
        case [domain, source] if domain in DOMAINS and source in SOURCES:
            return domain, source
    raise MarkupError(f"{line!r} is no heading. Write ## {'|'.join(DOMAINS)} {'|'.join(SOURCES)}")


@contextmanager
def at_line(number: int) -> Iterator[None]:
    """Say in which line of the text file an error lies."""
    try:
        yield
    except MarkupError as error:
        raise MarkupError(f"line {number}: {error}") from None


def parse_file(lines: Iterable[str]) -> Iterator[Headline]:
    """Read the headlines of a marked file in order, each text once."""
    heading: tuple[str, str] | None = None
    first_line: dict[str, int] = {}
    for number, line in enumerate(lines, start=1):
        with at_line(number):
            if line.startswith("##"):
                heading = parse_heading(line)
            elif line and not line.startswith("#"):
                headline = parse_headline(line, heading)
                check_new(headline.text, first_line)
                first_line[headline.text] = number
                yield headline


def check_new(text: str, first_line: Mapping[str, int]) -> None:
    """Refuse a text that an earlier line has."""
    if text in first_line:
        raise MarkupError(f"the text of line {first_line[text]} again. Remove one of the two")


def to_line(number: int, headline: Headline) -> str:
    """Write a headline as one line of the file format."""
    example = {
        "id": f"sample-{number:04d}",
        "text": headline.text,
        "spans": [{"start": span.start, "end": span.end, "label": span.label} for span in headline.spans],
        "meta": {"domain": headline.domain, "source": headline.source},
    }
    return json.dumps(example, ensure_ascii=False) + "\n"


def main() -> int:
    """Compile the sample and say where it went."""
    marked = MARKED.read_text(encoding="utf-8").split("\n")
    try:
        headlines = list(parse_file(marked))
    except MarkupError as error:
        print(f"{MARKED.name}, {error}", file=sys.stderr)
        return 2
    lines = [to_line(number, headline) for number, headline in enumerate(headlines, start=1)]
    SAMPLE.parent.mkdir(parents=True, exist_ok=True)
    SAMPLE.write_text("".join(lines), encoding="utf-8", newline="\n")
    print(f"{len(lines)} headlines in {SAMPLE.relative_to(ROOT)}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
