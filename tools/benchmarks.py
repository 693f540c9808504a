"""Write the tables of docs/benchmarks.md from the runs that stand.

`python tools/benchmarks.py` reads the experiments of experiments/talk and their runs, and puts the tables between the
marks. Figures alone are written: no text, and no name of where a text comes from. Nothing is run;
`make benchmarks` runs what is missing first.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from textwright.cli.experiment_report import table_of_plan
from textwright.experiment.running.prepare import prepared
from textwright.experiment.table import ExperimentTable
from textwright.runs import Run

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs/benchmarks.md"
EXPERIMENTS = tuple(ROOT / f"experiments/talk/{name}.toml" for name in ("experiment", "domains", "new_source"))
BEGIN, END = "<!-- tables: written by tools/benchmarks.py, do not edit -->", "<!-- end of tables -->"
# Of the parts of a test these say nothing about where its texts come from.
SHOWN_BY = ("length",)


def tables(file: Path) -> str:
    """Write an experiment: its table on the first test and, where there are more, how each method does on all."""
    table, runs = table_of_plan(prepared(file))
    return without_names(table).to_markdown() + "\n" + made_of(runs)


def without_names(table: ExperimentTable) -> ExperimentTable:
    """Leave out the parts of a test that are named by where texts come from."""
    return replace(table, slices=tuple(each for each in table.slices if each.key in SHOWN_BY))


def made_of(runs: Sequence[Run]) -> str:
    """Say of which commits, on which machine, and in how much time the runs were made."""
    spent = sum(run.cpu_seconds for run in runs) / 60
    machines = several(f"{run.environment['processor']}, {run.environment['cores']} cores" for run in runs)
    known = {run.commit[:8] + "+" * run.commit.endswith("+") for run in runs if run.commit}
    commits = f"commit {known.pop()}" if len(known) == 1 else f"{len(known)} commits"
    return f"Made of {len(runs)} runs: {spent:.0f} minutes of a processor for fitting; {machines}; {commits}.\n"


def several(values: Iterable[str]) -> str:
    """Join what occurs, each once."""
    return " and ".join(sorted(set(values))) or "unknown"


def main() -> None:
    """Put the tables into the page. Refuse where an experiment has no runs yet."""
    text = PAGE.read_text(encoding="utf-8")
    before, rest = text.split(BEGIN)
    after = rest.split(END)[1]
    written = "\n".join(map(tables, EXPERIMENTS)).replace(f"{ROOT}/", "")
    PAGE.write_text(f"{before}{BEGIN}\n{written}{END}{after}", encoding="utf-8")
    print(f"wrote {PAGE.relative_to(ROOT)}", file=sys.stderr)


if __name__ == "__main__":
    main()
