"""The models of a server at work: each with its queue."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http import HTTPStatus

from textwright.server.batching import Batcher
from textwright.server.hosted import Hosted
from textwright.server.metrics import Metrics, ModelMetrics
from textwright.server.problems import HttpProblem


class Running:
    """A hosted model with its queue."""

    def __init__(self, hosted: Hosted, metrics: Metrics) -> None:
        """Prepare to answer requests."""
        self.name, self.hosted, self.metrics = hosted.name, hosted, ModelMetrics(metrics, hosted.name)
        self.batcher = Batcher(hosted.predictor, self.metrics, threads=hosted.threads)
        self.waiting = 0

    @contextmanager
    def one_more(self, most: int) -> Iterator[None]:
        """Count a request as long as its texts wait for their answer. Raise `HttpProblem` 503 when too many do."""
        if self.waiting >= most:
            detail = f"{most} requests wait for {self.name}, as many as may. Ask again"
            status = HTTPStatus.SERVICE_UNAVAILABLE
            raise HttpProblem(status, "too_many_waiting", detail, limit=most, retry_after=1)
        self.waiting += 1
        self.metrics.waiting.inc()
        try:
            yield
        finally:
            self.waiting -= 1
            self.metrics.waiting.dec()


def running_model(models: Mapping[str, Running], name: str) -> Running:
    """Return a model. Raise `HttpProblem` 404 with the names that there are."""
    if name in models:
        return models[name]
    names = list(models)
    detail = f"no model is called {name!r}. Served models: {', '.join(names) or 'none'}"
    raise HttpProblem(HTTPStatus.NOT_FOUND, "no_such_model", detail, models=names)
