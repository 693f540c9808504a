"""The sentences about what to ship."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from textwright.experiment.advice.candidates import Candidate
from textwright.experiment.advice.prices import MONEY, Price, savings, undercuts, unknown
from textwright.experiment.advice.wording import called, listed, points, range_of, right_by
from textwright.experiment.table.differences import Difference, two_digits
from textwright.wrangle.counted import counted

if TYPE_CHECKING:
    from textwright.experiment.advice.shipping import Shipping

# A loss of so many points is worth a warning.
WORTH_A_WARNING = 0.03


def words_of(shipping: Shipping) -> list[str]:
    """Say what to ship and why, what is given up, and what would change that."""
    said = _within(shipping) if shipping.choice else _nothing_fits(shipping)
    return [*said, *_left_out(shipping)]


def _within(shipping: Shipping) -> Iterator[str]:
    choice, best = shipping.choice, shipping.best
    assert choice is not None
    assert best is not None
    if choice is best:
        yield f"Ship {called(choice.method)}: {_right(choice, shipping.measure)}. {_why_best(shipping)}"
    else:
        yield from _cheaper(shipping, choice, best)
    yield from _failures(choice)
    yield from _not_compared(shipping)
    yield from _trade_offs(shipping, choice)
    yield from _beyond_budget(shipping, best)
    yield from _set_aside(shipping)


def _right(candidate: Candidate, measure: str) -> str:
    """Say how exact a method is, with its interval and its seeds."""
    exact = candidate.exact
    parts = [counted(candidate.texts, "text")]
    if exact.low is not None and exact.high is not None:
        parts.insert(0, f"95 % interval {100 * exact.low:.1f} to {100 * exact.high:.1f}")
    if exact.least is not None and exact.most is not None:
        parts.append(f"{len(candidate.entry.seeds)} seeds, {100 * exact.least:.1f} to {100 * exact.most:.1f}")
    return f"{100 * exact.value:.1f} of 100 texts are {right_by(measure)} ({', '.join(parts)})"


def _why_best(shipping: Shipping) -> str:
    within = " that keeps the budget" if shipping.over else ""
    others = [each for each in shipping.level if each is not shipping.choice]
    if not shipping.behind:
        return f"It is the only method{within}, so that it was compared with none."
    if not others:
        return f"Every other method{within} is behind it by more than chance."
    names, do = listed([called(each.method) for each in others]), "does" if len(others) == 1 else "do"
    return f"{names} cannot be told apart from it on these texts, and {do} not take less all in all."


def _cheaper(shipping: Shipping, choice: Candidate, best: Candidate) -> Iterator[str]:
    found = shipping.behind[choice.method]
    equal = choice.exact.value == best.exact.value
    saved = listed([each.in_words() for each in savings(choice, best)])
    yield (
        f"Ship {called(choice.method)}: {_right(choice, shipping.measure)}. {called(best.method)} is "
        f"{'as exact' if equal else 'the most exact'}{' within the budget' if shipping.over and not equal else ''} "
        f"with {100 * best.exact.value:.1f}, {'and' if equal else 'but'} these texts cannot tell the two apart; "
        f"{called(choice.method)} takes less: {saved}."
    )
    yield _given_up(found, best)


def _given_up(found: Difference, best: Candidate) -> str:
    """Say what the cheaper method may cost, and how many texts would settle it."""
    low, high = sorted(-end for end in found.found.interval)
    lost = f"What may be given up: {points(-found.found.difference)} here, {range_of(low, high)} with other texts."
    needed = (
        "" if found.needed is None else f" To tell the two apart takes about {two_digits(found.needed):,} test texts"
    )
    here = f", here are {found.found.texts:,}." if needed else ""
    if high > WORTH_A_WARNING:
        risk = f"If {points(high)} less would be too much, take {called(best.method)}, or label those texts first."
        return f"{lost}{needed}{here} {risk}"
    return f"{lost}{needed}{here}"


def _failures(choice: Candidate) -> Iterator[str]:
    if choice.failed:
        yield f"{called(choice.method)} has no answer to {choice.failed:.1%} of the texts; they count as wrong here."


def _not_compared(shipping: Shipping) -> Iterator[str]:
    """Name the figures that are not known of all that cannot be told apart from the best."""
    for limit, without in unknown(shipping.level):
        counts = "counts as the most" if limit is MONEY else "was not compared"
        names = listed([called(each.method) for each in without])
        yield f"Nobody knows {limit.name} of {names}, so that it {counts}."


def _trade_offs(shipping: Shipping, choice: Candidate) -> Iterator[str]:
    """Name those that are as good and take less of one thing, but more of another."""
    for other in shipping.level:
        less, more = savings(other, choice), savings(choice, other)
        if other is not choice and less and more and not undercuts(choice, other):
            yield (
                f"{called(other.method)} is level, too, and takes less of one thing ({_of(less)}) but more of another "
                f"({_of([Price(each.limit, each.other, each.value) for each in more])})."
            )


def _of(prices: Sequence[Price]) -> str:
    return listed([each.in_words() for each in prices])


def _beyond_budget(shipping: Shipping, best: Candidate) -> Iterator[str]:
    """Say what a larger budget would bring."""
    if not shipping.over:
        return
    top = shipping.top
    if top is best:
        yield "Nothing outside the budget is more exact on these texts, so a larger one would change nothing."
        return
    found = shipping.top_behind[best.method]
    low, high = sorted(-end for end in found.found.interval)
    apart = "more than chance" if found.told_apart else "which may be chance"
    more = f"{points(-found.found.difference)} more exact than {called(best.method)} ({range_of(low, high)}, {apart})"
    yield f"Outside the budget {called(top.method)} is {more}. What it takes: {_excess(shipping, top)}."


def _excess(shipping: Shipping, candidate: Candidate) -> str:
    return listed([each.in_words() for each in shipping.over[candidate.method]])


def _set_aside(shipping: Shipping) -> Iterator[str]:
    """Name what a budget leaves out because nobody knows whether it keeps it."""
    for limit, _ in shipping.budget.given:
        names = [
            called(method)
            for method, excess in shipping.over.items()
            if any(each.limit is limit and each.value is None for each in excess)
        ]
        if names:
            yield f"Nobody knows {limit.name} of {listed(names)}, so that the budget leaves {_it(names)} out."


def _it(names: Sequence[str]) -> str:
    return "it" if len(names) == 1 else "them"


def _nothing_fits(shipping: Shipping) -> Iterator[str]:
    nearest = shipping.nearest
    assert nearest is not None
    yield (
        f"Nothing keeps the budget. {called(nearest.method)} comes nearest: {_excess(shipping, nearest)}. "
        f"{_right(nearest, shipping.measure)}."
    )
    if shipping.top is not nearest:
        top = shipping.top
        yield f"The most exact is {called(top.method)}: {_right(top, shipping.measure)}; {_excess(shipping, top)}."


def _left_out(shipping: Shipping) -> Iterator[str]:
    for method, reason in shipping.left_out.items():
        yield f"{called(method)} was not weighed: {reason.rstrip('.')}."
