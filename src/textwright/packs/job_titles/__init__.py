"""Job titles: adverts' headlines, cut into the title, its core, its seniority and what surrounds it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textwright.packs import Pack
from textwright.predictor import Predictor
from textwright.schema import Schema
from textwright.types import Annotation

if TYPE_CHECKING:
    from textwright.wrangle.checks import Check

HERE = Path(__file__).parent
SCHEMA = Schema.read(HERE / "schema.toml")


def open_rules() -> Predictor:
    """Open the rules: a dictionary of titles and a grammar of what stands around them, all nine labels."""
    from textwright.predictors.rules import RulesPredictor

    return RulesPredictor.open(HERE / "rules")


def open_network() -> Predictor:
    """Open the network: 2.6 MB, taught by three larger ones on 51,000 titles that nobody annotated, all nine labels."""
    from textwright.predictors.onnx import OnnxPredictor

    return OnnxPredictor.open(HERE / "model")


def open_split() -> Predictor:
    """Open the baseline: the title is what stands before the first dash, comma, bracket, `at`, `in` and the like."""
    from textwright.packs.job_titles.split import SplitPredictor

    return SplitPredictor(SCHEMA)


def open_checks() -> Sequence[Check]:
    """Return the checks of headlines that are about jobs."""
    from textwright.packs.job_titles.headline import job_checks

    return job_checks()


def normal(text: str, annotation: Annotation) -> Sequence[Mapping[str, Any]]:
    """Return the normal form of each title: as one would write it, its core, its rank from 0 to 9."""
    from textwright.packs.job_titles.normal import normal_data

    return normal_data(text, annotation)


PACK = Pack(
    name="job_titles",
    summary="Headlines of job adverts: title, core title, seniority, place, pay and more.",
    schema=SCHEMA,
    models={"network": open_network, "rules": open_rules, "split": open_split},
    best="network",
    sample=HERE / "sample.jsonl",
    checks=open_checks,
    normal=normal,
)
