"""Write the figures of the README: the shipped models judged on held-out titles.

`python tools/readme_figures.py DEV` reads an annotated file whose `meta.domain` is ux or general,
evaluates each model of the job_titles pack, and puts the table between the marks in README.md.
"""

from __future__ import annotations

import sys
from pathlib import Path

import textwright as tw
from textwright.packs.job_titles import PACK, SCHEMA

README = Path(__file__).parent.parent / "README.md"
BEGIN, END = "<!-- figures: written by tools/readme_figures.py, do not edit -->", "<!-- end of figures -->"
COLUMNS = (("JOBTITLE", "ux"), ("JOBTITLE", "general"), ("SENIORITY", "ux"), ("SENIORITY", "general"))


def part(dataset: tw.Dataset, domain: str) -> tw.Dataset:
    """Return the examples of one domain."""
    return dataset.with_examples(example for example in dataset if example.meta.get("domain") == domain)


def row(name: str, parts: dict[str, tw.Dataset]) -> str:
    """Evaluate one model and write its row."""
    model = PACK.models[name]()
    exact = {domain: tw.evaluate(model, data).to_data()["exact"] for domain, data in parts.items()}
    cells = [exact[domain][label] for label, domain in COLUMNS]
    shown = (f"{cell['accuracy']:.3f} ({cell['low']:.2f} to {cell['high']:.2f})" for cell in cells)
    return f"| `job_titles.{name}` | " + " | ".join(shown) + " |"


def table(path: Path) -> str:
    """Return the whole table with its caption."""
    dataset = tw.Dataset.read(path, schema=SCHEMA)
    parts = {domain: part(dataset, domain) for domain in ("ux", "general")}
    heads = " | ".join(f"{label}, {domain} ({len(parts[domain])})" for label, domain in COLUMNS)
    lines = [
        "Exact match on headlines whose annotations no method learned (the share of texts with just the right",
        "spans; 95 % interval). They are the dev set: they chose the epoch and settings of the network and the",
        "signs at which the split cuts, and the rules were scored on them several times. Expect less elsewhere:",
        "",
        f"| method | {heads} |",
        "| --- | " + " | ".join("---" for _ in COLUMNS) + " |",
        *(row(name, parts) for name in PACK.models),
        "",
        f"Data set {dataset.fingerprint[:12]}; the command: `python tools/readme_figures.py {path.name}`.",
    ]
    return "\n".join(lines)


def main() -> None:
    """Put the table into the README."""
    text = README.read_text(encoding="utf-8")
    before, rest = text.split(BEGIN)
    after = rest.split(END)[1]
    README.write_text(f"{before}{BEGIN}\n{table(Path(sys.argv[1]))}\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
