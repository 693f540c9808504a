"""The order of work: as given, at random, uncertain first, methods disagree first, diverse first.

Ranks are worked out in the background and written a few at a time. A text that has none yet comes after
those that have one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from textwright.annotate.background import Say, Worker
from textwright.annotate.diversity import diverse_first
from textwright.annotate.doubts import difference, doubt
from textwright.annotate.settings import Order, chance
from textwright.annotate.suggesting import Suggester, safe_answers
from textwright.predictor import Scorer
from textwright.store import ranks
from textwright.store.database import Database
from textwright.store.projects import Project

CHUNK = 64
OVERLAP = 2_000
# Diverse texts are chosen among so many at a time, and so many of them are put in order.
POOL, PICKED, LEAST_LEFT = 10_000, 1_000, 200
REMEMBERED = 1_000
Pass = Iterator[None]


class Ordering:
    """Puts the texts of a project in the order of work, and again when texts or predictors are new."""

    def __init__(
        self,
        database: Database,
        project: Project,
        *,
        order: Order,
        seed: int,
        people: int,
        suggesters: Callable[[], Sequence[Suggester]],
        say: Say,
        sets_aside: bool = False,
    ) -> None:
        """Prepare an order; `suggesters` gives those predictors that there are by then.

        Where one `sets_aside` texts for judging, these come by chance in any order: chosen by what a model is unsure
        of, they would make it look worse than it is. So do all texts until a model says which would teach it most.
        """
        self._database, self.project, self._people = database, project, people
        self._sets_aside = sets_aside
        self._order, self._seed, self._suggesters = order, seed, suggesters
        self._pass: Pass | None = None
        self._walked = 0
        self._worker = Worker("ordering", self._step, say=say, every=10 if order == "diverse" else None, gentle=True)

    def refresh(self) -> None:
        """Begin again: there are new texts or predictors."""
        self._pass = None
        self._worker.wake()

    def end(self) -> None:
        """Say that the work is to end, without waiting for it."""
        self._worker.end()

    def close(self) -> None:
        """End the work."""
        self._worker.close()

    def _step(self) -> bool:
        """Write the next ranks; say whether there are more."""
        current = self._pass
        if current is None:
            current = self._pass = PASSES[self._order](self)
        try:
            next(current)
        except StopIteration:
            if self._order == "diverse" and self._pass is current:
                self._pass = None  # the next look chooses more, when they run low
            return False
        return True

    # --- passes: each step writes some ranks -------------------------------------------------------

    def given(self) -> Pass:
        """Take back the ranks that another order has given."""
        for chunk in self._chunks():
            wrong = {number: float(number) for number, _, rank in chunk if rank < 0}
            ranks.set_ranks(self._database, wrong)
            yield

    def random(self) -> Pass:
        """Give each text a place by its id and the seed, so that new texts mix with the others."""
        for chunk in self._chunks():
            wanted = {number: self._by_chance(key) for number, key, _ in chunk}
            known = {number: rank for number, _, rank in chunk}
            ranks.set_ranks(self._database, {n: rank for n, rank in wanted.items() if rank != known[n]})
            yield

    def _unranked_by_chance(self) -> Pass:
        """Give each text that was only added a place by chance."""
        for chunk in self._chunks():
            ranks.set_ranks(self._database, {n: self._by_chance(key) for n, key, rank in chunk if rank > 0})
            yield

    def _by_chance(self, key: str) -> float:
        return chance("order", self._seed, key) - 1

    def _chunks(self) -> Iterator[list[tuple[int, str, float]]]:
        """Yield all texts that are new since the last time, and some before them: imports may overlap."""
        last = max(0, self._walked - OVERLAP)
        while chunk := ranks.ranked(self._database, self.project, after=last):
            yield chunk
            last = self._walked = chunk[-1][0]

    def uncertain(self) -> Pass:
        """Put first what the first predictor that gives probabilities is least sure of."""
        if self._sets_aside:
            yield from self._unranked_by_chance()
        scorer = next((each.predictor for each in self._suggesters() if isinstance(each.predictor, Scorer)), None)
        if scorer is None:
            return
        asked: Scorer = scorer
        schema = self.project.schema
        yield from self._by(lambda texts: [doubt(each, schema) for each in asked.score(texts)])

    def disagree(self) -> Pass:
        """Put first what the predictors say differently."""
        predictors = [each.predictor for each in self._suggesters()]
        if len(predictors) < 2:
            return

        def measure(texts: Sequence[str]) -> list[float]:
            said = [[each.annotation for each in safe_answers(predictor, texts)] for predictor in predictors]
            return [difference([each for each in sides if each is not None]) for sides in zip(*said, strict=True)]

        yield from self._by(measure)

    def _by(self, measure: Callable[[Sequence[str]], Sequence[float]]) -> Pass:
        """Rank all open texts by a measure, the highest first; a seeded sample of them grows until all are ranked."""
        held_out = not self._sets_aside
        numbers = ranks.open_texts(self._database, self.project, people=self._people, held_out=held_out)
        numbers.sort(key=lambda number: chance("sample", self._seed, number))
        for start in range(0, len(numbers), CHUNK):
            texts = ranks.texts_only(self._database, numbers[start : start + CHUNK])
            values = measure(list(texts.values()))
            ranks.set_ranks(self._database, {n: -1.0 - value for n, value in zip(texts, values, strict=True)})
            yield

    def diverse(self) -> Pass:
        """Put first, of a sample, what is least like all that was annotated or chosen before."""
        if ranks.count_ranked(self._database, self.project, people=self._people) >= LEAST_LEFT:
            return
        numbers = ranks.open_texts(self._database, self.project, people=self._people, unranked=True)
        numbers.sort(key=lambda number: chance("sample", self._seed, number))
        pool = ranks.texts_only(self._database, sorted(numbers[:POOL]))
        done = ranks.finished_texts(self._database, self.project, limit=REMEMBERED)
        known = list(ranks.texts_only(self._database, done).values())
        rank, places, waiting = ranks.lowest_free_rank(self._database, self.project), list(pool), dict[int, float]()
        for count, place in enumerate(diverse_first(list(pool.values()), known=known, most=PICKED), start=1):
            waiting[places[place]] = rank + count
            if len(waiting) == CHUNK:
                ranks.set_ranks(self._database, waiting)
                waiting = {}
                yield
        ranks.set_ranks(self._database, waiting)


PASSES: Mapping[Order, Callable[[Ordering], Pass]] = {
    "given": Ordering.given,
    "random": Ordering.random,
    "uncertain": Ordering.uncertain,
    "disagree": Ordering.disagree,
    "diverse": Ordering.diverse,
}
