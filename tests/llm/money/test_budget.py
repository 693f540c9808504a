"""No budget is exceeded, whatever is in flight; what was spent is counted, and what is not known of it is said."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from tests.llm.cache.asking import ADDRESS, Answers, answer, fails, request, together
from tests.llm.servers import Server, cut, says, status
from textwright.errors import CallError, ModelError
from textwright.llm.calls import Completion, Request
from textwright.llm.client.client import Client
from textwright.llm.kept.cache import Cache, Cached
from textwright.llm.money.budget import Budget, Budgeted
from textwright.llm.money.prices import Entry, Prices
from textwright.llm.money.spent import Spent
from textwright.llm.money.tokens import most_tokens
from textwright.types import Usage

PRICES = Prices((Entry("talker", "", 2.0, 8.0, as_of=date(2026, 11, 5)),))
UNKNOWN = Prices()


def used(prompt: int, completion: int, *, calls: int = 1) -> Completion:
    return answer(usage=Usage(prompt, completion, 0.0, calls, 0.5))


def cost(prompt: int, completion: int) -> float:
    return (prompt * 2.0 + completion * 8.0) / 1_000_000


def refused(completer: Budgeted, asked: Request) -> CallError:
    with pytest.raises(CallError) as caught:
        completer.complete(asked)
    assert (caught.value.kind, caught.value.final) == ("budget", True)
    return caught.value


def test_what_an_answer_cost_is_filled_in_and_added_up() -> None:
    completer = Budgeted(Answers(lambda _: used(1000, 100)), Budget(), PRICES)
    assert completer.complete(request()).usage.cost == pytest.approx(0.0028)
    completer.complete(request())
    assert completer.spent == Spent(2000, 200, 0.0056, calls=2, seconds=1.0)
    assert completer.spent.tokens == 2200


def test_a_model_of_unknown_price_is_told_and_costs_no_invented_nothing() -> None:
    completer = Budgeted(Answers(lambda _: used(1000, 100)), Budget(), UNKNOWN)
    usage = completer.complete(request()).usage
    assert (usage.cost, usage.unpriced, (usage + usage).unpriced) == (0.0, 1, 2)
    assert completer.spent.unpriced == 1
    assert completer.spent.money == "price unknown"
    assert completer.spent.tokens == 1100


def test_with_a_budget_in_dollars_an_unknown_price_stops_before_anything_is_sent() -> None:
    inner = Answers()
    completer = Budgeted(inner, Budget(cost=1.0), UNKNOWN)
    with pytest.raises(ModelError, match=r"price of talker .* is unknown"):
        completer.check("talker", ADDRESS)
    reason = refused(completer, request()).reason
    for part in ("prices.toml", "[[model]]", 'name = "talker"', 'host = "llm.example.org"', "--budget-tokens"):
        assert part in reason
    assert inner.asked == []


@pytest.mark.parametrize("budget", [Budget(), Budget(tokens=10), Budget(cost=1.0)])
def test_a_known_price_or_no_dollars_pass_the_check(budget: Budget) -> None:
    Budgeted(Answers(), budget, PRICES).check("talker", ADDRESS)
    Budgeted(Answers(), Budget(cost=0.0), UNKNOWN).check("any", "http://localhost:8000/v1")


@pytest.mark.parametrize("budget", [Budget(tokens=0), Budget(cost=0.0)])
def test_a_budget_of_nothing_sends_nothing(budget: Budget) -> None:
    inner = Answers()
    refused(Budgeted(inner, budget, PRICES), request())
    assert inner.asked == []


def test_this_machine_can_be_asked_with_no_money() -> None:
    completer = Budgeted(Answers(), Budget(cost=0.0), UNKNOWN)
    assert completer.complete(request(address="local:0123")).text


@pytest.mark.parametrize("wrong", [{"cost": -1.0}, {"tokens": -5}, {"cost": float("nan")}, {"cost": float("inf")}])
def test_what_is_no_amount_is_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ModelError, match="expected a number that is not below 0"):
        Budget(**wrong)  # type: ignore[arg-type]


def test_a_call_that_fits_exactly_is_sent_and_the_next_is_not() -> None:
    asked = request(max_tokens=100)
    worst = most_tokens(asked) + 100
    inner = Answers(lambda _: used(most_tokens(asked), 100))
    completer = Budgeted(inner, Budget(tokens=worst), PRICES)
    completer.complete(asked)
    reason = refused(completer, asked).reason
    assert f"{worst:,} of {worst:,} tokens are spent, the next call might take {worst:,}" in reason
    assert len(inner.asked) == 1


def test_the_refusal_says_dollars() -> None:
    completer = Budgeted(Answers(lambda _: used(1000, 100)), Budget(cost=0.005), PRICES)
    completer.complete(request(max_tokens=100))
    reason = refused(completer, request(max_tokens=500)).reason
    assert "$0.002800 of $0.005000 are spent, the next call might cost $0.006" in reason


@pytest.mark.parametrize("seed", range(5))
def test_sixteen_threads_never_exceed_a_budget_at_any_moment(seed: int) -> None:
    chance = random.Random(seed)
    budget = Budget(cost=0.05, tokens=40_000)
    charged = {"tokens": 0, "cost": 0.0}
    peak = {"tokens": 0, "cost": 0.0}
    lock = threading.Lock()

    def act(asked: Request) -> Completion:
        # The server charges the worst case of each call that has come, until it knows better.
        worst = (most_tokens(asked) + asked.max_tokens, cost(most_tokens(asked), asked.max_tokens))
        prompt, completion = chance.randint(1, most_tokens(asked)), chance.randint(1, asked.max_tokens)
        with lock:
            charged["tokens"] += worst[0]
            charged["cost"] += worst[1]
            peak.update({name: max(peak[name], charged[name]) for name in peak})
        answered = used(prompt, completion)
        with lock:
            charged["tokens"] -= worst[0] - prompt - completion
            charged["cost"] -= worst[1] - cost(prompt, completion)
        return answered

    completer = Budgeted(Answers(act), budget, PRICES)

    def ask(number: int) -> int:
        for each in range(100):
            try:
                completer.complete(request("x" * ((number * 37 + each * 11) % 300), max_tokens=200))
            except CallError:
                return each
        return 100

    answered = together(16, ask)
    assert all(isinstance(each, int) for each in answered), answered
    assert 0 < sum(answered) < 1600
    assert peak["tokens"] <= 40_000
    assert peak["cost"] <= 0.05 + 1e-9
    assert completer.spent.tokens == charged["tokens"]
    assert completer.spent.cost == pytest.approx(charged["cost"])
    # Nothing was refused that would have fitted: what is left is less than the worst of a call.
    assert completer.spent.tokens > 40_000 - 900 or completer.spent.cost > 0.05 - 0.004


def test_calls_in_flight_are_waited_for_instead_of_refusing_what_they_leave(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = request(max_tokens=1000)
    somebody_waits, first_came = threading.Event(), threading.Event()
    wait = threading.Condition.wait

    def watched(condition: threading.Condition, timeout: float | None = None) -> bool:
        somebody_waits.set()
        return wait(condition, timeout)

    def act(_: Request) -> Completion:
        first_came.set()
        assert somebody_waits.wait(timeout=30)
        return used(10, 10)

    completer = Budgeted(Answers(act), Budget(tokens=most_tokens(asked) + 1000 + 20 * 3), PRICES)

    def ask(number: int) -> Completion:
        if number:
            assert first_came.wait(timeout=30)
            monkeypatch.setattr(completer._ledger._changed, "wait", partial(watched, completer._ledger._changed))
        return completer.complete(asked)

    found = together(4, ask)
    assert [each for each in found if not isinstance(each, Completion)] == []
    assert completer.spent.tokens == 4 * 20


def test_a_server_that_counts_more_for_a_prompt_is_reckoned_with() -> None:
    asked = request(max_tokens=100)
    more = most_tokens(asked) + 500
    inner = Answers(lambda _: used(more, 100))
    completer = Budgeted(inner, Budget(tokens=2 * (more + 100) - 1), PRICES)
    completer.complete(asked)
    refused(completer, asked)
    assert len(inner.asked) == 1


@pytest.mark.parametrize(
    ("kind", "uncertain"),
    [
        ("rate_limit", 0),
        ("server", 0),
        ("refused", 0),
        ("bad_request", 0),
        ("timeout", 1),
        ("connection", 1),
        ("bad_answer", 1),
        ("too_large", 1),
        ("declined", 1),
    ],
)
def test_a_failure_counts_where_it_may_have_been_charged(kind: str, uncertain: int) -> None:
    completer = Budgeted(fails(kind), Budget(), PRICES)
    with pytest.raises(CallError):
        completer.complete(request(max_tokens=100))
    spent = completer.spent
    assert (spent.calls, spent.uncertain, spent.cost) == (1, uncertain, 0.0)
    assert spent.uncertain_tokens == uncertain * (most_tokens(request()) + 100)
    assert (spent.uncertain_cost > 0) is (uncertain > 0)
    assert ("at most" in spent.money) is (uncertain > 0)


def test_a_lost_answer_uses_the_budget_up() -> None:
    asked = request(max_tokens=100)
    completer = Budgeted(fails("timeout"), Budget(tokens=most_tokens(asked) + 100), PRICES)
    with pytest.raises(CallError, match="ill"):
        completer.complete(asked)
    assert "1 calls without a whole answer are counted at their worst" in refused(completer, asked).reason


def test_a_bug_inside_frees_whoever_waits() -> None:
    def breaks(_: Request) -> Completion:
        raise ZeroDivisionError

    asked = request(max_tokens=100)
    completer = Budgeted(Answers(breaks), Budget(tokens=most_tokens(asked) + 100), PRICES)
    found = together(4, lambda _: completer.complete(asked))
    assert sorted(type(each).__name__ for each in found) == ["CallError"] * 3 + ["ZeroDivisionError"]


def test_a_server_that_does_not_count_is_reckoned_at_its_worst() -> None:
    asked = request(max_tokens=100)
    completer = Budgeted(Answers(lambda _: used(0, 0)), Budget(tokens=2 * (most_tokens(asked) + 100)), PRICES)
    for _ in range(2):
        completer.complete(asked)
    refused(completer, asked)
    assert completer.spent.uncertain == 2
    assert completer.spent.calls == 2


@pytest.mark.parametrize(("prompt", "completion"), [(0, 5), (7, 0), (0, 0)])
def test_each_count_that_a_server_leaves_out_is_reckoned_at_its_worst(prompt: int, completion: int) -> None:
    asked = request(max_tokens=100)
    at_most = (prompt or most_tokens(asked)) + (completion or 100)
    inner = Answers(lambda _: used(prompt, completion))
    completer = Budgeted(inner, Budget(tokens=at_most + most_tokens(asked) + 99), PRICES)
    assert completer.complete(asked).usage.cost == pytest.approx(cost(prompt, completion))
    refused(completer, asked)
    assert (len(inner.asked), completer.spent.uncertain) == (1, 1)
    assert completer.spent.tokens + completer.spent.uncertain_tokens == at_most
    worst = cost(prompt or most_tokens(asked), completion or 100)
    assert completer.spent.cost + completer.spent.uncertain_cost == pytest.approx(worst)


def test_repetitions_of_a_completer_that_tells_only_afterwards_count_at_their_worst() -> None:
    asked = request(max_tokens=100)
    completer = Budgeted(Answers(lambda _: used(10, 10, calls=3)), Budget(), PRICES)
    completer.complete(asked)
    spent = completer.spent
    assert (spent.calls, spent.uncertain, spent.tokens) == (3, 2, 20)
    assert spent.uncertain_tokens == 2 * (most_tokens(asked) + 100)


# --- with the client ------------------------------------------------------------------------


def asked_of(server: Server) -> Request:
    return request(address=server.address, max_tokens=100)


def client(server: Server) -> Client:
    return Client(server.address, wait=lambda _: None)


def test_busy_servers_cost_nothing() -> None:
    with Server(status(429), status(500), says("Gardener")) as server, client(server) as inner:
        completer = Budgeted(inner, Budget(tokens=10_000), PRICES)
        completer.complete(asked_of(server))
        assert (completer.spent.calls, completer.spent.uncertain) == (3, 0)


def test_the_calls_of_a_failure_are_counted() -> None:
    with Server(status(500)) as server, Client(server.address, attempts=3, wait=lambda _: None) as inner:
        completer = Budgeted(inner, Budget(), PRICES)
        with pytest.raises(CallError) as caught:
            completer.complete(asked_of(server))
        assert (caught.value.calls, completer.spent.calls, completer.spent.uncertain) == (3, 3, 0)


def test_each_lost_answer_is_counted_and_the_next_try_is_only_made_when_it_fits() -> None:
    with Server(cut()) as server, client(server) as inner:
        asked = asked_of(server)
        completer = Budgeted(inner, Budget(tokens=3 * (most_tokens(asked) + 100)), PRICES)
        reason = refused(completer, asked).reason
        assert len(server.received) == 3
        assert completer.spent.uncertain == 3
        assert "3 calls without a whole answer" in reason


def test_an_answer_after_a_lost_one_is_kept_and_counted() -> None:
    with Server(cut(), says("Gardener")) as server, client(server) as inner:
        completer = Budgeted(inner, Budget(tokens=10_000), PRICES)
        assert completer.complete(asked_of(server)).usage.calls == 2
        assert (completer.spent.calls, completer.spent.uncertain) == (2, 1)


def test_hits_are_free(tmp_path: Path) -> None:
    asked = request(max_tokens=100)
    completer = Budgeted(Answers(lambda _: used(10, 10)), Budget(tokens=most_tokens(asked) + 100), PRICES)
    with Cache(tmp_path / "answers.sqlite") as cache:
        cached = Cached(completer, cache)
        found = [cached.complete(asked) for _ in range(5)]
    assert completer.spent.tokens == 20
    assert [each.usage.cost for each in found] == [pytest.approx(0.0001)] * 5


def test_a_run_that_was_stopped_goes_on_from_the_cache_and_pays_no_text_twice(tmp_path: Path) -> None:
    texts = [f"title {number}" for number in range(10)]
    paid: list[str] = []

    def act(asked: Request) -> Completion:
        paid.append(asked.messages[-1].content)
        return used(10, 10)

    def run(budget: Budget) -> int:
        with Cache(tmp_path / "answers.sqlite") as cache:
            completer = Cached(Budgeted(Answers(act), budget, PRICES), cache)
            return sum(_answered(completer.complete, text) for text in texts)

    assert run(Budget(tokens=most_tokens(request(texts[0])) + 100 + 4 * 20)) == 5
    assert run(Budget()) == 10
    assert sorted(paid) == sorted(texts)


def _answered(complete: Callable[[Request], Completion], text: str) -> bool:
    try:
        return bool(complete(request(text, max_tokens=100)).text)
    except CallError:
        return False
