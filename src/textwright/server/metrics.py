"""What the server counts, for Prometheus.

With several processes on one port, each writes its counts into files of a folder that `PROMETHEUS_MULTIPROC_DIR`
names, and whichever is asked adds them up.
"""

from __future__ import annotations

import os
from functools import cache

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
TEXTS = (1, 2, 4, 8, 16, 32, 64, 128)
FOLDER = "PROMETHEUS_MULTIPROC_DIR"


class RequestMetrics:
    """What every server counts."""

    def __init__(self) -> None:
        """Start at nothing, in a registry of its own."""
        self.registry = CollectorRegistry()
        if FOLDER not in os.environ:
            ProcessCollector(registry=self.registry)
        requests = Counter("textwright_requests", "Answered requests.", ["status"], registry=self.registry)
        self._requests = cache(lambda status: requests.labels(str(status)))

    def answered(self, status: int) -> None:
        """Count an answer."""
        self._requests(status).inc()

    def refused(self, reason: str) -> None:
        """Count a request that got a problem document; most servers count its status alone."""

    def exposition(self) -> bytes:
        """Return all of it, of all processes, in Prometheus' text format."""
        if FOLDER not in os.environ:
            return generate_latest(self.registry)
        registry = CollectorRegistry()
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]  # it has no types
        return generate_latest(registry)


class Metrics(RequestMetrics):
    """The counters of a server of models."""

    def __init__(self) -> None:
        """Start at nothing."""
        super().__init__()
        own, model = self.registry, ["model"]
        self.texts = Counter("textwright_texts", "Texts given to a model.", model, registry=own)
        self.failed = Counter("textwright_failed_texts", "Texts without answer.", model, registry=own)
        self.predict = Histogram(
            "textwright_predict_seconds", "Time of a batch in the model.", model, buckets=SECONDS, registry=own
        )
        self.request = Histogram(
            "textwright_request_seconds",
            "Time from a request's texts to its answer.",
            model,
            buckets=SECONDS,
            registry=own,
        )
        self.batch = Histogram("textwright_batch_texts", "Texts of a batch.", model, buckets=TEXTS, registry=own)
        self.waiting = Gauge(
            "textwright_waiting_requests",
            "Requests whose answer is not there yet.",
            model,
            registry=own,
            multiprocess_mode="livesum",
        )
        rejected = Counter("textwright_rejected", "Requests that were refused, by problem.", ["reason"], registry=own)
        self._rejected = cache(rejected.labels)

    def refused(self, reason: str) -> None:
        """Count a request that got a problem document."""
        self._rejected(reason).inc()


class ModelMetrics:
    """The counters of one model; what is looked up by its name is looked up once."""

    def __init__(self, metrics: Metrics, name: str) -> None:
        """Find the model's own counters."""
        self.waiting, self.request = metrics.waiting.labels(name), metrics.request.labels(name)
        self._texts, self._failed = metrics.texts.labels(name), metrics.failed.labels(name)
        self._predict, self._batch = metrics.predict.labels(name), metrics.batch.labels(name)

    def asked(self, texts: int, failed: int, seconds: float) -> None:
        """Count a batch."""
        self._texts.inc(texts)
        self._batch.observe(texts)
        self._predict.observe(seconds)
        if failed:
            self._failed.inc(failed)
