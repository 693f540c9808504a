from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.evaluate.gate.reports import report, rights, rules, swapped
from textwright.errors import DataError
from textwright.evaluate.gate import Verdict, gate, gate_of
from textwright.evaluate.gate.sizes import texts_for_margin

BASE = rights(1600, 2000)


def judged(changed: list[bool], base: list[bool] = BASE, *, extras: Any = None, **rule: Any) -> Verdict:
    asked = rules(not_worse=[{"measure": "exact:JOB", "margin": 0.02, "than": "b", **rule}])
    reports = {"a": report(changed), "b": report(base, name="b")}
    return gate(reports, asked, extras=extras or {}).verdicts[0]


@pytest.mark.parametrize(
    ("texts", "gained", "lost", "outcome"),
    [
        (2000, 50, 50, "passed"),
        (2000, 40, 55, "passed"),
        (2000, 40, 80, "missed"),  # 2 points behind: it may be more
        (2000, 0, 100, "missed"),  # 5 points behind for sure
        (2000, 0, 0, "passed"),
        (180, 0, 0, "undecidable"),
        (190, 0, 0, "passed"),
        (200, 5, 5, "undecidable"),
        (200, 30, 0, "passed"),  # ahead for sure, however few
        (200, 0, 60, "missed"),  # behind for sure, however few
        (0, 0, 0, "undecidable"),
    ],
)
def test_a_margin_is_passed_missed_or_refused(texts: int, gained: int, lost: int, outcome: str) -> None:
    base = rights(4 * texts // 5, texts)
    assert judged(swapped(base, gained=gained, lost=lost), base).outcome == outcome


def test_the_number_of_texts_is_said_before_the_verdict() -> None:
    base = rights(160, 200)
    asked = rules(not_worse=[{"measure": "exact:JOB", "margin": 0.02, "than": "b"}])
    reports = {"a": report(swapped(base, gained=6, lost=6)), "b": report(base)}
    lines = list(gate(reports, asked).lines())
    assert lines == [
        "To show that a is at most 2.0 points below b in exact:JOB takes about 1,250 texts (if both are equally good "
        "and differ on 6.0 % of texts; 80 % power). The data have 200.",
        "Margins are tested text by text (McNemar's exact test, Tango's interval).",
        "undecidable: the data cannot decide whether a is at most 2.0 points below b in exact:JOB: it is level "
        "(95 % interval -3.8 to 3.8 points), and with 200 texts equals would pass in 19 % of cases. About 1,250 texts "
        "are needed.",
        "gate.toml: undecidable (1 undecidable).",
    ]


def test_the_sentences_say_by_how_much() -> None:
    assert judged(swapped(BASE, gained=40, lost=58)).words == (
        "a is at most 2.0 points below b in exact:JOB: it is 0.9 points behind (95 % interval -1.9 to 0.1 points)."
    )
    assert judged(swapped(BASE, gained=0, lost=100)).words == (
        "a is more than 2.0 points below b in exact:JOB: it is 5.0 points behind (95 % interval -6.0 to -4.1 points)."
    )
    assert "so the lower end lies 1.1 points beyond the margin" in judged(swapped(BASE, gained=40, lost=80)).words
    base = rights(160, 200)
    assert judged(swapped(base, gained=8, lost=4), base).words.endswith(
        "it is 2.0 points ahead (95 % interval -1.6 to 6.0 points), although with so few texts equals would pass in "
        "19 % of cases."
    )
    assert judged(swapped(base, gained=30, lost=2), base).words.endswith("(95 % interval 9.2 to 19.8 points).")


def test_sources_that_are_alike_inside_need_more_texts() -> None:
    changed = list(BASE)
    changed[100:125], changed[1700:1725] = [False] * 25, [True] * 25
    sources = [f"board {place // 25}" for place in range(2000)]
    alone, together = judged(changed), judged(changed, extras={"a": {"python": {"sources": sources}}})
    assert alone.outcome == "passed"
    assert together.outcome == "undecidable"
    assert together.texts_needed == pytest.approx(25 * (alone.texts_needed or 0), rel=0.01)
    assert "texts of a source alike: 25.0 times as many" in (together.needs or "")
    assert together.how == "by 80 whole sources (bootstrap, sign-flip permutation)"


def test_seeds_count_with_their_mean() -> None:
    asked = rules(not_worse=[{"measure": "exact:JOB", "margin": 0.02, "than": "b"}])
    seeds = [report(swapped(BASE, gained=gained, lost=50)) for gained in (30, 50, 70)]
    [verdict] = gate({"a": seeds, "b": report(BASE)}, asked).verdicts
    assert verdict.outcome == "passed"
    assert verdict.found == pytest.approx(0.0, abs=1e-12)


def test_a_slice_is_compared_alone() -> None:
    parts = ["ux" if place % 2 else "care" for place in range(2000)]
    extras = {"a": {"python": {"parts": {"domain": parts}}}}
    verdict = judged(swapped(BASE, gained=50, lost=50), extras=extras, measure="exact:JOB@domain=ux")
    assert verdict.texts == 1000
    with pytest.raises(DataError, match="no text has domain = ui"):
        judged(BASE, extras=extras, measure="exact:JOB@domain=ui")
    with pytest.raises(DataError, match="the texts were not sliced by domian"):
        judged(BASE, extras=extras, measure="exact:JOB@domian=ux")


# --- an earlier report ----------------------------------------------------------------------


def against(earlier: Any, folder: Path, **rule: Any) -> Verdict:
    (folder / "main.json").write_text(json.dumps(earlier), encoding="utf-8")
    rule = {"measure": "exact:JOB", "margin": 0.02, "baseline": "main.json", **rule}
    return gate({"a": report(BASE)}, gate_of({"not_worse": [rule]}, folder / "gate.toml")).verdicts[0]


def test_an_earlier_report_is_a_baseline(tmp_path: Path) -> None:
    assert against(report(swapped(BASE, gained=20, lost=20)), tmp_path).outcome == "passed"
    assert against(report(rights(1700, 2000)), tmp_path).outcome == "missed"


def test_of_an_earlier_comparison_the_named_report_is_the_baseline(tmp_path: Path) -> None:
    earlier = {"reports": [report(rights(1700, 2000), name="a"), report(BASE, name="b")]}
    assert against(earlier, tmp_path).outcome == "missed"
    assert against(earlier, tmp_path, than="b").outcome == "passed"
    with pytest.raises(DataError, match="has no report of c"):
        against(earlier, tmp_path, than="c")


@pytest.mark.parametrize(
    ("earlier", "message"),
    [
        ([], "is no report; textwright evaluate MODEL DATA --json main.json writes one"),
        ({"reports": [3]}, "holds something else than reports"),
        ({"dataset": {}, "ids": [], "right": {}}, "is no report"),
        (report(BASE, right={"whole_text": BASE[1:]}), "is no report"),
        (report(BASE, ids=None), "is no report"),
        (report(BASE[1:]), "judged on other texts or gold"),
        (report(BASE, fingerprint="e" * 64), "2000 ids are in both"),
        (
            report(BASE, dataset={"fingerprint": "f" * 64, "labels": ["JOB", "TOWN"]}),
            "so whole_text means something else",
        ),
        (report(BASE, right={"exact:TOWN": BASE}), "was not scored for whole_text"),
    ],
)
def test_a_baseline_that_does_not_fit_is_refused(earlier: Any, message: str, tmp_path: Path) -> None:
    with pytest.raises(DataError) as caught:
        against(earlier, tmp_path, measure="whole_text")
    assert message in str(caught.value)


def test_a_baseline_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    asked = gate_of(
        {"not_worse": [{"measure": "whole_text", "margin": 0.1, "baseline": "x.json"}]}, tmp_path / "g.toml"
    )
    with pytest.raises(DataError, match=r"x\.json: the baseline cannot be read"):
        gate({"a": report(BASE)}, asked)
    (tmp_path / "x.json").write_text("{", encoding="utf-8")
    with pytest.raises(DataError, match="the baseline is no JSON"):
        gate({"a": report(BASE)}, asked)


def test_reports_on_other_texts_are_refused() -> None:
    asked = rules(budget=[{"failed": 0}])
    with pytest.raises(DataError, match="b was judged on other texts or gold"):
        gate({"a": report(BASE), "b": report(BASE[1:])}, asked)


def test_models_are_looked_up() -> None:
    with pytest.raises(DataError, match=r"no model is named bb. Did you mean b\?"):
        judged(BASE, than="bb")
    with pytest.raises(DataError, match="compares a with itself"):
        judged(BASE, than="a")


def test_a_wider_margin_needs_fewer_texts() -> None:
    needed = [texts_for_margin(margin, differ=0.06) for margin in (0.01, 0.02, 0.05)]
    assert needed == sorted(needed, reverse=True)


def test_a_model_without_a_report_is_named() -> None:
    reports: dict[str, Any] = {"a": report(BASE), "failed": []}
    assert gate(reports, rules(budget=[{"failed": 0}])).outcome == "passed"
    for rule in ({"model": "failed"}, {"than": "failed"}):
        asked = rules(not_worse=[{"than": "a", "measure": "exact:JOB", "margin": 0.1, **rule}])
        with pytest.raises(DataError, match="failed has no report"):
            gate(reports, asked)
    with pytest.raises(DataError, match="there is no report"):
        gate({"failed": ()}, rules(budget=[{"failed": 0}]))
